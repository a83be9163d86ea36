"""A chart as SVG: what each mark looks like, and which labels it has."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.charts.layout import (
    ASCENT,
    CENTRE,
    Box,
    Frame,
    Label,
    Room,
    Text,
    find_outside,
    find_overlaps,
    move_apart,
    place_labels,
)
from paperdeck.charts.rows import GAP, frame_rows, is_negative
from paperdeck.charts.scales import Scale, make_logarithmic_scale, make_scale, write_tick
from paperdeck.charts.svg import (
    Shape,
    draw_bar,
    draw_line,
    draw_path,
    quote_attribute,
    shorten_text,
    write_px,
    write_shape,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.charts.data import Cell, Chart

ACCENT = "accent"
SERIES = ("series-1", "series-3", "series-4", "series-context")
"""What marks are drawn in, in this order; the paper at hand takes the accent."""
DASHES = ("", "9,6", "2,5", "9,5,2,5")
CORNERS = ("above-right", "below-right", "above-left", "below-left")
LISTED = 5
"""How many labels without room are named."""
ROWS = {"bar": "bars", "dot": "rows of dots", "line": "points", "scatter": "dots"}
LONE = 0.25
"""The radius of a point of a line that no other is joined to, in the size of the type."""


@dataclass(frozen=True)
class Picture:
    """A finished chart, and what is wrong with how it came out."""

    svg: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What a chart is made of: its frame, the rest from the back to the front, and the labels that found no room."""

    frame: Frame
    items: Sequence[Shape | Text]
    crowded: Sequence[str] = ()


def draw_chart(chart: Chart, room: Room, name: str) -> Picture:
    """Return a chart as SVG, its colours custom properties of the page.

    :param name: what the picture is called to those who cannot see it
    """
    share = chart.mark == "bar" and chart.whole and len(chart.rows) == len(chart.series) == 1
    marks = {"bar": _draw_share if share else _draw_bars, "dot": _draw_dots, "line": _draw_lines}
    drawing = marks.get(chart.mark, _draw_scatter)(chart, room)
    frame = drawing.frame
    height = frame.height if room.grows else min(frame.height, room.height)  # set smaller rather than cut off
    size = f'width="{write_px(room.width)}" height="{write_px(height)}"'
    box = f"0 0 {write_px(room.width)} {write_px(frame.height)}"
    markup = "".join(write_shape(item) if isinstance(item, Shape) else write_text(item) for item in drawing.items)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quote_attribute(name)} {size} '
        f'viewBox="{box}" style="font-size:{write_px(room.type)}px">{markup}</svg>'
    )
    return Picture(svg, tuple(_find_problems(chart, drawing)))


def _find_problems(chart: Chart, drawing: Drawing) -> Iterator[str]:
    """Yield what is wrong with how a chart came out, and what to do about it."""
    frame, room = drawing.frame, drawing.frame.room
    if frame.height > room.height + 0.5 and not room.grows:
        fit = int((room.height - frame.height + frame.pitch * len(chart.rows)) / frame.pitch)
        advice = f"show at most {fit}, or split the chart" if fit > 0 else "shorten the names, or split the chart"
        yield f"no room for {len(chart.rows)} {ROWS[chart.mark]} in {room.height:.0f} px; {advice}"
        return
    if frame.wide < 8 * room.type or frame.high < room.type:
        yield "no room for the marks beside the texts; shorten them, or split the chart"
        return
    if drawing.crowded:
        advice = "label fewer marks with “:labels: highlight”, or split the chart"
        yield f"no room for the label {_list_texts(drawing.crowded)}; {advice}"
    texts = [item for item in drawing.items if isinstance(item, Text) and item.text]
    if outside := find_outside(texts, frame):
        yield f"no room for {_list_texts(outside)}: too long for the picture; shorten it"
    if meeting := find_overlaps(texts, room):
        yield f"no room for both {_list_texts(meeting[0], ' and ')}; shorten one, or split the chart"


def _list_texts(texts: Sequence[str], between: str = ", ") -> str:
    """Return texts in quotation marks, the first few of many."""
    quoted = [f"“{shorten_text(text)}”" for text in texts[:LISTED]]
    return between.join(quoted) + (f" and {len(texts) - LISTED} more" if len(texts) > LISTED else "")


def var(token: str) -> str:
    """Return a token of the page as a value."""
    return f"var(--pd-{token})"


def choose_tokens(chart: Chart) -> dict[str, str]:
    """Return the token of each series: the accent for what is highlighted."""
    rest = iter(SERIES)
    return {name: ACCENT if name in chart.highlight else next(rest) for name in chart.series}


def list_kinds(chart: Chart) -> list[str]:
    """Return the kinds of the rows, that of the paper at hand first."""
    rows = sorted(chart.rows, key=lambda row: row.name not in chart.highlight)
    return list(dict.fromkeys(row.kind for row in rows if row.kind))


def _join_classes(token: str, *more: str) -> str:
    """Return the classes of a text that belongs to a mark."""
    return " ".join(filter(None, [*more, "point" if token == ACCENT else token]))


# --- one row below the other: bars, dots, the parts of a whole --------------------------------------------------


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


def _draw_bars(chart: Chart, room: Room) -> Drawing:
    """Draw bars from zero, on a track where they are a share of something; each with its value."""
    frame = frame_rows(chart, room, bars=True)
    values = {(value.row, value.series): value for value in _list_values(chart)}
    several, negative = len(chart.series) > 1, any(is_negative(value.cell) for value in values.values())
    whole = chart.whole.number if chart.whole else None
    numbers = [value.number for value in values.values()]
    low, high = min(0, *numbers), max(0, *numbers)
    scale = Scale(low, whole or high or (0 if negative else 1), frame.left, frame.right)
    zero, step = scale.locate(0), frame.thick / (len(chart.series) - GAP)
    thick = step * (1 - GAP)
    size = min(1.2, thick / room.type)
    tracks, bars, texts = [], [], list(frame.texts)
    named: set[int] = set()
    for row, series in product(range(len(chart.rows)), range(len(chart.series))):
        y = frame.top + row * frame.pitch + series * step
        level, gap = y + thick / 2 + CENTRE * size * room.type, 0.6 * room.type
        if not (value := values.get((row, series))):
            texts.append(Text(zero + gap, level, chart.rows[row].cells[series].text, size=min(size, 1)))
            continue
        end = scale.locate(value.number)
        tracks.append(draw_bar(frame.left, y, frame.wide, thick, fill=var("sunk")))
        bars.append(draw_bar(min(zero, end), y, abs(end - zero), thick, fill=var(value.token)))
        classes = _join_classes(value.token if several or value.token == ACCENT else "", "value")
        x, anchor = (end - gap, "end") if end < zero else ((frame.right if whole else end) + gap, "start")
        texts.append(Text(x, level, value.cell.text, anchor, classes, size))
        if several and series not in named:  # each series is named once
            named.add(series)
            box = texts[-1].box(room)
            x = box.left - 0.5 * room.type if anchor == "end" else box.right + 0.5 * room.type
            classes = _join_classes(value.token, "series")
            texts.append(Text(x, level, chart.series[series], anchor, classes, min(size, 1)))
    if negative:
        bars.append(draw_line(_crisp(zero), frame.top, _crisp(zero), frame.bottom, "axis"))
    return Drawing(frame, [*(tracks if whole else []), *bars, *texts])


def _draw_share(chart: Chart, room: Room) -> Drawing:
    """Draw one part of a whole: a bar as wide as the room, and below it what both are."""
    row, whole = chart.rows[0], chart.whole
    assert whole
    size, wide = room.type, room.width
    share = (row.cells[0].number or 0) / (whole.number or 1)
    high = 1.6 * size
    upper, lower = high + 2.1 * size, high + 3.7 * size
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
    )


def _draw_dots(chart: Chart, room: Room) -> Drawing:
    """Draw dots, those of a row on one line; the axis need not begin at zero."""
    frame = frame_rows(chart, room, bars=False)
    values = _list_values(chart)
    count = _count_ticks(frame.wide, room, 5)
    scale = make_scale([value.number for value in values], frame.left, frame.right, count, padding=room.type, steps=10)
    spans, dots, missing = [], [], []
    labels, names = [], []
    named: set[int] = set()
    for row in range(len(chart.rows)):
        mine = sorted((value for value in values if value.row == row), key=lambda value: value.number)
        y = frame.top + (row + 0.5) * frame.pitch
        places = [scale.locate(value.number) for value in mine]
        if not mine:
            said = chart.rows[row].cells[0].text
            missing.append(Text(frame.left + 0.5 * frame.wide, y + CENTRE * room.type, said, "middle"))
        if len(mine) > 1:
            style = {"stroke_width": f"{0.2 * room.type:g}", "opacity": "0.6"}
            spans.append(draw_line(places[0], y, places[-1], y, stroke=var("series-context"), **style))
        for order, (x, value) in enumerate(zip(places, mine, strict=True)):
            dot = _draw_dot(room, x, y, value.token, radius=0.45)
            dots.append(dot)
            radius = dot.place["r"]
            classes = _join_classes(value.token, "value")
            labels.append(Label(x, y, radius, value.cell.text, classes, 1.3, _choose_sides(order, len(mine))))
            if len(chart.series) > 1 and value.series not in named:  # each series is named once
                named.add(value.series)
                sides = ("above", "above-left", "above-right") if order == 0 else ("above", "above-right", "above-left")
                classes = _join_classes(value.token, "series")
                clear = radius + 0.3 * room.type  # of the values
                names.append(Label(x, y, clear, chart.series[value.series], classes, 1.0, sides))
    taken = [*map(_box_dot, dots), *(text.box(room) for text in frame.texts if text.text)]
    placed, crowded = place_labels([*labels, *names], frame, taken)
    items = [*_draw_columns(scale, frame), *spans, *dots, *frame.texts, *missing, *placed]
    return Drawing(frame, items, crowded)


def _choose_sides(order: int, count: int) -> tuple[str, ...]:
    """Return where the value of a dot may stand: of several in a row, the first has it at its left."""
    if 0 < order < count - 1:
        return ("below", "right", "left")
    return ("left", "right", "below") if order == 0 and count > 1 else ("right", "left", "below")


# --- two axes: lines and points ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plane:
    """A frame with two axes."""

    frame: Frame
    x: Scale
    y: Scale

    def locate(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a point lies, px."""
        return self.x.locate(point[0]), self.y.locate(point[1])


def _make_plane(chart: Chart, points: Sequence[tuple[float, float]], room: Room, right: float) -> Plane:
    """Return the plane of points: the title of y above it at the left, that of x below it at the right."""
    size = room.type
    words = f"{chart.x}, logarithmic scale" if "x" in chart.log and chart.x else chart.x
    texts = (Text(0, ASCENT * size, chart.y), Text(room.width, room.height - 0.3 * size, words, "end"))
    top, bottom = 2.4 * size, (3.4 if chart.x else 2) * size
    y = _span_axis(chart, "y", [point[1] for point in points], room.height - bottom, top, 5, size)
    left = max(3.2 * size, *(Text(0, 0, write_tick(tick)).width(room) + 0.6 * size for tick in y.ticks))
    wide = max(room.width - left - right, 1)
    frame = Frame(room, left, top, wide, room.height - top - bottom, room.height, texts)
    numbers = [point[0] for point in points]
    for count in range(max(2, min(8, int(wide / (5.5 * size)))), 0, -1):
        x = _span_axis(chart, "x", numbers, left, frame.right, count, size)
        if not find_overlaps(_write_ticks_below(x, frame), room):
            break
    return Plane(frame, x, y)


def _span_axis(
    chart: Chart, axis: str, numbers: Sequence[float], start: float, end: float, count: int, size: float
) -> Scale:
    """Return the scale of an axis, with ticks; that of y has round ends, and so has that of x under dots."""
    if axis in chart.log:
        return make_logarithmic_scale(numbers, start, end, count)
    if chart.mark == "scatter":
        return make_scale(numbers, start, end, count, padding=size, steps=count)
    return make_scale(numbers, start, end, count, steps=count if axis == "y" else 0)


def _write_ticks_below(scale: Scale, frame: Frame) -> list[Text]:
    """Return what is written below an axis."""
    level = frame.bottom + 1.7 * frame.room.type
    return [Text(scale.locate(float(tick)), level, write_tick(tick), "middle") for tick in scale.ticks]


def _draw_axes(plane: Plane) -> list[Shape | Text]:
    """Draw the grid of the y axis, the x axis with its ticks, and what is written along both."""
    frame, size = plane.frame, plane.frame.room.type
    levels = [(plane.y.locate(float(tick)), write_tick(tick)) for tick in plane.y.ticks]
    grid = [draw_line(frame.left, _crisp(y), frame.right, _crisp(y), "grid") for y, _text in levels]
    across = _write_ticks_below(plane.x, frame)
    edge, below = _crisp(frame.bottom), frame.bottom + 0.3 * size
    ticks = [draw_line(_crisp(text.x), edge, _crisp(text.x), below, "axis") for text in across]
    axis = draw_line(frame.left, edge, frame.right, edge, "axis")
    upward = [Text(frame.left - 0.6 * size, y + CENTRE * size, text, "end") for y, text in levels]
    return [*grid, *ticks, axis, *across, *upward]


def _draw_lines(chart: Chart, room: Room) -> Drawing:
    """Draw a line for each series, named at its end with its last value; none goes on over an empty cell."""
    token, size = choose_tokens(chart), room.type
    lines = _list_lines(chart)
    several = len(chart.series) > 1
    order = sorted(lines, key=lambda name: name in chart.highlight)  # what matters lies on top
    dashes = dict(zip((name for name in order if name not in chart.highlight), DASHES, strict=False))
    last = {name: runs[-1][-1] for name, runs in lines.items()}
    ends = {name: f"{name}  {point.text}" if several else point.text for name, point in last.items()}
    wide = max(Text(0, 0, text, "start", "series").width(room) for text in ends.values())
    points = [(point.x, point.y) for runs in lines.values() for run in runs for point in run]
    plane = _make_plane(chart, points, room, wide + size)
    drawn: list[Shape] = []
    for name in order:
        width = (0.2 if name in chart.highlight else 0.15) * size
        style = {"stroke": var(token[name]), "stroke_width": f"{width:g}", "stroke_dasharray": dashes.get(name, "")}
        for run in lines[name]:
            places = [plane.locate((point.x, point.y)) for point in run]
            if len(run) == 1:  # a line through one point cannot be seen
                (x, y), fill = places[0], var(token[name])
                drawn.append(Shape("circle", {"cx": x, "cy": y, "r": LONE * size}, {"fill": fill}))
            else:
                drawn.append(draw_path(places, **style))
    tips = {name: plane.locate((last[name].x, last[name].y)) for name in order}
    frame = plane.frame
    levels = move_apart({name: y for name, (_x, y) in tips.items()}, 1.3 * size, frame.top, frame.bottom)
    labels = []
    for name in order:
        x, classes = tips[name][0] + 0.6 * size, _join_classes(token[name], "series")
        labels.append(Text(x, levels[name] + CENTRE * size, ends[name], "start", classes))
    return Drawing(frame, [*_draw_axes(plane), *drawn, *frame.texts, *labels])


class Point(NamedTuple):
    """A point of a line, and its value as it is written."""

    x: float
    y: float
    text: str


def _list_lines(chart: Chart) -> dict[str, list[list[Point]]]:
    """Return the runs of points of each series that has any, parted where a cell is empty."""
    lines = {}
    for series, name in enumerate(chart.series):
        cells = [(row.at, row.cells[series]) for row in chart.rows]
        groups = groupby(cells, key=lambda found: found[1].number is None)
        lines[name] = [
            [Point(at, cell.number or 0.0, cell.text) for at, cell in group] for empty, group in groups if not empty
        ]
    return {name: runs for name, runs in lines.items() if runs}


def _draw_scatter(chart: Chart, room: Room) -> Drawing:
    """Draw a dot for each row, its name beside it."""
    kinds = list_kinds(chart)
    points = [
        (row, (row.cells[0].number, row.cells[1].number))
        for row in chart.rows
        if row.cells[0].number is not None and row.cells[1].number is not None
    ]
    plane = _make_plane(chart, [point for _row, point in points], room, 2 * room.type)
    frame = plane.frame
    dots, labels = [], []
    for row, point in points:
        lit = row.name in chart.highlight
        token = ACCENT if lit else _choose_token(row.kind, kinds)
        x, y = plane.locate(point)
        dots.append(_draw_dot(room, x, y, token, solid=row.kind in kinds[:1]))
        text, classes, size = (f"{row.name}  {row.cells[1].text}", "point", 1.2) if lit else (row.name, "", 0.9)
        sides = ("above", "right", "below", "left", *CORNERS) if lit else ("right", "left", "above", "below", *CORNERS)
        if chart.labels == "all" or lit:
            labels.append(Label(x, y, dots[-1].place["r"], text, classes, size, sides))
    labels.sort(key=lambda label: label.classes != "point")
    key, marks = _draw_key(kinds, frame)
    axes = _draw_axes(plane)
    texts = [*frame.texts, *key]
    around = [_box_dot(dot) for dot in (*dots, *marks)]
    written = [item for item in (*texts, *axes) if isinstance(item, Text) and item.text]
    placed, crowded = place_labels(labels, frame, [*around, *(text.box(room) for text in written)])
    return Drawing(frame, [*axes, *dots, *marks, *texts, *placed], crowded)


def _draw_key(kinds: Sequence[str], frame: Frame) -> tuple[list[Text], list[Shape]]:
    """Draw what says which dots are of which kind, at the right end of the line of the y axis's title."""
    room, x = frame.room, frame.room.width
    texts, marks = [], []
    for kind in reversed(kinds if len(kinds) > 1 else ()):
        text = Text(x, ASCENT * room.type, kind, "end")
        x = text.box(room).left - 0.8 * room.type
        marks.append(_draw_dot(room, x, 0.4 * room.type, _choose_token(kind, kinds), solid=kind in kinds[:1]))
        texts.append(text)
        x -= 1.6 * room.type
    return texts, marks


def _choose_token(kind: str, kinds: Sequence[str]) -> str:
    """Return the token of a kind of dot: the first two differ in being filled or hollow alone."""
    return SERIES[max(kinds.index(kind) - 1, 0) if kind in kinds else 0]


# --- parts of several marks -------------------------------------------------------------------------------------


def _draw_dot(room: Room, x: float, y: float, token: str, *, solid: bool = False, radius: float = 0.35) -> Shape:
    """Draw a dot: the paper at hand larger, others filled or hollow."""
    lit = token == ACCENT
    place = {"cx": x, "cy": y, "r": (0.55 if lit else radius) * room.type}
    fill = var(token) if lit or solid else "var(--ground)"
    return Shape("circle", place, {"fill": fill, "stroke": var(token), "stroke-width": f"{0.125 * room.type:g}"})


def _box_dot(dot: Shape) -> Box:
    return Box.around(dot.place["cx"], dot.place["cy"], dot.place["r"])


def _draw_columns(scale: Scale, frame: Frame) -> list[Shape | Text]:
    """Draw a grid of upright lines, with what is written below them."""
    size = frame.room.type
    places = [(scale.locate(float(tick)), write_tick(tick)) for tick in scale.ticks]
    grid = [draw_line(_crisp(x), frame.bottom, _crisp(x), frame.top, "grid") for x, _text in places]
    return [*grid, *(Text(x, frame.bottom + 1.4 * size, text, "middle") for x, text in places)]


def _count_ticks(length: float, room: Room, limit: int) -> int:
    """Return how many ticks an axis of a length has room for."""
    return max(2, min(limit, int(length / (5.5 * room.type))))


def _crisp(place: float) -> float:
    """Return the middle of the pixel at a place, so that a thin line covers no two."""
    return int(place) + 0.5
