"""`remind off`: take the reminder out of every scheduler, whatever became of the rest."""

from __future__ import annotations

import click

from studycards import remind
from studycards.cli.context import Context
from studycards.cli.remind.setting import explained, machine_of, tell
from studycards.errors import StoreError, StudycardsError
from studycards.remind.folders import remove_empty, remove_file
from studycards.remind.machine import Machine
from studycards.store import reminder as rows


@click.command("off", epilog="Example: studycards remind off")
@click.pass_obj
def off(context: Context) -> None:
    """Take every entry of the reminder out of every scheduler, with its log; works without the database."""
    machine = machine_of(context)
    removed, failed = [], []
    for backend in remind.backends(machine):
        try:
            if backend.installed() is not None:
                with explained():
                    backend.remove()
                removed.append(backend.name)
        except StudycardsError as error:
            failed.append(error.sentence)
    with explained():
        _clear(machine)
    _forget(context)
    click.echo(f"Removed from {', '.join(removed)}." if removed else "No scheduler had a reminder of studycards.")
    if failed:
        raise StudycardsError(" ".join(failed))


def _clear(machine: Machine) -> None:
    for path in (machine.log, machine.due_file):
        remove_file(path)
    remove_empty(machine.state, machine.home)


def _forget(context: Context) -> None:
    """Take the plan out of the store, if there is a store that can be opened."""
    if not context.db.exists():
        return
    try:
        with context.opened() as db:
            rows.forget_plan(db)
    except StoreError as error:
        tell(error.sentence)
