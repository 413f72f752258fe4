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


async def at_the_inbox(inbox: Desk, *keys: str) -> App[None]:
    """The page after these keys."""
    app = inbox.home()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        app.told = "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())  # type: ignore[attr-defined]
    return app


async def test_one_is_split_into_two_that_are_edited_first(inbox: Desk) -> None:
    await at_the_inbox(inbox, "s", "1", "tab", "tab", "2", "ctrl+s")

    assert "Q: What do cross-stitch units learn?1" in deck_file(inbox)
    assert deck_file(inbox).count("Q: ") == 2
    assert proposals.of_ids(inbox.db, ["prop000000"])["prop000000"].decision == "split"


async def test_one_is_kept_as_a_hole_in_its_sentence(inbox: Desk) -> None:
    await at_the_inbox(inbox, "c", "ctrl+s")

    assert "C: Cross-stitch units learn {{c1::" in deck_file(inbox) or "{{c1::A linear mix" in deck_file(inbox)


async def test_one_that_was_put_off_comes_back_with_the_key_above(inbox: Desk) -> None:
    app = await at_the_inbox(inbox, "down", "up")

    assert "Q  What do cross-stitch units learn?" in app.told  # type: ignore[attr-defined]
    assert proposals.of_ids(inbox.db, ["prop000000"])["prop000000"].later_day is None


def alike(inbox: Desk) -> None:
    """The second proposal says nearly what the first does, which is a card already."""
    inbox.desk().collection.sync([inbox.folder / "decks"], inbox.clock())
    row = proposals.of_ids(inbox.db, ["prop000001"])["prop000001"]
    twin = replace(row.proposal, question="What do the cross-stitch units learn?", answer="A linear mix of activations")
    with writing(inbox.db):
        proposals.put(inbox.db, [replace(row, proposal=twin)])


@pytest.mark.parametrize(
    ("keys", "said", "cards"),
    [
        (("1",), "A: A linear mix [/red] of activations", 1),
        (("2",), "A: A linear mix of activations", 1),
        (("3", "ctrl+s"), "A linear mix of activations", 1),
        (("x",), "A: A linear mix [/red] of activations", 1),
    ],
)
async def test_one_like_a_card_is_compared_and_merged(
    inbox: Desk, keys: tuple[str, ...], said: str, cards: int
) -> None:
    alike(inbox)
    await at_the_inbox(inbox, "y", "m", *keys)

    assert said in deck_file(inbox)
    assert deck_file(inbox).count("Q: ") == cards
    decision = proposals.of_ids(inbox.db, ["prop000001"])["prop000001"].decision
    assert decision == ("" if keys == ("x",) else "merge")


async def test_what_was_refused_is_named_and_rescued(inbox: Desk) -> None:
    row = proposals.of_ids(inbox.db, ["prop000002"])["prop000002"]
    refused = replace(row.proposal, status=Status.REFUSED, reason="vague")
    with writing(inbox.db):
        proposals.put(inbox.db, [replace(row, proposal=refused)])

    shown = await at_the_inbox(inbox, "h")
    await at_the_inbox(inbox, "h", "y")

    assert "1  refused: vague" in shown.told  # type: ignore[attr-defined]
    assert "十字绣单元学习什么？" in deck_file(inbox)
    assert len(proposals.waiting(inbox.db, 739_000)) == 2


async def test_every_form_of_deciding_is_taken_back(inbox: Desk) -> None:
    alike(inbox)
    await at_the_inbox(inbox, "y", "m", "2", "u", "u")

    assert deck_file(inbox).count("Q: ") == 0
    assert len(proposals.waiting(inbox.db, 739_000)) == 3
