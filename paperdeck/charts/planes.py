"""Marks on two axes: lines, points, slopes and bins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.charts.annotations import box_way, list_ways
from paperdeck.charts.drawing import (
    ACCENT,
    SERIES,
    Drawing,
    box_dot,
    choose_tokens,
    count_ticks,
    crisp,
    draw_dot,
    join_classes,
    list_reach,
    var,
)
from paperdeck.charts.layout import (
    ASCENT,
    CENTRE,
    Box,
    Frame,
    Label,
    Room,
    Text,
    find_overlaps,
    move_apart,
    place_labels,
)
from paperdeck.charts.scales import Scale, find_diagonal, make_logarithmic_scale, make_scale, write_tick
from paperdeck.charts.svg import Shape, draw_bar, draw_line, draw_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.data import Annotation, Cell, Chart, Row
    from paperdeck.charts.drawing import Way

DASHES = ("", "9,6", "2,5", "9,5,2,5")
CORNERS = ("above-right", "below-right", "above-left", "below-left")
FEW_SLOPES = 3
"""So many slopes say the values between their ends too."""
ENDS_WIDE = 0.5
"""The share of the width that names and values at the ends of lines may take on one line."""
LONE = 0.25
"""The radius of a point of a line that no other is joined to, in the size of the type."""


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
    words = chart.logarithmic % chart.x if "x" in chart.log and chart.x else chart.x
    texts = (Text(0, ASCENT * size, chart.y), Text(room.width, room.height - 0.3 * size, words, "end"))
    top, bottom = 2.4 * size, (3.4 if chart.x else 2) * size
    y = _span_axis(
        chart, "y", [*(point[1] for point in points), *list_reach(chart, "y")], room.height - bottom, top, 5, size
    )
    left = max(3.2 * size, *(Text(0, 0, write_tick(tick)).width(room) + 0.6 * size for tick in y.ticks))
    wide = max(room.width - left - right, 1)
    frame = Frame(room, left, top, wide, room.height - top - bottom, room.height, texts)
    numbers = [*(point[0] for point in points), *list_reach(chart, "x")]
    for count in range(count_ticks(wide, room, 8), 0, -1):
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
    grid = [draw_line(frame.left, crisp(y), frame.right, crisp(y), "grid") for y, _text in levels]
    across = _write_ticks_below(plane.x, frame)
    edge, below = crisp(frame.bottom), frame.bottom + 0.3 * size
    ticks = [draw_line(crisp(text.x), edge, crisp(text.x), below, "axis") for text in across]
    axis = draw_line(frame.left, edge, frame.right, edge, "axis")
    upward = [Text(frame.left - 0.6 * size, y + CENTRE * size, text, "end") for y, text in levels]
    return [*grid, *ticks, axis, *across, *upward]


def draw_lines(chart: Chart, room: Room) -> Drawing:
    """Draw a line for each series, named at its end with its last value; none goes on over an empty cell."""
    token, size = choose_tokens(chart), room.type
    lines = _list_lines(chart)
    several = len(chart.series) > 1
    order = sorted(lines, key=lambda name: name in chart.highlight)  # what matters lies on top
    dashes = dict(zip((name for name in order if name not in chart.highlight), DASHES, strict=False))
    last = {name: runs[-1][-1] for name, runs in lines.items()}
    ends = {name: [f"{name}  {point.text}" if several else point.text] for name, point in last.items()}
    if several and _measure_ends(ends, room) > ENDS_WIDE * room.width:  # the value stands below the name
        ends = {name: [name, point.text] for name, point in last.items()}
    wide = _measure_ends(ends, room)
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
                drawn.append(Shape("circle", {"cx": x, "cy": y, "r": LONE * size}, {"fill": fill}, parts=(name,)))
            else:
                drawn.append(draw_path(places, parts=(name,), **style))
    tips = {name: plane.locate((last[name].x, last[name].y)) for name in order}
    frame = plane.frame
    line, lines_high = 1.3 * size, max(map(len, ends.values()))
    levels = move_apart({name: y for name, (_x, y) in tips.items()}, line * lines_high, frame.top, frame.bottom)
    labels = []
    for name in order:
        x, classes = tips[name][0] + 0.6 * size, join_classes(token[name], "series")
        first = levels[name] + CENTRE * size - (lines_high - 1) / 2 * line
        labels += [
            Text(x, first + at * line, text, "start", classes, parts=(name,)) for at, text in enumerate(ends[name])
        ]
    at = {
        (point.row, name): Box.around(*plane.locate((point.x, point.y)), 0.2 * size)
        for name in order
        for run in lines[name]
        for point in run
    }
    items = [*_draw_axes(plane), *drawn, *frame.texts, *labels]
    return Drawing(frame, items, places=at, scales={"x": plane.x, "y": plane.y})


def _measure_ends(ends: Mapping[str, Sequence[str]], room: Room) -> float:
    """Return how wide what stands at the ends of lines is, px."""
    return max(Text(0, 0, text, "start", "series").width(room) for texts in ends.values() for text in texts)


class Point(NamedTuple):
    """A point of a line, and its value as it is written."""

    x: float
    y: float
    text: str
    row: str


def _list_lines(chart: Chart) -> dict[str, list[list[Point]]]:
    """Return the runs of points of each series that has any, parted where a cell is empty."""
    lines = {}
    for series, name in enumerate(chart.series):
        cells = [(row, row.cells[series]) for row in chart.rows]
        groups = groupby(cells, key=lambda found: found[1].number is None)
        lines[name] = [
            [Point(row.at, cell.number or 0.0, cell.text, row.name) for row, cell in group]
            for empty, group in groups
            if not empty
        ]
    return {name: runs for name, runs in lines.items() if runs}


def list_kinds(chart: Chart) -> list[str]:
    """Return the kinds of the rows, that of the paper at hand first."""
    rows = sorted(chart.rows, key=lambda row: row.name not in chart.highlight)
    return list(dict.fromkeys(row.kind for row in rows if row.kind))


def draw_scatter(chart: Chart, room: Room) -> Drawing:
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
    places: dict[tuple[str, str], Box] = {}
    for row, point in points:
        parts = tuple(filter(None, (row.name, row.kind)))
        lit = row.name in chart.highlight
        token = ACCENT if lit else choose_token(row.kind, kinds)
        x, y = plane.locate(point)
        dots.append(draw_dot(room, x, y, token, solid=row.kind in kinds[:1], parts=parts))
        places[row.name, ""] = box_dot(dots[-1])
        text, classes, size = (f"{row.name}  {row.cells[1].text}", "point", 1.2) if lit else (row.name, "", 0.9)
        sides = ("above", "right", "below", "left", *CORNERS) if lit else ("right", "left", "above", "below", *CORNERS)
        if chart.labels == "all" or lit:
            labels.append(Label(x, y, dots[-1].place["r"], text, classes, size, sides, parts))
    labels.sort(key=lambda label: label.classes != "point")
    key, marks = _draw_key(kinds, frame)
    axes = _draw_axes(plane)
    texts = [*frame.texts, *key]
    around = [box_dot(dot) for dot in (*dots, *marks)]
    written = [item for item in (*texts, *axes) if isinstance(item, Text) and item.text]
    taken = [*around, *(text.box(room) for text in written)]
    diagonal = any(note.axis == "xy" for note in chart.annotations)
    line = box_way(find_diagonal(plane.x, plane.y), frame) if diagonal else []
    placed, crowded, ways = _place_names(labels, frame, taken, line, list_ways(chart, places, frame))
    items = [*axes, *dots, *marks, *texts, *placed]
    return Drawing(frame, items, crowded, places, {"x": plane.x, "y": plane.y}, ways)


def _place_names(
    labels: Sequence[Label],
    frame: Frame,
    taken: Sequence[Box],
    line: Sequence[Box],
    ranked: Mapping[Annotation, Sequence[Way]],
) -> tuple[list[Text], list[str], dict[Annotation, Way]]:
    """Put names beside their dots and off the arrows, which take the first of their ways that leaves all names room.

    :param line: along the diagonal, where there is one
    :param ranked: the ways that each arrow may take
    """
    for rank in range(max(map(len, ranked.values()), default=1)):
        ways = {note: listed[min(rank, len(listed) - 1)] for note, listed in ranked.items()}
        along = [box for way in ways.values() for box in box_way(way, frame)]
        placed, crowded = place_labels(labels, frame, [*taken, *line, *along])
        if not crowded:
            return placed, crowded, ways
    # rather a name on an arrow or a line than none
    return *place_labels(labels, frame, taken), {note: listed[0] for note, listed in ranked.items()}


def _draw_key(kinds: Sequence[str], frame: Frame) -> tuple[list[Text], list[Shape]]:
    """Draw what says which dots are of which kind, at the right end of the line of the y axis's title."""
    room, x = frame.room, frame.room.width
    texts, marks = [], []
    for kind in reversed(kinds if len(kinds) > 1 else ()):
        text = Text(x, ASCENT * room.type, kind, "end")
        x = text.box(room).left - 0.8 * room.type
        marks.append(draw_dot(room, x, 0.4 * room.type, choose_token(kind, kinds), solid=kind in kinds[:1]))
        texts.append(text)
        x -= 1.6 * room.type
    return texts, marks


def choose_token(kind: str, kinds: Sequence[str]) -> str:
    """Return the token of a kind of dot: the first two differ in being filled or hollow alone."""
    return SERIES[max(kinds.index(kind) - 1, 0) if kind in kinds else 0]


# --- stations along a line: slopes; and bins --------------------------------------------------------------------


def draw_slopes(chart: Chart, room: Room) -> Drawing:
    """Draw a line for each row through the columns, its first value at its beginning, its last at its name."""
    size = room.type
    runs = [_list_run(row.cells) for row in chart.rows]
    drawn_rows = [(row, run) for row, run in zip(chart.rows, runs, strict=True) if run]
    ends = [f"{row.name}  {row.cells[run[-1]].text}" for row, run in drawn_rows]
    left = max(Text(0, 0, row.cells[run[0]].text, classes="value", size=1.1).width(room) for row, run in drawn_rows)
    right = max(Text(0, 0, text, classes="series", size=1.1).width(room) for text in ends) + size
    below = max(Text(0, 0, name, size=1.1).width(room) for name in chart.series) / 2
    left = max(left + 1.2 * size, below)
    wide = max(room.width - left - max(right, below), 1)
    top, bottom = (2.4 if chart.y else 1.2) * size, 2.4 * size
    title = (Text(0, ASCENT * size, chart.y),) if chart.y else ()
    frame = Frame(room, left, top, wide, room.height - top - bottom, room.height, title)
    numbers = [cell.number for row in chart.rows for cell in row.cells if cell.number is not None]
    numbers += list_reach(chart, "y")
    if chart.log:
        y = make_logarithmic_scale(numbers, frame.bottom, frame.top, 5)
    else:
        y = make_scale(numbers, frame.bottom, frame.top, 5, padding=size)
    stations = [frame.left + wide * number / (len(chart.series) - 1) for number in range(len(chart.series))]
    uprights = [draw_line(crisp(x), frame.top, crisp(x), frame.bottom, "grid") for x in stations]
    level = frame.bottom + 1.6 * size
    names = [Text(x, level, name, "middle", size=1.1) for x, name in zip(stations, chart.series, strict=True)]
    slopes = _Slopes(chart, frame, y, stations)
    order = sorted(drawn_rows, key=lambda found: found[0].name in chart.highlight)
    items = [item for row, run in order for item in slopes.draw(row, run)]
    written = [*slopes.write_ends(drawn_rows, last=False), *slopes.write_ends(drawn_rows, last=True)]
    between = [label for row, run in order for label in slopes.label_between(row, run)]
    boxes = [box_dot(item) for item in items if item.tag == "circle"]
    placed, _crowded = place_labels(between, frame, [*boxes, *(text.box(room) for text in written)])
    return Drawing(frame, [*uprights, *items, *title, *names, *written, *placed], (), slopes.places, {"y": y})


def _list_run(cells: Sequence[Cell]) -> list[int]:
    """Return the columns in which a row has a number."""
    return [column for column, cell in enumerate(cells) if cell.number is not None]


@dataclass
class _Slopes:
    """The lines of a slope chart, and where their points lie."""

    chart: Chart
    frame: Frame
    y: Scale
    stations: Sequence[float]

    def __post_init__(self) -> None:
        self.places: dict[tuple[str, str], Box] = {}

    def token(self, row: Row) -> str:
        """Return the token of a row: all but the paper at hand are alike, and named."""
        return ACCENT if row.name in self.chart.highlight else SERIES[0]

    def locate(self, row: Row, column: int) -> tuple[float, float]:
        """Return where a point lies, px."""
        return self.stations[column], self.y.locate(row.cells[column].number or 0.0)

    def draw(self, row: Row, run: Sequence[int]) -> list[Shape]:
        """Draw a row: a line wherever two neighbours have numbers, and a dot at each."""
        size, token = self.frame.room.type, self.token(row)
        items = []
        for one, other in pairwise(run):
            if other == one + 1:
                ends = [self.locate(row, one), self.locate(row, other)]
                style = {"stroke": var(token), "stroke_width": f"{0.22 * size:g}"}
                items.append(draw_path(ends, parts=(row.name, self.chart.series[other]), **style))
        for column in run:
            parts = (row.name, self.chart.series[column])
            items.append(draw_dot(self.frame.room, *self.locate(row, column), token, radius=0.45, parts=parts))
            self.places[parts] = box_dot(items[-1])
        return items

    def write_ends(self, rows: Sequence[tuple[Row, Sequence[int]]], *, last: bool) -> list[Text]:
        """Return the texts beside the last points, which name the rows, or beside the first."""
        size, texts = self.frame.room.type, []
        heights = {row.name: self.locate(row, run[-1 if last else 0])[1] for row, run in rows}
        levels = move_apart(heights, 1.4 * size, self.frame.top, self.frame.bottom)
        for row, run in rows:
            column = run[-1 if last else 0]
            if not last and len(run) == 1:
                continue
            x = self.locate(row, column)[0] + (1 if last else -1) * 0.9 * size
            value = row.cells[column].text
            text = f"{row.name}  {value}" if last else value
            token, level = self.token(row), levels[row.name] + CENTRE * 1.1 * size
            classes = join_classes(token, "series")
            parts = (row.name, self.chart.series[column])
            texts.append(Text(x, level, text, "start" if last else "end", classes, 1.1, parts))
        return texts

    def label_between(self, row: Row, run: Sequence[int]) -> list[Label]:
        """Return the values between the ends: of what the chart is about, and of all where there are few."""
        labels = []
        token = self.token(row)
        for column in run[1:-1] if token == ACCENT or len(self.chart.rows) <= FEW_SLOPES else ():
            (x, y), radius = self.locate(row, column), 0.55 * self.frame.room.type
            text, parts = row.cells[column].text, (row.name, self.chart.series[column])
            classes = join_classes(token, "series")
            labels.append(Label(x, y, radius, text, classes, 1.0, ("above", "below"), parts))
        return labels


def draw_histogram(chart: Chart, room: Room) -> Drawing:
    """Draw a bar for each bin, from zero, side by side without a gap; what is highlighted says its count."""
    counts = [row.cells[0].number or 0.0 for row in chart.rows]
    edges = [chart.rows[0].at, *(row.until for row in chart.rows)]
    corners = [(edge, count) for edge, count in zip(edges, [0.0, *counts], strict=True)]
    plane = _make_plane(chart, corners, room, room.type)
    frame, zero = plane.frame, plane.y.locate(0)
    bars, labels = [], []
    places: dict[tuple[str, str], Box] = {}
    for row, count in zip(chart.rows, counts, strict=True):
        left, right, top = plane.x.locate(row.at), plane.x.locate(row.until), plane.y.locate(count)
        token, parts = ACCENT if row.name in chart.highlight else SERIES[0], (row.name,)
        gap = min(1.0, 0.1 * (right - left))
        bars.append(draw_bar(left + gap / 2, top, right - left - gap, zero - top, fill=var(token), parts=parts))
        places[row.name, chart.series[0]] = Box(left, top, right, zero)
        if token == ACCENT:
            x = (left + right) / 2
            labels.append(Label(x, top, 0, row.cells[0].text, "value point", 1.1, ("above",), parts))
    taken = [*places.values(), *(text.box(room) for text in frame.texts)]
    placed, crowded = place_labels(labels, frame, taken)
    items = [*_draw_axes(plane), *bars, *frame.texts, *placed]
    return Drawing(frame, items, crowded, places, {"x": plane.x, "y": plane.y})
