"""Take a paper out of the project in this folder; what else refers to it is listed first.

Without --write nothing is changed. With it, its folder, its diagrams and its lines in lists of papers are removed,
where nothing else refers to it; its entry in the bibliography stays.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused, count
from paperdeck.slides.fences import read_fence
from paperdeck.start.project import ENTRY, PAPERS, SLUG, TOCTREE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SOURCES = (".md", ".yaml", ".mmd", ".rst")
DIAGRAMS = "diagrams"
LABEL = re.compile(r"^\(([^()\s]+)\)=|^\s*:(?:name|label):\s*(\S+)", re.M)
CODE = re.compile(r"(?<![}`])(`+)(?!`).+?(?<!`)\1(?!`)")
LONGEST_LINE = 80


@dataclass(frozen=True)
class Reference:
    """A line that refers to a paper."""

    path: Path
    line: int
    text: str
    listed: bool
    """Whether it is its line in a list of papers, which goes with it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("slug", help="the name of its folder")
    parser.add_argument("--write", action="store_true", help="remove it, where nothing else refers to it")


def run(options: argparse.Namespace) -> int:
    """List what refers to a paper, or remove it; return 1 where something else refers to it.

    Raises Refused: there is no such paper.
    """
    folder = Path(PAPERS) / options.slug
    if not SLUG.fullmatch(options.slug) or not folder.is_dir():
        raise Refused(f"there is no paper {options.slug!r} in {PAPERS}/; name a folder there")
    references = list(find_references(Path(), options.slug))
    others = [reference for reference in references if not reference.listed]
    for reference in others:
        text = reference.text.strip()
        short = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
        print(f"{reference.path}:{reference.line}: refers to it: {short}")
    if others:
        print(f"{count(len(others), 'line')} to change before {options.slug} can be removed.")
        return 1
    if not options.write:
        print(f"Nothing else refers to {options.slug}; “remove {options.slug} --write” removes it.")
        return 0
    for path in {reference.path for reference in references}:
        gone = {reference.line for reference in references if reference.path == path}
        lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        path.write_bytes("".join(line for number, line in enumerate(lines, 1) if number not in gone).encode())
    for each in (folder, Path(DIAGRAMS) / options.slug):
        if each.is_dir():
            shutil.rmtree(each)
    print(f"{folder} is removed; its entry in the bibliography stays.")
    return 0


def find_references(top: Path, slug: str) -> Iterator[Reference]:
    """Yield the lines outside a paper's own folders that refer to it: its documents, labels, facts and diagrams."""
    own = (top / PAPERS / slug, top / DIAGRAMS / slug)
    documents = [path for path in own[0].rglob("*.md") if path.is_file()]
    labels = {a or b for path in documents for a, b in LABEL.findall(path.read_text("utf-8", "replace"))}
    named = "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or r"(?!)"
    refers = re.compile(
        rf"\b(?:{PAPERS}|{DIAGRAMS})/{re.escape(slug)}/|(?<![\w-]){re.escape(slug)}:[a-z]\w*"
        rf"|^:+\{{(?:compare|checked)\}}.*(?<![\w-]){re.escape(slug)}(?![\w-])|\{{[\w:]+\}}`(?:[^`<]*<)?(?:{named})>?`|\]\(#(?:{named})\)"
    )
    for path in find_sources(top):
        if any(folder in path.parents for folder in own):
            continue
        text = path.read_text("utf-8", "replace")
        listed = {
            text.count("\n", 0, found.start("lines")) + 1 + number
            for found in TOCTREE.finditer(text)
            for number in range(found["lines"].count("\n"))
        }
        for number, line in enumerate(hide_code(text), 1):
            if refers.search(line):
                yield Reference(path, number, line, number in listed and ENTRY.fullmatch(line) is not None)


def hide_code(text: str) -> Iterator[str]:
    """Yield the lines of a text without its code, which refers to nothing; what a directive holds is none."""
    marks = ""
    for line in text.splitlines():
        fence = read_fence(line)
        hidden = bool(marks)
        if fence and not marks and fence.marks[0] != ":" and fence.info and not fence.name:
            marks, hidden = fence.marks, True
        elif fence and fence.closes(marks):
            marks = ""
        yield "" if hidden else CODE.sub("", line)


def find_sources(top: Path) -> Iterator[Path]:
    """Yield the sources of a project: those at its top, and those below the folders of conf.py's neighbours.

    Raises Refused: this is no project.
    """
    if not (top / "conf.py").is_file():
        raise Refused(f"there is no {top / 'conf.py'}; go to the folder of your project")
    for path in sorted(top.iterdir()):
        if path.is_file() and path.suffix in SOURCES and not path.name.startswith("."):
            yield path
        elif path.is_dir() and path.name[0] not in "._" and path.name not in ("tests", "node_modules"):
            yield from (each for each in sorted(path.rglob("*")) if each.is_file() and each.suffix in SOURCES)
