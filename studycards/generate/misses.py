"""What must stand where for a rule to find a card: why it found nothing, without telling the rule a second time.

A way is a list of conditions that every card of a rule meets; a rule that could do without one has a further way. Where
all of them hold, what was missing is the rule's form as its own first line says it. That no card is ever found where
a condition fails is tested on every card there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from studycards.clauses import copula
from studycards.grammar import glossed, is_latin, is_term, word_in
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, Spot, items_of
from studycards.rules import Rule
from studycards.text import fold, has_chinese

_CHINESE = "\u4e00-\u9fff"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that a rule may look at: a sentence of a block with its final mark, or the block as a whole."""

    text: str
    block: Block
    page: Page
    topics: tuple[str, ...] = ()
    mark: str = ""
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A condition, and what is said where it fails; `{kind}` stands for what the block is."""

    said: str
    holds: Callable[[Look], bool]


Way = tuple[Need, ...]  # in the order in which they are asked


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a rule found nothing; `held` conditions were met before."""

    rule: str
    why: str
    held: int


class Looking:
    """A page as the rules look at it, line by line."""

    def __init__(self, page: Page, topics: tuple[str, ...]) -> None:
        self._page = page
        self._topics = topics
        self._spots: dict[int, list[Spot]] = defaultdict(list)
        for spot in page.spots:
            for line in range(spot.sentence.line, spot.sentence.end_line + 1):
                self._spots[line].append(spot)

    def misses(self, rules: Iterable[Rule], block: Block, lines: range) -> list[Miss]:
        """Why these rules found nothing on some lines of a block, those that came nearest first."""
        looks = tuple(self.looks(block, lines))
        return sorted((_nearest(rule, looks) for rule in rules), key=lambda miss: -miss.held)

    def looks(self, block: Block, lines: range) -> Iterator[Look]:
        """The block, and its sentences on some lines, each as it is looked at."""
        yield Look(self._text(block, lines), block, self._page, self._topics)
        for spot in dict.fromkeys(spot for line in lines for spot in self._spots.get(line, ())):
            if block.line <= spot.block.line <= spot.block.end_line <= block.end_line:
                yield Look(spot.text, spot.block, self._page, self._topics, spot.mark, is_sentence=True)

    def _text(self, block: Block, lines: range) -> str:
        if block.kind not in (BlockKind.LIST, BlockKind.TABLE):
            return f"{block.raw}\n{block.text}"
        return "\n".join(self._page.note.lines[line - 1] for line in lines if block.line <= line <= block.end_line)


def holds(rule: str, look: Look) -> bool:
    """Whether one of a rule's ways has all that it needs here."""
    return any(all(need.holds(look) for need in way) for way in WAYS.get(rule, ((),)))


def _nearest(rule: Rule, looks: tuple[Look, ...]) -> Miss:
    """The way that came furthest; of two, one in the language of the line."""
    tried = [(look, _miss(rule, way, look)) for way in WAYS.get(rule.name, ((),)) for look in looks]
    return max(tried, key=lambda pair: (pair[1].held, has_chinese(pair[1].why) == has_chinese(pair[0].text)))[1]


def _miss(rule: Rule, way: Way, look: Look) -> Miss:
    for held, need in enumerate(way):
        if not need.holds(look):
            return Miss(rule.name, need.said.format(kind=look.block.kind.value), held)
    form = (rule.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return Miss(rule.name, f"not in its form: {form}", len(way))


def _inside(*kinds: BlockKind) -> Need:
    named = " and ".join({kind.value: f"{kind.value}s" for kind in kinds}.values())
    return Need(f"reads {named}, and this is a {{kind}}", lambda look: look.block.kind in kinds)


def _words(*cues: str) -> Need:
    shown = " ".join(f"“{cue.strip()}”" for cue in cues)
    return Need(f"none of {shown} is here" if len(cues) > 1 else f"no {shown} is here", _any(cues))


def _any(cues: tuple[str, ...]) -> Callable[[Look], bool]:
    return lambda look: any(cue in look.text for cue in cues)


def _pattern(pattern: str, said: str) -> Need:
    compiled = re.compile(pattern)
    return Need(said, lambda look: compiled.search(look.text) is not None)


def _is_joined(look: Look) -> bool:
    return copula(look.text) is not None


def _is_named(look: Look) -> bool:
    parts = copula(look.text)
    return parts is not None and (is_latin(parts[0]) or glossed(parts[0]) is not None)


def _opens_section(look: Look) -> bool:
    above = look.page.ahead_of(look.block)
    return above is not None and above.kind == BlockKind.HEADING


def _announces(look: Look) -> bool:
    after = look.page.after(look.block)
    return after is not None and after.kind == BlockKind.LIST


def _has_topic(look: Look) -> bool:
    path = [fold(heading) for heading in look.block.headings]
    return any(fold(topic) in heading for topic in look.topics if topic.strip() for heading in path)


def _has_bold_item(look: Look) -> bool:
    return bool(look.block.bold) or "**" in look.block.raw or any(item.bold for item in items_of(look.block))


_SENTENCE = Need("reads sentences, and there is none on this line ({kind})", lambda look: look.is_sentence)
_SAYS = Need("the sentence asks or opens something", lambda look: not look.mark.startswith(("：", "？", "?", ":")))
_JOINED = Need("no 是 or 指 that joins a subject with what it is", _is_joined)
_NAMED = Need("the subject is no Latin name and has no gloss", _is_named)
_OPENS = Need("no heading stands right above it", _opens_section)
_HEADED = Need("no heading stands above it", lambda look: bool(look.block.headings))
_TERM = Need("its heading is no term", lambda look: is_term(look.block.headings[-1], 60))
_NUMBER = _pattern(
    "[一二三四五六七八九十两兩0-9]|(?i:two|three|four|five|six|seven|eight|nine|ten)", "it says no number"
)
_BRACKET = _words("（", "(")
_LATIN = _pattern("[A-Za-z]", "no Latin word is here")
_HAN = _pattern(f"[{_CHINESE}]", "no Chinese word is here")
_DIGITS = _pattern(r"\d", "no figure is here")
_CAPITAL = _pattern("[A-Z]", "no capital letter is here")
_ANNOUNCES = Need("no list comes right after it", _announces)
_ROWS = Need("the table has fewer than two rows", lambda look: len(look.block.rows) >= 3)
_TOPIC = Need("no heading above it is a topic of the reading list", _has_topic)
_BOLD = Need("nothing bold opens it", _has_bold_item)
_ROLE = Need(
    "no office (主席, 国王, 作者 …) and no 第一, 首, 最, 唯一 is here",
    lambda look: bool(word_in("roles", look.text)) or any(word in look.text for word in ("第一", "首", "最", "唯一")),
)
_PARAGRAPH, _LIST, _HEADING = BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING

WAYS: dict[str, tuple[Way, ...]] = {
    "is-definition": (
        (_SENTENCE, _words("是", "指"), _SAYS, _JOINED, _NAMED),
        (_SENTENCE, _words("用来", "用于", "允许", "负责")),
    ),
    "heading-definition": ((_inside(_PARAGRAPH), _OPENS, _TERM),),
    "abbreviation": ((_CAPITAL,),),
    "person-quote": ((_inside(BlockKind.QUOTE, _PARAGRAPH), _DIGITS),),
    "paper-of-model": ((_inside(_PARAGRAPH), _words("《")),),
    "count-inline": ((_SENTENCE, _NUMBER),),
    "side-list": ((_ANNOUNCES,), (_inside(_LIST), _words("：", ":"))),
    "count-list": ((_ANNOUNCES, _NUMBER),),
    "link-noun": ((_inside(BlockKind.LINK), _words("：", ":")),),
    "bold-term": ((_inside(_LIST, _PARAGRAPH), _BOLD),),
    "is-a-kind": ((_SENTENCE, _words("是", "指", "属于")),),
    "callout-term": ((_inside(BlockKind.CALLOUT),),),
    "callout-question": ((_inside(BlockKind.CALLOUT), _words("？", "?")),),
    "heading-bullet": ((_inside(_LIST, _PARAGRAPH), _HEADED),),
    "alias": (
        (_SENTENCE, _words("称", "叫", "名")),
        (_SENTENCE, _words("known as", " called ", "referred to as")),
    ),
    "called": (
        (_SENTENCE, _words("称", "稱", "叫", "所谓", "名为")),
        (_SENTENCE, _words(" called ", " known as ", " referred to as ")),
    ),
    "gloss-zh-en": ((_BRACKET, _HAN, _LATIN), (_inside(_LIST, _HEADING), _HAN, _LATIN)),
    "table-row": ((_inside(BlockKind.TABLE), _ROWS),),
    "gloss-en-zh": ((_SENTENCE, _BRACKET, _LATIN, _HAN),),
    "code-meaning": ((_inside(_PARAGRAPH, _LIST), _words("`")),),
    "question-heading": ((_inside(_HEADING), _words("？", "?")),),
    "question-bold": ((_inside(_PARAGRAPH), _words("？", "?")),),
    "question-bullet": ((_inside(_LIST), _words("？", "?")),),
    "en-is-a": (
        (_SENTENCE, _pattern(r"[a-z]s\b|\b(?:are|when|refer)\b", "no verb says what it is or does")),
        (_inside(_LIST), _SENTENCE),
    ),
    "made-by": (
        (_SENTENCE, _words("由", "是", "年", "归")),
        (_SENTENCE, _words(" by ")),
    ),
    "maker": (
        (_SENTENCE, _words("《")),
        (_SENTENCE, _pattern("[提发創创建成组证撰编写著设开研引破推修者人]", "no verb of making, finding or writing")),
        (_SENTENCE, _CAPITAL),
    ),
    "epithet": ((_SENTENCE, _words("“", "「", '"')),),
    "landmark": ((_SENTENCE, _words("标志", "开端", "起点", "里程碑", "象征")),),
    "heading-person": ((_inside(_PARAGRAPH), _OPENS, _HAN),),
    "superlative": (
        (_SENTENCE, _words("最", "第一", "首", "唯一")),
        (_SENTENCE, _words(" the ")),
    ),
    "timeline": ((_inside(_LIST, _PARAGRAPH), _pattern(r"\d", "no year")),),
    "parts-list": (
        (_SENTENCE, _words("分为", "分成", "包括", "包含", "由", "主要")),
        (_SENTENCE, _words(" of ", " into ", "comprise")),
        (_ANNOUNCES, _inside(_PARAGRAPH)),
    ),
    "dated-sentence": ((_SENTENCE, _pattern("[年因从]|生于|后", "no date")),),
    "colon-line": (
        (_inside(_LIST, _PARAGRAPH), _words("：", ":")),
        (_inside(_LIST), _words(" - ", " – ", "——")),
    ),
    "respectively": ((_SENTENCE, _words("分别", "对应", "象征", "代表")),),
    "arrow": ((_inside(_LIST, _PARAGRAPH), _words("->", "→", "=>")),),
    "so-called": ((_SENTENCE, _words("即", "是")),),
    "role-name": ((_SENTENCE, _ROLE),),
    "life-dates": ((_inside(_PARAGRAPH), _words("年", "～", "岁")),),
    "attribute": ((_SENTENCE, _pattern(r"[\d于在居]", "no figure and no place")),),
    "aspect": ((_SENTENCE, _words("是", "为", "在")),),
    "paper-title": (
        (_inside(_PARAGRAPH), _words("《")),
        (_inside(_LIST), _words("](")),
    ),
    "sum": ((_SENTENCE, _words("=", "＝")),),
    "reading-list": ((_inside(BlockKind.LINK), _TOPIC),),
}
