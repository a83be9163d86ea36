"""Links on pages of ours: none stands in another, which HTML does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.site.parts import is_ours
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LINKS = (nodes.reference, nodes.footnote_reference, nodes.problematic)
"""What becomes a link; of a problem, to its message."""


class ReferencesApart(SphinxPostTransform):
    """References beside each other alone: Sphinx resolves the outer one of two, and fails at the inner."""

    formats = ("html",)
    default_priority = 5  # before references are resolved (9, 10)

    def run(self, **kwargs: Any) -> None:
        """Leave of each within another its words."""
        if not is_ours(self.env, self.env.docname):
            return
        for inner in reversed(find_all(self.document, addnodes.pending_xref)):
            if find_outer(inner, addnodes.pending_xref) is not None:
                put_words(inner)


class LinksApart(SphinxPostTransform):
    """Links beside each other alone: one within another is its words, the mark of a footnote stands behind."""

    formats = ("html",)
    default_priority = 20  # after references were resolved (10)

    def run(self, **kwargs: Any) -> None:
        """Look at what becomes a link, the innermost first."""
        if not is_ours(self.env, self.env.docname):
            return
        for title in find_all(self.document, nodes.title):
            if "refid" in title and any(isinstance(part, LINKS) for part in title.findall()):
                del title["refid"]  # with which it would lead back to its line in the contents
        for inner in reversed(find_all(self.document, LINKS)):
            outer = find_outer(inner, nodes.reference)
            if outer is None:
                continue
            if isinstance(inner, nodes.footnote_reference):
                inner.parent.remove(inner)
                outer.parent.insert(outer.parent.index(outer) + 1, inner)
            else:
                put_words(inner)


def find_outer(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element | None:
    """Return the outermost node of a kind around a node."""
    outer, above = None, node.parent
    while above is not None:
        outer, above = (above if isinstance(above, kind) else outer), above.parent
    return outer


def put_words(link: nodes.Element) -> None:
    """Put what a link holds into its place."""
    place = link.parent.index(link)
    link.parent[place : place + 1] = link.children


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transforms."""
    app.add_post_transform(ReferencesApart)
    app.add_post_transform(LinksApart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
