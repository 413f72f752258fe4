"""Two machines' logs made one: the union, replayed; idempotent, in any order the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from shelf import Clock, put_cards

from studycards import history, merge
from studycards.config import Config
from studycards.errors import StoreError, UsageError
from studycards.model import Rating
from studycards.session import Session
from studycards.store import memory
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_store

IDS = [f"c{n}" for n in range(8)]


@pytest.fixture
def machine(tmp_path: Path, clock: Clock):
    """Opens a machine's store, the cards already in it."""
    opened = {}

    def machine(name: str):
        if name not in opened:
            (tmp_path / name).mkdir(exist_ok=True)
            opened[name] = open_store(tmp_path / name / "cards.db", device=name, now_ms=1)
            put_cards(opened[name], IDS)
        return opened[name]

    yield machine
    for db in opened.values():
        db.close()


@pytest.fixture
def study(clock: Clock) -> Callable[..., None]:
    """Answers some cards on a machine, a second each."""

    def study(db, *ratings: Rating, skip: int = 0) -> None:
        session = Session(db, None, Config(Path("config.toml")), clock)
        for _ in range(skip):
            session.skip()
        for rating in ratings:
            session.answer(rating, 1000)
            clock.forward(seconds=1)
        session.close()

    return study


def everything(db) -> tuple:
    rows = "SELECT device, seq, card_id, rating, study_day, reviewed_at FROM reviews ORDER BY device, seq"
    return db.execute(rows).fetchall(), sorted(memory.load_many(db).items())


def learned(db) -> list:
    return sorted(memory.load_many(db).items())


def path_of(tmp_path: Path, name: str) -> Path:
    return tmp_path / name / "cards.db"


def test_a_merge_is_the_union_and_memory_its_replay(machine, study, tmp_path, clock):
    study(machine("a"), Rating.EASY, Rating.GOOD)
    clock.forward(hours=1)
    study(machine("b"), Rating.AGAIN, Rating.EASY, Rating.EASY)

    taken = merge.from_store(machine("a"), path_of(tmp_path, "b"), 5)

    assert (taken.reviews, taken.joined) == (3, 2)
    for card_id, known in memory.load_many(machine("a")).items():
        assert history.remembered(machine("a"), card_id) == known


def test_merging_twice_changes_nothing(machine, study, tmp_path):
    study(machine("a"), Rating.EASY)
    study(machine("b"), Rating.AGAIN)
    merge.from_store(machine("a"), path_of(tmp_path, "b"), 5)
    before = everything(machine("a"))

    again = merge.from_store(machine("a"), path_of(tmp_path, "b"), 6)

    assert (again.reviews, again.acts, again.cards, again.joined) == (0, 0, 0, 0)
    assert everything(machine("a")) == before


def test_both_sides_end_alike(machine, study, tmp_path, clock):
    study(machine("a"), Rating.EASY, Rating.GOOD, Rating.HARD)
    clock.forward(days=3)
    study(machine("b"), Rating.GOOD, Rating.EASY)
    merge.from_store(machine("a"), path_of(tmp_path, "b"), 5)
    merge.from_store(machine("b"), path_of(tmp_path, "a"), 6)

    assert everything(machine("a")) == everything(machine("b"))


def test_any_order_of_three_gives_the_same_memory(tmp_path, study, clock):
    results = []
    for order in permutations("abc"):
        stores = {}
        for n, name in enumerate("abc"):
            folder = tmp_path / "".join(order) / name
            folder.mkdir(parents=True)
            clock.moment = clock.moment.replace(day=10 + n, hour=9, minute=0, second=0)
            stores[name] = open_store(folder / "cards.db", device=name, now_ms=1)
            put_cards(stores[name], IDS)
            study(stores[name], Rating.EASY, Rating(n + 2), Rating.GOOD)
        target = open_store(tmp_path / "".join(order) / "all.db", device="all", now_ms=1)
        put_cards(target, IDS)
        for name in order:
            merge.from_store(target, tmp_path / "".join(order) / name / "cards.db", 5)
        results.append(learned(target))
        for db in (*stores.values(), target):
            db.close()

    assert all(result == results[0] for result in results)


def test_an_answer_that_knew_of_the_other_side_keeps_its_day(machine, study, tmp_path, clock):
    study(machine("a"), Rating.EASY)
    merge.from_store(machine("b"), path_of(tmp_path, "a"), 5)
    clock.forward(days=30)
    study(machine("b"), Rating.EASY)

    assert merge.from_store(machine("a"), path_of(tmp_path, "b"), 6).joined == 0
    assert learned(machine("a")) == learned(machine("b"))


def test_an_undo_travels(machine, study, tmp_path, clock):
    study(machine("a"), Rating.EASY)
    merge.from_store(machine("b"), path_of(tmp_path, "a"), 5)
    history.undo(machine("a"), history.Stamp.of(clock(), 4))

    merge.from_store(machine("b"), path_of(tmp_path, "a"), 6)

    assert learned(machine("b")) == []


def test_a_card_written_by_hand_is_joined_by_its_text(machine, study, tmp_path):
    study(machine("a"), Rating.EASY)
    other = machine("b")
    other.execute("UPDATE cards SET id = 'x' || id, block = 'x' || block")

    merge.from_store(other, path_of(tmp_path, "a"), 5)

    assert [card_id for card_id, _ in learned(other)] == ["xc0"]
    assert other.execute("SELECT count(*) FROM cards").fetchone()[0] == len(IDS)


def test_cards_of_decks_that_are_not_here_are_kept_as_gone(machine, study, tmp_path):
    put_cards(machine("a"), ["only"], path="elsewhere.md")

    assert merge.from_store(machine("b"), path_of(tmp_path, "a"), 77).cards == 1
    assert machine("b").execute("SELECT orphaned_ms FROM cards WHERE id = 'only'").fetchone()[0] == 77


def test_a_shared_folder_brings_machines_level(machine, study, tmp_path, clock):
    folder = tmp_path / "shared"
    folder.mkdir()
    for _ in range(3):
        study(machine("a"), Rating.EASY)
        merge.from_folder(machine("a"), folder, 5)
        clock.forward(days=2)
        study(machine("b"), Rating.GOOD)
        merge.from_folder(machine("b"), folder, 6)
        clock.forward(days=2)
    merge.from_folder(machine("a"), folder, 7)
    merge.from_folder(machine("b"), folder, 8)

    assert learned(machine("a")) == learned(machine("b"))
    assert len(list(folder.iterdir())) == 2


def test_a_torn_last_line_is_told_and_costs_only_itself(machine, study, tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    study(machine("a"), Rating.EASY, Rating.EASY)
    file = merge.publish(machine("a"), folder)
    rows = [line for line in file.read_bytes().splitlines(keepends=True) if line.startswith(b'{"review"')]
    others = [line for line in file.read_bytes().splitlines(keepends=True) if not line.startswith(b'{"review"')]
    file.write_bytes(b"".join([*others, rows[0], rows[1][:40]]))

    taken = merge.from_folder(machine("b"), folder, 5)
    assert (taken.reviews, taken.unread) == (1, 1)

    merge.publish(machine("a"), folder)
    assert merge.from_folder(machine("b"), folder, 6).reviews == 1


def test_what_is_no_store_is_refused(machine, tmp_path):
    (tmp_path / "notes.db").write_text("no database" * 100)

    with pytest.raises(StoreError):
        merge.from_store(machine("a"), tmp_path / "notes.db", 5)
    with pytest.raises(UsageError):
        merge.from_store(machine("a"), tmp_path / "missing.db", 5)
    with pytest.raises(UsageError):
        merge.from_folder(machine("a"), tmp_path / "nowhere", 5)


def test_the_log_copy_makes_the_database_anew(machine, study, tmp_path, clock):
    for _ in range(4):
        study(machine("a"), Rating.EASY, Rating.AGAIN, Rating.GOOD)
        clock.forward(days=4, seconds=9)
    history.undo(machine("a"), history.Stamp.of(clock(), 4))
    LogCopy(machine("a")).close()
    anew = open_store(tmp_path / "anew.db", device="a", now_ms=1)

    merge.from_file(anew, tmp_path / "a" / "cards.reviews.jsonl", 5, as_indexed=True)

    assert everything(anew) == everything(machine("a"))
    cards = "SELECT id, front, back, path, folded, orphaned_ms FROM cards ORDER BY id"
    assert anew.execute(cards).fetchall() == machine("a").execute(cards).fetchall()
    anew.close()
