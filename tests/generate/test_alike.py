"""Near duplicates are found among many as they would be by comparing each with each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.alike import Alike, is_near

WORDS = ("梯度", "下降", "的", "步长", "是", "什么", "不", "x=1", "3", "12", "learning", "rate", "not", "network")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map("".join)
said = st.lists(st.tuples(st.sampled_from(["a", "b"]), texts, st.booleans()), max_size=40)


def kept_one_by_one(sayings: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The plain definition: a text stays if it is near none before it under its key that stayed."""
    kept: list[tuple[str, str, bool]] = []
    for key, text, meant in sayings:
        near = (
            other
            for other_key, other, other_meant in kept
            if other_key == key and (other == text or (is_near(text, other) and not (meant and other_meant)))
        )
        if next(near, None) is None:
            kept.append((key, text, meant))
    return kept


@settings(max_examples=50, deadline=None)
@given(said)
def test_what_stays_is_what_comparing_each_with_each_leaves(sayings: list[tuple[str, str, bool]]) -> None:
    alike, kept = Alike(), []
    for key, text, meant in sayings:
        if alike.first(key, text, meant=meant) is None:
            alike.add(key, text, meant=meant)
            kept.append((key, text, meant))

    assert kept == kept_one_by_one(sayings)


@settings(max_examples=50, deadline=None)
@given(st.lists(texts, min_size=9, max_size=40, unique=True), texts)
def test_of_several_near_ones_the_first_is_found(held: list[str], text: str) -> None:
    alike = Alike()
    for one in held:
        alike.add("", one)

    assert alike.first("", text) == next((one for one in held if is_near(text, one)), None)


def test_a_changed_ending_is_found_among_thousands_that_open_alike() -> None:
    alike = Alike()
    for number in range(2000):
        alike.add("", _question(number))

    found = alike.first("", _question(1234).replace("about", "aboutt"))

    assert found == _question(1234)


def _question(number: int) -> str:
    telling = "".join(chr(0x4E00 + number * step % 1999) for step in (1, 3, 7, 11, 13))
    return f"whatdoesthesentence{telling}sayabout"


def test_another_number_or_negation_is_another_question() -> None:
    assert not is_near("whichlayerofthenetworkhas12neuronsinside", "whichlayerofthenetworkhas13neuronsinside")
    assert not is_near("这个很长的问题问的是水在四度时会不会结冰", "这个很长的问题问的是水在四度时会结冰")
