"""What `due` said last, kept beside the database and said again while nothing it rests on has changed.

A prompt asks at every line, so this imports nothing but what the interpreter has loaded anyway. What is kept names all
that it rests on: the database's header and stat, the deck files, their folders, the config, the clock, the zone. At the
least doubt nothing is said again, and the caller goes the long way.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAGIC = "studycards due 1"
FORMS = ("--oneline", "--json", "--exit-code")
SURROUNDINGS = ("TZ", "HOME", "XDG_CONFIG_HOME")
_HEADER = 100  # bytes of SQLite's header; the ones from 24 on count its commits
_HEAD = 8
_DATA_HOME = {"linux": "/.local/share", "darwin": "/Library/Application Support"}


class Said:
    """What `due` says in each form, from one instant (in seconds) until before another."""

    __slots__ = ("json", "oneline", "plain", "since", "total", "until")

    def __init__(self, total: int, oneline: str, plain: str, json: str) -> None:
        self.total, self.oneline, self.plain, self.json = total, oneline, plain, json
        self.since = self.until = 0.0

    def text(self, words: Iterable[str]) -> str:
        """What is printed for these options."""
        if "--json" in words:
            return self.json
        return self.oneline if "--oneline" in words else self.plain

    def exit_code(self, words: Iterable[str]) -> int:
        """0; with `--exit-code` 1 where nothing is due."""
        return int("--exit-code" in words and not self.total)


def said_before(words: list[str], environment: Mapping[str, str], now: float) -> Said | None:
    """What `due` with these options would say now, if that is certain without looking."""
    if environment.get("STUDYCARDS_NOW") or any(word not in FORMS for word in words):
        return None
    path = store_path(environment)
    if not path:
        return None
    try:
        with open(kept_path(path), "rb") as file:
            parts = file.read().decode("utf-8", "surrogateescape").split("\0")
        return _valid(parts, path, environment, now)
    except (OSError, ValueError):
        return None


def keep(path: str, said: Said, foundation: str, watched: Mapping[str, str]) -> None:
    """Keep what was said for a database. `foundation` and the states of `watched` are as before the looking began."""
    head = [MAGIC, foundation, repr(said.since), repr(said.until), str(said.total), said.oneline, said.plain, said.json]
    pairs = [part for pair in watched.items() for part in pair]
    kept, temp = kept_path(path), f"{kept_path(path)}.{os.getpid()}"
    try:
        data = "\0".join([*head, *pairs, MAGIC]).encode("utf-8", "surrogateescape")
        handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(temp, kept)
    except (OSError, ValueError):
        return  # the next call looks again


def store_path(environment: Mapping[str, str]) -> str:
    """The database that a command without `--db` uses; "" where only the long way can tell."""
    named = environment.get("STUDYCARDS_DB")
    if named:
        return "" if named.startswith("~") else os.path.realpath(named)
    home, below = environment.get("XDG_DATA_HOME", ""), ""
    if not home:
        home, below = environment.get("HOME", ""), _DATA_HOME.get(sys.platform, "")
    if not home.startswith("/") or sys.platform not in _DATA_HOME or "ANDROID_DATA" in environment:
        return ""
    return os.path.realpath(f"{home}{below}/studycards/studycards.db")


def kept_path(path: str) -> str:
    """Where what was said for a database is kept."""
    folder, name = os.path.split(path)
    return os.path.join(folder, "due-kept" if name == "studycards.db" else f"{name}.due-kept")


def foundation(path: str, environment: Mapping[str, str], now: float) -> str:
    """What the database and the surroundings are like; "" while somebody writes, or where it is no database of ours."""
    try:
        if os.stat(f"{path}-journal").st_size:
            return ""
    except OSError:
        pass  # there is no journal before the first write
    with open(path, "rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or header[18] != 1:
        return ""
    around = [environment.get(name, "") for name in SURROUNDINGS]
    offset = time.localtime(now).tm_gmtoff
    return "\n".join([header.hex(), str(os.stat(path).st_ino), state(path), str(offset), *around])


def state(path: str) -> str:
    """What a file or folder looks like; "" where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"


def _valid(parts: list[str], path: str, environment: Mapping[str, str], now: float) -> Said | None:
    if len(parts) <= _HEAD or parts[0] != MAGIC or parts[-1] != MAGIC or not parts[1]:
        return None
    if not float(parts[2]) <= now < float(parts[3]) or parts[1] != foundation(path, environment, now):
        return None
    watched = iter(parts[_HEAD:-1])
    if any(state(name) != then for name, then in zip(watched, watched, strict=True)):
        return None
    return Said(int(parts[4]), parts[5], parts[6], parts[7])
