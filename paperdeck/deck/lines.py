"""Running text on lines, as a browser breaks it: where a line may end, and how far each reaches above and below."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.pictures.text_width import split_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SPACE = re.compile(r"[^\S\u00a0\u202f]")
"""Each character at which a line may end."""


class Run(NamedTuple):
    """A piece of running text in one face."""

    text: str
    measure: Callable[[str], float]
    above: float = 0
    below: float = 0
    """How far it reaches from the line on which letters stand, where that may be farther than letters do."""


LINE_END = Run("\n", lambda _text: 0)
"""Where an author ends a line by ``<br>``."""


class Line(NamedTuple):
    """How far what stands on one line reaches above and below the letters' own line."""

    above: float
    below: float


def fill_lines(runs: Iterable[Run], width: float) -> list[Line]:
    """Return the lines on which text stands in a width; each ends where it is full, or its author ends it."""
    lines: list[Line] = []
    open_runs: list[Run] = []
    for run in runs:
        if run is LINE_END:
            lines += _fill(open_runs, width)
            open_runs = []
        else:
            open_runs.append(run)
    return lines + (_fill(open_runs, width) if open_runs or not lines else [])


def _fill(runs: Sequence[Run], width: float) -> list[Line]:
    """Return the lines on which text stands up to where its author ends a line."""
    owners = [run for run in runs for _letter in run.text]
    text = SPACE.sub(" ", "".join(run.text for run in runs))  # one for one, as owners are
    lines, used = [Line(0, 0)], 0.0
    for piece, wide, above, below in find_pieces(text, owners):
        if piece == " ":
            used += wide if used else 0
            continue
        if used and used + wide > width + 0.5:
            lines.append(Line(0, 0))
            used = 0.0
        if wide > width:  # a word that breaks
            lines += [Line(0, 0)] * (ceil(wide / width) - 1)
            wide %= width
        used += wide
        lines[-1] = Line(max(lines[-1].above, above), max(lines[-1].below, below))
    return lines


def find_pieces(text: str, owners: Sequence[Run]) -> Iterator[tuple[str, float, float, float]]:
    """Yield the pieces of a text between which a line may end: each, how wide it is, and how far above and below."""
    position = 0
    for piece in split_pieces(text):
        position = text.index(piece[0], position)
        end = position + len(piece)
        own = owners[position:end]
        yield (
            piece,
            measure_piece(text[position:end], own),
            max(run.above for run in own),
            max(run.below for run in own),
        )
        position = end


def measure_piece(text: str, owners: Sequence[Run]) -> float:
    """Return how wide a text is whose letters belong to these runs."""
    width, start = 0.0, 0
    for index in range(1, len(text) + 1):
        if index == len(text) or owners[index] is not owners[start]:
            width += owners[start].measure(text[start:index].replace("\u00a0", " "))
            start = index
    return width
