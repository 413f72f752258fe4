"""What lies behind a card: its note, its deck file, its history; notes are only ever read."""

from __future__ import annotations

from datetime import date, tzinfo
from pathlib import Path

from rich.table import Table
from rich.text import Text
from textual.app import App, SuspendNotSupported

from studycards.collection import Collection
from studycards.language import say
from studycards.model import Card, Memory, Review
from studycards.store import reviews
from studycards.store.memory import from_ms
from studycards.text import clean
from studycards.tui import editor, media
from studycards.tui.look import Look
from studycards.tui.panel import InfoPanel, Panel
from studycards.tui.words import minutes, next_time, rating_name, short, state_name, state_of

_AROUND = 10
_MOST_BYTES = 4_000_000
_MOST_REVIEWS = 60


class Reach:
    """Finds a card's files through the collection; `zone` is the person's."""

    def __init__(self, collection: Collection, zone: tzinfo | None) -> None:
        self._collection, self._zone = collection, zone

    def note(self, card: Card) -> tuple[Path, int] | None:
        """The note and its line, if it is where the card says."""
        place = self._collection.note(card)
        return (Path(place.path), place.line) if place and Path(place.path).is_file() else None

    def deck(self, card: Card) -> tuple[Path, int] | None:
        """The deck file and the line of the card's block there."""
        place = self._collection.place(card)
        return (Path(place.path), place.line) if place and Path(place.path).is_file() else None

    def open(self, app: App[None], look: Look, card: Card) -> str:
        """Open the note in the editor, or the deck file where the note is gone; the sentence to show."""
        place, told = self.note(card), ""
        if place is None:
            place = self.deck(card)
            told = say("The note is not there; this was the deck file.")
        if place is None:
            return say("Neither the note nor the deck file is there any more.")
        return _edit(app, look, place) or told

    def open_deck(self, app: App[None], look: Look, card: Card) -> str:
        """Open the deck file at the card; the sentence to show."""
        place = self.deck(card)
        if place is None:
            return say("The deck file is not there any more.")
        return _edit(app, look, place)

    def open_place(self, app: App[None], look: Look, path: str, line: int) -> str:
        """Open any file at a line; the sentence to show."""
        if not Path(path).is_file():
            return say("The note is not there any more.")
        return _edit(app, look, (Path(path), line))

    def peek(self, look: Look, card: Card) -> Panel:
        """The lines around the card's source."""
        title, text = self.around(card)
        return Panel(look, title, text)

    def around(self, card: Card) -> tuple[str, Text]:
        """The place of the card's source, and the lines around it."""
        place = self.note(card) or self.deck(card)
        if place is None:
            return say("note"), Text(say("Neither the note nor the deck file is there any more."))
        path, line = place
        return f"{path}:{line}", _around(path, line)

    def info(self, look: Look, card: Card, memory: Memory | None) -> Panel:
        """Everything known of the card; its earlier texts can be brought back."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in self.facts(card, memory):
            table.add_row(Text(name), Text(clean(value)))
        return InfoPanel(look, say("card {id}", id=card.id), table, len(self.earlier(card)))

    def earlier(self, card: Card) -> list[tuple[int, str, str]]:
        """The texts the card had before, the newest first: when it was replaced (UTC ms), front, back."""
        return self._collection.earlier(card)[::-1]

    def media(self, card: Card, kinds: frozenset[str]) -> list[Path]:
        """The card's pictures or sounds that are there, in its order."""
        folders = self.folders(card)
        named = media.addresses(f"{card.front}\n{card.back}", kinds)
        return [path for one in named if (path := media.find(one, folders)) is not None]

    def folders(self, card: Card) -> list[Path]:
        """Where the files that a card names may lie: beside its deck file, beside its note."""
        places = (self._collection.place(card), self._collection.note(card))
        return list(dict.fromkeys(Path(place.path).parent for place in places if place is not None))

    def facts(self, card: Card, memory: Memory | None) -> list[tuple[str, str]]:
        """Names and values: deck, memory, every answer with the time it took, earlier texts."""
        facts = [
            (say("deck"), card.deck),
            (say("tags"), ", ".join(card.tags)),
            (say("state"), state_name(state_of(memory.state if memory else None))),
            (say("rule"), card.rule),
        ]
        if card.source:
            facts.append((say("source"), f"{card.source.path}:{card.source.line}"))
        facts += _memory(memory) if memory else []
        rows = reviews.of_card(self._collection.db, card.id)[-_MOST_REVIEWS:]
        facts += [(self._moment(row.reviewed_at), _answer(row)) for row in rows]
        for number, (replaced_ms, front, back) in enumerate(self.earlier(card)[:9], 1):
            text = short(f"{front} / {back}" if back else front, 160)
            facts.append((f"{number}  {say('until {moment}', moment=self._moment(replaced_ms))}", text))
        return [(name, value) for name, value in facts if value]

    def _moment(self, at_ms: int) -> str:
        return f"{from_ms(at_ms).astimezone(self._zone):%Y-%m-%d %H:%M}"


def _memory(memory: Memory) -> list[tuple[str, str]]:
    return [
        (say("due"), date.fromordinal(memory.due_day).isoformat()),
        (say("stability"), say("{days} days", days=f"{memory.stability:.1f}")),
        (say("difficulty"), f"{memory.difficulty:.1f} / 10"),
        (say("reviews"), f"{memory.reps}"),
        (say("lapses"), f"{memory.lapses}"),
    ]


def _answer(row: Review) -> str:
    return f"{rating_name(row.rating)}  {next_time(row.scheduled)}  {minutes(row.duration_ms / 1000)}"


def _edit(app: App[None], look: Look, place: tuple[Path, int]) -> str:
    try:
        with app.suspend():
            failed = editor.run(look.editor, *place)
    except SuspendNotSupported:
        return say("An editor cannot be opened from here.")
    return say("The editor did not end well: {what}", what=clean(failed)) if failed else ""


def _around(path: Path, line: int) -> Text:
    from studycards.notes.reader import read_file

    if path.stat().st_size > _MOST_BYTES:
        return Text(say("The file is too large to be shown here."))
    found = read_file(path).text.splitlines()
    first = max(1, line - _AROUND)
    shown = Text()
    for number, content in enumerate(found[first - 1 : line + _AROUND], first):
        mark = ">" if number == line else " "
        shown.append(f"{mark}{number:>5}  {clean(content.expandtabs(4))}\n", "bold" if number == line else "")
    return shown
