"""What must hold of every real paper, whatever it says."""

from __future__ import annotations

import copy
import functools
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from paperdeck.exports.pages import find_pages
from tests.conftest import PAPERS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Site

OUTLINED = {"glam": 10, "olmoe": 11, "glm-130b": 11}
"""How many slides the outline of a talk has, where there was one; slide N is slide N of the outline."""

PICTURES = "figure, table, math[display=block], .equation"


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> str:
    """Give each paper in turn."""
    return str(request.param)


@functools.cache
def page_of(folder: Path, paper: str) -> BeautifulSoup:
    """Return the page of a paper in one of the outputs, as a browser reads it; no test may change it."""
    return BeautifulSoup((folder / "papers" / paper / "index.html").read_bytes(), "html5lib")


def deck_of(site: Site, paper: str) -> BeautifulSoup:
    """Return the deck of a paper."""
    return page_of(site.revealjs, paper)


def article_of(site: Site, paper: str) -> BeautifulSoup:
    """Return the article of a paper."""
    return page_of(site.html, paper)


def counted(deck: BeautifulSoup) -> list[Tag]:
    """Return the slides that have a number of their own."""
    return deck.select('section[data-slide]:not([data-visibility="uncounted"])')


def test_slides_are_counted_from_one(site: Site, paper: str) -> None:
    """Without a gap, cover and sources and details left out."""
    numbers = [slide["data-slide"] for slide in counted(deck_of(site, paper))]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize(("paper", "slides"), OUTLINED.items())
def test_slide_n_is_slide_n_of_the_outline(site: Site, paper: str, slides: int) -> None:
    """A talk has as many slides as its outline."""
    assert len(counted(deck_of(site, paper))) == slides


def test_most_slides_carry_a_picture(site: Site, paper: str) -> None:
    """At least six show a diagram, a chart, an equation or a table."""
    slides = counted(deck_of(site, paper))
    assert sum(bool(slide.select_one(PICTURES)) for slide in slides) >= 6


def test_no_two_slides_of_text_alone_follow_each_other(site: Site, paper: str) -> None:
    """Two in a row are a page read aloud."""
    plain = [
        not slide.select_one(PICTURES) and not slide.select(".paperdeck-side")
        for slide in counted(deck_of(site, paper))
    ]
    assert not any(this and following for this, following in pairwise(plain))


def test_every_counted_slide_has_a_note(site: Site, paper: str) -> None:
    """A slide that nothing is said at is a slide too many; a question stands for itself."""
    silent = [
        slide["id"]
        for slide in counted(deck_of(site, paper))
        if slide["data-layout"] != "question" and not slide.select_one("aside.notes")
    ]
    assert silent == []


def test_every_slide_with_a_number_names_its_place(site: Site, paper: str) -> None:
    """A footer leads to the article, and says more than “Article” where a fact stands on the slide."""
    bare = []
    for slide in deck_of(site, paper).select("section[data-slide]"):
        footer = slide.select_one(".slide-sources a")
        if slide.select(".paperdeck-content data.fact") and (footer is None or footer.text == "Article"):
            bare.append(slide["id"])
    assert bare == []


def test_every_picture_can_be_read_aloud(site: Site, paper: str) -> None:
    """Each drawing has a name, in both outputs."""
    for page in (deck_of(site, paper), article_of(site, paper)):
        for drawing in page.select("figure svg"):
            assert drawing.get("aria-labelledby") or drawing.get("aria-label") or drawing.find("title"), drawing["id"]


def test_no_id_stands_twice(site: Site, paper: str) -> None:
    """Links would lead to the first of two."""
    for page in (deck_of(site, paper), article_of(site, paper)):
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), sorted(name for name in set(ids) if ids.count(name) > 1)


def test_every_fact_says_where_it_stands(site: Site, paper: str) -> None:
    """In the article a number outside titles has its place as its title."""
    facts = article_of(site, paper).select("article section p:not(.slide-title) data.fact")
    assert len(facts) > 30
    assert all(fact.get("title") for fact in facts)


def test_article_opens_with_its_idea_as_a_picture(site: Site, paper: str) -> None:
    """Before its first section, so that it is seen on the first screen."""
    first_part = article_of(site, paper).select_one("article section section")
    assert first_part.find_previous("figure").select_one("svg")


def test_article_is_as_long_as_an_article(site: Site, paper: str) -> None:
    """Between 2,500 and 4,000 words of prose, without slides, tables and what is made."""
    page = copy.copy(article_of(site, paper))
    made = "#often-told-otherwise, #the-numbers, #references, .equation-code"
    for part in page.select(f"aside.slide, table, figure, .differs, .paper-head, {made}"):
        part.decompose()
    words = sum(len(part.text.split()) for part in page.select("article section p"))
    assert 2500 <= words <= 4000


def test_whole_talks_are_exported_and_no_framed_slides(site: Site) -> None:
    """A slide that the gallery shows in a frame is a page, and no work of its own."""
    folder = site.revealjs / "guide"
    assert (folder / "gallery-cover.html").is_file()
    assert [page.path.name for page in find_pages([folder])] == ["gallery.html"]
