"""Under which name a database writes its log: one of its own for each machine and place."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from sqlite_utils import Database

from studycards.store import knowing
from studycards.store.trouble import damaged


def origin_of(device: str, path: Path) -> str:
    """What tells the machine and the place of a database."""
    return digest(device, str(path))


def is_at_home(db: Database, path: Path, origin: str) -> bool:
    """Whether the database has its name for this machine and place. Raises StoreError if it has none at all."""
    names = _meta(db)
    if not names.get("device") or names["device"] not in names.get("devices", "").split():
        raise damaged(path, "the name of its log is gone")
    return names.get("device_origin") == origin


def give(db: Database, origin: str, now_ms: int) -> None:
    """Write under a new name from now on: a copied or moved database must never name a row like another one does.
    Inside `writing`."""
    known = _meta(db).get("devices", "").split()
    name = digest(origin, str(now_ms), *known)
    settle(db, {"device": name, "device_origin": origin, "devices": " ".join(dict.fromkeys([*known, name]))})
    knowing.note_knowledge(db, now_ms)


def settle(db: Database, names: Mapping[str, str]) -> None:
    """Write the rows that say under which name the log goes on. Inside `writing`."""
    db.conn.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", names.items())


def digest(*parts: str) -> str:
    """Texts as one short name."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _meta(db: Database) -> dict[str, str]:
    return dict(db.conn.execute("SELECT key, value FROM meta WHERE key LIKE 'device%'").fetchall())
