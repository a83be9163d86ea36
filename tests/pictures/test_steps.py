"""Steps of pictures: what a click does to a part."""

from __future__ import annotations

import pytest

from paperdeck.pictures.steps import Step, list_changes, read_steps, write_clicks


def test_steps_are_read_with_what_they_do() -> None:
    """Each name stands with its click, its action and its place."""
    found, mistakes = read_steps("a\n%% step 1: x, y z\n%% Step 2 focus: x")
    assert (found, mistakes) == ([Step(1, "x", 13), Step(1, "y z", 16), Step(2, "x", 37, "focus")], [])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("%% step 1 x", "write “%% step 2: name, name”"),
        ("%% step 1 blink: x", "a step cannot “blink”; write “%% step 1 focus: name”, or hide"),
        ("%% step 2: x", "step 2 follows no other; number the steps 1, 2, 3 …"),
        ("%% step 1: x\n%% step 2: x", "“x” already appears at step 1"),
    ],
)
def test_malformed_steps_are_told(source: str, message: str) -> None:
    """What is wrong is said with what to write instead."""
    assert [said for _offset, said in read_steps(source)[1]] == [message]


def test_part_waits_for_the_last_of_its_names() -> None:
    """It is dim while others have the focus, and goes with the first of its names that goes."""
    steps, _mistakes = read_steps(
        "%% step 1: a\n%% step 2: b\n%% step 3 focus: b\n%% step 4 focus: c\n%% step 5 hide: a"
    )
    assert list_changes(("a", "b"), steps) == {"step": [2], "hide": [5], "dim": [4]}
    assert list_changes(("c",), steps) == {"dim": [3]}


def test_clicks_are_fragments() -> None:
    """Reveal shows, dims and hides what they mark, from the index on at which the picture begins."""
    svg = '<g data-step="1"/><g data-dim="2"/><g data-hide="3"/><g data-turn-step="1"/>'
    assert write_clicks(svg, 4) == (
        '<g class="fragment" data-fragment-index="4"/>'
        '<g class="fragment custom dim" data-fragment-index="5"/>'
        '<g class="fragment fade-out" data-fragment-index="6"/>'
        '<g class="fragment custom turn-step" data-fragment-index="4"/>'
    )
