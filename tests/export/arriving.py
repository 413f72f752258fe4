"""Run as a script in a zone of its own: a store with cards in every state goes into the real Anki; prints what differs.

Arguments: the folder to work in, the age of the Anki collection in days, whether FSRS is on there, how many cards.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ["ANKI_TEST_MODE"] = "1"

from sqlite_utils import Database

from studycards.config import Config
from studycards.export import anki as package
from studycards.model import Card, Kind, Memory, Rating, Settings, State
from studycards.notes.block_tokens import block_tokens
from studycards.outgoing import Outgoing, Wanted, prepare
from studycards.scheduling.answer import answer, kernel_of
from studycards.scheduling.studyday import study_day
from studycards.store import memory as memories
from studycards.store.opening import open_store, writing
from studycards.store.presets import preset_id
from studycards.store.selection import Selection

DAY_ZERO = date(2014, 9, 19)
REVIEW_COLUMNS = (
    "device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min, day_start, study_day, duration_ms,"
    " settings, predicted, scheduled, stability, difficulty"
)


class Stock:
    """A store filled with cards and the histories of their answers."""

    def __init__(self, folder: Path, now: datetime, settings: Settings | None = None) -> None:
        self.now, self.settings = now, settings or Settings(fuzz=False)
        # Anki's own replay moves answers around the start of the day where summer time changed in between.
        self.last = now if now.hour >= 18 else now - timedelta(hours=now.hour + 6)
        self.db = open_store(folder / "s.db", device="test", now_ms=int(now.timestamp() * 1000))
        with writing(self.db):
            self.preset = preset_id(self.db, self.settings, 1)
        self.cards: list[Card] = []
        self.rows: list[tuple[Any, ...]] = []
        self.memories: dict[str, Memory] = {}
        self.marks: dict[str, tuple[int, int | None, int]] = {}

    def card(self, card: Card, gaps: list[tuple[float, Rating]] = [], mark: Any = None) -> None:  # noqa: B006  # read only
        """A card answered so many days after the answer before it; the last one lies `now` minus some minutes."""
        self.cards.append(card)
        if mark:
            self.marks[card.id] = mark
        moment = self.last - timedelta(days=sum(gap for gap, _ in gaps), seconds=90 + 1.7 * len(self.cards))
        memory: Memory | None = None
        for gap, rating in gaps:
            moment += timedelta(days=gap)
            memory = self._answer(card.id, memory, rating, moment)
        if memory:
            self.memories[card.id] = memory

    def _answer(self, card_id: str, memory: Memory | None, rating: Rating, moment: datetime) -> Memory:
        local = moment.astimezone()
        done = answer(memory, rating, local, card_id, self.settings)
        offset = int((local.utcoffset() or timedelta()).total_seconds() // 60)
        self.rows.append(
            (
                *("test", len(self.rows) + 1, card_id, int(rating), "review", memory and int(memory.state)),
                *(memories.to_ms(local.astimezone(UTC)), offset, 4, study_day(local, 4), 1500, self.preset),
                *(done.predicted, done.scheduled, done.memory.stability, done.memory.difficulty),
            )
        )
        return done.memory

    def settle(self) -> Database:
        self.rows = [(*row[:1], n, *row[2:]) for n, row in enumerate(sorted(self.rows, key=lambda row: row[6]), 1)]
        with writing(self.db):
            self.db.conn.executemany(
                "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
                " first_seen_ms, changed_ms, hole) VALUES (?, ?, ?, ?, ?, ?, '/nowhere/d.md', 1, 1, '', ?, ?, 0, ?)",
                [
                    (c.id, c.block, c.kind, c.front, c.back, c.deck, n, 1_780_000_000_000 + n, c.hole)
                    for n, c in enumerate(self.cards)
                ],
            )
            self.db.conn.executemany(
                f"INSERT INTO reviews ({REVIEW_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self.rows
            )
            memories.save_many(self.db, self.memories.items())
            self.db.conn.executemany(
                "INSERT INTO marks (card_id, suspended, buried_day, flag) VALUES (?, ?, ?, ?)",
                [(card_id, *mark) for card_id, mark in self.marks.items()],
            )
        return self.db

    def outgoing(self, *, with_progress: bool = True, config: Config | None = None) -> Outgoing:
        wanted = Wanted(with_progress, int(self.now.timestamp()), study_day(self.now.astimezone(), 4), block_tokens)
        return prepare(self.db, Selection(), config or Config(Path("none")), wanted)


def every_state(stock: Stock, count: int, seed: int = 1) -> Stock:
    """Basic cards, new, learning, in review, relearning, suspended, buried, flagged, by a seeded choice."""
    choice = random.Random(seed)
    ratings = [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.EASY]
    today = study_day(stock.now.astimezone(), 4)
    for n in range(count):
        gaps = [(0.0, choice.choice(ratings))] if n % 5 else []
        for _ in range(choice.randrange(0, 7) if gaps else 0):
            gaps.append((choice.choice([0.004, 0.01, 0.06, 1, 2, 5, 20, 71]), choice.choice(ratings)))
        if n % 7 == 0 and gaps:
            gaps.append((3, Rating.AGAIN))
        mark = {3: (1, None, 0), 4: (0, today, 0), 5: (0, today - 3, 2), 6: (0, None, 7)}.get(n % 23)
        stock.card(Card(f"k{n}", f"k{n}", f"front {n}", f"back {n}", Kind.BASIC, f"deck::{n % 3}"), gaps, mark)
    return stock


def expected(stock: Stock, card_id: str) -> dict[str, Any]:
    """What Anki must hold of a started card, said in words of ours."""
    memory = stock.memories[card_id]
    rows = [row for row in stock.rows if row[2] == card_id]
    suspended, buried, flag = stock.marks.get(card_id, (0, None, 0))
    put_off = -1 if suspended else -3 if buried == study_day(stock.now.astimezone(), 4) else 0
    retention = 0.9
    return {
        "type": {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}[memory.state],
        "queue": put_off or (2 if memory.state is State.REVIEW else 1),
        "due": memories.to_ms(memory.due) // 1000 if memory.due else date.fromordinal(memory.due_day).isoformat(),
        "reps": memory.reps,
        "lapses": memory.lapses,
        "flag": flag,
        "s": round(memory.stability, 4),
        "d": round(memory.difficulty, 3),
        "dr": retention,
        "decay": round(kernel_of(stock.settings.parameters).parameters[20], 3),
        "lrt": rows[-1][6] // 1000,
        "revlog": [(row[6], row[3]) for row in rows],
    }


def arrived(col: Any, card_id: str) -> dict[str, Any]:
    row = col.db.first(
        "select c.id, c.type, c.queue, c.due, c.reps, c.lapses, c.flags, c.data from cards c join notes n"
        " on n.id = c.nid where n.guid = ?",
        f"sc-{card_id}",
    )
    cid, kind, queue, due, reps, lapses, flags, data = row
    known = json.loads(data)
    today = (datetime.now() - timedelta(hours=4)).date()
    shown = due if kind in (1, 3) else (today + timedelta(days=due - col.sched.today)).isoformat()
    revlog = [tuple(r) for r in col.db.all("select id, ease from revlog where cid = ? order by id", cid)]
    own = {"type": kind, "queue": queue, "due": shown, "reps": reps, "lapses": lapses, "flag": flags & 7}
    return own | {key: known.get(key) for key in ("s", "d", "dr", "decay", "lrt")} | {"revlog": revlog}


def recomputed(col: Any, card_id: str, memory: Memory) -> str:
    """What is wrong with the memory that Anki itself computes from the log; empty where it agrees."""
    cid = col.db.scalar("select c.id from cards c join notes n on n.id = c.nid where n.guid = ?", f"sc-{card_id}")
    state = col.compute_memory_state(cid)
    off = abs(state.stability - memory.stability)
    if off <= max(6e-5, memory.stability * 1e-4) and abs(state.difficulty - memory.difficulty) <= 6e-4:
        return ""
    return f"{card_id}: ours {memory.stability} {memory.difficulty}, Anki's {state.stability} {state.difficulty}"


def main(folder: Path, age_days: int, fsrs: bool, count: int) -> dict[str, Any]:
    from anki.collection import Collection
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    stock = every_state(Stock(folder, datetime.now().astimezone()), count)
    stock.settle()
    package.write(folder / "out.apkg", stock.outgoing().edition)
    col = Collection(str(folder / "collection.anki2"))
    col.db.execute("update col set crt = crt - ?", 86400 * age_days)
    col.close()
    col = Collection(str(folder / "collection.anki2"))
    col.set_config("fsrs", fsrs)
    col.sched.deck_due_tree()  # as on any day on which Anki was opened: what was buried yesterday is lifted now
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(folder / "out.apkg"), options=options)
    wrong: dict[str, Any] = {}
    col.import_anki_package(request)
    for card_id in stock.memories:
        want, got = expected(stock, card_id), arrived(col, card_id)
        if want != got:
            wrong[card_id] = {key: (want[key], got[key]) for key in want if want[key] != got[key]}
    if fsrs:
        wrong |= {text: "" for c, memory in stock.memories.items() if (text := recomputed(col, c, memory))}
    before = col.db.all("select * from cards order by id")
    log = col.import_anki_package(request).log
    if log.new or log.updated or col.db.all("select * from cards order by id") != before:
        wrong["again"] = [len(log.new), len(log.updated)]
    text, fine = col.fix_integrity()
    if not fine:
        wrong["check"] = text
    states = {str(replace(m, step=None).state) for m in stock.memories.values()}
    done = {"wrong": wrong, "started": len(stock.memories), "states": sorted(states)}
    col.close()
    stock.db.close()
    return done


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "fsrs", int(sys.argv[4]))))
