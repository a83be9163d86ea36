"""Pictures on slides are blocks of their own, in steps as their author wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.deck.pictures import height_beside
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

SLIDES = """\
# Talk

:::{slide} Bare
```{image} wide.png
:width: 200px
:class: fragment
:alt: sized
```

{.fragment}
After it.
:::

:::{slide} Beside
![wide](wide.png) ![tall](tall.png)

A ![wide](wide.png) in a line.
:::

:::{slide} Figure
:layout: figure
```{figure} tall.png
:class: fragment
:alt: tall
Caption
```
:::
"""
MORE = 'myst_enable_extensions = ["colon_fence", "attrs_block"]\n'
FILES = {"wide.png": draw_png(160, 80), "tall.png": draw_png(40, 80)}


def test_a_sized_picture_is_no_link_on_a_slide(small_site: Callable[..., SmallSite]) -> None:
    """A click on it leaves nothing, and it is one step, before what follows it; in the article it is a link."""
    site = small_site({"index.md": SLIDES, **FILES}, more=MORE)
    slide = site.deck().page().select_one("#slide-bare .paperdeck-content")
    assert not slide.select("a")
    steps = slide.select(".fragment")
    assert [(step.name, step["data-fragment-index"]) for step in steps] == [("img", "0"), ("p", "1")]
    assert site.articles().page().select_one("#slide-bare a.image-reference img")


def test_an_icon_beside_a_picture_is_as_it_is() -> None:
    """It makes no large picture small: those stand at one height, and it in the middle of it."""
    assert height_beside([(24, 24), (1200, 800), (900, 600)]) == 600
    assert height_beside([(24, 24), (40, 40)]) == 24
    assert height_beside([(3000, 500), (1500, 1200)]) == 500  # a banner is no icon, and would take the whole line
    assert height_beside([]) == 0


def test_icons_and_pictures_share_a_line(small_site: Callable[..., SmallSite]) -> None:
    """The line is as wide as both, and the icon has a height of its own."""
    text = "# T\n\n:::{slide} S\n![icon](icon.png) ![wide](wide.png)\n:::\n"
    site = small_site({"index.md": text, "icon.png": draw_png(20, 30), **FILES})
    beside = site.deck().page().select_one("#slide-s p:has(img)")
    assert beside["style"] == "--ratio: 2.25; --width: 180px"
    icon, wide = beside.select("img")
    assert (icon["style"], icon["class"]) == ("--height: 30px", ["paperdeck-small"])
    assert (wide["style"], wide.get("class")) == ("--ratio: 2", None)


def test_pictures_in_one_paragraph_are_of_one_height(small_site: Callable[..., SmallSite]) -> None:
    """Each is as wide as its shape says; a picture in a line of text is none of them."""
    content = small_site({"index.md": SLIDES, **FILES}, more=MORE).deck().page().select_one("#slide-beside")
    beside, line = content.select("p:has(img)")
    assert beside["style"] == "--ratio: 2.5; --width: 200px"
    assert [picture["style"] for picture in beside.select("img")] == ["--ratio: 2", "--ratio: 0.5"]
    assert "paperdeck-pictures" not in line.get("class", [])


def test_a_figure_comes_with_its_caption(small_site: Callable[..., SmallSite]) -> None:
    """Where its picture is a step, the whole of it is; it says how large it may grow."""
    figure = small_site({"index.md": SLIDES, **FILES}, more=MORE).deck().page().select_one("#slide-figure figure")
    assert "fragment" in figure["class"]
    assert not figure.select(".fragment")
    assert figure.img["style"] == "--ratio: 0.5; --width: 40px"


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"{}><path d="M0 0"/></svg>'
SIZES = """\
# Talk

:::{slide} Alone
![drawn](drawn.svg)
:::

:::{slide} In text
A ![drawn](drawn.svg) in a line.
:::

:::{slide} Sized
![sized](sized.svg)
:::

:::{slide} Figure
:layout: figure
![drawn](drawn.svg)
:::
"""


def test_a_drawing_that_has_a_shape_alone_is_as_large_as_its_shape(small_site: Callable[..., SmallSite]) -> None:
    """A browser would show nothing of it beside words; as a figure it takes what room there is."""
    files = {"drawn.svg": DRAWING.format(""), "sized.svg": DRAWING.format(' width="200" height="100"')}
    page = small_site({"index.md": SIZES, **files}, more=MORE).deck().page()
    assert page.select_one("#slide-alone p:has(img)")["style"] == "--ratio: 2; --width: 200px"
    assert page.select_one("#slide-in-text img")["style"] == "width: 200px;"
    assert "style" not in page.select_one("#slide-sized img").attrs
    assert page.select_one("#slide-figure p:has(img)")["style"] == "--ratio: 2"
