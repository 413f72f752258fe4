"""Seeded damages to a store: found, or harmless; the damaged file itself left as it is."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from studycards import backup
from studycards.errors import StoreError
from studycards.store import places
from studycards.store.opening import open_reading
from tests.soak import oracle
from tests.soak.stage import BEGIN, Clock, act, make, opened, sitting

# What the log and what follows from it say; other tables are indexes and notes to oneself.
TOLD = (
    "SELECT * FROM reviews ORDER BY device, seq",
    "SELECT * FROM acts ORDER BY device, seq",
    "SELECT * FROM memory ORDER BY card_id",
    "SELECT * FROM marks ORDER BY card_id",
    "SELECT id, payload FROM settings ORDER BY id",
)


@dataclass(slots=True)
class Damages:
    """How each damage was met: refused at the start, found by the doctor, harmless; or silently wrong."""

    met: Counter[str] = field(default_factory=Counter)
    restored: int = 0
    wrong: list[str] = field(default_factory=list)


def run(folder: Path, damages: int, seed: int) -> Damages:
    """Damage a store in many ways, each time from the same whole one."""
    rng, result = random.Random(seed), Damages()
    path = folder / "damage.db"
    make(path, 300)
    db = opened(path)
    for day in range(1, 12):
        session = sitting(db, Clock(day))
        script = random.Random(day)
        for _ in range(40):
            if not act(session, script, "aaaaaaufb"):
                break
        session.close()
    truth = _told(db)
    db.close()
    made = backup.make(path, BEGIN + timedelta(days=20), "by-hand")
    whole = path.read_bytes()
    if _meet(path, truth, whole) != "harmless":
        result.wrong.append("a whole store is not taken for one")
    for number in range(damages):
        what, harmed = _harm(whole, rng)
        _clear(path)
        path.write_bytes(harmed)
        path.chmod(0o600)
        met = _meet(path, truth, harmed)
        result.met[met] += 1
        if met.startswith("silently"):
            result.wrong.append(f"{number}: {what}: {met}")
        if path.read_bytes() != harmed:
            result.wrong.append(f"{number}: {what}: the damaged file was changed")
        if number % 10 == 0:
            result.wrong += _drill(path, made, harmed, truth, folder)
            result.restored += 1
    return result


def _harm(whole: bytes, rng: random.Random) -> tuple[str, bytes]:
    """One damage: bytes flipped or overwritten, a page zeroed or exchanged, the end cut off."""
    data = bytearray(whole)
    at = rng.randrange(len(data))
    kind = rng.choice(("bit", "byte", "noise", "zero", "page", "swap", "cut", "empty-end", "text"))
    if kind == "bit":
        data[at] ^= 1 << rng.randrange(8)
    elif kind == "byte":
        data[at] = rng.randrange(256)
    elif kind == "noise":
        size = rng.randrange(2, 4096)
        data[at : at + size] = rng.randbytes(len(data[at : at + size]))
    elif kind == "zero":
        size = rng.randrange(2, 4096)
        data[at : at + size] = bytes(len(data[at : at + size]))
    elif kind in ("page", "swap"):
        pages = len(data) // 4096
        one, other = rng.randrange(pages) * 4096, rng.randrange(pages) * 4096
        first, second = data[one : one + 4096], data[other : other + 4096]
        data[one : one + 4096] = second
        if kind == "swap":
            data[other : other + 4096] = first
    elif kind == "cut":
        del data[at:]
    elif kind == "empty-end":
        data[at:] = bytes(len(data) - at)
    else:
        data[:] = rng.randbytes(rng.randrange(1, 9000))
    return f"{kind} at {at}", bytes(data)


def _meet(path: Path, truth: list[list[tuple[object, ...]]], harmed: bytes) -> str:
    try:
        opened(path).close()
    except StoreError as error:
        return "refused" if error.exit_code == 3 and "restore" in error.sentence else f"silently: {error.sentence}"
    if path.read_bytes() != harmed:
        return "silently: opening changed it"
    db = open_reading(path)
    try:
        found = oracle.problems(db, path)
        if found:
            return "found by the doctor"
        return "harmless" if _told(db) == truth else "silently wrong"
    finally:
        db.close()


def _drill(
    path: Path, made: backup.Backup, harmed: bytes, truth: list[list[tuple[object, ...]]], folder: Path
) -> list[str]:
    """A restore brings everything back and keeps the damaged bytes."""
    restored = backup.restore(path, made, BEGIN + timedelta(days=21))
    db = opened(path)
    back = _told(db)
    db.close()
    wrong = [] if [rows for rows in back if rows] and _same_rows(back, truth) else ["a restore did not bring all back"]
    if restored.kept is None or (restored.kept.suffix == ".damaged" and restored.kept.read_bytes() != harmed):
        wrong.append("a restore did not keep the damaged bytes")
    if restored.kept is not None:
        restored.kept.unlink()
        restored.kept.with_suffix(".json").unlink(missing_ok=True)
    return wrong


def _same_rows(back: list[list[tuple[object, ...]]], truth: list[list[tuple[object, ...]]]) -> bool:
    return all(set(then) <= set(now) for now, then in zip(back, truth, strict=True))


def _told(db: oracle.Database) -> list[list[tuple[object, ...]]]:
    return [db.execute(query).fetchall() for query in TOLD]


def _clear(path: Path) -> None:
    for left in (path, places.journal(path)):
        left.unlink(missing_ok=True)
