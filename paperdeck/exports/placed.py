"""What stands on the slides of a deck, and where: read from a Chromium that has laid it out for paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from paperdeck.charts.native import NativeChart, read_native
from paperdeck.exports.palette import SLOTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page as Tab

SCRIPT = Path(__file__).with_name("placed.js")
ALONE = """\
html, body, .pdf-page { background: none !important; }
.pdf-page .paperdeck-alone { visibility: visible !important; }
.pdf-page *:not(.paperdeck-alone, .paperdeck-alone *) { visibility: hidden !important; }
.pdf-page *:not(.paperdeck-alone)::before, .pdf-page *:not(.paperdeck-alone)::after { visibility: hidden !important; }
"""
"""While pictures are taken, what is photographed stands alone, on nothing."""


class Box(NamedTuple):
    """A rectangle, px from the upper left corner of the slide."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Run:
    """Words that look alike; a line break is a run of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    size: float = 0
    """Of its type, px."""
    colour: str = ""
    """Six digits."""
    level: str = ""
    """``sub`` or ``sup``."""
    address: str = ""
    """Where it leads; ``#slide-x`` to a slide."""
    spacing: float = 0
    """What is more, or less, between its letters, px."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text."""

    runs: tuple[Run, ...]
    bullet: str = ""
    """``dash`` or ``number``."""
    colour: str = ""
    """Of the bullet."""
    hang: float = 0
    """How far the bullet stands before the words."""
    indent: float = 0
    level: int = 0
    line: float = 0
    """The height of a line."""
    before: float = 0
    """What is left free above it."""
    align: str = "left"
    rtl: bool = False


@dataclass(frozen=True)
class Words:
    """A text."""

    box: Box
    paragraphs: tuple[Paragraph, ...]
    kind: str = "text"
    """Or the ``title``, or what stands ``aside`` at the foot of a slide."""
    wraps: bool = True


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    row: int
    column: int
    runs: tuple[Run, ...]
    rows: int = 1
    columns: int = 1
    align: str = "left"
    fill: str = ""
    rule: str = ""
    """The colour of the line below it."""
    thick: float = 0
    before: float = 0
    """What is free at its left."""
    after: float = 0
    line: float = 0


@dataclass(frozen=True)
class Table:
    """A table."""

    box: Box
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    head: bool = False


@dataclass(frozen=True)
class Plot:
    """A chart of points."""

    box: Box
    chart: NativeChart
    words: str
    size: float
    """Of its type, px."""


@dataclass(frozen=True)
class Panel:
    """A tinted rectangle, or a line."""

    box: Box
    fill: str
    radius: float = 0


@dataclass(frozen=True)
class Picture:
    """What is shown as a picture: photographed, and drawn where it is a drawing."""

    box: Box
    words: str
    png: bytes
    svg: str = ""


Item = Words | Table | Plot | Panel | Picture


@dataclass(frozen=True)
class PlacedSlide:
    """What stands on a slide, in reading order."""

    id: str
    items: tuple[Item, ...]
    ground: str = ""
    """Its colour."""
    picture: bytes = b""
    """Its ground where that is more than a colour."""


@dataclass(frozen=True)
class Look:
    """The colours of a deck by the name of their token, and its faces."""

    colours: Mapping[str, str] = field(default_factory=dict)
    sans: str = "Arial"
    mono: str = "Courier New"


def read_look(tab: Tab) -> Look:
    """Return how a deck looks."""
    tab.add_script_tag(path=SCRIPT)
    return Look(**tab.evaluate("names => paperdeckPlaced.readLook(names)", [*SLOTS]))


def read_slides(tab: Tab) -> list[PlacedSlide]:
    """Return what stands on each page of a deck, which ``read_look`` has looked at."""
    told = tab.evaluate("paperdeckPlaced.read()")
    tab.add_style_tag(content=ALONE)
    return [_read_slide(tab, slide) for slide in told]


def _read_slide(tab: Tab, told: Mapping[str, Any]) -> PlacedSlide:
    items = tuple(_read_item(tab, **found) for found in told["items"])
    picture = _photograph(tab, told["mark"]) if told["mark"] else b""
    return PlacedSlide(told["id"], items, told["ground"], picture)


def _read_item(tab: Tab, kind: str, box: Mapping[str, float], **told: Any) -> Item:
    """Return what was told of an item."""
    place = Box(**box)
    match kind:
        case "title" | "text" | "aside":
            paragraphs = tuple(Paragraph(_read_runs(found.pop("runs")), **found) for found in told["paragraphs"])
            return Words(place, paragraphs, kind, told["wraps"])
        case "table":
            cells = tuple(Cell(runs=_read_runs(cell.pop("runs")), **cell) for cell in told["cells"])
            return Table(place, tuple(told["widths"]), tuple(told["heights"]), cells, told["head"])
        case "chart":
            return Plot(place, read_native(told["native"]), told["words"], told["size"])
        case "panel":
            return Panel(place, told["fill"], told["radius"])
        case _:
            return Picture(place, told["words"], _photograph(tab, told["mark"]), told["svg"])


def _read_runs(told: list[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple(Run(**run) for run in told)


def _photograph(tab: Tab, mark: str) -> bytes:
    tab.evaluate("mark => paperdeckPlaced.isolate(mark)", mark)
    return tab.locator(".paperdeck-alone").screenshot(omit_background=True)
