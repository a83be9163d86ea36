"""A chart of points is a chart of PowerPoint: its numbers, colours and texts."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR

from paperdeck.charts.native import NativeChart, Point, Series
from paperdeck.exports.plots import add_plot, choose_format


def series(*numbers: float | None, token: str = "series-1", name: str = "a") -> Series:
    """Return points at 0, 1, 2 and so on."""
    points = (Point(str(x), x, y, "" if y is None else f"{y:g}", token) for x, y in enumerate(numbers))
    return Series(name, token, tuple(points))


def plot(chart: NativeChart) -> Any:
    """Return the chart as PowerPoint has it."""
    slides = Presentation()
    shapes = slides.slides.add_slide(slides.slide_layouts[5]).shapes
    return add_plot(shapes, chart, (0, 0, 5000000, 3000000), 254000).chart


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("bar", XL_CHART_TYPE.BAR_CLUSTERED),
        ("histogram", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("slope", XL_CHART_TYPE.LINE_MARKERS),
        ("line", XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS),
        ("scatter", XL_CHART_TYPE.XY_SCATTER),
    ],
)
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_each_mark_has_its_kind_with_the_same_numbers(mark: str, kind: Any) -> None:
    """Two series, which a legend names."""
    made = plot(NativeChart(mark, (series(1, 2.5), series(3, 4, name="b")), ("0", "1"), "across", "up", "y"))
    assert made.chart_type == kind
    assert [(drawn.name, tuple(drawn.values)) for drawn in made.plots[0].series] == [("a", (1, 2.5)), ("b", (3, 4))]
    assert made.has_legend
    if mark != "bar":
        assert made.category_axis.axis_title.text_frame.text == "across"
        assert made.value_axis.axis_title.text_frame.text == "up"
        assert "logBase" in made.value_axis._element.xml


@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_bars_have_the_colours_of_the_theme() -> None:
    """That of their series, and the accent for the paper at hand; each says its number."""
    points = (Point("ours", 0, 5, "5%", "accent"), Point("b", 1, 6, "6%", "series-1"))
    made = plot(NativeChart("bar", (Series("share", "series-1", points),), ("ours", "b")))
    drawn = made.plots[0].series[0]
    assert drawn.format.fill.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_2
    assert drawn.points[0].format.fill.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_1
    assert drawn.data_labels.number_format == '#,##0"%"'
    assert list(made.plots[0].categories) == ["ours", "b"]


@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_dots_are_named() -> None:
    """As beside ours."""
    points = (Point("ours", 1.5, 5, "ours  5", "accent"), Point("b", 2, 6, "b", "series-1"))
    drawn = plot(NativeChart("scatter", (Series("mixture", "series-1", points),))).plots[0].series[0]
    assert [point.data_label.text_frame.text for point in (drawn.points[0], drawn.points[1])] == ["ours  5", "b"]


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        ({"54.1": 54.1, "8.0": 8}, "#,##0.0"),
        ({"1,200 MWh": 1200, "20 MWh": 20}, '#,##0" MWh"'),
        ({"54.1": 54.1, "8": 8}, ""),
        ({"96.6 billion": 96.6e9}, ""),
        ({"about 5": 5}, ""),
        ({"−3": -3}, ""),
    ],
)
def test_numbers_are_written_by_a_format_where_one_writes_them_all(texts: dict[str, float], form: str) -> None:
    """Else each label is a text."""
    assert choose_format([Point("", 0, number, text, "") for text, number in texts.items()]) == form
