"""Diagrams in a real Chromium: labels fit their shapes, colours follow the scheme, steps come at their click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.diagrams.transforms import LABEL_SIZES
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.sites import SmallSite

WORDS = "Attention, “wax & wane” → 96.6 billion, ≤ 8%: AVATAR, ffi, fjord, ΔWm, naïve, 3 × 10⁶"
DOCUMENT = """\
# Title

:::{slide} Every shape
:layout: figure

```{mermaid}
:alt: Every shape.

flowchart LR
  A["Rectangle: AVATAR"] --> B("Round: wavy → 8%") --> C(["Stadium: fjord"]) --> D[["Subroutine"]]
  A -->|"an edge label"| E[("Database")] --> F(("Circle")) --> G{"Is it so?"} --> H{{"Hexagon"}}
  subgraph S["A subgraph of some words"]
    I[/"Parallelogram"/] --> J["`One **bold** and *slanted* word`"]
    K["A label that is so long that it is broken into several lines, each of which has to fit"]
  end
  L["resting"] --> M["flowing"] --> N["working"] --> I
  class L idle
  class M data
  class N active
```
:::

:::{slide} A sequence
:layout: figure

```{mermaid}
:alt: A sequence.

sequenceDiagram
  autonumber
  participant R as The router of a layer
  participant E as Expert 7
  R->>+E: one token, with its weight
  Note over R,E: two of them only
  Note right of E: it has no idea of the others
  critical when all are busy
    E-->>-R: output
  end
```
:::

:::{slide} Steps
- a point

```{mermaid}
:alt: Steps.

flowchart LR
  A["first"] --> B["second"] --> C["third"]
  %% step 1: B
  %% step 2: C
```
:::
"""

LEAVING = """() => [...document.querySelectorAll('.diagram svg:not(.narrow)')].map(svg => {
  const shapes = [...svg.querySelectorAll('rect, circle, ellipse, polygon, path')].filter(shape =>
    shape.closest('.node, .cluster') ? shape.closest('.label-container, .cluster > rect')
                                     : shape.matches('.actor, .note, .labelBox'));
  const boxes = shapes.map(shape => shape.getBoundingClientRect());
  let held = 0;
  const leaving = [];
  for (const text of svg.querySelectorAll('text')) {
    if (text.closest('.actor-man, .edgeLabel')) continue;
    for (const line of text.querySelectorAll('tspan').length ? text.children : [text]) {
      const range = document.createRange();
      range.selectNodeContents(line);
      const rect = range.getBoundingClientRect();
      const [x, y] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
      const around = boxes.filter(box => box.left < x && x < box.right && box.top < y && y < box.bottom);
      if (!around.length) continue;
      held += 1;
      const box = around.reduce((a, b) => a.width * a.height < b.width * b.height ? a : b);
      const over = Math.max(box.left - rect.left, rect.right - box.right, box.top - rect.top, rect.bottom - box.bottom);
      if (over > 0.5) leaving.push([line.textContent, over]);
    }
  }
  return {held, leaving};
})"""

CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = getComputedStyle(document.querySelector('.diagram')).getPropertyValue('--ground');
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = ground;
  const below = getComputedStyle(probe).color;
  probe.remove();
  return [...document.querySelectorAll('.diagram text')].map(text => {
    const shape = text.closest('.node')?.querySelector('.label-container') ?? text.parentNode.querySelector('rect');
    const dot = text.matches('.sequenceNumber') && text.closest('svg').querySelector('marker circle');
    const fill = dot || shape ? getComputedStyle(dot || shape).fill : 'none';
    const [a, b] = [light(getComputedStyle(text).fill), light(fill === 'none' ? below : fill)];
    return [text.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}"""


@pytest.fixture
def diagrams(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a site with every shape of a flowchart, a sequence and steps."""
    return small_site(DOCUMENT, more="html_theme = 'furo'; suppress_warnings = ['paperdeck.diagram_too_large']")


def open_page(page: Page, address: str) -> None:
    """Go to a page, and wait for its fonts."""
    page.goto(address)
    page.wait_for_function("document.fonts.status === 'loaded'")


def open_slide(page: Page, address: str, number: int) -> None:
    """Go to a deck's slide."""
    open_page(page, address)
    page.wait_for_function("window.Reveal?.isReady()")
    page.evaluate("number => Reveal.slide(number)", number)


def test_every_label_lies_inside_its_shape(page: Page, diagrams: SmallSite) -> None:
    """No line of text leaves the box it stands in, in any shape, in either output."""
    open_page(page, (diagrams.articles().folder / "index.html").as_uri())
    in_article = page.evaluate(LEAVING)
    assert [found["leaving"] for found in in_article] == [[], [], []]
    assert [found["held"] for found in in_article] == [16, 5, 3]
    open_slide(page, (diagrams.deck().folder / "index.html").as_uri(), 1)
    for number in (1, 2):
        page.evaluate("number => Reveal.slide(number)", number)
        assert page.evaluate(LEAVING)[number - 1] == in_article[number - 1]


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_a_diagram_stands_above_its_caption(page: Page, small_site: Callable[..., SmallSite], theme: str) -> None:
    """In a theme that has captions in the middle, a small diagram is there too, as an image would be."""
    source = "# T\n\n```{mermaid}\n:alt: Two.\n:caption: Of two\n\nflowchart LR\n  A --> B\n```\n"
    page.goto((small_site(source).articles(html_theme=theme).folder / "index.html").as_uri())
    drawn, caption = (page.locator(f"figure.diagram {part}").bounding_box() for part in ("svg", "figcaption"))
    assert drawn
    assert caption
    assert drawn["x"] + drawn["width"] / 2 == pytest.approx(caption["x"] + caption["width"] / 2, abs=2)


def test_a_wide_flowchart_goes_down_on_a_phone(page: Page, small_site: Callable[..., SmallSite]) -> None:
    """One of its two drawings is shown, with letters of at least 12 px, and the page is no wider for it."""
    chain = " --> ".join(f'{letter}["Step {letter}"]' for letter in "ABCDE")
    site = small_site(f"# T\n\n```{{mermaid}}\n:alt: Five steps.\n:caption: Five\n\nflowchart LR\n  {chain}\n```\n")
    page.goto((site.articles(html_theme="furo").folder / "index.html").as_uri())
    for width, shown in ((1280, "wide"), (390, "narrow")):
        page.set_viewport_size({"width": width, "height": 800})
        [(name, letters)] = page.evaluate("""() => [...document.querySelectorAll('.diagram svg')]
          .filter(svg => svg.checkVisibility())
          .map(svg => [svg.classList[0], 20 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width])""")
        assert name == shown
        assert letters >= 12
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("face", "style"), [("Medium", "500"), ("SemiBold", "600"), ("Italic", "italic 400")])
def test_text_is_measured_as_the_browser_draws_it(page: Page, face: str, style: str) -> None:
    """The width that a box is made for is that of the text on the page, to a hundredth."""
    font = (text_width.FONTS / f"IBMPlexSans-{face}.woff2").as_uri()
    page.goto((text_width.FONTS / "LICENSE.txt").as_uri())  # a page that may load files
    drawn = page.evaluate(
        """async ([font, style, words]) => {
          document.fonts.add(await new FontFace('Plex', `url(${font})`).load());
          const context = document.createElement('canvas').getContext('2d');
          context.font = `${style.replace(/\\d+/, '').trim()} 200px Plex`;
          return context.measureText(words).width / 10;
        }""",
        [font, style, WORDS],
    )
    assert text_width.measure_width(WORDS, 20, face) == pytest.approx(drawn, rel=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_label_can_be_read_in_both_schemes(page: Page, diagrams: SmallSite, scheme: str) -> None:
    """Text has a contrast of 4.5 to its box, or to the ground where it has none; a switch needs no reload."""
    open_page(page, (diagrams.deck().folder / "index.html").as_uri())
    page.evaluate("scheme => document.documentElement.dataset.theme = scheme", scheme)
    contrasts = page.evaluate(CONTRAST)
    assert len(contrasts) > 20
    assert [found for found in contrasts if found[1] < 4.5] == []


def test_no_label_is_smaller_than_the_smallest_that_can_be_read(page: Page, diagrams: SmallSite) -> None:
    """As it is drawn, which is the least that a slide gives a diagram, every label of a deck has 20 px."""
    open_page(page, (diagrams.deck().folder / "index.html").as_uri())
    sizes = page.evaluate(
        "[...document.querySelectorAll('.diagram text')].map(text => getComputedStyle(text).fontSize)"
    )
    assert len(sizes) > 20
    assert min(float(size.removesuffix("px")) for size in sizes) >= min(LABEL_SIZES)


def test_parts_come_at_their_click(page: Page, diagrams: SmallSite) -> None:
    """A step is invisible until its click, and keeps its place; going back hides it again."""
    open_slide(page, (diagrams.deck().folder / "index.html").as_uri(), 3)
    slide = page.locator("section.present")
    place = slide.locator(".diagram svg").bounding_box()

    def shown() -> list[str]:
        words = slide.locator(".node text").all()
        opacity = "text => getComputedStyle(text.closest('.fragment') ?? text).opacity"
        return [str(word.text_content()).strip() for word in words if word.evaluate(opacity) == "1"]

    assert shown() == ["first"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getIndices().f === 0")
    assert shown() == ["first", "second"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getIndices().f === 1")
    assert shown() == ["first", "second", "third"]
    assert slide.locator(".diagram svg").bounding_box() == place
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("Reveal.getIndices().f === 0")
    assert shown() == ["first", "second"]


def test_copied_labels_keep_their_words_apart(page: Page, diagrams: SmallSite) -> None:
    """The lines of a label do not grow together when a reader copies them."""
    open_page(page, (diagrams.articles().folder / "index.html").as_uri())
    copied = page.evaluate("getSelection().selectAllChildren(document.querySelector('.diagram')), `${getSelection()}`")
    assert "A label that is so long that it is" in " ".join(copied.split())
    assert "each of which has to fit" in " ".join(copied.split())
