"""What prompts and status bars show: `due` in its three forms, kept at hand so that the next call need not look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studycards.config import Config, default_state
from studycards.errors import StudycardsError
from studycards.store import due as kept
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.session.due import Due


@dataclass(slots=True)
class Prompt:
    """One look at what is due: taken with `watch` before anything is read, kept with `keep`."""

    store: Path
    config: Config
    environment: Mapping[str, str]
    now: datetime
    _foundation: str = ""
    _watched: dict[str, str] = field(default_factory=dict)

    def watch(self, db: Database) -> None:
        """Note what all that the answer rests on looks like."""
        from studycards.collection import Collection

        self._foundation = kept.foundation(self._path, self.environment, self.now.timestamp())
        places = Collection(db).places(self.folders)
        self._watched = {path: kept.state(path) for path in (str(self.config.path), __file__, *places)}

    @property
    def folders(self) -> list[Path]:
        """The deck folder of the config, where it does not depend on the folder one is in."""
        folder = Path(self.config.text("decks")).expanduser()
        return [folder] if folder.is_absolute() and folder.is_dir() else []

    def keep(self, due: Due) -> None:
        """Keep the answer for the next call; a clock that was set is nobody's next call."""
        if not self._foundation or self.environment.get("STUDYCARDS_NOW"):
            return
        said = say(due, self.now)
        said.since, said.until = self.now.timestamp(), self._until(due)
        kept.keep(self._path, said, self._foundation, self._watched)

    @property
    def _path(self) -> str:
        return str(self.store.resolve())

    def _until(self, due: Due) -> float:
        """When time alone may change the answer: midnight, a new study day, a step that comes within reach."""
        from studycards.scheduling.studyday import day_begins

        settings = self.config.settings()
        tomorrow = datetime.combine(self.now.date() + timedelta(days=1), datetime.min.time()).astimezone()
        ends = [tomorrow.timestamp(), day_begins(due.study_day + 1, settings.day_start, None).timestamp()]
        if due.next_due is not None:
            ends.append(due.next_due.timestamp() - settings.learn_ahead_s)
        return min(ends)


def say(due: Due, now: datetime) -> kept.Said:
    """What `due` prints in each of its forms."""
    return kept.Said(
        total=due.total,
        oneline=f"{due.total} due, {minutes(due)} min\n" if due.total else "",
        plain=clean("\n".join(lines(due, now))) + "\n",
        json=json.dumps(document(due), ensure_ascii=False) + "\n",
    )


def refresh(db: Database, prompt: Prompt, language: str) -> str:
    """Bring up to date what is kept for prompts and status bars; gives what went wrong, "" if nothing."""
    status = default_state() / "due"
    has_status, has_kept = status.exists(), Path(kept.kept_path(str(prompt.store.resolve()))).exists()
    if not has_status and not has_kept:
        return ""
    from studycards.session.due import due_now

    prompt.watch(db)
    due = due_now(db, prompt.config, prompt.now)
    if has_kept:
        prompt.keep(due)
    return _write(status, due, language) if has_status else ""


def document(due: Due) -> dict[str, object]:
    """The JSON object of `due --json`."""
    return {
        "study_day": date.fromordinal(due.study_day).isoformat(),
        "new": due.new,
        "learning": due.learning,
        "review": due.review,
        "due": due.total,
        "backlog": due.backlog,
        "answered": due.answered,
        "minutes": minutes(due),
        "next_due": due.next_due.isoformat() if due.next_due else None,
        "decks": [
            {"deck": deck.deck, "new": deck.new, "learning": deck.learning, "review": deck.review} for deck in due.decks
        ],
    }


def lines(due: Due, now: datetime) -> list[str]:
    """What `due` prints for a person."""
    if not due.total:
        return [_nothing(due, now)]
    head = f"{due.total} due, about {minutes(due)} min: {due.new} new, {due.learning} learning, {due.review} to review."
    decks = [f"  {deck.new + deck.learning + deck.review:>5}  {deck.deck}" for deck in due.decks]
    older = [f"{due.backlog} older ones wait beyond today's limit."] if due.backlog else []
    return [head, *decks, *older]


def minutes(due: Due) -> int:
    """Whole minutes, at least one where something is due."""
    return max(1, round(due.minutes)) if due.total else 0


def _nothing(due: Due, now: datetime) -> str:
    done = f" {due.answered} answered today." if due.answered else ""
    if due.next_due is None:
        return f"Nothing is due.{done}"
    moment = due.next_due.astimezone(now.tzinfo)
    when = f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d}"
    return f"Nothing is due until {when}.{done}"


def _write(status: Path, due: Due, language: str) -> str:
    from studycards.remind.message import Due as Told
    from studycards.remind.message import line
    from studycards.remind.notify import due_file

    try:
        due_file.write(status, line(Told(due.total, round(due.minutes), due.first), language))
    except StudycardsError as error:
        return error.sentence
    return ""
