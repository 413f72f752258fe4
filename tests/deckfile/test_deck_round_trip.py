"""What is written is read back equal, whatever the sides say."""

from __future__ import annotations

import re

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studycards.deckfile import DeckText, Entry, append, parse, remove, replace, tidy, write
from studycards.deckfile.entry import tidy_tag
from studycards.deckfile.head import tidy_deck
from studycards.model import Kind, Source

PIECES = [
    "Q:", "A:", "C:", "R:", "T:", "Q：", "A：问", "\\Q: x", "\\\\A:", "\\", "---", "\\---", "# head", "#tag", "\\# h",
    "```", "```py", "~~~", "````", "\\```", "\\\\~~~", "- ```", "A: ```", "Q: \\```", "<!--", "-->", "\\<!--",
    "<!-- card: k7f3q2m9xd · a.md:1 · r -->", "`<!-- x -->`", "`", "- item", "* x", "1. one", "2) two", "| a | b |",
    "|---|---|", "> quote", "![](x.png)", "$$", "text", "中文。", "  indented", "    code", "\t tab", "", "  ", "R: x",
    "T: a, b", "deck: x", "{{c1::x}}", "=== ", "***", "<b>x</b>", "\u3000", "\x0b", "\u2028x", "a  ",
    "A: A: ```", "\\- x",
]  # fmt: skip
LINES = st.one_of(
    st.sampled_from(PIECES), st.text(max_size=8), st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
)
SIDES = st.lists(LINES, min_size=1, max_size=7).map("\n".join).map(tidy).filter(bool)
TAGS = st.lists(st.text(max_size=6).map(tidy_tag).filter(bool), max_size=3, unique=True).map(tuple)
PATHS = st.one_of(st.just("notes/egypt.md"), st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=9))
SOURCES = st.one_of(st.none(), st.builds(lambda path, n: Source(path, n, n), PATHS, st.integers(1, 10**6)))
IDS = st.from_regex(r"[0-9a-hjkmnp-tv-z]{10}", fullmatch=True)
DECKS = st.one_of(st.just("历史::古埃及"), st.text(max_size=12).map(tidy_deck).filter(bool))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """A block as a person or `generate` could make one."""
    made = draw(st.booleans())
    comment = (
        {"id": draw(IDS), "source": draw(SOURCES), "rule": draw(st.sampled_from(["", "so-called"]))} if made else {}
    )
    if draw(st.booleans()):
        return Entry(Kind.BASIC, draw(SIDES), draw(SIDES), draw(st.booleans()), draw(TAGS), **comment)  # type: ignore[arg-type]
    front = tidy(draw(SIDES) + " {{c1::x::y}} end")
    back = draw(st.one_of(st.just(""), SIDES))
    return Entry(Kind.CLOZE, front, back, False, draw(TAGS), **comment)  # type: ignore[arg-type]


ENTRIES = entries().filter(
    lambda entry: entry.kind is Kind.BASIC or "{{" not in entry.front.replace("{{c1::x::y}}", "")
)


def split(text: str) -> tuple[dict[str, object], str, int]:
    """Front matter, body and its first line, as a reader gives them."""
    found = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    assert found
    return yaml.safe_load(found[1]), text[found.end() :], found[0].count("\n") + 1


def read(text: str) -> DeckText:
    """The deck file as parsed."""
    return parse(*split(text), "deck.md")


@settings(max_examples=120, deadline=None)
@given(st.builds(DeckText, DECKS, TAGS, st.booleans(), st.lists(ENTRIES, max_size=4).map(tuple)))
@example(DeckText("d", entries=(Entry(Kind.BASIC, "Q: a\nA: b", "```\n<!--\n```\n\nplain\n---"),)))
def test_a_written_deck_reads_back_equal(deck: DeckText) -> None:
    assert read(write(deck)) == deck


@settings(max_examples=40, deadline=None)
@given(
    st.lists(ENTRIES, min_size=1, max_size=3),
    st.lists(ENTRIES, min_size=1, max_size=2),
    st.sampled_from(["\n", "\r\n"]),
)
def test_appended_blocks_leave_every_byte_before_them(old: list[Entry], new: list[Entry], newline: str) -> None:
    before = write(DeckText("d", entries=tuple(old))).replace("\n", newline)

    after = append(before, new)

    assert after.startswith(before)
    assert read(after.replace("\r\n", "\n")).entries == (*old, *new)
    assert newline == "\n" or "\n" not in after.replace("\r\n", "")


@settings(max_examples=40, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4), ENTRIES)
def test_a_replaced_block_changes_only_its_own_lines(old: list[Entry], new: Entry) -> None:
    text = write(DeckText("d", entries=tuple(old)))
    parsed = read(text).entries
    index = len(parsed) // 2

    after = replace(text, parsed[index], new)

    assert read(after).entries == (*old[:index], new, *old[index + 1 :])
    lines = text.split("\n")
    assert after.split("\n")[: parsed[index].line - 1] == lines[: parsed[index].line - 1]
    assert after.endswith("\n".join(lines[parsed[index].end_line :]))


@settings(max_examples=30, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_a_removed_block_takes_nothing_else_with_it(old: list[Entry]) -> None:
    text = write(DeckText("d", entries=tuple(old)))

    after = remove(text, read(text).entries[0])

    assert read(after).entries == tuple(old[1:])


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_any_text_is_read_without_an_exception(body: str) -> None:
    deck = parse({"deck": "d"}, body, 4, "deck.md")

    assert all(4 <= problem.line <= 4 + body.count("\n") for problem in deck.problems)
    assert all(entry.front and entry.line <= entry.end_line for entry in deck.entries)
