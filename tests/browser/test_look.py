"""The decks of the real site, on the lines of the look: on screen, on paper, on a phone, in the dark."""

from __future__ import annotations

import gzip
import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from paperdeck.site.brand import contrast
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.conftest import Site
    from tests.sites import SmallSite

#: At 1280 × 720 a slide is as large as its pixels: what does not stand where the look puts it, slide by slide.
OFF_THE_LINES = """() => {
  const off = [];
  const slides = document.querySelectorAll(".slides section[data-layout]");
  for (const slide of slides) {
    const {h, v} = Reveal.getIndices(slide);
    Reveal.slide(h, v, 99);
    const layout = slide.dataset.layout;
    const at = (text) => off.push(`${slide.id}: ${text}`);
    const box = (selector) => slide.querySelector(selector)?.getBoundingClientRect();
    const [title, content, foot] = ["> h2", "> .paperdeck-content", "> footer"].map((part) => box(`:scope ${part}`));
    const framed = !["cover", "closing", "statement"].includes(layout);
    const top = 48 + (slide.querySelector(".paperdeck-kicker") ? 32 : 0);
    if (framed && title.top !== top) at(`title at ${title.top}`);
    if (layout === "statement" && title.top !== 176) at(`title at ${title.top}`);
    if (framed && title.height > 96) at(`title of ${title.height} px`);
    if (framed && content.top !== (layout === "question" ? 176 : title.bottom + 40)) at(`content at ${content.top}`);
    if (foot && (foot.top !== 656 || foot.bottom !== 688)) at(`footer at ${foot.top}–${foot.bottom}`);
    const end = ["cover", "closing"].includes(layout) ? 688 : 632;
    for (const part of slide.querySelectorAll(".paperdeck-content *, .paperdeck-masthead *, .paperdeck-imprint *")) {
      if (part.closest("svg *, .footnote-list, math, .chart-values")) continue;
      const {right, bottom, width} = part.getBoundingClientRect();
      if (width && (right > 1201 || bottom > end + 1)) at(`${part.tagName} ends at ${right}, ${bottom}`);
    }
  }
  return [slides.length, off];
}"""


#: The words of every slide's content that say something, each with its colour and that of the ground below it.
WORDS = """() => {
  const solid = (colour) => colour.startsWith("rgb(");
  const said = [], probe = document.body.appendChild(document.createElement("i"));
  const painted = (slide) => {  // reveal.js paints the ground of a slide behind all slides
    probe.style.color = slide.dataset.backgroundColor;
    return getComputedStyle(probe).color;
  };
  for (const content of document.querySelectorAll(".slides section[data-layout] .paperdeck-content")) {
    const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode, owner = text.parentElement;
      if (!text.data.trim() || !owner.closest(":is(p, li, dt, dd, td)")) continue;
      if (owner.closest("svg, thead, figcaption, .eqno, .visually-hidden, .chart-values")) continue;
      let under = owner;
      while (under && !under.dataset.backgroundColor && !solid(getComputedStyle(under).backgroundColor)) {
        under = under.parentElement;
      }
      const own = under?.dataset.backgroundColor ? painted(under) : under && getComputedStyle(under).backgroundColor;
      const ground = own ?? "rgb(255, 255, 255)";
      said.push([text.data.trim(), getComputedStyle(owner).color, ground]);
    }
  }
  return said;
}"""


def decks(site: Site) -> Iterator[Path]:
    """Give the pages of the real decks."""
    yield from sorted(site.revealjs.glob("papers/*/index.html"))


def open_deck(page: Page, deck: Path, query: str = "") -> None:
    """Open a deck and wait until it has begun and its faces are there."""
    page.goto(deck.as_uri() + query)
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")


def test_every_slide_stands_on_the_same_lines(site: Site, page: Page) -> None:
    """Title at 48, content from 40 below it to 632, footer at 656, nothing beyond the right margin: on every slide."""
    for deck in decks(site):
        open_deck(page, deck)
        count, off = page.evaluate(OFF_THE_LINES)
        assert count > 10
        assert off == [], deck


@pytest.mark.parametrize("query", ["", "?print-pdf"])
def test_paper_takes_one_slide_a_page(site: Site, page: Page, query: str) -> None:
    """Printed as it stands or by reveal's own way, a deck has as many pages as slides, in light colours."""
    page.emulate_media(color_scheme="dark")
    open_deck(page, next(decks(site)), query)
    slides = page.locator("section[data-layout]").count()
    if query:  # reveal.js lays the pages out after it says that it is ready
        expect(page.locator(".pdf-page")).to_have_count(slides)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == slides
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_phone_reads_the_slides_in_one_column(site: Site, page: Page) -> None:
    """On a phone nothing is wider than the screen, and no text is smaller than 13 px as it is shown."""
    page.set_viewport_size({"width": 390, "height": 844})
    open_deck(page, next(decks(site)))
    page.wait_for_selector(".reveal-scroll")
    seen = page.evaluate("""() => [...document.querySelectorAll(".paperdeck-content *")].map((part) => {
      const {left, right} = part.getBoundingClientRect();
      return {right, size: parseFloat(getComputedStyle(part).fontSize) * part.currentCSSZoom,
              scrolls: !!part.closest("table, figure"), said: part.matches("p, li, td, dd")};
    }).filter(({said}) => said)""")
    assert [part for part in seen if part["size"] < 13] == []
    assert [part for part in seen if part["right"] > 390 and not part["scrolls"]] == []


def as_hex(colour: str) -> str:
    """Return a colour as ``#rrggbb``."""
    red, green, blue = map(int, re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour).groups())
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_a_slide_can_be_read_from_afar(site: Site, page: Page, scheme: Literal["light", "dark"]) -> None:
    """What the content of a slide says has a contrast of 7; captions, heads and drawings need less."""
    page.emulate_media(color_scheme=scheme)
    for deck in [*decks(site), site.revealjs / "compare.html"]:
        open_deck(page, deck)
        said = page.evaluate(WORDS)
        assert len(said) > 20
        faint = [(text, ink, ground) for text, ink, ground in said if contrast(as_hex(ink), as_hex(ground)) < 7]
        assert faint == [], deck


def test_a_deck_is_sound_as_a_page(site: Site, page: Page) -> None:
    """Its title, language, landmarks and buttons; ``check`` asks axe of the slides, one by one."""
    for deck in [*decks(site), site.revealjs / "compare.html"]:
        open_deck(page, deck)
        page.evaluate(Axe().axe_script)
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == [], deck


def test_first_view_is_light(site: Site, page: Page) -> None:
    """What a deck fetches before the first click is at most 180 KB as gzip sends it, the maths face apart."""
    for deck in decks(site):
        fetched: set[Path] = set()
        page.on("request", lambda request: fetched.add(Path(unquote(urlsplit(request.url).path))))  # noqa: B023
        open_deck(page, deck)
        sizes = {
            file.name: file.stat().st_size if file.suffix == ".woff2" else len(gzip.compress(file.read_bytes()))
            for file in fetched
            if file.name != "IBMPlexMath-Regular.woff2"
        }
        assert len(sizes) > 5
        assert sum(sizes.values()) <= 180 * 1024, sizes


SHOWN = """() => [...document.querySelectorAll(".slides section[data-layout]")].map((slide) =>
  slide.checkVisibility({visibilityProperty: true}) && slide.getBoundingClientRect().height >= 720)"""


@pytest.mark.parametrize("scripts", [True, False])
def test_without_reveal_the_slides_stand_below_each_other(site: Site, browser: Browser, scripts: bool) -> None:
    """With scripts only the first is laid out at first, unseen; what does not come in seconds is not awaited."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.route("**/reveal.js", lambda route: route.abort())
    page.goto((site.revealjs / "papers" / "glam" / "index.html").as_uri())
    sections = page.locator(".slides section[data-layout]")
    if scripts:
        page.evaluate("document.getAnimations().forEach((late) => { late.pause(); late.currentTime = 0; })")
        assert not any(page.evaluate(SHOWN))
        laid_out = page.evaluate(
            "[...document.querySelectorAll('.slides > section')].filter((slide) => slide.offsetHeight)"
        )
        assert len(laid_out) == 1
        page.evaluate("document.getAnimations().forEach((late) => late.finish())")
        assert all(page.evaluate(SHOWN))
    tops = [box["y"] for box in (section.bounding_box() for section in sections.all()) if box]
    context.close()
    assert len(tops) > 2
    assert all(lower - upper >= 720 for upper, lower in pairwise(tops))


FRAMED = """# Talk

:::{slide} A title
:kicker: Part one
- Words

![A square](square.png){.full-bleed}
:::

:::{slide} Another
:kicker: Part two
- Words
:::
"""


def test_words_above_a_title_and_on_a_picture_do_not_meet(small_site: Callable[..., SmallSite], page: Page) -> None:
    """Kicker, title and text stand one below the other, begin at one edge, and lie on a picture down to the footer."""
    site = small_site({"index.md": FRAMED, "square.png": draw_png(30, 30)})
    page.goto((site.deck().folder / "index.html").as_uri())
    page.locator(".reveal.ready").wait_for()
    for name, edge in (("slide-a-title", 56), ("slide-another", 80)):
        page.goto(f"{page.url.partition('#')[0]}#/{name}")
        slide = page.locator(f"#{name}.present")
        boxes = [slide.locator(part).bounding_box() for part in (".paperdeck-kicker", "h2", "ul")]
        assert [box["x"] for box in boxes] == [edge] * 3
        assert all(upper["y"] + upper["height"] <= lower["y"] + 1 for upper, lower in pairwise(boxes)), boxes
    assert page.locator("img.full-bleed").evaluate("image => [image.clientWidth, image.clientHeight]") == [1280, 632]


def test_a_high_picture_is_printed(small_site: Callable[..., SmallSite], page: Page) -> None:
    """On paper a slide is of one piece; else what is about to be set smaller goes to a page of its own, and is lost."""
    text = "# Talk\n\n:::{slide} High\n:layout: split\n- Words\n\n![high](high.png)\n:::\n\n:::{slide} Next\nx\n:::\n"
    site = small_site({"index.md": text, "high.png": draw_png(900, 1000)})
    page.goto((site.deck().folder / "index.html").as_uri() + "?print-pdf")
    page.locator(".reveal.ready").wait_for()
    _cover, printed, _next = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    drawn: list[tuple[float, float]] = []
    printed.extract_text(
        visitor_operand_before=lambda name, _of, at, _text: (
            drawn.append((at[5], at[5] + at[3])) if name == b"Do" else None
        )
    )
    ((bottom, top),) = drawn
    footer, title = 88 * 0.75, 540 - 136 * 0.75  # in pt
    assert footer < bottom < top < title


BOXES = """# Talk

:::{slide} Wide
:layout: figure
```{figure} wide.png
:alt: wide
Caption
```
:::

:::{slide} Tall
:layout: figure
```{figure} tall.png
:alt: tall
Caption
```
:::

:::{slide} Drawn
:layout: figure
:auto-animate:
![drawn](drawn.svg)
:::

:::{slide} Beside
:layout: split
:auto-animate:
- Words

![drawn](drawn.svg)
:::

:::{slide} Rows
![wide](wide.png) ![tall](tall.png) ![wide](wide.png)

![wide](wide.png) ![tall](tall.png) ![wide](wide.png) ![wide](wide.png)

<iframe width="900" height="60" title="Another page"></iframe>
:::

:::{slide} Growing
{.fragment .grow}
It grows
:::
"""
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><path d="M0 0h400v200H0z"/></svg>'


def test_a_picture_is_a_box_of_its_shape(small_site: Callable[..., SmallSite], page: Page) -> None:
    """So that its ground in the dark ends where it does and its caption follows it; a drawing needs no size to be seen.

    On a phone both slides of a motion are there, and what grows does so from where its words begin.
    """
    site = small_site(
        {"index.md": BOXES, "wide.png": draw_png(900, 60), "tall.png": draw_png(60, 900), "drawn.svg": DRAWN},
        more='myst_enable_extensions = ["colon_fence", "attrs_block"]\n',
    )
    deck = (site.deck().folder / "index.html").as_uri()
    page.goto(deck)
    page.locator(".reveal.ready").wait_for()
    sizes = page.evaluate("""() => [...document.querySelectorAll(".slides section img")].map((image) => {
      const {h, v} = Reveal.getIndices(image.closest("section"));
      Reveal.slide(h, v);
      return [image.offsetWidth, image.offsetHeight];
    })""")
    (wide, wide_high), (tall, tall_high), drawn, beside, *_row = sizes
    assert (wide, wide_high) == (1120, 75)
    assert tall_high > 400
    assert abs(tall - tall_high / 15) <= 1
    assert drawn[1] > 400
    assert abs(drawn[0] - 2 * drawn[1]) <= 1
    assert beside == [400, 200]
    page.evaluate("Reveal.slide(1)")
    picture, caption = (page.locator(f"#slide-wide {part}").bounding_box() for part in ("img", "figcaption"))
    assert picture
    assert caption
    assert round(caption["y"] - picture["y"]) == 75 + 16
    page.evaluate("Reveal.slide(6, 0, 0)")
    growing = page.locator("#slide-growing .grow")
    growing.evaluate("(text) => Promise.all(text.getAnimations().map((moving) => moving.finished))")
    assert round(growing.evaluate("(text) => text.getBoundingClientRect().left")) == 80
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".reveal-scroll").wait_for()
    right = "[...document.querySelectorAll('section :is(img, iframe)')].map((it) => it.getBoundingClientRect().right)"
    assert max(page.evaluate(right)) <= 390
    assert all(
        page.evaluate(
            "[...document.querySelectorAll('section[data-layout], section img')].map((it) => it.offsetHeight)"
        )
    )
