"""What a piece of a sentence is, by its shape and by word lists: a name, a noun phrase, a list, a number, a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from studycards.text import fold, has_chinese

_WORDS = Path(__file__).parent / "words"
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CLAUSE = re.compile(r"[，。；：？！,;?!:\n]|——|->|=>|→|\s-\s")
_HAN_RUN = re.compile(f"[{_CJK}]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏА-я0-9][\w'’.+#/&-]*")
_LONG_WORD = re.compile(r"[A-Za-z0-9]{3,}")
_NAME = re.compile(r"[A-Za-zÀ-ɏ.][\w.+#/&’'-]*(?: [\w.+#/&’'-]+){0,4}")
_GLOSSED = re.compile(r"(?P<term>[^（(）)]{1,24}?)\s?[（(](?P<gloss>[^（(）)]{1,60})[）)]")
_PAIRS = dict(zip("（(《“「『【[〈{", "）)》”」』】]〉}", strict=True))
_CLOSERS = {close: opener for opener, close in _PAIRS.items()}
_FUNCTION = re.compile(
    r"[吗呢吧啊了着嘛呀咋么]|(?<![通经不超难透])过(?![程滤渡敏氧拟采度去剩冷热境客户])|的时候"
    r"|地(?=[^面区点球方图名理质形震下上铁位带狱域主板壳幔址铃产毯缘热轴心平板道块段])"
    r"|(?<![大小多少])也(?!门)|(?<![首丽])都(?![城市督铎柏灵护])|不(?![等变锈定可动同良饱对完孕连])|很|却"
    r"|(?<![地])把(?!手)|被(?![子褥])|(?<![主])让(?!步)"
    r"|(?<![天大使])使(?![用者徒命节团])"
)
_PRONOUN = re.compile(r"[我你它她]|他(?!汀|人)|这|那(?!不勒|曲)|此(?!岸)|该(?!隐)")
_NUMBER_ZH = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2, "仨": 3, "兩": 2}
_NUMBER_EN = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
MEASURES = "个种类大项条点层部分步次位名款套组阶段方面级篇本座门支派件类型维代步骤要素"
COUNT = rf"(?P<count>[一二三四五六七八九十两兩]|\d{{1,2}})\s?(?P<measure>大类|部分|方面|阶段|层次|[{MEASURES}])"
YEAR = r"(?:公元前?|西元前?|伊历|民国)?\s?\d{1,4}\s?年(?:\d{1,2}月(?:\d{1,2}[日号])?)?"
ENGLISH_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@cache
def words(name: str) -> tuple[str, ...]:
    """The word list `name`, one word a line, in the order of the file."""
    text = (_WORDS / f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def word_set(name: str) -> frozenset[str]:
    """The word list `name` for membership tests, in lower case."""
    return frozenset(word.casefold() for word in words(name))


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of the list `name`, longest first; Latin words only as whole words."""
    return re.compile(by_first_letter(sorted(words(name), key=lambda word: (-len(word), word))))


def by_first_letter(ordered: Iterable[str]) -> str:
    """A regex for any of some words, of those that open alike the earlier; Latin ones only as whole words.

    Each branch opens with a letter of its own: such a pattern skips at once from one of these letters to the next.
    """
    branches: dict[str, list[str]] = {}
    for word in ordered:
        rest = re.escape(word[1:]) if has_chinese(word) else rf"(?<!\w{re.escape(word[0])}){re.escape(word[1:])}\b"
        branches.setdefault(word[0], []).append(rest)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in branches.items())


def word_in(name: str, text: str) -> str:
    """The first word of the list `name` in a text, or nothing."""
    found = any_of(name).search(text)
    return found[0] if found else ""


@cache
def small_classes() -> dict[str, str]:
    """Which small class of things a word names: 狗 → 动物, dog → animal."""
    found: dict[str, str] = {}
    for line in words("classes"):
        name, _, members = line.partition(":")
        found.update(dict.fromkeys(members.split(), name))
    return found


def size(text: str) -> int:
    """How long a text feels: Chinese characters, a Latin word counting for two."""
    if text.isascii():
        return 2 * len(_LATIN_WORD.findall(text))
    return sum(map(len, _HAN_RUN.findall(text))) + 2 * len(_LATIN_WORD.findall(text))


def word_count(text: str) -> int:
    """The number of words of a text in Latin letters."""
    return len(text.split())


_PAIRED = re.compile(r"""[（(《“「『【\[〈{）)》”」』】\]〉}`"]""")


def is_balanced(text: str) -> bool:
    """Whether brackets, quotes and backticks are paired and nested rightly."""
    open_marks: list[str] = []
    marks = _PAIRED.findall(text)
    if not marks:
        return True
    for mark in marks:
        if mark in _PAIRS:
            open_marks.append(mark)
        elif mark in _CLOSERS and (not open_marks or open_marks.pop() != _CLOSERS[mark]):
            return False
    return not open_marks and marks.count("`") % 2 == 0 and marks.count('"') % 2 == 0


def is_dangling(text: str) -> bool:
    """Whether a subject points outside itself: 这, 上图, 该书, 其中, it, this; 上皮组织 and 不等式 do not."""
    lowered = text.lstrip("“\"'「《 ").casefold()
    if not has_chinese(lowered[:1]):
        return _ENGLISH_DANGLING.match(lowered) is not None and not re.match(r"No [A-Z]", text)
    if lowered.startswith(words("dangling_safe")):
        return False
    if _bare_noun().match(lowered):
        return True
    return lowered.startswith(words("dangling")) or _ORDINAL.match(lowered) is not None


@cache
def _bare_noun() -> re.Pattern[str]:
    """方法, 结果 and the like where nothing says whose: alone, or followed by a verb."""
    return re.compile(f"(?:{'|'.join(words('dangling_nouns'))})(?:$|[的是在有就为上中之也，：])")


_ENGLISH_DANGLING = re.compile(
    r"(?:this|that|these|those|it|its|they|their|he|she|his|her|we|our|you|your|i|my|such|here|there|which|who|what|if"
    r"|when|while|where|why|how|because|so|but|and|or|then|also|both|one|ones|some|others?|another|each|all|most|many"
    r"|first|second|third|finally|however|therefore|thus|hence|for example|e\.g|i\.e|note|let|now|as|since|although"
    r"|though|once|after|before|by|in|on|at|to|for|from|with|without|not|no|the (?:following|above|below|former"
    r"|latter|same|other|first|second|next|last|result|problem|idea|reason|answer|goal|point|difference|main|only|most"
    r"|best|key|question|purpose|author|system|user|number|output|input))\b"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+[类种个点条步]")


@lru_cache(maxsize=4096)
def is_noun_phrase(text: str, longest: int = 24) -> bool:
    """Whether a Chinese or Latin piece may stand as a thing: no clause, verb, adverb, pronoun; brackets whole."""
    text = text.strip()
    if not text or size(text) > longest or not is_balanced(text) or CLAUSE.search(without_brackets(text)):
        return False
    if has_chinese(text):
        bare = _without_quotes(text).replace("可变", "")
        return not (word_in("verbs", bare) or _FUNCTION.search(bare) or _PRONOUN.search(bare))
    return word_count(text) <= longest // 2


@lru_cache(maxsize=4096)
def is_term(text: str, longest: int = 24) -> bool:
    """Whether a piece may be the subject that a question asks about."""
    text = text.strip()
    bare = ENGLISH_ARTICLE.sub("", text).casefold()
    return (
        is_noun_phrase(text, longest)
        and not is_dangling(text)
        and bare.strip("：: ") not in word_set("stop_terms")
        and not _NOT_A_TERM.fullmatch(text)
        and not _ENGLISH_CLAUSE.search(text)
        and _LETTER.search(text) is not None
    )


_NOT_A_TERM = re.compile(
    rf"[{_CJK}]|.*[的地得和与及、]|[\d.%\s年月日]+.*[年月日号]|[\d.%\s]+|\d+\s?[{_CJK}].*|[A-Za-z]|.*[中里上]的.*"
    r"|.*(?:时|期间|以来|时期|年代|世纪|中|里|上|下|内|外|前|后)"
    r"|第[一二三四五六七八九十\d]+[层点步条章节类种个段](?!.*[律法理]$).*|一[行个种条列类张组段块].*"
)
_LETTER = re.compile(rf"[{_CJK}A-Za-zÀ-ɏА-я$`]")
_ENGLISH_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|going|goes|has|have|had|can|will|should|must|do|does|did)\b"
)


_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)、])\s+")


def first_line(raw: str, text: str) -> str:
    """The term that stands alone on the first line of an item, what is said of it below; empty where it does not."""
    head, _, rest = raw.strip("\n").partition("\n")
    head = _LIST_MARK.sub("", head).strip(" *_")
    alone = rest.strip() and text.startswith(head) and not re.search(r"[，。：:；,.;]", head)
    return head if alone and is_term(head, 12) else ""


def is_latin(text: str) -> bool:
    """Whether a text is a name or phrase in Latin letters only."""
    return bool(text) and not has_chinese(text) and _LATIN_WORD.search(text) is not None


def is_name(text: str) -> bool:
    """Whether a text is a short proper name in Latin letters, such as CycleGAN, 7-Zip or Stack GAN."""
    return _NAME.fullmatch(text) is not None and len(text) > 1 and any(c.isupper() or c.isdigit() for c in text)


def glossed(text: str) -> tuple[str, str] | None:
    """Term and gloss of a piece that is just `term（gloss）`."""
    match = _GLOSSED.fullmatch(text.strip())
    return (match["term"].strip(), match["gloss"].strip()) if match else None


def number(text: str) -> int:
    """The number that 五, 十二, 两, 3 or four stands for; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    if text.casefold() in _NUMBER_EN:
        return _NUMBER_EN[text.casefold()]
    if len(text) == 1:
        return _NUMBER_ZH.get(text, 0)
    if len(text) == 2 and text[0] == "十":
        return 10 + _NUMBER_ZH.get(text[1], 0)
    return 0


_AND = re.compile(r"(?:以及|及其|和(?![平谐解声弦])|与(?!会)|及(?![格时])|跟(?![踪随进前]))(?=\S)|,?\s+(?:and|&)\s+")


def split_list(text: str) -> tuple[str, ...]:
    """The items of an enumeration such as `A、B和C`, `A，B，C` or `A, B and C`; brackets hold together."""
    mark = "、" if "、" in text else "，" if "，" in text else ", " if ", " in text else ""
    pieces = _split_outside(text, mark) if mark else [text]
    last = _AND.split(pieces[-1], maxsplit=1)
    if len(last) == 2 and all(part.strip() for part in last) and is_balanced(last[0]):
        pieces = [*pieces[:-1], *last]
    elif len(last) == 2:
        pieces = [*pieces[:-1], last[1]]
    items = (re.sub(r"^(?:and|and the|以及|和|及)\s*(?=\S)", "", p.strip(" 。.；;，,、")) for p in pieces)
    return tuple(item for item in items if item)


def _split_outside(text: str, mark: str) -> list[str]:
    """A text cut at a mark that stands outside brackets."""
    pieces, depth, start, i = [], 0, 0, 0
    while i < len(text):
        if text[i] in _PAIRS:
            depth += 1
        elif text[i] in _CLOSERS:
            depth = max(0, depth - 1)
        elif not depth and text.startswith(mark, i):
            pieces.append(text[start:i])
            start = i + len(mark)
        i += 1
    return [*pieces, text[start:]]


_ENCLOSED = re.compile(r"[（(][^（()）]*[）)]|《[^》]*》|“[^”]*”|`[^`]*`|\$[^$]*\$")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|`[^`]*`|[（(][^（()）]*[）)]")


def without_brackets(text: str) -> str:
    """A text with brackets, titles, quotes and code each as one letter."""
    return _ENCLOSED.sub("x", text)


def _without_quotes(text: str) -> str:
    return _QUOTED.sub("", text)


def initials_match(short: str, full: str) -> bool:
    """Whether each letter of an abbreviation starts a word or hyphen part of the full name, in order.

    Other words may be skipped, a letter may also stand inside the word it began (Extensible → X), a plural s counts
    for nothing.
    """
    letters = re.sub(r"[^A-Za-z0-9]", "", short)
    if letters.endswith("s") and letters[:-1].isupper():
        letters = letters[:-1]
    parts = re.findall(r"[A-Za-z0-9]+", full)
    if len(letters) < 2 or len(parts) < 2 or not full[:1].isalnum():
        return False
    return _consume(letters.casefold(), [part.casefold() for part in parts])


def _consume(letters: str, parts: list[str]) -> bool:
    taken, i = 0, 0
    for part in parts:
        if i < len(letters) and (part[0] == letters[i] or (letters[i] == "x" and part.startswith("ex"))):
            i += 1
            taken += 1
            inside = part[1:]
            while (
                i < len(letters)
                and taken < len(parts)
                and letters[i] in inside
                and not _starts_later(letters[i], parts)
            ):
                inside = inside[inside.index(letters[i]) + 1 :]
                i += 1
    return i == len(letters) and taken >= 2 and taken >= len(letters) - 1


def _starts_later(letter: str, parts: list[str]) -> bool:
    return any(part[0] == letter for part in parts[1:])


_MARKED = re.compile(r"^(?:[-*+•]\s+|\d{1,2}[.）)]\s*)")
_SAYING = re.compile(
    r"^(?:就是指|即是指|就是|即是|也即|即(?![使便将时刻席])|指的是|是指|指(?![向出导挥定标数针明示令引]))(?=\S)"
)


def trim(text: str) -> str:
    """An answer without its final mark, a leading 即/是/指 or list mark, and stray quotes' spaces."""
    text = text.strip().rstrip("。.;；，,、：: ")
    return _SAYING.sub("", _MARKED.sub("", text)).strip()


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`text.fold`, remembered for the blocks and headings that many findings share."""
    return fold(text)


@lru_cache(maxsize=4096)
def units(text: str) -> frozenset[str]:
    """What a text says, as pairs of Chinese characters and Latin words of three letters or more."""
    pairs = (run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1))
    latin = (word.casefold() for word in _LONG_WORD.findall(text))
    return frozenset(pairs) | frozenset(latin)
