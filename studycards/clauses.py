"""How a sentence is cut: its subject and what is said of it, a definition, the part that answers."""

from __future__ import annotations

import re
from functools import lru_cache

from studycards.grammar import CLAUSE, is_balanced, trim, without_brackets, word_count
from studycards.text import is_chinese

_COPULA = re.compile(r"(?P<adverb>[就即乃便]?)(?P<verb>指的是|是指|泛指|特指|指|是)")
_BAD_TERM_END = re.compile(
    r"(?:[则便乃也都还又正只不并却既仍才更最先将可会能要]|其实|实际上|一般|通常|主要|本来|原来|可能|应该|已经|曾经"
    r"|同样|显然|自然|当然|首先|一直|往往|甚至|尤其|确实|的确|本身|指的|目的|结果|原因"
    r"|问题|关键)$"
)
_SEEN = re.compile(
    r"^(?:从[^，。]{2,14}可(?:知|见|以看出)|由[^，。]{0,8}可(?:知|见)|可以看出|简单(?:来说|地说|说)|换句话说|一般来说|通俗地?[来]?[说讲])，"
)
_SUPPOSED = re.compile(r"(?:假设|假定|若|令|设(?![计备施定置立]))")
_BAD_REST = re.compile(
    r"^(?:对(?![^，。]{2,24}的[^的，。]{1,8}$)|[不很由在从为因以被把这那它他她我你否有没可能会要想需无谁吗如]|非常|十分|比较|相当|最(?!小|大|优"
    r"|高|低|早|近|终)|通过|用来|用于|为了|因为|怎么|什么|哪|一样|一回事|同一|相同"
    r"|类似|来自|根据|按照"
    r"|一个?(?:问题|例子|好|不错|很|非常|比较|重要|关键|难|坏|大问题|挑战|谜|笑话|悲剧|奇迹)|必须|必要|正确"
    r"|错误|重要|关键|显然|真|假|对的|错的|大家|人们|目前|现在|当|两个不同|上"
    r"|下|前|后|其|此|该|否则|所以|只|仅|基于)"
)
_CHINESE_COMMA = re.compile("，|,(?=\\s?[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]),")
_PRAISED = re.compile(
    r"最(?:基础|广泛|热门|常用|流行|好|重要|简单|基本|典型|常见|主要|强|优秀|著名|有名|火|受欢迎|美|棒|大的(?:问题|特点"
    r"|缺点|优点|区别|不同|好处|困难|挑战))"
    r"|很|非常|较多|也最|^所谓|^一[个种](?:理想|不错|有趣|有用|重要|典型|很|非常|比较|绝佳|难得|大胆|简单|巨大|伟大|普通|正常)"
)
_EMPTY = re.compile(
    r"^[^，]{0,12}?(?:的|^)(?:一[个种类项门])?(?:最?基本|常见|常用|重要|主要|著名|经典|核心|热门|新兴)?的?"
    r"(?:概念|词汇|术语|名词|子领域|领域|分支|研究领域|问题|话题|研究方向|方向|课题|学科)$"
)
_GENERAL = re.compile(
    r"一?[款个种套门]?(?:免费|收费|付费|开源|商业|著名|知名|强大|全新|新|流行|简单|常用|轻量|优秀|自由|功能|[的、和且又])*"
    r"(?:软件|工具|程序|框架|平台|系统|模型|算法|方法|产品|语言|库|项目|网站|技术)$"
)
_BOUND = re.compile(r"\) (?:other|than|except|whose)\b")
_TAIL = re.compile(
    r"[，,](?=(?:但|而|所以|因此|不过|然而|其实|虽然|例如|比如|譬如|如|并且|且|它|这|其|也|还|又|只|就|因为"
    r"|由于|后来|同时|通常|一般|主要|可|我|你|但是|故|于是|从而|以|位于|坐落|使用|通过|用于|用来|能|由|具有)"
    r"|(?:其中|此外|另外))"
)
_ONE = re.compile(
    r"^(?:是)?一(?:[种種款个個类類套门門项項条條]|部|位|名|条|座|支|组|本|份|颗|家|段|片|块|篇|幅|首|群|系列|对)"
)
_HEAD = re.compile(r"的[^的，。；：]{1,14}$")


@lru_cache(maxsize=512)
def copula(text: str) -> tuple[str, str] | None:
    """Subject and predicate of a sentence `A是B`, cut at the first 是, 指 or 是指 outside brackets."""
    text = _SEEN.sub("", text)
    for match in _COPULA.finditer(text, 1):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        left = re.sub(r"^(?:而|因此|所以|也就是说|其实)(?=\S{2})", "", left)
        if not is_balanced(left):
            continue
        if match["verb"] == "指" and (not left or text[match.end() : match.end() + 1] in "向出导挥定标数针明示令引"):
            continue
        if _SUPPOSED.match(left) or "以及" in left:
            return None
        if not right or _BAD_TERM_END.search(left) or re.search(r"[但可于总凡算或]$", left):
            return None
        return (left, right) if not CLAUSE.search(without_brackets(left)) else None
    return None


# Who made a thing and when says too little of what it is, and a version says its own name.
_OWED = re.compile(
    r"(?:\d{4}年[初底末中]?的?|(?:提出|发起|领导|推出|开发|发表|发布|研发|出品|创建|完成|做)的?[^，的]{0,12}的?)"
    r"(?:又?一[个篇项款种])?(?:作品|成果|项目|产品|工作|论文|文章|研究|[A-Z]{2,5}模型)$"
    r"|^[^，]{1,16}的(?:升级|改进|增强|新|旧|第.代|后续)版?本?$"
)


def definition(rest: str, longest: int = 40) -> str:
    """What a predicate says a thing is, cut to one noun phrase where it runs on; empty where it defines nothing."""
    rest = re.sub(r"^个(?![人体性位案头股])", "", rest.lstrip("，：:, ").removeprefix("是"))
    if _OWED.search(rest.rstrip("。；.;")) or _BAD_REST.match(rest) or _PRAISED.search(rest[:24]):
        return ""
    cut = _TAIL.split(rest, maxsplit=1)[0]
    first = _CHINESE_COMMA.split(cut, maxsplit=1)[0].strip()
    if first.endswith("的") or _GENERAL.match(first) or "另一个" in first or "另一种" in first:
        return ""
    first = first if is_balanced(first) else cut
    if first != cut and (len(cut) > longest or (_ONE.match(first) and len(first) >= 7) or _HEAD.search(first)):
        cut = first
    cut = trim(cut)
    if (
        len(cut) < 3
        or _EMPTY.match(cut)
        or cut.endswith(("的", "了", "着", "吗", "呢", "等", "之一", "时"))
        or not is_balanced(cut)
        or (_ONE.match(cut) and cut.endswith(("处", "里", "中", "上", "下", "内")))
    ):
        return ""
    return cut if _ONE.match(cut) or _HEAD.search(cut) or _ends_in_class(cut) else ""


def is_one_of_a_kind(text: str) -> bool:
    """Whether a definition opens with 一种, 一个 and the like."""
    return _ONE.match(text) is not None


_CLASS_NOUN = re.compile(
    r"(?:程式|系統|軟體|硬體|網路|資料|記憶體|裝置|語言|過程|機制|結構|概念|協定|演算法|細胞|物質|構造|場所|區域|模型|算法|方法|协议|工具|框架|语言|系统|网络|技术|理论|函数|矩阵"
    r"|向量|空间|软件|硬件|平台|数据库"
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
    elif not chinese and word_count(cut) > 20 and " (" in cut and not _BOUND.search(cut):
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
    r"(?:人物|学者|学家|作家|画家|诗人|将领|将军|皇帝|国王|女王|总统|总理|首相|领袖|院士|教授|导演|演员|歌手|记者"
    r"|工程师|传教士|政治家|思想家|音乐家"
    r"|企业家|飞行员|宇航员|创始人|奠基人|老公|丈夫|妻子|儿子|女儿|父亲|母亲|兄弟|弟弟|哥哥|学生|导师|徒弟"
    r"|名将|大臣|刺史|太守|皇后|公主)$"
)


def is_person(said: str) -> bool:
    """Whether a definition says of somebody who they are."""
    return _PERSON.search(said) is not None


_ASKS = re.compile(r"[？?]$")
_VAGUE = re.compile(r"^(?:为什么|怎么办|如何|是什么|what|why|how|and|so|那|这|它)[？?]*$", re.IGNORECASE)
_CLEAR = re.compile(
    r"^(?:What (?:is|are)|Why (?:do|does|is|are)|How (?:do|does)|什么是|为什么|.{2,16}是什么)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*[.、]?\s*(?=\D)")
_YES_NO = re.compile(r"^(?:is|are|do|does|did|can|could|should|has|have|will)\b|吗[？?]|是否|是不是", re.IGNORECASE)


_ENGLISH_QUESTION = re.compile(
    r"(?:[\w' -]+, )?(?:(?:in|for|to|from|at|on|by) )?(?:what|why|how|when|where|which|who|whose)\b.* .*", re.IGNORECASE
)


def bare_question(text: str) -> str:
    """A question that a note asks, without the number before it."""
    return _NUMBERED.sub("", text.strip())


def answers_clearly(question: str) -> bool:
    """Whether a question says plainly what it wants: What is, 什么是, 为什么."""
    return _CLEAR.match(question) is not None


def answers(question: str, answer: str) -> bool:
    """Whether a text can answer a question that a note asks: one question, no yes or no, no question or list back."""
    said = answer.strip()
    return (
        len(said) >= 6
        and "有哪些" not in question
        and not re.match(r"^\d|Q\.A", said)
        and not _ASKS.search(said)
        and not said.endswith(("：", ":"))
        and not _VAGUE.match(question)
        and not _YES_NO.search(question)
        and not points_away(answer)
        and len(re.findall(r"[？?]", question)) == 1
        and (is_chinese(question) or _ENGLISH_QUESTION.match(question) is not None)
    )
