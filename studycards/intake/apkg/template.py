"""Anki's templates: which fields a side shows, and the side itself with its fields filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r"\{\{\s*(?P<sign>[#^/]?)\s*(?P<name>[^{}]*?)\s*\}\}")
_ANSWER = re.compile(r"(?s)^.*?<hr\s+id\s*=\s*[\"']?answer[\"']?[^>]*>")
_TYPED = re.compile(r"\{\{type:[^{}]*\}\}")
_OUTSIDE = re.compile(r"\{\{[#^/][^{}]*\}\}|<!--.*?-->|<style.*?</style>|<script.*?</script>", re.S)


def shown(template: str) -> tuple[str, ...]:
    """The fields that a side shows, each once, without conditions and filters."""
    names = (tag["name"].rpartition(":")[2].strip() for tag in _TAG.finditer(template) if not tag["sign"])
    return tuple(dict.fromkeys(name for name in names if name))


def untyped(question: str) -> str:
    """A question without the box to type into."""
    return _TYPED.sub("", question)


def told(side: str) -> str:
    """An answer side without the question that it shows again."""
    return _ANSWER.sub("", side, count=1).replace("{{FrontSide}}", "")


def is_only(side: str, name: str) -> bool:
    """Whether a side is nothing but this field."""
    rest = re.sub(r"</?(?:hr|div|span|br|p)\b[^>]*>", "", _OUTSIDE.sub("", side))
    names = [tag["name"].rpartition(":")[2].strip() for tag in _TAG.finditer(rest)]
    return names == [name] and not _TAG.sub("", rest).strip()


def filled(template: str, fields: Mapping[str, str]) -> str:
    """A side with its fields, filters ignored; what is under a condition that does not hold is gone."""
    out: list[str] = []
    conditions: list[bool] = []
    at = 0
    for tag in _TAG.finditer(template):
        if all(conditions):
            out.append(template[at : tag.start()])
        at = tag.end()
        name = tag["name"].rpartition(":")[2].strip()
        if tag["sign"] in ("#", "^"):
            is_there = bool(fields.get(name, "").strip())
            conditions.append(is_there == (tag["sign"] == "#"))
        elif tag["sign"] == "/":
            if conditions:
                conditions.pop()
        elif all(conditions):
            out.append(fields.get(name, ""))
    return "".join([*out, template[at:]]) if all(conditions) else "".join(out)
