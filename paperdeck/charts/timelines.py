"""Dated events along an axis, their names above it on so many levels that none covers another."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperdeck.charts.dates import choose_ticks
from paperdeck.charts.drawing import ACCENT, Drawing, crisp, var
from paperdeck.charts.layout import ASCENT, CENTRE, Frame, Room, Text, move_apart
from paperdeck.charts.scales import Scale
from paperdeck.charts.svg import Shape, draw_bar, draw_line, draw_path
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperdeck.charts.data import Chart, Row
    from paperdeck.charts.dates import Tick

UPRIGHT = 28
"""In a room narrower than so many letters' sizes the axis goes down the page."""
NAME, DATE = 1.2, 0.95
"""The sizes of the texts of an event, in the size of the type."""
LINE = 1.35
"""From one line of a text to the next, in its size."""
NAMES_WIDE = 16
"""How wide a name may be before it is broken into lines, in the size of the type."""
THICK = 0.9
"""How thick what an event covers of the axis is, and how long at least, in the size of the type."""
AXIS = 2.2
"""What the axis takes with its ticks, in the size of the type."""
LARGEST_GAP = 3
"""The most that is free below a level, in the size of the type."""
NOWHERE = Scale(0, 1, 0, 1)
"""For texts that have no place yet."""


@dataclass(frozen=True)
class _Event:
    """An event: where its middle lies on the axis, px, and its texts, from the upper left corner of the first."""

    row: Row
    place: float
    texts: Sequence[Text]
    wide: float
    high: float


def draw_timeline(chart: Chart, room: Room) -> Drawing:
    """Draw the events in the order of time, along the width or, where that is narrow, down the page."""
    if room.width < UPRIGHT * room.type:
        return _draw_down(chart, room)
    spacious = _draw_along(chart, room)
    if room.grows or spacious.frame.height <= room.height:
        return spacious
    return _draw_along(chart, room, compact=True)


def _draw_along(chart: Chart, room: Room, *, compact: bool = False) -> Drawing:
    """Draw the axis along the width; ``compact`` puts dates beside names and not below them."""
    size = room.type
    ticks = choose_ticks(*_find_ends(chart), int(room.width / (4.5 * size)), chart.language)
    right = room.width - THICK * size
    for _try in range(8):  # the last events leave their names room at the right
        scale = Scale(ticks[0].at, ticks[-1].at, THICK * size, right)
        events = [_write_event(chart, room, row, scale, compact=compact) for row in _sort(chart.rows)]
        over = max(event.place + event.wide for event in events) - room.width
        if over <= 0 or right - over < 0.4 * room.width:
            break
        right -= over
    levels = _stack_up(events, 1.2 * size)
    heights = [
        max(event.high for event, own in zip(events, levels, strict=True) if own == level)
        for level in range(max(levels) + 1)
    ]
    top = 0.2 * size
    free = room.height - AXIS * size - 0.6 * size - top - sum(heights)
    between = 0.4 * size if room.grows else max(0.4 * size, min(LARGEST_GAP * size, free / len(heights)))
    axis = top + sum(heights) + between * len(heights) + 0.6 * size
    items = _draw_axis_along(ticks, scale, axis, room)
    marks = []
    for event, level in zip(events, levels, strict=True):
        upper = top + sum(heights[level + 1 :]) + between * (len(heights) - 1 - level)
        parts, x = (event.row.name,), crisp(event.place)
        items.append(draw_line(x, upper + 0.2 * size, x, axis, parts=parts, stroke=var("line"), stroke_width="1"))
        items += [text._replace(x=text.x + event.place + 0.5 * size, y=text.y + upper) for text in event.texts]
        marks.append(_draw_mark(chart, event.row, scale, axis, room))
    frame = Frame(room, 0, top, room.width, axis - top, axis + AXIS * size)
    return Drawing(frame, [*items, *marks])


def _find_ends(chart: Chart) -> tuple[float, float]:
    return min(row.at for row in chart.rows), max(row.until for row in chart.rows)


def _sort(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.at + row.until, row.at))


def _write_event(chart: Chart, room: Room, row: Row, scale: Scale, *, compact: bool = False) -> _Event:
    """Return an event with its texts: its name in lines, when it was, and its note."""
    size, parts = room.type, (row.name,)
    limit = min(NAMES_WIDE * size, room.width - 6 * size)
    classes = "series point" if row.name in chart.highlight else "name"
    texts, y = [], 0.0
    for line in _break(row.name, NAME * size, limit):
        texts.append(Text(0, y + (ASCENT + 0.1) * NAME * size, line, "start", classes, NAME, parts))
        y += LINE * NAME * size
    when = Text(0, y + (ASCENT + 0.1) * DATE * size, row.cells[0].text, "start", "", DATE, parts)
    if compact:
        when = when._replace(x=texts[-1].width(room) + 0.6 * size, y=texts[-1].y)
    texts.append(when)
    y += 0 if compact else LINE * DATE * size
    for line in _break(row.note, DATE * size, limit) if row.note else ():
        texts.append(Text(0, y + (ASCENT + 0.1) * DATE * size, line, "start", "", DATE, parts))
        y += LINE * DATE * size
    wide = max(text.x + text.width(room) for text in texts)
    return _Event(row, scale.locate((row.at + row.until) / 2), texts, wide + 0.6 * size, y)


def _break(text: str, size: float, limit: float) -> list[str]:
    return text_width.break_anywhere(text, limit, functools.partial(text_width.measure_width, size=size))


def _stack_up(events: Sequence[_Event], gap: float) -> list[int]:
    """Return the level of each event: above all those that begin below its name, whose lines it must not cross."""
    levels = [0] * len(events)
    for number in reversed(range(len(events))):
        end = events[number].place + events[number].wide + gap
        later = range(number + 1, len(events))
        levels[number] = 1 + max((levels[after] for after in later if events[after].place <= end), default=-1)
    return levels


def _draw_mark(chart: Chart, row: Row, scale: Scale, axis: float, room: Room, *, down: bool = False) -> Shape:
    """Draw what an event covers of the axis: a day is a dot, a year as long as it is."""
    middle, thick = scale.locate((row.at + row.until) / 2), THICK * room.type
    long = max(thick, abs(scale.locate(row.until) - scale.locate(row.at)))
    token = ACCENT if row.name in chart.highlight else "series-1"
    along, across = (middle - long / 2, long), (axis - thick / 2, thick)
    (x, wide), (y, high) = (across, along) if down else (along, across)
    style = {"fill": var(token), "stroke": "var(--ground)", "stroke_width": f"{0.12 * room.type:g}"}
    return draw_bar(x, y, wide, high, corner=thick / 2, parts=(row.name,), **style)


def _draw_axis_along(ticks: Sequence[Tick], scale: Scale, axis: float, room: Room) -> list[Shape | Text]:
    """Draw the axis with its ticks; of dates that would meet the later ones are left out."""
    size = room.type
    items: list[Shape | Text] = [draw_line(scale.start, crisp(axis), scale.end, crisp(axis), "axis")]
    end = -size
    for tick in ticks:
        x = scale.locate(tick.at)
        items.append(draw_line(crisp(x), axis, crisp(x), axis + 0.7 * size, "axis"))
        wide = Text(0, 0, tick.text).width(room)
        left = min(max(x, wide / 2 + 0.1), room.width - wide / 2 - 0.1)
        if left - wide / 2 < end + 0.5 * size:
            continue
        end = left + wide / 2
        items.append(Text(left, axis + 1.9 * size, tick.text, "middle"))
    return items


def _draw_down(chart: Chart, room: Room) -> Drawing:
    """Draw the axis down the page, the events at its right: at their place, and moved apart where they would meet."""
    size = room.type
    ticks = choose_ticks(*_find_ends(chart), 6, chart.language)
    left = max(Text(0, 0, tick.text).width(room) for tick in ticks) + 1.2 * size
    axis, x = crisp(left), left + 2.2 * size
    beside = replace(room, width=room.width - x + 6 * size)
    rows = _sort(chart.rows)
    step = max(_write_event(chart, beside, row, NOWHERE).high for row in rows) + 0.6 * size
    top = 0.8 * size
    scale = Scale(ticks[0].at, ticks[-1].at, top, top + max(step * len(rows), 2.2 * size * len(ticks)))
    events = [_write_event(chart, beside, row, scale) for row in rows]
    places = {f"{number:04}": event.place for number, event in enumerate(events)}
    levels = sorted(move_apart(places, step, top + step / 2 - 0.6 * size, scale.end).values())
    items: list[Shape | Text] = [draw_line(axis, scale.start, axis, scale.end, "axis")]
    for tick in ticks:
        y = scale.locate(tick.at)
        items.append(draw_line(axis - 0.4 * size, crisp(y), axis, crisp(y), "axis"))
        items.append(Text(left - 0.7 * size, y + CENTRE * size, tick.text, "end"))
    marks = []
    for event, level in zip(events, levels, strict=True):
        way = [(axis, event.place), (left + 0.9 * size, event.place), (x - 0.8 * size, level), (x - 0.3 * size, level)]
        items.append(draw_path(way, parts=(event.row.name,), stroke=var("line"), stroke_width="1"))
        items += [text._replace(x=text.x + x, y=text.y + level - event.high / 2) for text in event.texts]
        marks.append(_draw_mark(chart, event.row, scale, axis, room, down=True))
    height = max(scale.end + 0.8 * size, levels[-1] + events[-1].high / 2)
    frame = Frame(room, left, top, room.width - left, height - top, height)
    return Drawing(frame, [*items, *marks])
