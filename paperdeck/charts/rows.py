"""The frame of a chart whose rows stand below one another: their names, notes and titles, and how high each is."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.charts.layout import ASCENT, CENTRE, LEAST_WIDE, Frame, Room, Text
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperdeck.charts.data import Cell, Chart

NAME = 1.1
"""The size of a name, in the size of the type."""
NAME_LINE = 1.35 * NAME
NAMES_WIDE = 0.34
"""The share of the width that the names of rows may take before they are broken into lines."""
NARROW = 12
"""How much of the width must be left to the marks, in the size of the type."""
GAP = 0.12
"""What is left free between the bars of a row, in the thickness of one with its gap."""
LEAST_BAR, LEAST_DOT = 0.9, 1.3
"""How thick a bar and a row of dots must be, in the size of the type: a value beside a bar is 16 px on a slide."""
BARS_SHARE = 0.8
"""The most of a row that its bars take."""
FEW, FEW_LARGER = 4, 1.5
"""Below how many rows each takes more of a slide, and how much more."""
ABOVE_DOT, ABOVE_BAR = 1.5, 0.5
"""How far above the middle of dots, or the edge of bars, names stand that have no room beside them."""
AROUND_DOTS = 3.2
"""What a row of dots takes below its name, with the names of the series, in the size of the type."""
FOOT = 1.5
"""What the words of lines take below bars, in the size of the type."""


class Margins(NamedTuple):
    """What stands beside the marks, px."""

    left: float
    right: float
    names_above: bool
    """Whether names have no room there and stand above the marks."""
    notes_below: bool
    """Whether notes have none and stand below."""


@dataclass(frozen=True)
class Rows:
    """The texts of the rows of a chart, before they have a place."""

    chart: Chart
    room: Room
    bars: bool
    names: Sequence[Sequence[str]]
    """The lines of each."""
    others: Sequence[Sequence[str]]
    """The lines of the names in other facets."""
    notes: Sequence[Text]


def frame_rows(chart: Chart, room: Room, *, bars: bool) -> Frame:
    """Return the frame of rows: names at the left, values and notes at the right, a title above or below."""
    size = room.type
    measure = functools.partial(text_width.measure_width, size=NAME * size)
    names, others = (
        [text_width.break_anywhere(row.name, NAMES_WIDE * room.width, measure) for row in found]
        for found in (chart.rows, chart.others)
    )
    note = Text(room.width, 0, "", "end", "" if bars else "value", 0.9 if bars else 1.3)
    rows = Rows(chart, room, bars, names, others, [note._replace(text=row.note) for row in chart.rows])
    margins = _measure_margins(rows)
    if margins.names_above:
        beside = max(row_note.width(room) for row_note in rows.notes) + size if margins.notes_below else 0
        names = [text_width.break_anywhere(row.name, room.width - beside, measure) for row in chart.rows]
        rows = replace(rows, names=names)
    heads = _write_heads(rows, margins)
    top = 1.9 * size if heads else (1.2 * size if len(chart.series) > 1 and not bars else 0.2 * size)
    bottom = (1.6 if margins.notes_below else 0.2) * size if bars else (3.4 if chart.x else 1.9) * size
    foot = FOOT * size if bars and _has_words_across(chart) else 0
    pitch, thick = _space_rows(rows, room.height - top - bottom - foot, margins)
    if not margins.names_above:
        first, last = (max(0, (NAME_LINE * size * len(lines) - thick) / 2) for lines in (names[0], names[-1]))
        top, bottom = top + first, bottom + last  # for names of several lines
    elif bars:
        top += NAME_LINE * size * len(names[0])
    high = pitch * (len(chart.rows) - 1) + thick
    height = top + high + bottom + foot
    texts = [*heads, *_write_rows(rows, margins, top + thick / 2, pitch, thick)]
    if not bars:
        texts.append(Text(room.width, height - 0.3 * size, chart.x, "end"))
    wide = max(room.width - margins.left - margins.right, 1)
    return Frame(room, margins.left, top, wide, high, height, tuple(texts), pitch, thick, height - foot if foot else 0)


def _has_words_across(chart: Chart) -> bool:
    """Tell whether lines or bands across the rows say what they are."""
    return any(note.kind in ("line", "band") and note.words for note in chart.annotations)


def count_lanes(chart: Chart) -> float:
    """Return how many bars a row is thick, with what is free between them."""
    return (len(chart.series) - GAP) / (1 - GAP)


def is_negative(cell: Cell) -> bool:
    """Tell whether a bar goes to the left."""
    return cell.number is not None and cell.number < 0


def _measure_margins(rows: Rows) -> Margins:
    chart, room, size = rows.chart, rows.room, rows.room.type
    cells = [cell for row in (*chart.rows, *chart.others) for cell in row.cells]
    several = len(chart.series) > 1
    values = max(_measure_value(cell, room) for cell in cells)
    series = max(Text(0, 0, name, "start", "series").width(room) for name in chart.series) if several else 0
    lines = (line for lines in (*rows.names, *rows.others) for line in lines)
    names = max(text_width.measure_width(line, NAME * size) for line in lines) + 1.2 * size
    left, right = 0.0, values + size
    if rows.bars:
        right += series
        left += max((_measure_value(cell, room) + series + size for cell in cells if is_negative(cell)), default=0)
    elif several:  # the lowest of a row has its value at its left
        left += values
    above = room.grows and room.width - names - left - right < LEAST_WIDE * size
    left += 0 if above else names
    notes = max(note.width(room) for note in rows.notes) + 1.4 * size if chart.note else 0
    below = room.width - left - right - notes < NARROW * size
    return Margins(left, right if below else right + notes, above, below)


def _measure_value(cell: Cell, room: Room) -> float:
    """Return how wide what a cell says is beside its mark, px."""
    missing = cell.number is None
    return Text(0, 0, cell.text, classes="" if missing else "value", size=1 if missing else 1.3).width(room)


def _write_heads(rows: Rows, margins: Margins) -> list[Text]:
    """Return the titles above the rows: that of bars at the left, that of notes at the right."""
    chart, room = rows.chart, rows.room
    heads = [Text(0, ASCENT * room.type, chart.x)] if rows.bars and chart.x else []
    if chart.note and not margins.notes_below:
        heads.append(Text(room.width, ASCENT * room.type, chart.note, "end"))
    return heads


def _space_rows(rows: Rows, height: float, margins: Margins) -> tuple[float, float]:
    """Return what a row takes of the height, and its marks of that: as little as can be read, or more."""
    chart, size = rows.chart, rows.room.type
    least = LEAST_BAR / BARS_SHARE * size * count_lanes(chart) if rows.bars else LEAST_DOT * size
    names = NAME_LINE * size * max(map(len, rows.names))
    if margins.names_above:
        least = names + (least + ABOVE_BAR * size if rows.bars else AROUND_DOTS * size)
    least = max(least, names)
    least += 1.2 * size if margins.notes_below and chart.note and not margins.names_above else 0
    larger = FEW_LARGER if len(chart.rows) < FEW and not rows.room.grows else 1
    pitch = max(least, min(rows.room.pitch * larger, height / len(chart.rows)))
    if not rows.bars:
        return pitch, pitch
    several = len(chart.series) > 1
    free = pitch - names if margins.names_above else pitch
    return pitch, min(1.5 * size * larger * (0.85 * len(chart.series) if several else 1), BARS_SHARE * free)


def _write_rows(rows: Rows, margins: Margins, middle: float, pitch: float, thick: float) -> list[Text]:
    """Return the names and notes of the rows.

    :param middle: the height of the first row's middle
    """
    size, texts = rows.room.type, []
    for number, (lines, note) in enumerate(zip(rows.names, rows.notes, strict=True)):
        y = middle + pitch * number
        first = y - (len(lines) - 1) / 2 * NAME_LINE * size + CENTRE * NAME * size
        if margins.names_above:
            above = thick / 2 + ABOVE_BAR * size if rows.bars else ABOVE_DOT * size
            first = y - above - (len(lines) - 1) * NAME_LINE * size
        for line, text in enumerate(lines):
            at = first + line * NAME_LINE * size
            texts.append(Text(0, at, text, "start", "name", NAME, (rows.chart.rows[number].name,), stays=True))
        if margins.notes_below and note.text:
            bare = not any(char.isalpha() for char in note.text)  # a number alone does not say what it is
            words = f"{note.text} {rows.chart.note}" if bare else note.text
            if margins.names_above:
                y, note = first - CENTRE * 0.9 * size, Text(rows.room.width, 0, words, "end", "", 0.9)
            else:
                below = (1.3 + (len(lines) - 1) / 2 * NAME_LINE) * size
                x, y = (margins.left, y + thick / 2 + 0.8 * size) if rows.bars else (0, y + below)
                note = Text(x, 0, words, "start", "", 0.9)
        parts = (rows.chart.rows[number].name,)
        texts.append(note._replace(y=y + CENTRE * note.size * size, parts=parts))
    return texts
