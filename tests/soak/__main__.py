"""All trials, one line each in a table at the end: `python -m tests.soak [--quick] [--only NAME]… [--scale N]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.soak import bereft, crowd, damage, faults, full, great, inject, kill, power, texts, trials


@dataclass(slots=True)
class Line:
    """What a trial came to."""

    name: str
    count: int = 0
    told: str = ""
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    kills: int
    slow_kills: int
    acts: int
    points: int | None
    each: int
    damages: int
    cards: int
    seed: int
    part: tuple[int, int] = (1, 1)
    thin: bool = False


FULL = Size(kills=1000, slow_kills=1000, acts=8, points=None, each=5000, damages=1000, cards=100_000, seed=1)
QUICK = Size(kills=16, slow_kills=6, acts=6, points=30, each=30, damages=24, cards=300, seed=1)


def _kills(line: Line, tally: kill.Tally) -> None:
    line.count, line.wrong = tally.kills, tally.wrong
    line.told = f"{tally.inside} in a transaction, {tally.hot} left it to roll back, {tally.ended} came to the end"
    if tally.acknowledged:
        line.told += f", {tally.acknowledged} told"
    if faults.is_loaded() and tally.inside < tally.kills / 2:
        line.wrong.append("fewer than half of the kills fell into a transaction: this trial does not bite")


def answering(folder: Path, size: Size, line: Line) -> None:
    _kills(line, kill.acts(folder, "a", size.kills, size.seed))


def undoing(folder: Path, size: Size, line: Line) -> None:
    _kills(line, kill.acts(folder, "aaurbsf", size.kills, size.seed))


def starting(folder: Path, size: Size, line: Line) -> None:
    _kills(line, kill.starts(folder, size.kills, size.seed))


def _command(*made: Callable[[], kill.Trial]) -> Callable[[Path, Size, Line], None]:
    def run(folder: Path, size: Size, line: Line) -> None:
        _kills(line, kill.commands(folder, [trial() for trial in made], size.slow_kills, size.seed))

    return run


def calls(folder: Path, size: Size, line: Line) -> None:
    line.skipped = faults.missing()
    if line.skipped:
        return
    walked: dict[str, kill.Trial] = {
        "session": trials.Sittings(size.acts),
        "generate": texts.Generates(),
        "curate": texts.Decisions(4),
        "edit": texts.Edits(),
        "import": texts.Imports(),
        "import-anki": texts.Imports("apkg"),
        "undo-import": texts.Reversals(),
        "export": texts.Exports(),
        "export-csv": texts.Exports("--csv"),
        "backup": trials.Backups(40),
        "restore": trials.Restores(cards=80),
        "restore-damaged": trials.Restores(damaged=True, cards=80),
        "merge": trials.Merges(40, 30),
        "upgrade": trials.Upgrades(40),
    }
    points = inject.run(folder, walked, size.seed, size.points, size.part, size.thin)
    line.count, line.wrong = sum(points.tried.values()), points.wrong
    made = ", ".join(f"{count} {name}" for name, count in points.calls.most_common())
    ends = ", ".join(f"{count} {end}" for end, count in points.ends.most_common())
    line.told = f"{dict(points.tried)} of {sum(points.calls.values())} calls ({made}); {ends}"


def cutting(folder: Path, size: Size, line: Line) -> None:
    line.skipped = power.missing()
    if line.skipped:
        return
    cuts = power.run(folder, size.acts * 3)
    line.count, line.wrong = cuts.states, cuts.wrong
    line.told = f"states after {cuts.calls} calls, {cuts.answers} answers told"


def control(folder: Path, size: Size, line: Line) -> None:
    line.skipped = power.missing()
    if line.skipped:
        return
    cuts = power.run(folder, size.acts, "DELETE")
    line.count, line.told = cuts.states, f"{len(cuts.wrong)} states lose answers, as they must"
    line.wrong = [] if cuts.wrong else ["a journal that is deleted loses nothing: the power model does not bite"]


def crowding(folder: Path, size: Size, line: Line) -> None:
    met = crowd.answers(folder, 3, size.each, size.seed)
    line.count, line.wrong = met.stored, met.wrong
    line.told = f"{met.told} told, {met.elsewhere} elsewhere, p99 {met.p99_ms:.0f} ms, longest {met.longest_ms:.0f} ms"
    if met.told != met.stored or met.twice or met.told != 3 * size.each:
        line.wrong.append(f"told {met.told}, stored {met.stored}, twice {met.twice}")


def damaging(folder: Path, size: Size, line: Line) -> None:
    met = damage.run(folder, size.damages, size.seed)
    line.count, line.wrong = size.damages, met.wrong
    line.told = ", ".join(f"{n} {what}" for what, n in met.met.most_common()) + f"; {met.restored} restored"


def bereaving(folder: Path, size: Size, line: Line) -> None:
    met = bereft.run(folder, min(size.kills, 200), size.seed)
    line.count, line.wrong = sum(met.met.values()), met.wrong
    line.told = ", ".join(f"{n} {what}" for what, n in met.met.most_common())


def greatness(folder: Path, size: Size, line: Line) -> None:
    made = great.run(folder, size.cards, 10, size.seed)
    line.count, line.wrong = size.cards, made.wrong
    line.told = ", ".join(f"{name} {number:.2f}" for name, number in made.seconds.items())


def filling(folder: Path, size: Size, line: Line) -> None:
    line.skipped = full.missing()
    if line.skipped:
        return
    line.count, stored, line.wrong = full.disk(folder)
    line.told = f"{stored} stored on 1 MB"


def locking(folder: Path, size: Size, line: Line) -> None:
    line.count, line.wrong = 1, full.lock(folder)


_ANKI = partial(texts.Imports, "apkg")
TRIALS: dict[str, tuple[str, Callable[[Path, Size, Line], None]]] = {
    "answer": ("kill -9 while answering", answering),
    "undo": ("kill -9 in undo, redo, bury, suspend", undoing),
    "start": ("kill -9 in the first start", starting),
    "backup": ("kill -9 in a backup", _command(trials.Backups)),
    "restore": ("kill -9 in a restore", _command(trials.Restores, partial(trials.Restores, damaged=True))),
    "merge": ("kill -9 in a merge", _command(trials.Merges)),
    "upgrade": ("kill -9 in an upgrade", _command(trials.Upgrades)),
    "generate": ("kill -9 in generate", _command(texts.Generates)),
    "curate": ("kill -9 in curating", _command(texts.Decisions)),
    "edit": ("kill -9 in an edit of a deck file", _command(texts.Edits)),
    "import": ("kill -9 in an import and its undo", _command(texts.Imports, _ANKI, texts.Reversals)),
    "export": ("kill -9 in an export", _command(texts.Exports, partial(texts.Exports, fresh=True))),
    "calls": ("every writing call × kill, full, I/O error", calls),
    "power": ("power cut after every call", cutting),
    "control": ("the same with journal_mode=DELETE", control),
    "crowd": ("three processes on one store", crowding),
    "damage": ("damages to the file", damaging),
    "journal": ("the journal taken away after a kill", bereaving),
    "great": ("a great store, ten answers a card; seconds", greatness),
    "full": ("the disk is full", filling),
    "lock": ("the store is locked", locking),
}


def run(names: list[str], size: Size) -> list[Line]:
    """Run trials, each in a folder of its own."""
    lines = []
    for name in names:
        line = Line(TRIALS[name][0])
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            TRIALS[name][1](Path(folder), size, line)
        line.seconds = time.monotonic() - begun
        lines.append(line)
        print(show(line), file=sys.stderr, flush=True)
    return lines


def show(line: Line) -> str:
    if line.skipped:
        return f"{line.name:44}  skipped: needs {line.skipped}"
    end = "ok" if not line.wrong else f"{len(line.wrong)} WRONG"
    return f"{line.name:44} {line.count:6} {end:>9} {line.seconds:7.1f} s  {line.told}"


def _part(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    return int(number), int(parts)


def main() -> int:
    faults.enter()
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of everything, in seconds")
    parser.add_argument("--only", action="append", choices=list(TRIALS), help="only this trial; may be repeated")
    parser.add_argument("--kills", type=int, help="how many kills a trial")
    parser.add_argument("--points", type=int, help="how many system calls, drawn by lot")
    parser.add_argument("--part", type=_part, default=(1, 1), help="of the system calls, as 1/2 and 2/2 side by side")
    parser.add_argument("--thin", action="store_true", help="of the pages written only every eighth")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    base = QUICK if given.quick else FULL
    size = Size(
        kills=given.kills or base.kills,
        slow_kills=given.kills or base.slow_kills,
        acts=base.acts,
        points=given.points or base.points,
        each=base.each,
        damages=base.damages,
        cards=base.cards,
        seed=given.seed,
        part=given.part,
        thin=given.thin,
    )
    lines = run(given.only or list(TRIALS), size)
    print(f"seed {size.seed}")
    for line in lines:
        print(show(line))
        for wrong in line.wrong[:40]:
            print(f"    {wrong}")
    return int(any(line.wrong for line in lines))


if __name__ == "__main__":
    sys.exit(main())
