"""The inbox on the screen: one key a proposal, each decision stored and undoable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Desk
from textual.app import App

from studycards.model import Kind, Proposal, Source, Status
from studycards.store import proposals
from studycards.store.opening import writing
from studycards.store.proposals import Row
from studycards.text import fold

Screen = Callable[[App[None]], list[str]]
NOTE = """# MTL

Cross-stitch units learn a linear mix [/red] of activations.

PCGrad projects conflicting gradients.

十字绣单元学习激活的线性组合。
"""


@pytest.fixture
def inbox(desk: Desk) -> Desk:
    """Three proposals that wait."""
    note = desk.folder / "notes" / "mtl.md"
    note.parent.mkdir()
    note.write_text(NOTE, encoding="utf-8")
    (desk.folder / "decks").mkdir()
    facts = [
        ("What do cross-stitch units learn?", "A linear mix [/red] of activations", 3),
        ("What does PCGrad project?", "Conflicting gradients", 5),
        ("十字绣单元学习什么？", "激活的线性组合", 7),
    ]
    rows = [
        Row(
            Proposal(
                id=f"prop00000{n}",
                kind=Kind.BASIC,
                question=question,
                answer=answer,
                rule="is-definition",
                confidence=0.7 - n / 100,
                status=Status.INBOX,
                deck="mtl",
                source=Source(str(note), line, line, ("MTL",)),
            ),
            folded=f"{fold(question)}\n{fold(answer)}",
            deck_path=str(desk.folder / "decks" / "mtl.md"),
        )
        for n, (question, answer, line) in enumerate(facts)
    ]
    with writing(desk.db):
        proposals.put(desk.db, rows)
    return desk


def deck_file(desk: Desk) -> str:
    path = desk.folder / "decks" / "mtl.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def test_a_proposal_is_kept_with_one_key(inbox: Desk, screen: Screen) -> None:
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        home = "\n".join(screen(app))
        await pilot.press("c")
        await pilot.pause()
        shown = "\n".join(screen(app))
        await pilot.press("y")
        await pilot.pause()

        assert "Inbox 3 proposals wait" in home
        assert "Cross-stitch units learn a linear mix [/red]" in shown
        assert "Q  What do cross-stitch units learn?" in shown
        assert "Q: What do cross-stitch units learn?" in deck_file(inbox)
        assert "1 kept" in "\n".join(screen(app))


async def test_a_dropped_one_has_its_reason_and_does_not_come_back(inbox: Desk, screen: Screen) -> None:
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("n", "2")
        await pilot.pause()

        row = proposals.of_ids(inbox.db, ["prop000000"])["prop000000"]
        assert row.decision == "drop"
        assert deck_file(inbox) == ""
        assert "Dropped, with the reason 2." in "\n".join(screen(app))


async def test_a_decision_is_taken_back_and_shown_again(inbox: Desk, screen: Screen) -> None:
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("y", "u")
        await pilot.pause()

        assert "What do cross-stitch units learn?" not in deck_file(inbox)
        assert "Q  What do cross-stitch units learn?" in "\n".join(screen(app))


async def test_an_edited_one_is_kept_as_edited(inbox: Desk) -> None:
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "X", "ctrl+s")
        await pilot.pause()

        assert "Q: What do cross-stitch units learn?X" in deck_file(inbox)


async def test_the_rest_of_a_section_is_kept_after_asking_once(inbox: Desk, screen: Screen) -> None:
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("A")
        await pilot.pause()
        asked = deck_file(inbox)
        await pilot.press("A")
        await pilot.pause()

        assert asked == ""
        assert deck_file(inbox).count("Q: ") == 3
        assert "The inbox is empty." in "\n".join(screen(app))


async def test_later_and_a_held_key(inbox: Desk) -> None:
    inbox.look = replace(inbox.look, guard_ms=150)
    app = inbox.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        inbox.clock.forward(seconds=1)
        await pilot.press("l", "y", "y", "y")
        await pilot.pause()

        assert len(proposals.waiting(inbox.db, 739_000)) == 2
        assert deck_file(inbox) == ""
