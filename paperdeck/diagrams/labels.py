"""Whether the labels of a diagram can be read: each in its shape, and none on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.diagrams.boxes import Box, find_placed, find_shift, measure_lines, measure_shape

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

OVERLAP = 3.0
"""How many px of two lines of text may share one place: their ascenders and descenders may meet."""
TOLERANCE = 1.0
"""How far in px a label may reach over the edge of its shape: less than its outline is wide."""

_FREE = frozenset({"actor-man", "edgeLabel", "edgeLabels"})
"""Groups whose text stands beside a drawing, not in it."""
_LEAST = 24.0
"""The narrowest shape in px that is taken for a box of words; what is narrower is a dot, a bar or a mark."""


def find_leaving_labels(root: ET.Element, size: float) -> list[str]:
    """Return the lines of text that reach over the left or right edge of the shape they stand in.

    ``size`` is the font size in px of a text that names none. A text belongs to the narrowest shape beside it, or
    beside a group around it, that holds its middle; a text that stands in no shape (on an edge, on an axis) is free.
    """
    found: list[str] = []
    _walk(root, 0.0, 0.0, [], size, found)
    return found


def find_overlapping_labels(root: ET.Element, size: float) -> list[tuple[str, str]]:
    """Return the pairs of lines, of two texts, that lie on each other and cannot be read."""
    lines: list[tuple[ET.Element, str, Box]] = []
    for element, x, y in find_placed(root, 0.0, 0.0):
        if element.tag == "text":
            height = 0.35 * size
            for words, line in measure_lines(element, size):
                if words:
                    box = line.moved(x, y)
                    lines.append((element, words, Box(box.left, box.top - height, box.right, box.bottom + height)))
    return [
        (words, others)
        for index, (element, words, box) in enumerate(lines)
        for other, others, around in lines[:index]
        if other is not element and box.overlap(around) > OVERLAP
    ]


def find_overlapping_boxes(root: ET.Element, size: float) -> list[tuple[str, str]]:
    """Return the labels of pairs of boxes that lie on each other, unless one stands in the other."""
    boxes: list[tuple[str, Box]] = []
    for element, x, y in find_placed(root, 0.0, 0.0):
        if "node" in element.get("class", "").split() and (extent := find_outline(element, x, y)):
            lines = [words for text in element.iter("text") for words, _ in measure_lines(text, size)]
            boxes.append((" ".join(lines), extent))
    return [
        (words, others)
        for index, (words, box) in enumerate(boxes)
        for others, other in boxes[:index]
        if box.overlap(other) > OVERLAP and not box.contains(other) and not other.contains(box)
    ]


def find_outline(node: ET.Element, x: float, y: float) -> Box | None:
    """Return how far the shapes of a node reach, which stands at a place."""
    outline: Box | None = None
    for child in node:
        if "label" not in child.get("class", "").split():
            for shape, left, top in find_placed(child, x, y):
                if box := measure_shape(shape):
                    moved = box.moved(left, top)
                    outline = outline.joined(moved) if outline else moved
    return outline


def _walk(element: ET.Element, x: float, y: float, shapes: list[Box], size: float, found: list[str]) -> None:
    classes = {*element.get("class", "").split()}
    if element.tag in ("defs", "marker") or classes & _FREE:
        return
    right, down = find_shift(element)
    x, y = x + right, y + down
    if element.tag == "text":
        for words, line in measure_lines(element, size):
            box = line.moved(x, y)
            around = [shape for shape in shapes if shape.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)]
            if around and words:
                shape = min(around, key=lambda shape: shape.width)
                if box.left < shape.left - TOLERANCE or box.right > shape.right + TOLERANCE:
                    found.append(words)
        return
    inside = _shapes(element, x, y, paths="node" in classes)
    for child in element:
        around = _group_shapes(element, x, y) if child.get("class") == "cluster-labels" else inside or shapes
        _walk(child, x, y, around, size, found)


def _group_shapes(layers: ET.Element, x: float, y: float) -> list[Box]:
    """Return the groups of boxes, whose titles stand in a layer of their own."""
    placed = (found for layer in layers.findall("g[@class='clusters']") for found in find_placed(layer, x, y))
    return [box.moved(*at) for shape, *at in placed if shape.tag == "rect" and (box := measure_shape(shape))]


def _shapes(group: ET.Element, x: float, y: float, *, paths: bool) -> list[Box]:
    """Return the shapes that stand in a group itself; a path counts in a node alone, else it is a line or a slice."""
    boxes = []
    for child in group:
        right, down = find_shift(child)
        for shape in child if child.tag == "g" and "label-container" in child.get("class", "") else [child]:
            if "background" in shape.get("class", "") or (shape.tag == "path" and not paths):
                continue
            if (box := measure_shape(shape)) and box.width > _LEAST:
                boxes.append(box.moved(x + right, y + down))
    return boxes
