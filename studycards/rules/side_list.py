"""A list of the sides of a thing, announced by a line or a heading: `进程有以下几种状态：`, `## Advantages of X`.

Asks for the heads of the items with their number counted: `进程有哪三种状态？`, `What are the 3 advantages of X?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import COUNT, MEASURES, is_dangling, is_noun_phrase, is_term, size, trim, word_count, word_set
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind, Item
from studycards.notes.page import Page, items_of, place_of
from studycards.text import has_chinese

name = "side-list"
prior = 0.80
weight = 4.0

_SIDES = sorted(word_set("sides"), key=lambda side: (-len(side), side))
_ZH = "|".join(side for side in _SIDES if has_chinese(side))
_EN = "|".join(side for side in _SIDES if not has_chinese(side))
_KINDS = re.compile(
    r"^(?P<owner>[^，。；：]{2,20}?)(?:主要|通常|一般|大致|可以|可|共)*(?P<verb>有|包括|包含|分为|分為|分成)(?:了)?(?:以下|如下|下列|下面)"
    rf"(?:这?几?(?P<measure>[{MEASURES}]|方面|部分))?(?:的)?(?P<noun>[\u4e00-\u9fff]{{0,8}}?)[：:]?$"
)
_PARTS = re.compile(
    r"^(?P<owner>[^，。；：]{2,20}?)(?:主要|通常|一般|大致|可以|可|共)*(?P<verb>包括|包含|分为|分為|分成)[：:]$"
)
_SIDE_OF = re.compile(
    rf"^(?P<owner>[^，。；：]{{2,20}}?)的?(?P<most>主要|基本|常见|核心|几个)?的?(?P<side>{_ZH})"
    r"(?P<verb>，?(?:主要)?(?:有|包括|包含|是|为|如下|即|：|:|有以下几[个点种]|有如下几[个点种]|包括以下几[个点种]))*[：:]?$"
)
_BARE_SIDE = re.compile(rf"^(?:主要|常见|基本)?(?P<side>{_ZH})(?:有|如下|包括)?[：:]?$")
_OF = re.compile(
    rf"^(?:the )?(?:main |major |key |basic |common |primary "
    rf"|most important )?(?P<side>(?:[a-z]+ )?(?:{_EN})(?:e?s|ies)?)"
    r" (?P<link>of|for|to) (?P<owner>[\w'’ -]{2,40}?)(?:,? (?:are|include|is"
    r"|includes)(?: the following)?(?: as follows)?)?"
    r"(?: are)?\s?:?$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    rf"^(?P<owner>[A-Z][\w'’ -]{{1,40}}?) (?:has|have|offers?|provides?|includes?) the following (?:main |major |key )?"
    rf"(?P<side>(?:[a-z]+ )?(?:{_EN})(?:e?s|ies)?)\s?:?$",
    re.IGNORECASE,
)
_BARE_EN = re.compile(rf"^(?:main |major |key |basic |common )?(?P<side>{_EN})(?:e?s|ies)\s?:?$", re.IGNORECASE)
_HEAD_END = re.compile(r"[：:。；;]|\s[-–—]\s|——|\.(?:\s|$)|\s?[（(]")
_NO_ITEM = re.compile(
    r"[?？]|https?:|^(?:[这那它他她我你]|此外|另外|例如|比如|如下|以下|注意|See |Note|e\.g|For example|If |When |This "
    r"|It |They )|……|\.\.\.|等$"
)
_COUNTS = re.compile(
    r"(?:方法|问题|步骤|方案|情况|阶段|场景|例子?)\s?[一二三四五六七\d]+$|^(?:Step|Part|Case|Example)\b"
)
_COUNTED = re.compile(rf"{COUNT}的?$")
_NUMBERS = "零一二三四五六七"
_UNITS = {
    "类型": "种",
    "种类": "种",
    "形式": "种",
    "方式": "种",
    "方法": "种",
    "情形": "种",
    "情况": "种",
    "状态": "种",
}


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the lists of two to seven short items that a line or a heading announces without a number."""
    for block in page.note.blocks:
        if block.kind != BlockKind.LIST:
            continue
        yield from _nested(block)
        if not 2 <= len(block.items) <= 7:
            continue
        before = page.ahead_of(block)
        if before is None or before.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            continue
        asked, term = _asked(before, block, page)
        heads = tuple(_head(item) for item in block.items) if asked else ()
        if heads and all(heads):
            place = Place(before.line, block.end_line, block.headings, block.label, block.topic)
            said = "\n".join(heads)
            yield Finding(name, asked, said, place, term, listed=True, count=len(heads), label=size(term) <= 4)


def _nested(block: Block) -> Iterator[Finding]:
    """Items that announce the items nested under them."""
    for item in items_of(block):
        if not 2 <= len(item.children) <= 7 or not item.text.rstrip().endswith(("：", ":")):
            continue
        line, above = item.text.strip().splitlines()[0], block.headings[-1] if block.headings else ""
        count = len(item.children)
        asked, term = _chinese(line, above, count) if has_chinese(line) else _english(line, above, count)
        heads = tuple(_head(child) for child in item.children) if asked else ()
        if heads and all(heads):
            place = place_of(block, item.line, item.children[-1].end_line)
            said = "\n".join(heads)
            yield Finding(name, asked, said, place, term, listed=True, count=count, label=size(term) <= 4)


def _asked(before: Block, block: Block, page: Page) -> tuple[str, str]:
    """The question for a list of so many items, and what it is about; empty where nothing announces it."""
    count = len(block.items)
    if before.kind == BlockKind.HEADING:
        line, above = before.text.strip(), before.headings[-2] if len(before.headings) > 1 else ""
    else:
        last = before.sentences[-1].full if before.sentences else before.text
        line, above = (
            last.strip().splitlines()[-1] if last.strip() else "",
            block.headings[-1] if block.headings else "",
        )
    if not line or len(line) > 80:
        return "", ""
    return _chinese(line, above, count) if has_chinese(line) else _english(line, above, count)


def _chinese(line: str, above: str, count: int) -> tuple[str, str]:
    number = "两" if count == 2 else _NUMBERS[count]
    kinds = _KINDS.match(line)
    if kinds and _is_owner(kinds["owner"]):
        noun, measure = kinds["noun"], kinds["measure"] or ("种" if "分" in kinds["verb"] else "个")
        return f"{kinds['owner']}{kinds['verb']}哪{number}{measure}{noun}？", kinds["owner"] + noun
    parts = _PARTS.match(line)
    if parts and _is_owner(parts["owner"]):
        return f"{line.rstrip('：:')}哪{number}{'种' if '分' in parts['verb'] else '个'}？", parts["owner"]
    of = _SIDE_OF.match(line)
    if of and _is_owner(of["owner"]) and not _COUNTED.search(of["owner"]):
        return f"{of[0][: of.end('side')]}有哪{number}{_UNITS.get(of['side'], '个')}？", of["owner"] + of["side"]
    bare = _BARE_SIDE.match(line)
    if bare and above and has_chinese(line) and _is_owner(above):
        return f"{above}的{bare['side']}有哪{number}{_UNITS.get(bare['side'], '个')}？", above + bare["side"]
    return "", ""


def _english(line: str, above: str, count: int) -> tuple[str, str]:
    found = _OF.match(line) or _FOLLOWING.match(line)
    bare = None if found else _BARE_EN.match(line)
    if bare and not above:
        return "", ""
    owner = found["owner"] if found else above
    side = (found["side"] if found else bare["side"] if bare else "").lower()
    side = side if side.endswith("s") else ""
    link = found["link"].lower() if found and found.re is _OF else "of"
    if not side or not _is_owner(owner) or has_chinese(owner) or word_count(owner) > 6:
        return "", ""
    plain = re.sub(r"^(The|An?) ", lambda article: article[0].lower(), owner)
    side = re.sub(rf".*?((?:[a-z]+ )?(?:{_EN})(?:e?s|ies))$", r"\1", bare[0].rstrip(": ").lower()) if bare else side
    return f"What are the {count} {side} {link} {plain}?", f"{plain} {side}"


def _is_owner(owner: str) -> bool:
    owner = owner.strip()
    return (
        is_term(owner, 24)
        and not is_dangling(owner)
        and owner.casefold() not in word_set("generic_headings")
        and owner.casefold() not in word_set("sides")
        and not re.search(r"[?？]|^(?:第.章|Chapter|Week|Lecture|Part|Unit|Section)", owner)
    )


def _head(item: Item) -> str:
    """The head of an item: its bold words, or what stands before the first stop; empty where it is no short thing."""
    text = (item.bold.rstrip("：: ") or item.text).strip()
    if not text or item.task or _NO_ITEM.search(text.splitlines()[0]):
        return ""
    head = trim(_HEAD_END.split(text.splitlines()[0], maxsplit=1)[0])
    if _COUNTS.search(head) or "是" in head:
        return ""
    if has_chinese(head):
        return head if size(head) <= 22 and "，" not in head else ""
    return head if 1 <= word_count(head) <= 10 and (is_noun_phrase(head, 40) or word_count(head) <= 8) else ""
