"""Question words and forms, Chinese and English, that the rules ask with."""

from __future__ import annotations

import re

from studycards.text import has_chinese

_LATIN_END = re.compile(r"[A-Za-z0-9`$)\]]$")
_ONE = re.compile(r"^一(?:[种種款个個类類套门門项項条條]|部|位|名|条|座|支|组|本|份|颗|家|段|片|块|篇|幅|首)")
_MANY = re.compile(
    r"(?:工具|软件|框架|系统|平台|库|模型|算法|方法|协议|语言|技术|网络|[器机]|引擎|产品|服务|程序|项目|组织|公司|格式|结构|设备)$"
)
_NAMED = re.compile(r"(?:名字|名称|称呼|别名|称号)$")
_MODIFIED = re.compile(r"^(?P<modifier>.{4,})的(?P<head>[^的]{1,12})$")


_TRADITIONAL = re.compile(
    "[們個這為與對體學統實際發機電腦資訊種類應區國東車門關開問題說語記識認讓過還進運動後來時間現業產義點層稱號圖線網結構組織醫藥歷戰爭軍華藝術書畫]"
)
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_SCRIPT = str.maketrans("么谁个两种称缩写题据笔记时几们这为什", "麼誰個兩種稱縮寫題據筆記時幾們這為什")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional Chinese characters."""
    told = 0 if text.isascii() else len(_TRADITIONAL.findall(text))
    return told > 0 and told * 20 > sum(map(len, _CHINESE.findall(text)))


def in_script(question: str, traditional: bool) -> str:
    """A question whose own words stand in the script of what it asks about: 什麼 beside traditional characters."""
    return question.translate(_SCRIPT) if traditional else question


def spaced(left: str, right: str, spacing: bool) -> str:
    """Two pieces joined; a space between Chinese and Latin where the note writes one."""
    meets = bool(_LATIN_END.search(left)) != bool(re.match(r"[A-Za-z0-9`$(\[]", right)) and (
        has_chinese(left[-1:]) or has_chinese(right[:1])
    )
    return f"{left} {right}" if spacing and meets else left + right


def meaning(term: str, chinese: bool, spacing: bool = False, verb: str = "is") -> str:
    """Asks what a term is."""
    return spaced(term, "是什么？", spacing) if chinese else f"What {verb} {with_article(term)}?"


_LAWFUL = re.compile(
    r"(?:effect|error|law|theorem|principle|paradox|hypothesis|rule|equation|inequality|fallacy|formula|lemma|test"
    r"|cycle|curve|dilemma|heuristic|illusion|model|constant|system|revolution|treaty|empire|dynasty|layer|coefficient)"
    r"(?: \([^()]*\))?$"
)
_ARTICLED = re.compile(r"(?:an?|the|one|any|every|each|its|their)\s", re.IGNORECASE)


def with_article(term: str) -> str:
    """An English term with `the` where it names one thing by a common noun: the Barnum effect, the hash function."""
    if not _LAWFUL.search(term) or _ARTICLED.match(term) or " " not in term or has_chinese(term):
        return term
    return f"the {term}"


def term_for(definition: str) -> str:
    """Asks back from a Chinese definition to its term, or nothing where the definition is too general to ask from."""
    plain = _ONE.sub("", definition)
    if plain != definition and _MANY.search(plain):
        return ""
    if re.search(r"[，；（(]|一[个种类项门]|之一", plain):
        return ""
    if _NAMED.search(plain):
        return f"{plain}叫什么？"
    match = _MODIFIED.match(plain)
    return f"{plain}叫什么？" if match and len(match["modifier"]) >= 6 else ""


def full_name(short: str, chinese: bool, spacing: bool = False) -> str:
    """Asks what an abbreviation stands for."""
    return spaced(short, "的全称是什么？", spacing) if chinese else f"What does {short} stand for?"


def abbreviation(full: str, chinese: bool, spacing: bool = False) -> str:
    """Asks for the abbreviation of a full name."""
    return spaced(full, "的缩写是什么？", spacing) if chinese else f"What is the abbreviation of {full}?"


def who(name: str, chinese: bool, spacing: bool = False) -> str:
    """Asks who a person is."""
    return spaced(name, "是谁？", spacing) if chinese else f"Who is {name}?"


_KIND_END = re.compile(r"[性度率法论式学器化量级层体物素酶膜键能力场波子数值点线面集群图表树码包流池器机网库阵务]$")


def names_a_kind(term: str) -> bool:
    """Whether a Chinese term is a word of a field, not somebody's or something's name: 原子性, 迁移学习法."""
    return _KIND_END.search(term) is not None and "·" not in term


def foreign(term: str, chinese_to_latin: bool) -> str:
    """Asks for the other language's word of a term."""
    return f"“{term}”的{'英文' if chinese_to_latin else '中文'}是什么？"


def paper(name: str, chinese: bool, spacing: bool = False) -> str:
    """Asks for the title of the paper that a model comes from."""
    return spaced(name, "的论文题目是什么？", spacing) if chinese else f"Which paper introduced {name}?"


def other_name(term: str, verb: str, chinese: bool, spacing: bool = False) -> str:
    """Asks for another name of a term, with the note's own verb in Chinese."""
    return spaced(term, f"{verb}什么？", spacing) if chinese else f"What else is {term} called?"


def in_place(text: str, span: tuple[int, int], word: str) -> str:
    """A clause with one piece replaced by a question word."""
    asked = text[: span[0]] + word + text[span[1] :]
    return asked.strip().rstrip("。，；：.,;: ") + "？"


def which(count: str, measure: str) -> str:
    """The question word for a counted list: 哪五个."""
    return f"哪{count}{measure}"


def holes(prefix: str, items: tuple[str, ...], mark: str, suffix: str = "") -> str:
    """A cloze text in which every item of a list is a hole of its own."""
    body = mark.join(f"{{{{c{i}::{item}}}}}" for i, item in enumerate(items, 1))
    return f"{prefix}{body}{suffix}"


def hole(text: str, span: tuple[int, int]) -> str:
    """A cloze text with one hole."""
    return f"{text[: span[0]]}{{{{c1::{text[span[0] : span[1]]}}}}}{text[span[1] :]}"


def labelled(question: str, label: str) -> str:
    """A question under its context label."""
    return f"（{label}）{question}" if has_chinese(label + question) else f"({label}) {question}"


_PURPOSE = re.compile(
    r"^(?:为[^了]|对|依次|用于|用来|负责|提供|建立|管理|将|把|使|让|实现|允许|支持|可以?|能|帮助|避免|防止|解决|保证"
    r"|减少|提高|增加|控制|检测|记录|存储|描述|返回)"
)
_FEATURE = re.compile(r"^(?:强调|崇尚|具有|注重|重视|主张|信奉|追求|不[需用要能会])")
_DOES = re.compile(r"^[a-z]{3,}s (?:the|a|an|each|every|all|its|by|how|for|near|or|parts?|which|that|to|on|up|down)\b")
_PLURAL = frozenset(
    {"this", "loss", "class", "process", "access", "plus", "does", "was", "has", "bias", "basis", "analysis"}
)
_NOUN_END = re.compile(r"^一(?:种|款|个|类|套|门|项|部|位|名|条|组|系列)|的[^的，]{1,12}$")


_TITLE_WORD = re.compile(r"[^a-z\s]\S*|(?:of|the|for|and|de|van|von|to|in)")
_OF_A_THING = re.compile(r"\bof\b.* \W*[A-Z]\W*$")


def is_title(term: str) -> bool:
    """Whether an English term reads as a name, so that it needs no article: one word, or each with a capital."""
    parts = term.split()
    plural = parts[-1].endswith("s") and not parts[-1].endswith(("ss", "us", "is", "'s"))
    if plural or _OF_A_THING.search(term):
        return False
    return len(parts) == 1 or all(_TITLE_WORD.fullmatch(part) for part in parts)


def about(term: str, said: str, chinese: bool, spacing: bool = False) -> str:
    """Asks about a term in words that fit what is said of it: what it is, what it does, what it means."""
    if not chinese:
        does = _DOES.match(said) and said.split()[0] not in _PLURAL
        if does:
            return f"What does {term} do?"
        if with_article(term) != term:
            return f"What is {with_article(term)}?"
        return f"What is {term}?" if is_title(term) else f"What does “{term}” mean?"
    if re.search(r"[相不]同$", said) or re.match(r"通过|利用|由|在|从", said):
        return spaced(term, "指什么？", spacing)
    if _FEATURE.match(said):
        return spaced(term, "有什么特点？", spacing)
    if _PURPOSE.match(said):
        return spaced(term, "的作用是什么？", spacing)
    return spaced(term, "是什么？" if _NOUN_END.search(said) else "指什么？", spacing)
