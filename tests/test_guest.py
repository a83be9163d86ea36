"""A guest: loading the extension changes no page that uses nothing of it, nor a project that switches it off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import Output, SmallSite

    MakeSite = Callable[..., SmallSite]

PLAIN = {
    "index.md": """\
        ---
        tags: [a, b]
        date: January 2020
        ---
        # Plain

        A {term}`gate`, `code`, {ref}`tab`; an <s>open tag; $5 and $6.

        ```{glossary}
        gate
          What opens.
        ```

        (tab)=
        ```{list-table} A table
        :header-rows: 1

        * -
          - b
        * - c
          - d
        ```

        ```{code-block} python
        :emphasize-lines: 1
        print(1)
        ```

        ```{toctree}
        other
        ```
        """,
    "other.rst": """
        Other
        =====

        .. raw:: html

           <div class="x">

        .. figure:: x.png
           :name: fig

           A caption
        """,
    "x.png": b"",
}
TALK = {
    "index.rst": """
        Talk
        ====

        .. revealjs-slide::
           :theme: moon

        One
        ---

        Two
        ---

        .. revealjs-code-block:: python

           print(1)

        .. list-table::
           :header-rows: 1

           * -
             - b
           * - c
             - d

        .. math:: a = b
           :label: eq

        .. code-block:: python
           :emphasize-lines: 1

           x = 1

        .. revealjs-fragments::

           * Go :math:`a^2`

        .. div:: box
           :style: color: red

           Boxed
        """
}
SWITCHED_OFF = 'paperdeck_decks = "all"\npaperdeck_mermaid = "browser"\npaperdeck_maths = None\n'


def files_of(output: Output) -> dict[str, bytes]:
    """Return what was written, but for the stamps in which Sphinx names the extensions and their settings."""
    stamps = (".buildinfo", "environment.pickle")
    files = {name: data for name, data in output.bytes("*").items() if name not in stamps}
    for name in {"searchindex.js", "searchindex.json"} & files.keys():
        files[name] = re.sub(rb'"envversion": ?\{[^}]*\}', b"", files[name])
    return files


@pytest.mark.static_files
@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_that_use_nothing_of_ours_are_as_without_us(small_site: MakeSite, language: str) -> None:
    """Byte for byte, and no file beside them."""
    more = f'html_theme = "furo"\nhtml_baseurl = "https://example.org/"\nlanguage = "{language}"\n'
    without, with_us = (
        files_of(small_site(PLAIN, conf=f"extensions = {names}\n", more=more).articles())
        for names in (["myst_parser"], ["myst_parser", "paperdeck"])
    )
    assert with_us.keys() == without.keys()
    assert [name for name, data in without.items() if with_us[name] != data] == []


@pytest.mark.static_files
@pytest.mark.parametrize("builder", ["html", "revealjs", "dirrevealjs"])
def test_a_project_of_sphinx_revealjs_is_as_without_us(small_site: MakeSite, builder: str) -> None:
    """With our three switches off, both outputs, byte for byte."""
    without = files_of(small_site(TALK, conf='extensions = ["sphinx_design", "sphinx_revealjs"]\n').quietly(builder))
    conf = f'extensions = ["sphinx_design", "sphinx_revealjs", "paperdeck"]\n{SWITCHED_OFF}'
    with_us = files_of(small_site(TALK, conf=conf).quietly(builder))
    assert with_us.keys() == without.keys()
    assert [name for name, data in without.items() if with_us[name] != data] == []


@pytest.mark.static_files
@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_a_project_of_sphinxcontrib_mermaid_is_as_without_us(small_site: MakeSite, builder: str) -> None:
    """With our switches off, also where a diagram has no source: a tree of no classes, a file that is not there."""
    source = """\
# Trees

## One

```{autoclasstree} collections.OrderedDict string
```

```{mermaid} nowhere.mmd
```

## Two

```{autoclasstree} string
```

```{mermaid}
flowchart LR
  A --> B
```
"""
    names = ["myst_parser", "sphinxcontrib.mermaid", "sphinx_revealjs"]
    without = small_site({"index.md": source}, conf=f"extensions = {names}\n").build(builder)
    conf = f"extensions = {[*names, 'paperdeck']}\n{SWITCHED_OFF}"
    with_us = small_site({"index.md": source}, conf=conf).build(builder)
    assert len(without.warnings) == len(with_us.warnings) > 0
    assert files_of(with_us).keys() == files_of(without).keys()
    assert [name for name, data in files_of(without).items() if files_of(with_us)[name] != data] == []


@pytest.mark.static_files
@pytest.mark.parametrize("builder", ["html", "singlehtml", "json"])
def test_diagrams_and_maths_of_others_stay_theirs(small_site: MakeSite, builder: str) -> None:
    """In a project that has sphinxcontrib-mermaid and MathJax itself, also what we would not draw."""
    source = """\
# Drawn in the browser

```{mermaid}
:alt: A commit.

gitGraph
  commit
```

$\\require{cancel} \\unknown{x}$

$$ a = b $$ (eq)
"""
    names = ["myst_parser", "sphinxcontrib.mermaid", "sphinx.ext.mathjax"]
    more = 'html_theme = "furo"\nmyst_enable_extensions = ["dollarmath"]\n'
    without, with_us = (
        files_of(small_site({"index.md": source}, conf=f"extensions = {listed}\n{more}").quietly(builder))
        for listed in (names, [*names, "paperdeck"])
    )
    assert with_us.keys() == without.keys()
    assert [name for name, data in without.items() if with_us[name] != data] == []


def test_diagrams_and_maths_of_our_pages_are_ours(small_site: MakeSite) -> None:
    """Beside a page on which others draw: there is no script of theirs, and none in the deck."""
    drawn = "```{mermaid}\n:alt: One.\n\nflowchart LR\n  A\n```\n\n$a = b$\n"
    documents = {
        "index.md": f"# Talk\n\n:::{{slide}} One\n{drawn}:::\n\n{drawn}\n```{{toctree}}\nother\n```\n",
        "other.md": f"# Other\n\n{drawn}",
    }
    more = 'mathjax4_config = {"tex": {}}\nmyst_enable_extensions = ["dollarmath"]\n'
    site = small_site(documents, conf=f'extensions = ["myst_parser", "sphinxcontrib.mermaid", "paperdeck"]\n{more}')
    articles = site.articles()
    for page, count in ((articles.page(), 2), (site.deck().page(), 1)):
        assert len(page.select("svg.flowchart")) == count
        assert len(page.select("math")) == 2  # on the deck one of them is in the notes
        assert not re.search("mathjax@|mermaid.esm|MathJax", str(page))
    other = articles.page("other.html")
    assert len(other.select("pre.mermaid, span.math")) == 2
    assert not other.select("math, svg.flowchart, link[href*='maths.css']")
    assert re.search("mathjax@", str(other))
    assert re.search("mermaid.esm", str(other))
    assert re.search("window.MathJax", str(other))


def test_a_page_that_uses_us_brings_what_it_needs(small_site: MakeSite) -> None:
    """And the page beside it nothing."""
    slide = "# Talk\n\n:::{slide} One\n- a\n:::\n\n```{toctree}\nplain\n```\n"
    output = small_site({"index.md": slide, "plain.md": "# Plain\n\nText.\n"}).articles()
    links = [link["href"].partition("?")[0] for link in output.page().select("link[rel=stylesheet]")]
    assert [link for link in links if link.removeprefix("_static/") in ("tokens.css", "guest.css", "parts.css")] == [
        "_static/tokens.css",
        "_static/guest.css",
        "_static/parts.css",
    ]
    assert output.page().select("script[src*='article.js']")
    assert not re.search("tokens.css|parts.css|article.js|site.css", output.text("plain.html"))


def test_our_look_is_one_switch(small_site: MakeSite) -> None:
    """Every page, the search page among them; a theme that it is not made for is told."""
    site = small_site("# Page\n\nText.\n", more='html_theme = "furo"\npaperdeck_style = "site"\n')
    for name in ("index.html", "search.html"):
        links = [link["href"].partition("?")[0] for link in site.articles().page(name).select("link[rel=stylesheet]")]
        assert links == ["_static/furo.css", "_static/site.css"]
    assert site.build("html", html_theme="alabaster").warnings == [
        "WARNING: paperdeck_style = \"site\" is a look for furo and was ignored, html_theme is 'alabaster'; "
        'write html_theme = "furo", or take the line away [paperdeck.config]'
    ]


def test_scripts_of_other_extensions_are_not_in_decks(small_site: MakeSite) -> None:
    """They are written for the pages of a theme; the project's own are there."""
    more = """
        revealjs_js_files = ["own.js"]
        def setup(app):
            app.add_js_file("needs-jquery.js")
    """
    site = small_site("# T\n\n:::{slide} S\n- a\n:::\n", more=more)
    names = [script["src"] for script in site.deck().page().select("script[src]")]
    assert "_static/own.js" in names
    assert not [name for name in names if "needs-jquery" in name]
    assert site.articles().page().select("script[src*=needs-jquery]")


@pytest.mark.static_files
def test_a_deck_has_the_style_sheets_that_it_asks_for(small_site: MakeSite) -> None:
    """One of an extension, too, which lies beside the extension and not in the project."""
    conf = 'extensions = ["myst_parser", "sphinx.ext.graphviz", "paperdeck"]\n'
    deck = small_site("# T\n\n:::{slide} S\n- a\n:::\n", conf=conf).deck()
    links = [link["href"].partition("?")[0] for link in deck.page().select("link[rel=stylesheet]")]
    assert "_static/graphviz.css" in links
    assert [link for link in links if not (deck.folder / link).is_file()] == []
