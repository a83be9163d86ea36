"""Add a paper to the project in this folder: the skeleton of a talk, its ledger, its entry, its line in index.md.

From an outline it makes a slide for each of its slides, and a ledger of its numbers. Nothing that is there is written
over.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused, count
from paperdeck.outlines.drafting import draft_paper
from paperdeck.outlines.reading import load_outline
from paperdeck.start.project import fill_paper, plan_paper, write_paper

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from paperdeck.outlines.drafting import Draft

STANDARD_INPUT = "-"
LONGEST_LINE = 70
LARGEST_PICTURE = 20 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("slug", help="the name of its folder: lower-case letters, digits and hyphens, such as lora")
    parser.add_argument(
        "--bib",
        metavar="FILE",
        help="a file with the BibTeX entry of the paper, or - to paste it; without it, an entry to be filled in",
    )
    parser.add_argument(
        "--outline", metavar="FILE", type=Path, help="the outline of the talk, in Markdown, org or Beamer"
    )
    parser.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Add the paper.

    Raises Refused: it cannot be added, and nothing is written.
    """
    drafts: list[Draft] = []

    def fill(words: Mapping[str, str]) -> Mapping[str, bytes]:
        if options.outline is None:
            return fill_paper(words)
        draft, files = _fill_from_outline(options.outline, words)
        drafts.append(draft)
        return files

    try:
        plan = plan_paper(Path(), options.slug, _read_bib(options.bib), fill)
        if not options.dry_run:
            write_paper(plan)
    except OSError as error:
        file = error.filename2 or error.filename
        raise Refused(f"{file} cannot be written: {error.strerror}; mend that, and try again") from None
    if options.dry_run:
        for name, content in plan.files.items():
            print(f"--- {plan.folder / name}")
            print(content.decode() if name.endswith((".md", ".yaml")) else f"({len(content)} bytes)")
    for draft in drafts:
        _tell(draft, options.outline)
    done = "would be made" if options.dry_run else "is made"
    print(f"{plan.folder} {done}; its entry is {plan.key} in {plan.bibliography.name}. Write on in index.md there.")
    return 0


def _fill_from_outline(path: Path, words: Mapping[str, str]) -> tuple[Draft, dict[str, bytes]]:
    """Return what an outline gives, and the files of the paper: its own and the pictures."""
    outline = load_outline(path)

    def find(name: str) -> Path | None:
        """Return the file of a picture that lies beside the outline, or below it."""
        file = path.parent / name
        below = not Path(name).is_absolute() and ".." not in Path(name).parts and name.isprintable()
        return file if below and file.is_file() and file.stat().st_size <= LARGEST_PICTURE else None

    draft = draft_paper(outline, words, lambda name: find(name) is not None)
    pictures = {name: file.read_bytes() for name in draft.pictures if (file := find(name))}
    return draft, {"index.md": draft.document.encode(), "facts.yaml": draft.ledger.encode(), **pictures}


def _tell(draft: Draft, path: Path) -> None:
    """Print what came of an outline: each line that is kept as a comment alone, and the counts."""
    for block in draft.untaken:
        text = block.text.splitlines()[0] if block.text else ""
        short = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
        print(f"{path}:{block.line}: kept as a comment: {short}")
    print(
        f"{count(draft.slides, 'slide')}, {count(draft.numbers, 'number')}, known from this draft "
        "alone: the build tells of each on a slide until its source is in facts.yaml."
    )


def _read_bib(name: str | None) -> bytes | None:
    if name is None:
        return None
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}; name a file with the BibTeX entry") from None
