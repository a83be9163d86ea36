"""Vega-Lite as the ruler of a chart: told layers and numbers, it gives back scales, axes and marks in px."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from paperdeck.charts.layout import Frame

VERSION = "5.21"
"""Of Vega-Lite: the same chart must give the same bytes."""
ROLES = {"grid": "grid", "tick": "axis", "domain": "axis", "label": "tick"}
ORDER = {"grid": 0, "axis": 1}
"""What lies below the marks."""
TICK = (
    "abs(datum.value) >= 10000"
    " ? replace(replace(format(datum.value, '~s'), 'G', 'B'), regexp('([kMBT])$'), '\u202f$1')"
    " : replace(format(datum.value, '~f'), '-', '−')"
)
"""How a tick is written: 0.5, 2000, 1 B."""


class Shape(NamedTuple):
    """Something that is drawn: its role, and its element with coordinates from the corner of the picture."""

    role: str
    tag: str
    place: Mapping[str, float]
    """The attributes that say where it is, px."""
    style: Mapping[str, str]
    text: str = ""
    points: tuple[tuple[float, float], ...] = ()


def shapes(layers: Sequence[dict[str, Any]], values: Sequence[Mapping[str, Any]], frame: Frame) -> list[Shape]:
    """Let Vega-Lite draw layers into a frame.

    :param layers: of the specification; the name of each is the role of its marks, which come in the order of values
    :return: what it drew, from the back to the front
    """
    import vl_convert  # its engine takes half a second to start: only when something is to be drawn

    room = frame.room
    specification = {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION}.json",
        "width": frame.wide,
        "height": frame.high,
        "padding": {
            "left": frame.left,
            "top": frame.top,
            "right": room.width - frame.right,
            "bottom": frame.height - frame.bottom,
        },
        "autosize": {"type": "none"},
        "background": None,
        "data": {"values": list(values)},
        "layer": list(layers),
        "config": {
            "axis": {"labelFontSize": room.type, "labelPadding": 0.6 * room.type},
            "view": {"stroke": None},
        },
    }
    svg = vl_convert.vegalite_to_svg(specification, vl_version=VERSION, allowed_base_urls=[])
    return sorted(_below(ET.fromstring(svg), "", 0, 0), key=lambda shape: ORDER.get(shape.role, 2))


def given(field: str) -> dict[str, Any]:
    """Return an encoding that takes a column as it is: a colour, a size."""
    return {"field": field, "type": "nominal" if field in ("fill", "stroke") else "quantitative", "scale": None}


def axis(orient: str, **more: Any) -> dict[str, Any]:
    """Return an axis without a title, each of its ticks written."""
    return {"orient": orient, "title": None, "labelExpr": TICK, "labelOverlap": False, "labelFlush": False, **more}


def logarithmic(numbers: Iterable[float], most: int) -> tuple[dict[str, Any], list[float]]:
    """Return a logarithmic scale with room for marks at its ends, and its ticks.

    They are 1, 2, 3, 5 and 7 of each decade, or fewer where those are more than ``most``.
    """
    numbers = list(numbers)
    low, high = min(numbers), max(numbers)
    edge = max((high / low) ** 0.05, 1.08)
    low, high = low / edge, high * edge
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks: list[float] = []
    for steps in ((1, 2, 3, 5, 7), (1, 2, 5), (1,)):
        ticks = [step * 10.0**decade for decade in decades for step in steps if low <= step * 10.0**decade <= high]
        if len(ticks) <= most:
            break
    return {"type": "log", "nice": False, "domain": [low, high]}, ticks


def _below(element: ET.Element, role: str, x: float, y: float) -> Iterator[Shape]:
    """Yield what is drawn in an element of Vega's SVG."""
    if moved := re.fullmatch(r"translate\(([-\d.e]+),([-\d.e]+)\)", element.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2])
    classes = element.get("class", "")
    if found := re.search(r"role-axis-(grid|tick|domain|label)|(\w+)_marks", classes):
        role = ROLES.get(found[1] or "", found[2] or "")
    tag = element.tag.rpartition("}")[2]
    if role and tag in ("line", "text", "path") and classes not in ("background", "foreground"):
        if element.get("opacity") != "0":
            yield _shape(role, tag, element, x, y)
    else:
        for child in element:
            yield from _below(child, role, x, y)


def _shape(role: str, tag: str, element: ET.Element, x: float, y: float) -> Shape:
    kept = ("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "text-anchor")
    style = {name: element.attrib[name] for name in kept if name in element.attrib}
    if style.get("opacity") == "1":
        del style["opacity"]
    if tag == "text":
        return Shape(role, tag, {"x": x, "y": y}, style, element.text or "")
    if tag == "line":
        end = {"x2": x + float(element.get("x2", 0)), "y2": y + float(element.get("y2", 0))}
        return Shape(role, tag, {"x1": x, "y1": y, **end}, style)
    path = element.get("d", "")
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", path)]
    if "A" in path:  # a symbol: its path begins at its right end
        return Shape(role, "circle", {"cx": x, "cy": y, "r": numbers[0]}, style)
    if "h" in path:
        place = {"x": x + numbers[0], "y": y + numbers[1], "width": numbers[2], "height": numbers[3]}
        return Shape(role, "rect", place, style)
    points = tuple((x + px, y + py) for px, py in zip(numbers[::2], numbers[1::2], strict=True))
    return Shape(role, "polyline", {}, {"fill": "none", **style}, points=points)
