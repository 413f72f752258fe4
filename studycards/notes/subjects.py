"""What a sentence speaks of, and what a pronoun at its start stands for; where that is not certain, nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from studycards.notes.note import Sentence
from studycards.notes.people import is_latin_person, is_person
from studycards.notes.wordlist import choice, words

_CONNECTIVE = re.compile(rf"(?>{choice('connectives')})(?!的)(?:[，,][ ]*|[ ]+|(?<=[\u4e00-\u9fff])(?=\S))")
_DATE = (
    r"(?:(?:公元前?)?[\d０-９]{1,4}年)?(?:[\d０-９]{1,2}月)?(?:[\d０-９]{1,2}日)?(?<=[年月日])"
    r"(?:晚上|上午|下午|凌晨|前后|左右|以后|以来|初|末|底|间|春|夏|秋|冬)?"
)
_SETTING = re.compile(
    r"(?:(?:在|从|当|对于|对|根据|据|按照|为了|随着|自|直到|到|除了|除|与)[^，。；]{1,40}，"
    rf"|{_DATE}[，,]?)[ ]*"
)
_DATED = re.compile(r"(?:公元前?)?[ ]*\d{1,4}[ ]*年")
_POINTER = re.compile(rf"(?:{choice('pointers')})")
_PRONOUN = re.compile(
    rf"(?P<named>该(?:类|种|项|个|部|款|本|篇)?(?P<noun>[\u4e00-\u9fff]{{1,4}}?)(?=[\u7684是由为成于被可能将在有使通主只不，,]))"
    rf"|(?P<plain>(?:{choice('pronouns')})(?P<own>的)?)(?![它他她余实次中])"
)
_FIRSTS = "".join(sorted({word[0] for word in words("predicates")}))
_BEFORE = re.compile(
    rf"(?=[{_FIRSTS}为由被，：:—])(?:(?:{choice('predicates')})(?![商者员器])|为(?<![行作认因成人]为)(?![什了何])"
    r"|由(?<![自理路经缘来]由)|被|，|：|:|——)"
)
_PREDICATE = re.compile(rf"(?:{choice('predicates')}|即|也|被|由|又|为|一[种个款]|[\d０-９]{{3,4}}[年～~—-])")
_ADVERBS = re.compile(
    r"(?:一般|通常|往往|其实|本质上|实际上|也|都|则|就|便|又|还|已经|已|曾经|曾|本来|最早|最初|逐渐|主要|仅仅|仅|只|才|并|均"
    r"|分别|正|正好|刚好|当然|显然|的最大特点|虽然|不|再|常|更|会|能|可|要|应|所|从|对|在|与|把|将|向|跟|给|于|受|就像)+$"
)
_ADVERB_ENDS = frozenset(
    "般常往实上也都则就便又还经已曾来早初渐要仅只才并均别正好然点虽不再更会能可应所从对在与把将向跟给于受像"
)
_BAD_SUBJECT = re.compile(
    r"(?:如|若|因|由|以|把|将|被|让|使|令|则|有|没|不|无|并|再|很|最|更|只|可|能|会|要|请|我|你|咱|大家|人们|谁|什么|怎|哪|何|为"
    r"|就|受|凡|又|至于|非但|莫非|现在|听|看|真|每|所|图 ?\d|表 ?\d|公式|\d|随后|早|刚|当)"
)
_VERBAL = re.compile(
    r"[了很着曾把被让]|自己|从.|得知|在.|就像|虽然|又|都|已|(?<![学小传])说|去|吗|呢"
    r"|(?:里|后|前|时|时候|上|下|中|之际|方面|以来|之间|而言|来说|问题|原因|结果|今天|当日|晚上|的)$"
)
_GLOSS = re.compile(r"[ ]*[（(][^（()）]*[)）]$")
_CJK = re.compile("[\u4e00-\u9fff]")

_EN_PRONOUN = re.compile(r"(?P<own>Its|Their|His|Her)\b|(?P<plain>It|They|He|She)\b(?!['’])")
_EN_THIS = re.compile(r"(?:This|That|These|Those)\b")
_EN_VERB = re.compile(
    rf" (?:(?:also|often|usually|only|always|never|generally|typically|then) )?(?:{choice('verbs_en')})\b"
)
_ARTICLE = re.compile(r"(?:The|A|An) ")
_MAX_CHINESE = 24
_MAX_ENGLISH = 60
_MAX_WORDS = 7
_SEARCHED = 80


class Found(NamedTuple):
    """What opens a sentence: a name, or a pronoun that wants one. `person` says what the pronoun can stand for."""

    subject: str = ""
    pronoun: str = ""
    tail: str = ""
    person: bool | None = None
    kind: str = ""
    dangling: bool = False
    omitted: bool = False


_NOTHING = Found()
_OMITTED = Found(omitted=True)
_POINTING = Found(dangling=True)
_TIES = frozenset(
    "在从当对根据按为随自直到除与公该0123456789０１２３４５６７８９"
    + "".join(word[0] for name in ("connectives", "pointers", "pronouns") for word in words(name))
)


class Speaker:
    """Who was spoken of last in a topic block; a heading counts until a sentence names somebody else."""

    def __init__(self, last: str = "", heading: str = "") -> None:
        self._last = last
        self._heading = heading

    def enter(self, heading: str) -> None:
        """Go under a heading: what was said before no longer holds."""
        self._heading = self._last = heading if _is_name(heading) else ""

    def leave_topic(self) -> None:
        """Pass a break."""
        self._heading = self._last = ""

    def aside(self, title: str | None = None) -> Speaker:
        """A speaker for an item (or, with a title, for a callout or quote), which tells nothing back."""
        if title is None:
            return Speaker(self._last, self._heading)
        return Speaker(title if _is_name(title) else "")

    def say(self, text: str, line: int, end_line: int, first: bool, bold: str) -> Sentence:
        """The next sentence, with its subject."""
        before = self._last
        if bold and text.startswith(bold):
            found = Found(bold)
        elif (len(text) <= 6 and text[-1:] in "：:") or (text[:1] == "《" and text[-1:] == "》"):
            return Sentence(text, line, end_line, first=first, antecedent=before, bold=bold)
        else:
            found = find_subject(text)
        subject, resolved = found.subject, False
        if found.pronoun and _fits(found, before):
            subject, resolved = before + found.tail, True
        if not found.omitted:
            self._last = before if resolved else subject
        dangling = found.dangling or bool(found.pronoun and not resolved)
        pronoun = found.pronoun
        return Sentence(text, line, end_line, subject, resolved, first, pronoun, dangling, before, bold)


def find_subject(text: str) -> Found:
    """What a sentence opens with, by its own words only."""
    head = text[:_SEARCHED]
    if head.isascii() or not _CJK.search(head):
        return _english(head)
    return _chinese(head)


def _chinese(text: str) -> Found:
    rest, at = text, 0
    if text[0] in _TIES:
        moved = _CONNECTIVE.match(rest)
        if moved:
            rest, at = rest[moved.end() :], moved.end()
        setting = _SETTING.match(rest)
        if setting and setting.end() < len(rest):
            rest, at = rest[setting.end() :], at + setting.end()
        pronoun = _PRONOUN.match(rest)
        if pronoun is not None:
            return _chinese_pronoun(pronoun, at)
        if _POINTER.match(rest) or _POINTER.match(text):
            return _POINTING
        return _chinese_name(rest, _DATED.match(text) is not None)
    return _chinese_name(text, dated=False)


def _chinese_name(text: str, dated: bool) -> Found:
    """The noun phrase before the first predicate. A dated sentence without one goes on about whom it was about."""
    if _PREDICATE.match(text):
        return _OMITTED
    nothing = _OMITTED if dated else _NOTHING
    end = _BEFORE.search(text, 1)
    if end is None:
        return nothing
    name = text[: end.start()].strip()
    if name[-1:] in _ADVERB_ENDS:
        name = _ADVERBS.sub("", name).rstrip()
    if name[-1:] in ("）", ")"):
        name = _GLOSS.sub("", name)
    name = name.strip("“”\"'")
    if not _is_noun(name) or (end[0] == "，" and not _PREDICATE.match(text, end.end()) and not is_person(name)):
        return nothing
    return Found(name)


def _is_noun(name: str) -> bool:
    """Whether a piece of Chinese can be a name: short, and with nothing in it that only clauses have."""
    return 0 < len(name) <= _MAX_CHINESE and not _BAD_SUBJECT.match(name) and not _VERBAL.search(name)


def _chinese_pronoun(found: re.Match[str], at: int) -> Found:
    if at:
        # The pronoun does not open the text, so nothing can simply be put in its place.
        return _OMITTED
    if found["named"]:
        return Found(pronoun=found["named"], kind=found["noun"])
    word = found["plain"]
    person = True if word[0] in "他她" else None if word[0] == "其" else False
    tail = "的" if found["own"] or word[0] == "其" else ""
    return Found(pronoun=word, tail=tail, person=person)


def _english(text: str) -> Found:
    moved = _CONNECTIVE.match(text)
    rest = text[moved.end() :] if moved else text
    pronoun = _EN_PRONOUN.match(rest[:1].upper() + rest[1:] if moved else rest)
    if pronoun is not None and not moved:
        word = pronoun[0]
        person = True if word in ("He", "She", "His", "Her") else None if word in ("They", "Their") else False
        return Found(pronoun=word, tail="'s" if pronoun["own"] else "", person=person)
    if pronoun is not None or _EN_THIS.match(rest):
        return _POINTING
    verb = _EN_VERB.search(rest)
    if verb is None:
        return _NOTHING
    name = rest[: verb.start()]
    first = name.split(" ", 1)[0].lower().rstrip(",")
    if (
        len(name) > _MAX_ENGLISH
        or "," in name
        or name.count(" ") >= _MAX_WORDS
        or first in _stops()
        or "(" in _GLOSS.sub("", name)
    ):
        return _NOTHING
    name = _GLOSS.sub("", _ARTICLE.sub("", name, count=1)).strip()
    return Found(name) if name and not name.endswith("ing") else _NOTHING


@cache
def _stops() -> frozenset[str]:
    return frozenset(words("subject_stops_en")) | frozenset(words("verbs_en"))


def _fits(found: Found, name: str) -> bool:
    """Whether a name is one that the pronoun can stand for."""
    if not name:
        return False
    if found.kind:
        work = found.kind in ("书", "片", "文", "剧", "论文", "小说", "电影")
        return ("《" in name) == work and not is_person(name)
    if found.person:
        return is_person(name) or is_latin_person(name)
    return found.person is None or not is_person(name)


def _is_name(heading: str) -> bool:
    """Whether a heading names one thing."""
    if not heading or len(heading) > _MAX_CHINESE + 16 or heading[-1] in "？?！!。：:":
        return False
    return heading.lower() not in words("vague_headings") and not re.search(r"[，,、&]|[和与及]| and ", heading)
