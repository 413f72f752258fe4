"""The subject of a sentence is found by its own words; a pronoun is replaced only where that is certain."""

from __future__ import annotations

import pytest

from studycards.notes.note import Note, Sentence
from studycards.notes.subjects import find_subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("尼罗河是非洲最长的河流。", "尼罗河"),
        ("拉美西斯名，即是他的本名。", "拉美西斯名"),
        ("阿肯那顿（Akhenaten）于公元前1353年即位。", ""),
        ("内共生学说(endosymbiosis)由马古利斯提出。", "内共生学说"),
        ("从第一王朝开始，国王的名衔逐渐发展出两个。", "国王的名衔"),
        ("但是Valgrind是一个工具框架。", "Valgrind"),
        ("路由器只有三层。", "路由器"),
        ("王名一般被刻在圈里。", "王名"),
        ("虽然它很大，但没有用。", ""),
        ("如果失败，就重来。", ""),
        ("河水涨得很快，淹没了田地。", ""),
        ("9月2日，法院开庭。", ""),
        ("A pod is a group of containers.", "pod"),
        ("The Nile has two sources.", "Nile"),
        ("Pods are not long-lived.", "Pods"),
        ("If it fails, it is restarted.", ""),
        ("There are 3 parts.", ""),
        ("However, they are slow.", ""),
    ],
)
def test_the_subject_is_found_or_left_empty(text: str, subject: str) -> None:
    assert find_subject(text).subject == subject


def sentences(note: Note) -> list[Sentence]:
    return [sentence for block in note.blocks for sentence in block.sentences]


def test_a_pronoun_stands_for_the_one_subject_of_the_sentence_before(note: Note) -> None:
    """
    《亡灵书》是一部经文集。该书由祭司编写。

    Stellarium是一款软件。它使用OpenGL。
    """
    _, book, _, program = sentences(note)

    assert (book.subject, book.pronoun, book.resolved, book.full) == (
        "《亡灵书》",
        "该书",
        True,
        "《亡灵书》由祭司编写。",
    )
    assert (program.subject, program.full) == ("Stellarium", "Stellarium使用OpenGL。")


def test_a_pronoun_at_the_start_of_a_section_stands_for_the_heading(note: Note) -> None:
    """
    ## TCP/IP

    它只有四层。

    ## CORS

    It adds headers. Its name is long.
    """
    first, second, third = sentences(note)

    assert first.full == "TCP/IP只有四层。"
    assert second.full == "CORS adds headers."
    assert third.full == "CORS's name is long."


def test_people_and_things_are_told_apart(note: Note) -> None:
    """
    内共生学说由马古利斯提出。她认为叶绿体来自蓝藻。

    阿布·穆斯林是起义领袖。他在751年领兵。
    """
    _, she, _, he = sentences(note)

    assert (she.resolved, she.dangling) == (False, True)
    assert (he.subject, he.resolved) == ("阿布·穆斯林", True)


def test_nothing_is_carried_over_a_break_or_a_heading(note: Note) -> None:
    """
    Stellarium是一款软件。

    ---

    它是免费的。

    # 为什么？

    它是免费的。
    """
    assert [s.dangling for s in sentences(note)] == [False, True, True]


def test_a_sentence_without_a_clear_subject_ends_the_carrying(note: Note) -> None:
    """
    Stellarium是一款软件。大家都说好用，很多人在用。它是免费的。
    """
    assert sentences(note)[-1].dangling


def test_a_dated_sentence_goes_on_about_whom_the_one_before_was_about(note: Note) -> None:
    """
    阿布·穆斯林是起义领袖。751年击败唐军。755年被杀害。
    """
    assert [s.antecedent for s in sentences(note)] == ["", "阿布·穆斯林", "阿布·穆斯林"]


@pytest.mark.parametrize(
    "text", ["这是一种方法。", "上图是结构图。", "前者更快。", "其中有三个。", "These are fast.", "This is so."]
)
def test_what_points_back_at_no_single_name_dangles(text: str) -> None:
    assert find_subject(text).dangling


def test_items_hear_what_was_said_before_and_tell_nothing_back(note: Note) -> None:
    """
    The scheduler is a process.

    - Its job is to watch.
    - The kubelet is another one.

    It is running.
    """
    _, job, kubelet, last = sentences(note)

    assert (job.subject, kubelet.subject, last.subject) == ("scheduler's", "kubelet", "scheduler")


def test_a_bold_opening_is_the_subject(note: Note) -> None:
    """
    **Maat** is order.
    """
    assert sentences(note)[0].subject == "Maat"
