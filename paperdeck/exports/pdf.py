"""Print decks and articles as PDF: real text, links that lead somewhere, a bookmark for each slide.

A deck has one page a slide, or one a step. Needs a Chromium.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.addresses import pdf_of
from paperdeck.browser import require_chromium
from paperdeck.commands import Refused
from paperdeck.exports.documents import describe_pdf, list_bookmarks, name_slides, require_pypdf
from paperdeck.exports.pages import add_folders, choose_pages, find_pages, name_pages
from paperdeck.exports.printing import list_headings, list_slides, open_for_paper, print_each, print_tab
from paperdeck.exports.written import tell_written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from playwright.sync_api import Browser

    from paperdeck.exports.pages import Page
    from paperdeck.exports.written import Written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)
    parser.add_argument("--steps", action="store_true", help="a page for each step of a slide")
    parser.add_argument("--beside", action="store_true", help="write each beside its page, where its article links it")


def run(options: argparse.Namespace) -> int:
    """Print them.

    Raises Refused: there is nothing to print, or nothing to print with.
    """
    pages, out = choose_pages(options)
    names = name_pages(pages)
    targets = {page: place_beside(page) if options.beside else out / name_pdf(page, names[page.path]) for page in pages}
    tell_written(print_pages(targets, steps=options.steps))
    return 0


def find_lack() -> str:
    """Return what is missing for printing, with the command that installs it; empty where nothing is."""
    try:
        require_chromium()
        require_pypdf()
    except Refused as error:
        return str(error)
    return ""


def name_pdf(page: Page, name: str) -> str:
    """Return what the PDF of a page is called."""
    return f"{name}-slides.pdf" if page.is_deck else f"{name}.pdf"


def place_beside(page: Page) -> Path:
    """Return where the PDF of a page lies that its article links."""
    return page.path.parent / Path(pdf_of(page.path.name, page.document, page.is_deck)).name


def print_beside(folder: Path) -> list[Written]:
    """Print the decks and articles of a site, each beside its page."""
    return [*print_pages({page: place_beside(page) for page in find_pages([folder])})]


def print_pages(targets: Mapping[Page, Path], *, steps: bool = False) -> Iterable[Written]:
    """Print pages to files; yield what was written."""

    def draw(browser: Browser, page: Page) -> tuple[bytes, int]:
        return print_deck(browser, page, steps=steps) if page.is_deck else print_article(browser, page)

    return print_each(targets, draw)


def print_deck(browser: Browser, page: Page, *, steps: bool = False) -> tuple[bytes, int]:
    """Return the PDF of a deck, and how many pages it has.

    :param steps: whether each step has a page of its own
    """
    with open_for_paper(browser, page, steps=steps) as tab:
        slides = list_slides(tab)
        data = print_tab(tab)
    marks, names = list_bookmarks(slides), name_slides(slides)
    return describe_pdf(data, page.title, page.author, page.language, marks, names)


def print_article(browser: Browser, page: Page) -> tuple[bytes, int]:
    """Return the PDF of an article, its headings as bookmarks, and how many pages it has."""
    with open_for_paper(browser, page) as tab:
        headings = list_headings(tab)
        data = print_tab(tab, outline=True)
    return describe_pdf(data, page.title, page.author, page.language, headings=headings)
