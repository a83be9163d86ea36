"""A background of the slide's own is seen from edge to edge, and words are read on it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.sites import CONF, SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

COLOURS = ("#101820", "lemonchiffon", "#c0392b", "gray", "teal", "hsl(50 100% 50%)")
SLIDES = "".join(
    f"""
:::{{slide}} Colour {chr(97 + number)}
:background-color: "{colour}"
- words, a [link](https://example.org) and **bold**

| a | b |
| - | - |
| c | d |
:::
"""
    for number, colour in enumerate(COLOURS)
)
PICTURES = """
:::{slide} On a picture
:background-image: wide.png
- words, a [link](https://example.org)
:::

:::{slide} A statement on a picture
:layout: statement
:background-image: wide.png
:background-opacity: 0.4
:::
"""

#: How the words of the slide that is shown stand out from its colour, and the slide number with them: [text, ratio].
CONTRASTS = """(colour) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext(
    "2d", {willReadFrequently: true});
  const light = (name) => {
    canvas.fillStyle = name;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255).map(
      (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const slide = Reveal.getCurrentSlide();
  const words = slide.querySelectorAll("h2, li, a, strong, th, td, footer");
  const parts = [...words, document.querySelector(".slide-number")];
  return parts.map((part) => [part.textContent.trim(), ratio(getComputedStyle(part).color, colour)]);
}"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the slides."""
    top = tmp_path_factory.mktemp("backgrounds")
    (top / "source").mkdir()
    (top / "source" / "conf.py").write_text(CONF, "utf-8")
    (top / "source" / "index.md").write_text(f"# Talk\n{SLIDES}{PICTURES}", "utf-8")
    (top / "source" / "wide.png").write_bytes(draw_png(160, 90))
    yield SmallSite(top / "source", top / "builds").deck().folder / "index.html"
    shutil.rmtree(top)


def open_deck(page: Page, deck: Path, end: str = "") -> None:
    """Open the deck and wait until it has begun."""
    page.goto(deck.as_uri() + end)
    page.wait_for_function("window.Reveal?.isReady()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_read_on_every_colour(deck: Path, page: Page, scheme: str) -> None:
    """At 4.5:1, whichever scheme the deck has; the number, which stands outside of the slide, too."""
    open_deck(page, deck)
    page.evaluate("scheme => document.documentElement.dataset.theme = scheme", scheme)
    for number, colour in enumerate(COLOURS):
        page.evaluate("number => Reveal.slide(number)", number + 1)
        assert [pair for pair in page.evaluate(CONTRASTS, colour) if pair[1] < 4.5] == []


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (700, 900)])
def test_a_background_reaches_every_edge(deck: Path, page: Page, size: tuple[int, int]) -> None:
    """At the shape of the slides and at any other: nothing lies over what reveal draws behind them."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_deck(page, deck, "#slide-colour-a")
    behind = page.locator(".slide-background.present")
    expect(behind).to_have_css("background-color", "rgb(16, 24, 32)")
    assert behind.bounding_box() == {"x": 0, "y": 0, "width": size[0], "height": size[1]}
    expect(page.locator(".slides .present")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_words_on_a_picture_have_a_ground(deck: Path, page: Page) -> None:
    """Title, content and footer, each of nine parts paper; a statement without content has none for it."""
    open_deck(page, deck, "#slide-on-a-picture")
    for part in ("h2", ".paperdeck-content", ".slide-sources"):
        ground = page.locator(f".slides .present > {part}").evaluate("part => getComputedStyle(part).backgroundColor")
        assert re.search(r"/ 0\.9\)|, 0\.9\)", ground), part
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slides .present > .paperdeck-content")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("query", ["?print-pdf", "?view=print"])
def test_paper_shows_the_background(deck: Path, page: Page, query: str) -> None:
    """On the page of its slide, behind it."""
    open_deck(page, deck, query)
    page.wait_for_selector(".pdf-page")
    first = page.locator(".pdf-page", has=page.locator("#slide-colour-a"))
    expect(first.locator(".slide-background")).to_have_css("background-color", "rgb(16, 24, 32)")
    expect(first.locator("section")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_paper_without_asking_shows_it_too(deck: Path, page: Page) -> None:
    """As does the column of a phone, where reveal loads a picture late."""
    open_deck(page, deck)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#slide-colour-a")).to_have_css("background-color", "rgb(16, 24, 32)")
    expect(page.locator("#slide-on-a-picture")).to_have_css("background-image", re.compile(r"wide\.png"))
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    open_deck(page, deck)
    page.wait_for_selector(".reveal-scroll")
    expect(page.locator("#slide-on-a-picture")).to_have_css("background-image", re.compile(r"wide\.png"))
