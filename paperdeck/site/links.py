"""Links on pages of ours: none stands in another, which HTML does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.site.parts import is_ours
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LINKS = (nodes.reference, nodes.footnote_reference, nodes.problematic)
"""What becomes a link; of a problem, to its message."""


class LinksApart(SphinxPostTransform):
    """Links beside each other alone: one within another is its words, the mark of a footnote stands behind."""

    formats = ("html",)
    default_priority = 20  # after references were resolved (10)

    def run(self, **kwargs: Any) -> None:
        """Look at what becomes a link, the innermost first."""
        if not is_ours(self.env, self.env.docname):
            return
        for inner in reversed(find_all(self.document, LINKS)):
            outer = find_outer_link(inner)
            if outer is None:
                continue
            place = inner.parent.index(inner)
            if isinstance(inner, nodes.footnote_reference):
                del inner.parent[place]
                outer.parent.insert(outer.parent.index(outer) + 1, inner)
            else:
                inner.parent[place : place + 1] = inner.children


def find_outer_link(node: nodes.Node) -> nodes.reference | None:
    """Return the outermost link around a node."""
    outer, above = None, node.parent
    while above is not None:
        outer, above = (above if isinstance(above, nodes.reference) else outer), above.parent
    return outer


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(LinksApart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
