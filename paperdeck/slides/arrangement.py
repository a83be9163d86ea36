"""What stands on a slide under its title, and the parts in which its layout places it."""

from __future__ import annotations

from docutils import nodes
from sphinxcontrib.mermaid import mermaid


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


def is_diagram(node: nodes.Node) -> bool:
    """Tell whether a block is a mermaid diagram, with or without a caption."""
    return isinstance(node, mermaid) or (isinstance(node, nodes.figure) and isinstance(node[0], mermaid))


def arrange(layout: str, content: slide_content) -> None:
    """Give the content the parts that its layout places.

    ``split``: what is said in a ``text``, the first picture in a ``panel``. ``figure``: a diagram in a ``panel``.
    """
    if layout == "split":
        picture = next(filter(is_picture, content), None)
        text = nodes.container("", *(child for child in content if child is not picture), classes=["paperdeck-text"])
        panel = [] if picture is None else [nodes.container("", picture, classes=["paperdeck-panel"])]
        content.children = []
        content.extend([text, *panel])
    elif layout == "figure":
        for child in filter(is_diagram, list(content)):
            content[content.index(child)] = nodes.container("", child, classes=["paperdeck-panel"])


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
