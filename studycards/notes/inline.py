"""Inline markup taken off: what stays is what a reader reads, with code spans and formulas opaque."""

from __future__ import annotations

import html
import re

_MARKED = re.compile(r"[\\*_~=\[<&{^\t]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED = re.compile("[\U000fff20-\U000fff7f]")
_ESCAPE_BASE = 0xFFF00

_TAGS = (
    "a|abbr|b|big|blockquote|body|br|cite|code|center|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img"
    "|ins|kbd|li|mark|ol|p|q|rp|rt|ruby|s|samp|section|small|span|strong|strike|sub|summary|sup|table|tbody|td|th|thead"
    "|tr|tt|u|ul|var|video|audio|source|iframe|input|label|nobr|noscript|picture|wbr"
)
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
# A word behind a tag's name needs the look of an attribute, so that `a<b and c>d` stays.
_TAG = re.compile(rf"</?(?=[a-z])(?:{_TAGS})(?:/|[ \t\n]+|[ \t\n](?=[^<>=\"'/]*+[=\"'/])[^<>]*+)?>", re.I)
_COMMENT = re.compile(r"<!--[^>]*-->")
_AUTOLINK = re.compile(r"<(?:https?|ftp|mailto):[^<>\s]*>")

_TARGET = (
    r"\([ \t]*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
)
_ATTRIBUTES = r"(?:\{:?[^{}\n]*\})?"
_IMAGE = re.compile(rf"!\[[^\[\]]*\](?:{_TARGET}|\[[^\[\]]*\])?{_ATTRIBUTES}|!\[\[[^\[\]]*\]\]")
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}{_ATTRIBUTES}")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_WIKILINK = re.compile(r"\[\[([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\\?\|([^\[\]\n]*))?\]\]")
_WORDED = re.compile(r"\w")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_HOLE = re.compile(r"\{\{c\d{1,3}::([^{}]*?)(?:::[^{}]*)?\}\}")
_LIQUID = re.compile(r"\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}|\{:[^{}\n]*\}|\{#[\w:.-]+\}")
_STRONG = re.compile(r"(\*{2,3})(?!\*)((?:[^*]|\*(?!\*))++)\*{2,3}")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])\*(?![\s*])([^*\n]++)(?<!\s)\*(?![A-Za-z0-9*])")
_UNDERLINE = re.compile(r"(?<!\w)__(?![\s_])((?:[^_]|_(?!_))++)(?<!\s)__(?!\w)")
_UNDER = re.compile(r"(?<!\w)_(?![\s_])((?:[^_]|(?<=\w)_(?=\w))++)(?<!\s)_(?!\w)")
_STRIKE = re.compile(r"~~(?![\s~])([^~]++)~~")
_HIGHLIGHT = re.compile(r"(?<!=)==(?![\s=])((?:[^=]|=(?!=))++)(?<!\s)==(?!=)")
_SPACES = re.compile(r"[ \t]{2,}|\t")

_BOLD = re.compile(r"[ \t]*(?:\*\*|__)(?![*_\s])((?:[^*_]|[*_](?![*_]))+?)[ \t]*(?:\*\*|__)")
EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u2473\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u20e3]"
)
_DECORATION = re.compile(
    "(?:[\u231a-\u23ff\u2600-\u26ff\u2705-\u27bf\u2b05-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f]?[ \t]*)+"
)
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef“”‘’…—《》\U00020000-\U0003ffff"
_TIGHT_JOIN = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
_LINE_JOIN = re.compile(r"[ \t]*\n[ \t]*")


def clean(text: str) -> str:
    """Text without inline markup; its line ends stay where they are, so that lines can still be counted.

    Emphasis, highlights and links are unwrapped, images, footnote marks, tags and template marks go. Brackets, quotes
    and 《》 stay. Spans should have been made opaque before.
    """
    if not _MARKED.search(text):
        return _SPACES.sub(" ", text) if "  " in text else text
    escaped = "\\" in text
    if escaped:
        text = _ESCAPE.sub(lambda found: chr(_ESCAPE_BASE + ord(found[1])), text)
    if "<" in text:
        text = _AUTOLINK.sub("", _COMMENT.sub("", _BREAK.sub(" ", text)))
        text = _TAG.sub("", text)
    if "[" in text:
        text = _unlink(text)
    if "{" in text:
        text = _LIQUID.sub("", _HOLE.sub(r"\1", text))
    text = _unwrap(text)
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if escaped:
        text = _ESCAPED.sub(lambda found: chr(ord(found[0]) - _ESCAPE_BASE), text)
    return _SPACES.sub(" ", text) if "  " in text or "\t" in text else text


def _unescaped(found: re.Match[str]) -> str:
    """The character an entity stands for; blanks of every kind are a space, what nobody can see is left out."""
    text = html.unescape(found[0])
    if text.isspace():
        return " "
    return text if text.isprintable() else ""


def _unlink(text: str) -> str:
    if "![" in text:
        text = _IMAGE.sub("", text)
    if "[[" in text:
        text = _WIKILINK.sub(_shown, text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "](" in text:
        text = _LINK.sub(lambda found: found[1] if _WORDED.search(found[1]) or not EMOJI.search(found[1]) else "", text)
    return _REFERENCE.sub(r"\1", text) if "][" in text else text


def _shown(found: re.Match[str]) -> str:
    page, section, alias = found[1], found[2], found[3]
    return (alias or section or page or "").strip()


def _unwrap(text: str) -> str:
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    if "_" in text:
        text = _UNDER.sub(r"\1", _UNDERLINE.sub(r"\1", text))
    if "~~" in text:
        text = _STRIKE.sub(r"\1", text)
    return _HIGHLIGHT.sub(r"\1", text) if "==" in text else text


def leading_bold(text: str) -> str:
    """The bold phrase that opens a text, without what ends it (`**Term：**` gives `Term`), or nothing."""
    found = _BOLD.match(text) if text.lstrip()[:2] in ("**", "__") else None
    return clean(found[1]).strip().rstrip(":：").strip() if found else ""


def undecorated(text: str) -> str:
    """The text without emoji at its start."""
    return _DECORATION.sub("", text, count=1) if text and text[0] > "\u2300" and _DECORATION.match(text) else text


def joined(text: str) -> str:
    """Soft line breaks closed: without a space between Chinese characters, with one elsewhere."""
    if "\n" not in text:
        return text.strip()
    return _LINE_JOIN.sub(" ", _TIGHT_JOIN.sub("", text)).strip()
