"""The table of layouts: one home for what a slide has room for."""

from __future__ import annotations

import re
from pathlib import Path

from paperdeck.slides import layouts
from paperdeck.slides.layouts import CHOICES, CONTENT, LAYOUTS, SLIDE, Room

PACKAGE = Path(layouts.__file__).parents[1]
STATIC = PACKAGE / "theme" / "static"


def test_every_layout_keeps_to_the_slide() -> None:
    """No room is larger than what stands between title and footer; diagrams have no more than other pictures."""
    for layout in LAYOUTS.values():
        for room in (layout.text, layout.picture, layout.diagram, layout.chart):
            assert room.width <= CONTENT.width < SLIDE.width
            assert room.height <= CONTENT.height < SLIDE.height
        assert layout.diagram.width <= layout.picture.width
        assert layout.title_width <= CONTENT.width


def test_no_text_is_smaller_than_the_last_row_reads() -> None:
    """Body text has at least 22 px, in every fill."""
    for layout in LAYOUTS.values():
        assert all(text.size >= 22 for text in (layout.body, layout.light, layout.dense) if text)


def test_a_caption_takes_its_lines_from_a_picture() -> None:
    """One line and the space above it; a long one as many as it breaks into; none nothing."""
    room = Room(576, 392)
    assert room.without_caption("") == room
    assert room.without_caption("A caption.") == Room(576, 336)
    assert room.without_caption("words " * 30).height < 336 - 64


def test_cover_and_sources_are_not_chosen() -> None:
    """What the deck makes is in the table, and not among the author's words."""
    assert set(LAYOUTS) - set(CHOICES) == {"cover", "closing", "sources"}


def test_the_style_sheet_has_every_property_that_it_reads() -> None:
    """What the table gives, what the sheets set themselves and what is set on an element is all that is asked for."""
    sheets = [layouts.style_sheet(), *((STATIC / name).read_text("utf-8") for name in ("tokens.css", "deck.css"))]
    writers = [path.read_text("utf-8") for kind in ("py", "html", "js") for path in PACKAGE.rglob(f"*.{kind}")]
    known = set(re.findall(r"""(--[\w-]+)(?::|", )""", "".join([*sheets, *writers])))
    assert set(re.findall(r"var\((--[\w-]+)", (STATIC / "deck.css").read_text("utf-8"))) <= known | {"--slide-scale"}


def test_the_style_sheet_repeats_no_number_of_the_table() -> None:
    """The sizes of slide and content stand in the table alone, and so does the width of a layout's text."""
    sheet = (STATIC / "deck.css").read_text("utf-8")
    assert [number for number in (*SLIDE, *CONTENT) if f"{number}px" in sheet] == []
    for name, layout in LAYOUTS.items():
        rules = re.findall(rf'^\.reveal \.slides section\[data-layout="{name}"\] \{{(.*?)^\}}', sheet, re.M | re.S)
        assert f"{layout.text.width}px" not in "".join(rules), name


def test_no_rule_asks_the_whole_deck_what_it_has() -> None:
    """``.reveal`` changes with each slide that reveal.js makes, and ``:has()`` of it styles all slides anew."""
    assert ".reveal:has(" not in (STATIC / "deck.css").read_text("utf-8")
