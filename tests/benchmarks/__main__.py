"""One table of speeds and sizes, ours beside references measured in the same run.

    python -m tests.benchmarks [CARDS]… [--only starts|reviewing|generating|packages|scheduling]…

By default collections of 1,000, 10,000 and 100,000 cards with 10 reviews each. Starts are CPU time, the least of many
turns; all else is the median of turns that alternate with the reference. Exit code 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import generating, packages, reviewing, scheduling, starts
from tests.benchmarks.table import Table

SIZES = (1_000, 10_000, 100_000)
PARTS = ("starts", "reviewing", "generating", "packages", "scheduling")


def main() -> int:
    """Print the table, then what missed its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="CARDS")
    parser.add_argument("--only", action="append", choices=PARTS, default=[])
    asked = parser.parse_args()
    parts = asked.only or PARTS
    table = Table()
    table.head()
    if "starts" in parts:
        starts.once(table)
    for size in asked.sizes:
        for name, measure in (
            ("starts", starts.measure),
            ("reviewing", reviewing.measure),
            ("packages", packages.measure),
        ):
            if name in parts:
                with tempfile.TemporaryDirectory() as folder:
                    measure(Path(folder), size, table)
    if "generating" in parts:
        generating.measure(table)
    if "scheduling" in parts:
        scheduling.main(["rebuild"] if max(asked.sizes) >= SIZES[-1] else [])
    print("\n".join(["", *(f"missed: {line}" for line in table.missed)] if table.missed else ["", "All targets met."]))
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
