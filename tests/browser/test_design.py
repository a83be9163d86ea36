"""Grids, tabs and dropdowns of sphinx-design on slides, in a small window and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.sites import SmallSite

TALK = """\
# Talk

::::{slide} Beside each other
:::{grid} 1 1 2 3
```{grid-item-card} First
One
```
```{grid-item-card} Second
Two
```
```{grid-item-card} Third
Three
```
:::
::::

::::{slide} One at a time
:::{tab-set}
```{tab-item} Left
Word of the left
```
```{tab-item} Right
Word of the right
```
:::
:::{dropdown} Folded
Word that is folded
:::
::::
"""


def test_a_small_window_shows_what_a_large_one_shows_and_paper_all(
    small_site: Callable[..., SmallSite], page: Page
) -> None:
    """Columns stay beside each other; a click opens a tab and a dropdown; on paper all is open."""
    address = (small_site(TALK, more='extensions.append("sphinx_design")\n').deck().folder / "index.html").as_uri()
    page.set_viewport_size({"width": 640, "height": 360})
    page.goto(f"{address}#/1")
    expect(page.locator(".reveal.ready")).to_be_visible()
    boxes = [card.bounding_box() or {} for card in page.locator(".present .sd-card").all()]
    assert len({round(box["y"]) for box in boxes}) == 1
    assert boxes[0]["x"] == page.locator(".present h2").evaluate("title => title.getBoundingClientRect().x")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Word of the right", exact=True)).to_be_hidden()
    page.get_by_text("Right", exact=True).click()
    page.get_by_text("Folded", exact=True).click()
    expect(page.get_by_text("Word of the right", exact=True)).to_be_visible()
    expect(page.get_by_text("Word that is folded", exact=True)).to_be_visible()
    page.goto(f"{address}?print-pdf")
    expect(page.locator(".reveal.ready")).to_be_visible()
    for word in ("Word of the left", "Word of the right", "Word that is folded"):
        expect(page.get_by_text(word, exact=True)).to_be_visible()
