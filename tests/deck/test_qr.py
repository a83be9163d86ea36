"""A code is on cover and Sources where the article's address is known, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.deck import qr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TALK = """\
# A talk

:::{slide} A point
A line.
:::
"""


def test_code_names_its_address_and_takes_the_colour_of_the_style_sheet() -> None:
    """A screen reader hears the address; no size is fixed."""
    code = qr.svg("https://example.org/a")
    assert "<title>https://example.org/a</title>" in code
    assert "width" not in code.split(">", 1)[0]


def test_cover_has_a_code_where_the_site_is_known(small_site: Callable[..., SmallSite]) -> None:
    """The code is of the article's page at the site's address."""
    deck = small_site(TALK).deck(html_baseurl="https://example.org/").page()
    assert deck.select_one("#cover .paperdeck-qr svg title").text == "https://example.org/index.html"


def test_cover_has_no_code_where_the_site_is_not_known(small_site: Callable[..., SmallSite]) -> None:
    """A code of a relative address would lead nowhere."""
    assert not small_site(TALK).deck().page().select(".paperdeck-qr")
