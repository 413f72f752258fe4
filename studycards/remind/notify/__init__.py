"""The ways a reminder reaches a person; every one that was chosen is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studycards.errors import StudycardsError
from studycards.remind.machine import Machine
from studycards.remind.message import Message
from studycards.remind.notify import desktop, due_file, mail, webhook
from studycards.remind.notify.addresses import Addresses

Send = Callable[[Machine, Addresses, Message], str]
Missing = Callable[[Machine, Addresses], str]


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. `send` returns how it went out or raises StudycardsError; `missing` says what it lacks, if any.

    `is_private` channels stay on the person's own machine, so decks may be named there.
    """

    send: Send
    missing: Missing
    is_private: bool


CHANNELS: Mapping[str, Channel] = {
    "desktop": Channel(desktop.send, desktop.missing, True),
    "email": Channel(mail.send, mail.missing, False),
    "webhook": Channel(webhook.send, webhook.missing, False),
    "file": Channel(due_file.send, due_file.missing, True),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: the channels it went out by, and one note for each, good or bad."""

    sent: tuple[str, ...]
    notes: tuple[str, ...]


def deliver(
    machine: Machine, addresses: Addresses, names: tuple[str, ...], write: Callable[[bool], Message]
) -> Delivery:
    """Try every channel in turn; `write(is_private)` gives the message for it."""
    sent: list[str] = []
    notes: list[str] = []
    for name in names:
        channel = CHANNELS[name]
        try:
            how = channel.send(machine, addresses, write(channel.is_private))
        except StudycardsError as error:
            notes.append(f"{name}: {error.sentence}")
        else:
            sent.append(name)
            notes.append(f"{name}: {how}")
    return Delivery(tuple(sent), tuple(notes))
