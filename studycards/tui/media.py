"""Pictures and sounds that a card names: found beside its files, drawn in cells, opened or played outside."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote

from studycards.language import say

PICTURES = frozenset(["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"])
SOUNDS = frozenset(["mp3", "ogg", "opus", "m4a", "wav", "flac", "aac"])
_ADDRESS = re.compile(
    r"!?\[[^\]\n]*\]\(<?(?P<link>[^)>\n]+?)>?(?:\s+\"[^\"\n]*\")?\)|!\[\[(?P<embed>[^\]|\n]+)(?:\|[^\]\n]*)?\]\]"
    r"|\[sound:(?P<sound>[^\]\n]+)\]"
)
_PLAYERS = (
    ("mpv", "--no-video", "--really-quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("afplay",),
    ("paplay",),
    ("pw-play",),
    ("play", "-q"),
    ("mpg123", "-q"),
    ("aplay", "-q"),
)
_VIEWERS = (("xdg-open",), ("open",), ("wslview",))


def addresses(text: str, kinds: frozenset[str]) -> list[str]:
    """The files of these kinds that a text names, in its order, each once."""
    named = (match["link"] or match["embed"] or match["sound"] for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(one.strip() for one in named if one.rpartition(".")[2].lower().strip() in kinds))


def find(address: str, folders: Iterable[Path]) -> Path | None:
    """The file that an address means from one of the folders; None where none of them has it."""
    if "://" in address or "\x00" in address:
        return None
    for folder in folders:
        for written in dict.fromkeys((address, unquote(address))):
            for place in (folder / written, folder / "media" / written):
                if len(str(place)) < 1024 and place.is_file():
                    return place.resolve()
    return None


class Outside:
    """Programs that show and play; at most one sound at a time. Every file is one argument, never a shell's."""

    def __init__(self, player: Sequence[str] = (), viewer: Sequence[str] = ()) -> None:
        self._player, self._viewer = tuple(player), tuple(viewer)
        self._playing: subprocess.Popen[bytes] | None = None
        self._viewing: subprocess.Popen[bytes] | None = None

    def view(self, path: Path) -> str:
        """Open a picture; the sentence to show, empty where it went well."""
        program = self._viewer or _first(_VIEWERS)
        if not program:
            return say("No program for pictures was found; see review.viewer.")
        self._viewing, told = _started(program, path)
        return told

    def play(self, path: Path) -> str:
        """Play a sound from its beginning; the sentence to show, empty where it went well."""
        self.hush()
        program = self._player or _first(_PLAYERS)
        if not program:
            return say("No program for sounds was found; see review.player.")
        self._playing, told = _started(program, path)
        return told

    def hush(self) -> None:
        """Stop the sound that is playing."""
        if self._playing is not None and self._playing.poll() is None:
            self._playing.terminate()
            self._playing.wait(2)
        self._playing = None


def _first(programs: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((program for program in programs if shutil.which(program[0])), ())


def _started(program: Sequence[str], path: Path) -> tuple[subprocess.Popen[bytes] | None, str]:
    quiet = subprocess.DEVNULL
    try:
        started = subprocess.Popen(
            [*program, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        return None, f"{program[0]}: {error.strerror or error}"
    return started, ""
