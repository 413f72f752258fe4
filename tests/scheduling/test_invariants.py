"""What must hold after any operation; the full counts run in tests/soak."""

from __future__ import annotations

from tests.scheduling.operations import intervals_that_rise_with_retention, operate


def test_nothing_is_ever_out_of_bounds_or_out_of_order() -> None:
    assert list(operate(8_000)) == []


def test_a_higher_retention_never_means_a_longer_interval() -> None:
    assert intervals_that_rise_with_retention(2_000) == []
