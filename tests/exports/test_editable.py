"""What stands on a slide is PowerPoint's own: read again as PowerPoint reads it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR

from paperdeck.charts.native import NativeChart, Point, Series
from paperdeck.exports.editable import WIDTH, write_editable
from paperdeck.exports.pages import Page
from paperdeck.exports.palette import SLOTS
from paperdeck.exports.placed import (
    Box,
    Cell,
    Item,
    Look,
    Panel,
    Paragraph,
    Picture,
    PlacedSlide,
    Plot,
    Run,
    Table,
    Words,
)
from paperdeck.exports.printing import Slide
from tests.sites import draw_png

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")
DECK = Page(Path("talk.html"), Path(), True, "Experts", "A. Person", "en")
LOOK = Look({token: f"{place:06X}" for place, token in enumerate(SLOTS, 1)}, "Plex", "Plex Mono")
BOX = Box(80, 48, 1120, 48)


def write(*items: Item, **more: Any) -> Any:
    """Return the one slide of a deck, read again."""
    slide = Slide("point", "A point", "1", False, False, "", ("Said.", "• Again."))
    placed = PlacedSlide("point", items, **more)
    data = write_editable(DECK, LOOK, [slide], [placed], str)
    return Presentation(io.BytesIO(data)).slides[0]


def say(*paragraphs: Paragraph, kind: str = "text") -> Words:
    """Return a text."""
    return Words(BOX, paragraphs, kind)


def test_the_title_is_the_title_at_its_place() -> None:
    """And the note is the note."""
    slide = write(say(Paragraph((Run("A "), Run("point", bold=True, size=40))), kind="title"))
    title = slide.shapes.title
    assert (title.text_frame.text, title.left, title.top) == ("A point", 80 * 9525, 48 * 9525)
    assert title.text_frame.paragraphs[0].runs[1].font.size.pt == 30
    assert slide.notes_slide.notes_text_frame.text == "Said.\n• Again."


def test_one_line_has_room_for_wider_letters() -> None:
    """Where it ends, and no further than the slide; what has more lines breaks them by itself."""

    def place(box: Box, align: str = "left", line: float = 48) -> tuple[int, int]:
        shape = write(Words(box, (Paragraph((Run("a"),), align=align, line=line),))).placeholders[1]
        return shape.left // 9525, (shape.left + shape.width) // 9525

    assert place(Box(100, 0, 500, 48)) == (100, 640)
    assert place(Box(100, 0, 500, 48), "right") == (60, 600)
    assert place(Box(100, 0, 1150, 48)) == (100, 1280)
    assert place(Box(100, 0, 500, 96)) == (100, 600)


def test_a_slide_without_a_title_has_one_to_be_heard() -> None:
    """Outside what is shown."""
    title = write().shapes.title
    assert title.text_frame.text == "A point"
    assert title.top + title.height < 0


def test_lists_keep_levels_bullets_and_looks() -> None:
    """In the frame of the layout, so that outlines show them."""
    runs = (
        Run("bold", bold=True),
        Run("stressed", italic=True),
        Run("code", mono=True),
        Run("2", level="sup"),
        Run("\n"),
        Run("there", address="https://example.org/", colour=LOOK.colours["link"]),
    )
    inner = Paragraph((Run("inner"),), bullet="number", level=1, hang=20, indent=60, colour="C2410C")
    slide = write(say(Paragraph(runs, bullet="dash", hang=32, indent=32, line=40), inner))
    body = slide.placeholders[1]
    first, second = body.text_frame.paragraphs
    assert [(run.font.bold, run.font.italic, run.font.name) for run in first.runs[:3]] == [
        (True, False, None),
        (False, True, None),
        (False, False, "Plex Mono"),
    ]
    assert first.runs[3]._r.rPr.get("baseline") == "30000"
    assert first.text == "boldstressedcode2\vthere"
    assert first.runs[4].hyperlink.address == "https://example.org/"
    assert first.runs[4].font.color.theme_color == MSO_THEME_COLOR.HYPERLINK
    assert (first.level, second.level) == (0, 1)
    assert 'buChar char="–"' in etree.tostring(first._p, encoding="unicode")
    assert "buAutoNum" in etree.tostring(second._p, encoding="unicode")
    assert second._p.pPr.get("marL") == str(60 * 9525)


def test_a_table_is_a_table() -> None:
    """Its cells, one over two columns, their sides and grounds."""
    cells = (
        Cell(0, 0, (Run("name"),), columns=2, rule="12305F", thick=2),
        Cell(1, 0, (Run("ours", bold=True),), fill=LOOK.colours["surface"]),
        Cell(1, 1, (Run("54.1"),), align="right"),
    )
    slide = write(Table(BOX, (700, 420), (24, 24), cells, True))
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert table.first_row
    assert table.cell(0, 0).is_merge_origin
    assert [table.cell(row, column).text for row, column in ((0, 0), (1, 0), (1, 1))] == ["name", "ours", "54.1"]
    assert table.cell(1, 0).fill.fore_color.theme_color == MSO_THEME_COLOR.BACKGROUND_2
    assert [column.width for column in table.columns] == [700 * 9525, 420 * 9525]


def test_a_chart_is_a_chart_with_words() -> None:
    """Its numbers, and what it is called."""
    chart = NativeChart("bar", (Series("MMLU", "accent", (Point("ours", 0, 54.1, "54.1", "accent"),)),), ("ours",))
    shape = next(shape for shape in write(Plot(BOX, chart, "One bar", 20)).shapes if shape.has_chart)
    assert tuple(shape.chart.plots[0].series[0].values) == (54.1,)
    assert shape._element._nvXxPr.cNvPr.get("descr") == "One bar"


def test_a_picture_is_shown_and_drawn() -> None:
    """As PNG, with the drawing for those that can show it."""
    slide = write(Picture(BOX, "A gate", draw_png(4, 4), "<svg xmlns='http://www.w3.org/2000/svg'/>"))
    shape = slide.shapes[-1]
    assert shape._element._nvXxPr.cNvPr.get("descr") == "A gate"
    drawing = shape._element.find(".//{*}svgBlip")
    key = next(value for name, value in drawing.attrib.items() if name.endswith("embed"))
    part = slide.part.related_part(key)
    assert (part.content_type, part.blob[:4]) == ("image/svg+xml", b"<svg")


def test_what_covers_the_slide_lies_behind_it() -> None:
    """A picture from edge to edge, and the ground behind that; a panel stands before what was before it."""
    wide = Picture(Box(0, 0, 1280, 700), "Hills", draw_png(4, 4))
    title = say(Paragraph((Run("A point"),)), kind="title")
    panel = Panel(Box(60, 40, 300, 60), "FFFFFF", 8)
    slide = write(panel, title, wide, ground="0000FF", picture=draw_png(2, 2))
    kinds = ["picture" if shape.shape_type == 13 else shape.name.split()[0] for shape in slide.shapes]
    assert kinds == ["picture", "picture", "Rounded", "Title"]
    assert str(slide.background.fill.fore_color.rgb) == "0000FF"


def test_links_lead_to_slides() -> None:
    """Also to one that comes later."""
    told = [Slide(name, name, "", False, False, "", ()) for name in ("one", "two")]
    first = PlacedSlide("one", (say(Paragraph((Run("go", address="#two"), Run("nowhere", address="#gone")))),))
    data = write_editable(DECK, LOOK, told, [first, PlacedSlide("two", ())], str)
    one, two = Presentation(io.BytesIO(data)).slides
    link = one._element.find(".//{*}hlinkClick")
    assert link.get("action") == "ppaction://hlinksldjump"
    key = next(value for name, value in link.attrib.items() if name.endswith("}id"))
    assert one.part.related_part(key) is two.part


def test_the_theme_has_the_colours_and_faces_of_the_deck() -> None:
    """And the frames of its layouts are as wide as its slides."""
    data = write_editable(DECK, LOOK, [], [], str)
    presentation = Presentation(io.BytesIO(data))
    theme = next(rel.target_part.blob for rel in presentation.slide_master.part.rels.values() if "theme" in rel.reltype)
    assert b'<a:accent1><a:srgbClr val="000005"/>' in theme
    assert theme.count(b'<a:latin typeface="Plex"') == 2
    frames = [frame for layout in presentation.slide_layouts for frame in layout.placeholders]
    assert max(frame.left + frame.width for frame in frames) > 0.9 * WIDTH
