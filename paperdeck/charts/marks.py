"""A chart as SVG: what each mark looks like, and which labels it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from paperdeck.charts.layout import ASCENT, CENTRE, Box, Frame, Label, Room, Text, apart, place
from paperdeck.charts.scales import Shape, axis, given, logarithmic, shapes
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.data import Chart

ACCENT = "accent"
SERIES = ("series-1", "series-3", "series-4", "series-context")
"""What marks are drawn in, in this order; the paper at hand takes the accent."""
DASHES = ("", "9 6", "2 5", "9 5 2 5")
NAMES_WIDE = 0.34
"""The share of the width that the names of rows may take before they are broken into lines."""
CORNERS = ("above-right", "below-right", "above-left", "below-left")
NARROW = 12
"""How much of the width must be left to the marks, in the size of the type."""
DOT = {
    "fill": given("fill"),
    "stroke": given("stroke"),
    "size": given("size"),
    "strokeWidth": given("strokeWidth"),
    "opacity": {"value": 1},
}


@dataclass(frozen=True)
class Picture:
    """A finished chart, and what is wrong with how it came out."""

    svg: str
    problems: tuple[str, ...] = ()


def draw(chart: Chart, room: Room, name: str) -> Picture:
    """Return a chart as SVG, its colours custom properties of the page.

    :param name: what the picture is called to those who cannot see it
    """
    share = chart.mark == "bar" and chart.whole and len(chart.rows) == len(chart.series) == 1
    parts = {"bar": _share if share else _bars, "dot": _dots, "line": _lines, "scatter": _scatter}[chart.mark]
    frame, drawn, texts, crowded = parts(chart, room)
    problems = []
    if crowded:
        advice = "label fewer marks with “:labels: highlight”, or split the chart"
        problems.append(f"no room for the label {', '.join(f'“{text}”' for text in crowded)}; {advice}")
    if frame.wide < 8 * room.type or frame.high < room.type:
        problems.append("no room for the marks beside the texts; shorten them, or split the chart")
    size = f'width="{_n(room.width)}" height="{_n(frame.height)}" viewBox="0 0 {_n(room.width)} {_n(frame.height)}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(name)} {size}'
    markup = "".join([*map(_markup, drawn), *(_text(text) for text in texts if text.text)])
    return Picture(f'{opening} style="font-size:{_n(room.type)}px">{markup}</svg>', tuple(problems))


Parts = tuple[Frame, "list[Shape]", "list[Text]", "list[str]"]
"""What a chart is made of: its frame, shapes and texts, and the labels that found no room."""


def var(token: str) -> str:
    """Return a token of the page as a value."""
    return f"var(--pd-{token})"


def tokens(chart: Chart) -> dict[str, str]:
    """Return the token of each series: the accent for what is highlighted."""
    rest = iter(SERIES)
    return {name: ACCENT if name in chart.highlight else next(rest) for name in chart.series}


def kinds_of(chart: Chart) -> list[str]:
    """Return the kinds of the rows, that of the paper at hand first."""
    rows = sorted(chart.rows, key=lambda row: row.name not in chart.highlight)
    return list(dict.fromkeys(row.kind for row in rows if row.kind))


def _classes(token: str, *more: str) -> str:
    """Return the classes of a text that belongs to a mark."""
    return " ".join(filter(None, [*more, "point" if token == ACCENT else token]))


# --- one row below the other: bars, dots, the parts of a whole --------------------------------------------------


def _frame(chart: Chart, room: Room, *, bars: bool) -> Frame:
    """Return the frame of rows: names at the left, values and notes at the right, a title above or below."""
    size, several = room.type, len(chart.series) > 1
    note_size, note_class = (0.9, "") if bars else (1.3, "value")
    names = [
        text_width.break_lines(row.name, 1.1 * size, "Medium", limit=NAMES_WIDE * room.width) for row in chart.rows
    ]
    notes = [Text(room.width, 0, row.note, "end", note_class, note_size) for row in chart.rows]
    values = max(Text(0, 0, cell.text, "start", "value", 1.3).width(room) for row in chart.rows for cell in row.cells)
    series = max(Text(0, 0, name, "start", "series").width(room) for name in chart.series) if several else 0
    left = max(text_width.measure_width(line, 1.1 * size) for lines in names for line in lines) + 1.2 * size
    right = values + size
    if bars:
        right += series
    elif several:  # the lowest of a row has its value at its left
        left += values
    aside = max(note.width(room) for note in notes) + 1.4 * size if chart.note else 0
    below = room.width - left - right - aside < NARROW * size  # notes stand below the marks
    right += 0 if below else aside
    heads = [Text(0, ASCENT * size, chart.x)] if bars and chart.x else []
    heads += [Text(room.width, ASCENT * size, chart.note, "end")] if chart.note and not below else []
    top = 1.9 * size if heads else (1.2 * size if several and not bars else 0.2 * size)
    bottom = (1.6 if below else 0.2) * size if bars else (3.4 if chart.x else 1.9) * size
    pitch = min(room.pitch, (room.height - top - bottom) / len(chart.rows))
    thick = min(1.5 * size * (0.85 * len(chart.series) if several else 1), 0.8 * pitch) if bars else pitch
    high = pitch * (len(chart.rows) - 1) + thick
    texts = list(heads)
    for number, (lines, note) in enumerate(zip(names, notes, strict=True)):
        y = top + thick / 2 + pitch * number
        for line, text in enumerate(lines):
            at = y + (line - (len(lines) - 1) / 2) * 1.35 * size + CENTRE * 1.1 * size
            texts.append(Text(0, at, text, "start", "name", 1.1))
        if below and note.text:
            x, y = (left, y + thick / 2 + 0.8 * size) if bars else (0, y + 1.3 * size)
            note = Text(x, y, f"{note.text} {chart.note}", "start", "", 0.9)
        texts.append(note._replace(y=y + CENTRE * note.size * size))
    height = top + high + bottom
    if not bars:
        texts.append(Text(room.width, height - 0.3 * size, chart.x, "end"))
    return Frame(room, left, top, room.width - left - right, high, height, tuple(texts), 1 - thick / pitch)


def _values(chart: Chart) -> list[dict[str, Any]]:
    """Return what there is to draw, a row and a series each."""
    token = tokens(chart)
    return [
        {
            "row": str(number),
            "series": name,
            "value": cell.number,
            "text": cell.text,
            "token": ACCENT if row.name in chart.highlight else token[name],
        }
        for number, row in enumerate(chart.rows)
        for name, cell in zip(chart.series, row.cells, strict=True)
        if cell.number is not None
    ]


def _rows(chart: Chart, **scale: Any) -> dict[str, Any]:
    scale["domain"] = [str(number) for number in range(len(chart.rows))]
    return {"field": "row", "type": "nominal", "sort": None, "axis": None, "scale": scale}


def _bars(chart: Chart, room: Room) -> Parts:
    """Draw bars from zero, on a track where they are a share of something; each with its value."""
    frame = _frame(chart, room, bars=True)
    values = _values(chart)
    whole = chart.whole.number if chart.whole else None
    for value in values:
        value |= {"fill": var(value["token"]), "whole": whole}
    length: dict[str, Any] = {"type": "quantitative", "axis": None}
    length["scale"] = {"domain": [0, whole]} if whole else {"zero": True, "nice": False}
    across = {
        "y": _rows(chart, paddingInner=frame.gap, paddingOuter=0),
        "yOffset": {"field": "series", "scale": {"domain": list(chart.series), "paddingInner": 0.12}},
    }
    layers = [
        {"name": "bar", "mark": "bar", "encoding": {**across, "x": {"field": "value", **length}, "fill": given("fill")}}
    ]
    if whole:
        track = {"type": "bar", "fill": var("sunk")}
        layers.insert(0, {"name": "track", "mark": track, "encoding": {**across, "x": {"field": "whole", **length}}})
    drawn = shapes(layers, values, frame)
    texts = list(frame.texts)
    named: set[str] = set()
    for bar, value in zip((shape for shape in drawn if shape.role == "bar"), values, strict=True):
        middle = bar.place["y"] + bar.place["height"] / 2
        size = min(1.2, bar.place["height"] / room.type)
        end = frame.right if whole else bar.place["x"] + bar.place["width"]
        classes = _classes(value["token"] if len(chart.series) > 1 or value["token"] == ACCENT else "", "value")
        texts.append(
            Text(end + 0.6 * room.type, middle + CENTRE * size * room.type, value["text"], "start", classes, size)
        )
        if len(chart.series) > 1 and value["series"] not in named:  # each series is named once
            named.add(value["series"])
            x = texts[-1].box(room).right + 0.5 * room.type
            classes = _classes(value["token"], "series")
            texts.append(Text(x, middle + CENTRE * size * room.type, value["series"], "start", classes, min(size, 1)))
    return frame, drawn, texts, []


def _share(chart: Chart, room: Room) -> Parts:
    """Draw one part of a whole: a bar as wide as the room, and below it what both are."""
    row, whole = chart.rows[0], chart.whole
    assert whole
    size, wide = room.type, room.width
    share = (row.cells[0].number or 0) / (whole.number or 1)
    high = 1.6 * size
    upper, lower = high + 2.1 * size, high + 3.7 * size
    frame = Frame(room, 0, 0, wide, high, lower + 0.4 * size)
    drawn = [
        Shape(role, "rect", {"x": 0, "y": 0, "width": length, "height": high}, style)
        for role, length, style in (
            ("track", wide, {"fill": var("head"), "opacity": "0.14"}),  # seen on any ground
            ("bar", wide * share, {"fill": var(ACCENT)}),
        )
    ]
    texts = [
        Text(0, upper, row.cells[0].text, "start", "value point", 1.4),
        Text(0, lower, row.name, "start", "", 1.1),
        Text(wide, upper, whole.text, "end", "value", 1.4),
        Text(wide, lower, chart.whole_name, "end", "", 1.1),
    ]
    return frame, drawn, texts, []


def _dots(chart: Chart, room: Room) -> Parts:
    """Draw dots, those of a row on one line; the axis need not begin at zero."""
    frame = _frame(chart, room, bars=False)
    values = _values(chart)
    for value in values:
        value |= _dot(room, value["token"], radius=0.45)
    bottom = axis("bottom", domain=False, ticks=False, grid=True, tickCount=_count(frame.wide, room, 5))
    across = {"field": "value", "type": "quantitative", "axis": bottom, "scale": {"zero": False, "padding": room.type}}
    rows = _rows(chart, type="point", padding=0.5)
    ends = {"y": rows, "x": {"aggregate": "min", **across}, "x2": {"aggregate": "max", "field": "value"}}
    span = {"type": "rule", "stroke": var("series-context"), "strokeWidth": 0.2 * room.type, "opacity": 0.6}
    layers = [
        {"name": "span", "mark": span, "encoding": ends},
        {"name": "dot", "mark": "point", "encoding": {"y": rows, "x": across, **DOT}},
    ]
    drawn = shapes(layers, values, frame)
    dots = [shape.place for shape in drawn if shape.role == "dot"]
    named: set[str] = set()
    labels, names = [], []
    for number in range(len(chart.rows)):
        mine = [(dot, value) for dot, value in zip(dots, values, strict=True) if value["row"] == str(number)]
        mine.sort(key=lambda pair: pair[0]["cx"])
        for order, (dot, value) in enumerate(mine):
            at = (dot["cx"], dot["cy"], dot["r"])
            sides = ("right", "left", "below") if order else ("left", "right", "below")
            if len(mine) == 1:
                sides = ("right", "left", "below")
            elif 0 < order < len(mine) - 1:
                sides = ("below", "right", "left")
            labels.append(Label(*at, value["text"], _classes(value["token"], "value"), 1.3, sides))
            if len(chart.series) > 1 and value["series"] not in named:  # each series is named once
                named.add(value["series"])
                sides = ("above", "above-left", "above-right") if order == 0 else ("above", "above-right", "above-left")
                at = (dot["cx"], dot["cy"], dot["r"] + 0.3 * room.type)  # clear of the values
                names.append(Label(*at, value["series"], _classes(value["token"], "series"), 1.0, sides))
    around = [Box.around(dot["cx"], dot["cy"], dot["r"]) for dot in dots]
    placed, crowded = place([*labels, *names], frame, [*around, *(text.box(room) for text in frame.texts if text.text)])
    return frame, drawn, [*frame.texts, *placed], crowded


# --- two axes: lines and points ---------------------------------------------------------------------------------


def _plane(chart: Chart, room: Room, right: float) -> Frame:
    """Return the frame of a plane: the title of y above it at the left, that of x below it at the right."""
    size = room.type
    words = f"{chart.x}, logarithmic scale" if "x" in chart.log and chart.x else chart.x
    texts = (Text(0, ASCENT * size, chart.y), Text(room.width, room.height - 0.3 * size, words, "end"))
    left, top, bottom = 3.2 * size, 2.4 * size, (3.4 if chart.x else 2) * size
    return Frame(room, left, top, room.width - left - right, room.height - top - bottom, room.height, texts)


def _axes(chart: Chart, values: Sequence[Mapping[str, Any]], frame: Frame) -> dict[str, Any]:
    """Return the encodings of both axes."""
    room = frame.room
    across = axis("bottom", grid=False, tickSize=0.3 * room.type, tickCount=_count(frame.wide, room, 8))
    upward = axis("left", grid=True, domain=False, ticks=False, tickCount=5)
    encodings = {}
    for name, one in (("x", across), ("y", upward)):
        numbers = [value[name] for value in values]
        if all(float(number).is_integer() for number in numbers):  # no half of what is counted
            one["tickCount"] = min(one["tickCount"], max(1, int(max(numbers) - min(numbers))))
        scale: dict[str, Any] = {"zero": False, "nice": False}
        if name == "y" or chart.mark == "scatter":
            scale["nice"] = one["tickCount"]
        if chart.mark == "scatter":
            scale["padding"] = room.type
        if name in chart.log:
            scale, one["values"] = logarithmic(numbers, one.pop("tickCount"))
        encodings[name] = {"field": name, "type": "quantitative", "axis": one, "scale": scale}
    return encodings


def _lines(chart: Chart, room: Room) -> Parts:
    """Draw a line for each series, named at its end with its last value."""
    token = tokens(chart)
    last = {
        name: next(row.cells[number].text for row in reversed(chart.rows) if row.cells[number].number is not None)
        for number, name in enumerate(chart.series)
        if any(row.cells[number].number is not None for row in chart.rows)
    }
    several = len(chart.series) > 1
    ends = {name: f"{name}  {text}" if several else text for name, text in last.items()}
    classes = {name: _classes(token[name], "series") for name in ends}
    wide = max((Text(0, 0, text, "start", "series").width(room) for text in ends.values()), default=0)
    frame = _plane(chart, room, right=wide + room.type)
    values = [
        {"x": row.at, "y": cell.number, "series": name}
        for row in chart.rows
        for name, cell in zip(chart.series, row.cells, strict=True)
        if cell.number is not None
    ]
    order = sorted(ends, key=lambda name: name in chart.highlight)  # what matters lies on top
    dashes = dict(zip((name for name in order if name not in chart.highlight), DASHES, strict=False))
    axes = _axes(chart, values, frame)
    layers = [
        {
            "name": f"line{number}",
            "transform": [{"filter": {"field": "series", "equal": name}}],
            "mark": {
                "type": "line",
                "stroke": var(token[name]),
                "strokeWidth": (0.2 if name in chart.highlight else 0.15) * room.type,
                "strokeDash": [int(part) for part in dashes.get(name, "").split()],
            },
            "encoding": axes,
        }
        for number, name in enumerate(order)
    ]
    drawn = shapes(layers, values, frame)
    tips = {
        name: next(shape for shape in drawn if shape.role == f"line{number}").points[-1]
        for number, name in enumerate(order)
    }
    levels = apart({name: y for name, (_x, y) in tips.items()}, 1.3 * room.type, frame.top, frame.bottom)
    texts = list(frame.texts)
    for name in order:
        x = tips[name][0] + 0.6 * room.type
        texts.append(Text(x, levels[name] + CENTRE * room.type, ends[name], "start", classes[name]))
    return frame, drawn, texts, []


def _scatter(chart: Chart, room: Room) -> Parts:
    """Draw a dot for each row, its name beside it."""
    frame = _plane(chart, room, right=2 * room.type)
    kinds = kinds_of(chart)
    rows = [row for row in chart.rows if all(cell.number is not None for cell in row.cells)]
    values: list[dict[str, Any]] = []
    for row in rows:
        token = ACCENT if row.name in chart.highlight else _token_of(row.kind, kinds)
        style = _dot(room, token, solid=row.kind in kinds[:1])
        values.append({"x": row.cells[0].number, "y": row.cells[1].number, "token": token, **style})
    layer = {"name": "dot", "mark": "point", "encoding": {**_axes(chart, values, frame), **DOT}}
    drawn = shapes([layer], values, frame)
    dots = [shape.place for shape in drawn if shape.role == "dot"]
    labels = []
    for dot, value, row in zip(dots, values, rows, strict=True):
        lit = value["token"] == ACCENT
        text, classes, size = (f"{row.name}  {row.cells[1].text}", "point", 1.2) if lit else (row.name, "", 0.9)
        sides = ("above", "right", "below", "left", *CORNERS) if lit else ("right", "left", "above", "below", *CORNERS)
        if chart.labels == "all" or lit:
            labels.append(Label(dot["cx"], dot["cy"], dot["r"], text, classes, size, sides))
    labels.sort(key=lambda label: label.classes != "point")
    key, marks = _key(kinds, frame)
    texts = [*frame.texts, *key]
    around = [Box.around(dot["cx"], dot["cy"], dot["r"]) for dot in (*dots, *(mark.place for mark in marks))]
    written = [*texts, *(_text_of(shape) for shape in drawn if shape.role == "tick")]
    placed, crowded = place(labels, frame, [*around, *(text.box(room) for text in written if text.text)])
    return frame, [*drawn, *marks], [*texts, *placed], crowded


def _key(kinds: Sequence[str], frame: Frame) -> tuple[list[Text], list[Shape]]:
    """Return what says which dots are of which kind, at the right end of the line of the y axis's title."""
    room, x = frame.room, frame.room.width
    texts, marks = [], []
    for kind in reversed(kinds if len(kinds) > 1 else ()):
        text = Text(x, ASCENT * room.type, kind, "end")
        x = text.box(room).left - 0.8 * room.type
        style = _dot(room, _token_of(kind, kinds), solid=kind in kinds[:1])
        at = {"cx": x, "cy": 0.4 * room.type, "r": style["size"] ** 0.5 / 2}
        look = {"fill": style["fill"], "stroke": style["stroke"], "stroke-width": f"{style['strokeWidth']:g}"}
        marks.append(Shape("key", "circle", at, look))
        texts.append(text)
        x -= 1.6 * room.type
    return texts, marks


def _token_of(kind: str, kinds: Sequence[str]) -> str:
    """Return the token of a kind of dot: the first two differ in being filled or hollow alone."""
    return SERIES[max(kinds.index(kind) - 1, 0) if kind in kinds else 0]


def _dot(room: Room, token: str, *, solid: bool = False, radius: float = 0.35) -> dict[str, Any]:
    """Return the look of a dot: the paper at hand larger, others filled or hollow."""
    lit = token == ACCENT
    radius = (0.55 if lit else radius) * room.type
    fill = var(token) if lit or solid else "var(--ground)"
    return {"fill": fill, "stroke": var(token), "strokeWidth": 0.125 * room.type, "size": 4 * radius**2}


def _count(length: float, room: Room, most: int) -> int:
    """Return how many ticks an axis of a length has room for."""
    return max(2, min(most, int(length / (5.5 * room.type))))


# --- markup -----------------------------------------------------------------------------------------------------


def _n(number: float) -> str:
    """Return a coordinate, to a tenth of a px."""
    return f"{round(number, 1):g}"


def _markup(shape: Shape) -> str:
    """Return an element; its colours are style, which any renderer reads ``var()`` in."""
    if shape.tag == "text":
        return _text(_text_of(shape))
    where = "".join(f' {name}="{_n(value)}"' for name, value in shape.place.items())
    if shape.points:
        where = f' points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)}"'
    if shape.role in ("grid", "axis"):
        return f'<{shape.tag} class="{shape.role}"{where}/>'
    look = ";".join(f"{name}:{value}" for name, value in shape.style.items())
    return f'<{shape.tag}{where} style="{look}"/>'


def _text_of(shape: Shape) -> Text:
    return Text(shape.place["x"], shape.place["y"], shape.text, shape.style.get("text-anchor", "start"))


def _text(text: Text) -> str:
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    classes = f' class="{text.classes}"' if text.classes else ""
    size = "" if text.size == 1 else f' style="font-size:{text.size:.3g}em"'
    words = escape(text.text).replace("  ", "\u2002")
    return f'<text x="{_n(text.x)}" y="{_n(text.y)}"{anchor}{classes}{size}>{words}</text>'


def page_values(svg: str, values: Mapping[str, str]) -> str:
    """Return an SVG with the values of the page's custom properties written into it."""
    for name, value in values.items():
        svg = svg.replace(f"var({name})", value)
    return svg
