"""Take the picture of README.md anew from what ``make html revealjs`` has built: an article beside its deck."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from paperdeck.browser import open_chromium
from tests.conftest import TOP

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

OUT = TOP / ".github" / "readme.png"
PAPER, SLIDE = "papers/glam/index.html", "slide-gate"
WIDTH, HEIGHT, EDGE = 1600, 860, 24
HALF, TALL = (WIDTH - 3 * EDGE) // 2, HEIGHT - 2 * EDGE
SLIDE_HEIGHT = HALF * 9 // 16
PAGE = """<!doctype html><style>
  body {{ display: grid; grid-template: auto 1fr / 1fr 1fr; gap: {edge}px; margin: 0; padding: {edge}px; }}
  body {{ background: #e6ecf4; }}
  img {{ display: block; width: 100%; border-radius: 8px; outline: 1px solid #d3dbe6; }}
  img:first-child {{ grid-row: 1 / 3; }}
</style><img src="article.png"><img src="slide.png"><img src="view.png">"""


def take(context: BrowserContext, folder: Path, html: Path, revealjs: Path) -> None:
    """Put the three parts into a folder: a section of the article, its slide, and the speaker's view of it."""
    article = context.new_page()
    article.set_viewport_size({"width": HALF, "height": TALL})
    article.goto((html / PAPER).as_uri())
    article.wait_for_function("document.fonts.status === 'loaded'")
    article.evaluate(
        "id => scrollTo(0, document.getElementById(id).closest('section').getBoundingClientRect().top - 80)", SLIDE
    )
    article.screenshot(path=folder / "article.png", animations="disabled")

    deck = context.new_page()
    deck.set_viewport_size({"width": HALF, "height": SLIDE_HEIGHT})
    deck.goto(f"{(revealjs / PAPER).as_uri()}#/{SLIDE}")
    deck.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    with deck.expect_popup() as opened:
        deck.keyboard.press("s")
    view = opened.value
    expect(view.locator(".speaker-controls-notes .value")).not_to_be_empty()
    view.set_viewport_size({"width": HALF * 5 // 4, "height": (TALL - SLIDE_HEIGHT - EDGE) * 5 // 4})  # shown smaller
    for frame in view.frames[1:]:
        frame.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    view.wait_for_function("getComputedStyle(document.body).fontFamily.includes('Plex')")
    deck.evaluate("Reveal.slide(Reveal.getIndices().h, 0, 9)")
    for frame in view.frames[1:]:
        frame.wait_for_function("Reveal.getIndices().f > 0 || Reveal.getIndices().v > 0")
    view.screenshot(path=folder / "view.png")
    deck.screenshot(path=folder / "slide.png")


def main() -> None:
    """Write the picture."""
    html, revealjs = TOP / "_build" / "html", TOP / "_build" / "revealjs"
    if len(sys.argv) > 1:
        html, revealjs = Path(sys.argv[1], "html"), Path(sys.argv[1], "revealjs")
    with open_chromium() as browser, tempfile.TemporaryDirectory() as folder:
        # twice as large and then made smaller, so that what is scaled on the screen is sharp
        context = browser.new_context(color_scheme="light", reduced_motion="reduce", device_scale_factor=2)
        take(context, Path(folder), html.resolve(), revealjs.resolve())
        (Path(folder) / "page.html").write_text(PAGE.format(edge=EDGE), "utf-8")
        page = browser.new_page()
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto((Path(folder) / "page.html").as_uri())
        OUT.parent.mkdir(exist_ok=True)
        page.screenshot(path=OUT)
    print(f"{OUT}: {OUT.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
