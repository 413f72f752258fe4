"""Whether a piece of a sentence names somebody: by its letters, its gloss, its office, or by the rest of the note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from studycards.grammar import by_first_letter, words

_GLOSS = re.compile(r"\s?[（(](?P<gloss>[^（()）]{1,60})[)）]$")
_LATIN_GLOSS = re.compile(r"^[A-Z][\w.'’-]*(?: [\w.'’-]+){0,5}(?:[，,;；].*)?$")
_LATIN = re.compile(r"[A-Z][\w'’-]*\.?(?: (?:(?:van|von|de|der|la|di|da|le) )?[A-Z][\w'’-]*\.?){1,4}")
_PERSON_ENDS = (
    "学家|作家|画家|诗人|教授|博士|院士|科学家|工程师|发明家|哲学家|将领|将军|皇帝|国王|女王|总统|总理|首相|传教士|政治家|思想家"
    "|音乐家|企业家|建筑师|导演|医生|牧师|神父|修士|僧人|大亨|程序员|设计师|探险家|航海家|哲学者|史学者|文学者|数学者|化学者"
)
_PERSON_END = f"(?:{by_first_letter(_PERSON_ENDS.split('|'))})"
_STOP = "，。；：、和与及（）()的了在于是有被将“”《》!！?？ "
_BRACKETED = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{2,16})\s?[（(](?:[A-Z][a-zà-ÿ]+(?: [A-Z][\w.'’-]*)*(?=[)），,;；])"
    r"|(?:约|公元)?前?\d{2,4}年?[\d月日]*\s?[-—～~–－至]+\s?(?:公元)?前?\d{2,4})"
)
_BRACKET_CUE = re.compile(r"[（(](?:[A-Z][a-zà-ÿ]|(?:约|公元)?前?\d\d)")
_OFFICED = re.compile(rf"{_PERSON_END}(?P<name>[^{_STOP}]{{2,4}})(?=[{_STOP}]|合作|提出|发明|发现|$)")
_FUNCTION = re.compile(r"[在于的了是有被将把从对向给让就也又]")
_NUMBERED = re.compile(r"[一二三四五六七八九十]世$")


def known(texts: Iterable[str]) -> frozenset[str]:
    """The Chinese names of persons that texts make known: in Latin letters, with dates, or behind an office."""
    found: set[str] = set()
    for text in texts:
        if text.isascii():
            continue
        if _BRACKET_CUE.search(text):
            found.update(_without_office(match["name"]) for match in _BRACKETED.finditer(text))
        found.update(match["name"] for match in _OFFICED.finditer(text))
    return frozenset(name for name in found if 2 <= len(name) <= 9 and (_half_foreign(name) or _is_native(name)))


def person(text: str, people: frozenset[str]) -> str:
    """The name that a piece consists of, without the office before it and the gloss behind it; empty if it is none.

    `people` are the names that the note makes known somewhere: see `known`.
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
    told = bool(gloss and _LATIN_GLOSS.match(gloss["gloss"])) or name in people
    return name if _sounds_foreign(name) or (told and len(name) >= 2) or (office and _is_native(name)) else ""


def persons(text: str, people: frozenset[str]) -> str:
    """`person` for one name or several: `Foo、Bar和Baz`; empty as soon as one of them is none."""
    pieces = [piece for piece in re.split(r"、|和|与|及(?!其)", text) if piece.strip()]
    names = [person(piece, people) for piece in pieces]
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


def _half_foreign(name: str) -> bool:
    return 2 * sum(letter in _sounds() for letter in name) >= len(name) and not _FUNCTION.search(name)


def _without_office(text: str) -> str:
    office = re.match(rf".{{0,24}}{_PERSON_END}(?=.{{2,}}$)", text)
    return text[office.end() :] if office else text


def _is_native(name: str) -> bool:
    return 2 <= len(name) <= 3 and name[0] in _surnames()


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(words("sounds")))


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(words("surnames")))
