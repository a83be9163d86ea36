"""Comments in code that name an equation: where they are found, and of which line they speak."""

from __future__ import annotations

import pytest

from paperdeck.site.code_lines import find_references, write_references


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("y = g @ x  # {eq}`gate`", [("gate", "y = g @ x", 0)]),
        ("    # {eq}`gate`, in words\n\n    y = g @ x\n", [("gate", "y = g @ x", 2)]),
        ("y <- g %*% x # see {eq}`gate` and :eq:`layer`", [("gate", "y <- g", 0), ("layer", "y <- g", 0)]),
        ("y = dot(g, x); // {eq}` gate `", [("gate", "y = dot(g, x);", 0)]),
        ("-- {eq}`gate`\ny = g * x", [("gate", "y = g * x", 1)]),
        ("# {eq}`gate`", [("gate", "# {eq}`gate`", 0)]),
        ('say("{eq}`gate`")', []),
        ("colour = '#fff'  {eq}`gate`", []),
        ("# the gate, equation (1)", []),
    ],
)
def test_comment_names_the_equation_of_its_line(code: str, found: list[tuple[str, str, int]]) -> None:
    """The line that it ends, or the next one; outside a comment the role is code like any other."""
    assert [(name[1], text, below) for name, text, below in find_references(code)] == found


def test_names_are_written_otherwise_in_their_order() -> None:
    """And nothing else of a listing is."""
    code = "a  # {eq}`one`, {eq}`two`\nb = '{eq}`one`'\n# {eq}`three`\nc\n"
    assert write_references(code, ["(1)", "(2)", "(3)"]) == "a  # (1), (2)\nb = '{eq}`one`'\n# (3)\nc\n"
