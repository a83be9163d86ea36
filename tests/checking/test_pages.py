"""Pages as they are written: their links, ids and markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.checking.findings import Kind
from paperdeck.checking.pages import check_page, find_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Told = list[tuple[Kind, str]]

DECK = '<div class="reveal"><div class="slides"><section id="one"></section></div></div>'


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str], Told]:
    """Return a function that writes a page beside another and a deck, and tells what is wrong with it."""
    site = tmp_path / "html"
    for name, body in {"html/other.html": '<p id="there">', "slides/index.html": DECK}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<!doctype html><title>x</title>{body}", "utf-8")
    (site / "x.png").touch()

    def tell(body: str) -> Told:
        path = site / "index.html"
        path.write_text(f"<!doctype html><title>x</title>{body}", "utf-8")
        return [(finding.kind, finding.text) for finding in check_page(path, site)]

    return tell


@pytest.mark.parametrize(
    "address",
    [
        "other.html",
        "other.html#there",
        "other.html#top",
        "./",
        "#here",
        "#",
        "../slides/#/one",
        "../slides/index.html#/2/1",
        "mailto:a@example.org",
        "https://example.org/",
        "/at/the/root",
        "other.html?q=1",
    ],
)
def test_a_link_that_leads_somewhere_is_none(check: Callable[[str], Told], address: str) -> None:
    """To a page, a place on it, a slide by name or number; what only a host has is not known."""
    assert check(f'<p id="here"><a href="{address}">x</a>') == []


@pytest.mark.parametrize("address", ["gone.html", "other.html#gone", "#gone", "../slides/#/gone", "http://[x"])
def test_a_link_that_leads_nowhere_is_told(check: Callable[[str], Told], address: str) -> None:
    """To a page or a place that is not there."""
    assert check(f'<a href="{address}">x</a>') == [(Kind.DEAD_LINK, address)]


def test_an_output_that_is_missing_is_told_as_a_whole(check: Callable[[str], Told], tmp_path: Path) -> None:
    """Not link by link."""
    told = check('<a href="../decks/a/index.html">x</a><a href="../decks/b/index.html">x</a>')
    assert told == [(Kind.DEAD_LINK, str(tmp_path / "decks"))] * 2


@pytest.mark.parametrize(
    "element",
    [
        '<img src="https://example.org/x.png" alt="">',
        '<link rel="stylesheet" href="//example.org/x.css">',
        '<link rel="preconnect" href="https://example.org">',
        '<script src="https://example.org/x.js"></script>',
    ],
)
def test_what_a_page_asks_of_another_machine_is_told(check: Callable[[str], Told], element: str) -> None:
    """Also what a browser would ask for later."""
    assert [kind for kind, _text in check(element)] == [Kind.REQUEST]


def test_what_only_names_an_address_asks_for_nothing(check: Callable[[str], Told]) -> None:
    """A page's own address, its licence."""
    assert check('<link rel="canonical" href="https://example.org/"><img src="x.png" alt="">') == []


def test_an_id_that_is_there_twice_is_told_once(check: Callable[[str], Told]) -> None:
    """With all that have it."""
    assert check('<p id="a"><p id="a"><p id="b">') == [(Kind.DUPLICATE_ID, "a")]


def test_each_line_of_markup_is_told_once(check: Callable[[str], Told]) -> None:
    """What follows from a fault on its line is not told."""
    told = check("<p></b></i></p>\n<p>sound</p>\n<p></b>later</p>")
    assert [(kind, text[-8:]) for kind, text in told] == [(Kind.MARKUP, "</i></p>"), (Kind.MARKUP, "ater</p>")]


def test_what_lies_in_a_folder_with_an_underscore_is_no_page(tmp_path: Path) -> None:
    """Such as the templates of a theme."""
    for name in ("index.html", "a/b.html", "_static/x.html", "a/_sources/y.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [path.relative_to(tmp_path).as_posix() for path in find_pages(tmp_path)] == ["a/b.html", "index.html"]
