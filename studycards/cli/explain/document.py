"""An explanation as one JSON object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from studycards.text import clean

if TYPE_CHECKING:
    from studycards.generate import Examined
    from studycards.inbox.explaining import Explained, Explanation

Document = dict[str, object]


def print_document(explanation: Explanation, path: str, line: int | None) -> None:
    """Print a line's explanation, or that of a whole file, block by block with a summary."""
    told: Document = {"path": path}
    if line is None:
        blocks = (_block(explanation, one, _all(one)) | _found(one.seen) for one in explanation.blocks)
        told |= {"blocks": list(blocks), "summary": dict(explanation.counts)}
    else:
        told |= {"line": line, "block": _line(explanation, line)}
        if told["block"] is None:
            told["why"] = explanation.without_block(line)
    click.echo(clean(json.dumps(told, ensure_ascii=False)))


def _all(one: Explained) -> range:
    return range(one.block.line, one.block.end_line + 1)


def _line(explanation: Explanation, line: int) -> Document | None:
    one = explanation.at(line)
    if one is None:
        return None
    only = range(line, line + 1)
    return _block(explanation, one, only) | _found(explanation.on(only))


def _block(explanation: Explanation, one: Explained, lines: range) -> Document:
    block = one.block
    return {
        "kind": block.kind.value,
        "line": block.line,
        "end_line": block.end_line,
        "headings": list(block.headings),
        "topic": list(one.topic),
        "sentences": [
            {
                "text": s.text,
                "line": s.line,
                "end_line": s.end_line,
                "subject": s.subject,
                "resolved": s.resolved,
                "dangling": s.dangling,
            }
            for s in one.sentences
        ],
        "silent": [{"rule": miss.rule, "why": miss.why} for miss in explanation.misses(block, lines)],
    }


def _found(seen: tuple[Examined, ...]) -> Document:
    return {"found": [_one(one) for one in seen]}


def _one(seen: Examined) -> Document:
    p = seen.proposal
    told: Document = {"id": p.id, "rule": p.rule, "q": p.question, "a": p.answer}
    if p.text:
        told["text"] = p.text
    return told | {
        "line": p.source.line,
        "end_line": p.source.end_line,
        "asked": [name for name, _ in seen.asked()],
        "gates": [{"code": v.code, "why": v.why, "refused": v.refuse, "penalty": v.penalty} for v in seen.verdicts],
        "score": [[name, value] for name, value in p.score],
        "confidence": p.confidence,
        "status": p.status.value,
        "reason": p.reason,
        "why": seen.reason,
    }
