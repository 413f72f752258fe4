"""CSV and TSV in: our own tables, others with or without a head, text files of Anki and Mnemosyne."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping

from studycards.errors import StudycardsError
from studycards.model import Kind, Written

LARGEST_CELL = 1 << 20
_NAMES = {
    "id": "id",
    "kind": "kind",
    "front": "front",
    "question": "front",
    "q": "front",
    "back": "back",
    "answer": "back",
    "a": "back",
    "reverse": "reverse",
    "deck": "deck",
    "tags": "tags",
}
_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_HOLE = re.compile(r"\{\{c\d+::")


def read(text: str, *, tabs: bool, html: Callable[[str], str]) -> list[Written]:
    """The blocks of a table. Without a head the columns are front, back, tags. `html` turns a cell of HTML into
    Markdown, where the file says that it has some. Raises StudycardsError."""
    said, body = _head_lines(text)
    separator = _SEPARATORS.get(said.get("separator", "").lower(), said.get("separator", ""))
    delimiter = separator if len(separator) == 1 else "\t" if tabs else _guess(body)
    csv.field_size_limit(LARGEST_CELL)
    try:
        rows = [row for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=False) if any(row)]
    except csv.Error as error:
        raise StudycardsError(f"The table cannot be read ({error}); nothing was imported.") from error
    columns, rows = _columns(said, rows)
    made = [_block(dict(zip(columns, row, strict=False)), said, html) for row in rows]
    return [block for block in made if block.front.strip()]


def _head_lines(text: str) -> tuple[dict[str, str], str]:
    """What Anki writes before the rows: `#separator:tab`, `#html:true`, `#tags column:3`."""
    said: dict[str, str] = {}
    while text.startswith("#") and (line := text.partition("\n")[0].rstrip("\r")) and ":" in line:
        name, _, value = line[1:].partition(":")
        said[name.strip().lower()] = value.strip()
        text = text.partition("\n")[2]
    return said, text


def _guess(body: str) -> str:
    first = body.partition("\n")[0]
    return max("\t;,", key=first.count) if any(mark in first for mark in "\t;,") else "\t"


def _columns(said: Mapping[str, str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    if rows and not said:
        names = [_NAMES.get(cell.strip().lower(), "") for cell in rows[0]]
        if "front" in names and "back" in names:
            return names, rows[1:]
    width = max((len(row) for row in rows), default=0)
    columns = ["" for _ in range(width)]
    for name in ("tags", "deck", "notetype", "guid"):
        place = said.get(f"{name} column", "")
        if place.isdigit() and 0 < int(place) <= width:
            columns[int(place) - 1] = name
    rest = iter(("front", "back") if said else ("front", "back", "tags"))
    return [name or next(rest, "") for name in columns], rows


def _block(cells: Mapping[str, str], said: Mapping[str, str], html: Callable[[str], str]) -> Written:
    def cell(name: str) -> str:
        value = cells.get(name, "")
        return value[1:] if _FORMULA.match(value) else value

    front, back = cell("front"), cell("back")
    if said.get("html") == "true":
        front, back = html(front), html(back)
    is_cloze = cell("kind") == "cloze" or (not cell("kind") and bool(_HOLE.search(front)))
    return Written(
        kind=Kind.CLOZE if is_cloze else Kind.BASIC,
        front=front,
        back=back,
        reverse=cell("reverse").strip().lower() in ("yes", "y", "1", "true"),
        deck=cell("deck") or said.get("deck", ""),
        tags=_tags(cell("tags")) or _tags(said.get("tags", "")),
        id=cell("id"),
    )


def _tags(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())
