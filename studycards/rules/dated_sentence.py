"""A sentence that opens with a year and tells one event: `1453年，君士坦丁堡陷落。`

Asks for the year in place. The subject must be named, the event short and of a kind that happens once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_dangling, is_noun_phrase, size
from studycards.model import Finding
from studycards.notes.page import Page, Spot

name = "dated-sentence"
prior = 0.62
weight = 8.0

_DATED = re.compile(
    r"^(?P<date>(?:公元前?|前)?\d{3,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?)[，,]?\s?(?P<event>[^，,。；：]{6,34})$"
)
_HAPPENS = re.compile(
    r"诞生|成立|建立|爆发|签订|签署|颁布|攻占|灭亡|即位|登基|继位|去世|逝世|病逝|独立|统一|迁都|发明|发现"
    r"|出版|竣工|建成|通车|召开|陷落|投降|创立|创办|改名|更名|上映|加冕|称帝|退位|遇刺"
    r"|获得|当选|废除|吞并|入侵"
)
_SINCE = re.compile(
    r"^从(?P<time>[^，。]{2,12}(?:时期|年|世纪|年代|时代|朝))(?:开始|起)，(?P<rest>[^，。：；]{6,30})(?=[：，]|$)"
)
_CAUSE = re.compile(
    r"(?:^|，)(?P<who>[^，。；]{2,14}?)因为?(?P<why>[^，。；]{2,14}?)(?:而|，)?"
    r"(?P<where>在[^，。；]{2,8}?)?(?P<end>去世|逝世|病逝|身亡|下台|辞职|被捕|入狱)"
)
_EVENTS = "战争|起义|事变|变法|运动|革命|会战|战役|之战|之役|政变|北伐|条约|和约"
_EVENT_YEAR = re.compile(
    rf"(?:^|[，；]|此为\s?|就?是)(?P<event>[\u4e00-\u9fff·]{{1,10}}?(?:{_EVENTS}))\s?[（(](?:公元)?(?P<year>前?\d{{3,4}})年?[)）]"
)
_YEAR_EVENT = re.compile(
    rf"^(?P<year>前?\d{{3,4}}\s?年)[，,]?\s?(?P<event>[\u4e00-\u9fff·]{{1,10}}?(?:{_EVENTS}))(?=$|[，,；])"
)
_TREATY = re.compile(
    r"(?P<event>[\u4e00-\u9fff·]{2,12}?(?:战争|之战|会战|战役|起义))(?:\s?[（(]\d{3,4}年?[)）])?(?:失败|结束)?后，?"
    r"(?:[\u4e00-\u9fff]{0,8})?签订了?(?P<treaty>《[^》]{2,16}(?:条约|和约|协定)》)"
)
_BORN = re.compile(
    r"^(?P<who>[\u4e00-\u9fff·]{2,12}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})(?P<gloss>\s?[（(][A-Za-z .'·-]{4,40}[)）])?"
    r"(?:出?生于)(?P<date>(?:公元前?|前)?\d{3,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?)"
)
_EVENT_CUE = re.compile(rf"(?:{_EVENTS})(?:\s?[（(]|失败|结束|后|$|[，,；])")
_BARE = re.compile(
    r"^(?:并|又|再|还|也|他|她|它|其|随|被|因|由于|在|从|才|就|只|后|初|底|中|末|以|到|至|间|左右|前后|前|因此)"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the short dated sentences with a named subject."""
    for spot in page.spots:
        if "年" in spot.text[:12]:
            yield from _found(spot)
        if "生于" in spot.text:
            yield from _born(spot)
        if not spot.text.isascii() and _EVENT_CUE.search(spot.text):
            yield from _events(spot)
        if spot.text.startswith("从"):
            yield from _since(spot)
        if "因" in spot.text:
            yield from _cause(spot)


def _found(spot: Spot) -> Iterator[Finding]:
    match = _DATED.match(spot.text)
    if match is None or _BARE.match(match["event"]) or is_dangling(match["event"]):
        return
    happened = _HAPPENS.search(match["event"])
    if happened is None or happened.start() < 2 or size(match["event"]) < 5:
        return
    word = "什么时候" if "月" in match["date"] else "哪一年"
    yield Finding(name, f"{match['event']}是{word}？", match["date"], spot.place, match["event"])


def _events(spot: Spot) -> Iterator[Finding]:
    """`赤壁之战(208年)`, `1911年，辛亥革命，…`, `…战争后签订《…条约》`: events that a noun names."""
    for match in (*_EVENT_YEAR.finditer(spot.text), *filter(None, (_YEAR_EVENT.match(spot.text),))):
        event = match["event"]
        if is_noun_phrase(event, 14) and not is_dangling(event) and not _BARE.match(event):
            verb = "签订于" if event.endswith(("条约", "和约")) else "发生在"
            asked = f"{event}{verb}哪一年？"
            yield Finding(name, asked, match["year"], spot.place, event, subject=event, bonus=(("named-event", 0.9),))
    treaty = _TREATY.search(spot.text)
    if treaty and is_noun_phrase(treaty["event"], 14) and not is_dangling(treaty["event"]):
        asked = f"{treaty['event']}后签订了什么条约？"
        yield Finding(
            name,
            asked,
            treaty["treaty"],
            spot.place,
            treaty["event"],
            direction="treaty",
            bonus=(("named-event", 0.9),),
        )


def _born(spot: Spot) -> Iterator[Finding]:
    """`Name（…）生于1833年1月28日`."""
    match = _BORN.match(spot.text)
    if match and is_noun_phrase(match["who"], 14) and not is_dangling(match["who"]):
        word = "什么时候" if "月" in match["date"] else "哪一年"
        asked = f"{match['who']}生于{word}？"
        yield Finding(name, asked, match["date"], spot.place, match["who"], direction="born", bonus=(("born", 0.9),))


def _since(spot: Spot) -> Iterator[Finding]:
    """`从X时期开始，…`: asked for the time with the sentence as it stands."""
    match = _SINCE.match(spot.text)
    if match and not is_dangling(match["rest"]) and size(match["rest"]) >= 6:
        asked = f"从什么时候开始，{match['rest']}？"
        yield Finding(
            name, asked, match["time"], spot.place, match["rest"], direction="since", bonus=(("exact-shape", 0.8),)
        )


def _cause(spot: Spot) -> Iterator[Finding]:
    """`X因为Y去世`: asked for the cause."""
    match = _CAUSE.search(spot.text)
    if (
        match
        and not is_dangling(match["who"])
        and is_noun_phrase(match["who"], 14)
        and is_noun_phrase(match["why"], 16)
    ):
        asked = f"{match['who']}因为什么{match['where'] or ''}{match['end']}？"
        yield Finding(
            name, asked, match["why"], spot.place, match["who"], direction="cause", bonus=(("exact-shape", 0.8),)
        )
