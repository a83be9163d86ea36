"""Layout of a chart: labels that cover nothing, as near to their marks as they can be."""

from __future__ import annotations

from paperdeck.charts.layout import Box, Frame, Label, Room, move_apart, place_labels

ROOM = Room(1120, 400, 20, 104)


def test_label_takes_the_first_free_side() -> None:
    """A label moves on from a side on which it would cover something."""
    frame = Frame(ROOM, 0, 0, 1000, 300, 400)
    label = Label(500, 100, 7, "OLMoE", "", 1.0, ("right", "left"))
    assert place_labels([label], frame, [])[0][0].anchor == "start"
    assert place_labels([label], frame, [Box(510, 90, 600, 110)])[0][0].anchor == "end"
    assert place_labels([label], frame, [Box(510, 90, 600, 110), Box(400, 90, 490, 110)])[1] == ["OLMoE"]


def test_labels_of_lines_keep_their_distance_and_order() -> None:
    """Labels that would meet are moved apart, no further than they must, and not below the plot."""
    assert move_apart({"a": 10, "b": 12, "c": 100}, 20, 0, 110) == {"a": 10, "b": 30, "c": 100}
    assert move_apart({"a": 100, "b": 108}, 20, 0, 110) == {"a": 90, "b": 110}
