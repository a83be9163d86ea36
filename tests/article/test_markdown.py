"""What stands in a page stands in its Markdown, and is read there as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperdeck.article.markdown import LEFT_OUT, OPENING, OURS, escape, fence, indent, write_code
from tests.article.samples import BIB, WORKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sites import SmallSite

LEDGER = "layers: {says: layers, value: 64, source: 'a2020b, §2'}\n"
PAGE = r"""
---
paper: a2020b
---
# A paper

It has {fact}`layers` layers, *not* 5_000 * 2, says {cite:t}`a2020b`.[^foot]
1\. [No list](https://example.org/a(b)), a [page](other.md) and `a ``code`` |`.

[^foot]: A footnote.

::::{slide} A picture of {fact}`layers`
:name: the-slide
:kicker: Above
```{mermaid}
flowchart TB
  accTitle: Layers
  accDescr: A box.
  a["{fact}`layers` layers"]
```

:::{chart} number
:alt: Sixty-four.
:caption: Its caption
:name: the-chart
what | how many
layers | layers
:::
::::

$$
a &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \\
b &= 1
$$ (equation)

$$ c = \begin{pmatrix} 1 \\ 2 \end{pmatrix} $$

3. three
   - below
4. four

| one | two |
| --- | --- |
| a \| b | **c** |

````md
```
inner
```
````
"""
SITE = {
    "index.md": PAGE.lstrip(),
    "other.md": "---\norphan: true\n---\n# Other\n",
    "facts.yaml": LEDGER,
    "works.bib": WORKS,
}


HOLDERS = {"deck_stack", "linked_listing", "picture_text"}
"""Nodes of ours that say nothing themselves: what they hold is written, or is a word of a picture."""


def find_nodes(kind: type[nodes.Element]) -> Iterator[type[nodes.Element]]:
    """Yield the kinds of nodes that stand on one, at any distance."""
    for below in kind.__subclasses__():
        yield below
        yield from find_nodes(below)


def render(text: str) -> BeautifulSoup:
    """Return Markdown as a page."""
    return BeautifulSoup(MarkdownIt("commonmark").enable("table").render(text), "html5lib")


def test_an_article_as_markdown(small_site: Callable[..., SmallSite]) -> None:
    """Numbers have their places, pictures their sources and values, equations their TeX."""
    output = small_site(SITE, more=f"numfig = True\n{BIB}").articles()
    text = output.text("index.html.md")
    assert "It has 64 (§2) layers, *not* 5_000 \\* 2, says Able et al. (2020).[^1] 1. [No list](<https" in text
    assert "a [page](other.html) and ```a ``code`` |```." in text
    assert "\n[^1]: A footnote.\n" in text
    assert "> *Above*\n>\n> ## Slide 1: A picture of 64\n>\n> ```mermaid\n" in text
    assert '>   a["64 layers"]\n> ```\n>\n> (§2)\n' in text
    assert "> | what | how many |\n> | --- | --- |\n> | layers | 64 |\n>\n> (§2)\n>\n> **Fig. 1** Its caption\n" in text
    assert "$$\n\\begin{aligned}\na &= \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\\\\nb &= 1\n" in text
    assert "\\end{aligned}\n\\tag{1}\n$$" in text
    assert "$$\nc = \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}\n$$" in text
    assert "3. three\n\n   - below\n4. four" in text
    assert "| a \\| b | **c** |" in text
    assert "\n````md\n```\ninner\n```\n````\n" in text
    assert "| layers | 64 | §2 | in the paper |" in text
    assert "dots under it" not in text
    assert "@article{a2020b," in text


def test_no_node_of_ours_is_passed_over(small_site: Callable[..., SmallSite]) -> None:
    """Whoever adds one that says something by its attributes decides how that is written, or that it is not."""
    usual = (*OURS, *LEFT_OUT, nodes.TextElement, nodes.container, nodes.table, nodes.entry, nodes.image)
    with small_site("# Front\n").app("html"):  # which loads every room
        found = {kind for kind in find_nodes(nodes.Element) if kind.__module__.startswith("paperdeck.")}
    assert found
    assert {kind.__name__ for kind in found if not issubclass(kind, usual)} == HOLDERS


def test_addresses_hold_where_each_page_is_a_folder(small_site: Callable[..., SmallSite]) -> None:
    """The Markdown of a page lies beside its folder, and its links are written from there."""
    documents = {
        "index.md": "# Front\n\n```{toctree}\ntalks/a\n```\n",
        "talks/a.md": "# A\n\n[the front](../index.md)\n\n:::{slide} S\n- [the same](#slide-s)\n:::\n",
    }
    text = small_site(documents).quietly("dirhtml").text("talks/a.html.md")
    assert "[the front](../)" in text
    assert "[Present](../../dirrevealjs/talks/a/)" in text


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_markdown_is_the_same_on_every_build(small_site: Callable[..., SmallSite], builder: str) -> None:
    """No time, no path and no order of processes goes into it."""
    first, second = (small_site(SITE, more=BIB).quietly(builder).text("index.html.md") for _ in range(2))
    assert first == second


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" #>-+*_`[]<>$|\\1.)(&~=!"))
)
def test_no_text_is_read_as_markdown(text: str) -> None:
    """What is written is read back, whatever stands in it."""
    words = " ".join(text.split())
    [paragraph] = render(OPENING.sub(r"\g<0>\\", escape(words))).select("body > p") or [BeautifulSoup("", "html5lib")]
    assert paragraph.text == words


@given(st.text("` a\\|", min_size=1))
def test_code_is_read_as_it_is(text: str) -> None:
    """Marks of code in code end neither a line nor a block of it."""
    if text.strip(" "):
        assert render(f"x{write_code(text.strip())}x").select_one("code").text == text.strip()
    assert render(fence(f"a\n{text}")).select_one("code").text == f"a\n{text.rstrip()}\n" or not text.strip()


def test_an_item_holds_its_blocks() -> None:
    """Lines below the first stand under it, empty ones stay empty."""
    assert indent("a\n\nb", "- ") == "- a\n\n  b"
