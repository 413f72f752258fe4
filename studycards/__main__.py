"""Start: `studycards …` and `python -m studycards …`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from studycards.cli import main as command_line

    command_line(prog_name="studycards")


if __name__ == "__main__":
    main()
