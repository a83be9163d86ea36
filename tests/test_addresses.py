"""Addresses: from an article to its deck and back, in folders beside each other and as they are hosted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.addresses import other_output, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

DOCUMENTS = {
    "index.md": "# Front\n\n```{toctree}\npapers/one/index\n100% sure\n```\n",
    "papers/one/index.md": "# One\n\n:::{slide} The point\n- Of it, not {doc}`/index` nor {ref}`genindex`\n:::\n",
    "100% sure.md": "# Sure\n\n:::{slide} Sure\n- Yes\n:::\n",
}


@pytest.mark.parametrize(
    ("docname", "folders", "page"),
    [
        ("index", False, "index.html"),
        ("papers/glam/index", False, "papers/glam/index.html"),
        ("index", True, ""),
        ("papers/glam/index", True, "papers/glam/"),
        ("papers/glam", True, "papers/glam/"),
        ("reindex", True, "reindex/"),
        ("100% sure?", False, "100%25%20sure%3F.html"),
        ("über/uns", True, "%C3%BCber/uns/"),
    ],
)
def test_a_page_is_a_file_or_a_folder_quoted(docname: str, folders: bool, page: str) -> None:
    """The folders are those that dirhtml makes; what a browser would read as something else is quoted."""
    assert page_of(docname, folders) == page


def test_a_page_has_the_suffix_that_the_project_chose() -> None:
    """Projects may serve .htm."""
    assert page_of("a/b", False, ".htm") == "a/b.htm"


@pytest.mark.parametrize(
    ("builder", "docname", "anchor", "address"),
    [
        ("html", "papers/one/index", "slide-a", "../../../revealjs/papers/one/index.html#slide-a"),
        ("revealjs", "papers/one/index", "", "../../../html/papers/one/index.html"),
        ("dirhtml", "100% sure", "", "../../dirrevealjs/100%25%20sure/"),
        ("dirrevealjs", "index", "top", "../dirhtml/#top"),
        ("singlehtml", "papers/one/index", "", "../revealjs/papers/one/index.html"),
        ("epub", "index", "", None),
        ("text", "index", "", None),
    ],
)
def test_the_other_output_lies_beside_one_s_own(
    small_site: Callable[..., SmallSite], builder: str, docname: str, anchor: str, address: str | None
) -> None:
    """The builder html goes with revealjs, dirhtml with dirrevealjs; a builder without decks has no other output."""
    with small_site(DOCUMENTS).app(builder) as app:
        app.builder.read()  # singlehtml has to know which documents there are
        assert other_output(app.builder, docname, anchor) == address


def test_a_link_from_another_page_starts_there(small_site: Callable[..., SmallSite]) -> None:
    """The shelf, at the root, links to an article three folders down."""
    with small_site(DOCUMENTS).app("revealjs") as app:
        assert other_output(app.builder, "papers/one/index", page="index") == "../html/papers/one/index.html"


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ("../", "../../../papers/one/index.html"),
        ("/docs/", "/docs/papers/one/index.html"),
        ("https://example.org/docs/", "https://example.org/docs/papers/one/index.html"),
    ],
)
def test_conf_py_says_where_the_articles_lie(small_site: Callable[..., SmallSite], chosen: str, address: str) -> None:
    """A relative address is relative to the root of the decks; an absolute one is taken as it is."""
    with small_site(DOCUMENTS).app("revealjs", paperdeck_article_url=chosen) as app:
        assert other_output(app.builder, "papers/one/index") == address


def test_conf_py_says_where_the_decks_lie(small_site: Callable[..., SmallSite]) -> None:
    """The article links into slides/, as `make site` lays them out."""
    page = small_site(DOCUMENTS).articles(paperdeck_deck_url="slides/").page("papers/one/index.html")
    assert page.select_one("a.open-slide")["href"] == "../../slides/papers/one/index.html#slide-the-point"


def test_an_address_is_chosen_when_a_page_is_written(small_site: Callable[..., SmallSite]) -> None:
    """Another address reads no document again and writes every page anew."""
    site = small_site(DOCUMENTS)
    site.deck()
    again = site.deck(paperdeck_article_url="../")
    assert "0 added, 0 changed, 0 removed" in again.status
    footer = again.page("100% sure.html").select_one("footer.slide-sources a")
    assert footer["href"] == "../100%25%20sure.html#sure"


@pytest.mark.parametrize(
    ("builder", "root", "front", "index"),
    [
        ("revealjs", "../../../html/", "index.html", "genindex.html"),
        ("dirrevealjs", "../../../dirhtml/", "", "genindex/"),
        ("revealjs", "https://example.org/", "index.html", "genindex.html"),
    ],
)
def test_what_is_on_no_slide_is_linked_in_the_article(
    small_site: Callable[..., SmallSite], builder: str, root: str, front: str, index: str
) -> None:
    """A document that is no deck, and the index, which the deck does not have."""
    chosen = root if "://" in root else None
    output = small_site(DOCUMENTS).quietly(builder, paperdeck_article_url=chosen)
    links = output.page("papers/one/index.html").select(".paperdeck-content a")
    assert [link["href"] for link in links] == [root + front, root + index]
