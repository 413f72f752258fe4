"""The grammar of a deck file, each sentence of it on an example that stands in the test's docstring."""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc

import pytest

from studycards.deckfile import DeckText, parse
from studycards.model import Kind, Source

Read = Callable[[], DeckText]


@pytest.fixture
def deck(request: pytest.FixtureRequest) -> DeckText:
    """The test's docstring, read as the body of a deck file whose first line is line 4."""
    return parse({"deck": "d"}, cleandoc(request.function.__doc__), 4, "decks/d.md")


def sides(deck: DeckText) -> list[tuple[str, str]]:
    """Front and back of every block."""
    return [(entry.front, entry.back) for entry in deck.entries]


def codes(deck: DeckText) -> list[tuple[int, str]]:
    """Line and code of every problem."""
    return [(problem.line, problem.code) for problem in deck.problems]


def test_question_answer_and_comment_make_a_card(deck: DeckText) -> None:
    """
    Q: 法老登基时的名字叫什么？
    A: 尼苏毕特名
    <!-- card: k7f3q2m9xd · notes/egypt.md:14 · so-called -->
    """
    (entry,) = deck.entries

    assert (entry.front, entry.back, entry.kind) == ("法老登基时的名字叫什么？", "尼苏毕特名", Kind.BASIC)
    assert (entry.id, entry.source, entry.rule) == ("k7f3q2m9xd", Source("notes/egypt.md", 14, 14), "so-called")
    assert (entry.line, entry.end_line) == (4, 6)
    assert not deck.problems


def test_a_sentence_with_holes_is_a_cloze_and_its_answer_is_shown_with_it(deck: DeckText) -> None:
    """
    C: 法老的王名一般被刻在{{c1::王名圈::什么圈}}里，{{c2::塞拉赫}}更早。
    A: 王名圈也叫象形茧。
    """
    (entry,) = deck.entries

    assert entry.kind is Kind.CLOZE
    assert entry.holes == (1, 2)
    assert entry.back == "王名圈也叫象形茧。"


def test_sides_run_over_lists_tables_code_and_images(deck: DeckText) -> None:
    """
    Q: Which
    of these?
    A: Three:

    - one
    - two

    | a | b |
    |---|---|

    ```python
    Q: no mark in here
    # no heading either
    ```

    ![](cartouche.png)
    """
    (entry,) = deck.entries

    assert entry.front == "Which\nof these?"
    assert entry.back.startswith("Three:\n\n- one\n- two\n\n| a | b |")
    assert "Q: no mark in here\n# no heading either" in entry.back
    assert entry.back.endswith("![](cartouche.png)")


def test_a_plain_paragraph_ends_a_side_and_an_indented_one_goes_on(deck: DeckText) -> None:
    """
    Some prose.

    Q: one
    A: first

      second

    Prose between cards is ignored,
    all of it.

    Q: two
    A: b
    """
    assert sides(deck) == [("one", "first\n\nsecond"), ("two", "b")]
    assert not deck.problems


def test_a_heading_and_a_rule_end_a_card(deck: DeckText) -> None:
    """
    Q: one
    A: a
    ## Heading
    under it
    Q: two
    A: b
    ---
    under it
    """
    assert sides(deck) == [("one", "a"), ("two", "b")]


def test_a_backslash_keeps_a_mark_as_text(deck: DeckText) -> None:
    r"""
    Q: How does a card begin?
    A: With
    \Q: so
    \\A: so
    \# so
    \---
    """
    assert sides(deck) == [("How does a card begin?", "With\nQ: so\n\\A: so\n# so\n---")]


def test_reverse_and_tags_stand_on_lines_of_their_own(deck: DeckText) -> None:
    """
    Q: PLE
    A: Progressive Layered Extraction
    R:
    T: mtl, 论文，#paper, two words

    C: {{c1::x}}
    T: y
    """
    first, second = deck.entries

    assert first.reverse
    assert first.tags == ("mtl", "论文", "paper", "two_words")
    assert second.tags == ("y",)


def test_full_width_colons_are_marks_too(deck: DeckText) -> None:
    """
    Q：问
    A：答
    """
    assert sides(deck) == [("问", "答")]


def test_comments_hide_what_they_hold(deck: DeckText) -> None:
    """
    Q: one <!-- not this --> two
    <!-- nor this -->
    A: `<!-- code -->` stays
    <!--
    Q: hidden
    A: hidden
    -->
    """
    assert sides(deck) == [("one  two", "`<!-- code -->` stays")]
    assert not deck.problems


def test_front_matter_gives_name_tags_and_direction() -> None:
    deck = parse({"deck": " 历史 :: 古埃及 ", "tags": "egypt, kings", "reverse": True}, "", 5, "x.md")

    assert (deck.deck, deck.tags, deck.reverse) == ("历史::古埃及", ("egypt", "kings"), True)


def test_front_matter_that_makes_no_sense_is_a_problem() -> None:
    deck = parse({"deck": None, "tags": {"a": 1}, "reverse": "maybe"}, "", 5, "decks/my deck.md")

    assert deck.deck == "my deck"
    assert {problem.code for problem in deck.problems} == {"deck-name", "deck-tags", "deck-reverse"}


def test_one_bad_block_costs_only_itself(deck: DeckText) -> None:
    """
    Q: no answer

    Q:
    A: no question

    Q: empty answer
    A:

    C: no hole

    C: {{c1::}}

    C: {{c0::x}} and {{c501::y}}

    C: {{c1::never closed

    Q: good
    A: card
    """
    assert sides(deck) == [("good", "card")]
    assert codes(deck) == [
        (4, "deck-no-answer"),
        (6, "deck-empty-question"),
        (9, "deck-empty-answer"),
        (12, "deck-no-hole"),
        (14, "deck-empty-hole"),
        (16, "deck-hole-number"),
        (18, "deck-hole-open"),
    ]


def test_marks_that_belong_to_nothing_are_told(deck: DeckText) -> None:
    """
    A: to what?
    R:
    T: x
    <!-- card: k7f3q2m9xd -->

    Q: a
    A: b
    A: c

    C: {{c1::x}}
    R:

    Q: d
    A: e
    <!-- card: not an id! -->
    """
    assert codes(deck) == [
        (4, "deck-no-question"),
        (5, "deck-stray-mark"),
        (6, "deck-stray-mark"),
        (7, "deck-stray-comment"),
        (11, "deck-second-answer"),
        (14, "deck-stray-mark"),
        (18, "deck-comment"),
    ]
    assert sides(deck) == [("a", "b"), ("{{c1::x}}", ""), ("d", "e")]


def test_an_open_fence_or_comment_costs_its_own_line_only(deck: DeckText) -> None:
    """
    Q: one
    A: ```python
    print()

    Q: two
    A: b <!-- never closed

    Q: three
    A: c
    """
    assert [front for front, _ in sides(deck)] == ["one", "two", "three"]
    assert codes(deck) == [(5, "deck-fence-open"), (9, "deck-comment-open")]


def test_holes_close_outside_balanced_braces(deck: DeckText) -> None:
    r"""
    C: The derivative is {{c1::\frac{1}{x^{2}}}} and {{c2::a}b}}.
    """
    (entry,) = deck.entries

    assert entry.holes == (1, 2)


def test_thousands_of_open_fences_are_read_in_linear_time() -> None:
    body = "```x\n<!-- \n" * 20_000

    deck = parse({"deck": "d"}, body, 1, "x.md")

    assert len(deck.problems) == 40_000
