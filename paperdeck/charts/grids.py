"""Marks of a table of cells: who sees whom, and heat maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperdeck.charts.cells import CHIP, GROUND, draw_token, find_state, keep_still, measure_token
from paperdeck.charts.drawing import ACCENT, Drawing, join_classes, var
from paperdeck.charts.layout import ASCENT, CENTRE, Box, Frame, Room, Text
from paperdeck.charts.svg import Shape, draw_bar
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.data import Chart, Row

FILLS = (("series-1", "1"), ("series-1", "0.5"), ("series-3", "1"), ("series-4", "1"))
"""What letters are drawn in, a token and its opacity; what is highlighted takes the accent."""
FAINTEST = 0.12
"""The opacity of the lowest number of a heat map; the highest is solid, where no figure stands on it."""
DARKEST = 0.44
"""The opacity of the highest, where ink has to be read on it, in the light and in the dark."""
LARGEST_CELL = 4.2
"""Of a grid, in the size of the type."""
VALUE = 0.9
"""The size of a number in a cell, in the size of the type."""
LEGEND_WIDE = 12
"""What the meanings of letters take beside a grid, at least, in the size of the type."""


@dataclass(frozen=True)
class _Table:
    """The places of the cells of a grid, px."""

    left: float
    top: float
    wide: float
    high: float

    def place(self, row: int, column: int) -> Box:
        """Return where a cell lies."""
        x, y = self.left + column * self.wide, self.top + row * self.high
        gap = min(4.0, 0.08 * self.high)
        return Box(x, y, x + self.wide - gap, y + self.high - gap)


def draw_grid(chart: Chart, room: Room) -> Drawing:
    """Draw a cell for each row and column: in the colour of its letter, or the darker the greater its number."""
    size = room.type
    left = max(_measure_head(row.name, chart, room, "rows") for row in chart.rows) + 0.8 * size
    above = (CHIP + 0.4 if "columns" in chart.tokens else 1.5) * size
    top = above + (1.6 * size if chart.x else 0)
    values = not chart.keys and _fit_values(chart, room, left)
    key = _measure_key(chart, room)
    heads = max(_measure_head(name, chart, room, "columns") for name in chart.series) + 0.3 * size
    beside = bool(chart.keys) and room.width - left - key - 2.4 * size >= len(chart.series) * max(heads, 1.2 * size)
    right = key + 2.4 * size if beside else 0
    below = 0.2 * size if values or beside else (1.9 * size * max(1, len(chart.keys)) + 0.6 * size)
    wide = (room.width - left - right) / len(chart.series)
    high = max((room.height - top - below) / len(chart.rows), 1.3 * size)
    high = min(high, LARGEST_CELL * size)
    wide = min(wide, max(high, heads) if chart.keys else 3 * high)
    high = min(high, max(wide, 1.3 * size)) if chart.keys else high
    table = _Table(left, top, wide, high)
    bottom = top + high * len(chart.rows)
    height = bottom + below
    paint = _paint_letters(chart) if chart.keys else _paint_numbers(chart, DARKEST if values else 1)
    items: list[Shape | Text] = []
    for number, row in enumerate(chart.rows):
        box = table.place(number, 0)
        items += _write_row_name(chart, room, row, left, box)
        for column in range(len(chart.series)):
            items += _draw_cell(chart, room, row, column, table.place(number, column), paint, values=values)
    every = 1 if chart.keys else math.ceil(heads / wide)  # of many numbers in order, some say where one is
    for column, name in enumerate(chart.series):
        if column % every:
            continue
        items += _write_column_name(chart, room, name, table.place(0, column), top)
    if chart.x:
        items.append(Text(left, ASCENT * size, chart.x))
    if beside:
        items += _write_key(chart, room, left + wide * len(chart.series) + 2.4 * size, top, paint)
    elif chart.keys:
        items += _write_key(chart, room, 0, bottom + 0.6 * size, paint)
    elif not values:
        items += _write_shades(chart, room, left, bottom + 0.4 * size)
    frame = Frame(room, left, top, wide * len(chart.series), bottom - top, height, (), high, high)
    return Drawing(frame, items)


def _measure_head(name: str, chart: Chart, room: Room, which: str) -> float:
    """Return how wide the name of a row or column is, px."""
    if which in chart.tokens:
        return measure_token(name, room)
    return Text(0, 0, name, classes="series", size=1.0).width(room)


def _fit_values(chart: Chart, room: Room, left: float) -> bool:
    """Tell whether every number has room in its cell."""
    wide = (room.width - left) / len(chart.series)
    texts = [cell.text for row in chart.rows for cell in row.cells if cell.number is not None]
    return max(text_width.measure_width(text, VALUE * room.type) for text in texts) + 0.6 * room.type <= wide


def _paint_letters(chart: Chart) -> dict[str, tuple[str, str]]:
    """Return the token and the opacity of each letter."""
    rest = iter(FILLS)
    return {
        key: (ACCENT, "1") if key in chart.highlight else next(rest, FILLS[-1]) if key else (GROUND, "1")
        for key, _words in chart.keys
    }


def _paint_numbers(chart: Chart, darkest: float) -> dict[str, tuple[str, str]]:
    """Return the token and the opacity of each number, by how it is written.

    :param darkest: the opacity of the highest
    """
    low, high = _find_span(chart)
    found = {}
    for row in chart.rows:
        for cell in row.cells:
            if cell.number is not None:
                share = (cell.number - low) / (high - low) if high > low else 1.0
                found[cell.text] = ("series-1", f"{FAINTEST + (darkest - FAINTEST) * share:.3g}")
    return found


def _find_span(chart: Chart) -> tuple[float, float]:
    """Return the lowest and the highest number."""
    numbers = [cell.number for row in chart.rows for cell in row.cells if cell.number is not None]
    return min(numbers), max(numbers)


def _draw_cell(
    chart: Chart,
    room: Room,
    row: Row,
    column: int,
    box: Box,
    paint: Mapping[str, tuple[str, str]],
    *,
    values: bool,
) -> list[Shape | Text]:
    """Draw a cell over its ground; with its number where there is room."""
    cell = row.cells[column]
    place = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    ground = GROUND if chart.keys else "sunk"  # a number can be read on what lets that through
    items: list[Shape | Text] = [draw_bar(*place, corner=4, fill=var(ground))]
    if cell.text not in paint or not cell.text:
        return items
    token, opacity = paint[cell.text]
    letter = (cell.text,) if chart.keys else ()
    parts = (row.name, chart.series[column], *letter)
    lit = {row.name, chart.series[column]} & chart.highlight and not chart.keys
    token = ACCENT if lit else token
    items.append(draw_bar(*place, corner=4, parts=parts, fill=var(token), opacity="" if opacity == "1" else opacity))
    if values:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2 + CENTRE * VALUE * room.type
        items.append(Text(x, y, cell.text, "middle", "token name", VALUE, parts))
    return items


def _write_row_name(chart: Chart, room: Room, row: Row, left: float, box: Box) -> list[Shape | Text]:
    """Write what stands before a row."""
    size, middle = room.type, (box.top + box.bottom) / 2
    if "rows" in chart.tokens:
        high = min(CHIP * size, box.bottom - box.top)
        place = Box(
            left - 0.8 * size - measure_token(row.name, room), middle - high / 2, left - 0.8 * size, middle + high / 2
        )
        return keep_still(draw_token(room, place, row.name, find_state(chart, row.name), (row.name,)))
    classes = join_classes(ACCENT if row.name in chart.highlight else "", "series")
    return [Text(left - 0.8 * size, middle + CENTRE * size, row.name, "end", classes, 1.0, (row.name,), stays=True)]


def _write_column_name(chart: Chart, room: Room, name: str, box: Box, top: float) -> list[Shape | Text]:
    """Write what stands above a column."""
    size, x = room.type, (box.left + box.right) / 2
    if "columns" in chart.tokens:
        half = min(measure_token(name, room), box.right - box.left) / 2
        return draw_token(
            room, Box(x - half, top - (CHIP + 0.4) * size, x + half, top - 0.4 * size), name, find_state(chart, name)
        )
    classes = join_classes(ACCENT if name in chart.highlight else "", "series")
    return [Text(x, top - 0.6 * size, name, "middle", classes)]


def _measure_key(chart: Chart, room: Room) -> float:
    """Return how wide the meanings of the letters are, px; they may break into lines."""
    widest = max((Text(0, 0, words, size=1.2).width(room) for _key, words in chart.keys), default=0)
    return min(widest + 2.4 * room.type, max(0.42 * room.width, LEGEND_WIDE * room.type))


def _write_key(
    chart: Chart, room: Room, left: float, top: float, paint: Mapping[str, tuple[str, str]]
) -> list[Shape | Text]:
    """Write what the letters mean, each beside its colour."""
    size, y = room.type, top
    items: list[Shape | Text] = []
    face = 1.2 if left else 1.0
    for key, words in chart.keys:
        token, opacity = paint[key]
        parts = (key,) if key else ()
        style = {"fill": var(token), "opacity": "" if opacity == "1" else opacity}
        items.append(draw_bar(left, y, 1.2 * size, 1.2 * size, corner=4, parts=parts, **style))
        lines = text_width.break_lines(words, face * size, "Medium", limit=room.width - left - 2 * size)
        for number, line in enumerate(lines):
            level = y + 0.6 * size + CENTRE * face * size + number * 1.4 * face * size
            items.append(Text(left + 2 * size, level, line, "start", "name", face, parts))
        y += (2.4 if left else 1.9) * size + 1.4 * face * size * (len(lines) - 1)
    return items


def _write_shades(chart: Chart, room: Room, left: float, top: float) -> list[Shape | Text]:
    """Write what the lightest and the darkest shade stand for."""
    size = room.type
    low, high = _find_span(chart)
    cells = [cell for row in chart.rows for cell in row.cells if cell.number is not None]
    texts = [next(cell.text for cell in cells if cell.number == number) for number in (low, high)]
    level = top + 0.9 * size
    first = Text(left, level, texts[0], "start", size=0.9)
    x = first.box(room).right + 0.6 * size
    steps: Sequence[float] = [FAINTEST + (1 - FAINTEST) * number / 4 for number in range(5)]
    items: list[Shape | Text] = [first]
    for number, opacity in enumerate(steps):
        items.append(
            draw_bar(
                x + number * 1.6 * size,
                top + 0.1 * size,
                1.6 * size,
                size,
                fill=var("series-1"),
                opacity=f"{opacity:.3g}",
            )
        )
    return [*items, Text(x + 8.6 * size, level, texts[1], "start", size=0.9)]
