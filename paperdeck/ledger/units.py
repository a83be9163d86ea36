"""The units of facts: what can be counted and measured, and by how much one is another."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint
    from pint.facets.plain import PlainUnit

COUNTED = [
    "parameter",
    "token",
    "expert",
    "layer",
    "head",
    "dimension",
    "neuron",
    "example",
    "document",
    "sequence",
    "step",
    "epoch",
    "checkpoint",
    "task",
    "benchmark",
    "language",
    "run",
    "model",
    "GPU",
    "TPU",
    "chip",
    "card",
    "node",
    "author",
    "query",
    "word",
    "score",
]
"""What can be counted; each is a unit of its own kind."""
MEASURED = (
    "second = [time] = s",
    "minute = 60 second",
    "hour = 3600 second = h",
    "day = 24 hour",
    "year = 365.25 day",
    "bit = [information]",
    "byte = 8 bit = B",
    "nat = [entropy]",
    "FLOP = [operation]",
    "joule = [energy] = J",
    "watt = joule / second = W",
    "watt_hour = 3600 joule = Wh",
    "gram = [mass] = g",
    "tonne = 1e6 gram = t",
    "dollar = [money] = USD",
    "percent = 0.01",
    "point = 0.01",
)
"""What is measured, in pint's own notation; prefixes from nano to exa go with each."""
PREFIXES = (
    "nano- = 1e-9 = n-",
    "micro- = 1e-6 = µ-",
    "milli- = 1e-3 = m-",
    "kilo- = 1e3 = k-",
    "mega- = 1e6 = M-",
    "giga- = 1e9 = G-",
    "tera- = 1e12 = T-",
    "peta- = 1e15 = P-",
    "exa- = 1e18 = E-",
    "kibi- = 1024 = Ki-",
    "mebi- = 1048576 = Mi-",
    "gibi- = 1073741824 = Gi-",
    "tebi- = 1099511627776 = Ti-",
)
UNIT = re.compile(r"[A-Za-zµ]{1,30}(?:(?: ?[*/] ?| per | )[A-Za-zµ]{1,30}){0,5}")
UNIT_PART = re.compile(r"( ?[*/] ?| per | )?([A-Za-zµ]+)")


class UnitError(ValueError):
    """What is wrong with a unit, in a sentence for the author."""


@lru_cache
def load_registry(more: tuple[str, ...]) -> pint.UnitRegistry[Any]:
    """Return our units, with these counting units besides; made at first use, as pint takes a while.

    Units of two registries cannot be compared, so that a site always asks with the same ones.
    """
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Decimal)
    for line in (*PREFIXES, *MEASURED, *(f"{name} = [{name}]" for name in (*COUNTED, *more))):
        units.define(line)
    return units


def read_unit(text: str, more: tuple[str, ...] = ()) -> PlainUnit:
    """Return the unit that a text such as ``GPU hour`` or ``byte per parameter`` names.

    Raises UnitError: a name that is no unit, or a text that is no product of names.
    """
    import pint

    if not UNIT.fullmatch(text):
        raise UnitError(f"{text!r} is no unit; join names by “*”, “/”, “per” or a space: GPU hour, FLOP / token")
    units = load_registry(more)
    product: PlainUnit = units.Unit("")
    for joint, name in UNIT_PART.findall(text):
        try:
            part = units.Unit(name)
        except (pint.UndefinedUnitError, pint.DefinitionSyntaxError):
            raise UnitError(
                f"{name!r} is no unit we know; see “Units” in the guide to the ledger, leave it out,"
                " or add it to paperdeck_units in conf.py"
            ) from None
        product = product / part if joint.strip() in ("/", "per") else product * part
    return product


@lru_cache(maxsize=1024)
def read_measure(text: str, more: tuple[str, ...] = ()) -> PlainUnit | None:
    """Return the unit a word names, None for other words and for what is counted (“experts”)."""
    try:
        found = read_unit(text, more)
    except UnitError:
        return None
    counted = {f"[{name}]" for name in (*COUNTED, *more)}
    return found if found.dimensionality and not counted & set(found.dimensionality) else None


def find_factor(unit: PlainUnit, wanted: PlainUnit) -> Decimal:
    """Return by what a number of ``unit`` is multiplied to be a number of ``wanted``.

    Raises UnitError: the two are of different kinds.
    """
    if unit.dimensionality != wanted.dimensionality:
        raise UnitError(f"{_name_unit(wanted)} and {_name_unit(unit)} do not go together")
    return Decimal((Decimal(1) * unit).to(wanted).magnitude)


def _name_unit(unit: PlainUnit) -> str:
    return "a pure number" if unit.dimensionless else f"{unit:~C}"
