"""Add a paper to the project in this folder: the skeleton of a talk, its ledger, its entry, its line in index.md.

Nothing that is there is written over.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.start.project import make_paper

if TYPE_CHECKING:
    import argparse

STANDARD_INPUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("slug", help="the name of its folder: lower-case letters, digits and hyphens, such as lora")
    parser.add_argument(
        "--bib",
        metavar="FILE",
        help="a file with the BibTeX entry of the paper, or - to paste it; without it, an entry to be filled in",
    )


def run(options: argparse.Namespace) -> int:
    """Add the paper.

    Raises Refused: it cannot be added, and nothing is written.
    """
    try:
        made = make_paper(Path(), options.slug, _read_bib(options.bib))
    except OSError as error:
        file = error.filename2 or error.filename
        raise Refused(f"{file} cannot be written: {error.strerror}; mend that, and try again") from None
    print(f"{made.folder} is made; its entry is {made.key} in {made.bibliography.name}. Write on in index.md there.")
    return 0


def _read_bib(name: str | None) -> bytes | None:
    if name is None:
        return None
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}; name a file with the BibTeX entry") from None
