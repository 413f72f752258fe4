"""Logs of several machines made one: the union of their rows by name, replayed; also in a folder, a file a machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studycards import files, history
from studycards.errors import StoreError, UsageError
from studycards.store import intake, knowing, log, loglines, presets, soundness
from studycards.store.knowing import Known
from studycards.store.loglines import Line
from studycards.store.opening import open_reading, writing

SUFFIX = ".log.jsonl"


@dataclass(slots=True)
class Taken:
    """What was new: answers, other acts, cards that are not in any deck file here; `joined` cards were answered on
    both sides and are due anew; `unread` lines could not be read."""

    reviews: int = 0
    acts: int = 0
    cards: int = 0
    joined: int = 0
    unread: int = 0

    def add(self, other: Taken) -> None:
        """Count what another log brought as well."""
        for name in ("reviews", "acts", "cards", "joined", "unread"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Lines:
    """The lines of a log file, each time anew; `unread` of them could not be read the last time, as a torn end."""

    path: Path
    unread: int = 0

    def __iter__(self) -> Iterator[Line]:
        self.unread = 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(file):
                line = loglines.parse(raw)
                if line is not None:
                    yield line
                elif raw.strip() and not (number == 0 and loglines.is_head(raw)):
                    self.unread += 1


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of an open database, each time anew."""

    db: Database

    def __iter__(self) -> Iterator[Line]:
        return loglines.rows(self.db)


def from_store(db: Database, other: Path, now_ms: int) -> Taken:
    """Take the log of another database, which is looked over and not changed. Raises StoreError, UsageError."""
    if not other.is_file():
        raise UsageError(f"There is no database at {other} to merge.")
    there = open_reading(other)
    try:
        return take(db, Rows(there), now_ms)
    finally:
        there.close()


def from_folder(db: Database, folder: Path, now_ms: int) -> Taken:
    """Write this machine's log into the folder, then take what the other machines have written there."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: make it, or name the folder that the machines share.")
    own = publish(db, folder)
    taken = Taken()
    for path in sorted(folder.glob("*.jsonl")):
        if path != own:
            taken.add(from_file(db, path, now_ms))
    return taken


def from_file(db: Database, path: Path, now_ms: int, *, as_indexed: bool = False) -> Taken:
    """Take a log file, of a machine or the copy beside a database. Raises StoreError."""
    lines = Lines(path)
    try:
        taken = take(db, lines, now_ms, as_indexed=as_indexed)
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}); nothing of it was taken.") from error
    taken.unread += lines.unread
    return taken


def publish(db: Database, folder: Path) -> Path:
    """Append to this machine's file in the folder the rows it lacks; the file. Raises StoreError."""
    path = folder / f"{log.device(db)}{SUFFIX}"
    own = set(log.own_devices(db))
    known = {loglines.name(line) for line in Lines(path)} if path.exists() else set()
    lines = [line for line in loglines.rows(db) if _is_own(line, own) and loglines.name(line) not in known]
    try:
        if lines or not path.exists():
            loglines.append(path, lines)
            files.sync_file(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); nothing was merged.") from error
    return path


def take(db: Database, lines: Iterable[Line], now_ms: int, *, as_indexed: bool = False) -> Taken:
    """Take lines of another log, in any order, each at most once, and replay the cards they are about.

    `lines` is gone through twice. Cards that no deck file here has are kept as gone until their text turns up;
    `as_indexed` leaves them as the lines say, for making a database anew.
    """
    taken = Taken()
    with writing(db):
        intake.begin(db)
        known = _take_cards(db, lines, taken, None if as_indexed else now_ms)
        _take_rows(db, lines, known, taken)
        changed = set(intake.changed_cards(db))
        knowledge = knowing.knowledge(db)
        taken.joined = sum(_join(db, card_id, knowledge) for card_id in sorted(changed))
        history.restore_many(db, changed)
        if taken.reviews or taken.acts:
            knowing.note_knowledge(db, now_ms)
        intake.end(db)
    return taken


def _take_cards(db: Database, lines: Iterable[Line], taken: Taken, gone_ms: int | None) -> dict[str, str]:
    """Take settings and cards; what other ids the cards have here that ask the same under another one."""
    newest: dict[str, dict[str, Any]] = {}
    for kind, columns in lines:
        if kind == "settings":
            intake.take_settings(db, columns)
        elif kind == "card" and columns["changed_ms"] >= newest.get(columns["id"], columns)["changed_ms"]:
            newest[columns["id"]] = columns
    known: dict[str, str] = {}
    for card_id, columns in newest.items():
        here = intake.twin(db, columns)
        if here is None:
            taken.cards += intake.take_card(db, columns if gone_ms is None else {**columns, "orphaned_ms": gone_ms})
        elif here != card_id:
            known[card_id] = here
    return known


def _take_rows(db: Database, lines: Iterable[Line], known: Mapping[str, str], taken: Taken) -> None:
    numbers, aside = intake.presets_by_digest(db), soundness.quarantined(db)
    for kind, columns in lines:
        if (columns.get("device"), columns.get("seq")) in aside:
            continue
        if kind == "review":
            row = {**columns, "card_id": known.get(columns["card_id"], columns["card_id"])}
            row["settings"] = numbers.get(columns["settings"], 0)
            if row["settings"]:
                taken.reviews += intake.take_review(db, row)
            else:
                taken.unread += 1
        elif kind == "act":
            taken.acts += intake.take_act(db, _renamed(columns, known))


def _renamed(columns: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """An act under the ids that its cards have here, also one that stands for many cards."""
    card_id = columns.get("card_id")
    if card_id is not None or columns["kind"] != log.WIDE or not known:
        return {**columns, "card_id": known.get(str(card_id), card_id)}
    payload = json.loads(columns["payload"])
    cards = {known.get(name, name): number for name, number in payload.get("cards", {}).items()}
    return {**columns, "payload": json.dumps(payload | {"cards": cards}, ensure_ascii=False, sort_keys=True)}


def _join(db: Database, card_id: str, knowledge: Mapping[str, list[Known]]) -> bool:
    """A card that two machines answered without knowing of each other is due anew, by a row that all write alike."""
    last = intake.parted(db, card_id, knowledge)
    if last is None:
        return False
    named = json.dumps([last.device, last.seq])  # not the card, which may have another id elsewhere
    return intake.take_act(
        db,
        {
            "device": f"join-{blake2b(named.encode(), digest_size=8).hexdigest()}",
            "seq": 1,
            "kind": "redue-merge",
            "card_id": card_id,
            "at_ms": last.reviewed_at + 1,
            "study_day": last.study_day,
            "step": 1,
            "payload": json.dumps({"settings": presets.payload(presets.load(db)[last.settings])}),
        },
    )


def _is_own(line: Line, own: set[str]) -> bool:
    kind, columns = line
    return kind in ("settings", "card") or columns["device"] in own
