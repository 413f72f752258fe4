"""A table of terms: a header, a first column of unique names, short cells.

Asks a cell by its row and column: `冒泡排序的时间复杂度是什么？`; a column of meanings asks what the name stands for.
Where the first column holds properties and the header the things compared, `TCP的首部长度是什么？`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from studycards.grammar import folded, is_noun_phrase, is_term, size, word_set
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind, Row
from studycards.notes.page import Page, place_of
from studycards.phrasing import about, spaced
from studycards.text import has_chinese

name = "table-row"
prior = 0.70
weight = 8.0

_MEANING = re.compile(
    r"^(?:meaning|description|definition|含义|意义|说明|描述|解释|作用|用途|功能|定义|purpose|what it does|use)$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"作用|用途|功能|purpose|use", re.IGNORECASE)
_TRUTH = re.compile(
    r"^(?:[01TF√×✓✗xX✔✘]|true|false|yes|no|是|否|有|无|支持|不支持|优|良|差|一般|同上|N/?A|-|—)?$", re.IGNORECASE
)
_STEP = re.compile(r"^\d+[.、)]")
_BESIDE = re.compile(
    r"备注|注释|说明书|链接|来源网址|参考|示例|例子|举例|序号|编号|错误|图|状态|是否|代码"
    r"|notes?|remarks?|examples?|links?|url|references?|comments?|images?|id|no\.?|#|status|done|todo|code|price|score",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"^(?:特性|特征|特点|对比项?目?|比较项?目?|项目|指标|方面|属性|维度|区别|不同点|内容|参数"
    r"|features?|aspects?|propert(?:y|ies)|criteri(?:a|on)|characteristics?|comparisons?|attributes?|parameters?|basis"
    r"|basis for comparison|point|difference|vs\.?)?$",
    re.IGNORECASE,
)
_HEAD_END = re.compile(
    r"[者人量度率名号色位式法性型类值数期间点区国因果用能义级源径状]$|(?:tion|ity|ness|name|type|time|rate)s?$"
)
_WHO = re.compile(r"(?:人|者|作者|皇帝|国王|君主|将领|主将|主帅|指挥官|创始人|导演|总统|总理|首相|校长|主席)$")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,12}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
_YEAR = re.compile(r"(?:公元前?|前)?\d{3,4}年|(?:公元)?前\d{2,4}")
_ROWS = 20


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell with what it is asked by: `of` the thing, `what` the side of it."""

    of: str
    what: str
    said: str
    row: Row
    meant: bool
    compared: bool
    clean: bool


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the tables that map names to short facts."""
    for block in page.blocks:
        if block.kind == BlockKind.TABLE and len(block.rows) >= 3:
            block = _keyed(_restored(block, page))
            if _is_of_terms(block):
                for cell in _cells(block):
                    yield from _cards(cell, block, page)


def _restored(block: Block, page: Page) -> Block:
    rows = (Row(tuple(page.note.restore(cell).strip() for cell in row.cells), row.line) for row in block.rows)
    return block._replace(rows=tuple(rows))


def _keyed(block: Block) -> Block:
    """A table with the column that names its rows first: the second, where the first repeats itself."""
    first = [row.cells[0] for row in block.rows[1:] if row.cells]
    if len(set(first)) == len(first) or any(len(row.cells) < 3 for row in block.rows):
        return block
    rows = (Row((row.cells[1], row.cells[0], *row.cells[2:]), row.line) for row in block.rows if row.cells[1])
    return block._replace(rows=tuple(rows))


def _is_of_terms(block: Block) -> bool:
    heads = [head for head in block.rows[0].cells if head]
    keys = [row.cells[0] for row in block.rows[1:] if row.cells]
    return (
        len(block.rows) >= 3
        and len(block.rows[0].cells) >= 2
        and len({folded(head) for head in heads}) == len(heads) >= len(block.rows[0].cells) - 1
        and len({folded(key) for key in keys}) == len(keys)
        and all(key and _is_key(key) and not _STEP.match(key) for key in keys)
    )


def _is_key(key: str) -> bool:
    return is_term(key, 30) or "$" in key or re.fullmatch(r"[\u4e00-\u9fff]|`[^`]+`", key) is not None


def _cells(block: Block) -> Iterator[_Cell]:
    """The cells worth asking, seen from the side that names things."""
    heads = block.rows[0].cells
    compared = _compares(block)
    for column in range(1, len(heads)):
        if not heads[column] or not _is_of_facts(block, column, compared):
            continue
        head, clean = heads[column], compared or _is_side(heads[column])
        for row in block.rows[1 : _ROWS + 1]:
            said = row.cells[column] if column < len(row.cells) else ""
            if 1 < len(said) <= 60 and not _STEP.match(said) and not _TRUTH.match(said):
                of, what = (head, row.cells[0]) if compared else (row.cells[0], head)
                meant = not compared and _MEANING.match(head) is not None
                yield _Cell(of, what, said, row, meant, compared, (clean or meant) and _is_short(said))


def _compares(block: Block) -> bool:
    """Whether the header names the things compared and the first column what is told of them."""
    first, *heads = block.rows[0].cells
    if len(heads) < 2 or not all(head and is_term(head, 20) for head in heads) or any(map(_is_side, heads)):
        return False
    keys = [row.cells[0] for row in block.rows[1:]]
    return _PROPERTY.match(first) is not None or 2 * sum(map(_is_side, keys)) > len(keys)


@lru_cache(maxsize=1024)
def _is_side(head: str) -> bool:
    """Whether a header names one side of a thing, such as 作用, 都城 or capital."""
    plain = re.sub(r"\s?[（(][^（()）]*[)）]$", "", head).casefold()
    return (
        not _BESIDE.search(plain)
        and (plain in word_set("column_heads") or _HEAD_END.search(plain) is not None)
        and size(plain) <= 8
        and is_noun_phrase(plain, 16)
    )


def _is_short(said: str) -> bool:
    return size(said) <= (20 if re.search(r"[；;]", said) else 24) and not re.search(r"[。]|\.\s", said)


def _is_of_facts(block: Block, column: int, compared: bool) -> bool:
    cells = [row.cells[column] for row in block.rows[1:] if column < len(row.cells)]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return False
    distinct = compared or len({folded(cell) for cell in filled}) * 2 > len(filled)
    return distinct and sum(1 for cell in filled if len(cell) <= 40) * 2 > len(filled)


def _cards(cell: _Cell, block: Block, page: Page) -> Iterator[Finding]:
    place = place_of(block, cell.row.line, cell.row.line)
    chinese = has_chinese(cell.of + cell.what + cell.said) or (page.chinese and ("`" in cell.of or "$" in cell.of))
    if folded(cell.said) == folded(cell.of):
        return
    asked = _asked(cell, chinese, page)
    bonus = (("clean-table", 0.7),) if cell.clean else ()
    term = f"{cell.of} {cell.what}"
    subject = cell.of if is_term(cell.of, 40) else ""
    yield Finding(name, asked, cell.said, place, term, subject=subject, label=_is_bare(cell), bonus=bonus)
    if cell.meant and "$" in cell.of and Counter(row.cells[-1] for row in block.rows)[cell.said] <= 1:
        back = f"{cell.said}用什么符号表示？" if chinese else f"Which symbol is used for {cell.said}?"
        yield Finding(name, back, cell.of, place, term, direction="back", label=True, bonus=bonus)


def _is_bare(cell: _Cell) -> bool:
    """Whether a key says too little without its heading: code, a symbol, a short word."""
    return "`" in cell.of or "$" in cell.of or re.fullmatch(r"[\u4e00-\u9fff]{1,3}|[A-Z]{1,5}", cell.of) is not None


def _asked(cell: _Cell, chinese: bool, page: Page) -> str:
    of, what = cell.of, cell.what
    if cell.meant and "$" in of:
        return f"{of}表示什么？" if chinese else f"What does {of} mean?"
    if cell.meant and "`" in of:
        return f"{of}的作用是什么？" if chinese else f"What does {of} do?"
    if cell.meant and not _PURPOSE.match(what):
        return about(of, cell.said, chinese, page.spacing)
    if not chinese:
        plain = what if any(c.isupper() for c in what[1:]) else what[:1].lower() + what[1:]
        plural = plain.endswith("s") and not plain.endswith(("ss", "us", "is"))
        article = "the " if cell.compared and " " in of and not of.lower().startswith(("the ", "a ", "an ")) else ""
        return f"What {'are' if plural else 'is'} the {plain} of {article}{of}?"
    if _WHO.search(what) and _PERSON.fullmatch(cell.said):
        return spaced(of, f"的{what}是谁？", page.spacing)
    if _YEAR.fullmatch(cell.said):
        return spaced(of, f"的{what}是哪一年？", page.spacing)
    if cell.compared and not _is_side(what):
        return spaced(of, f"在{what}方面有什么特点？", page.spacing)
    return f"{of}的{what}是什么？"
