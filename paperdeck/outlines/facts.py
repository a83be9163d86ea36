"""The facts of a paper without a build: its ledger, and those of the papers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.ledger.reading import read_ledger
from paperdeck.ledger.resolving import UnknownFact, find_fact, resolve_ledgers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperdeck.ledger.reading import Fact, Ledger

LEDGER = "facts.yaml"


class Facts:
    """The facts of the papers beside a folder; what is wrong in a ledger is told when the site is built."""

    def __init__(self, folder: Path) -> None:
        self.home = folder.resolve().name
        read = []
        for file in sorted(folder.resolve().parent.glob(f"*/{LEDGER}")):
            read.append(read_ledger(file.read_text("utf-8-sig", "replace"), str(file))[0])
        self.ledgers: Mapping[str, Ledger] = resolve_ledgers(read)[0]

    def find(self, reference: str) -> Fact | None:
        """Return the fact that a role names; None where there is none."""
        try:
            return find_fact(self.ledgers, self.home, reference)
        except UnknownFact:
            return None

    def show(self, reference: str) -> str:
        """Return how a fact is written by default."""
        fact = self.find(reference)
        return fact.shown() if fact else reference
