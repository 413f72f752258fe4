"""The inbox page over real proposals: keys and milliseconds of CPU a proposal.

`python tests/benchmarks/curating.py NOTES [MOST]` generates from a folder of notes, then decides on what waits as a
careful person would: what nothing speaks against is kept, what something speaks against is dropped, and of every eleven
one is edited first.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from studycards.collection import Collection
from studycards.config import Config
from studycards.inbox.decisions import REVERSERS
from studycards.store.opening import open_store
from studycards.tui.app import StudycardsApp
from studycards.tui.curate import CuratePage
from studycards.tui.look import Look
from studycards.tui.program import Desk

EDITED = 11


async def decide(desk: Desk, most: int) -> dict[str, object]:
    """Decide on everything; what it took."""
    page = CuratePage(desk)
    app = StudycardsApp(desk, first=page)
    keys = decided = 0
    took: list[float] = []
    async with app.run_test(size=(80, 24)) as pilot:
        while page.showing is not None and decided < most:
            edits = decided % EDITED == EDITED - 1
            wanted = ["e", "ctrl+s"] if edits else ["n" if page.showing.warnings else "y"]
            for key in wanted:
                begun = time.process_time()
                await pilot.press(key)
                await pilot.pause()
                took.append((time.process_time() - begun) * 1000)
            keys += len(wanted)
            decided += 1
    took.sort()
    return {
        "measured": "curation",
        "proposals": decided,
        "keys_each": round(keys / max(1, decided), 3),
        "median_cpu_ms": round(took[len(took) // 2], 1) if took else None,
        "p95_cpu_ms": round(took[int(0.95 * (len(took) - 1))], 1) if took else None,
    }


def main() -> None:
    """Generate, then decide."""
    notes, most = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        env = {**os.environ, "HOME": place, "STUDYCARDS_DB": str(folder / "store.db"), "XDG_CONFIG_HOME": place}
        command = [sys.executable, "-m", "studycards", "generate", str(notes), "--into", str(folder / "decks")]
        subprocess.run(command, env=env, check=True, capture_output=True)
        db = open_store(folder / "store.db", device="benchmark", now_ms=0)
        now = datetime.now(UTC)
        collection = Collection(db)
        look = Look(monotonic=time.monotonic, guard_ms=0)
        desk = Desk(collection, Config(folder / "config.toml"), lambda: now, look, REVERSERS)
        print(json.dumps(asyncio.run(decide(desk, most))))
        db.close()


if __name__ == "__main__":
    main()
