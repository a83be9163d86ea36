"""Numbers in every way in which papers write them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.evidence.cleaning import clean_formulas, clean_text
from paperdeck.evidence.numbers import NUMBER, _before, find_numbers


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
        ("12k, 34K and 56,000 steps", ["12e3", "34e3", "56e3"]),
        ("10 000, 13\u00a0500 and 1’200 steps of GPT-3\u00a0175B", ["10e3", "13500", "1200", "3", "175e9"]),
        ("two hundred steps, two million words, twenty-one billion", ["200", "2e6", "21e9"]),
        ("96.6 Billion", ["96.6e9"]),
        (r"$80.2 \pm 0.3$, 71.7±0.4, $\geq 30$ tasks", ["80.2", "0.3", "71.7", "0.4", "30"]),
        (r"$1.2 \times 10^{-3}$ and $6\cdot10^{22}$", ["0.0012", "6e22"]),
        (r"one of $\{1, 2, 4, 8\}$, $(0.9, 0.95)$", ["1", "1", "2", "4", "8", "0.9", "0.95"]),
        (r"$\textcolor{red}{83.6}$, $\num{92.3}$", ["83.6", "92.3"]),
        ("rank-16, Top-2", ["16", "2"]),
        ("80,2 %, $80{,}2$", ["80.2", "80.2"]),
    ],
)
def test_a_number_is_read_to_its_last_digit(text: str, expected: list[str]) -> None:
    """Nothing is dropped, and nothing beside it is taken in."""
    assert values(text) == [pytest.approx(Decimal(value), rel=Decimal("1e-3")) for value in expected]


@pytest.mark.parametrize(
    "text",
    [
        "the third and the tenth layer",
        "https://x.org/69.9",
        "see Table 4",
        "in [76, 77]",
        "§5.2",
        "Figures 3",
        "Appendix B",
        "Equation (7)",
    ],
)
def test_the_number_of_a_table_a_section_or_a_citation_is_no_number(text: str) -> None:
    """It names a place."""
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("version 2.1.3", []), ("x^2", []), ("2^-10", ["2"]), ("80,2", []), ("1,2,3", []), ("see 4.1.5, then 6", ["6"])],
)
def test_a_part_of_something_else_is_no_number(text: str, expected: list[str]) -> None:
    """Of a version or a power; and 80 is not found where 80,2 stands."""
    assert values(text) == [Decimal(value) for value in expected]


def test_a_range_or_list_in_percent_is_so_from_its_first_number() -> None:
    """“70–80%” is no 70; a number before a comma stands by itself."""
    for text, percent in (
        ("70–80%", [True, True]),
        ("80.2 ± 0.3%", [True, True]),
        ("10, 20, and 40%", [True, True, True]),
        ("64 experts, 12.5%", [False, True]),
        ("with 64, 12.5%", [False, True]),
    ):
        assert [written.percent for written in find_numbers(clean_text(text))] == percent


def test_a_number_in_a_name_is_known_as_one() -> None:
    """GPT-3 has no three of anything; Llama2-13B has thirteen billion."""
    found = find_numbers("GPT-3 and Llama2-13B on 8 cards")
    assert [written.name for written in find_numbers("in 3D, the 6th of 8")] == [True, True, False]
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


def test_each_number_looks_at_few_letters_before_it() -> None:
    """A long text without paragraphs took a time that grew with the square of its length."""
    assert max(len(_before(match)) for match in NUMBER.finditer("a" * 1000 + " 5 and 6")) < 30
    assert [written.text for written in find_numbers("word " * 1000 + "Algorithms (5) and Table 6, 7")] == ["7"]
