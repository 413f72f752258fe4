"""What became of each proposal: written, waiting, refused, dropped; what a person decided, and the way back."""

from studycards.inbox.running import Found, Tally, fingerprint, found_under, means, rescore, run, unchanged
from studycards.inbox.settling import lost, settle
from studycards.inbox.values import Goal, NoteRun, Settled, Told

__all__ = [
    "Found",
    "Goal",
    "NoteRun",
    "Settled",
    "Tally",
    "Told",
    "fingerprint",
    "found_under",
    "lost",
    "means",
    "rescore",
    "run",
    "settle",
    "unchanged",
]
