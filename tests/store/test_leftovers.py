"""What a killed process left behind is taken away by the next one that writes there, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys

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
