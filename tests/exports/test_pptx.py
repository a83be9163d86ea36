"""A deck is a presentation."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pptx import Presentation

from paperdeck.exports.pages import Page
from paperdeck.exports.pptx import MOST_WORDS, shorten_words, write_presentation
from paperdeck.exports.printing import Slide
from tests.sites import draw_png

DECK = Page(Path("talk.html"), Path(), True, "Experts", "A. Person", "en")


@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_a_slide_is_a_picture_with_its_title_and_note() -> None:
    """As PowerPoint reads it: the title, what the picture shows, what is said."""
    slides = [
        Slide("cover", "Experts", "", False, False, "Experts A talk", ()),
        Slide("point", "A point", "1", False, False, "A point A reason", ("Said.", "• Again.")),
    ]
    data = write_presentation(DECK, slides, [draw_png(192, 108)] * 2)
    presentation = Presentation(io.BytesIO(data))
    assert (presentation.core_properties.title, presentation.core_properties.author) == ("Experts", "A. Person")
    cover, point = presentation.slides
    assert (cover.shapes.title.text, point.shapes.title.text) == ("Experts", "A point")
    picture = point.shapes[-1]
    assert (picture.width, picture.height) == (presentation.slide_width, presentation.slide_height)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A point A reason"
    assert not cover.has_notes_slide
    assert point.notes_slide.notes_text_frame.text == "Said.\n• Again."


def test_words_of_a_picture_end_somewhere() -> None:
    """At a word."""
    assert shorten_words("a few") == "a few"
    long = shorten_words("word " * MOST_WORDS)
    assert len(long) <= MOST_WORDS + 2
    assert long.endswith("word …")
