"""The contents beside an article tell which sections are told on slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TALK = """\
# Talk

## Two of it

:::{slide} A
- a
:::

:::{slide} B & C
- b
:::

:::{slide} More of B
:detail:
- c
:::

### Below

Text.

## None of it

Text.

## One of it

:::{slide} D
- d
:::
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_contents_mark_the_sections_with_slides(small_site: Callable[..., SmallSite], builder: str) -> None:
    """Each mark says which slides; a detail counts with the slide above it, a section below not for the one above."""
    page = small_site(TALK).quietly(builder, html_theme="furo").page()
    links = {link.find(string=True): link.select_one(".slide-mark") for link in page.select(".toc-tree a")}
    assert {title: mark and mark["title"] for title, mark in links.items()} == {
        "Talk": None,
        "Two of it": "Slides 1 and 2",
        "Below": None,
        "None of it": None,
        "One of it": "Slide 3",
    }
    assert page.select_one(".toc-tree a:has(.slide-mark)").text == "Two of it, Slides 1 and 2"
    assert not page.select(".sidebar-tree .slide-mark")


def test_contents_of_other_pages_have_no_marks(small_site: Callable[..., SmallSite]) -> None:
    """Neither where there are no slides, nor in a list of pages."""
    front = "# Front\n\n```{toctree}\ntalk\n```\n\n## Part\n"
    page = small_site({"index.md": front, "talk.md": TALK}).articles(html_theme="furo").page()
    assert page.select(".toc-tree a")
    assert not page.select(".slide-mark")


def test_contents_have_the_words_of_a_download(small_site: Callable[..., SmallSite]) -> None:
    """Sphinx takes one in a heading for a heading, and fails; so has the way to the page."""
    text = f"{TALK}\n## The file {{download}}`conf.py`\n".replace("# Talk", "# Talk {download}`conf.py`", 1)
    site = small_site(text)
    assert {a.text for a in site.articles(html_theme="basic").page().select(".nav-item-this a")} == {"Talk conf.py"}
    page = site.articles(html_theme="furo").page()
    assert page.select(".toc-tree a")[-1].text == "The file conf.py"
    assert not page.select(".toc-tree a[download]")
    assert page.select_one("h2 a[download]").text == "conf.py"


def test_contents_tell_how_long_each_part_takes(small_site: Callable[..., SmallSite]) -> None:
    """With what stands below it, and without its slides and tables; nothing at what takes a minute or less."""
    prose = "word " * 220
    text = TALK.replace("Text.\n\n## None", f"{prose * 2}\n\n## None").replace("- a", f"- {prose}")
    page = small_site(text).articles(html_theme="furo").page()
    times = {link.find(string=True): link.select_one(".part-time") for link in page.select(".toc-tree a")}
    assert {title: time.text for title, time in times.items() if time} == {"Two of it": ", 2 min"}
    assert page.select_one(".toc-tree a:has(.part-time)").text == "Two of it, 2 min, Slides 1 and 2"
