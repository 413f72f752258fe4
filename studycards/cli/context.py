"""What every command shares: the clock, the config, the environment and the way to the store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studycards.config import Config, default_store, load_config
from studycards.errors import UsageError


@dataclass(frozen=True, slots=True)
class Context:
    """Read once on the top floor and handed down: nothing below asks the clock or the environment."""

    db: Path
    config: Config
    environment: Mapping[str, str]

    def now(self) -> datetime:
        """The aware instant, with the local zone's offset at that instant; `STUDYCARDS_NOW` sets it."""
        given = self.environment.get("STUDYCARDS_NOW")
        if not given:
            return datetime.now().astimezone()
        return _instant(given)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(
            f"STUDYCARDS_NOW is {text!r}, which is no moment: write it like 2026-11-22T08:00:00+01:00, with the offset."
        )
    return moment


def build_context(db: str | None) -> Context:
    """The context of this process; `db` is what `--db` named."""
    environment = dict(os.environ)
    config = load_config()
    return Context(db=_store_path(db, environment), config=config, environment=environment)


def _store_path(named: str | None, environment: Mapping[str, str]) -> Path:
    chosen = named or environment.get("STUDYCARDS_DB")
    return Path(chosen).expanduser() if chosen else default_store()
