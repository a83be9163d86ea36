"""Decks in other languages, in a real Chromium: the words of the scripts, and what runs from the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.sites import CONF, SmallSite

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

TALK = """\
---
short: Talk
lang: {language}
---
# A talk

Said at the cover.

## One

:::{{slide}} First
:layout: split
- One
- Two

```{{mermaid}}
flowchart LR
  accTitle: Two boxes
  accDescr: One box leads to another.
  a["A"] --> b["B"]
```
:::

Said at the first.

:::{{slide}} Second
```{{chart}} bar
:highlight: ours
:plain:
model | score
ours | 54
theirs | 40
```
:::
"""
PLACE = "Reveal.getIndices().h"
SPOTS = """() => Object.fromEntries(
  Object.entries({
    title: "h2",
    text: ".paperdeck-text",
    panel: ".paperdeck-panel",
    article: ".slide-sources a",
    name: ".slide-sources .paperdeck-place",
  }).map(([name, part]) => {
    const { left, right } = document.querySelector(`section.present ${part}`).getBoundingClientRect();
    return [name, [Math.round(left), Math.round(right)]];
  }),
)"""


def start(page: Page, folder: Path, language: str, end: str = "#/1") -> None:
    """Build a talk in a language and open it at a slide."""
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(TALK.format(language=language), "utf-8")
    page.goto((SmallSite(folder, folder / "_build").deck().folder / "index.html").as_uri() + end)
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")


@pytest.mark.parametrize("language", ["ar", "he", "fa"])
def test_slide_is_set_from_the_right(page: Page, tmp_path: Path, language: str) -> None:
    """Title and text stand at the right margin, the picture at the left of them, the footer runs the other way."""
    start(page, tmp_path, language)
    spots = page.evaluate(SPOTS)
    assert spots["title"][1] == spots["text"][1] == 1200
    assert spots["panel"] == [80, 720]
    assert spots["article"][0] > spots["name"][1]
    assert (
        page.locator("section.present li").first.evaluate("part => getComputedStyle(part, '::before').right") == "0px"
    )
    bar = page.locator(".progress span")
    assert bar.evaluate("part => getComputedStyle(part).transformOrigin").startswith("1280px")
    number = page.locator(".slide-number").bounding_box()
    assert number is not None
    assert round(number["x"]) == 80


def test_left_arrow_goes_on_where_one_reads_from_the_right(page: Page, tmp_path: Path) -> None:
    """And right comes back; a remote's keys mean what they always mean."""
    start(page, tmp_path, "he")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(PLACE) == 2
    page.keyboard.press("ArrowRight")
    assert page.evaluate(PLACE) == 1
    page.keyboard.press("PageDown")
    assert page.evaluate(PLACE) == 2


def test_pictures_run_from_the_left_in_any_language(page: Page, tmp_path: Path) -> None:
    """The labels of a chart begin where they were measured."""
    places = []
    for language in ("en", "he"):
        folder = tmp_path / language
        folder.mkdir()
        start(page, folder, language, "#/2")
        chart = page.locator("section.present .chart svg")
        left = chart.bounding_box()
        assert left is not None
        boxes = chart.locator("text").evaluate_all("all => all.map((part) => part.getBoundingClientRect().left)")
        places.append([round(box - left["x"]) for box in boxes])
    assert places[0] == places[1]


def test_scripts_speak_the_language_of_the_deck(page: Page, tmp_path: Path) -> None:
    """The list of keys, reveal's own words in it too, the search, and the speaker's view."""
    start(page, tmp_path, "de")
    page.keyboard.press("Shift+Slash")
    keys = page.locator(".r-overlay-help")
    for said in ("Tasten", "Nächste Folie", "Alle Folien auf einen Blick", "Den Link zu dieser Folie kopieren"):
        expect(keys).to_contain_text(said)
    expect(keys).not_to_contain_text("slide")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Shift+F")
    expect(page.get_by_placeholder("Suchen")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    expect(opened.value.get_by_role("heading", name="Was als Nächstes kommt")).to_be_visible()
    expect(opened.value.get_by_role("button", name="Von vorn")).to_be_visible()
    expect(opened.value.locator("html")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("width", [1440, 390])
def test_article_is_set_from_the_right_whole(page: Page, tmp_path: Path, width: int) -> None:
    """An equation keeps its end, the mark of a page stands above where one begins to read."""
    text = "---\nlang: he\nshort: A\n---\n# כותרת\n\n$$\nE = mc^2\n$$\n\n:::{slide} א\n- ב\n:::\n"
    (tmp_path / "conf.py").write_text(CONF + 'html_theme = "furo"\npaperdeck_style = "site"\n', "utf-8")
    (tmp_path / "index.md").write_text(text, "utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((SmallSite(tmp_path, tmp_path / "_build").articles().folder / "index.html").as_uri())
    equation = page.locator("div.math")
    assert equation.evaluate("part => part.scrollWidth <= part.clientWidth")
    article = page.locator(".article-container")
    assert article.evaluate("part => getComputedStyle(part, '::before').right") == "0px"
