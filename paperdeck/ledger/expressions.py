"""What a computed fact is computed from: arithmetic on decimals with units, and nothing that runs."""

from __future__ import annotations

import ast
import decimal
import math
import re
import warnings
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import simpleeval

from paperdeck.ledger.units import ExpressionError, find_factor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pint.facets.plain import PlainUnit

NAME = re.compile(r"(?<![\w.])(?:(?P<folder>[a-z0-9][a-z0-9_-]*):)?(?P<key>[a-z][a-z0-9_]*)(?![\w(])")


LONGEST = 200


LARGEST = Decimal("1e60")


CONTEXT = decimal.Context(
    prec=40, Emax=9999, Emin=-9999, traps=[decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow]
)


@dataclass(frozen=True)
class Quantity:
    """A number and its unit: None when nothing was said of it, which goes with every unit."""

    value: Decimal
    unit: PlainUnit | None = None
    literal: bool = False
    """Written in the expression itself, so a pure number."""


def find_names(expression: str) -> list[tuple[str, str]]:
    """Return the facts an expression names, in order, as folder (empty for its own ledger) and key."""
    return [(match["folder"] or "", match["key"]) for match in NAME.finditer(expression)]


def write_working(expression: str, shown: Callable[[str, str], str]) -> str:
    """Return the expression as a reader sees it: “1,287 − 456”."""
    pieces, position = [], 0
    for match in NAME.finditer(expression):
        pieces += [_typeset(expression[position : match.start()]), shown(match["folder"] or "", match["key"])]
        position = match.end()
    return "".join([*pieces, _typeset(expression[position:])])


def _typeset(operators: str) -> str:
    return operators.replace("-", "−").replace("**", "^").replace("*", "×")


def evaluate(expression: str, values: Mapping[tuple[str, str], Quantity]) -> Quantity:
    """Return what an expression over these facts comes to.

    Raises ExpressionError: anything but arithmetic, a division by zero, units that do not go together, a result
    beyond 1e60.
    """
    if len(expression) > LONGEST:
        raise ExpressionError(f"the expression is {len(expression)} characters long; at most {LONGEST} are read")
    named: dict[str, Quantity] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = f"fact{len(named)}"
        named[name] = values[match["folder"] or "", match["key"]]
        return name

    evaluator = simpleeval.SimpleEval(operators=OPERATORS, functions=FUNCTIONS, names=named)
    kinds = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name)
    evaluator.nodes = {kind: evaluator.nodes[kind] for kind in kinds} | {ast.Constant: _literal}
    with decimal.localcontext(CONTEXT):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python's parser thinks of “2if”, which we refuse anyway
                parsed = ast.parse(NAME.sub(stand_in, expression), mode="eval").body
            result = evaluator.eval(expression, previously_parsed=parsed)
        except ExpressionError:
            raise
        except (decimal.DivisionByZero, ZeroDivisionError):
            raise ExpressionError("it divides by zero") from None
        except decimal.DecimalException:
            raise ExpressionError("it comes to no number, or to one beyond 1e60") from None
        # what a parser or a function may raise on a text that is no arithmetic
        except (simpleeval.InvalidExpression, SyntaxError, TypeError, ValueError, MemoryError, RecursionError):
            raise ExpressionError(
                "it is no arithmetic; write keys, numbers, + - * / ** and brackets, and the functions "
                + ", ".join(FUNCTIONS)
            ) from None
    if not isinstance(result, Quantity):
        raise ExpressionError("it comes to no number")
    return result


def _literal(node: ast.Constant) -> Quantity:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise ExpressionError(f"{node.value!r:.40} is no number")
    return _checked(Quantity(Decimal(repr(node.value)), literal=True))


def _checked(quantity: Quantity) -> Quantity:
    if not quantity.value.is_finite() or abs(quantity.value) > LARGEST:
        raise ExpressionError("it comes to a number beyond 1e60")
    return quantity


def _alike(one: Quantity, other: Quantity) -> tuple[Decimal, Decimal, PlainUnit | None, bool]:
    """Return both numbers in one unit, the unit, and whether both are literal."""
    literal = one.literal and other.literal
    if one.unit is not None and other.unit is not None:
        return one.value, other.value * find_factor(other.unit, one.unit), one.unit, literal
    return one.value, other.value, one.unit if one.unit is not None else other.unit, literal


def _add(one: Quantity, other: Quantity) -> Quantity:
    left, right, common, literal = _alike(one, other)
    return _checked(Quantity(left + right, common, literal))


def _subtract(one: Quantity, other: Quantity) -> Quantity:
    left, right, common, literal = _alike(one, other)
    return _checked(Quantity(left - right, common, literal))


def _joined(one: Quantity, other: Quantity, *, divided: bool) -> PlainUnit | None:
    """Return the unit of a product or quotient; None when one side has none, though it is no literal."""
    if other.literal:
        return one.unit
    if other.unit is None or (one.unit is None and not one.literal):
        return None
    right: PlainUnit = other.unit**-1 if divided else other.unit
    return right if one.unit is None else one.unit * right


def _multiply(one: Quantity, other: Quantity) -> Quantity:
    literal = one.literal and other.literal
    return _checked(Quantity(one.value * other.value, _joined(one, other, divided=False), literal))


def _divide(one: Quantity, other: Quantity) -> Quantity:
    literal = one.literal and other.literal
    return _checked(Quantity(one.value / other.value, _joined(one, other, divided=True), literal))


def _power(one: Quantity, other: Quantity) -> Quantity:
    if abs(other.value) > 100:
        raise ExpressionError("a power goes to 100 at most")
    whole = other.literal and other.value == int(other.value)
    raised = one.unit ** int(other.value) if one.unit is not None and whole else None
    return _checked(Quantity(one.value**other.value, raised, one.literal and other.literal))


def _negative(one: Quantity) -> Quantity:
    return Quantity(-one.value, one.unit, one.literal)


def _least(*several: Quantity) -> Quantity:
    return min(several, key=lambda one: _alike(several[0], one)[1])


def _most(*several: Quantity) -> Quantity:
    return max(several, key=lambda one: _alike(several[0], one)[1])


def _size(one: Quantity) -> Quantity:
    return Quantity(abs(one.value), one.unit, one.literal)


def _round(one: Quantity, digits: Quantity | None = None) -> Quantity:
    places = int(digits.value) if digits else 0
    if not 0 <= places <= 12:
        raise ExpressionError("round keeps 0 to 12 decimals")
    step = Decimal(1).scaleb(-places)
    return Quantity((one.value / step).to_integral_value(decimal.ROUND_HALF_UP) * step, one.unit, one.literal)


def _root(one: Quantity) -> Quantity:
    return Quantity(one.value.sqrt(), None, one.literal)


def _choose(all_: Quantity, some: Quantity) -> Quantity:
    total, chosen = all_.value, some.value
    if total != int(total) or chosen != int(chosen) or not 0 <= chosen <= total <= 1000:
        raise ExpressionError("comb wants two whole numbers, the larger first and at most 1,000")
    return _checked(Quantity(Decimal(math.comb(int(total), int(chosen))), None, literal=True))


OPERATORS: dict[type[ast.operator] | type[ast.unaryop], Callable[..., Quantity]] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _multiply,
    ast.Div: _divide,
    ast.Pow: _power,
    ast.USub: _negative,
}


FUNCTIONS: dict[str, Callable[..., Quantity]] = {
    "min": _least,
    "max": _most,
    "abs": _size,
    "round": _round,
    "sqrt": _root,
    "comb": _choose,
}
