"""Refuses a subject that points outside the card; lowers a pronoun that was resolved."""

from __future__ import annotations

import re

from studycards.grammar import is_dangling
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("dangling-subject", "resolved-pronoun")

_INSIDE = re.compile(
    r"上述|上图|下图|如图|图中|上表|下表|前文|后文|本文|本章|本节|这是|如此|这[个些种类样里篇]|那[个些种类样里]|该(?:书"
    r"|文|方法|算法|模型|网络|公司|国|地|理论|过程|协议|类|工具|系统|技术)"
    r"|前者|后者|th(?<![a-z]th)(?:e above|e following|e former|e latter|is|ese|ose)(?![a-z-])"
)
_OPENING = re.compile(
    r"[这那它他她]|此[^岸]|该[^隐]|其中|上述|前者|后者|如下|以下|[我你咱](?!国)|(?:it|they|this|these|you|we|i) "
)
_ANSWER = re.compile(
    r"如下$|以下[几]?[个种点]?|上图|下图|如图|前文|本文|我们|，[我你咱](?!国)|；[我你咱](?!国)|following$"
)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses 这, 上图, 该书, it, this where nothing in the card says what they mean."""
    if finding.subject and is_dangling(finding.subject):
        return Verdict("dangling-subject", f"{finding.subject[:12]!r} says nothing without what stands before")
    found = _INSIDE.search(finding.question.lower())
    if found and not finding.question.startswith(("What is this", "《")):
        return Verdict("dangling-subject", f"{found[0]!r} points out of the card")
    answer = finding.answer.lower()
    found = _OPENING.match(answer) or _ANSWER.search(answer)
    if found:
        return Verdict("dangling-subject", f"{found[0]!r} in the answer points out of the card")
    if finding.resolved or finding.place.resolved:
        return Verdict("resolved-pronoun", "the subject stands in the sentence before", refuse=False, penalty=-0.5)
    return None
