"""The closed list of what can be wrong with a note."""

from __future__ import annotations

from studycards.model import Problem

UNREADABLE = "note-unreadable"
BINARY = "note-binary"
ENCODING = "note-encoding"
ENCODING_DAMAGE = "note-encoding-damage"
FRONT_MATTER = "note-frontmatter"
FENCE_OPEN = "note-fence-open"
MATH_OPEN = "note-math-open"
COMMENT_OPEN = "note-comment-open"
LINE_HUGE = "note-line-huge"
TOO_LARGE = "note-too-large"
DIALECT_BLOCK = "note-dialect-block"
MARKUP_UNINVITED = "note-markup-uninvited"
DUPLICATE_FILE = "note-duplicate-file"

CODES = frozenset(
    {
        UNREADABLE,
        BINARY,
        ENCODING,
        ENCODING_DAMAGE,
        FRONT_MATTER,
        FENCE_OPEN,
        MATH_OPEN,
        COMMENT_OPEN,
        LINE_HUGE,
        TOO_LARGE,
        DIALECT_BLOCK,
        MARKUP_UNINVITED,
        DUPLICATE_FILE,
    }
)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems by line, then by code."""
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.code, problem.message)))
