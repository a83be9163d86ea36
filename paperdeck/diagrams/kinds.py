"""Which kinds of diagram are drawn, and what to use instead of the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperdeck.diagrams.source import SETTINGS, Mistake, blank_comments

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWN = {
    "flowchart": ("flowchart", "flowchart-elk", "graph"),
    "sequence": ("sequenceDiagram",),
    "class": ("classDiagram", "classDiagram-v2"),
    "state": ("stateDiagram", "stateDiagram-v2"),
    "er": ("erDiagram",),
    "requirement": ("requirement", "requirementDiagram"),
    "block": ("block", "block-beta"),
    "mindmap": ("mindmap",),
}
"""The kinds whose pictures say what their sources say, each with the words that begin one."""

EMPTY = "the diagram is empty; write what it shows, such as “A --> B”"

_CHART = "draw it with {chart}, whose numbers come from a ledger, or write a table"
_FLOWCHART = "draw a flowchart"
_LIST = "write a list or a table, or draw a flowchart"
_INSTEAD = {
    **dict.fromkeys(("pie", "xychart", "radar", "sankey", "quadrantChart", "treemap"), _CHART),
    **dict.fromkeys(("gantt", "timeline", "journey", "kanban", "packet", "treeView"), _LIST),
    "zenuml": "draw a sequenceDiagram",
}
_DIRECTION = re.compile(r"\A[ \t]*(?:TB|TD|BT|LR|RL|[<>^v])?[ \t]*;?[ \t]*(?=\n|\Z)")
_NO_DIRECTION = re.compile(r"[ \t]+(?!(?:TB|TD|BT|LR|RL|v)\b)([A-Za-z][\w \t-]*?)[ \t]*(?:[;\n]|\Z)")
_ACROSS = re.compile(r"[ \t]*(LR|RL|[<>])(?=[\s;]|\Z)")
_WORD = re.compile(r"[A-Za-z][\w-]*")


def find_kind(source: str) -> tuple[str, int]:
    """Return the word that says of what kind a source is, and where it stands; empty where there is none."""
    text = SETTINGS.sub(lambda found: re.sub(r"\S", " ", found[0]), blank_comments(source))
    word = _WORD.match(text, len(text) - len(text.lstrip()))
    return (word[0], word.start()) if word else ("", 0)


def find_family(source: str) -> str:
    """Return of which of the kinds that are drawn a source is; empty if of none."""
    word, _ = find_kind(source)
    return next((family for family, words in DRAWN.items() if word in words), "")


def find_direction(source: str) -> str:
    """Return the word behind the word for the kind, which says where a flowchart goes; empty where there is none."""
    word, offset = find_kind(source)
    found = _WORD.match(source[offset + len(word) :].lstrip(" \t"))
    return found[0] if found else ""


def turn_down(source: str) -> str:
    """Return a flowchart that goes to a side as one from top to bottom; empty for any other source.

    What its subgraphs say of their own directions stays.
    """
    word, offset = find_kind(source)
    found = _ACROSS.match(source, offset + len(word)) if word in DRAWN["flowchart"] else None
    return f"{source[: found.start(1)]}TB{source[found.end(1) :]}" if found else ""


def _find_body(source: str, start: int) -> str:
    """Return what a source says behind the word for its kind, and behind the direction in that line."""
    return _DIRECTION.sub("", blank_comments(source)[start:]).strip()


def find_refused_kind(source: str) -> Iterator[Mistake]:
    """Find the kind of a source, if its picture would lose what it means, is none, or has no direction or content."""
    word, offset = find_kind(source)
    if find_family(source):
        if not _find_body(source, offset + len(word)):
            yield Mistake(offset, EMPTY)
        elif word in DRAWN["flowchart"] and (wrong := _NO_DIRECTION.match(source, offset + len(word))):
            yield Mistake(wrong.start(1), f"“{wrong[1][:40]}” is no direction; write LR, RL, TB or BT")
        return
    if not word:
        yield Mistake(offset, "a diagram begins with its kind, such as “flowchart LR”")
        return
    instead = _INSTEAD.get(word.removesuffix("-beta"), _FLOWCHART)
    yield Mistake(offset, f"a diagram of the kind “{word}” is not drawn; {instead}")
