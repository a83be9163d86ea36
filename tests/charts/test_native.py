"""A chart is told to office programs by its points, where they have such a chart and nothing is left out."""

from __future__ import annotations

import pytest

from paperdeck.charts.native import NativeChart, Point, Series, describe_native, read_native, write_native
from tests.charts.test_reading import chart


def describe(text: str, mark: str, **options: object) -> NativeChart:
    """Return a chart that office programs have as well."""
    native = describe_native(chart(text, mark, **options))
    assert native
    return native


def test_bars_have_their_rows_values_and_colours() -> None:
    """A series for each column; the paper at hand has its own colour."""
    native = describe("model | MMLU\nours | 54.1\nanother | 46.2", "bar", highlight=("ours",))
    points = (Point("ours", 0, 54.1, "54.1", "accent"), Point("another", 1, 46.2, "46.2", "series-1"))
    assert native == NativeChart("bar", (Series("MMLU", "series-1", points),), ("ours", "another"), x="MMLU")


def test_lines_go_over_their_axis() -> None:
    """Each point lies where its row says; an empty end is no point."""
    native = describe("step | a | b\n0 | 4 | \n10 | 3 | 5", "line", x="steps")
    places = {series.name: [(point.x, point.y) for point in series.points] for series in native.series}
    assert places == {"a": [(0, 4), (10, 3)], "b": [(10, 5)]}
    assert native.x == "steps"


def test_dots_are_grouped_by_kind_and_named() -> None:
    """The paper at hand with its value, the others by name."""
    native = describe(
        "model | size | score | kind\nours | 1 | 5 | mixture\nother | 2 | 6 | dense",
        "scatter",
        kind="kind",
        highlight=("ours",),
        log="x",
    )
    texts = {series.name: [point.text for point in series.points] for series in native.series}
    assert texts == {"mixture": ["ours  5"], "dense": ["other"]}
    assert native.log == "x"


def test_slopes_and_bins_have_categories() -> None:
    """The columns of a slope are its stations; the rows of a histogram its bins."""
    slope = describe("model | FP16 | INT4\nours | 80 | 79", "slope")
    assert (slope.names, slope.series[0].name) == (("FP16", "INT4"), "ours")
    assert describe("weight | count\n0 to 1 | 4\n1 to 2 | 5", "histogram").names == ("0 to 1", "1 to 2")


@pytest.mark.parametrize(
    ("text", "mark", "options"),
    [
        ("model | MMLU\nours | 54.1", "dot", {}),
        ("model | share\nours | 8\nb | 9", "bar", {"whole": "100"}),
        ("model | MMLU | note\nours | 54.1 | why", "bar", {"note": "note"}),
        ("model | MMLU\na | 5\nb | 6\n%% line: 5 | here", "bar", {}),
        ("model | MMLU\na | 5\nb | 6\n%% step 1 hide: a", "bar", {}),
        ("model | MMLU | task\na | 5 | x\na | 6 | y", "bar", {"facet": "task"}),
        ("step | a\n0 | 4\n1 | \n2 | 5", "line", {}),
        ("model | MMLU\na | 5\nb | ", "bar", {}),
    ],
)
def test_what_would_lose_something_is_none(text: str, mark: str, options: dict[str, object]) -> None:
    """A mark they lack, a track, a note, a line across, what a click hides, small multiples, a gap, a value untold."""
    assert describe_native(chart(text, mark, **options)) is None


def test_it_is_read_as_it_was_written() -> None:
    """Through the page of a deck."""
    native = describe("model | “MMLU” & <more>\nours | 54.1", "bar")
    assert read_native(write_native(native)) == native
