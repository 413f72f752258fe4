"""What each key does to the proposal that is shown; an act says whether the next one comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from studycards.cli.curate.talking import ask, ask_sides, breaks, flat, say

if TYPE_CHECKING:
    from studycards.cli.curate.sitting import Sitting
    from studycards.inbox.showing import Showing

REASONS = ("wrong", "trivial", "vague", "gives the answer away", "not mine")
KEYS = """y or Enter  keep: written to its deck file
n           drop for good; `n 1` to `n 5` says why: 1 wrong, 2 trivial, 3 vague, 4 gives the answer away, 5 not mine
e           edit, then keep
s           split into several cards
m           merge with the card it is like
c           cloze to question or question to cloze, then edit and keep
r           keep, and ask back to front too
l           later: ask again tomorrow
A, N        keep, drop the rest of this section (A leaves those with a ! for you)
h           what was refused in this section, and why; a number rescues it
u           undo the last decision
q           stop; everything is saved"""
Act = Callable[["Sitting", "Showing", str], bool]


def keep(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Write it to its deck file as it is."""
    return _keep(sitting, showing)


def both_ways(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Write it, to be asked back to front too."""
    return _keep(sitting, showing, reverse=True)


def drop(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Never again; `rest` may give a reason by its number."""
    reason = int(rest) if rest in ("1", "2", "3", "4", "5") else 0
    sitting.inbox().drop(showing.row.proposal.id, reason)
    return sitting.decided("dropped", f"Dropped: {REASONS[reason - 1]}." if reason else "Dropped.")


def later(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Not before tomorrow."""
    sitting.inbox().later(showing.row.proposal.id)
    return sitting.decided("put off", "Later: asked again tomorrow.")


def edit(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Ask for both sides, then keep."""
    from studycards.inbox.values import text_of

    return _keep(sitting, showing, ask_sides(*text_of(showing.row.proposal)))


def switch(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Cloze to question or question to cloze, then edit and keep."""
    from studycards.inbox.values import switched

    other = switched(showing.row.proposal, [text for _, text in showing.lines])
    if other is None:
        say("This card has no other form; edit or split it.")
        return False
    return _keep(sitting, showing, ask_sides(*other))


def split(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Several cards in its place."""
    say("Write the cards one after the other; an empty question ends.")
    parts: list[tuple[str, str]] = []
    while question := ask(f"Question {len(parts) + 1}: "):
        parts.append((breaks(question), breaks(ask(f"Answer {len(parts) + 1}: "))))
    if len(parts) < 2:
        say("Two cards at least; nothing was split.")
        return False
    sitting.inbox().split(showing.row.proposal.id, parts)
    return sitting.decided("split", f"Split into {len(parts)} cards.")


def merge(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Let the card it is like stand for it."""
    from studycards.inbox.values import text_of

    if showing.similar is None:
        say("No card is like this one.")
        return False
    card = showing.similar.card
    say(f"Card:     {card.front}\n          {card.back}")
    choice = ask("[1 keep the card as it is, 2 take this text for it, 3 join them, Enter back] ")
    sides = {"2": lambda: text_of(showing.row.proposal), "3": lambda: ask_sides(card.front, card.back)}
    if choice not in ("1", *sides):
        return False
    sitting.inbox().merge(showing.row.proposal.id, card.block, sides[choice]() if choice in sides else None)
    return sitting.decided("merged", f"Merged with card {card.block}.")


def refused(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Show what was refused in this section with the reason; a number rescues one, y the first."""
    from studycards.inbox.values import text_of

    rows = sitting.inbox().refused(showing.row)
    if not rows:
        say("Nothing was refused in this section.")
        return False
    for number, row in enumerate(rows, 1):
        front, back = text_of(row.proposal)
        say(f"{number}. {front}{f' / {flat(back)}' if back else ''}\n   refused: {row.proposal.reason}")
    choice = ask("[y rescue the first, 1, 2, … that one, Enter back] ").lower()
    number = 1 if choice == "y" else int(choice) if choice.isdecimal() and len(choice) < 5 else 0
    if not 1 <= number <= len(rows):
        return False
    sitting.inbox().rescue(rows[number - 1].proposal.id, showing.row)
    sitting.show_next(showing.row.proposal.id)
    return sitting.decided("rescued", f"Rescued, in {sitting.deck_of(rows[number - 1].proposal.id)}.")


def keep_rest(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Keep what is left of the section after asking, but what has a warning."""
    from studycards.inbox.showing import show

    waiting = sitting.section(showing)
    chosen = [row for row in waiting if not show(sitting.db, row, waiting).warnings]
    if ask(f"Keep {len(chosen)} of {len(waiting)} here? [y] ").lower() not in ("y", "yes"):
        return False
    for row in chosen:
        sitting.inbox().keep(row.proposal.id)
    return sitting.decided("kept", f"Kept {len(chosen)}.", by=len(chosen))


def drop_rest(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Drop what is left of the section."""
    waiting = sitting.section(showing)
    for row in waiting:
        sitting.inbox().drop(row.proposal.id)
    return sitting.decided("dropped", f"Dropped {len(waiting)}.", by=len(waiting))


def undo(sitting: Sitting, showing: Showing, rest: str) -> bool:
    """Take the last decision back."""
    return sitting.undo()


def _keep(sitting: Sitting, showing: Showing, sides: tuple[str, str] | None = None, *, reverse: bool = False) -> bool:
    name = showing.row.proposal.id
    sitting.inbox().keep(name, sides, reverse=reverse)
    return sitting.decided("kept", f"Kept, in {sitting.deck_of(name)}.")


ACTS: Mapping[str, Act] = {
    "y": keep,
    "r": both_ways,
    "n": drop,
    "e": edit,
    "c": switch,
    "s": split,
    "m": merge,
    "l": later,
    "h": refused,
    "u": undo,
    "A": keep_rest,
    "N": drop_rest,
}
