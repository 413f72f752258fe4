"""`remind`: the daily reminder, through the scheduler of the operating system."""

from __future__ import annotations

import importlib
from typing import NamedTuple

import click


class Verb(NamedTuple):
    """One sub-command: its module in this folder, its name there, and its line in `--help`."""

    module: str
    name: str
    help: str


VERBS: dict[str, Verb] = {
    "at": Verb("install", "at", "Be called every day at this hour; again: change it."),
    "status": Verb("look", "status", "Say when it comes next and what became of the last one."),
    "test": Verb("rehearse", "trial", "Have the scheduler send one now."),
    "now": Verb("call", "now", "What the scheduler calls: send it if it is time."),
    "off": Verb("removal", "off", "Take everything away again."),
    "ics": Verb("calendar", "ics", "Print it as an event for a calendar."),
}


class Verbs(click.Group):
    """A group that imports a sub-command only when it is called, and none for `--help`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        found: click.Command = getattr(importlib.import_module(f"studycards.cli.remind.{verb.module}"), verb.name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, verb.help) for name, verb in VERBS.items()])


@click.group(cls=Verbs, epilog="Example: studycards remind at 08:00 --days mon-fri")
def command() -> None:
    """Be called once a day when something is due; nothing of studycards stays running."""
