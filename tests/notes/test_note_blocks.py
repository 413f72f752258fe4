"""A note is cut into blocks that know their lines, headings, topic and label."""

from __future__ import annotations

import pytest

from studycards.notes.headings import clean_heading
from studycards.notes.note import Block, BlockKind, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def kinds(note: Note) -> list[tuple[str, int, int]]:
    return [(block.kind.value, block.line, block.end_line) for block in note.blocks]


def only(note: Note, kind: BlockKind) -> Block:
    found = [block for block in note.walk() if block.kind == kind]
    assert len(found) == 1
    return found[0]


def test_every_kind_of_block_has_its_lines(note: Note) -> None:
    """
    # Egypt

    Ra is the sun.

    ![](ra.png)

    - a
    - b

    > quoted

    | a | b |
    |---|---|
    | 1 | 2 |

    ```sh
    ls
    ```

    $$
    x
    $$

    https://example.org

    Title

    ---
    """
    assert kinds(note) == [
        ("heading", 1, 1),
        ("paragraph", 3, 3),
        ("image", 5, 5),
        ("list", 7, 8),
        ("quote", 10, 10),
        ("table", 12, 14),
        ("code", 16, 18),
        ("math", 20, 22),
        ("link", 24, 26),
        ("break", 28, 28),
    ]


def test_lines_count_from_the_top_of_the_file_and_not_of_the_body(note: Note) -> None:
    """
    ---
    title: x
    ---

    # Head
    """
    assert kinds(note) == [("heading", 5, 5)]
    assert note.lines[4] == "# Head"


def test_headings_make_a_path_and_a_label(note: Note) -> None:
    """
    # 历史
    ## 1.2 古埃及（续）
    ### 法老
    a
    ## 罗马
    b
    """
    paragraphs = [block for block in note.blocks if block.kind == BlockKind.PARAGRAPH]

    assert [block.headings for block in paragraphs] == [("历史", "古埃及", "法老"), ("历史", "罗马")]
    assert [block.label for block in paragraphs] == ["法老", "罗马"]
    assert note.titles == ("历史",)


def test_headings_as_labels_lose_numbers_marks_emoji_and_links() -> None:
    heads = {
        "# 一、起源": "起源",
        "# 3.TCP/IP": "TCP/IP",
        "# 2.4GHz 频段": "2.4GHz 频段",
        "# （二）王朝": "王朝",
        "# 第三章 神庙": "神庙",
        "# 中东+": "中东",
        "# C++": "C++",
        "# 埃及（续2）": "埃及",
        "# 🚀 Launch ##": "Launch",
        "# [Nile](https://x.org) `ls`": "Nile `ls`",
        "# Terms #flashcards": "Terms",
        "# Setup {#install}": "Setup",
        "# C#": "C#",
        "##标题": "标题",
    }

    found = {raw: parse_note(read_bytes(raw.encode(), "n")).blocks[0].label for raw in heads}

    assert found == heads


def test_a_tag_line_is_no_heading(note: Note) -> None:
    """
    #todo #egypt
    """
    assert kinds(note) == [("paragraph", 1, 1)]


def test_a_rule_between_blank_lines_forgets_the_label_but_not_the_place(note: Note) -> None:
    """
    # 中东

    a

    ---

    b
    """
    first, second = (block for block in note.blocks if block.kind == BlockKind.PARAGRAPH)

    assert (first.label, second.label) == ("中东", "")
    assert second.headings == ("中东",)
    assert first.topic != second.topic


def test_a_rule_right_under_a_heading_is_decoration(note: Note) -> None:
    """
    ## Abstract
    ---
    - a
    """
    assert kinds(note) == [("heading", 1, 2), ("list", 3, 3)]
    assert note.blocks[1].label == "Abstract"


def test_short_underlined_lines_are_headings_and_sentences_are_not(note: Note) -> None:
    """
    Old Kingdom
    ===========

    Middle
    ------

    这是一句话。
    ---
    """
    assert [(block.kind.value, block.level) for block in note.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("break", 0),
    ]


def test_fences_hide_headings_rules_and_lists(note: Note) -> None:
    """
    ~~~~
    # no heading
    ```
    ---
    ~~~~
    # Real
    """
    assert kinds(note) == [("code", 1, 5), ("heading", 6, 6)]


def test_an_open_fence_ends_before_the_next_heading_after_a_blank_line(note: Note) -> None:
    """
    ```sh
    # remark
    ls

    ## Next
    text
    """
    assert kinds(note) == [("code", 1, 4), ("heading", 5, 5), ("paragraph", 6, 6)]
    assert [(problem.line, problem.code) for problem in note.problems] == [(1, "note-fence-open")]


def test_an_open_formula_and_an_open_comment_do_not_swallow_the_note(note: Note) -> None:
    """
    $$
    x

    # A

    <!-- draft

    # B

    text
    """
    assert [(problem.line, problem.code) for problem in note.problems] == [
        (1, "note-math-open"),
        (6, "note-comment-open"),
    ]
    assert note.titles == ("A", "B")


def test_the_process_id_of_a_shell_opens_no_formula(note: Note) -> None:
    """
    In a shell $$ is the process id, $? the last status.

    # Next
    """
    assert note.problems == ()
    assert note.titles == ("Next",)


def test_comments_scripts_contents_and_template_marks_say_nothing(note: Note) -> None:
    """
    [TOC]

    * toc
    {:toc}

    - [A](#a)
      - [B](#b)

    <!-- a
    # hidden
    -->
    {% include x.html %}
    <script>
    var a = "# no";
    </script>

    Seen<!-- not this --> only.
    """
    assert [block.text for block in note.blocks] == ["Seen only."]


def test_a_comment_inside_a_code_span_is_code(note: Note) -> None:
    """
    A comment opens with `<!--` in HTML.

    # Next
    """
    assert note.problems == ()
    assert note.restore(note.blocks[0].text) == "A comment opens with `<!--` in HTML."


def test_an_image_before_a_block_is_known(note: Note) -> None:
    """
    ![](a.png)

    上图是神庙。

    <div align="center"> <img src="b.png" width="4"/> </div><br>

    下一段。
    """
    assert [(block.kind.value, block.url, block.after_image) for block in note.blocks] == [
        ("image", "a.png", False),
        ("paragraph", "", True),
        ("image", "b.png", False),
        ("paragraph", "", True),
    ]


def test_a_pipe_table_keeps_formulas_with_bars_whole(note: Note) -> None:
    """
    Name | Form
    :---:|-----
    norm | $|x|$
    or | a \\| b
    **bold** | [link](u) <br> `a|b`
    """
    table = only(note, BlockKind.TABLE)

    assert [(row.line, tuple(note.restore(cell) for cell in row.cells)) for row in table.rows] == [
        (1, ("Name", "Form")),
        (3, ("norm", "$|x|$")),
        (4, ("or", "a | b")),
        (5, ("bold", "link `a|b`")),
    ]


def test_an_html_table_gives_its_rows(note: Note) -> None:
    """
    <table>
      <tr><th></th><th>XMPP</th></tr>
      <tr>
        <td>前景</td>
        <td>乐观，<b>好</b></td>
      </tr>
    </table>
    """
    table = only(note, BlockKind.TABLE)

    assert [(row.line, row.cells) for row in table.rows] == [(2, ("", "XMPP")), (3, ("前景", "乐观，好"))]


def test_a_line_with_bars_and_no_rule_is_text(note: Note) -> None:
    """
    a | b
    c | d
    """
    assert kinds(note) == [("paragraph", 1, 2)]


def test_a_quote_holds_blocks_with_their_own_lines(note: Note) -> None:
    """
    Text.

    > Ramses II，公元前1303年～公元前1213年，法老。
    >
    > - a
    > - b
    lazy line
    """
    quote = only(note, BlockKind.QUOTE)

    assert [(block.kind.value, block.line, block.end_line) for block in quote.body] == [
        ("paragraph", 3, 3),
        ("list", 5, 7),
    ]
    assert quote.sentences[0].text == "Ramses II，公元前1303年～公元前1213年，法老。"


def test_callouts_admonitions_and_tabs_have_a_title_and_a_kind(note: Note) -> None:
    """
    > [!question]- What is Ma'at?
    > Order.

    !!! note "塔基亚（Taqiya）"
        掩护。

        - a

    === "Tab one"
        inside
    outside
    """
    callouts = [block for block in note.blocks if block.kind == BlockKind.CALLOUT]

    assert [(block.name, block.text, block.line, block.end_line) for block in callouts] == [
        ("question", "What is Ma'at?", 1, 2),
        ("note", "塔基亚（Taqiya）", 4, 7),
        ("tab", "Tab one", 9, 10),
    ]
    assert [inner.kind.value for inner in callouts[1].body] == ["paragraph", "list"]
    assert note.blocks[-1].text == "outside"


def test_a_definition_list_has_terms_with_meanings_under_them(note: Note) -> None:
    """
    Intro.

    **Serekh**
    :   a frame with a falcon

    Cartouche
    : an oval
    : a rope
    """
    block = only(note, BlockKind.DEFINITIONS)

    assert [(item.text, [child.text for child in item.children]) for item in block.items] == [
        ("Serekh", ["a frame with a falcon"]),
        ("Cartouche", ["an oval", "a rope"]),
    ]
    assert (block.items[1].line, block.items[1].children[1].line) == (6, 8)


def test_indented_english_is_code_and_indented_chinese_is_prose(note: Note) -> None:
    """
    Run:

        ls -l

    \t尼罗河每年泛滥。
    """
    assert [(block.kind.value, block.text) for block in note.blocks[1:]] == [
        ("code", "ls -l"),
        ("paragraph", "尼罗河每年泛滥。"),
    ]


def test_a_formula_alone_on_a_line_is_a_formula(note: Note) -> None:
    """
    $$E = mc^2$$
    """
    assert (note.blocks[0].kind, note.blocks[0].text) == (BlockKind.MATH, "E = mc^2")


def test_a_deck_file_is_no_note() -> None:
    note = parse_note(read_bytes(b"---\ndeck: x\n---\nQ: a\nA: b\n", "d.md"))

    assert (note.is_deck, note.blocks) == (True, ())


def test_a_very_long_line_is_skipped_and_named() -> None:
    note = parse_note(read_bytes(("# A\n\n" + "长" * 20_001 + "\n\nend\n").encode(), "n.md"))

    assert [block.text for block in note.blocks] == ["A", "end"]
    assert [(problem.line, problem.code) for problem in note.problems] == [(3, "note-line-huge")]


@pytest.mark.parametrize(
    ("raw", "label"),
    [("3 Memory", "Memory"), ("12 记忆", "记忆"), ("3 种记忆", "3 种记忆"), ("5 ways out", "5 ways out"), ("7", "7")],
)
def test_a_heading_loses_its_number_and_keeps_a_count(raw: str, label: str) -> None:
    assert clean_heading(raw) == label
