"""What other programs read of a ledger, and what describes it."""

from __future__ import annotations

import re

from paperdeck.ledger import schema
from paperdeck.ledger.reading import FIELDS
from tests.conftest import TOP
from tests.ledger.samples import GOOD, load


def test_schema_and_reader_know_the_same_fields() -> None:
    """What an editor offers is what the reader takes, and the guide describes each."""
    [entry] = schema.build_ledger_schema()["patternProperties"].values()
    assert set(entry["properties"]) == set(FIELDS)
    guide = (TOP / "guide" / "ledger.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", guide, re.M)) == set(FIELDS)


def test_fact_for_other_programs_is_plain() -> None:
    """Numbers are numbers, and what is not known is null."""
    facts = load(GOOD)[0].facts
    assert schema.fact_to_json(facts["total"])["value"] == 1_200_000_000_000
    assert schema.fact_to_json(facts["share"])["value"] == 0.0805
    assert schema.fact_to_json(facts["licence"]) == {
        "says": "licence of the weights",
        "value": None,
        "text": "Apache 2.0",
        "reported": True,
        "unit": None,
        "setting": None,
        "show": "Apache 2.0",
        "from": None,
        "parts": [],
        "sources": [{"work": "du2022glam", "places": ["§7"]}],
        "known": "paper",
        "place_checked": True,
        "differs": None,
    }
