"""Lists that a word spells, that an item announces, and keys with a gloss."""

from __future__ import annotations

from collections.abc import Callable

from studycards.generate import Options, propose
from studycards.model import Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

Asks = Callable[..., list[tuple[str, str]]]


def test_a_heading_that_its_list_spells_out_is_asked_by_its_letters(asks: Asks) -> None:
    chinese = (
        "## SALT\n\n1.浪（Swell）：水面起伏\n\n2.锚（Anchor）：铁钩\n\n3.绳（Line）：麻索\n\n4.潮（Tide）：海水涨落"
    )
    english = "## LOG\n\n- Length of the line\n- Order of the knots\n- Glass of sand"

    assert ("SALT的四个字母分别代表什么？", "Swell / Anchor / Line / Tide") in asks("abbreviation", chinese)
    assert any(question == "What do the 3 letters of LOG stand for?" for question, _ in asks("abbreviation", english))


def test_letters_that_do_not_fit_their_list_are_left_alone(asks: Asks) -> None:
    assert asks("abbreviation", "## ABC\n\n- Length of the line\n- Order of the knots\n- Glass of sand") == []


def test_an_item_announces_what_is_nested_under_it(asks: Asks) -> None:
    text = "1. 渔船大致可分为：\n   * 拖网船\n   * 围网船\n   * 钓船\n2. 渔港要避风。"

    assert ("渔船大致可分为哪三种？", "拖网船 / 围网船 / 钓船") in asks("side-list", text)


def test_a_key_with_its_gloss_is_asked_for_the_first_sentence(asks: Asks) -> None:
    text = "## 锚\n\n(1)抓力（Grip）：抓力是指锚对海底的拉力。\n\n(2)出链（Scope）：放出的锚链与水深之比。"
    found = asks("colon-line", text)

    assert any(question.endswith("抓力（Grip）是什么？") and answer == "锚对海底的拉力" for question, answer in found)


def test_a_note_in_traditional_characters_is_asked_in_them(asks: Asks) -> None:
    found = asks("is-definition", "# 作業與資料\n\n記憶體（memory）是一種儲存資料的裝置。")

    assert ("記憶體（memory）是什麼？", "一種儲存資料的裝置") in found


def test_a_question_in_bold_is_asked_with_the_paragraph_below(asks: Asks) -> None:
    text = "**什么是潮差？**\n\n一次涨落之间水位的高度之差。"

    assert any(answer == "一次涨落之间水位的高度之差" for _, answer in asks("question-bold", text))
    assert asks("question-bold", "**什么是潮差？**\n\n**什么是潮位？**") == []


def test_a_heading_that_asks_for_things_takes_the_list_below(asks: Asks) -> None:
    text = "## 帆船有哪些优点？\n\n- 不用燃料\n- 声音很小\n- 造价不高"

    assert ("帆船有哪三个优点？", "不用燃料 / 声音很小 / 造价不高") in asks("question-heading", text)
    english = "## What are the parts of a sail?\n\n- Head: the top corner\n- Tack: the lower front corner"
    assert ("What are the parts of a sail (2)?", "Head / Tack") in asks("question-heading", english)


def test_a_callout_asks_by_its_term_or_its_question(asks: Asks) -> None:
    term = '!!! note "潮差"\n    一次涨落之间水位的高度之差。'
    question = "> [!question] What is a tidal range?\n> The height between high and low water."

    assert asks("callout-question", term) == []
    assert asks("callout-term", question) == []
    assert asks("callout-question", question)
    assert asks("callout-term", term)


def test_lines_in_two_languages_side_by_side_are_glosses(asks: Asks) -> None:
    terms = [("Mast", "桅杆"), ("Rudder", "船舵"), ("Hull", "船体"), ("Sail", "船帆")]
    found = asks("gloss-zh-en", "\n".join(f"- {english} {chinese}" for english, chinese in terms))
    book = asks("gloss-zh-en", "\n".join(f"- {english} 介绍篇" for english, _ in terms))

    assert any("桅杆" in question and answer == "Mast" for question, answer in found)
    assert book == []


def test_what_a_thing_does_to_what_is_asked(asks: Asks) -> None:
    assert ("What does a windmill convert?", "the push of the air into turning") in asks(
        "en-is-a", "A windmill converts the push of the air into turning."
    )
    assert ("What are Anchors used for?", "to hold a ship in place") in asks(
        "en-is-a", "Anchors are used to hold a ship in place."
    )
    assert asks("en-is-a", "It converts the push of the air into turning.") == []


def test_everyday_words_and_stock_headings_are_no_glosses_to_write() -> None:
    note = "# 航运\n\n## 核心观点 (Core Viewpoints)\n\n市场（market）决定运价。\n\n潮差（tidal range）随月相变化。\n"
    found = propose(parse_note(read_bytes(note.encode(), "n/sea.md")), Options())
    written = {p.answer for p in found if p.status == Status.WRITTEN and p.rule == "gloss-zh-en"}

    assert "market" not in written
    assert "Core Viewpoints" not in written
    assert "tidal range" in written


def test_an_item_may_say_what_its_term_is_on_the_next_line(asks: Asks) -> None:
    duties = {"瞭望": "看清前方的水面和来船", "系泊": "把船固定在码头的桩上", "测深": "量出船底到海床的距离"}
    text = "## 船员的三大职责\n\n" + "\n".join(f"* {duty}\n  {said}" for duty, said in duties.items())

    assert ("系泊的作用是什么？", "把船固定在码头的桩上") in [
        (q.split("）")[-1], a) for q, a in asks("colon-line", text)
    ]
    assert ("船员的三大职责是什么？", "瞭望 / 系泊 / 测深") in asks("count-list", text)
