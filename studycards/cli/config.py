"""`config`: what is in force, and from where."""

from __future__ import annotations

import json

import click

from studycards.cli.context import Context
from studycards.config import KEYS
from studycards.text import clean


@click.command(epilog="Example: studycards config --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """Show every setting, its value and whether the config file or the default gave it."""
    config = context.config
    for problem in config.problems:
        click.echo(clean(str(problem)), err=True)
    values = {key.name: config.value(key.name) for key in KEYS}
    if as_json:
        places = {"config": str(config.path), "store": str(context.db)}
        click.echo(
            json.dumps({**places, "values": values, "decks": config.decks, "keys": config.keys}, ensure_ascii=False)
        )
        return
    there = "" if config.path.exists() else "  (not there: defaults hold)"
    click.echo(f"# config: {clean(str(config.path))}{there}\n# store:  {clean(str(context.db))}")
    section = ""
    for key in KEYS:
        head, _, name = key.name.rpartition(".")
        if head != section:
            section = head
            click.echo(f"\n[{section}]")
        mark = "from the file" if key.name in config.given else "default"
        click.echo(clean(f"{name} = {_toml(values[key.name])}  # {mark}; {key.comment}"))
    for deck, preset in config.decks.items():
        click.echo(clean(f"\n[deck.{json.dumps(deck, ensure_ascii=False)}]"))
        for name, value in preset.items():
            click.echo(clean(f"{name.removeprefix('review.')} = {_toml(value)}"))


def _toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
