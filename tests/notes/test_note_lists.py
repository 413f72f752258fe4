"""Lists are gathered by shape, as people write them, across blank lines."""

from __future__ import annotations

import pytest

from studycards.notes.note import BlockKind, Item, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def lists(note: Note) -> list[tuple[Item, ...]]:
    return [block.items for block in note.blocks if block.kind == BlockKind.LIST]


def parsed(text: str) -> Note:
    return parse_note(read_bytes(text.encode(), "n.md"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- 甲", "- 乙"),
        ("* 甲", "* 乙"),
        ("• 甲", "• 乙"),
        ("1. 甲", "2. 乙"),
        ("1.甲", "2.乙"),
        ("1）甲", "2）乙"),
        ("1、甲", "2、乙"),
        ("（1）甲", "（2）乙"),
        ("(1) 甲", "(2) 乙"),
        ("①甲", "②乙"),
        ("一、甲", "二、乙"),
        ("（一）甲", "（二）乙"),
        ("**1.甲**", "**2.乙**"),
        ("**1**.甲", "**2**.乙"),
        ("**1、甲**", "**2、乙**"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_items_of_every_shape_are_gathered(first: str, second: str, gap: str) -> None:
    note = parsed(f"{first}{gap}{second}\n")

    assert [[item.text for item in items] for items in lists(note)] == [["甲", "乙"]]


@pytest.mark.parametrize(
    "line",
    ["1.5亿人口", "2007年，换用交换机", "192.168.1.1", "3.14是圆周率", "-5度", "*强调*文字", "十分好", "—— 引语"],
)
def test_numbers_and_dashes_in_prose_open_no_list(line: str) -> None:
    assert lists(parsed(line)) == []


def test_han_numbers_are_read() -> None:
    ones = "一二三四五六七八九十"
    numbers = [*ones, *(f"十{one}" for one in ones[:9]), "二十"]

    note = parsed("\n\n".join(f"{number}、项" for number in numbers))

    assert [item.number for item in lists(note)[0]] == list(range(1, 21))


def test_one_slip_in_the_numbering_is_forgiven_and_a_restart_is_a_new_list(note: Note) -> None:
    """
    1.集线器

    2.交换机

    2.路由器

    1.甲

    2.乙
    """
    assert [[item.number for item in items] for items in lists(note)] == [[1, 2, 2], [1, 2]]


def test_ones_all_the_way_are_one_list(note: Note) -> None:
    """
    1. a
    1. b
    1. c
    """
    assert len(lists(note)[0]) == 3


def test_a_numbered_item_keeps_its_further_paragraphs_and_the_last_one_does_not(note: Note) -> None:
    """
    1.第一步

    说明一。

    2.第二步

    这里开始正文。
    """
    (items,) = lists(note)

    assert [(item.line, item.end_line, len(item.sentences)) for item in items] == [(1, 3, 2), (5, 5, 1)]
    assert note.blocks[-1].text == "这里开始正文。"


def test_lists_end_at_a_heading_a_rule_a_link_and_a_table(note: Note) -> None:
    """
    1.a

    # head

    2.b

    ---

    3.c

    https://example.org

    4.d

    |a|b|
    |-|-|

    5.e
    """
    assert [[item.number for item in items] for items in lists(note)] == [[1], [2], [3], [4], [5]]


def test_nested_items_are_children(note: Note) -> None:
    """
    - a
      - b
        1. c
        2. d
      - e
    \t- f
    - g
    """
    (items,) = lists(note)

    assert [item.text for item in items] == ["a", "g"]
    assert [item.text for item in items[0].children] == ["b", "e"]
    assert [(item.text, item.number) for item in items[0].children[0].children] == [("c", 1), ("d", 2)]
    assert [item.text for item in items[0].children[1].children] == ["f"]


def test_shapes_nest_without_indentation(note: Note) -> None:
    """
    1.两种情况：

    （1）甲

    （2）乙

    2.其他
    - 丙
    """
    (items,) = lists(note)

    assert [[child.text for child in item.children] for item in items] == [["甲", "乙"], ["丙"]]


def test_bold_led_paragraphs_in_a_row_are_items(note: Note) -> None:
    """
    **D网络**：判别真假。

    **G网络**：生成样本。

    尾声。
    """
    (items,) = lists(note)

    assert [(item.bold, item.text) for item in items] == [
        ("D网络", "D网络：判别真假。"),
        ("G网络", "G网络：生成样本。"),
    ]


def test_bold_lines_with_their_text_below_are_items(note: Note) -> None:
    """
    **Serekh**

    A frame.

    **Cartouche**

    An oval.
    """
    (items,) = lists(note)

    assert [(item.bold, [s.text for s in item.sentences]) for item in items] == [
        ("Serekh", ["Serekh", "A frame."]),
        ("Cartouche", ["Cartouche", "An oval."]),
    ]


def test_one_bold_led_paragraph_is_a_paragraph(note: Note) -> None:
    """
    **Maat** is the order of the world.
    """
    assert (note.blocks[0].kind, note.blocks[0].bold) == (BlockKind.PARAGRAPH, "Maat")


def test_bullets_right_under_a_paragraph_are_a_list(note: Note) -> None:
    """
    Pods...
    - are mortal
    - are small
    """
    assert [block.kind.value for block in note.blocks] == ["paragraph", "list"]


def test_code_and_images_between_items_do_not_part_them(note: Note) -> None:
    """
    1. one

    ```sh
    ls
    ```

    2. two

    ![](a.png)

    3. three
    """
    assert len(lists(note)[0]) == 3


def test_task_boxes_are_marks_and_no_text(note: Note) -> None:
    """
    - [ ] read
    - [x] write
    """
    assert [(item.text, item.task) for item in lists(note)[0]] == [("read", True), ("write", True)]


def test_emoji_before_an_item_are_decoration(note: Note) -> None:
    """
    - ✨ **Term**: meaning
    """
    assert lists(note)[0][0].text == "Term: meaning"


def test_a_list_of_two_styles_of_bullets_is_two_lists(note: Note) -> None:
    """
    - a

    * b
    """
    assert len(lists(note)) == 2


def test_the_sentences_of_a_list_are_those_of_its_items(note: Note) -> None:
    """
    - One. Two.
      - Three.
    """
    assert [sentence.text for sentence in note.blocks[0].sentences] == ["One.", "Two.", "Three."]
