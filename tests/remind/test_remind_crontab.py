"""Our block in a crontab: no byte of the person's own ever changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.errors import StudycardsError
from studycards.remind.crontab import BEGIN, END, block_line, with_block, without_block

LINE = b"0,30 8-23 * * * /usr/bin/python3 -P -m studycards remind now >>/tmp/log 2>&1"
OTHER = b"15,45 9-23 * * * /usr/bin/python3 -P -m studycards remind now >>/tmp/log 2>&1"
PIECES = (
    b"MAILTO=me@example.org\n",
    b"PATH=/usr/bin:/bin\n",
    b"# a comment\n",
    b"# Edit this file to introduce tasks to be run by cron.\r\n",
    b"*/5 * * * * run --percent 50\\% 'a b'\n",
    b"@reboot \xe9t\xe9\n",
    "0 7 * * * echo 早上好\n".encode(),
    b"# BEGIN GIT MAINTENANCE SCHEDULE\n",
    b"# END GIT MAINTENANCE SCHEDULE\n",
    b"# BEGIN something of studycards reminder\n",
    b"\n",
    b"\r\n",
    b"   \t\n",
    b"\x00\xff\n",
    b"\x0c\x1c\x85\n",
)
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=30)), max_size=12)
crontabs = pieces.map(b"".join).filter(lambda crontab: BEGIN not in crontab and END not in crontab)


def test_a_thousand_random_crontabs_come_back_byte_for_byte() -> None:
    chance = random.Random(8)
    changed = []
    for _ in range(1000):
        crontab = b"".join(chance.choices(PIECES, k=chance.randrange(12)))
        crontab = crontab[: len(crontab) - chance.choice((0, 0, 1, 2))]
        installed = with_block(with_block(crontab, LINE), OTHER)
        if without_block(installed) != crontab or not installed.startswith(crontab):
            changed.append(crontab)

    assert not changed


@given(crontabs)
def test_the_block_goes_as_it_came(crontab: bytes) -> None:
    installed = with_block(crontab, LINE)

    assert installed.startswith(crontab)
    assert installed.endswith(b"\n")
    assert block_line(installed) == LINE
    assert without_block(installed) == crontab


@given(crontabs, crontabs.filter(bool))
def test_lines_that_the_person_adds_behind_the_block_stay(before: bytes, after: bytes) -> None:
    installed = with_block(before, LINE) + after

    left = without_block(installed)

    assert left in (before + after, before + b"\n" + after)
    assert with_block(installed, OTHER) == installed.replace(LINE, OTHER)


def test_installing_again_puts_one_block_in_the_old_place() -> None:
    installed = with_block(b"# mine\n", LINE) + b"# below\n"

    changed = with_block(installed, OTHER)

    assert changed.count(BEGIN) == 1
    assert changed == installed.replace(LINE, OTHER)
    assert with_block(changed, OTHER) == changed


@pytest.mark.parametrize(
    "crontab",
    [
        BEGIN + b"\n" + LINE + b"\n",
        LINE + b"\n" + END + b"\n",
        END + b"\n" + BEGIN + b"\n",
        with_block(b"", LINE) * 2,
        BEGIN + b"\n" + with_block(b"", LINE),
    ],
)
def test_a_block_cut_off_is_refused_and_not_touched(crontab: bytes) -> None:
    for edit in (lambda: with_block(crontab, LINE), lambda: without_block(crontab)):
        with pytest.raises(StudycardsError, match="crontab -e"):
            edit()
