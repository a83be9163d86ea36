"""Boxes of one rank in a flowchart: siblings are equally wide, so that only their words tell them apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.diagrams.boxes import Box
from paperdeck.diagrams.engine import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.diagrams.engine import Layout

WIDEN_LIMIT = 1.75
"""How many times as wide as the narrowest box of a rank the widest may be; otherwise they stay as they are."""
_MARKS = re.compile(r"[*_]")
"""What makes words of a label bold or slanted."""
_RECTANGLES = frozenset({"event", "proc", "process", "rect", "rectangle", "rounded", "roundedRect", "squareRect"})
"""What merman calls the shape of a box whose width is that of its label and a constant."""


class _Node(NamedTuple):
    """A box of words that is a rectangle, whose width is that of its label and a constant."""

    key: str
    """Its label, as the measurer knows it."""
    text: float
    """How wide its label is."""
    box: Box


def find_equal_widths(layout: Layout) -> dict[str, float]:
    """Return how wide labels must be taken for, by ``label_key``, so that the boxes of a rank are equally wide.

    A rank is what lies in one column of a diagram that goes to the right, or in one row of one that goes down, in the
    same subgraph.
    """
    model = layout.model
    around = {member: group["id"] for group in model["subgraphs"] for member in group["nodes"]}
    directions = {group["id"]: group["dir"] for group in model["subgraphs"]}
    groups: dict[str, list[_Node]] = {}
    for name, node in _find_nodes(layout):
        groups.setdefault(around.get(name, ""), []).append(node)
    widths: dict[str, float] = {}
    for group, nodes in groups.items():
        direction = directions.get(group) or model["direction"] or "TB"
        for rank in _find_ranks(nodes, across=direction in ("LR", "RL")):
            if max(node.box.width for node in rank) <= WIDEN_LIMIT * min(node.box.width for node in rank):
                widest = max(node.text for node in rank)
                widths |= {node.key: max(widest, widths.get(node.key, 0.0)) for node in rank}
    for edge in model["edges"]:  # a label of an edge is measured alike, but stands in no box
        widths.pop(label_key(edge["label"] or ""), None)
    return widths


def _find_nodes(layout: Layout) -> Iterator[tuple[str, _Node]]:
    places = {place["id"]: place for place in layout.boxes}
    for node in layout.model["nodes"]:
        words = _MARKS.sub("", node["label"]) if node["labelType"] == "markdown" else node["label"]
        key, place = label_key(words), places.get(node["id"])
        if place and node["layoutShape"] in _RECTANGLES and key in layout.texts:
            right, down = place["width"] / 2, place["height"] / 2
            box = Box(-right, -down, right, down).moved(place["x"], place["y"])
            yield node["id"], _Node(key, layout.texts[key], box)


def _find_ranks(nodes: Sequence[_Node], *, across: bool) -> list[list[_Node]]:
    """Return the nodes by rank; ranks follow one another without a common place on the axis of the diagram."""
    first, last = ("left", "right") if across else ("top", "bottom")
    ranks: list[list[_Node]] = []
    end = float("-inf")
    for node in sorted(nodes, key=lambda node: float(getattr(node.box, first))):
        if getattr(node.box, first) < end:
            ranks[-1].append(node)
        else:
            ranks.append([node])
        end = max(end, getattr(node.box, last)) if len(ranks[-1]) > 1 else getattr(node.box, last)
    return [rank for rank in ranks if len(rank) > 1]
