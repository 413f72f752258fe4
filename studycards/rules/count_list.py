"""A number in a heading or a line, and as many list items under it: `天气系统有三类：` with three bullets.

Asks for the heads of the items with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import COUNT, first_line, is_dangling, is_latin, is_term, number, size, trim
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind, Item
from studycards.notes.page import Page
from studycards.phrasing import which

name = "count-list"
prior = 0.80
weight = 8.0

_LEAD = re.compile(
    rf"^(?P<lead>[^。；]*?){COUNT}(?P<noun>[^，。：:、（(]{{0,14}}?)(?:，?(?:分别是|分别为|如下|是|为))?\s?[：:]?$"
)
_ENGLISH = re.compile(
    r"^(?:there are |the )?(?P<count>\d|two|three|four|five|six|seven) (?:main |major |basic |key )?"
    r"(?P<noun>[a-z][\w -]{2,50}?)(?: are| include)?:?$",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"^(?P<owner>[A-Z][\w' -]{1,40}?) (?P<verb>has|have) (?P<count>\d|two|three|four|five|six|seven) "
    r"(?:main |major |basic |key )?(?P<noun>[a-z][a-z -]{2,30}?)\s?:$"
)
_SAID_TWICE = re.compile(r"\s[\u4e00-\u9fff][^:：]{2,30}(?=[:：]?$)")
_HEAD_END = re.compile(r"[：:。（(；;]|\s[-–—]\s|——|[，,]")
_SAYS = re.compile(r"[有是分包含成为由括]|组成|产生|存在|提供|支持|具备|需要|满足|遵循|经历|采用|使用")
_JUNK = re.compile(r"第|还有|这里|至少|之一|多|年|月|日|点(?!.*特)|步")
_GENERAL = re.compile(r".{1,3}的(?:情况|原因|类型|方式|问题|结果|种类|形式|特点)")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the lists that a line or a heading announces with their number."""
    for block in page.blocks:
        if block.kind != BlockKind.LIST:
            continue
        before = page.ahead_of(block)
        if before is None or before.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            continue
        line = before.text.strip().rstrip("。 ") if before.kind == BlockKind.HEADING else _last_sentence(before)
        line = _SAID_TWICE.sub("", line) if is_latin(line[:12]) else line
        if len(block.items) > 7 or not (_LEAD.match(line) or _ENGLISH.match(line) or _HAS.match(line)):
            continue
        heads = tuple(_head(item) for item in block.items)
        if not all(heads):
            continue
        place = Place(before.line, block.end_line, block.headings, block.label, block.topic)
        yield from _found(line, heads, place, page, before)


def _last_sentence(block: Block) -> str:
    return block.sentences[-1].text.strip() if block.sentences else block.text.strip().splitlines()[-1]


def _head(item: Item) -> str:
    text = item.bold or ("\n" in item.raw and first_line(item.raw, item.text)) or item.text
    return trim(_HEAD_END.split(text.strip(), maxsplit=1)[0].splitlines()[0] if text.strip() else "")


def _found(line: str, heads: tuple[str, ...], place: Place, page: Page, before: Block) -> Iterator[Finding]:
    match = _LEAD.match(line)
    if match and number(match["count"]) == len(heads) and 2 <= len(heads) <= 7 and not _JUNK.search(match[0]):
        lead = re.split(r"[，,]", match["lead"])[-1].strip()
        asked = _question(lead, match)
        if asked and all(size(head) <= 24 for head in heads):
            yield Finding(
                name,
                asked,
                "\n".join(heads),
                place,
                lead + match["noun"],
                listed=True,
                count=len(heads),
                label=_is_general(re.split(r"主要|一般|通常|可以|有|是|分|包", lead)[0]),
            )
        return
    has = _HAS.match(line)
    if has and number(has["count"]) == len(heads) and is_term(has["owner"]) and all(size(head) <= 16 for head in heads):
        asked = f"Which {has['count']} {has['noun']} {'does' if has['verb'] == 'has' else 'do'} {has['owner']} have?"
        term = f"{has['owner']} {has['noun']}"
        yield Finding(name, asked, "\n".join(heads), place, term, listed=True, count=len(heads))
        return
    english = _ENGLISH.match(line)
    if english and number(english["count"]) == len(heads) and all(size(head) <= 16 for head in heads):
        asked = f"Which {english['count']} {english['noun']} are there?"
        yield Finding(name, asked, "\n".join(heads), place, english["noun"], listed=True, count=len(heads), label=True)


def _is_general(owner: str) -> bool:
    """Whether what has the list could be anything's: a short word, or 错误的情况."""
    return (
        size(owner) <= 4 or re.fullmatch(r".{1,3}的(?:情况|原因|类型|方式|问题|结果|种类|形式|特点)", owner) is not None
    )


def _question(lead: str, match: re.Match[str]) -> str:
    lead = re.sub(r"(?:以下|如下|下列|下面)$", "", lead)
    if lead and (is_dangling(lead) or size(lead) > 30):
        return ""
    asked = which(match["count"], match["measure"])
    if lead.endswith("的"):
        return f"{lead}{match['count']}{match['measure']}{match['noun']}是什么？"
    if lead and not _SAYS.search(lead):
        return f"{lead}的{match['count']}{match['measure']}{match['noun']}是什么？" if match["noun"] else ""
    if lead:
        return f"{lead}{asked}{match['noun']}？"
    whole = f"{match['count']}{match['measure']}{match['noun']}"
    return f"{whole}是{asked}？" if match["noun"] else ""
