"""Dates along an axis: what is written, the time that it covers, and how both are said."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000, 120000)
"""How far apart the ticks of an axis may be."""


class Period(NamedTuple):
    """A date: a day, or the month or year that is all one knows of it; both ends in years."""

    start: float
    end: float
    text: str


class Tick(NamedTuple):
    """A place on an axis, in years, and how it is written."""

    at: float
    text: str


def read_period(written: str, language: str = "en") -> Period:
    """Return what ``2021``, ``2021-12`` or ``2021-12-13`` covers; raises ValueError on anything else."""
    found = _DATE.fullmatch(written.strip())
    if not found:
        raise ValueError(f"“{written}” is no date; write 2021, 2021-12 or 2021-12-13, or a key whose fact is one")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"“{written}” is a day that no calendar has") from None
    if day:
        return Period(_count_years(first), _count_years(first + timedelta(1)), _say(first, "yMMMd", language))
    if month:
        return Period(_count_years(first), count_from_months(12 * year + month), _say(first, "yMMM", language))
    return Period(year, year + 1, str(year))


def count_from_months(months: int) -> float:
    """Return where a month begins, in years, counted from 0 in months."""
    year, month = divmod(months, 12)
    return _count_years(date(year, month + 1, 1)) if date.min.year <= year <= date.max.year else year + month / 12


def choose_ticks(start: float, end: float, count: int, language: str = "en") -> list[Tick]:
    """Return round dates, about so many, from the last before a time to the first after it."""
    for apart in MONTHS_APART:
        first, last = math.floor(12 * start / apart + 1e-6), math.ceil(12 * end / apart - 1e-6)
        # months are not equally long
        first -= count_from_months(first * apart) > start
        last += count_from_months(last * apart) < end
        if last - first < count:
            break
    return list(_write_ticks(range(first * apart, (max(last, first + 1) + 1) * apart, apart), apart, language))


def _write_ticks(months: range, apart: int, language: str) -> Iterator[Tick]:
    for months_passed in months:
        year, month = divmod(months_passed, 12)
        text = str(year) if apart % 12 == 0 else _say(date(year, month + 1, 1), "yMMM", language)
        yield Tick(count_from_months(months_passed), text)


def _count_years(day: date) -> float:
    """Return a day as a year and its part."""
    first = date(day.year, 1, 1)
    length = 366 if date(day.year, 12, 31).timetuple().tm_yday == 366 else 365
    return day.year + (day - first).days / length


def _say(day: date, form: str, language: str) -> str:
    """Return a date as a language writes it."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_skeleton

    try:
        locale = Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    return format_skeleton(form, day, locale=locale)
