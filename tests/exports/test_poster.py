"""A poster says what it lacks, and what does not fit on it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.commands import Refused
from paperdeck.exports import poster
from paperdeck.exports.pages import Page
from paperdeck.exports.poster import MARKED, NO_CODE, print_poster
from tests.exports.test_documents import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

DECK = Page(Path("talk.html"), Path(), True, "Experts", "A. Person", "en")


class Tab:
    """What stands for a page in a browser: it tells how the slides fit."""

    def __init__(self, **told: object) -> None:
        self.told = told

    def evaluate(self, script: str) -> dict[str, object]:
        """Return what is told."""
        return self.told

    def add_style_tag(self, path: Path) -> None:
        """Take a style sheet."""

    def pdf(self, **options: object) -> bytes:
        """Return a page."""
        return blank(1)


def put_on_paper(monkeypatch: pytest.MonkeyPatch, **told: object) -> tuple[bytes, tuple[str, ...]]:
    """Print a poster of which a browser tells this."""

    @contextmanager
    def lend(*given: object, **options: object) -> Iterator[Tab]:
        yield Tab(**told)

    monkeypatch.setattr(poster, "open_for_paper", lend)
    browser: Any = None
    return print_poster(browser, DECK)


def test_a_poster_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows where the article lies, there is no code."""
    assert put_on_paper(monkeypatch, fits=True, slides=2, hasCode=False)[2] == (NO_CODE,)
    assert put_on_paper(monkeypatch, fits=True, slides=2, hasCode=True)[2] == ()


def test_too_many_slides_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With how many there are, and what to do."""
    with pytest.raises(
        Refused, match=r"40 slides of “Experts” do not fit on a poster; mark fewer with `:class: poster`"
    ):
        put_on_paper(monkeypatch, fits=False, slides=40, hasCode=True)


@pytest.mark.parametrize(
    ("tag", "is_marked"),
    [
        ('<section class="poster" id="x">', True),
        ('<section id="x" class="wide poster" data-slide="1">', True),
        ('<section class="poster-like">', False),
        ('<section data-x="poster">', False),
        ('<div class="poster">', False),
    ],
)
def test_a_slide_is_marked_by_its_class(tag: str, is_marked: bool) -> None:
    """By the whole word alone."""
    assert bool(MARKED.search(tag)) == is_marked
