"""Print posters: one page of A0 with the slides that are marked for it (``:class: poster``), large and in columns.

Title and authors stand above them, with the QR code of the article. Needs a Chromium.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.exports.documents import describe_pdf
from paperdeck.exports.pages import add_folders, choose_decks, name_pages
from paperdeck.exports.printing import open_for_paper, print_each, print_tab
from paperdeck.exports.written import tell_written

if TYPE_CHECKING:
    import argparse

    from playwright.sync_api import Browser

    from paperdeck.exports.pages import Page

STYLE = Path(__file__).with_name("poster.css")
MARKED = re.compile(r'<section\b[^>]*\bclass="(?:[^"]*\s)?poster[\s"]')
NO_CODE = "a QR code: `html_baseurl` in conf.py says where the article lies"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)


def run(options: argparse.Namespace) -> int:
    """Print them.

    Raises Refused: there is nothing to print, or nothing to print with.
    """
    decks, out = choose_decks(options)
    marked = [deck for deck in decks if MARKED.search(deck.path.read_text("utf-8"))]
    if not marked:
        raise Refused("no slide is marked for a poster; write `:class: poster` on each that it shows, and build again")
    names = name_pages(marked)
    tell_written(print_each({deck: out / f"{names[deck.path]}-poster.pdf" for deck in marked}, print_poster))
    return 0


def print_poster(browser: Browser, deck: Page) -> tuple[bytes, int, tuple[str, ...]]:
    """Return the poster of a deck, of how many pages it is, and what it lacks.

    Raises Refused: what is marked does not fit on a page.
    """
    with open_for_paper(browser, deck) as tab:
        tab.evaluate("paperdeckExport.layOutPoster()")
        tab.add_style_tag(path=STYLE)
        told = tab.evaluate("paperdeckExport.fillPoster()")
        data = print_tab(tab)
    if not told["fits"]:
        raise Refused(
            f"{told['slides']} slides of “{deck.title}” do not fit on a poster; mark fewer with `:class: poster`"
        )
    data, pages = describe_pdf(data, deck.title, deck.author, deck.language)
    return data, pages, () if told["hasCode"] else (NO_CODE,)
