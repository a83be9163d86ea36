"""Computed facts: arithmetic with units, and everything else refused."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.ledger import expressions
from paperdeck.ledger.expressions import ExpressionError, Quantity
from paperdeck.ledger.units import load_registry, read_unit

VALUES = {
    ("", "active"): Quantity(Decimal("96.6e9"), read_unit("parameter")),
    ("", "total"): Quantity(Decimal("1.2e12"), read_unit("parameters")),
    ("", "energy"): Quantity(Decimal(1287), read_unit("MWh")),
    ("glm-130b", "energy"): Quantity(Decimal(1), read_unit("GWh")),
    ("", "size"): Quantity(Decimal(2), read_unit("byte per parameter")),
    ("", "experts"): Quantity(Decimal(64)),
    ("", "score"): Quantity(Decimal("75.0"), read_unit("percent")),
}


@pytest.mark.parametrize(
    ("expression", "value", "unit"),
    [
        ("active / total", "0.0805", ""),
        ("energy - glm-130b:energy", "287", "MWh"),
        ("size * total", "2.4e12", "byte"),
        ("2 * total", "2.4e12", "parameter"),
        ("comb(experts, 8)", "4426165368", None),
        ("round(active / total, 3)", "0.081", ""),
        ("max(active, total)", "1.2e12", "parameter"),
        ("min(energy, glm-130b:energy)", "1", "GWh"),
        ("sqrt(experts) ** 2", "64", None),
        ("abs(-score)", "75", "percent"),
        ("1 / experts", "0.015625", None),
    ],
)
def test_expression_is_computed_with_its_unit(expression: str, value: str, unit: str | None) -> None:
    """Decimals are exact, and units follow the arithmetic."""
    result = expressions.evaluate(expression, VALUES)
    assert result.value == Decimal(value)
    assert result.unit == (None if unit is None else read_unit(unit) if unit else load_registry(()).Unit(""))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("1 / (experts - 64)", "divides by zero"),
        ("energy - total", "MWh and parameter do not go together"),
        ("9 ** 9 ** 9", "a power goes to 100 at most"),
        ("10 ** 99", "beyond 1e60"),
        ("1e999", "beyond 1e60"),
        ("(-1) ** 0.5", "comes to no number"),
        ("comb(64.5, 2)", "two whole numbers"),
        ("comb(10000, 5000)", "at most 1,000"),
        ("'!' * 9", "is no number"),
        ("True + 1", "is no number"),
        ("1j", "is no number"),
        ("total.real", "no arithmetic"),
        ("[total]", "no arithmetic"),
        ("total[0]", "no arithmetic"),
        ("total == active", "no arithmetic"),
        ("total // active", "no arithmetic"),
        ("total; active", "no arithmetic"),
        ("(total", "no arithmetic"),
        ("", "no arithmetic"),
        ("min()", "no arithmetic"),
        ("comb(8)", "no arithmetic"),
        ("round(experts, 1, 2)", "no arithmetic"),
        ("max(*experts)", "no arithmetic"),
        ("+total", "no arithmetic"),
        ("(" * 150, "no arithmetic"),
        ("1+" * 150 + "1", "at most 200"),
    ],
)
def test_expression_that_is_no_arithmetic_is_refused(expression: str, said: str) -> None:
    """Each is one sentence for the author, and nothing runs."""
    with pytest.raises(ExpressionError, match=said):
        expressions.evaluate(expression, VALUES)


def test_names_are_those_of_facts_alone() -> None:
    """Functions and the exponents of numbers are no names."""
    found = expressions.find_names("max(a, 2e9) * glm-130b:total_params + b_2")
    assert found == [("", "a"), ("glm-130b", "total_params"), ("", "b_2")]


def test_working_is_written_for_a_reader() -> None:
    """Names become their values, operators their signs."""
    assert expressions.write_working("a * b - 2 ** c", lambda _, key: key.upper()) == "A × B − 2 ^ C"


PIECES = [
    "total",
    "active",
    "1",
    "0",
    "9",
    "**",
    "*",
    "/",
    "+",
    "-",
    "(",
    ")",
    ",",
    ".",
    "max",
    "comb",
    "round",
    "'",
    "[",
    "lambda",
    "__class__",
    "if",
    ";",
    "@",
    " ",
    "1e9",
]


@given(st.one_of(st.text(max_size=220), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_expression_is_a_number_or_a_sentence(expression: str) -> None:
    """Whatever the text, there is a finite result or an ExpressionError."""
    values = {name: VALUES.get(name, VALUES["", "experts"]) for name in expressions.find_names(expression)}
    with contextlib.suppress(ExpressionError):
        assert expressions.evaluate(expression, values).value.is_finite()
