"""A child process: a real Anki collection of many reviewed cards takes new parameters; prints the seconds.

`python -m tests.benchmarks.anki_update FOLDER CARDS ANSWERS_A_CARD`
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

os.environ["ANKI_TEST_MODE"] = "1"

from anki.collection import Collection
from anki.deck_config_pb2 import DeckConfig, UpdateDeckConfigsMode, UpdateDeckConfigsRequest

from studycards.scheduling.fsrs import DEFAULT_PARAMETERS

DAY_MS = 86_400_000


def fill(path: Path, cards: int, answers: int) -> None:
    """Reviewed cards, each with answers some days apart, written into the tables."""
    col = Collection(str(path))
    model = col.models.by_name("Basic")
    assert model is not None
    kind, first = model["id"], col.crt * 1000 - 400 * DAY_MS
    col.close()
    with sqlite3.connect(path) as db:
        db.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        for number in range(cards):
            at = 1_000_000 + number
            db.execute("INSERT INTO notes VALUES (?,?,?,0,0,'','q\x1fa','q',0,0,'')", (at, f"guid{number}", kind))
            db.execute("INSERT INTO cards VALUES (?,?,1,0,0,0,2,2,?,30,2500,?,0,0,0,0,0,'{}')", (at, at, 30, answers))
            rows = [
                (
                    first + (answer * (answer + 1)) * 3 * DAY_MS + number * 100 + answer,
                    at,
                    0,
                    3 if answer % 5 else 1,
                    6 * answer + 1,
                    6 * answer,
                    2500,
                    8000,
                    0 if answer == 0 else 1,
                )
                for answer in range(answers)
            ]
            db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", rows)


def update(path: Path) -> float:
    """The seconds for new parameters over all cards, due days included."""
    col = Collection(str(path))
    col.set_config("fsrs", True)
    known = col.decks.get_deck_configs_for_update(1)  # type: ignore[arg-type]  # the default deck
    config: DeckConfig = known.all_config[0].config
    config.config.fsrs_params_6[:] = [0.3, *DEFAULT_PARAMETERS[1:]]
    began = time.perf_counter()
    col.decks.update_deck_configs(
        UpdateDeckConfigsRequest(
            target_deck_id=1,
            configs=[config],
            mode=UpdateDeckConfigsMode.Value("UPDATE_DECK_CONFIGS_MODE_NORMAL"),
            fsrs=True,
            fsrs_reschedule=True,
        )
    )
    took = time.perf_counter() - began
    done = col.db.scalar("select count() from cards where data like '%\"s\":%'") if col.db else 0
    print(f"{done} cards have memory", file=sys.stderr)
    col.close()
    return took


if __name__ == "__main__":
    place = Path(sys.argv[1]) / "collection.anki2"
    fill(place, int(sys.argv[2]), int(sys.argv[3]))
    print(update(place))
