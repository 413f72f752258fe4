"""A store with cards in it, and sittings over it with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from shelf import Clock
from sqlite_utils import Database

from studycards.config import Config, Value
from studycards.session import Options, Session
from studycards.store.opening import open_store


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


@pytest.fixture
def connect(path: Path) -> Iterator[Callable[[], Database]]:
    """Opens the store once more, as another process would."""
    opened: list[Database] = []

    def connect() -> Database:
        opened.append(open_store(path, device="here", now_ms=1))
        return opened[-1]

    yield connect
    for database in opened:
        database.close()


@pytest.fixture
def db(connect: Callable[[], Database]) -> Database:
    return connect()


@pytest.fixture
def sit(db: Database, clock: Clock) -> Callable[..., Session]:
    """Begins a sitting; config keys as `review__new_per_day=3`."""

    def sit(options: Options | None = None, at: Database | None = None, **given: Value) -> Session:
        config = Config(Path("config.toml"), {key.replace("__", "."): value for key, value in given.items()})
        return Session(at or db, None, config, clock, options)

    return sit
