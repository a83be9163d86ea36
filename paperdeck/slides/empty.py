"""What is empty and would leave an empty box: told where it stands, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from paperdeck.messages import Subtype, warn
from paperdeck.slides.arrangement import shows_anything
from paperdeck.slides.markup import is_ours
from paperdeck.slides.node import slide_title
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

BLOCKS: dict[type[nodes.Element], str] = {
    nodes.math_block: "an equation has nothing in it; write its TeX between the “$$”",
    nodes.literal_block: "a block of code has nothing in it; write its lines",
    nodes.list_item: "an item has nothing in it; write its words behind its mark",
    nodes.table: "a table has nothing in its cells; write a row below its head",
    nodes.reference: "a link has no words, and nobody sees it; write [words](address)",
}
"""What is taken out where it is empty, and what to write instead."""
TITLES: dict[type[nodes.Element], str] = {
    nodes.title: "a heading has no words; write them behind its “#”",
    slide_title: "a slide has no title to be seen; write what it shows behind its name: {slide} Two experts a token",
    nodes.footnote: "a footnote has nothing in it; write its words behind its mark",
}
"""What stays where it is empty, for others count on it."""


class NothingEmpty(SphinxTransform):
    """A document with slides, or about a paper, in which no block is an empty box.

    Warns ``paperdeck.markup``: an equation, code, an item, the cells of a table, a link, a title or a footnote that is
    empty.
    """

    default_priority = 739  # before what is foreign (740), and before blocks are counted, measured or spoken

    def apply(self, **kwargs: Any) -> None:
        """Look at each."""
        if not is_ours(self.document, self.env):
            return
        for kind, message in (BLOCKS | TITLES).items():
            for node in find_all(self.document, kind):
                if is_authors(node) and not shows_anything(body_of(node)):
                    left_out = "" if kind in TITLES else ", or take it away"
                    warn(Subtype.MARKUP, "%s%s", message, left_out, location=node)
                    if node.get("label"):
                        node["told"] = True  # others refer to it, so that it stays; who draws it has nothing to add
                    elif kind in BLOCKS:
                        take_out(node)


def is_authors(node: nodes.Element) -> bool:
    """Tell whether an author wrote what a node shows: no message, no text that is taken from what a link leads to."""
    if isinstance(node, nodes.reference):
        return "://" in node.get("refuri", "")
    if isinstance(node, nodes.title):
        return isinstance(node.parent, nodes.section)
    if isinstance(node, nodes.table):
        return node.next_node(nodes.tbody) is not None and not {"facts", "compare"}.intersection(node["classes"])
    return not isinstance(node.parent, nodes.system_message)


def body_of(node: nodes.Element) -> list[nodes.Node]:
    """Return what of an element has to say something."""
    if isinstance(node, nodes.table):
        return [row for body in node.findall(nodes.tbody) for row in body]
    return [child for child in node if not isinstance(child, nodes.label)]


def take_out(node: nodes.Element) -> None:
    """Remove a node, and the list that it was the last item of."""
    above = node.parent
    above.remove(node)
    if isinstance(node, nodes.list_item) and not above.children:
        above.parent.remove(above)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(NothingEmpty)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
