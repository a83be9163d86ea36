"""BibTeX files read entry by entry: each kept as it stands in its file, and what is wrong told at its line."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pybtex import errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import BibliographyData, InvalidNameString
from pybtex.database.input.bibtex import LowLevelParser, Parser, UndefinedMacro
from pybtex.scanner import PrematureEOF

from paperdeck.ledger.reading import Problem
from paperdeck.ledger.resolving import sort_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybtex.database import Entry
    from pybtex.exceptions import PybtexError

BEGIN = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.M)
GROUP = re.compile(r"\{[^{}]*\}")
NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=")
LEFT_OVER = re.compile(r"\s*,\s*(?=[A-Za-z][\w-]*\s*=)")
"""What follows an entry that a brace too many has closed: the rest of its fields."""
OTHERS = re.compile(r"(?:,|\s+and)?\s+et\.?\s+al\.?\s*$", re.I)
NO_NAME = re.compile(r"^\s*and\s+|\s+and\s*$", re.I)
"""An “and” with nothing before or behind it."""
SEVERAL = re.compile(r";|\s\\?&\s")
"""What stands between names where no “and” does."""
QUOTED = re.compile(r'"[^"]*"')
ABBREVIATION = re.compile(r"[=#]\s*([A-Za-z][\w:.+/-]*)\s*(?=[#,})])")
"""A value, or a part of one, that is neither in braces nor in quotes."""
ADDRESS = re.compile(r"\s*(?:javascript|data|vbscript|file):", re.I)


@dataclass(frozen=True)
class Bibliography:
    """What stands in the files of a bibliography."""

    data: BibliographyData = field(default_factory=BibliographyData)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of each file, by its path."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Each entry as it stands in its file, with the abbreviations that it needs before it, by key."""
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    """Whether every entry could be read, so that a key that is not there is nowhere."""


def decode(content: bytes, encoding: str, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, and what is wrong with it; what cannot be decoded is marked in the text."""
    try:
        return content.decode(encoding), []
    except LookupError:
        return content.decode("utf-8-sig", "replace"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        message = f"the file is not {name}; save it as that, or set bibtex_encoding in conf.py"
        return content.decode(encoding, "replace"), [Problem(path, line, 1, message)]


def read_bibliography(files: Mapping[str, bytes], encoding: str = "utf-8-sig") -> Bibliography:
    """Return what stands in files, which share their abbreviations.

    :param files: the content of each file by its path
    """
    reader = _Reader()
    keys: dict[str, tuple[str, ...]] = {}
    for path, content in files.items():
        before = len(reader.data.entries)
        text, wrong = decode(content, encoding, path)
        reader.problems += wrong
        reader.whole = reader.whole and not wrong
        reader.read(text.replace("\r\n", "\n"), path)
        keys[path] = tuple(reader.data.entries)[before:]
    reader.check_parents()
    return Bibliography(reader.data, keys, reader.sources, tuple(sort_problems(reader.problems)), reader.whole)


class _Reader(Parser):  # type: ignore[misc] # pybtex has no types
    """pybtex's parser, which goes on after a mistake where the next entry begins."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}
        self.definitions: dict[str, str] = {}
        self.parents: list[tuple[str, Problem]] = []
        self.whole = True

    def read(self, text: str, path: str) -> None:
        """Read one file."""
        self.text, self.path = text, path
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.scanner = LowLevelParser(text, macros=self.macros, handle_error=self.explain)
        for command, (key, *content) in self.scanner:
            start, end = self.scanner.command_start, self.scanner.pos
            if command.lower() == "string" and key:
                self.definitions[key.lower()] = text[start:end].strip()
            if command.lower() in ("string", "preamble") or key is None:
                continue
            if first := self.places.get(key.lower()):
                self.report(start, f"the key {key!r} stands twice, first in {first}; give one another")
                continue
            self.add(command, key, *content)
            self.check_end(key, end)
            source = text[start:end].rstrip()
            self.sources[key] = "\n".join([*self.find_definitions(source), source])
            self.places[key.lower()] = f"line {self.line(start)} of {path}"

    def add(self, command: str, key: str, fields: list[tuple[str, list[str]]]) -> None:
        """Take an entry over, and tell what is wrong with its names and fields."""
        with errors.capture() as found:
            self.process_entry(command, key, [self.read_field(key, *field) for field in fields])
        for error in found:
            if not isinstance(error, InvalidNameString):
                self.report(self.scanner.command_start, f"{key}: {error}; mend it there")
        self.note_parents(key)
        for name in ("url", "howpublished"):
            if ADDRESS.match(address := self.data.entries[key].fields.get(name, "")):
                self.report(self.find(name), f"{key}: {address!r:.60} becomes no link; write an address with https://")

    def find_definitions(self, source: str) -> list[str]:
        """Return the abbreviations that an entry needs, and those that they need, in the order of the files."""
        needed, waiting = set[str](), [source]
        while waiting:
            names = find_bare_words(waiting.pop()) & self.definitions.keys()
            waiting += [self.definitions[name] for name in names - needed]
            needed |= names
        return [text for name, text in self.definitions.items() if name in needed]

    def check_parents(self) -> None:
        """Tell of entries that take fields from one that is not there; where all could be read, or it may be one."""
        if self.whole:
            self.problems += [problem for parent, problem in self.parents if parent not in self.data.entries]

    def note_parents(self, key: str) -> None:
        """Note from which entries one takes fields, to look for them when all files are read."""
        for name in ("crossref", "xdata"):
            for parent in filter(None, map(str.strip, self.data.entries[key].fields.get(name, "").split(","))):
                position = self.find(name)
                message = (
                    f"{key}: no entry has the key {parent!r}, from which {name} takes fields; add it, or mend the key"
                )
                self.parents.append((parent, self.place(position, message)))

    def read_field(self, key: str, name: str, parts: list[str]) -> tuple[str, list[str]]:
        """Return a field as BibTeX has it, “et al.” as “and others”; tell of names that no “and” joins."""
        if name not in self.person_fields:
            return name, parts
        joined = " ".join("".join(parts).split())  # the ACL Anthology and DBLP break the line behind an “and”
        people = NO_NAME.sub("", OTHERS.sub(" and others", joined))
        for person in split_name_list(people):
            words = GROUP.sub("", person)
            if words.count(",") > 2 or SEVERAL.search(words):
                message = f"{key}: {person!r:.60} is no single name; join names by “and”: Doe, Ana and Lee, Bo"
                self.report(self.find(name), message)
        return name, [people]

    def check_end(self, key: str, end: int) -> None:
        """Tell of fields that stand behind the end of an entry, which closed too early."""
        if left := LEFT_OVER.match(self.text, end):
            message = f"the entry {key} ends before this field; a brace too many stands above it: count them"
            self.report(left.end(), message)

    def explain(self, error: PybtexError) -> None:
        """Tell what is wrong with the syntax of an entry, and go on where the next one begins."""
        scanner, start = self.scanner, self.scanner.command_start
        key, name = scanner.current_entry_key, scanner.current_field_name
        if isinstance(error, UndefinedMacro):
            word = str(error).rpartition(": ")[2]
            message = f"{key}: {word} is no @string of this file; put a text in braces: {name} = {{{word}}}"
            self.report(self.find(name or ""), message)
            return
        following = BEGIN.search(self.text, start + 1)
        broken = scanner.pos
        scanner.pos = following.start() if following else len(self.text)
        if key is None and self.text[self.text.rfind("\n", 0, start) + 1 : start].strip():
            return  # an “@” in the text between entries
        self.whole = False
        missing = NEXT_FIELD.match(self.text, broken)
        unclosed = isinstance(error, PrematureEOF) or self.text[broken:].lstrip()[:1] == "@"
        if self.text[broken:].lstrip().startswith("%"):
            self.report(broken, f"{key}: “%” begins no comment in an entry; take the line out")
        elif key is None:
            self.report(start, "an entry has no key; write one after its bracket, and a comma: @article{doe2020,")
        elif unclosed or "unbalanced" in str(error):
            where = f" of its field {name}" if name else ""
            self.report(self.find(name or ""), f"the entry {key} is not closed; count the braces and quotes{where}")
        elif missing and name:
            self.report(missing.start(1), f"{key}: a comma is missing before {missing[1]}")
        elif not scanner.current_fields and (not name or "'='" in str(error)):
            self.report(broken, f"{key}: a key has no space in it, and a comma behind it")
        elif name and "value" in str(error):
            self.report(broken, f"{key}: {name} has no value; write it in braces: {name} = {{…}}")
        else:
            reason = str(error).partition(": ")[2] or str(error)
            self.report(broken, f"{key}: {reason}; look for a comma, brace or quote that is missing")

    def find(self, name: str) -> int:
        """Return where a field of the entry at hand begins."""
        found = re.compile(rf"\b{re.escape(name)}\s*=", re.I).search(self.text, self.scanner.command_start)
        return found.start() if name and found else self.scanner.command_start

    def line(self, position: int) -> int:
        """Return the line of a position."""
        return bisect_left(self.ends, position) + 1

    def place(self, position: int, message: str) -> Problem:
        """Return what is wrong, with its place."""
        column = position - self.text.rfind("\n", 0, position)
        return Problem(self.path, self.line(position), column, message)

    def report(self, position: int, message: str) -> None:
        """Tell what is wrong, and where."""
        self.problems.append(self.place(position, message))


def find_bare_words(source: str) -> set[str]:
    """Return the values of an entry that are neither in braces nor in quotes, in lower case."""
    fields = BEGIN.sub("", source, count=1)
    while GROUP.search(fields):
        fields = GROUP.sub('""', fields)
    return {match[1].lower() for match in ABBREVIATION.finditer(QUOTED.sub('""', fields))}


def inherit(entry: Entry, data: BibliographyData) -> dict[str, str]:
    """Return the fields of an entry by lower-case name, with those of the book or set that its ``crossref`` names."""
    own = {name.lower(): value for name, value in entry.fields.items()}
    inherited: dict[str, str] = {}
    for parent in (own.get("xdata", ""), own.get("crossref", "")):
        for key in filter(None, map(str.strip, parent.split(","))):
            if key in data.entries and data.entries[key] is not entry:
                fields = {name.lower(): value for name, value in data.entries[key].fields.items()}
                if parent == own.get("crossref"):
                    for title in ("title", "subtitle"):
                        if title in fields:
                            fields.setdefault(f"book{title}", fields.pop(title))
                    for name in ("url", "doi", "pages", "eprint"):
                        fields.pop(name, None)
                inherited |= fields
    return inherited | own
