"""Every builder runs on a site that has one of everything, without a warning, and loses no prose."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.sites import ROOTS, SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sites import Output

WORDS = frozenset(
    word
    for path in (ROOTS / "test-everything").rglob("*.md")
    for word in re.findall(r"\b[A-Za-z]+word\b", path.read_text("utf-8"))
)
"""Every word of the site that ends in “word”: each stands for one thing that a document can hold."""

DECK_ALONE = {"Deckonlyword", "hiddenword"}
OF_OTHERS = {"frontword", "Plainword", "Deepword"}
ARTICLE_ALONE = {
    *("Articleonlyword", "Notdeckword", "Openingfootword"),
    *("Sectionword", "Versionword", "Topictitleword", "Topicword", "Lastword"),
    *("alignword", "csvheadword", "csvcellword"),
    *OF_OTHERS,
}
SUMMARY = {"Coverword"}
DIAGRAM = {"boxword"}
ALTERNATIVES = {"altword", "inlinealtword"}

LEFT_OUT = {
    "html": DECK_ALONE,
    "dirhtml": DECK_ALONE,
    "singlehtml": DECK_ALONE | SUMMARY,
    "json": DECK_ALONE,
    "epub": DECK_ALONE,
    "revealjs": ARTICLE_ALONE,
    "dirrevealjs": ARTICLE_ALONE,
    "text": DECK_ALONE | SUMMARY | DIAGRAM,
    "man": DECK_ALONE | SUMMARY | DIAGRAM | {"abbreviationword"},
    "latex": DECK_ALONE | SUMMARY | DIAGRAM | ALTERNATIVES,
    "texinfo": DECK_ALONE | SUMMARY,
    "xml": DECK_ALONE | SUMMARY,
    "gettext": SUMMARY | DIAGRAM | {"codeword"},
}
"""What each output has no place for; a builder that is not named is not tested."""

LEFT_OUT_OF_MARKDOWN = {
    **{"html": DECK_ALONE | OF_OTHERS, "dirhtml": DECK_ALONE | OF_OTHERS},
    **{"revealjs": ARTICLE_ALONE, "dirrevealjs": ARTICLE_ALONE},
}
"""What does not stand in the Markdown beside the pages of an output."""

FILES = {
    **dict.fromkeys(("html", "dirhtml", "singlehtml", "revealjs", "dirrevealjs"), "*.html"),
    **{"json": "*.fjson", "epub": "*.xhtml", "text": "*.txt", "man": "*.1", "latex": "*.tex"},
    **{"texinfo": "*.texi", "xml": "*.xml", "gettext": "*.pot"},
}


def test_every_builder_loses_no_prose_and_reads_nothing_again(small_site: Callable[..., SmallSite]) -> None:
    """Over one doctree, none warns or reads after the first, and what the author wrote is there.

    Only gettext reads: Sphinx gives it a doctree of its own.
    """
    shared, apart = small_site(root="everything"), small_site(root="everything")
    for builder in LEFT_OUT:
        output = (apart if builder == "gettext" else shared).quietly(builder)
        text = b" ".join(output.bytes(FILES[builder]).values()).decode("utf-8")
        assert sorted(word for word in WORDS if word not in text) == sorted(LEFT_OUT[builder]), builder
        if builder in LEFT_OUT_OF_MARKDOWN:
            text = b" ".join(output.bytes("*.html.md").values()).decode("utf-8")
            assert sorted(word for word in WORDS if word not in text) == sorted(LEFT_OUT_OF_MARKDOWN[builder]), builder
        assert ("0 added, 0 changed, 0 removed" in output.status) is (builder not in ("html", "gettext")), builder


def test_links_are_checked(small_site: Callable[..., SmallSite]) -> None:
    """The builder runs over slides and notes; there is nothing to follow here."""
    site = small_site("# Talk\n\n(here)=\nText.\n\n:::{slide} The point\n- {ref}`there <here>`\n:::\n")
    site.quietly("linkcheck")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Output]:
    """Return the decks of the site, built once for these tests."""
    top = tmp_path_factory.mktemp("everything")
    shutil.copytree(ROOTS / "test-everything", top / "source")
    yield SmallSite(top / "source", top / "builds").deck()
    shutil.rmtree(top)


def test_a_deck_is_strict_html(everything: Output) -> None:
    """Every page that we write is balanced, and no id stands twice in one."""
    for name in ("index.html", "papers/all/index.html"):
        html5lib.HTMLParser(strict=True).parse(everything.text(name))
        ids = [part["id"] for part in everything.page(name).select("[id]")]
        assert len(ids) == len(set(ids)), name


def test_what_documents_hold_is_on_its_slide(everything: Output) -> None:
    """Admonition, quote, footnote, citations, tabs and cards of sphinx-design, on the slide that holds them."""
    found = {
        "#slide-admonitions-and-notes .admonition.note": "Admonitionword",
        "#slide-admonitions-and-notes blockquote": "Quoteword",
        "#slide-admonitions-and-notes aside.footnote": "Footword",
        "#slide-admonitions-and-notes a.cite": "Roe\u00a02020",
        "#slide-tabs-and-cards .sd-tab-set > input + label": "Tablabelword",
        "#slide-tabs-and-cards .sd-tab-set > label + .sd-tab-content": "Tabword",
        "#slide-tabs-and-cards .sd-card .sd-card-title": "Cardtitleword",
    }
    for selector, word in found.items():
        part = everything.page("papers/all/index.html").select_one(selector)
        assert part, selector
        assert word in part.text, selector


def test_a_deck_loads_what_its_extensions_need(everything: Output) -> None:
    """The style sheet of sphinx-design is on the page, from a file that is there, and no script made for articles."""
    page = everything.page("papers/all/index.html")
    sources = [part.get("href") or part["src"] for part in page.select("link[rel=stylesheet], script[src]")]
    assert any("sphinx-design" in source for source in sources)
    assert not any("design-tabs" in source for source in sources)
    assert not any("furo" in source for source in sources)
    folder = everything.folder / "papers" / "all"
    assert [source for source in sources if not (folder / source.partition("?")[0]).resolve().is_file()] == []
    assert page.select("script:not([src])") == []


def test_nothing_comes_from_another_machine(everything: Output) -> None:
    """No page of a deck names a script, style sheet, font or picture elsewhere."""
    page = everything.page("papers/all/index.html")
    named = [part.get("src") or part.get("href") for part in page.select("[src], link[href]")]
    assert [name for name in named if "://" in name or name.startswith("//")] == []


def test_articles_show_no_permalink_on_decks(everything: Output) -> None:
    """Captions and headings of the deck carry no ¶."""
    assert "¶" not in everything.text("papers/all/index.html")


@pytest.mark.static_files
def test_a_book_has_a_use_for_each_of_our_files(small_site: Callable[..., SmallSite]) -> None:
    """Sphinx warns of one of a kind that an EPUB does not know, and of none of ours."""
    site = small_site("# Talk\n\n:::{slide} A\n- One\n:::\n", more='version = "1"\n')
    assert [text for text in site.build("epub").warnings if "_static" in text] == []
