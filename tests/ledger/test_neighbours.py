"""What stands near a fact in its paper."""

from __future__ import annotations

import pytest

from paperdeck.ledger.neighbours import find_neighbours
from tests.ledger.samples import load

CELLS = [
    ("small_one", "Small on ONE", "Table 4"),
    ("small_two", "Small on TWO", "Table 4"),
    ("large_one", "Large on ONE", "Table 4, §5"),
    ("large_two", "Large on TWO", "Table 4"),
    ("other_one", "Other on ONE", "Table 5"),
    ("size", "size of Small", "Table 4"),
    ("drawn", "Small on ONE, drawn", "Figure 4"),
]
LEDGER = "".join(
    f"{key}:\n  says: {says}\n  value: {place}\n  source: du2022glam, {table}\n"
    for place, (key, says, table) in enumerate(CELLS)
)


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("small_one", ("Table 4", ["small_two", "large_one"])),
        ("large_two", ("Table 4", ["small_two", "large_one"])),
        ("other_one", ("", [])),
        ("size", ("", [])),
        ("drawn", ("", [])),
    ],
)
def test_cells_of_a_row_and_a_column_are_near(key: str, near: tuple[str, list[str]]) -> None:
    """They come from the same table and are told in the same words save for one; other tables and figures do not."""
    facts = load(LEDGER)[0].facts
    table, found = find_neighbours(facts[key], facts.values())
    assert (table, [fact.key for fact in found]) == near


@pytest.mark.parametrize("line", ["unit: token", "place: memory", "text: many"])
def test_what_cannot_stand_there_is_not_near(line: str) -> None:
    """Another unit, a place that was not looked up, a fact without a number."""
    changed = LEDGER.replace("says: Large on ONE\n", f"says: Large on ONE\n  {line}\n")
    if line.startswith("text"):
        changed = changed.replace("  value: 2\n", "")
    facts = load(changed)[0].facts
    assert [fact.key for fact in find_neighbours(facts["small_one"], facts.values())[1]] == ["small_two"]


def test_nearest_in_the_ledger_come_first() -> None:
    """Of many that are as like, three; in the order of the ledger."""
    ledger = "".join(f"m{n}:\n  says: m{n} on ONE\n  value: {n}\n  source: du2022glam, Table 4\n" for n in range(9))
    facts = load(ledger)[0].facts
    assert [fact.key for fact in find_neighbours(facts["m6"], facts.values())[1]] == ["m4", "m5", "m7"]
