"""The title of a document as plain text: on covers, in lists of papers, for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.nodes import clean_astext

from paperdeck.site.tex import read_tex
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from docutils.nodes import Element


def read_heading(title: Element) -> str:
    """Return what a reader reads of a title: formulas as in a bibliography, and no mark of a footnote."""
    title = title.deepcopy()
    for mark in find_all(title, nodes.footnote_reference):
        mark.parent.remove(mark)
    for formula in find_all(title, nodes.math):
        formula.replace_self(nodes.Text(read_tex(f"${formula.astext()}$")))
    return clean_astext(title)
