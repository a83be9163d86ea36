"""Turn documents of headings into slides, as far as that goes, and list the rest.

They may be written for sphinx-revealjs, Pandoc, Marp, Slidev, Quarto, org or Beamer. Without --write the result is
printed; with it, a document in Markdown is replaced and kept beside it as FILE.bak, another has the result beside it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.outlines.drafting import draft_document
from paperdeck.outlines.reading import load_outline

if TYPE_CHECKING:
    import argparse

    from paperdeck.outlines.drafting import Document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a document of headings, or of rules")
    parser.add_argument("--write", action="store_true", help="write the result, and keep what was there")


def run(options: argparse.Namespace) -> int:
    """Adopt the documents, all of them or none.

    Raises Refused: one cannot be read or written.
    """
    documents = {path: draft_document(load_outline(path)) for path in options.files}
    if options.write:
        for path in documents:
            _check(path)
    for path, document in documents.items():
        if options.write:
            print(f"{_write(path, document)} is written")
        else:
            print(document.text, end="")
        for block in document.untaken:
            text = (block.text.splitlines() or [""])[0]
            print(f"{path}:{block.line}: kept as a comment: {text}", file=sys.stderr)
    return 0


def _find_places(path: Path) -> tuple[Path, Path | None]:
    """Return where the result goes, and where what is there now."""
    if path.suffix == ".md":
        return path, path.with_name(f"{path.name}.bak")
    return path.with_suffix(".md"), None


def _check(path: Path) -> None:
    """Raise Refused where writing would cost something."""
    place, backup = _find_places(path)
    taken = backup or place
    if os.path.lexists(taken):
        raise Refused(f"{taken} is there already; move it away first")
    if not os.access(path.parent, os.W_OK) or (backup and not os.access(path, os.W_OK)):
        raise Refused(f"{place} may not be written; allow it first")


def _write(path: Path, document: Document) -> Path:
    place, backup = _find_places(path)
    near = path.with_name(f".{path.name}.adopted")
    near.write_text(document.text, "utf-8")
    if backup:
        backup.write_bytes(path.read_bytes())
    near.replace(place)
    return place
