"""Video and sound play in both outputs, and are stills or words in every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

DOCUMENT = """\
# Talk

A clip: ![a *clip*](clip.mp4)

:::{slide} Clips
```{figure} clip.mp4
:class: autoplay loop
:alt: what it shows
Caption
```

![a sound](sound.mp3)

![far](https://example.org/far.webm)
:::
"""
FILES = {"index.md": DOCUMENT, "clip.mp4": b"clip", "clip.png": draw_png(16, 9), "sound.mp3": b"sound"}


def test_clips_play_in_both_outputs(small_site: Callable[..., SmallSite]) -> None:
    """Their files and stills are copied; on its slide one begins by itself where its author says so."""
    site = small_site(FILES)
    for output in (site.articles(), site.deck()):
        page = output.page()
        video, far = page.select("#slide-clips video")
        assert (video["src"], video["poster"]) == ("_images/clip.mp4", "_images/clip.png")
        assert (video["aria-label"], video.get("class")) == ("what it shows", None)
        assert video.has_attr("controls")
        assert video.has_attr("loop")
        assert far["src"] == "https://example.org/far.webm"
        assert page.select_one("audio")["src"] == "_images/sound.mp3"
        assert output.bytes("_images/clip.mp4", "_images/sound.mp3") == {
            "_images/clip.mp4": b"clip",
            "_images/sound.mp3": b"sound",
        }
        assert not list(output.folder.glob("_images/far*"))
    assert site.deck().page().select_one("section figure video").has_attr("data-autoplay")
    assert not site.articles().page().select("[data-autoplay], [autoplay]")


@pytest.mark.parametrize("builder", ["latex", "text", "epub", "man", "texinfo", "xml", "singlehtml", "dirhtml"])
def test_every_builder_shows_something_of_a_clip(small_site: Callable[..., SmallSite], builder: str) -> None:
    """Without a warning, and without fetching one that lies elsewhere."""
    output = small_site(FILES, more='copyright = "ours"\nversion = "1"\n').quietly(builder)
    if builder == "text":
        assert "[a sound]" in output.text("index.txt")
    if builder == "latex":
        assert "clip.png" in output.text("projectnamenotset.tex").replace("{clip}.png", "clip.png")


def test_a_clip_that_is_no_file_is_told(small_site: Callable[..., SmallSite]) -> None:
    """At its line, as a picture is."""
    warnings = small_site("# T\n\n:::{slide} One\n![clip](nowhere.mp4)\n:::\n").build("html").warnings
    assert warnings == ["index.md:4: WARNING: image file not readable: nowhere.mp4 [image.not_readable]"]


def test_a_document_without_slides_is_left_alone(small_site: Callable[..., SmallSite]) -> None:
    """Its clips are what they are without us."""
    files = {"index.md": "# T\n\n![clip](clip.mp4)\n", "clip.mp4": b"clip"}
    assert "controls" not in small_site(files).articles().text("index.html")


def test_a_figure_says_how_its_clip_plays(small_site: Callable[..., SmallSite]) -> None:
    """Classes of the figure are as good as those of the picture, and do not stay on it."""
    text = (
        "# T\n\n:::{slide} S\n```{figure} clip.mp4\n:figclass: muted loop\n:alt: what it shows\n\nCaption\n```\n:::\n"
    )
    page = small_site({**FILES, "index.md": text}).deck().page()
    video = page.select_one("figure video")
    assert video.has_attr("muted")
    assert video.has_attr("loop")
    assert not {"muted", "loop"} & {*page.select_one("figure")["class"]}
