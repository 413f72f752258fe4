"""Who did a thing: `1999年，张三提出了Foo定理`, `Foo Bar发明的蛇管`, `《书》是作家李四（Li）所著`, `Ann Li coined Foo`.

Asks 谁…了…？ in place, and for the year that the clause gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import by_first_letter, is_dangling, is_noun_phrase, is_term, size, without_brackets
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.persons import person, persons
from studycards.phrasing import spaced

name = "maker"
prior = 0.82
weight = 4.0

_MAKE = (
    "提出|发明|创立|创建|创办|创造|建立|成立|组建|发现|证明|证实|撰写|编写|写下|写出|著有|设计|开发|研制|建造|发起|开创|引入"
    "|破译|推导出|推翻|修建"
)
_CUE = re.compile(by_first_letter(_MAKE.split("|")))
_YEAR = r"(?:公元前?|前)?\d{3,4}年"
_LEFT = r"(?:[^，；：。（(《》]|[（(][^（()）]*[）)])"
_ACTIVE = re.compile(
    rf"(?:^|[，；])(?:(?P<year>{_YEAR})(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?，?)?(?P<who>[^，；：。]{{2,60}}?)"
    rf"(?P<when>(?:于|在)(?P<in>{_YEAR})(?:\d{{1,2}}月)?)?(?P<where>在[^，；：。了]{{2,12}}?)?"
    rf"(?:首先|首次|最早|最先|率先|独立|共同|一起|联合|合作|又|也|还|便|就)*(?P<verb>{_MAKE})(?P<le>了)?"
    r"(?:著名的|有名的|一个|一种|一套|一家|自己的)*(?P<made>[^，；：。的]{2,24}|[^，；：。]{4,24}的[^，；：。的]{2,8})(?=[，；。]|$)"
)
_NOMINAL = re.compile(
    rf"(?:^|[，、和及与]|如|包括|[有是])(?P<who>[^，；：。、和及与如的]{{2,40}}?)(?:于|在)?(?P<year>{_YEAR})?"
    rf"(?P<where>在[^，；：。了、的]{{2,10}}?)?(?:首先|首次|最早|最先"
    rf"|率先)?(?P<verb>{_MAKE})的(?P<made>[^，；：。、和及与的是被]{{2,16}})(?=[，；。、和及与是被]|$)"
)
_WRITTEN = re.compile(
    rf"^(?P<work>《[^《》]+》)(?:一书|这本书)?(?:的作者)?是?由?(?P<who>{_LEFT}{{2,50}}?)"
    rf"(?:于|在)?(?P<year>{_YEAR})?所?(?P<verb>著|写|撰写|编写|创作|编纂|作|编|撰)(?:[的成，（(]|$)"
)
_THAT_IS = re.compile(
    rf"^(?P<who>{_LEFT}{{2,60}}?)(?P<verb>提出|发现|推导出|证明)了?[^。；：]{{4,40}}，(?:即|也就是|这就是)(?:著名的)?"
    r"(?P<made>[^，。；：的]{2,16})$"
)
_WAS = re.compile(
    rf"^(?P<made>[^，；：。是]{{2,20}}?)(?P<first>最早|最初|首先)?是由?(?P<who>{_LEFT}{{2,40}}?)(?:于|在)?(?P<year>{_YEAR})?"
    r"(?:最早|最初|首先|首次)?(?P<verb>提出|发明|发现|创立|创建|设计|证明|开发)的(?=[，；。]|$)"
)
_HOLDS = re.compile(
    r"^(?P<who>[^，；：。]{2,40}?)(?:不仅|同时)?(?:也|还)?是(?P<made>[^，；：。]{2,20}?)的"
    r"(?P<role>创建者|创始人|创立者|发明者|发明人|发现者|提出者|作者|主要作者|设计者|奠基人|奠基者|缔造者)(?:之一)?(?=[，；。]|$)"
)
_TITLED = re.compile(r"[《“][^《》“”]{1,24}[》”]|[A-Z]")
_KINDS = re.compile(
    r".{3,}(?:公司|银行|大学|学院|学堂|图书馆|协会|俱乐部|学校)|.{2,}(?:定理|定律|理论|学说|公式|算法|方程|猜想|原理|原则|效应|法则|模型|曲线|螺线|系统|语言|学派|学会|帝国"
    r"|王朝|宫|教|运动|制度|仪|机|器|镜|病毒|细菌|元素|粒子|几何|代数|概念"
    r"|疗法|疫苗|协议|格式|标准|数列|级数|分布|问题|悖论|法)$"
)
_LOOSE = re.compile(
    r"^(?:这|那|其|该|此|一些|许多|很多|各|新的?|更|相关|类似|大量|自己|以下|不少|几|多)|(?:这种|这个|该|上述|不同|相应|问题|概念"
    r"|方法|算法|理论|模型)$"
)
_BASE = {
    "coined": "coin",
    "composed": "compose",
    "created": "create",
    "designed": "design",
    "developed": "develop",
    "discovered": "discover",
    "established": "establish",
    "formulated": "formulate",
    "founded": "found",
    "introduced": "introduce",
    "invented": "invent",
    "painted": "paint",
    "proposed": "propose",
    "wrote": "write",
}
_CALLED = r"[A-Z][\w.'’-]*(?: (?:(?:van|von|de|of) )?[A-Z][\w.'’-]*){1,3}"
_ENGLISH = re.compile(
    rf"^(?:In (?P<first>\d{{4}}),? )?"
    rf"(?P<who>(?:(?:Sir|Dr|Lord|Professor|Saint|St)\.? )?{_CALLED}(?:(?:, {_CALLED})*,? and {_CALLED})?) "
    rf"(?:first |independently |later |originally )?(?P<verb>{'|'.join(_BASE)}) "
    r"(?P<made>(?:the |a |an )?[^,;:]{3,60}?)(?: in (?P<year>\d{4}))?$"
)
_MADE = re.compile(rf" (?:{'|'.join(_BASE)}) ")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences in which somebody makes, finds or writes something."""
    for spot in page.spots:
        text = spot.text
        if text.isascii():
            if ("ed " in text or " wrote " in text) and _MADE.search(text):
                yield from _english(spot)
        elif ("是" in text and ("者" in text or "人" in text)) or text.startswith("《") or _CUE.search(text):
            yield from _chinese(spot, page)


def _chinese(spot: Spot, page: Page) -> Iterator[Finding]:
    text = spot.text
    if text.startswith("《"):
        yield from _written(spot, page)
    held = _HOLDS.match(text) if "是" in text and ("者" in text or "人" in text) else None
    if held:
        yield from _holder(held, spot, page)
        return
    if _CUE.search(text) is None:
        return
    was = _WAS.match(text) if "由" in text or "是" in text else None
    if was and persons(was["who"], page.people) and is_term(was["made"], 20):
        asked = f"{was['made']}{was['first'] or ''}是谁{was['verb']}的？"
        answer = persons(was["who"], page.people)
        yield Finding(name, asked, answer, spot.place, was["made"], subject=was["made"])
        return
    named = _THAT_IS.match(text) if "即" in text or "就是" in text else None
    if named:
        yield from _asked(named, spot, page)
        return
    found = False
    for match in _NOMINAL.finditer(text) if "的" in text else ():
        for finding in _asked(match, spot, page):
            found = True
            yield finding
    if not found:
        for match in _ACTIVE.finditer(text):
            yield from _asked(match, spot, page)


def _asked(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    groups = match.groupdict()
    who, made, verb = persons(match["who"], page.people), match["made"].strip(), match["verb"]
    if not who or not _is_made(made):
        return
    done = (groups.get("where") or "") + verb + ("" if verb.endswith(("下", "有")) else "了")
    yield Finding(name, f"谁{done}{made}？", who, spot.place, made, subject=made, label=size(made) < 4)
    year = groups.get("year") or groups.get("in")
    if year:
        asked = spaced(who, f"哪一年{done}{made}？", page.spacing)
        yield Finding(name, asked, year, spot.place, made, subject=who, direction="year")


def _is_made(made: str) -> bool:
    """Whether a thing is named well enough to ask who made it."""
    if is_dangling(made) or not is_noun_phrase(made, 24) or _LOOSE.match(made):
        return False
    bare = without_brackets(made)
    if _TITLED.search(made) and size(made) >= 2:
        return True
    return bool(_KINDS.fullmatch(bare)) and size(bare) >= 3 and not (_LOOSE.search(bare) and "的" not in bare)


def _written(spot: Spot, page: Page) -> Iterator[Finding]:
    match = _WRITTEN.match(spot.text)
    who = person(match["who"], page.people) if match else ""
    if match is None or not who:
        return
    work = match["work"]
    yield Finding(name, f"{work}的作者是谁？", who, spot.place, work, subject=work)
    if match["year"]:
        yield Finding(
            name, f"{work}是哪一年{match['verb']}的？", match["year"], spot.place, work, subject=work, direction="year"
        )


def _holder(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    who, made, role = person(match["who"], page.people), match["made"].strip(), match["role"].removeprefix("主要")
    if who and is_noun_phrase(made, 20) and not is_dangling(made) and not _LOOSE.match(made):
        asked = spaced(made, f"的{role}是谁？", page.spacing)
        yield Finding(name, asked, who, spot.place, made, subject=made, label=size(made) < 4)


def _english(spot: Spot) -> Iterator[Finding]:
    match = _ENGLISH.match(spot.text)
    if match is None or is_dangling(match["who"]) or not _is_named(match["made"]):
        return
    who, verb, made = match["who"], match["verb"], match["made"]
    yield Finding(name, f"Who {verb} {made}?", who, spot.place, made, subject=made)
    year = match["first"] or match["year"]
    if year:
        asked = f"In which year did {who} {_BASE[verb]} {made}?"
        yield Finding(name, asked, year, spot.place, made, subject=who, direction="year")


def _is_named(made: str) -> bool:
    return not is_dangling(made) and re.search(r"\b(?:it|this|that|these|their|his|her|which|who)\b", made) is None
