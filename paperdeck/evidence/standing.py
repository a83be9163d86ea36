"""How each fact of a ledger was checked: by a program, by eye, by the build, or not yet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from paperdeck.evidence.checked import digest_fact
from paperdeck.evidence.findings import Outcome
from paperdeck.evidence.places import read_place
from paperdeck.ledger.reading import Known

if TYPE_CHECKING:
    from paperdeck.evidence.checked import CheckedFact
    from paperdeck.ledger.reading import Fact


class Standing(StrEnum):
    """How a fact was checked; each has one."""

    FOUND = "found"
    """A program found it where the ledger says."""
    ELSEWHERE = "elsewhere"
    """A program found it, and elsewhere."""
    MISSING = "missing"
    """A program did not find it."""
    CHANGED = "changed"
    """It was looked for, and has changed since."""
    WAITING = "waiting"
    """A program could look for it, and none has."""
    FIGURE = "figure"
    """It was read off a figure."""
    OUTSIDE = "outside"
    """It stands in something else than the paper: a training log, a repository."""
    WORDS = "words"
    """It is a text, without a quotation to look for."""
    SILENT = "silent"
    """It was read for, and not found: ``reported: no``."""
    PLACELESS = "placeless"
    """Its place is known from memory alone, and not printed."""
    COMPUTED = "computed"
    """The build works it out from other facts."""
    OURS = "ours"
    """It is an estimate of the ledger's author."""
    RECALLED = "recalled"
    """It is known from memory or a draft."""


UNLIKE_THE_PAPER = {
    Known.COMPUTED: Standing.COMPUTED,
    Known.OURS: Standing.OURS,
    Known.MEMORY: Standing.RECALLED,
    Known.DRAFT: Standing.RECALLED,
}
OUTCOMES = {
    Outcome.FOUND: Standing.FOUND,
    Outcome.ELSEWHERE: Standing.ELSEWHERE,
    Outcome.MISSING: Standing.MISSING,
    Outcome.UNASKED: Standing.WAITING,
}
SEARCHED = (Standing.FOUND, Standing.ELSEWHERE, Standing.MISSING, Standing.CHANGED, Standing.WAITING)
"""Of what a program looks for in the text of a paper."""


def names_part(fact: Fact) -> bool:
    """Tell whether a fact names a part of a paper as its place: a table, a section; not a training log."""
    return any(read_place(place) for source in fact.sources for place in source.places)


def tell_standing(fact: Fact, check: CheckedFact | None) -> Standing:
    """Return how a fact was checked.

    :param check: what is kept of the search for it; None where nobody looked
    """
    if not fact.reported:
        return Standing.SILENT
    if fact.known is not Known.PAPER:
        return UNLIKE_THE_PAPER[fact.known]
    if fact.read_off:
        return Standing.FIGURE
    if fact.value is None and not fact.quote:
        return Standing.WORDS
    if not fact.place_checked:
        return Standing.PLACELESS
    if not names_part(fact):
        return Standing.OUTSIDE
    if check is None:
        return Standing.WAITING
    return OUTCOMES[check.outcome] if check.digest == digest_fact(fact) else Standing.CHANGED
