"""The app in a browser: each visit is a process of its own; only pages of this very address may talk to it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.typedefs import Middleware
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# The page asks a host elsewhere for a font; it reads as well with the reader's own.
_FONT = re.compile(r"<link\b[^>]*fonts\.googleapis[^>]*>")


class _Guarded(Server):
    """Refuses requests that another site's page sends, or that came here by another name."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(_only(f"{self.host}:{self.port}"))
        return app


def _only(address: str) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host != address or (origin is not None and origin != f"http://{address}"):
            raise web.HTTPForbidden(text="Only pages of this address may talk to studycards.")
        return await handler(request)

    return guard


def serve(command: Sequence[str], host: str, port: int) -> None:
    """Serve until interrupted; `command` is run anew for every visit."""
    with TemporaryDirectory(prefix="studycards-") as place:
        server = _Guarded(shlex.join(command), host=host, port=port, title="studycards", templates_path=place)
        own = Path(server.statics_path).parent / "templates"
        for template in own.iterdir():
            text = template.read_text(encoding="utf-8")
            Path(place, template.name).write_text(_FONT.sub("", text), encoding="utf-8")
        server.serve()
