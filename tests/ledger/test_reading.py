"""The ledger: what is read, what is refused and where, what is computed, and how places are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.ledger.reading import FIELDS, Known, Source
from tests.conftest import TOP
from tests.ledger.samples import GOOD, PATH, fact, load


def test_good_ledger_is_read() -> None:
    """Every field of every kind of fact arrives as it was meant."""
    read, problems = load(GOOD)
    assert problems == []
    total, active, share, licence = read.facts.values()
    assert (total.name, total.value, total.unit, total.shown()) == (
        "glam:total",
        Decimal("1.2e12"),
        "parameter",
        "1.2 trillion",
    )
    assert total.sources == (Source("du2022glam", ("Abstract",)),)
    assert (active.shown("de"), active.shown("fr"), active.differs, active.words) == (
        "96,6 Milliarden",
        "96.6 billion",
        "The outline says more.",
        ("a few",),
    )
    assert (licence.value, licence.shown(), licence.known) == (None, "Apache 2.0", Known.PAPER)
    assert (share.value, share.shown(), share.known) == (Decimal("0.0805"), "8%", Known.COMPUTED)


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("valeu: 3", (2, 3), "'valeu' is no field of a fact; did you mean value?"),
        ("source: du2022glam", (2, 11), "the place is missing"),
        ("source: ', Table 4'", (2, 11), "a key of the bibliography"),
        ("says: [a]", (2, 9), "write a text"),
        ("says: ''", (2, 9), "it is empty"),
        ("says: no value", (1, 1), None),
        ('says: "a\\0b"', (2, 9), "control character"),
        ('says: "\\u202Eb"', (2, 9), "control character"),
        ("value: many", (2, 10), "write a number"),
        ("value: 96.6 billion", (2, 10), "write a number without quotes, units or separators: 96.6e9"),
        ("value: 12,8", (2, 10), "write a number without quotes, units or separators: 12.8"),
        ("value: 1.287,5", (2, 10), "write a number without quotes, units or separators: 1287.5"),
        ("value: \u22123", (2, 10), "write a number without quotes, units or separators: -3"),
        ("value: \u22121,287", (2, 10), "write a number without quotes, units or separators: -1287"),
        ("value: \u22120,5", (2, 10), "write a number without quotes, units or separators: -0.5"),
        ("value: 1,287", (2, 10), "write a number without quotes, units or separators: 1287"),
        ("source: du2022glam Table 4", (2, 11), "a comma and the place: du2022glam, Table 4"),
        ('value: "64"', (2, 10), "write a number"),
        ("value: 96,6", (2, 10), "write a number"),
        ("value: .nan", (2, 10), "write a number"),
        ("value: .inf", (2, 10), "write a number"),
        ("value: 1e999", (2, 10), "write a number"),
        ("value: 0x10", (2, 10), "write a number"),
        ("value: " + "9" * 99, (2, 10), "write a number"),
        ("value:", (2, 3), "write a number"),
        ("unit: furlong", (2, 9), "'furlong' is no unit we know"),
        ("unit: 9**9**9", (2, 9), "is no unit"),
        ("known: lore", (2, 10), "write one of paper, computed, ours, memory, draft"),
        ("known: outline", (2, 10), "write known: draft"),
        ("place: Table 4", (2, 10), "write memory, or nothing"),
        ("words: a few", (2, 10), "write a list"),
        ("show: 65", (2, 9), "'65' does not agree with key, which is 64"),
        ("show: many", (2, 9), "no number is read in 'many'"),
        ('show: "{value.real}"', (2, 9), "in braces, write {value}"),
        ('show: "{value:.999999999f}"', (2, 9), "in braces, write {value}"),
        ('show: "{value!r}"', (2, 9), "in braces, write {value}"),
        ('show: "{0.__class__}"', (2, 9), "in braces, write {value}"),
        ("show: {en: 64, xx!: 64}", (2, 18), "'xx!' is no language"),
        ("show: {value:.1f}", (2, 9), 'a text that begins with “{” goes in quotes; write "{value:.1f}"'),
        ("show: {}", (2, 9), "write a text, or a text for each language"),
        ("show: {en: 64, de: 65}", (2, 9), "'65' does not agree"),
        ("from: other * 2", (2, 9), "has no fact 'other'"),
        ("from: kez * 2", (2, 9), "did you mean key?"),
        ("from: olmoe:key * 2", (2, 9), "there is no ledger 'olmoe'; there are: glam"),
        ("from: key * 2", (2, 9), "goes round in a circle: glam:key → glam:key"),
        ("from: 1 / 0", (2, 9), "divides by zero"),
        ("from: __import__('os')", (2, 9), "has no fact 'os'"),
        ("from: (1).real", (2, 9), "no arithmetic"),
        ("text: MIT\n  unit: token", (3, 9), "without a number there is no unit"),
        ("reported: yes", (2, 13), "write no, or nothing; what is reported goes into value or text"),
        ("reported: no", (4, 10), "write one of value, text, from and reported: no, not reported and value"),
        ("text: MIT\n  value: 3", (3, 10), "write one of value, text, from and reported: no, not text and value"),
        ("text: MIT\n  show: '{value}'", (3, 9), "a text has no {value}"),
    ],
)
def test_fact_that_cannot_be_is_told_at_its_place(line: str, place: tuple[int, int], said: str | None) -> None:
    """Each mistake is one problem, with file, line and column, and the fact is broken."""
    read, problems = load(fact(line))
    if said is None:
        assert problems == []
        return
    [problem] = problems
    assert (problem.path, problem.line, problem.column) == (PATH, *place)
    assert said in problem.message
    assert read.facts == {}
    assert read.broken == {"key"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 5", (1, 4), "a: write its fields below it"),
        ("Active-Params: {says: x}", (1, 1), "'Active-Params' is no key; write active_params"),
        ("2nd: {says: x}", (1, 1), "'2nd' is no key; write lower-case letters, digits and “_”, a letter first"),
        ("a:\nsays: x\nvalue: 3\nsource: k, §1", (1, 1), "a: write its fields below it, indented"),
        ("- a", (1, 1), "write “key: value” here"),
        ("a: b: c", (1, 5), 'a text with “: ” in it goes in quotes; write a: "b: c"'),
        ("a: [", (1, 5), "the bracket that opens here is not closed"),
        ("a: {says: x}\n\ta: b", (2, 1), "a tab stands here; indent with spaces"),
        ("a: &b {says: x}", (1, 4), "anchors and aliases (“&”, “*”) are not read"),
        ("a: *b", (1, 4), "anchors and aliases (“&”, “*”) are not read"),
        ("a: !!python/object/apply:os.system [id]", (1, 4), "tags (“!”) are not read"),
        ("--- {}\n--- {}", (2, 1), "one YAML document"),
        ("a: {says: {x: {y: z}}}", (1, 15), "nested deeper than 3 levels"),
        ("a: " + "[" * 20_000, (1, 6), "nested deeper than 3 levels"),
        ("x" * 200_000, (1, 1), "larger than 128 KiB"),
        ("a: [" + "b, " * 3000 + "]", (1, 6005), "more than 1,000 entries"),
        ("a: b\nc: x\x00", (2, 5), "a character that no text has (U+0000) stands here; take it out"),
        ("%YAML 9.9\n---\na: b", (1, 1), "this is no YAML"),
    ],
)
def test_file_that_cannot_be_read_is_told_once(text: str, place: tuple[int, int], said: str) -> None:
    """A broken or hostile file is one problem at its place."""
    _, [problem] = load(text)
    assert (problem.line, problem.column) == place
    assert said in problem.message


def test_example_of_the_guide_is_good() -> None:
    """What authors copy has no mistake."""
    guide = (TOP / "guide" / "ledger.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    assert load(example)[1] == []


SCALARS: list[Any] = [
    *(
        "x",
        "total",
        "64",
        "96.6e9",
        ".nan",
        "-1e99",
        "~",
        "''",
        "{value}",
        "'{value:,.2f}'",
        "'{value.x}'",
        "a / b",
        "1/0",
    ),
    *(
        "9**9**9",
        "olmoe:a",
        "[a, b]",
        "{en: 64}",
        "du2022glam, Table 4",
        "<b>",
        "&a",
        "*a",
        "!!int 3",
        "|",
        "percent",
        "MWh",
    ),
]
LINES = st.builds("  {}: {}".format, st.sampled_from([*FIELDS, "else"]), st.sampled_from(SCALARS))
FACTS = st.builds("{}:\n{}".format, st.sampled_from("abcdeF"), st.lists(LINES, max_size=7).map("\n".join))
HOSTILE = st.one_of(st.text(max_size=300), st.lists(FACTS, max_size=6).map("\n".join))


@given(HOSTILE)
def test_any_file_is_facts_or_problems_with_a_place(text: str) -> None:
    """Whatever the file holds there is no traceback and no hang; each fact is good or told."""
    read, problems = load(text)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
    for known in read.facts.values():
        assert known.says
        assert len(known.shown()) < 600
        assert known.value is None or known.value.is_finite()
