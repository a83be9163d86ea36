"""A chart as office programs draw one: its points by series, where they have a kind of chart that shows the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.charts.drawing import ACCENT, SERIES, choose_tokens
from paperdeck.charts.planes import choose_token, list_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paperdeck.charts.data import Cell, Chart, Row


class Point(NamedTuple):
    """A number, where it lies along the x axis, what is written beside it, and the token of its colour."""

    name: str
    x: float
    y: float | None
    text: str
    token: str


@dataclass(frozen=True)
class Series:
    """Points that belong together; of bars and slopes one for each name of the chart."""

    name: str
    token: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class NativeChart:
    """A chart of points; ``names`` are the categories of those marks that have some."""

    mark: str
    series: tuple[Series, ...]
    names: tuple[str, ...] = ()
    x: str = ""
    y: str = ""
    log: str = ""


def describe_native(chart: Chart) -> NativeChart | None:
    """Return a chart as office programs draw it; None where they have no such chart, or would leave something out."""
    listed = LISTED.get(chart.mark)
    hides = any(step.action == "hide" for step in chart.steps)
    unsaid = any(cell.number is None for row in chart.rows for cell in row.cells) and chart.mark == "bar"
    if not listed or hides or unsaid or chart.facet or chart.annotations or chart.whole or chart.note:
        return None
    series = tuple(listed(chart))
    if chart.mark == "line" and any(_has_gap(found.points) for found in series):
        return None
    names = {"bar": [row.name for row in chart.rows], "histogram": [row.name for row in chart.rows]}
    stations = chart.series if chart.mark == "slope" else ()
    return NativeChart(chart.mark, series, tuple(names.get(chart.mark, stations)), chart.x, chart.y, chart.log)


def write_native(native: NativeChart) -> str:
    """Return it as JSON."""
    return json.dumps(asdict(native), ensure_ascii=False)


def read_native(text: str) -> NativeChart:
    """Return what was written."""
    told = json.loads(text)
    series = [
        Series(found["name"], found["token"], tuple(Point(*point) for point in found["points"]))
        for found in told.pop("series")
    ]
    return NativeChart(series=tuple(series), **{**told, "names": tuple(told["names"])})


def _list_columns(chart: Chart) -> Iterator[Series]:
    """Yield the bars of each column; those of the paper at hand have a colour of their own."""
    tokens = choose_tokens(chart)
    for column, name in enumerate(chart.series):
        token = SERIES[0] if chart.mark == "histogram" else tokens[name]
        points = [
            _make_point(row, float(place), row.cells[column], ACCENT if row.name in chart.highlight else token)
            for place, row in enumerate(chart.rows)
        ]
        yield Series(name, token, tuple(points))


def _list_lines(chart: Chart) -> Iterator[Series]:
    """Yield the points of each line that has any, without what is empty at its ends."""
    tokens = choose_tokens(chart)
    for column, name in enumerate(chart.series):
        points = [_make_point(row, row.at, row.cells[column], tokens[name]) for row in chart.rows]
        while points and points[-1].y is None:
            points.pop()
        while points and points[0].y is None:
            points.pop(0)
        if points:
            yield Series(name, tokens[name], tuple(points))


def _list_dots(chart: Chart) -> Iterator[Series]:
    """Yield the dots of each kind."""
    kinds = list_kinds(chart)
    for kind in kinds or [""]:
        points = [
            Point(row.name, across.number, up.number, _write_label(chart, row), ACCENT if lit else token)
            for row in chart.rows
            for lit in [row.name in chart.highlight]
            for across, up in [row.cells]
            for token in [choose_token(row.kind, kinds)]
            if row.kind == kind and across.number is not None and up.number is not None
        ]
        if points:
            yield Series(kind or chart.head, choose_token(kind, kinds), tuple(points))


def _list_slopes(chart: Chart) -> Iterator[Series]:
    """Yield the line of each row."""
    for row in chart.rows:
        token = ACCENT if row.name in chart.highlight else SERIES[0]
        points = [_make_point(row, float(place), cell, token) for place, cell in enumerate(row.cells)]
        yield Series(row.name, token, tuple(points))


LISTED: dict[str, Callable[[Chart], Iterator[Series]]] = {
    "bar": _list_columns,
    "histogram": _list_columns,
    "line": _list_lines,
    "scatter": _list_dots,
    "slope": _list_slopes,
}
"""The marks that office programs have as well."""


def _make_point(row: Row, x: float, cell: Cell, token: str) -> Point:
    return Point(row.name, x, cell.number, cell.text, token)


def _write_label(chart: Chart, row: Row) -> str:
    """Return what stands beside a dot."""
    if row.name in chart.highlight:
        return f"{row.name}  {row.cells[1].text}"
    return row.name if chart.labels == "all" else ""


def _has_gap(points: Sequence[Point]) -> bool:
    return any(point.y is None for point in points)
