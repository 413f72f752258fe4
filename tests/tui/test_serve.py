"""The app in a real browser: what is answered there is in the store, and other sites stay out."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import environment

pytest.importorskip("textual_serve")
DECK = "---\ndeck: names\n---\n\nQ: 法老登基时的名字叫什么？\nA: 尼苏毕特名\n"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A server on a free port over one card."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "names.md").write_text(DECK, encoding="utf-8")
    (tmp_path / "config" / "studycards").mkdir(parents=True)
    (tmp_path / "config" / "studycards" / "config.toml").write_text("[review]\nguard_ms = 0\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "studycards", "serve", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment(tmp_path), cwd=tmp_path, stdout=log, stderr=log)
    yield tmp_path, port
    server.terminate()
    server.wait(20)


async def listening(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the server did not start")


async def test_other_sites_and_other_names_are_refused(served: tuple[Path, int]) -> None:
    import aiohttp

    port = served[1]
    await listening(port)
    own = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as session:
        codes = []
        for headers in ({}, {"Origin": own}, {"Origin": "https://evil.example"}, {"Host": f"evil.example:{port}"}):
            async with session.get(f"{own}/", headers=headers) as answer:
                codes.append(answer.status)
                page = await answer.text() if answer.status == 200 else ""
                assert "googleapis" not in page

    assert codes == [200, 200, 403, 403]


def test_an_address_that_others_reach_must_be_meant(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "studycards", "serve", "--host", "0.0.0.0"]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert "there is no password" in done.stderr


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
async def test_a_card_answered_in_the_browser_is_in_the_store(served: tuple[Path, int]) -> None:
    from browser import Browser

    folder, port = served
    await listening(port)
    program = shutil.which("chromium") or ""
    async with Browser(program, folder / "profile", f"http://127.0.0.1:{port}/") as browser:
        await until(lambda: (folder / "store.db").exists())
        for key in "\r 4" * 20:
            await asyncio.sleep(0.4)
            await browser.press(key)
            if key == " " and os.environ.get("STUDYCARDS_PICTURE"):
                await asyncio.sleep(0.5)
                Path(os.environ["STUDYCARDS_PICTURE"]).write_bytes(await browser.picture())
            if answered(folder):
                break

    assert answered(folder) == [4]


async def until(happened: object) -> None:
    """Wait for something."""
    for _ in range(300):
        if happened():  # type: ignore[operator]
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("it did not happen")


def answered(folder: Path) -> list[int]:
    """The ratings in the store."""
    with sqlite3.connect(folder / "store.db") as db:
        try:
            return [row[0] for row in db.execute("SELECT rating FROM reviews")]
        except sqlite3.Error:
            return []
