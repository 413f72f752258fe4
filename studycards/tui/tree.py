"""The decks as a tree, each with what is due in it and below."""

from __future__ import annotations

from dataclasses import dataclass

from studycards.session.due import DeckDue, Due
from studycards.store import overview


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck of the tree: its full name (empty: all), its depth and what is due in it and below."""

    deck: str
    depth: int
    new: int
    learning: int
    review: int
    next_day: int | None


def tree(due: Due, decks: list[overview.DeckLine]) -> list[DeckRow]:
    """All decks with what is due in them, parents with the sum of what is below; the first row is everything."""
    counted = {one.deck: one for one in due.decks}
    known = {one.deck: one for one in decks}
    names = {"::".join(deck.split("::")[:n]) for deck in known for n in range(1, deck.count("::") + 2)}
    rows = [_sum(name, name.count("::"), counted, known) for name in sorted(names, key=lambda name: name.split("::"))]
    return [_sum("", 0, counted, known), *rows] if rows else []


def _sum(name: str, depth: int, counted: dict[str, DeckDue], known: dict[str, overview.DeckLine]) -> DeckRow:
    def below(deck: str) -> bool:
        return not name or deck == name or deck.startswith(name + "::")

    inside = [one for deck, one in counted.items() if below(deck)]
    days = [one.next_day for deck, one in known.items() if below(deck) and one.next_day is not None]
    return DeckRow(
        name,
        depth,
        sum(one.new for one in inside),
        sum(one.learning for one in inside),
        sum(one.review for one in inside),
        min(days, default=None),
    )
