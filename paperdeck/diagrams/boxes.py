"""Where the shapes and texts of an SVG lie, by the widths of the served font."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.svgLib.path import parse_path

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

_LENGTH = re.compile(r"(-?[\d.]+)(px|em|)")
_TRANSLATE = re.compile(r"translate\(\s*([-.\d]+)(?:[\s,]+([-.\d]+))?")
_TURNED = re.compile(r"rotate|scale|matrix")


class Box(NamedTuple):
    """A rectangle, in px of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    def moved(self, x: float, y: float) -> Box:
        """Return it, moved to the right and down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def grown(self, by: float) -> Box:
        """Return it, larger at every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def joined(self, other: Box) -> Box:
        """Return the least box that holds both."""
        return Box(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def contains(self, other: Box) -> bool:
        """Tell whether another box lies in it."""
        return self.joined(other) == self

    def overlap(self, other: Box) -> float:
        """Return the less of how wide and how high two boxes share a place; not above 0 where they share none."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return min(wide, high)


def find_extent(root: ET.Element, size: float) -> Box | None:
    """Return how far all that is drawn reaches; what is turned is left out."""
    extent: Box | None = None
    for element, x, y in find_placed(root, 0.0, 0.0):
        boxes = []
        if element.tag == "text":
            numbered = "sequenceNumber" in element.get("class", "")  # which stands in a dot
            boxes = [line.grown(0.6 * size if numbered else 0.3 * size) for words, line in measure_lines(element, size)]
        elif "background" not in element.get("class", "") and (box := measure_shape(element)):
            boxes = [box.grown(1)]  # half a stroke
        for box in boxes:
            extent = extent.joined(box.moved(x, y)) if extent else box.moved(x, y)
    return extent


def find_placed(element: ET.Element, x: float, y: float) -> Iterator[tuple[ET.Element, float, float]]:
    """Yield everything that is drawn, and how far it is moved; what is turned or scaled is left out."""
    if element.tag in ("defs", "marker", "clipPath") or _TURNED.search(element.get("transform", "")):
        return
    right, down = find_shift(element)
    x, y = x + right, y + down
    yield element, x, y
    for child in element:
        if element.tag != "text":
            yield from find_placed(child, x, y)


def find_shift(element: ET.Element) -> tuple[float, float]:
    """Return how far an element is moved to the right and down."""
    found = _TRANSLATE.match(element.get("transform", ""))
    return (float(found[1]), float(found[2] or 0)) if found else (0.0, 0.0)


def measure_shape(shape: ET.Element) -> Box | None:
    """Return how far a shape reaches."""

    def number(key: str) -> float:
        return float(shape.get(key, "0").removesuffix("px"))

    if shape.tag == "rect":
        return Box(0, 0, number("width"), number("height")).moved(number("x"), number("y"))
    if shape.tag in ("circle", "ellipse"):
        wide, high = number("rx") or number("r"), number("ry") or number("r")
        return Box(-wide, -high, wide, high).moved(number("cx"), number("cy"))
    if shape.tag == "polygon":
        values = [float(value) for value in re.split(r"[ ,]+", shape.get("points", "").strip())]
        return Box(min(values[::2]), min(values[1::2]), max(values[::2]), max(values[1::2]))
    if shape.tag == "line":
        (left, right), (top, bottom) = (sorted(number(f"{axis}{end}") for end in "12") for axis in "xy")
        return Box(left, top, right, bottom)
    if shape.tag == "path":
        parse_path(" ".join(shape.get("d", "").split()), pen := ControlBoundsPen(None))
        return Box(*pen.bounds) if pen.bounds else None
    return None


def measure_lines(text: ET.Element, size: float) -> list[tuple[str, Box]]:
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
        lines.append((words, Box(x, y, x + wide, y)))
    return lines


def _length(value: str | None, size: float) -> float:
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * (size if found[2] == "em" else 1.0) if found else 0.0
