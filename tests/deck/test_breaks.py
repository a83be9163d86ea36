"""A name and its number stay on one line of a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.deck.breaks import STAY, keep_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("goes to expert 43 of layer 7", "goes to expert_43 of layer_7"),
        ("an RTX 3090 with 24 GB", "an RTX_3090 with 24_GB"),
        ("four and 4 more", "four and_4 more"),
        ("for 9.5 billion words", "for 9.5_billion words"),
        ("it takes 8 of 64", "it takes 8 of 64"),
        ("", ""),
    ],
)
def test_numbers_stay_with_their_names(text: str, joined: str) -> None:
    """And with a unit; other words part from a number."""
    assert keep_together(text) == joined.replace("_", STAY)


def test_code_and_prose_are_as_they_are_typed(small_site: Callable[..., SmallSite]) -> None:
    """On a slide words are joined and code is not; the article and the notes have the author's spaces."""
    site = small_site("# Talk\n\n:::{slide} Expert 43\n- Layer 7, `Layer 7`\n:::\n\nSaid of layer 7.\n")
    page = site.deck().page()
    assert page.select_one("section h2").text == f"Expert{STAY}43"
    assert page.select_one("section li").text.strip() == f"Layer{STAY}7, Layer 7"
    assert page.select_one("aside.notes").text.strip() == "Said of layer 7."
    assert STAY not in site.articles().page().select_one("aside.slide").text
