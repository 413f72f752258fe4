"""The reference session, a process of its own: a script of acts, a backup; says each once it is on disk."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from studycards import backup
from studycards.errors import StudycardsError
from tests.soak.stage import BEGIN, Clock, act, opened, sitting

SCRIPT = "aaaufarbaasaua"


def run(path: Path, acts: int, journal: str, say: Callable[[str], None]) -> None:
    """Work through the script; with a `journal` mode of its own no backup is made."""
    rng = random.Random(7)
    db = opened(path)
    if journal:
        db.execute(f"PRAGMA journal_mode={journal}")
    session = sitting(db, Clock(1))
    for number in range(acts):
        say(act(session, rng, SCRIPT[number % len(SCRIPT)]))
    session.close()
    if not journal:
        backup.make(path, BEGIN, "use")
        say("backup")
    db.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    path, acts, journal = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""
    try:
        run(path, acts, journal, say)
    except StudycardsError as error:
        say(f"error {error.sentence}")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
