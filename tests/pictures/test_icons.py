"""The icons: every outline is drawn, a wrong name is refused, only HTML shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from paperdeck.pictures import icons

if TYPE_CHECKING:
    from sphinx.testing.util import SphinxTestApp


@pytest.mark.parametrize(
    "name",
    [
        "book-open",
        "presentation",
        "file-text",
        "download",
        "quote",
        "clock",
        "table-2",
        "scale",
        "info",
        "search",
        "menu",
        "sun",
        "moon",
        "code",
    ],
)
def test_icons_of_the_look_are_drawn_in_the_colour_of_the_text(name: str) -> None:
    """Every icon that the look names is an outline on the 24 grid, hidden from screen readers."""
    drawn = ElementTree.fromstring(icons.svg(name))
    expected = {
        "class": "paperdeck-icon",
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "currentColor",
        "aria-hidden": "true",
    }
    assert expected.items() <= drawn.attrib.items()
    assert len(drawn) > 0
    assert not [shape for shape in drawn if "fill" in shape.attrib or "stroke" in shape.attrib]


def test_wrong_name_is_answered_with_the_nearest() -> None:
    """A slip of the pen is told what to write."""
    with pytest.raises(icons.UnknownIconError, match="no icon “book-opne”; write book-open"):
        icons.svg("book-opne")


def test_name_near_to_none_is_answered_with_the_list() -> None:
    """Where nothing comes near, the author learns where the names stand."""
    with pytest.raises(icons.UnknownIconError, match=r"write a name from https://lucide\.dev/icons"):
        icons.svg("§§§")


@pytest.mark.sphinx("html", testroot="icons")
def test_role_draws_in_html_and_refuses_at_the_line(app: SphinxTestApp) -> None:
    """The page holds the drawing; the unknown name is an error at its own line."""
    app.build()
    assert icons.svg("scale") + " computed" in (app.outdir / "index.html").read_text()
    warnings = app.warning.getvalue()
    assert "index.md:5: ERROR: there is no icon “scael”; write scale" in warnings
    assert warnings.count("ERROR") + warnings.count("WARNING") == 1


@pytest.mark.sphinx("text", testroot="icons")
def test_other_builders_leave_the_icon_out(app: SphinxTestApp) -> None:
    """Plain text keeps the words alone."""
    app.build()
    lines = [line.strip() for line in (app.outdir / "index.txt").read_text().splitlines()]
    assert "computed from two numbers" in lines
