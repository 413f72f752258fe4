"""One line in the state folder, for a shell's start, a prompt or a status bar."""

from __future__ import annotations

from pathlib import Path

from studycards import files
from studycards.errors import StudycardsError
from studycards.remind.machine import Machine
from studycards.remind.message import Message
from studycards.remind.notify.addresses import Addresses


def missing(machine: Machine, addresses: Addresses) -> str:
    """Nothing is ever lacking."""
    return ""


def send(machine: Machine, addresses: Addresses, message: Message) -> str:
    """Write the message's title. Returns the file's path."""
    write(machine.due_file, message.title if message.due.cards > 0 else "")
    return str(machine.due_file)


def write(path: Path, line: str) -> None:
    """Put one line into the file, or make it empty; nothing is written where it says so already."""
    data = f"{line}\n".encode() if line else b""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            files.replace(path, data)
    except OSError as error:
        raise StudycardsError(f"{path} cannot be written: {error.strerror}") from error
