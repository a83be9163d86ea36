"""Search engines are told of every article, once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

FRONT = "# Front\n\n```{toctree}\na&b\n```\n"
TALK = "# Talk\n\n:::{slide} A\n- a\n:::\n"


@pytest.mark.parametrize(("builder", "page"), [("html", "a%26b.html"), ("dirhtml", "a%26b/")])
def test_sitemap_lists_every_article(small_site: Callable[..., SmallSite], builder: str, page: str) -> None:
    """The address of each is that of its canonical link; a second run, which writes no page, lists them all again."""
    site = small_site({"index.md": FRONT, "a&b.md": TALK})
    for _ in range(2):
        address = "https://example.org/en"
        output = site.quietly(builder, html_baseurl=address, html_theme="furo", paperdeck_style="site")
        root = ElementTree.fromstring(output.text("sitemap.xml"))
        front = "index.html" if builder == "html" else ""
        assert [place.text for place in root.findall(".//{*}loc")] == [
            f"https://example.org/en/{page}",
            f"https://example.org/en/{front}",
        ]


def test_no_sitemap_without_an_address_or_of_decks(small_site: Callable[..., SmallSite]) -> None:
    """A deck names its article as the page to be found."""
    site = small_site(TALK)
    assert not site.articles().bytes("sitemap.xml")
    assert not site.deck(html_baseurl="https://example.org/").bytes("sitemap.xml")
