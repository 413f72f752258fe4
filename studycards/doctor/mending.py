"""What a repair does, told before it is done; nothing is removed but into quarantine."""

from __future__ import annotations

from sqlite_utils import Database

from studycards import history
from studycards.doctor.findings import Report, Surroundings
from studycards.store import memory as memory_rows
from studycards.store import soundness
from studycards.store.logcopy import LogCopy
from studycards.store.opening import writing


def plan(report: Report) -> list[str]:
    """What a repair would do, one line each."""
    return [f"{finding.message}: {finding.repair}" for finding in report.findings if finding.repair]


def mend(db: Database, around: Surroundings, report: Report) -> list[str]:
    """Do what the plan says, but for the backup, which is made before; what was done, one line each."""
    done = []
    codes = {finding.code for finding in report.findings if finding.repair}
    if "pages" in codes:
        soundness.reindex(db)
        done.append("Made every index anew.")
    if report.broken:
        done.append(_set_aside(db, around, report))
    if report.wrong or report.broken:
        done.append(_replay(db))
    if "mode" in codes:
        around.store.chmod(0o600)
        done.append(f"Only you can read {around.store} now.")
    if codes & {"copy", "copy-lags"}:
        LogCopy(db, whole=True).close()
        done.append("Wrote what the log's copy lacked.")
    return done


def _set_aside(db: Database, around: Surroundings, report: Report) -> str:
    with writing(db):
        moved = soundness.quarantine(db, report.broken, memory_rows.to_ms(around.now))
    return f"Set {moved} rows aside: table quarantine of {around.store}, with their reasons."


def _replay(db: Database) -> str:
    with writing(db):
        cards = history.restore_all(db)
    return f"Wrote the memory and marks of {cards} cards as the log gives them."
