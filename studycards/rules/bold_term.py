"""A bold term and what it is: `**索引**：加快查询的数据结构`, `- **Cache** - memory that …`.

Asks what the term is, in the words that fit what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import sentence_part
from studycards.grammar import glossed, is_noun_phrase, is_term
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, items_of, place_of
from studycards.phrasing import about, term_for
from studycards.text import has_chinese

name = "bold-term"
prior = 0.75
weight = 20.0

_PARAGRAPH = re.compile(
    r"^(?:[-*+]\s+|\d+[.、]\s*)?(?:\*\*|__)(?P<term>[^*_\n]{2,60}?)(?P<in>[：:]?)\s*(?:\*\*|__)\s*(?P<mark>[：:]"
    r"|\s[-–—]\s|——)?\s*(?P<said>\S.*)$",
    re.DOTALL,
)
_MARK = re.compile(r"^\s*(?:[：:]|[-–—]\s|——|=(?!=))\s*")
_REASON = re.compile(r"为什么|为何|原因|好处|[Ww]hy")
_PLAINLY = re.compile(r"(?!.*\b(?:is|are|was|were|had|found|used|made|became)\b)(?:\S+ ){1,9}\S+$")
_SYMBOL_END = re.compile(r"\b(?:of|for|in) [A-Za-z]$")
_SUPPOSES = re.compile(
    r"(?:smaller|larger|bigger|other|same|such|another|similar|different) "
    r"|只有|假设|如果|假如|设[^计备施定置立]|当.{1,12}时|在.{1,12}(?:下|时)，|If |When |Suppose "
)
_ACTS = re.compile(r"^(?:通过|利用|将|把|对|使|让|用|从|在|以)|[相不]同$")
_CLAUSY = re.compile(r"还是|的是|而不是|也就是|我们|由于|因为|如果|所以|但是|这样|^当|^即|普通人|^有|需要|往往")
_CUT = re.compile(r"\s?[，,](?!\s?(?:例如|比如|如|其中|基于|常见|such as|e\.g))")
_DATE = re.compile(
    r"(?:~|c\.|ca\.|from|until|by|in|early|late|mid|end of|the|[\s–—-])*\d{1,4}(?:st|nd|rd"
    r"|th)?s?(?:[\s–—-]+(?:early|late|mid)?\s?\d{1,4}(?:st|nd|rd|th)?)?"
    r"(?:\s?c(?:\.|entury|enturies)?)?\s?(?:BCE?|CE|AD)?",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"(?P<what>[A-Z][\w'’ -]{2,40}?) (?:(?:is|was|are|were) )?(?P<verb>(?:[a-z]+ed|built|begun|written|won|lost"
    r"|made|taken|sold|sunk)(?: (?:in|by|at|into|from) [\w'’ -]+)?)"
)
_LATER = re.compile(r"^\s*(?:[（(][^（()）]*[)）])?\s*$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of list items and paragraphs that open with a bold term."""
    for block in page.blocks:
        if block.kind == BlockKind.LIST:
            for item in items_of(block):
                if item.bold and item.text.startswith(item.bold.rstrip("：:")):
                    term = item.bold.rstrip("：: ")
                    rest = item.text[len(item.bold) :] if item.text.startswith(item.bold) else item.text[len(term) :]
                    if item.bold.endswith(("：", ":")) and not _MARK.match(rest):
                        rest = "：" + rest
                    yield from _found(term, rest, place_of(block, item.line, item.end_line), page)
        elif block.kind == BlockKind.PARAGRAPH and "**" in block.raw:
            yield from _paragraph(block, page)


def _paragraph(block: Block, page: Page) -> Iterator[Finding]:
    match = _PARAGRAPH.match(block.raw.strip())
    if match and (match["in"] or match["mark"]) and block.text.startswith(match["term"]):
        rest = block.text[len(match["term"]) :]
        yield from _found(match["term"].strip(), rest, place_of(block), page)


def _found(term: str, rest: str, place: Place, page: Page) -> Iterator[Finding]:
    mark = _MARK.match(rest)
    said = ""
    if mark:
        said = rest[mark.end() :]
    elif "\n" in rest and _LATER.match(rest.split("\n", 1)[0]):
        said = rest.split("\n", 1)[1]
    named = glossed(term)
    if not said.strip() or term.endswith("是") or not is_term(named[0] if named else term):
        return
    said = sentence_part(said)
    if _SUPPOSES.match(said) or _SYMBOL_END.search(term):
        return
    reasons = _REASON.search(place.headings[-1] if place.headings else "")
    if not said or (reasons and not _PLAINLY.match(said)):
        return
    if _DATE.fullmatch(term):
        happened = _HAPPENED.match(said)
        if happened:
            was = "were" if happened["what"].endswith("s") else "was"
            asked = f"When {was} {happened['what']} {happened['verb']}?"
            yield Finding(name, asked, term, place, said, label=True, bonus=(("dated", 0.2),))
        return
    clausy, cut = _CLAUSY.search(said), _CUT.match(rest[rest.find(said) + len(said) :])
    bonus = (("bold", 0.5), *((("clausy", -1.2),) if clausy else ()), *((("cut", -1.0),) if cut else ()))
    chinese = has_chinese(term + said)
    asked = about(term, said, chinese, page.spacing)
    yield Finding(name, asked, said, place, term, subject=term, label=not named or len(named[0]) <= 2, bonus=bonus)
    back = term_for(said) if chinese and is_noun_phrase(said, 40) and not _ACTS.match(said) else ""
    if back:
        yield Finding(name, back, term, place, term, direction="back")
