"""What is wrong with a page or a slide, found in one view or in several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.commands import count

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_VIEWS = 3
"""How many views are named in a sentence; of more, the first."""


class Kind(StrEnum):
    """What can be wrong; the docstring of each says when it is."""

    OUTSIDE = "outside"
    """Text or a picture leaves the slide, or a page can be scrolled sideways because of it."""
    CLIPPED = "clipped"
    """Text is cut off by what it stands in."""
    OVERLAP = "overlap"
    """Two texts stand on each other."""
    SMALL = "small"
    """Type is smaller than 16 px on a slide of 1280 px, or than 9 px on a page or a phone."""
    LABEL = "label"
    """A label leaves the shape that it stands in."""
    HIDDEN_MARK = "hidden_mark"
    """A point, bar or line of a picture lies beyond the picture's edge."""
    UNDRAWN = "undrawn"
    """A diagram or TeX stands there as it was typed, or a picture cannot be shown."""
    EMPTY_START = "empty_start"
    """A slide, or a picture on it, shows nothing before the first click."""
    NO_ALT = "no_alt"
    """A picture has no words for who does not see it."""
    CONTRAST = "contrast"
    """Words stand out too little: 4.5 to 1, large ones 3 to 1, in the light and in the dark."""
    AXE = "axe"
    """A rule of axe-core does not hold; https://dequeuniversity.com/rules/axe explains each by its name."""
    REQUEST = "request"
    """A page asks another machine for something, and lacks it without a network."""
    CONSOLE = "console"
    """A script or the browser complains."""
    DEAD_LINK = "dead_link"
    """A link leads to a page or a place on it that is not there."""
    DUPLICATE_ID = "duplicate_id"
    """Two elements of a page have one id."""
    SHIFT = "shift"
    """What was read already moves while the page loads; a face that arrives late is no fault."""
    MARKUP = "markup"
    """The page is no valid HTML."""
    BROKEN = "broken"
    """A page or deck does not open."""


class Place(NamedTuple):
    """Where in the sources a finding comes from."""

    file: str
    line: int


class View(NamedTuple):
    """How a page was shown."""

    name: str
    width: int
    height: int
    dark: bool = False
    print: bool = False

    def __str__(self) -> str:
        """Return its name for a reader."""
        return f"{self.name}, dark" if self.dark else self.name


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, wherever it is seen."""

    kind: Kind
    page: str
    """The file, as the command was told."""
    message: str
    """What is wrong with ``text``."""
    text: str = ""
    """What it is about: the first words of it, an address, an id."""
    slide: str = ""
    """The id of its slide."""
    near: str = ""
    """The words of the block that it stands in."""
    id: str = ""
    """The nearest id around it."""
    views: tuple[View, ...] = ()
    pages: tuple[str, ...] = ()
    """The other pages with the same."""
    place: Place | None = None
    box: tuple[int, int, int, int] | None = None
    """Where it stands in the first of the views: left, top, right, bottom."""
    at: tuple[int, int, int] | None = None
    """The slide and its step there, as reveal.js counts them."""

    def describe(self) -> str:
        """Return what is wrong in a sentence."""
        about = f"“{self.text}” " if self.text else ""
        views = [*dict.fromkeys(map(str, self.views))]
        if len(views) > MOST_VIEWS:
            views = [f"{views[0]} and {len(views) - 1} other views"]
        if self.pages:
            views.append(f"on {count(len(self.pages), 'more page')}")
        return f"{about}{self.message}" + (f" ({'; '.join(views)})" if views else "")


def merge_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return each thing that is wrong once, with the views and pages that show it, in the order of the first."""
    once: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        key = (finding.kind, finding.page, finding.slide, *_subject_of(finding))
        before = once.setdefault(key, finding)
        if before is not finding:
            once[key] = replace(before, views=tuple(dict.fromkeys((*before.views, *finding.views))))
    merged: dict[tuple[str, ...], Finding] = {}
    for finding in once.values():
        if finding.slide:
            merged[finding.kind, finding.page, finding.slide, *_subject_of(finding)] = finding
            continue
        # what a theme puts on every page is one thing
        key = (finding.kind, *_subject_of(finding))
        before = merged.setdefault(key, finding)
        if before is not finding:
            merged[key] = replace(before, pages=(*before.pages, finding.page))
    return list(merged.values())


def _subject_of(finding: Finding) -> tuple[str, ...]:
    """Return what a finding is about, however it is measured."""
    said = finding.message if finding.kind in (Kind.AXE, Kind.CONSOLE, Kind.MARKUP) else ""
    return (finding.near or finding.text, said)
