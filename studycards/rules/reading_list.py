"""Named models and papers in the link titles of a section on a topic that a person follows.

Fires only under a heading that holds one of the topics, only on titles of links: `《Foo Bar》-X的开端`,
`综述-A Survey on Foo`, `Foo-bar Networks for Baz`, `XY 101: Title`, `描述的框架NAME，目的`, `用于X的Y，效果`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from studycards.grammar import folded, is_balanced, is_noun_phrase, word_set
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.text import fold, has_chinese

name = "reading-list"
prior = 0.80
weight = 8.0

_REFUSED = re.compile(
    r"[？?！!]|如何|为什么|哪些|怎么|怎样|一文|看透|读懂|这里有|你不知道|不得不|盘点|浅谈|实用|必读|干货"
    r"|什么是|到底|竟然|最强|刷爆"
)
_QUOTED = re.compile(r"^(?P<before>[^《》]*)《(?P<title>[A-Z][A-Za-z0-9 ,:'’&()-]{6,})》(?P<after>[^《》]*)$")
_NOISE = re.compile(
    r"(?:论文)?(?:深度|精读|详细)?(?:阅读|解读|笔记|翻译|读书笔记|精读)|一文|论文|[-—:：|，,\s]+$|^[-—:：|，,\s]+|^最新"
)
_DASHED = re.compile(r"^(?P<zh>[\u4e00-\u9fff]{3,16})\s?[-—–]\s?(?P<en>[A-Z][A-Za-z-]*(?: [A-Za-z-]+){2,})$")
_TITLE_CASE = re.compile(r"^[A-Z0-9][\w'’-]*(?: [\w'’:&-]+){3,14}$")
_COURSE = re.compile(
    r"^(?P<code>[A-Z]{2,5} ?\d{2,4}[A-Z]?)(?: / [A-Z]{2,5} ?\d{2,4}[A-Z]?)?[：:]\s?(?P<title>[A-Z].{5,80})$"
)
_KIND = r"框架|模型|方法|网络|算法|系统|工具"
_DESCRIBED = re.compile(
    rf"^(?P<said>[^，。：:A-Za-z]{{2,16}}?(?P<kind>{_KIND}))(?P<name>[A-Z][A-Za-z0-9.+-]+)(?:[，,]"
    rf"(?P<purpose>[^，。]{{4,20}}))?$"
)
_STUDIED = re.compile(r"研究(?P<what>[\u4e00-\u9fff]{4,16})的(?P<name>[A-Z][A-Za-z0-9-]{3,})$")
_PRIZE = re.compile(r"^(?P<venue>[A-Z]{3,8} ?\d{4})\s?(?P<prize>最佳(?:学生)?论文)")
_USED = re.compile(r"^用于(?P<use>[^，的]{2,16})的(?P<name>[^，。：:的]{3,16})[，,](?P<effect>[^，。]{4,20})$")
_SEEN_AS = re.compile(
    r"^作为(?P<seen>[^，：:的]{2,16})的(?P<thing>[^，：:的]{2,16})[：:](?P<verb>寻找|求解|优化)(?P<what>[^，。]{2,16})$"
)
_PLUS = re.compile(r"^(?P<topic>[\u4e00-\u9fff]{2,10})\+(?P<what>[\u4e00-\u9fff]{2,10})的学习$")
_AUTHORED = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{2,3}(?:[ 、&和][\u4e00-\u9fff]{2,3}){0,2})[：:](?P<title>[\u4e00-\u9fff]{5,20})$"
)
_OPENED = re.compile(
    r"^(?P<org>[\u4e00-\u9fffA-Za-z]{2,10})开源基于(?P<base>[A-Z][A-Za-z0-9]+)的(?P<what>[\u4e00-\u9fff]{4,16})$"
)
_ORGS = re.compile(
    r"^(谷歌|微软|阿里巴巴|阿里|腾讯|百度|华为|脸书|苹果|亚马逊|京东|字节|清华|北大|港中文|Google|Facebook|Microsoft)"
)

_Shape = Callable[[str, Place, tuple[str, ...]], Iterator[Finding]]


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the link titles under headings that hold a topic."""
    wanted = tuple(fold(topic) for topic in topics if topic.strip())
    for block in page.note.blocks:
        if block.kind == BlockKind.LINK and _under(block, wanted):
            title = block.text.strip()
            if title and not _REFUSED.search(title) and is_balanced(title):
                for shape in _SHAPES:
                    yield from shape(title, place_of(block), wanted)


def _under(block: Block, wanted: tuple[str, ...]) -> bool:
    return any(topic in folded(heading) for heading in block.headings for topic in wanted)


def _card(question: str, answer: str, place: Place, term: str, direction: str = "", text: str = "") -> Finding:
    bonus = (("exact-shape", 0.3),)
    return Finding(
        name,
        question,
        answer,
        place,
        term,
        direction=direction,
        text=text,
        bonus=bonus,
        tags=("reading-list",),
        label=True,
    )


def _quoted(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _QUOTED.match(title)
    if match is None or re.search(r"著|书籍|一书|教材", title):
        return
    paper = match["title"].strip()
    before, after = (_NOISE.sub("", _NOISE.sub("", match[part])).strip() for part in ("before", "after"))
    if after and not before and 4 <= len(after) <= 24:
        yield _card(f"哪篇论文被称为“{after}”？", paper, place, paper)
    elif len(before) >= 4:
        yield _card(f"“{before}”的论文题目是什么？", paper, place, paper)
        owner = _ORGS.match(before)
        if owner:
            yield _card(f"《{paper}》是哪个机构的论文？", owner[0], place, paper, "owner")


def _dashed(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _DASHED.match(title)
    if match and match["zh"] not in {"论文", "笔记", "论文笔记"} and not match["zh"].endswith(("笔记", "老师", "教授")):
        yield _card(f"“{match['zh']}”一文的论文英文题目是什么？", match["en"], place, match["en"])


def _title_case(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    if not _TITLE_CASE.match(title) or has_chinese(title) or _COURSE.match(title):
        return
    words = title.split()
    for word in words:
        plain = word.strip(":,")
        if _telling(plain) and not any(fold(plain) in topic for topic in topics):
            start = title.index(plain)
            text = f"《{title[:start]}{{{{c1::{plain}}}}}{title[start + len(plain) :]}》"
            yield _card(f"《{title.replace(plain, '____', 1)}》", plain, place, title, text=text)
            return


def _telling(word: str) -> bool:
    if word.casefold() in word_set("generic_names") or len(word) < 3:
        return False
    return ("-" in word.strip("-") or any(c.isdigit() for c in word) or any(c.isupper() for c in word[1:])) and (
        word[0].isupper() or word[0].isdigit()
    )


def _course(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _COURSE.match(title)
    if match and any(re.search(r"教程|课程|课|[Cc]ourse|[Tt]utorial", heading) for heading in place.headings):
        yield _card(f"{match['code']}这门课的主题是什么？", match["title"].strip(), place, match["code"])


def _described(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _DESCRIBED.match(title)
    if match and match["name"].casefold() not in word_set("generic_names"):
        said, purpose = re.sub(r"^.*?(?:提出|开源|自研|解读|发布)", "", match["said"]), match["purpose"]
        if len(said) < 4:
            return
        yield _card(f"{match['name']}是什么？", said, place, match["name"])
        asked = f"{purpose}的{said}叫什么？" if purpose else f"{said}叫什么？"
        if purpose:
            yield _card(asked, match["name"], place, match["name"], "back")
    studied = _STUDIED.search(title)
    if studied and studied["name"].casefold() not in word_set("generic_names"):
        yield _card(f"研究{studied['what']}的论文叫什么？", studied["name"], place, studied["name"])
        prize = _PRIZE.match(title)
        if prize:
            asked = f"{studied['name']}在哪个会议上是{prize['prize']}？"
            yield _card(asked, prize["venue"], place, studied["name"], "prize")


def _used(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _USED.match(title)
    if match and is_noun_phrase(match["name"]):
        yield _card(f"用于{match['use']}、{match['effect']}的方法叫什么？", match["name"], place, match["name"])
    seen = _SEEN_AS.match(title)
    if seen:
        asked = f"把{seen['thing']}看作{seen['seen']}时，{seen['verb']}的是什么？"
        yield _card(asked, seen["what"], place, seen["thing"])


def _plus(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _PLUS.match(title)
    if match and any(topic.startswith(fold(match["topic"])) for topic in topics):
        start, end = match.span("what")
        text = f"{title[:start]}{{{{c1::{match['what']}}}}}{title[end:]}"
        yield _card(f"{title[:start]}____{title[end:]}", match["what"], place, title, text=text)


def _people(title: str, place: Place, topics: tuple[str, ...]) -> Iterator[Finding]:
    match = _AUTHORED.match(title)
    if match and not any(fold(match["who"]) in topic or topic in fold(match["who"]) for topic in topics):
        yield _card(f"《{match['title']}》一文的作者是谁？", match["who"], place, match["title"])
    opened = _OPENED.match(title)
    if opened:
        yield _card(f"{opened['org']}开源的{opened['what']}基于什么？", opened["base"], place, opened["what"])


_SHAPES: tuple[_Shape, ...] = (_quoted, _dashed, _title_case, _course, _described, _used, _plus, _people)
