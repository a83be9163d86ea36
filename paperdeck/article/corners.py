"""Tables that can be heard: a cell without a word is no heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.site.decks import decks
from paperdeck.site.parts import is_ours
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of, open_data_cell

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator


class corner(nodes.entry):  # noqa: N801 (visitors are found by this name)
    """An empty cell in the head of a table, such as the one above the names of its rows."""


class CornersNoHeads(SphinxPostTransform):
    """Empty cells in the heads of tables, told apart: as headings they would be read aloud as nothing."""

    formats = ("html",)
    default_priority = 890  # before the deck's tree is made (900)

    def run(self, **kwargs: Any) -> None:
        """Mark them, but on a deck that is sphinx-revealjs's own and on a page that uses nothing of ours."""
        if not is_ours(self.env, self.env.docname):
            return
        if builder_of(self.env).name in DECK_BUILDERS and self.env.docname not in decks(self.env):
            return
        for head in find_all(self.document, nodes.thead):
            for cell in list(head.findall(nodes.entry)):
                if not cell.astext().strip() and not any(cell.findall(nodes.image)):
                    cell.replace_self(corner("", *cell.children, **cell.attributes))


def visit_corner_html(self: HTML5Translator, node: corner) -> None:
    """Open the cell as docutils does, as ``td``."""
    open_data_cell(self, node)


def depart_corner_html(self: HTML5Translator, node: corner) -> None:
    """Close it."""
    self.depart_entry(node)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node and the transform."""
    app.add_node(corner, html=(visit_corner_html, depart_corner_html))
    app.add_post_transform(CornersNoHeads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
