"""YAML read into texts, lists and pairs that know where they stand; nothing is built, followed or run."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 128 * 1024
"""Characters of a file."""
MOST = 2000
"""Keys and values in one list or mapping."""


@dataclass(frozen=True)
class Node:
    """A piece of YAML and where it stands: a text, a list or the pairs of a mapping."""

    line: int
    column: int
    content: str | list[Node] | list[tuple[Node, Node]]
    kind: str
    """``text``, ``plain`` (a text without quotes), ``list`` or ``mapping``."""


class Unreadable(ValueError):  # noqa: N818 (what is unreadable, not how it failed)
    """What is wrong at a node."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node


def parse_yaml(text: str, deepest: int) -> Node | None:
    """Return the one document of a YAML file without building its objects; None when it is empty."""
    # here, because it is slow to load and many a project has no ledger
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
    )

    start = Node(1, 1, "", "text")
    if len(text) > LARGEST:
        raise Unreadable(start, f"the file is larger than {LARGEST // 1024} KiB; split the ledger")
    root: Node | None = None
    open_nodes: list[tuple[Node, list[Node]]] = []
    documents = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
            at = Node(event.start_mark.line + 1, event.start_mark.column + 1, "", "text")
            if documents > 1:
                raise Unreadable(at, "a ledger is one YAML document; leave out the line “---”")
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                raise Unreadable(at, "anchors and aliases are not read; write the value out")
            if getattr(event, "tag", None):
                raise Unreadable(at, "tags are not read; leave out the word after “!”")
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                if len(open_nodes) == deepest:
                    raise Unreadable(at, f"nested deeper than {deepest} levels")
                kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
                open_nodes.append((dataclasses.replace(at, kind=kind), []))
                continue
            if isinstance(event, MappingEndEvent | SequenceEndEvent):
                opened, children = open_nodes.pop()
                joined = list(zip(children[::2], children[1::2], strict=False))
                node = dataclasses.replace(opened, content=joined if opened.kind == "mapping" else children)
            elif isinstance(event, ScalarEvent):
                kind = "plain" if event.style is None else "text"
                if not event.value and kind == "plain" and open_nodes and open_nodes[-1][1]:
                    at = open_nodes[-1][1][-1]  # nothing stands nowhere; its key says where it should
                node = dataclasses.replace(at, content=event.value, kind=kind)
            else:
                continue
            if open_nodes:
                open_nodes[-1][1].append(node)
                if len(open_nodes[-1][1]) > MOST:
                    raise Unreadable(node, f"more than {MOST // 2:,} entries in one place; split the file")
            else:
                root = node
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Node(mark.line + 1, mark.column + 1, "", "text") if mark else start
        raise Unreadable(at, f"this is no YAML: {error.problem or error.context}") from None
    except (YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(start, f"this is no YAML: {str(error).splitlines()[0] if str(error) else error!r}") from None
    if root is not None and root.kind == "plain" and root.content == "":
        return None
    return root


def read_pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs of a mapping.

    Raises Unreadable: it is something else.
    """
    if node.kind != "mapping":
        raise Unreadable(node, "write “key: value” here")
    for pair in node.content:
        if isinstance(pair, tuple):
            yield pair
