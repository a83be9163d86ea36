"""A deck's cover as a picture, drawn from the tokens: small for gallery and shelf, large for links to its page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from paperdeck.pictures.text_width import (
    break_anywhere,
    clean_text,
    find_missing_characters,
    measure_width,
    split_pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CARD = (320, 180)
"""Size of the picture on gallery and shelf, in px; shown about as large."""

BANNER = (1200, 630)
"""Size of the picture that stands for a link, in px: what Open Graph asks for."""


@dataclass(frozen=True)
class Cover:
    """What a cover says."""

    name: str
    summary: str
    venue: str

    @property
    def text(self) -> str:
        """Return it as one line, for who does not see the picture."""
        return ". ".join(part.rstrip(".") for part in (self.name, self.summary, self.venue) if part)


@dataclass(frozen=True)
class Type:
    """How a text is set: size and line in px, tracking in em, and how many lines it may take."""

    size: float
    line: float
    most: int
    tracking: float = 0
    face: str = "SemiBold"

    def width(self, text: str) -> float:
        """Return the width of one line in px."""
        return measure_width(text, self.size, self.face) + self.size * self.tracking * len(text)


CARD_NAME = (Type(51, 51, 1, -0.045), Type(35, 39, 2, -0.03), Type(26, 31, 3, -0.02), Type(20, 25, 4, -0.01))
BANNER_NAME = (Type(160, 160, 1, -0.045), Type(112, 120, 1, -0.04), Type(72, 80, 2, -0.025), Type(48, 56, 3, -0.02))
BANNER_SUMMARY = (Type(40, 54, 3, -0.01, "Regular"), Type(32, 44, 4, 0, "Regular"))


def balanced(text: str, kind: Type, room: float) -> list[str]:
    """Break a text into as few lines as it needs, about equally long."""
    lines = break_anywhere(text, room, kind.width)
    while len(lines) > 1 and len(narrower := break_anywhere(text, room - kind.size / 2, kind.width)) == len(lines):
        lines, room = narrower, room - kind.size / 2
    return lines


def fitted(text: str, kinds: Sequence[Type], room: float) -> tuple[Type, list[str]]:
    """Return the first kind of type in which a text fits, and its lines; cut in the last kind where none does."""
    for kind in kinds:
        # a word that had to be broken fits better in a smaller size
        whole = all(kind.width(piece) <= room for piece in split_pieces(text)) or kind is kinds[-1]
        if whole and len(lines := balanced(text, kind, room)) <= kind.most:
            return kind, lines
    lines = break_anywhere(text, room, kind.width)[: kind.most]
    while kind.width(f"{lines[-1]}…") > room:
        lines[-1] = lines[-1][:-1]
    return kind, [*lines[:-1], f"{lines[-1].rstrip()}…"]


def drawn(lines: Sequence[str], kind: Type, x: float, y: float, colour: str) -> Iterator[str]:
    """Yield the SVG of lines of text, the first one's top at ``y``."""
    weight = 600 if kind.face == "SemiBold" else 400
    # capitals of Plex are 0.698 high; text is set so that they stand in the middle of the line
    baseline = y + kind.line / 2 + 0.349 * kind.size
    for line in map(clean_text, lines):
        yield (
            f'<text x="{x:g}" y="{baseline:.1f}" font-size="{kind.size:g}" font-weight="{weight}" '
            f'letter-spacing="{kind.size * kind.tracking:.2f}" fill="var(--pd-{colour})">{escape(line)}</text>'
        )
        baseline += kind.line


def rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    """Return the SVG of a filled rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="var(--pd-{colour})"/>'


def picture(size: tuple[int, int], *parts: str) -> str:
    """Return an SVG on a quiet ground; its text is in the served family, its colours are the page's."""
    width, height = size
    return (
        f'<svg class="cover" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="IBM Plex Sans, Plex Stand-in, sans-serif" aria-hidden="true">'
        f"{rectangle(0, 0, width, height, 'surface')}{''.join(parts)}</svg>"
    )


def card(cover: Cover) -> str:
    """Return the picture for gallery and shelf, as SVG: name and venue."""
    kind, lines = fitted(cover.name, CARD_NAME, 272)
    small, venue = fitted(cover.venue, [Type(14, 20, 1, 0, "Regular")], 272)
    return picture(
        CARD,
        rectangle(24, 0, 20, 4, "accent"),
        *drawn(lines, kind, 24 - kind.size / 24, 34, "head"),
        *drawn(venue, small, 24, 144, "muted"),
    )


def banner(cover: Cover) -> str | None:
    """Return the picture that stands for a link, as SVG: name, finding and venue.

    None where the served family lacks a character: no font of a reader's own stands in for it in a finished picture.
    """
    if find_missing_characters(cover.text):
        return None
    kind, lines = fitted(cover.name, BANNER_NAME, 1040)
    name_ends = 72 + kind.line * len(lines)
    middle, summary = fitted(cover.summary, BANNER_SUMMARY, 960) if cover.summary else (BANNER_SUMMARY[0], [])
    small, venue = fitted(cover.venue, [Type(28, 40, 1, 0, "Regular")], 1040)
    return picture(
        BANNER,
        rectangle(80, 0, 96, 12, "accent"),
        *drawn(lines, kind, 80 - kind.size / 24, 72, "head"),
        *drawn(summary, middle, 80, name_ends + 24, "ink"),
        rectangle(80, 528, 1040, 2, "rule") if cover.venue else "",
        *drawn(venue, small, 80, 550, "muted"),
    )
