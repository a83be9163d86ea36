"""Every kind of block can be a step: one click each, in the order of the page, and all of them on paper."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.sites import CONF, SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

DOCUMENT = """\
# Talk

:::{slide} Pictures and tables
{.fragment}
A paragraph

{.fragment}
![in a paragraph](dot.png)

```{image} dot.png
:class: fragment
:width: 40px
:alt: sized
```

```{figure} dot.png
:class: fragment
Caption
```

{.fragment}
| a | b |
| - | - |
| x | y |
:::

:::{slide} Code and words
{.fragment}
> a quote

```{code-block} python
:class: fragment
:caption: with caption
x = 2
```

```{math}
:class: fragment
y
```

```{note}
:class: fragment
an admonition
```

{.fragment}
- a list

{.fragment}
term
: definition
:::

:::{slide} Notes
:incremental:
- a
- b[^one]
- c[^two] and d[^one]

[^one]: Note one.
[^two]: Note two.
:::

:::{slide} Ways to come and go
{.fragment .fade-in-then-out}
a

{.fragment .current-visible}
b

{.fragment .semi-fade-out}
c

{.fragment .fade-out}
d

{.fragment .fade-up}
e

{.fragment .fade-in-then-semi-out}
f
:::
"""
MORE = """\
numfig = True
myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_block", "deflist"]
suppress_warnings = ["paperdeck.overfull"]  # a slide here has all that there is
"""

#: What each click shows on a slide, as the names of the elements that it adds; a click that shows none is empty.
CLICKS = """(id) => {
  const slide = document.getElementById(id);
  const {h, v} = Reveal.getIndices(slide);
  Reveal.slide(h, v, -1);
  const clicks = [];
  for (let shown = []; ; ) {
    Reveal.next();
    if (Reveal.getCurrentSlide() !== slide) return clicks;
    const now = [...slide.querySelectorAll(".fragment.visible")];
    clicks.push(now.filter((part) => !shown.includes(part)).map((part) => part.localName).join(" "));
    shown = now;
  }
}"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the slides, and one after them to which the last click leads."""
    top = tmp_path_factory.mktemp("steps")
    (top / "source").mkdir()
    (top / "source" / "conf.py").write_text(CONF + MORE, "utf-8")
    (top / "source" / "index.md").write_text(f"{DOCUMENT}\n:::{{slide}} The end\n- x\n:::\n", "utf-8")
    (top / "source" / "dot.png").write_bytes(draw_png(20, 20))
    yield SmallSite(top / "source", top / "builds").deck().folder / "index.html"
    shutil.rmtree(top)


def open_deck(page: Page, deck: Path, end: str = "") -> None:
    """Open the deck and wait until it has begun."""
    page.goto(deck.as_uri() + end)
    page.wait_for_function("window.Reveal?.isReady()")


@pytest.mark.parametrize(
    ("slide", "clicks"),
    [
        ("slide-pictures-and-tables", ["p", "p", "img", "figure", "table"]),
        ("slide-code-and-words", ["blockquote", "div", "div", "div", "ul", "dl"]),
        ("slide-notes", ["li", "li aside", "li aside"]),
        ("slide-ways-to-come-and-go", ["p"] * 6),
    ],
)
def test_each_block_is_one_click(deck: Path, page: Page, slide: str, clicks: list[str]) -> None:
    """In order, with none that shows nothing; a footnote comes with the step that refers to it."""
    open_deck(page, deck)
    assert page.evaluate(CLICKS, slide) == clicks


def test_a_footnote_is_below_what_it_explains(deck: Path, page: Page) -> None:
    """It is part of the slide's content, and lies on nothing."""
    open_deck(page, deck, "#slide-notes")
    expect(page.locator(".present .footnote-list")).to_have_css("position", "static")


def test_paper_has_every_step(deck: Path, page: Page) -> None:
    """Whole, whichever way it comes and goes on the screen."""
    open_deck(page, deck, "?print-pdf")
    page.wait_for_selector(".pdf-page")
    for step in page.locator("#slide-ways-to-come-and-go .fragment").all():
        expect(step).to_have_css("opacity", "1")
        expect(step).to_have_css("visibility", "visible")
        expect(step).to_have_css("transform", "none")
