"""An explanation in words, for a person at a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from studycards.text import clean

if TYPE_CHECKING:
    from studycards.confidence import Belief
    from studycards.generate import Examined
    from studycards.inbox.explaining import Explained, Explanation
    from studycards.model import Verdict


def tell_file(explanation: Explanation, path: str) -> None:
    """One line for each block, with what became of what was found in it, and a sum."""
    for one in explanation.blocks:
        block = one.block
        fates = [_fate(seen) for seen in one.seen]
        found = "  ".join(f"{fates.count(fate)} {fate}" for fate in dict.fromkeys(fates))
        text = block.text or (one.sentences[0].text if one.sentences else block.raw)
        _say(f"{_lines(one):>9}  {block.kind.value:<11} {_short(text, 40)}{f'    {found}' if found else ''}")
    said = ", ".join(f"{count} {fate}" for fate, count in explanation.counts.most_common())
    _say(f"{path}: {said or 'nothing was found'}.")


def tell_line(explanation: Explanation, path: str, line: int) -> None:
    """Everything about one line."""
    one = explanation.at(line)
    if one is None:
        _say(f"{path}:{line}  no block: {explanation.without_block(line)}.")
        return
    _tell_block(one, path, line)
    here = explanation.on(range(line, line + 1))
    for seen in here:
        _tell_seen(seen, explanation.beliefs.get(seen.finding.rule))
    if explanation.is_by_hand(line):
        _say("  A person wrote a card here; the rules leave its lines alone.")
        return
    if not here:
        _say("  No rule found a card on this line.")
    misses = explanation.misses(one.block, range(line, line + 1))
    _say("  Rules that found nothing, the nearest first:" if misses else "  Every rule found something.")
    for miss in misses:
        _say(f"    {miss.rule:<18} {miss.why}")


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


def _tell_seen(seen: Examined, belief: Belief | None) -> None:
    p = seen.proposal
    _say(f"  {p.rule}\n    Q {p.text or p.question}\n    A {_flat(p.answer)}")
    for passed, asked in groupby(seen.asked(), key=lambda pair: pair[1] is None):
        if passed:
            _say(f"    gates with nothing to say: {', '.join(name for name, _ in asked)}")
        else:
            for _, verdict in asked:
                _say(f"    gate {_verdict(verdict)}" if verdict else "")
    why = seen.reason
    if why:
        _say(f"    {p.reason}: {why}")
    if belief is not None and belief.is_moved:
        _say(f"    {_belief(belief)}")
    _say(f"    {_score(seen)}  {_fate(seen)}  {p.id}")


def _belief(belief: Belief) -> str:
    said = f"{belief.kept:g} kept and {belief.dropped:g} dropped"
    return f"the rule's prior was {belief.prior:.2f}; after {said} it is {belief.mean:.2f}"


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


def _short(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _flat(text: str) -> str:
    return " / ".join(text.split("\n"))


def _say(text: str) -> None:
    click.echo(clean(text))
