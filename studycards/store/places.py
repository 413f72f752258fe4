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


def _prefix(store: Path) -> str:
    if store.name == DEFAULT:
        return ""
    return (store.stem if store.suffix == ".db" else store.name) + "."
