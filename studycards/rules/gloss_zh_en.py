"""A Chinese term with its foreign name in brackets: `熵（entropy）`.

Asks both ways. The term must start a clause, stand in quotes, or follow a word that cannot belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_term, word_set
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import foreign, names_a_kind

name = "gloss-zh-en"
prior = 0.76
weight = 8.0

_SHAPE = re.compile(
    r"(?P<left>^|[，。；：、！？“《「（(\s]|(?:称为|称作|叫做|叫作|名为|就是|所谓的?|例如|比如|譬如|以及"
    r"|被称为|提出了?|引入了?|基于|采用|使用|通过|和|与|及|或者|或|即|如|是|的|为|叫))"
    r"(?P<term>[\u4e00-\u9fff·]{2,12})[”》」]?\s?[（(](?:英语|英文|英|拉丁语|法语|德语|阿拉伯语)?[：:]?\s?"
    r"(?P<gloss>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 .'’/&-]{2,60}?)"
    r"(?:\s?[,，]\s?(?:约?前?\d{3,4}[^（()）]{0,12}|(?:简称)?[A-Z]{2,6}s?))?[)）]"
)
_CUE = re.compile(r"[\u4e00-\u9fff·”》」]\s?[（(]\s?[A-Za-zÀ-ɏ\u4e00-\u9fff]")
_INSIDE = re.compile(r"[的了和与及或是为称叫即如在从对由用被把将以于而等到有这那其该让使向比仅指也都又]")
_OPENS_ILL = re.compile(
    r"[将把对从在由用被以的各几多这那其该某每两让使向比更很太不没有了着是]|最(?![大小优近终速短长低高])"
)
_UPPER = re.compile(r"^[A-Z][A-Z0-9-]+s?$")
_NOT_A_NAME = re.compile(
    r"^(?:by|in|see|the|a|an|e\.g|i\.e|ver|version|v\d|KB|MB|GB|Hz|pdf|PDF|ppt|PPT|free|only|not|like|with|and|or"
    r"|for|to|if)\b"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings in prose, list items and headings, each term once."""
    seen: set[str] = set()
    for text, place in _texts(page):
        for match in _SHAPE.finditer(text):
            term, gloss = match["term"], match["gloss"].strip()
            term = _named(term, gloss)
            narrowed = _TAIL.match(term) if _INSIDE.search(term[1:-1]) or _BEGUN.search(term) else None
            owned = match["left"] == "的"
            if narrowed:
                term, owned = _named(narrowed["rest"], gloss), owned or narrowed["cue"] == "的"
            if term in seen or _BEGUN.search(term) or text.startswith(_HOW, match.start("term") - 1):
                continue
            if term in seen or _INSIDE.search(term[1:-1]) or _OPENS_ILL.match(term) or not is_term(term, 12):
                continue
            if _NOT_A_NAME.match(gloss) or _UPPER.match(gloss) or not re.search(r"[a-zÀ-ɏ]{3}", gloss):
                continue
            if "/" in gloss and "/" in text[: match.start("term")][-3:]:
                continue
            seen.add(term)
            yield from _cards(term, gloss, place, owned)
    yield from _beside(page, seen)


def _beside(page: Page, seen: set[str]) -> Iterator[Finding]:
    """Terms with their foreign name right behind them, where a note writes four or more lines so."""
    pairs = [(term, gloss, place) for text, place in _whole(page) for term, gloss in _side_by_side(text)]
    glosses = {gloss for _, gloss, _ in pairs}
    if len(glosses) < 4 or len({(term, gloss) for term, gloss, _ in pairs}) > len(glosses) + 1:
        return
    for term, gloss, place in pairs:
        if term not in seen and is_term(term, 12) and not _INSIDE.search(term[1:-1]) and not _OPENS_ILL.match(term):
            if re.match(r"[會会可能成為为被在由含有將将把]", term):
                continue
            seen.add(term)
            yield from _cards(term, gloss, place, owned=False, named="·" in term, loose=True)


def _whole(page: Page) -> Iterator[tuple[str, Place]]:
    for block, item in page.items:
        if len(item.text) <= 90 and not item.text.isascii() and _BOTH.search(item.text):
            yield item.text.splitlines()[0], place_of(block, item.line, item.end_line)
    for block in page.note.blocks:
        if block.kind == BlockKind.HEADING and _BOTH.search(block.text):
            yield block.text, place_of(block)


def _side_by_side(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of a line that is `核膜 Nuclear envelope`, or a list of such behind a colon."""
    parts = _COLON.split(text)
    for piece in (*_COMMA.split(parts[-1]), *parts[:-1]):
        match = _BESIDE.fullmatch(piece.strip()) or _BEFORE.fullmatch(piece.strip())
        if match and not _ABOUT.search(match["term"]):
            yield match["term"], match["gloss"].strip()


_COLON = re.compile("[：:]")
_COMMA = re.compile("[、，]")
_BOTH = re.compile(r"[\u4e00-\u9fff]\s?[A-Za-z][a-z]{2}|[A-Za-z]{3} [\u4e00-\u9fff]")
_BESIDE = re.compile(
    r"(?:[\d.]+\s?)?(?P<term>[\u4e00-\u9fff]{2,10})\s?(?P<gloss>[A-Z][a-z]{2,}(?: [A-Za-z]+){0,3}"
    r"|[a-z]{4,}(?: [a-z]+){0,3})"
    r"(?:\s?[（(][^（()）]*[)）])?"
)
_ABOUT = re.compile(
    r"(?:[篇章]|介绍|问题|模块|优化|实战|面试|原理|代码|应用|总结|缺少|详解|入门|教程|笔记|配置|安装|使用|对比|区别|基础)$"
)
_BEFORE = re.compile(r"(?:[\d.]+\s?)?(?P<gloss>[A-Z][A-Za-z]{2,}(?: [A-Za-z]+){0,3}) (?P<term>[\u4e00-\u9fff]{2,10})")
_TAIL = re.compile(
    r".*(?P<cue>[称稱]之?[为為]|[称稱]作|叫做|叫作|名为|所谓的?|一[种个类]|就是|定义|引入|提出了?|使用了?|采用了?|利用|以|与|和|及|或者?|为|是|的)"
    r"(?P<rest>[\u4e00-\u9fff·]{2,10})$"
)
_CREDITS = ("作者", "译者", "出版社", "来源", "编者", "主讲")
_STOCK = re.compile(
    r"(?:观点|概念|语录|要点|总结|背景|介绍|参考|笔记|目录|资料|问题|练习|附录|前言|概述|简介|定义|例子|示例|阅读|摘要|框架)\s?[（(]"
)
_HOW = ("如下", "如此", "如何", "如果", "如上", "如图")
_BEGUN = re.compile(
    r"[一几各每][个個种種类類位名些条套]|(?:一下|讲解|介绍|解释|按照|计算|形成|得到|产生|公式|采用|利用|通过|使用|进行|描述|作为|引入|提出|定义)(?=.)"
)
_EXAMPLE = re.compile(r"^(?:例如|比如|譬如|诸如|如|即|叫做?|名为|称为|所谓|其中|包括)(?=[\u4e00-\u9fff]{2})")
_LAND = re.compile(
    r"^(?:古?希腊|古?罗马|中国|法国|德国|英国|美国|俄国|意大利|日本|荷兰|瑞士|印度|波斯|阿拉伯)(?=[\u4e00-\u9fff·]{2})"
)
_TRADE = re.compile(
    r"^[\u4e00-\u9fff]{0,4}(?:[数哲科化物天文史画作音思政军]学?家|学者|国王|皇帝|将军|诗人|教授)(?=[\u4e00-\u9fff·]{2})"
)
_ONE_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ɏ’'-]+(?: [A-ZÀ-Þ][\w.’'-]*)*")


def _named(term: str, gloss: str) -> str:
    """A term without the word for example or the country before it."""
    term = _EXAMPLE.sub("", _EXAMPLE.sub("", term))
    term = re.sub(r"^.{0,3}[人者]叫(?=.{2})|^叫(?=.{2})|(?:同志|先生|女士|教授|博士)$", "", term)
    term = _TRADE.sub("", term) if _ONE_NAME.fullmatch(gloss) else term
    return _LAND.sub("", term) if _ONE_NAME.fullmatch(gloss) and not re.search(r"[军国人语]$", term) else term


def _texts(page: Page) -> Iterator[tuple[str, Place]]:
    for spot in page.spots:
        if ("（" in spot.text or "(" in spot.text) and not spot.text.startswith(_CREDITS) and _CUE.search(spot.text):
            yield spot.text, spot.place
    for block in page.note.blocks:
        if (
            block.kind == BlockKind.HEADING
            and ("（" in block.text or "(" in block.text)
            and not _STOCK.search(block.text)
        ):
            yield block.text, place_of(block)


def _cards(
    term: str, gloss: str, place: Place, owned: bool, named: bool | None = None, loose: bool = False
) -> Iterator[Finding]:
    exact = not _ONE_NAME.fullmatch(gloss) and " based " not in gloss
    owned = owned and (not exact or 3 * len(re.findall(r"[A-Za-zÀ-ɏ]+", gloss)) > 2 * len(term))
    bonus = (("owned", -0.6),) if owned else (("titled", 0.3),) if not gloss.isascii() and len(gloss) > 20 else ()
    foreign_name = not gloss.isascii() or "·" in term or (gloss[0].isupper() and " " not in gloss)
    named = foreign_name and not names_a_kind(term) if named is None else named
    asked = f"“{term}”的外文名是什么？" if named else foreign(term, chinese_to_latin=True)
    plain = gloss.casefold() in word_set("everyday_en") | word_set("first_names")
    if plain or (loose and " " not in gloss and gloss.islower()):
        bonus = (*bonus, ("everyday", -1.0))
    label = len(term) == 2 and gloss[0].isupper() and " " not in gloss
    yield Finding(name, asked, gloss, place, term, bonus=bonus, label=label)
    back = foreign(gloss, chinese_to_latin=False)
    yield Finding(name, back, term, place, term, direction="back", bonus=bonus, label=label)
