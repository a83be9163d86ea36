"""Widths are those of the served faces."""

from __future__ import annotations

import string

import pytest
import uharfbuzz as hb

from paperdeck.pictures import text_width


@pytest.mark.parametrize("face", ["Regular", "Medium", "SemiBold", "Italic"])
def test_every_face_has_all_of_ascii(face: str) -> None:
    """So that nothing has to be looked up for a text of it."""
    font = hb.Font(hb.Face(text_width.load_plain_font(face)))
    assert [char for char in string.printable[:95] if font.get_nominal_glyph(ord(char)) is None] == []


def test_characters_that_no_face_has_are_told_once() -> None:
    """In their order; those that are served are not told."""
    assert text_width.find_missing_characters("a→日é日🙂") == ["日", "🙂"]
    assert text_width.find_missing_characters("plain words") == []


def test_kerning_counts() -> None:
    """A pair stands closer than its letters apart would."""
    assert text_width.measure_width("AV", 20) < text_width.measure_width("A", 20) + text_width.measure_width("V", 20)
