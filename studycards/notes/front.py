"""Front matter: the fence around it, the limits before anything is built, the mapping inside."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import yaml

_YAML = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_OPENS = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_EMPTY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*\Z")
_MAX_LINES = 200
_MAX_BYTES = 64 * 1024
_MAX_DEPTH = 20
_MAX_KEYS = 1000
_AS_WRITTEN = ("title", "tags", "tag", "deck", "studycards")
# What the YAML constructors raise on values that only look like a date, a number or a tag.
_VALUE_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the body: `lines` of it are no body, `trouble` says at which line what is wrong."""

    mapping: dict[str, Any] = field(default_factory=dict)
    lines: int = 0
    trouble: str = ""
    trouble_line: int = 1


class _TooMuchError(ValueError):
    """A limit is passed."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_front(text: str) -> Front:
    """The front matter of a text whose line ends are LF; total.

    A block that is no mapping is body. A closed block that cannot be read, or that passes a limit, is neither: its
    lines are left out and the trouble is named.
    """
    if not _OPENS.match(text):
        return Front()
    head = _head(text)
    found = _YAML.match(head) or _TOML.match(head)
    if found is None:
        return Front(trouble="The front matter is not closed within 200 lines, so it is read as text.")
    block, lines = found[1], found[0].count("\n") + (not found[0].endswith("\n"))
    try:
        mapping = _toml(block) if head.startswith("+") else _yaml(block)
    except _TooMuchError as error:
        return Front(lines=lines, trouble=f"The front matter {error}; it is left out.", trouble_line=error.line)
    except RecursionError:
        return Front(lines=lines, trouble="The front matter is nested too deep; it is left out.")
    except _VALUE_ERRORS as error:
        return Front(
            lines=lines, trouble=f"The front matter cannot be read ({_short(error)}).", trouble_line=_line(error)
        )
    if mapping is None:
        return Front(trouble="The block between the first two --- is no front matter, so it is read as text.")
    return Front(mapping=mapping, lines=lines)


def _head(text: str) -> str:
    end = 0
    for _ in range(_MAX_LINES):
        end = text.find("\n", end) + 1
        if end == 0:
            return text
    return text[:end]


def _yaml(block: str) -> dict[str, Any] | None:
    if len(block.encode("utf-8", "replace")) > _MAX_BYTES:
        raise _TooMuchError("is longer than 64 KB", 1)
    if _EMPTY.match(block):
        return {}
    if _limits(block):
        return None
    mapping, _ = frontmatter.parse(f"---\n{block}---\n")
    return _stripped(_as_written(dict(mapping), block)) if mapping else None


def _limits(block: str) -> bool:
    """Whether the block is no mapping; raises where it passes a limit. Nothing is built and nothing recurses."""
    depth = keys = 0
    root: str = ""
    # What the parser is in: for each open mapping whether a key comes next, for a list None.
    stack: list[bool | None] = []
    for event in yaml.parse(block, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 2 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise _TooMuchError("uses YAML aliases", line)
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        root = root or type(event).__name__
        if stack and stack[-1] is not None:
            keys += stack[-1]
            stack[-1] = not stack[-1]
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(True if isinstance(event, yaml.MappingStartEvent) else None)
        depth = len(stack)
        if depth > _MAX_DEPTH:
            raise _TooMuchError("is nested deeper than 20 levels", line)
        if keys > _MAX_KEYS:
            raise _TooMuchError("has more than 1,000 keys", line)
    return root != "MappingStartEvent"


def _as_written(mapping: dict[str, Any], block: str) -> dict[str, Any]:
    """Words stay words: `tags: [NO, 010]` is not `[False, 8]`. The block's own text replaces what YAML made of it."""
    if all(_is_text(mapping.get(key, "")) for key in _AS_WRITTEN):
        return mapping
    written = yaml.load(block, Loader=yaml.CBaseLoader)  # noqa: S506  builds nothing but strings, lists and mappings
    kept = {key: written[key] for key in _AS_WRITTEN if key in written and key in mapping}
    kept = {key: value for key, value in kept.items() if mapping[key] is not None}
    return {**mapping, **kept}


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return all(_is_text(item) for item in value)
    return isinstance(value, str)


def _toml(block: str) -> dict[str, Any]:
    if len(block.encode("utf-8", "replace")) > _MAX_BYTES:
        raise _TooMuchError("is longer than 64 KB", 1)
    return _stripped(tomllib.loads(block))


def _stripped(mapping: dict[Any, Any]) -> dict[str, Any]:
    return {str(key).strip(): _strip(value) for key, value in mapping.items()}


def _strip(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_strip(item) for item in value]
    return value


def _line(error: BaseException) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 2 if mark is not None else 1


def _short(error: BaseException) -> str:
    said = getattr(error, "problem", None) or str(error) or type(error).__name__
    return str(said).split("\n")[0][:80]
