"""What of a card is asked and what is answered, as Markdown; safe to show."""

from __future__ import annotations

import re

from studycards import cloze
from studycards.language import say
from studycards.model import Card, Kind
from studycards.text import clean, fold

CAP = 16_384


def question(card: Card) -> str:
    """The question side as text; the hole that is asked is `[...]` or its hint."""
    return capped(cloze.fill(card.front, card.hole or 0) if card.kind is Kind.CLOZE else card.front)


def answer(card: Card) -> str:
    """The answer side as text; of a cloze card the sentence with the answer in brackets, then what stands beside."""
    if card.kind is not Kind.CLOZE:
        return capped(card.back)
    whole = cloze.fill(card.front, card.hole or 0, f"[{expected(card)}]")
    return capped(f"{whole}\n\n{card.back}" if card.back.strip() else whole)


def expected(card: Card) -> str:
    """The answer alone: a basic card's back, or what is in the hole."""
    if card.kind is not Kind.CLOZE:
        return card.back
    asked = [hole.answer for hole in cloze.holes(card.front) if hole.number == card.hole]
    return ", ".join(dict.fromkeys(asked))


def said(card: Card) -> str:
    """The answer alone as it is read, without the marks of Markdown: its first block, where that is no item of a list;
    else all items on lines of their own. What follows the first block explains it, and nobody types that."""
    from studycards.tui.blocks import parse
    from studycards.tui.inline import Asked, Ink, inline

    blocks = [block for block in parse(capped(expected(card))) if block.text.strip()]
    wanted = blocks if blocks and blocks[0].kind == "item" else blocks[:1]
    return "\n".join(inline(block.text, Asked(), Ink()).plain for block in wanted)


def hint(card: Card) -> str:
    """The first letter of each word of the answer, the first half of a Chinese one."""
    words = re.findall(r"[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+", clean(expected(card)))
    return " ".join(_start(word) for word in words[:12])


def _start(word: str) -> str:
    if "\u3400" <= word[0] <= "\u9fff":
        keep = max(1, len(word) // 2) if len(word) > 1 else 0
        return word[:keep] + "_" * (len(word) - keep)
    return word[:1] + "_" * (len(word) - 1)


def place(card: Card, revealed: bool) -> tuple[str, ...]:
    """Where the card is from: its note and the headings there, or its deck."""
    if card.source is None:
        return (clean(card.deck),)
    note = clean(card.source.path).replace("\\", "/")
    while note.startswith("../"):
        note = note[3:]
    return (note, *headings(card, revealed))


def headings(card: Card, revealed: bool) -> tuple[str, ...]:
    """The headings above the card in its note; one that gives the answer away stays hidden until the reveal."""
    if card.source is None:
        return ()
    secret = fold(expected(card))
    told = (
        heading if revealed or not secret or secret not in fold(heading) else "…" for heading in card.source.headings
    )
    return tuple(clean(heading).replace("\n", " ") for heading in told)


def capped(text: str) -> str:
    """The text made safe, and cut where it is too long to paint at once."""
    text = clean(text.expandtabs(4))
    if len(text) <= CAP:
        return text
    return text[:CAP] + "\n\n" + say("… the rest is in the deck file: E opens it")
