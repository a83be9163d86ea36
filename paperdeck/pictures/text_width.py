"""How wide a text is in the fonts that the pages are served with, so that boxes fit their labels in any browser."""

from __future__ import annotations

import functools
import re
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "theme" / "static" / "fonts"
BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_WORD = re.compile(r"[^ ]+| ")
# where a line may end: after a character of Chinese, Japanese or Korean, at a space, after a hyphen, which in GLM-130B
# belongs to its number (Unicode Standard Annex 14, rule LB25)
_EAST = "⺀-鿿가-힯豈-﫿︰-﹏＀-￯"
_SOLID = rf"(?:[^ {_EAST}-]|-+(?=\d))"
_PIECE = re.compile(rf"[{_EAST}]|{_SOLID}*+-+|{_SOLID}+| ")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")  # not those at which no line may end


def load_plain_font(face: str) -> bytes:
    """Return a served face (``Medium``, ``SemiBold``, …) as TrueType, for who does not read woff2."""
    with _open_font(face) as font:
        font.flavor = None
        font.save(plain := BytesIO())
    return plain.getvalue()


def _open_font(face: str) -> TTFont:
    from fontTools.ttLib import TTFont  # here, because it is slow to load and few builds draw anything new

    served = BytesIO((FONTS / f"IBMPlexSans-{face}.woff2").read_bytes())
    return TTFont(served, lazy=True, recalcBBoxes=False, recalcTimestamp=False)


@functools.cache
def _load_font(face: str) -> hb.Font:
    """Return a face for HarfBuzz, which does not read woff2: the tables that it asks for, but no outlines.

    To unpack the outlines takes a hundred times as long as all the rest, and no width needs them.
    """
    import uharfbuzz as hb

    tables = _open_font(face).reader

    def read_table(face: hb.Face, tag: str, data: object) -> bytes | None:
        return tables[tag] if tag in tables and tag not in ("glyf", "loca") else None

    return hb.Font(hb.Face.create_for_tables(read_table, None))


@functools.lru_cache(maxsize=8192)
def measure_width(text: str, size: float, face: str = "Medium") -> float:
    """Return the advance of one line in px at ``size`` px, kerning and ligatures included.

    A character that the face lacks counts as a square: some font of the reader's stands in for it.
    """
    import uharfbuzz as hb

    if not text:
        return 0.0
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _load_font(face)
    hb.shape(font, buffer)
    square = font.face.upem
    glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    units: int = sum(position.x_advance if info.codepoint else square for info, position in glyphs)
    return units * size / float(square)


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


def clean_text(text: str) -> str:
    """Return a text without the characters that no XML may hold."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cn", "Cs"))


def break_lines(text: str, size: float, face: str = "Medium", limit: float | None = None) -> list[str]:
    """Break a text at its ``<br>`` and newlines, and between words where a line would be wider than ``limit`` px."""
    paragraphs = BREAK.split(text)
    if limit is None:
        return paragraphs
    measure = functools.partial(measure_width, size=size, face=face)
    return [line for words in paragraphs for line in fill_lines(_WORD.findall(words), limit, measure)]


def break_anywhere(text: str, limit: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines of at most ``limit`` px: between words, else wherever it must be."""
    parts = (part for piece in split_pieces(text) for part in ([piece] if measure(piece) <= limit else piece))
    return fill_lines(parts, limit, measure)


def split_pieces(text: str) -> list[str]:
    """Return the pieces of a text between which a line may end."""
    return _PIECE.findall(_SPACE.sub(" ", text.strip()))


def fill_lines(pieces: Iterable[str], limit: float, measure: Callable[[str], float]) -> list[str]:
    """Put the pieces of a text into lines of at most ``limit`` px; a piece that is wider stands alone.

    A space is a piece of its own, and goes where a line ends at it.
    """
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure(lines[-1] + piece) > limit:
            lines.append("")
        if lines[-1] or piece != " ":
            lines[-1] += piece
    return [line.rstrip(" ") for line in lines]
