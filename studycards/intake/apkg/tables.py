"""The collection of a package, read as a database that nobody trusts; both of Anki's schemas give the same values."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from studycards.intake.apkg import wire
from studycards.intake.apkg.archive import RefusedError

SECONDS = 30.0
_MAGIC = b"SQLite format 3\x00"
_TABLES = frozenset(
    ("col", "notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "deck_config", "config")
)
_DAY_ZERO_HOUR = 4


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: names of fields in order, templates as (name, question, answer)."""

    id: int
    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    css: str = ""


class NoteRow(NamedTuple):
    """An Anki note."""

    id: int
    guid: str
    mid: int
    mod: int
    tags: str
    flds: str


class CardRow(NamedTuple):
    """A card of an Anki note; `did` and `due` as they were before a filtered deck took it."""

    id: int
    nid: int
    did: int
    ord: int
    type: int
    queue: int
    due: int
    ivl: int
    factor: int
    reps: int
    lapses: int
    left: int
    flags: int
    data: str


class RevRow(NamedTuple):
    """One row of the review log."""

    id: int
    cid: int
    ease: int
    ivl: int
    last_ivl: int
    factor: int
    time: int
    type: int


@dataclass(slots=True)
class Tables:
    """Everything of a collection that is read. `day_zero` is the second at which its days begin to count, `west` the
    minutes west of UTC then; `parameters` those of FSRS, where a preset has its own."""

    day_zero: int
    west: int | None
    rollover: int
    scheduler: int
    types: dict[int, NoteType]
    decks: dict[int, str]
    notes: list[NoteRow] = field(default_factory=list)
    cards: list[CardRow] = field(default_factory=list)
    revlog: list[RevRow] = field(default_factory=list)
    parameters: tuple[float, ...] = ()


def read(path: Path) -> Tables:
    """The tables of the collection at `path`. Raises RefusedError."""
    with path.open("rb") as file:
        if file.read(16) != _MAGIC:
            raise RefusedError("The collection in the package is no SQLite database; nothing was imported.")
    try:
        with _guarded(path) as connection:
            return _read(connection)
    except sqlite3.Error as error:
        raise RefusedError(f"The collection in the package cannot be read ({error}); nothing was imported.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(f"The collection in the package is damaged ({error}); nothing was imported.") from error


@contextmanager
def _guarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may read the known tables and nothing else, for 30 seconds."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        for setting in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {setting}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 << 20)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.create_collation("unicase", _unicase)
        connection.text_factory = lambda data: data.decode(errors="replace")
        end = monotonic() + SECONDS
        connection.set_progress_handler(lambda: int(monotonic() > end), 100_000)
        _refuse_strangers(connection)
        connection.set_authorizer(_authorize)
        yield connection
    finally:
        connection.close()


def _unicase(left: str, right: str) -> int:
    a, b = left.casefold(), right.casefold()
    return (a > b) - (a < b)


def _refuse_strangers(connection: sqlite3.Connection) -> None:
    """Anki's tables must be tables: a view or a virtual one of that name would run what the package says."""
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        virtual = kind == "table" and str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
        if kind in ("view", "trigger") or virtual:
            raise RefusedError(f"The collection in the package has a {kind} {name!r}; nothing was imported.")


def _authorize(action: int, first: str | None, second: str | None, db: str | None, by: str | None) -> int:
    if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and first in (*_TABLES, "sqlite_master"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _read(connection: sqlite3.Connection) -> Tables:
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"col", "notes", "cards", "revlog"} <= names:
        raise RefusedError("The collection in the package lacks Anki's tables; nothing was imported.")
    tables = _newer(connection) if "notetypes" in names else _older(connection)
    tables.notes = [
        NoteRow._make(row)
        for row in connection.execute("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id")
        if _is_note(row)
    ]
    tables.cards = [
        CardRow._make(row)
        for row in connection.execute(
            "SELECT id, nid, CASE WHEN odid THEN odid ELSE did END, ord, type, queue,"
            " CASE WHEN odid AND odue THEN odue ELSE due END,"
            " ivl, factor, reps, lapses, left, flags, data FROM cards ORDER BY id"
        )
        if all(isinstance(value, int) for value in row[:13])
    ]
    tables.revlog = [
        RevRow._make(row)
        for row in connection.execute("SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id")
        if all(isinstance(value, int) for value in row)
    ]
    return tables


def _is_note(row: tuple[Any, ...]) -> bool:
    return all(isinstance(row[n], int) for n in (0, 2, 3)) and all(isinstance(row[n], str) for n in (1, 4, 5))


def _older(connection: sqlite3.Connection) -> Tables:
    """Schema 11: everything but notes, cards and answers is JSON in one row."""
    crt, conf, models, decks, dconf = connection.execute("SELECT crt, conf, models, decks, dconf FROM col").fetchone()
    settings = json.loads(conf or "{}")
    types = {int(key): _older_type(int(key), model) for key, model in json.loads(models or "{}").items()}
    names = {int(key): str(deck["name"]) for key, deck in json.loads(decks or "{}").items()}
    presets = json.loads(dconf or "{}").values()
    found = next((preset["fsrsParams6"] for preset in presets if len(preset.get("fsrsParams6") or ()) == 21), ())
    return Tables(
        day_zero=int(crt),
        west=settings.get("creationOffset"),
        rollover=int(settings.get("rollover", _DAY_ZERO_HOUR)),
        scheduler=int(settings.get("schedVer", 1)),
        types=types,
        decks=names,
        parameters=tuple(map(float, found)),
    )


def _older_type(type_id: int, model: dict[str, Any]) -> NoteType:
    return NoteType(
        id=type_id,
        name=str(model["name"]),
        cloze=int(model.get("type", 0)) == 1,
        fields=tuple(str(f["name"]) for f in model["flds"]),
        templates=tuple((str(t["name"]), str(t["qfmt"]), str(t["afmt"])) for t in model["tmpls"]),
        css=str(model.get("css", "")),
    )


def _newer(connection: sqlite3.Connection) -> Tables:
    """Schema 18: a table each, details as protobuf."""
    (crt,) = connection.execute("SELECT crt FROM col").fetchone()
    settings = {key: json.loads(value) for key, value in connection.execute("SELECT key, val FROM config")}
    fields: dict[int, list[str]] = {}
    for type_id, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_id, []).append(name)
    templates: dict[int, list[tuple[str, str, str]]] = {}
    for type_id, name, config in connection.execute("SELECT ntid, name, config FROM templates ORDER BY ntid, ord"):
        templates.setdefault(type_id, []).append((name, wire.text(config, 1), wire.text(config, 2)))
    types = {
        type_id: NoteType(
            type_id,
            name,
            wire.number(config, 1) == 1,
            tuple(fields.get(type_id, ())),
            tuple(templates.get(type_id, ())),
            wire.text(config, 3),
        )
        for type_id, name, config in connection.execute("SELECT id, name, config FROM notetypes")
    }
    decks = {deck_id: name.replace("\x1f", "::") for deck_id, name in connection.execute("SELECT id, name FROM decks")}
    presets = [config for (config,) in connection.execute("SELECT config FROM deck_config ORDER BY id")]
    found = next((p for config in presets if len(p := wire.floats(config, 6)) == 21), ())
    return Tables(
        day_zero=int(crt),
        west=settings.get("creationOffset"),
        rollover=int(settings.get("rollover", _DAY_ZERO_HOUR)),
        scheduler=int(settings.get("schedVer", 2)),
        types=types,
        decks=decks,
        parameters=found,
    )
