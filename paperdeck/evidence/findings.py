"""What comes of the search for a fact; apart from the search, which no build needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of the search for a fact."""

    FOUND = "found"
    """It stands at a place that the ledger names."""
    ELSEWHERE = "elsewhere"
    """It stands in the paper, and at none of these places."""
    MISSING = "missing"
    """It stands nowhere."""
    UNASKED = "unasked"
    """It is not to be looked for."""


@dataclass(frozen=True)
class Finding:
    """What came of the search, and where."""

    key: str
    outcome: Outcome
    place: str = ""
    """Where it stands, in the words of a reader: “Table 4”."""
    page: int = 0
    context: str = ""
    """What stands around it; shown to the person who looks, and never kept."""
    nearest: tuple[str, ...] = ()
    """The numbers at its place that come closest, as they are written, where it is missing there."""
    reason: str = ""
    """Why it is not to be looked for, or what else is to be said."""
