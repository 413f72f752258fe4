"""What the doctor finds, and what he needs to know beside the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """How bad a finding is: good to know, something is wrong, or the database cannot be used."""

    NOTE = "note"
    PROBLEM = "problem"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a code, a sentence, and what a repair would do about it ("": nothing)."""

    level: Level
    code: str
    message: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies beside the database: its file, when its backups were made (newest first), the file system's type."""

    store: Path
    now: datetime
    backups: Sequence[datetime] = ()
    file_system: str = ""


@dataclass(slots=True)
class Report:
    """All findings; `wrong` are the cards whose memory or marks are not what their log gives, `broken` rows of the
    log that cannot be right (table, row id, reason)."""

    findings: list[Finding] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    broken: list[tuple[str, int, str]] = field(default_factory=list)

    def say(self, level: Level, code: str, message: str, repair: str = "") -> None:
        """Add a finding."""
        self.findings.append(Finding(level, code, message, repair))

    @property
    def exit_code(self) -> int:
        """0 all is well, 1 there are problems, 3 the database cannot be used."""
        levels = {finding.level for finding in self.findings}
        return 3 if Level.UNUSABLE in levels else int(Level.PROBLEM in levels)
