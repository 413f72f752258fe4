"""What a sentence speaks of, and what a pronoun at its start stands for."""

from __future__ import annotations

from studycards.notes.note import Sentence


class Speaker:
    """What has been said so far in a topic block."""

    def __init__(self, heading: str = "") -> None:
        self._heading = heading

    def enter(self, heading: str) -> None:
        """Go under a heading: what was said before no longer holds."""
        self._heading = heading

    def leave_topic(self) -> None:
        """Pass a break."""
        self._heading = ""

    def aside(self) -> Speaker:
        """A speaker for an item or a quote, which knows the heading and tells nothing back."""
        return Speaker(self._heading)

    def say(self, text: str, line: int, end_line: int, first: bool, bold: str) -> Sentence:
        """The next sentence."""
        return Sentence(text, line, end_line, first=first, bold=bold)
