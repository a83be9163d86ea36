"""Make a project of one's own, with an example paper that shows every layout.

It builds both outputs as it is: “make html revealjs” in its folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.start.project import make_project

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("folder", type=Path, help="where to make it: a folder that is not there yet, or is empty")


def run(options: argparse.Namespace) -> int:
    """Make the project.

    Raises Refused: it cannot be made, and nothing is written.
    """
    try:
        make_project(options.folder)
    except OSError as error:
        raise Refused(f"{options.folder} cannot be written: {error.strerror}; name another folder") from None
    made = options.folder if options.folder.name else options.folder.resolve()  # where “.” was written
    print(f"{made} is made. There, “make html revealjs” builds both outputs, “make new PAPER=…” adds a paper.")
    return 0
