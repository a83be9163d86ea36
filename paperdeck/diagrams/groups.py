"""Groups of boxes: wide enough for their titles, each seen in the one around it, and titles above the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from paperdeck.diagrams.boxes import Box, find_placed, measure_lines, measure_shape
from paperdeck.diagrams.engine import LABEL_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

AIR = 12.0
"""What is left free beside a title, and between a group and the one around it, in px."""
_CLUSTERS = frozenset({"cluster", "statediagram-cluster"})


class _Group(NamedTuple):
    element: ET.Element
    shapes: list[ET.Element]
    box: Box
    title: float
    """How wide its title is."""


def arrange_groups(root: ET.Element, name: str) -> None:
    """Widen groups, mark those that stand in an odd number of others, and draw their titles after the edges."""
    groups = _find_groups(root)
    if not groups:
        return
    _widen_groups(groups, _find_nodes(root))
    groups = _find_groups(root)
    for group in groups:
        if sum(other.box.contains(group.box) for other in groups if other is not group) % 2:
            group.element.set("class", f"{group.element.get('class')} nested")
    _raise_titles(root, name)


def _find_groups(root: ET.Element) -> list[_Group]:
    groups = []
    for element, x, y in find_placed(root, 0.0, 0.0):
        if _CLUSTERS & {*element.get("class", "").split()}:
            shapes = [shape for shape in element.iter("rect") if "background" not in shape.get("class", "")]
            boxes = [box.moved(x, y) for shape in shapes if (box := measure_shape(shape))]
            lines = [line for text in element.iter("text") for _, line in measure_lines(text, LABEL_PX)]
            if boxes:
                groups.append(_Group(element, shapes, boxes[0], max((line.width for line in lines), default=0.0)))
    return groups


def _widen_groups(groups: Sequence[_Group], others: Sequence[Box]) -> None:
    """Make groups as wide as their titles, to both sides alike, and those around them as wide as they become.

    Nothing is widened if anything else stands in the way; the title is then found to leave its group.
    """
    wider: list[tuple[_Group, Box]] = []
    for group in sorted(groups, key=lambda group: group.box.width):
        middle = (group.box.left + group.box.right) / 2
        inside = [box.grown(AIR) for other, box in wider if group.box.contains(other.box)]
        sides = [side for box in inside for side in (box.right - middle, middle - box.left)]
        half = max(group.title / 2 + AIR, group.box.width / 2, *sides, 0.0)
        if half > group.box.width / 2:
            wider.append((group, group.box._replace(left=middle - half, right=middle + half)))
    for group, box in wider:
        standing = [*others, *(other.box for other in groups)]
        if any(box.overlap(other) > 0 >= group.box.overlap(other) for other in standing):
            return
    for group, box in wider:
        for shape in group.shapes:
            shape.set("x", f"{float(shape.get('x', '0')) + box.left - group.box.left:g}")
            shape.set("width", f"{box.width:g}")


def _find_nodes(root: ET.Element) -> list[Box]:
    """Return where the boxes stand that are no groups."""
    boxes = []
    for element, x, y in find_placed(root, 0.0, 0.0):
        if "node" in element.get("class", "").split():
            shapes = [measure_shape(shape) for shape in element.iter() if "label" not in shape.get("class", "").split()]
            for box in filter(None, shapes):
                boxes.append(box.moved(x, y))
    return boxes


def _raise_titles(root: ET.Element, name: str) -> None:
    """Draw titles after the edges, which would strike them through."""
    for drawn in root.iter("g"):
        layers = {layer.get("class"): layer for layer in drawn}
        if "clusters" in layers and "edges edgePaths" in layers:
            above = ET.Element("g", {"class": "cluster-labels"})
            for cluster in layers["clusters"]:
                for label in cluster.findall("g[@class='cluster-label']"):
                    cluster.remove(label)
                    label.set("data-id", cluster.get("id", "").removeprefix(f"{name}-"))
                    if "nested" in cluster.get("class", "").split():
                        label.set("class", "cluster-label nested")
                    above.append(label)
            drawn.insert(list(drawn).index(layers["edges edgePaths"]) + 1, above)
