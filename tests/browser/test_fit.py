"""What stands on a slide fits it, in a browser: pictures take what words leave, and no text leaves its place."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from paperdeck.maths.boxes import measure_mathml
from tests.sites import CONF, SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

MORE = """\
numfig = True
myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_block"]
suppress_warnings = ["paperdeck.unsourced_number"]
"""
DOCUMENT = """\
# Talk

:::{slide} A line and a picture
- One line of text

![wide](wide.png)
:::

:::{slide} A tall picture with a caption
```{figure} tall.png
The caption of the picture
```
:::

:::{slide} Picture, table and text
- A line of text

| a | b |
| - | - |
| x | y |
| z | w |

![wide](wide.png)
:::

:::{slide} Of a height
- One line

```{image} wide.png
:height: 500px
```
:::

:::{slide} Scaled, and a link
```{figure} tall.png
:scale: 90
:target: https://example.org/
The caption
```
:::

:::{slide} Scaled, and a link without a caption
- One line

```{image} tall.png
:scale: 90
:target: https://example.org/
```
:::

:::{slide} In a list
- One line

  ![wide](wide.png)
- Another line
:::

:::{slide} In a note
```{note}
Text

![wide](wide.png)
```
:::

:::{slide} In a table
| ![wide](wide.png) | b |
| - | - |
| ![wide](wide.png) | text |
| ![tall](tall.png) | text |
:::

:::{slide} Two pictures
A line.

![wide](wide.png) ![tall](tall.png)
:::

:::{slide} Small pictures
![dot](dot.png)

```{image} dot.png
:class: r-stretch
:alt: stretched
```
:::

:::{slide} Figure in a split
:layout: split
- one

```{figure} tall.png
A caption that is rather long, so that it has to be broken into lines
```
:::

:::{slide} Figure with text
:layout: figure
Some text
- and a list

![wide](wide.png)
:::

::::{slide} Pictures in sides
:layout: compare
Above both.
:::{side} Left
![wide](wide.png)
:::
:::{side} Right
![tall](tall.png)
- a line
:::
::::

::::{slide} Code and symbols in sides
:layout: compare
:::{side} Left
```python
torch.save(model.state_dict(), path_to_the_checkpoint_of_this_run)
```
:::
:::{side} Right
$$
L = \\frac{1}{N}\\sum_{i=1}^{N} \\log p(x_i \\mid x_{<i}) + \\alpha \\sum_{e=1}^{E} f_e P_e
$$
- a line
:::
::::

::::{slide} Three sides
:layout: compare
:::{side} Left
- **96.6 billion** parameters used for a token
:::
:::{side} Middle
- **1.2 trillion** of them held
:::
:::{side} Right
- **Dense models always lose** against others
:::
::::

::::{slide} Numbers
:layout: compare
:::{side} Left
- **96.6 billion** parameters used for a token
- **1.3 billion** of them here
:::
:::{side} Right
- **1.2 trillion trillion** parameters held
:::
::::

:::{slide} Code beside words
:layout: split
- one

```{code-block} python
:linenos:
:emphasize-lines: 1
torch.save(model.state_dict(), path_to_the_checkpoint_of_this_run, and_another_argument_of_it=True)
x = 1
```
:::

:::{slide} Numbers that go on
3. c
   1. d
      - e
4. f

   ![dot](dot.png)
5. g
:::

:::{slide} Long words
- <https://example.org/a/very/long/address/that/does/not/break/anywhere/at/all/and/goes/on/and/on/and/on/index.html>
- `an_identifier_that_does_not_break_anywhere_at_all_and_goes_on_and_on_and_on_until_the_end_of_it`
:::

:::{slide} A wide table
| Model name | Parameters | Experts | Tokens | Benchmarks | Perplexity | Throughput | Latency | Hardware | Energy |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| GPT-large | onehundred | thousands | trillions | everything | unspecified | unmeasurable | slow | accelerator | many |
:::

:::{slide} A wide equation
:layout: split
- one

$$
L = \\frac{1}{N}\\sum_{i=1}^{N} \\log p(x_i \\mid x_{<i}) + \\alpha \\sum_{e=1}^{E} f_e P_e + \\beta \\sqrt{z^2}
$$
:::

:::{slide} A long title that says the whole point of the slide in one sentence, as it should, and goes on with a second
- A line

![wide](wide.png)
:::

:::{slide} A footnote below a table
| a | b |
| - | - |
| x[^n] | y |
| z | w |
| z | w |
| z | w |
| z | w |

[^n]: The note.
:::
"""
FILES = {"wide.png": (1600, 900), "tall.png": (600, 1200), "dot.png": (20, 20)}

#: What of a slide leaves its content, or lies on something else; each slide with all its steps.
WRONG = """() => [...document.querySelectorAll(".slides section[data-slide]")].flatMap((slide) => {
  const {h, v} = Reveal.getIndices(slide);
  Reveal.slide(h, v, 99);
  const room = slide.getBoundingClientRect();
  const [title, content, footer] = [":scope > h2", ":scope > .paperdeck-content", ":scope > footer"].map(
    (part) => slide.querySelector(part).getBoundingClientRect());
  const wrong = content.top < title.bottom ? ["title on the content"] : [];
  const boxes = [...slide.querySelectorAll(".paperdeck-content :is(img, svg, table, pre, math, video)")].map(
    (part) => [part.tagName, part.getBoundingClientRect()]);
  const texts = document.createTreeWalker(slide.querySelector(".paperdeck-content"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest("math")) continue;
    const range = new Range();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) boxes.push([texts.currentNode.data.trim(), box]);
  }
  for (const [name, box] of boxes) {
    if (box.width < 2 || !name) continue;
    const {left, right, bottom} = box;
    if (left < 79 || right > 1201 || bottom > footer.top + 1) wrong.push(`${name}: ${left}, ${right}, ${bottom}`);
  }
  for (const value of slide.querySelectorAll(".paperdeck-stat-value")) {
    const [one, other] = [value, value.nextElementSibling].map((part) => {
      const range = new Range();
      range.selectNodeContents(part);
      return range.getBoundingClientRect();
    });
    if (one.right > other.left && one.bottom > other.top + 8) wrong.push(`${value.textContent} on its label`);
  }
  return wrong.map((what) => `${slide.id}: ${what}`);
})"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the slides."""
    top = tmp_path_factory.mktemp("fit")
    (top / "source").mkdir()
    (top / "source" / "conf.py").write_text(CONF + MORE, "utf-8")
    (top / "source" / "index.md").write_text(DOCUMENT, "utf-8")
    for name, (width, height) in FILES.items():
        (top / "source" / name).write_bytes(draw_png(width, height))
    yield SmallSite(top / "source", top / "builds").deck().folder / "index.html"
    shutil.rmtree(top)


def open_deck(page: Page, deck: Path, end: str = "") -> None:
    """Open the deck and wait until it and its type are there."""
    page.goto(deck.as_uri() + end)
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")


def test_nothing_leaves_its_place(deck: Path, page: Page) -> None:
    """Whatever is beside or above it; no number lies on its label, no title on the content."""
    open_deck(page, deck)
    assert page.evaluate(WRONG) == []


def box(page: Page, selector: str) -> dict[str, float]:
    """Return where an element of the slide that is shown stands."""
    found = page.locator(f".slides .present {selector}").bounding_box()
    assert found is not None
    return dict(found)


def test_pictures_in_one_line_are_of_one_height(deck: Path, page: Page) -> None:
    """And of the shape of their files, side by side."""
    open_deck(page, deck, "#slide-two-pictures")
    wide, tall = box(page, "img >> nth=0"), box(page, "img >> nth=1")
    assert wide["height"] == pytest.approx(tall["height"], abs=1)
    assert wide["width"] / wide["height"] == pytest.approx(16 / 9, rel=0.02)
    assert tall["x"] - wide["x"] - wide["width"] == pytest.approx(24, abs=2)


def test_a_small_picture_grows_only_when_asked(deck: Path, page: Page) -> None:
    """A dot stays a dot; with ``r-stretch`` it takes what is left."""
    open_deck(page, deck, "#slide-small-pictures")
    assert box(page, "img >> nth=0")["width"] == 20
    assert box(page, "img >> nth=1")["height"] > 380


def test_a_list_counts_from_where_it_starts(deck: Path, page: Page) -> None:
    """As in the article; a number in a list of numbers is one, and no dash."""
    open_deck(page, deck, "?print-pdf")
    page.wait_for_selector(".pdf-page")
    pages = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    shown = next(text for text in pages if "Numbers that go on" in text)
    assert re.findall(r"([a-z])\s*(\d)\.", shown) == [
        ("c", "3"),
        ("d", "1"),
        ("f", "4"),
        ("g", "5"),
    ]  # the number is drawn last
    inner = page.locator("#slide-numbers-that-go-on ol ol > li")
    assert inner.evaluate("item => getComputedStyle(item, '::before').backgroundColor") == "rgba(0, 0, 0, 0)"


def test_a_broken_line_of_code_is_marked(deck: Path, page: Page) -> None:
    """The line goes on below its beginning, with a mark beside it, and is one line when it is copied."""
    open_deck(page, deck, "#slide-code-beside-words")
    lines = page.locator(".present pre :is(.hll, .paperdeck-line)")
    assert [line.evaluate("line => line.offsetHeight") for line in lines.all()] == [108, 36]
    assert "↪" in lines.first.evaluate("line => getComputedStyle(line, '::before').content")
    expect(lines.first).to_have_text(
        "1torch.save(model.state_dict(), path_to_the_checkpoint_of_this_run, and_another_argument_of_it=True)"
    )


def test_an_equation_is_about_as_wide_as_the_build_believes(deck: Path, page: Page) -> None:
    """To within a tenth."""
    open_deck(page, deck, "#slide-a-wide-equation")
    html, drawn = page.locator(".present div.math math").evaluate("""math => {
      const sides = [...math.children].map(part => part.getBoundingClientRect());
      const width = Math.max(...sides.map(({right}) => right)) - Math.min(...sides.map(({left}) => left));
      return [math.outerHTML, width / parseFloat(getComputedStyle(math).fontSize)];
    }""")
    assert measure_mathml(ET.fromstring(html)).width == pytest.approx(drawn, rel=0.1)


def test_an_overfull_slide_is_one_page_of_paper(small_site: Callable[..., SmallSite], page: Page) -> None:
    """However much stands on it."""
    lines = "".join(f"- line {letter}\n" for letter in "abcdefghijklmnopqrstuvwxyz")
    output = small_site(f"# Talk\n\n:::{{slide}} Long\n{lines}:::\n").build("revealjs")
    open_deck(page, output.folder / "index.html", "?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
