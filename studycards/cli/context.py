"""What every command shares: the clock, the config, the environment and the way to the store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards.config import Config, default_store, load_config
from studycards.errors import StudycardsError, UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database


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

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The store for writing, made on a first start. At the end what prompts show is brought up to date, and the log
        copied and backed up when due."""
        from studycards.backup import make
        from studycards.store.logcopy import LogCopy
        from studycards.store.opening import open_store
        from studycards.store.trouble import explained

        now = self.now()
        db = open_store(
            self.db,
            device=_device(),
            now_ms=int(now.timestamp() * 1000),
            before_migration=lambda path: make(path, now, "before-upgrade"),
        )
        try:
            with explained(self.db):
                self._mind_place(db)
                copy = LogCopy(db)
                before = self._foundation()
                yield db
                copy.close()
                trouble = copy.trouble or self._tell_prompts(db, before)
        finally:
            db.close()
        self._keep_safe(trouble)

    def _foundation(self) -> str:
        from studycards.store.due import foundation

        return foundation(str(self.db.resolve()), self.environment, self.now().timestamp())

    def _tell_prompts(self, db: Database, before: str) -> str:
        """Bring up to date what prompts and status bars show, if anything was written; gives what went wrong."""
        if self._foundation() == before:
            return ""
        from studycards.cli.prompt import Prompt, refresh
        from studycards.language import pick

        prompt = Prompt(self.db, self.config, self.environment, self.now())
        return refresh(db, prompt, pick(self.config.text("language"), self.environment))

    def _mind_place(self, db: Database) -> None:
        """Say once that the database lies where it may come to harm."""
        from studycards.store import places, remarks

        store = Path(os.path.realpath(self.db))
        doubt = places.doubtful(store, file_system(store))
        if doubt and remarks.is_first(db, doubt):
            click.echo(clean(doubt), err=True)

    def _keep_safe(self, trouble: str) -> None:
        """Back up when half an hour of use has brought something new; what fails here costs nothing stored."""
        from studycards import backup

        try:
            if backup.is_due(self.db, self.now()):
                backup.make(self.db, self.now(), "use")
                backup.rotate(self.db, self.now())
        except StudycardsError as error:
            trouble = error.sentence
        if trouble:
            click.echo(clean(trouble), err=True)

    def has_store(self) -> bool:
        """Whether something was stored yet."""
        from studycards.store.opening import is_begun

        return is_begun(self.db)

    @contextmanager
    def opened_reading(self) -> Iterator[Database]:
        """The store for reading only, an older one upgraded first; raises StoreError where there is none."""
        from studycards.store.opening import is_older, open_reading

        db = open_reading(self.db)
        if is_older(db):
            db.close()
            with self.opened():
                pass
            db = open_reading(self.db)
        try:
            yield db
        finally:
            db.close()


def file_system(path: Path) -> str:
    """The type of the file system a path lies on; "" where the system does not say."""
    from studycards.store.places import file_system_of

    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return file_system_of(path, mounts)


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


def _device() -> str:
    """A name that tells this machine from others and stays the same from start to start."""
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        from platform import node

        return node()


def _store_path(named: str | None, environment: Mapping[str, str]) -> Path:
    chosen = named or environment.get("STUDYCARDS_DB")
    return Path(chosen).expanduser() if chosen else default_store()
