"""Pictures of charts: whatever the numbers and names are, nothing is wrong, covered or cut off without a word."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.charts.data import MARKS, Cell, ChartError, Options
from paperdeck.charts.layout import Box, Room, Text
from paperdeck.charts.marks import Picture, draw_chart
from paperdeck.charts.reading import read_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

SVG = "{http://www.w3.org/2000/svg}"
ROOMS = (Room(1120, 456, 20, 104), Room(576, 373, 18, 72), Room(396, 320, 14, 52, grows=True))
NUMBERS = (
    "0",
    "-0",
    "1",
    "−3",
    "54.1",
    "1,046.2",
    "1e99",
    "1e-99",
    "7e-3",
    "nan",
    "1e999",
    "1e-999",
    ".5",
    "",
    "0.1234567890123456",
)
NAMES = st.one_of(
    st.sampled_from(
        ["", "a", "<s>", "GPT-3 & “co”", "Donaudampfschifffahrtsgesellschaft" * 2, "专家模型" * 9, "a b " * 20]
    ),
    st.text(max_size=12),
)


def lookup(key: str, words: str | None) -> Cell:
    """Know no fact."""
    raise LookupError(f"facts.yaml has no fact {key!r}")


def draw(text: str | Sequence[str], mark: str, room: Room = ROOMS[0], name: str = "x", **options: Any) -> Picture:
    """Draw a chart from its lines."""
    lines = text.splitlines() if isinstance(text, str) else text
    return draw_chart(read_chart(lines, mark, Options(**options), fact=lookup), room, name)


def list_texts(svg: str, room: Room) -> list[tuple[str, Box]]:
    """Return the texts of a picture, with what each covers."""
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        size = re.search(r"font-size:([\d.]+)em", element.get("style", ""))
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        anchor, classes = element.get("text-anchor", "start"), element.get("class", "")
        text = Text(x, y, element.text or "", anchor, classes, float(size[1]) if size else 1.0)
        found.append((text.text, text.box(room)))
    return found


@st.composite
def tables(draw: st.DrawFn) -> list[str]:
    """Return the lines of a chart: any names, any numbers, of any shape that fits together."""
    columns = draw(st.integers(1, 3))
    cell = st.one_of(st.sampled_from(NUMBERS), st.floats(allow_nan=False).map(repr), st.integers(-99, 99).map(str))
    head = " | ".join(draw(NAMES) or "x" for _ in range(columns + 1))
    rows = draw(st.lists(st.tuples(st.one_of(NAMES, cell), *([cell] * columns)), min_size=1, max_size=12))
    return [head, *(" | ".join(row) for row in rows)]


@given(tables(), st.sampled_from(MARKS), st.sampled_from(ROOMS), st.sampled_from(["", "x", "y", "xy"]))
def test_whatever_is_written_is_drawn_or_told(lines: list[str], mark: str, room: Room, log: str) -> None:
    """A chart is refused with a reason, or it is sound SVG in which no text covers another that nothing is said of."""
    try:
        picture = draw(lines, mark, room, log=log if mark in ("line", "scatter") else "")
    except ChartError:
        return
    root = ET.fromstring(picture.svg)
    numbers = [value for element in root.iter() for value in attributes_of(element)]
    assert all(math.isfinite(number) for number in numbers)
    assert all(float(bar.get("width", 0)) >= 0 for bar in root.iter(f"{SVG}rect"))
    if not picture.problems:
        texts = list_texts(picture.svg, room)
        assert all(one.overlap(other) <= 2 for (_text, one), (_other, other) in combinations(texts, 2))
        assert all(-2 <= box.left <= box.right <= room.width + 2 for _text, box in texts)


def attributes_of(element: ET.Element) -> list[float]:
    """Return the numbers in the attributes of an element that say where it is."""
    names = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "viewBox")
    return [float(number) for name in names for number in re.split(r"[ ,]+", element.get(name, "0"))]


# --- all marks ---------------------------------------------------------------------------------------------------

PLAIN = {
    "bar": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "dot": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "line": "step | GPT-3 | GLaM\n0 | 5 | 5.1\n100 | 3 | 2.5",
    "scatter": "model | parameters | score\nGLaM | 1e9 | 40\nGPT-3 | 2e9 | 50",
}


@pytest.mark.parametrize("mark", PLAIN)
def test_picture_leaves_colours_to_the_page(mark: str) -> None:
    """An SVG is XML, text is text, every colour is a property of the page, and the paper at hand has the accent."""
    svg = draw(PLAIN[mark], mark, name="Scores <of> two & more", highlight=("GLaM",)).svg
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Scores <of> two & more")
    assert any("GPT-3" in (text.text or "") for text in root.iter(f"{SVG}text"))
    styles = " ".join(element.get("style", "") for element in root.iter())
    assert set(re.findall(r"(?:fill|stroke):([^;\s]+)", styles)) <= {
        "none", "var(--ground)", "var(--pd-accent)", "var(--pd-series-1)", "var(--pd-series-context)"
    }  # fmt: skip
    assert "var(--pd-accent)" in styles
    assert "#" not in svg


def lengths(svg: str) -> list[float]:
    """Return the lengths of the bars of a picture, tracks and bars as they were drawn."""
    return [float(bar.get("width", 0)) for bar in ET.fromstring(svg).iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_numbers() -> None:
    """A bar begins at zero: its length is to another's as their numbers are."""
    one, two = lengths(draw("model | score\na | 50\nb | 60", "bar").svg)
    assert one / two == pytest.approx(50 / 60, abs=0.001)


def test_bar_of_a_whole_lies_on_a_track() -> None:
    """With ``of``, the track is the whole and the bar its share, one row or many."""
    for text in ("model | share\na | 8", "model | share\na | 8\nb | 19"):
        found = lengths(draw(text, "bar", whole="100 | kept").svg)
        assert found[len(found) // 2] / found[0] == pytest.approx(0.08, abs=0.001)


def test_same_chart_gives_the_same_bytes() -> None:
    """Nothing of the moment is in a picture."""
    assert draw(PLAIN["dot"], "dot") == draw(PLAIN["dot"], "dot")


def test_texts_stay_inside_the_picture() -> None:
    """Names, values and titles of every mark, in a narrow room and a wide one, lie inside; they cover no other."""
    for room in ROOMS:
        for mark, text in PLAIN.items():
            picture = draw(text, mark, room, highlight=("GLaM",))
            assert picture.problems == ()
            boxes = [box for _text, box in list_texts(picture.svg, room)]
            height = float(ET.fromstring(picture.svg).get("height", 0))
            assert all(box.left >= 0 and box.right <= room.width + 0.5 for box in boxes), (mark, room)
            assert all(box.top >= -1 and box.bottom <= height + 1 for box in boxes), (mark, room)
            assert all(one.overlap(other) < 1 for one, other in combinations(boxes, 2)), (mark, room)


def test_what_is_counted_has_whole_ticks() -> None:
    """Between whole numbers an axis has no halves; between others it has."""
    ticks = {}
    for last in ("3", "2.5"):
        svg = draw(f"shots | score\n0 | 1\n{last} | 40", "line", x="").svg
        texts = ET.fromstring(svg).iter(f"{SVG}text")
        ticks[last] = [text.text for text in texts if text.get("text-anchor") == "middle"]
    assert ticks["3"] == ["0", "1", "2", "3"]
    assert any("." in str(tick) for tick in ticks["2.5"])


# --- lines ------------------------------------------------------------------------------------------------------


def test_end_of_a_line_says_its_last_value() -> None:
    """The label at the end is the value furthest to the right, in whatever order the rows stand."""
    for text in ("x | y\n3 | 1\n1 | 2\n2 | 5", "x | y\n1 | 2\n2 | 5\n3 | 1"):
        svg = draw(text, "line").svg
        assert ET.fromstring(svg)[-1].text == "1"
        (line,) = ET.fromstring(svg).iter(f"{SVG}polyline")
        places = [float(pair.partition(",")[0]) for pair in line.get("points", "").split()]
        assert places == sorted(places)


def test_line_does_not_go_on_over_an_empty_cell() -> None:
    """What is not reported parts a line, and a point between two gaps is a dot."""
    root = ET.fromstring(draw("x | y\n1 | 1\n2 | 2\n3 |\n4 | 3\n5 |\n6 | 4\n7 | 5", "line").svg)
    assert [len(line.get("points", "").split()) for line in root.iter(f"{SVG}polyline")] == [2, 2]
    assert len(list(root.iter(f"{SVG}circle"))) == 1


def test_line_of_one_point_is_seen() -> None:
    """A single row gives a dot, not a line without length."""
    root = ET.fromstring(draw("x | y\n5 | 3", "line").svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert not list(root.iter(f"{SVG}polyline"))


# --- bars -------------------------------------------------------------------------------------------------------


def test_bar_of_a_negative_number_goes_left() -> None:
    """Bars begin at one zero, to the right above it and to the left below it, each with its value at its end."""
    picture = draw("model | change\na | 5\nb | −2.5", "bar")
    assert picture.problems == ()
    up, down = ET.fromstring(picture.svg).iter(f"{SVG}rect")
    assert float(down.get("x", 0)) + float(down.get("width", 0)) == pytest.approx(float(up.get("x", 0)), abs=0.2)
    assert float(up.get("width", 0)) / float(down.get("width", 1)) == pytest.approx(2, abs=0.01)
    boxes = dict(list_texts(picture.svg, ROOMS[0]))
    assert boxes["−2.5"].right < float(down.get("x", 0))
    assert boxes["5"].left > float(up.get("x", 0)) + float(up.get("width", 0))


def test_bar_that_is_not_reported_says_so() -> None:
    """A row without a number is not taken for a zero."""
    texts = [text for text, _box in list_texts(draw("model | score\na | 5\nb |", "bar").svg, ROOMS[0])]
    assert "not reported" in texts


def test_too_many_rows_are_told() -> None:
    """A slide holds as many bars as can be read; more are told, with how many fit, and are not set over each other."""
    text = "model | score\n" + "\n".join(f"Row {number} | {number}" for number in range(30))
    picture = draw(text, "bar")
    (problem,) = picture.problems
    found = re.match(r"no room for 30 bars in 456 px; show at most (\d+), or split the chart", problem)
    assert found
    assert draw("\n".join(text.splitlines()[: int(found[1]) + 1]), "bar").problems == ()
    assert draw("\n".join(text.splitlines()[: int(found[1]) + 2]), "bar").problems != ()
    assert ET.fromstring(picture.svg).get("height") == "456"
    assert draw(text, "bar", ROOMS[2]).problems == ()


# --- texts ------------------------------------------------------------------------------------------------------


def test_names_are_shown_as_they_are_written() -> None:
    """Markup, quotation marks and bars in a name are text."""
    texts = [text for text, _box in list_texts(draw('model | p(x\\|y)\n<s> & "b" | 5', "bar", x="<b>").svg, ROOMS[0])]
    assert texts[:2] == ["<b>", '<s> & "b"']


def test_long_names_are_broken() -> None:
    """A name wider than its column goes on in lines, broken within a word where it must be."""
    picture = draw(f"model | score\n{'Donaudampfschifffahrtsgesellschaft' * 2} | 5", "bar", ROOMS[1])
    assert picture.problems == ()
    assert len(list_texts(picture.svg, ROOMS[1])) >= 4


def test_label_without_room_is_told_and_left_out() -> None:
    """Where labels find no room the author hears of it, and none lies on another."""
    rows = "\n".join(f"Some model {number} | 1 | {1 + number / 1000}" for number in range(20))
    picture = draw(f"model | x | y\n{rows}\nother | 2 | 9", "scatter")
    assert "no room for the label" in picture.problems[0]
    texts = list_texts(picture.svg, ROOMS[0])
    assert all(one.overlap(other) <= 1 for (_text, one), (_other, other) in combinations(texts, 2))
