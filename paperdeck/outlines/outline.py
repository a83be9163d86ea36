"""Write the outline of a paper's talk, in the form that “new --outline” reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.outlines.facts import Facts
from paperdeck.outlines.papers import read_paper
from paperdeck.outlines.prompt import write_outline

if TYPE_CHECKING:
    import argparse

    from paperdeck.outlines.model import Outline

DOCUMENT = "index.md"
PAPERS = "papers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("paper", help="a paper: its name, its folder, or its document")
    parser.add_argument("--points", action="store_true", help="leave out what the speaker says")


def run(options: argparse.Namespace) -> int:
    """Print the outline.

    Raises Refused: there is no such paper, or it has no slides.
    """
    print(write_outline(load_paper(find_document(options.paper)), notes=not options.points), end="")
    return 0


def find_document(name: str) -> Path:
    """Return the document of a paper that is named by its folder, or as ``papers/`` has it."""
    if not name:
        raise Refused("name a paper, such as lora; with make, as PAPER=lora")
    candidates = [Path(name), Path(name) / DOCUMENT, Path(PAPERS) / name / DOCUMENT]
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise Refused(f"there is no paper {name}; name one of {PAPERS}/, or its document")
    return found


def load_paper(path: Path) -> Outline:
    """Return the outline of a paper's talk."""
    try:
        outline = read_paper(path.read_text("utf-8-sig"), Facts(path.parent).show)
    except UnicodeDecodeError:
        raise Refused(f"{path} is no text in UTF-8; save it as that") from None
    if not outline.slides:
        raise Refused(f"{path} has no slides; write one: :::{{slide}} What it shows")
    return outline
