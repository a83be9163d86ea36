"""Labels at the ends of edges: beside the boxes, where they can be read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from paperdeck.diagrams.boxes import Box, find_placed, measure_lines
from paperdeck.diagrams.labels import find_outline
from paperdeck.diagrams.svg import draw_diagram
from paperdeck.diagrams.terminals import find_way_out


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("words", ["1", "many", "0..*"])
def test_no_label_lies_under_a_box(direction: str, words: str) -> None:
    """Whichever way the diagram goes."""
    source = f'classDiagram\n  direction {direction}\n  Layer "1..*" *-- "{words}" Gate : has\n'
    root = ET.fromstring(draw_diagram(source, "d").svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    placed = list(find_placed(root, 0.0, 0.0))
    nodes = [found for found in placed if "node" in found[0].get("class", "").split()]
    shown = {
        said: line.moved(x, y)
        for text, x, y in placed
        if text.tag == "text"
        for said, line in measure_lines(text, 16)
        if said in (words, "1..*")
    }
    assert shown.keys() == {words, "1..*"}
    for line in shown.values():
        for node in nodes:
            outline = find_outline(*node)
            assert outline
            assert Box(line.left, line.top - 8, line.right, line.bottom + 8).overlap(outline) < 0


@pytest.mark.parametrize(
    ("label", "way"),
    [
        (Box(40, 8, 60, 18), (0, -21)),
        (Box(40, -8, 60, 2), (0, -5)),
        (Box(40, 92, 60, 112), (0, 11)),
        (Box(-10, 40, 4, 60), (-7, 0)),
        (Box(95, 40, 110, 60), (8, 0)),
    ],
)
def test_a_label_goes_the_least_way(label: Box, way: tuple[float, float]) -> None:
    """And leaves a gap."""
    assert find_way_out(label, Box(0, 0, 100, 100)) == way
