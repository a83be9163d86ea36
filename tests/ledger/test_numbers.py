"""The grammar of numbers: what it reads, what it leaves alone, and when a value agrees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.ledger import numbers


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("about 8%", "0.0805"),
        ("8 percent", "0.0805"),
        ("roughly 7x", "6.857"),
        ("7×", "6.857"),
        ("7 times", "6.857"),
        ("seven-fold", "6.857"),
        ("sevenfold", "6.857"),
        ("96.6 billion", "96.6e9"),
        ("96.6B", "96.6e9"),
        ("1.2 T", "1.2e12"),
        ("1,200 billion", "1.2e12"),
        ("175B", "175e9"),
        ("512K", "512000"),
        ("143M", "143e6"),
        ("180 G", "180e9"),
        ("a hundred and seventy-five billion", "175e9"),
        ("one third", "0.354"),
        ("a third", "0.354"),
        ("1/3", "0.354"),
        ("⅓", "0.354"),
        ("half", "0.514"),
        ("three quarters", "0.755"),
        ("twice", "2"),
        ("a dozen", "12"),
        ("50x less", "49.6"),
        ("50x less", "0.0202"),
        ("roughly 50x", "48.95"),
        ("more than 30", "31"),
        ("30+", "30"),
        ("at least 30", "30"),
        ("under 9%", "0.0805"),
        ("at most two", "2"),
        ("7–8x", "7.6"),
        ("3 to 4", "3.5"),
        ("between six and seven times", "6.857"),
        ("1 to 2 billion", "1.5e9"),
        ("8 of 64", "0.125"),
        ("2 out of 64", "0.03125"),
        ("eight in a hundred", "0.0805"),
        ("one in eight", "0.125"),
        ("1,287 MWh", "1287"),
        ("12\u202f288", "12288"),
        ("3.14 × 10²³", "3.14e23"),
        ("3.14e23", "3.14e23"),
        ("10^23", "1.2e23"),
        ("−5.2 points", "-5.2"),
        (".5", "0.5"),
        ("175-billion-parameter", "175e9"),
        ("64-shot", "64"),
        ("two", "2"),
    ],
)
def test_number_agrees_with_its_value(words: str, value: str) -> None:
    """Each way to write a number is read, and agrees with a value that it rounds."""
    found = numbers.read_numbers(words)
    assert [number.agrees(Decimal(value)) for number in found] == [True]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("about 9%", "0.0805"),
        ("8%", "0.0851"),
        ("7x", "7.6"),
        ("96.6 billion", "96.7e9"),
        ("1.2 million", "1.2e12"),
        ("50x", "48.95"),
        ("one third", "0.38"),
        ("half", "0.57"),
        ("more than 30", "29"),
        ("under 8%", "0.0805"),
        ("7–8x", "6.4"),
        ("from 8 to 64", "30"),
        ("8 of 64", "0.13"),
        ("about 50", "44"),
        ("about 100", "89"),
        ("1,287", "1288"),
    ],
)
def test_number_that_rounds_elsewhere_disagrees(words: str, value: str) -> None:
    """A value outside the digits that are shown is not what the words say."""
    assert not all(number.agrees(Decimal(value)) for number in numbers.read_numbers(words))


def test_percentage_is_read_against_percent_and_against_a_share() -> None:
    """“75%” says 0.75, and 75 of a fact whose unit is percent; “75.0” alone says 75."""
    [share] = numbers.find_numbers("75%")
    [plain] = numbers.find_numbers("75.0")
    assert share.agrees(Decimal("0.75"))
    assert share.agrees(Decimal(75), percent=True)
    assert not share.agrees(Decimal(75))
    assert plain.agrees(Decimal(75), percent=True)


@pytest.mark.parametrize(
    "text",
    [
        "GPT-3, Llama2-13B, OLMoE-1B-7B, GLM-130B and C4",
        "INT4 on H100 with BF16",
        "4x3090 and 4×3090",
        "the 1st, 2nd and 43rd",
        "third and twenty-first",
        "§5.2 and #43",
        "version 4.1.2",
        "arXiv:2112.06905",
        "a 3D plot of an array",
        "9" * 5000,
        "an expert, then another",
        "hundreds of experts",
    ],
)
def test_names_and_ordinals_are_no_numbers(text: str) -> None:
    """What only looks like a number is not read at all."""
    assert list(numbers.find_numbers(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Table 4, §5.2 and Tables 4, 10 and 12",
        "see Figure 22",
        "ICML 2022",
        "in 2022, (2023) and since March 2021",
        "as Hu et al., 2021 say (Du et al. 2022)",
        "a photo under CC BY 4.0, and one under CC BY-SA 4.0",
        "on RTX 3090 cards and an RTX 2080 Ti",
        "beats GPT-3 175B and PaLM 540B",
        "it meets ERNIE Titan 3.0",
        "4-bit weights, 64-shot prompts",
        "(1) open, (2) cheap",
        "two experts a token, ten of them, one model",
        "half a chance, and a third model",
        "run it twice",
        "expert 43 of layer 7",
    ],
)
def test_a_name_and_a_small_word_want_no_source(text: str) -> None:
    """References, years, model names, kinds and small numbers in words are no claims."""
    assert numbers.find_unsourced(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GPT-3 with 175 billion parameters", ["175 billion"]),
        ("only 96.6 billion (~8% of total)", ["96.6 billion", "8%"]),
        ("Over 30 Failed Attempts", ["30"]),
        ("runs on 4x RTX 3090", ["4x"]),
        ("GLaM 64 experts", ["64"]),
        ("Shifts access from 3-4 to 12 labs", ["3-4", "12"]),
        ("eleven models, three hours, five percent", ["eleven", "three", "five percent"]),
        ("a third of the energy, half the compute, twice as many", ["a third", "half", "twice"]),
        ("MMLU 54.1", ["54.1"]),
        ("TriviaQA: 75", ["75"]),
        ("alpha = 0.1", ["0.1"]),
        ("needs 24GB in 5ms", ["24", "5"]),
        ("costs $20", ["20"]),
    ],
)
def test_an_amount_wants_a_source(text: str, found: list[str]) -> None:
    """A number that claims an amount is found, whatever stands around it."""
    assert [number.text for number in numbers.find_unsourced(text)] == found


def test_own_words_fall_back_to_what_may_be_a_name() -> None:
    """In a fact's own words “GPT-3 175B” is the number; beside a surer one it is the name."""
    assert [number.text for number in numbers.read_numbers("GPT-3 175B")] == ["175B"]
    assert [number.text for number in numbers.read_numbers("GPT-3 175B, 7x")] == ["7x"]


WORDS = [
    "1",
    "64",
    "8%",
    "1.2",
    "billion",
    "T",
    "x",
    "of",
    "to",
    "one",
    "third",
    "a",
    "hundred",
    "–",
    "~",
    "GB",
    " ",
    ",",
    "e9",
    "10^",
    "½",
]


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=60).map("".join)))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Numbers are found in order, inside the text, with finite values, whatever the text."""
    last = 0
    for number in numbers.find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        assert number.low.is_finite()
        assert number.low <= number.high
        last = number.end


@given(st.decimals(min_value=0, max_value=10**15, allow_nan=False, places=3), st.integers(0, 3))
def test_a_rounded_number_agrees_with_what_was_rounded(value: Decimal, places: int) -> None:
    """Writing a value with fewer digits, with separators, never makes it wrong."""
    [number] = numbers.find_numbers(f"{value:,.{places}f}")
    assert number.agrees(value)
