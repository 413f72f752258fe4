"""Cards that a person wrote into a note become cards of its deck file, where the note invites them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

Run = Callable[..., Result]
QA, COLONS, LINES, MARKED, CLOZE, BRACKETS, TAG = "qa", "colons", "lines", "highlight", "cloze", "brackets", "tag"
# Dialect, what a person writes into the note, what stands in the deck file.
WAYS = [
    (QA, "Q: What is Maat?\nA: Order.", "Q: What is Maat?\nA: Order."),
    (QA, "问：玛阿特是什么？\n答：秩序", "Q: 玛阿特是什么？\nA: 秩序"),
    (COLONS, "Sun god::Ra", "Q: Sun god\nA: Ra"),
    (COLONS, "Sun god:::Ra", "Q: Sun god\nA: Ra\nR:"),
    (LINES, "Who is the sun?\n?\nRa", "Q: Who is the sun?\nA: Ra"),
    (LINES, "The sun\n??\nRa", "Q: The sun\nA: Ra\nR:"),
    (MARKED, "The ==Nile== floods.", "C: The {{c1::Nile}} floods."),
    (CLOZE, "The {{c1::Nile::a river}} floods.", "C: The {{c1::Nile::a river}} floods."),
    (BRACKETS, "C: The [Nile] floods \\[yearly\\].", "C: The {{c1::Nile}} floods [yearly]."),
    (TAG, "What is Maat? #flashcard\nOrder.", "Q: What is Maat?\nA: Order."),
]
INVITATIONS = {
    "list": "---\nstudycards: [{dialect}]\n---\n\n# Egypt\n\n{body}\n",
    "mapping": "---\nstudycards:\n  dialects: {dialect}\n---\n\n# Egypt\n\n{body}\n",
    "tag": "---\ntags: [history, flashcards]\n---\n\n# Egypt\n\n{body}\n",
    "chinese tag": "---\ntags: 卡片\n---\n\n# Egypt\n\n{body}\n",
    "heading tag": "# Egypt\n\n## Terms #flashcards\n\n{body}\n",
    "Flashcards": "# Egypt\n\n## Flashcards\n\n{body}\n",
    "闪卡": "# 埃及\n\n## 闪卡\n\n{body}\n",
    "卡片": "# 埃及\n\n## 卡片\n\n{body}\n",
    "问答": "# 埃及\n\n## 问答\n\n{body}\n",
}
SAID = ("Q: ", "问：", "{{c1", "#flashcard")
by_way = pytest.mark.parametrize(("dialect", "body", "block"), WAYS, ids=lambda text: text.split("\n")[0])


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run studycards in an empty folder with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "notes").mkdir()
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


def note(text: str) -> None:
    Path("notes/n.md").write_text(text, encoding="utf-8")


def deck() -> str:
    return Path("decks/n.md").read_text(encoding="utf-8")


def told(run: Run, *arguments: str) -> list[dict[str, object]]:
    out = run("generate", "notes", "--json", *arguments).stdout
    return [json.loads(line) for line in out.splitlines()]


@by_way
@pytest.mark.parametrize("invitation", INVITATIONS)
def test_an_invited_card_is_written_as_it_stands(
    run: Run, dialect: str, body: str, block: str, invitation: str
) -> None:
    note(INVITATIONS[invitation].format(dialect=dialect, body=body))

    made = told(run)

    assert [(one["rule"], one["status"], one["confidence"]) for one in made] == [(dialect, "written", 1.0)]
    line = Path("notes/n.md").read_text(encoding="utf-8").split("\n").index(body.split("\n")[0]) + 1
    assert f"{block}\n<!-- card: {made[0]['id']} · ../notes/n.md:{line} · {dialect} -->\n" in deck()


@by_way
def test_an_uninvited_card_is_no_card_and_said_once(run: Run, dialect: str, body: str, block: str) -> None:
    note(f"# Egypt\n\n{body}\n\nProse.\n\n{body}\n")

    result = run("generate", "notes", "--json")

    assert [json.loads(line)["rule"] for line in result.stdout.splitlines() if f'"rule": "{dialect}"' in line] == []
    assert result.stderr.count("note-markup-uninvited") == any(mark in body for mark in SAID)


def test_every_hole_is_a_card_of_its_own_and_both_directions_are_asked(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="The ==Nile== floods ==Egypt==.\n\nSun god:::Ra\n"))
    run("generate", "notes")

    asked = json.loads(run("due", "--json").stdout)["new"]
    fronts = [json.loads(line)["front"] for line in run("search", "", "--json").stdout.splitlines()]

    assert len(fronts) == 4
    assert asked >= 2


def test_a_card_keeps_code_pictures_lists_and_paragraphs(run: Run) -> None:
    note(
        INVITATIONS["tag"].format(
            body="Q: How is a map made?\nA:\n```py\nx = {}\n\n# empty\n```\n\nQ: Which lands?\nA:\n- Upper\n- Lower\n\n"
            "Q: What does it look like, see https://a.example?\nA: ![](x.png)\n"
        )
    )

    made = told(run)

    assert [one["status"] for one in made] == ["written"] * 3
    assert "```py\n  x = {}\n\n  # empty\n  ```" in deck() or "```py\nx = {}\n\n# empty\n```" in deck()
    assert "A: Upper\nLower\n" in deck()
    assert run("check").exit_code == 0
    assert run("generate", "notes").stdout.startswith("1 note: 0 added, 0 changed, 0 kept as you edited them, 3 known")


def test_nothing_else_is_asked_about_the_lines_of_a_card(run: Run) -> None:
    said = "Valgrind是一个用于内存调试、内存泄漏检测以及性能分析的工具框架。"
    note(INVITATIONS["tag"].format(body=f"Q: 什么是Valgrind？\nA: {said}"))
    other = told(run, "--dry-run")
    note(INVITATIONS["tag"].format(body=f"Q: 什么是Valgrind？\nA: 工具\n\n{said}"))
    both = told(run, "--dry-run")

    assert [one["rule"] for one in other] == ["qa"]
    assert {one["rule"] for one in both} > {"qa"}


def test_a_dialect_is_selected_and_switched_off_like_a_rule(run: Run, tmp_path: Path) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra\n\nQ: What is Maat?\nA: Order.\n"))

    assert [one["rule"] for one in told(run, "--dry-run", "--rule", "qa")] == ["qa"]
    assert run("generate", "notes", "--rule", "is-definition", "--dry-run", "--json").stdout == ""
    assert "there are " in run("generate", "notes", "--rule", "hearts").stderr
    config = tmp_path / "home" / ".config" / "studycards" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[generate]\noff = ["colons"]\n', encoding="utf-8")
    assert [one["rule"] for one in told(run, "--dry-run")] == ["qa"]


def test_a_card_follows_its_note_and_keeps_its_id(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra\n\nQ: What is Maat?\nA: Order.\n"))
    before = [one["id"] for one in told(run)]

    note(INVITATIONS["tag"].format(body="A line.\n\nSun god:::Ra the hawk\n\nQ: What is Maat, a goddess?\nA: Order.\n"))
    after = told(run)

    assert [one["id"] for one in after] == before
    assert [one["status"] for one in after] == ["known", "known"]
    assert f"Q: Sun god\nA: Ra the hawk\nR:\n<!-- card: {before[0]} · ../notes/n.md:9 · colons -->" in deck()
    assert f"Q: What is Maat, a goddess?\nA: Order.\n<!-- card: {before[1]} ·" in deck()


def test_a_card_that_is_asked_both_ways_from_now_on_is_changed_and_back_again(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra"))
    run("generate", "notes")
    plain = deck()

    note(INVITATIONS["tag"].format(body="Sun god:::Ra"))
    assert " 1 changed" in run("generate", "notes").stdout
    assert "\nR:\n" in deck()
    note(INVITATIONS["tag"].format(body="Sun god::Ra"))
    assert " 1 changed" in run("generate", "notes").stdout

    assert deck() == plain


def test_a_persons_edit_of_the_deck_file_stays(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra"))
    run("generate", "notes")
    edited = deck().replace("A: Ra", "A: Re, the sun")
    Path("decks/n.md").write_text(edited, encoding="utf-8")

    note(INVITATIONS["tag"].format(body="Sun god::Ra or Re"))

    assert "1 kept as you edited them" in run("generate", "notes").stdout
    assert deck() == edited


def test_a_card_deleted_by_hand_does_not_come_back_until_asked_for(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra\n\nQ: What is Maat?\nA: Order.\n"))
    run("generate", "notes")
    whole = deck()
    kept = [block for block in whole.split("\n\n") if not block.startswith("Q: Sun god\n")]
    Path("decks/n.md").write_text("\n\n".join(kept), encoding="utf-8")

    note(INVITATIONS["tag"].format(body="More.\n\nSun god::Ra\n\nQ: What is Maat?\nA: Order.\n"))

    assert "refused (rejected-before 1)" in run("generate", "notes").stdout
    assert "Sun god" not in deck()
    run("generate", "notes", "--again")
    assert "Q: Sun god\nA: Ra\n" in deck()


def test_a_malformed_card_is_a_problem_and_costs_nothing_else(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Q: no answer\n\nSun god::Ra\n"))

    result = run("generate", "notes")

    assert result.exit_code == 0
    assert "notes/n.md:7: note-dialect-block: A question (Q:) has no answer (A:) below it." in result.stderr
    assert "Q: Sun god\nA: Ra\n" in deck()


def test_what_was_lost_or_is_empty_is_refused_as_debris(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::R\ufffda"))

    assert [(one["status"], one["reason"]) for one in told(run)] == [("refused", "debris")]


def test_many_cards_and_like_cards_are_the_persons_own(run: Run) -> None:
    body = "\n\n".join(f"Which king was number {number} of the dynasty::Ramses" for number in range(40))
    note(INVITATIONS["tag"].format(body=f"{body}\n\nSun god::Ra\n\nSun god::Re"))

    made = told(run)

    assert [one["status"] for one in made] == ["written"] * 42


def test_the_same_card_twice_is_one(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra\n\nSun God :: Ra"))

    assert [(one["status"], one["reason"]) for one in told(run)] == [("written", ""), ("refused", "duplicate")]


def test_explain_shows_the_card_written_on_a_line(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra"))
    told_there = run("explain", "notes/n.md:7").stdout

    assert "  colons\n    Q Sun god\n    A Ra\n" in told_there
    assert "= 1.00  written" in told_there


def test_statistics_count_them_by_their_dialect(run: Run) -> None:
    note(INVITATIONS["tag"].format(body="Sun god::Ra\n\nThe ==Nile== floods."))
    run("generate", "notes")

    rules = json.loads(run("stats", "--json").stdout)["rules"]

    assert {one["rule"]: one["cards"] for one in rules} == {"colons": 1, "highlight": 1}
