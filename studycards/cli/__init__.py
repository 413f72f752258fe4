"""The commands: a table name → module → one-line help, and a group that imports a command only when it is called."""

from __future__ import annotations

import errno
import importlib
from typing import NamedTuple

import click

from studycards.errors import StudycardsError


class Entry(NamedTuple):
    """One command: the module under `studycards.cli` that has it as `command`, and its line in `--help`."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "init": Entry("init", "Begin with your own notes."),
    "generate": Entry("generate", "Make cards from your notes."),
    "status": Entry("status", "Say what changed in the deck files."),
    "curate": Entry("curate", "Decide on the proposals that wait."),
    "explain": Entry("explain", "Say why a line became a card, or did not."),
    "check": Entry("check", "Say what is wrong in the deck files."),
    "review": Entry("review", "Ask what is due."),
    "serve": Entry("serve", "Show the app in a browser on this machine."),
    "browse": Entry("browse", "Find cards and act on one or many."),
    "search": Entry("search", "Print the cards that a query names."),
    "due": Entry("due", "Say what is due, for you, prompts and scripts."),
    "stats": Entry("stats", "Show what was learned and what is coming."),
    "simulate": Entry("simulate", "Play the days to come: what a setting would cost and bring."),
    "optimize": Entry("optimize", "Fit the scheduler to your own reviews."),
    "reschedule": Entry("reschedule", "Move due days to what the present settings would give."),
    "catchup": Entry("catchup", "Plan how what waits beyond the limit gets done."),
    "break": Entry("break_", "Be away for some days."),
    "export": Entry("export", "Take cards, with their progress, to Anki."),
    "import": Entry("import_", "Bring cards in, with their history."),
    "remind": Entry("remind", "Be called once a day when something is due."),
    "shell-init": Entry("shell_init", "Print the line that shows what is due when a shell starts."),
    "undo": Entry("undo", "Take back what was done last."),
    "redo": Entry("redo", "Do again what was taken back."),
    "backup": Entry("backup", "Make a checked copy of the database."),
    "restore": Entry("restore", "Put a backup back."),
    "merge": Entry("merge", "Add what was done on another machine."),
    "doctor": Entry("doctor", "Look the database over, mend it, make it anew."),
    "config": Entry("config", "Show what is in force, and from where."),
    "completion": Entry("completion", "Print what your shell needs to complete commands and decks."),
    "manual": Entry("manual", "Print the manual page."),
}

SUBJECTS: dict[str, tuple[str, ...]] = {
    "From notes to cards": ("init", "generate", "explain", "curate", "status", "check"),
    "Learning": ("review", "due", "browse", "search", "stats", "serve", "undo", "redo"),
    "The pace": ("simulate", "optimize", "reschedule", "catchup", "break"),
    "In, out and the daily call": ("export", "import", "remind", "shell-init"),
    "Keeping it safe": ("backup", "restore", "merge", "doctor"),
    "The program": ("config", "completion", "manual"),
}


class Commands(click.Group):
    """A group whose list is the table above, so that `--help` loads no command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"studycards.cli.{entry.module}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            ctx.fail(_unknown(name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = {name for names in SUBJECTS.values() for name in names}
        others = tuple(name for name in COMMANDS if name not in listed)
        for subject, names in [*SUBJECTS.items(), *([("Other", others)] if others else [])]:
            with formatter.section(subject):
                formatter.write_dl([(name.ljust(10), COMMANDS[name].help) for name in names if name in COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[click.shell_completion.CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(n, help=e.help) for n, e in COMMANDS.items() if n.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except StudycardsError as error:
            from studycards.text import clean

            click.echo(clean(error.sentence), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _say_trouble(error)
            ctx.exit(1)


def _say_trouble(error: OSError) -> None:
    """A file or a disk that fails where nobody has a better word for it."""
    from studycards.text import clean

    what = f"{error.filename} cannot be read or written" if error.filename else "A file cannot be read or written"
    reason = (error.strerror or str(error)).lower()
    click.echo(clean(f"{what} ({reason}); what was stored before stays. Mend that, and do it again."), err=True)


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else " `studycards --help` lists them."
    return f"There is no command '{name}'.{hint}"


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: studycards generate notes --into decks && studycards review decks",
)
@click.option("--db", metavar="PATH", help="The database, instead of the one in your user-data folder.")
@click.version_option(package_name="studycards", prog_name="studycards")
@click.pass_context
def main(ctx: click.Context, db: str | None) -> None:
    """Cards from plain Markdown notes, asked in the terminal when you are about to forget them."""
    import os

    from studycards.cli.context import build_context

    if os.environ.get("NO_COLOR"):
        ctx.color = False
    ctx.obj = build_context(db)
    if ctx.invoked_subcommand is None:
        home = importlib.import_module("studycards.cli.home")
        if home.is_wanted(ctx.obj):
            home.show_home(ctx.obj)
            return
        click.echo(ctx.get_help())
