"""Units: names we declared, their products, and nothing else."""

from __future__ import annotations

import pytest

from paperdeck.ledger import units
from paperdeck.ledger.units import UnitError


@pytest.mark.parametrize("text", ["GPU hour", "FLOP / token", "byte per parameter", "MWh", "GB", "ms", "tonnes", "h"])
def test_unit_is_known(text: str) -> None:
    """Names, plurals, symbols and prefixes, and products of them, are units."""
    units.read_unit(text)


@pytest.mark.parametrize("text", ["foo", "9**9", "", "__import__", "a" * 99, "MWh " * 9, "token; token", "meter"])
def test_unit_that_is_none_is_refused(text: str) -> None:
    """Nothing but names that we declared reaches pint."""
    with pytest.raises(UnitError):
        units.read_unit(text)


def test_site_adds_counting_units() -> None:
    """What a site declares is a kind of its own."""
    assert units.read_unit("photons", ("photon",)).dimensionality == {"[photon]": 1}


def test_only_measures_are_told_from_other_words() -> None:
    """“64 GB” measures, “64 experts” and “64 of” do not."""
    assert units.read_measure("GB") is not None
    assert units.read_measure("experts") is None
    assert units.read_measure("of") is None
