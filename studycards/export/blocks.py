"""Cards → the blocks they are written as: siblings are one."""

from __future__ import annotations

from collections.abc import Iterable

from studycards.model import Card, Kind, Written


def of_cards(cards: Iterable[Card]) -> list[Written]:
    """The blocks of `cards`, in their order; a reversed card alone is turned."""
    grouped: dict[str, list[Card]] = {}
    for card in cards:
        grouped.setdefault(card.block, []).append(card)
    return [_block(siblings) for siblings in grouped.values()]


def _block(siblings: list[Card]) -> Written:
    card = min(siblings, key=lambda one: one.id != one.block)
    is_turned = card.kind is Kind.BASIC and card.id != card.block
    front, back = (card.back, card.front) if is_turned else (card.front, card.back)
    reverse = card.kind is Kind.BASIC and any(one.id == f"{one.block}-r" for one in siblings)
    return Written(card.kind, front, back, reverse, card.deck, card.tags, card.block)
