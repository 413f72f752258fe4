"""Names that the shell completes: decks, and files beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studycards.errors import StudycardsError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_deck(ctx: click.Context, _argument: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Decks, parents among them, whose name begins so in whatever case; the shell adds files."""
    from click.shell_completion import CompletionItem

    begun = incomplete.casefold()
    names = [name for name in _decks(ctx.find_root().params.get("db")) if name.casefold().startswith(begun)]
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, names)]


def _decks(named: str | None) -> list[str]:
    """All decks of the index; none where it cannot be read, for a completion has no place to say so."""
    from studycards.cli.context import build_context
    from studycards.store import cards

    try:
        with build_context(named).opened_reading() as db:
            decks = cards.decks(db)
    except StudycardsError:
        return []
    parts = (deck.split("::") for deck in decks)
    return sorted({"::".join(words[:depth]) for words in parts for depth in range(1, len(words) + 1)})
