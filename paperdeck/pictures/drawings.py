"""How large an SVG file is, as browsers read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
ROOT = re.compile(rb"<svg\b[^>]*>")
"""What opens a drawing; what stands before it, comments apart, is no element."""
ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*["']\s*([^"']*?)\s*["']""")
NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
LENGTH = re.compile(rf"({NUMBER})(px|pt|pc|in|cm|mm|q|em|rem|ex)?", re.IGNORECASE)
BOX = re.compile(rf"-?{NUMBER}[\s,]+-?{NUMBER}[\s,]+({NUMBER})[\s,]+({NUMBER})", re.IGNORECASE)
PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "ex": 8}
"""How many px a unit of length has; those of type stand for 16."""
LARGEST = 1_000_000
"""A side that is longer, in px, is a slip, and no browser draws it."""


class Drawing(NamedTuple):
    """What an SVG says of its size."""

    shape: tuple[int, int]
    """Width and height in px."""
    is_sized: bool
    """Whether it has a size of its own, and not the sides of its box alone."""


def read_drawing(path: Path) -> Drawing | None:
    """Return how large a drawing is; None where it does not say, or cannot be read."""
    try:
        root = ROOT.search(COMMENT.sub(b"", path.read_bytes()))
    except OSError:
        return None
    if root is None:
        return None
    said = dict(ATTRIBUTE.findall(root[0].decode(errors="replace")))
    width, height = read_length(said.get("width", "")), read_length(said.get("height", ""))
    across, down = read_box(said.get("viewBox", ""))
    is_sized = bool(width or height)
    if across and down:
        if width and not height:
            height = width * down / across
        elif height and not width:
            width = height * across / down
        elif not is_sized:
            width, height = across, down
    if not 0 < width <= LARGEST or not 0 < height <= LARGEST:
        return None
    return Drawing((max(1, round(width)), max(1, round(height))), is_sized)


def read_length(text: str) -> float:
    """Return a length in px; 0 where it is none, or a part of the room there is."""
    found = LENGTH.fullmatch(text)
    return float(found[1]) * PIXELS.get((found[2] or "px").lower(), 16) if found else 0


def read_box(text: str) -> tuple[float, float]:
    """Return the sides of a box, ``viewBox``; 0 where it has none."""
    found = BOX.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else (0, 0)
