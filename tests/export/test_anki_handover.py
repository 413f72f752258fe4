"""Handing over to an open Anki: what it is asked, and what a person reads where it does not answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from studycards.errors import StudycardsError
from studycards.export.handover import hand_over

Serve = Callable[[dict[str, Any]], int]


@pytest.fixture
def asked() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def serve(asked: list[dict[str, Any]]) -> Iterator[Serve]:
    """Stands in for AnkiConnect: answers each action with the given result."""
    servers: list[HTTPServer] = []

    def start(results: dict[str, Any]) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append(question)
                body = results.get(question["action"], b"")
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *_: object) -> None: ...

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return int(server.server_port)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_anki_is_asked_for_its_version_and_then_to_import(serve: Serve, asked: list[dict[str, Any]]) -> None:
    port = serve({"version": {"result": 6, "error": None}, "importPackage": {"result": True, "error": None}})

    hand_over(Path("/x/to-anki.apkg"), port=port)

    assert [(one["action"], one["params"]) for one in asked] == [
        ("version", {}),
        ("importPackage", {"path": "/x/to-anki.apkg"}),
    ]


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ({"version": {"result": 4, "error": None}}, "too old"),
        ({"version": {"result": None, "error": "no"}}, "Anki refused: no"),
        ({"version": b"<html>"}, "not AnkiConnect"),
        (
            {"version": {"result": 6, "error": None}, "importPackage": {"result": False, "error": None}},
            "did not import",
        ),
    ],
)
def test_what_goes_wrong_is_said_with_the_way_by_hand(serve: Serve, results: dict[str, Any], sentence: str) -> None:
    port = serve(results)

    with pytest.raises(StudycardsError, match=sentence) as refused:
        hand_over(Path("/x/to-anki.apkg"), port=port)

    assert "Import it by hand: /x/to-anki.apkg" in refused.value.sentence


def test_a_closed_anki_is_said_in_a_sentence(serve: Serve) -> None:
    with pytest.raises(StudycardsError, match="Anki is not open"):
        hand_over(Path("/x/to-anki.apkg"), port=1)
