"""A package as a zip that nobody trusts: few names, limits on what really comes out, nothing extracted."""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from studycards.errors import StudycardsError
from studycards.intake.apkg import wire

LARGEST_COLLECTION = 1 << 30
LARGEST_MEDIA = 100 << 20
MOST_ENTRIES = 65_000
LARGEST_RATIO = 200
RATIO_FROM = 64 << 20
_PIECE = 1 << 20
_NEWEST = 3
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_LARGEST_MAP = 64 << 20


class RefusedError(StudycardsError):
    """The file is not read further; nothing was written."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An open package: which collection it holds, whether its entries are packed by zstd, and the names of its media.

    `media` maps the name in Anki to the entry.
    """

    path: Path
    zip: zipfile.ZipFile
    collection: str
    packed: bool
    media: dict[str, str]

    def write_collection(self, target: IO[bytes]) -> None:
        """Inflate the collection into `target`. Raises RefusedError."""
        for piece in self._pieces(self.collection, LARGEST_COLLECTION, packed=self.packed):
            target.write(piece)

    def medium(self, name: str) -> bytes:
        """The bytes of one media file. Raises RefusedError."""
        return b"".join(self._pieces(self.media[name], LARGEST_MEDIA, packed=self.packed))

    def _pieces(self, entry: str, limit: int, *, packed: bool) -> Iterator[bytes]:
        return _inflated(self.zip, entry, limit, packed=packed)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The package at `path`. Raises RefusedError with a sentence for everything that is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield _looked_over(path, archive)
    except OSError as error:
        raise RefusedError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(f"{path} is no readable Anki package ({error}); nothing was imported.") from error


def _looked_over(path: Path, archive: zipfile.ZipFile) -> Archive:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES:
        raise RefusedError(f"{path} has {len(names):,} entries, more than {MOST_ENTRIES:,}; nothing was imported.")
    known = [name for name in names if name in ("meta", "media", *_COLLECTIONS) or (name.isascii() and name.isdigit())]
    if len(set(known)) < len(known):
        raise RefusedError(f"{path} has an entry twice; nothing was imported.")
    collection = next((name for name in _COLLECTIONS if name in known), "")
    if not collection:
        raise RefusedError(f"{path} is no Anki package: there is no collection in it.")
    packed = collection == _COLLECTIONS[0]
    if "meta" in known and _version(archive) > _NEWEST:
        raise RefusedError(f"{path} was made by a newer Anki than is known here; nothing was imported.")
    media = _media(path, archive, packed=packed) if "media" in known else {}
    return Archive(path, archive, collection, packed, {n: e for n, e in media.items() if e in set(known)})


def _version(archive: zipfile.ZipFile) -> int:
    data = b"".join(_inflated(archive, "meta", 1024, packed=False))
    return next((value for number, value in _fields(data) if number == 1 and isinstance(value, int)), 0)


def _media(path: Path, archive: zipfile.ZipFile, *, packed: bool) -> dict[str, str]:
    data = b"".join(_inflated(archive, "media", _LARGEST_MAP, packed=packed))
    if not packed:
        try:
            given = json.loads(data or b"{}")
        except (ValueError, RecursionError) as error:
            raise RefusedError(f"The list of media in {path} cannot be read; nothing was imported.") from error
        pairs = given.items() if isinstance(given, dict) else ()
        return {name: str(entry) for entry, name in pairs if isinstance(name, str)}
    found: dict[str, str] = {}
    entries = [value for number, value in _fields(data) if number == 1 and isinstance(value, bytes)]
    for index, value in enumerate(entries):
        name = next((v for number, v in _fields(value) if number == 1 and isinstance(v, bytes)), b"")
        found[name.decode(errors="replace")] = str(index)
    return found


def _fields(data: bytes) -> list[wire.Field]:
    try:
        return list(wire.fields(data))
    except ValueError as error:
        raise RefusedError(f"The package is damaged ({error}); nothing was imported.") from error


def _inflated(archive: zipfile.ZipFile, entry: str, limit: int, *, packed: bool) -> Iterator[bytes]:
    """The content of an entry in pieces; refused past `limit` or where it swells too much."""
    size = max(1, archive.getinfo(entry).compress_size)
    seen = 0
    with archive.open(entry) as raw:
        for piece in _read(_unpacked(raw) if packed else raw):
            seen += len(piece)
            if seen > limit:
                raise RefusedError(
                    f"{entry} in {archive.filename} is larger than {limit >> 20 or 1:,} MB; nothing was imported."
                )
            if seen > RATIO_FROM and seen > LARGEST_RATIO * size:
                raise RefusedError(f"{entry} in {archive.filename} swells more than 200 times; nothing was imported.")
            yield piece


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    error = _zstd_error()
    while True:
        try:
            piece = stream.read(_PIECE)
        except error as failure:
            raise RefusedError(f"The package is damaged ({failure}); nothing was imported.") from failure
        if not piece:
            return
        yield piece


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd

        options = {zstd.DecompressionParameter.window_log_max: 27}
        return zstd.ZstdFile(raw, options=options)
    import zstandard

    reader: Callable[..., IO[bytes]] = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader
    return reader(io.BufferedReader(raw), read_across_frames=True)


def _zstd_error() -> type[Exception]:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd.ZstdError
    import zstandard

    return zstandard.ZstdError
