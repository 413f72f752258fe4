"""TeX formulas as readable Unicode: `\\frac{a+b}{2}` is `(a+b)/2`; what cannot be said without loss stays source."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_MATH = re.compile(
    r"(?<![\\$])\$\$(.+?)\$\$|(?<![\\$\w])\$(?=\S)([^$\n]*?\S)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.S
)
_TOKEN = re.compile(r"\\[A-Za-z]+\*?[ \t]*|\\.|\s+|.", re.S)
_OPEN, _CLOSE, _SCRIPTS = "{", "}", "^_"
_PRIME = "'"
_DEPTH = 40
_REFUSED = "&~^_"
_LONGEST = 2_000

_UPPER = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)) | dict(
    zip("abcdefghijklmoprstuvwxyzABDEGHIJKLMNOPRTUVW", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)
)
_LOWER = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0305",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
}
_ALPHABETS = {
    "mathbb": ("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK"),
    "mathcal": ("SCRIPT", "MATHEMATICAL SCRIPT"),
    "mathscr": ("SCRIPT", "MATHEMATICAL SCRIPT"),
    "mathbf": ("MATHEMATICAL BOLD", "MATHEMATICAL BOLD"),
    "boldsymbol": ("MATHEMATICAL BOLD", "MATHEMATICAL BOLD"),
    "bm": ("MATHEMATICAL BOLD", "MATHEMATICAL BOLD"),
}
_PLAIN = frozenset({"text", "mathrm", "operatorname", "textrm", "textbf", "textit", "mathit", "mathsf", "mbox"})
_NOTHING = frozenset(
    {"left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "limits", "nolimits"}
)
_OURS = {
    "|": "‖",
    "top": "ᵀ",
    "ne": "≠",
    "neq": "≠",
    "det": "det",
    "argmax": "argmax",
    "argmin": "argmin",
    "%": "%",
    "&": "&",
    "#": "#",
    "_": "_",
    "$": "$",
    " ": " ",
}
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


class _UnreadableError(Exception):
    """The formula has something that this file cannot say without loss."""


def formulas(text: str) -> str:
    """The text with every formula between dollars or `\\(…\\)` made readable; code spans keep theirs."""
    pieces = re.split(r"(`+[^`]*`+)", text)
    return "".join(piece if n % 2 else _MATH.sub(_shown, piece) for n, piece in enumerate(pieces))


def _shown(match: re.Match[str]) -> str:
    source = next(group for group in match.groups() if group is not None)
    said = readable(source.strip())
    return match[0] if said == source.strip() and "\\" in said else said


def readable(source: str) -> str:
    """One formula without its dollars as Unicode, or the source itself where that would lose something."""
    if len(source) > _LONGEST:
        return source
    try:
        parser = _Parser(_TOKEN.findall(source))
        said = parser.group(0, closing="")
    except _UnreadableError:
        return source
    return re.sub(r" {2,}", " ", said).strip()


class _Parser:
    """Walks the tokens of one formula; every method returns what it read as text."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def group(self, depth: int, closing: str) -> str:
        """Everything up to the token `closing`, which is eaten (empty: to the end)."""
        if depth > _DEPTH:
            raise _UnreadableError
        said = ""
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token == closing:
                self.place += 1
                return said
            if token == _CLOSE:
                raise _UnreadableError
            said += self._script(depth) if token in _SCRIPTS else self._atom(depth)
        if closing:
            raise _UnreadableError
        return said

    def _atom(self, depth: int) -> str:
        token = self._next()
        if token == _OPEN:
            return self.group(depth + 1, _CLOSE)
        if token.startswith("\\"):
            return self._command(token, depth)
        if token in _REFUSED:
            raise _UnreadableError
        if token == _PRIME:
            return "′"
        return " " if token.isspace() else token

    def _next(self) -> str:
        if self.place >= len(self.tokens):
            raise _UnreadableError
        self.place += 1
        return self.tokens[self.place - 1]

    def _argument(self, depth: int) -> str:
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self._atom(depth + 1)

    def _script(self, depth: int) -> str:
        mark = self._next()
        argument = self._argument(depth).strip()
        if mark == "^" and argument in ("′", "∘", "*", "†"):
            return "°" if argument == "∘" else argument
        table = _UPPER if mark == "^" else _LOWER
        if mark == "^" and argument == "ᵀ":
            return argument
        if argument and all(character in table for character in argument):
            return "".join(table[character] for character in argument)
        return f"{mark}{argument}" if len(argument) == 1 else f"{mark}({argument})"

    def _command(self, token: str, depth: int) -> str:
        name = token[1:].rstrip() or " "
        space = " " if token.endswith((" ", "\t")) and len(token) > 2 else ""
        if name in ("frac", "tfrac", "dfrac"):
            return f"{_operand(self._argument(depth))}/{_operand(self._argument(depth))}"
        if name == "sqrt":
            return self._root(depth)
        if name in _ACCENTS:
            return _accented(self._argument(depth), _ACCENTS[name])
        if name in _ALPHABETS:
            return _alphabet(self._argument(depth), *_ALPHABETS[name])
        if name in _PLAIN:
            return self._argument(depth)
        if name in _NOTHING:
            return self._delimiter() if name in ("left", "right") else ""
        return _symbol(name) + space

    def _root(self, depth: int) -> str:
        index = ""
        if self.place < len(self.tokens) and self.tokens[self.place] == "[":
            self.place += 1
            index = self.group(depth + 1, "]")
        if index not in _ROOTS and not all(character in _UPPER for character in index):
            raise _UnreadableError
        sign = _ROOTS.get(index) or "".join(_UPPER[character] for character in index) + "√"
        return sign + _operand(self._argument(depth))

    def _delimiter(self) -> str:
        if self.place < len(self.tokens) and self.tokens[self.place] == ".":
            self.place += 1
        return ""


def _operand(text: str) -> str:
    text = text.strip()
    if re.fullmatch(r"[\w.\u0300-\u036f\u2070-\u209f]*|\(.*\)", text) and text.count("(") < 2:
        return text
    return f"({text})"


def _accented(text: str, mark: str) -> str:
    bare = text.rstrip()
    if len(bare) != 1:
        raise _UnreadableError
    return bare + mark + text[1:]


def _alphabet(text: str, short: str, long: str) -> str:
    return "".join(_letter(character, short, long) for character in text)


def _letter(character: str, short: str, long: str) -> str:
    if not (character.isascii() and character.isalpha()):
        return character
    size = "CAPITAL" if character.isupper() else "SMALL"
    for family in (short, long):
        try:
            return unicodedata.lookup(f"{family} {size} {character.upper()}")
        except KeyError:
            continue
    raise _UnreadableError


def _symbol(name: str) -> str:
    if name in _OURS:
        return _OURS[name]
    said = _table(name)
    if said is None:
        raise _UnreadableError
    return said


@cache
def _table(name: str) -> str | None:
    said = _macros().get_macro_spec(name)
    said = said.simplify_repl if said else None
    return said if isinstance(said, str) and "%" not in said and "\n" not in said else None


@cache
def _macros() -> Any:
    """The library's table; the library has no types."""
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()
