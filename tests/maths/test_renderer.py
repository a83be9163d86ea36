"""Maths in a site: the same numbers in both outputs, style where it is needed, and mistakes told at their line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    from tests.sites import SmallSite

MATHS = 'myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]\n'
PAPER = r"""
# Maths

In a line $x^2 \in \R^n$, and see {eq}`loss`.

$$
\mathcal{L} = \sum_{i=1}^{N} f_i P_i
$$ (loss)

\begin{align}
a &= b \\
c &= d
\end{align}

:::{slide} The loss
:name: the-loss
$$
\begin{split}
a &= b \\
  &= c
\end{split}
$$ (split)

It is {eq}`split`.
:::

No number:

$$ a = b $$
"""


def equations(page: Tag) -> dict[str, str]:
    """Return the number of each equation of a page by its id."""
    return {
        str(node["id"]): found.get_text()
        for node in page.select(".equation[id]")
        if (found := node.select_one(".number"))
    }


def test_both_outputs_have_the_same_numbers(small_site: Callable[..., SmallSite]) -> None:
    """An equation and a reference to it read the same in article and deck."""
    site = small_site(PAPER, conf=CONF + MATHS, more=r'paperdeck_tex_macros = {"R": r"\mathbb{R}"}')
    article, deck = site.articles(html_permalinks=False).page(), site.deck().page()
    assert equations(article) == {"equation-loss": "(1)", "equation-index-2": "(2)", "equation-split": "(3)"}
    assert equations(deck) == {"equation-split": "(3)"}
    for page in (article, deck):
        reference = page.select_one('#slide-the-loss a[href="#equation-split"], #the-loss a[href="#equation-split"]')
        assert reference is not None
        assert reference.get_text() == "(3)"
        for number in page.select(".equation > .number"):  # before it, as themes expect
            assert number.find_next("math") in number.parent("math")


def test_ids_are_unique_and_stay(small_site: Callable[..., SmallSite]) -> None:
    """No id stands twice, furo's wrappers included, and a fresh reading gives the same ones."""
    pages = [
        small_site(PAPER, conf=CONF + MATHS, more=r'paperdeck_tex_macros = {"R": "R"}')
        .articles(html_theme="furo")
        .page()
        for _ in range(2)
    ]
    first, second = ([str(node["id"]) for node in page.select("[id]")] for page in pages)
    assert first == second
    assert len(set(first)) == len(first)


def test_only_pages_with_maths_get_its_style(small_site: Callable[..., SmallSite]) -> None:
    """The maths face is asked for where there is maths, and MathJax nowhere."""
    slide = "# Deck\n\n:::{slide} One\n%s\n:::\n"
    documents = {"index.md": slide % "$x$", "plain.md": "---\norphan: true\n---\n" + slide % "x"}
    site = small_site(documents, conf=CONF + MATHS)
    for output in (site.articles(), site.deck()):
        assert "_static/maths.css" in output.text("index.html")
        assert "_static/maths.css" not in output.text("plain.html")
        assert not re.search("mathjax.*js", output.text("index.html"), re.IGNORECASE)


def test_mistake_is_told_at_its_own_line(small_site: Callable[..., SmallSite]) -> None:
    """In a long paragraph and in a long equation the line is that of the wrong TeX; the page shows it, marked."""
    text = "# Maths\n\nWords\nand $a$,\nthen $\\nosuch$.\n\n$$\na\n+ \\frac{1}\n$$\n"
    output = small_site(text, conf=CONF + MATHS).build("html")
    assert [re.sub(r";.*", "", line) for line in output.warnings] == [
        'index.md:5: WARNING: Unknown command "\\nosuch"',
        "index.md:9: WARNING: Expected argument but reached end of input",
    ]
    assert [mark.get_text() for mark in output.page().select("mark.tex-error")] == ["\\nosuch", "a\n+ \\frac{1}"]


def test_a_formula_without_anything_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Nothing, or a comment alone, would be an empty box; a space that is meant is none."""
    text = "# T\n\n$$\n$$\n\n$$\n% later\n$$\n\nIn {math}`%a` a line.\n\n$$ \\quad $$\n"
    output = small_site(text, more=MATHS).build("html")
    told = "WARNING: the formula is empty; write it, or take its marks away [paperdeck.maths]"
    assert output.warnings == [f"index.md:{line}: {told}" for line in (3, 6, 10)]


def test_dollars_that_are_no_maths_are_told(small_site: Callable[..., SmallSite]) -> None:
    """Two prices, and an equation in a line, are told at their lines; maths beside numbers is not."""
    text = "# T\n\nIt is\n$5 and then $10 more.\n\nSo $$x^2$$ here.\n\n$2n$, $3$ 4, \\$5 and \\$6.\n"
    output = small_site(text, conf=CONF + MATHS).build("html")
    assert [re.sub(r"(is read|stands) .*", r"\1", line) for line in output.warnings] == [
        "index.md:4: WARNING: “$5 and then $” is read",
        "index.md:6: WARNING: “$$x^2$$” stands",
    ]


def test_bad_macro_is_told_and_left_out(small_site: Callable[..., SmallSite]) -> None:
    """A macro that TeX cannot read is a mistake in conf.py; the others stay."""
    more = r'paperdeck_tex_macros = {"R": r"\mathbb{R}", "bad": r"\nosuch"}'
    output = small_site("# Maths\n\n$\\R$\n", conf=CONF + MATHS, more=more).build("html")
    assert len(output.warnings) == 1
    assert "paperdeck_tex_macros['bad']" in output.warnings[0]
    assert [letter.text for letter in output.page().select("mi")] == ["ℝ"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", "<math"),
        ("paperdeck_maths = None", r"\(x\)"),
        ('html_math_renderer = "mathjax"', r"\(x\)"),
        ('extensions += ["sphinx.ext.imgmath"]; imgmath_latex = "no-such-latex"', '<span class="math">x</span>'),
    ],
    ids=["default", "off", "named", "listed"],
)
def test_renderer_that_conf_chose_stays(small_site: Callable[..., SmallSite], more: str, expected: str) -> None:
    """We draw the maths unless conf.py turned us off, named another renderer, or lists one."""
    output = small_site("# Maths\n\n$x$\n", conf=CONF + MATHS, more=more).build("html")
    assert expected in output.text("index.html")


def test_epub_holds_mathml(small_site: Callable[..., SmallSite]) -> None:
    """The page of an EPUB is XML with the maths in it."""
    output = small_site("# Maths\n\n$\\operatorname{f}x$\n", conf=CONF + MATHS).build("epub", version="1")
    page = ET.fromstring(output.text("index.xhtml").partition("<html")[2].join(("<html", "")))
    assert page.find(".//{http://www.w3.org/1998/Math/MathML}math") is not None


def test_latex_and_text_keep_the_tex(small_site: Callable[..., SmallSite]) -> None:
    """Other builders write maths as Sphinx does."""
    site = small_site("# Maths\n\n$x^2$\n", conf=CONF + MATHS)
    assert r"\(x^2\)" in site.quietly("latex").text("projectnamenotset.tex")
    assert "x^2" in site.quietly("text").text("index.txt")
