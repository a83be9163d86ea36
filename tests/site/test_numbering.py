"""Figures are counted through the site or in each document, alike in both outputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from paperdeck.site.numbering import count_anew
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from docutils import nodes

    from tests.sites import SmallSite

FIGURE = ":::{{table}} Table {0}\n:name: {0}\n| a |\n| - |\n| b |\n:::\n\n"
SITE = {
    "index.md": "# Front\n\n```{toctree}\na\nb\n```\n\n{numref}`b2`\n",
    "a.md": "# A\n\n" + FIGURE.format("a1"),
    "b.md": "# B\n\n" + FIGURE.format("b1") + f"::::{{slide}} S\n{FIGURE.format('b2')}\n{{numref}}`b2`\n::::\n",
}


def captions(site: SmallSite, **conf: str) -> list[str]:
    """Return the numbers of the tables of b.md, then the reference to the second."""
    output = site.articles(numfig=True, myst_enable_extensions=["colon_fence"], **conf)
    numbers = [tag.text.strip() for tag in output.page("b.html").select(".caption-number")]
    return [*numbers, output.page().select_one(".std-numref").text]


def test_numbers_begin_anew_and_keep_their_order() -> None:
    """The last part counts; a section's number before it stays."""
    numbers = {"a": {"figure": {"x": (2, 9), "y": (2, 4)}}, "b": {"figure": {"z": (7,)}, "table": {"t": (8,)}}}
    assert count_anew(numbers) == {
        "a": {"figure": {"y": (2, 1), "x": (2, 2)}},
        "b": {"figure": {"z": (1,)}, "table": {"t": (1,)}},
    }


def test_documents_count_by_themselves_when_asked(small_site: Callable[..., SmallSite]) -> None:
    """Captions and references agree."""
    assert captions(small_site(SITE), paperdeck_numbering="document") == ["Table 1", "Table 2", "Table 2"]


def test_site_counts_through_unless_asked(small_site: Callable[..., SmallSite]) -> None:
    """Without the setting, numbers are Sphinx's."""
    assert captions(small_site(SITE)) == ["Table 2", "Table 3", "Table 3"]


def test_deck_has_the_numbers_of_the_article(small_site: Callable[..., SmallSite]) -> None:
    """A figure is cited by one number wherever it is seen."""
    deck = small_site(SITE).deck(numfig=True, paperdeck_numbering="document").page("b.html")
    assert deck.select_one(".caption-number").text.strip() == "Table 2"


def test_number_on_the_same_page_costs_no_tree(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the one that Sphinx would find, but the tree of the page is not unpickled once more to find it."""
    unpickled: list[str] = []
    real = BuildEnvironment.get_doctree

    def get_doctree(self: BuildEnvironment, docname: str) -> nodes.document:
        unpickled.append(docname)
        return real(self, docname)

    site = small_site({"index.md": f"# A\n\n{FIGURE.format('one')}{{numref}}`one` {{numref}}`Nr. %s <one>`\n"})
    monkeypatch.setattr(BuildEnvironment, "get_doctree", get_doctree)
    page = site.articles(numfig=True, myst_enable_extensions=["colon_fence"]).page()
    assert [link.text for link in page.select("a > .std-numref")] == ["Table 1", "Nr. 1"]
    assert unpickled == ["index"]  # when figures are counted


def test_second_build_writes_no_page_for_numbers_that_stay(small_site: Callable[..., SmallSite]) -> None:
    """Our numbers are not taken for a change of Sphinx's."""
    site = small_site(SITE)
    site.articles(numfig=True, paperdeck_numbering="document")
    (site.source / "a.md").write_text(SITE["a.md"] + "More.\n")
    status = site.articles(numfig=True, paperdeck_numbering="document").status
    assert set(re.findall(r"writing output\.\.\. \[ *\d+%\] (\w+)", status)) == {"a", "index"}  # not b


def test_an_equation_that_was_left_out_is_referred_to(small_site: Callable[..., SmallSite]) -> None:
    """In a figure whose words are none; Sphinx knows the equation, has no number of it, and fails."""
    text = "# T\n\n:::{figure} x.png\n$$ x $$ (lost)\n:::\n\nSee {eq}`lost`.\n"
    output = small_site({"index.md": text, "x.png": draw_png(4, 4)}).build(
        "html", numfig=True, myst_enable_extensions=["colon_fence", "dollarmath"]
    )
    assert [message.splitlines()[0] for message in output.warnings] == [
        "index.md:3: ERROR: Figure caption must be a paragraph or empty comment."
    ]
    assert output.page().select("p a[href='#equation-lost']")


def test_latex_has_the_references(small_site: Callable[..., SmallSite]) -> None:
    """Its tree is made of all documents, and knows no ids."""
    site = small_site({"index.md": f"# A\n\n{FIGURE.format('one')}{{numref}}`one`\n"})
    output = site.build("latex", numfig=True, myst_enable_extensions=["colon_fence"])
    assert output.warnings == []
    assert r"\ref{\detokenize{index:one}}" in next(output.folder.glob("*.tex")).read_text("utf-8")


def test_a_format_without_a_place_for_the_number_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Sphinx's own is taken, for it would end the build at the first caption."""
    site = small_site({"index.md": f"# A\n\n{FIGURE.format('one')}"})
    formats = {"table": "Tab. {number}", "figure": "Fig. %s", "section": "Part {number}"}
    output = site.build("html", numfig=True, numfig_format=formats, myst_enable_extensions=["colon_fence"])
    assert output.warnings == [
        "WARNING: numfig_format[\"table\"] = 'Tab. {number}' in conf.py was ignored; "
        "write one “%s” where the number goes [paperdeck.config]"
    ]
    assert output.page().select_one("caption .caption-number").text == "Table 1 "
    assert site.build("html", numfig_format=formats, myst_enable_extensions=["colon_fence"]).warnings == []
