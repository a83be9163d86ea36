"""Boxes of one rank in a flowchart: siblings are equally wide, so that only their words tell them apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from paperdeck.diagrams.boxes import Box, find_placed, measure_lines, measure_shape
from paperdeck.diagrams.engine import LABEL_PX, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree import ElementTree as ET

WIDEN_LIMIT = 1.75
"""How many times as wide as the narrowest box of a rank the widest may be; otherwise they stay as they are."""
_NODE = re.compile(r"-flowchart-(.*)-\d+")


class _Node(NamedTuple):
    """A box of words that is a rectangle, whose width is that of its label and a constant."""

    key: str
    """Its label, as the measurer knows it."""
    text: float
    """How wide its label is."""
    box: Box


def find_equal_widths(root: ET.Element, model: Any) -> dict[str, float]:
    """Return how wide labels must be taken for, by ``label_key``, so that the boxes of a rank are equally wide.

    ``root`` is a drawn flowchart, ``model`` merman's reading of it. A rank is what lies in one column of a diagram that
    goes to the right, or in one row of one that goes down, in the same subgraph.
    """
    around = {member: group["id"] for group in model["subgraphs"] for member in group["nodes"]}
    directions = {group["id"]: group["dir"] for group in model["subgraphs"]}
    groups: dict[str, list[_Node]] = {}
    for name, node in _find_nodes(root):
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


def _find_nodes(root: ET.Element) -> Iterator[tuple[str, _Node]]:
    for element, x, y in find_placed(root, 0.0, 0.0):
        found = _NODE.search(element.get("id", ""))
        container = element.find("rect")
        if not found or container is None or "label-container" not in container.get("class", ""):
            continue
        texts = [text for text in element.iter("text") if "".join(text.itertext()).strip()]
        box = measure_shape(container)
        if len(texts) == 1 and box:
            lines = measure_lines(texts[0], LABEL_PX)
            key = label_key("".join(words for words, _ in lines))
            yield found[1], _Node(key, max(line.width for _, line in lines), box.moved(x, y))


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
