"""Handing a package to an open Anki, through the AnkiConnect add-on on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from studycards.errors import StudycardsError

PORT = 8765
VERSION = 6
_SECONDS = 300.0


def hand_over(package: Path, *, port: int = 0) -> None:
    """Have Anki import the package. Raises StudycardsError with the path to import by hand where it cannot."""
    port = port or PORT
    by_hand = f"Import it by hand: {package}"
    version = _ask("version", {}, port, by_hand)
    if not isinstance(version, int) or version < VERSION:
        raise StudycardsError(f"AnkiConnect is too old (version {version}, {VERSION} is needed). {by_hand}")
    if _ask("importPackage", {"path": str(package)}, port, by_hand) is not True:
        raise StudycardsError(f"Anki did not import the package. {by_hand}")


def _ask(action: str, parameters: dict[str, str], port: int, by_hand: str) -> object:
    body = json.dumps({"action": action, "version": VERSION, "params": parameters}).encode()
    request = Request(f"http://127.0.0.1:{port}", body, {"Content-Type": "application/json"})  # loopback
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=_SECONDS) as reply:
            answer = json.loads(reply.read(1 << 20))
    except (URLError, OSError) as error:
        said = "Anki is not open, or it lacks the AnkiConnect add-on (nobody answers on this machine)."
        raise StudycardsError(f"{said} {by_hand}") from error
    except ValueError as error:
        raise StudycardsError(f"What answers on port {port} is not AnkiConnect. {by_hand}") from error
    if not isinstance(answer, dict) or answer.get("error"):
        told = answer.get("error") if isinstance(answer, dict) else answer
        raise StudycardsError(f"Anki refused: {told}. {by_hand}")
    return answer.get("result")
