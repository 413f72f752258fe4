"""Every check, one function each; none of them writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta

from sqlite_utils import Database

from studycards import history
from studycards.doctor.copies import compare
from studycards.doctor.findings import Level, Report, Surroundings
from studycards.errors import StoreError
from studycards.store import log, places, presets, reviews, soundness
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows
from studycards.store.trouble import GARBLED, explain

Check = Callable[[Database, Surroundings, Report], None]

OLD = timedelta(days=7)


def examine(db: Database, around: Surroundings) -> Report:
    """Look the database over; what SQLite cannot even read is a finding too."""
    report = Report()
    for check in CHECKS:
        try:
            check(db, around, report)
        except sqlite3.DatabaseError as error:
            report.say(Level.UNUSABLE, "unreadable", explain(error, around.store).sentence)
            return report
        except (*GARBLED, StoreError) as error:
            what = f"some rows cannot be read for what they are ({error})"
            report.say(Level.PROBLEM, "garbled", f"{what}; `studycards restore` or `doctor --rebuild` brings them back")
    return report


def _pages(db: Database, around: Surroundings, report: Report) -> None:
    trouble = soundness.index_trouble(db)
    if trouble:
        what = f"{len(trouble)} faults in its pages or indexes, first: {trouble[0]}"
        report.say(Level.PROBLEM, "pages", what, "make every index anew; if that is not enough, `studycards restore`")


def _rows(db: Database, around: Surroundings, report: Report) -> None:
    report.broken = soundness.broken_rows(db)
    if report.broken:
        table, _, reason = report.broken[0]
        what = f"{len(report.broken)} rows of the log cannot be right, first one in {table}: {reason}"
        report.say(Level.PROBLEM, "rows", what, "set these rows aside in quarantine and replay their cards")


def _gaps(db: Database, around: Surroundings, report: Report) -> None:
    missing = soundness.gaps(db)
    if missing:
        what = f"{len(missing)} rows of the log are missing, first: {missing[0][0]} {missing[0][1]}"
        report.say(Level.PROBLEM, "gaps", f"{what}; `studycards restore` brings back what its copies have")


def _memory(db: Database, around: Surroundings, report: Report) -> None:
    if any(table == "reviews" for table, _, _ in report.broken):
        report.say(Level.NOTE, "replay", "the log was not replayed, since some of its rows cannot be right")
        return
    replayed = {card_id: memory for card_id, memory in history.remembered_all(db) if memory is not None}
    stored = _stored(db, report)
    differing = {card_id for card_id in replayed.keys() | stored.keys() if replayed.get(card_id) != stored.get(card_id)}
    thresholds = {number: settings.leech_threshold for number, settings in presets.load(db).items()}
    acts, last = log.standing_of_kinds(db, marks_rows.KINDS), reviews.last_settings(db)
    marked = marks_rows.load_all(db)
    for card_id in acts.keys() | marked.keys() | replayed.keys():
        threshold = thresholds.get(last.get(card_id, 0), 0)
        marks = history.marked(acts.get(card_id, []), replayed.get(card_id), threshold)
        if marks != marked.get(card_id, marks_rows.Marks()):
            differing.add(card_id)
    report.wrong = sorted(differing | soundness.misflagged(db))
    if report.wrong:
        what = (
            f"the memory or marks of {len(report.wrong)} cards are not what their log gives, first: {report.wrong[0]}"
        )
        report.say(Level.PROBLEM, "memory", what, "write memory and marks as the log gives them")


def _stored(db: Database, report: Report) -> dict[str, object]:
    found: dict[str, object] = {}
    for card_id, row in memory_rows.load_rows(db):
        try:
            found[card_id] = memory_rows.of_row(row)
        except (ValueError, OverflowError):
            found[card_id] = row
    return found


def _cards(db: Database, around: Surroundings, report: Report) -> None:
    counts = soundness.counts(db)
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    report.say(Level.NOTE, "cards", told)
    loose, same = soundness.loose(db), soundness.same_question(db)
    if loose:
        report.say(Level.NOTE, "loose", f"{loose} cards have answers but no deck file known here has their text")
    if same:
        report.say(Level.NOTE, "same", f"{same} cards ask what another card asks")
    paths = soundness.open_intents(db)
    if paths:
        report.say(Level.PROBLEM, "intents", f"an edit of {paths[0]} was cut off; `studycards status` settles it")


def _clock(db: Database, around: Surroundings, report: Report) -> None:
    ahead = soundness.ahead_of(db, memory_rows.to_ms(around.now + timedelta(days=1)))
    if ahead:
        what = (
            f"{ahead} answers are dated in the future, as by a clock that ran ahead; `studycards undo` takes them back"
        )
        report.say(Level.PROBLEM, "future", what)


def _backups(db: Database, around: Surroundings, report: Report) -> None:
    if not around.backups:
        level = Level.PROBLEM if log.next_seq(db, log.device(db)) > 1 else Level.NOTE
        report.say(level, "backup", "there is no backup; `studycards backup` makes one", "make a backup")
    elif around.now - around.backups[0] > OLD:
        days = (around.now - around.backups[0]).days
        report.say(Level.PROBLEM, "backup", f"the newest backup is {days} days old", "make a backup")


def _place(db: Database, around: Surroundings, report: Report) -> None:
    mode = around.store.stat().st_mode & 0o777
    if mode & 0o077:
        what = f"others can read {around.store} (mode {mode:04o})"
        report.say(Level.PROBLEM, "mode", what, "let only you read it (mode 0600)")
    doubt = places.doubtful(around.store, around.file_system)
    if doubt:
        level = Level.PROBLEM if around.file_system in places.NETWORK else Level.NOTE
        report.say(level, "place", doubt)
    report.say(Level.NOTE, "versions", f"SQLite {sqlite3.sqlite_version}, schema {_version(db)}, {around.store}")


def _version(db: Database) -> int:
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


CHECKS: tuple[Check, ...] = (_pages, _rows, _gaps, _memory, _cards, _clock, compare, _backups, _place)
