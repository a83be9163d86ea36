"""Write decks as PowerPoint: each slide as a picture under its title, with what is said as its note.

With ``--editable`` words, tables and charts are PowerPoint's own, to be changed there. Needs a Chromium.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from paperdeck.browser import open_chromium
from paperdeck.commands import Refused, explain_install, tell_progress
from paperdeck.exports.editable import HEIGHT, TITLE_ONLY, WIDTH, write_editable
from paperdeck.exports.pages import add_folders, choose_decks, name_pages
from paperdeck.exports.placed import read_look, read_slides
from paperdeck.exports.printing import SCALE, list_slides, open_for_paper, take_pictures
from paperdeck.exports.written import Written, tell_written
from paperdeck.upstream import describe_shape

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperdeck.exports.pages import Page
    from paperdeck.exports.printing import Slide

FINE = 2
"""Pixels of a picture for one of a slide where it is a part of it."""
MOST_WORDS = 2000
"""The most characters of an alternative text: a reader reads it in one go."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)
    parser.add_argument("--editable", action="store_true", help="words, tables and charts to be changed, not pictures")


def run(options: argparse.Namespace) -> int:
    """Write them.

    Raises Refused: there is nothing to write, or nothing to write with.
    """
    if find_spec("pptx") is None:
        told = f"PowerPoint is written by python-pptx; install it: {explain_install('exports')}"
        raise Refused(told)
    decks, out = choose_decks(options)
    tell_written(write_decks(decks, out, editable=options.editable))
    return 0


def write_decks(decks: Sequence[Page], out: Path, *, editable: bool = False) -> Iterator[Written]:
    """Write decks into a folder; yield what was written.

    :param editable: whether they can be changed
    """
    names = name_pages(decks)
    with open_chromium() as browser:
        for done, deck in enumerate(decks):
            target = out / f"{names[deck.path]}{'-editable' if editable else ''}.pptx"
            tell_progress(done, len(decks), target.name)
            with open_for_paper(browser, deck, scale=FINE if editable else SCALE) as tab:
                slides = list_slides(tab)
                if editable:
                    data = write_editable(deck, read_look(tab), slides, read_slides(tab), shorten_words)
                else:
                    data = write_presentation(deck, slides, take_pictures(tab))
            target.write_bytes(data)
            yield Written(target, len(slides))
        tell_progress(len(decks), len(decks), "")


def write_presentation(deck: Page, slides: Sequence[Slide], pictures: Sequence[bytes]) -> bytes:
    """Return a presentation: the title of each slide lies under its picture, where readers and outlines find it."""
    from pptx import Presentation

    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    properties = presentation.core_properties
    properties.title, properties.author, properties.language = deck.title, deck.author, deck.language
    for slide, picture in zip(slides, pictures, strict=True):
        made = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
        title = made.shapes.title
        title.text = slide.title or slide.id
        title.left, title.top, title.width, title.height = WIDTH // 20, HEIGHT // 20, WIDTH * 9 // 10, HEIGHT // 8
        shown = made.shapes.add_picture(io.BytesIO(picture), 0, 0, WIDTH, HEIGHT)
        describe_shape(shown, shorten_words(slide.words))
        if slide.note:
            made.notes_slide.notes_text_frame.text = "\n".join(slide.note)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def shorten_words(words: str) -> str:
    """Return what stands on a slide, no longer than a reader will hear."""
    return words if len(words) <= MOST_WORDS else words[:MOST_WORDS].rpartition(" ")[0] + " …"
