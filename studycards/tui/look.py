"""What the person chose about the terminal: keys, buttons, theme, editor; handed in, never asked for here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from studycards.config import Config
from studycards.tui import editor
from studycards.tui.keys import KeyMap


@dataclass(frozen=True, slots=True)
class Look:
    """`buttons` is 4 or 2; `guard_ms` how soon after a new screen a rating is a slip; `ascii` keeps rules plain;
    `editor`, `player` and `viewer` are argument lists (none: what is found); `monotonic` gives seconds of a clock that
    never goes back; `advance_s` seconds turn a card over (0: never)."""

    monotonic: Callable[[], float]
    keys: KeyMap = field(default_factory=KeyMap)
    buttons: int = 4
    guard_ms: int = 150
    intervals: bool = True
    ascii: bool = False
    theme: str = "default"
    editor: tuple[str, ...] = ("vi",)
    timer: bool = False
    advance_s: int = 0
    player: tuple[str, ...] = ()
    viewer: tuple[str, ...] = ()


def look_of(config: Config, environment: Mapping[str, str], monotonic: Callable[[], float]) -> Look:
    """What the config and the environment say."""
    return Look(
        monotonic=monotonic,
        keys=KeyMap(config.keys),
        buttons=int(config.number("review.buttons")),
        guard_ms=int(config.number("review.guard_ms")),
        intervals=config.flag("review.intervals"),
        ascii=_is_ascii(environment),
        theme=config.text("theme"),
        editor=editor.chosen(environment),
        timer=config.flag("review.timer"),
        advance_s=int(config.number("review.advance")),
        player=editor.words(config.text("review.player")),
        viewer=editor.words(config.text("review.viewer")),
    )


def _is_ascii(environment: Mapping[str, str]) -> bool:
    """Whether the locale promises no more than ASCII."""
    named = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "C")
    return named in ("C", "POSIX")


def wants_lines(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether line mode is taken by itself: no terminal, a dumb one, or STUDYCARDS_PLAIN=1."""
    if environment.get("TEXTUAL_DRIVER"):
        return False  # the page is in a browser
    return not terminal or environment.get("TERM") == "dumb" or environment.get("STUDYCARDS_PLAIN") == "1"
