"""The reminder as one block in the person's crontab."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from studycards.errors import StudycardsError
from studycards.remind.crontab import block_line, with_block, without_block
from studycards.remind.draft import Draft
from studycards.remind.entry import Standing
from studycards.remind.folders import read
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, Reminder, runs
from studycards.remind.quoting import cron_command, cron_words

LONGEST = 990
_TRIES = 5
_ESCAPED = re.compile(rb"\\[rb]")
_SCHEDULE = re.compile(r"(\S+ \S+) \* \* (\S+) ")


@dataclass(frozen=True, slots=True)
class Cron:
    """cron forgets what it slept through, so the entry runs every half hour and the guard holds it back."""

    machine: Machine
    name: str = "cron"
    tells_next: bool = True

    def available(self) -> bool:
        """Whether `crontab` answers; on macOS it asks for permission and does not count."""
        if self.machine.platform in ("darwin", "win32") or self.machine.which("crontab") is None:
            return False
        ran = self.machine.run("crontab", "-l")
        return ran.code == 0 or _is_empty(ran.err)

    def draft(self, reminder: Reminder) -> Draft:
        """The block alone: the rest of the crontab is the person's."""
        return Draft(((Path("crontab"), with_block(b"", _line(reminder))),), (("crontab", "-"),))

    def install(self, reminder: Reminder) -> str:
        """Put the block into the crontab. Returns advice where no daemon runs."""
        line = _line(reminder)
        self._edit(lambda crontab: with_block(crontab, line))
        if self.machine.is_running("cron", "crond", "fcron", "busybox") is False:
            return "No cron daemon runs on this machine, so nothing will call you until one is started."
        return ""

    def remove(self) -> None:
        """Take the block out again."""
        self._edit(without_block)

    def installed(self) -> Standing | None:
        """The entry as the crontab has it."""
        if self.machine.which("crontab") is None:
            return None
        line = os.fsdecode(block_line(self._read()))
        if not line:
            return None
        words = cron_words(_SCHEDULE.sub("", line, count=1))
        return Standing("crontab", words[0] if words else "")

    def next_run(self, now: datetime) -> datetime | None:
        """When the block's line fires next; cron itself does not tell."""
        match = _SCHEDULE.match(os.fsdecode(block_line(self._read())))
        if match is None or self.machine.is_running("cron", "crond", "fcron", "busybox") is False:
            return None
        minutes, hours = (_numbers(field) for field in match[1].split(" "))
        days = _numbers(match[2]) if match[2] != "*" else set(range(1, 8))
        moment = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        for _ in range(8 * 24 * 60):
            if moment.minute in minutes and moment.hour in hours and moment.isoweekday() in days:
                return moment
            moment += timedelta(minutes=1)
        return None

    def run_now(self, until: Callable[[float], bool]) -> None:
        """Let the line fire every minute until it has, then put it back."""
        before = block_line(self._read())
        every_minute = b"* * * * * " + os.fsencode(_SCHEDULE.sub("", os.fsdecode(before), count=1))
        self._edit(lambda crontab: with_block(crontab, every_minute))
        try:
            until(62)
        finally:
            self._edit(lambda crontab: with_block(crontab, before))

    def _edit(self, change: Callable[[bytes], bytes]) -> None:
        """Write what `change` makes of the crontab, unless it changed meanwhile: then anew."""
        for _ in range(_TRIES):
            before = self._read()
            after = change(before)
            if after == before:
                return
            if self._read() == before:
                self._write(after)
                return
        raise StudycardsError("Something else keeps changing your crontab; it was left alone. Try again.")

    def _read(self) -> bytes:
        ran = self.machine.run("crontab", "-l")
        if ran.code != 0 and not _is_empty(ran.err):
            raise StudycardsError(f"Your crontab cannot be read: {ran.last_line}.")
        if ran.code != 0:
            return b""
        return self._raw(ran.out) if _ESCAPED.search(ran.out) else ran.out

    def _raw(self, listed: bytes) -> bytes:
        """The crontab's own bytes: Debian's `crontab -l` shows a carriage return as `\\r`, its editor gets the file."""
        with tempfile.TemporaryDirectory(prefix="studycards-") as folder:
            copy = Path(folder) / "crontab"
            editor = f"cat >{shlex.quote(str(copy))}"
            variables = {**self.machine.environment, "VISUAL": editor, "EDITOR": editor}
            self.machine.run("crontab", "-e", environment=variables)
            raw = read(copy)
        return raw if _as_listed(raw) == listed else listed

    def _write(self, crontab: bytes) -> None:
        ran = self.machine.run("crontab", "-", data=crontab) if crontab else self.machine.run("crontab", "-r")
        if ran.code != 0:
            raise StudycardsError(f"cron does not take the crontab ({ran.last_line}); it is as it was.")


def _as_listed(raw: bytes) -> bytes:
    return raw.replace(b"\r", b"\\r").replace(b"\b", b"\\b")


def _is_empty(complaint: bytes) -> bool:
    return b"no crontab" in complaint


def _line(reminder: Reminder) -> bytes:
    first = reminder.at.minute % 30
    days = "*" if reminder.days == EVERY_DAY else ",".join(_span(a + 1, b + 1) for a, b in runs(reminder.days))
    hours = _span(reminder.at.hour, reminder.last_hour)
    command = cron_command(reminder.argv, reminder.environment, str(reminder.log))
    line = os.fsencode(f"{first},{first + 30} {hours} * * {days} {command}")
    if len(line) > LONGEST:
        raise StudycardsError(
            f"cron takes lines of up to {LONGEST} bytes and this one has {len(line)}; "
            "use --via systemd, or shorter paths."
        )
    return line


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _numbers(field: str) -> set[int]:
    numbers: set[int] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers
