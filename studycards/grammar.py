"""What a piece of a sentence is, by its shape and by word lists: a name, a noun phrase, a list, a number, a year."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from studycards.text import fold, has_chinese, is_chinese

_WORDS = Path(__file__).parent / "words"
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLAUSE = re.compile(r"[，。；：？！,;?!:\n]|——|->|=>|→|\s-\s")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏА-я0-9][\w'’.+#/&-]*")
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
    ordered = sorted(words(name), key=lambda word: (-len(word), word))
    opening = "".join(sorted({re.escape(word[0]) for word in ordered}))
    body = "|".join(re.escape(w) if has_chinese(w) else rf"\b{re.escape(w)}\b" for w in ordered)
    return re.compile(f"(?=[{opening}])(?:{body})")


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
    return len(re.findall(f"[{_CJK}]", text)) + 2 * len(_LATIN_WORD.findall(text))


def word_count(text: str) -> int:
    """The number of words of a text in Latin letters."""
    return len(text.split())


_PAIRED = re.compile(r"""[（(《“「『【\[〈{）)》”」』】\]〉}`"]""")


def is_balanced(text: str) -> bool:
    """Whether brackets, quotes and backticks are paired and nested rightly."""
    if not _PAIRED.search(text):
        return True
    open_marks: list[str] = []
    for mark in text:
        if mark in _PAIRS:
            open_marks.append(mark)
        elif mark in _CLOSERS and (not open_marks or open_marks.pop() != _CLOSERS[mark]):
            return False
    return not open_marks and text.count("`") % 2 == 0 and text.count('"') % 2 == 0


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
    if not text or size(text) > longest or not is_balanced(text) or _CLAUSE.search(_without_brackets(text)):
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
        and re.search(rf"[{_CJK}A-Za-zÀ-ɏА-я$`]", text) is not None
    )


_NOT_A_TERM = re.compile(
    rf"[{_CJK}]|.*[的地得和与及、]|[\d.%\s年月日]+.*[年月日号]|[\d.%\s]+|\d+\s?[{_CJK}].*|[A-Za-z]|.*[中里上]的.*"
    r"|.*(?:时|期间|以来|时期|年代|世纪|中|里|上|下|内|外|前|后)"
)
_ENGLISH_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|going|goes|has|have|had|can|will|should|must|do|does|did)\b"
)


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


def split_list(text: str) -> tuple[str, ...]:
    """The items of an enumeration such as `A、B和C`, `A，B，C` or `A, B and C`; brackets hold together."""
    mark = "、" if "、" in text else "，" if "，" in text else ", " if ", " in text else ""
    pieces = _split_outside(text, mark) if mark else [text]
    last = re.split(r"(?:以及|及其|和|与|及|跟)(?=\S)|,?\s+(?:and|&)\s+", pieces[-1], maxsplit=1)
    if len(last) == 2 and all(part.strip() for part in last) and is_balanced(last[0]):
        pieces = [*pieces[:-1], *last]
    elif len(last) == 2:
        pieces = [*pieces[:-1], last[1]]
    items = (re.sub(r"^(?:and|and the|以及|和|及)\s*(?=\S)", "", p.strip(" 。.；;，,、")) for p in pieces)
    return tuple(item for item in items if item)


def _split_outside(text: str, mark: str) -> list[str]:
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


def _without_brackets(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]|《[^》]*》|“[^”]*”|`[^`]*`|\$[^$]*\$", "x", text)


def _without_quotes(text: str) -> str:
    return re.sub(r"《[^》]*》|“[^”]*”|`[^`]*`|[（(][^（()）]*[）)]", "", text)


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


def trim(text: str) -> str:
    """An answer without its final mark, a leading 即/是/指 or list mark, and stray quotes' spaces."""
    text = text.strip().rstrip("。.;；，,、：: ")
    text = re.sub(r"^(?:[-*+•]\s+|\d{1,2}[.）)]\s*)", "", text)
    return re.sub(
        r"^(?:就是指|即是指|就是|即是|也即|即(?![使便将时刻席])|指的是|是指|指(?![向出导挥定标数针明示令引]))(?=\S)",
        "",
        text,
    ).strip()


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`text.fold`, remembered for the blocks and headings that many findings share."""
    return fold(text)


@lru_cache(maxsize=4096)
def units(text: str) -> frozenset[str]:
    """What a text says, as pairs of Chinese characters and Latin words of three letters or more."""
    pairs = (run[i : i + 2] for run in re.findall(f"[{_CJK}]{{2,}}", text) for i in range(len(run) - 1))
    latin = (word.casefold() for word in re.findall(r"[A-Za-z0-9]{3,}", text))
    return frozenset(pairs) | frozenset(latin)


_COPULA = re.compile(r"(?P<adverb>[就即乃便]?)(?P<verb>指的是|是指|指|是)")
_BAD_TERM_END = re.compile(
    r"(?:[则便乃也都还又正只不并却既仍才更最先将可会能要]|其实|实际上|一般|通常|主要|本来|原来|可能|应该|已经|曾经"
    r"|同样|显然|自然|当然|首先|一直|往往|甚至|尤其|确实|的确|本身|指的|目的|结果|原因"
    r"|问题|关键)$"
)
_BAD_REST = re.compile(
    r"^(?:[不很由在从为因以对被把这那它他她我你否有没可能会要想需无谁吗如]|非常|十分|比较|相当|最(?!小|大|优"
    r"|高|低|早|近|终)|通过|用来|用于|为了|因为|怎么|什么|哪|一样|一回事|同一|相同"
    r"|类似|来自|根据|按照"
    r"|一个?(?:问题|例子|好|不错|很|非常|比较|重要|关键|难|坏|大问题|挑战|谜|笑话|悲剧|奇迹)|必须|必要|正确"
    r"|错误|重要|关键|显然|真|假|对的|错的|大家|人们|目前|现在|当|两个不同|上"
    r"|下|前|后|其|此|该|否则|所以|只|仅|基于)"
)
_CHINESE_COMMA = re.compile("，|,(?=\\s?[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]),")
_PRAISED = re.compile(
    r"最(?:热门|常用|流行|好|重要|简单|基本|典型|常见|主要|强|优秀|著名|有名|火|受欢迎|美|棒|大的(?:问题|特点"
    r"|缺点|优点|区别|不同|好处|困难|挑战))"
    r"|很|非常|^一[个种](?:理想|不错|有趣|有用|重要|典型|很|非常|比较|绝佳|难得|大胆|简单|巨大|伟大|普通|正常)"
)
_TAIL = re.compile(
    r"[，,](?=(?:但|而|所以|因此|不过|然而|其实|虽然|例如|比如|譬如|如|并且|且|它|这|其|也|还|又|只|就|因为"
    r"|由于|后来|同时|通常|一般|主要|可|我|你|但是|故|于是|从而|以)"
    r"|(?:其中|此外|另外))"
)
_ONE = re.compile(r"^(?:是)?一(?:种|款|个|类|套|门|项|部|位|名|条|座|支|组|本|份|颗|家|段|片|块|篇|幅|首|群|系列|对)")
_HEAD = re.compile(r"的[^的，。；：]{1,14}$")


@lru_cache(maxsize=4096)
def copula(text: str) -> tuple[str, str] | None:
    """Subject and predicate of a sentence `A是B`, cut at the first 是, 指 or 是指 outside brackets."""
    for match in _COPULA.finditer(text, 1):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        left = re.sub(r"^(?:而|因此|所以|也就是说|其实)(?=\S{2})", "", left)
        if not is_balanced(left):
            continue
        if match["verb"] == "指" and (not left or text[match.end() : match.end() + 1] in "向出导挥定标数针明示令引"):
            continue
        if not right or _BAD_TERM_END.search(left) or re.search(r"[但可于总凡算或]$", left):
            return None
        return (left, right) if not _CLAUSE.search(_without_brackets(left)) else None
    return None


def definition(rest: str, longest: int = 40) -> str:
    """What a predicate says a thing is, cut to one noun phrase where it runs on; empty where it defines nothing."""
    rest = rest.lstrip("，：:, ").removeprefix("是")
    if _BAD_REST.match(rest) or _PRAISED.search(rest[:24]):
        return ""
    cut = _TAIL.split(rest, maxsplit=1)[0]
    first = _CHINESE_COMMA.split(cut, maxsplit=1)[0].strip()
    first = first if is_balanced(first) else cut
    if first != cut and (len(cut) > longest or (_ONE.match(first) and len(first) >= 7) or _HEAD.search(first)):
        cut = first
    cut = trim(cut)
    if len(cut) < 3 or cut.endswith(("的", "了", "着", "吗", "呢", "等", "之一", "时")) or not is_balanced(cut):
        return ""
    return cut if _ONE.match(cut) or _HEAD.search(cut) or _ends_in_class(cut) else ""


def is_one_of_a_kind(text: str) -> bool:
    """Whether a definition opens with 一种, 一个 and the like."""
    return _ONE.match(text) is not None


_CLASS_NOUN = re.compile(
    r"(?:模型|算法|方法|协议|工具|框架|语言|系统|网络|技术|理论|函数|矩阵|向量|空间|软件|硬件|平台|数据库"
    r"|接口|标准|规范|格式|库|引擎|过程|机制|策略|结构|概念|现象|效应|定理|定律|原理"
    r"|单位|国家|城市|民族|宗教"
    r"|教派|王朝|帝国|战役|战争|组织|机构|公司|大学|学科|学派|流派|运动|制度|物质|元素|粒子|细胞|蛋白质?|病毒"
    r"|细菌|疾病|器官|植物|动物|生物|行星|恒星|卫星|星系|山脉|河流|岛屿|著作|史书"
    r"|小说|作品|论文|期刊|奖项"
    r"|职位|官职|称号|学家|领袖|功臣|将军|皇帝|国王|首都|总理|主席|总统|工艺|手段|服务|缩写|简称|统称|总称"
    r"|别名|同义词|集合|子集|分布|变量|常数|运算|操作|指令|命令|设备|芯片|处理器"
    r"|寄存器|文件|目录|进程|线程)$"
)


def _ends_in_class(text: str) -> bool:
    return _CLASS_NOUN.search(text) is not None


def ends_in_kind(text: str) -> bool:
    """Whether a phrase ends in a noun that names a kind of thing, such as 模型 or 协议."""
    return _ends_in_class(text)


_SIDE = re.compile(
    r"[，,](?=\s?(?:例如|比如|如|但|因此|所以|这|e\.g|i\.e|such as|for example|which|where|so |but |just as))"
    r"|\s?[（(](?:例如|比如|如|e\.g)"
)
_HANGING = re.compile(
    r"^(?:虽然|如果|当|由于|因为|即使|尽管|对于|在.{1,12}[中上下时]$)|(?:时|后|情况下|之前|之后|方面|为了|其中)$"
)


def sentence_part(text: str, longest: int = 40) -> str:
    """The first sentence of a text as an answer: its first clause alone where the whole would be too long.

    Empty where that clause leaves its sentence hanging (虽然…, …的情况下).
    """
    first = re.split(r"(?<=[。！？；])|(?<=[.!?;])\s+(?=[A-Z(])|\n(?=\s*[-*+\d])", text.strip(), maxsplit=1)[0]
    first = trim(re.sub(r"\s*\n\s*", " ", first))
    chinese = is_chinese(first)
    cut = trim(_SIDE.split(first, maxsplit=1)[0])
    if chinese and len(cut) > longest:
        cut = trim(_CHINESE_COMMA.split(cut, maxsplit=1)[0])
    elif not chinese and word_count(cut) > 20 and " (" in cut:
        cut = trim(cut.split(" (")[0])
    if not is_balanced(cut):
        return first
    return "" if chinese and _HANGING.search(cut) else cut


_AWAY = re.compile(
    r"^(?:[它他她]|这(?!不)|那(?!不)|此(?!岸)|该|其(?!他)|上述|以上|以下|如[上下]|前者|后者|我|你|大家|因为"
    r"|所以|但|如果|当(?!代|归)|虽然|也|还|又|而且|并且"
    r"|(?:it|this|that|these|those|they|he|she|we|you|i|here|there|if|when|because|so|but|and|or|also|then|however)\b)",
    re.IGNORECASE,
)


def points_away(text: str) -> bool:
    """Whether an answer opens with a word that needs what stood before it."""
    return _AWAY.match(text.strip()) is not None


_PERSON = re.compile(
    r"(?:学家|作家|画家|诗人|将领|将军|皇帝|国王|女王|总统|总理|首相|领袖|院士|教授|导演|演员|歌手|记者"
    r"|工程师|传教士|政治家|思想家|音乐家"
    r"|企业家|飞行员|宇航员|创始人|奠基人|老公|丈夫|妻子|儿子|女儿|父亲|母亲|兄弟|弟弟|哥哥|学生|导师|徒弟"
    r"|名将|大臣|刺史|太守|皇后|公主)$"
)


def is_person(said: str) -> bool:
    """Whether a definition says of somebody who they are."""
    return _PERSON.search(said) is not None
