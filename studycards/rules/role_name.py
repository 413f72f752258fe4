"""Who held an office: `奥斯曼帝国前首相Foo Bar`, `大秦王朝第二任皇帝胡亥`, `某人成为某国第一位宇航员`.

Asks 谁, with 据笔记 where the office changes hands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from studycards.grammar import any_of, glossed, is_dangling, is_noun_phrase, size, word_in, words
from studycards.model import Finding
from studycards.notes.page import Page, Spot

name = "role-name"
prior = 0.78
weight = 4.0

_SOUND = "".join(words("sounds"))
_LATIN_NAME = r"[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,3}"
_SURNAME = "".join(words("surnames"))
_AFTER = "(?=$|[，。、；：！？“”）)（(]|" + "|".join(words("after_names")) + ")"
_NAME = rf"(?P<name>{_LATIN_NAME}|[{_SOUND}·]{{2,9}}{_AFTER}|[{_SURNAME}][\u4e00-\u9fff]{{1,2}}(?=[，。、（(；]|$))"
_HOLDER = re.compile(rf"\s?[“]?{_NAME}")
_OFFICE = re.compile(
    r"(?P<org>[\u4e00-\u9fff·A-Za-z]{2,14}?)(?P<of>的)?(?P<time>前|现任|首任|末代"
    r"|第[一二三四五六七八九十]+[任位代个])?$"
)
_LASTING = frozenset(words("lasting_roles"))
_FOUNDERS = frozenset(
    {"创始人", "创立者", "发明者", "发明人", "发现者", "提出者", "作者", "之父", "国父", "缔造者", "奠基人"}
)
_LEFT = re.compile(
    r".*(?:当时|时任|[遭被由向与和对让在以给于是为任叫名因当]|根据|其中|包括|任命|认为|一个|最[^的]{1,3}的|称)"
)
_FIRST = re.compile(
    r"^(?P<name>[^，。：；]{2,24}?)(?:，[^，。]{1,6}岁)?(?:，[^。；]{0,40}，[^，。]{0,8}?)?(?:是|成为|被称为"
    r"|被誉为)(?:了)?"
    r"(?P<what>[^，。；：]{0,16}?(?:第一[位个任名]|首[位任个名]|唯一|史上最|最)[^，。；：]{2,16})$"
)


@dataclass(frozen=True, slots=True)
class _Office:
    """An office as a sentence writes it, with the body that has it and who held it."""

    org: str
    written: str
    role: str
    time: str
    holder: str
    spot: Spot


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the offices with their holder, and of firsts with their name."""
    offices: dict[str, _Office] = {}
    for spot in page.spots:
        if spot.text.isascii():
            continue
        for role in any_of("roles").finditer(spot.text):
            office = _office(role, spot)
            if office:
                offices.setdefault(office.written, office)
        if "第一" in spot.text or "首" in spot.text or "最" in spot.text or "唯一" in spot.text:
            yield from _first(spot)
    people = Counter(office.org for office in offices.values())
    for office in offices.values():
        yield from _asked(office, people[office.org])


def _office(role: re.Match[str], spot: Spot) -> _Office | None:
    named = _HOLDER.match(spot.text, role.end())
    match = _OFFICE.search(_LEFT.sub("", spot.text[max(0, role.start() - 20) : role.start()])) if named else None
    if named is None or match is None:
        return None
    org, holder, time = match["org"], named["name"].strip("·"), match["time"] or ""
    if is_dangling(org) or not is_noun_phrase(org, 12) or re.search(r"[的我他一]", org):
        return None
    if len(holder) < 2 or holder[0] in "之等一的" or word_in("roles", holder):
        return None
    return _Office(org, f"{org}{match['of'] or ''}{time}{role[0]}", role[0], time, holder, spot)


def _asked(office: _Office, people: int) -> Iterator[Finding]:
    """Who holds it. A former holder is asked only where the note knows one person of that body."""
    former = office.time == "前"
    if former and people > 1:
        return
    fixed = not former and (office.time != "" or office.role in _FOUNDERS)
    asked = f"{office.written}是谁？" if fixed else f"据笔记，{office.written}是谁？"
    settled = former or fixed or office.role in _LASTING
    bonus = () if settled else (("passing-office", -1.0),)
    yield Finding(name, asked, office.holder, office.spot.place, office.written, bonus=bonus)
    if former and size(office.org) >= 2:
        back = f"{office.holder}是谁？"
        written = office.written
        yield Finding(name, back, written, office.spot.place, written, subject=office.holder, direction="back")


def _first(spot: Spot) -> Iterator[Finding]:
    match = _FIRST.match(spot.text)
    if match is None:
        return
    named = glossed(match["name"])
    holder = named[0] if named else match["name"]
    what = match["what"]
    if "·" not in holder and not re.fullmatch(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)+", holder):
        return
    if size(what) >= 6 and is_noun_phrase(what, 20) and not is_dangling(what):
        yield Finding(name, f"{what}是谁？", holder, spot.place, what, bonus=(("first", 0.3),))
