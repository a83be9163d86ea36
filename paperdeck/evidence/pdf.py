"""The text of a paper in PDF: its boxes of text in reading order, with the tables that stand beside their captions.

pdfminer.six reads it, for its layout analysis keeps two columns apart, and it tells where each letter stands and how
large it is; pypdf tells neither, and what of a table stands in which place would be lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from paperdeck.evidence.cleaning import clean_text
from paperdeck.evidence.numbers import find_numbers
from paperdeck.evidence.places import Kind, Piece, Place, find_headings, read_caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

RAISED_SIZE, RAISED_BY = 0.88, 0.15
"""A raised letter is smaller than this part of its line's, and higher by this part."""
FIRST_GAP, NEXT_GAP = 60, 45
"""How far in points a table may lie from its caption, and a row of boxes from the one before."""


class UnreadablePaper(ValueError):  # noqa: N818 (what is unreadable, not how it failed)
    """Why no text can be had from a file, and what to do about it."""


@dataclass(frozen=True)
class Box:
    """A block of text on a page, in points from the lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    def is_beside(self, other: Box) -> bool:
        """Tell whether it stands above or below another: whether the two overlap from left to right."""
        return min(self.x1, other.x1) - max(self.x0, other.x0) > 0

    def join(self, other: Box) -> Box:
        """Return the rectangle around two boxes."""
        corners = min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        return Box(*corners, "")

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: lines of many words, few of them numbers."""
        lines = [line.split() for line in self.text.splitlines()]
        words = sum(map(len, lines))
        return len(lines) > 1 and words / len(lines) > 6 and len(find_numbers(self.text)) < 0.25 * words


def read_pdf(path: Path) -> list[Piece]:
    """Return the pieces of a paper in PDF.

    Raises UnreadablePaper: no PDF, one that is locked, or one that holds pictures of pages and no text.
    """
    pages = [_read_boxes(page) for page in _read_pages(path)]
    if sum(len(box.text) for boxes in pages for box in boxes) < 200 * max(1, len(pages)) // 4:
        raise UnreadablePaper(
            "the PDF has pictures of its pages and no text; run a text recognition over it first (such as ocrmypdf),"
            " or take the paper's source or HTML"
        )
    above = _captions_above(pages)
    pieces = [
        Piece(kind, box.text, page, float=place)
        for page, boxes in enumerate(pages, 1)
        for box, kind, place in _attach_tables(boxes, above)
    ]
    return list(find_headings(pieces))


def _read_pages(path: Path) -> Iterator[list[Any]]:
    """Yield the text boxes of each page as pdfminer has them; those that are set sideways, turned upright."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    try:
        with path.open("rb") as file:
            for page in PDFPage.get_pages(file):
                interpreter.process_page(page)
                layout = device.get_result()
                found = _upright_boxes(layout)
                if _count_sideways(layout) > 20:
                    for turn in (90, 270):
                        page.rotate = (page.rotate + turn) % 360
                        interpreter.process_page(page)
                        found += _upright_boxes(device.get_result())
                        page.rotate = (page.rotate - turn) % 360
                yield found
    except PDFPasswordIncorrect:
        raise UnreadablePaper("the PDF is locked with a password; save a copy without it") from None
    except (PDFSyntaxError, PSException, ValueError, KeyError, TypeError) as error:
        if isinstance(error, UnreadablePaper):
            raise
        raise UnreadablePaper(
            f"this is no PDF that can be read ({error}); save it anew, or take another form"
        ) from None


def _letters(element: Any) -> Iterator[Any]:
    from pdfminer.layout import LTChar, LTContainer

    for part in element:
        if isinstance(part, LTChar):
            yield part
        elif isinstance(part, LTContainer):
            yield from _letters(part)


def _upright_boxes(layout: Any) -> list[Any]:
    from pdfminer.layout import LTTextBox

    boxes = [box for box in layout if isinstance(box, LTTextBox)]
    return [
        box for box in boxes if (first := next(_letters(box), None)) and first.matrix[0] > 0 and not first.matrix[1]
    ]


def _count_sideways(layout: Any) -> int:
    return sum(1 for letter in _letters(layout) if letter.matrix[1])


def _read_boxes(boxes: Iterable[Any]) -> list[Box]:
    """Return boxes with their text cleaned; a caption is parted from what stands above or below it."""
    from pdfminer.layout import LTTextLine

    found: list[Box] = []
    for box in boxes:
        lines = [line for line in box if isinstance(line, LTTextLine)]
        starts = [index for index, line in enumerate(lines) if not index or read_caption(line.get_text())]
        for start, end in pairwise([*starts, len(lines)]):
            part = lines[start:end]
            text = clean_text("\n".join(map(_read_line, part)))
            if text:
                x0, x1 = min(line.x0 for line in part), max(line.x1 for line in part)
                found.append(Box(x0, part[-1].y0, x1, part[0].y1, text))
    return found


def _read_line(line: Any) -> str:
    """Return the text of a line, “^” before what is raised: a power, or the sign of a note."""
    from pdfminer.layout import LTChar

    letters = [part for part in line if isinstance(part, LTChar)]
    size = max((letter.size for letter in letters), default=0)
    text, raised = "", False
    for part in line:
        if not isinstance(part, LTChar):
            text, raised = text + part.get_text(), False
            continue
        is_raised = part.size < RAISED_SIZE * size and part.y0 > line.y0 + RAISED_BY * size
        text += ("^" if is_raised and not raised and text else "") + part.get_text()
        raised = is_raised
    return text.strip()


def _captions_above(pages: Sequence[Sequence[Box]]) -> bool:
    """Tell whether most captions of tables stand above them, which is the habit of a whole paper."""
    sides: Counter[bool] = Counter()
    for boxes in pages:
        for caption in boxes:
            if (place := read_caption(caption.text)) and place.kind == "table":
                below, above = (len(_walk(caption, boxes, up=up)) for up in (False, True))
                if below != above:
                    sides[below > above] += 1
    return sides[True] >= sides[False]


def _attach_tables(boxes: Sequence[Box], above: bool) -> Iterator[tuple[Box, Kind, Place | None]]:
    """Yield the boxes of a page, each with what it is and the table that it belongs to."""
    belongs: dict[Box, Place] = {}
    captions = [(box, place) for box in boxes if (place := read_caption(box.text))]
    for caption, place in captions:
        if place.kind == "table":
            rows = _walk(caption, boxes, up=not above) or _walk(caption, boxes, up=above)
            belongs.update((row, place) for row in rows if row not in belongs)
    is_caption = dict(captions)
    for box in boxes:
        if box in is_caption:
            yield box, Kind.CAPTION, is_caption[box]
        elif box in belongs:
            yield box, Kind.TABLE, belongs[box]
        else:
            yield box, Kind.PROSE, None


def _walk(caption: Box, boxes: Sequence[Box], *, up: bool) -> list[Box]:
    """Return the boxes from a caption upwards or downwards as far as its table goes: to running text or a caption."""
    near = sorted(
        (box for box in boxes if box is not caption and (box.y0 >= caption.y1 - 2 if up else box.y1 <= caption.y0 + 2)),
        key=lambda box: box.y0 if up else -box.y1,
    )
    column = _find_column(caption, boxes)
    found: list[Box] = []
    area = caption
    for box in near:
        if not box.is_beside(column):
            continue
        gap = box.y0 - area.y1 if up else area.y0 - box.y1
        if gap > (NEXT_GAP if found else FIRST_GAP) or box.is_prose or read_caption(box.text):
            break
        found.append(box)
        area = area.join(box)
    return found


def _find_column(caption: Box, boxes: Sequence[Box]) -> Box:
    """Return the column of the page that a caption stands in, as wide as the running text above and below it."""
    column = caption
    for box in boxes:
        if box.is_prose and box.is_beside(caption):
            column = column.join(box)
    return column
