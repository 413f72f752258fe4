"""Notes made to be slow: four times the size takes about four times the time, on one line and on many."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.generate import Options, propose
from studycards.model import Proposal, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

INVITED = "---\nstudycards: [all]\n---\n"
LARGE = 1_000_000


def proposals(data: bytes) -> tuple[Proposal, ...]:
    return propose(parse_note(read_bytes(data, "n.md")), Options())


def seconds(unit: str, size: int, *, many: bool, head: str = "") -> float:
    """CPU time for a note of one thing again and again."""
    line = unit * (60 // len(unit)) + "\n" if many else unit
    data = (head + line * (size // len(line.encode()))).encode()
    begun = time.process_time()
    found = proposals(data)
    taken = time.process_time() - begun
    assert [p for p in found if p.status is Status.WRITTEN and not p.by_hand] == []
    return taken


@pytest.mark.parametrize("many", [False, True], ids=["one line", "many lines"])
@pytest.mark.parametrize("unit", ["（", "*", "a ", "|", "是", "**", "[", "$", "`", "：", "《"])
def test_a_large_note_of_one_thing_takes_time_in_proportion(unit: str, many: bool) -> None:
    small, large = (seconds(unit, size, many=many) for size in (LARGE // 4, LARGE))

    assert large < 8 * max(small, 0.05)


@pytest.mark.parametrize(
    "unit", ["a::b\n", "Q: a\nA: b\n", "Q: a\n", "{{c1::a}} b\n", "==a== b\n", "?\n", "C: [a] b\n"]
)
def test_a_long_run_of_cards_written_by_hand_takes_time_in_proportion(unit: str) -> None:
    small, large = (seconds(unit, size, many=False, head=INVITED) for size in (15_000, 60_000))

    assert large < 9 * max(small, 0.05)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([b"", INVITED.encode()]))
def test_any_bytes_give_the_same_proposals_twice(data: bytes, head: bytes) -> None:
    first, second = proposals(head + data), proposals(head + data)

    assert first == second
