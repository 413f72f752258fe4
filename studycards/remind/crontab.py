"""One block of ours in a person's crontab, edited as bytes: no other byte ever changes."""

from __future__ import annotations

import re

from studycards.errors import StudycardsError

BEGIN = b"# BEGIN studycards reminder"
END = b"# END studycards reminder"
_BEGIN_LINE = BEGIN + b": written by `studycards remind`, do not edit\n"
_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_NEWLINE_ADDED = b"# (the line above had no newline at its end; it loses it again with this block)\n"


def with_block(crontab: bytes, line: bytes) -> bytes:
    """The crontab with our block: in its old place, else at the end. Raises StudycardsError on a block cut off."""
    found = _span(crontab)
    if found is not None:
        start, end = found
        note = _NEWLINE_ADDED if _NEWLINE_ADDED in crontab[start:end] else b""
        return crontab[:start] + _block(line, note) + crontab[end:]
    if crontab and not crontab.endswith(b"\n"):
        return crontab + b"\n" + _block(line, _NEWLINE_ADDED)
    return crontab + _block(line, b"")


def without_block(crontab: bytes) -> bytes:
    """The crontab as it was before the block came. Raises StudycardsError on a block cut off."""
    found = _span(crontab)
    if found is None:
        return crontab
    start, end = found
    before, after = crontab[:start], crontab[end:]
    if _NEWLINE_ADDED in crontab[start:end] and not after:
        before = before.removesuffix(b"\n")
    return before + after


def block_line(crontab: bytes) -> bytes:
    """The schedule line inside our block; empty where there is no block."""
    found = _span(crontab)
    if found is None:
        return b""
    lines = crontab[found[0] : found[1]].split(b"\n")
    return next((line for line in lines if line and not line.startswith(b"#")), b"")


def _block(line: bytes, note: bytes) -> bytes:
    return _BEGIN_LINE + note + line + b"\n" + END + b"\n"


def _span(crontab: bytes) -> tuple[int, int] | None:
    """From where to where the block runs, its last newline included."""
    start, end, offset = -1, -1, 0
    for line in _LINE.findall(crontab):
        if line.startswith(BEGIN):
            if start >= 0:
                raise _cut_off()
            start = offset
        elif line.startswith(END):
            if start < 0 or end >= 0:
                raise _cut_off()
            end = offset + len(line)
        offset += len(line)
    if start >= 0 and end < 0:
        raise _cut_off()
    return (start, end) if start >= 0 else None


def _cut_off() -> StudycardsError:
    return StudycardsError(
        "The studycards block in your crontab has no beginning or no end any more, so it was left alone; "
        "delete what is left of it with `crontab -e`."
    )
