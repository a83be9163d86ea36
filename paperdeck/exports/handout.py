"""Print decks as handouts: each slide above what is said about it, two a page, the places of its numbers at the end.

Needs a Chromium.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.browser import open_chromium
from paperdeck.commands import tell_progress
from paperdeck.exports.documents import describe_pdf, require_pypdf
from paperdeck.exports.pages import add_folders, choose_decks, name_pages
from paperdeck.exports.printing import SCALE, open_for_paper, print_tab, take_pictures
from paperdeck.exports.written import Written, tell_written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

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
    tell_written(print_handouts(decks, out))
    return 0


def print_handouts(decks: Sequence[Page], out: Path) -> Iterator[Written]:
    """Print decks into a folder; yield what was written."""
    require_pypdf()
    names = name_pages(decks)
    with open_chromium() as browser:
        for done, deck in enumerate(decks):
            target = out / f"{names[deck.path]}-handout.pdf"
            tell_progress(done, len(decks), target.name)
            data, count = print_handout(browser, deck)
            target.write_bytes(data)
            yield Written(target, count)
        tell_progress(len(decks), len(decks), "")


def print_handout(browser: Browser, deck: Page) -> tuple[bytes, int]:
    """Return the handout of a deck, and how many pages it has."""
    with open_for_paper(browser, deck, scale=SCALE) as tab:
        pictures = [f"data:image/png;base64,{b64encode(picture).decode()}" for picture in take_pictures(tab)]
        tab.evaluate("pictures => paperdeckExport.layOutHandout(pictures)", pictures)
        tab.add_style_tag(path=STYLE)
        data = print_tab(tab)
    return describe_pdf(data, deck.title, deck.author, deck.language)
