"""Numbers in every way in which papers write them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.evidence.cleaning import clean_formulas, clean_text
from paperdeck.evidence.numbers import find_numbers


def values(text: str) -> list[Decimal]:
    """Return what the numbers of a text say."""
    return [written.value for written in find_numbers(clean_text(clean_formulas(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "96.6B parameters",
        "96.6 billion parameters",
        "96,600M",
        "96 600 million".replace(" ", "\u202f", 1),
        "9.66 × 10¹⁰",
        "9.66 x 10^10",
        r"$9.66 \times 10^{10}$",
        r"$\mathrm { 9 . 6 6 \times 1 0 ^ { 1 0 } }$",
        "9.66e10",
        "96.6 bil-\nlion",
        "96,600,000,000",
    ],
)
def test_a_large_number_is_read_in_each_of_its_forms(text: str) -> None:
    """Letters, words, powers, thousands marks, and what a PDF or a converter makes of them."""
    assert values(text) == [Decimal("96.6e9")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.2 is not 42", ["4.2", "42"]),
        ("a difference of −0.74%", ["-0.74"]),
        ("layers 3-5", ["3", "5"]),
        ("7.0–8.4×", ["7.0", "8.4"]),
        ("70GB, 2.4 TB, 180 GFLOPs, 442.4 MWh, 283 ms", ["70e9", "2.4e12", "180e9", "442.4e6", "0.283"]),
        ("of 6.7, 13 and 175 billion", ["6.7e9", "13e9", "175e9"]),
        ("a 60-day access", ["60"]),
        ("three divergences, two-thirds, a third of thirty-two", ["3", "0.6667", "0.3333", "32"]),
        ("from 1E-08 to 10⁻⁵", ["1e-8", "1e-5"]),
        ("eﬃcient: 64 experts", ["64"]),
    ],
)
def test_a_number_is_read_to_its_last_digit(text: str, expected: list[str]) -> None:
    """Nothing is dropped, and nothing beside it is taken in."""
    assert values(text) == [pytest.approx(Decimal(value), rel=Decimal("1e-3")) for value in expected]


@pytest.mark.parametrize("text", ["see Table 4", "in [76, 77]", "§5.2", "Figures 3", "Appendix B", "Equation (7)"])
def test_the_number_of_a_table_a_section_or_a_citation_is_no_number(text: str) -> None:
    """It names a place."""
    assert values(text) == []


def test_a_number_in_a_name_is_known_as_one() -> None:
    """GPT-3 has no three of anything; Llama2-13B has thirteen billion."""
    found = find_numbers("GPT-3 and Llama2-13B on 8 cards")
    assert [(written.text, written.name) for written in found] == [
        ("3", True),
        ("2", True),
        ("13B", False),
        ("8", False),
    ]


def test_percent_is_told_from_a_bare_number() -> None:
    """“80.2%”, “80.2 percent” and “80.2”."""
    assert [written.percent for written in find_numbers("80.2%, 80.2 percent, 80.2 per cent and 80.2")] == [
        True,
        True,
        True,
        False,
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    """Each number lies where it says, and none is read twice."""
    cleaned = clean_text(clean_formulas(text))
    found = find_numbers(cleaned)
    assert all(cleaned[written.start : written.end] == written.text for written in found)
    assert all(former.start <= latter.start for former, latter in pairwise(found))
