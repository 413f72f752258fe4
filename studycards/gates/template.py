"""Refuses keys that are a template of the note (**优点**, **Steps** again and again), not terms."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page
from studycards.text import fold

codes = ("template-key",)

_TERM_RULES = frozenset({"bold-term", "heading-bullet", "colon-line", "callout-term"})


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a term that the note uses as a key three times or more."""
    if finding.rule not in _TERM_RULES:
        return None
    key = fold(finding.term)
    count = sum(1 for line in page.note.lines if key in fold(line[:60]) and _is_key(line, key))
    return Verdict("template-key", "the note uses it as a key again and again") if count >= 3 else None


def _is_key(line: str, key: str) -> bool:
    head = re.split(r"[：:]|\s-\s|->|\*\*\s", line.strip().lstrip("-*+#>!0123456789. "), maxsplit=1)[0]
    return fold(head) == key
