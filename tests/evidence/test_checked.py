"""What is kept of a search."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from paperdeck.evidence.checked import Checked, CheckedFact, CheckedText, digest_fact, read_checked, write_checked
from paperdeck.evidence.findings import Outcome
from paperdeck.ledger.reading import Fact, Source
from paperdeck.ledger.yaml import Unreadable

FACT = Fact("paper", "size", says="its size", value=Decimal("96.6e9"), sources=(Source("doe2024", ("Table 4",)),))


def test_what_is_written_is_read_again() -> None:
    """Word for word, and in the order of the ledger."""
    checked = Checked(
        {"doe2024": CheckedText("PDF", "a" * 64, "2026-01-31")},
        {
            "size": CheckedFact("doe2024", Outcome.FOUND, digest_fact(FACT), "Table 4", 5),
            "age": CheckedFact("doe2024", Outcome.MISSING, "0" * 12),
        },
    )
    text = write_checked(checked)
    assert read_checked(text) == checked
    assert write_checked(read_checked(text)) == text


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        ({"value": Decimal("96.7e9")}, True),
        ({"unit": "parameter"}, True),
        ({"sources": (Source("doe2024", ("Table 5",)),)}, True),
        ({"quote": "it has 96.6B"}, True),
        ({"says": "how large it is"}, False),
        ({"show": (("", "96.6 billion"),)}, False),
        ({"differs": "Often told as more."}, False),
    ],
)
def test_a_digest_changes_with_what_was_looked_for(change: dict[str, Any], changes: bool) -> None:
    """And with nothing else, or a better wording would undo a check."""
    assert (digest_fact(dataclasses.replace(FACT, **change)) != digest_fact(FACT)) is changes


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "facts:\n  size: found",
        "facts:\n  size:\n    outcome: perhaps",
        "facts:\n  size:\n    page: [1]",
        "{",
    ],
)
def test_a_file_that_nobody_wrote_is_refused(text: str) -> None:
    """At the place where it departs."""
    with pytest.raises(Unreadable):
        read_checked(text)


def test_an_empty_file_says_nothing() -> None:
    """As one that is not there."""
    assert read_checked("") == Checked()
