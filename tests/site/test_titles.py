"""Titles as plain text."""

from __future__ import annotations

from docutils import nodes

from paperdeck.site.titles import read_heading


def test_formulas_in_a_title_are_read() -> None:
    """As in the title of a work; the mark of a footnote is no part of it, and the tree stays as it was."""
    formula = nodes.math("", r"\alpha^2 \le \mathcal{L}_0")
    title = nodes.title("", "", nodes.Text("On "), formula, nodes.strong("", " now"), nodes.footnote_reference("", "1"))
    assert read_heading(title) == "On α² ≤ L₀ now"
    assert formula.parent is title
