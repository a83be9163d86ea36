"""The numbers of an outline as facts of a ledger, each known from a draft alone."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.ledger.numbers import Number, find_unsourced
from paperdeck.ledger.reading import Fact, Known
from paperdeck.ledger.units import COUNTED, read_measure
from paperdeck.ledger.wording import DIGITS, find_disagreement
from paperdeck.outlines.inline import EMPHASIS, STAND_IN, plain, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

LONGEST = 160
"""Letters of what a fact says; the point that it was found in is often longer."""
LONGEST_KEY = 40
KEY_WORD = re.compile(r"(?<![\w.])[a-z][a-z0-9]*(?:-[0-9]+)?(?!\w)")
SMALL_WORDS = (
    "a|an|the|and|or|but|of|to|in|on|at|by|for|from|with|as|is|are|was|were|be|it|its|this|that|these|those|than"
    "|not|no|which|who|into|over|under|up|only|just|more|less|any|all|each|every|about|per|via|vs|use|uses|using"
    "|needed"
)
"""Words that tell nothing of what a number or a point is about."""
FILLERS = re.compile(rf"(?:{SMALL_WORDS}|reach|achieved|thousand|million|billion|trillion)\Z")


class Found(NamedTuple):
    """A number, and the letters of the written text that are its words."""

    number: Number
    start: int
    end: int


class Numbers:
    """Takes the numbers out of texts, one after another, and holds the facts made of them."""

    def __init__(self, language: str = "") -> None:
        self.language = language or "en"
        self.facts: dict[str, Fact] = {}

    def write(self, text: str, context: str = "") -> str:
        """Return a written text with a ``{fact}`` for each of its numbers.

        :param context: what a number is called that stands in a table
        """
        found = list(find_numbers(text))
        if any(EMPHASIS.search(text, each.start, each.end) for each in found):
            return self.write(EMPHASIS.sub("", text), context)  # emphasis that ends inside a number
        says = shorten(plain(f"{context} {text}")) or "a number"
        parts, position = [], 0
        for each in found:
            words = text[each.start : each.end]
            key = make_key(plain(f"{context} {text[: each.start]}"), each.number, plain(text[each.end :]))
            parts += [text[position : each.start], self.write_role(each.number, words, key, says)]
            position = each.end
        return "".join([*parts, text[position:]])

    def write_role(self, number: Number, words: str, key: str, says: str) -> str:
        """Return the role for a number, with a fact for it in the ledger."""
        if re.search(r"[`<>\\]", words):
            return f"{{plain}}`{re.sub(r'[`<>]', '', words)}`"
        fact = make_fact(number, words, says, self.language)
        key = self.find_key(fact, key)
        self.facts.setdefault(key, replace(fact, key=key))
        return f"{{fact}}`{words} <{key}>`"

    def find_key(self, fact: Fact, key: str) -> str:
        """Return a key that is free, or that of the same number under the same name."""
        wanted, count = key, 1
        while (there := self.facts.get(wanted)) and not (
            (there.value, there.text) == (fact.value, fact.text)
            and find_disagreement(there, fact.shown(), self.language) is None
        ):
            count += 1
            wanted = f"{key}_{count}"
        return wanted

    def as_ledger(self) -> str:
        """Return the facts as facts.yaml holds them."""
        entries = []
        for key, fact in self.facts.items():
            number = f"value: {_write_value(fact.value)}" if fact.value is not None else f"text: {_quote(fact.text)}"
            unit = f"  unit: {fact.unit}\n" if fact.unit else ""
            shown = f"  show: {_quote(fact.show[0][1])}\n" if fact.show else ""
            entries.append(f"{key}:\n  says: {_quote(fact.says)}\n  {number}\n{unit}{shown}  known: {fact.known}\n")
        return "".join(entries)


def find_numbers(text: str) -> Iterator[Found]:
    """Yield the numbers of a written text that want a source on a slide."""
    visible = show(text)
    end = 0
    for number in find_unsourced(visible.text):
        start, stop = number.start, number.end
        if number.low < 0 and visible.text[start - 1 : start] in "-−":
            start -= 1
        if digits := next(
            (match for match in DIGITS.finditer(visible.text) if match.start() <= start < match.end()), None
        ):
            stop = max(stop, digits.end())  # “1,2” of a language with a decimal comma
        measure = re.compile(rf"[ \u00a0]?{re.escape(number.noun)}(?!\w)") if number.noun else None
        if measure and read_measure(number.noun) and (after := measure.match(visible.text, stop)):
            stop = after.end()
        if start >= end and STAND_IN not in visible.text[start:stop]:
            yield Found(number, visible.places[start], visible.places[stop - 1] + 1)
            end = stop


def make_fact(number: Number, words: str, says: str, language: str) -> Fact:
    """Return the fact that words say: a value where its words agree with it, else the words alone."""
    shown = (("", words),) if not re.search("[{}]", words) else ()
    draft = Fact("", "", says=says, known=Known.DRAFT, show=shown)
    value = round_value(number.low)
    percent = "%" in words or "percent" in words or "per cent" in words
    unit = next((name for name in COUNTED if number.noun in (name, f"{name}s")), "")
    if not unit and number.noun and words.endswith(number.noun) and read_measure(number.noun):
        unit = number.noun
    candidates = [
        replace(draft, value=(value * 100).normalize() if percent else value, unit="percent" if percent else unit),
        replace(draft, value=value),
    ]
    for fact in candidates if number.low == number.high else []:
        if find_disagreement(fact, words, language) is None and find_disagreement(fact, words, "en") is None:
            return fact
    return replace(draft, text=words, show=())


def round_value(value: Decimal) -> Decimal:
    """Return a value with at most six digits of a fraction that does not end, as of “a third”."""
    return round(value, 6).normalize() if abs(value) < 1 else value.normalize()


def make_key(before: str, number: Number, after: str) -> str:
    """Return a key from the words that stand before a number, and the one after it; without any, from those after."""
    words = [word for word in KEY_WORD.findall(fold(before)) if not FILLERS.match(word)]
    nouns = [word for word in KEY_WORD.findall(fold(number.noun)) if not FILLERS.match(word) and word not in words[-3:]]
    if not words:
        nouns = [word for word in KEY_WORD.findall(fold(after)) if not FILLERS.match(word)][:3]
    key = re.sub(r"\W+", "_", "_".join([*words[-3:], *nouns]), flags=re.A)[:LONGEST_KEY].strip("_")
    return key or "number"


def fold(text: str) -> str:
    """Return a text in lower case and without accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )


def shorten(text: str) -> str:
    """Return a text cut between two words where it is long."""
    text = text.replace(STAND_IN, " ").strip()
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _write_value(value: Decimal | None) -> str:
    assert value is not None
    return f"{value:f}" if abs(value) < 10**6 else value.normalize().to_eng_string().lower().replace("+", "")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
