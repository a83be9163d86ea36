"""Options of a slide: what each takes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.layouts import CHOICES
from paperdeck.slides.options import (
    article_option,
    at_option,
    columns_option,
    ground_option,
    layout_option,
    names_file,
    steps_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("attribute", "value", "is_file"),
    [
        ("background-image", "picture.png", True),
        ("background-image", "a/b", True),
        ("background-image", "https://example.org/a.png", False),
        ("background-image", "//example.org/a.png", False),
        ("background-image", "data:image/png;base64,AA==", False),
        ("background-video", "film.mp4", True),
        ("background", "Picture.JPEG", True),
        ("background", "#0b1f3a", False),
        ("background", "linear-gradient(red, blue)", False),
        ("transition", "fade.png", False),
    ],
)
def test_a_file_is_told_from_an_address_and_a_colour(attribute: str, value: str, is_file: bool) -> None:
    """Only what names a file of the project is looked for and copied."""
    assert names_file(attribute, value) is is_file


def test_options_take_what_there_is_alone() -> None:
    """A layout that is none and any word but the one are refused, with what to write."""
    assert [layout_option(name) for name in CHOICES] == list(CHOICES)
    assert article_option(" hide ") == "hide"
    with pytest.raises(ValueError, match="no such layout; write one of bullets, split"):
        layout_option("wide")
    with pytest.raises(ValueError, match="did you mean “split”"):
        layout_option("splt")
    with pytest.raises(ValueError, match="write `hide`"):
        article_option("show")
    assert steps_option("Together") == "together"
    with pytest.raises(ValueError, match="write `together`, or take the option away"):
        steps_option("apart")


def test_a_time_is_read_as_it_is_shown() -> None:
    """Minutes and seconds, with hours or without; anything else is refused."""
    assert [at_option(time) for time in ("0:00", " 1:05 ", "90:00", "1:02:03")] == [0, 65, 5400, 3723]
    for wrong in ("65", "1:5", "1:60", "1:75:00", "1m5s", "-1:05", "1:٠٥"):
        with pytest.raises(ValueError, match="such as `1:05`"):
            at_option(wrong)


@pytest.mark.parametrize(
    "option", [layout_option, article_option, at_option, columns_option, ground_option, steps_option]
)
def test_an_option_without_its_value_is_refused(option: Callable[[str | None], object]) -> None:
    """With what to write, as any other value that cannot be."""
    with pytest.raises(ValueError, match=r"write|choose"):
        option(None)
