"""YAML read into texts, lists and pairs that know where they stand; nothing is built, followed or run."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.error import MarkedYAMLError
    from yaml import Event

LARGEST = 128 * 1024
"""Characters of a file."""
MOST = 2000
"""Keys and values in one list or mapping."""

ENTRY = re.compile(r"\s*(?:- +)?(?P<key>[\w-]+): +(?P<value>\S.*?)\s*")
GLUED = re.compile(r"\s*([A-Za-z][\w-]*):([^\s/].*?)\s*")
INDICATORS = "}],?|>%@`-"
READ_OTHERWISE = re.compile(
    r"[\t\x85\u2028\u2029\ufeff]|^---|^\.\.\.|^[|>]|[|>]#|(?:^|[\s{\[,:])[!&*][^\s*]", re.MULTILINE
)
"""What libyaml does not read as YAML 1.2 is read: tabs, breaks of lines, bounds of documents, tags and anchors."""
HASH = re.compile(r"[ \t]+(#[^\s#]\S*)")


@dataclass(frozen=True)
class Node:
    """A piece of YAML and where it stands: a text, a list or the pairs of a mapping."""

    line: int
    column: int
    content: str | list[Node] | list[tuple[Node, Node]]
    kind: str
    """``text``, ``plain`` (a text without quotes), ``list``, ``mapping`` or ``alias``."""


class Unreadable(ValueError):  # noqa: N818 (what is unreadable, not how it failed)
    """What is wrong at a node."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node


def parse_yaml(text: str, deepest: int, *, lenient: bool = False) -> Node | None:
    """Return the one document of a YAML text without building its objects; None when it is empty.

    :param deepest: how many levels lists and mappings may be nested
    :param lenient: let anchors, aliases and tags pass
    """
    if len(text) > LARGEST:
        raise _unreadable(1, 1, f"the text is larger than {LARGEST // 1024} KiB; split it")
    tree = _Tree(text, deepest, lenient)
    events = _parse_fast(text)
    if events is None:
        _parse_fully(text, tree)
    else:
        for event in events:
            tree.take(event)
    root = tree.root
    return None if root is not None and root.kind == "plain" and root.content == "" else root


def _parse_fast(text: str) -> list[Event] | None:
    """Return what libyaml finds in a text; None where there is no libyaml, or something that it reads otherwise."""
    import yaml

    if not yaml.__with_libyaml__ or READ_OTHERWISE.search(text):
        return None
    try:
        return list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return None


def _parse_fully(text: str, tree: _Tree) -> None:
    """Read a text in Python: in twenty times the time, and with all that there is to say of what is wrong."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            tree.take(event)
    except MarkedYAMLError as error:
        raise _explain(error, text) from None
    except ReaderError as error:
        line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
        message = f"a character that no text has (U+{ord(text[error.position]):04X}) stands here; take it out"
        raise _unreadable(line, column, message) from None
    except (YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise _unreadable(1, 1, f"this is no YAML: {str(error).splitlines()[0]}") from None


class _Tree:
    """The tree that the events of a parser make, the lists and mappings that are still open in a stack."""

    def __init__(self, text: str, deepest: int, lenient: bool) -> None:
        self.lines = text.splitlines()
        self.deepest = deepest
        self.lenient = lenient
        self.root: Node | None = None
        self.open: list[tuple[Node, list[Node]]] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        """Put what an event tells into the tree; its type is asked by name, for two parsers tell it."""
        at = Node(event.start_mark.line + 1, event.start_mark.column + 1, "", "text")
        if not self.lenient:
            self.refuse(event, at)
        match type(event).__name__:
            case "DocumentStartEvent":
                self.documents += 1
                if self.documents > 1:
                    raise Unreadable(at, "there is one YAML document here; leave out the line “---”")
            case "MappingStartEvent" | "SequenceStartEvent" as name:
                if len(self.open) == self.deepest:
                    raise Unreadable(at, f"nested deeper than {self.deepest} levels")
                self.open.append((dataclasses.replace(at, kind="mapping" if name[0] == "M" else "list"), []))
            case "MappingEndEvent" | "SequenceEndEvent":
                self.close()
            case "AliasEvent":
                self.add(dataclasses.replace(at, kind="alias"))
            case "ScalarEvent":
                self.add(self.read_text(event, at))

    def refuse(self, event: Any, at: Node) -> None:
        """Raise what a ledger may not have: anchors, aliases and tags."""
        quotes = "a text that begins so goes in quotes"
        if getattr(event, "anchor", None):
            raise Unreadable(at, f"anchors and aliases (“&”, “*”) are not read; write the value out; {quotes}")
        if getattr(event, "tag", None):
            raise Unreadable(at, f"tags (“!”) are not read; leave the word out; {quotes}")

    def read_text(self, event: Any, at: Node) -> Node:
        """Return a text; what is empty stands nowhere, so it is where its key is."""
        kind = "text" if event.style else "plain"
        if kind == "plain" and not event.value and self.open and self.open[-1][1]:
            at = self.open[-1][1][-1]
        elif kind == "plain":
            self.refuse_comment(event.end_mark.line, event.end_mark.column)
        return dataclasses.replace(at, content=event.value, kind=kind)

    def refuse_comment(self, line: int, column: int) -> None:
        """Raise that a text goes on after a “#”, as in “the #1 model”, which YAML drops in silence."""
        if line < len(self.lines) and (found := HASH.match(self.lines[line], column)):
            message = f"“{found[1]}” would be a comment; put the text in quotes, or write “# ” with a space"
            raise _unreadable(line + 1, found.start(1) + 1, message)

    def close(self) -> None:
        """Add the list or mapping that was opened last, for it is whole."""
        opened, children = self.open.pop()
        pairs = list(zip(children[::2], children[1::2], strict=False))
        self.add(dataclasses.replace(opened, content=pairs if opened.kind == "mapping" else children))

    def add(self, node: Node) -> None:
        """Add a node to what is open."""
        if not self.open:
            self.root = node
            return
        children = self.open[-1][1]
        children.append(node)
        if len(children) > MOST:
            raise Unreadable(node, f"more than {MOST // 2:,} entries in one place; split the file")


def read_pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs of a mapping.

    Raises Unreadable: it is something else.
    """
    if node.kind != "mapping":
        glued = GLUED.fullmatch(node.content) if isinstance(node.content, str) else None
        raise Unreadable(node, _add_space(glued) if glued else "write “key: value” here")
    for pair in node.content:
        if isinstance(pair, tuple):
            yield pair


def is_nothing(node: Node) -> bool:
    """Tell whether a node is what YAML calls null: no text, or a word for it."""
    return node.kind == "plain" and node.content in ("", "~", "null", "Null", "NULL")


def _unreadable(line: int, column: int, message: str) -> Unreadable:
    return Unreadable(Node(line, column, "", "text"), message)


def _explain(error: MarkedYAMLError, text: str) -> Unreadable:
    """Return what an author did who got this error of the parser, where, and what to write."""
    problem, context = str(error.problem or ""), str(error.context or "")
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    if mark and "escape" in problem:
        message = "in double quotes “\\” begins an escape; put the text in single quotes"
        return _unreadable(mark.line + 1, mark.column + 1, message)
    if opened and "quoted scalar" in context:
        return _unreadable(opened.line + 1, opened.column + 1, "the quotes that open here are not closed; close them")
    if opened and "flow" in context:
        message = (
            "the bracket that opens here is not closed, or a comma is missing; a text with brackets goes in quotes"
        )
        return _unreadable(opened.line + 1, opened.column + 1, message)
    if opened and "expected ':'" in problem:
        message = "this is no “key: value”; write one, or indent the line as part of the text above"
        return _unreadable(opened.line + 1, opened.column + 1, message)
    if mark is None:
        return _unreadable(1, 1, f"this is no YAML: {problem or context}")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values" in problem and mark.line and (glued := GLUED.fullmatch(lines[mark.line - 1])):
        return _unreadable(mark.line, glued.start(1) + 1, _add_space(glued))
    return _unreadable(mark.line + 1, mark.column + 1, _advise(line, problem))


def _add_space(glued: re.Match[str]) -> str:
    return f"a space is missing after the colon; write {glued[1]}: {glued[2]}"


def _advise(line: str, problem: str) -> str:
    """Return what is wrong in a line, and the line to write where that can be known."""
    entry = ENTRY.fullmatch(line)
    if "\t" in line and (line.lstrip(" ").startswith("\t") or "'\\t'" in problem):
        return "a tab stands here; indent with spaces"
    if entry and "mapping values" in problem and f"{entry['value']} ".count(": "):
        return f"a text with “: ” in it goes in quotes; write {_quote(entry)}"
    if entry and entry["value"][0] in INDICATORS:
        return f"a text that begins with “{entry['value'][0]}” goes in quotes; write {_quote(entry)}"
    if entry and "<block end>" in problem and entry["value"][0] in "{[":
        return f"a text that begins with “{entry['value'][0]}” goes in quotes; write {_quote(entry)}"
    if entry and "<block end>" in problem and entry["value"][0] in "\"'":
        return f"the text goes on after its quotes; write {_quote(entry)}"
    if "<block end>" in problem or "mapping values" in problem:
        return "the line is indented otherwise than its neighbours; align it with them, with spaces"
    return f"this is no YAML: {problem}; write “key: value”, a text with “: ” in it in quotes"


def _quote(entry: re.Match[str]) -> str:
    """Return an entry with its text in quotes."""
    value = entry["value"]
    if '"' in value or "\\" in value:
        return f"{entry['key']}: '{value.replace(chr(39), 2 * chr(39))}'"
    return f'{entry["key"]}: "{value}"'
