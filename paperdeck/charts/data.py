"""What a chart shows: its rows, its columns, and what an author asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS = ("bar", "dot", "line", "scatter")
TAKEN_BY = {"of": ("bar",), "note": ("bar", "dot"), "kind": ("scatter",), "log": ("line", "scatter")}
"""Which marks an option is for, where it is not for all."""
NUMBER = re.compile(r"[-−+]?(?:(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\.\d+)(?:e[-+]?\d{1,3})?(?=\s*%?$)")


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
    unnamed_whole: str = "whole"
    """What it is called in the table where the author does not name it."""
    note: str = ""
    kind: str = ""
    literals: tuple[tuple[int | None, str], ...] = field(default=(), compare=False)
    """The numbers that are no facts, each with its line."""

    @property
    def texts(self) -> list[str]:
        """What an author wrote that is no number: names of rows, columns and axes, kinds and notes."""
        rows = [text for row in self.rows for text in (row.name, row.kind, row.note) if not NUMBER.fullmatch(text)]
        return [self.head, *self.series, self.x, self.y, self.kind, self.note, self.whole_name, *rows]

    def translate(self, said: Mapping[str, str]) -> Chart:
        """Return the chart with these texts in the place of its own."""

        def put(text: str) -> str:
            return said.get(text, text)

        rows = (replace(row, name=put(row.name), kind=put(row.kind), note=put(row.note)) for row in self.rows)
        return replace(
            self,
            head=put(self.head),
            series=tuple(map(put, self.series)),
            rows=tuple(rows),
            x=put(self.x),
            y=put(self.y),
            highlight=frozenset(map(put, self.highlight)),
            whole_name=put(self.whole_name),
            note=put(self.note),
            kind=put(self.kind),
        )

    def table(self) -> list[list[str]]:
        """Return the chart as lines of texts, the first of them its head."""
        extra = [name for name in (self.kind, self.note) if name]
        lines = [[self.head, *self.series, *extra]]
        for row in self.rows:
            said = [text for name, text in ((self.kind, row.kind), (self.note, row.note)) if name]
            lines.append([row.name, *(cell.text for cell in row.cells), *said])
        if self.whole:
            lines.append([self.whole_name or self.unnamed_whole, self.whole.text])
        return lines
