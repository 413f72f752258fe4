"""A term as heading and what it is right under it: `### Mutex` with `- A lock that one thread holds`, `### 半衰期`.

Noun phrases and `…的时间` count anywhere; whole sentences only where three headings beside it are built alike. An item
that repeats the heading (`Mutex - a lock …`) counts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.grammar import is_balanced, is_latin, is_term, word_set
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, Section, place_of
from studycards.phrasing import is_title, meaning, with_article
from studycards.text import has_chinese

name = "heading-bullet"
prior = 0.77
weight = 8.0

_NOUN = re.compile(
    r"^(?:(?:[Aa]n?|[Tt]he|[Oo]ne of the|[Aa]ny) [a-z]"
    r"|[A-Za-z][\w-]*(?: [\w-]+){0,3} (?:of|that|which|who|for|where|under|between) )"
)
_NO_NOUN = re.compile(
    r"^[A-Z]?[a-z]+ly\b|^(?:Holds|Has|Is|Uses|Allows|Contains|Makes|Gives|Lets|Helps|Can|Includes|Involves|Refers|Means"
    r"|Occurs|Happens|Stores|Keeps|Takes|Shows)\b"
    r"|^(?:Similar|Different|Same|Used|Based|Found|Needed|Practical|Tasks|Lists?|How|What|Why|Suppose|Assume"
    r"|Note|See|Make)\b"
    r"|\b\w+ed (?:a|an|the|to|that|by)\b|->|→|: "
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|must|cannot|can|will|should|has|have|had|said|exists?|occurs?|happens?|ensures?|checks?)\b"
)
_CONDITION = re.compile(r"\b(?:must|cannot|can only|exists?|[Ee]nsures?|[Aa]ssumes?|[Ii]gnores?|[Cc]hecks)\b")
_ODD = re.compile(r"^[\"“《\[$(]|[A-Z]\., |\d{4}|[:：]")
_OF = re.compile(
    r"的(?:时间|过程|方法|技术|能力|部分|数量|比例|程度|次数|速度|距离|大小|现象|行为|集合|函数|结构|机制"
    r"|协议|操作|状态|关系|方式|工具|网络|系统|数据|单位)$"
)
_LEADING = re.compile(r"^(?:为了?|通过|在|当|如果|由于|从|对|根据|按照|除了|和|与|以)")
_KEYED = re.compile(r"^\s?(?:-|–|—|：|:|=)\s+(?P<said>.{8,})$", re.DOTALL)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sections whose first block says what their heading is."""
    for section in page.sections:
        heading = section.heading
        if heading is None or not section.blocks:
            continue
        if _is_term_heading(section, page):
            yield from _first_says(section, page)
            yield from _keyed(section, page)


def _first_says(section: Section, page: Page) -> Iterator[Finding]:
    said, place = _first(section.blocks[0])
    if said:
        yield from _found(section, said, place, page)


def _is_term_heading(section: Section, page: Page) -> bool:
    title = section.title.strip()
    return (
        len(title) <= 40
        and page.heading_count.get(title, 0) == 1
        and is_term(title)
        and title.casefold() not in word_set("generic_headings")
        and not title.endswith(("？", "?"))
    )


def _first(block: Block) -> tuple[str, Place]:
    if block.kind == BlockKind.LIST and block.items:
        item = block.items[0]
        return item.text, place_of(block, item.line, item.end_line)
    if block.kind == BlockKind.PARAGRAPH and block.sentences:
        first = block.sentences[0]
        return first.text, place_of(block, first.line, first.end_line)
    return "", place_of(block)


def _found(section: Section, said: str, place: Place, page: Page) -> Iterator[Finding]:
    title, text = section.title.strip(), said.strip()
    if (
        re.match(r"[一二三四五六七八九十\d]+[、.．]", text)
        or text.endswith(("：", ":", "？", "?"))
        or text.casefold().startswith(title.casefold())
        or (points_away(text) and not text.startswith("There exist"))
    ):
        return
    if "的" in text:
        clause = re.split(r"[，,。；]", text)[0].strip()
        if _OF.search(clause) and len(clause) >= 8 and is_balanced(clause) and not _LEADING.match(clause):
            yield Finding(
                name, meaning(title, True, page.spacing), clause, place, title, subject=title, bonus=(("heading", 0.5),)
            )
        return
    if section.heading is None or not is_latin(title):
        return
    if _is_glossary(section, page):
        yield from _glossed(title, text, place)
        return
    if not (_NOUN.match(text) or _CONDITION.search(text) or _acts(text)):
        return
    part = sentence_part(text)
    if len(part.split()) < 3 or _ODD.search(part):
        return
    level, parented = section.heading.level, len(section.heading.headings) > 1
    opening = " ".join(part.split()[:6])
    own = level > 1 or (len(title.split()) <= 3 and section.blocks[0].kind == BlockKind.LIST)
    if own and _NOUN.match(part + " ") and not _acts(part) and not _VERB.search(opening) and not _NO_NOUN.search(part):
        yield Finding(
            name, meaning(title, False), part, place, title, subject=title, label=True, bonus=(("heading", 0.3),)
        )
    elif level > 1 and _acts(part) and len(part.split()) >= 4 and section.blocks[0].kind == BlockKind.LIST:
        asked = f"What does {with_article(title)} do?"
        yield Finding(name, asked, part, place, title, subject=title, label=True, bonus=(("acts", 0.1),))
    elif parented and _CONDITION.search(part) and _alike(section, page) >= 3:
        asked = f"What does “{title}” mean?"
        yield Finding(name, asked, part, place, title, subject=title, label=True, bonus=(("alike", 0.4),))
        parent = section.heading.headings[-2]
        if parent.endswith("s") and 4 <= len(part.split()) <= 30:
            back = f"Which of the {parent} says: “{part}”?"
            yield Finding(name, back, title, place, title, direction="back", bonus=(("alike", 0.4),))


_VERBAL = re.compile(
    r"[A-Z]?[a-z]+ly\b|(?:Holds|Has|Is|Uses|Allows|Contains|Makes|Gives|Lets|Helps|Can|Includes|Involves|Stores"
    r"|Keeps|Defines|Describes|Determines|Specifies|Tells)\b"
)
_OWN = re.compile(
    r"^(?:[A-Z]?[a-z’']+ ){0,3}(?:called|known|referred|named)\b|^(?:How|What|Why|Which|Who|When|Where|To|In|On)\b|:$"
)


def _glossed(title: str, text: str, place: Place) -> Iterator[Finding]:
    """One section of a glossary: any first sentence says what its heading is."""
    part = sentence_part(text)
    if (
        not 3 <= len(part.split()) <= 24
        or points_away(part)
        or _ODD.search(part)
        or _OWN.search(part)
        or _VERBAL.match(part)
    ):
        return
    asked = meaning(title, False) if is_title(title) or with_article(title) != title else f"What does “{title}” mean?"
    yield Finding(name, asked, part, place, title, subject=title, label=True, bonus=(("glossary", 0.4),))


def _is_glossary(section: Section, page: Page) -> bool:
    """Whether this section and three or more beside it are each a term over one short paragraph or list."""
    if not _is_short(section):
        return False
    parent = section.heading.headings[:-1] if section.heading else ()
    alike = [
        other
        for other in page.sections
        if other.heading is not None
        and section.heading is not None
        and other.heading.level == section.heading.level
        and other.heading.headings[:-1] == parent
    ]
    short = [other for other in alike if _is_short(other)]
    return len(short) >= 4 and 4 * len(short) >= 3 * len(alike)


def _is_short(section: Section) -> bool:
    """Whether a section is a term over one block that says little more than what it is."""
    if len(section.blocks) != 1 or not is_term(section.title) or not is_latin(section.title):
        return False
    block = section.blocks[0]
    if block.kind == BlockKind.PARAGRAPH:
        return 1 <= len(block.sentences) <= 4
    return block.kind == BlockKind.LIST and len(block.items) == 1


def _acts(part: str) -> bool:
    """Whether a fragment opens with a verb of what its heading does: holds, controls."""
    first = part.split()[0]
    return first.islower() and first.endswith("s") and first.removesuffix("s") in word_set("acts_en")


def _alike(section: Section, page: Page) -> int:
    """How many sections beside this one, with it, are a term heading over a list or paragraph of their own."""
    heading = section.heading
    if heading is None:
        return 0
    parent = heading.headings[:-1]
    return sum(
        1
        for other in page.sections
        if other.heading is not None
        and other.heading.level == heading.level
        and other.heading.headings[:-1] == parent
        and other.blocks
        and other.blocks[0].kind in (BlockKind.LIST, BlockKind.PARAGRAPH)
        and is_term(other.title)
    )


def _keyed(section: Section, page: Page) -> Iterator[Finding]:
    title = section.title.strip()
    for block in section.blocks:
        for item in block.items if block.kind == BlockKind.LIST else ():
            if item.text.startswith(title):
                match = _KEYED.match(item.text[len(title) :])
                said = sentence_part(match["said"]) if match else ""
                if said and not points_away(said):
                    place = place_of(block, item.line, item.end_line)
                    asked = meaning(title, has_chinese(title + said), page.spacing)
                    yield Finding(name, asked, said, place, title, subject=title, bonus=(("heading", 0.5),))
