"""Places in a paper: what a ledger calls them, and which of them each block of the paper's text lies in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Kind(StrEnum):
    """What a piece of a paper's text is."""

    HEADING = "heading"
    PROSE = "prose"
    CAPTION = "caption"
    TABLE = "table"


class Place(NamedTuple):
    """A place as it can be looked for: ``Place("section", "4.1")``, ``Place("table", "10")``."""

    kind: str
    number: str = ""

    def __str__(self) -> str:
        if self.kind == "section":
            return f"§{self.number}"
        return f"{self.kind.capitalize()} {self.number}".strip()


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading, caption or table as a reader of files found it, cleaned, in the order of the paper."""

    kind: Kind
    text: str
    page: int = 0
    """From 1; 0 where the text has no pages."""
    level: int = 0
    """How deep a heading is, from 1; 0 where that is not known."""
    float: Place | None = None
    """The table or figure that it belongs to, where the file says so."""
    unnumbered: bool = False
    """Of a heading: whether the file says that it bears no number."""


@dataclass(frozen=True)
class Block:
    """A piece that knows where it lies."""

    kind: Kind
    text: str
    page: int = 0
    section: str = ""
    """Of a section or an appendix: “4.1”, “B.9”; “abstract” before the first of them."""
    float: Place | None = None

    def lies_in(self, place: Place) -> bool:
        """Tell whether it lies in a place, or in a part of it."""
        if place.kind in ("table", "figure", "algorithm"):
            return self.float == place
        if place.kind == "page":
            return str(self.page) == place.number
        if place.kind == "abstract":
            return self.section == "abstract"
        if place == Place("appendix"):
            return self.section[:1].isupper()
        return self.section == place.number or self.section.startswith(f"{place.number}.")

    @property
    def places(self) -> list[Place]:
        """Where it lies, the closest first."""
        found = [self.float] if self.float else []
        if self.section == "abstract":
            found.append(Place("abstract"))
        elif self.section:
            found.append(Place("appendix" if self.section[0].isalpha() else "section", self.section))
        return found or ([Place("page", str(self.page))] if self.page else [])


NUMBER = r"[A-Z]?\.?\d+(?:\.\d+)*|[A-Z]"
FLOATS = re.compile(rf"(tables?|figures?|fig\.|algorithms?)\s+({NUMBER})(?:\s*(?:to|-|–)\s*(\d+))?", re.IGNORECASE)
SECTION = re.compile(r"(?:§+|sections?\s+)\s*((?:\d+|[A-Z])(?:\.\d+)*)", re.IGNORECASE)
APPENDIX = re.compile(r"app(?:endix|\.)\s*([A-Z](?:\.\d+)*)", re.IGNORECASE)
ANY_APPENDIX = re.compile(r"(?:the )?append(?:ix|ices)", re.IGNORECASE)
PAGE = re.compile(r"(?:pages?|pp?\.)\s*(\d+)", re.IGNORECASE)


def read_place(text: str) -> list[Place]:
    """Return the places that a ledger's “Table 4”, “§5.2”, “Tables 17 to 19”, “Appendix B.9” or “Appendix” means.

    None where it is no place in a paper, such as “training log”.
    """
    if re.match(r"abstract\b", text, re.IGNORECASE):
        return [Place("abstract")]
    if match := FLOATS.match(text):
        kind = {"t": "table", "f": "figure", "a": "algorithm"}[match[1][0].lower()]
        if match[3] and match[2].isdigit() and int(match[2]) <= int(match[3]) < int(match[2]) + 100:
            return [Place(kind, str(number)) for number in range(int(match[2]), int(match[3]) + 1)]
        return [Place(kind, match[2])]
    if match := APPENDIX.match(text):
        return [Place("appendix", match[1])]
    if ANY_APPENDIX.fullmatch(text):
        return [Place("appendix")]
    if match := SECTION.match(text):
        return [Place("section" if match[1][0].isdigit() else "appendix", match[1])]
    if match := PAGE.match(text):
        return [Place("page", match[1])]
    return []


CAPTION = re.compile(rf"(table|tab\.|figure|fig\.|algorithm)\s*({NUMBER})\s*(?:[:.|—]|-\s|(?=\())\s*", re.IGNORECASE)
HEADING = re.compile(
    r"(?P<said>[Ss]ection\s+|[Aa]ppendix\s+)?(?P<number>(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})\.?[\s:]+(?=\S)"
)
UNNUMBERED = re.compile(
    r"(abstract|references|bibliography|acknowledge?ments?|ethics statement|reproducibility|author contributions?)\W*$",
    re.IGNORECASE,
)


def read_caption(text: str) -> Place | None:
    """Return the table or figure whose caption begins a text; None where none does."""
    match = CAPTION.match(text)
    if not match:
        return None
    return Place({"t": "table", "f": "figure", "a": "algorithm"}[match[1][0].lower()], match[2])


@dataclass
class SectionCounter:
    """The section that one is in, as headings go by."""

    current: str = "abstract"
    numbered: bool = True
    """Whether headings bear their numbers; else they are counted by their levels."""
    counts: list[int] = field(default_factory=list)

    def enter(self, piece: Piece) -> None:
        """Go on to a heading."""
        text = piece.text.strip()
        if piece.unnumbered or UNNUMBERED.match(text):
            self.current = "abstract" if text.lower().startswith("abstract") else ""
        elif self.numbered and (match := HEADING.match(text)):
            if match["number"] != "A" or match["said"] or follows("A", self.current):
                self.current = match["number"]
        elif piece.level and not self.numbered:
            del self.counts[piece.level :]
            self.counts += [0] * (piece.level - len(self.counts))
            self.counts[piece.level - 1] += 1
            self.current = ".".join(map(str, self.counts))


def follows(number: str, current: str) -> bool:
    """Tell whether a section may come next: the first below the current one, or the next beside it or one above it."""
    if current == "abstract":
        return number == "1"
    if not current:
        return number in ("1", "A")
    if number == f"{current}.1" or (number == "A" and current[0].isdigit()):
        return True
    parts = current.split(".")
    for depth in range(len(parts)):
        *above, last = parts[: depth + 1]
        step = str(int(last) + 1) if last.isdigit() else chr(ord(last) + 1)
        if number == ".".join([*above, step]):
            return True
    return False


def lay_out(pieces: Sequence[Piece]) -> list[Block]:
    """Return the pieces with the section, the table and the figure that each of them lies in."""
    headings = [piece for piece in pieces if piece.kind is Kind.HEADING]
    # a title may begin with the word “A”, so that digits alone tell
    counter = SectionCounter(
        numbered=any(re.search(r"\d", (HEADING.match(piece.text) or [""])[0]) for piece in headings)
    )
    top = min((piece.level for piece in headings if piece.level), default=1)
    blocks = []
    for piece in _attach_tables(pieces):
        if piece.kind is Kind.HEADING:
            counter.enter(replace(piece, level=max(piece.level - top + 1, 0)) if piece.level else piece)
        blocks.append(Block(piece.kind, piece.text, piece.page, counter.current, piece.float))
    return blocks


def _attach_tables(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, each table with the place of the caption that it stands beside.

    Whether captions stand above tables or below is the habit of a whole paper, so most of its tables decide.
    """
    captioned = [
        replace(piece, kind=Kind.CAPTION, float=piece.float or read_caption(piece.text))
        if piece.kind is not Kind.TABLE and read_caption(piece.text)
        else piece
        for piece in pieces
    ]
    above = _captions_above(captioned)
    for index, piece in enumerate(captioned):
        if piece.kind is Kind.TABLE and piece.float is None:
            before, after = _caption_beside(captioned, index, -1), _caption_beside(captioned, index, 1)
            piece = replace(piece, float=(before or after) if above else (after or before))
        yield piece


def _captions_above(pieces: Sequence[Piece]) -> bool:
    """Tell whether most captions of tables stand above them."""
    sides: Counter[int] = Counter()
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.TABLE and piece.float is None:
            sides.update(side for side in (-1, 1) if _caption_beside(pieces, index, side))
    return sides[-1] >= sides[1]


def _caption_beside(pieces: Sequence[Piece], index: int, side: int) -> Place | None:
    """Return the table whose caption stands right before (-1) or after (1) a piece, nothing but tables between."""
    index += side
    while 0 <= index < len(pieces) and pieces[index].kind is Kind.TABLE and pieces[index].float is None:
        index += side
    place = pieces[index].float if 0 <= index < len(pieces) and pieces[index].kind is Kind.CAPTION else None
    return place if place and place.kind == "table" else None


def find_headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a text that does not mark its headings, those marked that can be headings.

    A short line that begins with the number that may come next is one; “1. first of a list” rarely is.
    """
    current = "abstract"
    for piece in pieces:
        text = piece.text.strip()
        if piece.kind is Kind.PROSE and len(text) < 90 and "\n" not in text and not text.endswith((".", ",", ";")):
            match = HEADING.match(text)
            if match and follows(match["number"], current) and re.match(r"[A-Z]", text[match.end() :]):
                current = match["number"]
                piece = replace(piece, kind=Kind.HEADING)
            elif UNNUMBERED.match(text):
                piece = replace(piece, kind=Kind.HEADING)
        yield piece
