"""What marks are drawn with: their colours, dots, and what is written along an axis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from paperdeck.charts.layout import Box, Frame, Room, Text
from paperdeck.charts.scales import Scale, write_tick
from paperdeck.charts.svg import Shape, draw_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.data import Annotation, Chart

ACCENT = "accent"
SERIES = ("series-1", "series-3", "series-4", "series-context")
"""What marks are drawn in, in this order; the paper at hand takes the accent."""


Way: TypeAlias = "Sequence[tuple[float, float]]"
"""The points of an arrow, from its beginning to its tip."""


@dataclass(frozen=True)
class Drawing:
    """What a chart is made of: its frame, the rest from the back to the front, and the labels that found no room."""

    frame: Frame
    items: Sequence[Shape | Text]
    crowded: Sequence[str] = ()
    places: Mapping[tuple[str, str], Box] = field(default_factory=dict)
    """Where the marks are, by row and column: what an arrow may join."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """The axes on which numbers lie."""
    ways: Mapping[Annotation, Way] = field(default_factory=dict)
    """The points of the arrows whose way the labels have left free."""


def var(token: str) -> str:
    """Return a token of the page as a value."""
    return f"var(--pd-{token})"


def choose_tokens(chart: Chart) -> dict[str, str]:
    """Return the token of each series: the accent for what is highlighted."""
    rest = iter(SERIES)
    return {name: ACCENT if name in chart.highlight else next(rest) for name in chart.series}


def list_texts(drawing: Drawing) -> list[Text]:
    """Return what is written in a drawing."""
    return [item for item in drawing.items if isinstance(item, Text) and item.text]


def list_reach(chart: Chart, axis: str) -> list[float]:
    """Return the numbers that must have a place on an axis besides those of its marks."""
    said = [number for note in chart.annotations if note.axis == axis for number in note.numbers]
    for row in chart.others:
        cells = [row.cells["xy".index(axis)]] if chart.mark == "scatter" else row.cells
        across = chart.mark == "line" and axis == "x"
        said += [row.at] if across else [cell.number for cell in cells if cell.number is not None]
    return said


def join_classes(token: str, *more: str) -> str:
    """Return the classes of a text that belongs to a mark."""
    return " ".join(filter(None, [*more, "point" if token == ACCENT else token]))


def draw_dot(
    room: Room,
    x: float,
    y: float,
    token: str,
    *,
    solid: bool = False,
    radius: float = 0.35,
    parts: tuple[str, ...] = (),
) -> Shape:
    """Draw a dot: the paper at hand larger, others filled or hollow."""
    lit = token == ACCENT
    place = {"cx": x, "cy": y, "r": (0.55 if lit else radius) * room.type}
    fill = var(token) if lit or solid else "var(--ground)"
    style = {"fill": fill, "stroke": var(token), "stroke-width": f"{0.125 * room.type:g}"}
    return Shape("circle", place, style, parts=parts)


def box_dot(dot: Shape) -> Box:
    """Return what a dot covers."""
    return Box.around(dot.place["cx"], dot.place["cy"], dot.place["r"])


def draw_columns(scale: Scale, frame: Frame) -> list[Shape | Text]:
    """Draw a grid of upright lines, with what is written below them."""
    size = frame.room.type
    places = [(scale.locate(float(tick)), write_tick(tick)) for tick in scale.ticks]
    grid = [draw_line(crisp(x), frame.bottom, crisp(x), frame.top, "grid") for x, _text in places]
    return [*grid, *(Text(x, frame.bottom + 1.4 * size, text, "middle") for x, text in places)]


def count_ticks(length: float, room: Room, limit: int) -> int:
    """Return how many ticks an axis of a length has room for."""
    return max(2, min(limit, int(length / (5.5 * room.type))))


def crisp(place: float) -> float:
    """Return the middle of the pixel at a place, so that a thin line covers no two."""
    return int(place) + 0.5
