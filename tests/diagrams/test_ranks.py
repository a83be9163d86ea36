"""Siblings: the boxes of one rank of a flowchart are equally wide."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from paperdeck.diagrams.svg import draw_diagram


def measure_boxes(source: str) -> dict[str, float]:
    """Return the widths of a flowchart's boxes, in whole px, by their labels."""
    root = ET.fromstring(draw_diagram(source, "x").svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))
    widths = {}
    for box in root.iter("g"):
        if "node" in box.get("class", "").split():
            words = " ".join("".join(box.itertext()).split())
            widths[words] = round(float(next(box.iter("rect")).get("width", "0")))
    return widths


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
def test_boxes_of_one_rank_are_equally_wide(direction: str) -> None:
    """What follows one box takes the width of the widest; that box keeps its own, as does what comes after."""
    widths = measure_boxes(
        f"flowchart {direction}\n  a[one that is wide as well]\n"
        "  a --> b[Expert 7] & c[Expert of day] & d[nine<br/>experts]\n  b --> e[last]"
    )
    assert widths["Expert 7"] == widths["Expert of day"] == widths["nine experts"]
    assert widths["last"] < widths["Expert 7"] < widths["one that is wide as well"]


def test_ranks_of_two_groups_are_apart() -> None:
    """A box is held against those in its own subgraph."""
    widths = measure_boxes(
        "flowchart LR\n  subgraph one\n    a --> b[Expert 7] & c[Expert of day]\n  end\n"
        "  subgraph two\n    d --> e[Expert of a week] & f[Expert 41]\n  end"
    )
    assert widths["Expert 7"] == widths["Expert of day"] < widths["Expert of a week"] == widths["Expert 41"]


def test_boxes_that_differ_too_much_stay_as_they_are() -> None:
    """A row of short words does not grow with one long label in it."""
    widths = measure_boxes("flowchart TB\n  a --> b[no] & c[a label that says much more than all the others]")
    assert widths["no"] == widths["a"] == 100


def test_label_of_an_edge_is_not_widened() -> None:
    """The ground of an edge's label is as wide as the label, also where a box has the same words."""
    source = "flowchart LR\n  a -->|Expert| b[Expert] & c[Expert of day]"
    assert measure_boxes(source)["Expert"] < measure_boxes(source)["Expert of day"]
