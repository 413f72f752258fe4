"""What the command line asks of a run, and what came of it so far."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studycards.cli.asked import settings
from studycards.cli.context import Context
from studycards.errors import UsageError

if TYPE_CHECKING:
    from studycards.inbox.values import Goal


@dataclass(frozen=True, slots=True)
class Wish:
    """The command line."""

    notes: tuple[str, ...]
    into: str | None
    dry_run: bool
    as_json: bool
    rules: tuple[str, ...]
    min_confidence: float | None
    again: bool

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked for but to look and write."""
        return not (self.dry_run or self.as_json or self.rules or self.again)

    def settings(self, context: Context) -> dict[str, Any]:
        """What is asked of the generator."""
        return settings(context.config, self.min_confidence)

    def folder(self, context: Context) -> str:
        """The folder of the deck files."""
        folder = self.into or context.config.text("decks")
        if os.path.exists(folder) and not os.path.isdir(folder):
            raise UsageError(f"{folder} is a file; --into wants the folder of the deck files.")
        return os.path.realpath(folder)

    def goal(self, context: Context, into: str) -> Goal:
        """The same as the inbox understands it."""
        from studycards.cli.generate.telling import shown
        from studycards.history import Stamp
        from studycards.inbox.values import Goal

        stamp = Stamp.of(context.now(), context.config.settings().day_start)
        return Goal(into, stamp, frozenset(self.rules), again=self.again, dry=self.dry_run, show=shown)

    def check(self) -> None:
        """Refuse rules that there are not."""
        if not self.rules:
            return
        from studycards.generate import rule_names

        names = rule_names()
        for rule in self.rules:
            if rule not in names:
                raise UsageError(f"There is no rule '{rule}'; there are {', '.join(sorted(names))}.")


@dataclass(slots=True)
class Sum:
    """What the run did so far."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failed: bool = False
