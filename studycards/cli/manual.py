"""`manual`: the manual page, made of the same texts as `--help`."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterable

import click

from studycards.cli.context import Context

_EXIT = (
    ("0", "done"),
    ("1", "failed, or problems found; by `due --exit-code`: nothing is due"),
    ("2", "wrong usage"),
    ("3", "the database cannot be used"),
)
_ENVIRONMENT = (
    ("STUDYCARDS_DB", "the database, as --db"),
    ("STUDYCARDS_NOW", "ISO 8601 with offset: sets the clock"),
    ("NO_COLOR", "if not empty: no colours"),
    ("VISUAL, EDITOR", "opens cards and notes"),
)


@click.command(epilog="Example: studycards manual > ~/.local/share/man/man1/studycards.1")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the manual page, for `man`; `studycards manual | man -l -` shows it at once."""
    context: Context = ctx.obj
    root = ctx.find_root().command
    assert isinstance(root, click.Group)
    places = ((str(context.db), "the database"), (str(context.config.path), "your settings"))
    parts = [
        '.TH STUDYCARDS 1 "" "" "User Commands"',
        ".ad l",
        *_section("NAME", [f"studycards \\- {_text(_first(root))}"]),
        *_section("SYNOPSIS", [".B studycards", "[--db PATH] COMMAND [ARGUMENTS]"]),
        *_section("DESCRIPTION", _paragraphs(root.help or "")),
        *_section("OPTIONS", _options(root, click.Context(root))),
        ".SH COMMANDS",
        *_commands(root, click.Context(root, info_name="studycards")),
        *_section("EXIT STATUS", _list(_EXIT)),
        *_section("ENVIRONMENT", _list(_ENVIRONMENT)),
        *_section("FILES", _list(places)),
    ]
    click.echo("\n".join(parts))


def _commands(group: click.Group, context: click.Context, above: str = "") -> list[str]:
    found: list[str] = []
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if one is None or one.hidden:
            continue
        inner = click.Context(one, info_name=name, parent=context)
        usage = " ".join(piece for piece in one.collect_usage_pieces(inner) if piece != "[OPTIONS]")
        found += [f'.SS "{_quoted(f"{above}{name} {usage}".strip())}"', *_paragraphs(one.help or "")]
        found += _options(one, inner)
        found += [".PP", f".I {_text(one.epilog)}"] if one.epilog else []
        if isinstance(one, click.Group):
            found += _commands(one, inner, f"{name} ")
    return found


def _options(command: click.Command, context: click.Context) -> list[str]:
    records = [p.get_help_record(context) for p in command.get_params(context)]
    return _list([record for record in records if record and record[1] and "--help" not in record[0]])


def _list(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [line for term, what in pairs for line in (".TP", f".B {_text(term)}", _text(what))]


def _section(name: str, lines: list[str]) -> list[str]:
    return [f".SH {name}", *lines]


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            lines += [".PP", ".nf", *map(_text, textwrap.dedent(paragraph[1:]).strip("\n").split("\n")), ".fi"]
        else:
            lines += [".PP", _text(" ".join(paragraph.split()))]
    return lines


def _first(command: click.Command) -> str:
    return (command.help or "").partition("\n")[0].rstrip(".")


def _text(text: str) -> str:
    """Text in which nothing is taken for markup."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


def _quoted(text: str) -> str:
    return _text(text).replace('"', "\\(dq")
