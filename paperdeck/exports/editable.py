"""A deck as a presentation that can be changed: words, tables and charts are PowerPoint's own, the rest pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from paperdeck.exports.palette import paint, write_theme
from paperdeck.exports.placed import Box, Look, Panel, Picture, Plot, Table, Words
from paperdeck.exports.plots import add_plot
from paperdeck.slides.layouts import SLIDE
from paperdeck.upstream import (
    add_drawing,
    bring_to_front,
    describe_shape,
    link_to_slide,
    send_to_back,
    set_bullet,
    set_letters,
    set_rule,
    set_table_style,
    theme_part,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperdeck.exports.pages import Page
    from paperdeck.exports.placed import Cell, Item, Paragraph, PlacedSlide, Run
    from paperdeck.exports.printing import Slide

WIDTH, HEIGHT = 12192000, 6858000
"""A slide of 16:9 as PowerPoint makes it, in its own units."""
PX = WIDTH // SLIDE.width
"""A px of a slide."""
TITLE_AND_CONTENT, TITLE_ONLY = 1, 5
"""Layouts of python-pptx's template."""
SLACK = 0.08
"""By which share wider than in the deck a text may be that has one line there: faces differ."""

Describe = Callable[[str], str]


class EditableDeck:
    """A presentation while it is written."""

    def __init__(self, deck: Page, look: Look, describe: Describe) -> None:
        from pptx import Presentation

        self.look, self.describe = look, describe
        made: Any = Presentation()
        self.made = made
        self.slides: dict[str, Any] = {}
        self.links: list[tuple[Any, str]] = []
        """Words that lead to other slides, which may not be there yet."""
        properties = made.core_properties
        properties.title, properties.author, properties.language = deck.title, deck.author, deck.language
        made.slide_width, made.slide_height = WIDTH, HEIGHT
        theme = theme_part(made)
        theme.blob = write_theme(theme.blob, look)
        for holder in (made.slide_master, *made.slide_layouts):  # they are those of 4:3
            for frame in holder.placeholders:
                frame.left, frame.width = frame.left * 4 // 3, frame.width * 4 // 3

    def add(self, told: Slide, placed: PlacedSlide) -> None:
        """Add a slide: its first text stands in the frame that outlines and readers look into."""
        texts = [item for item in placed.items if isinstance(item, Words) and item.kind == "text"]
        body = max(texts, key=lambda item: item.box.width * item.box.height) if texts else None
        layout = self.made.slide_layouts[TITLE_AND_CONTENT if body else TITLE_ONLY]
        made = self.made.slides.add_slide(layout)
        self.slides[placed.id] = made
        title = next((item for item in placed.items if isinstance(item, Words) and item.kind == "title"), None)
        if placed.ground:
            made.background.fill.solid()
            paint(made.background.fill.fore_color, placed.ground, self.look)
        behind = []
        for item in placed.items:
            shape = self.add_item(made, item, body)
            if isinstance(item, Picture) and is_wide(item.box):
                behind.append(shape)
        if placed.picture:
            behind.insert(0, made.shapes.add_picture(io.BytesIO(placed.picture), 0, 0, WIDTH, HEIGHT))
            describe_shape(behind[0], "")
        for shape in reversed(behind):
            send_to_back(shape)
        if title is None:
            made.shapes.title.text = told.title or told.id
            set_place(made.shapes.title, Box(0, -60, SLIDE.width, 48))  # beside the slide: heard, not seen
        if told.note:
            made.notes_slide.notes_text_frame.text = "\n".join(told.note)

    def add_item(self, made: Any, item: Item, body: Words | None) -> Any:
        """Add what stands on a slide; return its shape."""
        shapes = made.shapes
        match item:
            case Words():
                if item.kind == "title" or item is body:
                    shape = shapes.title if item.kind == "title" else made.placeholders[1]
                    bring_to_front(shape)  # it is there already, behind what stands before it
                else:
                    shape = shapes.add_textbox(0, 0, 0, 0)
                set_place(shape, widen(item) if is_line(item) else item.box)
                self.write(shape.text_frame, item)
            case Table():
                shape = self.add_table(shapes, item)
            case Plot():
                shape = add_plot(shapes, item.chart, to_place(item.box), to_size(item.size))
                describe_shape(shape, self.describe(item.words))
            case Panel():
                shape = self.add_panel(shapes, item)
            case Picture():
                shape = shapes.add_picture(io.BytesIO(item.png), *to_place(item.box))
                describe_shape(shape, self.describe(item.words))
                if item.svg:
                    add_drawing(shape, item.svg.encode())
        return shape

    def write(self, frame: Any, words: Words) -> None:
        """Write a text into its frame."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

        frame.word_wrap, frame.auto_size, frame.vertical_anchor = words.wraps, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, told in enumerate(words.paragraphs):
            paragraph = frame.add_paragraph() if place else frame.paragraphs[0]
            paragraph.level = min(told.level, 8)
            paragraph.line_spacing, paragraph.space_before = to_size(told.line), to_size(told.before)
            paragraph.space_after = 0
            bullet = {"dash": "–", "number": "1."}.get(told.bullet, "")
            set_bullet(paragraph, bullet, told.colour, to_emu(told.indent), to_emu(told.hang), rtl=told.rtl)
            self.write_runs(paragraph, told)

    def write_runs(self, paragraph: Any, told: Paragraph | Cell) -> None:
        """Write the words of a paragraph."""
        from pptx.enum.text import PP_ALIGN

        paragraph.alignment = getattr(PP_ALIGN, told.align.upper())
        for run in told.runs:
            if run.text == "\n":
                paragraph.add_line_break()
            else:
                self.write_run(paragraph.add_run(), run)

    def write_run(self, made: Any, run: Run) -> None:
        """Write words that look alike."""
        made.text = run.text
        font = made.font
        font.bold, font.italic = run.bold, run.italic
        if run.size:
            font.size = to_size(run.size)
        if run.mono:
            font.name = self.look.mono
        set_letters(made, to_emu(run.spacing), {"sub": -25, "sup": 30}.get(run.level, 0))
        if run.address.startswith("#"):
            self.links.append((made, run.address[1:]))
        elif run.address:
            made.hyperlink.address = run.address
        if run.colour:
            paint(font.color, run.colour, self.look)

    def add_table(self, shapes: Any, table: Table) -> Any:
        """Add a table; return its shape."""
        from pptx.enum.text import MSO_ANCHOR

        shape = shapes.add_table(len(table.heights), len(table.widths), *to_place(table.box))
        made = shape.table
        made.first_row, made.horz_banding = table.head, False
        set_table_style(shape)
        for column, width in zip(made.columns, table.widths, strict=True):
            column.width = to_emu(width)
        for row, height in zip(made.rows, table.heights, strict=True):
            row.height = to_emu(height)
        for cell in table.cells:
            frame = made.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                frame.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            frame.margin_left, frame.margin_right = to_emu(cell.before), to_emu(cell.after)
            frame.margin_top = frame.margin_bottom = 0
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            if cell.fill:
                frame.fill.solid()
                paint(frame.fill.fore_color, cell.fill, self.look)
            if cell.rule:
                set_rule(frame, cell.rule, to_emu(cell.thick))
            self.write_runs(frame.text_frame.paragraphs[0], cell)
        return shape

    def add_panel(self, shapes: Any, panel: Panel) -> Any:
        """Add a tinted rectangle; return its shape."""
        from pptx.enum.shapes import MSO_SHAPE

        kind = MSO_SHAPE.ROUNDED_RECTANGLE if panel.radius else MSO_SHAPE.RECTANGLE
        shape = shapes.add_shape(kind, *to_place(panel.box))
        if panel.radius:
            shape.adjustments[0] = min(0.5, panel.radius / min(panel.box.width, panel.box.height))
        shape.fill.solid()
        paint(shape.fill.fore_color, panel.fill, self.look)
        shape.line.fill.background()
        shape.shadow.inherit = False
        return shape

    def save(self) -> bytes:
        """Return the presentation, its links leading to its slides."""
        for run, name in self.links:
            if name in self.slides:
                link_to_slide(run, self.slides[name])
        file = io.BytesIO()
        self.made.save(file)
        return file.getvalue()


def write_editable(
    deck: Page, look: Look, slides: Sequence[Slide], placed: Sequence[PlacedSlide], describe: Describe
) -> bytes:
    """Return a presentation.

    :param describe: what shortens the words of a picture
    """
    made = EditableDeck(deck, look, describe)
    for told, found in zip(slides, placed, strict=True):
        made.add(told, found)
    return made.save()


def to_emu(px: float) -> Any:
    """Return a length as python-pptx takes it."""
    from pptx.util import Emu

    return Emu(round(px * PX))


def to_size(px: float) -> Any:
    """Return the size of type as python-pptx takes it, in half points."""
    from pptx.util import Pt

    return Pt(round(px * PX / Pt(0.5)) / 2)


def to_place(box: Box) -> tuple[Any, Any, Any, Any]:
    """Return left, top, width and height in PowerPoint's units."""
    return to_emu(box.x), to_emu(box.y), to_emu(box.width), to_emu(box.height)


def set_place(shape: Any, box: Box) -> None:
    """Put a shape where a box is."""
    shape.left, shape.top, shape.width, shape.height = to_place(box)


def is_line(words: Words) -> bool:
    """Tell whether a text has one line in the deck."""
    return len(words.paragraphs) == 1 and words.box.height < 1.5 * words.paragraphs[0].line


def widen(words: Words) -> Box:
    """Return the box of one line with room for wider letters on the side where it ends, as far as the slide goes."""
    box, align = words.box, words.paragraphs[0].align
    slack = SLACK * box.width
    left = {"center": slack / 2, "right": slack}.get(align, 0)
    x = max(0, box.x - left)
    return box._replace(x=x, width=min(box.width + slack, SLIDE.width - x))


def is_wide(box: Box) -> bool:
    """Tell whether a box covers half the slide, so that it is a ground for what stands on it."""
    return box.width * box.height > SLIDE.width * SLIDE.height / 2
