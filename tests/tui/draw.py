"""Draws the pictures of the pages: `python tests/tui/draw.py` writes tests/tui/pictures/*.svg."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from conftest import EGYPT, Clock, Desk, basic

from studycards.config import Config
from studycards.model import Kind, Proposal, Rating, Source, Status
from studycards.store import proposals
from studycards.store.opening import open_store, writing
from studycards.store.proposals import Row
from studycards.tui.look import Look

FOLDER = Path(__file__).parent / "pictures"
# Keys that lead from home to the page.
PICTURES = {
    "home": (),
    "question": ("enter",),
    "answer": ("enter", "space"),
    "typed": ("enter", "t", "尼", "特", "名", "字", "enter"),
    "curate": ("c",),
    "stats": ("s",),
}
NOTE = "# Multi-task learning\n\n## Cross-stitch\n\n"
NOTE += "Cross-stitch units learn a linear mix of the two networks' activations.\n"


def furnish(folder: Path) -> Desk:
    """A desk with two decks, three weeks of answers and a proposal."""
    clock = Clock(datetime(2026, 11, 1, 9, tzinfo=UTC))
    db = open_store(folder / "store.db", device="desk", now_ms=0)
    desk = Desk(db, clock, folder, Config(folder / "config.toml"), Look(lambda: clock.seconds, guard_ms=0))
    desk.cards(*(basic(n + 10, f"What did lesson {n} say?", "Something to keep", deck="mtl") for n in range(8)))
    for day in range(21):
        session = desk.session()
        while session.current is not None:
            session.answer(Rating.AGAIN if (day + session.progress.done) % 7 == 0 else Rating.GOOD, 7000)
            clock.forward(minutes=3)
        clock.moment = datetime(2026, 11, 2 + day, 9, tzinfo=UTC)
    desk.cards(*(basic(n, front, back) for n, (front, back) in enumerate(EGYPT)))
    propose(desk)
    return desk


def propose(desk: Desk) -> None:
    """One proposal that waits."""
    note = desk.folder / "mtl.md"
    note.write_text(NOTE, encoding="utf-8")
    found = Proposal(
        id="k7f3q2m9xd",
        kind=Kind.BASIC,
        question="What do cross-stitch units learn?",
        answer="A linear mix of the two networks' activations",
        rule="is-definition",
        confidence=0.61,
        status=Status.INBOX,
        deck="mtl",
        source=Source(str(note), 5, 5, ("Multi-task learning", "Cross-stitch")),
    )
    with writing(desk.db):
        proposals.put(desk.db, [Row(found, folded="", deck_path=str(desk.folder / "decks" / "mtl.md"))])


async def draw(desk: Desk) -> None:
    """Open each page and keep what is seen."""
    for name, keys in PICTURES.items():
        app = desk.home()
        async with app.run_test(size=(80, 24)) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            drawn = app.export_screenshot(title="studycards")
            drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)  # the reader's own font, no network
            (FOLDER / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", drawn), encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        asyncio.run(draw(furnish(Path(place))))
