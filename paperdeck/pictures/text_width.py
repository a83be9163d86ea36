"""How wide a text is in the fonts that the pages are served with, so that boxes fit their labels in any browser."""

from __future__ import annotations

import functools
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz as hb

FONTS = Path(__file__).parents[1] / "theme" / "static" / "fonts"
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


@functools.cache
def load_plain_font(face: str) -> bytes:
    """Return a served face (``Medium``, ``SemiBold``, …) as TrueType; HarfBuzz does not read woff2."""
    from fontTools.ttLib import woff2  # here, because it is slow to load and few builds draw anything new

    with (FONTS / f"IBMPlexSans-{face}.woff2").open("rb") as served:
        woff2.decompress(served, plain := BytesIO())
    return plain.getvalue()


@functools.cache
def _load_font(face: str) -> hb.Font:
    import uharfbuzz as hb

    return hb.Font(hb.Face(load_plain_font(face)))


@functools.lru_cache(maxsize=8192)
def measure_width(text: str, size: float, face: str = "Medium") -> float:
    """Return the advance of one line in px at ``size`` px, kerning and ligatures included."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _load_font(face)
    hb.shape(font, buffer)
    units: int = sum(position.x_advance for position in buffer.glyph_positions)
    return units * size / float(font.face.upem)


def choose_face(weight: str | None, style: str | None) -> str:
    """Return the served face in which a browser draws a diagram's text of this CSS weight and style."""
    if weight in ("bold", "bolder", "600", "700"):
        return "SemiBold"
    return "Italic" if style == "italic" else "Medium"


def measure_line_height(size: float, face: str = "Medium") -> float:
    """Return the height in px that a browser gives one line of text as its bounding box."""
    extents = _load_font(face).get_font_extents("ltr")
    return float((extents.ascender - extents.descender) * size / _load_font(face).face.upem)


def find_missing_characters(text: str) -> list[str]:
    """Return the characters of a text that the served font does not have, each once, in order."""
    if text.isascii():  # which all faces have; most text is
        return []
    font = _load_font("Medium")
    return [char for char in dict.fromkeys(text) if char.isprintable() and font.get_nominal_glyph(ord(char)) is None]


def break_lines(text: str, size: float, face: str = "Medium", limit: float | None = None) -> list[str]:
    """Break a text at its ``<br>`` and newlines, and between words where a line would be wider than ``limit`` px."""
    broken = []
    for line in _BREAK.split(text):
        words = line.split(" ")
        current = words[0]
        for word in words[1:]:
            if limit is not None and measure_width(f"{current} {word}", size, face) > limit:
                broken.append(current)
                current = word
            else:
                current = f"{current} {word}"
        broken.append(current)
    return broken
