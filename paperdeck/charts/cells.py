"""Marks of cells that are lit or not: strips, waffles, and bars in blocks."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from paperdeck.charts.drawing import ACCENT, Drawing, choose_tokens, join_classes, var
from paperdeck.charts.layout import ASCENT, CENTRE, Box, Frame, Room, Text
from paperdeck.charts.rows import NAME, NAMES_WIDE
from paperdeck.charts.svg import Shape, draw_bar, draw_icon, draw_line, draw_path
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.charts.data import Cell, Chart, Row

GROUND = "cell"
"""The token of a cell that is not lit."""
LEAST_CELL = 0.42
"""How far apart the cells of a strip must be, in the size of the type, before it goes on in a second line."""
CHIP = 1.9
"""How high a token is, in the size of the type."""
LARGEST_TOKEN = 1.4
"""How much larger than the type the tokens of a strip may be, where there is room."""
LARGEST_CELL = 3.4
"""Of a strip, in the size of the type."""
NOTE_SIZES = (1.3, 1.1, 0.9)
"""How large what stands beside a strip may be: as values are, where that leaves the strip enough."""
NOTES_WIDE = 0.26
"""Of the width."""
LARGEST_WAFFLE, LARGEST_ON_SLIDE = 4.6, 8.0
"""Of a waffle, in an article and on a slide."""
CELL_GAP = 0.16
"""What is free between the cells of a waffle, in the distance of two."""


def draw_token(
    room: Room, box: Box, text: str, state: str = "", parts: tuple[str, ...] = (), size: float = 1.0
) -> list[Shape | Text]:
    """Draw a token, as a thing: a pill with its text. ``state`` is ``lit``, ``masked``, ``idle`` or nothing."""
    fill = {"lit": var(ACCENT), "masked": "none", "idle": var(GROUND)}.get(state, var("head"))
    style = {"fill": fill}
    if state == "masked":
        style |= {"stroke": var("line"), "stroke_width": f"{0.1 * room.type:g}", "stroke_dasharray": "4,4"}
    words = {"masked": "token", "idle": "token name"}.get(state, "token on")
    high = box.bottom - box.top
    level = (box.top + box.bottom) / 2 + CENTRE * size * room.type
    return [
        draw_bar(box.left, box.top, box.right - box.left, high, corner=high / 2, parts=parts, **style),
        Text((box.left + box.right) / 2, level, text, "middle", words, size, parts),
    ]


def keep_still(items: Sequence[Shape | Text]) -> list[Shape | Text]:
    """Return shapes and texts that no step shows: they are there from the start."""
    return [item._replace(stays=True) if isinstance(item, Text) else replace(item, stays=True) for item in items]


def measure_token(text: str, room: Room) -> float:
    """Return how wide a token is, px."""
    return max(Text(0, 0, text, classes="token").width(room) + 1.4 * room.type, CHIP * room.type)


def find_state(chart: Chart, name: str) -> str:
    """Return the state of a token that names a row or a column."""
    return "masked" if name in chart.masked else "lit" if name in chart.highlight else ""


# ---- strips ----


@dataclass(frozen=True)
class _Strip:
    """The places of the cells of a strip: how many lines a row has, and what a cell takes."""

    left: float
    per_line: int
    lines: int
    across: float
    """From one cell to the next."""
    wide: float
    high: float
    pitch: float
    """From one line of cells to the next."""

    def place(self, number: int, top: float) -> Box:
        """Return where a cell lies, of the row that begins at ``top``."""
        line, column = divmod(number, self.per_line)
        left, upper = self.left + column * self.across, top + line * self.pitch
        return Box(left, upper, left + self.wide, upper + self.high)


def draw_strips(chart: Chart, room: Room) -> Drawing:
    """Draw a strip of cells for each row; what a row lights is filled, and stands out a little."""
    size = room.type
    if any(chart.cells):
        return _draw_token_strips(chart, room)
    tokens = "rows" in chart.tokens
    names = _break_names(chart, room)
    left = _measure_names(chart, room, names) + 1.2 * size
    note_size, notes = _fit_notes(chart, room)
    right = notes + size if notes else 0
    head = _write_head(chart, room, left, token := _choose_column_tokens(chart))
    top = max((item.y for item in head if isinstance(item, Text)), default=-0.94 * size) + 1.24 * size
    count, wide = len(chart.cells), room.width - left - right
    lines = next((lines for lines in range(1, 17) if wide / math.ceil(count / lines) >= LEAST_CELL * size), 16)
    per_line = math.ceil(count / lines)
    across = min(wide / per_line, LARGEST_CELL * size)
    least = max(1.3 * size * lines + 0.5 * size, NAME * 1.35 * size * max(map(len, names)), CHIP * size * 1.2 * tokens)
    most = room.pitch * ((1.5 if len(chart.rows) < 3 else 1) + 0.5 * (lines - 1))
    pitch = max(least, min(most, (room.height - top) / len(chart.rows)))
    high = min(pitch * 0.62, 2.6 * size * lines)
    line = high / lines
    strip = _Strip(
        left, per_line, lines, across, across - min(0.18 * across, 3), line * (1 if lines == 1 else 0.8), line
    )
    height = top + pitch * len(chart.rows) - (pitch - high) + 0.4 * size
    frame = Frame(room, left, top, wide, height - top, height, (), pitch, high)
    ground, lit, texts = [], [], []
    for number, row in enumerate(chart.rows):
        upper = top + number * pitch
        middle = upper + high / 2
        texts += _write_name(chart, room, row, names[number], left - 1.2 * size, middle)
        level = middle + CENTRE * note_size * size
        texts.append(Text(room.width, level, row.note, "end", "value", note_size, (row.name,)))
        taken = {cell for cells in row.lit for cell in cells}
        for cell in range(row.fewer or count):
            ground.append(_name_cell(chart, _draw_cell(strip.place(cell, upper), GROUND), number, cell))
            if cell in taken:
                lit.append(_name_cell(chart, _draw_lit(chart, strip, upper, row, cell, token), number, cell))
    links = [line for link in chart.annotations for line in _draw_links(chart, strip, link.ends[0][0], frame, token)]
    items = [*head, *ground, *links, *lit, *texts]
    return Drawing(frame, items)


def _fit_notes(chart: Chart, room: Room) -> tuple[float, float]:
    """Return how large the texts beside strips are set, in the size of the type, and how wide they are, px."""
    for size in NOTE_SIZES:
        wide = max(Text(0, 0, row.note, classes="value", size=size).width(room) for row in chart.rows)
        if wide <= NOTES_WIDE * room.width:
            break
    return size, wide


def _choose_column_tokens(chart: Chart) -> list[str]:
    """Return the token of each column."""
    token = choose_tokens(chart)
    return [token[name] for name in chart.series]


def _draw_cell(box: Box, token: str, parts: tuple[str, ...] = (), stretch: float = 0) -> Shape:
    """Draw a cell, longer by so much at each end."""
    wide, high = box.right - box.left, box.bottom - box.top
    corner = min(3.0, 0.25 * wide)
    place = (box.left, box.top - stretch, wide, high + 2 * stretch)
    return draw_bar(*place, corner=corner, parts=parts, fill=var(token))


def _name_cell(chart: Chart, shape: Shape, row: int, cell: int) -> Shape:
    """Return the shape of a cell, with its row and place where it belongs to an object."""
    return replace(shape, cell=f"{row} {cell}") if chart.object and shape.tag == "rect" else shape


def _draw_lit(chart: Chart, strip: _Strip, top: float, row: Row, cell: int, tokens: Sequence[str]) -> Shape:
    """Draw a cell that is lit, in the colour of the first column that lights it."""
    box = strip.place(cell, top)
    column = next(number for number, cells in enumerate(row.lit) if cell in cells)
    token = ACCENT if row.name in chart.highlight else tokens[column]
    stretch = 0.12 * (box.bottom - box.top) if strip.lines == 1 else 0
    return _draw_cell(box, token, (row.name, chart.series[column]), stretch)


def _draw_links(chart: Chart, strip: _Strip, column: str, frame: Frame, tokens: Sequence[str]) -> Iterator[Shape]:
    """Draw a line between cells that a column lights in two rows, one below the other, where nothing lies between."""
    at = chart.series.index(column)
    for number, (above, below) in enumerate(pairwise(chart.rows) if strip.lines == 1 else ()):
        for cell in sorted({*above.lit[at]} & {*below.lit[at]}):
            upper = strip.place(cell, frame.top + number * frame.pitch)
            lower = strip.place(cell, frame.top + (number + 1) * frame.pitch)
            x, gap = (upper.left + upper.right) / 2, 0.25 * frame.room.type
            style = {"stroke": var(tokens[at]), "stroke_width": f"{0.12 * frame.room.type:g}"}
            parts = (above.name, below.name, column)
            yield draw_line(x, upper.bottom + gap, x, lower.top - gap, parts=parts, **style)


def _break_names(chart: Chart, room: Room) -> list[list[str]]:
    """Return the lines of the name of each row; a token is one."""
    if "rows" in chart.tokens:
        return [[row.name] for row in chart.rows]
    measure = functools.partial(text_width.measure_width, size=NAME * room.type)
    return [text_width.break_anywhere(row.name, NAMES_WIDE * room.width, measure) for row in chart.rows]


def _measure_names(chart: Chart, room: Room, names: Sequence[Sequence[str]]) -> float:
    """Return how wide the names of the rows are together, px."""
    if "rows" in chart.tokens:
        return max(measure_token(row.name, room) for row in chart.rows)
    return max(text_width.measure_width(line, NAME * room.type) for lines in names for line in lines)


def _write_name(
    chart: Chart, room: Room, row: Row, lines: Sequence[str], wide: float, middle: float
) -> list[Shape | Text]:
    """Write the name of a row beside its strip, as a token if it is one."""
    size = room.type
    if "rows" in chart.tokens:
        box = Box(0, middle - CHIP * size / 2, wide, middle + CHIP * size / 2)
        return keep_still(draw_token(room, box, row.name, find_state(chart, row.name), (row.name,)))
    first = middle - (len(lines) - 1) / 2 * NAME * 1.35 * size + CENTRE * NAME * size
    return [
        Text(0, first + number * NAME * 1.35 * size, text, "start", "name", NAME, (row.name,), stays=True)
        for number, text in enumerate(lines)
    ]


def _write_head(chart: Chart, room: Room, left: float, tokens: Sequence[str]) -> list[Shape | Text]:
    """Write what the cells are, and where there are several columns, what lights them."""
    size, x = room.type, room.width
    if Text(left, 0, chart.x).box(room).right > room.width:
        left = 0
    measure = functools.partial(text_width.measure_width, size=size)
    lines = text_width.break_anywhere(chart.x, room.width - left, measure) if chart.x else []
    items: list[Shape | Text] = [Text(left, ASCENT * size + 1.3 * size * at, line) for at, line in enumerate(lines)]
    names = chart.series if len(chart.series) > 1 else ()
    wide = sum(Text(0, 0, name).width(room) + 2.3 * size for name in names)
    beside = len(lines) == 1 and left + measure(lines[0]) + wide <= room.width
    y = 1.6 * size + 1.3 * size * (len(lines) - 1) if lines and not beside else 0  # below the title
    for name, token in reversed([*zip(names, tokens, strict=False)]):
        text = Text(x, y + ASCENT * size, name, "end", parts=(name,))
        x = text.box(room).left - 1.1 * size
        items += [text, draw_bar(x, y + 0.1 * size, 0.7 * size, 0.7 * size, corner=2, parts=(name,), fill=var(token))]
        x -= 1.2 * size
    return items


def _draw_token_strips(chart: Chart, room: Room) -> Drawing:
    """Draw a row of tokens for each row; what a row lights is there, what it does not waits behind a dashed line."""
    size = room.type
    names = _break_names(chart, room)
    named = any(row.name for row in chart.rows)
    left = _measure_names(chart, room, names) + 1.2 * size if named else 0
    top = 2 * size if len(chart.series) > 1 else 0.2 * size
    needed = sum(measure_token(name, room) + 0.5 * size for name in chart.cells)
    large = max(1.0, min(LARGEST_TOKEN, (room.width - left) / needed))
    chip, free = CHIP * size * large, 0.5 * size * large
    widths = [measure_token(name, room) * large for name in chart.cells]
    places: list[tuple[float, int]] = []
    x, line = left, 0
    for wide in widths:
        if x + wide > room.width and x > left:
            x, line = left, line + 1
        places.append((x, line))
        x += wide + free
    lines = line + 1
    block = chip * lines + free * (lines - 1)
    least = block + 0.9 * size
    few = 1 if room.grows or len(chart.rows) > 3 else 1.5
    pitch = max(least, min(room.pitch * few + block - chip, (room.height - top) / len(chart.rows)))
    height = top + pitch * (len(chart.rows) - 1) + block + 0.3 * size
    frame = Frame(room, left, top, room.width - left, height - top, height, (), pitch, block)
    token = _choose_column_tokens(chart)
    items: list[Shape | Text] = [*_write_head(chart, room, left, token)]
    for number, row in enumerate(chart.rows):
        upper = top + number * pitch
        items += _write_name(chart, room, row, names[number], left - 1.2 * size, upper + block / 2)
        taken = {cell for cells in row.lit for cell in cells}
        for cell, (name, wide, (x, line)) in enumerate(zip(chart.cells, widths, places, strict=True)):
            above = upper + line * (chip + free)
            box = Box(x, above, x + wide, above + chip)
            lights = cell in taken and name not in chart.masked
            if not lights:
                items += draw_token(room, box, name, "masked" if name in chart.masked else "idle", size=large)
                continue
            if chart.steps:  # what waits for a step stands on what does not, and has its name in either colour
                items += draw_token(room, box, name, "idle")[:1]
            column = next(at for at, cells in enumerate(row.lit) if cell in cells)
            lit = row.name in chart.highlight or name in chart.highlight or token[column] == ACCENT
            drawn = draw_token(room, box, name, "lit" if lit else "", (row.name, chart.series[column]), large)
            items += [item._replace(turns=True) if isinstance(item, Text) else item for item in drawn]
    return Drawing(frame, items)


# ---- waffles ----


def draw_waffles(chart: Chart, room: Room) -> Drawing:
    """Draw a block of cells for each row, what it counts lit, all cells of one size; the count and the name below."""
    size = room.type
    each = (chart.each.number if chart.each else None) or 1.0
    counts = [[round((cell.number or 0) / each) for cell in row.cells] for row in chart.rows]
    whole = round((chart.whole.number or 0) / each) if chart.whole else 0
    totals = [max(whole, sum(count)) for count in counts]
    top = 2 * size if chart.each_name else 0.2 * size
    gap = 2.4 * size
    least = (11 if room.grows else 8) * size
    most = max(1, min(len(chart.rows), int((room.width + gap) / (least + gap))))
    fits = [_fit_waffles(chart, room, totals, per_line, top, gap) for per_line in range(1, most + 1)]
    per_line, cell, columns = fits[-1] if room.grows else max(fits, key=lambda fit: (fit[1], fit[0]))
    lines = math.ceil(len(chart.rows) / per_line)
    wide = (room.width - gap * (per_line - 1)) / per_line
    below = [_write_below(chart, room, row, wide) for row in chart.rows]
    words = max(texts[-1].y + 0.5 * size for texts in below) + (0.8 * size if lines > 1 else 0)
    blocks = [cell * math.ceil(total / columns) for total in totals]
    if per_line > 1:
        blocks = [max(blocks)] * len(blocks)
    starts = [at - at % per_line for at in range(len(blocks))]
    tops = [top + sum(blocks[:start:per_line]) + words * (start // per_line) for start in starts]
    height = tops[-1] + blocks[-1] + words
    token = _choose_column_tokens(chart)
    items: list[Shape | Text] = [Text(0, ASCENT * size, chart.each_name)] if chart.each_name else []
    for number, row in enumerate(chart.rows):
        x = number % per_line * (min(wide, cell * columns + 4 * size if per_line > 1 else wide) + gap)
        y, block = tops[number], blocks[number]
        lit = [column for column, count in enumerate(counts[number]) for _ in range(count)]
        for at in range(totals[number]):
            below_it, across = divmod(at, columns)
            free = CELL_GAP * cell
            left, upper = x + across * cell, y + below_it * cell
            box = Box(left, upper, left + cell - free, upper + cell - free)
            drawn = _draw_waffle_cell(chart, row, box, lit[at] if at < len(lit) else None, token)
            items += [_name_cell(chart, shape, number, at) for shape in drawn]
        items += [text._replace(x=text.x + x, y=text.y + y + block) for text in below[number]]
    frame = Frame(room, 0, top, room.width, height - top, height, (), max(blocks) + words, cell)
    return Drawing(frame, items)


def _fit_waffles(
    chart: Chart, room: Room, totals: Sequence[int], per_line: int, top: float, gap: float
) -> tuple[int, float, int]:
    """Return how many waffles stand side by side, how large a cell is then, and how many of these are in a line."""
    size = room.type
    lines = math.ceil(len(chart.rows) / per_line)
    wide = (room.width - gap * (per_line - 1)) / per_line
    words = max(_write_below(chart, room, row, wide)[-1].y + 0.5 * size for row in chart.rows)
    words += 0.8 * size if lines > 1 else 0
    stacked = totals if per_line == 1 else [max(totals)] * lines
    space = max(room.height - top - words * lines, 2 * size * lines)
    largest = LARGEST_WAFFLE if room.grows else LARGEST_ON_SLIDE
    return per_line, *_choose_columns(stacked, wide, space, largest * size)


def _choose_columns(totals: Sequence[int], wide: float, high: float, most: float) -> tuple[float, int]:
    """Return how large a cell may be, and how many stand side by side: without a rest where that costs little.

    :param totals: the cells of the waffles that stand below one another
    """
    count = max(totals)
    sizes = {
        columns: min(wide / columns, high / sum(math.ceil(total / columns) for total in totals), most)
        for columns in range(1, count + 1)
    }
    best = max(sizes.values())
    fitting = [columns for columns, cell in sizes.items() if cell >= 0.7 * best]
    even = [columns for columns in fitting if count % columns == 0]
    columns = max(even or [columns for columns in fitting if sizes[columns] >= 0.999 * best])
    return sizes[columns], columns


def _draw_waffle_cell(chart: Chart, row: Row, box: Box, column: int | None, tokens: Sequence[str]) -> list[Shape]:
    """Draw a cell: the ground, and over it what lights it, with its sign."""
    wide = box.right - box.left
    corner = min(6.0, 0.15 * wide)
    place = (box.left, box.top, wide, wide)
    if chart.icon:
        idle = draw_icon(chart.icon, box, "rule")
        if column is None:
            return [idle]
        lit = ACCENT if row.name in chart.highlight else tokens[column]
        return [idle, draw_icon(chart.icon, box, lit, (row.name, chart.series[column]))]
    if column is None:
        return [draw_bar(*place, corner=corner, fill=var(GROUND))]
    token = ACCENT if row.name in chart.highlight else tokens[column]
    parts = (row.name, chart.series[column])
    sign = chart.signs[column] if column < len(chart.signs) else "–"
    ground = draw_bar(*place, corner=corner, fill=var(GROUND))
    thin = f"{max(0.05 * wide, 1.5):.3g}"
    if sign == "✗":  # what failed is empty, with a cross
        frame = draw_bar(
            *place, corner=corner, parts=parts, fill="var(--ground)", stroke=var("line"), stroke_width=thin
        )
        style = {"stroke": var("line"), "stroke_width": thin, "stroke_linecap": "round"}
        near, far = 0.3 * wide, 0.7 * wide
        strokes = [
            draw_line(box.left + near, box.top + one, box.left + far, box.top + other, parts=parts, **style)
            for one, other in ((near, far), (far, near))
        ]
        return [ground, frame, *strokes]
    filled = draw_bar(*place, corner=corner, parts=parts, fill=var(token))
    if sign == "–":
        return [ground, filled]
    corners = [(0.26, 0.52), (0.43, 0.7), (0.75, 0.3)]
    tick = [(box.left + x * wide, box.top + y * wide) for x, y in corners]
    style = {"stroke": var("on-head"), "stroke_width": f"{0.08 * wide:.3g}", "stroke_linecap": "round"}
    return [ground, filled, draw_path(tick, parts=parts, **style)]


def _write_below(chart: Chart, room: Room, row: Row, wide: float) -> list[Text]:
    """Return the texts below a waffle, from its lower edge: how many are lit, and whose."""
    size, y = room.type, 1.9 * room.type
    token, texts = _choose_column_tokens(chart), []
    x = 0.0
    for column, cell in enumerate(row.cells):
        lit = row.name in chart.highlight or token[column] == ACCENT
        classes = join_classes(ACCENT if lit else "", "value")
        said = cell.text
        if len(chart.series) > 1:
            said = f"{cell.text} {chart.series[column]}"
        elif chart.whole:
            said = chart.part_of % (cell.text, chart.whole.text) if cell.number is not None else cell.text
        text = Text(x, y, said, "start", classes, 1.5, (row.name, chart.series[column]))
        texts.append(text)
        x += text.width(room) + size
    measure = functools.partial(text_width.measure_width, size=NAME * size)
    for line in text_width.break_anywhere(row.name, wide, measure):
        y += 1.5 * size
        texts.append(Text(0, y, line, "start", "name", NAME, (row.name,), stays=True))
    if row.note:
        y += 1.4 * size
        texts.append(Text(0, y, row.note, "start", size=0.9, parts=(row.name,)))
    return texts


# ---- blocks ----


def draw_blocks(chart: Chart, room: Room) -> Drawing:
    """Draw a bar in units for each row: as many blocks as it needs, or as there are, filled as far as it goes."""
    size = room.type
    each = (chart.each.number if chart.each else None) or 1.0
    filled = [(row.cells[0].number or 0) / each for row in chart.rows]
    blocks = [max(math.ceil(fill - 1e-9), _count_blocks(row)) for fill, row in zip(filled, chart.rows, strict=True)]
    across = min(room.width / max(*blocks, 1), 7 * size)
    top = 2.2 * size if chart.each_name else 0.2 * size
    notes = any(row.note for row in chart.rows)
    counted = len(chart.series) > 1
    around = (1.9 + 1.6 * (notes or counted)) * size
    least = around + 1.6 * size
    pitch = max(least, min(room.pitch * 2, (room.height - top) / len(chart.rows)))
    high = min(pitch - around - 0.9 * size, 3.4 * size) if pitch > least else 1.4 * size
    height = top + pitch * (len(chart.rows) - 1) + around + high
    items: list[Shape | Text] = [Text(0, ASCENT * size, chart.each_name)] if chart.each_name else []
    places: dict[tuple[str, str], Box] = {}
    for number, row in enumerate(chart.rows):
        y = top + number * pitch
        token = ACCENT if row.name in chart.highlight else "line"
        parts = (row.name, chart.series[0])
        bar = y + 1.9 * size
        for block in range(blocks[number]):
            part = min(1.0, max(0.0, filled[number] - block))
            wide, x = across * 0.94, block * across
            items.append(draw_bar(x, bar, wide, high, corner=4, fill=var(GROUND)))
            if part:
                items.append(draw_bar(x, bar, wide * part, high, corner=4, parts=parts, fill=var(token)))
        end = blocks[number] * across
        places[parts] = Box(0, bar, end, bar + high)
        items += _write_around(chart, room, row, y, bar + high, end)
    frame = Frame(room, 0, top, room.width, height - top, height, (), pitch, high)
    return Drawing(frame, items, places=places)


def _count_blocks(row: Row) -> int:
    """Return how many blocks there are, where a row says so."""
    return round(row.cells[1].number or 0) if len(row.cells) > 1 else 0


def _write_around(chart: Chart, room: Room, row: Row, top: float, bottom: float, end: float) -> list[Text]:
    """Write the name and the value above the blocks of a row, how many these are and its note below."""
    size, name, value = room.type, row.name, row.cells[0]
    lit = name in chart.highlight
    parts = (name, chart.series[0])
    title = Text(0, top + 1.2 * size, name, "start", "series", 1.3, (name,), stays=True)
    classes = join_classes(ACCENT if lit else "", "value")
    said = Text(end, top + 1.2 * size, value.text, "end", classes, 1.3, parts)
    if said.box(room).left < title.box(room).right + size:
        said = said._replace(x=title.box(room).right + size, anchor="start")
    below = " · ".join(filter(None, (_say_blocks(chart, row), row.note)))
    return [title, said, Text(0, bottom + 1.3 * size, below, "start", size=1.0, parts=parts)]


def _say_blocks(chart: Chart, row: Row) -> str:
    """Return how many blocks there are, as it is written."""
    if len(row.cells) < 2 or row.cells[1].number is None:
        return ""
    said: Cell = row.cells[1]
    return said.text if any(char.isalpha() for char in said.text) else f"{said.text} {chart.series[1]}"
