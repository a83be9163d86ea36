"""Which kinds are drawn, and what is said of the others."""

from __future__ import annotations

import pytest

from paperdeck.diagrams.kinds import find_kind, find_refused_kind, turn_down
from paperdeck.diagrams.source import find_line_and_column


@pytest.mark.parametrize(
    "source",
    [
        "graph TD\n  a",
        "flowchart LR\n  a",
        "sequenceDiagram\n  a",
        "classDiagram-v2\n  a",
        "stateDiagram\n  a",
        "erDiagram\n  a",
        "requirementDiagram\n  a",
        "block-beta\n  a",
        "mindmap\n  a",
        "---\ntitle: pie\n---\n%% pie\n%%{init: {}}%%\n\n  flowchart LR\n  a",
        "graph LR; a",
        "flowchart LR a",
        "flowchart\n  a",
        "graph  v  \n  a",
        "flowchart a[x]\n  b",
    ],
)
def test_kind_that_is_drawn_is_not_refused(source: str) -> None:
    """Front matter, comments and settings before it are not its kind."""
    assert list(find_refused_kind(source)) == []


@pytest.mark.parametrize(
    ("kinds", "instead"),
    [
        ("pie xychart-beta radar-beta sankey quadrantChart treemap-beta", "draw it with {chart}"),
        ("gantt timeline journey kanban packet treeView-beta", "write a list or a table"),
        (
            "architecture-beta C4Context gitGraph eventmodeling wardley-beta venn-beta ishikawa-beta",
            "draw a flowchart",
        ),
        ("zenuml", "draw a sequenceDiagram"),
        ("nonsense Flowchart", "draw a flowchart"),
    ],
)
def test_kind_whose_picture_would_lose_its_meaning_is_refused(kinds: str, instead: str) -> None:
    """Each is told where it stands, and what to use instead."""
    for kind in kinds.split():
        source = f"%% a comment\n  {kind}\n  more"
        (mistake,) = find_refused_kind(source)
        assert find_line_and_column(source, mistake.offset) == (2, 3)
        assert mistake.message.startswith(f"a diagram of the kind “{kind}” is not drawn; {instead}")


@pytest.mark.parametrize("direction", ["XX", "lr", "left to right", "top-down;"])
def test_a_direction_that_is_none_is_told(direction: str) -> None:
    """It would be drawn as a box of that name."""
    source = f"%% a comment\nflowchart {direction}\n  A --> B"
    (mistake,) = find_refused_kind(source)
    assert find_line_and_column(source, mistake.offset) == (2, 11)
    assert mistake.message == f"“{direction.strip(';')}” is no direction; write LR, RL, TB or BT"


@pytest.mark.parametrize("source", ["", "  \n", "%% a comment", "---\nconfig: {}\n---\n", "[*] --> A"])
def test_source_without_a_kind_is_refused(source: str) -> None:
    """It is said how a diagram begins."""
    assert find_kind(source)[0] == ""
    (mistake,) = find_refused_kind(source)
    assert "begins with its kind" in mistake.message


@pytest.mark.parametrize(
    "source", ["flowchart LR", "graph TD;\n", "sequenceDiagram\n  %% nothing\n", "\n  mindmap\n\n"]
)
def test_an_empty_diagram_is_told(source: str) -> None:
    """A kind alone would be a picture without a line."""
    (mistake,) = find_refused_kind(source)
    assert source[mistake.offset :].startswith(source.split()[0])
    assert "the diagram is empty" in mistake.message


@pytest.mark.parametrize(
    ("source", "turned"),
    [
        ("flowchart LR\n  a --> b", "flowchart TB\n  a --> b"),
        ("%% LR\ngraph  RL;a", "%% LR\ngraph  TB;a"),
        ("graph >\n  a", "graph TB\n  a"),
        ("flowchart LR\nsubgraph s\ndirection LR\na\nend", "flowchart TB\nsubgraph s\ndirection LR\na\nend"),
        ("flowchart TB\n  a", ""),
        ("flowchart\n  LR", ""),
        ("flowchart LRx\n  a", ""),
        ("stateDiagram\n  direction LR", ""),
        ("", ""),
    ],
)
def test_a_flowchart_that_goes_to_a_side_can_go_down(source: str, turned: str) -> None:
    """Its subgraphs keep their directions; nothing else is turned."""
    assert turn_down(source) == turned
