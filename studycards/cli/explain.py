"""`explain`: why a line became a card, or did not."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError, UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from studycards.generate import Examined
    from studycards.inbox.explaining import Explained, Explanation
    from studycards.model import Verdict

_PLACE = re.compile(r"(.+):(\d+)")


@click.command(epilog="Example: studycards explain notes/egypt.md:14")
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--into", metavar="DECKS", help="Folder of the deck files [the config's, else ./decks].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(context: Context, place: str, into: str | None, as_json: bool) -> None:
    """Say why a line of a note became a card, or did not: the block it belongs to, what each rule found in it, which
    gate refused that and why, the score as a sum, and what became of it. Without LINE: one line for each block.
    """
    path, line = _split(place)
    explanation = _explain(context, path, into)
    if line is None:
        _tell_file(explanation, path, as_json)
        return
    total = len(explanation.note.lines)
    if not 1 <= line <= max(total, 1):
        raise UsageError(f"{path} has no line {line}; it has {total}.")
    one = explanation.at(line)
    if as_json:
        click.echo(clean(json.dumps({"path": path, "line": line, "block": _document(one)}, ensure_ascii=False)))
    elif one is None:
        _say(f"{path}:{line}  no block: front matter, a blank line, or text that is masked (a comment, a formula).")
    else:
        _tell_block(one, path, line)


def _split(place: str) -> tuple[str, int | None]:
    found = _PLACE.fullmatch(place)
    path, line = (found[1], int(found[2][:9])) if found and not os.path.exists(place) else (place, None)
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder; explain wants one note.")
    if not os.path.exists(path):
        raise StudycardsError(f"{path} is not there; name a note.")
    return path, line


def _explain(context: Context, path: str, into: str | None) -> Explanation:
    from pathlib import Path

    from studycards.generate import Options
    from studycards.history import Stamp
    from studycards.inbox.explaining import explain
    from studycards.inbox.reading import Roots
    from studycards.inbox.running import means
    from studycards.inbox.values import Goal
    from studycards.notes.reader import read_file
    from studycards.store import proposals
    from studycards.store.rehearsal import rehearsal

    config = context.config
    file = read_file(Path(path), path)
    if file.unreadable:
        raise StudycardsError(f"{path}: {file.problems[0].message}")
    if file.is_deck:
        raise StudycardsError(f"{path} is a deck file, no note; `studycards check {path}` looks it over.")
    with rehearsal(context.db) as db:
        options = Options(
            min_confidence=config.number("generate.min_confidence"),
            inbox_confidence=config.number("generate.inbox_confidence"),
            off=frozenset(config.words("generate.off")),
            reading_list=config.flag("generate.reading_list"),
            topics=config.words("generate.reading_list_topics"),
            means=means(proposals.decisions(db)),
        )
        goal = Goal(
            os.path.realpath(into or config.text("decks")),
            Stamp.of(context.now(), config.settings().day_start),
            dry=True,
        )
        return explain(db, Roots([]).place(path), file, goal, options)


def _tell_file(explanation: Explanation, path: str, as_json: bool) -> None:
    if as_json:
        told = {
            "path": path,
            "blocks": [_document(one) for one in explanation.blocks],
            "summary": dict(explanation.counts),
        }
        click.echo(clean(json.dumps(told, ensure_ascii=False)))
        return
    for one in explanation.blocks:
        block = one.block
        fates = [_fate(seen) for seen in one.seen]
        found = "  ".join(f"{fates.count(fate)} {fate}" for fate in dict.fromkeys(fates))
        text = block.text or (one.sentences[0].text if one.sentences else block.raw)
        _say(f"{_lines(one):>9}  {block.kind.value:<11} {_short(text, 40)}{f'    {found}' if found else ''}")
    said = ", ".join(f"{count} {fate}" for fate, count in explanation.counts.most_common())
    _say(f"{path}: {said or 'nothing was found'}.")


def _tell_block(one: Explained, path: str, line: int) -> None:
    block = one.block
    where = " > ".join(block.headings) or "no heading"
    topic = f"topic block {one.topic[0]}-{one.topic[1]}"
    word = "line" if block.line == block.end_line else "lines"
    _say(f"{path}:{line}  {block.kind.value}, {word} {_lines(one)} · {where} · {topic}")
    sentences = [s for s in one.sentences if s.line <= line <= s.end_line] or list(one.sentences)
    for sentence in sentences:
        subject = sentence.subject or "none found"
        how = " (from the heading or the sentence before)" if sentence.resolved else ""
        how = " (a pronoun that nothing resolves)" if sentence.dangling else how
        _say(f"  {sentence.text}\n    subject: {subject}{how}")
    if not one.sentences and block.text:
        _say(f"  {block.text}")
    here = [seen for seen in one.seen if seen.finding.place.line <= line <= seen.finding.place.end_line]
    for seen in here:
        _tell_seen(seen)
    others = len(one.seen) - len(here)
    if others:
        _say(f"  {others} more found on other lines of this block.")
    if not here:
        _say("  No rule found a card on this line.")
    _say(f"  Rules that found nothing in the block: {', '.join(one.silent)}.")


def _tell_seen(seen: Examined) -> None:
    p = seen.proposal
    asked = p.text or p.question
    _say(f"  {p.rule}\n    Q {asked}\n    A {_flat(p.answer)}")
    for verdict in seen.verdicts:
        _say(f"    gate {_verdict(verdict)}")
    _say(f"    {_score(seen)}  {_fate(seen)}  {p.id}")


def _verdict(verdict: Verdict) -> str:
    return f"{verdict.code}: {verdict.why}" + (", refused" if verdict.refuse else f" ({verdict.penalty:+.1f})")


def _score(seen: Examined) -> str:
    p = seen.proposal
    parts = [f"{name} {value:.2f}" if name == "prior" else f"{name} {value:+.1f}" for name, value in p.score]
    return f"{', '.join(parts)} = {p.confidence:.2f}"


def _fate(seen: Examined) -> str:
    return f"{seen.proposal.status.value} {seen.proposal.reason}".strip()


def _lines(one: Explained) -> str:
    block = one.block
    return str(block.line) if block.line == block.end_line else f"{block.line}-{block.end_line}"


def _document(one: Explained | None) -> dict[str, object] | None:
    if one is None:
        return None
    block = one.block
    return {
        "kind": block.kind.value,
        "line": block.line,
        "end_line": block.end_line,
        "headings": list(block.headings),
        "topic": list(one.topic),
        "sentences": [
            {"text": s.text, "line": s.line, "end_line": s.end_line, "subject": s.subject, "resolved": s.resolved}
            for s in one.sentences
        ],
        "found": [_found(seen) for seen in one.seen],
        "silent": list(one.silent),
    }


def _found(seen: Examined) -> dict[str, object]:
    p = seen.proposal
    told: dict[str, object] = {"id": p.id, "rule": p.rule, "q": p.question, "a": p.answer}
    if p.text:
        told["text"] = p.text
    return told | {
        "line": p.source.line,
        "end_line": p.source.end_line,
        "gates": [{"code": v.code, "why": v.why, "refused": v.refuse, "penalty": v.penalty} for v in seen.verdicts],
        "score": [[name, value] for name, value in p.score],
        "confidence": p.confidence,
        "status": p.status.value,
        "reason": p.reason,
    }


def _short(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _flat(text: str) -> str:
    return " / ".join(text.split("\n"))


def _say(text: str) -> None:
    click.echo(clean(text))
