"""Debian's cron, shut off from the machine's own jobs, really runs the block, and `off` gives every byte back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from test_remind_systemd_real import wait_for

from studycards.store.opening import open_store

# The machine's own tables are covered by empty ones, for this process and its children alone.
COVER = """
mount --make-rprivate /
mount -t tmpfs none /var/spool/cron
mkdir /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
mount -t tmpfs none /etc/cron.d
mount -t tmpfs none /run
mount --bind /dev/null /etc/crontab
touch /run/covered
exec cron -f
"""
OWN = b"# mine: \xe6\x97\xa9\r\nMAILTO=\"\"\n17 4 1 1 * echo '50\\%'\n# no newline at the end"


@pytest.fixture
def inside() -> Iterator[list[str]]:
    """The beginning of a command that runs where a cron of its own runs."""
    lacking = [name for name in ("cron", "crontab", "unshare", "nsenter") if shutil.which(name) is None]
    if lacking or os.getuid() != 0:
        pytest.skip(f"needs root and {', '.join(lacking) or 'nothing else'}")
    process = subprocess.Popen(["unshare", "--mount", "sh", "-ec", COVER], stderr=subprocess.DEVNULL)
    enter = ["nsenter", "--mount", "--target", str(process.pid)]
    try:
        if not wait_for(
            lambda: subprocess.run([*enter, "test", "-e", "/run/crond.pid"], capture_output=True).returncode == 0
        ):
            pytest.skip("no cron of its own can be started here")
        yield enter
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder whose name wants every kind of quoting."""
    folder = tmp_path / '100% of "my" $HOME\'s 卡片 & more'
    folder.mkdir()
    return folder


@pytest.mark.slow
def test_cron_fires_within_its_minute_and_off_gives_every_byte_back(inside: list[str], odd: Path) -> None:
    db = odd / "cards.db"
    database = open_store(db, device="test", now_ms=0)
    database.conn.execute(
        "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
        " changed_ms) VALUES ('a', 'a', 'basic', 'Q', 'A', 'd', 'x.md', 1, 2, 'q', 1, 0, 0)"
    )
    database.close()
    (odd / "studycards").mkdir()
    (odd / "studycards/config.toml").write_text("[review]\nday_start = 0\n")
    environment = {"HOME": str(odd), "PATH": "/usr/bin:/bin", "LANG": "zh_CN.UTF-8", "STUDYCARDS_DB": str(db)}
    environment |= {"XDG_CONFIG_HOME": str(odd), "XDG_STATE_HOME": str(odd / "state")}

    def call(*words: str) -> subprocess.CompletedProcess[bytes]:
        argv = [*inside, sys.executable, "-P", "-m", "studycards", "remind", *words]
        return subprocess.run(argv, env=environment, capture_output=True, cwd=odd)

    def crontab() -> bytes:
        done = subprocess.run([*inside, "sed", "1,3d", "/var/spool/cron/crontabs/root"], capture_output=True)
        return done.stdout

    subprocess.run([*inside, "crontab", "-"], input=OWN, check=True)
    assert crontab() == OWN
    now = datetime.now()
    minutes = 1 if now.second < 57 else 2
    at = now + timedelta(minutes=minutes)

    installed = call("at", f"{at:%H:%M}", "--via", "cron", "--channel", "file")
    assert installed.returncode == 0, installed.stderr
    during = crontab()
    fired = wait_for(lambda: outcomes(db) == [("sent", "file")], 60 * minutes + 3)
    late = (datetime.now() - at.replace(second=0, microsecond=0)).total_seconds()
    line = (odd / "state/studycards/due").read_text()
    off = call("off")

    assert fired, (odd / "state/studycards/remind.log").read_text()
    assert late < 60
    assert line == "1 张卡片到期，约 1 分钟\n"
    assert during.startswith(OWN + b"\n# BEGIN studycards reminder")
    assert off.returncode == 0, off.stderr
    assert crontab() == OWN
    assert not (odd / "state").exists()


def outcomes(db: Path) -> list[tuple[str, str]]:
    """Outcome and channel of every day."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute("SELECT outcome, channel FROM reminder").fetchall()
    finally:
        connection.close()
