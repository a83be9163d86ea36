"""What is too wide for its place on a slide: code breaks with a mark, tables and equations are set smaller."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.maths.boxes import measure_mathml
from paperdeck.maths.mathml import to_mathml
from paperdeck.maths.tex import TexError
from paperdeck.messages import Subtype, warn
from paperdeck.pictures.text_width import measure_width, split_pieces
from paperdeck.slides.layouts import CONTENT, GUTTER
from paperdeck.slides.node import find_slide, slide
from paperdeck.slides.space import count_lists, measure_layout
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.slides.layouts import Layout

CODE_LETTER, CODE_PADDING, CODE_NUMBER_GAP = 13.2, 64, 24
"""The width of a letter of code at 22 px, what stands beside a line, and between its number and it."""

TABLE_TYPE, TABLE_GAP, TABLE_MARGIN = 26, 32, 16
"""How a table is set, in px: its letters, what stands between two columns, and beside the first and the last."""

NARROW_TYPE, NARROW_GAP = 22, 16
"""The same of one whose words are too wide for it."""

WHOLE_WORD = 8
"""A word of a table that has more letters, such as an address, may break."""

STAT_TYPE, STAT_GAP, LABEL_WIDTH = 64, 24, 144
"""The big numbers of a side: their letters, the space to the label beside them, and the least that a label takes."""

EQUATION_SIZES, EQUATION_PADDING, EQUATION_NUMBER = (44, 36, 28, 22), 64, 64
"""The sizes of an equation, what stands beside it, and what its number takes."""
PHONE_EMS = 10
"""How many letter sizes an equation is wide at most to need no smaller type on a phone."""
EQUATION_TOLERANCE = 1.1
"""How much wider than its room an equation may seem before that is told: the measure is rather more than less."""


def room_width(node: nodes.Node, layout: Layout) -> int:
    """Return how wide the place is in which a block stands on its slide, in px."""
    holder = find_slide(node)
    above = node.parent
    while isinstance(above, nodes.Element) and above is not holder:
        part = next((name for name in ("panel", "text", "side") if f"paperdeck-{name}" in above["classes"]), "")
        if part == "panel":
            return layout.picture.width
        if part == "text":
            return layout.text.width
        if part == "side":
            sides = [side for side in above.parent.findall(nodes.container) if "paperdeck-side" in side["classes"]]
            shares = (holder["columns"] if holder else ()) or [1] * len(sides)
            room = CONTENT.width - (GUTTER if len(sides) > 2 else 2 * GUTTER) * (len(sides) - 1)
            return int(room * shares[sides.index(above)] // sum(shares))
        above = above.parent
    return CONTENT.width


def count_columns(line: str) -> int:
    """Return how many letters wide a line of code is; those of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line.expandtabs(4))


def break_code(node: nodes.literal_block, layout: Layout) -> None:
    """Mark a listing that has a line wider than its place, so that its broken lines are told from whole ones."""
    lines = node.astext().split("\n")
    numbers = CODE_LETTER * len(str(len(lines))) + CODE_NUMBER_GAP if node.get("linenos") else 0
    if max(map(count_columns, lines)) * CODE_LETTER > room_width(node, layout) - CODE_PADDING - numbers:
        node["broken"] = True


def wrap_lines(html: str) -> str:
    """Put each line of highlighted code into an element that the style sheet can mark where it goes on.

    An emphasised line has one already; code that is not coloured stays as it is.
    """
    if "</pre>" not in html:
        return html
    opening, code, closing = re.split(r"(?<=<pre>)(?:<span></span>)?|(?=</pre>)", html, maxsplit=2)
    lines = re.findall(r'<span class="hll[^\n]*\n</span>|[^\n]*\n', code)
    wrapped = (
        line if line.startswith('<span class="hll') else f'<span class="paperdeck-line">{line}</span>' for line in lines
    )
    return f"{opening}{''.join(wrapped)}{closing}"


def place_cells(table: nodes.table) -> list[list[tuple[nodes.entry, range]]]:
    """Return the cells of each row of a table with the columns in which each stands."""
    rows: list[list[tuple[nodes.entry, range]]] = []
    reaching: dict[int, int] = {}  # by its column, into how many more rows a cell from above reaches
    for row in table.findall(nodes.row):
        taken, reaching = reaching, {column: more - 1 for column, more in reaching.items() if more > 1}
        cells, column = [], 0
        for entry in (part for part in row if isinstance(part, nodes.entry)):
            while column in taken:
                column += 1
            span = range(column, column + 1 + entry.get("morecols", 0))
            reaching |= dict.fromkeys(span, entry["morerows"]) if entry.get("morerows") else {}
            cells.append((entry, span))
            column = span.stop
        rows.append(cells)
    return rows


def widest_words(table: nodes.table, macros: Mapping[str, str] | None) -> list[list[str | float]]:
    """Return the words of each column, in head and body; a cell that spans several says nothing of any."""
    columns: list[list[str | float]] = []
    for row in place_cells(table):
        for entry, span in row:
            columns += [[] for _ in range(span.stop - len(columns))]
            if len(span) == 1:
                columns[span.start] += read_words(entry, macros)
    return columns


def read_words(entry: nodes.entry, macros: Mapping[str, str] | None) -> list[str | float]:
    """Return the words that a cell shows: of a formula how many letters' heights it is wide, of a picture nothing."""
    shown = entry.deepcopy()
    widths: list[str | float] = []
    for formula in list(shown.findall(nodes.math)):
        with suppress(TexError):  # told where it is drawn
            mathml = to_mathml(formula.astext(), display=False, macros=macros)
            widths.append(measure_mathml(ET.fromstring(mathml)).width)
        formula.replace_self(nodes.Text(" "))
    for picture in list(shown.findall(nodes.image)):
        picture.parent.remove(picture)
    return widths + shown.astext().split()


def table_width(columns: Iterable[list[str | float]], size: int, gap: int) -> float:
    """Return the least width of a table whose words are not broken, in px."""
    widths = [max((measure_word(word, size) for word in words), default=0) + gap for words in columns]
    return sum(widths) - gap + 2 * TABLE_MARGIN


def measure_word(word: str | float, size: int) -> float:
    """Return how wide a word or a formula is, in px."""
    return measure_width(word, size) if isinstance(word, str) else word * size


def narrow_table(table: nodes.table, layout: Layout, macros: Mapping[str, str] | None) -> None:
    """Set a table smaller whose words are too wide for it; failing that, its long words break too.

    Warns ``paperdeck.overfull``: that is not enough, so that every word may break.
    """
    columns, room = widest_words(table, macros), room_width(table, layout)
    if table_width(columns, TABLE_TYPE, TABLE_GAP) <= room:
        return
    table["classes"].append("paperdeck-narrow")
    if table_width(columns, NARROW_TYPE, NARROW_GAP) <= room:
        return
    for entry in table.findall(nodes.entry):
        if any(len(word) > WHOLE_WORD for word in entry.astext().split()):
            entry["classes"].append("paperdeck-broken")
    parts = [[part for word in words for part in break_word(word)] for words in columns]
    least = table_width(parts, NARROW_TYPE, NARROW_GAP)
    if least > room:
        table["classes"].append("paperdeck-broken")
        warn(
            Subtype.OVERFULL,
            "the table is about %d px wide at its narrowest, %d fit, so that its words break; "
            "take columns away, turn it, or let it have the width of the slide",
            round(least),
            room,
            location=table,
        )


def break_word(word: str | float) -> list[str | float]:
    """Return the parts of a word that stay whole; a formula is one."""
    return [piece[:WHOLE_WORD] for piece in split_pieces(word)] if isinstance(word, str) else [word]


def mark_inner_cells(table: nodes.table) -> None:
    """Mark the first cell of each row that stands right of one that reaches down from above."""
    for cells in place_cells(table):
        if cells and cells[0][1].start:
            cells[0][0]["classes"].append("paperdeck-inner")


def place_labels(numbers: nodes.bullet_list, layout: Layout) -> None:
    """Put the labels of a side's numbers below them where the widest leaves them no room beside it."""
    values = [part for part in numbers.findall(nodes.inline) if "paperdeck-stat-value" in part["classes"]]
    widest = max((measure_width(value.astext(), STAT_TYPE, "SemiBold") for value in values), default=0)
    if widest > room_width(numbers, layout) - STAT_GAP - LABEL_WIDTH:
        numbers["classes"].append("paperdeck-below")


def shrink_equation(node: nodes.math_block, layout: Layout, config: Config) -> None:
    """Give an equation the largest size at which it stands in its place."""
    try:
        mathml = to_mathml(node.astext(), display=True, macros=config.tex_macros)
    except TexError:  # told where it is drawn
        return
    width = measure_mathml(ET.fromstring(mathml)).width
    room = room_width(node, layout) - EQUATION_PADDING - (EQUATION_NUMBER if node.get("number") else 0)
    size = next((size for size in EQUATION_SIZES if width * size <= room), EQUATION_SIZES[-1])
    node["size"] = size
    styles = [f"--equation: {size}px"] if size < EQUATION_SIZES[0] else []
    if width > PHONE_EMS:
        styles.append(f"--ems: {width:.1f}")
    if styles:
        node["style"] = "; ".join(styles)
    if width * size > room * EQUATION_TOLERANCE:
        warn(
            Subtype.OVERFULL,
            "the equation is about %d px wide at its smallest, %d fit; break it into lines with `\\\\` in {aligned}",
            round(width * size),
            room,
            location=node,
        )


def check_inline_equation(node: nodes.math, layout: Layout, config: Config) -> None:
    """Tell of an equation in a line of text that is wider than its place, in which no browser breaks it."""
    try:
        mathml = to_mathml(node.astext(), display=False, macros=config.tex_macros)
    except TexError:  # told where it is drawn
        return
    size = layout.nested.size if count_lists(node) > 1 else (layout.dense or layout.body).size
    width, room = measure_mathml(ET.fromstring(mathml)).width * size, room_width(node, layout)
    if width > room * EQUATION_TOLERANCE:
        warn(
            Subtype.OVERFULL,
            "the equation in the text is about %d px wide, %d fit, and no line ends in it; "
            "write it between `$$`, which sets it smaller, or in two",
            round(width),
            room,
            location=node,
        )


class ContentThatFits(SphinxPostTransform):
    """Code, tables, numbers and equations that know whether they are too wide for their place."""

    builders = DECK_BUILDERS
    default_priority = 940  # after SlidesAlone (900), which takes out what is not shown

    def run(self, **kwargs: object) -> None:
        """Look at each block of each slide."""
        config = Config.of(self.config)
        for holder in find_all(self.document, slide):
            layout = measure_layout(holder)
            for node in holder.findall(nodes.Element):
                if isinstance(node, nodes.literal_block):
                    break_code(node, layout)
                elif isinstance(node, nodes.table):
                    narrow_table(node, layout, config.tex_macros)
                    mark_inner_cells(node)
                elif isinstance(node, nodes.bullet_list):
                    place_labels(node, layout)
                elif isinstance(node, nodes.math_block) and config.maths:
                    shrink_equation(node, layout, config)
                elif isinstance(node, nodes.math) and config.maths:
                    check_inline_equation(node, layout, config)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(ContentThatFits)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
