"""The two note types, as data. Their ids, names, fields and order never change: Anki would stop updating notes.

A new shape is a new id. `CHANGED` moves only when templates or CSS change; Anki then takes the new ones over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHANGED = 1_795_000_000  # seconds since 1970: when templates or CSS last changed

_CSS = """\
.card { font-family: system-ui, sans-serif; font-size: 20px; line-height: 1.5; text-align: center;
  max-width: 40em; margin: 0 auto; padding: 0 .6em; color: #1c1c1c; background: #fdfdfd; overflow-wrap: anywhere; }
.card ul, .card ol, .card pre, .card table, .card blockquote { text-align: left; }
.card ul, .card ol { display: inline-block; margin: .3em 0; }
.card pre { overflow-x: auto; padding: .5em; background: #eee; border-radius: .3em; white-space: pre-wrap; }
.card code { font-family: ui-monospace, monospace; font-size: .9em; }
.card table { border-collapse: collapse; margin: .3em auto; }
.card th, .card td { border: 1px solid #bbb; padding: .2em .5em; }
.card img { max-width: 100%; height: auto; }
.cloze { font-weight: bold; color: #1a5fb4; }
.extra { margin-top: .8em; }
.source { margin-top: 1.2em; font-size: .7em; color: #777; }
.nightMode.card, .night_mode .card { color: #e6e6e6; background: #222; }
.nightMode pre, .night_mode pre { background: #333; }
.nightMode th, .nightMode td, .night_mode th, .night_mode td { border-color: #555; }
.nightMode .cloze, .night_mode .cloze { color: #8ab4f8; }
.nightMode .source, .night_mode .source { color: #999; }
@media (max-width: 30em) { .card { font-size: 18px; } }
"""
_SOURCE = "{{#Source}}<div class=source>{{Source}}</div>{{/Source}}"


@dataclass(frozen=True, slots=True)
class NoteType:
    """One note type; fields and templates carry ids of their own, so that even a new name would be no new field.

    An id 0 stands for none; `changed` is the second of the last change."""

    id: int
    name: str
    cloze: bool
    fields: tuple[tuple[str, int], ...]
    templates: tuple[tuple[str, int, str, str], ...]
    css: str = _CSS
    changed: int = CHANGED


def foreign(type_id: int, payload: Mapping[str, Any]) -> NoteType:
    """A note type that came from Anki, as it was there; the one in Anki is always newer, so that it stays."""
    return NoteType(
        type_id,
        str(payload["name"]),
        bool(payload["cloze"]),
        tuple((str(name), 0) for name in payload["fields"]),
        tuple((str(name), 0, str(question), str(answer)) for name, question, answer in payload["templates"]),
        str(payload["css"]),
        0,
    )


BASIC = NoteType(
    id=1_800_000_001,
    name="studycards basic",
    cloze=False,
    fields=(
        ("Front", 1_800_000_101),
        ("Back", 1_800_000_102),
        ("Reverse", 1_800_000_103),
        ("Source", 1_800_000_104),
    ),
    templates=(
        ("Forward", 1_800_000_111, "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}" + _SOURCE),
        (
            "Backward",
            1_800_000_112,
            "{{#Reverse}}{{Back}}{{/Reverse}}",
            "{{FrontSide}}<hr id=answer>{{Front}}" + _SOURCE,
        ),
    ),
)
CLOZE = NoteType(
    id=1_800_000_002,
    name="studycards cloze",
    cloze=True,
    fields=(("Text", 1_800_000_201), ("Extra", 1_800_000_202), ("Source", 1_800_000_203)),
    templates=(
        (
            "Cloze",
            1_800_000_211,
            "{{cloze:Text}}",
            "{{cloze:Text}}{{#Extra}}<div class=extra>{{Extra}}</div>{{/Extra}}" + _SOURCE,
        ),
    ),
)
