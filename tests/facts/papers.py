"""Sites of one paper, for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


BIB = "@misc{k, author = {Du, Nan and Huang, Yanping and Dai, Andrew}, title = {T}, year = {2022}}\n"
MORE = 'bibtex_bibfiles = ["r.bib"]\n'
LEDGER = """\
share:
  says: share that is used
  value: 0.0805
  show: "{value:.0%}"
  source: k, Table 4
"""


def paper(text: str, ledger: str = LEDGER, front: str = "paper: k") -> dict[str, str]:
    """Return the sources of a site of one paper."""
    return {"index.md": f"---\n{front}\n---\n# T\n\n{text}\n", "facts.yaml": ledger, "r.bib": BIB}


def edit(path: Path, old: str, new: str) -> None:
    """Change a file, so that Sphinx sees it."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
