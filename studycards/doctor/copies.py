"""The log held against its second copy, line by line."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from sqlite_utils import Database

from studycards.doctor.findings import Level, Report, Surroundings
from studycards.store import loglines, places, soundness


def compare(db: Database, around: Surroundings, report: Report) -> None:
    """What the copy lacks, what it has beyond the log, what differs, and lines that cannot be read."""
    path = places.log_copy(around.store)
    if not path.exists():
        if next(loglines.rows(db), None) is not None:
            report.say(Level.PROBLEM, "copy", f"the log's copy {path} is missing", "write the log's copy")
        return
    here = {loglines.name(line): _core(line) for line in loglines.rows(db) if line[0] != "card"}
    aside = {f"row {device} {seq}" for device, seq in soundness.quarantined(db)}
    lacking = set(here)
    unread = beyond = differing = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file):
            line = loglines.parse(raw)
            if line is None:
                unread += bool(raw.strip()) and not (number == 0 and loglines.is_head(raw))
            elif line[0] != "card":
                name = loglines.name(line)
                lacking.discard(name)
                beyond += name not in here and name not in aside
                differing += name in here and here[name] != _core(line)
    _tell(report, str(path), (len(lacking), beyond, differing, unread))


def _tell(report: Report, path: str, found: tuple[int, int, int, int]) -> None:
    lacking, beyond, differing, unread = found
    if lacking:
        report.say(Level.PROBLEM, "copy-lags", f"{path} lacks {lacking} rows of the log", "write what it lacks")
    if beyond:
        what = f"{path} has {beyond} rows that the database has not"
        report.say(Level.PROBLEM, "copy-beyond", what, "take them from the copy")
    if differing:
        what = f"{differing} rows of the log are not as {path} has them: one of the two was damaged"
        report.say(Level.PROBLEM, "copy-differs", f"{what}; `studycards restore` or `doctor --rebuild` settles it")
    if unread:
        report.say(Level.NOTE, "copy-lines", f"{unread} lines of {path} cannot be read, as after a power cut")


def _core(line: loglines.Line) -> bytes:
    """A line's content in few bytes."""
    kind, columns = line
    kept: dict[str, Any] = {name: value for name, value in columns.items() if value is not None}
    told = repr((kind, sorted((name, str(value)) for name, value in kept.items())))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
