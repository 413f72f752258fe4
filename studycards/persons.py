"""Whether a piece of a sentence names somebody: by its letters, its gloss, its office, or by the rest of the note."""

from __future__ import annotations

import re
from functools import cache

from studycards.grammar import words

_GLOSS = re.compile(r"\s?[（(](?P<gloss>[^（()）]{1,60})[)）]$")
_LATIN_GLOSS = re.compile(r"^[A-Z][\w.'’-]*(?: [\w.'’-]+){0,5}(?:[，,;；].*)?$")
_LATIN = re.compile(r"[A-Z][\w'’-]*\.?(?: (?:(?:van|von|de|der|la|di|da|le) )?[A-Z][\w'’-]*\.?){1,4}")
_PERSON_END = (
    r"(?:学家|作家|画家|诗人|教授|博士|院士|科学家|工程师|发明家|哲学家|将领|将军|皇帝|国王|女王|总统|总理|首相|传教士"
    r"|政治家|思想家|音乐家|企业家|建筑师|导演|医生|牧师|神父|修士|僧人|大亨|程序员|设计师|探险家|航海家|[哲史文数化]学者)"
)
_FUNCTION = re.compile(r"[在于的了是有被将把从对向给让就也又]")
_NUMBERED = re.compile(r"[一二三四五六七八九十]世$")


def person(text: str, spelt: frozenset[str]) -> str:
    """The name that a piece consists of, without the office before it and the gloss behind it; empty if it is none.

    `spelt` are the names that the note gives in Latin letters somewhere.
    """
    text = text.strip(' ，,“”"')
    gloss = _GLOSS.search(text)
    bare = text[: gloss.start()] if gloss else text
    office = re.match(rf"(?P<office>.{{0,60}}{_PERSON_END})(?=.{{2,}}$)", bare)
    name = bare[office.end() :].strip() if office else bare.strip()
    if _LATIN.fullmatch(name):
        return name
    if not re.fullmatch(r"[\u4e00-\u9fff·]{2,16}", name):
        return ""
    known = bool(gloss and _LATIN_GLOSS.match(gloss["gloss"])) or name in spelt
    return name if _sounds_foreign(name) or (known and len(name) >= 2) or (office and _is_native(name)) else ""


def persons(text: str, spelt: frozenset[str]) -> str:
    """`person` for one name or several: `Foo、Bar和Baz`; empty as soon as one of them is none."""
    pieces = [piece for piece in re.split(r"、|和|与|及(?!其)", text) if piece.strip()]
    names = [person(piece, spelt) for piece in pieces]
    if not names or len(names) > 3 or not all(names):
        return ""
    return names[0] if len(names) == 1 else text.strip(" ，")


def _sounds_foreign(name: str) -> bool:
    """Whether characters are those that write foreign names: with 间隔号, or four and more of them nearly all so."""
    letters = _NUMBERED.sub("", name).replace("·", "")
    if _FUNCTION.search(letters):
        return False
    foreign = sum(letter in _sounds() for letter in letters)
    if "·" in name:
        return foreign * 4 >= len(letters) * 3
    return (len(letters) >= 3 and foreign == len(letters)) or (len(letters) >= 4 and foreign >= len(letters) - 1)


def _is_native(name: str) -> bool:
    return 2 <= len(name) <= 3 and name[0] in _surnames()


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(words("sounds")))


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(words("surnames")))
