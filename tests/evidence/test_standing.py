"""How each fact of a ledger was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.evidence.checked import CheckedFact, digest_fact
from paperdeck.evidence.findings import Outcome
from paperdeck.evidence.standing import SEARCHED, Standing, tell_standing
from paperdeck.ledger.reading import read_ledger

if TYPE_CHECKING:
    from paperdeck.ledger.reading import Fact


def read(fields: str) -> Fact:
    """Return the one fact of a ledger."""
    ledger, wrong = read_ledger(f"size:\n  says: its size\n  {fields}\n", "papers/x/facts.yaml")
    assert wrong == []
    return ledger.facts["size"]


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ("value: 4\n  source: k, Table 4", Standing.WAITING),
        ("value: 4\n  source: k, Appendix", Standing.WAITING),
        ("text: MIT\n  source: k, §7\n  quote: under the MIT licence", Standing.WAITING),
        ("text: MIT\n  source: k, §7", Standing.WORDS),
        ("value: 4\n  source: k, training log", Standing.OUTSIDE),
        ("value: 4\n  source: k, Figure 4\n  read: figure", Standing.FIGURE),
        ("value: 4\n  source: k\n  place: memory", Standing.PLACELESS),
        ("reported: no\n  source: k, §1", Standing.SILENT),
        ("from: 2 * 2", Standing.COMPUTED),
        ("value: 4\n  known: ours", Standing.OURS),
        ("value: 4\n  known: memory", Standing.RECALLED),
        ("value: 4\n  known: draft", Standing.RECALLED),
    ],
)
def test_a_fact_says_what_can_be_done_to_check_it(fields: str, standing: Standing) -> None:
    """Before anybody has looked."""
    assert tell_standing(read(fields), None) is standing


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [
        (Outcome.FOUND, Standing.FOUND),
        (Outcome.ELSEWHERE, Standing.ELSEWHERE),
        (Outcome.MISSING, Standing.MISSING),
    ],
)
def test_what_came_of_a_search_holds_until_the_fact_changes(outcome: Outcome, standing: Standing) -> None:
    """A corrected number is not one that was found; in other words it is the same."""
    fact = read("value: 4\n  source: k, Table 4")
    check = CheckedFact("k", outcome, digest_fact(fact))
    assert tell_standing(fact, check) is standing
    assert standing in SEARCHED
    assert tell_standing(read("value: 4\n  source: k, Table 4\n  show: four"), check) is standing
    assert tell_standing(read("value: 5\n  source: k, Table 4"), check) is Standing.CHANGED
    assert tell_standing(read("value: 4\n  source: k, Table 4\n  read: figure"), check) is Standing.FIGURE
