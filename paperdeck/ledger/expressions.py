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

from paperdeck.ledger.units import UnitError, find_factor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pint.facets.plain import PlainUnit

NAME = re.compile(r"(?<![\w.])(?:(?P<folder>[a-z0-9][a-z0-9_-]*):)?(?P<key>[a-z][a-z0-9_]*)(?![\w(])")
LONGEST = 200
LARGEST = Decimal("1e60")
CONTEXT = decimal.Context(
    prec=40, Emax=9999, Emin=-9999, traps=[decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow]
)


class ExpressionError(ValueError):
    """What is wrong with an expression, in a sentence for the author."""


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
    quantities: dict[str, Quantity] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = f"fact{len(quantities)}"
        quantities[name] = values[match["folder"] or "", match["key"]]
        return name

    try:
        with decimal.localcontext(CONTEXT):
            return _evaluate(_parse(NAME.sub(stand_in, expression)), quantities)
    except UnitError as error:
        raise ExpressionError(str(error)) from None
    except decimal.DivisionByZero:
        raise ExpressionError("it divides by zero") from None
    except decimal.DecimalException:
        raise ExpressionError("it comes to no number, or to one beyond 1e60") from None


def _parse(expression: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python's parser thinks of “2if”, which we refuse anyway
            return ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _no_arithmetic() from None


def _no_arithmetic() -> ExpressionError:
    return ExpressionError(
        f"it is no arithmetic; write keys, numbers, + - * / ** and brackets, and the functions {', '.join(FUNCTIONS)}"
    )


def _evaluate(node: ast.expr, quantities: Mapping[str, Quantity]) -> Quantity:
    """Return what a part of an expression comes to; its depth is bounded by the length of the whole."""
    match node:
        case ast.Constant(value=number):
            return _read_number(number)
        case ast.Name(id=name) if name in quantities:
            return quantities[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _negate(_evaluate(operand, quantities))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            return OPERATORS[type(operator)](_evaluate(left, quantities), _evaluate(right, quantities))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            least, most, function = FUNCTIONS[name]
            if not least <= len(arguments) <= most:
                raise _no_arithmetic()
            return function(*(_evaluate(argument, quantities) for argument in arguments))
    raise _no_arithmetic()


def _read_number(number: object) -> Quantity:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ExpressionError(f"{number!r:.40} is no number")
    return _check_size(Quantity(Decimal(repr(number)), literal=True))


def _check_size(quantity: Quantity) -> Quantity:
    if not quantity.value.is_finite() or abs(quantity.value) > LARGEST:
        raise ExpressionError("it comes to a number beyond 1e60")
    return quantity


def _align(left: Quantity, right: Quantity) -> tuple[Decimal, Decimal, PlainUnit | None, bool]:
    """Return both numbers in one unit, the unit, and whether both are literal."""
    literal = left.literal and right.literal
    if left.unit is not None and right.unit is not None:
        return left.value, right.value * find_factor(right.unit, left.unit), left.unit, literal
    return left.value, right.value, left.unit if left.unit is not None else right.unit, literal


def _add(left: Quantity, right: Quantity) -> Quantity:
    first, second, unit, literal = _align(left, right)
    return _check_size(Quantity(first + second, unit, literal))


def _subtract(left: Quantity, right: Quantity) -> Quantity:
    first, second, unit, literal = _align(left, right)
    return _check_size(Quantity(first - second, unit, literal))


def _join_units(left: Quantity, right: Quantity, *, divided: bool) -> PlainUnit | None:
    """Return the unit of a product or quotient; None when one side has none, though it is no literal."""
    if right.literal:
        return left.unit
    if right.unit is None or (left.unit is None and not left.literal):
        return None
    joined: PlainUnit = right.unit**-1 if divided else right.unit
    return joined if left.unit is None else left.unit * joined


def _multiply(left: Quantity, right: Quantity) -> Quantity:
    unit = _join_units(left, right, divided=False)
    return _check_size(Quantity(left.value * right.value, unit, left.literal and right.literal))


def _divide(left: Quantity, right: Quantity) -> Quantity:
    unit = _join_units(left, right, divided=True)
    return _check_size(Quantity(left.value / right.value, unit, left.literal and right.literal))


def _raise(base: Quantity, exponent: Quantity) -> Quantity:
    if abs(exponent.value) > 100:
        raise ExpressionError("a power goes to 100 at most")
    whole = exponent.literal and exponent.value == int(exponent.value)
    unit = base.unit ** int(exponent.value) if base.unit is not None and whole else None
    return _check_size(Quantity(base.value**exponent.value, unit, base.literal and exponent.literal))


def _negate(quantity: Quantity) -> Quantity:
    return Quantity(-quantity.value, quantity.unit, quantity.literal)


def _find_least(*quantities: Quantity) -> Quantity:
    return min(quantities, key=lambda quantity: _align(quantities[0], quantity)[1])


def _find_most(*quantities: Quantity) -> Quantity:
    return max(quantities, key=lambda quantity: _align(quantities[0], quantity)[1])


def _drop_sign(quantity: Quantity) -> Quantity:
    return Quantity(abs(quantity.value), quantity.unit, quantity.literal)


def _round(quantity: Quantity, digits: Quantity | None = None) -> Quantity:
    decimals = int(digits.value) if digits else 0
    if not 0 <= decimals <= 12:
        raise ExpressionError("round keeps 0 to 12 decimals")
    step = Decimal(1).scaleb(-decimals)
    rounded = (quantity.value / step).to_integral_value(decimal.ROUND_HALF_UP) * step
    return Quantity(rounded, quantity.unit, quantity.literal)


def _take_root(quantity: Quantity) -> Quantity:
    return Quantity(quantity.value.sqrt(), None, quantity.literal)


def _choose(all_: Quantity, some: Quantity) -> Quantity:
    total, chosen = all_.value, some.value
    if total != int(total) or chosen != int(chosen) or not 0 <= chosen <= total <= 1000:
        raise ExpressionError("comb wants two whole numbers, the larger first and at most 1,000")
    return _check_size(Quantity(Decimal(math.comb(int(total), int(chosen))), None, literal=True))


OPERATORS: dict[type[ast.operator], Callable[[Quantity, Quantity], Quantity]] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _multiply,
    ast.Div: _divide,
    ast.Pow: _raise,
}
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Quantity]]] = {
    "min": (1, LONGEST, _find_least),
    "max": (1, LONGEST, _find_most),
    "abs": (1, 1, _drop_sign),
    "round": (1, 2, _round),
    "sqrt": (1, 1, _take_root),
    "comb": (2, 2, _choose),
}
"""How many arguments a function takes, at least and at most, and what it does with them."""
