"""How high the blocks of a slide are, from the fonts and the layout, as the style sheet sets them.

No browser is asked: every length is one of ``slides/layouts.py``, of ``deck.css`` or of the fonts. A block that is not
known here, of another extension, counts for nothing: a slide is never told to be fuller than it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx import addnodes

from paperdeck.deck import fit
from paperdeck.deck.design import find_component, measure_design
from paperdeck.deck.lines import LINE_END, Line, Run, fill_lines, find_pieces, measure_piece
from paperdeck.deck.pictures import height_beside, shape_of
from paperdeck.diagrams.transforms import diagram
from paperdeck.facts.role import fact_node
from paperdeck.maths.boxes import Box, measure_mathml
from paperdeck.maths.mathml import to_mathml
from paperdeck.maths.tex import TexError
from paperdeck.pictures.icons import icon
from paperdeck.pictures.text_width import measure_width
from paperdeck.slides.layouts import BAR, CAPTION, CONTENT, NESTED, Type
from paperdeck.slides.notes import speaker_notes
from paperdeck.slides.space import find_layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TITLE_MARGIN, BLOCK_MARGIN, LIST_MARGIN = 16, 24, 8
"""Between a title and what follows, two blocks, and an item and the list in it, in px, as everything here."""
LEAST_PICTURE = 96
"""The least height of a picture, which takes what the words leave."""
SMALLEST_CHART = 0.8
"""How much smaller than it was drawn a chart may be: its labels of 20 px are 16 px then."""
TABLE, NARROW_TABLE, TABLE_HEAD = Type(26, 32), Type(22, 28), 22
CELL_PADDING, HEAD_PADDING = 23, 14
"""Of a row and of the head of a table, its rule included."""
CELL_PICTURE = 120
"""The greatest height of a picture in a table."""
CODE, CODE_PADDING = Type(22, 36), 52
EQUATION, NEXT_EQUATION, EQUATION_PADDING, AFTER_EQUATION = 192, 128, 32, Type(26, 36, between=32)
"""The least height of an equation, and of one below another; what stands around it; and the text below it."""
SYMBOLS, SYMBOL_LETTER, SYMBOL_WIDTH, SYMBOL_GAP, SYMBOL_MARGIN = Type(26, 36), 24, 416, 16, 40
"""What the letters of an equation mean, two on a line."""
QUOTE, QUOTE_WIDTH, ADMONITION, ADMONITION_TITLE = Type(34, 48), 931, Type(26, 36), 4
FOOTNOTE = Type(22, 32)
RUBRIC, SIDE_PADDING = Type(28, 40, between=20), 23
NARROW_SIDE = 480
"""The width below which a side's labels stand below its numbers."""
STAT, NARROW_STAT, STAT_LABEL, STATS, STAT_WIDTH = Type(64, 64), Type(48, 56), Type(26, 32), (112, 92), 208
STAT_PADDING, LABEL_PADDING, STAT_SPACING = 41, 3, -0.025
"""A side's numbers and their labels; the least height of a pair, of up to three and of more; a number's least width."""
CODE_SIZE, SCRIPT_SIZE, MIDDLE = 0.54, 0.7, 0.375
"""The width of a letter of code, the size of scripts, and how far above its base a line has its middle, in the letter
size."""

_VIEW_BOX = re.compile(r'viewBox="(?:\S+ ){3}(?P<height>[\d.]+)"')

SEMIBOLD = (nodes.strong, nodes.term)
ITALIC = (nodes.emphasis, nodes.title_reference)
CODES = (nodes.literal,)
LISTS = (nodes.bullet_list, nodes.enumerated_list)
TERMS = (nodes.definition_list, nodes.field_list, nodes.option_list, addnodes.desc)
TEXT = (nodes.paragraph, *LISTS, *TERMS, nodes.line_block)
UNSEEN = (nodes.Invisible, nodes.raw, addnodes.index, speaker_notes)


class Cell(NamedTuple):
    """A cell of a table."""

    entry: nodes.entry
    span: range
    """The columns in which it stands."""
    size: int
    line: int
    face: str


BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Heights:
    """The heights of blocks in one place of a slide."""

    width: float
    """Of the place."""
    text: Type
    """How its running text is set."""
    list_width: float
    """Of its lists, where they are narrower."""
    macros: Mapping[str, str] | None = None
    """Of its TeX."""
    spacing: float = 0
    """Between two letters, in the letter size."""
    highest: float = CONTENT.height
    """The greatest height of a picture in its text."""
    folder: Path | None = None
    """Where the files of pictures are looked for; all are large where it is not known."""
    nested: Type = NESTED
    """How a list in a list is set."""

    def narrow(self, width: float, text: Type | None = None) -> Heights:
        """Return the same of a place in it."""
        return replace(self, width=width, list_width=width, text=text or self.text)

    # ---- running text ----

    def find_runs(self, node: nodes.Node, size: float, face: str = "Regular") -> Iterator[Run]:
        """Yield running text by its faces; what is no text is a character as wide as it."""
        if isinstance(node, nodes.Text):
            yield Run(str(node), partial(self.measure_letters, size=size, face=face))
        elif isinstance(node, CODES):
            yield Run(node.astext(), lambda text: len(text) * CODE_SIZE * size)
        elif isinstance(node, nodes.math):
            box = self.measure_equation(node.astext()).resize(size)
            yield Run("\ufffc", lambda _text: box.width, box.above, box.below)
        elif isinstance(node, (nodes.image, icon)):
            wide, high = _find_shape(node, self.width, self.highest)
            yield Run("\ufffc", lambda _text: wide or size, high)
        elif isinstance(node, nodes.raw) and BREAK.fullmatch(node.astext()):
            yield LINE_END
        elif not isinstance(node, UNSEEN):
            smaller = isinstance(node, (nodes.subscript, nodes.superscript, nodes.footnote_reference))
            if isinstance(node, SEMIBOLD):
                face = "SemiBold"
            elif isinstance(node, ITALIC):
                face = "Italic"
            for child in node.children:
                for run in self.find_runs(child, size * SCRIPT_SIZE if smaller else size, face):
                    yield run._replace(text=run.text.replace(" ", "\u00a0")) if _is_number(node) else run

    def measure_letters(self, text: str, size: float, face: str) -> float:
        """Return how wide letters are on one line, at a size."""
        return measure_width(text, size, face) + len(text) * self.spacing * size

    def fill_lines(self, node: nodes.Node, size: float, width: float, face: str = "Regular") -> list[Line]:
        """Return the lines on which running text stands."""
        return fill_lines(self.find_runs(node, size, face), width)

    def count_lines(self, node: nodes.Node, size: float, width: float, face: str = "Regular") -> int:
        """Return on how many lines running text stands."""
        return len(self.fill_lines(node, size, width, face))

    def measure_text(self, node: nodes.Node, text: Type, width: float, face: str = "Regular") -> int:
        """Return how high running text is, with the pictures and the equations in it."""
        if isinstance(node, nodes.paragraph) and "paperdeck-pictures" in node["classes"]:  # which give way
            return text.line
        middle = text.size * MIDDLE
        return round(
            sum(
                max(text.line / 2 + middle, line.above) + max(text.line / 2 - middle, line.below)
                for line in self.fill_lines(node, text.size, width, face)
            )
        )

    # ---- blocks ----

    def measure_blocks(self, blocks: Sequence[nodes.Node]) -> float:
        """Return how high blocks are that stand one below the other."""
        height, before = 0.0, None
        for block in blocks:
            if isinstance(block, UNSEEN) or is_full_bleed(block):
                continue
            if before is not None:
                height += self.find_margin(before, block)
            height += self.measure_block(block, before)
            before = block
        return height

    def find_margin(self, before: nodes.Node, block: nodes.Node) -> int:
        """Return the space between two blocks."""
        if isinstance(block, nodes.footnote):
            return 0 if isinstance(before, nodes.footnote) else TITLE_MARGIN
        if isinstance(before, nodes.math_block) and isinstance(block, nodes.definition_list):
            return SYMBOL_MARGIN
        if isinstance(before, nodes.math_block) and isinstance(block, (*TEXT, nodes.math_block)):
            return AFTER_EQUATION.between if isinstance(block, TEXT) else TITLE_MARGIN
        if isinstance(before, nodes.figure) and isinstance(block, TEXT) and _find_captions(before):
            return TITLE_MARGIN
        return self.text.between if isinstance(before, TEXT) and isinstance(block, TEXT) else BLOCK_MARGIN

    def measure_block(self, block: nodes.Node, before: nodes.Node | None = None) -> float:
        """Return how high one block is; nothing, if it is not known here."""
        if isinstance(block, nodes.paragraph):
            if "paperdeck-pictures" in block["classes"]:
                return self.measure_picture(block)
            text = AFTER_EQUATION if isinstance(before, nodes.math_block) else self.text
            return self.measure_text(block, text, self.width)
        if isinstance(block, LISTS):
            return self.measure_list(block)
        if isinstance(block, nodes.definition_list):
            return self.measure_symbols(block) if isinstance(before, nodes.math_block) else self.measure_terms(block)
        if isinstance(block, (nodes.literal_block, nodes.doctest_block)):
            return self.measure_code(block)
        if isinstance(block, nodes.table):
            return self.measure_table(block)
        if isinstance(block, nodes.math_block):
            return self.measure_formula(block, isinstance(before, nodes.math_block))
        if isinstance(block, (nodes.image, nodes.figure)):
            return self.measure_picture(block) + self.measure_caption(block)
        if isinstance(block, nodes.block_quote):
            return self.narrow(QUOTE_WIDTH, QUOTE).measure_blocks(block.children)
        if isinstance(block, nodes.Element) and find_component(block):
            return measure_design(block, self)
        if isinstance(block, addnodes.productionlist):
            return CODE_PADDING + CODE.line * len(block)
        if isinstance(block, (nodes.field_list, nodes.option_list, addnodes.desc)):
            return self.measure_described(block)
        if isinstance(block, addnodes.versionmodified):  # an admonition too, but without its title
            return self.measure_blocks(block.children)
        if isinstance(block, nodes.Element) and isinstance(block, nodes.Admonition):
            return self.measure_admonition(block)
        if isinstance(block, nodes.container) and "literal-block-wrapper" in block["classes"]:
            return self.measure_caption(block) + sum(
                self.measure_block(part) for part in block if isinstance(part, nodes.literal_block)
            )
        if isinstance(block, nodes.container) and "paperdeck-sides" in block["classes"]:
            return max(
                (
                    self.measure_side(side)
                    for side in block.findall(nodes.container)
                    if "paperdeck-side" in side["classes"]
                ),
                default=0,
            )
        if isinstance(block, nodes.container) and ("paperdeck-panel" in block["classes"] or not block["classes"]):
            return self.measure_blocks(block.children)
        if isinstance(block, nodes.footnote):
            return self.measure_text(block, FOOTNOTE, self.width)
        return self.measure_other(block)

    def measure_other(self, block: nodes.Node) -> float:
        """Return how high a block is at least that slides do not set in a way of their own."""
        if isinstance(block, nodes.line_block):
            return sum(self.measure_text(line, self.text, self.width) for line in block.findall(nodes.line))
        if isinstance(block, (nodes.topic, addnodes.glossary, addnodes.hlistcol)):
            return self.measure_blocks(block.children)
        if isinstance(block, (nodes.container, addnodes.hlist)):  # below one another, beside or even over: who can tell
            return max((self.measure_block(part) for part in block.children), default=0)
        return 0

    def measure_described(self, block: nodes.Element) -> float:
        """Return how high an object is, or a list of fields or options, with what is said of each."""
        inside = replace(self, width=self.width - self.text.indent)
        if isinstance(block, addnodes.desc):
            return sum(
                inside.measure_blocks(part.children)
                if isinstance(part, addnodes.desc_content)
                else self.measure_text(part, self.text, self.width, "SemiBold")
                for part in block.children
            )
        said = (part for item in block.children for part in item.children)
        heights = [
            self.text.line + inside.measure_blocks(part.children)
            for part in said
            if isinstance(part, (nodes.field_body, nodes.description))
        ]
        return sum(heights) + self.text.between * max(0, len(heights) - 1)

    def measure_pictures(self, paragraph: nodes.paragraph) -> float:
        """Return how high the pictures of a paragraph are as they are, none wider than the place."""
        shapes = [_find_shape(part, self.width, self.highest) for part in paragraph.findall(nodes.image)]
        return max((high for _wide, high in shapes), default=0)

    def measure_picture(self, block: nodes.Element) -> float:
        """Return how high a picture is at least, a diagram or chart with labels that can be read."""
        drawn = next(block.findall(lambda part: isinstance(part, nodes.Element) and "svg" in part), None)
        if isinstance(drawn, diagram) and "label_size" not in drawn:
            return LEAST_PICTURE  # that it is too large has been told
        if isinstance(drawn, nodes.Element) and (size := _VIEW_BOX.search(drawn["svg"])):
            return float(size["height"]) * (1 if isinstance(drawn, diagram) else SMALLEST_CHART)
        shapes = [shape_of(picture, self.folder) for picture in block.findall(nodes.image)] if self.folder else []
        return min(LEAST_PICTURE, height_beside(filter(None, shapes)) or LEAST_PICTURE)

    def measure_caption(self, block: nodes.Node) -> float:
        """Return how high the caption of a block is, with the space above it."""
        return sum(TITLE_MARGIN + self.measure_text(part, CAPTION, self.width) for part in _find_captions(block))

    def measure_list(self, block: nodes.Element, depth: int = 0) -> float:
        """Return how high a list is with the lists in it."""
        if any("paperdeck-stat" in item["classes"] for item in block.findall(nodes.list_item)):
            return self.measure_stats(block)
        text = self.text if depth == 0 else self.nested._replace(indent=self.text.indent)
        indent = text.indent + 8 * isinstance(block, nodes.enumerated_list)
        inner = replace(self, width=self.width - indent, list_width=self.list_width - indent, text=text)
        height = 0.0
        for index, item in enumerate(part for part in block if isinstance(part, nodes.list_item)):
            height += text.between if index else 0
            for place, part in enumerate(item):
                if isinstance(part, LISTS):
                    height += LIST_MARGIN + inner.measure_list(part, depth + 1)
                elif isinstance(part, nodes.paragraph):
                    height += (text.between if place else 0) + self.measure_text(part, text, inner.list_width)
                elif not isinstance(part, UNSEEN):
                    height += (BLOCK_MARGIN if place else 0) + inner.measure_block(part)
        return height

    def measure_terms(self, block: nodes.Element) -> float:
        """Return how high a list of terms is."""
        height = 0.0
        for index, item in enumerate(block):
            height += self.text.between if index else 0
            for part in item.children:
                if isinstance(part, nodes.term):
                    height += self.measure_text(part, self.text, self.width, "SemiBold")
                else:
                    inner = replace(self, width=self.width - self.text.indent)
                    height += inner.measure_blocks(part.children)
        return height

    def measure_symbols(self, block: nodes.Element) -> int:
        """Return how high the symbols of an equation are, two pairs on a line."""
        heights = [
            max([self.measure_definition(part), *self.measure_symbol(part)])
            for part in block.findall(nodes.definition_list_item)
        ]
        rows = [max(heights[index : index + 2]) for index in range(0, len(heights), 2)]
        return sum(rows) + SYMBOL_GAP * (len(rows) - 1)

    def measure_definition(self, item: nodes.definition_list_item) -> int:
        """Return how high the words are that explain a letter."""
        return sum(self.measure_text(part, SYMBOLS, SYMBOL_WIDTH) for part in item.findall(nodes.definition))

    def measure_symbol(self, item: nodes.definition_list_item) -> list[int]:
        """Return how high the letters are that a definition explains."""
        letters = [part for term in item.findall(nodes.term) for part in term.findall(nodes.math)]
        return [round(self.measure_equation(letter.astext()).height * SYMBOL_LETTER) for letter in letters]

    def measure_code(self, block: nodes.literal_block | nodes.doctest_block) -> float:
        """Return how high a listing is, its broken lines included."""
        letters = max(1, int((self.width - fit.CODE_PADDING) / fit.CODE_LETTER) - 2 * bool(block.get("broken")))
        lines = block.astext().rstrip("\n").split("\n")
        return CODE_PADDING + CODE.line * sum(max(1, ceil(fit.count_columns(line) / letters)) for line in lines)

    def measure_formula(self, block: nodes.math_block, follows: bool) -> float:
        """Return how high a numbered or plain equation is."""
        size = block.get("size", fit.EQUATION_SIZES[0])
        return max(
            NEXT_EQUATION if follows else EQUATION,
            self.measure_equation(block.astext(), display=True).height * size + EQUATION_PADDING,
        )

    def measure_equation(self, tex: str, *, display: bool = False) -> Box:
        """Return how large an equation is, in its letter size."""
        try:
            return measure_mathml(ET.fromstring(to_mathml(tex, display=display, macros=self.macros)))
        except (TexError, ET.ParseError):  # shown as it is typed
            return Box(0, 0, 0)

    def measure_admonition(self, block: nodes.Element) -> float:
        """Return how high an admonition is."""
        width = min(self.width, self.list_width) - BAR
        inner = self.narrow(width, ADMONITION._replace(between=self.text.between))
        titled = bool(len(block)) and isinstance(block[0], nodes.title)
        title = self.measure_text(block[0], ADMONITION, width, "SemiBold") if titled else ADMONITION.line
        return title + ADMONITION_TITLE + inner.measure_blocks(block.children[int(titled) :])

    def measure_table(self, table: nodes.table) -> float:
        """Return how high a table is, its columns as wide as a browser makes them."""
        narrow = "paperdeck-narrow" in table["classes"]
        text, gap = (NARROW_TABLE, fit.NARROW_GAP) if narrow else (TABLE, fit.TABLE_GAP)
        heads = [isinstance(row.parent, nodes.thead) for row in table.findall(nodes.row)]
        faces = [self.find_face(row, head) for row, head in zip(table.findall(nodes.row), heads, strict=True)]
        rows = [
            [Cell(entry, span, TABLE_HEAD if head else text.size, text.line, face) for entry, span in cells]
            for cells, head, face in zip(fit.place_cells(table), heads, faces, strict=True)
        ]
        count = max((cell.span.stop for row in rows for cell in row), default=0)
        alone = [[cell for row in rows for cell in row if [*cell.span] == [column]] for column in range(count)]
        columns = share_columns(
            [self.measure_column(cells, gap) for cells in alone], self.width - (2 * fit.TABLE_MARGIN - gap)
        )
        height = 0.0
        for row, head in zip(rows, heads, strict=True):
            heights = [
                self.measure_cell(cell, max(sum(columns[column] for column in cell.span) - gap, 1))
                for cell in row
                if not cell.entry.get("morerows")
            ]
            height += max([text.line, *heights]) + (HEAD_PADDING if head else CELL_PADDING)
        titles = [part for part in table if isinstance(part, nodes.title)]
        return height + sum(
            TITLE_MARGIN + self.measure_text(part, Type(CAPTION.size, CAPTION.line), self.width) for part in titles
        )

    def measure_side(self, side: nodes.container) -> float:
        """Return how high one column of a comparison is."""
        width = fit.room_width(side[0], find_layout(side))
        inner = self.narrow(width)
        titled = isinstance(side[0], nodes.rubric)
        title = inner.measure_text(side[0], RUBRIC, width, "SemiBold") + RUBRIC.between if titled else 0
        return SIDE_PADDING + title + inner.measure_blocks(side.children[int(titled) :])

    def measure_stats(self, numbers: nodes.Element) -> float:
        """Return how high a list is that has big numbers, each with its label beside it or below."""
        items = list(numbers.findall(nodes.list_item))
        least = STATS[any("paperdeck-stat" in item["classes"] for item in items[3:4])]
        values = [part for part in numbers.findall(nodes.inline) if "paperdeck-stat-value" in part["classes"]]
        spaced = replace(self, spacing=STAT_SPACING)
        widest = max(spaced.measure_letters(value.astext(), STAT.size, "SemiBold") for value in values)
        narrow = self.width < NARROW_SIDE
        below = narrow or "paperdeck-below" in numbers["classes"]
        room = self.width if below else self.width - max(STAT_WIDTH, widest) - fit.STAT_GAP
        height = 0
        for index, item in enumerate(items):
            value, label = (_find_part(item, f"paperdeck-stat-{name}") for name in ("value", "label"))
            lines = self.count_lines(label, STAT_LABEL.size, room)
            if "paperdeck-stat" not in item["classes"]:
                height += self.text.between * bool(index)
                height += self.measure_text(item, self.text, self.width - self.text.indent)
            elif below:
                stat = NARROW_STAT if narrow else STAT
                height += STAT_PADDING + spaced.measure_text(value, stat, room, "SemiBold") + lines * STAT_LABEL.line
            else:
                height += max(least, STAT.line + 1, lines * STAT_LABEL.line + LABEL_PADDING)
        return height

    def find_face(self, row: nodes.row, head: bool) -> str:
        """Return the face of a row: of our own row, whose first cell is strong, it is heavier."""
        own = bool(len(row)) and any(row[0].findall(nodes.strong))
        return "Medium" if head else "SemiBold" if own else "Regular"

    def measure_cell(self, cell: Cell, width: float) -> float:
        """Return how high what stands in a cell is."""
        inside = replace(self.narrow(width, Type(cell.size, cell.line)), highest=CELL_PICTURE)
        height = 0.0
        for part in cell.entry.children:
            if not isinstance(part, nodes.paragraph):
                height += inside.measure_block(part)
            elif "paperdeck-pictures" in part["classes"]:
                height += inside.measure_pictures(part)
            else:
                height += inside.measure_text(part, inside.text, width, cell.face)
        return height

    def measure_column(self, cells: Sequence[Cell], gap: float) -> tuple[float, float]:
        """Return the least and the greatest width of a column: of its longest piece, and of its longest line."""
        least = greatest = 0.0
        for part, size, face in (
            (part, cell.size, cell.face) for cell in cells for part in cell.entry.findall(nodes.paragraph)
        ):
            runs = list(self.find_runs(part, size, face))
            owners = [run for run in runs for _letter in run.text]
            words = "".join(run.text for run in runs).replace("\n", " ")
            greatest = max(greatest, measure_piece(words, owners))
            least = max([least, *(width for _piece, width, *_ in find_pieces(words, owners))])
        return least + gap, greatest + gap


def share_columns(columns: Sequence[tuple[float, float]], width: float) -> list[float]:
    """Return how wide each column of a table is, from its least and greatest width, as CSS shares a width among them.

    https://www.w3.org/TR/CSS21/tables.html#auto-table-layout; what is left over goes by the greatest widths.
    """
    least, greatest = sum(column[0] for column in columns), sum(column[1] for column in columns)
    if greatest <= width:
        return [column[1] * width / greatest for column in columns] if greatest else [0 for _column in columns]
    if least >= width:
        return [column[0] for column in columns]
    share = (width - least) / (greatest - least)
    return [low + (high - low) * share for low, high in columns]


def _find_part(item: nodes.list_item, name: str) -> nodes.inline:
    """Return the part of an item that has a class; an empty one if none has."""
    return next((part for part in item.findall(nodes.inline) if name in part["classes"]), nodes.inline())


def _find_shape(picture: nodes.Element, width: float, height: float) -> tuple[float, float]:
    """Return how wide and high a picture in running text is, in a place of a size; nothing where it is not known."""
    wide, high = picture.get("shape") or (0, 0)
    scale = min(1, width / wide, height / high) if wide and high else 0
    return wide * scale, high * scale


def _is_number(node: nodes.Node) -> bool:
    """Tell whether a node is a fact that stays on one line with its unit."""
    return isinstance(node, fact_node) and " " not in node["value"]


def is_full_bleed(block: nodes.Node) -> bool:
    """Tell whether a block is a picture that lies behind the slide, from edge to edge."""
    if not isinstance(block, nodes.Element):
        return False
    pictures: list[nodes.Element] = [*block.findall(nodes.figure), *block.findall(nodes.image)]
    return any("full-bleed" in picture["classes"] for picture in pictures)


def _find_captions(block: nodes.Node) -> list[nodes.Node]:
    return [part for part in block.children if isinstance(part, nodes.caption)]
