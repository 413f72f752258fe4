"""What the person chose about the terminal: keys, buttons, theme, editor; handed in, never asked for here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studycards.tui.keys import KeyMap


@dataclass(frozen=True, slots=True)
class Look:
    """`buttons` is 4 or 2; `guard_ms` how soon after a new screen a rating is a slip; `ascii` keeps rules plain;
    `editor` is an argument list; `monotonic` seconds of a clock that never goes back."""

    monotonic: Callable[[], float]
    keys: KeyMap = field(default_factory=KeyMap)
    buttons: int = 4
    guard_ms: int = 150
    intervals: bool = True
    ascii: bool = False
    theme: str = "default"
    editor: tuple[str, ...] = ("vi",)
