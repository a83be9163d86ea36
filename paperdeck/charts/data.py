"""What a chart shows, read from its lines: a head, then one row a line, the cells between ``|``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MARKS = ("bar", "dot", "line", "scatter")
TAKEN_BY = {"of": ("bar",), "note": ("bar", "dot"), "kind": ("scatter",), "log": ("line", "scatter")}
"""Which marks an option is for, where it is not for all."""
MOST_SERIES = 4
MOST_KINDS = 3
MOST_ROWS = 200
_NUMBER = re.compile(r"[-−+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e[-+]?\d{1,3})?(?=\s*%?$)")
_FACT = re.compile(r"(?:(.*\S)\s*<)?((?:[a-z0-9][a-z0-9_-]*:)?[a-z][a-z0-9_]*)(?(1)>)")
_RULE = re.compile(r"[\s|:-]+")


class Cell(NamedTuple):
    """A number, as it is drawn and as it is written; None where nothing is reported."""

    number: float | None
    text: str


class Mistake(NamedTuple):
    """What is wrong in a chart; its line counts from 0, None for the chart as a whole."""

    line: int | None
    message: str


class ChartError(ValueError):
    """A chart that cannot be drawn, with all its mistakes."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(message for _line, message in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Row:
    """A row: what it is called, its number in each column, and what the other columns say."""

    name: str
    cells: tuple[Cell, ...]
    kind: str = ""
    note: str = ""
    at: float = 0.0
    """Where it lies on the x axis of a line."""


@dataclass(frozen=True)
class Options:
    """What an author asks of a chart besides its numbers."""

    x: str | None = None
    y: str | None = None
    unit: str = ""
    highlight: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""
    log: str = ""
    labels: str = "all"
    whole: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart, ready to be drawn."""

    mark: str
    head: str
    """What the rows are."""
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    x: str = ""
    y: str = ""
    highlight: frozenset[str] = frozenset()
    log: str = ""
    labels: str = "all"
    whole: Cell | None = None
    """The end of the track that a bar lies on."""
    whole_name: str = ""
    note: str = ""
    kind: str = ""
    literals: tuple[tuple[int | None, str], ...] = field(default=(), compare=False)
    """The numbers that are no facts, each with its line."""

    def table(self) -> list[list[str]]:
        """Return the chart as lines of texts, the first of them its head."""
        extra = [name for name in (self.kind, self.note) if name]
        lines = [[self.head, *self.series, *extra]]
        for row in self.rows:
            said = [text for name, text in ((self.kind, row.kind), (self.note, row.note)) if name]
            lines.append([row.name, *(cell.text for cell in row.cells), *said])
        if self.whole:
            lines.append([self.whole_name or "whole", self.whole.text])
        return lines


def read(
    lines: Sequence[str],
    mark: str,
    options: Options,
    *,
    fact: Callable[[str, str | None], Cell],
    text: Callable[[str], str] = str,
) -> Chart:
    """Read a chart.

    :param lines: a head, which names the columns, and one row a line; a rule as in a Markdown table is skipped
    :param fact: gives the number of a key and how it is written; raises ``LookupError`` or ``ValueError`` with what
        to write instead
    :param text: fills facts into the text of a note
    :raises ChartError: with every mistake and its line
    """
    mistakes: list[Mistake] = []
    literals: list[tuple[int | None, str]] = []

    def cell(line: int | None, written: str) -> Cell:
        if not written:
            return Cell(None, "not reported")
        if number := _NUMBER.match(written):
            literals.append((line, written))
            return Cell(float(number[0].replace(",", "").replace("−", "-")), written)
        if not (named := _FACT.fullmatch(written)):
            message = f"“{written}” is neither a number nor a key of the ledger; write 54.1, or a key such as mmlu"
            mistakes.append(Mistake(line, message))
        else:
            try:
                return fact(named[2], named[1])
            except (LookupError, ValueError) as problem:
                mistakes.append(Mistake(line, str(problem.args[0])))
        return Cell(None, written)

    def said(line: int, written: str) -> str:
        try:
            return text(written)
        except (LookupError, ValueError) as problem:
            mistakes.append(Mistake(line, str(problem.args[0])))
            return written

    rows = [(line, cells(written)) for line, written in enumerate(lines) if written.strip(" |")]
    rows = [(line, row) for line, row in rows if not _RULE.fullmatch(lines[line])]
    if len(rows) < 2:
        raise ChartError(Mistake(None, "a chart needs a head and a row: “model | MMLU”, then “OLMoE | mmlu”"))
    head = rows.pop(0)[1]
    extra = {name: head.index(name) for name in (options.kind, options.note) if name in head[1:]}
    mistakes += _out_of_place(mark, options)
    mistakes += _unknown_columns(options, head)
    columns = [index for index in range(1, len(head)) if index not in extra.values()]
    mistakes += _wrong_columns(mark, [head[index] for index in columns])
    if len(rows) > MOST_ROWS:
        mistakes.append(Mistake(rows[MOST_ROWS][0], f"{len(rows)} rows; at most {MOST_ROWS} can be told apart"))
    found = []
    for line, row in rows[:MOST_ROWS]:
        if len(row) != len(head):
            count = f"{len(row)} cell{'s' * (len(row) != 1)} in a table of {len(head)} columns"
            mistakes.append(Mistake(line, f"{count}; write one for each, empty where nothing is reported"))
            continue
        at = cell(line, row[0]) if mark == "line" else Cell(0.0, row[0])
        if mark == "line" and literals and literals[-1] == (line, row[0]):
            literals.pop()  # where a point lies claims nothing
        if at.number is None:
            mistakes.append(Mistake(line, "a point of a line begins with a number, its place on the x axis"))
        found.append(
            Row(
                at.text,
                tuple(cell(line, row[index]) for index in columns),
                kind=row[extra[options.kind]] if options.kind in extra else "",
                note=said(line, row[extra[options.note]]) if options.note in extra else "",
                at=at.number or 0.0,
            )
        )
        mistakes += _cannot_lie(line, mark, options.log, found[-1])
    x, y = _titles(mark, options, head[0], [head[index] for index in columns])
    whole, _bar, whole_name = options.whole.partition("|")
    chart = Chart(
        mark=mark,
        head=head[0],
        series=tuple(head[index] for index in columns),
        rows=tuple(found),
        x=x,
        y=y,
        highlight=frozenset(options.highlight),
        log=options.log,
        labels=options.labels,
        whole=cell(None, whole.strip()) if whole else None,
        whole_name=whole_name.strip(),
        note=options.note,
        kind=options.kind,
        literals=tuple(literals),
    )
    mistakes += _nothing_to_highlight(chart)
    if len({row.kind for row in found}) > MOST_KINDS:
        mistakes.append(Mistake(None, f"more than {MOST_KINDS} kinds of dots cannot be told apart; split the chart"))
    if mistakes:
        raise ChartError(
            *sorted(dict.fromkeys(mistakes), key=lambda mistake: -1 if mistake.line is None else mistake.line)
        )
    return chart


def cells(line: str) -> list[str]:
    """Return the cells of a line; bars at its ends, as in a Markdown table, are not borders of cells."""
    line = line.strip()
    ended = line.startswith("|") and line.endswith("|") and len(line) > 1
    return [part.strip() for part in (line[1:-1] if ended else line).split("|")]


def _out_of_place(mark: str, options: Options) -> Iterable[Mistake]:
    given = {"of": options.whole, "note": options.note, "kind": options.kind, "log": options.log}
    for option, value in given.items():
        if value and mark not in TAKEN_BY[option]:
            yield Mistake(None, f"“:{option}:” is of {' and '.join(TAKEN_BY[option])} alone; leave it out")


def _unknown_columns(options: Options, head: Sequence[str]) -> Iterable[Mistake]:
    for option, name in (("kind", options.kind), ("note", options.note)):
        if name and name not in head[1:]:
            names = ", ".join(head[1:])
            yield Mistake(None, f"“:{option}: {name}” is no column; the columns are: {names}")


def _wrong_columns(mark: str, columns: Sequence[str]) -> Iterable[Mistake]:
    if mark == "scatter" and len(columns) != 2:
        shape = "“model | active parameters | MMLU”"
        yield Mistake(None, f"a scatter takes two columns of numbers, one for each axis, as in {shape}")
    elif not columns:
        yield Mistake(None, "there is no column of numbers; write one after the names of the rows")
    elif len(columns) > MOST_SERIES:
        yield Mistake(None, f"{len(columns)} columns; more than {MOST_SERIES} cannot be told apart: split the chart")
    elif len(set(columns)) < len(columns) or "" in columns:
        yield Mistake(None, "two columns have the same name, or one has none; name each")


def _cannot_lie(line: int, mark: str, log: str, row: Row) -> Iterable[Mistake]:
    values = [cell.number for cell in row.cells]
    on_axis = {"x": values[:1] if mark == "scatter" else [row.at], "y": values[1:] if mark == "scatter" else values}
    if any(number is not None and number <= 0 for axis in log for number in on_axis[axis]):
        yield Mistake(line, "a logarithmic axis has no place for 0 and below; leave “:log:” out")
    if mark == "bar" and any(cell.number is not None and cell.number < 0 for cell in row.cells):
        yield Mistake(line, "a bar begins at 0 and has no place below; draw a dot")


def _titles(mark: str, options: Options, head: str, columns: Sequence[str]) -> tuple[str, str]:
    """Return the titles of the axes, the unit with that of the numbers."""
    first, last = (columns or [""])[0], (columns or [""])[-1]
    single = last if len(columns) == 1 else ""
    x, y = {"scatter": (first, last), "line": (head, single)}.get(mark, (single, ""))
    x, y = x if options.x is None else options.x, y if options.y is None else options.y
    if mark in ("scatter", "line"):
        return x, ", ".join(filter(None, (y, options.unit)))
    return ", ".join(filter(None, (x, options.unit))), y


def _nothing_to_highlight(chart: Chart) -> Iterable[Mistake]:
    for name in sorted(chart.highlight - {row.name for row in chart.rows} - set(chart.series)):
        yield Mistake(None, f"“:highlight: {name}” is neither a row nor a column")
