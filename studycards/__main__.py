"""Start: `studycards …` and `python -m studycards …`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `due` says again what it said last while that still holds."""
    if sys.argv[1:2] == ["due"] and _say_again(sys.argv[2:]):
        return
    from studycards.cli import main as command_line

    command_line(prog_name="studycards")


def _say_again(words: list[str]) -> bool:
    """Answer `due` without loading the command line; whether that could be done."""
    import os
    import time

    from studycards.store.due import said_before

    said = said_before(words, os.environ, time.time())
    if said is None:
        return False
    try:
        sys.stdout.write(said.text(words))
        sys.stdout.flush()
    except UnicodeEncodeError:
        return False
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    if code := said.exit_code(words):
        sys.exit(code)
    return True


if __name__ == "__main__":
    main()
