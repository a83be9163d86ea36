"""Marks whose size is the number: areas to scale, beside or inside one another, and one number alone."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from paperdeck.charts.drawing import ACCENT, Drawing, crisp, join_classes, var
from paperdeck.charts.layout import Box, Frame, Room, Text, move_apart
from paperdeck.charts.svg import Shape, draw_bar
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperdeck.charts.data import Chart, Row

BESIDE = "series-1"
INSIDE = ("series-1", "series-3", "head")
NAME, VALUE = 1.15, 1.8
"""The sizes of the texts of an area, in the size of the type."""
SMALLER_VALUES = (VALUE, 1.5, 1.3)
"""How large the values of areas side by side are set, as their width allows."""
SMALLEST = 3
"""The side of the smallest area that is seen, px."""
LARGEST_NUMBER = 12
"""How large a number alone is set, in the size of the type."""
UNIT, UNIT_LINE = 0.42, 0.58
"""How large a unit is set below its number on a slide, and how far below, in the size of the number."""


def draw_areas(chart: Chart, room: Room) -> Drawing:
    """Draw squares to scale, side by side on one line; those of a whole lie in it, each in the one before."""
    return _draw_inside(chart, room) if chart.whole else _draw_beside(chart, room)


def _draw_beside(chart: Chart, room: Room) -> Drawing:
    """Draw squares side by side, their values and names below."""
    size, count = room.type, len(chart.rows)
    roots = [math.sqrt(row.cells[0].number or 0) for row in chart.rows]
    gap = 2.4 * size
    value = _choose_value_size(chart, room.width - gap * (count - 1), room)
    lines = 2.0 + 1.45 * max(len(_break_name(row.name, room, room.width / count - gap)) for row in chart.rows)
    words = (lines + 0.6) * size
    widest = _measure_least(chart, room, gap, value)
    side = max(min(room.height - words, 24 * size), size)
    while (
        side > 2 * size
        and sum(max(root / max(roots) * side, widest[at]) for at, root in enumerate(roots)) + gap * (count - 1)
        > room.width
    ):
        side -= 2
    items: list[Shape | Text] = []
    places: dict[tuple[str, str], Box] = {}
    x = 0.0
    for at, (row, root) in enumerate(zip(chart.rows, roots, strict=True)):
        own = root / (max(roots) or 1) * side
        token, parts = ACCENT if row.name in chart.highlight else BESIDE, (row.name,)
        items.append(draw_bar(x, side - own, own, own, corner=min(4, own / 8), parts=parts, fill=var(token)))
        places[row.name, chart.series[0]] = Box(x, side - own, x + own, side)
        classes = join_classes(ACCENT if token == ACCENT else "", "value")
        items.append(Text(x, side + 1.9 * size, row.cells[0].text, "start", classes, value, parts))
        wide = max(own, widest[at])
        for line, text in enumerate(_break_name(row.name, room, wide)):
            level = side + (3.35 + 1.45 * line) * size
            items.append(Text(x, level, text, "start", "name", NAME, parts, stays=True))
        x += wide + gap
    frame = Frame(room, 0, 0, room.width, side, side + words, (), side, side)
    return Drawing(frame, items, places=places)


def _choose_value_size(chart: Chart, free: float, room: Room) -> float:
    """Return how large values may be set that stand side by side in what is free for them, px."""
    wide = sum(Text(0, 0, row.cells[0].text, classes="value").width(room) for row in chart.rows)
    return next((size for size in SMALLER_VALUES if size * wide <= free), SMALLER_VALUES[-1])


def _measure_least(chart: Chart, room: Room, gap: float, size: float) -> list[float]:
    """Return how wide the texts of each area are, broken into lines where they share the width."""
    share = int((room.width - gap * (len(chart.rows) - 1)) / len(chart.rows)) - 1
    found = []
    for row in chart.rows:
        value = Text(0, 0, row.cells[0].text, classes="value", size=size).width(room)
        name = text_width.measure_width(row.name, NAME * room.type)
        found.append(max(value, min(name, share) + 1))
    return found


def _break_name(name: str, room: Room, limit: float) -> list[str]:
    measure = functools.partial(text_width.measure_width, size=NAME * room.type)
    return text_width.break_anywhere(name, max(limit, 6 * room.type), measure)


def _draw_inside(chart: Chart, room: Room) -> Drawing:
    """Draw a whole, its parts in its lower left corner, each in the one before; values and names at the right."""
    size, whole = room.type, chart.whole
    assert whole
    named = [(chart.whole_name, whole.text), *((row.name, row.cells[0].text) for row in chart.rows)]
    spacing = (2.25 + 1.35 * _count_lines(named, room)) * size
    high = max(min(room.height - 0.4 * size, room.width), spacing * len(named))
    texts_wide = max(
        max(
            Text(0, 0, text, classes="value", size=VALUE).width(room),
            min(text_width.measure_width(name, NAME * size), 0.4 * room.width),
        )
        for name, text in named
    )
    wide = max(min(room.width - texts_wide - 2.6 * size, 1.9 * high), size)
    high = min(high, max(wide, spacing * len(named)))
    items: list[Shape | Text] = [draw_bar(0, 0, wide, high, corner=4, fill=var("head"), opacity="0.14")]
    shares = [1.0, *((row.cells[0].number or 0) / (whole.number or 1) for row in chart.rows)]
    token = _choose_inner_tokens(chart.rows, chart.highlight)
    places: dict[tuple[str, str], Box] = {}
    for row, share in zip(chart.rows, shares[1:], strict=True):
        across, up = wide * math.sqrt(share), high * math.sqrt(share)
        items.append(
            draw_bar(0, high - up, across, up, corner=min(4, up / 8), parts=(row.name,), fill=var(token[row.name]))
        )
        places[row.name, chart.series[0]] = Box(0, high - up, across, high)
    tops = {str(at): high * (1 - math.sqrt(share)) + 0.1 * size for at, share in enumerate(shares)}
    levels = move_apart(tops, spacing, 0, high - spacing + 0.4 * size)
    for at, ((name, text), share) in enumerate(zip(named, shares, strict=True)):
        top = high * (1 - math.sqrt(share))
        parts = (name,) if at else ()
        lit = at and token[name] == ACCENT
        across, y, x = wide * math.sqrt(share), levels[str(at)], wide + 1.6 * size
        if at:
            points = [(across, crisp(top)), (wide + 0.5 * size, crisp(top)), (x - 0.4 * size, crisp(y + 0.2 * size))]
            style = {"stroke": var("line"), "stroke-width": "1"}
            items.append(Shape("polyline", {}, {"fill": "none", **style}, points=points, parts=parts))
        classes = join_classes(ACCENT if lit else "", "value")
        items.append(Text(x, y + 1.35 * size, text, "start", classes, VALUE, parts))
        for line, words in enumerate(_break_name(name, room, room.width - x)[:2]):
            items.append(Text(x, y + (2.75 + 1.35 * line) * size, words, "start", "name", NAME, parts))
    frame = Frame(room, 0, 0, wide, high, high + 0.3 * size, (), high, high)
    return Drawing(frame, items, places=places)


def _count_lines(named: Sequence[tuple[str, str]], room: Room) -> int:
    """Return how many lines the longest name takes beside a whole, two at most."""
    return min(2, max(len(_break_name(name, room, 0.4 * room.width)) for name, _value in named))


def _choose_inner_tokens(rows: Sequence[Row], highlight: frozenset[str]) -> dict[str, str]:
    """Return the token of each part; where nothing is highlighted the innermost is what it is about."""
    rest = iter(INSIDE)
    return {row.name: ACCENT if row.name in highlight else next(rest) for row in rows}


def draw_number(chart: Chart, room: Room) -> Drawing:
    """Draw one number, as large as it may be, what it is beside or below it, and the whole to scale under both."""
    size, row = room.type, chart.rows[0]
    lit = row.name in chart.highlight
    text = row.cells[0].text
    measure = functools.partial(text_width.measure_width, size=1.5 * size)
    lines = text_width.break_anywhere(row.name, room.width, measure)
    note = text_width.break_lines(row.note, 1.1 * size, "Medium", limit=room.width) if row.note else []
    bar = 4.2 if chart.whole else 0
    under = (2.1 * len(lines) + 1.6 * len(note) + bar + 0.8) * size
    large, parts = max((_size_number(parts, room, room.height - under), parts) for parts in _split_number(text, room))
    y = 0.76 * large * size
    classes = join_classes(ACCENT if lit else "", "value")
    items: list[Shape | Text] = [Text(0, y, parts[0], "start", f"{classes} number", large, (row.name,))]
    for unit in parts[1:]:
        y += UNIT_LINE * large * size
        items.append(Text(0, y, unit, "start", f"{classes} number", UNIT * large, (row.name,)))
    y += 0.16 * large * size
    for line in lines:
        y += 1.9 * size
        items.append(Text(0, y, line, "start", "name", 1.5))
    for line in note:
        y += 1.6 * size
        items.append(Text(0, y, line, "start", size=1.1))
    if chart.whole:
        y += 1.2 * size
        share = (row.cells[0].number or 0) / (chart.whole.number or 1)
        items.append(draw_bar(0, y, room.width, size, corner=4, fill=var("head"), opacity="0.14"))
        wide = max(room.width * share, 2.0)
        token = ACCENT if lit else "series-1"
        items.append(draw_bar(0, y, wide, size, corner=min(4, wide / 4), parts=(row.name,), fill=var(token)))
        y += 2.4 * size
        said = " ".join(filter(None, (chart.whole.text, chart.whole_name)))
        items.append(Text(room.width, y, said, "end", "", 1.1))
    height = y + 0.5 * size
    return Drawing(Frame(room, 0, 0, room.width, height, height, (), height, height), items)


def _split_number(text: str, room: Room) -> list[list[str]]:
    """Return the ways to set a number: in one line, or on a slide with its unit below it."""
    number, _space, unit = text.replace("\u00a0", " ").partition(" ")
    below = unit and not room.grows and any(char.isdigit() for char in number)
    return [[text], [number, unit]] if below else [[text]]


def _size_number(parts: Sequence[str], room: Room, height: float) -> float:
    """Return how large a number may be with the unit below it, in the size of the type."""
    wide = [
        Text(0, 0, part, classes="value").width(room) * scale for part, scale in zip(parts, (1, UNIT), strict=False)
    ]
    lines = 0.95 + UNIT_LINE * (len(parts) - 1)
    return max(1.6, min(LARGEST_NUMBER, height / (lines * room.type), room.width / max(*wide, 1)))
