"""Ledgers that tests begin from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.ledger import reading, resolving

if TYPE_CHECKING:
    from paperdeck.ledger.reading import Ledger, Problem

PATH = "papers/glam/facts.yaml"
GOOD = """
total:
  says: parameters in all
  value: 1.2e12
  unit: parameter
  show: 1.2 trillion
  source: du2022glam, Abstract
active:
  says: parameters that one token activates
  value: 96.6e9
  unit: parameter
  show: {en: 96.6 billion, de: "96,6 Milliarden"}
  source: [du2022glam, "brown2020gpt3, Table 4; §5.2"]
  place: memory
  differs: "The outline says more."
  words: [a few]
share:
  says: share of the parameters that one token uses
  from: active / total
  show: "{value:.0%}"
licence:
  says: licence of the weights
  text: Apache 2.0
  source: du2022glam, §7
"""


def load(text: str) -> tuple[Ledger, list[Problem]]:
    """Read and resolve one ledger called “glam”."""
    read, problems = reading.read_ledger(text, PATH)
    resolved, more = resolving.resolve_ledgers([read])
    return resolved["glam"], problems + more


def fact(line: str, key: str = "key") -> str:
    """Return a ledger of one fact that is right but for this line."""
    rest = {"says": "says: what", "value": "value: 64", "source": "source: du2022glam, §4"}
    rest.pop(line.partition(":")[0], None)
    if line.startswith(("from", "text")):
        rest.pop("value")
    return f"{key}:\n" + "".join(f"  {text}\n" for text in (line, *rest.values()))
