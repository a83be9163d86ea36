"""What is drawn over a chart to say what it shows: lines, bands, arrows between marks, differences."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from paperdeck.charts.drawing import Drawing, crisp, list_texts, var
from paperdeck.charts.layout import Box, Frame, Label, Text, place_labels
from paperdeck.charts.scales import find_diagonal
from paperdeck.charts.svg import Shape, draw_bar, draw_line, draw_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.data import Annotation, Chart
    from paperdeck.charts.drawing import Way

ALONG = ("above", "below", "above-right", "above-left", "below-right", "below-left", "right", "left")
"""Where the words of an annotation may stand."""
WORDS = "annotation"
BENDS = (0.0, 0.05, -0.05, 0.1, -0.1, 0.17, -0.17, 0.25, -0.25, 0.35, -0.35)
"""How far an arrow may bend, in its length, to the one side or the other: no further than it must."""
CURVE = 40
"""The points of an arrow that bends."""


def annotate(chart: Chart, drawing: Drawing) -> Drawing:
    """Return a drawing with the annotations of its chart; words that find no room are told with the other labels."""
    if not chart.annotations:
        return drawing
    behind: list[Shape] = []
    over: list[Shape] = []
    arrows: list[Box] = []
    labels: list[list[Label]] = []
    for note in chart.annotations:
        if note.kind == "link":
            continue
        if note.kind in ("line", "band"):
            shapes, choices = _draw_across(note, drawing)
            behind += shapes
        else:
            shapes, choices = _draw_between(chart, note, drawing)
            over += shapes
            arrows += _list_lines(shapes, drawing.frame)
        labels.append(choices if note.words else [])
    items = [*_put_under(chart, behind, drawing.items), *over]
    crowded = list(drawing.crowded)
    taken = [
        *drawing.places.values(),
        *_list_lines(drawing.items, drawing.frame),
        *(_box_bar(item) for item in drawing.items if isinstance(item, Shape) and item.tag == "rect" and item.parts),
        *(text.box(drawing.frame.room) for text in list_texts(drawing)),
    ]
    for choices in labels:
        for choice, free in [*((choice, arrows) for choice in choices), *((choice, []) for choice in choices)]:
            placed, missing = place_labels([choice], drawing.frame, [*taken, *free])
            if not missing:
                items += placed
                taken += [text.box(drawing.frame.room) for text in placed]
                break
        else:
            crowded += [choice.text for choice in choices[:1]]
    return replace(drawing, items=items, crowded=crowded)


def _put_under(chart: Chart, behind: Sequence[Shape], items: Sequence[Shape | Text]) -> list[Shape | Text]:
    """Put lines and bands under all that is drawn; a line over bars, but under what is written."""
    if chart.mark not in ("bar", "histogram"):
        return [*behind, *items]
    bands = [shape for shape in behind if shape.tag == "rect"]
    lines = [shape for shape in behind if shape.tag != "rect"]
    shapes = [item for item in items if isinstance(item, Shape)]
    return [*bands, *shapes, *lines, *(item for item in items if isinstance(item, Text))]


def _box_bar(bar: Shape) -> Box:
    """Return what a bar covers."""
    left, top = bar.place["x"], bar.place["y"]
    return Box(left, top, left + bar.place["width"], top + bar.place["height"])


def _list_lines(items: Sequence[Shape | Text], frame: Frame) -> list[Box]:
    """Return boxes along the lines of a drawing, which words must not cover."""
    boxes = []
    for item in items:
        if isinstance(item, Shape) and item.tag == "polyline":
            for (x, y), (to_x, to_y) in pairwise(item.points):
                steps = max(1, int(math.hypot(to_x - x, to_y - y) / (0.5 * frame.room.type)))
                places = ((x + (to_x - x) * step / steps, y + (to_y - y) * step / steps) for step in range(steps + 1))
                boxes += [Box.around(*place, 2) for place in places]
    return boxes


def _name(note: Annotation) -> tuple[str, ...]:
    """Return what a step calls an annotation."""
    return (note.words or note.kind,)


def _draw_across(note: Annotation, drawing: Drawing) -> tuple[list[Shape], list[Label]]:
    """Draw a line or a band across the plot, with the places that its words may take."""
    frame, size, parts = drawing.frame, drawing.frame.room.type, _name(note)
    style = {
        "stroke": var("line"),
        "stroke_width": f"{0.1 * size:g}",
        "stroke_dasharray": f"{0.4 * size:g},{0.3 * size:g}",
    }
    if note.axis == "xy":
        diagonal = find_diagonal(drawing.scales["x"], drawing.scales["y"])
        if not diagonal:
            return [], []
        first, last = diagonal
        points = [
            tuple(a + (b - a) * share for a, b in zip(first, last, strict=True))
            for share in (0.75, 0.6, 0.85, 0.4, 0.25, 0.1)
        ]
        labels = [Label(px, py, 0.2 * size, note.words, WORDS, 0.9, ("below-right", "above-left")) for px, py in points]
        return [draw_path(diagonal, parts=parts, **style)], [label._replace(parts=parts) for label in labels]
    scale = drawing.scales[note.axis]
    along = [scale.locate(number) for number in note.numbers]
    if note.axis == "x":
        low, high, middle = min(along), max(along), sum(along) / len(along)
        heights = [frame.top + 0.2 * size, *(frame.top + share * frame.high for share in (0.15, 0.4, 0.65, 0.9))]
        lower = frame.foot or frame.bottom
        labels = [
            Label(middle, frame.foot, -0.2 * size, note.words, WORDS, 0.9, (side,), parts)
            for side in (("below", "below-right", "below-left") if frame.foot else ())
        ]
        labels += [Label(max(along), y, 0.15 * size, note.words, WORDS, 0.9, ("right",), parts) for y in heights]
        labels += [Label(min(along), y, 0.15 * size, note.words, WORDS, 0.9, ("left",), parts) for y in heights]
        if note.kind == "line":
            return [
                draw_line(crisp(middle), frame.top - 0.3 * size, crisp(middle), lower, parts=parts, **style)
            ], labels
        box = (low, frame.top, high - low, lower - frame.top)
    else:
        low, high, middle = min(along), max(along), sum(along) / len(along)
        ends = (
            (frame.left, "above-right"),
            (frame.left, "below-right"),
            (frame.right, "above-left"),
            (frame.right, "below-left"),
        )
        labels = [
            Label(x, y, 0.05 * size, note.words, WORDS, 0.9, (side,), parts)
            for y in dict.fromkeys((low, high))
            for x, side in ends
        ]
        shares = (0.25, 0.5, 0.75)
        labels += [
            Label(frame.left + share * frame.wide, low, 0.05 * size, note.words, WORDS, 0.9, ("above", "below"), parts)
            for share in shares
        ]
        if note.kind == "line":
            return [draw_line(frame.left, crisp(middle), frame.right, crisp(middle), parts=parts, **style)], labels
        box = (frame.left, low, frame.wide, high - low)
    return [draw_bar(*box, parts=parts, fill=var("head"), opacity="0.1")], labels


def _draw_between(chart: Chart, note: Annotation, drawing: Drawing) -> tuple[list[Shape], list[Label]]:
    """Draw an arrow from one mark to another, or the difference of the two along their axis."""
    one, other = (_find_place(chart, end, drawing) for end in note.ends)
    if one is None or other is None:  # a mark without a number
        return [], []
    if note.kind == "difference":
        return _draw_difference(chart, note, drawing, one, other)
    size, parts = drawing.frame.room.type, _name(note)
    points = drawing.ways.get(note) or _find_way(chart, note, drawing, one, other)
    style = {"stroke": var("ink"), "stroke_width": f"{0.12 * size:g}"}
    along = [_locate(points, share) for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
    labels = [
        Label(x, y, 0.2 * size, note.words, f"{WORDS} value", 1.1, (side,), parts) for x, y in along for side in ALONG
    ]
    return [draw_path(points, parts=parts, **style), _draw_head(points[-2], points[-1], 0.6 * size, parts)], labels


def list_ways(chart: Chart, places: Mapping[tuple[str, str], Box], frame: Frame) -> dict[Annotation, list[Way]]:
    """Return the ways that each arrow between dots may take, the best first; names of dots give way to them."""
    ways = {}
    for note in chart.annotations:
        if note.kind == "arrow" and all((end[0], "") in places for end in note.ends):
            ends = [[places[end[0], ""]] for end in note.ends]
            ways[note] = _rank_ways(ends, [box for box in places.values() if [box] not in ends], frame)
    return ways


def box_way(way: Way, frame: Frame) -> list[Box]:
    """Return boxes along the way of an arrow or a line, which names must not cover."""
    return _list_lines([draw_path(way)], frame)


def _find_way(chart: Chart, note: Annotation, drawing: Drawing, one: Box, other: Box) -> Way:
    """Return the points of an arrow from one mark to another, around the marks and texts between."""
    frame, size = drawing.frame, drawing.frame.room.type
    texts = [(text, text.box(frame.room)) for text in list_texts(drawing)]
    own = [
        [box, *(around for text, around in texts if _belongs(text, around, chart, end, box, size))]
        for end, box in zip(note.ends, (one, other), strict=True)
    ]
    others = [box for box in (*drawing.places.values(), *(box for _text, box in texts)) if box not in own[0] + own[1]]
    return _rank_ways(own, others, frame)[0]


def _rank_ways(own: Sequence[Sequence[Box]], others: Sequence[Box], frame: Frame) -> list[Way]:
    """Return the ways between two marks that touch least: straight, then bent no further than they must.

    :param own: the two marks, each with the texts that belong to it
    """
    size = frame.room.type
    (one, *_), (other, *_) = own
    arcs = [_cut_ends(_bend(_centre(one), _centre(other), bend), own, 0.7 * size) for bend in BENDS]
    blocks = [_unite(boxes) for boxes in own]
    sides = (_list_sides(block, boxes[0], 0.7 * size) for block, boxes in zip(blocks, own, strict=True))
    ways = []
    if not _count_touched(arcs[0], others, 0.35 * size):
        ways.append((False, 0, 0.0, [arcs[0][0], arcs[0][-1]]))
    for points in [*arcs, *(_bend(start, tip, bend) for start, tip in product(*sides) for bend in BENDS)]:
        outside = any(not (0 <= x <= frame.room.width and 0 <= y <= frame.bottom) for x, y in points)
        length = sum(math.dist(*pair) for pair in pairwise(points))
        ways.append((outside, _count_touched(points, [*others, *blocks], 0.35 * size), length, points))
    least = min(ways)[:2]
    return [points for *touched, _length, points in sorted(ways) if tuple(touched) == least]


def _locate(points: Way, share: float) -> tuple[float, float]:
    """Return the place at a share of a line, whose points are equally far from each other."""
    at, rest = divmod(share * (len(points) - 1), 1)
    (x, y), (to_x, to_y) = points[int(at)], points[min(int(at) + 1, len(points) - 1)]
    return x + (to_x - x) * rest, y + (to_y - y) * rest


def _count_touched(points: Way, boxes: Sequence[Box], margin: float) -> int:
    """Return how many boxes a line touches, or comes near."""
    return sum(any(_is_in(point, box, margin) for point in points) for box in boxes)


def _unite(boxes: Sequence[Box]) -> Box:
    """Return what a mark and its label cover together."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _list_sides(box: Box, mark: Box, gap: float) -> list[tuple[float, float]]:
    """Return where an arrow may leave a mark or reach it: straight beside it, a little away from it and its label."""
    x, y = _centre(mark)
    return [(box.right + gap, y), (box.left - gap, y), (x, box.top - gap), (x, box.bottom + gap)]


def _belongs(text: Text, around: Box, chart: Chart, end: Sequence[str], box: Box, size: float) -> bool:
    """Tell whether a text is the label of a mark; the name of a series is, of the one that it stands at."""
    near = around.left - 2 * size < box.right and box.left < around.right + 2 * size
    return near and bool(text.parts) and (text.parts[0] == end[0] or text.parts[0] in chart.series)


def _bend(start: tuple[float, float], tip: tuple[float, float], bend: float) -> list[tuple[float, float]]:
    """Return points along an arc that leaves the straight line by so much of its length."""
    (x, y), (to_x, to_y) = start, tip
    side = (bend * (to_y - y), bend * (x - to_x))
    shares = [step / CURVE for step in range(CURVE + 1)]
    return [
        (
            x + (to_x - x) * share + 4 * share * (1 - share) * side[0],
            y + (to_y - y) * share + 4 * share * (1 - share) * side[1],
        )
        for share in shares
    ]


def _cut_ends(points: Way, own: Sequence[Sequence[Box]], gap: float) -> list[tuple[float, float]]:
    """Return the points between two marks and the texts beside them, a little away from both."""
    half = len(points) // 2
    inside = [[any(_is_in(point, box, gap) for box in boxes) for point in points] for boxes in own]
    first = max((at + 1 for at in range(half) if inside[0][at]), default=0)
    last = min((at - 1 for at in range(half + 1, len(points)) if inside[1][at]), default=len(points) - 1)
    return list(points[min(first, half - 1) : max(last, half + 1) + 1])


def _is_in(point: tuple[float, float], box: Box, margin: float) -> bool:
    """Tell whether a point lies in a box or within a margin of it."""
    x, y = point
    return box.left - margin <= x <= box.right + margin and box.top - margin <= y <= box.bottom + margin


def _find_place(chart: Chart, end: Sequence[str], drawing: Drawing) -> Box | None:
    """Return where a mark is that is named by its row, or its row and column."""
    if len(end) == 2:
        return drawing.places.get((end[0], end[1]))
    return next((box for (row, _column), box in drawing.places.items() if row == end[0]), None)


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _draw_head(start: tuple[float, float], tip: tuple[float, float], size: float, parts: tuple[str, ...]) -> Shape:
    """Draw the head of an arrow."""
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    wings = [(tip[0] - size * math.cos(angle + turn), tip[1] - size * math.sin(angle + turn)) for turn in (-0.45, 0.45)]
    style = {"fill": var("ink"), "stroke": "none"}
    return Shape("polygon", {}, style, points=[wings[0], tip, wings[1]], parts=parts)


def _draw_difference(
    chart: Chart, note: Annotation, drawing: Drawing, one: Box, other: Box
) -> tuple[list[Shape], list[Label]]:
    """Draw the distance of two marks along the axis of their numbers, beside the second."""
    size, parts = drawing.frame.room.type, _name(note)
    (from_x, from_y), (to_x, to_y) = _centre(one), _centre(other)
    firm = {"stroke": var("ink"), "stroke_width": f"{0.12 * size:g}"}
    style = {**firm, "stroke_dasharray": f"{0.25 * size:g},{0.25 * size:g}"}
    if chart.mark in ("bar", "dot"):
        y = to_y
        ends = (from_x, y, to_x, y)
        if chart.mark == "bar":  # from the end of one bar to that of the other, in the row of the second
            scale = drawing.scales["x"]
            numbers = [_number_of(chart, end) for end in note.ends]
            ends = (scale.locate(numbers[0]), y, scale.locate(numbers[1]), y)
        x = (ends[0] + ends[2]) / 2
        labels = [Label(x, y, 0.3 * size, note.words, f"{WORDS} value", 1.1, ("above", "below"), parts)]
        return [draw_path([ends[:2], ends[2:]], parts=parts, **style)], labels
    if abs(to_y - from_y) < 2 * size:  # too near to draw what lies between them
        labels = [
            Label(to_x + 0.9 * size, to_y, 0, note.words, f"{WORDS} value", 1.1, ("above-right", "below-right"), parts)
        ]
        return [], [label._replace(y=to_y + shift * size) for label in labels for shift in (-0.9, 1.2, -2.2, 2.4)]
    shapes = [
        draw_line(to_x - 0.5 * size, from_y, to_x + 0.5 * size, from_y, parts=parts, **firm),
        draw_line(to_x, from_y, to_x, other.top if to_y > from_y else other.bottom, parts=parts, **style),
    ]
    middle = (from_y + to_y) / 2
    heights = [middle, *(from_y + (to_y - from_y) * share for share in (0.35, 0.65, 0.2))]
    labels = [Label(to_x, y, 0.3 * size, note.words, f"{WORDS} value", 1.2, ("right", "left"), parts) for y in heights]
    return shapes, labels


def _number_of(chart: Chart, end: Sequence[str]) -> float:
    """Return the number of a mark."""
    row = next(row for row in chart.rows if row.name == end[0])
    return row.cells[chart.series.index(end[1]) if len(end) == 2 else 0].number or 0.0
