"""The ledger of a paper: its facts, read from facts.yaml, checked and computed."""

from __future__ import annotations

import dataclasses
import difflib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from paperdeck.ledger import expressions
from paperdeck.ledger.numbers import read_numbers
from paperdeck.ledger.units import UnitError, read_unit
from paperdeck.ledger.wording import PLACEHOLDER, check_shown, write_value
from paperdeck.ledger.yaml import Node, Unreadable, is_nothing, parse_yaml, read_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

DEEPEST = 3  # the ledger, a fact, a list in it
LONGEST_TEXT = 500
LONGEST_QUOTE = 25  # words
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
MINUS = ("\u2212", "\u2013", "-")
"""The signs that are written before what is less than nothing; the last is a ledger's."""
DECIMAL_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+")
"""A number as many languages write it; three digits behind a comma are thousands in English."""
NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,2})?")
NOT_REPORTED = "not reported"
NOTHING = ("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
WORK = re.compile(r"[^\s,;{}\"#%~\\]{1,80}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


class Known(StrEnum):
    """How a fact is known; each value is what an author writes."""

    PAPER = "paper"
    """in the paper"""
    COMPUTED = "computed"
    """computed"""
    OURS = "ours"
    """our estimate"""
    MEMORY = "memory"
    """from memory"""
    DRAFT = "draft"
    """not looked up yet"""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file, and where; line and column count from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True)
class Source:
    """A work of the bibliography, and the places in it: “Table 4”, “§5.2”."""

    work: str
    places: tuple[str, ...] = ()


def _read_text(node: Node) -> str:
    if not isinstance(node.content, str) or (node.kind == "plain" and node.content in NOTHING):
        raise Unreadable(node, "write a text here")
    text = re.sub(r"[ \t\r\n]+", " ", node.content).strip()
    if not text:
        raise Unreadable(node, "write a text here; it is empty")
    if len(text) > LONGEST_TEXT:
        raise Unreadable(node, f"the text has {len(text)} characters; write at most {LONGEST_TEXT}")
    if UNPRINTABLE.search(text):
        raise Unreadable(node, "the text has a control character; leave it out")
    return text


def _read_number(node: Node) -> Decimal:
    text = node.content if isinstance(node.content, str) else ""
    if node.kind != "plain" or not NUMBER.fullmatch(text):
        if meant := _guess_number(text.strip()):
            raise Unreadable(node, f"write a number without quotes, units or separators: {meant}")
        hint = "write a number without quotes, units or separators, such as 64, 0.08 or 96.6e9"
        raise Unreadable(node, f"{hint}; what is no number goes into “text”")
    return Decimal(text)


def _guess_number(text: str) -> str:
    """Return how a ledger has the number that a text says; empty where it says none, or more than one."""
    if text[:1] in MINUS:
        meant = _guess_number(text[1:].strip()) or text[1:].strip() * bool(NUMBER.fullmatch(text[1:].strip()))
        return f"-{meant}" if meant else ""
    if DECIMAL_COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    read = read_numbers(text)
    whole = len(read) == 1 and read[0].low == read[0].high and read[0].text == text
    return _write_plainly(read[0].low) if whole else ""


def _write_plainly(value: Decimal) -> str:
    """Return a number as a ledger has it, thousands of a large one in the exponent."""
    return f"{value:f}" if value < 10**6 else value.normalize().to_eng_string().lower().replace("+", "")


def _read_texts(node: Node) -> tuple[str, ...]:
    if node.kind != "list":
        raise Unreadable(node, "write a list here: [one, another]")
    return tuple(_read_text(item) for item in node.content if isinstance(item, Node))


def _read_show(node: Node) -> tuple[tuple[str, str], ...]:
    if node.kind != "mapping":
        return (("", _read_template(node)),)
    by_language = {}
    for key, value in read_pairs(node):
        language = _read_text(key)
        if language.partition(":")[0] == "value":
            raise Unreadable(node, f'a text that begins with “{{” goes in quotes; write "{{{language}}}"')
        if not LANGUAGE.fullmatch(language):
            raise Unreadable(key, f"{language!r} is no language; write one such as en or de")
        by_language[language] = _read_template(value)
    if not by_language:
        raise Unreadable(node, "write a text, or a text for each language: {en: 96.6 billion}")
    return tuple(by_language.items())


def _read_template(node: Node) -> str:
    text = _read_text(node)
    if re.search("[{}]", PLACEHOLDER.sub("", text)):
        raise Unreadable(
            node,
            "in braces, write {value}, {value:,} or one such as {value:.1f}, {value:,.0f}, {value:.0%}, {value:.3g}",
        )
    return text


def _read_sources(node: Node) -> tuple[Source, ...]:
    lines = [item for item in node.content if isinstance(item, Node)] if node.kind == "list" else [node]
    return tuple(_read_source(line) for line in lines)


def _read_source(node: Node) -> Source:
    work, _, places = _read_text(node).partition(",")
    if not WORK.fullmatch(work.strip()):
        key, _, rest = work.strip().partition(" ")
        example = f"{key}, {rest.strip()}" if WORK.fullmatch(key) and not places else "du2022glam, Table 4"
        raise Unreadable(node, f"write a key of the bibliography, a comma and the place: {example}")
    listed = (place.strip() for place in re.split(r"[,;]", places))
    return Source(work.strip(), tuple(place for place in listed if place))


def _read_known(node: Node) -> Known:
    if node.content == "outline":
        raise Unreadable(node, "what an outline says and nobody has looked up is called draft; write known: draft")
    try:
        return Known(_read_text(node))
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(node, f"write one of {', '.join(Known)}") from None


def _read_place(node: Node) -> bool:
    if _read_text(node) != "memory":
        raise Unreadable(node, "write memory, or nothing; a place that was read goes into source: du2022glam, Table 4")
    return False


def _read_quote(node: Node) -> str:
    text = _read_text(node)
    if len(text.split()) > LONGEST_QUOTE:
        raise Unreadable(node, f"the quotation has {len(text.split())} words; write at most {LONGEST_QUOTE} of them")
    return text


def _read_off(node: Node) -> str:
    if _read_text(node) != "figure":
        raise Unreadable(node, "write figure, for a value that was read off one, or leave it out")
    return "figure"


def _read_reported(node: Node) -> bool:
    if _read_text(node) != "no":
        raise Unreadable(node, "write no, or nothing; what is reported goes into value or text")
    return False


def _read_expression(node: Node) -> str:
    text = _read_text(node)
    if len(text) > expressions.LONGEST:
        raise Unreadable(node, f"the expression has {len(text)} characters; write at most {expressions.LONGEST}")
    return text


def _describe_field(read: Callable[[Node], Any], says: str, name: str = "", **schema: Any) -> dict[str, Any]:
    """Return what a field is read by, what it says, what an author calls it, and its JSON Schema."""
    return {"read": read, "help": says, "name": name, "schema": schema}


_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST_TEXT}
_TEXTS_SCHEMA = {"type": "object", "additionalProperties": _TEXT_SCHEMA, "minProperties": 1}


@dataclass(frozen=True)
class Fact:
    """One fact; a computed one has its value, sources and parts once ``resolve`` has run."""

    ledger: str
    """The name of the folder that its ledger lies in."""
    key: str
    says: str = field(
        default="", metadata=_describe_field(_read_text, "What the fact says: “experts in each layer”.", **_TEXT_SCHEMA)
    )
    value: Decimal | None = field(
        default=None, metadata=_describe_field(_read_number, "The number, without unit or separators.", type="number")
    )
    text: str = field(
        default="", metadata=_describe_field(_read_text, "In place of value, for what is no number.", **_TEXT_SCHEMA)
    )
    expression: str = field(
        default="",
        metadata=_describe_field(
            _read_expression, "In place of value, what it is computed from.", "from", **_TEXT_SCHEMA
        ),
    )
    reported: bool = field(
        default=True,
        metadata=_describe_field(
            _read_reported,
            "In place of value, no: what source names was read and does not say it.",
            enum=["no", False],
        ),
    )
    unit: str = field(default="", metadata=_describe_field(_read_text, "The unit of the value.", **_TEXT_SCHEMA))
    setting: str = field(
        default="",
        metadata=_describe_field(
            _read_text, "How it was measured, for comparisons: “five examples”, “INT4, by rows”.", **_TEXT_SCHEMA
        ),
    )
    show: tuple[tuple[str, str], ...] = field(
        default=(),
        metadata=_describe_field(
            _read_show, "How it is written; {value} stands for the value.", oneOf=[_TEXT_SCHEMA, _TEXTS_SCHEMA]
        ),
    )
    sources: tuple[Source, ...] = field(
        default=(),
        metadata=_describe_field(
            _read_sources,
            "A key of the bibliography, a comma, and the places; a list for several works.",
            "source",
            oneOf=[_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA}],
        ),
    )
    known: Known = field(
        default=Known.PAPER, metadata=_describe_field(_read_known, "How it is known.", enum=[*map(str, Known)])
    )
    place_checked: bool = field(
        default=True,
        metadata=_describe_field(
            _read_place, "The place was not looked up, and is not printed.", "place", const="memory"
        ),
    )
    quote: str = field(
        default="",
        metadata=_describe_field(
            _read_quote, "Up to 25 words of the paper that hold it, to be found word for word.", **_TEXT_SCHEMA
        ),
    )
    read_off: str = field(
        default="",
        metadata=_describe_field(
            _read_off, "That the value was read off a figure, so that no text holds it.", "read", const="figure"
        ),
    )
    seen: str = field(
        default="",
        metadata=_describe_field(
            _read_text, "Where a person saw it, if the search does not find it, and why it does not.", **_TEXT_SCHEMA
        ),
    )
    differs: str = field(
        default="", metadata=_describe_field(_read_text, "How it is often told otherwise.", **_TEXT_SCHEMA)
    )
    words: tuple[str, ...] = field(
        default=(),
        metadata=_describe_field(
            _read_texts, "Wordings that are right, though no number is read.", type="array", items=_TEXT_SCHEMA
        ),
    )
    parts: tuple[str, ...] = ()
    """The facts it is computed from, as ``folder:key``, and those that they are computed from."""
    working: str = ""
    """How it is computed, in numbers: “1,287 − 456”."""
    verified: bool = True
    """Neither it nor a part of it is known from memory or a draft alone."""
    marks: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    """Where each field stands in the file: line and column."""

    @property
    def name(self) -> str:
        """How other papers call it: ``glam:active_params``."""
        return f"{self.ledger}:{self.key}"

    def shown(self, language: str = "en") -> str:
        """Return how it is written by default in a language, or in its first where it has no text for that."""
        by_language = dict(self.show)
        template = (
            by_language.get(language)
            or by_language.get(language.partition("-")[0])
            or next(iter(by_language.values()), "")
        )
        if self.value is None:
            return template or self.text or ("" if self.reported else NOT_REPORTED)
        return write_value(self.value, template or "{value:,}")


@dataclass(frozen=True)
class Ledger:
    """The facts of one paper, and the keys of those that could not be read."""

    name: str
    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    readable: bool = True
    """Whether the file could be read at all; else nobody knows what facts it has."""


FIELDS = {item.metadata["name"] or item.name: item for item in dataclasses.fields(Fact) if item.metadata}
"""What an author may write of a fact, by the name of the field."""


def read_ledger(text: str, path: str, name: str = "", units: tuple[str, ...] = ()) -> tuple[Ledger, list[Problem]]:
    """Read a ledger; a fact with something wrong is left out, named in ``broken``, each thing wrong is one problem.

    :param name: how it is called; without it, as the folder in its path
    :param units: counting units besides ours
    """
    name = name or PurePath(path).parent.name
    facts: dict[str, Fact] = {}
    broken: set[str] = set()
    misnamed: set[str] = set()
    problems: list[Problem] = []

    def report(node: Node, message: str) -> None:
        problems.append(Problem(path, node.line, node.column, message))

    try:
        root = parse_yaml(text, DEEPEST)
        entries = list(read_pairs(root)) if root else []
    except Unreadable as error:
        report(error.node, str(error))
        return Ledger(name, path, readable=False), problems
    unindented = False
    for node, entry in entries:
        key = node.content if isinstance(node.content, str) else ""
        if unindented and key in FIELDS and entry.kind != "mapping":
            continue
        unindented = is_nothing(entry)
        if not KEY.fullmatch(key):
            meant = _guess_key(key)
            misnamed |= {key, meant}
            wanted = meant or "lower-case letters, digits and “_”, a letter first"
            report(node, f"{key!r:.80} is no key; write {wanted}")
            continue
        if key in facts or key in broken:
            report(node, f"{key} stands twice in this ledger; give one of them another key")
            continue
        fact, wrong = _read_fact(name, key, node, entry, units)
        for where, message in wrong:
            report(where, f"{key}: {message}")
        if wrong:
            broken.add(key)
        else:
            facts[key] = fact
    return Ledger(name, path, facts, frozenset(broken | (misnamed - facts.keys()))), problems


def _guess_key(key: str) -> str:
    """Return what to write in the place of what is no key; empty where nobody knows."""
    close = re.sub("[^a-z0-9]+", "_", key.lower()).strip("_")
    return close if KEY.fullmatch(close) else ""


def _read_fact(
    ledger: str, key: str, node: Node, entry: Node, units: tuple[str, ...]
) -> tuple[Fact, list[tuple[Node, str]]]:
    """Return the fact, and what is wrong with it."""
    wrong: list[tuple[Node, str]] = []
    read_values: dict[str, Any] = {}
    at: dict[str, Node] = {}
    try:
        fields = list(read_pairs(entry))
    except Unreadable:
        return Fact(ledger, key), [(entry, "write its fields below it, indented: says, value, source")]
    for label, value in fields:
        name = label.content if isinstance(label.content, str) else ""
        if name not in FIELDS:
            close = difflib.get_close_matches(name, FIELDS, 1)
            hint = f"did you mean {close[0]}?" if close else f"write one of {', '.join(FIELDS)}"
            wrong.append((label, f"{name!r:.80} is no field of a fact; {hint}"))
        elif name in at:
            wrong.append((label, f"{name} stands twice; leave one out"))
        else:
            at[name] = value
            try:
                read_values[FIELDS[name].name] = FIELDS[name].metadata["read"](value)
            except Unreadable as error:
                wrong.append((error.node, f"{name}: {error}"))
    if "from" in at:
        read_values.setdefault("known", Known.COMPUTED)
    marks = {"": (node.line, node.column), **{name: (value.line, value.column) for name, value in at.items()}}
    fact = Fact(ledger, key, **read_values, marks=marks)
    fact = dataclasses.replace(fact, verified=fact.known not in (Known.MEMORY, Known.DRAFT))
    if not fact.place_checked:  # a place from memory is printed nowhere, so it is not kept
        fact = dataclasses.replace(fact, sources=tuple(Source(source.work) for source in fact.sources))
    if not wrong:  # else one mistake would be told twice
        wrong = [(at.get(name, node), message) for name, message in _check_fields(fact, at, units)]
    return fact, wrong


def _check_fields(fact: Fact, given: Collection[str], units: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the fields taken together, each with the field it is told at."""
    if not fact.says:
        yield "", "says is missing; write what the fact says"
    kinds = [name for name in given if name in ("value", "text", "from", "reported")]
    if len(kinds) != 1:
        yield (
            (kinds[-1] if kinds else ""),
            f"write one of value, text, from and reported: no{', not ' * bool(kinds)}{' and '.join(kinds)}",
        )
    if fact.unit and (fact.text or not fact.reported):
        yield "unit", "without a number there is no unit; leave it out"
    if (fact.text or not fact.reported) and any(PLACEHOLDER.search(template) for _, template in fact.show):
        yield "show", "a text has no {value}; write out what is shown"
    if fact.unit:
        try:
            read_unit(fact.unit, units)
        except UnitError as error:
            yield "unit", str(error)
    if fact.known is Known.PAPER and not fact.expression:
        if not fact.sources:
            yield "", "source is missing; write where it stands: source: du2022glam, Table 4"
        elif fact.place_checked and not all(source.places for source in fact.sources):
            yield "source", "the place is missing; write du2022glam, Table 4, or add place: memory"
    if fact.value is not None:
        yield from (("show", message) for message in check_shown(fact, units))
