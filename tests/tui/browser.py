"""A headless Chromium, driven by its own protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import aiohttp

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0")


class Browser:
    """One page. Use as an asynchronous context."""

    def __init__(self, program: str, folder: Path, address: str) -> None:
        self._program, self._folder, self._address = program, folder, address
        self._number = 0

    async def __aenter__(self) -> Browser:
        args = [self._program, *FLAGS, f"--user-data-dir={self._folder}", "--window-size=1000,700", self._address]
        self._process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = await self._port()
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(await self._page(port), max_msg_size=0)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._socket.close()
        await self._session.close()
        self._process.terminate()
        self._process.wait(20)

    async def _port(self) -> int:
        path = self._folder / "DevToolsActivePort"
        for _ in range(600):
            if path.exists() and path.read_text().strip():
                return int(path.read_text().splitlines()[0])
            await asyncio.sleep(0.1)
        raise TimeoutError("the browser did not start")

    async def _page(self, port: int) -> str:
        for _ in range(100):
            async with self._session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [one for one in await answer.json() if one["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
            await asyncio.sleep(0.1)
        raise TimeoutError("the browser has no page")

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser for something."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            told = json.loads((await self._socket.receive()).data)
            if told.get("id") == self._number:
                return dict(told.get("result", {}))

    async def press(self, text: str) -> None:
        """Type one character."""
        code = {" ": "Space", "\r": "Enter"}.get(text, "")
        key = {"\r": "Enter"}.get(text, text)
        number = {" ": 32, "\r": 13}.get(text, ord(text.upper()))
        about = {"key": key, "code": code, "text": text, "windowsVirtualKeyCode": number}
        await self.call("Runtime.evaluate", expression="document.querySelector('textarea')?.focus()")
        await self.call("Input.dispatchKeyEvent", type="keyDown", **about)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=code, windowsVirtualKeyCode=number)

    async def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])
