"""Widths are those of the served faces."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
import uharfbuzz as hb

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator


FACES = ["Regular", "Medium", "SemiBold", "Italic"]
WORDS = ["AVATAR, fjord, ffi", "naïve ≤ 10⁶ → “x”", "Ŵé q\u0303 e\u0301", "日本 🙂", "עברית العربية"]


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget what was loaded and measured, before and after."""
    for function in (text_width._load_font, text_width.measure_width):
        function.cache_clear()
    yield
    for function in (text_width._load_font, text_width.measure_width):
        function.cache_clear()


@pytest.mark.parametrize("face", FACES)
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


@pytest.mark.parametrize("face", FACES)
def test_outlines_are_not_needed_to_measure(face: str) -> None:
    """The served file, read without its outlines, gives the widths of the whole font."""
    whole = hb.Font(hb.Face(text_width.load_plain_font(face)))
    for words in WORDS:
        buffer = hb.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        hb.shape(whole, buffer)
        glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        square = whole.face.upem  # for what the face lacks
        advance = sum(position.x_advance if info.codepoint else square for info, position in glyphs)
        assert text_width.measure_width(words, 20, face) == advance * 20 / square


def test_nothing_is_logged_when_a_font_is_read(fresh: None, caplog: pytest.LogCaptureFixture) -> None:
    """A first build says what concerns its author, and no more."""
    with caplog.at_level("INFO"):
        text_width.measure_width("word", 20)
        text_width.load_plain_font("Medium")
    assert caplog.records == []


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("one two three", None, ["one two three"]),
        ("one<br/>two<BR>three\nfour", None, ["one", "two", "three", "four"]),
        ("one two three", 80, ["one two", "three"]),
        ("one extraordinary word", 80, ["one", "extraordinary", "word"]),
        ("", 80, [""]),
        ("one<br> two  three ", 500, ["one", "two  three"]),
    ],
)
def test_lines_break_between_words(text: str, limit: float | None, lines: list[str]) -> None:
    """At a break of the author's always, between words where there is no more room; a word stays whole."""
    assert text_width.break_lines(text, 20, limit=limit) == lines


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("to train GLM-130B", ["to", " ", "train", " ", "GLM-130B"]),
        ("state-of-the-art", ["state-", "of-", "the-", "art"]),
        ("top-2-of-4 -5", ["top-2-", "of-4", " ", "-5"]),
        ("模型GLM-130B", ["模", "型", "GLM-130B"]),
    ],
)
def test_lines_may_end_where_a_browser_ends_them(text: str, pieces: list[str]) -> None:
    """After a hyphen, but not between it and a number; between characters of Chinese, Japanese and Korean."""
    assert text_width.split_pieces(text) == pieces
