"""What stands on a slide under its title, and the parts in which its layout places it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinxcontrib.mermaid import mermaid

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSEEN = re.compile(r"(?:\s*(?:<!--.*?-->|<br\s*/?>))*\s*", re.DOTALL | re.IGNORECASE)
"""HTML in which nothing is seen."""
HOLLOW = (
    *(nodes.paragraph, nodes.inline, nodes.literal, nodes.strong, nodes.emphasis, nodes.entry),
    *(nodes.row, nodes.list_item, nodes.bullet_list, nodes.enumerated_list, nodes.block_quote, nodes.Invisible),
)
"""Nodes that are nothing without what stands in them."""


class slide_content(nodes.container):  # noqa: N801
    """What the slide shows under its title."""


def is_picture(node: nodes.Node) -> bool:
    """Tell whether a block is something to look at: a diagram, figure, image, table, code or equation."""
    if isinstance(node, nodes.paragraph) and len(node) == 1:
        node = node[0]
    pictures = (mermaid, nodes.figure, nodes.image, nodes.table, nodes.literal_block, nodes.math_block)
    if isinstance(node, nodes.container) and "literal-block-wrapper" in node["classes"]:
        return True
    return isinstance(node, pictures) or getattr(node, "tagname", "") == "chart"


def is_text(block: nodes.Node) -> bool:
    """Tell whether a block is words alone, without a picture or anything that is not known in it."""
    said = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.block_quote, nodes.definition_list)
    if not is_seen(block):
        return True
    return isinstance(block, said) and not any(
        is_picture(part) or isinstance(part, nodes.raw) for part in block.findall()
    )


def is_diagram(node: nodes.Node) -> bool:
    """Tell whether a block is a mermaid diagram, with or without a caption."""
    return isinstance(node, mermaid) or (isinstance(node, nodes.figure) and isinstance(node[0], mermaid))


def is_side(node: nodes.Node) -> bool:
    """Tell whether a block is one column of a comparison."""
    return isinstance(node, nodes.container) and "paperdeck-side" in node["classes"]


def arrange(layout: str, content: slide_content) -> None:
    """Give the content the parts that its layout places.

    ``split``: what is said in a ``text``, the first picture in a ``panel``, in the order in which they are written.
    ``figure``: a diagram in a ``panel``. ``compare``: the columns in ``sides``.
    """
    if layout == "split":
        arrange_split(content)
    elif layout == "figure":
        for picture in filter(is_diagram, list(content)):
            enclose(content, "panel", [picture])
    elif layout == "compare" and (sides := list(filter(is_side, content))):
        enclose(content, "sides", sides)


def arrange_split(content: slide_content) -> None:
    """Part text and picture; without text, every picture has a panel of its own."""
    pictures = list(filter(is_picture, content))
    said = [block for block in content if is_seen(block) and block not in pictures]
    if not said:
        for picture in pictures:
            enclose(content, "panel", [picture])
        return
    picture_first = bool(pictures) and content.index(pictures[0]) < content.index(said[0])
    panel = wrap("panel", take_out(content, pictures[:1]))
    text = wrap("text", take_out(content, list(content)))
    parts = (panel, text) if picture_first else (text, panel)
    content.extend(part for part in parts if part.children)


def is_seen(block: nodes.Node) -> bool:
    """Tell whether the audience sees anything of a block."""
    if isinstance(block, nodes.raw):
        return _is_visible(block)
    return not isinstance(block, nodes.Invisible) and getattr(block, "tagname", "") != "speaker_notes"


def shows_anything(found: Iterable[nodes.Node]) -> bool:
    """Tell whether anything is to be seen of nodes: letters, a picture, or what is yet to become something."""
    return any(_is_visible(part) for node in found for part in node.findall())


def _is_visible(part: nodes.Node) -> bool:
    if isinstance(part, nodes.Text):
        return bool(part.strip()) and not isinstance(part.parent, (nodes.raw, nodes.Invisible))
    if isinstance(part, nodes.raw):
        return not UNSEEN.fullmatch(part.astext())
    return not part.children and (isinstance(part, nodes.pending) or not isinstance(part, HOLLOW))


def enclose(content: nodes.Element, part: str, blocks: list[nodes.Node]) -> None:
    """Put blocks, each with its labels, into a part of the layout, at the place of the first."""
    place = content.index([*labels_of(blocks[0]), blocks[0]][0])
    content.insert(place, wrap(part, take_out(content, blocks)))


def wrap(part: str, blocks: list[nodes.Node]) -> nodes.container:
    """Return a part of a layout."""
    return nodes.container("", *blocks, classes=[f"paperdeck-{part}"])


def take_out(content: nodes.Element, blocks: list[nodes.Node]) -> list[nodes.Node]:
    """Take blocks out of the content, each with its labels, and return all that was taken."""
    taken = list(dict.fromkeys(node for block in blocks for node in (*labels_of(block), block)))
    for node in taken:
        content.remove(node)
    return taken


def labels_of(block: nodes.Node) -> list[nodes.Node]:
    """Return the labels directly above a block, which are its own wherever it goes."""
    above = block.parent.children[: block.parent.index(block)]
    labels: list[nodes.Node] = []
    while above and isinstance(above[-1], nodes.target):
        labels.insert(0, above.pop())
    return labels


def split_stat(item: nodes.list_item) -> None:
    """Part a list item that begins with bold or a fact into a big value and its label."""
    line = item[0] if len(item) else None
    if not isinstance(line, nodes.paragraph):
        return
    # MyST puts an empty text before what is strong
    parts = [part for part in line if part.astext() or not isinstance(part, nodes.Text)]
    if parts and getattr(parts[0], "tagname", "") in ("strong", "fact_node"):
        value, *label = parts
        line.children = []
        line += nodes.inline("", "", value, classes=["paperdeck-stat-value"])
        line += nodes.inline("", "", *label, classes=["paperdeck-stat-label"])
        item["classes"].append("paperdeck-stat")
