"""The light of a background is read from its colours, and says what words need on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.slides.grounds import ground_of, is_gradient, read_colour, write_ground
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


@pytest.mark.parametrize(
    ("colour", "light", "opacity"),
    [
        ("#101820", 0.0087, 1),
        ("#abc", 0.4845, 1),
        ("#aabbccdd", 0.4845, 0.867),
        ("Navy", 0.0156, 1),
        ("rgb(50%, 20%, 10%)", 0.0703, 1),
        ("rgba(10, 20, 30, .5)", 0.0066, 0.5),
        ("rgb(10 20 30 / 50%)", 0.0066, 0.5),
        ("hsl(200 50% 40%)", 0.162, 1),
        ("hsl(0.5turn, 100%, 50%)", 0.7874, 1),
        ("hwb(120 20% 30%)", 0.3318, 1),
        ("oklch(60% 0.15 250)", 0.2174, 1),
        ("oklab(50% 0.1 -0.1)", 0.1126, 1),
        ("lab(50% 40 20)", 0.1798, 1),
        ("lch(52% 72 50)", 0.1941, 1),
        ("transparent", 0, 0),
    ],
)
def test_a_colour_is_as_light_as_a_browser_draws_it(colour: str, light: float, opacity: float) -> None:
    """In every form of CSS; the numbers are Chromium's."""
    assert read_colour(colour) == (pytest.approx(light, abs=0.01), pytest.approx(opacity, abs=0.01))


@pytest.mark.parametrize("text", ["blu", "rgb(1, 2)", "#12", "", "hsl(a b c)", "url(x.png)", "101820"])
def test_what_is_no_colour_is_none(text: str) -> None:
    """A browser would drop it without a word."""
    assert read_colour(text) is None


@given(st.text(alphabet="#()0123456789abcdefghlorsky%,./ -+", max_size=40))
def test_any_text_is_a_colour_or_none(text: str) -> None:
    """No text is an error, and no colour is lighter than white."""
    if found := read_colour(text):
        assert all(0 <= part <= 1 for part in found)


@pytest.mark.parametrize(
    ("reveal", "ground"),
    [
        ({}, ""),
        ({"data-background-color": "#101820"}, "dark"),
        ({"data-background": "lemonchiffon"}, "light"),
        ({"data-background-color": "#c0392b"}, "dark plain"),
        ({"data-background-color": "gray"}, "light plain"),
        ({"data-background-color": "rgb(0 0 0 / 40%)"}, "picture"),
        ({"data-background-color": "var(--brand)"}, "picture"),
        ({"data-background-gradient": "linear-gradient(to bottom, #283b95, #17112b)"}, "dark"),
        ({"data-background": "linear-gradient(to right, black, white)"}, "picture"),
        ({"data-background-image": "a.png", "data-background-color": "black"}, "picture"),
        ({"data-background-video": "a.mp4"}, "picture"),
        ({"data-background-iframe": "a.html"}, "picture"),
    ],
)
def test_the_ground_says_what_words_need(reveal: dict[str, str], ground: str) -> None:
    """Our light or dark colours, black or white alone, or a ground of their own."""
    assert ground_of(reveal) == ground


def test_the_author_knows_better() -> None:
    """Whether a picture is dark all over is for the author to say; without a background there is nothing to say."""
    assert ground_of({"data-background-image": "a.png"}, "dark") == "dark"
    assert ground_of({}, "dark") == ""


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("linear-gradient(red, blue)", True),
        ("linear-gradient(red", False),
        ("radial-gradient(red); x", False),
        ("red", False),
    ],
)
def test_a_gradient_is_whole(text: str, good: bool) -> None:
    """Or it would reach into what follows it."""
    assert is_gradient(text) is good


def test_paper_shows_what_reveal_draws() -> None:
    """A picture at its place and size, paler where it is; a colour, on which labels have their halo."""
    assert write_ground({"data-background-color": "navy"}, "dark") == "background: navy; --ground: navy"
    picture = {
        "data-background-image": 'a "b".png',
        "data-background-size": "contain",
        "data-background-opacity": "0.4",
    }
    assert write_ground(picture, "picture") == (
        "background: linear-gradient(color-mix(in srgb, var(--pd-paper) 60%, transparent) 0 0), "
        'url("a%20%22b%22.png") center / contain no-repeat, var(--pd-paper)'
    )


@pytest.mark.parametrize("color", ["hsl(210deg 30% 12% / 80%)", "var(--brand)"])
def test_words_on_a_colour_that_cannot_be_known_keep_their_own_ground(color: str) -> None:
    """The colour itself would be no ground for them: whether it is dark nobody knows."""
    reveal = {"data-background-color": color}
    assert write_ground(reveal, ground_of(reveal)) == f"background: {color}"


def test_a_background_that_is_none_is_told(small_site: Callable[..., SmallSite]) -> None:
    """At the line of its slide, with what to write; the slide is whole without it."""
    site = small_site(
        "# T\n\n:::{slide} A\n:background-color: blu\n- a\n:::\n\n"
        ":::{slide} B\n:background-gradient: linear-gradient(red\n- b\n:::\n"
    )
    output = site.build("html")
    assert [line.split(";")[0] for line in output.warnings] == [
        "index.md:3: WARNING: `:background-color:` is 'blu', which is no colour",
        "index.md:8: WARNING: `:background-gradient:` is 'linear-gradient(red', which is no gradient",
    ]
    assert not site.build("revealjs").page().select("[data-ground]")


def test_files_behind_a_slide_are_copied(small_site: Callable[..., SmallSite]) -> None:
    """Pictures, videos and pages, with the addresses that reveal takes."""
    files = {
        "index.md": """\
            # T

            :::{slide} A
            :background-image: a.png
            - a
            :::

            :::{slide} B
            :background-iframe: b.html
            :ground: dark
            - b
            :::
            """,
        "a.png": draw_png(16, 9),
        "b.html": b"<p>b",
    }
    output = small_site(files, more='exclude_patterns = ["b.html"]\n').deck()
    first, second = output.page().select("section[data-ground]")
    assert (first["data-ground"], first["data-background-image"]) == ("picture", "_images/a.png")
    assert 'url("_images/a.png")' in first["style"]
    assert (second["data-ground"], second["data-background-iframe"]) == ("dark", "_images/b.html")
    assert output.text("_images/b.html") == "<p>b"
