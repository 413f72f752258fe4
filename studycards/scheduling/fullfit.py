"""The full fit: a child process that runs the optimiser of the extra, so that it can be watched and stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Thread

from studycards.scheduling.evidence import Evidence

_CHILD = "studycards.scheduling.fullfit_child"
_GLANCE_S = 0.04


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("fsrs_rs_python") is not None


@dataclass(slots=True)
class FullFit:
    """Fits all 21 parameters; `trouble` says why it last could not.

    `tick` is called at least twenty times a second meanwhile; what it raises (as does Ctrl-C) ends the child and comes
    through. `command` is what runs the child.
    """

    tick: Callable[[], None] = lambda: None
    timeout_s: float = 600.0
    command: Sequence[str] = (sys.executable, "-m", _CHILD)
    trouble: str = field(default="", init=False)

    def __call__(self, evidence: Evidence, until: int) -> Sequence[float] | None:
        self.trouble = ""
        child = subprocess.Popen(
            list(self.command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        said: list[tuple[str, str]] = []
        talk = Thread(target=lambda: said.append(child.communicate(_rows(evidence, until))), daemon=True)
        try:
            talk.start()
            self._watch(talk)
        finally:
            if child.poll() is None:
                child.kill()
            talk.join()
        return self._understood(child.returncode, *(said[0] if said else ("", "")))

    def _watch(self, talk: Thread) -> None:
        left = self.timeout_s
        while talk.is_alive() and left > 0:
            talk.join(_GLANCE_S)
            left -= _GLANCE_S
            self.tick()
        if talk.is_alive():
            self.trouble = f"the optimiser took longer than {self.timeout_s:.0f} s"

    def _understood(self, code: int, out: str, errors: str) -> Sequence[float] | None:
        if code == 0:
            try:
                numbers = json.loads(out)
            except ValueError:
                numbers = None
            if isinstance(numbers, list) and all(isinstance(n, int | float) for n in numbers):
                return [float(n) for n in numbers]
        last = (errors.strip().splitlines() or ["no word"])[-1]
        self.trouble = self.trouble or f"the optimiser ended with {code}: {last[:200]}"
        return None


def _rows(evidence: Evidence, until: int) -> str:
    """The cards as [rating, gap] rows and, in the order of time, which part of which card each item is."""
    items = sorted(
        (place, number, n + 1)
        for number, card in enumerate(evidence.cards)
        for n, (_, _, place) in enumerate(card)
        if 0 <= place < until
    )
    cards = [[(rating, gap) for rating, gap, _ in card] for card in evidence.cards]
    return json.dumps({"cards": cards, "items": [(number, length) for _, number, length in items]})
