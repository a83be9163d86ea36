"""What ``%%`` begins in a chart: lines, bands, arrows and differences drawn over it, what letters mean, and steps."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperdeck.charts.data import AXES, JOINED, Annotation, Mistake
from paperdeck.ledger.numbers import find_unsourced
from paperdeck.pictures.steps import STEP_LINE, read_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paperdeck.charts.data import Cell, Chart
    from paperdeck.pictures.steps import Step

OVERLAY = re.compile(r"\s*%%")
"""How a line begins that is no row."""
FORMS = {
    "step": "%% step 2: name, name",
    "line": "%% line: 25 | by chance, or %% line: y = x | held = used",
    "band": "%% band: 20 to 30 | by chance",
    "arrow": "%% arrow: GPT-3 -> GLaM | ÷ 10",
    "difference": "%% difference: GPT-3, FP16 -> GPT-3, INT4 | −30 points",
    "link": "%% link: experts",
    "key": "%% key: a | what it sees",
}
"""How each is written."""
_LINE = re.compile(r"\s*%%\s*(\w+)[^:]*:(.*)")
_AXIS = re.compile(r"([xy])\s*=\s*(.+)")
_ARROW = re.compile(r"\s*(?:->|→)\s*")
_SPAN = re.compile(r"(.*\S)\s+to\s+(\S.*)")
_IN_BRACES = re.compile(r"\{[^}]*\}(?:`[^`]*`)?")


@dataclass
class Overlays:
    """All that ``%%`` begins in a chart, and what is wrong in it."""

    annotations: tuple[Annotation, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    lines: tuple[int, ...] = ()
    """Where the annotations stand."""
    step_lines: tuple[int, ...] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    literals: list[tuple[int | None, str]] = field(default_factory=list)
    """Numbers in words that are no facts."""

    def find_misplaced(self, chart: Chart) -> Iterator[Mistake]:
        """Find what has no place on the axes of the chart, and names that are nowhere in it."""
        rows, columns = {row.name for row in chart.rows}, {*chart.series}
        for line, annotation in zip(self.lines, self.annotations, strict=True):
            if annotation.axis in tuple(chart.log) and any(number <= 0 for number in annotation.numbers):
                yield Mistake(line, "a logarithmic axis has no place for 0 and below; leave “:log:” out")
            for end in annotation.ends:
                if end[0] not in (columns if annotation.kind == "link" else rows):
                    names = ", ".join(sorted(columns if annotation.kind == "link" else rows))
                    yield Mistake(line, f"“{end[0]}” is not in the chart; write one of: {names}")
                elif end[1:] and end[1] not in columns:
                    yield Mistake(line, f"“{end[1]}” is no column; the columns are: {', '.join(chart.series)}")
                elif annotation.kind != "link" and not end[1:] and len(columns) > 1 and chart.mark != "scatter":
                    yield Mistake(
                        line, f"“{end[0]}” has several marks; name the column too: “{end[0]}, {chart.series[-1]}”"
                    )
        known = rows | columns | {key for key, _words in chart.keys}
        known |= {annotation.words or annotation.kind for annotation in self.annotations}
        known |= {text for row in chart.rows for text in (row.kind, row.facet) if text}
        for line, step in zip(self.step_lines, self.steps, strict=True):
            if step.name not in known:
                yield Mistake(line, f"“{step.name}” is no row, column, letter or words of this chart")


def read_overlays(
    lines: Sequence[str],
    mark: str,
    show: Callable[[int, str], str],
    read_cell: Callable[[int | None, str], Cell],
    read_words: Callable[[int, str], str],
) -> Overlays:
    """Read the lines that ``%%`` begins.

    :param show: takes the markup from a text
    :param read_cell: gives a number or a fact
    :param read_words: fills facts into words
    """
    found = Overlays()
    annotations, keys, places = [], [], []
    source = "\n".join(lines)
    for number, line in enumerate(lines):
        if not OVERLAY.match(line) or STEP_LINE.fullmatch(line):
            continue
        form = _LINE.fullmatch(line)
        if not form:
            found.mistakes.append(Mistake(number, f"“%%” begins one of: {', '.join(FORMS)}"))
            continue
        kind = form[1].lower()
        if kind not in FORMS:
            found.mistakes.append(Mistake(number, f"“%% {kind}” is unknown; write one of: {', '.join(FORMS)}"))
            continue
        if kind == "step":  # without its number
            found.mistakes.append(Mistake(number, f"write “{FORMS[kind]}”"))
            continue
        written, _bar, words = (part.strip() for part in form[2].partition("|"))
        found.literals += [(number, one.text) for one in find_unsourced(_IN_BRACES.sub("", words))]
        written, words = show(number, written), read_words(number, show(number, words))
        if kind == "key":
            if mark != "grid":
                found.mistakes.append(Mistake(number, "letters have a meaning in a grid alone"))
            keys.append((written, words))
            continue
        try:
            annotation = _read_annotation(kind, written, words, mark, functools.partial(read_cell, number))
        except ValueError as wrong:
            found.mistakes.append(Mistake(number, str(wrong)))
            continue
        annotations.append(annotation)
        places.append(number)
    steps, mistakes = read_steps(source)
    found.mistakes += [Mistake(source.count("\n", 0, offset), message) for offset, message in mistakes]
    found.annotations, found.keys, found.lines = tuple(annotations), tuple(keys), tuple(places)
    found.step_lines = tuple(source.count("\n", 0, step.offset) for step in steps)
    found.steps = tuple(
        step._replace(name=show(line, step.name)) for line, step in zip(found.step_lines, steps, strict=True)
    )
    return found


def _read_annotation(kind: str, written: str, words: str, mark: str, read: Callable[[str], Cell]) -> Annotation:
    """Return an annotation; raises ValueError with what to write instead."""
    if kind == "link":
        if mark != "strip":
            raise ValueError("links join the rows of a strip; between two marks write “%% arrow: A -> B”")
        return Annotation(kind, words, ends=((written,),))
    if kind in ("arrow", "difference"):
        if mark not in JOINED or (kind == "difference" and mark not in AXES):
            raise ValueError(f"“{mark}” has no marks that {kind}s could join; leave it out")
        ends = _ARROW.split(written)
        if len(ends) != 2 or not all(ends):
            raise ValueError(f"write two marks with “->” between them: “{FORMS[kind]}”")
        return Annotation(kind, words, ends=tuple(_split_end(end) for end in ends))
    if mark not in AXES:
        raise ValueError(f"“{mark}” has no axis on which {kind}s could lie; leave it out")
    if kind == "line" and re.fullmatch(r"y\s*=\s*x", written):
        if mark not in ("scatter", "line"):
            raise ValueError("“y = x” is of scatter and line alone; write a number")
        return Annotation(kind, words, "xy")
    named = _AXIS.fullmatch(written)
    axis = named[1] if named else AXES[mark][-1]
    if axis not in AXES[mark]:
        raise ValueError(
            f"the numbers of a {mark} lie along {AXES[mark]}; write “{AXES[mark]} = …”, or the number alone"
        )
    amount = named[2] if named else written
    span = _SPAN.fullmatch(amount)
    texts = list(span.groups()) if kind == "band" and span else [amount]
    if not amount or (kind == "band" and len(texts) < 2):
        raise ValueError(f"write “{FORMS[kind]}”")
    numbers = tuple(cell.number for text in texts if (cell := read(text)).number is not None)
    return Annotation(kind, words, axis, tuple(sorted(numbers)))


def _split_end(written: str) -> tuple[str, ...]:
    """Return the row, and the column, of a mark."""
    row, comma, column = (part.strip() for part in written.rpartition(","))
    return (row, column) if comma else (column,)
