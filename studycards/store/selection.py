"""Which cards are meant: a choice of decks, files and tags, and the same as a condition."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cards: of any of the decks (with their subdecks) or files (or folders of files), and any of the tags.
    What is empty does not narrow."""

    decks: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def where(selection: Selection) -> tuple[str, dict[str, str]]:
    """The condition of a selection, beginning with AND, and its values."""
    wanted: list[str] = []
    values: dict[str, str] = {}
    for n, deck in enumerate(selection.decks):
        values[f"deck{n}"] = deck
        wanted.append(f"c.deck = :deck{n} OR substr(c.deck, 1, length(:deck{n}) + 2) = :deck{n} || '::'")
    for n, path in enumerate(selection.paths):
        values[f"path{n}"] = path.rstrip("/")
        wanted.append(f"c.path = :path{n} OR substr(c.path, 1, length(:path{n}) + 1) = :path{n} || '/'")
    condition = f" AND ({' OR '.join(wanted)})" if wanted else ""
    if selection.tags:
        values["tags"] = json.dumps(selection.tags, ensure_ascii=False)
        condition += (
            " AND EXISTS (SELECT 1 FROM json_each(c.tags) t JOIN json_each(:tags) w ON lower(t.value) = lower(w.value))"
        )
    return condition, values
