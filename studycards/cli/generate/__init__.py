"""`generate`: notes to cards."""

from __future__ import annotations

import click

from studycards.cli.context import Context


@click.command(epilog="Example: studycards generate notes --into decks")
@click.argument("notes", nargs=-1, required=True, metavar="NOTES…")
@click.option("--into", metavar="DECKS", help="Folder of the deck files [the config's, else ./decks].")
@click.option("--dry-run", is_flag=True, help="Do everything but write anything.")
@click.option(
    "--json", "as_json", is_flag=True, help="Every proposal, also the refused ones, as one JSON object a line."
)
@click.option(
    "--rule", "rules", multiple=True, metavar="R", help="Only this rule, at least to the inbox; may be repeated."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="X", help="Write cards from this confidence on.")
@click.option("--again", is_flag=True, help="Propose anew what was dropped or deleted before.")
@click.pass_obj
def command(context: Context, /, **asked: object) -> None:
    """Make cards from notes: files, or folders of them.

    Confident cards are written to deck files, doubtful ones wait in the inbox (`studycards curate`), poor ones are
    refused with a named reason. Running it again adds only what is new, and updates cards that you did not edit where
    their note changed. Your notes are never written to.
    """
    from studycards.cli.generate.wish import Wish
    from studycards.cli.generate.work import run

    run(context, Wish(**asked))  # type: ignore[arg-type]
