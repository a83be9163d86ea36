"""Dates of a timeline: what they cover, how they are said, and the ticks of their axis."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperdeck.charts.dates import choose_ticks, read_period


def test_date_covers_what_is_known_of_it() -> None:
    """A day, a month or a year, from its beginning to that of the next; both ends in years."""
    year, month, day = map(read_period, ("2021", "2021-12", "2021-12-31"))
    assert (year.start, year.end) == (2021, 2022)
    assert (month.start, month.end) == (pytest.approx(2021 + 334 / 365), 2022)
    assert (day.start, day.end) == (pytest.approx(2021 + 364 / 365), 2022)
    assert read_period("2020-12-31").start == pytest.approx(2020 + 365 / 366)


def test_date_is_said_in_the_language_of_the_document() -> None:
    """A year as it is; months by name, in English where a language is not known."""
    assert [read_period("2021-03-13", language).text for language in ("en", "de", "pl")] == [
        "13 Mar 2021",
        "13. März 2021",
        "13 mar 2021",
    ]
    assert read_period("2021-03", "x-unheard").text == "Mar 2021"
    assert read_period("0987").text == "987"


@pytest.mark.parametrize("written", ["", "May 2021", "2021-13", "2021-02-29", "21", "2021-1", "0000"])
def test_what_is_no_date_is_told(written: str) -> None:
    """It is not guessed at."""
    with pytest.raises(ValueError, match=r"is no date; write 2021, 2021-12|no calendar has"):
        read_period(written)


@given(st.floats(1, 9900), st.floats(0, 3000), st.integers(2, 12))
@example(1.58203125, 0.0, 2)
def test_axis_covers_its_dates(start: float, length: float, count: int) -> None:
    """It begins at or before the first and ends at or after the last, on round dates, of which there are a few."""
    end = min(start + length, 9990)
    ticks = [tick.at for tick in choose_ticks(start, end, count)]
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= start + 1e-6
    assert ticks[-1] >= end - 1e-6
    assert 2 <= len(ticks) <= count + 2
