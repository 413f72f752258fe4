"""JSON: one document with every block, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from studycards.model import Written

VERSION = 1


def write(blocks: Iterable[Written]) -> str:
    """The document, ending in a line break."""
    cards = [
        {
            "id": block.id,
            "kind": block.kind.value,
            "front": block.front,
            "back": block.back,
            "reverse": block.reverse,
            "deck": block.deck,
            "tags": list(block.tags),
        }
        for block in blocks
    ]
    return json.dumps({"studycards": VERSION, "cards": cards}, ensure_ascii=False, indent=1) + "\n"
