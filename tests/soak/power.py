"""Power loss: after every system call only what was synced is left, as pessimistic as can be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studycards.errors import StoreError
from tests.soak import oracle
from tests.soak.stage import make, opened

CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,close"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(slots=True)
class File:
    """A file's bytes as the program sees them, and as of its last fsync."""

    live: bytearray = field(default_factory=bytearray)
    kept: bytes = b""


@dataclass(slots=True)
class Disk:
    """A folder as the program sees it and as a power cut would leave it."""

    folder: str
    names: dict[str, File] = field(default_factory=dict)
    kept: dict[str, File] = field(default_factory=dict)
    open: dict[int, str | File] = field(default_factory=dict)
    said: bytes = b""

    def after_cut(self) -> dict[str, bytes]:
        """What is there when the power comes back."""
        return {name: file.kept for name, file in self.kept.items()}


@dataclass(slots=True)
class Cuts:
    """How many states were tried, how many of them differ, and what they lost."""

    calls: int = 0
    states: int = 0
    answers: int = 0
    wrong: list[str] = field(default_factory=list)


def missing() -> str:
    """What this trial needs and the machine has not; "" when all is there."""
    return "" if shutil.which("strace") else "strace"


def run(folder: Path, acts: int, journal: str = "") -> Cuts:
    """Record a session and cut the power after each of its calls. `journal` weakens it, as a control."""
    template = folder / "template"
    template.mkdir()
    path = template / "x.db"
    make(path, 60)
    before = {p.name: p.read_bytes() for p in template.iterdir()}
    log = folder / "calls.txt"
    worker = [sys.executable, "-m", "tests.soak.worker", str(path), str(acts), *([journal] if journal else [])]
    command = ["strace", "-f", "-qq", "-xx", "-s", "400000", "-o", str(log), "-e", f"trace={CALLS}", *worker]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    disk = Disk(str(template))
    for name, data in before.items():
        disk.names[name] = disk.kept[name] = File(bytearray(data), data)
    return _walk(log, disk, folder / "cut")


def _walk(log: Path, disk: Disk, place: Path) -> Cuts:
    cuts = Cuts()
    seen: tuple[dict[str, bytes], bytes] | None = None
    for call, words, result in _calls(log):
        if not apply(disk, call, words, result):
            continue
        cuts.calls += 1
        state = disk.after_cut()
        if seen == (state, disk.said):
            continue
        seen = (state, disk.said)
        cuts.states += 1
        cuts.wrong += [f"after call {cuts.calls} ({call}): {wrong}" for wrong in _judge(place, state, disk.said)]
    cuts.answers = disk.said.count(b"answer ")
    return cuts


def _calls(log: Path) -> Iterator[tuple[str, str, int]]:
    for line in log.read_text().splitlines():
        match = _LINE.match(line)
        if match and int(match[3]) >= 0:
            yield match[1], match[2], int(match[3])


def apply(disk: Disk, call: str, words: str, result: int) -> bool:
    """Let a call happen on the disk; whether it had to do with the folder or with what was said."""
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(words)]
    if call == "openat":
        return _open(disk, texts[0].decode(), words, result)
    if call in ("rename", "unlink"):
        return _move(disk, [text.decode() for text in texts])
    handle = int(words.split(",")[0])
    if call == "write" and handle == 1:
        disk.said += texts[0]
        return True
    target = disk.open.get(handle)
    if call == "close":
        disk.open.pop(handle, None)
        return False
    if target is None:
        return False
    if isinstance(target, str):
        if call in ("fsync", "fdatasync"):
            disk.kept = dict(disk.names)
        return True
    _change(target, call, words, texts)
    return True


def _open(disk: Disk, name: str, words: str, handle: int) -> bool:
    disk.open.pop(handle, None)
    if name == disk.folder:
        disk.open[handle] = name
        return False
    if os.path.dirname(name) != disk.folder:
        return False
    base = os.path.basename(name)
    if "O_CREAT" in words and base not in disk.names:
        disk.names[base] = File()
    if base in disk.names:
        disk.open[handle] = disk.names[base]
        if "O_TRUNC" in words:
            disk.names[base].live.clear()
    return True


def _move(disk: Disk, names: list[str]) -> bool:
    if os.path.dirname(names[0]) != disk.folder:
        return False
    file = disk.names.pop(os.path.basename(names[0]))
    if len(names) > 1:
        disk.names[os.path.basename(names[1])] = file
    return True


def _change(file: File, call: str, words: str, texts: list[bytes]) -> None:
    if call in ("fsync", "fdatasync"):
        file.kept = bytes(file.live)
    elif call == "ftruncate":
        size = int(words.split(",")[1])
        del file.live[size:]
        file.live.extend(bytes(size - len(file.live)))
    elif call == "write":  # the log's copy is only ever appended to
        file.live.extend(texts[0])
    elif call == "pwrite64":
        at = int(words.rsplit(",", 1)[1])
        if len(file.live) < at:
            file.live.extend(bytes(at - len(file.live)))
        file.live[at : at + len(texts[0])] = texts[0]


def _judge(place: Path, state: dict[str, bytes], said: bytes) -> list[str]:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, data in state.items():
        (place / name).write_bytes(data)
    told = [line.split() for line in said.decode().split("\n")[:-1] if line.startswith("answer ")]
    try:
        db = opened(place / "x.db")
    except StoreError as error:
        return [f"the store does not open: {error}"]
    rows = db.execute("SELECT card_id, rating FROM reviews ORDER BY rowid").fetchall()
    wrong = oracle.sound(db)
    db.close()
    if [(row[0], str(row[1])) for row in rows[: len(told)]] != [(words[1], words[2]) for words in told]:
        wrong.append(f"{len(told)} answers were told, {len(rows)} are there")
    if len(rows) > len(told) + 1:
        wrong.append(f"{len(rows) - len(told)} answers more than told")
    return wrong
