"""Write decks and articles as one file each, and a site as one to unpack; all opens by double click.

Faces, pictures, styles and scripts are within: nothing is fetched.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from paperdeck.commands import tell_progress
from paperdeck.exports.pages import add_folders, choose_pages, name_pages
from paperdeck.exports.single import write_single, write_single_deck
from paperdeck.exports.written import Written, tell_written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperdeck.exports.pages import Page

NOT_NEEDED = frozenset((".buildinfo", "objects.inv", ".doctrees"))
"""What a reader has no use for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)
    parser.add_argument("--zip", action="store_true", help="each DIR too, as a site to unpack, where it has articles")


def run(options: argparse.Namespace) -> int:
    """Write them.

    Raises Refused: there is nothing to write.
    """
    pages, out = choose_pages(options)
    tell_written(write_files(pages, out, options.folders if options.zip else ()))
    return 0


def write_files(pages: Sequence[Page], out: Path, sites: Sequence[Path]) -> Iterator[Written]:
    """Write each page as one file, and each site as one to unpack; yield what was written."""
    names = name_pages(pages)
    count = len(pages) + len(sites)
    for done, page in enumerate(pages):
        target = out / f"{names[page.path]}{'-slides' if page.is_deck else ''}.html"
        tell_progress(done, count, target.name)
        if page.is_deck:
            text, lacks = write_single_deck(page.path, page.root, page.links)
        else:
            text, lacks = write_single(page.path, page.links)
        target.write_text(text, "utf-8")
        yield Written(target, lacks=tuple(lacks))
    for done, folder in enumerate(sites, len(pages)):
        target = out / f"{folder.resolve().name}.zip"
        tell_progress(done, count, target.name)
        pack(folder, target)
        yield Written(target)
    tell_progress(count, count, "")


def pack(folder: Path, target: Path) -> None:
    """Write a folder as one file to unpack; the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and NOT_NEEDED.isdisjoint(name.parts):
                entry = zipfile.ZipInfo(f"{folder.resolve().name}/{name.as_posix()}")
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
