"""A chart of points as PowerPoint draws it: its numbers in a sheet, its colours those of the theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from paperdeck.exports.palette import SLOTS
from paperdeck.upstream import make_logarithmic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperdeck.charts.native import NativeChart, Point

_WRITTEN = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(\D*)")
GAP = 40
"""Between two rows of bars, percent of a bar."""


def choose_format(points: Sequence[Point]) -> str:
    """Return the number format that writes all points as they are written; empty where none does."""
    formats = set()
    for point in points:
        found = _WRITTEN.fullmatch(point.text)
        if (
            point.y is None
            or not found
            or float(found[1] + found[2].replace(",", "") + "." + (found[3] or "0")) != point.y
        ):
            return ""
        whole = "#,##0" if "," in found[2] or point.y < 1000 else "0"
        decimals = "." + "0" * len(found[3]) if found[3] else ""
        formats.add(whole + decimals + (f'"{found[4]}"' if found[4] and '"' not in found[4] else ""))
    return formats.pop() if len(formats) == 1 else ""


def add_plot(shapes: Any, chart: NativeChart, place: tuple[int, int, int, int], size: int) -> Any:
    """Add a chart to the shapes of a slide; return the shape.

    :param place: left, top, width and height, in PowerPoint's units
    :param size: of its type, in PowerPoint's units
    """
    from pptx.enum.chart import XL_CHART_TYPE as KINDS
    from pptx.enum.chart import XL_LEGEND_POSITION

    kinds = {
        "bar": KINDS.BAR_CLUSTERED,
        "histogram": KINDS.COLUMN_CLUSTERED,
        "slope": KINDS.LINE_MARKERS,
        "line": KINDS.XY_SCATTER_LINES_NO_MARKERS,
        "scatter": KINDS.XY_SCATTER,
    }
    data = _list_points(chart) if chart.mark in ("line", "scatter") else _list_categories(chart)
    shape = shapes.add_chart(kinds[chart.mark], *place, data)
    made = shape.chart
    made.font.size = size
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _set_axes(made, chart)
    for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
        _colour(drawn, chart, series.token, series.points)
        _label(drawn, chart, series.points)
    return shape


def _list_categories(chart: NativeChart) -> Any:
    from pptx.chart.data import CategoryChartData

    make: Any = CategoryChartData  # which has no types
    data = make()
    data.categories = chart.names
    for series in chart.series:
        data.add_series(series.name, [point.y for point in series.points])
    return data


def _list_points(chart: NativeChart) -> Any:
    from pptx.chart.data import XyChartData

    make: Any = XyChartData  # which has no types
    data = make()
    for series in chart.series:
        added = data.add_series(series.name)
        for point in series.points:
            added.add_data_point(point.x, point.y)
    return data


def _set_axes(made: Any, chart: NativeChart) -> None:
    """Set titles, lines and scales: bars lie from above downwards and say their numbers themselves."""
    across, up = made.category_axis, made.value_axis
    up.has_major_gridlines = chart.mark != "bar"
    across.has_major_gridlines = False
    if chart.mark == "bar":
        across.reverse_order, up.visible = True, False
        made.plots[0].gap_width = GAP
    elif chart.mark == "histogram":
        made.plots[0].gap_width = 2
    if chart.mark in ("bar", "histogram") and all(
        (point.y or 0) >= 0 for series in chart.series for point in series.points
    ):
        up.minimum_scale = 0
    titles = {"x": (across, chart.x), "y": (up, chart.y)} if chart.mark != "bar" else {}
    for name, (axis, title) in titles.items():
        axis.has_title = bool(title)
        if title:
            axis.axis_title.text_frame.text = title
        if name in chart.log:
            make_logarithmic(axis)


def _colour(drawn: Any, chart: NativeChart, token: str, points: Sequence[Point]) -> None:
    """Give a series its colour, and points theirs that have another."""
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    def fill(form: Any, name: str) -> None:
        form.fill.solid()
        form.fill.fore_color.theme_color = getattr(MSO_THEME_COLOR, SLOTS[name])

    lines, dots = chart.mark in ("line", "slope"), chart.mark in ("scatter", "slope")
    own = points[0].token if chart.mark == "slope" else token
    if lines:
        drawn.format.line.color.theme_color = getattr(MSO_THEME_COLOR, SLOTS[own])
        drawn.format.line.width = Pt(2.25)
    elif chart.mark == "scatter":
        drawn.format.line.fill.background()
    else:
        fill(drawn.format, own)
    if chart.mark == "slope":
        drawn.smooth = False
    if dots:
        fill(drawn.marker.format, own)
        drawn.marker.format.line.fill.background()
        drawn.marker.size = 9
    for place, point in enumerate(points):
        if point.token != own:
            form = drawn.points[place]
            fill(form.marker.format if dots else form.format, point.token)


def _label(drawn: Any, chart: NativeChart, points: Sequence[Point]) -> None:
    """Write beside the points what stands there: numbers as numbers, where a format writes them so."""
    from pptx.enum.chart import XL_LABEL_POSITION

    if chart.mark in ("line", "histogram"):
        return
    labels = getattr(drawn, "data_labels", None)
    if labels is not None and (written := choose_format(points)):
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, written, False
        return
    for place, point in enumerate(points):
        if point.text:
            label = drawn.points[place].data_label
            label.text_frame.text = point.text
            if chart.mark == "scatter":
                label.position = XL_LABEL_POSITION.RIGHT
