"""Home line by line: what is due, the decks by number, and a letter for everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from studycards.language import count, say
from studycards.session import Options
from studycards.session.due import due_now
from studycards.store import overview, proposals
from studycards.text import clean
from studycards.tui import standing, telling
from studycards.tui.plain import PlainReview, pressed
from studycards.tui.plaincard import Lines, PlainCard
from studycards.tui.program import Desk
from studycards.tui.tree import DeckRow, tree

Elsewhere = Callable[[str], None]


class PlainHome:
    """`elsewhere` shows another page: curate, browse, stats or catchup."""

    def __init__(self, desk: Desk, lines: Lines, elsewhere: Elsewhere) -> None:
        self._desk, self._lines, self._elsewhere = desk, lines, elsewhere
        self._rows: list[DeckRow] = []

    def run(self) -> None:
        """Until the person quits or the input ends."""
        self._tell()
        while True:
            line = self._lines.ask(say("[Enter reviews, a number reviews that deck, ? lists keys] "))
            if line is None or not self._do(line):
                return

    def _tell(self) -> None:
        db, now = self._desk.collection.db, self._desk.clock()
        due = due_now(db, self._desk.config, now)
        self._rows = tree(due, overview.decks(db))
        told = [
            telling.today(due, now, self._desk.config.settings().day_start, has_cards=bool(self._rows)),
            telling.inbox(proposals.count_waiting(db, due.study_day)),
            telling.older(due),
            telling.week(db, due, now),
            standing.unfinished(due),
        ]
        for line in filter(None, told):
            self._lines.tell(line)
        for number, row in enumerate(self._rows[1:], 1):
            self._lines.tell(_deck(number, row))

    def _do(self, line: str) -> bool:
        """Do what one line asks for; whether to go on."""
        word = pressed(line)
        if word.isdecimal():
            self._review(int(word))
            return True
        action = self._desk.look.keys.action("home", word)
        if action in ("quit", "leave"):
            return False
        if action == "review":
            self._review(0)
        elif action in ("curate", "browse", "stats", "catchup"):
            self._elsewhere(action)
            self._tell()
        elif action == "find":
            self._find()
        elif action in ("undo", "redo"):
            self._lines.tell(getattr(self._desk.conduct(Options()), action)())
        elif action in ("down", "up", "page_down", "page_up", "top", "end", "repaint", "suspend_process"):
            self._tell()
        else:
            for keys, meaning in self._desk.look.keys.help("home"):
                self._lines.tell(f"{keys}: {meaning}")
        return True

    def _find(self) -> None:
        from studycards.tui.finding import best

        found = best([row.deck for row in self._rows if row.deck], self._lines.ask(say("letters of its name: ")) or "")
        if found:
            self._review(next(n for n, row in enumerate(self._rows) if row.deck == found[0]))

    def _review(self, number: int) -> None:
        if number >= len(self._rows):
            self._lines.tell(say("Nothing is due there."))
            return
        deck = self._rows[number].deck
        conduct = self._desk.conduct(Options(decks=(deck,) if deck else ()))
        if conduct.session.current is None:
            self._lines.tell(say("Nothing is due there."))
            return
        PlainReview(conduct, self._desk.look, self._lines, PlainCard(self._desk, self._lines)).run()
        self._tell()


def _deck(number: int, row: DeckRow) -> str:
    due = row.new + row.learning + row.review
    when = "" if due or row.next_day is None else f"; {date.fromordinal(row.next_day).isoformat()}"
    told = count("{n} due", "{n} due", due)
    return f"{number}. {clean(row.deck)}: {told}{when}"
