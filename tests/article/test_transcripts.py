"""A paper's text is there for who does not look at its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.article.samples import BIB, SITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


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


def test_the_list_names_the_numbers_of_a_paper(small_site: Callable[..., SmallSite]) -> None:
    """Where a ledger lies beside it."""
    made = small_site({**SITE, "facts.yaml": "layers: {says: layers, value: 64, source: 'doe2024, §2'}\n"}, more=BIB)
    text = made.build("html", html_baseurl="https://example.org").text("llms.txt")
    assert "its numbers](https://example.org/facts.json): 1 facts and their places" in text
