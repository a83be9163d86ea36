"""What a chart cannot show honestly, or not at all, and what to write instead."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from paperdeck.charts.data import AXES, MARKS, SIGNS, TAKEN_BY, Mistake
from paperdeck.ledger.numbers import find_numbers
from paperdeck.pictures.icons import UnknownIconError, write_outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperdeck.charts.data import Cell, Chart, Options, Row

KIND_LIMIT = 3
CELL_LIMIT = 512
"""More cells of a strip or waffle cannot be seen."""
BLOCK_LIMIT = 40
SAME = 1e-9


def find_misplaced_options(mark: str, options: Options) -> Iterable[Mistake]:
    """Find options that are of other marks."""
    given = {"of": options.whole, **{name: getattr(options, name) for name in TAKEN_BY if name != "of"}}
    for option, value in given.items():
        if value and mark not in TAKEN_BY[option]:
            *others, last = TAKEN_BY[option]
            names = f"{', '.join(others)} and {last}" if others else last
            advice = "draw dots" if (mark, option) == ("bar", "log") else "leave it out"
            yield Mistake(None, f"“:{option}:” is of {names} alone; {advice}")
    if mark == "strip" and not options.cells:
        yield Mistake(None, "a strip says how many cells it has: “:cells: 64 | experts”, or names with commas")
    if mark == "blocks" and not options.each:
        yield Mistake(None, "blocks say what one of them is: “:each: 24 | one block is a card of 24 GB”")
    for axis in options.log if mark in TAKEN_BY["log"] else "":
        if axis not in AXES[mark]:
            yield Mistake(None, f"a {mark} has no numbers along {axis}; write “:log: {AXES[mark]}”")
    if options.icon:
        try:
            write_outline(options.icon)
        except UnknownIconError as unknown:
            yield Mistake(None, str(unknown))
        if options.signs:
            yield Mistake(None, "a cell has an icon or a sign; leave “:icon:” or “:signs:” out")
    for sign in options.signs:
        if sign not in SIGNS:
            yield Mistake(None, f"“:signs: {sign}” is no sign; write {', '.join(SIGNS)}, one for each column")


def find_unknown_columns(options: Options, head: Sequence[str]) -> Iterable[Mistake]:
    """Find options that name a column which is not there."""
    for option, name in (("kind", options.kind), ("note", options.note), ("facet", options.facet)):
        if name and name not in head[1:]:
            names = ", ".join(head[1:])
            yield Mistake(None, f"“:{option}: {name}” is no column; the columns are: {names}")


def find_wrong_columns(mark: str, columns: Sequence[str], options: Options) -> Iterable[Mistake]:
    """Find too few columns and too many, and such as nobody can tell apart."""
    (least, most), head = MARKS[mark].columns, MARKS[mark].head
    if mark == "scatter" and len(columns) != 2:
        yield Mistake(None, f"a scatter takes two columns of numbers, one for each axis, as in “{head}”")
    elif not columns:
        yield Mistake(None, f"there is no column of numbers; write one after the names of the rows: “{head}”")
    elif len(columns) < least:
        yield Mistake(None, f"a {mark} takes at least {least} columns of numbers, as in “{head}”")
    elif len(columns) > most:
        advice = "split the chart" if most > 1 else f"write one, as in “{head}”"
        yield Mistake(None, f"{len(columns)} columns; more than {most} cannot be told apart: {advice}")
    elif "columns" not in options.tokens and (len(set(columns)) < len(columns) or "" in columns):
        yield Mistake(None, "two columns have the same name, or one has none; name each")


def find_wrong_rows(mark: str, rows: Sequence[tuple[int, list[str]]]) -> Iterable[Mistake]:
    """Find too few rows and too many."""
    least, most = MARKS[mark].rows
    if len(rows) > most:
        instead = {"number": "; a number stands alone: draw bars", "area": "; draw bars"}.get(mark, "")
        yield Mistake(rows[most][0], f"{len(rows)} rows; at most {most} can be told apart{instead}")
    elif len(rows) < least:
        yield Mistake(None, f"a {mark} takes at least {least} rows; draw bars")


def find_wrong_values(line: int, mark: str, log: str, row: Row) -> Iterable[Mistake]:
    """Find numbers that have no place on an axis, and such as a surface cannot show."""
    values = [cell.number for cell in row.cells]
    place = [row.at] if mark == "line" else []
    across = {"scatter": values[:1], "dot": values}.get(mark, place)
    on_axis = {"x": across, "y": values[1:] if mark == "scatter" else values}
    if any(number is not None and number <= 0 for axis in log for number in on_axis[axis]):
        yield Mistake(line, "a logarithmic axis has no place for 0 and below; leave “:log:” out")
    surfaces = mark in ("area", "waffle", "blocks", "histogram") or (mark == "grid" and not row.lit)
    for cell in row.cells if surfaces else ():
        if cell.number is not None and (cell.number < 0 or (mark == "area" and cell.number == 0)):
            what = {"grid": "no shade", "histogram": "no height"}.get(mark, "no area")
            yield Mistake(line, f"{cell.text} is not above 0 and has {what}; draw bars or dots")


def count_cells(cell: Cell, each: float) -> int | None:
    """Return how many whole cells a number is, or is rounded to in the words that stand there; None of any other."""
    exact = (cell.number or 0) / each
    count = round(exact)
    if abs(exact - count) <= 1e-6 * max(count, 1):
        return count
    said = [float(number.low) * (100 if number.share else 1) for number in find_numbers(cell.text)]
    return count if each == 1 and any(number == count for number in said) else None


def find_wrong_counts(line: int, mark: str, row: Row, each: float, whole: int | None) -> Iterator[Mistake]:
    """Find what no whole cells can show, and cells that are more than there are or than can be seen."""
    if mark == "blocks":
        yield from _find_wrong_blocks(line, row, each)
    if mark != "waffle":
        return
    counts = [count_cells(cell, each) for cell in row.cells if cell.number is not None]
    for cell, count in zip((cell for cell in row.cells if cell.number is not None), counts, strict=True):
        if count is None:
            advice = "say “about” and a whole number before the key, choose another “:each:”, or draw a bar"
            yield Mistake(line, f"{cell.text} is no whole number of cells; {advice}")
    total = sum(count or 0 for count in counts)
    if not total and not whole:
        yield Mistake(line, f"{row.name} has no cells; say with “:of:” how many there are")
    if whole is not None and total > whole:
        yield Mistake(line, f"{row.name}: {total} cells are lit of {whole}; the parts are more than the whole")
    if max(total, whole or 0) > CELL_LIMIT:
        advice = "let one stand for more, as in “:each: 1000 | a cell is a thousand”"
        yield Mistake(line, f"{max(total, whole or 0)} cells; more than {CELL_LIMIT} cannot be seen: {advice}")


def _find_wrong_blocks(line: int, row: Row, each: float) -> Iterator[Mistake]:
    filled = (row.cells[0].number or 0) / each
    room = row.cells[1].number if len(row.cells) > 1 else None
    if room is not None and room != round(room):
        yield Mistake(line, f"{row.cells[1].text} is no whole number of blocks")
    elif room is not None and filled > room * (1 + SAME):
        yield Mistake(line, f"{row.cells[0].text} fill {filled:.3g} blocks, and there are {row.cells[1].text}")
    if max(filled, room or 0) > BLOCK_LIMIT:
        advice = "let one stand for more, or draw bars"
        yield Mistake(line, f"{max(filled, room or 0):.0f} blocks; more than {BLOCK_LIMIT} cannot be counted: {advice}")


def find_wrong_bins(rows: Sequence[tuple[int, Row]]) -> Iterator[Mistake]:
    """Find bins that leave a gap, overlap, or are not equally wide."""
    for line, row in rows:
        if row.until <= row.at:
            yield Mistake(line, f"“{row.name}” ends before it begins")
    for (_earlier, before), (line, row) in pairwise(rows):
        if abs(before.until - row.at) > SAME * max(abs(row.at), abs(row.until)):
            yield Mistake(line, f"this bin begins at {row.at:g}, the one before it ends at {before.until:g}")
    widths = [row.until - row.at for _line, row in rows]
    if widths and max(widths) - min(widths) > 1e-6 * max(widths):
        yield Mistake(None, "its bins are not equally wide, and their heights tell nothing; make them so, or draw bars")


def find_repeated_points(chart: Chart) -> Iterable[Mistake]:
    """Find lines that have two values at one place."""
    for earlier, later in pairwise(chart.rows):
        if (
            earlier.at == later.at
            and earlier.facet == later.facet
            and any(
                one.number is not None and other.number is not None
                for one, other in zip(earlier.cells, later.cells, strict=True)
            )
        ):
            yield Mistake(None, f"a line has two values at {later.name}; leave one out, or draw a scatter")


def find_wrong_shares(chart: Chart) -> Iterable[Mistake]:
    """Find parts that are more than the whole, where it is known; areas lie in one another."""
    whole = chart.whole.number if chart.whole else None
    for row in chart.rows if whole and chart.mark != "waffle" else ():
        for cell in row.cells:
            if cell.number is not None and not 0 <= cell.number <= (whole or 0):
                yield Mistake(None, f"{row.name}: {cell.text} is no share of the whole; leave “:of:” out, or mend it")
    if whole and chart.mark == "area":
        for outer, inner in pairwise(chart.rows):
            if (inner.cells[0].number or 0) > (outer.cells[0].number or 0):
                advice = "each lies in the one before it: put the larger first, or leave “:of:” out"
                yield Mistake(None, f"{inner.name} does not fit into {outer.name}; {advice}")


def find_unknown_names(chart: Chart) -> Iterable[Mistake]:
    """Find names in options that are nowhere in the chart."""
    tokens = {*(row.name for row in chart.rows), *chart.series, *chart.cells}
    known = tokens | {key for key, _words in chart.keys}
    for name in sorted(chart.highlight - known):
        yield Mistake(None, f"“:highlight: {name}” is neither a row nor a column")
    for name in sorted(chart.masked - tokens):
        yield Mistake(None, f"“:masked: {name}” is neither a row nor a column")


def find_wrong_kinds(chart: Chart) -> Iterable[Mistake]:
    """Find more kinds of dots than can be told apart."""
    if len({row.kind for row in chart.rows}) > KIND_LIMIT:
        yield Mistake(None, f"more than {KIND_LIMIT} kinds of dots cannot be told apart; split the chart")


def has_number(mark: str, row: Row) -> bool:
    """Tell whether a row gives something to draw; a dot of a scatter needs both numbers."""
    if mark == "strip":
        return True
    return (all if mark == "scatter" else any)(cell.number is not None for cell in row.cells)
