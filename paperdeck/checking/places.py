"""Where in the sources a finding comes from: by what a build writes beside its pages, without asking Sphinx."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.checking.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.checking.findings import Finding

SLIDES = ".slides.json"
"""What a deck's build says of its slides, beside the page."""

_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(
    r"^\s*(?:\((?P<target>[^()\s]+)\)=|:name:\s*(?P<name>\S+)|\.\. _(?P<label>[^:]+):)\s*$"
    r"|\bid=[\"']?(?P<id>[^\s\"'>]+)"
)


class Slide(NamedTuple):
    """What the build knows of a slide."""

    source: str
    line: int
    height: float | None = None
    """How high its content is, as the build has measured it."""


class Sources:
    """The documents that an output was made of."""

    def __init__(self, output: Path, source: Path | None = None) -> None:
        """Look beside the pages of ``output``.

        :param source: the source directory; found above the output where it is None
        """
        self.output, self.source = output, source
        self._slides: dict[Path, Mapping[str, Slide]] = {}

    def find_place(self, finding: Finding) -> Place | None:
        """Return file and line of what a finding is about; None for a page that has no document."""
        page = Path(finding.page).relative_to(self.output)
        if (slide := self.read_slides(page).get(finding.slide)) is not None:
            lines = self.read_lines(slide.source)
            later = [other.line for other in self.read_slides(page).values() if other.line > slide.line]
            end = min(later, default=len(lines) + 1)
            within = find_line(lines[slide.line - 1 : end - 1], finding.near or finding.text)
            return Place(self.name_file(slide.source), slide.line + within if within is not None else slide.line)
        document = self.find_document(page)
        if document is None:
            return None
        lines = self.read_lines(document)
        at = find_line(lines, finding.near)
        if at is None:
            at = find_id(lines, finding.slide or finding.id)
        if at is None:
            at = find_line(lines, finding.text)
        return Place(self.name_file(document), 1 if at is None else at + 1)

    def read_slides(self, page: Path) -> Mapping[str, Slide]:
        """Return what the build says of the slides on a page, by their ids."""
        if page not in self._slides:
            path = self.output / page.with_suffix(SLIDES)
            read = json.loads(path.read_text("utf-8")) if path.is_file() else {}
            self._slides[page] = {
                name: Slide(told["source"], told["line"], told.get("height")) for name, told in read.items()
            }
        return self._slides[page]

    @cached_property
    def _copies(self) -> dict[str, Path]:
        """The documents that the build has copied, by their names without a suffix."""
        folder = self.output / "_sources"
        copies = sorted(path for path in folder.rglob("*.txt") if path.is_file())
        return {re.sub(r"\.\w+(\.txt)?$", "", path.relative_to(folder).as_posix()): path for path in copies}

    def find_document(self, page: Path) -> str | None:
        """Return the document of a page, relative to the source directory."""
        names = (page.with_suffix(""), page.parent if page.stem == "index" else page)
        for name in names:
            if copy := self._copies.get(name.as_posix()):
                return copy.relative_to(self.output / "_sources").as_posix().removesuffix(".txt")
        return None

    def read_lines(self, document: str) -> Sequence[str]:
        """Return the lines of a document as the build read it; none where it kept no copy."""
        path = self.output / "_sources" / f"{document}.txt"
        if not path.is_file():
            path = Path(self.name_file(document))
        return path.read_text("utf-8", "replace").splitlines() if path.is_file() else []

    def name_file(self, document: str) -> str:
        """Return a document's path from here: in the source directory, or in the nearest folder above that has it."""
        folders = [self.source] if self.source else self.output.resolve().parents
        for folder in folders:
            if (path := folder / document).is_file():
                here = Path.cwd()
                return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
        return document


def find_line(lines: Sequence[str], words: str) -> int | None:
    """Return the line, counted from 0, that has most of some words; None where none has half of its own or of them."""
    wanted = {*_WORD.findall(words.lower())}
    best, at = 0.0, None
    for number, line in enumerate(lines):
        written = {*_WORD.findall(line.lower())}
        common = len(written & wanted)
        if common < min(2, max(len(wanted), 1)):  # one word of many may stand anywhere
            continue
        share = max(common / len(wanted), common / len(written))
        if share >= 0.5 and common * share > best:
            best, at = common * share, number
    return at


def find_id(lines: Sequence[str], name: str) -> int | None:
    """Return the line, counted from 0, that gives something an id: a target, a name, HTML, or a heading so called."""
    for number, line in enumerate(lines):
        if (named := _NAMED.search(line)) and name in (given for given in named.groupdict().values() if given):
            return number
    slug = [*_WORD.findall(name.lower().removeprefix("slide-"))]
    return next((number for number, line in enumerate(lines) if slug and _WORD.findall(line.lower()) == slug), None)
