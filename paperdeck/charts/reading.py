"""A chart as it is written: a head, then one row a line, the cells between ``|``."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from paperdeck.charts import checks
from paperdeck.charts.data import MARKS, NUMBER, Cell, Chart, ChartError, Mistake, Options, Row
from paperdeck.charts.dates import Period, read_period
from paperdeck.charts.overlays import OVERLAY, Overlays, read_overlays
from paperdeck.language import ENGLISH
from paperdeck.site.plain_text import FACT, read_inline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from gettext import NullTranslations

LARGEST, SMALLEST = 1e100, 1e-100
"""Between which a number must lie, 0 apart: beyond them no axis can be reckoned with."""
_NOT_A_NUMBER = re.compile(r"[-−+]?(?:nan|inf|infinity|∞|n/?a|none|null|—|–|-)", re.IGNORECASE)
_FACT = re.compile(r"(?:(.*\S)\s*<)?((?:[a-z0-9][a-z0-9_-]*:)?[a-z][a-z0-9_]*)(?(1)>)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]*")
_BIN = re.compile(r"(.*\S)\s+to\s+(\S.*)")
_FEWER = re.compile(r"(.*\S)\s+of\s+(\d+)")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


LONGEST_SHOWN = 200
"""Characters of a line that a message repeats."""
COMMAS = "、，،"
"""The commas of other scripts, which stand between names where none of ours does."""


def split_list(written: str) -> tuple[str, ...]:
    """Return what stands between commas."""
    return tuple(map(str.strip, re.split("," if "," in written else f"[{COMMAS}]", written)))


def split_names(argument: str | None) -> tuple[str, ...]:
    """Return names with commas between."""
    return tuple(filter(None, split_list(argument or "")))


def read_chart(
    lines: Sequence[str],
    mark: str,
    options: Options,
    *,
    fact: Callable[[str, str | None], Cell],
    text: Callable[[str], str] = str,
    phrases: NullTranslations = ENGLISH,
    language: str = "en",
) -> Chart:
    """Read a chart.

    :param lines: a head, which names the columns, and one row a line; a rule as in a Markdown table is skipped, and
        what ``%%`` begins is drawn over the rows
    :param fact: gives the number of a key and how it is written; raises ``LookupError`` or ``ValueError`` with what
        to write instead
    :param text: fills facts into the text of a note
    :param phrases: our words in the language of the document
    :param language: in which dates are written
    :raises ChartError: with every mistake and its line
    """
    numbered = [(line, written) for line, written in enumerate(lines) if not _RULE.fullmatch(written)]
    table = [(line, split_cells(written)) for line, written in numbered if not OVERLAY.match(written)]
    head_and_row = MARKS[mark].head
    if len(table) < 2:
        raise ChartError(Mistake(None, f"a chart needs a head and a row: “{head_and_row}”, then a line of cells"))
    if mistake := find_separated_values(table):
        raise ChartError(mistake)
    head, *rows = table
    reader = _Reader(mark, options, head, fact, text, phrases, language)
    reader.check_shape(rows)
    reader.overlays = read_overlays(lines, mark, reader.show, reader.read_cell, reader.read_note)
    chart = reader.build_chart(rows[: MARKS[mark].rows[1]])
    if mistakes := [*reader.mistakes, *reader.overlays.mistakes]:
        in_order = sorted(dict.fromkeys(mistakes), key=lambda found: -1 if found.line is None else found.line)
        raise ChartError(*in_order)
    return chart


def find_separated_values(table: Sequence[tuple[int, list[str]]]) -> Mistake | None:
    """Find a table whose cells stand between commas, semicolons or tabs, as in a file of CSV that was pasted."""
    lines = [cells[0] for _line, cells in table]
    mark = next((mark for mark in "\t;," if all(mark in line for line in lines)), None)
    if mark is None or any(len(cells) > 1 for _line, cells in table):
        return None
    shown = lines[0] if len(lines[0]) <= LONGEST_SHOWN else f"{lines[0][:LONGEST_SHOWN]}…"
    wanted = " | ".join(map(str.strip, next(csv.reader([shown], delimiter=mark))))
    what = {"\t": "tabs", ";": "semicolons", ",": "commas"}[mark]
    return Mistake(
        table[0][0], f"cells stand between bars here, and not between {what}; write each line so: “{wanted}”"
    )


class _Reader:
    """Reads the rows of one chart, and keeps what is wrong in them and which numbers are no facts."""

    def __init__(
        self,
        mark: str,
        options: Options,
        head: tuple[int, Sequence[str]],
        fact: Callable[[str, str | None], Cell],
        text: Callable[[str], str],
        phrases: NullTranslations,
        language: str,
    ) -> None:
        self.mistakes: list[Mistake] = []
        self.literals: list[tuple[int | None, str]] = []
        self.markup = not options.tokens  # tokens are shown as they are typed
        self.fact, self.text, self.phrases, self.language = fact, text, phrases, language
        line, names = head
        self.mark, self.options, self.head = mark, self.show_options(options), [self.show(line, name) for name in names]
        extra = (self.options.kind, self.options.note, self.options.facet)
        self.extra = {name: self.head.index(name) for name in extra if name in self.head[1:]}
        self.columns = [index for index in range(1, len(names)) if index not in self.extra.values()]
        self.series = [self.head[index] for index in self.columns]
        self.overlays = Overlays()
        self.cells: tuple[str, ...] = ()

    def check_shape(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Look at what is asked for and at the head of the table."""
        self.mistakes += checks.find_misplaced_options(self.mark, self.options)
        self.mistakes += checks.find_unknown_columns(self.options, self.head)
        self.mistakes += checks.find_wrong_columns(self.mark, self.series, self.options)
        self.mistakes += checks.find_wrong_rows(self.mark, rows)

    # ---- texts ----

    def show(self, line: int | None, written: str, *, fill: bool = True) -> str:
        """Return a text without its inline markup, with its facts filled in, unless it is to be read as a number."""
        try:
            shown = read_inline(written) if self.markup else written
        except ValueError as problem:
            self.mistakes.append(Mistake(line, str(problem)))
            return written
        return self.read_note(line, shown) if fill and FACT in shown else shown

    def show_options(self, options: Options) -> Options:
        """Return the options with the texts that a reader sees, and the names of what has such a text."""
        names = ("x", "y", "unit", "kind", "note", "facet")
        texts: dict[str, Any] = {name: self.show(None, text) for name in names if (text := getattr(options, name))}
        for name in ("highlight", "masked"):
            texts[name] = tuple(self.show(None, text) for text in getattr(options, name))
        return replace(options, **texts)

    # ---- rows ----

    def read_row(self, line: int, written_cells: Sequence[str]) -> Row | None:
        """Return a row; nothing where its cells are not those of the head."""
        cells = [self.show(line, text, fill=at not in self.columns) for at, text in enumerate(written_cells)]
        if len(cells) != len(self.head):
            count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'} in a table of {len(self.head)} columns"
            self.mistakes.append(Mistake(line, f"{count}; write one for each, empty where nothing is reported"))
            return None
        name, at, until = self.read_position(line, cells[0])
        written = [cells[index] for index in self.columns]
        if self.mark == "timeline" and written:
            at, until, said = self.read_date(line, written[0])
        lit, fewer = self.read_strip_row(line, written) if self.mark == "strip" else ((), 0)
        if self.mark == "strip":
            found = [Cell(len(numbers), text) for numbers, text in zip(lit, written, strict=True)]
        elif self.mark == "timeline":
            found = [Cell((at + until) / 2, said) for _text in written[:1]]
        elif self.overlays.keys:
            found = [self.read_key(line, text) for text in written]
        else:
            found = [self.read_cell(line, text) for text in written]
        kind, note, facet = (
            cells[self.extra[name]] if name in self.extra else ""
            for name in (self.options.kind, self.options.note, self.options.facet)
        )
        row = Row(name, tuple(found), kind, self.read_note(line, note) if note else "", facet, at, until, lit, fewer)
        self.mistakes += checks.find_wrong_values(line, self.mark, self.options.log, row)
        return row

    def read_position(self, line: int, written: str) -> tuple[str, float, float]:
        """Return what a row is called, and where on the x axis it lies if it is a point of a line or a bin."""
        if self.mark not in ("line", "histogram"):
            return written, 0, 0
        claimed = len(self.literals)
        ends = _BIN.fullmatch(written)
        if self.mark == "histogram" and not ends:
            self.mistakes.append(Mistake(line, f"“{written}” is no bin; write where it begins and ends: “0 to 10”"))
            return written, 0, 0
        cells = [self.read_cell(line, text) for text in (ends.groups() if ends and self.mark != "line" else [written])]
        del self.literals[claimed:]  # where a point lies claims nothing
        if not written:
            self.mistakes.append(Mistake(line, "a point of a line begins with a number, its place on the x axis"))
        name = written if ends else cells[0].text
        return name, cells[0].number or 0.0, cells[-1].number or 0.0

    def read_date(self, line: int, written: str) -> Period:
        """Return the time that an event covers, and how that is said; of what is no date, nothing."""
        if not written:
            self.mistakes.append(Mistake(line, "an event without a date has no place on the axis; leave its row out"))
            return Period(0, 0, "")
        named = _FACT.fullmatch(written)
        try:
            said = self.fact(named[2], named[1]).text if named else written
            period = read_period(said, self.language)
        except (LookupError, ValueError) as problem:
            self.mistakes.append(Mistake(line, str(problem.args[0])))
            return Period(0, 0, written)
        if not named:
            self.literals.append((line, written))
        return period

    def read_strip_row(self, line: int, written: Sequence[str]) -> tuple[tuple[tuple[int, ...], ...], int]:
        """Return which cells of a strip each column lights, and how many it has where they are fewer: ``all of 1``."""
        ends = [_FEWER.fullmatch(text) if not any(self.cells) else None for text in written]
        said = {int(end[2]) for end in ends if end}
        if len(said) > 1 or not all(0 < count <= len(self.cells) for count in said):
            counts = ", ".join(map(str, sorted(said)))
            message = f"a row of {counts} cells; write one number, at most that of the strip, {len(self.cells)}"
            self.mistakes.append(Mistake(line, message))
            return ((),) * len(written), 0
        count = next(iter(said), len(self.cells))
        texts = [end[1] if end else text for end, text in zip(ends, written, strict=True)]
        fewer = count if count < len(self.cells) else 0
        return tuple(self.read_lit(line, text, count) for text in texts), fewer

    def read_lit(self, line: int, written: str, count: int) -> tuple[int, ...]:
        """Return which of so many cells are lit, from 0: ``all``, numbers, ranges, or names, commas between."""
        lit: list[int] = []
        for part in split_names(written):
            if part == "all":
                lit += range(count)
            elif part in self.cells:
                lit += [number for number, name in enumerate(self.cells) if name == part]
            elif ends := _RANGE.fullmatch(part):
                lit += range(int(ends[1]) - 1, int(ends[2]))
            elif part.isdecimal():
                lit.append(int(part) - 1)
            else:
                self.mistakes.append(Mistake(line, f"“{part}” is no cell; write numbers, as in “3, 8-11”, or “all”"))
        if beyond := [number + 1 for number in lit if not 0 <= number < count]:
            self.mistakes.append(Mistake(line, f"there is no cell {beyond[0]}; the strip has {count}"))
        return tuple(sorted({number for number in lit if 0 <= number < count}))

    def read_key(self, line: int, written: str) -> Cell:
        """Return what a cell of a grid is, by its letter."""
        words = dict(self.overlays.keys)
        if written and written not in words:
            letters = ", ".join(filter(None, words))
            self.mistakes.append(Mistake(line, f"“{written}” has no meaning; the letters are: {letters}"))
        return Cell(None, written)

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

    def read_note(self, line: int | None, written: str) -> str:
        """Return a text, its facts filled in."""
        try:
            return self.text(written)
        except (LookupError, ValueError) as problem:
            self.mistakes.append(Mistake(line, str(problem.args[0])))
            return written

    # ---- options ----

    def read_amount(self, option: str, written: str, example: str) -> tuple[Cell | None, str]:
        """Return what an option says: a number above 0 or a key, and after ``|`` its name."""
        if not written:
            return None, ""
        amount, _bar, name = written.partition("|")
        cell = self.read_cell(None, amount.strip())
        if not amount.strip() or (cell.number is not None and cell.number <= 0):
            message = f"“:{option}:” says {example}"
            self.mistakes.append(Mistake(None, message))
        return cell, self.read_note(None, self.show(None, name.strip()))

    def read_strip(self) -> str:
        """Keep what the cells of a strip are called; return what they are together."""
        written = self.options.cells
        if self.mark != "strip" or not written:
            return ""
        count, bar, name = written.partition("|")
        names = split_list(written)
        if not bar and len(names) > 1:
            self.cells = names
            if self.options.object:
                self.mistakes.append(Mistake(None, "cells with names stay where they are; leave “:object:” out"))
            return ""
        cell, name = self.read_amount("cells", written, "how many there are: “64 | experts”, or names with commas")
        amount = cell.number if cell else None
        if amount is not None and (amount != round(amount) or not 0 < amount <= checks.CELL_LIMIT):
            message = f"a strip of {count.strip()} cells cannot be seen; at most {checks.CELL_LIMIT}, or draw bars"
            self.mistakes.append(Mistake(None, message))
        elif amount is not None:
            self.cells = ("",) * int(amount)
        return f"{cell.text} {name}" if cell and name else name

    def build_chart(self, table: Sequence[tuple[int, list[str]]]) -> Chart:
        """Return the chart of the rows, and look at what only the whole of them shows."""
        options = self.options
        strip = self.read_strip()
        x, y = _name_axes(self.mark, options, self.head[0], self.series)
        if self.mark == "strip" and options.x is None:
            x = strip
        numbered = [(line, row) for line, cells in table if (row := self.read_row(line, cells))]
        rows = [row for _line, row in numbered]
        if self.mark == "line":
            rows = sorted(rows, key=lambda row: row.at)
        whole, whole_name = self.read_amount(
            "of", options.whole, "what the whole is; write a number above 0 or a key, as in “100 | all tokens”"
        )
        each, each_name = self.read_amount("each", options.each, "what one is: “24 | one block is a card of 24 GB”")
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
            whole=whole,
            whole_name=whole_name,
            unnamed_whole=self.phrases.gettext("whole"),
            part_of=self.phrases.gettext("%s of %s"),
            logarithmic=self.phrases.gettext("%s, logarithmic scale"),
            language=self.language,
            each=each,
            each_name=each_name,
            cells=self.cells,
            signs=options.signs,
            tokens=options.tokens,
            masked=frozenset(options.masked),
            keys=self.overlays.keys,
            note=options.note,
            kind=options.kind,
            facet=options.facet,
            object=options.object,
            count=options.count,
            icon=options.icon,
            annotations=self.overlays.annotations,
            steps=self.overlays.steps,
            literals=(*self.literals, *self.overlays.literals),
        )
        self.check_chart(chart, numbered)
        return chart

    def check_chart(self, chart: Chart, numbered: Sequence[tuple[int, Row]]) -> None:
        """Look at what the rows are together."""
        self.mistakes += checks.find_unknown_names(chart)
        self.mistakes += checks.find_wrong_shares(chart)
        self.mistakes += checks.find_wrong_kinds(chart)
        self.mistakes += self.overlays.find_misplaced(chart)
        if self.mistakes:
            return
        each = (chart.each.number if chart.each else None) or 1.0
        whole = checks.count_cells(chart.whole, each) if chart.whole else None
        if chart.mark == "waffle" and chart.whole and whole is None:
            self.mistakes.append(Mistake(None, f"{chart.whole.text} is no whole number of cells; mend “:of:”"))
        for line, row in numbered:
            self.mistakes += checks.find_wrong_counts(line, chart.mark, row, each, whole)
        if chart.mark == "strip" and self.options.lit:
            self.check_lit(numbered)
        if chart.mark == "histogram":
            self.mistakes += checks.find_wrong_bins(numbered)
        if chart.mark == "line":
            self.mistakes += checks.find_repeated_points(chart)
        if not self.mistakes and not chart.keys and not any(checks.has_number(chart.mark, row) for row in chart.rows):
            self.mistakes.append(Mistake(None, "there is no number in it, and so nothing to draw"))

    def check_lit(self, numbered: Sequence[tuple[int, Row]]) -> None:
        """Look whether every row that lights cells lights as many as ``lit`` says."""
        cell = self.read_cell(None, self.options.lit)
        for line, row in numbered:
            count = len({number for numbers in row.lit for number in numbers})
            if count and cell.number is not None and count != cell.number:
                self.mistakes.append(Mistake(line, f"{row.name} lights {count} cells; “:lit:” says {cell.text}"))


def split_cells(line: str) -> list[str]:
    r"""Return the cells of a line: bars at its ends, as in a Markdown table, are no borders, and ``\|`` is text."""
    line = line.strip()
    ended = line.startswith("|") and line.endswith("|") and not line.endswith("\\|") and len(line) > 1
    return [part.strip().replace("\\|", "|") for part in _BAR.split(line[1:-1] if ended else line)]


def _name_axes(mark: str, options: Options, head: str, columns: Sequence[str]) -> tuple[str, str]:
    """Return the titles of the axes, the unit with that of the numbers."""
    first, last = (columns or [""])[0], (columns or [""])[-1]
    single = last if len(columns) == 1 else ""
    named = {"scatter": (first, last), "line": (head, single), "histogram": (head, single), "grid": ("", "")}
    x, y = named.get(mark, (single, ""))
    x, y = x if options.x is None else options.x, y if options.y is None else options.y
    if mark in ("scatter", "line", "slope", "histogram"):
        return x, ", ".join(filter(None, (y, options.unit)))
    return ", ".join(filter(None, (x, options.unit))), y
