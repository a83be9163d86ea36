"""Facts looked for in papers: what stands there is found at its place, what does not is not."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.evidence.findings import Outcome
from paperdeck.evidence.numbers import find_numbers
from paperdeck.evidence.places import lay_out
from paperdeck.evidence.reading import Paper, read_paper, read_plain
from paperdeck.evidence.search import is_written, look_up
from paperdeck.ledger.reading import Fact, Known, Source
from tests.evidence.papers import WORK, Made, make_paper, to_html, to_markdown, to_plain, to_tex

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {"html": to_html, "md": to_markdown, "tex": to_tex, "txt": to_plain}
SEEDS = range(5)


def drift(fact: Fact) -> Fact:
    """Return a fact with its last digit one higher."""
    assert fact.value is not None
    step = Decimal(10**8) if fact.value > 10**6 else Decimal(1).scaleb(min(0, int(fact.value.as_tuple().exponent)))
    return dataclasses.replace(fact, value=fact.value + step)


def move(fact: Fact, place: str) -> Fact:
    """Return a fact that is said to stand elsewhere."""
    return dataclasses.replace(fact, sources=(Source(WORK, (place,)),))


def fact(value: str = "1", places: tuple[str, ...] = ("§1",), **fields: Any) -> Fact:
    """Return a fact."""
    return Fact("paper", "key", says="it", value=Decimal(value), sources=(Source(WORK, places),), **fields)


def paper_of(text: str) -> Paper:
    """Return the text of a paper."""
    return Paper("text", "0" * 64, 0, tuple(lay_out(read_plain(text))))


@pytest.mark.parametrize("form", FORMS)
def test_each_of_three_hundred_facts_is_found_at_its_place_and_no_other(form: str, tmp_path: Path) -> None:
    """Each stands there; with one digit more it stands nowhere, and a table or section beside it is elsewhere."""
    for seed in SEEDS:
        made = make_paper(seed)
        file = tmp_path / f"{seed}.{form}"
        file.write_text(FORMS[form](made), "utf-8")
        paper = read_paper(file)
        outcomes = {planted.key: look_up(planted, WORK, paper).outcome for planted in made.facts}
        assert set(outcomes.values()) == {Outcome.FOUND}, outcomes
        assert {look_up(drift(planted), WORK, paper).outcome for planted in made.facts} == {Outcome.MISSING}
        assert {look_up(moved, WORK, paper).outcome for moved in misplace(made)} == {Outcome.ELSEWHERE}


def misplace(made: Made) -> list[Fact]:
    """Return the facts, each said to stand where another of its kind does."""
    places = sorted({place for planted in made.facts for source in planted.sources for place in source.places})
    following = dict(zip(places, [*places[1:], places[0]], strict=True))
    moved = [move(planted, following[planted.sources[0].places[0]]) for planted in made.facts]
    # what stands in Appendix B.1 stands in Appendix B too
    return [
        wrong
        for wrong, right in zip(moved, made.facts, strict=True)
        if not right.sources[0].places[0].startswith(wrong.sources[0].places[0])
    ]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": "80.2", "unit": "percent"}, "80.2%"),
        ({"value": "80.2", "unit": "percent"}, "0.802"),
        ({"value": "0.0805", "show": (("", "{value:.0%}"),)}, "8.05%"),
        ({"value": "0.0805", "show": (("", "{value:.0%}"),)}, "0.0805"),
        ({"value": "0.3"}, "30%"),
        ({"value": "442.4", "unit": "MWh"}, "442.4 MWh"),
        ({"value": "70e9", "unit": "byte"}, "70GB"),
        ({"value": "3"}, "three"),
        ({"value": "13e9"}, "Llama2-13B"),
        ({"value": "0.74", "unit": "point"}, "-0.74%"),
        ({"value": "0.74", "unit": "point"}, "0.74 percentage points"),
        ({"value": "0.7", "show": (("", "{value:.0%}"),)}, "70-80%"),
        ({"value": "180", "unit": "GFLOP"}, "180 GFLOPs"),
    ],
)
def test_a_value_is_known_in_what_a_paper_writes(fields: dict[str, Any], text: str) -> None:
    """Share or percentage, prefix or none, digits or word."""
    planted = fact(**fields)
    assert any(is_written(planted, written) for written in find_numbers(text))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": "42"}, "4.2"),
        ({"value": "80.2", "unit": "percent"}, "80.21%"),
        ({"value": "80.21", "unit": "percent"}, "80.2%"),
        ({"value": "96.6e9"}, "96.6"),
        ({"value": "3"}, "GPT-3"),
        ({"value": "0.05"}, "5"),
        ({"value": "1.2e12"}, "1.2B"),
        ({"value": "64"}, "64B parameters"),
        ({"value": "2"}, "two million words"),
        ({"value": "7", "unit": "model"}, "7B"),
        ({"value": "3", "unit": "example"}, "3D"),
    ],
)
def test_a_value_is_not_known_in_another(fields: dict[str, Any], text: str) -> None:
    """Nothing is rounded, scaled without a word for it, or taken out of a name."""
    planted = fact(**fields)
    assert not any(is_written(planted, written) for written in find_numbers(text))


def test_a_table_may_say_once_what_all_its_numbers_count() -> None:
    """“(in billions)” in its head or caption; in running text a bare number is no billion."""
    table = "1 Results\n\nTable 1: Sizes (in billions)\n\nModel  Size\nOurs   96.6\n"
    assert look_up(fact("96.6e9", ("Table 1",)), WORK, paper_of(table)).outcome is Outcome.FOUND
    assert look_up(fact("96.6e9"), WORK, paper_of("1 Results\n\nIt has 96.6 of them.")).outcome is Outcome.MISSING


def test_a_table_may_say_a_power_of_ten() -> None:
    """“(×10⁻³)” in its caption."""
    table = "1 Results\n\nTable 1: Loss (×10⁻³)\n\nModel  Loss\nOurs   1.2\n"
    assert look_up(fact("0.0012", ("Table 1",)), WORK, paper_of(table)).outcome is Outcome.FOUND


def test_what_is_missing_names_the_numbers_that_come_closest() -> None:
    """As they are written there, the closest first."""
    finding = look_up(fact("80.2"), WORK, paper_of("1 Results\n\nWe reach 80.3, they reach 79.9 and 12."))
    assert (finding.outcome, finding.nearest) == (Outcome.MISSING, ("80.3", "79.9"))


@pytest.mark.parametrize("value", ["2", "3"])
def test_what_counts_a_section_or_an_item_is_no_number_of_the_paper(value: str) -> None:
    """Else each “§3” would hold a three."""
    text = "1 Start\n\nSo.\n\n2 Method\n\nSo.\n\n3 Results\n\n1. First is so.\n\n2. Second is so.\n\n(3) Third is so."
    assert look_up(fact(value, ("§3",)), WORK, paper_of(text)).outcome is Outcome.MISSING


def test_a_place_that_the_paper_has_not_is_told() -> None:
    """The number may stand elsewhere all the same."""
    finding = look_up(fact("64", ("Table 12",)), WORK, paper_of("1 Results\n\nThere are 64 experts."))
    assert (finding.outcome, finding.place) == (Outcome.ELSEWHERE, "§1")
    assert finding.reason == "the text has no Table 12"


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        ("there are 64 “experts” in each", Outcome.FOUND),
        ("there are 64 experts in every", Outcome.MISSING),
        ("said elsewhere", Outcome.ELSEWHERE),
    ],
)
def test_a_quotation_stands_word_for_word_or_not(quote: str, outcome: Outcome) -> None:
    """At its place; quotation marks, ligatures and line ends do not matter."""
    text = '1 Results\n\nWe say that there\nare 64 "experts" in each layer.\n\n2 More\n\nThis is said elsewhere, 64.'
    assert look_up(fact("64", quote=quote), WORK, paper_of(text)).outcome is outcome


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        (fact(known=Known.OURS), "known: ours"),
        (fact(read_off="figure"), "read off a figure"),
        (fact(places=("training log",)), "it stands outside the paper: training log"),
        (dataclasses.replace(fact(), value=None, text="a word"), "a text without a quotation"),
        (dataclasses.replace(fact(), sources=(Source("other2020", ("§1",)),)), f"it cites another work than {WORK}"),
    ],
)
def test_what_no_text_of_the_paper_can_hold_is_not_looked_for(planted: Fact, reason: str) -> None:
    """And says why."""
    finding = look_up(planted, WORK, paper_of("1 Results\n\nThere is 1."))
    assert (finding.outcome, finding.reason) == (Outcome.UNASKED, reason)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("64", "such a number stands in §1"),
        ("8", "such a number stands in §1, §2, §3 and 1 more"),
        ("7", "the text has no such number"),
    ],
)
def test_a_fact_without_a_place_is_told_places_to_look_at(value: str, says: str) -> None:
    """And is not said to be found, for the number alone proves little."""
    text = "".join(f"{number} Part\n\nIt has 8 of {'64' if number == 1 else 'many'}.\n\n" for number in range(1, 5))
    planted = dataclasses.replace(fact(value, place_checked=False), sources=(Source(WORK),))
    finding = look_up(planted, WORK, paper_of(text))
    assert (finding.outcome, finding.reason) == (Outcome.UNASKED, f"its place is not known; {says}")
