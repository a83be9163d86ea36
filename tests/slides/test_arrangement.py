"""The parts of a slide: what stands beside what, and that a label goes where its block goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from paperdeck.slides.arrangement import arrange, slide_content, split_stat

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def block(letter: str) -> nodes.Node:
    """Return a block for a letter: a text, a picture, a label, a column, a comment."""
    if letter == "s":
        return nodes.container("", classes=["paperdeck-side"])
    kinds = {"t": nodes.paragraph, "p": nodes.table, "l": nodes.target, "c": nodes.comment}
    return kinds[letter]()


def letters(node: nodes.Node) -> str:
    """Return the blocks of an arranged slide as letters, each part in brackets."""
    if isinstance(node, nodes.container) and (part := node["classes"][0].removeprefix("paperdeck-")) != "side":
        return f"{part}({''.join(map(letters, node.children))})"
    return {"paragraph": "t", "table": "p", "target": "l", "comment": "c", "container": "s"}[node.tagname]


@pytest.mark.parametrize(
    ("layout", "written", "arranged"),
    [
        ("split", "tp", "text(t)panel(p)"),
        ("split", "ttpt", "text(ttt)panel(p)"),
        ("split", "pt", "panel(p)text(t)"),
        ("split", "lptp", "panel(lp)text(tp)"),
        ("split", "tllpt", "text(tt)panel(llp)"),
        ("split", "ltp", "text(lt)panel(p)"),
        ("split", "tclp", "text(tc)panel(lp)"),
        ("split", "p", "panel(p)"),
        ("split", "lplp", "panel(lp)panel(lp)"),
        ("split", "t", "text(t)"),
        ("compare", "tssst", "tsides(sss)t"),
        ("compare", "tlsts", "tsides(lss)t"),
        ("compare", "t", "t"),
        ("bullets", "tlp", "tlp"),
    ],
)
def test_a_layout_places_what_is_written(layout: str, written: str, arranged: str) -> None:
    """In the order of the author, each block with its labels."""
    content = slide_content("", *map(block, written), classes=["paperdeck-content"])
    arrange(layout, content)
    assert letters(content) == f"content({arranged})"


BLOCKS = {
    "equation": "$$\nx = 1\n$$ (equation)\n",
    "directive": "```{math}\n:label: directive\n\nx = 1\n```\n",
    "table": "(first)=\n(table)=\n```{table} Caption\n| a | b |\n| - | - |\n| 1x | 2x |\n```\n",
    "figure": "(figure)=\n```{figure} picture.svg\n:alt: A picture.\n\nCaption\n```\n",
    "listing": "(listing)=\n```{code-block} python\n:caption: Caption\n\na = 1\n```\n",
    "diagram": "(diagram)=\n```{mermaid}\n:alt: Boxes.\n:caption: Caption\n\nflowchart LR\n  A --> B\n```\n",
    "chart": "(chart)=\n```{chart} bar\n:plain:\n:caption: Caption\n\nmodel | value\na | 5\n```\n",
    "image": "(image)=\n![alt](picture.svg)\n",
    "note": "(note)=\n```{note}\nAside.\n```\n\n![alt](picture.svg)\n",
}
LINKS = {
    "equation": "{eq}`equation`", "directive": "{eq}`directive`", "image": "[it](#image)", "note": "[it](#note)",
    "table": "{numref}`table` {ref}`first`",
}  # fmt: skip


@pytest.mark.parametrize("layout", ["bullets", "split", "figure", "compare", "statement", "question"])
@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_what_is_labelled_is_found_in_every_layout(
    small_site: Callable[..., SmallSite], layout: str, builder: str
) -> None:
    """An article's links and a slide's reach it, and it has its number."""
    slides = []
    for name, text in BLOCKS.items():
        held = f"- said\n\n{text}" if layout != "compare" else f":::{{side}} A\n{text}:::\n\n:::{{side}} B\n- b\n:::\n"
        slides.append(f"::::{{slide}} The {name}\n:layout: {layout}\n{held}::::\n")
    links = [LINKS.get(name, f"{{numref}}`{name}`") for name in BLOCKS]
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"/>'
    conf = (
        'extensions = ["myst_parser", "paperdeck"]\nnumfig = True\n'
        'myst_enable_extensions = ["colon_fence", "dollarmath"]\n'
    )
    other = "---\norphan:\n---\n# Other\n\n:::{slide} Links\n" + "\n".join(links) + "\n:::\n"
    text = "# Talk\n\n" + "\n".join(slides) + "\n" + "\n\n".join(links) + "\n"
    site = small_site({"index.md": text, "other.md": other, "picture.svg": picture, "conf.py": conf})
    output = site.build(builder)
    assert output.warnings == []
    ids = {element["id"] for element in output.page().select("[id]")}
    for name in BLOCKS:
        assert ids & {name, f"equation-{name}"}, name
    addresses = [link["href"] for link in output.page("other.html").select("section p a, aside li a")]
    assert addresses
    assert all(address.partition("#")[2].removeprefix("/") in ids for address in addresses)


@pytest.mark.parametrize(
    ("parts", "stat"),
    [
        ([nodes.Text(""), nodes.strong("", "64"), nodes.Text(" experts")], True),
        ([nodes.strong("", "64")], True),
        ([nodes.Text("in all "), nodes.strong("", "64")], False),
        ([nodes.image(uri="a.png"), nodes.strong("", "64")], False),
        ([], False),
    ],
)
def test_an_item_that_begins_with_bold_is_a_number_and_its_label(parts: list[nodes.Node], stat: bool) -> None:
    """The bold part stands alone, the rest under it; MyST's empty text before it does not count."""
    item = nodes.list_item("", nodes.paragraph("", "", *parts))
    text = item.astext()
    split_stat(item)
    assert item["classes"] == (["paperdeck-stat"] if stat else [])
    assert item.astext() == text
    assert [part["classes"] for part in item.findall(nodes.inline)] == (
        [["paperdeck-stat-value"], ["paperdeck-stat-label"]] if stat else []
    )
