"""How a fact is written, and whether an author's own words say it."""

from __future__ import annotations

import dataclasses
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

from paperdeck.ledger import numbers
from paperdeck.ledger.units import UnitError, find_factor, read_measure, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperdeck.ledger.reading import Fact

PLACEHOLDER = re.compile(r"\{value(?::(?P<comma>,?)(?:\.(?P<digits>[0-6])(?P<kind>[f%eg]))?)?\}")
DIGITS = re.compile("[0-9]+(?:(?:[.,'\u2019\u00a0\u2009\u202f]| (?=[0-9]{3}(?![0-9])))[0-9]+)*")


def write_value(value: Decimal, template: str) -> str:
    """Return a checked template with the value put in; digits are rounded half up."""

    def put_in(match: re.Match[str]) -> str:
        number = value if match["kind"] else round_value(value)
        spec = f".{match['digits']}{match['kind']}" if match["kind"] else "f"
        with localcontext(prec=60, rounding=ROUND_HALF_UP):
            text = format(number, (match["comma"] or "") + spec)
        return text.replace("-", "−")

    return PLACEHOLDER.sub(put_in, template)


def find_disagreement(fact: Fact, words: str, language: str = "en", units: tuple[str, ...] = ()) -> str | None:
    """Return why these words do not say the fact; None when they do, to the digits they show.

    In other languages than English only the digits are compared, wherever the decimal point is.
    """
    words = words.strip()
    if words.casefold() in (allowed.casefold() for allowed in fact.words):
        return None
    if fact.value is None:
        said = [text.casefold() for text in (fact.text, *(text for _, text in fact.show))]
        if any(words.casefold() in text for text in said):
            return None
        return f"{words!r} is not in the text of {fact.key}, {fact.text!r}"
    if language.partition("-")[0] != "en":
        found = DIGITS.findall(words)
        wrong = [digits for digits in found if not _shows_digits(digits, fact.value)]
        return _explain(fact, words, wrong[0] if wrong else "") if wrong or not found else None
    read = numbers.read_numbers(words)
    for number in read:
        if (measured := _convert(number, fact, units)) is None or not measured.agrees(
            fact.value, percent=fact.unit in ("percent", "point")
        ):
            return _explain(fact, words, number.text)
    return None if read else _explain(fact, words, "")


def check_shown(fact: Fact, units: tuple[str, ...]) -> Iterator[str]:
    """Yield why what a fact shows by default does not say it, in each of its languages."""
    for language, _ in fact.show:
        if message := find_disagreement(fact, fact.shown(language), language or "en", units):
            yield message


def _explain(fact: Fact, words: str, number: str) -> str:
    if not number:
        return f"no number is read in {words!r}; write one, or list the words in the fact: words: [{words}]"
    value = write_value(fact.value or Decimal(0), "{value:,}") + (f" {fact.unit}" if fact.unit else "")
    what = f"{number!r}" if number == words else f"{number!r} in {words!r}"
    return f"{what} does not agree with {fact.key}, which is {value}"


def _convert(number: numbers.Number, fact: Fact, units: tuple[str, ...]) -> numbers.Number | None:
    """Return the number in the unit of the fact; None when it is of another kind, such as MWh of parameters."""
    if not fact.unit or not number.noun or (measured := read_measure(number.noun, units)) is None:
        return number
    try:
        by = find_factor(measured, read_unit(fact.unit, units))
    except UnitError:
        return None
    return dataclasses.replace(number, low=number.low * by, high=number.high * by, resolution=number.resolution * by)


def _shows_digits(digits: str, value: Decimal) -> bool:
    shown = re.sub("[^0-9]", "", digits).lstrip("0")
    if not shown:
        return value == 0
    return abs(abs(value).scaleb(len(shown) - 1 - value.adjusted()) - int(shown)) <= Decimal("0.5")


def round_value(value: Decimal) -> Decimal:
    """Return a value without the endless digits of a division."""
    if len(value.as_tuple().digits) <= 12:
        return value
    with localcontext(prec=12):
        return (+value).normalize()
