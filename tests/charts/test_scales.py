"""Scales: every number lies on its axis, in order, and a tick says where it is."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.charts.scales import make_logarithmic_scale, make_scale, write_tick

POWERS = {"k": 3, "M": 6, "B": 9, "T": 12, "": 0}
NUMBERS = st.lists(st.floats(-1e100, 1e100).filter(lambda number: number == 0 or abs(number) > 1e-100), min_size=1)
COUNTS = st.integers(1, 10)


def parse_tick(text: str) -> Decimal:
    """Return the number that a tick says."""
    found = re.fullmatch(r"(−?)([\d.]+)(?:\u202f([kMBT])|e(−?\d+))?", text)
    assert found
    power = int(found[4].replace("−", "-")) if found[4] else POWERS[found[3] or ""]
    return Decimal(found[2]).scaleb(power) * (-1 if found[1] else 1)


@given(NUMBERS, COUNTS, st.floats(0, 30), st.integers(0, 10))
def test_numbers_lie_on_their_axis_in_order(numbers: list[float], count: int, padding: float, steps: int) -> None:
    """Whatever the numbers are, each has its place between the ends, a greater one further on, and ticks are few."""
    scale = make_scale(numbers, 50, 650, count, padding=padding, steps=steps)
    places = [scale.locate(number) for number in sorted(numbers)]
    assert places == sorted(places)
    free = 0 if steps else padding - 0.01  # a round end has room enough
    assert 50 + free <= places[0] <= places[-1] <= 650 - free
    assert 2 <= len(scale.ticks) <= 2 * count + 3


@given(NUMBERS, COUNTS)
def test_ticks_lie_on_the_axis_at_one_distance(numbers: list[float], count: int) -> None:
    """Ticks are multiples of one step, in order, and none lies beyond the ends."""
    scale = make_scale(numbers, 650, 50, count)
    assert all(Decimal(repr(scale.low)) <= tick <= Decimal(repr(scale.high)) for tick in scale.ticks)
    assert len({later - earlier for earlier, later in pairwise(scale.ticks)}) == 1


@given(st.lists(st.floats(1e-100, 1e100), min_size=1), COUNTS)
def test_logarithmic_axis_holds_its_numbers(numbers: list[float], count: int) -> None:
    """A logarithmic axis holds all its numbers, in order, and its ticks, which are neither none nor many."""
    scale = make_logarithmic_scale(numbers, 0, 600, count)
    places = [scale.locate(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert places[0] > 0
    assert places[-1] < 600
    assert 2 <= len(scale.ticks) <= 2 * count + 3
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert all(0 <= scale.locate(float(tick)) <= 600 for tick in scale.ticks)


@given(st.integers(-999, 999), st.integers(-60, 60))
def test_tick_says_its_number(digits: int, power: int) -> None:
    """What is written at a tick is the tick, to the last digit."""
    tick = Decimal(digits).scaleb(power)
    assert parse_tick(write_tick(tick)) == tick


@pytest.mark.parametrize(
    ("tick", "text"),
    [
        ("0.50", "0.5"),
        ("0", "0"),
        ("-2000", "−2000"),
        ("12500", "12.5\u202fk"),
        ("1E+10", "10\u202fB"),
        ("0.00002", "0.00002"),
        ("2E-7", "2e−7"),
        ("-5E+20", "−5e20"),
    ],
)
def test_tick_is_written_as_people_write(tick: str, text: str) -> None:
    """Thousands, millions, billions and trillions have their letters, what is beyond has its power of ten."""
    assert write_tick(Decimal(tick)) == text


@pytest.mark.parametrize(
    ("numbers", "count", "ticks"),
    [
        ((0, 100), 5, "0 20 40 60 80 100"),
        ((0.1, 0.3), 2, "0.1 0.2 0.3"),
        ((56.9, 68.1), 4, "58 60 62 64 66 68"),
        ((3, 4), 8, "3 4"),
        ((5,), 5, "4 5 6"),
        ((0,), 5, "−1 0 1"),
    ],
)
def test_ticks_are_round(numbers: tuple[float, ...], count: int, ticks: str) -> None:
    """Steps are 1, 2 or 5 times a power of ten; what is counted has no halves; one number has room around it."""
    scale = make_scale([*map(float, numbers)], 0, 1, count)
    assert " ".join(map(write_tick, scale.ticks)) == ticks


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ((1.1e9, 9.2e9), "2\u202fB 3\u202fB 5\u202fB 7\u202fB"),
        ((1, 1000), "1 10 100 1000"),
        ((3, 3), "3 3.1 3.2"),
        ((1, 1e12), "1 1000 1\u202fM 1\u202fB 1\u202fT"),
    ],
)
def test_logarithmic_ticks_are_round_and_few(numbers: tuple[float, ...], ticks: str) -> None:
    """A decade has up to five ticks, three decades four, and of many decades some are left out."""
    scale = make_logarithmic_scale([*map(float, numbers)], 0, 1, 6)
    found = [tick for tick in scale.ticks if min(numbers) <= tick <= 1.08 * max(numbers)]
    assert " ".join(map(write_tick, found)) == ticks


def test_drawing_starts_no_engine() -> None:
    """A chart is drawn without the converter that exports pictures: what is not exported does not load it."""
    code = """if True:
        import sys
        from paperdeck.charts.data import Options
        from paperdeck.charts.layout import Room
        from paperdeck.charts.marks import draw_chart
        from paperdeck.charts.reading import read_chart
        chart = read_chart(["model | score", "a | 1"], "bar", Options(), fact=None)
        draw_chart(chart, Room(680, 400, 15, 56), "")
        assert "vl_convert" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True)
