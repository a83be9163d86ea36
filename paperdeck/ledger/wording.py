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
SHARES = ("percent", "point")
"""The units that count hundredths."""
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
        said = [text.casefold() for text in (fact.text or fact.shown(language), *(text for _, text in fact.show))]
        if any(words.casefold() in text for text in said):
            return None
        return f"{words!r} is not in the text of {fact.key}, {fact.text or fact.shown(language)!r}"
    wrong = _find_wrong_number(fact, words, language, units)
    return None if wrong is None else _explain(fact, words, wrong, _correct(fact, words, wrong, language, units))


def _find_wrong_number(fact: Fact, words: str, language: str, units: tuple[str, ...]) -> str | None:
    """Return the first number that does not say the fact; empty where there is no number, None where all say it."""
    if language.partition("-")[0] != "en":
        found = DIGITS.findall(words)
        return next((digits for digits in found if not _shows_digits(digits, _value(fact))), None if found else "")
    read = numbers.read_numbers(words)
    for number in read:
        measured = _convert(number, fact, units)
        if measured is None or not measured.agrees(_value(fact), percent=fact.unit in SHARES):
            return number.text
    return None if read else ""


def check_shown(fact: Fact, units: tuple[str, ...]) -> Iterator[str]:
    """Yield why what a fact shows by default does not say it, in each of its languages."""
    for language, _ in fact.show:
        if message := find_disagreement(fact, fact.shown(language), language or "en", units):
            yield message


def _explain(fact: Fact, words: str, number: str, correct: str) -> str:
    if not number:
        hint = f"write one, such as “{correct}”," if correct else "write one,"
        return f"no number is read in {words!r}; {hint} or list the words in the fact: words: [{words}]"
    value = write_value(_value(fact), "{value:,}") + (f" {fact.unit}" if fact.unit else "")
    what = f"{number!r}" if number == words else f"{number!r} in {words!r}"
    hint = f"; “{correct}” would" if correct else ""
    return f"{what} does not agree with {fact.key}, which is {value}{hint}"


def _correct(fact: Fact, words: str, number: str, language: str, units: tuple[str, ...]) -> str:
    """Return words that say the fact: these with another number, else those of the fact; empty where there are none."""
    corrected = (_put_in(fact, words, read, units) for read in numbers.find_numbers(words) if read.text == number)
    for said in (*corrected, fact.shown(language)):
        if said and said != words and _find_wrong_number(fact, said, language, units) is None:
            return said
    return ""


def _put_in(fact: Fact, words: str, number: numbers.Number, units: tuple[str, ...]) -> str:
    """Return words with the value in the place of a number, to as many digits; empty where that number is in words."""
    digits, measured = DIGITS.search(number.text), _convert(number, fact, units)
    if digits is None or measured is None or measured.low != measured.high or not measured.low:
        return ""
    value = _value(fact) / 100 if number.share and fact.unit in SHARES else _value(fact)
    decimals = len(digits[0].partition(".")[2])
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        scale = Decimal(digits[0].replace(",", "").replace(" ", "")) / abs(measured.low)
        text = format(abs(value) * scale, f"{',' * (',' in digits[0])}.{decimals}f")
    if not text.strip("0.") and value:
        return ""
    start = number.start + digits.start()
    return words[:start] + text + words[start + len(digits[0]) :]


def _value(fact: Fact) -> Decimal:
    return fact.value or Decimal(0)


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
