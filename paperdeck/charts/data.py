"""What a chart shows: its rows, its columns, and what an author asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperdeck.pictures.steps import Step


class Limits(NamedTuple):
    """How many columns of numbers and how many rows a mark takes, at least and at most, and how a head is written."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    head: str
    """An example, to write instead."""


MARKS = {
    "bar": Limits((1, 4), (1, 200), "model | MMLU"),
    "dot": Limits((1, 4), (1, 200), "model | MMLU"),
    "line": Limits((1, 4), (1, 200), "step | loss"),
    "scatter": Limits((2, 2), (1, 200), "model | active parameters | MMLU"),
    "slope": Limits((2, 8), (1, 12), "model | FP16 | INT4"),
    "histogram": Limits((1, 1), (2, 200), "weight | count"),
    "area": Limits((1, 1), (1, 3), "run | energy"),
    "strip": Limits((1, 3), (1, 16), "token | experts"),
    "waffle": Limits((1, 4), (1, 6), "model | active"),
    "blocks": Limits((1, 2), (1, 6), "precision | memory | cards"),
    "grid": Limits((1, 32), (1, 32), "reads | The | cat"),
    "number": Limits((1, 1), (1, 1), "what | value"),
    "timeline": Limits((1, 1), (1, 24), "model | published"),
}
TAKEN_BY = {
    "of": ("bar", "area", "waffle", "number"),
    "note": ("bar", "dot", "strip", "waffle", "blocks", "number", "timeline"),
    "kind": ("scatter",),
    "log": ("dot", "line", "scatter", "slope"),
    "cells": ("strip",),
    "lit": ("strip",),
    "each": ("waffle", "blocks"),
    "signs": ("waffle",),
    "icon": ("waffle",),
    "tokens": ("strip", "grid"),
    "masked": ("strip", "grid"),
    "facet": ("bar", "dot", "line", "scatter", "slope"),
    "object": ("strip", "waffle"),
    "count": ("number",),
}
"""Which marks an option is for, where it is not for all."""
AXES = {"bar": "x", "dot": "x", "line": "xy", "scatter": "xy", "slope": "y", "histogram": "xy"}
"""The axes on which numbers lie, that of the values last: where an annotation may say a number."""
SIGNS = ("✗", "✓", "–")
"""What may stand in the cells that a column lights."""
JOINED = ("bar", "dot", "line", "scatter", "slope", "area", "blocks")
"""Marks between which an arrow may go."""
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
    facet: str = ""
    at: float = 0.0
    """Where it lies on the x axis: a point of a line, or the beginning of a bin or a date, this in years."""
    until: float = 0.0
    """Where a bin or a date ends."""
    lit: tuple[tuple[int, ...], ...] = ()
    """Which cells of a strip each column lights, from 0."""
    fewer: int = 0
    """How many cells its strip has, where these are fewer than those of the chart."""


class Annotation(NamedTuple):
    """What is drawn over a chart to say what it shows: a ``line``, ``band``, ``arrow``, ``difference`` or ``link``."""

    kind: str
    words: str
    axis: str = ""
    """On which the numbers lie; ``xy`` of the line y = x."""
    numbers: tuple[float, ...] = ()
    ends: tuple[tuple[str, ...], ...] = ()
    """The marks that it joins: a row, or a row and a column."""


@dataclass(frozen=True)
class Options:
    """What an author asks of a chart besides its numbers."""

    x: str | None = None
    y: str | None = None
    unit: str = ""
    highlight: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""
    facet: str = ""
    log: str = ""
    labels: str = "all"
    whole: str = ""
    cells: str = ""
    lit: str = ""
    each: str = ""
    signs: tuple[str, ...] = ()
    tokens: str = ""
    masked: tuple[str, ...] = ()
    object: str = ""
    count: str = ""
    icon: str = ""


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
    """What its numbers are parts of: the end of the track that a bar lies on, the cells of a waffle."""
    whole_name: str = ""
    unnamed_whole: str = "whole"
    """What it is called in the table where the author does not name it."""
    part_of: str = "%s of %s"
    """How a part is written with its whole."""
    logarithmic: str = "%s, logarithmic scale"
    """How the title of a logarithmic axis is written."""
    language: str = "en"
    """In which dates are written."""
    each: Cell | None = None
    """What one cell or block stands for."""
    each_name: str = ""
    cells: tuple[str, ...] = ()
    """The cells of a strip; empty texts where they have no names."""
    signs: tuple[str, ...] = ()
    tokens: str = ""
    masked: frozenset[str] = frozenset()
    keys: tuple[tuple[str, str], ...] = ()
    """What the letters in the cells of a grid mean; that of an empty cell may be among them."""
    note: str = ""
    kind: str = ""
    facet: str = ""
    object: str = ""
    """What its cells are cells of: a slide's move to where they are on the next slide with the same."""
    count: str = ""
    """``up`` where its number counts up to its value on a slide."""
    icon: str = ""
    """What its cells are drawn as; squares where it is empty."""
    annotations: tuple[Annotation, ...] = ()
    steps: tuple[Step, ...] = ()
    others: tuple[Row, ...] = ()
    """The rows of the other facets, for which its axes and margins have room as well."""
    literals: tuple[tuple[int | None, str], ...] = field(default=(), compare=False)
    """The numbers that are no facts, each with its line."""

    @property
    def texts(self) -> list[str]:
        """What an author wrote that is no number: names of rows, columns and axes, kinds, notes and annotations."""
        said = [text for row in self.rows for text in (row.name, row.kind, row.note, row.facet)]
        rows = [text for text in said if not NUMBER.fullmatch(text)]
        names = [self.head, *self.series, self.x, self.y, self.kind, self.note, self.facet, self.whole_name]
        more = [self.each_name, *self.cells, *(words for _key, words in self.keys)]
        return [*names, *more, *(annotation.words for annotation in self.annotations), *rows]

    def translate(self, said: Mapping[str, str]) -> Chart:
        """Return the chart with these texts in the place of its own."""

        def put(text: str) -> str:
            return said.get(text, text)

        rows = (
            replace(row, name=put(row.name), kind=put(row.kind), note=put(row.note), facet=put(row.facet))
            for row in self.rows
        )
        annotations = (
            annotation._replace(
                words=put(annotation.words), ends=tuple(tuple(map(put, end)) for end in annotation.ends)
            )
            for annotation in self.annotations
        )
        return replace(
            self,
            head=put(self.head),
            series=tuple(map(put, self.series)),
            rows=tuple(rows),
            x=put(self.x),
            y=put(self.y),
            highlight=frozenset(map(put, self.highlight)),
            whole_name=put(self.whole_name),
            each_name=put(self.each_name),
            cells=tuple(map(put, self.cells)),
            masked=frozenset(map(put, self.masked)),
            keys=tuple((key, put(words)) for key, words in self.keys),
            note=put(self.note),
            kind=put(self.kind),
            facet=put(self.facet),
            annotations=tuple(annotations),
            steps=tuple(step._replace(name=put(step.name)) for step in self.steps),
        )

    def table(self) -> list[list[str]]:
        """Return the chart as lines of texts, the first of them its head."""
        extra = [name for name in (self.facet, self.kind, self.note) if name]
        lines = [[self.head, *self.series, *extra]]
        for row in self.rows:
            named = ((self.facet, row.facet), (self.kind, row.kind), (self.note, row.note))
            lines.append([row.name, *(cell.text for cell in row.cells), *(text for name, text in named if name)])
        if self.whole:
            lines.append([self.whole_name or self.unnamed_whole, self.whole.text])
        if self.each:
            lines.append([self.each_name, self.each.text])
        return lines
