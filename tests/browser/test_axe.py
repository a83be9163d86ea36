"""What axe-core and a second look at the colours find on the real site: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import TOP

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Site

SOURCES = [path for pattern in ("*.md", "papers/**/*.md", "guide/*.md") for path in sorted(TOP.glob(pattern))]
DOCUMENTS = [path.relative_to(TOP).with_suffix(".html").as_posix() for path in SOURCES]
ARTICLES = [name for name in DOCUMENTS if name not in ("README.html", "CONTRIBUTING.html", "CHANGELOG.html")]
DECKS = ["compare.html", *(f"papers/{path.parent.name}/index.html" for path in sorted(TOP.glob("papers/*/index.md")))]

#: No rule of axe needs the stylesheets loaded again, which a page from a file may not do.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
COLOUR_RULES = ("color-contrast", "link-in-text-block")
COLOURS = {**OPTIONS, "runOnly": [*COLOUR_RULES]}
SHAPES = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}

#: Every text that is shown below an element, with its contrast to what it stands on: the nearest ground, or in a
#: drawing its halo or the last shape before it that is painted where it stands. Axe passes over drawings, and over all
#: that has a line or a dash drawn before it.
CONTRASTS = """(root) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const solid = (colour) => colour.startsWith("rgb") && (parts(colour)[3] ?? 1) === 1;
  const shapeUnder = (text, x, y) => [...text.closest("svg").querySelectorAll("rect, path, circle, ellipse, polygon")]
    .filter((shape) => {
      const {left, right, top, bottom} = shape.getBoundingClientRect();
      const before = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      return before && left < x && x < right && top < y && y < bottom && solid(getComputedStyle(shape).fill);
    }).at(-1);
  const ground = (owner, drawn, x, y) => {
    const style = getComputedStyle(owner);
    if (drawn && style.paintOrder.startsWith("stroke")) return style.stroke;
    const shape = drawn && shapeUnder(owner, x, y);
    if (shape) return getComputedStyle(shape).fill;
    let under = owner;
    const sign = (element) => getComputedStyle(element).maskImage !== "none"; // its ground is what is drawn
    while (under && (sign(under) || !solid(getComputedStyle(under).backgroundColor))) under = under.parentElement;
    return under ? getComputedStyle(under).backgroundColor : "rgb(255, 255, 255)";
  };
  const seen = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, owner = text.parentElement, range = document.createRange();
    range.selectNodeContents(text);
    const box = [...range.getClientRects()].find(({width}) => width > 1);
    if (!box || !text.data.trim() || owner.closest(HIDDEN) || !owner.checkVisibility({visibilityProperty: true})) {
      continue;
    }
    const drawn = owner.closest("svg"), {fill, color} = getComputedStyle(owner);
    const colours = [drawn ? fill : color, ground(owner, drawn, box.x + box.width / 2, box.y + box.height / 2)];
    const [low, high] = colours.map(light).sort((one, other) => one - other);
    const body = owner.closest(":is(.content, .paperdeck-content) :is(p, li, dt, dd, td)")
      && !owner.closest("svg, thead, figcaption, .eqno");
    seen.push({text: text.data.trim(), colours, body: !!body, contrast: (high + 0.05) / (low + 0.05)});
  }
  return seen;
}""".replace("HIDDEN", "'.visually-hidden, .chart-values, .skip-to-content, .back-to-top'")


def faults(page: Page, options: dict[str, Any], context: str | None = None) -> list[str]:
    """Return what axe finds on a page, or in the part of it that a selector names."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("([context, options]) => axe.run(context ?? document, options)", [context, options])
    return [
        f"{fault['id']}: {node['html']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def faint(page: Page, root: str, body: float = 4.5) -> list[dict[str, Any]]:
    """Return the texts below an element that cannot be read well enough.

    :param body: what the words of a slide's content must have; all others need 4.5
    """
    seen: list[dict[str, Any]] = page.locator(root).evaluate(CONTRASTS)
    assert seen
    return [text for text in seen if text["contrast"] < (body if text["body"] else 4.5)]


@pytest.mark.parametrize("name", [*ARTICLES, "search.html", "genindex.html", "shelf"])
def test_nothing_is_wrong_with_a_page(site: Site, page: Page, name: str) -> None:
    """Wide and narrow, light and dark."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((site.revealjs / "index.html" if name == "shelf" else site.html / name).as_uri())
    assert faults(page, OPTIONS) == []
    assert faint(page, "body") == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, COLOURS) == []
    assert faint(page, "body") == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # what scrolls now
    assert faults(page, SHAPES) == []
    assert faint(page, "body") == []


@pytest.mark.parametrize("name", DECKS)
def test_nothing_is_wrong_with_a_slide(site: Site, page: Page, name: str) -> None:
    """Light and dark, every slide with all its steps; the words of its content can be read from afar."""
    page.goto((site.revealjs / name).as_uri())
    page.wait_for_function("window.Reveal?.isReady()")
    assert faults(page, OPTIONS) == []
    slides = page.locator(".slides section[data-layout]").all()
    assert len(slides) > 5
    shown = "section.present[data-layout]"
    for slide in slides:
        slide.evaluate("(slide) => Reveal.slide(...Object.values(Reveal.getIndices(slide)).slice(0, 2), 99)")
        page.evaluate("document.documentElement.dataset.theme = 'light'")
        assert faults(page, OPTIONS, shown) == []
        assert faint(page, shown, 7) == []
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert faults(page, COLOURS, shown) == []
        assert faint(page, shown, 7) == []
