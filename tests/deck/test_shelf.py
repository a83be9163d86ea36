"""The gallery and the shelf show every deck, in reading order, with the way to both outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

FRONT = """\
# Front

```{gallery}
```

```{toctree}
b
a
```
"""


def talk(name: str, front_matter: str = "") -> str:
    """Return a document of one slide."""
    slide = ":::{slide} P\nx\n:::\n"
    return f"---\nshort: {name}\nsummary: What {name} finds\n{front_matter}\n---\n# About {name}\n\n{slide}"


SITE = {
    "index.md": FRONT,
    "a.md": talk("A", "minutes: 7"),
    "b.md": talk("B"),
    "c.md": "---\norphan: true\n---\n# Prose\n",
}


def test_gallery_shows_decks_in_the_order_of_the_contents(small_site: Callable[..., SmallSite]) -> None:
    """One card for each deck; documents without slides have none."""
    cards = small_site(SITE).articles().page().select(".paperdeck-gallery .paperdeck-card")
    assert [card.select_one("svg.cover text").text for card in cards] == ["B", "A"]
    assert [link["href"] for link in cards[1].select(".paperdeck-doors a")] == ["a.html", "../revealjs/a.html"]
    assert cards[1].select_one(".meta").text == "1 slide, 7 min"


def test_shelf_leads_to_deck_and_article(small_site: Callable[..., SmallSite]) -> None:
    """The shelf is the index of the decks, and no slide."""
    page = small_site(SITE).deck().page()
    assert not page.select("section")
    assert [link["href"] for link in page.select(".paperdeck-doors a")] == [
        *("b.html", "../html/b.html"),
        *("a.html", "../html/a.html"),
    ]


def test_a_hidden_deck_is_on_no_list(small_site: Callable[..., SmallSite]) -> None:
    """It is built all the same."""
    made = small_site({**SITE, "a.md": talk("A", "gallery: hide")})
    assert len(made.articles().page().select(".paperdeck-gallery .paperdeck-card")) == 1
    deck = made.deck()
    assert [link["href"] for link in deck.page().select(".paperdeck-doors a")] == ["b.html", "../html/b.html"]
    assert deck.page("a.html").select(".slides > section[data-slide]")


@pytest.mark.static_files
def test_shelf_and_decks_have_an_icon(small_site: Callable[..., SmallSite]) -> None:
    """The project's own, or else ours."""
    output = small_site(SITE).deck()
    for name in ("index.html", "a.html"):
        assert (output.folder / output.page(name).select_one("link[rel=icon]")["href"]).is_file()
    own = small_site({**SITE, "mine.svg": "<svg/>"}, more='html_favicon = "mine.svg"\n').deck()
    assert own.page().select_one("link[rel=icon]")["href"].endswith("mine.svg")


def test_gallery_follows_a_paper_that_changes(small_site: Callable[..., SmallSite]) -> None:
    """The page of the gallery is written again, though it did not change itself."""
    made = small_site(SITE)
    made.articles()
    (made.source / "a.md").write_text(talk("New", "minutes: 8"))
    assert "What New finds" in made.articles().text("index.html")


def test_few_decks_have_no_tags_to_filter_by(small_site: Callable[..., SmallSite]) -> None:
    """Buttons for three cards would be in the way; from seven on they help."""
    tagged = {f"{name}.md": talk(name, "tags: moe, open") for name in "abcdefg"}
    front = FRONT.replace("b\na\n", "\n".join("abcdefg") + "\n")
    many = small_site({"index.md": front, **tagged}).articles().page()
    few = small_site({**SITE, "a.md": talk("A", "tags: moe")}).articles().page()
    assert [button["data-tag"] for button in many.select(".paperdeck-tags button")] == ["moe", "open"]
    assert not few.select(".paperdeck-tags")


def test_other_outputs_have_no_gallery(small_site: Callable[..., SmallSite]) -> None:
    """Text and manual pages have the table of contents."""
    assert small_site(SITE).quietly("text").text("index.txt").startswith("Front")


def test_a_site_without_slides_is_told_once(small_site: Callable[..., SmallSite]) -> None:
    """A project of sphinx-revealjs's finds out why its deck is gone; its articles lack nothing."""
    site = small_site("# Talk\n\n## One\n\n- a\n")
    assert site.build("revealjs").warnings == [
        'WARNING: no document has slides; write {slide}, or set paperdeck_decks = "all" in conf.py [paperdeck.slide]'
    ]
    assert site.articles()
    assert site.deck(paperdeck_decks="all").page().select(".slides section")
