"""What an export says at its end: which files it wrote, how large they are, and which to open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Written:
    """A file that was written."""

    path: Path
    pages: int | None = None
    """How many pages or slides it has; None where it has none."""
    lacks: tuple[str, ...] = ()
    """What should be in it and is not."""

    def __str__(self) -> str:
        """Return it as a line."""
        pages = "" if self.pages is None else f", {count(self.pages, 'page')}"
        return f"{shorten(self.path)}: {describe_size(self.path.stat().st_size)}{pages}"


def shorten(path: Path) -> str:
    """Return a path as seen from here, where it lies below."""
    whole, here = path.resolve(), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else path)


def describe_size(size: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{size / 1e3:.0f} KB"


def describe_files(files: Sequence[Written]) -> str:
    """Return how many files were written and how large they are, as a sentence."""
    size = describe_size(sum(file.path.stat().st_size for file in files))
    return f"{count(len(files), 'file')} written, {size}."


def tell_written(files: Iterable[Written]) -> None:
    """Say of each file that it was written, as soon as it is, and at last what to open."""
    first = None
    for file in files:
        first = first or file.path
        print(file, *(f"  without {lack}" for lack in file.lacks), sep="\n", flush=True)
    if first:
        print(f"Open {shorten(first)}")
