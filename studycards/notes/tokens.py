"""Code spans and formulas as one opaque character each, and back."""

from __future__ import annotations

import re

from studycards.notes.note import TOKEN

_FIRST_CODE, _LAST_CODE = 0xF0000, 0xFFEFF
_FIRST_MATH, _LAST_MATH = 0x100000, 0x10FFFD
_SPAN = re.compile(
    r"\\[`$]"
    r"|(?P<code>(?<!`)(?:``(?!`)(?:[^`]|`(?!`))++``(?!`)|`[^`]++`(?!`)))"
    r"|(?P<math>\$\$(?:[^$]|\$(?!\$))++\$\$"
    r"|\$(?![\s$])(?:[^$\n\\]|\\[^\n])++(?<!\s)\$(?![A-Za-z0-9$])"
    r"|\\\((?:[^\\]|\\(?![()]))++\\\)"
    r"|\\\[(?:[^\\]|\\(?![\[\]]))++\\\])"
)


_FORMULA = re.compile(r"[\\^_=+<>]")


class Tokens:
    """The opaque characters of one note; equal spans share one."""

    def __init__(self) -> None:
        self._by_text: dict[str, str] = {}
        self._next_code = _FIRST_CODE
        self._next_math = _FIRST_MATH

    @property
    def masks(self) -> dict[str, str]:
        """The text behind each character."""
        return {token: text for text, token in self._by_text.items()}

    def hide(self, text: str) -> str:
        """The text with every code span and formula replaced; line ends inside them are kept behind them."""
        if "`" in text or "$" in text or "\\(" in text or "\\[" in text:
            return _SPAN.sub(self._hide, text)
        return text

    def keep(self, span: str) -> str:
        """The character that stands for any piece of text."""
        return self._token(span, "code")

    def restore(self, text: str) -> str:
        """The text with the spans back."""
        if not TOKEN.search(text):
            return text
        masks = self.masks
        return TOKEN.sub(lambda found: masks.get(found[0], ""), text)

    def is_math(self, token: str) -> bool:
        """Whether an opaque character stands for a formula."""
        return ord(token) >= _FIRST_MATH

    def _hide(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind is None:
            return found[0]
        span = found[0]
        if span[0] == "\\" and not _is_formula(span[2:-2]):
            return span
        lines = span.count("\n")
        token = self._token(span.replace("\n", " ") if lines else span, kind)
        return token + "\n" * lines if lines else token

    def _token(self, span: str, kind: str) -> str:
        known = self._by_text.get(span)
        if known is not None:
            return known
        if kind == "code":
            number, self._next_code = self._next_code, self._next_code + 1
            last = _LAST_CODE
        else:
            number, self._next_math = self._next_math, self._next_math + 1
            last = _LAST_MATH
        if number > last:
            return span
        self._by_text[span] = token = chr(number)
        return token


def _is_formula(text: str) -> bool:
    r"""Whether what stands between `\(` and `\)` is more than a bracket that was escaped."""
    return len(text.strip()) <= 1 or _FORMULA.search(text) is not None
