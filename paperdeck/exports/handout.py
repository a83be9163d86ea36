"""Print decks as handouts: each slide above what is said about it, two a page, the places of its numbers at the end.

Needs a Chromium.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.exports.documents import describe_pdf
from paperdeck.exports.pages import add_folders, choose_decks, name_pages
from paperdeck.exports.printing import SCALE, open_for_paper, print_each, print_tab, take_pictures
from paperdeck.exports.written import tell_written

if TYPE_CHECKING:
    import argparse

    from playwright.sync_api import Browser

    from paperdeck.exports.pages import Page

STYLE = Path(__file__).with_name("handout.css")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)


def run(options: argparse.Namespace) -> int:
    """Print them.

    Raises Refused: there is nothing to print, or nothing to print with.
    """
    decks, out = choose_decks(options)
    names = name_pages(decks)
    tell_written(print_each({deck: out / f"{names[deck.path]}-handout.pdf" for deck in decks}, print_handout))
    return 0


def print_handout(browser: Browser, deck: Page) -> tuple[bytes, int]:
    """Return the handout of a deck, and how many pages it has."""
    with open_for_paper(browser, deck, scale=SCALE) as tab:
        pictures = [f"data:image/png;base64,{b64encode(picture).decode()}" for picture in take_pictures(tab)]
        tab.evaluate("pictures => paperdeckExport.layOutHandout(pictures)", pictures)
        tab.add_style_tag(path=STYLE)
        data = print_tab(tab)
    return describe_pdf(data, deck.title, deck.author, deck.language)
