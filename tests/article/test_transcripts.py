"""A page is there as Markdown for who does not look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.article.samples import BIB, SITE
from tests.sites import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable


def test_talk_is_there_as_text(small_site: Callable[..., SmallSite]) -> None:
    """The transcript has each slide's number and lines, and what is said, marked."""
    text = small_site(SITE, more=BIB).deck().text("index.html.md")
    assert "> Said at the cover." in text
    assert text.index("## Slide 1: The point") < text.index("- A line") < text.index("> Said at the slide.")
    assert "Read and not said." not in text


def test_article_is_there_as_text(small_site: Callable[..., SmallSite]) -> None:
    """The text has headings and prose, once each."""
    text = small_site(SITE, more=BIB).articles().text("index.html.md")
    assert text.startswith("# A paper\n")
    assert text.count("Read and not said.") == 1
    assert "## A section" in text
    assert "> ### Slide 1: The point\n>\n> - A line" in text


def test_pages_of_ours_name_their_text(small_site: Callable[..., SmallSite]) -> None:
    """One that uses nothing of ours has none, unless all pages have our look."""
    site = small_site({**SITE, "plain.md": "---\norphan: true\n---\n# Plain\n"}, more=BIB)
    output = site.articles()
    [link] = output.page().select("link[rel='alternate'][type='text/markdown']")
    assert link["href"] == "index.html.md"
    assert "text/markdown" not in output.text("plain.html")
    assert not output.bytes("plain.html.md")
    assert site.deck().page().select_one("link[type='text/markdown']")["href"] == "index.html.md"
    assert site.articles(html_theme="furo", paperdeck_style="site").text("plain.html.md") == "# Plain\n"


def test_an_output_is_no_source(small_site: Callable[..., SmallSite]) -> None:
    """Where outputs lie in the folder of a project that takes all documents, their Markdown is not read."""
    made = small_site(SITE, more=BIB)
    site = SmallSite(made.source, made.source / "built")
    for builder in ("html", "revealjs", "html"):
        output = site.quietly(builder)
    assert "0 added, 0 changed, 0 removed" in output.status


def test_list_of_texts_needs_the_address_of_the_site(small_site: Callable[..., SmallSite]) -> None:
    """``llms.txt`` names article and talk by their full address, or is not written."""
    made = small_site(SITE, more=BIB)
    assert not (made.articles().folder / "llms.txt").exists()
    text = made.articles(html_baseurl="https://example.org", paperdeck_deck_url="slides/").text("llms.txt")
    assert "(https://example.org/index.html.md): What it <finds>" in text
    assert "(https://example.org/slides/index.html.md): 1 slides and notes" in text


def test_the_list_names_the_numbers_of_a_paper(small_site: Callable[..., SmallSite]) -> None:
    """Where a ledger lies beside it."""
    made = small_site({**SITE, "facts.yaml": "layers: {says: layers, value: 64, source: 'doe2024, §2'}\n"}, more=BIB)
    text = made.build("html", html_baseurl="https://example.org").text("llms.txt")
    assert "its numbers](https://example.org/facts.json): 1 facts and their places" in text


def test_addresses_of_texts_may_hold_any_name(small_site: Callable[..., SmallSite]) -> None:
    """A ``#`` in the name of a folder is no anchor, in the head of a page and in ``llms.txt``."""
    front = "# Front\n\n```{toctree}\nc#/index\n```\n"
    made = small_site({**SITE, "index.md": front, "c#/index.md": SITE["index.md"]}, more=BIB)
    output = made.articles(html_baseurl="https://example.org")
    [link] = output.page("c#/index.html").select("link[type='text/markdown']")
    assert link["href"] == "index.html.md"
    assert "(https://example.org/c%23/index.html.md)" in output.text("llms.txt")
