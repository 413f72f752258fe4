"""What became of proposals, in words and as JSON."""

from __future__ import annotations

import json
from collections import Counter

from studycards.model import Proposal


def summary(notes: int, counts: Counter[str], refused: Counter[str]) -> str:
    """One line for a run: what was done, what was refused and why, what waits."""
    parts = [
        f"{counts['added']} added",
        f"{counts['changed']} changed",
        f"{counts['kept']} kept as you edited them",
        f"{counts['known']} known",
        f"{counts['gone']} gone from their note",
        f"{refused.total()} refused",
    ]
    reasons = ", ".join(f"{code} {count}" for code, count in refused.most_common())
    read = "1 note" if notes == 1 else f"{notes} notes"
    waiting = counts["inbox"]
    inbox = "1 proposal waits" if waiting == 1 else f"{waiting} proposals wait"
    return f"{read}: {', '.join(parts)}{f' ({reasons})' if reasons else ''}. {inbox} in the inbox."


def line(proposal: Proposal) -> str:
    """A proposal as one JSON object on one line."""
    source = proposal.source
    told: dict[str, object] = {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "q": proposal.question,
        "a": proposal.answer,
    }
    if proposal.text:
        told["text"] = proposal.text
    if proposal.reverse:
        told["reverse"] = True
    told |= {
        "rule": proposal.rule,
        "confidence": round(proposal.confidence, 2),
        "status": proposal.status.value,
        "reason": proposal.reason,
        "deck": proposal.deck,
        "tags": list(proposal.tags),
        "source": {
            "path": source.path,
            "line": source.line,
            "end_line": source.end_line,
            "headings": list(source.headings),
        },
    }
    return json.dumps(told, ensure_ascii=False)
