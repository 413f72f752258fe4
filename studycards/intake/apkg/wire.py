"""Walking protobuf: the numbered fields of a message, without its schema."""

from __future__ import annotations

import struct
from collections.abc import Iterator

Field = tuple[int, int | bytes]


def fields(data: bytes) -> Iterator[Field]:
    """(number, value): an int for varints and fixed numbers, bytes for what has a length. Raises ValueError."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
        elif kind in (1, 2, 5):
            size, at = (8, at) if kind == 1 else (4, at) if kind == 5 else _varint(data, at)
            if at + size > len(data):
                raise ValueError("a message is cut off")
            yield key >> 3, data[at : at + size]
            at += size
        else:
            raise ValueError("a message has a field of an unknown kind")


def number(data: bytes, wanted: int) -> int:
    """The last varint of that number, 0 without one."""
    return next((v for n, v in reversed(list(fields(data))) if n == wanted and isinstance(v, int)), 0)


def text(data: bytes, wanted: int) -> str:
    """The last text of that number, empty without one."""
    found = next((v for n, v in reversed(list(fields(data))) if n == wanted and isinstance(v, bytes)), b"")
    return found.decode(errors="replace")


def floats(data: bytes, wanted: int) -> tuple[float, ...]:
    """A packed list of 32-bit floats."""
    packed = next((v for n, v in fields(data) if n == wanted and isinstance(v, bytes)), b"")
    return struct.unpack(f"<{len(packed) // 4}f", packed[: len(packed) // 4 * 4])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("a number is cut off")
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if not byte & 0x80:
            return value, at
        shift += 7
