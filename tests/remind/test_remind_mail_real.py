"""The machine's own mail program puts the reminder into a local mailbox, shut off from the machine's own mail."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_remind_systemd_real import wait_for

from studycards.store.opening import open_store

# Mailboxes and queue of the machine are covered by empty ones, for this process and its children alone.
COVER = """
mount --make-rprivate /
for folder in /var/mail /var/spool/dma; do
  mount -t tmpfs none $folder; chgrp mail $folder; chmod 2775 $folder
done
touch /var/spool/dma/covered
exec cat
"""
COVERED = ["test", "-e", "/var/spool/dma/covered"]


@pytest.fixture
def inside() -> Iterator[list[str]]:
    """The beginning of a command that runs where mailboxes and queue are its own."""
    lacking = [name for name in ("dma", "unshare", "nsenter") if shutil.which(name, path="/usr/sbin:/usr/bin") is None]
    if lacking or os.getuid() != 0:
        pytest.skip(f"needs root and {', '.join(lacking) or 'nothing else'}")
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-ec", COVER], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    enter = ["nsenter", "--mount", "--target", str(process.pid)]
    try:
        if not wait_for(lambda: subprocess.run([*enter, *COVERED], capture_output=True).returncode == 0):
            pytest.skip("no mailbox of its own can be had here")
        yield enter
    finally:
        process.communicate(timeout=10)


@pytest.fixture
def call(inside: list[str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`studycards remind …` with one card due, mail as the channel, and a crontab program that keeps what it gets."""
    database = open_store(tmp_path / "cards.db", device="test", now_ms=0)
    database.conn.execute(
        "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
        " changed_ms) VALUES ('a', 'a', 'basic', 'Q', 'A', '历史::古埃及', 'x.md', 1, 2, 'q', 1, 0, 0)"
    )
    database.close()
    crontab = tmp_path / "crontab"
    crontab.write_text(f'#!/bin/sh\n[ "$1" = - ] && exec cat >{tmp_path}/table\nexec cat {tmp_path}/table\n')
    crontab.chmod(0o755)
    (tmp_path / "table").touch()
    (tmp_path / "studycards").mkdir()
    (tmp_path / "studycards/config.toml").write_text(
        f'[remind]\nemail_to = "复习 <root@{socket.gethostname()}>"\ndeck_names = true\n'
    )
    environment = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin", "LANG": "zh_CN.UTF-8", "TZ": "UTC"}
    environment |= {"XDG_CONFIG_HOME": str(tmp_path), "STUDYCARDS_DB": str(tmp_path / "cards.db")}

    def run(*words: str, now: str) -> subprocess.CompletedProcess[bytes]:
        argv = [*inside, sys.executable, "-P", "-m", "studycards", "remind", *words]
        return subprocess.run(argv, env={**environment, "STUDYCARDS_NOW": now}, capture_output=True, cwd=tmp_path)

    return run


def test_the_local_mailbox_holds_one_readable_letter(
    inside: list[str], call: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    def mailbox() -> bytes:
        return subprocess.run([*inside, "cat", "/var/mail/root"], capture_output=True).stdout

    def queue() -> list[str]:
        return subprocess.run([*inside, "ls", "/var/spool/dma"], capture_output=True, text=True).stdout.split()

    installed = call("at", "08:10", "--via", "cron", "--channel", "email", now="2026-11-22T07:00:00+00:00")
    first = call("now", now="2026-11-22T08:10:30+00:00")
    arrived = wait_for(lambda: mailbox() and queue() == ["covered"])
    again = call("now", now="2026-11-22T08:40:30+00:00")

    assert installed.returncode == 0, installed.stderr
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert arrived
    letters = mailbox()
    assert letters.count(b"\nMessage-I") == 1
    letter = email.message_from_bytes(letters.partition(b"\n")[2], policy=email.policy.default)
    assert letter["Subject"] == "1 张卡片到期，约 1 分钟"
    assert letter["To"] == f"复习 <root@{socket.gethostname()}>"
    body = letter.get_body()
    assert body is not None
    assert "历史::古埃及" in body.get_content()
