"""Machines find what a page is about, and its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.article.samples import BIB, PAPER, SITE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from bs4 import BeautifulSoup

    from tests.sites import SmallSite


def test_article_says_which_work_it_explains(small_site: Callable[..., SmallSite]) -> None:
    """Scholarly tags, sharing tags and linked data agree, and hold hostile titles as text."""
    page = small_site(SITE, more=BIB).articles(html_baseurl="https://example.org/").page()
    named = [(tag.get("name") or tag.get("property"), tag["content"]) for tag in page.select("meta[content]")]
    assert ("citation_title", "On </script> & LaTeX") in named
    assert [content for name, content in named if name == "citation_author"] == ["Ada Able", "Bo Best"]
    assert ("og:description", "What it <finds>") in named
    assert ("og:url", "https://example.org/index.html") in named
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert data["about"]["name"] == "On </script> & LaTeX"
    assert data["about"]["sameAs"] == "https://arxiv.org/abs/2001.00001"


def named_in(page: BeautifulSoup) -> dict[str, str]:
    """Return the names of a page's head and what they hold."""
    return {tag.get("name") or tag.get("property"): tag["content"] for tag in page.select("meta[content]")}


def test_link_is_shown_with_the_cover(small_site: Callable[..., SmallSite]) -> None:
    """Article and deck name one picture by its full address, with its size and in words; it is there."""
    made = small_site(SITE, more=BIB)
    site = {"html_baseurl": "https://example.org/en/"}
    article, deck = made.articles(**site), made.deck(**site)
    address = "https://example.org/en/_images/covers/index.png"
    for named in map(named_in, (article.page(), deck.page())):
        assert named["og:image"] == named["twitter:image"] == address
        assert named["og:image:alt"] == "A paper. What it <finds>. J 2020"
        assert named["twitter:card"] == "summary_large_image"
        assert named["og:title"] == "A paper"
    picture = (article.folder / "_images" / "covers" / "index.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [1200, 630]
    assert int(named["og:image:width"]) == 1200
    assert deck.page().select_one('link[rel="canonical"]')["href"] == "https://example.org/en/index.html"


def test_picture_goes_with_its_document(small_site: Callable[..., SmallSite]) -> None:
    """A build leaves no cover of a paper that was removed or renamed."""
    made = small_site({**SITE, "other.md": PAPER.replace("doe2020", "")}, more=BIB)
    site = {"html_baseurl": "https://example.org/"}
    assert len(made.build("html", **site).bytes("_images/covers/*")) == 2
    (made.source / "other.md").unlink()
    assert list(made.build("html", **site).bytes("_images/covers/*")) == ["_images/covers/index.png"]


def test_picture_needs_the_address_of_the_site_and_letters_that_are_served(
    small_site: Callable[..., SmallSite],
) -> None:
    """Without an address there is nothing to name; a cover in Chinese has no finished picture."""
    made = small_site({**SITE, "index.md": PAPER.replace("<finds>", "发现")}, more=BIB)
    for site in ({}, {"html_baseurl": "https://example.org/"}):
        output = made.articles(**site)
        named = named_in(output.page())
        assert named["twitter:card"] == "summary"
        assert "og:image" not in named
        assert not output.bytes("_images/covers/*")


def test_page_without_paper_or_slides_is_left_alone(small_site: Callable[..., SmallSite]) -> None:
    """Other documents of a project get nothing from us."""
    page = small_site("# Prose\n").articles().page()
    assert not page.select('meta[name^="citation"], meta[property^="og:"], script[type="application/ld+json"]')


def test_no_picture_is_promised_where_none_can_be_written(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the converter, which has no wheel for some systems, a build says so and goes on."""
    monkeypatch.setattr("paperdeck.pictures.standalone.find_spec", lambda name: None)
    output = small_site(SITE, more=BIB).articles(html_baseurl="https://example.org/")
    assert "links to these pages show no picture without vl-convert" in output.status
    assert "og:image" not in output.text("index.html")
    assert output.bytes("*.png") == {}
