"""The end of a sitting in sentences, for the summary page and for line mode."""

from __future__ import annotations

from collections.abc import Sequence

from studycards.language import count, say
from studycards.session import Summary
from studycards.text import clean
from studycards.tui.words import minutes

SHOWN_MISSES = 2
LEAST_IDLE_MS = 30_000


def summary_lines(summary: Summary, missed: Sequence[str], idle_ms: int = 0) -> list[str]:
    """What was done, what was missed, what comes tomorrow."""
    lines = ["    ".join(_done(summary))]
    if idle_ms >= LEAST_IDLE_MS:
        lines.append(say("{time} in which nothing was done are not counted.", time=minutes(idle_ms / 1000)))
    if missed:
        lines.append(_missed(missed))
    lines.append(_tomorrow(summary))
    if summary.backlog:
        lines.append(say("Today's limit left older cards waiting; nothing is lost."))
    return lines


def _done(summary: Summary) -> list[str]:
    spent = minutes(summary.seconds)
    told = [count("Done. {n} card, {time}", "Done. {n} cards, {time}", summary.cards, time=spent)]
    if summary.graded:
        recalled = round(100 * summary.recalled / summary.graded)
        told.append(say("recalled {recalled} % (goal {goal} %)", recalled=recalled, goal=round(100 * summary.goal)))
    if summary.new:
        told.append(count("{n} new", "{n} new", summary.new))
    if summary.buried:
        told.append(count("{n} sibling waits", "{n} siblings wait", summary.buried))
    return told


def _tomorrow(summary: Summary) -> str:
    if not summary.tomorrow:
        return say("Nothing is due tomorrow yet.")
    spent = max(1, round(summary.tomorrow_minutes))
    return count(
        "Tomorrow about {n} card, {minutes} min.",
        "Tomorrow about {n} cards, {minutes} min.",
        summary.tomorrow,
        minutes=spent,
    )


def _missed(missed: Sequence[str]) -> str:
    shown = [clean(question) for question in missed[:SHOWN_MISSES]]
    if len(missed) > SHOWN_MISSES:
        shown.append(say("{n} more", n=len(missed) - SHOWN_MISSES))
    return say("Missed {n}:  {questions}", n=len(missed), questions=" | ".join(shown))
