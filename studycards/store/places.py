"""Where the files that belong to a database lie: all beside it, named after it."""

from __future__ import annotations

from pathlib import Path

DEFAULT = "studycards.db"


def log_copy(store: Path) -> Path:
    """The second copy of the log, one line a row."""
    return store.with_name(_prefix(store) + "reviews.jsonl")


def reserve(store: Path) -> Path:
    """A file of some size that is given up when the disk is full."""
    return store.with_name(_prefix(store) + "reserve")


def backups(store: Path) -> Path:
    """The folder of checked copies."""
    return store.with_name(_prefix(store) + "backups")


def journal(store: Path) -> Path:
    """SQLite's rollback journal."""
    return store.with_name(store.name + "-journal")


# File systems over a network, where locks may not hold, as the system calls them.
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "davfs", "fuse.davfs2")
_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "syncthing", "sync")


def doubtful(store: Path, file_system: str) -> str:
    """Why the place of a database is a bad one and how to move it, in a sentence; "" where it is not."""
    way = "name a place on this machine's own disk with --db, or in STUDYCARDS_DB, after moving the file there"
    if file_system in NETWORK:
        where = f"{store} lies on a network file system ({file_system}), where locks may not hold"
        return f"{where}: {way}."
    synced = next((part for part in store.parts[:-1] if part.casefold().startswith(_SYNCED)), "")
    if synced:
        where = f"{store} lies in what looks like a synchronised folder ({synced}), which may copy it half-written"
        return f"{where}: {way}. `studycards merge --folder` is made for such a folder."
    return ""


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system a path lies on, by what /proc/self/mountinfo says; "" if it does not tell."""
    found, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        point = fields[4].replace("\\040", " ") if len(fields) > 4 else ""
        if point and f"{path}/".startswith(point.rstrip("/") + "/") and len(point) >= len(found):
            found, kind = point, after.split(" ")[0]
    return kind


def _prefix(store: Path) -> str:
    if store.name == DEFAULT:
        return ""
    return (store.stem if store.suffix == ".db" else store.name) + "."
