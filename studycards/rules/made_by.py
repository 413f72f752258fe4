"""Who made a thing and when: `Foo由张三于1999年提出`, `Foo是李四于2001年开发的工具`, `Foo was created by Bar in 1995`.

Asks in place: 由谁…？, 是谁…的？, 哪一年…？
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import glossed, is_dangling, is_latin, is_noun_phrase, is_term
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import spaced, with_article

name = "made-by"
prior = 0.80
weight = 8.0

_MAKE = "提出|开发|发明|创立|创建|创办|设计|编写|发现|撰写|制作|建造|创作|编著|主编|所建|研制|发布|推出|建立|撰|写|提供"
_YEAR = r"(?:公元前?|前)?\d{3,4}年(?:\d{1,2}月)?"
_BY = re.compile(
    rf"^(?P<term>[^，。；是]{{2,40}}?)(?:，)?(?:最早|最初|首先|一般认为|一般|通常|主要)?(?P<is>是)?由"
    rf"(?P<who>[^，。；于在]{{2,30}}?)(?P<mid>(?:于"
    rf"|在)(?P<year>{_YEAR})?(?P<after>[^，。；]{{0,30}}?))?(?P<others>等人?)?(?:首次|正式|共同|联合|首先"
    rf"|最早)?(?P<verb>{_MAKE})(?P<of>的)?"
)
_BOOK = re.compile(r"(?P<verb>出版|发表)的(?P<title>《[^》]+》)")
_IS_BY = re.compile(
    rf"^(?P<term>[^，。；是]{{2,30}}?)是(?P<who>[^，。；于在]{{2,24}}?)(?:于|在)?(?P<year>{_YEAR})(?P<verb>{_MAKE})的"
)
_WORK_OF = re.compile(
    rf"^(?P<term>[^，。；是]{{2,30}}?)是(?P<who>[\u4e00-\u9fffA-Za-z·. ]{{2,20}}?)(?:于|在)?(?P<year>{_YEAR})?的"
    r"(?P<what>作品|著作|论文|成果|产品|代表作)$"
)
_WORKS = ("作品", "著作", "论文", "成果", "产品", "代表作")
_BORN = re.compile(
    rf"^(?P<term>[^，。；]{{2,24}}?)(?:，|是)?(?:于|在)?(?P<year>{_YEAR})(?P<verb>诞生|成立|建立|创立|创建"
    r"|创刊|问世|建成|出版|竣工"
    rf"|通车)(?P<where>于[^，。；]{{2,16}})?"
)
_BORN_IN = re.compile(
    rf"^(?P<term>[^，。；]{{2,24}}?)(?:最早)?(?P<verb>诞生|成立|创立|创建|创刊|始建|建成|建立|成书|出版|建|开馆|首播|上映|发布|问世"
    rf"|开园)于(?P<year>{_YEAR})"
)
_UNDER = re.compile(
    r"(?P<under>(?:根据|按照?)[^，。]{3,16}，)?(?:^|(?<=，))(?P<term>[^，。；]{2,20}?)"
    r"(?P<all>[都均全])?归(?P<who>[^，。；—]{2,12}?)(?P<verb>管理|管辖|统治|所有|领导|控制)(?=[，。；—]|$)"
)
_OWED = re.compile(r"^(?P<term>[^，。；：]{2,24}?)(?:的(?:发明|发现|提出|建立))?归功于(?P<who>[^，。；：的]{2,30})$")
_DIED = re.compile(
    rf"(?:^|，)(?P<term>[^，。；]{{2,20}}?)[，]?(?:于|在)?(?P<year>{_YEAR})(?P<verb>去世|逝世|病逝|出生|遇刺"
    r"|登基|即位|继位|退位)"
)
_ENGLISH = re.compile(
    r"^(?P<term>(?:The )?[A-Z][\w.+#-]*(?: [\w.+#-]+){0,4}) (?:was|were) (?:first |originally )?(?P<verb>created"
    r"|invented|developed|introduced|designed|written|founded|discovered|proposed|coined|formulated|released) "
    r"by (?P<who>[A-Z][\w.'-]*(?:,? (?:and |of |at )?[A-Z][\w.'-]*){0,6})(?: (?:in|around) (?P<year>\d{4}))?"
)


_COINED = re.compile(
    r"^(?:(?:It|The (?:term|concept|idea|theory)) (?:was|is) )?(?P<first>[Ff]irst "
    r"|[Oo]riginally )?(?P<verb>[Pp]roposed|[Cc]oined|[Dd]escribed|[Ss]tudied|[Ii]dentified"
    r"|[Dd]iscussed|[Ii]ntroduced|[Ee]xplored|[Pp]opulari[sz]ed|[Dd]eveloped|[Ii]nvented|[Dd]iscovered|[Ff]ormulated"
    r"|[Ii]nvestigated|[Pp]ioneered|[Ff]ounded|[Cc]reated|[Dd]esigned"
    r"|[Pp]ublished)(?: extensively)? by (?:the )?(?:[a-z]+ ){0,2}"
    r"(?P<who>[A-Z][\w.'’-]*(?:(?:,? and|, and|,)? (?:von |van |de |al-"
    r"|of )?[A-Z][\w.'’-]*){0,7}(?:,? and (?:others|colleagues))?)"
    r"(?: in (?P<year>(?:the )?\d{4}s?))?(?=[,.;]|$)"
)


_LOOSE_VERBS = frozenset({"studied", "discussed", "explored", "investigated", "described", "identified", "popularized"})


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that say who made a thing, or when it came to be."""
    for spot in page.spots:
        text = spot.text
        if "由" in text or "是" in text or "年" in text or "归" in text:
            yield from _chinese(spot, page)
        elif " by " in text:
            yield from _english(spot)
            yield from _coined(spot)


def _chinese(spot: Spot, page: Page) -> Iterator[Finding]:
    match = _BY.match(spot.text) if "由" in spot.text else None
    if match:
        yield from _by(match, spot)
        return
    match = _IS_BY.match(spot.text) if "是" in spot.text and "年" in spot.text else None
    if match and _is_maker(match["who"]) and _is_subject(match["term"]):
        asked = spaced(match["term"], f"是谁{match['verb']}的？", page.spacing)
        yield Finding(name, asked, match["who"].strip(), spot.place, match["term"], subject=_bare(match["term"]))
        when = spaced(match["term"], f"是哪一年{match['verb']}的？", page.spacing)
        yield Finding(
            name, when, match["year"], spot.place, match["term"], subject=_bare(match["term"]), direction="year"
        )
        return
    match = _WORK_OF.match(spot.text) if spot.text.endswith(_WORKS) else None
    if match and _is_maker(match["who"]) and _is_subject(match["term"]):
        asked = spaced(match["term"], f"是谁的{match['what']}？", page.spacing)
        yield Finding(name, asked, match["who"].strip(), spot.place, match["term"], subject=_bare(match["term"]))
        return
    match = _OWED.match(spot.text) if "归功于" in spot.text else None
    if match and _is_subject(match["term"]) and _is_maker(match["who"]):
        asked = f"{match[0][: match.start('who')]}谁？"
        yield Finding(name, asked, match["who"], spot.place, match["term"], subject=_bare(match["term"]))
        return
    match = _UNDER.search(spot.text) if "归" in spot.text else None
    if match and is_term(match["term"], 20) and _is_maker(match["who"]):
        asked = f"{match['under'] or ''}{match['term']}{match['all'] or ''}归谁{match['verb']}？"
        yield Finding(name, asked, match["who"], spot.place, match["term"], subject=match["term"], direction="under")
        return
    if "年" not in spot.text:
        return
    match = _DIED.search(spot.text)
    if match and is_noun_phrase(match["term"], 16) and not is_dangling(match["term"]):
        asked = f"{match['term']}哪一年{match['verb']}？"
        yield Finding(name, asked, match["year"], spot.place, match["term"], subject=match["term"], direction="year")
        return
    match = _BORN.match(spot.text) or _BORN_IN.match(spot.text)
    if match and _is_subject(match["term"].rstrip("，")):
        yield from _born(match, spot, page)


def _by(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    term, who = match["term"].strip("，, "), match["who"].strip()
    if not _is_subject(term) or not _is_maker(who):
        return
    end = "的" if match["is"] else ""
    asked = f"{term}{'是' if match['is'] else ''}由谁{match['verb']}{end}？"
    yield Finding(name, asked, who + (match["others"] or ""), spot.place, term, subject=_bare(term))
    book = _BOOK.match(match["after"] or "")
    if match["year"] and book:
        where = f"{term}由{who}在哪{'篇论文' if '论文' in match['after'] else '本书'}中{match['verb']}？"
        yield Finding(name, where, book["title"], spot.place, term, subject=_bare(term), direction="work")
        when = f"{match['verb']}{term}的{book['title']}哪一年{book['verb']}？"
        yield Finding(name, when, match["year"], spot.place, term, subject=_bare(term), direction="year")
    elif match["year"] and "的" not in (match["after"] or ""):
        when = match[0].replace(match["year"], "哪一年", 1).removesuffix("的")
        end = "的" if match["is"] else ""
        yield Finding(name, f"{when}{end}？", match["year"], spot.place, term, subject=_bare(term), direction="year")


def _born(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    term = match["term"].rstrip("，")
    if spot.text[match.end() : match.end() + 1] in {"了", "过"}:
        return
    groups = match.groupdict()
    where = groups.get("where") or ""
    asked = (
        spaced(term, f"哪一年{match['verb']}{where}？", page.spacing)
        if "于" + match["year"] not in match[0]
        else f"{term}{match['verb']}于哪一年？"
    )
    yield Finding(name, asked, match["year"], spot.place, term, subject=_bare(term), direction="year")


def _english(spot: Spot) -> Iterator[Finding]:
    match = _ENGLISH.match(spot.text)
    if match is None or not is_term(match["term"]):
        return
    who = match["who"].strip(" ,")
    yield Finding(name, f"Who {match['verb']} {match['term']}?", who, spot.place, match["term"], subject=match["term"])
    if match["year"]:
        base = {"written": "written"}.get(match["verb"], match["verb"])
        asked = f"In which year was {match['term']} {base}?"
        yield Finding(name, asked, match["year"], spot.place, match["term"], subject=match["term"], direction="year")


def _coined(spot: Spot) -> Iterator[Finding]:
    """`Coined by A. Person in 1956` under a term heading speaks of the heading."""
    match = _COINED.match(spot.text)
    heading = spot.place.headings[-1] if spot.place.headings else ""
    if match is None or not heading or not is_term(heading) or not is_latin(heading) or heading.endswith("?"):
        return
    thing = with_article(re.sub(r" \([^()]*\)$", "", heading))
    first = (match["first"] or "").lower()
    verb = match["verb"].lower()
    opening = "According to the note, who" if verb in _LOOSE_VERBS and not first else "Who"
    asked = f"{opening} {first}{verb} {thing}?"
    yield Finding(
        name, asked, match["who"].strip(" ,"), spot.place, heading, subject=heading, bonus=(("heading", 0.3),)
    )
    if match["year"]:
        if opening != "Who":
            return
        when = "When" if match["year"].startswith("the") else "In which year"
        asked = f"{when} was {thing} {first}{verb}?"
        yield Finding(
            name,
            asked,
            match["year"],
            spot.place,
            heading,
            subject=heading,
            direction="year",
            bonus=(("heading", 0.3),),
        )


def _is_subject(term: str) -> bool:
    return is_term(_bare(term), 24)


def _bare(term: str) -> str:
    named = glossed(term)
    return named[0] if named else term


def _is_maker(who: str) -> bool:
    return (
        is_noun_phrase(who, 20)
        and not re.search(r"一[个种]|[0-9]{2}|多|所$|不同|各", who)
        and not who.startswith(("其", "此", "该", "这"))
    )
