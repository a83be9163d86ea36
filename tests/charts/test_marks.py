"""Pictures of charts: whatever the numbers and names are, nothing is wrong, covered or cut off without a word."""

from __future__ import annotations

import gettext
import math
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.charts.data import MARKS, TAKEN_BY, Cell, ChartError, Options
from paperdeck.charts.directive import ON_PHONE
from paperdeck.charts.layout import Box, Room, Text
from paperdeck.charts.marks import DRAWN_BY, Picture, draw_chart
from paperdeck.charts.reading import read_chart
from paperdeck.language import CATALOG, LOCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

SVG = "{http://www.w3.org/2000/svg}"
ROOMS = (Room(1120, 456, 20, 104), Room(576, 373, 18, 72), Room(396, 320, 14, 52, grows=True))
PHONE = Room(350, 340, 14, 52, grows=True)
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


def test_each_mark_has_a_picture_of_its_own() -> None:
    """None that an author can write is drawn as another, and none is drawn that no author can write."""
    assert DRAWN_BY.keys() == MARKS.keys()
    assert len(set(DRAWN_BY.values())) == len(MARKS)


def list_texts(svg: str, room: Room) -> list[tuple[str, Box]]:
    """Return the texts of a picture, with what each covers."""
    found = []
    root = ET.fromstring(svg)
    room = replace(room, type=float(root.get("style", "").removeprefix("font-size:").removesuffix("px")))
    for element in root.iter(f"{SVG}text"):
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


TOKENS = ("accent", "series-1", "series-context", "cell", "sunk", "line", "head")
NEEDED = {"strip": {"cells": "99 | cells"}, "blocks": {"each": "24 | one block is a card of 24 GB"}}
"""Options without which a mark is nothing."""
OVERLAYS = ("%% line: 25 | by chance", "%% band: 0 to 3 | a band", "%% line: y = x | both", "%% line: x = 1 | here", "")


@given(
    tables(),
    st.sampled_from(tuple(MARKS)),
    st.sampled_from(ROOMS),
    st.sampled_from(["", "x", "y", "xy"]),
    st.sampled_from(OVERLAYS),
)
def test_whatever_is_written_is_drawn_or_told(lines: list[str], mark: str, room: Room, log: str, over: str) -> None:
    """A chart is refused with a reason, or it is sound SVG in which no text covers another that nothing is said of."""
    options = {**NEEDED.get(mark, {}), "log": log if mark in TAKEN_BY["log"] else ""}
    try:
        picture = draw([*lines, over] if over else lines, mark, room, **options)
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


def centre_of(dot: ET.Element) -> tuple[float, float]:
    """Return where a dot lies."""
    return float(dot.get("cx", 0)), float(dot.get("cy", 0))


# --- all marks ---------------------------------------------------------------------------------------------------

PLAIN = {
    "bar": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "dot": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "line": "step | GPT-3 | GLaM\n0 | 5 | 5.1\n100 | 3 | 2.5",
    "scatter": "model | parameters | score\nGLaM | 1e9 | 40\nGPT-3 | 2e9 | 50",
    "slope": "model | FP16 | INT8 | INT4\nGLaM | 80.2 | 80.1 | 79.5\nGPT-3 | 64.4 | 64.9 | 34.8",
    "histogram": "GLaM's weights | GPT-3\n-4 to -2 | 3\n-2 to 0 | 40\n0 to 2 | 50\n2 to 4 | 2",
    "area": "run | energy\nGPT-3 | 1,287\nGLaM | 456",
    "strip": "token | GPT-3 | GLaM\nThe | 1-9 | 3, 7\ncapital | 12 | 99",
    "waffle": "model | active\nGLaM | 2\nGPT-3 | 64",
    "blocks": "model | memory | cards\nGPT-3 | 260 | 11\nGLaM | 70 | 4",
    "grid": "layer | GLaM | GPT-3\n0 | 30 | 41\n15 | 55 | 63",
    "number": "GPT-3 | share\nof GPT-3 is used by GLaM | 0.4",
    "timeline": "model | GPT-3\nGPT-3 itself | 2020-05-28\nGShard | 2020-06\nGLaM | 2021-12-13\nits book | 2022",
}


def draw_plain(mark: str, room: Room = ROOMS[0], name: str = "x") -> Picture:
    """Draw the plain chart of a mark, with the paper at hand where it has one."""
    lit = ("GLaM",) if names_the_paper(mark) else ()
    return draw(PLAIN[mark], mark, room, name, highlight=lit, **NEEDED.get(mark, {}))


def names_the_paper(mark: str) -> bool:
    """Tell whether a plain chart has a row or a column of the paper at hand."""
    return any(re.search(r"(^|\| )GLaM( \||$)", line) for line in PLAIN[mark].splitlines())


@pytest.mark.parametrize("mark", PLAIN)
def test_picture_leaves_colours_to_the_page(mark: str) -> None:
    """An SVG is XML, text is text, every colour is a property of the page, and the paper at hand has the accent."""
    svg = draw_plain(mark, name="Scores <of> two & more").svg
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Scores <of> two & more")
    assert any("GPT-3" in (text.text or "") for text in root.iter(f"{SVG}text"))
    styles = " ".join(element.get("style", "") for element in root.iter())
    found = set(re.findall(r"(?:fill|stroke):([^;\s]+)", styles))
    assert found <= {"none", "var(--ground)"} | {f"var(--pd-{name})" for name in TOKENS}
    assert ("var(--pd-accent)" in found) == names_the_paper(mark)
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
        for mark in PLAIN:
            picture = draw_plain(mark, room)
            assert picture.problems == ()
            boxes = [box for _text, box in list_texts(picture.svg, room)]
            height = float(ET.fromstring(picture.svg).get("height", 0))
            assert all(box.left >= 0 and box.right <= room.width + 0.5 for box in boxes), (mark, room)
            assert all(box.top >= -1 and box.bottom <= height + 1 for box in boxes), (mark, room)
            assert all(one.overlap(other) < 1 for one, other in combinations(boxes, 2)), (mark, room)


@pytest.mark.parametrize(
    ("mark", "text", "options"),
    [
        (
            "dot",
            "task | other | ours | than\nno example shown at all | 8.05 | 13.31 | PaLM 540B\nb | 38 | 15 | c",
            {"note": "than"},
        ),
        ("bar", "task | other | ours\nan average over everything that was tried | 8,050.25 | 13,310.75", {}),
        ("line", "tokens | BLOOM-176B in PyTorch | GLM-130B in C++\n1 | 37 | 5\n2 | 631.81 | 89.88", {}),
        ("area", "run | operations\na | 3.5e23\nb | 3.1e23\nc | 0.39e23", {}),
        (
            "strip",
            "layer | experts\na dense layer | all",
            {"cells": "64 | slices of a layer, those that compute for one token lit"},
        ),
    ],
)
def test_long_texts_have_room_on_a_phone(mark: str, text: str, options: dict[str, str]) -> None:
    """Names stand above the marks, values below names, titles in lines; on a slide they stay where they were."""
    assert draw(text, mark, PHONE, **options).problems == ()
    assert draw(text, mark, **options).problems == ()


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


# --- quantities to scale ----------------------------------------------------------------------------------------


def rects(svg: str) -> list[dict[str, float]]:
    """Return the rectangles of a picture: where they are, and how large."""
    found = ET.fromstring(svg).iter(f"{SVG}rect")
    return [{name: float(rect.get(name, 0)) for name in ("x", "y", "width", "height")} for rect in found]


def fills(svg: str, token: str) -> int:
    """Return how many rectangles are filled with a token."""
    return sum(f"fill:var(--pd-{token})" in rect.get("style", "") for rect in ET.fromstring(svg).iter(f"{SVG}rect"))


def test_areas_are_as_large_as_their_numbers() -> None:
    """Side by side on one line, or the part in the whole: one area is to the other as their numbers are."""
    beside = rects(draw("run | energy\na | 49\nb | 1", "area").svg)
    inside = rects(draw("run | energy\nb | 25", "area", whole="100 | a").svg)
    for large, small, ratio in ((*beside, 49), (*inside, 4)):
        assert large["width"] * large["height"] == pytest.approx(ratio * small["width"] * small["height"], rel=0.01)
        assert large["y"] + large["height"] == pytest.approx(small["y"] + small["height"], abs=0.2)


def test_strip_lights_the_cells_that_its_rows_name() -> None:
    """Every cell is there in every row, and those that are lit lie over theirs; a column that links joins them."""
    text = "state | both | one\nearly | 4 | 7\nfinal | 4 | 10\n%% link: both"
    svg = draw(text, "strip", cells="64", highlight=("both",)).svg
    assert [fills(svg, token) for token in ("cell", "accent", "series-1")] == [128, 3, 3]  # each with its key
    assert len(list(ET.fromstring(svg).iter(f"{SVG}line"))) == 1
    cells = sorted(rect["x"] for rect in rects(svg) if rect["height"] > 20)
    assert len(set(cells)) == 64


def test_row_of_fewer_cells_is_shorter() -> None:
    """Its cells are as large as all others, from the same edge on."""
    drawn = rects(draw("layer | lit\na | all of 2\nb | 1", "strip", cells="9").svg)
    tops = sorted({cell["y"] for cell in drawn if cell["height"] == min(cell["height"] for cell in drawn)})
    counts = [sorted(cell["x"] for cell in drawn if cell["y"] == top) for top in tops]
    assert [len(places) for places in counts] == [2, 9]
    assert counts[0] == counts[1][:2]


def test_tokens_are_things() -> None:
    """A row of tokens holds each; what a row does not light is faint, and what is masked is dashed."""
    svg = draw("state | text\nread | 1", "strip", cells="The, [M], mat", masked=("[M]",)).svg
    texts = {text.text: text.get("class") for text in ET.fromstring(svg).iter(f"{SVG}text")}
    assert texts == {"read": "name", "The": "token on", "[M]": "token", "mat": "token name"}
    assert "stroke-dasharray" in svg


def test_our_words_are_in_the_language_of_the_document() -> None:
    """A part of a whole, and what an axis is."""
    german = gettext.translation(CATALOG, LOCALE, ["de"])
    lines = {"waffle": "Modell | aktiv\na | 2", "line": "Schritt | Verlust\n1 | 2\n100 | 1"}
    options = {"waffle": Options(whole="64"), "line": Options(log="x")}
    for mark, words in (("waffle", "2 von 64"), ("line", "Schritt, logarithmische Skala")):
        chart = read_chart(lines[mark].splitlines(), mark, options[mark], fact=lookup, phrases=german)
        assert words in [text for text, _box in list_texts(draw_chart(chart, ROOMS[0], "x").svg, ROOMS[0])]


def test_waffle_lights_as_many_cells_as_it_counts() -> None:
    """All cells are of one size, whatever the counts; signs say the kind without colour."""
    svg = draw("model | active\na | 2\nb | 8", "waffle", whole="64", highlight=("a",)).svg
    assert (fills(svg, "accent"), fills(svg, "series-1"), fills(svg, "cell")) == (2, 8, 128)
    assert len({rect["width"] for rect in rects(svg)}) == 1
    signs = ET.fromstring(draw("run | failed | held\na | 3 | 1", "waffle", signs=("✗", "✓")).svg)
    assert (len(list(signs.iter(f"{SVG}line"))), len(list(signs.iter(f"{SVG}polyline")))) == (6, 1)


def test_blocks_are_filled_as_far_as_the_number_goes() -> None:
    """There are as many blocks as it needs, or as are said to be there."""
    for text, count in (("model | memory\na | 60", 3), ("model | memory | cards\na | 60 | 4", 4)):
        svg = draw(text, "blocks", each="24 | a card").svg
        blocks, parts = fills(svg, "cell"), fills(svg, "line")
        assert (blocks, parts) == (count, 3)
        widths = [rect["width"] for rect in rects(svg)]
        assert min(widths) == pytest.approx(0.5 * max(widths), abs=0.2)


def test_grid_is_darker_where_its_number_is_greater() -> None:
    """The highest is as dark as ink can be read on; a letter has one colour everywhere, and its meaning beside it."""
    svg = draw("layer | a | b\n0 | 10 | 30\n1 | 20 |", "grid").svg
    opacities = re.findall(r"opacity:([\d.]+)", svg)
    assert opacities == ["0.12", "0.44", "0.28"]
    assert (fills(svg, "sunk"), fills(svg, "series-1")) == (4, 3)
    seen = draw("reads | a | b\nx | s | \ny | s | s\n%% key: s | sees\n%% key: | hidden", "grid").svg
    assert (fills(seen, "cell"), fills(seen, "series-1")) == (5, 4)


def test_bins_of_a_histogram_touch() -> None:
    """Each bar stands on zero, next to its neighbour, as high as its count."""
    first, second = rects(draw("weight | count\n0 to 1 | 10\n1 to 2 | 30", "histogram").svg)
    assert first["x"] + first["width"] == pytest.approx(second["x"], abs=1.1)
    assert second["height"] == pytest.approx(3 * first["height"], rel=0.01)


def test_slope_goes_from_column_to_column() -> None:
    """Each row is a line that parts where a number is missing, named at its end with its last value."""
    root = ET.fromstring(draw("model | a | b | c\nx | 5 | 6 | 7\ny | 9 | | 8", "slope").svg)
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    assert len(list(root.iter(f"{SVG}circle"))) == 5
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"x\u20027", "y\u20028"} <= {*texts}


def test_facets_share_their_axes() -> None:
    """Each value of the column is a chart of its own; a number lies at the same length in each."""
    text = "model | score | task\na | 50 | MMLU\na | 100 | ARC"
    short, long = lengths(draw(text, "bar", facet="task").svg)
    assert short / long == pytest.approx(0.5, abs=0.01)


# --- over a chart, and step by step -------------------------------------------------------------------------------


def test_line_lies_at_its_number() -> None:
    """A constant stands where a mark of that number would, the diagonal where both are the same."""
    svg = draw("model | score\na | 50\nb | 25\n%% line: 25 | by chance", "bar").svg
    (line,) = ET.fromstring(svg).iter(f"{SVG}line")
    assert float(line.get("x1", 0)) == pytest.approx(rects(svg)[1]["x"] + rects(svg)[1]["width"], abs=1)
    diagonal = ET.fromstring(
        draw("model | x | y\na | 1 | 1\nb | 9 | 9\nc | 1 | 9\n%% line: y = x | same", "scatter").svg
    )
    (path,) = diagonal.iter(f"{SVG}polyline")
    (x1, y1), (x2, y2) = ([float(part) for part in pair.split(",")] for pair in path.get("points", "").split())
    first, last, _other = diagonal.iter(f"{SVG}circle")
    for dot in (first, last):
        share = (float(dot.get("cx", 0)) - x1) / (x2 - x1)
        assert y1 + share * (y2 - y1) == pytest.approx(float(dot.get("cy", 0)), abs=1)


@pytest.mark.parametrize("room", ROOMS)
def test_names_of_dots_leave_the_diagonal_free(room: Room) -> None:
    """What lies on the line y = x is named beside it, and not across."""
    picture = draw("model | x | y\nthe first | 2 | 2\nthe last | 8 | 8\n%% line: y = x | same", "scatter", room)
    (path,) = ET.fromstring(picture.svg).iter(f"{SVG}polyline")
    (x1, y1), (x2, y2) = ([float(part) for part in pair.split(",")] for pair in path.get("points", "").split())
    for text, box in list_texts(picture.svg, room):
        if text.startswith("the "):
            sides = {y > y1 + (x - x1) / (x2 - x1) * (y2 - y1) for x in box[::2] for y in box[1::2]}
            assert len(sides) == 1, text


def test_arrow_goes_from_mark_to_mark() -> None:
    """It points from the first to the second, with its words beside it; a difference lies along the axis."""
    svg = draw("model | x | y\na | 1 | 1\nb | 9 | 1\n%% arrow: b -> a | ÷ 9", "scatter").svg
    (path,) = ET.fromstring(svg).iter(f"{SVG}polyline")
    x1, x2 = (float(pair.partition(",")[0]) for pair in path.get("points", "").split())
    assert x2 < x1
    assert "÷ 9" in svg
    text = "model | a | b\nx | 9 | 1\n%% difference: x, a -> x, b | −8"
    root = ET.fromstring(draw(text, "slope").svg)
    beginning, upright = (line.attrib for line in root.iter(f"{SVG}line") if not line.get("class"))
    first, last = list(root.iter(f"{SVG}circle"))
    assert (upright["x1"], upright["x2"]) == (last.get("cx"), last.get("cx"))
    assert beginning["y1"] == beginning["y2"] == upright["y1"] == first.get("cy"), "it is as long as the difference"
    assert float(upright["y2"]) == pytest.approx(float(last.get("cy", 0)) - float(last.get("r", 0)), abs=2)


def test_arrow_bends_around_what_lies_between() -> None:
    """It touches neither the dot nor the label of a third mark, and the words lie beside both."""
    text = "model | x | y\na | 1 | 5\nbetween | 5 | 5\nc | 9 | 5\n%% arrow: c -> a | ÷ 9"
    svg = draw(text, "scatter").svg
    (path,) = ET.fromstring(svg).iter(f"{SVG}polyline")
    points = [tuple(map(float, pair.split(","))) for pair in path.get("points", "").split()]
    covered = [box for said, box in list_texts(svg, ROOMS[0]) if said in ("a", "between", "c", "÷ 9")]
    covered += [Box.around(*centre_of(dot), 7) for dot in ET.fromstring(svg).iter(f"{SVG}circle")]
    assert not [box for box in covered for x, y in points if box.overlap(Box(x - 1, y - 1, x + 1, y + 1))]


def test_names_of_dots_give_way_to_an_arrow() -> None:
    """It goes from dot to dot as if none had a name, and each name is put where it covers no part of it."""
    rows = "model | x | y\nours | 1 | 5\nnear | 1.4 | 4\nbetween | 5 | 5\nanother | 6 | 3\nlarge | 9 | 5.2\n"
    for room in ROOMS:
        svg = draw(f"{rows}%% arrow: large -> ours | ÷ 9", "scatter", room, highlight=("ours",)).svg
        ours, *_others, large = (centre_of(dot) for dot in ET.fromstring(svg).iter(f"{SVG}circle"))
        (path,) = ET.fromstring(svg).iter(f"{SVG}polyline")
        points = [tuple(map(float, pair.split(","))) for pair in path.get("points", "").split()]
        for point, dot in ((points[0], large), (points[-1], ours)):
            assert math.dist(point, dot) < 2.5 * room.type
        covered = [box for said, box in list_texts(svg, room) if said.startswith(("ours", "near", "between", "large"))]
        assert len(covered) == 4
        assert not [box for box in covered for x, y in points if box.overlap(Box(x - 1, y - 1, x + 1, y + 1))]


def test_words_of_a_straight_arrow_stand_at_its_middle() -> None:
    """And not at its beginning."""
    svg = draw("model | x | y\na | 1 | 1\nb | 9 | 1\n%% arrow: b -> a | ÷ 9", "scatter").svg
    (path,) = ET.fromstring(svg).iter(f"{SVG}polyline")
    begins, ends = (float(pair.partition(",")[0]) for pair in path.get("points", "").split())
    (words,) = (box for said, box in list_texts(svg, ROOMS[0]) if said == "÷ 9")
    assert (words.left + words.right) / 2 == pytest.approx((begins + ends) / 2, abs=1)


def test_three_areas_with_long_names_have_room_on_a_phone() -> None:
    """The names take lines, and the squares what is left."""
    picture = draw(
        "run | operations\nto train GLaM | 350\nto train GLM-130B | 310\nto train OLMoE | 39", "area", ON_PHONE
    )
    assert picture.problems == ()
    assert max(bar["width"] for bar in rects(picture.svg)) > 80


def test_words_of_a_line_over_bars_cover_none() -> None:
    """In a narrow room too they stand below the bars, at the foot of their line."""
    for room in ROOMS:
        svg = draw("model | score\na | 50\nb | 25\n%% line: 10 | by chance", "bar", room).svg
        (words,) = (box for text, box in list_texts(svg, room) if text == "by chance")
        assert all(bar["y"] + bar["height"] <= words.top for bar in rects(svg))


def test_note_below_a_bar_says_its_column_once() -> None:
    """Only a number alone is followed by what it is a number of."""
    text = "model | score | cards\na name that is long | 50 | four cards\nb | 25 | 8"
    svg = draw(text, "bar", ROOMS[2], note="cards").svg
    assert [said for said, _box in list_texts(svg, ROOMS[2]) if "cards" in said] == ["four cards", "8 cards"]


def test_few_cells_and_a_number_take_their_room() -> None:
    """On a slide a grid of two rows grows with its texts, and the unit of a number makes room for it."""
    room = ROOMS[1]
    few = draw("model | data | code\nOurs | a | a\nAnother | a |\n%% key: a | public", "grid", room).svg
    many = draw(
        "model | data | code\n" + "\n".join(f"{at} | a |" for at in range(12)) + "\n%% key: a | public", "grid", room
    ).svg
    sizes = [float(re.findall(r'font-size:([\d.]+)px"', svg)[0]) for svg in (few, many)]
    assert sizes[0] > 1.2 * sizes[1]
    read = read_chart(
        ["what | energy", "to train it | used"], "number", Options(), fact=lambda *_: Cell(1287, "1,287 MWh")
    )
    number = draw_chart(read, room, "x")
    assert number.problems == ()
    texts = dict(list_texts(number.svg, room))
    assert texts["1,287"].right - texts["1,287"].left > 0.9 * room.width
    assert texts["MWh"].top > texts["1,287"].top


def test_cells_of_an_object_are_known_on_slides_alone() -> None:
    """Each has its row and place there, lit or not; in an article nothing moves."""
    text = "token | experts\nThe | 2\ncat | 3"
    svg = draw(text, "strip", cells="3 | experts", object="experts").svg
    assert re.findall(r'data-cell="([^"]*)"', svg) == ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2", "0 1", "1 2"]
    assert 'data-object="experts"' in svg
    article = draw(text, "strip", ROOMS[2], cells="3 | experts", object="experts").svg
    assert article == draw(text, "strip", ROOMS[2], cells="3 | experts").svg
    with pytest.raises(ChartError, match="cells with names stay"):
        draw("token | lit\nThe | a", "strip", cells="a, b", object="experts")


def test_cells_of_a_waffle_may_be_icons() -> None:
    """As many as there are, the lit over the others; an unknown icon is told with one that comes near."""
    text = "run | at work\nOurs | 4"
    svg = draw(text, "waffle", whole="12 | machines", icon="server", highlight=("Ours",)).svg
    icons = list(ET.fromstring(svg).iter(f"{SVG}svg"))[1:]
    assert [sum(f"var(--pd-{token})" in icon.get("style", "") for icon in icons) for token in ("rule", "accent")] == [
        12,
        4,
    ]
    with pytest.raises(ChartError, match="there is no icon “servr”; write server"):
        draw(text, "waffle", icon="servr")
    with pytest.raises(ChartError, match="an icon or a sign"):
        draw(text, "waffle", icon="server", signs=("✗",))


DATES = st.one_of(
    st.dates(date(2015, 1, 1), date(2026, 12, 31)).map(str),
    st.integers(2015, 2026).map(str),
    st.tuples(st.integers(2015, 2026), st.integers(1, 12)).map("{0[0]}-{0[1]:02}".format),
)


@given(st.lists(st.tuples(NAMES.filter(lambda name: "|" not in name and name.strip()), DATES), min_size=1, max_size=7))
def test_names_of_events_never_meet(events: list[tuple[str, str]]) -> None:
    """Whatever the dates are, along the width and down the page; what a slide has no room for is told."""
    lines = ["event | date", *(f"{name} {number} | {when}" for number, (name, when) in enumerate(events))]
    for room in (*ROOMS, PHONE):
        try:
            picture = draw(lines, "timeline", room)
        except ChartError:  # a name that is a comment, a rule or none
            return
        if picture.problems:
            assert not room.grows
            continue
        texts = list_texts(picture.svg, room)
        assert all(one.overlap(other) < 1 for (_text, one), (_other, other) in combinations(texts, 2))


def test_event_of_a_year_covers_it() -> None:
    """A day is a dot, a year as long as the axis says; the event waits whole for its step."""
    svg = draw("event | date\na | 2020\nb | 2021-12-13\n%% step 1: b", "timeline").svg
    dot, year = sorted(
        (bar for bar in ET.fromstring(svg).iter(f"{SVG}rect")), key=lambda bar: float(bar.get("width", 0))
    )
    assert float(dot.get("width", 0)) == float(dot.get("height", 0))
    assert float(year.get("width", 0)) > 5 * float(year.get("height", 0))
    assert {
        said for change, said in list_groups("event | date\na | 2020\nb | 2021-12-13\n%% step 1: b", "timeline")
    } == {
        "b 13 Dec 2021",
        "",
    }


def list_groups(text: str, mark: str, **options: Any) -> list[tuple[str, str]]:
    """Return the groups of a picture that clicks change: how, and the texts in them."""
    groups = ET.fromstring(draw(text, mark, **options).svg).iter(f"{SVG}g")
    changes = [(name, value, group) for group in groups for name, value in group.items()]
    return [
        (f"{name}={value}", " ".join(text.text or "" for text in group.iter(f"{SVG}text")))
        for name, value, group in changes
    ]


def test_steps_show_dim_and_hide_marks() -> None:
    """A mark waits for its row or column; others are dim while one has the focus; names are there from the start."""
    text = "model | score\na | 50\nb | 25\n%% step 1: b\n%% step 2 focus: b\n%% step 3 hide: a"
    groups = list_groups(text, "bar")
    assert ("data-step=1", "25") in groups
    assert ("data-dim=2", "50") in groups
    assert ("data-hide=3", "50") in groups
    assert not any("b" in texts for change, texts in groups if change.startswith("data-step"))
    assert list_groups("model | score\na | 50", "bar") == []


def test_name_of_a_token_that_waits_is_drawn_once() -> None:
    """It is there before the token is lit and after, in the colour of either; steps show, dim and hide the pill."""
    text = "state | text\nread | 1\nnext | 2\n%% step 1: read\n%% step 2 focus: next\n%% step 3 hide: read"
    texts = [said for said, _box in list_texts(draw(text, "strip", cells="The, cat").svg, ROOMS[0])]
    assert sorted(texts) == ["The", "The", "cat", "cat", "next", "read"]  # once in each row
    groups = list_groups(text, "strip", cells="The, cat")
    turned = {change: said for change, said in groups if "turn" in change}
    assert turned == dict.fromkeys(("data-turn-step=1", "data-turn-dim=2", "data-turn-hide=3"), "The")
    assert {change for change, said in groups if not said} == {"data-step=1", "data-dim=2", "data-hide=3"}
