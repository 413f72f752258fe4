"""A picture drawn in the terminal's cells, two pixels a cell; only where the extra `images` is installed."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path

from rich.color import Color
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style

WIDEST, HIGHEST = 60, 14
_LARGEST = 40_000_000
Pixels = tuple[tuple[tuple[int, int, int], ...], ...]


class Picture:
    """The upper half of each cell is one pixel, the lower half the next."""

    def __init__(self, path: Path, highest: int = HIGHEST) -> None:
        self._path, self._highest = path, highest

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pixels = _pixels(self._path, self._path.stat().st_mtime_ns, min(WIDEST, options.max_width), self._highest)
        for upper, lower in zip(pixels[::2], pixels[1::2], strict=False):
            for above, below in zip(upper, lower, strict=True):
                yield Segment("▀", Style(color=Color.from_rgb(*above), bgcolor=Color.from_rgb(*below)))
            yield Segment.line()


def picture(path: Path, highest: int = HIGHEST) -> Picture | None:
    """The picture, if it can be drawn: a library is there, it can read the file, and it is not too large."""
    try:
        return Picture(path, highest) if _pixels(path, path.stat().st_mtime_ns, WIDEST, highest) else None
    except OSError:
        return None


@lru_cache(maxsize=32)
def _pixels(path: Path, changed_ns: int, width: int, highest: int) -> Pixels:
    """Rows of pixels, an even number, at most `width` wide and `highest` cells high; none where that cannot be."""
    try:
        from PIL import Image
    except ImportError:
        return ()
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > _LARGEST or not image.width or not image.height:
                return ()
            # A cell is about twice as high as it is wide, so that a half cell is about square.
            scale = min(width / image.width, 2 * highest / image.height, 1.0)
            size = max(1, round(image.width * scale)), max(2, 2 * round(image.height * scale / 2))
            flat = image.convert("RGBA").resize(size)
            paper = Image.new("RGBA", size, "white")
            paper.alpha_composite(flat)
            data = paper.convert("RGB").tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()
    row = 3 * size[0]
    return tuple(
        tuple((data[n], data[n + 1], data[n + 2]) for n in range(start, start + row, 3))
        for start in range(0, row * size[1], row)
    )
