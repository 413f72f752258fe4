"""`due` says again what it said, while that is certain; then it loads nothing, and else it looks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.cli.context import Context
from studycards.cli.due import read_due
from studycards.cli.prompt import say
from studycards.collection import Collection
from studycards.config import default_store, load_config
from studycards.history import Stamp, undo
from studycards.model import Rating
from studycards.session import Options, Session
from studycards.store import due as kept

MORNING = datetime(2026, 11, 22, 9, 0).astimezone()
DECK = "---\ndeck: {name}\n---\n\n"


class Person:
    """Somebody with a collection, a clock that is moved by hand, and a prompt."""

    def __init__(self, home: Path) -> None:
        self.home, self.now = home, MORNING
        self.decks = home / "decks"
        self.config = home / "config.toml"
        self.environment = {"STUDYCARDS_DB": str(home / "s.db"), "HOME": str(home)}
        self.decks.mkdir()
        self.write_deck(0, 4)
        with self.store() as context, context.opened() as db:
            Collection(db).sync([self.decks], self.now)

    @contextmanager
    def store(self) -> Iterator[Context]:
        yield Context(self.home / "s.db", load_config(self.config), self.environment)

    def write_deck(self, number: int, cards: int) -> None:
        text = DECK.format(name=f"Deck {number}") + "".join(
            f"Q: What is {number}/{n}?\nA: The answer {n}\n" + ("R:\n" if n % 2 else "") + "\n" for n in range(cards)
        )
        (self.decks / f"{number}.md").write_text(text, encoding="utf-8")

    def answer(self, rating: Rating) -> None:
        with self.store() as context, context.opened() as db:
            session = Session(db, None, context.config, lambda: self.now, Options())
            if session.current:
                session.answer(rating, 3000)

    def take_back(self) -> None:
        with self.store() as context, context.opened() as db:
            undo(db, Stamp.of(self.now, 4), {})

    def set_limits(self, new: int, reviews: int) -> None:
        preset = f'[deck."Deck 1"]\nnew_per_day = {new // 2}\n'
        self.config.write_text(f"[review]\nnew_per_day = {new}\nreviews_per_day = {reviews}\n{preset}")

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def at_once(self) -> kept.Said | None:
        return kept.said_before([], self.environment, self.now.timestamp())

    def looked(self) -> kept.Said:
        with self.store() as context:
            return say(read_due(context, self.now), self.now)


def texts(said: kept.Said) -> tuple[int, str, str, str]:
    return said.total, said.oneline, said.plain, said.json


ACTS: st.SearchStrategy[tuple[Callable[..., None], tuple[object, ...]]] = st.one_of(
    st.tuples(st.just(Person.answer), st.tuples(st.sampled_from(Rating))),
    st.tuples(st.just(Person.take_back), st.just(())),
    st.tuples(st.just(Person.write_deck), st.tuples(st.integers(0, 2), st.integers(0, 6))),
    st.tuples(st.just(Person.set_limits), st.tuples(st.integers(0, 5), st.integers(0, 3))),
    st.tuples(st.just(Person.wait), st.tuples(st.sampled_from([1, 5, 9, 30, 700, 1440, 5000]))),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTS, max_size=12))
def test_whatever_happened_what_is_said_again_is_what_looking_would_say(acts: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        person = Person(Path(folder))
        for act, values in acts:
            act(person, *values)
            again = person.at_once()
            looked = person.looked()

            assert again is None or texts(again) == texts(looked)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


def test_a_second_call_need_not_look(person: Person) -> None:
    looked = person.looked()

    again = person.at_once()

    assert again is not None
    assert texts(again) == texts(looked)


def test_who_reviews_leaves_the_next_answer_ready(person: Person) -> None:
    person.looked()
    person.now = datetime.now().astimezone()

    person.answer(Rating.EASY)

    ready = kept.said_before([], person.environment, datetime.now().timestamp())
    assert ready is not None
    assert ready.total == 3


def test_who_reviews_leaves_the_line_for_shells_up_to_date(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(person.home / "state"))
    line = person.home / "state" / "studycards" / "due"
    line.parent.mkdir(parents=True)
    line.write_text("as it was\n")

    person.answer(Rating.EASY)

    assert line.read_text() == "3 cards due, about 1 minute\n"


def test_without_that_line_and_without_prompts_nothing_is_kept(person: Person) -> None:
    person.answer(Rating.EASY)

    assert not (person.home / "s.db.due-kept").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.write_deck(0, 5),
        lambda p: p.write_deck(7, 1),
        lambda p: (p.decks / "below").mkdir(),
        lambda p: p.config.write_text("decks = 'x'\n"),
        lambda p: p.wait(24 * 60),
        lambda p: p.wait(-1),
        lambda p: p.environment.update(STUDYCARDS_NOW=MORNING.isoformat()),
        lambda p: p.environment.update(XDG_CONFIG_HOME="/elsewhere"),
        lambda p: (p.home / "s.db-journal").write_bytes(b"begun"),
        lambda p: os.truncate(p.home / "s.db.due-kept", 40),
        lambda p: (p.home / "s.db.due-kept").unlink(),
        lambda p: (p.home / "s.db").unlink(),
    ],
)
def test_at_the_least_doubt_nothing_is_said_again(person: Person, change: Callable[[Person], None]) -> None:
    person.looked()
    assert person.at_once()

    change(person)

    assert person.at_once() is None


def test_a_deck_file_written_by_hand_counts_at_once(person: Person) -> None:
    person.looked()
    person.write_deck(3, 2)

    looked = person.looked()

    assert looked.total == 4 + 2


def test_a_database_that_cannot_be_written_still_says_what_it_knows(
    person: Person, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    person.write_deck(3, 2)
    monkeypatch.setattr(os, "access", lambda *_: False)

    looked = person.looked()

    assert looked.total == 4
    assert "cannot be written" in capsys.readouterr().err


@given(
    st.dictionaries(
        st.sampled_from(["HOME", "XDG_DATA_HOME"]), st.sampled_from(["", " ", "/x", "~/x", "y", "/a b/图"]), min_size=1
    )
)
def test_the_place_of_the_database_is_that_of_the_long_way_or_unknown(environment: dict[str, str]) -> None:
    before = {name: os.environ.pop(name, None) for name in ("HOME", "XDG_DATA_HOME")}
    os.environ.update(environment)
    try:
        path = kept.store_path(environment)

        assert path in ("", str(default_store()))
        assert path or not environment.get("HOME", "").startswith("/") or environment.get("XDG_DATA_HOME")
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({name: value} if value is not None else {})


def test_at_the_prompt_nothing_is_loaded_but_the_few_lines_that_answer(person: Person) -> None:
    environment = {**os.environ, **person.environment}
    command = [sys.executable, "-m", "studycards", "due", "--oneline"]
    first = subprocess.run(command, env=environment, capture_output=True, text=True)
    code = (
        "import sys; before = set(sys.modules)\n"
        "from studycards.__main__ import main\n"
        "sys.argv[1:] = ['due', '--oneline', '--exit-code']; main()\n"
        "new = set(sys.modules) - before\n"
        "own = {'studycards', 'studycards.__main__', 'studycards.store', 'studycards.store.due'}\n"
        "assert new <= {*own, '__future__'}, new\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr, done.stdout) == (0, "", first.stdout)
    assert first.stdout == "4 due, 1 min\n"


def test_nothing_due_is_an_exit_code_at_the_prompt_too(person: Person) -> None:
    person.set_limits(0, 0)
    environment = {**os.environ, **person.environment, "XDG_CONFIG_HOME": str(person.home / "c")}
    (person.home / "c").mkdir()
    (person.home / "c" / "studycards").mkdir()
    person.config.rename(person.home / "c" / "studycards" / "config.toml")
    command = [sys.executable, "-m", "studycards", "due", "--oneline", "--exit-code"]

    codes = [subprocess.run(command, env=environment, capture_output=True).returncode for _ in range(2)]

    assert codes == [1, 1]
