"""What a PDF says of itself besides what is printed: title, author, bookmarks, and what its pages are called."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from paperdeck.commands import Refused, explain_install

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.exports.printing import Slide


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline of a PDF."""

    title: str
    page: int
    """From 0."""
    is_below: bool = False
    """Whether it stands under the one before it that does not."""


def name_slides(slides: Sequence[Slide]) -> list[str]:
    """Return what the page of each slide is called: its number; 4a, 4b for details, 4.1, 4.2 for steps.

    What has no number is called by its id, such as ``cover``.
    """
    names: list[str] = []
    detail = step = 0
    for place, slide in enumerate(slides):
        before = slides[place - 1] if place else None
        if slide.is_step and before and before.id == slide.id:
            step += 1
            names.append(f"{names[-step]}.{step}")
            continue
        step = 0
        detail = (detail + 1 if before and before.number == slide.number else 1) if slide.is_detail else 0
        names.append(slide.number + _count_in_letters(detail) if slide.number else slide.id)
    return names


def _count_in_letters(number: int) -> str:
    """Return 1 as a, 26 as z, 27 as aa; 0 as nothing."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def list_bookmarks(slides: Sequence[Slide]) -> list[Bookmark]:
    """Return a line for each slide, details below theirs; steps have none."""
    marks = []
    for page, slide in enumerate(slides):
        if page and slides[page - 1].id == slide.id:
            continue
        number = f"{slide.number}. " if slide.number and not slide.is_detail else ""
        marks.append(Bookmark(number + (slide.title or slide.id), page, slide.is_detail))
    return marks


def require_pypdf() -> None:
    """Do nothing.

    Raises Refused: what writes into a PDF is missing.
    """
    if find_spec("pypdf") is None:
        told = f"a PDF is finished by pypdf; install it: {explain_install('exports')}"
        raise Refused(told)


def describe_pdf(
    data: bytes,
    title: str,
    author: str = "",
    language: str = "",
    bookmarks: Sequence[Bookmark] = (),
    names: Sequence[str] = (),
    headings: Sequence[str] = (),
) -> tuple[bytes, int]:
    """Return a PDF that says what it is, and how many pages it has.

    :param names: what its pages are called; counted where none are given
    :param headings: what its bookmarks say that are there already
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of how Chromium counts, and reads it all the same
    writer: Any = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    # no dates: the same deck gives the same bytes
    writer.metadata = {"/Title": title, "/Producer": "paperdeck", **({"/Author": author} if author else {})}
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.create_viewer_preferences().display_doctitle = True
    above = None
    for mark in bookmarks:
        line = writer.add_outline_item(title=mark.title, page_number=mark.page, parent=above if mark.is_below else None)
        above = above if mark.is_below else line
    for page, name in enumerate(names):
        writer.set_page_label(page, page, prefix=name)
    lines = list(walk_outline(writer.root_object.get("/Outlines"))) if headings else []
    if len(lines) == len(headings):
        for line, heading in zip(lines, headings, strict=True):
            line[NameObject("/Title")] = TextStringObject(heading)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue(), len(writer.pages)


def walk_outline(above: Any) -> Iterator[Any]:
    """Yield the lines of an outline in reading order.

    :param above: what they stand below, or a reference to it
    """
    line = above and above.get_object().get("/First")
    while line:
        line = line.get_object()
        yield line
        yield from walk_outline(line)
        line = line.get("/Next")
