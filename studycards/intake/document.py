"""JSON in: the document that `export --json` writes."""

from __future__ import annotations

import json
from typing import Any

from studycards.errors import StudycardsError
from studycards.model import Kind, Written

NEWEST = 1


def read(text: str) -> list[Written]:
    """The blocks of the document. Raises StudycardsError."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StudycardsError(f"The file is no JSON ({error}); nothing was imported.") from error
    if not isinstance(given, dict) or not isinstance(given.get("cards"), list):
        raise StudycardsError('The file has no list "cards", so it is none of ours; nothing was imported.')
    if given.get("studycards") != NEWEST:
        raise StudycardsError("The file was written by another version of studycards; nothing was imported.")
    return [_block(card) for card in given["cards"] if isinstance(card, dict) and isinstance(card.get("front"), str)]


def _block(card: dict[str, Any]) -> Written:
    tags = card.get("tags")
    return Written(
        kind=Kind.CLOZE if card.get("kind") == "cloze" else Kind.BASIC,
        front=card["front"],
        back=str(card.get("back", "")),
        reverse=card.get("reverse") is True,
        deck=str(card.get("deck", "")),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        id=str(card.get("id", "")),
    )
