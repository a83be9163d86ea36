"""Ids: letters, marks and digits of any script, and free."""

from __future__ import annotations

import pytest

from paperdeck.slides.ids import make_slide_id, make_slug


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("The router", "the-router"),
        ("  Two experts – a token, *whatever*!  ", "two-experts-a-token-whatever"),
        ("GPT-3’s 175B", "gpt-3-s-175b"),
        ("Über Größe", "über-größe"),
        ("注意力 机制", "注意力-机制"),
        ("שלום עולם", "שלום-עולם"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("cafe\u0301", "café"),
        ("Love ❤️ it", "love-it"),
        ("1️⃣ first", "1-first"),
        ("🎉", ""),
    ],
)
def test_a_slug_keeps_letters_marks_and_digits_of_any_script(title: str, end: str) -> None:
    """What is no letter becomes one hyphen; of an emoji nothing unseen is left."""
    assert make_slug(title) == end


def test_an_id_is_the_first_that_is_free() -> None:
    """The second slide of a title has -2, the third -3; a title without letters is a slide all the same."""
    assert make_slide_id("Why", set()) == "slide-why"
    assert make_slide_id("Why", {"slide-why"}) == "slide-why-2"
    assert make_slide_id("Why", {"slide-why", "slide-why-2"}) == "slide-why-3"
    assert make_slide_id("🎉", {"slide"}) == "slide-2"
