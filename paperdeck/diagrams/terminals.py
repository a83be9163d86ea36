"""The labels at the ends of a class diagram's edges: beside the boxes, under which merman lays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.diagrams.boxes import Box, find_placed, find_shift, measure_lines
from paperdeck.diagrams.labels import find_outline

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

GAP = 3.0
"""What is free between a label and the box that its edge ends at, in px."""


def free_terminals(root: ET.Element, size: float) -> None:
    """Move each label that lies under a box the least way out of it."""
    placed = list(find_placed(root, 0.0, 0.0))
    nodes = [(element, x, y) for element, x, y in placed if "node" in element.get("class", "").split()]
    outlines = [outline for node in nodes if (outline := find_outline(*node))]
    for terminal, x, y in placed:
        if terminal.get("class") == "edgeTerminals" and (extent := _find_words(terminal, x, y, size)):
            for outline in outlines:
                if extent.grown(GAP).overlap(outline) > 0:
                    right, down = find_way_out(extent, outline)
                    extent = extent.moved(right, down)
                    across, below = find_shift(terminal)
                    terminal.set("transform", f"translate({across + right:g}, {below + down:g})")


def find_way_out(label: Box, outline: Box) -> tuple[float, float]:
    """Return how far a label has to go to the right or down to lie beside a box."""
    ways = [
        (outline.left - GAP - label.right, 0.0),
        (outline.right + GAP - label.left, 0.0),
        (0.0, outline.top - GAP - label.bottom),
        (0.0, outline.bottom + GAP - label.top),
    ]
    return min(ways, key=lambda way: abs(way[0]) + abs(way[1]))


def _find_words(terminal: ET.Element, x: float, y: float, size: float) -> Box | None:
    """Return how far the words of a label reach."""
    extent: Box | None = None
    for child in terminal:
        for text, left, top in find_placed(child, x, y):
            for _words, line in measure_lines(text, size) if text.tag == "text" else ():
                box = line.moved(left, top)
                box = Box(box.left, box.top - size / 2, box.right, box.bottom + size / 2)
                extent = extent.joined(box) if extent else box
    return extent
