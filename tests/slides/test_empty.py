"""What is empty is told where it stands, and leaves no empty box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

EMPTY = """# T

:::{slide} S
- One
-
- Two

$$ $$

```python
```

| a | b |
|---|---|
|   |   |

1. <!-- none -->

[](https://example.org) ![]() {fact}``

A word[^a]

[^a]:

:::

:::{slide} &nbsp;
Words
:::

:::{slide} Blank
&nbsp;
:::

##

Prose.
"""
WHOLE = """# T

:::{slide} S
- ![one](one.png)
- $a$
- `b`
- [](#two)
- <b>bold</b>

| a | |
|---|---|
|   | c |

| a |
|---|

`{fact}`` ` is how a fact begins.

```{figure} one.png


```

```{figure} one.png
:name: fig

[unused]: https://example.org
```
:::

## Two

Prose.
"""


def test_what_is_empty_is_told_and_taken_out(small_site: Callable[..., SmallSite]) -> None:
    """Each at its line, with what to write; on the slide stands what is left."""
    output = small_site({"index.md": EMPTY}).build("html")
    told = sorted((int(line.split(":")[1]), line.split("WARNING: ")[1].split(";")[0]) for line in output.warnings)
    assert told == [
        (5, "an item has nothing in it"),
        (8, "an equation has nothing in it"),
        (10, "a block of code has nothing in it"),
        (13, "a table has nothing in its cells"),
        (17, "an item has nothing in it"),
        (19, "a link has no words, and nobody sees it"),
        (19, "a picture has no file"),
        (19, "“{fact}``” is shown as it is typed, for nothing stands between its backquotes"),
        (23, "a footnote has nothing in it"),
        (27, "a slide has no title to be seen"),
        (31, "the slide “Blank” shows nothing but its title"),
        (35, "a heading has no words"),
    ]
    slide = output.page().select_one("#slide-s")
    assert len(slide.select("li")) == 2
    assert not slide.select("table, pre, .math, ol, img")


def test_an_equation_with_a_label_is_told_once(small_site: Callable[..., SmallSite]) -> None:
    """It stays, for others refer to it; what draws it says nothing more."""
    text = "# T\n\n:::{slide} S\n- a\n\n$$\n$$ (lab)\n:::\n\nSee {eq}`lab`.\n"
    output = small_site(text, more='paperdeck_maths = "mathml"\n').build("html")
    (warning,) = output.warnings
    assert warning.startswith("index.md:6: WARNING: an equation has nothing in it")
    assert "(1)" in output.page().get_text()


def test_what_shows_anything_is_let_pass(small_site: Callable[..., SmallSite]) -> None:
    """A picture, a formula or a link that takes the words of its target is something; an empty caption is none."""
    output = small_site({"index.md": WHOLE, "one.png": draw_png(4, 4)}).build("html")
    assert output.warnings == []
    slide = output.page().select_one("#slide-s")
    assert (len(slide.select("li")), len(slide.select("figure")), len(slide.select("table"))) == (5, 2, 2)


def test_a_page_without_slides_may_be_empty(small_site: Callable[..., SmallSite]) -> None:
    """It is its author's."""
    assert small_site("# T\n\n-\n- a\n\n$$ $$\n").build("html").warnings == []
