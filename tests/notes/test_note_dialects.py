"""Cards written by hand are read where a note invites them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.note import Explicit, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def read(body: str, wish: str = "studycards: [all]") -> Note:
    return parse_note(read_bytes(f"---\n{wish}\n---\n{body}\n".encode(), "n.md"))


def sides(note: Note) -> list[tuple[str, str]]:
    return [(card.question, card.answer) for card in note.explicit]


def texts(note: Note) -> list[str]:
    return [card.text for card in note.explicit]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Q: Who?\nA: Ra", [("Who?", "Ra")]),
        ("问：谁？\n答：拉", [("谁？", "拉")]),
        ("Q: Who\nis it?\n\nA: Ra,\nthe sun\n\nProse.", [("Who is it?", "Ra, the sun")]),
        ("Q: Two?\nA:\n- a\n- **b**\nQ: One?\nA: c", [("Two?", "a\nb"), ("One?", "c")]),
        ("Q: Long?\nA: first\n\n  second\n\nmargin", [("Long?", "first\n\nsecond")]),
        ("Q: Code?\nA: `a::b` and ![](x.png)", [("Code?", "`a::b` and ![](x.png)")]),
        ("Q: How?\nA:\n```sh\nls\n\n# x\n```\n", [("How?", "```sh\nls\n\n# x\n```")]),
        ("Paris::capital of France", [("Paris", "capital of France")]),
        ("Capital of France::Paris", [("Capital of France", "Paris")]),
        ("- **太阳神** :: 拉", [("太阳神", "拉")]),
        ("\\*literal\\* :: star", [("*literal*", "star")]),
        ("front :: `x::y`", [("front", "`x::y`")]),
        ("a:::b\nc::d", [("a", "b"), ("c", "d")]),
        ("Who is it?\n?\nRa\nthe sun", [("Who is it?", "Ra the sun")]),
        ("Ra\n??\nthe sun", [("Ra", "the sun")]),
        ("What is Maat? #flashcard\nOrder.\n\nProse", [("What is Maat?", "Order.")]),
        ("### What is Maat? #flashcard\nOrder.\n---\n", [("What is Maat?", "Order.")]),
    ],
)
def test_questions_with_answers_are_found(body: str, expected: list[tuple[str, str]]) -> None:
    note = read(body)

    assert sides(note) == expected
    assert note.problems == ()


def test_both_ways_are_asked_for_with_one_more_mark() -> None:
    assert [card.both for card in read("a:::b\n\nc::d\n\ne\n??\nf").explicit] == [True, False, True]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The ==Nile== floods ==Egypt==.", ["The {{c1::Nile}} floods {{c2::Egypt}}."]),
        ("The {{c1::Nile::river}} floods {{c1::Egypt}}.", ["The {{c1::Nile::river}} floods {{c1::Egypt}}."]),
        ("- ==a== b\n- c ==d==", ["{{c1::a}} b", "c {{c1::d}}"]),
        ("C: The [Nile] floods \\[yearly\\] [Egypt], see [it](u) ![x](y.png).", None),
        ("C: {{c2::Ra}} is **the** sun.", ["{{c2::Ra}} is the sun."]),
        ("The {{c1::**Nile** `x`}} $y$", ["The {{c1::Nile `x`}} $y$"]),
    ],
)
def test_holes_are_found(body: str, expected: list[str] | None) -> None:
    wanted = expected or ["The {{c1::Nile}} floods [yearly] {{c2::Egypt}}, see it ![x](y.png)."]

    assert texts(read(body)) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "Use std::vector for arrays.",
        "std::vector is a container",
        ":::note\ntext\n:::",
        "`a::b`",
        "```\nQ: a\nA: b\nc::d\n```",
        "<!-- Q: a\nA: b -->",
        "a == b and c == d",
        "- [ ] task",
        "[link](url) and [^1]",
        "plain [brackets] here",
    ],
)
def test_code_and_prose_are_no_cards(body: str) -> None:
    note = read(body)

    assert (note.explicit, note.problems) == ((), ())


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Q: no answer\n\nProse", 4),
        ("A: no question", 4),
        ("text\n\nQ:\nA: empty", 6),
        ("C: no hole", 4),
        ("{{c1::open", 4),
        ("empty ::", 4),
        ("?\nanswer", 4),
        ("lonely #flashcard", 4),
    ],
)
def test_a_malformed_card_is_a_problem_on_its_line_and_costs_nothing_else(body: str, line: int) -> None:
    note = read(f"{body}\n\nQ: good?\nA: yes")

    assert [(problem.line, problem.code) for problem in note.problems] == [(line, "note-dialect-block")]
    assert sides(note) == [("good?", "yes")]


def test_only_the_dialects_asked_for_are_read() -> None:
    note = read("Q: a?\nA: b\n\nc::d\n\n==e== f", "studycards: [qa]")

    assert sides(note) == [("a?", "b")]


@pytest.mark.parametrize("tag", ["flashcards", "flashcard", "卡片"])
def test_a_tag_invites_every_dialect(tag: str) -> None:
    assert sides(read("a::b", f"tags: [{tag}]")) == [("a", "b")]


@pytest.mark.parametrize("heading", ["## Terms #flashcards", "## Flashcards", "## 闪卡", "## 1. 卡片", "## 问答"])
def test_a_heading_invites_for_its_section_only(heading: str) -> None:
    note = read(f"a::b\n\n# Top\n\n{heading}\n\nc::d\n\n### deeper\n\ne::f\n\n## Next\n\ng::h", "title: x")

    assert sides(note) == [("c", "d"), ("e", "f")]
    assert note.explicit[1].headings[0] == "Top"


@pytest.mark.parametrize("body", ["Q: a?\nA: b", "The {{c1::Nile}} floods.", "What? #flashcard\nThis."])
def test_markup_that_nobody_invited_is_said_once(body: str) -> None:
    note = read(f"{body}\n\n{body}", "title: x")

    assert note.explicit == ()
    assert [(problem.line, problem.code) for problem in note.problems] == [(4, "note-markup-uninvited")]


@pytest.mark.parametrize(
    "body", ["std::vector", "key:: value", "Q: a lone question", "==mark==", "`{{c1::x}}`", "C: x [y]"]
)
def test_what_only_looks_like_markup_is_not_mentioned(body: str) -> None:
    assert read(body, "title: x").problems == ()


def test_a_card_knows_its_lines_and_headings() -> None:
    note = read("# Egypt\n\nQ: Who?\n\nA: Ra,\nthe sun\n\n\nProse.")

    assert note.explicit == (Explicit("qa", "Who?", "Ra, the sun", 6, 9, ("Egypt",)),)


@given(
    st.lists(
        st.sampled_from(
            [
                "Q: ",
                "A: ",
                "C: ",
                "::",
                ":::",
                "?",
                "??",
                "==",
                "{{c1::",
                "}}",
                "[x]",
                "#flashcard",
                "\n",
                "\n\n",
                "a",
                "中",
                "# ",
                "- ",
                "`",
                "```\n",
                "---\n",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_mixture_gives_whole_cards_inside_the_file(body: str) -> None:
    note = read(body)

    for card in note.explicit:
        assert 3 < card.line <= card.end_line <= len(note.lines) + 1
        assert card.text or (card.question and card.answer)
