"""Learning progress read from the store, as an edition takes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database

from studycards.config import Config
from studycards.export.apkg import names
from studycards.export.apkg.progress import Answered, Desk, Marked, Remembered, columns, last_counted, preset, shifted
from studycards.model import Settings
from studycards.scheduling.answer import kernel_of
from studycards.store import exports


def suspended(db: Database) -> dict[str, Any]:
    """The arguments of an edition without progress: suspended cards stay so."""
    marks = {card_id: Marked(1, None, 0) for card_id in exports.suspended(db)}
    return {"started": columns([], marks, dict.fromkeys(marks, ""), {}, _NOWHERE)}


def progress(db: Database, sheets: Sequence[exports.Row], config: Config, today: int) -> dict[str, Any]:
    """The arguments of an edition that carry progress."""
    decks = {sheet[0]: sheet[5] for sheet in sheets}
    answers: list[Answered] = exports.answers(db)
    marks = {card_id: Marked(*rest) for card_id, *rest in exports.marks(db)}
    desk = _desk(config, today)
    counted = last_counted(answers, shifted(answers))
    started = columns(map(Remembered._make, exports.memories(db)), marks, decks, counted, desk)
    presets = {}
    for deck in set(decks.values()):
        settings = config.settings(deck)
        if _is_own(settings):
            presets[names.deck(deck)] = preset(settings, kernel_of(settings.parameters).parameters)
    return {"started": started, "answers": answers, "presets": presets}


def _is_own(settings: Settings) -> bool:
    """Whether Anki should be told: its own defaults are ours where the person changed nothing."""
    plain = Settings()
    told = ("desired_retention", "learning_steps", "relearning_steps", "maximum_interval", "new_per_day")
    return bool(settings.parameters) or any(
        getattr(settings, name) != getattr(plain, name) for name in (*told, "reviews_per_day")
    )


def _desk(config: Config, today: int) -> Desk:
    settings = cache(config.settings)

    @cache
    def reach(deck: str) -> tuple[float, int]:
        own = settings(deck)
        return kernel_of(own.parameters).interval_factor(own.desired_retention), own.maximum_interval

    def interval(stability: float, deck: str) -> int:
        factor, longest = reach(deck)
        return min(longest, max(1, round(stability * factor)))

    return Desk(settings, interval, lambda deck: -kernel_of(settings(deck).parameters).decay, today)


_NOWHERE = Desk(lambda deck: Settings(), lambda stability, deck: 1, lambda deck: 0.5, 0)
