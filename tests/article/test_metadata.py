"""Machines find what a page is about, and its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.sites import SmallSite

WORKS = """\
@article{a2020b,
  title = {On </script> & {LaTeX}}, author = {Ada Able and Bo Best and others},
  journal = {J}, year = {2020}, eprint = {2001.00001}
}
"""

PAPER = """\
---
paper: a2020b
summary: What it <finds>
---
# A paper

Said at the cover.

## A section

Said at the slide.

:::{slide} The point
- A line
:::

:::{article-only}
Read and not said.
:::
"""

SITE = {"index.md": PAPER, "works.bib": WORKS}
BIB = 'bibtex_bibfiles = ["works.bib"]\n'


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


def test_talk_is_there_as_text(small_site: Callable[..., SmallSite]) -> None:
    """The transcript has each slide's number and lines, and what is said, marked."""
    text = small_site(SITE, more=BIB).deck().text("index.txt")
    assert "> Said at the cover." in text
    assert text.index("## 1. The point") < text.index("- A line") < text.index("> Said at the slide.")
    assert "Read and not said." not in text


def test_article_is_there_as_text(small_site: Callable[..., SmallSite]) -> None:
    """The text has headings and prose, once each."""
    text = small_site(SITE, more=BIB).articles().text("index.txt")
    assert text.startswith("# A paper\n")
    assert text.count("Read and not said.") == 1
    assert "## A section" in text


def test_list_of_texts_needs_the_address_of_the_site(small_site: Callable[..., SmallSite]) -> None:
    """``llms.txt`` names article and talk by their full address, or is not written."""
    made = small_site(SITE, more=BIB)
    assert not (made.articles().folder / "llms.txt").exists()
    text = made.articles(html_baseurl="https://example.org", paperdeck_deck_url="slides/").text("llms.txt")
    assert "(https://example.org/index.txt): What it <finds>" in text
    assert "(https://example.org/slides/index.txt): 1 slides and notes" in text
