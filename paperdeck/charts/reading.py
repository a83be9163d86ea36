"""A chart as it is written: a head, then one row a line, the cells between ``|``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from paperdeck.charts.data import NUMBER, TAKEN_BY, Cell, Chart, ChartError, Mistake, Options, Row
from paperdeck.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from gettext import NullTranslations

SERIES_LIMIT = 4
KIND_LIMIT = 3
ROW_LIMIT = 200
LARGEST, SMALLEST = 1e100, 1e-100
"""Between which a number must lie, 0 apart: beyond them no axis can be reckoned with."""
_NOT_A_NUMBER = re.compile(r"[-−+]?(?:nan|inf|infinity|∞|n/?a|none|null|—|–|-)", re.IGNORECASE)
_FACT = re.compile(r"(?:(.*\S)\s*<)?((?:[a-z0-9][a-z0-9_-]*:)?[a-z][a-z0-9_]*)(?(1)>)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]*")


def read_chart(
    lines: Sequence[str],
    mark: str,
    options: Options,
    *,
    fact: Callable[[str, str | None], Cell],
    text: Callable[[str], str] = str,
    phrases: NullTranslations = ENGLISH,
) -> Chart:
    """Read a chart.

    :param lines: a head, which names the columns, and one row a line; a rule as in a Markdown table is skipped
    :param fact: gives the number of a key and how it is written; raises ``LookupError`` or ``ValueError`` with what
        to write instead
    :param text: fills facts into the text of a note
    :param phrases: our words in the language of the document
    :raises ChartError: with every mistake and its line
    """
    table = [(line, split_cells(written)) for line, written in enumerate(lines) if not _RULE.fullmatch(written)]
    if len(table) < 2:
        raise ChartError(Mistake(None, "a chart needs a head and a row: “model | MMLU”, then “OLMoE | mmlu”"))
    (_line, head), *rows = table
    reader = _Reader(mark, options, head, fact, text, phrases)
    reader.check_shape(rows)
    chart = reader.build_chart([row for line, cells in rows[:ROW_LIMIT] if (row := reader.read_row(line, cells))])
    if reader.mistakes:
        in_order = sorted(dict.fromkeys(reader.mistakes), key=lambda found: -1 if found.line is None else found.line)
        raise ChartError(*in_order)
    return chart


class _Reader:
    """Reads the rows of one chart, and keeps what is wrong in them and which numbers are no facts."""

    def __init__(
        self,
        mark: str,
        options: Options,
        head: Sequence[str],
        fact: Callable[[str, str | None], Cell],
        text: Callable[[str], str],
        phrases: NullTranslations,
    ) -> None:
        self.mark, self.options, self.head = mark, options, head
        self.fact, self.text, self.phrases = fact, text, phrases
        self.extra = {name: head.index(name) for name in (options.kind, options.note) if name in head[1:]}
        self.columns = [index for index in range(1, len(head)) if index not in self.extra.values()]
        self.series = [head[index] for index in self.columns]
        self.mistakes: list[Mistake] = []
        self.literals: list[tuple[int | None, str]] = []

    def check_shape(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Look at what is asked for and at the head of the table."""
        self.mistakes += _find_misplaced_options(self.mark, self.options)
        self.mistakes += _find_unknown_columns(self.options, self.head)
        self.mistakes += _find_wrong_columns(self.mark, self.series)
        if len(rows) > ROW_LIMIT:
            self.mistakes.append(
                Mistake(rows[ROW_LIMIT][0], f"{len(rows)} rows; at most {ROW_LIMIT} can be told apart")
            )

    def read_row(self, line: int, cells: Sequence[str]) -> Row | None:
        """Return a row; nothing where its cells are not those of the head."""
        if len(cells) != len(self.head):
            count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'} in a table of {len(self.head)} columns"
            self.mistakes.append(Mistake(line, f"{count}; write one for each, empty where nothing is reported"))
            return None
        at = self.read_position(line, cells[0])
        row = Row(
            at.text,
            tuple(self.read_cell(line, cells[index]) for index in self.columns),
            kind=cells[self.extra[self.options.kind]] if self.options.kind in self.extra else "",
            note=self.read_note(line, cells[self.extra[self.options.note]]) if self.options.note in self.extra else "",
            at=at.number or 0.0,
        )
        self.mistakes += _find_wrong_values(line, self.mark, self.options.log, row)
        return row

    def read_position(self, line: int, written: str) -> Cell:
        """Return what a row is called, and where on the x axis it lies if it is a point of a line."""
        if self.mark != "line":
            return Cell(None, written)
        claimed = len(self.literals)
        cell = self.read_cell(line, written)
        del self.literals[claimed:]  # where a point lies claims nothing
        if not written:
            self.mistakes.append(Mistake(line, "a point of a line begins with a number, its place on the x axis"))
        return cell

    def read_cell(self, line: int | None, written: str) -> Cell:
        """Return a number, as it is drawn and as it is written."""
        if not written:
            return Cell(None, self.phrases.gettext("not reported"))
        try:
            return self.find_number(line, written)
        except (LookupError, ValueError) as problem:
            self.mistakes.append(Mistake(line, str(problem.args[0])))
            return Cell(None, written)

    def find_number(self, line: int | None, written: str) -> Cell:
        """Return a number that stands there itself, or a fact; raises what is wrong with it."""
        named = _FACT.fullmatch(written)
        if number := NUMBER.match(written):
            self.literals.append((line, written))
            cell = Cell(float(number[0].replace(",", "").replace("−", "-")), written)
        elif _NOT_A_NUMBER.fullmatch(written):
            raise ValueError(f"“{written}” is no number that can be drawn; leave the cell empty: it is “not reported”")
        elif named:
            cell = self.fact(named[2], named[1])
        else:
            message = f"“{written}” is neither a number nor a key of the ledger; write 54.1, or a key such as mmlu"
            raise ValueError(message)
        vanished = cell.number == 0 and number and re.search("[1-9]", number[0].partition("e")[0])
        if vanished or (cell.number and not SMALLEST <= abs(cell.number) <= LARGEST):
            size = "large" if abs(cell.number or 0) > LARGEST else "small"
            raise ValueError(f"“{written}” is too {size} to be drawn; give it another unit")
        return cell

    def read_note(self, line: int, written: str) -> str:
        """Return a text, its facts filled in."""
        try:
            return self.text(written)
        except (LookupError, ValueError) as problem:
            self.mistakes.append(Mistake(line, str(problem.args[0])))
            return written

    def read_whole(self, written: str) -> Cell:
        """Return what bars are a share of."""
        cell = self.read_cell(None, written)
        if not written or (cell.number is not None and cell.number <= 0):
            message = "“:of:” says what the whole is; write a number above 0 or a key, as in “100 | all tokens”"
            self.mistakes.append(Mistake(None, message))
        return cell

    def build_chart(self, rows: Sequence[Row]) -> Chart:
        """Return the chart of the rows, and look at what only the whole of them shows."""
        options = self.options
        x, y = _name_axes(self.mark, options, self.head[0], self.series)
        whole, _bar, whole_name = options.whole.partition("|")
        if self.mark == "line":
            rows = sorted(rows, key=lambda row: row.at)
        chart = Chart(
            mark=self.mark,
            head=self.head[0],
            series=tuple(self.series),
            rows=tuple(rows),
            x=x,
            y=y,
            highlight=frozenset(options.highlight),
            log=options.log,
            labels=options.labels,
            whole=self.read_whole(whole.strip()) if options.whole else None,
            whole_name=whole_name.strip(),
            unnamed_whole=self.phrases.gettext("whole"),
            note=options.note,
            kind=options.kind,
            literals=tuple(self.literals),
        )
        self.mistakes += _find_unknown_highlights(chart)
        self.mistakes += _find_wrong_shares(chart)
        if self.mark == "line" and not self.mistakes:
            self.mistakes += _find_repeated_points(chart)
        if not self.mistakes and not any(_has_number(chart.mark, row) for row in rows):
            self.mistakes.append(Mistake(None, "there is no number in it, and so nothing to draw"))
        if len({row.kind for row in rows}) > KIND_LIMIT:
            message = f"more than {KIND_LIMIT} kinds of dots cannot be told apart; split the chart"
            self.mistakes.append(Mistake(None, message))
        return chart


def split_cells(line: str) -> list[str]:
    r"""Return the cells of a line: bars at its ends, as in a Markdown table, are no borders, and ``\|`` is text."""
    line = line.strip()
    ended = line.startswith("|") and line.endswith("|") and not line.endswith("\\|") and len(line) > 1
    return [part.strip().replace("\\|", "|") for part in _BAR.split(line[1:-1] if ended else line)]


def _find_misplaced_options(mark: str, options: Options) -> Iterable[Mistake]:
    given = {"of": options.whole, "note": options.note, "kind": options.kind, "log": options.log}
    for option, value in given.items():
        if value and mark not in TAKEN_BY[option]:
            yield Mistake(None, f"“:{option}:” is of {' and '.join(TAKEN_BY[option])} alone; leave it out")


def _find_unknown_columns(options: Options, head: Sequence[str]) -> Iterable[Mistake]:
    for option, name in (("kind", options.kind), ("note", options.note)):
        if name and name not in head[1:]:
            names = ", ".join(head[1:])
            yield Mistake(None, f"“:{option}: {name}” is no column; the columns are: {names}")


def _find_wrong_columns(mark: str, columns: Sequence[str]) -> Iterable[Mistake]:
    if mark == "scatter" and len(columns) != 2:
        shape = "“model | active parameters | MMLU”"
        yield Mistake(None, f"a scatter takes two columns of numbers, one for each axis, as in {shape}")
    elif not columns:
        yield Mistake(None, "there is no column of numbers; write one after the names of the rows: “model | MMLU”")
    elif len(columns) > SERIES_LIMIT:
        yield Mistake(None, f"{len(columns)} columns; more than {SERIES_LIMIT} cannot be told apart: split the chart")
    elif len(set(columns)) < len(columns) or "" in columns:
        yield Mistake(None, "two columns have the same name, or one has none; name each")


def _find_wrong_values(line: int, mark: str, log: str, row: Row) -> Iterable[Mistake]:
    values = [cell.number for cell in row.cells]
    on_axis = {"x": values[:1] if mark == "scatter" else [row.at], "y": values[1:] if mark == "scatter" else values}
    if any(number is not None and number <= 0 for axis in log for number in on_axis[axis]):
        yield Mistake(line, "a logarithmic axis has no place for 0 and below; leave “:log:” out")


def _find_repeated_points(chart: Chart) -> Iterable[Mistake]:
    for earlier, later in pairwise(chart.rows):
        if earlier.at == later.at and any(
            one.number is not None and other.number is not None
            for one, other in zip(earlier.cells, later.cells, strict=True)
        ):
            yield Mistake(None, f"a line has two values at {later.name}; leave one out, or draw a scatter")


def _find_wrong_shares(chart: Chart) -> Iterable[Mistake]:
    """Find bars that do not lie on their track, where it is known."""
    whole = chart.whole.number if chart.whole else None
    for row in chart.rows if whole else ():
        for cell in row.cells:
            if cell.number is not None and not 0 <= cell.number <= (whole or 0):
                yield Mistake(None, f"{row.name}: {cell.text} is no share of the whole; leave “:of:” out, or mend it")


def _has_number(mark: str, row: Row) -> bool:
    """Tell whether a row gives something to draw; a dot of a scatter needs both numbers."""
    return (all if mark == "scatter" else any)(cell.number is not None for cell in row.cells)


def _name_axes(mark: str, options: Options, head: str, columns: Sequence[str]) -> tuple[str, str]:
    """Return the titles of the axes, the unit with that of the numbers."""
    first, last = (columns or [""])[0], (columns or [""])[-1]
    single = last if len(columns) == 1 else ""
    x, y = {"scatter": (first, last), "line": (head, single)}.get(mark, (single, ""))
    x, y = x if options.x is None else options.x, y if options.y is None else options.y
    if mark in ("scatter", "line"):
        return x, ", ".join(filter(None, (y, options.unit)))
    return ", ".join(filter(None, (x, options.unit))), y


def _find_unknown_highlights(chart: Chart) -> Iterable[Mistake]:
    for name in sorted(chart.highlight - {row.name for row in chart.rows} - set(chart.series)):
        yield Mistake(None, f"“:highlight: {name}” is neither a row nor a column")
