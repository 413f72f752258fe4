"""What the config and the command line ask of the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studycards.config import Config
    from studycards.generate import Options


def settings(config: Config, min_confidence: float | None = None) -> dict[str, Any]:
    """What is asked, by the names of the generator's options; `min_confidence` is what the command line says."""
    given = min_confidence
    return {
        "min_confidence": config.number("generate.min_confidence") if given is None else given,
        "inbox_confidence": min(config.number("generate.inbox_confidence"), 1.0 if given is None else given),
        "off": tuple(sorted(config.words("generate.off"))),
        "reading_list": config.flag("generate.reading_list"),
        "topics": config.words("generate.reading_list_topics"),
    }


def options(asked: dict[str, Any], means: Mapping[str, float], only: Iterable[str] = ()) -> Options:
    """The generator's options from such settings, with what each rule is trusted with."""
    from studycards.generate import Options

    return Options(**{**asked, "off": frozenset(asked["off"])}, only=frozenset(only), means=means)
