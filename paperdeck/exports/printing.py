"""A page in a Chromium, laid out for paper."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.browser import open_chromium
from paperdeck.commands import tell_progress
from paperdeck.exports.documents import require_pypdf
from paperdeck.exports.written import Written
from paperdeck.slides.layouts import SLIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

    from paperdeck.exports.pages import Page

SCALE = 1.5
"""Pixels of a picture for one of a slide: 1920 x 1080 in all."""
SCRIPT = Path(__file__).with_name("export.js")
PATIENCE = 60_000
"""How long a page may take to open, in ms: a busy machine is no fault."""


@dataclass(frozen=True)
class Slide:
    """A page of a deck that is laid out for paper."""

    id: str
    title: str
    number: str
    """As it is shown; empty for a cover or Sources."""
    is_detail: bool
    is_step: bool
    """Whether it repeats the page before it, with a step more."""
    words: str
    """What stands on it."""
    note: tuple[str, ...]
    """What is said, by paragraph."""
    seconds: float = 0
    """How long that takes."""
    at: float | None = None
    """When it begins in a recording."""


def print_each(
    targets: Mapping[Page, Path],
    draw: Callable[[Browser, Page], tuple[bytes, int] | tuple[bytes, int, tuple[str, ...]]],
) -> Iterator[Written]:
    """Print pages to files; yield what was written.

    :param draw: what returns the PDF of a page, how many sheets it has, and what it lacks
    :raises Refused: there is nothing to print with
    """
    require_pypdf()
    with open_chromium() as browser:
        for done, (page, target) in enumerate(targets.items()):
            tell_progress(done, len(targets), target.name)
            data, *told = draw(browser, page)
            target.write_bytes(data)
            yield Written(target, *told)
        tell_progress(len(targets), len(targets), "")


@contextmanager
def open_for_paper(browser: Browser, page: Page, *, steps: bool = False, scale: float = 1) -> Iterator[Tab]:
    """Open a page as it is printed, its links settled.

    :param steps: whether a deck has a page for each step
    :param scale: how many pixels of a picture there are to one of the page
    """
    width, height = SLIDE.width, SLIDE.height
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    try:
        tab = context.new_page()
        tab.emulate_media(media="screen" if page.is_deck else "print", color_scheme="light")
        # reveal makes a page a pixel lower than a slide, lest printing adds an empty one; a picture has all
        height_offset = "" if scale == 1 else "&pdfPageHeightOffset=0"
        query = f"?print-pdf&pdfSeparateFragments={str(steps).lower()}{height_offset}" if page.is_deck else ""
        tab.goto(page.path.resolve().as_uri() + query)
        if page.is_deck:
            tab.locator(".pdf-page").first.wait_for()
            tab.locator(".reveal.ready").wait_for()
        tab.add_script_tag(path=SCRIPT)
        tab.evaluate("links => paperdeckExport.settleLinks(links)", dict(page.links))
        if steps:
            tab.evaluate("document.documentElement.classList.add('paperdeck-steps')")
        tab.evaluate("document.fonts.ready.then(() => null)")
        yield tab
    finally:
        context.close()


def list_slides(tab: Tab) -> list[Slide]:
    """Return what stands on the pages of a deck."""
    return [
        Slide(
            told["id"],
            told["title"],
            told["number"],
            told["isDetail"],
            told["isStep"],
            told["words"],
            tuple(told["note"]),
            told["seconds"],
            told["at"],
        )
        for told in tab.evaluate("paperdeckExport.slides()")
    ]


def list_headings(tab: Tab) -> list[str]:
    """Return the headings of an article: Chromium writes one twice into its bookmarks that goes over two lines."""
    found: list[str] = tab.evaluate("paperdeckExport.headings()")
    return found


def print_tab(tab: Tab, *, outline: bool = False) -> bytes:
    """Return the PDF of what a tab shows: as large as the page says it is, tagged, its grounds printed."""
    return tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=outline)


def take_pictures(tab: Tab) -> list[bytes]:
    """Return a picture of each page of a deck, as PNG."""
    return [page.screenshot() for page in tab.locator(".pdf-page").all()]
