"""Lines of `X：Y` under a heading that names a kind: commands, shortcuts, tools, terms, variables.

Y in code asks how to do X; else X is asked for its meaning. The heading stands as label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import definition, is_person, points_away, sentence_part
from studycards.grammar import first_line, glossed, is_dangling, is_latin, is_term, size, trim, words
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind, Item
from studycards.notes.page import Page, Section, items_of, place_of
from studycards.phrasing import about, who
from studycards.text import has_chinese

name = "colon-line"
prior = 0.76
weight = 8.0

_LINE = re.compile(r"^(?P<key>[^：:。，？?]{1,40}?)\s?[：:]\s?(?P<value>\S[^\n]{1,200})$")
_DASH = re.compile(r"^(?P<key>[^:：。，？?\n]{1,40}?)(?:\s[-–—]\s|——)(?P<value>\S[^\n]{1,120})")
_SHOWS = re.compile(r"^(?:用来|用于)?(?P<verb>表示|代表|指示|标识|标志)(?:了|着)?(?=\S{2})")
_FOR = re.compile(r"(?:用来|用于)?(?:表示|代表|指示|标识)|用来|用于")
_NO_KEY = re.compile(r"作者|注$|^注|来源|出处|地址|时间|日期|目标|输入|输出|问题|答案|结论|第|图|表|例|官网|参考")
_KINDS = re.compile(
    r"命令|快捷键|工具|术语|变量|函数|参数|选项|指令|操作(?!系统)|名词|词汇|缩写|语法|符号|[Cc]ommands?|[Ss]hortcuts?"
    r"|[Tt]ools?|[Tt]erms|[Tt]erminology"
    r"|[Gg]lossary|[Kk]eywords?|[Oo]ptions|[Vv]ocabulary|[Dd]efinitions"
)
_PHRASE = re.compile(r"(?!https?:|see |todo|e\.g|i\.e)[a-z][a-z'-]* (?:[^?]*[a-z)])\.?$")
_ACT = re.compile(rf"(?:{'|'.join(words('acts_en'))})(?:e?s)?(?: (?!of\b)[a-z\"“]|$)")
_THING = re.compile(
    r"(?:an?|the|one of the) [a-z]"
    r"|[a-z]+ing (?:[a-z]+ )?[a-z]+ [a-z]|[a-z-]+(?: [a-z-]+){0,3} (?:of|that|which|who|where|with|between|for) "
)
_NO_VALUE = re.compile(r"https?:|[?？]|\d{2}|、|^[\"“”]|->|=|^(?:the )?(?:same|best|worst)\b")
_CODE = re.compile(r"^`[^`]+`$")
_NOUN = re.compile(r"^一[种个款]|的[^的]{1,10}$|(?:工具|软件|框架|系统|协议|语言|库|命令|函数|信息)$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sections with lines of keys and values."""
    for section in page.sections:
        lines = list(_lines(section, page))
        coded = [line for line in lines if _CODE.match(line[1].strip())]
        if len(coded) >= 1 and section.title:
            for key, value, place in coded:
                yield from _how(key, value, place, section, page)
        twins = [line for line in lines if glossed(line[0])]
        if len(twins) >= 2:
            for key, value, place in twins:
                if "~" not in key:
                    yield from _what(key, value, place)
        elif len(lines) >= 3 and any(_KINDS.search(heading) for heading in _path(section)[-2:]):
            for key, value, place in lines:
                if not _CODE.match(value.strip()):
                    yield from _what(key, value, place)
        elif len(lines) >= 3 and section.title and _is_glossary(lines):
            for key, value, place in lines:
                yield from _told(key, value, place)
        else:
            yield from _runs(section, page)
            yield from _loose(lines)


def _loose(lines: list[tuple[str, str, Place]]) -> Iterator[Finding]:
    """Lines that stand by themselves: two or more that say what a thing shows or is for, one that defines it."""
    shown = [line for line in lines if _FOR.match(line[1]) and size(line[0]) <= 10 and not glossed(line[0])]
    if len(shown) >= 2:
        for key, value, place in shown:
            yield from _what(key, value, place)
        return
    for key, value, place in lines:
        said = definition(value) if has_chinese(value) and 2 <= size(key) <= 8 and is_term(key, 10) else ""
        if said and not _CODE.match(value) and "、" not in key and not points_away(value) and not _NO_KEY.search(key):
            asked = who(key, True) if is_person(said) else about(key, said, chinese=True)
            yield Finding(name, asked, said, place, key, subject=key, label=True, bonus=(("lone", 0.1),))


def _runs(section: Section, page: Page) -> Iterator[Finding]:
    """Lists of short different keys, each with what it does or is, under a line or a heading that names them."""
    for block in section.blocks:
        if block.kind != BlockKind.LIST:
            continue
        yield from _run(block, block.items, _topic(block, section, page), page)
        for item in items_of(block):
            if len(item.children) >= 2:
                key = _keyed(block, item, page)
                own = next((pair[0] for pair in key), item.bold or item.text).rstrip("：: ")
                yield from _run(block, item.children, own if is_term(own, 16) else section.title, page)


def _run(block: Block, items: tuple[Item, ...], topic: str, page: Page) -> Iterator[Finding]:
    """The cards of neighbours in a list that are keys with what each does or is."""
    if 2 <= len(items) <= 15:
        plain = [item for item in items if not item.bold]
        found = [pair for item in plain for pair in _keyed(block, item, page)]
        keys = {key.casefold() for key, _, _ in found}
        if not topic or len(found) < 2 or len(keys) < len(found) or 2 * len(found) <= len(plain):
            return
        cards = [card for key, value, place in found for card in _said(key, value, place, topic)]
        if block.ordered:
            cards = [card for card in cards if _THING.match(card.answer) or has_chinese(card.answer)]
        told = len(items) > len(plain) or all(_THING.match(value) for _, value, _ in found)
        if len(cards) >= (min(3, len(plain)) if told else 3) and 2 * len(cards) > len(found):
            yield from cards


def _topic(block: Block, section: Section, page: Page) -> str:
    """The line that announces a list: the short one above it, else its heading."""
    above = page.ahead_of(block)
    if above is not None and above.kind == BlockKind.PARAGRAPH:
        line = above.text.strip().splitlines()[-1] if above.text.strip() else ""
        line = line.rstrip("：: ")
        if is_term(line, 12) and not re.search(r"[.。!?？]$", line):
            return line
        return section.title if has_chinese(line) and is_term(section.title, 20) else ""
    return section.title if above is section.heading and is_term(section.title, 20) else ""


def _keyed(block: Block, item: Item, page: Page) -> Iterator[tuple[str, str, Place]]:
    head = first_line(item.raw, item.text) if "\n" in item.raw and not item.bold else ""
    if head:
        yield head, item.text[len(head) :].strip(), place_of(block, item.line, item.end_line)
        return
    text = page.note.restore(item.text).strip() if not item.bold else ""
    match = (_LINE.match(text) if _has_colon(text) else None) or (_DASH.match(text) if _has_dash(text) else None)
    if match and not item.task:
        yield match["key"].strip(), match["value"].strip(), place_of(block, item.line, item.end_line)


def _said(key: str, value: str, place: Place, topic: str) -> Iterator[Finding]:
    """The card of one line of a run, where its value says what the key is or does."""
    if not is_term(key, 12) or _NO_VALUE.search(value) or size(key) > 8 or re.match(r"[\d第]", key):
        return
    place = place if topic in place.headings else place._replace(headings=(*place.headings, topic), label=topic)
    if has_chinese(key + value):
        yield from _said_in_chinese(key, value, place)
        return
    said = re.split(r" \(|, (?=and else|etc)", sentence_part(value))[0]
    acts = _ACT.match(said)
    if not 2 <= len(said.split()) <= 14 or points_away(said) or not (acts or _THING.match(said)):
        return
    plural = key.endswith("s") and not key.endswith(("ss", "us", "is", "as", "os")) and not _acts_alone(said)
    verb = "do" if plural else "does"
    asked = f"What {verb} {key} do?" if acts else about(key, said, chinese=False)
    yield Finding(name, asked, said, place, key, subject=key, label=True, bonus=(("run", 0.4),))


_NOT_SAID = re.compile(r"^(?:主要|包含|包括|涉及|例如|比如|见|参见|参考|详见|如|有|没有|[与和同]|其)")


def _said_in_chinese(key: str, value: str, place: Place) -> Iterator[Finding]:
    if _NOT_SAID.match(value):
        return
    said = definition(value)
    if said and has_chinese(value):
        yield Finding(name, f"{key}是什么？", said, place, key, subject=key, label=True, bonus=(("run", 0.3),))
        return
    said = sentence_part(value)
    if not 4 <= size(said) <= 36 or points_away(said) or not has_chinese(said) or not has_chinese(key) or "“" in said:
        return
    shows = _SHOWS.match(said)
    asked = f"{key}{shows['verb']}什么？" if shows else about(key, said, chinese=True)
    said = said[shows.end() :] if shows else said
    yield Finding(name, asked, said, place, key, subject=key, label=True, bonus=(("told", 0.1),))


def _acts_alone(said: str) -> bool:
    """Whether a phrase opens with a verb of one: relieves pain."""
    return said.split()[0].endswith("s")


def _is_glossary(lines: list[tuple[str, str, Place]]) -> bool:
    """Whether short different Latin keys in a row stand before phrases in lower case: a list of terms."""
    keys = {key.casefold() for key, _, _ in lines}
    return len(keys) == len(lines) and all(
        is_latin(key) and len(key.split()) <= 4 and is_term(key) and _PHRASE.match(value) for key, value, _ in lines
    )


def _told(key: str, value: str, place: Place) -> Iterator[Finding]:
    said = sentence_part(value)
    if not 2 <= len(said.split()) <= 16 or points_away(said):
        return
    asked = about(key, said, chinese=False)
    yield Finding(name, asked, said, place, key, subject=key, label=True, bonus=(("glossary", 0.4),))


def _path(section: Section) -> tuple[str, ...]:
    return section.heading.headings if section.heading else ()


def _lines(section: Section, page: Page) -> Iterator[tuple[str, str, Place]]:
    for block in section.blocks:
        if block.kind == BlockKind.PARAGRAPH and "\n" not in block.text and _has_colon(block.text):
            match = _LINE.match(page.note.restore(block.text).strip())
            if match:
                yield match["key"].strip(), match["value"], place_of(block)
        elif block.kind == BlockKind.LIST:
            for item in block.items:
                match = (
                    _LINE.match(page.note.restore(item.text).strip())
                    if not item.bold and _has_colon(item.text)
                    else None
                )
                if match:
                    yield match["key"].strip(), match["value"], place_of(block, item.line, item.end_line)


def _has_colon(text: str) -> bool:
    return "：" in text or ":" in text


def _has_dash(text: str) -> bool:
    return " - " in text or " – " in text or " — " in text or "——" in text


def _how(key: str, value: str, place: Place, section: Section, page: Page) -> Iterator[Finding]:
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,8}", key) or is_dangling(key) or not _path(section):
        return
    if key in {
        "例如",
        "例子",
        "示例",
        "比如",
        "注意",
        "安装",
        "使用",
        "代码",
        "用法",
        "语法",
        "格式",
        "命令",
        "输出",
        "输入",
        "结果",
        "可以使用以下命令",
    }:
        return
    yield Finding(
        name, f"怎么{key}？", value.strip(), place, f"{section.title} {key}", label=True, bonus=(("code", 0.4),)
    )


def _what(key: str, value: str, place: Place) -> Iterator[Finding]:
    named = glossed(key)
    value = trim(re.split(r"[。；]|\.\s", value.strip())[0])
    value = re.split(r"[，,](?=[^，]*(?:基于|可以|例如|比如|比))", value)[0]
    whole = value
    value = sentence_part(value, 40) if size(value) > 40 or (size(value) > 30 and not named) else value
    cut = (("cut", -0.6),) if value != whole and key[:2] in value else ()
    for own in (key, *(named or ())):
        value = re.sub(rf"^{re.escape(own)}(?:是指|指的是|就是|是|指)(?=\S)", "", value)
        if len(own) > 3 and value.startswith(own.split()[0]) and not value.startswith(own):
            return
    shows = _SHOWS.match(value)
    if shows and is_term(named[0] if named else key, 24) and 3 <= size(value) <= 32:
        said = value[shows.end() :]
        yield Finding(
            name, f"{key}{shows['verb']}什么？", said, place, key, subject=named[0] if named else key, label=True
        )
        return
    if (
        not is_term(named[0] if named else key, 24)
        or "、" in key
        or size(value) < 3
        or size(value) > (40 if named else 30)
        or points_away(value)
    ):
        return
    chinese = has_chinese(key + value)
    if named and chinese and not _NOUN.search(value) and size(value) > 12 and not re.search(r"[，,]", named[1]):
        said = about(key, value, chinese=True)
        bonus = (("glossed", 0.3), *cut)
        yield Finding(name, said, value, place, key, subject=named[0], label=True, bonus=bonus)
        return
    if named and chinese and not _NOUN.search(value):
        if size(value) > 16 or re.search(r"[，,]", named[1]):
            return
        yield Finding(
            name, f"{key}有什么特点？", value, place, key, subject=named[0], label=True, bonus=(("glossed", 0.4),)
        )
        return
    verb = re.match(
        r"^(?:获得|获取|查看|显示|打印|列出|创建|删除|修改|启动|停止|设置|检查|检测|分析|用来|用于|可以|定位"
        r"|统计|监控|跟踪|搜索|查找|切换|打开|关闭|保存|复制|粘贴)",
        value,
    )
    asked = f"{key}{'用来做什么' if verb else '是什么'}？" if chinese else f"What is {key}?"
    yield Finding(name, asked, value, place, key, subject=named[0] if named else key, label=not is_latin(key))
