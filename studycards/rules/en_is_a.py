"""An English subject that is said to be something: `A mutex is a lock that …`, `A race occurs when …`.

Asks what it is; `X is the N of M` also back; `Its job is to …` under a heading speaks of the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import sentence_part
from studycards.grammar import ENGLISH_ARTICLE, is_dangling, is_term
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import meaning
from studycards.text import fold, has_chinese

name = "en-is-a"
prior = 0.74
weight = 8.0

_IS = re.compile(
    r"^(?P<term>(?:(?:An?|The) )?[A-Za-z][\w./+'-]*(?: (?!is |are |was )[\w./+'-]+){0,4}?(?: \([^()]{2,40}\))?) "
    r"(?P<verb>is|are|refers to|refer to) (?P<said>(?:a|an|the|one of|any|used to|when|how)\b .+)$"
)
_WHEN = re.compile(
    r"^(?P<term>(?:(?:An?|The) )?[A-Za-z][\w' -]{2,40}?) (?P<verb>occurs|happens|arises) (?P<said>when .+)$"
)
_MOST = re.compile(
    r"^(?P<what>The (?:most|only|first|largest|smallest|central|basic|default|standard"
    r"|capital) [\w' -]{8,80}?) (?P<verb>is|are|was) (?:the )?(?P<said>(?!to |that |not |a |an |when |very "
    r"|for )[A-Z\[`“\"]?[\w'’`.+ -]{2,60})$"
)
_JOB = re.compile(
    r"^(?:Its|Their|(?P<owner>[\w -]{2,30}?)['’]s?) (?P<what>job|role|purpose|task|goal|function"
    r"|responsibility) is (?P<said>to .+)$"
)
_DOES = re.compile(
    r"^(?P<verb>runs on|consists of|depends on|belongs to|listens on|uses|contains|stores|requires) "
    r"(?P<said>(?:the |an? )?[\w' -]{3,40})$"
)
_USED = re.compile(
    r"^(?P<term>(?:(?:An?|The) )?[A-Za-z`\U000f0000-\U000ffffd][\w./+'`-]*(?: (?!is "
    r"|are )[\w./+'-]+){0,4}?) (?P<verb>is|are) (?:mainly |commonly |often "
    r"|usually |typically |generally |primarily |widely )?used (?P<said>(?:to|for|as) .+)$"
)
_MEANS = re.compile(
    r"^(?:The term )?[“\"]?(?P<term>[A-Z`][\w./+'-]*(?: [\w./+'-]+){0,3}?)[”\"]? (?:simply |basically |literally )?"
    r"(?:means|denotes|signifies) (?P<that>that )?(?P<said>.+)$"
)
_ACTS = re.compile(
    r"^(?P<term>(?:(?:An?|The) )?[A-Z][\w./+'-]*(?: (?!is |are )[\w./+'-]+){0,4}?) (?:(?P<one>converts|produces"
    r"|controls|stores"
    r"|contains|prevents|provides|causes|connects|measures|represents|describes|transforms|regulates|removes|protects"
    r"|determines|requires|depends on|relies on)|(?P<many>convert|produce|control|store|contain|prevent|provide|cause"
    r"|connect|measure|represent|describe|transform|regulate|remove|protect|determine|require|depend on|rely on)) "
    r"(?P<said>[^.;:]{6,140})$"
)
_OPENER = re.compile(
    r"^(?:if|when|while|since|because|although|though|as|for|in|on|at|by|with|after|before|to|sometimes|usually"
    r"|often|maybe|also|now|just)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r" (?:is|are|was|when|refers?|means|denotes|signifies) ")
_PRAISE = re.compile(
    r"^(?:an?|the) (?:great|good|nice|bad|better|best|huge|big|very|really|lot|bit|little|few|way to go|must|pain"
    r"|shame|same|following|example|result|reason|problem|question|case|one|difference|idea|key|point|only)\b",
    re.IGNORECASE,
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the English sentences that define, and of superlatives that name."""
    for spot in page.spots:
        text = spot.text
        if " " not in text or has_chinese(text) or spot.mark.startswith((":", "?")):
            continue
        acts = spot.opens and text[:1].isupper() and _ACT_CUE.search(text) is not None
        if not acts and not _CUE.search(text) and not (spot.item and text[:1].islower()):
            continue
        if spot.item is not None:
            yield from _does(spot)
        if " is " in text or " are " in text or " refer" in text or " was " in text:
            yield from _is(spot)
        if " when " in text:
            yield from _when(spot)
        if spot.opens or spot.alone:
            yield from _acts(spot)
        if " used " in text and spot.opens:
            yield from _used(spot)
        if spot.opens and (" means " in text or " denotes " in text or " signifies " in text):
            yield from _means(spot)


def _does(spot: Spot) -> Iterator[Finding]:
    """An item that says what its heading does: `runs on the master node`."""
    match = _DOES.match(spot.text)
    heading = spot.place.headings[-1] if spot.place.headings else ""
    if match and heading and is_term(heading):
        verb, rest = match["verb"].split(" ", 1) if " " in match["verb"] else (match["verb"], "")
        base = {"uses": "use", "stores": "store"}.get(verb, verb.removesuffix("s"))
        asked = f"What does {heading} {base} {rest}".strip() + "?"
        yield Finding(name, asked, match["said"], spot.place, f"{heading} {base}", bonus=(("heading", 0.3),))


def _is(spot: Spot) -> Iterator[Finding]:
    match = _JOB.match(spot.text)
    if match:
        heading = match["owner"] or (spot.place.headings[-1] if spot.place.headings else "")
        heading = ENGLISH_ARTICLE.sub("", heading)
        if heading and is_term(heading):
            asked = f"What is the {match['what']} of the {heading}?"
            said = sentence_part(match["said"])
            yield Finding(name, asked, said, spot.place, heading, subject=heading, resolved=True, bonus=(("job", 0.9),))
        return
    match = _MOST.match(spot.text)
    if match:
        asked = f"What {match['verb']} t{match['what'][1:]}?"
        yield Finding(name, asked, match["said"].strip(), spot.place, match["what"], bonus=(("superlative", 1.3),))
        return
    match = _IS.match(spot.text)
    if match and not _OPENER.match(match["term"]) and not _PRAISE.match(match["said"]):
        yield from _defined(match, spot)


def _defined(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    term, said = match["term"], sentence_part(match["said"])
    bare = ENGLISH_ARTICLE.sub("", re.sub(r" \([^()]*\)$", "", term))
    if is_dangling(term) or not is_term(bare) or len(said.split()) < 4 or not _named(term, bare, spot):
        return
    if not re.match(r"(?:a|an|the|one of|any)\b", said) or fold(bare) in fold(" ".join(said.split()[:3])):
        return
    shown = re.sub(r"^(An?|The) ", lambda m: m[1].lower() + " ", term)
    verb = "are" if match["verb"] in ("are", "refer to") else "is"
    headed = any(fold(bare) == fold(heading) for heading in spot.place.headings[-1:])
    vague = (("of-the", -0.9),) if re.search(r"\b(?:of|in|for) the \w+$", said) else ()
    bonus = (
        *vague,
        *((("heading", 0.6),) if headed else ()),
        *((("opens", 0.5),) if spot.opens else (("inside-paragraph", -0.4),)),
    )
    yield Finding(name, meaning(shown, False, verb=verb), said, spot.place, bare, subject=bare, bonus=bonus)
    if (
        re.match(r"the .+ (?:of|in|for) (?!the |this |these |each )", said)
        and len(said.split()) >= 4
        and not re.search(r"[,;:]", said)
    ):
        yield Finding(name, f"What {verb} {said}?", term, spot.place, bare, direction="back", bonus=bonus)


def _named(term: str, bare: str, spot: Spot) -> bool:
    """Whether the subject is a name, opens with an indefinite article, is a plural, or is the heading."""
    if any(fold(bare) == fold(heading) for heading in spot.place.headings):
        return True
    if term.startswith(("A ", "An ")):
        return True
    inner = any(c.isupper() for c in bare[1:]) or bare[:1].isdigit()
    return spot.opens and not term.startswith("The ") and (inner or len(bare.split()) <= 3)


_BASE = {"depends on": "depend on", "relies on": "rely on"}
_ACT_CUE = re.compile(
    r" (?:converts?|produces?|controls?|stores?|contains?|prevents?|provides?|causes?|connects?|measures?|represents?"
    r"|describes?|transforms?|regulates?|removes?|protects?|determines?|requires?|depends? on|rel(?:y|ies) on) "
)


def _acts(spot: Spot) -> Iterator[Finding]:
    """`Photosynthesis converts light into chemical energy`: what it does that to."""
    match = _ACTS.match(spot.text)
    if match is None or is_dangling(match["term"]) or _OPENER.match(match["term"]):
        return
    term, bare = match["term"], ENGLISH_ARTICLE.sub("", match["term"])
    said = sentence_part(match["said"])
    if spot.item and term == bare and re.search(r" [a-z]+[^s]$", bare):
        return
    if not is_term(bare) or not 2 <= len(said.split()) <= 18 or not _named(term, bare, spot) or is_dangling(said):
        return
    if re.search(r"\b(?:we|you|I|it|and)\b", f"{term} {said.split()[0]}") or bare.split()[0].endswith("ing"):
        return
    verb = _BASE.get(match["one"] or "", (match["one"] or "").removesuffix("s")) or match["many"]
    shown = re.sub(r"^(An?|The) ", lambda m: m[1].lower() + " ", term)
    asked = f"What {'does' if match['one'] else 'do'} {shown} {verb}?"
    yield Finding(name, asked, said, spot.place, bare, subject=bare, direction=verb, bonus=(("exact-shape", 0.5),))


def _used(spot: Spot) -> Iterator[Finding]:
    """`Semaphores are used to control access`."""
    match = _USED.match(spot.text)
    if match is None or is_dangling(match["term"]) or _OPENER.match(match["term"]):
        return
    bare, said = ENGLISH_ARTICLE.sub("", match["term"]), sentence_part(match["said"])
    if not is_term(bare) or not 3 <= len(said.split()) <= 20 or not _named(match["term"], bare, spot):
        return
    shown = re.sub(r"^(An?|The) ", lambda m: m[1].lower() + " ", match["term"])
    asked = f"What {match['verb']} {shown} used for?"
    said = said.removeprefix("for ")
    yield Finding(name, asked, said, spot.place, bare, subject=bare, direction="use", bonus=(("exact-shape", 0.5),))


def _means(spot: Spot) -> Iterator[Finding]:
    """`Idempotent means that …`."""
    match = _MEANS.match(spot.text)
    if match is None or is_dangling(match["term"]) or not is_term(match["term"]):
        return
    said = sentence_part(match["said"])
    if not 3 <= len(said.split()) <= 20 or re.search(r"\b(?:we|you|I)\b", said):
        return
    asked = f"What does “{match['term']}” mean?"
    term = match["term"]
    yield Finding(name, asked, said, spot.place, term, subject=term, label=True, bonus=(("exact-shape", 0.5),))


def _when(spot: Spot) -> Iterator[Finding]:
    match = _WHEN.match(spot.text)
    if match and not is_dangling(match["term"]) and is_term(ENGLISH_ARTICLE.sub("", match["term"])):
        term = re.sub(r"^(An?|The) ", lambda m: m[1].lower() + " ", match["term"])
        verb = {"occurs": "occur", "happens": "happen", "arises": "arise"}[match["verb"]]
        said = sentence_part(match["said"])
        yield Finding(
            name,
            f"When does {term} {verb}?",
            said,
            spot.place,
            term,
            subject=match["term"],
            bonus=(("exact-shape", 0.6),),
        )
