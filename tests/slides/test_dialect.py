"""What the guide writes is read where conf.py names the two extensions alone; other documents are left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

    MakeSite = Callable[..., SmallSite]

TEXT = """
Maths $a^2$, and it costs $5 and $6, or $5-$10.

[words]{.marked}

{.block}
A paragraph.

Term
: Definition

\\begin{equation}
b + 1
\\end{equation}
"""
SLIDE = "\n:::{slide} One\n- $c$\n:::\n"
SEEN = {"math": 3, ".marked": 1, "p.block": 1, "dd": 1, "aside.slide": 1}


@pytest.mark.parametrize("more", ["", "myst_enable_extensions = []\n", 'myst_enable_extensions = ["tasklist"]\n'])
def test_a_document_of_ours_needs_no_setting(small_site: MakeSite, more: str) -> None:
    """Maths, attributes, definitions and colons; a price is no maths."""
    page = small_site("# Talk\n" + TEXT + SLIDE, more=more).articles().page()
    assert {name: len(page.select(name)) for name in SEEN} == SEEN
    assert "it costs $5 and $6, or $5-$10." in page.text


def test_a_paper_is_ours_by_its_front_matter(small_site: MakeSite) -> None:
    """It may have no slide yet."""
    source = "---\nshort: A\npaper: a\n---\n# Talk\n\n$a$\n"
    site = small_site({"index.md": source, "a.bib": "@misc{a, title={A}}"}, more='bibtex_bibfiles = ["a.bib"]\n')
    assert site.articles().page().math


@pytest.mark.parametrize("setting", ["myst_commonmark_only", "myst_gfm_only"])
def test_a_document_of_ours_is_myst_among_plain_markdown(small_site: MakeSite, setting: str) -> None:
    """Where conf.py has Markdown without directives, every other document stays that."""
    plain = "---\norphan: true\n---\n# Plain\n\n```{note}\n$a$\n```\n"
    site = small_site({"index.md": "# Talk\n" + TEXT + SLIDE, "plain.md": plain}, more=f"{setting} = True\n")
    articles = site.build("html")
    assert {name: len(articles.page().select(name)) for name in SEEN} == SEEN
    assert not articles.page("plain.html").select("math, .note")
    assert articles.warnings
    assert not [warning for warning in articles.warnings if "index.md" in warning]


@pytest.mark.parametrize("order", [["index.md", "page.md"], ["page.md", "index.md"]])
def test_other_documents_are_read_as_before(small_site: MakeSite, order: list[str]) -> None:
    """Beside one of ours too, whichever is read first."""
    documents = {"index.md": "# Talk\n\n```{toctree}\npage\n```\n" + SLIDE, "page.md": "# Page\n" + TEXT}
    page = small_site({name: documents[name] for name in order}).articles().page("page.html")
    assert [page.select(name) for name in ("math", ".marked", "p.block", "dd")] == [[]] * 4


def test_the_authors_own_maths_stays(small_site: MakeSite) -> None:
    """Who asks for ``dollarmath`` has it as MyST means it, spaces and all."""
    more = 'myst_enable_extensions = ["dollarmath"]\n'
    assert len(small_site("# Talk\n\n$ a $\n" + SLIDE, more=more).articles().page().select("math")) == 2


def test_slides_need_no_markdown(small_site: MakeSite) -> None:
    """In a project of reStructuredText, which names our extension alone."""
    text = "Talk\n====\n\n.. slide:: One\n\n   - :math:`a^2`\n\n   .. image:: x.png\n      :alt: x\n"
    site = small_site({"index.rst": text, "x.png": b""}, conf='extensions = ["paperdeck"]\n')
    assert site.articles().page().select_one("aside.slide math")
    assert site.deck().page().select_one("section[data-slide] math")


@pytest.mark.parametrize("names", [["myst_parser", "paperdeck"], ["paperdeck", "myst_parser"]])
def test_extensions_may_stand_in_any_order(small_site: MakeSite, names: list[str]) -> None:
    """Whichever is set up first."""
    site = small_site("# Talk\n" + TEXT + SLIDE, conf=f"extensions = {names}\n")
    assert len(site.articles().page().select("math")) == SEEN["math"]


BLOCKS = {
    "equation": "$$\nx\n$$",
    "labelled": "$$\nx\n$$ (label)",
    "aligned": "\\begin{align}\na\n\\end{align}",
    "directive": "```{math}\nx\n```",
    "note": ":::{note}\nx\n:::",
    "nested": ":::{container}\n{.fragment}\n$$\nx\n$$\n:::",
    "code": "```\nx\n```",
    "list": "- one\n- two",
    "item": "- one\n\n  {.fragment}\n  $$\n  x\n  $$",
    "diagram": "```{mermaid}\nflowchart LR\n  accTitle: a\n  accDescr: b\n  a --> b\n```",
    "chart": "```{chart} bar\na | b\nc | 1\nd | 2\n```",
}


def test_a_class_above_a_block_is_the_blocks(small_site: Callable[..., SmallSite]) -> None:
    """Of every kind, equations among them, once; MyST drops some."""
    slides = [
        f"::::{{slide}} {name}\n{'' if '{.fragment}' in body else '{.fragment}'}\n{body}\n::::\n"
        for name, body in BLOCKS.items()
    ]
    slides.append("::::{slide} none\n{#id}\n$$\ny\n$$\n\nWords\n$$\nz\n$$\n::::\n")
    page = small_site("# Talk\n\n" + "\n".join(slides)).deck(suppress_warnings=["paperdeck.unsourced_number"]).page()
    steps = {name: len(page.select(f"#slide-{name} .fragment")) for name in [*BLOCKS, "none"]}
    assert steps == dict.fromkeys(BLOCKS, 1) | {"none": 0}


def test_the_number_of_a_click_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Steps come in the order in which they are written; the class beside it holds."""
    output = small_site("# T\n\n:::{slide} S\n{.fragment fragment-index=2}\nLast\n:::\n").build("html")
    (warning,) = output.warnings
    assert warning.startswith("index.md:4: WARNING: “fragment-index=2” does nothing")


def test_a_class_above_html_is_told(small_site: Callable[..., SmallSite]) -> None:
    """With where to write it."""
    output = small_site("# Talk\n\n:::{slide} A\n{.fragment .grow}\n<div>x</div>\n:::\n").build("revealjs")
    assert output.warnings == [
        "index.md:5: WARNING: HTML takes no class from the line above it; "
        'write class="fragment grow" in its first tag [paperdeck.markup]'
    ]


def test_a_document_whose_slides_are_taken_in_is_ours(small_site: Callable[..., SmallSite]) -> None:
    """Its text and theirs are read as one that holds them itself."""
    files = {
        "index.md": "# T\n\n```{include} sub/all.txt\n```\n",
        "sub/all.txt": "```{include} one.txt\n```\n",
        "one.txt": ":::{slide} One\n- Here $a$\n:::\n",
    }
    output = small_site(files).build("revealjs")
    assert output.warnings == []
    assert output.page().select_one("section[data-slide] math").text == "a"
