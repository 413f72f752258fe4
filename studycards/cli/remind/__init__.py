"""`remind`: the daily reminder, through the scheduler of the operating system."""

from __future__ import annotations

import click

from studycards.cli.remind.calendar import ics
from studycards.cli.remind.call import now
from studycards.cli.remind.install import at
from studycards.cli.remind.look import status
from studycards.cli.remind.rehearse import trial
from studycards.cli.remind.removal import off


@click.group(epilog="Example: studycards remind at 08:00 --days mon-fri")
def command() -> None:
    """Be called once a day when something is due; nothing of studycards stays running."""


for _sub in (at, status, trial, now, off, ics):
    command.add_command(_sub)
