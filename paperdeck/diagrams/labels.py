"""Whether every label of a diagram lies inside its shape, by the widths of the served font."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.svgLib.path import parse_path

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

TOLERANCE = 1.0
"""How far in px a label may reach over the edge of its shape: less than its outline is wide."""

_FREE = frozenset({"actor-man", "edgeLabel", "edgeLabels"})
"""Groups whose text stands beside a drawing, not in it."""
_LEAST = 24.0
"""The narrowest shape in px that is taken for a box of words; what is narrower is a dot, a bar or a mark."""
_LENGTH = re.compile(r"(-?[\d.]+)(px|em|)")
_TRANSLATE = re.compile(r"translate\(\s*([-.\d]+)(?:[\s,]+([-.\d]+))?")


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def moved(self, x: float, y: float) -> _Box:
        return _Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def find_leaving_labels(root: ET.Element, size: float) -> list[str]:
    """Return the lines of text that reach over the left or right edge of the shape they stand in.

    ``size`` is the font size in px of a text that names none. A text belongs to the narrowest shape beside it, or
    beside a group around it, that holds its middle; a text that stands in no shape (on an edge, on an axis) is free.
    """
    found: list[str] = []
    _walk(root, 0.0, 0.0, [], size, found)
    return found


def _walk(element: ET.Element, x: float, y: float, shapes: list[_Box], size: float, found: list[str]) -> None:
    classes = {*element.get("class", "").split()}
    if element.tag in ("defs", "marker") or classes & _FREE:
        return
    right, down = _shift(element)
    x, y = x + right, y + down
    if element.tag == "text":
        for words, line in _lines(element, size):
            box = line.moved(x, y)
            around = [shape for shape in shapes if shape.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)]
            if around and words:
                shape = min(around, key=lambda shape: shape.right - shape.left)
                if box.left < shape.left - TOLERANCE or box.right > shape.right + TOLERANCE:
                    found.append(words)
        return
    inside = _shapes(element, x, y, paths="node" in classes)
    for child in element:
        _walk(child, x, y, inside or shapes, size, found)


def _shapes(group: ET.Element, x: float, y: float, *, paths: bool) -> list[_Box]:
    """Return the shapes that stand in a group itself; a path counts in a node alone, else it is a line or a slice."""
    boxes = []
    for child in group:
        right, down = _shift(child)
        for shape in child if child.tag == "g" and "label-container" in child.get("class", "") else [child]:
            if "background" in shape.get("class", "") or (shape.tag == "path" and not paths):
                continue
            if (box := _box(shape)) and box.right - box.left > _LEAST:
                boxes.append(box.moved(x + right, y + down))
    return boxes


def _shift(element: ET.Element) -> tuple[float, float]:
    found = _TRANSLATE.match(element.get("transform", ""))
    return (float(found[1]), float(found[2] or 0)) if found else (0.0, 0.0)


def _box(shape: ET.Element) -> _Box | None:
    """Return how far a shape reaches."""

    def number(key: str) -> float:
        return float(shape.get(key, "0").removesuffix("px"))

    if shape.tag == "rect":
        return _Box(0, 0, number("width"), number("height")).moved(number("x"), number("y"))
    if shape.tag in ("circle", "ellipse"):
        wide, high = number("rx") or number("r"), number("ry") or number("r")
        return _Box(-wide, -high, wide, high).moved(number("cx"), number("cy"))
    if shape.tag == "polygon":
        values = [float(value) for value in re.split(r"[ ,]+", shape.get("points", "").strip())]
        return _Box(min(values[::2]), min(values[1::2]), max(values[::2]), max(values[1::2]))
    if shape.tag == "path":
        parse_path(shape.get("d", ""), pen := ControlBoundsPen(None))
        return _Box(*pen.bounds) if pen.bounds else None
    return None


def _lines(text: ET.Element, size: float) -> list[tuple[str, _Box]]:
    """Return the lines of a text and how far each reaches, in the text's own place."""
    style = dict(pair.split(": ", 1) for pair in text.get("style", "").split("; ") if ": " in pair)
    size = _length(style.get("font-size") or text.get("font-size"), size) or size
    anchor = style.get("text-anchor") or text.get("text-anchor") or "start"
    base = 0.0 if "dominant-baseline" in text.attrib else 0.3 * size  # from a line's middle down to where y is
    lines = []
    for row in list(text) or [text]:
        words = "".join(row.itertext()).strip()
        face = text_width.choose_face(row.get("font-weight"), row.get("font-style"))
        wide = text_width.measure_width(words, size, face)
        x = _length(row.get("x") or text.get("x"), size) - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        y = _length(row.get("y") or text.get("y"), size) + _length(row.get("dy") or text.get("dy"), size) - base
        lines.append((words, _Box(x, y, x + wide, y)))
    return lines


def _length(value: str | None, size: float) -> float:
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * (size if found[2] == "em" else 1.0) if found else 0.0
