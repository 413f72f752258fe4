"""What a killed process left behind is taken away by the next one that writes there, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from studycards import files


def test_a_temp_file_of_a_process_that_is_gone_is_swept(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = files.own_prefix()
    left = tmp_path / f"{mine.replace(str(os.getpid()), str(gone.pid))}x"
    folder = tmp_path / f"{mine.replace(str(os.getpid()), str(gone.pid))}y"
    others = [tmp_path / name for name in (f"{mine}z", ".studycards-ffff-1-x", ".studycards-x", "notes.md")]
    folder.mkdir()
    for path in (left, folder / "inner", *others):
        path.write_text("text")

    files.replace(tmp_path / "new.txt", b"new")

    assert not left.exists()
    assert not folder.exists()
    assert all(path.exists() for path in others)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_temp_file_is_swept_though_another_process_has_got_the_number_of_its_maker(tmp_path):
    machine, _, _ = files.own_prefix().removeprefix(files.PREFIX).partition("-")
    left = tmp_path / f"{files.PREFIX}{machine}-{os.getpid()}.1-x"
    left.write_text("text")

    files.sweep(tmp_path)

    assert not left.exists()
