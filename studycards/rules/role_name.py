"""Who held an office: `奥斯曼帝国前首相Foo Bar`, `大秦王朝第二任皇帝胡亥`, `某人成为某国第一位宇航员`.

Asks 谁, with 据笔记 where the office changes hands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_LEFT = re.compile(
    r".*(?:当时|时任|[遭被由向与和对让在以给于是为任叫名因当]|根据|其中|包括|任命|认为|一个|最[^的]{1,3}的|称)"
)
_FIRST = re.compile(
    r"^(?P<name>[^，。：；]{2,24}?)(?:，[^，。]{1,6}岁)?(?:，[^。；]{0,40}，[^，。]{0,8}?)?(?:是|成为|被称为"
    r"|被誉为)(?:了)?"
    r"(?P<what>[^，。；：]{0,16}?(?:第一[位个任名]|首[位任个名]|唯一|史上最|最)[^，。；：]{2,16})$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the offices with their holder, and of firsts with their name."""
    seen: set[str] = set()
    for spot in page.spots:
        if spot.text.isascii():
            continue
        for role in any_of("roles").finditer(spot.text):
            yield from _office(role, spot, seen)
        if "第一" in spot.text or "首" in spot.text or "最" in spot.text or "唯一" in spot.text:
            yield from _first(spot)


def _office(role: re.Match[str], spot: Spot, seen: set[str]) -> Iterator[Finding]:
    named = _HOLDER.match(spot.text, role.end())
    match = _OFFICE.search(_LEFT.sub("", spot.text[max(0, role.start() - 20) : role.start()])) if named else None
    if named is None or match is None:
        return
    org, holder, time = match["org"], named["name"].strip("·"), match["time"] or ""
    if is_dangling(org) or not is_noun_phrase(org, 12) or re.search(r"[的我他一]", org):
        return
    if len(holder) < 2 or holder[0] in "之等一的":
        return
    office = f"{org}{match['of'] or ''}{time}{role[0]}"
    if office in seen or word_in("roles", holder):
        return
    seen.add(office)
    fixed = time or role[0] in {
        "创始人",
        "创立者",
        "发明者",
        "发明人",
        "发现者",
        "提出者",
        "作者",
        "之父",
        "国父",
        "缔造者",
        "奠基人",
    }
    asked = f"{office}是谁？" if fixed else f"据笔记，{office}是谁？"
    lasting = time != "前" and (fixed or role[0] in _LASTING)
    bonus = () if lasting else (("passing-office", -1.0),)
    yield Finding(name, asked, holder, spot.place, office, bonus=bonus)
    if time == "前" and size(org) >= 2:
        yield Finding(name, f"{holder}是谁？", office, spot.place, office, subject=holder, direction="back")


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
