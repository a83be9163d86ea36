"""The scales of a chart: where a number lies along an axis, where its ticks are, and how they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEPS = (1, 2, 5, 10)
"""What a step between ticks may be, times a power of ten."""
STEPS_IN_DECADE = ((1, 2, 3, 5, 7), (1, 2, 5), (1,))
"""What may be written within each decade of a logarithmic axis, the most first."""
UNITS = ((12, "T"), (9, "B"), (6, "M"), (3, "k"))
"""What stands for a power of ten at a tick from ten thousand on."""
COUNTED = 10_000
"""Below it a whole number is a year, a step, a count: around it stand its neighbours."""
SAME = 1e-9
"""Numbers that differ by less than this share of themselves are drawn as one."""


@dataclass(frozen=True)
class Scale:
    """An axis: the numbers at its ends, and the px at which these lie."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[Decimal, ...] = ()
    logarithmic: bool = False

    def locate(self, number: float) -> float:
        """Return where a number lies, px."""
        low, high, number = (math.log10(n) if self.logarithmic else n for n in (self.low, self.high, number))
        return self.start + (number - low) / (high - low) * (self.end - self.start)


def find_diagonal(x: Scale, y: Scale) -> list[tuple[float, float]]:
    """Return the ends of the line y = x, px; none where no number lies on both axes."""
    low, high = max(x.low, y.low), min(x.high, y.high)
    return [(x.locate(end), y.locate(end)) for end in (low, high)] if low < high else []


def make_scale(
    numbers: Sequence[float], start: float, end: float, count: int, *, padding: float = 0, steps: int = 0
) -> Scale:
    """Return a scale on which all the numbers lie, with about ``count`` ticks.

    :param start, end: the px of its ends
    :param padding: the px that are left free at each of them
    :param steps: it goes on to the next end of about so many round steps; 0: it does not
    """
    low, high = min(numbers), max(numbers)
    whole = all(number.is_integer() for number in numbers)
    if high - low <= SAME * max(abs(low), abs(high)):
        around = 1.0 if whole and abs(low) < COUNTED else abs(low) / 10
        low, high = low - around, high + around
    if whole:  # no half of what is counted
        count, steps = (min(limit, max(1, int(high - low))) for limit in (count, steps))
    length = abs(end - start)
    beyond = (high - low) * padding / max(length - 2 * padding, 1)
    low, high = low - beyond, high + beyond
    if steps:
        low, high = _round_ends(low, high, steps)
    return Scale(low, high, start, end, tuple(_list_ticks(low, high, count)))


def make_logarithmic_scale(numbers: Sequence[float], start: float, end: float, count: int) -> Scale:
    """Return a logarithmic scale with room for marks at its ends, and at most about ``count`` ticks."""
    low, high = min(numbers), max(numbers)
    edge = max((high / low) ** 0.05, 1.08)
    low, high = low / edge, high * edge
    ticks = next(ticks for ticks in _choose_decades(low, high) if len(ticks) <= count)
    if len(ticks) < 2:  # all lie within a part of a decade
        ticks = _list_ticks(low, high, count)
    return Scale(low, high, start, end, tuple(ticks), logarithmic=True)


def choose_step(span: Decimal, count: int) -> Decimal:
    """Return the 1, 2 or 5 times a power of ten that comes nearest to a ``count``-th of a span."""
    exact = span / count
    decade = Decimal(1).scaleb(exact.adjusted())
    return min((step * decade for step in STEPS), key=lambda step: abs((step / exact).ln()))


def write_tick(tick: Decimal) -> str:
    """Return a tick as it is written: 0.5, −2000, 10 B, 2e−7."""
    sign, tick = "−" if tick < 0 else "", abs(tick)
    power = tick.adjusted()
    if tick and not -5 <= power < 15:
        return f"{sign}{_write_plain(tick.scaleb(-power))}e{power}".replace("-", "−")
    if tick >= 10_000:
        thousands, unit = next(unit for unit in UNITS if power >= unit[0])
        return f"{sign}{_write_plain(tick.scaleb(-thousands))}\u202f{unit}"
    return sign + _write_plain(tick)


def _round_ends(low: float, high: float, count: int) -> tuple[float, float]:
    """Return the ends moved outwards to ticks."""
    least, most = _decimal(low), _decimal(high)
    count = max(count, 2)  # around zero, one step would never do
    step = choose_step(most - least, count)
    while True:
        least, most = _round(least, step, ROUND_FLOOR), _round(most, step, ROUND_CEILING)
        if (wider := choose_step(most - least, count)) == step:
            return float(least), float(most)
        step = wider  # which the longer axis has


def _list_ticks(low: float, high: float, count: int) -> list[Decimal]:
    """Return the multiples of a round step between two numbers, two at least."""
    least, most = _decimal(low), _decimal(high)
    step = choose_step(most - least, count)
    first, last = (least / step).to_integral_value(ROUND_CEILING), (most / step).to_integral_value(ROUND_FLOOR)
    if last <= first:
        return _list_ticks(low, high, count + 1)
    return [number * step for number in range(int(first), int(last) + 1)]


def _choose_decades(low: float, high: float) -> Iterator[list[Decimal]]:
    """Yield what may be the ticks of a logarithmic axis, fewer each time."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    finer = ((steps, 1) for steps in STEPS_IN_DECADE)
    coarser = (((1,), every) for every in range(2, last - first + 3))
    for steps, every in chain(finer, coarser):
        decades = (decade for decade in range(first, last + 1) if decade % every == 0)
        ticks = [Decimal(step).scaleb(decade) for decade in decades for step in steps]
        yield [tick for tick in ticks if low <= tick <= high]


def _write_plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (number / step).to_integral_value(rounding) * step


def _decimal(number: float) -> Decimal:
    """Return a float as the number that is written for it, so that 0.3 is three tenths."""
    return Decimal(repr(number))
