"""The ledger: what is read, what is refused and where, what is computed, and how places are written."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperdeck.ledger import reading as ledger
from paperdeck.ledger.reading import Known, Ledger, Problem, Source, UnknownFact
from tests.conftest import TOP

PATH = "papers/glam/facts.yaml"
GOOD = """
total:
  says: parameters in all
  value: 1.2e12
  unit: parameter
  show: 1.2 trillion
  source: du2022glam, Abstract
active:
  says: parameters that one token activates
  value: 96.6e9
  unit: parameter
  show: {en: 96.6 billion, de: "96,6 Milliarden"}
  source: [du2022glam, "brown2020gpt3, Table 4; §5.2"]
  place: memory
  differs: "The outline says more."
  words: [a few]
share:
  says: share of the parameters that one token uses
  from: active / total
  show: "{value:.0%}"
licence:
  says: licence of the weights
  text: Apache 2.0
  source: du2022glam, §7
"""


def load(text: str) -> tuple[Ledger, list[Problem]]:
    """Read and resolve one ledger called “glam”."""
    read, problems = ledger.read(text, PATH)
    resolved, more = ledger.resolve([read])
    return resolved["glam"], problems + more


def fact(line: str, key: str = "key") -> str:
    """Return a ledger of one fact that is right but for this line."""
    rest = {"says": "says: what", "value": "value: 64", "source": "source: du2022glam, §4"}
    rest.pop(line.partition(":")[0], None)
    if line.startswith(("from", "text")):
        rest.pop("value")
    return f"{key}:\n" + "".join(f"  {text}\n" for text in (line, *rest.values()))


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


def test_computed_fact_cites_what_its_parts_cite() -> None:
    """Sources, parts and doubts of the parts are those of the whole; a place from memory is not kept."""
    share = load(GOOD)[0].facts["share"]
    assert share.sources == (Source("du2022glam", ("Abstract",)), Source("brown2020gpt3"))
    assert share.parts == ("glam:active", "glam:total")
    assert share.working == "96.6 billion / 1.2 trillion"
    assert not share.place_checked


def test_what_rests_on_memory_is_not_verified() -> None:
    """A fact from memory or an outline is unverified, and so is what is computed from it."""
    read, _ = load(fact("known: memory") + "twice:\n  says: twice\n  from: key * 2\n" + fact("known: ours", "own"))
    assert [read.facts[key].verified for key in ("key", "twice", "own")] == [False, False, True]


def test_facts_are_computed_across_ledgers() -> None:
    """A name with a folder reaches the ledger beside it, in any order of reading."""
    one, _ = ledger.read(
        "ratio:\n  says: ratio\n  from: glm-130b:key / key\n" + fact("value: 32"), "papers/glam/facts.yaml"
    )
    other, _ = ledger.read(fact("value: 64"), "papers/glm-130b/facts.yaml")
    resolved, problems = ledger.resolve([one, other])
    assert problems == []
    assert resolved["glam"].facts["ratio"].value == 2
    assert resolved["glam"].facts["ratio"].parts == ("glm-130b:key", "glam:key")


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
        ("known: lore", (2, 10), "write one of paper, computed, ours, memory, outline"),
        ("place: Table 4", (2, 10), "write memory, or nothing"),
        ("words: a few", (2, 10), "write a list"),
        ("show: 65", (2, 9), "'65' does not agree with key, which is 64"),
        ("show: many", (2, 9), "no number is read in 'many'"),
        ('show: "{value.real}"', (2, 9), "in braces, write {value}"),
        ('show: "{value:.999999999f}"', (2, 9), "in braces, write {value}"),
        ('show: "{value!r}"', (2, 9), "in braces, write {value}"),
        ('show: "{0.__class__}"', (2, 9), "in braces, write {value}"),
        ("show: {en: 64, xx!: 64}", (2, 18), "'xx!' is no language"),
        ("show: {}", (2, 9), "write a text, or a text for each language"),
        ("show: {en: 64, de: 65}", (2, 9), "'65' does not agree"),
        ("from: other * 2", (2, 9), "has no fact 'other'"),
        ("from: kez * 2", (2, 9), "did you mean key?"),
        ("from: olmoe:key * 2", (2, 9), "there is no ledger 'olmoe'; there are: glam"),
        ("from: key * 2", (2, 9), "goes round in a circle: glam:key → glam:key"),
        ("from: 1 / 0", (2, 9), "divides by zero"),
        ("from: __import__('os')", (2, 9), "has no fact 'os'"),
        ("from: (1).real", (2, 9), "no arithmetic"),
        ("text: MIT\n  unit: token", (3, 9), "a text has no unit"),
        ("text: MIT\n  value: 3", (3, 10), "write one of value, text and from, not text and value"),
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
        ("Active: {says: x}", (1, 1), "'Active' is no key"),
        ("- a", (1, 1), "write “key: value” here"),
        ("a: b: c", (1, 5), "this is no YAML"),
        ("a: [", (1, 5), "this is no YAML"),
        ("a: {says: x}\n\ta: b", (2, 1), "this is no YAML"),
        ("a: &b {says: x}", (1, 4), "anchors and aliases are not read"),
        ("a: *b", (1, 4), "anchors and aliases are not read"),
        ("a: !!python/object/apply:os.system [id]", (1, 4), "tags are not read"),
        ("--- {}\n--- {}", (2, 1), "one YAML document"),
        ("a: {says: {x: {y: z}}}", (1, 15), "nested deeper than 3 levels"),
        ("a: " + "[" * 20_000, (1, 6), "nested deeper than 3 levels"),
        ("x" * 200_000, (1, 1), "larger than 128 KiB"),
        ("a: [" + "b, " * 3000 + "]", (1, 6005), "more than 1,000 entries"),
        ("\x00", (1, 1), "this is no YAML"),
        ("%YAML 9.9\n---\na: b", (1, 1), "this is no YAML"),
    ],
)
def test_file_that_cannot_be_read_is_told_once(text: str, place: tuple[int, int], said: str) -> None:
    """A broken or hostile file is one problem at its place, found in no time."""
    started = time.process_time()
    _, [problem] = load(text)
    assert time.process_time() - started < 2
    assert (problem.line, problem.column) == place
    assert said in problem.message


def test_several_mistakes_are_told_together() -> None:
    """One run tells all, the good facts stay, and what needs a broken fact is not told again."""
    text = """\
good: {says: x, value: 1, source: "du2022glam, §1"}
good: {says: x, value: 2, source: "du2022glam, §1"}
twice: {says: x, says: y, value: 1, known: ours}
bare: {value: 1}
kind: {says: x, known: ours}
nowhere: {says: x, value: 1}
needs: {says: x, from: bare * 2}
needs_more: {says: x, from: needs * 2}
there: {says: x, from: back}
back: {says: x, from: there}
after: {says: x, from: back}
words: {says: x, value: 1, unit: token, known: ours}
mixed: {says: x, from: words + power}
power: {says: x, value: 1, unit: MWh, known: ours}
typed: {says: x, from: power, unit: token}
"""
    read, problems = load(text)
    assert [(problem.line, problem.message.partition(";")[0]) for problem in problems] == [
        (2, "good stands twice in this ledger"),
        (3, "twice: says stands twice"),
        (4, "bare: says is missing"),
        (4, "bare: source is missing"),
        (5, "kind: write one of value, text and from"),
        (6, "nowhere: source is missing"),
        (9, "there: from: it goes round in a circle: glam:there → glam:back → glam:there"),
        (13, "mixed: from: token and MWh do not go together"),
        (15, "typed: from: it comes to MWh, but its unit is token"),
    ]
    assert list(read.facts) == ["good", "words", "power"]
    assert read.facts["good"].value == 1


def test_long_chain_is_computed() -> None:
    """A thousand facts, each from the next, need no recursion."""
    chain = "".join(f"k{number}: {{says: x, from: k{number + 1}}}\n" for number in range(999))
    read, problems = load(chain + "k999: {says: x, value: 5, known: ours}")
    assert problems == []
    assert read.facts["k0"].value == 5


def test_unknown_fact_says_what_there_is() -> None:
    """A name that is close is suggested; a broken fact is told from one that is missing."""
    read, _ = load(GOOD + "broken: {says: x}\n")
    ledgers = {"glam": read}
    assert ledger.find(ledgers, "olmoe", "glam:total") is ledger.find(ledgers, "glam", "total")
    for reference, said in [
        ("totl", "did you mean total"),
        ("olmoe:x", "there are: glam"),
        ("broken", "is broken there"),
    ]:
        with pytest.raises(UnknownFact, match=said):
            ledger.find(ledgers, "glam", reference)


def test_unknown_work_is_told_at_the_source() -> None:
    """A source that the bibliography does not have is a problem where it stands."""
    read, _ = load(GOOD)
    [problem] = ledger.unknown_works(read, {"du2022glam", "brown2020gpt"})
    assert (
        str(problem) == f"{PATH}:13:11: active: 'brown2020gpt3' is not in the bibliography; did you mean brown2020gpt?"
    )


@pytest.mark.parametrize(
    ("places", "short"),
    [
        (["Table 4", "§5.2", "Table 4"], ["Table 4", "§5.2"]),
        (["Table 4", "§2", "Table 10"], ["Tables 4 and 10", "§2"]),
        (["Figure 1", "Figure 2", "Figure 30"], ["Figures 1, 2 and 30"]),
        (["§4 Model Architecture", "§4"], ["§4"]),
        (["Appendix A.1", "Abstract"], ["Appendix A.1", "Abstract"]),
        ([], []),
    ],
)
def test_places_are_merged_and_short(places: list[str], short: list[str]) -> None:
    """Each place once, tables with tables, sections without their titles."""
    assert ledger.short_places(places) == short


def test_schema_and_reader_know_the_same_fields() -> None:
    """What an editor offers is what the reader takes, and the guide describes each."""
    [entry] = ledger.author_schema()["patternProperties"].values()
    assert set(entry["properties"]) == set(ledger.ENTRIES)
    guide = (TOP / "guide" / "ledger.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", guide, re.M)) == set(ledger.ENTRIES)


def test_example_of_the_guide_is_good() -> None:
    """What authors copy has no mistake."""
    guide = (TOP / "guide" / "ledger.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    assert load(example)[1] == []


def test_fact_for_other_programs_is_plain() -> None:
    """Numbers are numbers, and what is not known is null."""
    facts = load(GOOD)[0].facts
    assert ledger.as_json(facts["total"])["value"] == 1_200_000_000_000
    assert ledger.as_json(facts["share"])["value"] == 0.0805
    assert ledger.as_json(facts["licence"]) == {
        "says": "licence of the weights",
        "value": None,
        "text": "Apache 2.0",
        "unit": None,
        "show": "Apache 2.0",
        "from": None,
        "parts": [],
        "sources": [{"work": "du2022glam", "places": ["§7"]}],
        "known": "paper",
        "place_checked": True,
        "differs": None,
    }


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
LINES = st.builds("  {}: {}".format, st.sampled_from([*ledger.ENTRIES, "else"]), st.sampled_from(SCALARS))
FACTS = st.builds("{}:\n{}".format, st.sampled_from("abcdeF"), st.lists(LINES, max_size=7).map("\n".join))
HOSTILE = st.one_of(st.text(max_size=300), st.lists(FACTS, max_size=6).map("\n".join))


@settings(max_examples=400, deadline=2000)
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
