"""Pictures that are none are told, and a link or words stand in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.no_pictures import explain_no_picture
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("https://www.youtube.com/watch?v=abc", "is a page"),
        ("https://youtu.be/abc", "is a page"),
        ("https://player.vimeo.com/video/1", "is a page"),
        ("https://example.org/", "is a page"),
        ("https://example.org/a/page.html", "is a page"),
        ("https://arxiv.org/pdf/2101.03961", "is a page"),
        ("https://arxiv.org/html/2101.03961v3", "is a page"),
        ("https://huggingface.co/spaces/a/b", "is a page"),
        ("https://docs.google.com/presentation/d/1/edit", "is a page"),
        ("https://en.wikipedia.org/wiki/File:A.png", "is a page"),
        ("https://github.com/a/b", "is a page"),
        ("https://github.com/a/b/blob/main/a.png", "is a page"),
        ("page.html", "link"),
        ("talk.PPTX", "is no picture"),
        ("a.mmd", "{mermaid} a.mmd"),
        ("talk.avi", "make an MP4"),
        ("a.pdf", "no browser shows"),
    ],
)
def test_what_is_no_picture_is_known_by_its_address(uri: str, says: str) -> None:
    """Nothing is fetched; what is said names what to write instead."""
    assert says in explain_no_picture(uri)


@pytest.mark.parametrize(
    "uri",
    [
        *("a.png", "a.svg", "a.b.webp", "clip.mp4", "a", "https://example.org/a.png", "https://example.org/image?id=3"),
        *("https://img.shields.io/badge/a-b", "https://github.com/a/b/actions/workflows/ci.yml/badge.svg"),
        *("https://github.com/a.png", "https://github.com/a/b/blob/main/a.png?raw=true", "https://i.imgur.com/a.png"),
        *("https://wsrv.nl/?url=example.org/a.png", "https://huggingface.co/spaces/a/b/resolve/main/a.png"),
        *("https://arxiv.org/html/2305.12345v1/x1.png", "https://docs.google.com/presentation/d/1/export/png?pageid=p"),
        "https://docs.google.com/spreadsheets/d/e/1/pubchart?oid=2&format=image",
        *("https://docs.google.com/drawings/d/1/pub?w=2", "https://img.youtube.com/vi/abc/0.jpg", "data:image/png;,a"),
    ],
)
def test_what_may_be_a_picture_is_let_pass(uri: str) -> None:
    """An address that has no ending may give one."""
    assert explain_no_picture(uri) == ""


PAGE = """# T

:::{slide} S
:background-video: https://youtu.be/abc
![a talk](https://youtu.be/abc)

![parts](folder)

[![a page](page.html)](https://example.org/a)

```{figure} https://vimeo.com/1
What it shows
```
:::
"""


def test_a_link_stands_where_no_picture_can(small_site: Callable[..., SmallSite]) -> None:
    """In article and deck, with one message at its line; a page without slides is left alone."""
    alone = "# T\n\n![a talk](https://youtu.be/abc)\n"
    site = small_site(
        {"index.md": PAGE, "other.md": f"---\norphan: true\n---\n{alone}", "folder/a.png": draw_png(4, 4)}
    )
    articles = site.build("html")
    assert [(line.split(":")[1], line.split("“")[1].split("”")[0]) for line in articles.warnings] == [
        ("3", "https://youtu.be/abc"),
        ("5", "https://youtu.be/abc"),
        ("7", "folder"),
        ("9", "page.html"),
        ("11", "https://vimeo.com/1"),
    ]
    for page in (articles.page(), site.build("revealjs").page()):
        slide = page.select_one("#slide-s")
        assert not slide.select("img")
        assert "data-background-video" not in slide.attrs
        assert [link["href"] for link in slide.select("a[href^=https]")] == [
            "https://youtu.be/abc",
            "https://example.org/a",
            "https://vimeo.com/1",
        ]
        assert "parts" in slide.text
    assert articles.page("other.html").select("img")
