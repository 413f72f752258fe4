"""Rows of cards and of memory as statements, for tests that read the store by itself."""

from __future__ import annotations


def card(name: str, **columns: object) -> tuple[str, dict[str, object]]:
    """One card."""
    row = {
        "id": name,
        "block": name.partition("-")[0],
        "kind": "basic",
        "front": f"What is {name}?",
        "back": "text",
        "deck": "Deck",
        "path": "decks/deck.md",
        "line": 1,
        "end_line": 1,
        "folded": f"whatis{name}\ntext",
        "position": 0,
        "first_seen_ms": 0,
        "changed_ms": 0,
    } | columns
    return f"INSERT INTO cards ({', '.join(row)}) VALUES ({', '.join(f':{key}' for key in row)})", row


def remember(name: str, **columns: object) -> tuple[str, dict[str, object]]:
    """What is remembered of a card in review."""
    row = {
        "card_id": name,
        "state": 2,
        "stability": 10.0,
        "difficulty": 5.0,
        "due_day": 0,
        "last_day": 0,
        "last_ms": 0,
        "reps": 1,
        "lapses": 0,
        "interval": 10,
    } | columns
    return f"INSERT INTO memory ({', '.join(row)}) VALUES ({', '.join(f':{key}' for key in row)})", row
