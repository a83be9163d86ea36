"""How much of its slide a picture may take: what the layout gives it, less its caption and the text above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes

from paperdeck.pictures.text_width import break_lines
from paperdeck.slides.layouts import ABOVE_PICTURE, BAR, CONTENT, GUTTER, LAYOUTS, Layout, Room
from paperdeck.slides.node import content_of, find_slide, kicker_of, layout_of, read_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperdeck.slides.node import slide

TITLE_TIGHTNESS = 1.02
"""How much more of a title stands on a line than its letters alone say."""

LISTS = (nodes.bullet_list, nodes.enumerated_list)
BARRED = (nodes.block_quote, nodes.Admonition)
"""What has a bar beside it."""


def find_caption(picture: nodes.Node) -> str:
    """Return the caption that stands below a picture; empty where none does."""
    return " ".join(part.astext() for part in picture.parent if isinstance(part, nodes.caption))


def measure_chart_room(picture: nodes.Node) -> Room:
    """Return how large a chart on a slide is drawn."""
    layout = find_layout(picture)
    column = find_text_column(picture)
    room = layout.chart if column is None else leave_room(picture, column, layout.text, layout)
    return trim_room(picture, room, layout)


def measure_diagram_room(picture: nodes.Node) -> Room:
    """Return how large a diagram on a slide may be."""
    layout = find_layout(picture)
    column = find_text_column(picture)
    if column is not None:
        room = leave_room(picture, column, layout.text, layout)
    elif layout.text_above:
        holder = find_slide(picture)
        assert holder is not None
        room = leave_room(picture, content_of(holder), layout.diagram, layout)
    else:
        room = layout.diagram
    return trim_room(picture, room, layout)


def leave_room(picture: nodes.Node, blocks: Iterable[nodes.Node], room: Room, layout: Layout) -> Room:
    """Return what blocks leave a picture that stands among them: all of the height where they are not text alone.

    :param room: what the picture has where it is not known how high the others are
    """
    others = [block for block in blocks if picture not in block.findall(type(picture))]
    texts = [block for block in others if isinstance(block, (nodes.paragraph, *LISTS))]
    return Room(room.width, layout.text.height - measure_text(texts, layout)) if texts == others else room


def trim_room(picture: nodes.Node, room: Room, layout: Layout) -> Room:
    """Return a room without what goes to the lists, quotations and notes that a picture stands in, and its caption."""
    bars = count_around(picture, BARRED)
    indent = count_around(picture, LISTS) * layout.body.indent + bars * BAR
    width = min(room.width, layout.text.width) if bars else room.width
    return Room(width - indent, room.height).without_caption(find_caption(picture))


def find_text_column(picture: nodes.Node) -> nodes.Element | None:
    """Return the text of a ``split`` slide in which a picture stands, the first picture being beside it."""
    above = picture.parent
    while above is not None and "paperdeck-text" not in above["classes"]:
        above = above.parent
    return above


def find_layout(node: nodes.Node) -> Layout:
    """Return the layout of the slide that a node stands on; the widest where it stands on none."""
    holder = find_slide(node)
    return measure_layout(holder) if holder else LAYOUTS["figure"]


def measure_layout(holder: slide) -> Layout:
    """Return what a slide has room for, below its title and beside its text."""
    layout = layout_of(holder)
    layout = layout.below_title(count_title_lines(holder, layout), kicker=kicker_of(holder) is not None)
    if holder["layout"] != "split":
        return layout
    if alone := measure_pictures_alone(holder):
        return replace(layout, picture=Room(alone, layout.picture.height))
    width = measure_text_column(holder)
    if not width:
        return layout
    text, picture = Room(width, layout.text.height), Room(CONTENT.width - width - 3 * GUTTER, layout.picture.height)
    return replace(layout, text=text, picture=picture)


def count_title_lines(holder: slide, layout: Layout) -> int:
    """Return on how many lines the title of a slide stands, whose letters are set a little closer than in text."""
    width = layout.title_width * TITLE_TIGHTNESS
    return len(break_lines(read_title(holder), layout.title.size, "SemiBold", limit=width))


def measure_text_column(holder: slide) -> int:
    """Return how wide the text of a ``split`` slide is in px; nothing where its author leaves that to the layout."""
    texts = find_texts(holder)
    shares: tuple[int, ...] = holder["columns"]
    if not shares or True not in texts:
        return 0
    return round((CONTENT.width - GUTTER) * shares[texts.index(True)] / sum(shares))


def measure_pictures_alone(holder: slide) -> int:
    """Return how wide the narrowest picture of a ``split`` slide may be, px, where it has pictures and no text."""
    texts = find_texts(holder)
    if not texts or True in texts:
        return 0
    shares: tuple[int, ...] = holder["columns"] or (1,) * len(texts)
    return round((CONTENT.width - GUTTER * (len(texts) - 1)) * min(shares) / sum(shares)) - 2 * GUTTER


def find_texts(holder: slide) -> list[bool]:
    """Tell of each column of a ``split`` slide whether it is its text."""
    return ["paperdeck-text" in part["classes"] for part in content_of(holder) if isinstance(part, nodes.container)]


def measure_text(blocks: Iterable[nodes.Element], layout: Layout) -> int:
    """Return how high paragraphs and lists are, with the space to a picture below them; none is nothing."""
    height, gap = 0, 0
    for block in blocks:
        for paragraph in block.findall(nodes.paragraph):
            depth = count_lists(paragraph)
            text = layout.nested if depth > 1 else layout.body
            width = layout.text.width - depth * layout.body.indent
            lines = len(break_lines(paragraph.astext(), text.size, "Regular", limit=width))
            height += lines * text.line + gap
            gap = text.between
    return height + ABOVE_PICTURE if height else 0


def count_lists(node: nodes.Node) -> int:
    """Return in how many lists a node stands."""
    return count_around(node, LISTS)


def count_around(node: nodes.Node, kinds: tuple[type, ...]) -> int:
    """Return in how many nodes of some kinds a node stands."""
    depth, above = 0, node.parent
    while above is not None:
        depth += isinstance(above, kinds)
        above = above.parent
    return depth
