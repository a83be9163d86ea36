"""Marks whose rows stand below one another: bars, dots, a part of a whole."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.charts.drawing import (
    ACCENT,
    Drawing,
    box_dot,
    choose_tokens,
    count_ticks,
    crisp,
    draw_columns,
    draw_dot,
    join_classes,
    list_reach,
    var,
)
from paperdeck.charts.layout import CENTRE, Box, Frame, Label, Room, Text, place_labels
from paperdeck.charts.rows import GAP, frame_rows, is_negative
from paperdeck.charts.scales import Scale, make_logarithmic_scale, make_scale
from paperdeck.charts.svg import draw_bar, draw_line

if TYPE_CHECKING:
    from paperdeck.charts.data import Cell, Chart


class Value(NamedTuple):
    """A number to draw: the row and the series it is of, and the token of its colour."""

    row: int
    series: int
    cell: Cell
    token: str

    @property
    def number(self) -> float:
        """The number; a value has one."""
        assert self.cell.number is not None
        return self.cell.number


def _list_values(chart: Chart) -> list[Value]:
    """Return what there is to draw, a row and a series each."""
    token = choose_tokens(chart)
    return [
        Value(row, series, cell, ACCENT if shown.name in chart.highlight else token[chart.series[series]])
        for row, shown in enumerate(chart.rows)
        for series, cell in enumerate(shown.cells)
        if cell.number is not None
    ]


def draw_bars(chart: Chart, room: Room) -> Drawing:
    """Draw bars from zero, on a track where they are a share of something; each with its value."""
    frame = frame_rows(chart, room, bars=True)
    values = {(value.row, value.series): value for value in _list_values(chart)}
    several, negative = len(chart.series) > 1, any(is_negative(value.cell) for value in values.values())
    whole = chart.whole.number if chart.whole else None
    numbers = [*(value.number for value in values.values()), *list_reach(chart, "x")]
    low, high = min(0, *numbers), max(0, *numbers)
    scale = Scale(low, whole or high or (0 if negative else 1), frame.left, frame.right)
    zero, step = scale.locate(0), frame.thick / (len(chart.series) - GAP)
    thick = step * (1 - GAP)
    size = min(1.2, thick / room.type)
    tracks, bars, texts = [], [], list(frame.texts)
    places: dict[tuple[str, str], Box] = {}
    named: set[int] = set()
    for row, series in product(range(len(chart.rows)), range(len(chart.series))):
        y = frame.top + row * frame.pitch + series * step
        level, gap = y + thick / 2 + CENTRE * size * room.type, 0.6 * room.type
        if not (value := values.get((row, series))):
            texts.append(Text(zero + gap, level, chart.rows[row].cells[series].text, size=min(size, 1)))
            continue
        end = scale.locate(value.number)
        tracks.append(draw_bar(frame.left, y, frame.wide, thick, fill=var("sunk")))
        parts = (chart.rows[row].name, chart.series[series])
        bars.append(draw_bar(min(zero, end), y, abs(end - zero), thick, fill=var(value.token), parts=parts))
        classes = join_classes(value.token if several or value.token == ACCENT else "", "value")
        x, anchor = (end - gap, "end") if end < zero else ((frame.right if whole else end) + gap, "start")
        texts.append(Text(x, level, value.cell.text, anchor, classes, size, parts))
        reached = texts[-1].box(room)
        places[parts] = Box(min(end, reached.left), y, max(end, reached.right), y + thick)
        if several and series not in named:  # each series is named once
            named.add(series)
            box = texts[-1].box(room)
            x = box.left - 0.5 * room.type if anchor == "end" else box.right + 0.5 * room.type
            classes = join_classes(value.token, "series")
            texts.append(Text(x, level, chart.series[series], anchor, classes, min(size, 1), parts[1:]))
    if negative:
        bars.append(draw_line(crisp(zero), frame.top, crisp(zero), frame.bottom, "axis"))
    return Drawing(frame, [*(tracks if whole else []), *bars, *texts], places=places, scales={"x": scale})


def draw_share(chart: Chart, room: Room) -> Drawing:
    """Draw one part of a whole: a bar as wide as the room, and below it what both are."""
    row, whole = chart.rows[0], chart.whole
    assert whole
    size, wide = room.type, room.width
    share = (row.cells[0].number or 0) / (whole.number or 1)
    high = 1.6 * size
    upper, lower = high + 2.1 * size, high + 3.7 * size
    scale = Scale(0, whole.number or 1, 0, wide)
    return Drawing(
        Frame(room, 0, 0, wide, high, lower + 0.4 * size),
        [
            draw_bar(0, 0, wide, high, fill=var("head"), opacity="0.14"),  # seen on any ground
            draw_bar(0, 0, wide * share, high, fill=var(ACCENT)),
            Text(0, upper, row.cells[0].text, "start", "value point", 1.4),
            Text(0, lower, row.name, "start", "", 1.1),
            Text(wide, upper, whole.text, "end", "value", 1.4),
            Text(wide, lower, chart.whole_name, "end", "", 1.1),
        ],
        places={(row.name, chart.series[0]): Box(0, 0, wide * share, high)},
        scales={"x": scale},
    )


def draw_dots(chart: Chart, room: Room) -> Drawing:
    """Draw dots, those of a row on one line; the axis need not begin at zero."""
    frame = frame_rows(chart, room, bars=False)
    values = _list_values(chart)
    count = count_ticks(frame.wide, room, 5)
    numbers = [*(value.number for value in values), *list_reach(chart, "x")]
    if chart.log:
        scale = make_logarithmic_scale(numbers, frame.left, frame.right, count)
    else:
        scale = make_scale(numbers, frame.left, frame.right, count, padding=room.type, steps=10)
    spans, dots, missing = [], [], []
    places: dict[tuple[str, str], Box] = {}
    labels, names = [], []
    named: set[int] = set()
    for row in range(len(chart.rows)):
        mine = sorted((value for value in values if value.row == row), key=lambda value: value.number)
        y = frame.top + (row + 0.5) * frame.pitch
        along = [scale.locate(value.number) for value in mine]
        name = chart.rows[row].name
        if not mine:
            said = chart.rows[row].cells[0].text
            missing.append(Text(frame.left + 0.5 * frame.wide, y + CENTRE * room.type, said, "middle"))
        if len(mine) > 1:
            style = {"stroke_width": f"{0.2 * room.type:g}", "opacity": "0.6"}
            spans.append(draw_line(along[0], y, along[-1], y, parts=(name,), stroke=var("series-context"), **style))
        for order, (x, value) in enumerate(zip(along, mine, strict=True)):
            parts = (name, chart.series[value.series])
            dot = draw_dot(room, x, y, value.token, radius=0.45, parts=parts)
            dots.append(dot)
            places[parts] = box_dot(dot)
            radius = dot.place["r"]
            classes = join_classes(value.token, "value")
            sides = _choose_sides(order, len(mine))
            labels.append(Label(x, y, radius, value.cell.text, classes, 1.3, sides, parts))
            if len(chart.series) > 1 and value.series not in named:  # each series is named once
                named.add(value.series)
                sides = ("above", "above-left", "above-right") if order == 0 else ("above", "above-right", "above-left")
                if room.grows:  # where the name of the row stands above
                    sides += ("below", "below-left", "below-right")
                classes = join_classes(value.token, "series")
                clear = radius + 0.3 * room.type  # of the values
                names.append(Label(x, y, clear, chart.series[value.series], classes, 1.0, sides, parts[1:]))
    taken = [*map(box_dot, dots), *(text.box(room) for text in frame.texts if text.text)]
    placed, crowded = place_labels([*labels, *names], frame, taken)
    items = [*draw_columns(scale, frame), *spans, *dots, *frame.texts, *missing, *placed]
    return Drawing(frame, items, crowded, places, {"x": scale})


def _choose_sides(order: int, count: int) -> tuple[str, ...]:
    """Return where the value of a dot may stand: of several in a row, the first has it at its left."""
    if 0 < order < count - 1:
        return ("below", "right", "left")
    return ("left", "right", "below") if order == 0 and count > 1 else ("right", "left", "below")
