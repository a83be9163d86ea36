"""Look at what was built in a real Chromium, and tell what is wrong with it, by file and line.

Every slide in its first and last state, wide and narrow, on a phone and on paper; every page at three widths, in the
light and in the dark. The status is 1 where something is found.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from paperdeck.browser import open_chromium, require_chromium
from paperdeck.checking.findings import Finding, merge_findings
from paperdeck.checking.looking import Looked, look_at, read_axe, take_pictures
from paperdeck.checking.pages import check_page, find_pages, read_page
from paperdeck.checking.places import Sources
from paperdeck.checking.report import FORMATS, as_pictures, describe_errors, sum_up
from paperdeck.checking.validity import validate_pages
from paperdeck.commands import Refused, tell_progress

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from paperdeck.checking.looking import Axe

MOST_JOBS = 4
"""How many browsers run beside each other at most, unless more are asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument(
        "folders", nargs="+", type=Path, metavar="DIR", help="what a builder has written, such as _build/html"
    )
    parser.add_argument("--source", type=Path, help="the source directory, where it is not a folder above DIR")
    parser.add_argument("--only", default="", help="look at the pages alone whose path holds this")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how the findings are told")
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="tell them as JSON")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write a page with pictures of what is wrong")
    parser.add_argument("--all-rules", action="store_true", help="axe's advice too, beyond what WCAG asks for")
    parser.add_argument("--vnu", type=Path, metavar="JAR", help="ask the Nu HTML checker too, which needs Java")
    jobs = min(MOST_JOBS, os.cpu_count() or 1)
    parser.add_argument("--jobs", type=int, default=jobs, help=f"how many browsers run at once (here {jobs})")


@dataclass
class Checked:
    """What was found in all pages."""

    findings: list[Finding] = field(default_factory=list)
    pages: int = 0
    decks: int = 0
    slides: int = 0
    errors: dict[str, float] = field(default_factory=dict)
    """The height of each slide of text in the browser, less the one that its build reckons with."""


def run(options: argparse.Namespace) -> int:
    """Look at the pages; return 1 where something is wrong.

    Raises Refused: there is nothing to look at, or nothing to look with.
    """
    begun = monotonic()
    roots = _list_pages(options.folders, options.only)
    found = [*validate_pages(roots, options.vnu)] if options.vnu else []
    checked = check_pages(roots, options.source, max(1, options.jobs), read_axe(options.all_rules), found)
    if told := FORMATS[options.format](checked.findings):
        print(told)
    if options.pictures:
        _write_pictures(options.pictures, checked.findings)
    if checked.errors:
        print(describe_errors(checked.errors), file=sys.stderr)
    print(sum_up(checked.findings, checked.pages, checked.decks, checked.slides, monotonic() - begun), file=sys.stderr)
    return int(bool(checked.findings))


def _list_pages(folders: Sequence[Path], only: str) -> dict[Path, Path]:
    """Return the pages that hold ``only`` in their paths, each with the output that it belongs to."""
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise Refused(f"there is no folder {missing[0]}; build it first")
    roots = {path: folder for folder in folders for path in find_pages(folder)}
    if not roots:
        raise Refused(f"{folders[0]} holds no page; name what a builder wrote")
    if chosen := {path: folder for path, folder in roots.items() if only in str(path)}:
        return chosen
    raise Refused(f"no page holds {only!r} in its path")


def check_pages(
    roots: dict[Path, Path], source: Path | None, jobs: int, axe: Axe, found: Sequence[Finding] = ()
) -> Checked:
    """Return what is wrong with pages, each of the output that it belongs to.

    :param found: what is known to be wrong with them already

    Raises Refused: there is nothing to look with.
    """
    require_chromium()
    read = {path: read_page(path) for path in roots}
    # decks first: they take longest
    waiting: SimpleQueue[Path] = SimpleQueue()
    for path in sorted(roots, key=lambda path: not read[path].is_deck):
        waiting.put(path)
    looked: dict[Path, Looked] = {}

    def look() -> None:
        with open_chromium() as browser:
            while True:
                try:
                    path = waiting.get_nowait()
                except Empty:
                    return
                looked[path] = look_at(browser, path, read[path].is_deck, axe)
                tell_progress(len(looked), len(roots), str(path))

    with ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(look) for _ in range(min(jobs, len(roots)))]
        try:
            for job in running:
                job.result()
        finally:
            while not waiting.empty():  # what is left when one fails, or a person stops it
                waiting.get_nowait()
    return _put_together(roots, looked, source, found)


def _put_together(
    roots: dict[Path, Path], looked: dict[Path, Looked], source: Path | None, known: Sequence[Finding]
) -> Checked:
    checked = Checked()
    found = [*known]
    sources = {root: Sources(root, source) for root in roots.values()}
    for path, root in roots.items():
        seen = looked[path]
        found += [*check_page(path, root), *seen.findings]
        is_deck = read_page(path).is_deck
        checked.pages += not is_deck
        checked.decks += is_deck
        checked.slides += seen.slides
        for name, slide in sources[root].read_slides(path.relative_to(root)).items():
            if slide.height is not None and name in seen.heights:
                checked.errors[f"{path}#/{name}"] = seen.heights[name] - slide.height
    checked.findings = [
        replace(finding, place=sources[roots[Path(finding.page)]].find_place(finding))
        for finding in merge_findings(found)
    ]
    return checked


def _write_pictures(folder: Path, findings: Sequence[Finding]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open_chromium() as browser:
        pictures = take_pictures(browser, findings, folder)
    path = folder / "index.html"
    path.write_text(as_pictures(findings, pictures), "utf-8")
    print(f"Pictures of what is wrong: {path}", file=sys.stderr)
