"""Blocks of card text as things Rich can draw; nothing here is parsed as markup."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from studycards.model import Card, Kind
from studycards.tui.blocks import Block, begun, parse, top_items
from studycards.tui.formula import formulas
from studycards.tui.inline import Asked, Ink, inline, stand_in
from studycards.tui.media import PICTURES, addresses
from studycards.tui.sides import capped


def paint_question(card: Card, revealed: bool, ink: Ink) -> RenderableType:
    """The question side; a cloze card's hole is open, or filled and underlined once revealed."""
    if card.kind is not Kind.CLOZE:
        return paint(card.front, ink)
    return paint(card.front, ink, card.hole, revealed)


def paint_answer(card: Card, ink: Ink, steps: int | None = None, *, left: bool = True) -> RenderableType:
    """The answer side: the back of a basic card, what stands beside the answer of a cloze card; of a list `steps`
    items (None: all) and, with `left`, the marks of the others."""
    if steps is None:
        return paint(card.back, ink)
    return Group(*(_draw(block, Asked(), ink) for block in begun(parse(capped(card.back)), steps, left=left)))


def items(card: Card) -> int:
    """How many items the answer's list has; 0 where there is none to be shown one by one."""
    return len(top_items(parse(capped(card.back)))) if card.kind is not Kind.CLOZE else 0


def needs_answer_part(card: Card) -> bool:
    """Whether something is shown below the rule: always but for a cloze card with nothing beside it."""
    return card.kind is not Kind.CLOZE or bool(card.back.strip())


def paint(text: str, ink: Ink, hole: int | None = None, revealed: bool = True) -> Group:
    """One side of a card, from Markdown; with `hole`, the number of the hole that is asked."""
    text, asked = stand_in(capped(text), hole, revealed)
    return Group(*(_draw(block, asked, ink) for block in parse(text)))


def _draw(block: Block, asked: Asked, ink: Ink) -> RenderableType:
    drawn = _drawn(block, asked, ink)
    if ink.picture is None or "[" not in block.text or block.kind == "code":
        return drawn
    pictures = [ink.picture(address) for address in addresses(block.text, PICTURES)]
    return Group(drawn, *(one for one in pictures if one is not None))


def _drawn(block: Block, asked: Asked, ink: Ink) -> RenderableType:
    if block.kind == "code":
        return _code(block)
    if block.kind == "table":
        return _table(block, asked, ink)
    if block.kind == "rule":
        return Rule(style=ink.quiet)
    if block.kind == "blank":
        return Text("")
    if block.kind == "formula":
        return Padding(Text(formulas(block.text)), (0, 0, 0, 2))
    text = inline(block.text, asked, ink)
    if block.kind == "heading":
        text.stylize_before("bold")
    if block.kind == "item":
        return Hanging(" " * block.indent + block.mark + " ", text)
    if block.kind == "quote":
        return Hanging("| ", text, every_line=True)
    return text


def _code(block: Block) -> RenderableType:
    code = Syntax(block.text, block.mark or "text", theme="ansi_dark", background_color="default", word_wrap=True)
    return Padding(code, (0, 0, 0, 2))


def _table(block: Block, asked: Asked, ink: Ink) -> RenderableType:
    columns = max(len(row) for row in block.rows)
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for n in range(columns):
        head = block.rows[0][n] if n < len(block.rows[0]) else ""
        table.add_column(inline(head, asked, ink), overflow="fold")
    for row in block.rows[1:]:
        table.add_row(*(inline(cell, asked, ink) for cell in row))
    return table


class Hanging:
    """Text whose further lines stand under its first, after a mark."""

    def __init__(self, mark: str, text: Text, *, every_line: bool = False) -> None:
        self.mark = mark
        self.text = text
        self.every_line = every_line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        indent = cell_len(self.mark)
        lines = self.text.wrap(console, max(1, options.max_width - indent))
        for n, line in enumerate(lines):
            yield Text(self.mark if n == 0 or self.every_line else " " * indent) + line
