"""Checked copies of the database: made, kept by a plan, listed, put back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studycards import files
from studycards.errors import StoreError
from studycards.store import copying, places
from studycards.store.trouble import StoreBusyError

ALL_FOR = timedelta(days=2)
# How many to keep of what is older, one a day, a week and a month.
KEPT = (("%Y-%m-%d", 12), ("%G-%V", 10), ("%Y-%m", 9))
USE = timedelta(minutes=30)
OLD = timedelta(days=7)
_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked copy: when and why it was made, and what it holds."""

    path: Path
    made: datetime
    reason: str
    cards: int
    reviews: int
    acts: int
    version: int
    digest: str

    @property
    def name(self) -> str:
        """What the person calls it by."""
        return self.path.stem

    @property
    def contents(self) -> str:
        """What it holds, in words."""
        return f"{self.cards} cards, {self.reviews} reviews"

    def __str__(self) -> str:
        return f"{self.name}  {self.made.astimezone():%Y-%m-%d %H:%M}  {self.contents}"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where that which it replaced is kept."""

    backup: Backup
    kept: Path | None


def make(store: Path, now: datetime, reason: str) -> Backup:
    """Copy the database into its folder of backups: temp file, looked over, fsync, rename, fsync of the folder.

    Raises StoreError if the database is damaged or the copy cannot be written; nothing is left behind then.
    """
    folder = places.backups(store)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        target = _free(folder, f"{now.astimezone(UTC).strftime(_STAMP)}-{reason}")
        files.sweep(folder)
        temp = folder / f"{files.own_prefix()}{target.name}"
        try:
            return _finish(store, temp, target, now, reason)
        finally:
            with contextlib.suppress(OSError):
                _leave_none(temp)
    except OSError as error:
        raise StoreError(f"No backup could be written to {folder} ({error.strerror}); nothing was changed.") from error


def before(store: Path, now: datetime, reason: str) -> Backup | None:
    """A backup before something that changes much; None where nothing is stored yet. Raises StoreError like `make`."""
    return make(store, now, reason) if copying.has_rows(store) else None


def listing(store: Path) -> list[Backup]:
    """The backups of a database, newest first; only those that were finished and looked over."""
    folder = places.backups(store)
    found = [_read(path) for path in folder.glob("*.db")] if folder.is_dir() else []
    return sorted((b for b in found if b is not None), key=lambda b: (b.made, b.name), reverse=True)


def rotate(store: Path, now: datetime) -> list[Backup]:
    """Remove what the plan keeps no longer; the backups removed."""
    backups = listing(store)
    kept = keep([b.made for b in backups], now)
    removed = [b for b in backups if b.made not in kept]
    for backup in removed:
        backup.path.unlink(missing_ok=True)
        _note(backup.path).unlink(missing_ok=True)
    _sweep(places.backups(store), now)
    return removed


def keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which moments the plan keeps: all of two days, then the newest of each of 12 days, 10 weeks and 9 months."""
    newest_first = sorted(moments, reverse=True)
    kept = {moment for moment in newest_first if now - moment <= ALL_FOR}
    older = [moment for moment in newest_first if now - moment > ALL_FOR]
    for form, most in KEPT:
        periods: dict[str, datetime] = {}
        for moment in older:
            periods.setdefault(moment.strftime(form), moment)
        kept.update(list(periods.values())[:most])
    return kept


def is_due(store: Path, now: datetime) -> bool:
    """Whether the newest backup is half an hour old and something was stored since."""
    newest = next(iter(listing(store)), None)
    if newest is None:
        return copying.extent(store) != (0, 0)
    return now - newest.made >= USE and copying.extent(store) != (newest.reviews, newest.acts)


def restore(store: Path, backup: Backup, now: datetime) -> Restored:
    """Put a backup back: copied, looked over, and only then made the database; what it replaces is kept.

    A database that can be read is overwritten in one transaction, so that other processes see it; a damaged one is
    set aside byte for byte and a new file renamed into its place.
    """
    temp = store.with_name(f"{files.PREFIX}restore-{store.name}")
    try:
        _leave_none(temp)
        copying.snapshot(backup.path, temp)
        copying.examine(temp)
        copying.rename_device(temp, int(now.timestamp() * 1000))
        kept = exchange(store, temp, now)
    except OSError as error:
        raise StoreError(f"{backup.name} could not be put back ({error.strerror}); nothing was changed.") from error
    finally:
        with contextlib.suppress(OSError):  # what could not be taken away now is at the next restore
            _leave_none(temp)
    return Restored(backup, kept)


def set_aside(store: Path, now: datetime) -> Path:
    """Keep the bytes of a database that cannot be read, with its journal, beside the backups; where they are."""
    folder = places.backups(store)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = _free(folder, f"{now.astimezone(UTC).strftime(_STAMP)}-damaged").with_suffix(".damaged")
    for source, copy in ((store, target), (places.journal(store), places.journal(target))):
        if source.exists():
            shutil.copyfile(source, copy)
            copy.chmod(0o600)
            files.sync_file(copy)
    files.sync_folder(folder)
    return target


def _finish(store: Path, temp: Path, target: Path, now: datetime, reason: str) -> Backup:
    os.close(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    copying.snapshot(store, temp)
    contents = copying.examine(temp)
    files.sync_file(temp)
    backup = Backup(
        path=target,
        made=now.astimezone(UTC),
        reason=reason,
        cards=contents.cards,
        reviews=contents.reviews,
        acts=contents.acts,
        version=contents.version,
        digest=copying.digest_of(temp),
    )
    told = {key: value for key, value in asdict(backup).items() if key != "path"} | {"made": backup.made.isoformat()}
    files.replace(_note(target), (json.dumps(told, indent=1) + "\n").encode(), mode=0o600)
    temp.rename(target)
    files.sync_folder(target.parent)
    return backup


def _read(path: Path) -> Backup | None:
    """A backup with what was noted of it; None if it was not finished."""
    try:
        told = json.loads(_note(path).read_text(encoding="utf-8"))
        told["made"] = datetime.fromisoformat(told["made"])
        return Backup(path=path, **told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def exchange(store: Path, temp: Path, now: datetime) -> Path | None:
    """Put a file that was looked over in place of the database; where that which it replaces is kept."""
    if not store.exists():
        return _rename(temp, store, None)
    try:
        kept = make(store, now, "before-restore").path
    except StoreBusyError:
        raise
    except StoreError:  # it cannot be read any more, so its bytes are kept and no other process can lose by a rename
        return _rename(temp, store, set_aside(store, now))
    copying.put_back(temp, store)
    return kept


def _rename(temp: Path, store: Path, kept: Path | None) -> Path | None:
    temp.chmod(0o600)
    files.sync_file(temp)
    places.journal(store).unlink(missing_ok=True)  # it belongs to the pages that go; kept beside them
    temp.rename(store)
    files.sync_folder(store.parent)
    return kept


def _leave_none(temp: Path) -> None:
    for path in (temp, places.journal(temp)):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what a backup that was cut off left behind, a day later."""
    for path in [
        *folder.glob(f"{files.PREFIX}*"),
        *(n for n in folder.glob("*.json") if not n.with_suffix(".db").exists()),
    ]:
        if now.timestamp() - path.stat().st_mtime > 86_400:
            path.unlink(missing_ok=True)


def _free(folder: Path, name: str) -> Path:
    """A name that is not taken yet."""
    number = 1
    target = folder / f"{name}.db"
    while target.exists() or _note(target).exists() or target.with_suffix(".damaged").exists():
        number += 1
        target = folder / f"{name}-{number}.db"
    return target


def _note(path: Path) -> Path:
    return path.with_suffix(".json")
