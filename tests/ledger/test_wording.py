"""How a value is written, and whether an author's own words say it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.ledger.reading import Fact
from paperdeck.ledger.wording import find_disagreement, write_value


@pytest.mark.parametrize(
    ("value", "template", "text"),
    [
        ("0.0805", "{value:.0%}", "8%"),
        ("0.085", "{value:.0%}", "9%"),
        ("1287", "{value:,} MWh", "1,287 MWh"),
        ("1.2e12", "{value}", "1200000000000"),
        ("75.0", "{value}%", "75.0%"),
        ("48.951", "{value:.1f}x", "49.0x"),
        ("12345.678", "{value:,.2f}", "12,345.68"),
        ("96.6e9", "{value:.3g}", "9.66e+10"),
        ("-0.5", "{value}", "−0.5"),
        ("96.6e9", "96.6 billion", "96.6 billion"),
        ("0.3333333333333333333333", "{value}", "0.333333333333"),
        ("1e40", "{value:,.6f}", "10" + ",000" * 13 + ".000000"),
    ],
)
def test_value_is_written_by_its_template(value: str, template: str, text: str) -> None:
    """Digits are rounded half up; nothing but ``{value}`` is replaced."""
    assert write_value(Decimal(value), template) == text


def fact(**fields: Any) -> Fact:
    """Return a fact of the ledger “glam”."""
    return Fact("glam", "key", **fields)


ENERGY = fact(value=Decimal(1287), unit="MWh")
SHARE = fact(value=Decimal("0.0805"))
SCORE = fact(value=Decimal("75.0"), unit="percent")
PARAMETERS = fact(value=Decimal("96.6e9"), unit="parameter", words=("nearly a hundred",))
LICENCE = fact(text="Apache 2.0", show=(("de", "Apache-Lizenz 2.0"),))


@pytest.mark.parametrize(
    ("known", "words", "language"),
    [
        (SHARE, "about 8%", "en"),
        (SHARE, "eight in a hundred", "en-GB"),
        (ENERGY, "1,287 MWh", "en"),
        (ENERGY, "1.3 GWh", "en"),
        (ENERGY, "1,287", "en"),
        (SCORE, "75.0", "en"),
        (SCORE, "75%", "en"),
        (SCORE, "three quarters", "en"),
        (PARAMETERS, "96.6 billion parameters", "en"),
        (PARAMETERS, "97B of them", "en"),
        (PARAMETERS, "Nearly a hundred", "en"),
        (PARAMETERS, "96,6 Milliarden", "de"),
        (PARAMETERS, "96 600 000 000", "fr"),
        (LICENCE, "apache 2.0", "en"),
        (LICENCE, "Apache-Lizenz", "de"),
    ],
)
def test_words_that_say_the_fact_agree(known: Fact, words: str, language: str) -> None:
    """Rounded, in another unit of the same kind, listed, or in another language: all say the fact."""
    assert find_disagreement(known, words, language) is None


@pytest.mark.parametrize(
    ("known", "words", "language", "said"),
    [
        (SHARE, "about 9%", "en", "'9%' in 'about 9%' does not agree with key, which is 0.0805; “about 8%” would"),
        (SHARE, "8", "en", "'8' does not agree with key, which is 0.0805; “0.0805” would"),
        (SHARE, "9.1%", "en", "; “8.1%” would"),
        (SHARE, "one third", "en", "; “0.0805” would"),
        (ENERGY, "1,287 hours", "en", "which is 1,287 MWh"),
        (ENERGY, "1,287 GWh", "en", "which is 1,287 MWh; “1 GWh” would"),
        (ENERGY, "more than 2,000", "en", "; “more than 1,287” would"),
        (PARAMETERS, "96.6 GB", "en", "does not agree"),
        (PARAMETERS, "96.6 billion, not 175", "en", "'175' in"),
        (PARAMETERS, "98B of them", "en", "; “97B of them” would"),
        (SCORE, "76%", "en", "; “75%” would"),
        (PARAMETERS, "a few", "en", "no number is read in 'a few'; write one, such as “96,600,000,000”, or list"),
        (PARAMETERS, "97,6 Milliarden", "de", "'97,6' in"),
        (PARAMETERS, "viele", "de", "no number is read"),
        (LICENCE, "MIT", "en", "is not in the text of key, 'Apache 2.0'"),
    ],
)
def test_words_that_say_something_else_are_told(known: Fact, words: str, language: str, said: str) -> None:
    """The message names the words, what is read in them, the value, and words that would agree."""
    message = find_disagreement(known, words, language)
    assert message is not None
    assert said in message


@given(
    st.text(max_size=300), st.sampled_from([SHARE, ENERGY, SCORE, PARAMETERS, LICENCE]), st.sampled_from(["en", "de"])
)
def test_any_words_agree_or_are_told(words: str, known: Fact, language: str) -> None:
    """Whatever the words, there is an answer, and no traceback."""
    assert find_disagreement(known, words, language) != ""


@given(
    st.decimals("0.001", "1e12", places=3).map(lambda value: fact(value=value, unit="parameter")),
    st.sampled_from(["{} of them", "about {}", "{} billion", "{}%", "{}x", "more than {}"]),
    st.decimals("0.1", "2e3", places=1),
)
def test_words_that_a_message_proposes_agree(known: Fact, template: str, number: Decimal) -> None:
    """Whoever writes what the message says is done."""
    message = find_disagreement(known, template.format(number))
    if message and (proposed := re.search("“(.+)” would", message)):
        assert find_disagreement(known, proposed[1]) is None
