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
        "quote": None,
        "read": None,
        "seen": None,
        "differs": None,
    }


def test_what_a_search_needs_and_what_an_eye_saw_are_data_too() -> None:
    """A quotation, that a figure was read, and where a person saw it."""
    ledger = "key:\n  says: what\n  value: 64\n  source: k, Figure 2\n"
    extra = "  quote: 64 experts\n  read: figure\n  seen: page 9\n"
    data = schema.fact_to_json(load(ledger + extra)[0].facts["key"])
    assert (data["quote"], data["read"], data["seen"]) == ("64 experts", "figure", "page 9")


def test_facts_json_tells_all_that_an_author_wrote_of_a_fact() -> None:
    """Under its name, or as what became of it; wordings for our own number grammar stay in the ledger."""
    facts = schema.build_facts_schema()["properties"]["ledgers"]["additionalProperties"]
    told = set(facts["additionalProperties"]["properties"])
    renamed = {"source": "sources", "place": "place_checked"}
    assert {renamed.get(name, name) for name in FIELDS} - told == {"words"}
