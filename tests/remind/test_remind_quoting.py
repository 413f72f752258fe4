"""Arguments reach the program as they were, or are refused with a sentence."""

from __future__ import annotations

import os
import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.errors import StudycardsError
from studycards.remind.quoting import (
    cron_command,
    cron_words,
    systemd_command,
    systemd_program,
    systemd_variable,
)

AWKWARD = "a Z0 \t'\"\\%$`!*?[]{}()<>|&;#~=@:,.-+/^历史古é😀"
words = st.text(st.sampled_from(AWKWARD), min_size=1, max_size=12)
plain = words.filter(lambda word: "\\" not in word)


def as_cron_sees_it(command: str) -> str:
    """What cron hands to the shell: an escaped percent sign is one, a bare one would end the command."""
    assert "%" not in command.replace("\\%", "")
    return command.replace("\\%", "%")


@settings(max_examples=200, deadline=None)
@given(st.lists(plain, min_size=1, max_size=5), plain)
def test_cron_hands_on_every_argument_and_variable_through_a_real_shell(argv: list[str], value: str) -> None:
    script = 'printf "%sQ" "$VALUE" "$@"'  # no Q is among the awkward letters
    command = cron_command(("sh", "-c", script, "sh", *argv), (("VALUE", value),), "/dev/stdout")

    done = subprocess.run(["/bin/sh", "-c", as_cron_sees_it(command)], capture_output=True, check=True)

    assert os.fsdecode(done.stdout).split("Q")[:-1] == [value, *argv]


@given(st.lists(plain, min_size=1, max_size=5), plain, plain)
def test_the_program_in_a_crontab_is_found_again(argv: list[str], value: str, log: str) -> None:
    argv[0] = f"/{argv[0]}"
    command = cron_command(tuple(argv), (("A", value), ("B", "")), f"/{log}")

    assert cron_words(command)[0] == argv[0]


@given(st.lists(words, min_size=1, max_size=5))
def test_the_program_in_a_unit_is_found_again(argv: list[str]) -> None:
    assert systemd_program(systemd_command(tuple(argv))) == argv[0]


@pytest.mark.parametrize("damaged", ["", "python", '"', "\\", '"a'])
def test_a_unit_that_somebody_changed_names_no_program(damaged: str) -> None:
    assert systemd_program(damaged) == ""


@pytest.mark.parametrize("word", ["a\nb", "a\0b", "a\rb", "a\x1bb"])
def test_a_line_break_is_refused_everywhere(word: str) -> None:
    for write in (
        lambda w: systemd_command((w,)),
        lambda w: systemd_command(("a", w)),
        lambda w: systemd_variable("N", w),
    ):
        with pytest.raises(StudycardsError, match="line break"):
            write(word)
    for argv, value, log in (((word,), "", ""), (("a",), word, ""), (("a",), "", word)):
        with pytest.raises(StudycardsError, match="line break"):
            cron_command(argv, (("N", value),), log)


def test_a_backslash_is_refused_for_cron() -> None:
    with pytest.raises(StudycardsError, match="--via systemd"):
        cron_command(("/opt/a\\b/python",), (), "/tmp/log")


def test_a_name_that_is_not_utf8_is_refused_for_systemd() -> None:
    with pytest.raises(StudycardsError, match="--via cron"):
        systemd_command((os.fsdecode(b"/opt/caf\xe9"),))


def test_what_needs_no_quotes_gets_none_in_a_crontab() -> None:
    command = cron_command(("/usr/bin/python3", "-m", "studycards"), (("LANG", "zh_CN.UTF-8"),), "/home/me/log")

    assert command == "env LANG=zh_CN.UTF-8 /usr/bin/python3 -m studycards >>/home/me/log 2>&1"
    assert shlex.split(command)[2] == "/usr/bin/python3"
