"""Nodes of one kind, found in a tree."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from paperdeck.trees import find_all


def tree() -> nodes.document:
    """Return a section of two paragraphs, the first with a list in it."""
    items = (nodes.list_item("", nodes.paragraph("", "", nodes.Text(text))) for text in "bc")
    first = nodes.paragraph("", "", nodes.Text("a"), nodes.bullet_list("", *items))
    document = new_document("")
    document += nodes.section("", first, nodes.paragraph("", "", nodes.Text("d")))
    return document


def test_nodes_are_found_as_docutils_finds_them() -> None:
    """The same nodes in the same order, a node before those in it, the tree itself and its texts too."""
    document = tree()
    for kind in (nodes.paragraph, nodes.Text, nodes.document, nodes.Element, nodes.table):
        assert find_all(document, kind) == list(document.findall(kind))
    assert find_all(document, (nodes.section, nodes.list_item)) == [document[0], *document.findall(nodes.list_item)]


def test_a_tree_may_change_while_one_goes_through_what_was_found() -> None:
    """What was found stays found, though each is taken out of the tree."""
    document = tree()
    for item in find_all(document, nodes.list_item):
        item.parent.remove(item)
    assert not find_all(document, nodes.list_item)
