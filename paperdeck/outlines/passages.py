"""What a paper says, line by line: on which slide, in which note, in which section."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from paperdeck.outlines.drafting import PROSE
from paperdeck.outlines.facts import LEDGER, Facts
from paperdeck.outlines.inline import plain
from paperdeck.outlines.papers import HEADING, OPTION, replace_roles
from paperdeck.outlines.reading import LABEL
from paperdeck.site.front_matter import read_head, split_front_matter
from paperdeck.slides.fences import read_fence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from pathlib import Path

IN_FRONT = {"summary": "cover", "closing": "closing slide", "numbers": "closing slide"}
"""The keys of the front matter that are shown, and where."""
KEY_IN_BRACES = re.compile(r"\{([a-z0-9_:-]+)\}")
FACT = re.compile(r"\{fact\}`(?:[^`<]*<)?([a-z0-9_:-]+)>?`")
CELL = re.compile(r"(?<=\|) *([a-z][a-z0-9_:-]*) *(?=\||$)")
SYNTAX = re.compile(r"<br/?>|[\[\](){}|\"`<>=;]|--+>?|\b(?:flowchart|graph|subgraph|end|classDef|class|TB|LR|TD)\b")


@dataclass(frozen=True)
class Passage:
    """One line that a reader or a listener gets."""

    file: str
    line: int
    place: str
    """Where it stands, in words: “slide 3”, “note of slide 3”, “§ The gate”."""
    text: str
    values: tuple[Decimal, ...] = ()
    """Of the facts in it; a percentage counts as a share too."""
    section: int = 0
    """Which of the document's sections it stands in, from 0; below that, what stands for itself."""
    slide: int = 0
    """On or at which slide it stands; 0 for none."""


def read_passages(document: Path, root: Path) -> list[Passage]:
    """Return what a paper says: its document, the diagrams in it, and what its ledger says of other tellings.

    :param root: the folder that a path with a leading “/” is relative to
    """
    facts = Facts(document.parent)
    reader = _Reader(document, root, facts)
    passages = list(reader.read())
    ledger = facts.ledgers.get(document.parent.resolve().name)
    told = [fact for fact in ledger.facts.values() if fact.differs] if ledger else []
    for number, fact in enumerate(told, 1):
        file, line = str(document.parent / LEDGER), fact.marks["differs"][0]
        text = f"{fact.says}: {fact.shown()}. {fact.differs}"
        passages.append(Passage(file, line, "told otherwise", text, _values(facts, fact.key), -number))
    return passages


def _values(facts: Facts, reference: str) -> tuple[Decimal, ...]:
    fact = facts.find(reference)
    if fact is None or fact.value is None:
        return ()
    return (fact.value, fact.value / 100) if fact.unit in ("percent", "point") else (fact.value,)


class _Reader:
    """Goes through a document, and keeps on which slide and in which section a line stands."""

    def __init__(self, document: Path, root: Path, facts: Facts) -> None:
        self.document = document
        self.root = root
        self.facts = facts
        self.section, self.sections = "", 0
        self.slide = 0
        self.shown = False
        """Whether a slide of this section stands above, so that what follows is said at it."""
        self.lines: list[str] = []
        self.open: list[tuple[str, str]] = []
        """The fences that are open: marks and name."""

    @property
    def place(self) -> str:
        """Where a line stands."""
        if any(name == "slide" for _, name in self.open):
            return f"slide {self.slide}"
        alone = any(name == "article-only" for _, name in self.open)
        return f"note of slide {self.slide}" if self.shown and not alone else f"§ {self.section}"

    def read(self) -> Iterator[Passage]:
        """Yield the passages."""
        source = self.document.read_text("utf-8-sig", "replace")
        front = split_front_matter(source)
        self.lines = source.splitlines()
        for number, line in enumerate(self.lines, 1):
            if number > (front[1] if front else 0):
                yield from self.read_line(number, line)
        for name, place in IN_FRONT.items():
            number, text = read_head(source).keys.get(name, (0, ""))
            if text:
                passage = self.make(number, KEY_IN_BRACES.sub(r"{fact}`\1`", text))
                # cover and closing slide are made of it: they stand for themselves
                yield replace(passage, place=place, section=self.sections + 1, slide=0)

    def read_line(self, number: int, line: str) -> Iterator[Passage]:
        """Yield what one line says."""
        fence = read_fence(line)
        if fence and fence.info:
            yield from self.begin(number, fence.marks, fence.name, fence.info.partition("}")[2].strip())
        elif fence and self.open and fence.closes(self.open[-1][0]):
            self.open.pop()
        elif heading := None if self.open else HEADING.fullmatch(line):
            self.section, self.shown = plain(replace_roles(heading["text"], self.facts.show)), False
            self.sections += len(heading["marks"]) < 3
            yield self.make(number, heading["text"])
        elif option := OPTION.fullmatch(line) if self.open else None:
            if option["name"] in ("caption", "alt", "x", "y"):
                yield self.make(number, option["value"])
        elif line.strip() and line != PROSE and not line.startswith("%") and not LABEL.fullmatch(line):
            yield self.make(number, line)

    def begin(self, number: int, marks: str, name: str, argument: str) -> Iterator[Passage]:
        """Open a fence, and yield what stands beside its name."""
        self.open.append((marks, name))
        if name == "slide":
            options = map(OPTION.fullmatch, takewhile(OPTION.fullmatch, self.lines[number:]))
            self.slide += all(option["name"] != "detail" for option in options if option)
            self.shown = True
        if name == "mermaid" and argument:
            yield from self.read_diagram(argument)
        elif argument:
            yield self.make(number, argument)

    def make(self, number: int, text: str) -> Passage:
        """Return a passage, its facts in words."""
        keys = FACT.findall(text)
        if self.open and self.open[-1][1] == "chart":
            keys += [key for key in CELL.findall(text) if self.facts.find(key)]
            text = CELL.sub(lambda cell: f" {self.facts.show(cell[1])} ", text)
        values = tuple(value for key in keys for value in _values(self.facts, key))
        words = plain(replace_roles(text, self.facts.show))
        return Passage(str(self.document), number, self.place, words, values, self.sections, self.slide * self.shown)

    def read_diagram(self, argument: str) -> Iterator[Passage]:
        """Yield the lines of a diagram that lies in a file of its own."""
        base = self.root if argument.startswith("/") else self.document.parent
        path = base / argument.lstrip("/")
        if path.is_file():
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                values = tuple(value for key in FACT.findall(line) for value in _values(self.facts, key))
                text = SYNTAX.sub(" ", replace_roles(line, self.facts.show))
                place = f"diagram, {self.place}"
                yield Passage(str(path), number, place, text, values, self.sections, self.slide * self.shown)
