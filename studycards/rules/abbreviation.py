"""An abbreviation and its full name in brackets: `RPC（Remote Procedure Call）`, `Attention Unit (AU)`.

Asks for the full name and for the abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import initials_match, is_balanced, is_term
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import abbreviation, full_name
from studycards.text import has_chinese

name = "abbreviation"
prior = 0.93
weight = 20.0

_SHORT = r"[A-Z][A-Za-z0-9&/-]{1,9}"
_SHORT_FIRST = re.compile(rf"(?<![A-Za-z0-9-])(?P<short>{_SHORT})\s?[（(](?P<full>[A-Za-z][^（()）\n]{{4,90}})[)）]")
_BRACKET = re.compile("[（(][A-Za-z]")
_SHORT_LAST = re.compile(rf"[（(](?P<short>{_SHORT})[)）]")
_WORDS_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9'’,/& -]*$")
_BOTH_INSIDE = re.compile(
    rf"[（(](?P<full>[A-Za-z][A-Za-z0-9'’/& -]{{5,80}})[,，;；]\s?(?:简称\s?)?(?P<short>{_SHORT})[)）]"
)
_SHORT_INSIDE = re.compile(rf"[（(](?P<short>{_SHORT})[,，]\s?(?P<full>[A-Za-z][A-Za-z'’/& -]{{5,80}})[)）]")
_SAID = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<short>{_SHORT})\s?(?:是|为|即|stands for|is short for|is an abbreviation (?:of"
    r"|for))\s?(?:英文)?"
    r"[“\"]?(?P<full>[A-Z][A-Za-z'’ -]{5,80}?)[”\"]?\s?(?:的(?:英文)?(?:缩写|简称|首字母)|(?=[.。，,]|$))"
)
_REFERENCE = re.compile(
    r"Proceedings|In Proc|arXiv preprint|pp\. ?\d|Workshop on|Conference on|Symposium on|Transactions on"
    r"|pages \d|et al\., \d{4}\."
    r"|(?:[A-Z][\w’'-]+, (?:[A-Z]\.[ -]?)+,? ?(?:& |and )?){2}"
)
_APPOSED = re.compile(r"^(?P<full>[\u4e00-\u9fff]{3,16})\s?(?P<short>[A-Z]{2,6})(?=\s?[\u4e00-\u9fff])")
_ACT = re.compile(r"[完过了用该]$|^(?:输入|打开|使用|安装|关于|通过|目前|常见)")
_IN_FULL = re.compile(
    r"^(?P<short>[A-Z][\w.+/-]{1,14}[\u4e00-\u9fff]{0,4})，?(?:的)?(?:中文)?全称(?:是|为|叫|：)\s?"
    r"(?P<full>[\u4e00-\u9fff]{4,20}|[A-Za-z][A-Za-z'’ -]{5,60})(?=[，。；,（(]|$)"
)
_LINE_SHORT_LAST = re.compile(rf"^(?P<full>[A-Za-z][A-Za-z’' -]{{8,80}}),\s?(?P<short>{_SHORT})$")
_LINE_SHORT_FIRST = re.compile(r"^(?P<short>[A-Za-z][A-Za-z0-9]{1,7})\s?[：:]\s?(?P<full>[A-Za-z][A-Za-z'’ -]{6,70})$")
_CAPITAL = re.compile("[A-Z]")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


Pairs = tuple[tuple[str, str], ...]  # letters and what they stand for


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings in prose, list items and headings."""
    seen: set[str] = set()
    for text, place, pairs in _texts(page):
        for short, full in pairs:
            if short not in seen:
                seen.add(short)
                yield from _cards(short, full, place, page, has_chinese(text) or page.chinese)
    yield from _alone(page, seen)
    yield from _in_full(page)
    yield from _apposed(page)
    yield from _spelled_out(page)


def _alone(page: Page, seen: set[str]) -> Iterator[Finding]:
    """A line that holds nothing but a name and its letters, either first: `message of the day, MOTD`."""
    for spot in page.spots:
        text = spot.text
        if spot.nth or not ("," in text or ":" in text or "：" in text):
            continue
        last = _LINE_SHORT_LAST.match(text) if spot.alone else None
        match = last or _LINE_SHORT_FIRST.match(text)
        if match is None or match["short"] in seen:
            continue
        if (initials_match if last else _spelled)(match["short"], match["full"]):
            seen.add(match["short"])
            yield from _cards(match["short"], match["full"].strip(), spot.place, page, page.chinese)


def _spelled(short: str, full: str) -> bool:
    """Whether the letters are the first letters of all words."""
    heads = "".join(part[0] for part in re.findall(r"[A-Za-z]+", full))
    return len(short) >= 3 and short.casefold() == heads.casefold()


def _spelled_out(page: Page) -> Iterator[Finding]:
    """A section headed by letters whose list spells them out: `## SWOT` over Strengths, Weaknesses, …"""
    for section in page.sections:
        letters = re.search(r"(?<![A-Za-z])[A-Z]{3,6}(?![A-Za-z])", section.title)
        for block in section.blocks if letters else ():
            if letters is None or block.kind != BlockKind.LIST or len(block.items) != len(letters[0]):
                continue
            words = [re.search(r"[A-Za-z][A-Za-z'’ -]{2,40}", item.text) for item in block.items]
            if any(word is None or word[0][0].upper() != c for word, c in zip(words, letters[0], strict=True)):
                continue
            said, count = "\n".join(word[0].strip(" -") for word in words if word), len(words)
            chinese = has_chinese(block.items[0].text)
            asked = f"{letters[0]}的{'零一二三四五六'[count]}个字母分别代表什么？"
            asked = asked if chinese else f"What do the {count} letters of {letters[0]} stand for?"
            yield Finding(name, asked, said, place_of(block), letters[0], direction="letters", listed=True, count=count)


def _in_full(page: Page) -> Iterator[Finding]:
    """`ARIMA模型全称为…`."""
    for spot in page.spots:
        match = _IN_FULL.match(spot.text) if "全称" in spot.text else None
        if match:
            asked = full_name(match["short"], True, page.spacing)
            yield Finding(name, asked, match["full"].strip(), spot.place, match["short"], subject=match["short"])


def _apposed(page: Page) -> Iterator[Finding]:
    """A section headed by an abbreviation that opens with its Chinese name: `## CDN`, `内容分发网络 CDN 把…`."""
    for spot in page.spots:
        if spot.nth or spot.text.isascii():
            continue
        heading = spot.block.headings[-1] if spot.block.headings else ""
        match = _APPOSED.match(spot.text) if heading.isupper() else None
        above = page.ahead_of(spot.block) if match else None
        if above is None or above.kind not in (BlockKind.HEADING, BlockKind.IMAGE):
            continue
        if match and match["short"] == heading and is_term(match["full"], 16) and not _ACT.search(match["full"]):
            asked = f"{heading}的中文是什么？"
            yield Finding(name, asked, match["full"], spot.place, heading, subject=heading)
            back = abbreviation(match["full"], True, page.spacing)
            yield Finding(name, back, heading, spot.place, heading, direction="back")


def _texts(page: Page) -> Iterator[tuple[str, Place, Pairs]]:
    for spot in page.spots:
        text = spot.text
        cued = "(" in text or "（" in text or "缩写" in text or "stands for" in text
        pairs = tuple(_pairs(text)) if cued and _CAPITAL.search(text) else ()
        if pairs and not _REFERENCE.search(spot.item.raw if spot.item else spot.block.raw[:600]):
            yield text, spot.place, pairs
    for block in page.note.blocks:
        if block.kind == BlockKind.HEADING and ("(" in block.text or "（" in block.text):
            yield block.text, place_of(block), tuple(_pairs(block.text))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    patterns = (_BOTH_INSIDE, _SHORT_INSIDE, _SHORT_FIRST, _SAID) if _BRACKET.search(text) else (_SAID,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield from _pair(match["short"], match["full"], whole=pattern is _SHORT_FIRST)
    for match in _SHORT_LAST.finditer(text):
        before = _WORDS_BEFORE.search(text[max(0, match.start() - 90) : match.start()].rstrip())
        if before:
            yield from _pair(match["short"], before[0], whole=False)


def _pair(short: str, full: str, whole: bool) -> Iterator[tuple[str, str]]:
    short = short.strip(" -/&")
    if any(c.isupper() for c in short[1:]) or short[1:].isdigit():
        named = _narrow(short, full, whole)
        if named:
            yield short, named


def _narrow(short: str, full: str, whole: bool) -> str:
    """The part of a text before the bracket that the letters stand for, or nothing."""
    if whole:
        named = _ARTICLE.sub("", re.split(r"[,，;；]", full)[0].strip())
        if not is_balanced(named) or named[:1].casefold() != short[0].casefold():
            return ""
        return named if initials_match(short, named) else ""
    words = list(re.finditer(r"[A-Za-z0-9'’/&-]+", full))
    for i in range(len(words) - 1, -1, -1):
        candidate = full[words[i].start() :].strip()
        if candidate[0].casefold() == short[0].casefold() and initials_match(short, candidate):
            return candidate
    return ""


def _cards(short: str, full: str, place: Place, page: Page, chinese: bool) -> Iterator[Finding]:
    asked = full_name(short, chinese, page.spacing)
    label = len(short) <= 5
    yield Finding(name, asked, full, place, short, subject=short, label=label)
    back = abbreviation(full, chinese, page.spacing)
    yield Finding(name, back, short, place, short, direction="back")
