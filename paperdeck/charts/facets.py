"""Small multiples: one chart for each value of a column, side by side, on the same axes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from paperdeck.charts.drawing import Drawing
from paperdeck.charts.layout import Frame, Room, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperdeck.charts.data import Chart
    from paperdeck.charts.svg import Shape

NARROWEST = 13
"""The least width of one of several charts, in the size of the type."""


def draw_facets(chart: Chart, room: Room, draw: Callable[[Chart, Room], Drawing]) -> Drawing:
    """Draw a chart for each facet, in one or more lines, each under its name."""
    size = room.type
    names = list(dict.fromkeys(row.facet for row in chart.rows))
    gap = 2 * size
    per_line = max(1, min(len(names), int((room.width + gap) / (NARROWEST * size + gap))))
    lines = math.ceil(len(names) / per_line)
    wide = (room.width - gap * (per_line - 1)) / per_line
    head = 1.8 * size
    high = (room.height - head * lines - gap * (lines - 1)) / lines
    high = max(high, 16 * size) if room.grows else high
    own = replace(room, width=wide, height=high)
    items: list[Shape | Text] = []
    crowded: list[str] = []
    y = deepest = 0.0
    for number, name in enumerate(names):
        column = number % per_line
        if number and not column:
            y, deepest = deepest + gap, 0.0
        rows = tuple(row for row in chart.rows if row.facet == name)
        known = {row.name for row in rows}
        notes = tuple(note for note in chart.annotations if all(end[0] in known for end in note.ends))
        drawing = draw(replace(chart, rows=rows, others=chart.rows, facet="", annotations=notes), own)
        x = column * (wide + gap)
        items.append(Text(x, y + 1.0 * size, name, "start", "series", 1.1))
        items += [shift(item, x, y + head) for item in drawing.items]
        crowded += drawing.crowded
        deepest = max(deepest, y + head + drawing.frame.height)
    frame = Frame(room, 0, 0, wide, high, deepest, (), high, high)
    return Drawing(frame, items, crowded)


def shift(item: Shape | Text, x: float, y: float) -> Shape | Text:
    """Return a shape or text so far to the right and so far below."""
    if isinstance(item, Text):
        return item._replace(x=item.x + x, y=item.y + y)
    by = {"x": x, "cx": x, "x1": x, "x2": x, "y": y, "cy": y, "y1": y, "y2": y}
    place = {name: value + by.get(name, 0) for name, value in item.place.items()}
    return replace(item, place=place, points=[(left + x, top + y) for left, top in item.points])
