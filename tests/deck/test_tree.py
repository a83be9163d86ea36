"""A deck: cover, slides, Sources, footers, the way to the article, and the shelf."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from paperdeck.deck.tree import choose_fill, find_section, format_time, speaking_time
from paperdeck.slides.arrangement import slide_content
from paperdeck.slides.node import slide, slide_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.sites import SmallSite

BIBLIOGRAPHY = """\
@inproceedings{doe2024, title={A Work & more}, author={Doe, Jane and Roe, Ann and Poe, Bo and Coe, Cy and Moe, Di},
  eventtitle={CONF}, year=2024}
"""
TALK = "# Talk\n\n:::{slide} The point\n- A reason\n:::\n"


def a_slide(layout: str, *content: nodes.Node) -> slide:
    """Return a slide of this layout."""
    return slide("", slide_title("", "Title"), slide_content("", *content), layout=layout, columns=())


def a_list(items: int, words: int) -> nodes.bullet_list:
    """Return a list of so many items, of so many words each."""
    return nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", "word " * words)) for _ in range(items)))


@pytest.mark.parametrize(
    ("layout", "content", "fill"),
    [
        ("bullets", [a_list(3, 13)], "light"),
        ("bullets", [a_list(3, 14)], ""),
        ("bullets", [a_list(4, 3)], ""),
        ("bullets", [a_list(2, 3), nodes.table()], ""),
        ("bullets", [a_list(5, 15)], ""),
        ("bullets", [a_list(4, 19)], "dense"),
        ("statement", [], "light"),
        ("split", [a_list(4, 19)], ""),
        ("split", [nodes.container("", a_list(3, 10), classes=["paperdeck-text"]), nodes.container()], "light"),
        ("split", [nodes.container("", a_list(3, 11), classes=["paperdeck-text"]), nodes.container()], ""),
        ("question", [nodes.paragraph("", "a" * 140)], ""),
        ("question", [nodes.paragraph("", "a" * 141)], "dense"),
    ],
)
def test_a_slide_is_light_or_dense_by_its_words(layout: str, content: list[nodes.Node], fill: str) -> None:
    """Forty words in three items are light, beside a picture 160 letters; 76 are dense, of a question 141 letters."""
    assert choose_fill(a_slide(layout, *content)) == fill


def test_a_slide_knows_its_section() -> None:
    """The innermost, for its footer; none without a heading."""
    inner, bare = a_slide("bullets"), a_slide("bullets")
    nodes.document("", "").extend([bare, nodes.section("", nodes.section("", inner, ids=["in"]), ids=["out"])])
    assert (find_section(inner), find_section(bare)) == ("in", "")


@pytest.mark.parametrize(("seconds", "text"), [(60, "1 min"), (200, "3 min 20 s"), (0, "0 min"), (59, "0 min 59 s")])
def test_times_read_as_a_speaker_says_them(seconds: int, text: str) -> None:
    """Minutes, and seconds where there are any."""
    assert format_time(seconds) == text


def test_words_take_time() -> None:
    """At so many a minute."""
    assert [speaking_time(words, 130) for words in (0, 65, 130)] == [0, 30, 60]


def cover(page: BeautifulSoup) -> dict[str, str | None]:
    """Return the text of each part of a cover; None where there is none."""
    parts = {"name": "h1", "summary": ".paperdeck-summary", "title": ".paperdeck-imprint b"} | {
        name: f".{name}" for name in ("authors", "venue", "presenter")
    }
    found = {name: page.select_one(f"#cover {selector}") for name, selector in parts.items()}
    return {name: part and part.text for name, part in found.items()}


def test_a_cover_is_made_from_the_bibliography(small_site: Callable[..., SmallSite]) -> None:
    """The title of the work, its authors and venue; who presents it, and when."""
    front = (
        "---\npaper: doe2024\nshort: Work\nsummary: What it <is> & does.\npresenter: Ed Abe\ndate: 2026-01-31\n---\n"
    )
    site = small_site({"index.md": front + TALK, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    assert cover(site.deck().page()) == {
        "name": "Work",
        "summary": "What it <is> & does.",
        "title": "A Work & more",
        "authors": "Jane Doe, Ann Roe, Bo Poe, and 2 others",
        "venue": "CONF 2024",
        "presenter": "Ed Abe, 2026-01-31",
    }


def test_a_cover_is_made_without_a_paper(small_site: Callable[..., SmallSite]) -> None:
    """From the title, the presenter and the date, or the title alone."""
    nothing = dict.fromkeys(("name", "summary", "title", "authors", "venue", "presenter"))
    assert cover(small_site(TALK).deck().page()) == nothing | {"name": "Talk"}
    site = small_site(f"---\npresenter: Ed Abe\ndate: 2026-01-31\nshort: no\nsummary:\n---\n{TALK}")
    assert cover(site.deck().page()) == nothing | {"name": "no", "authors": "Ed Abe", "venue": "2026-01-31"}
    assert not site.deck().page().select("#sources")


FRAMED = """---
paper: doe2024
closing: One sentence, and {{share}}.
numbers: "{{share}}: of all"
---
# Talk

{opening}

:::{{slide}} First
:kicker: Part *one*
- {{fact}}`share`
:::

{said}

:::{{slide}} Below it
:detail:
- x
:::

:::{{slide}} Second
- x
:::
"""
LEDGER = 'share:\n  says: share of all\n  value: 0.08\n  show: "{value:.0%}"\n  source: doe2024, §4\n'
BIBFILES = 'bibtex_bibfiles = ["refs.bib"]\n'
FILES = {"facts.yaml": LEDGER, "refs.bib": "@misc{doe2024, title={Work}, author={Doe, Jane}, year=2024}\n"}


@pytest.fixture
def framed(small_site: Callable[..., SmallSite]) -> BeautifulSoup:
    """Return a deck with all that is made around slides."""
    text = FRAMED.format(opening="word " * 25, said="word " * 75)
    site = small_site({"index.md": text, **FILES}, more=BIBFILES)
    return site.deck().page()


def test_a_talk_ends_with_what_it_leaves(framed: BeautifulSoup) -> None:
    """One sentence and its numbers, the facts written out; the sources stand below it, and nothing of it is counted."""
    closing = framed.select_one("#closing")
    assert closing.h2.text == "One sentence, and 8%."
    assert [(number.dt.text, number.dd.text) for number in closing.select("dl div")] == [("8%", "of all")]
    assert closing.select_one(".paperdeck-imprint b").text == "Work"
    assert closing["data-visibility"] == "uncounted"
    assert [part["id"] for part in framed.select(".slides > section")[-1].find_all("section")] == ["closing", "sources"]


def test_sources_are_sentences(framed: BeautifulSoup) -> None:
    """What a number is, then the number."""
    listed = {entry.text: entry.find_next("dd").text for entry in framed.select("#sources dt")}
    assert listed["§4"] == "Share of all: 8%"


def test_progress_is_that_of_the_time(framed: BeautifulSoup) -> None:
    """Of 100 words 25 are said at the cover and 75 at the first slide; details and what follows take no time."""
    told = {part["id"]: part["data-progress"] for part in framed.select("section[data-layout]")}
    assert list(told.values()) == ["0.25", "1", "1", "1", "1", "1"]
    assert told["slide-first"] == told["slide-below-it"] == "1"


def test_slides_without_notes_take_as_long_as_each_other(small_site: Callable[..., SmallSite]) -> None:
    """So that the bar still moves."""
    page = small_site({"index.md": FRAMED.format(opening="", said=""), **FILES}, more=BIBFILES).deck().page()
    assert [part["data-progress"] for part in page.select("section[data-slide]")] == ["0.5", "0.5", "1"]


def test_a_slide_says_that_details_stand_below_it(framed: BeautifulSoup) -> None:
    """And leads to the first."""
    (mark,) = framed.select(".paperdeck-details")
    assert (mark.text, mark["href"]) == ("1 detail", "#/slide-below-it")
    assert mark.find_parent("section")["id"] == "slide-first"


def test_a_kicker_stands_above_the_title(framed: BeautifulSoup) -> None:
    """It is parsed as text is."""
    kicker = framed.select_one(".paperdeck-kicker")
    assert kicker.decode_contents() == "Part <em>one</em>"
    assert kicker.find_next_sibling().name == "h2"


def test_a_number_is_shown_where_a_slide_refers_to_it(small_site: Callable[..., SmallSite]) -> None:
    """Else nobody in the room can look it up."""
    table = ":::{{table}} What\n:name: {0}\n| a |\n| - |\n| b |\n:::\n"
    slides = "".join(f"::::{{slide}} Slide {name}\n{table.format(name)}::::\n\n" for name in ("one", "two"))
    text = f"# Talk\n\n{slides}:::{{slide}} Last\n- {{numref}}`two`\n:::\n"
    page = small_site(text, more="numfig = True\n").deck().page()
    assert [tag.text.strip() for tag in page.select(".caption-number")] == ["Table 2"]


def test_sources_go_on_where_one_slide_is_full(small_site: Callable[..., SmallSite]) -> None:
    """Each of these slides has an id of its own, is not counted, and leads to the article; the last has its code."""
    keys = [f"work{number}" for number in range(20)]
    bibliography = "".join(f"@misc{{{key}, title={{{key}}}, author={{Author{key}}}, year=2024}}\n" for key in keys)
    text = f"---\npaper: work0\n---\n# Talk\n\n:::{{slide}} All\n- {{cite:p}}`{','.join(keys)}`\n:::\n"
    site = small_site({"index.md": text, "refs.bib": bibliography}, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.deck(html_baseurl="https://example.org/").page()
    pages = page.select("section[data-layout=sources]")
    assert [part["id"] for part in pages] == ["sources", *(f"sources-{number}" for number in range(2, len(pages) + 1))]
    assert len(pages) > 1
    assert [part.text for part in page.select("section[data-layout=sources] dd")] == keys
    assert all(part["data-visibility"] == "uncounted" for part in pages)
    assert all(part.select_one("footer a")["href"] == "../html/index.html" for part in pages)
    assert [bool(part.select(".paperdeck-qr")) for part in pages] == [False] * (len(pages) - 1) + [True]
    assert page.select(".slides > section")[-1].find_all("section") == pages, "one below the other"


def test_a_slide_leads_to_its_section(small_site: Callable[..., SmallSite]) -> None:
    """Its footer links there, and names the paper; a question has no footer."""
    site = small_site("""\
        ---
        short: Work
        ---
        # Talk

        :::{slide} Above
        - a
        :::

        ## Section

        :::{slide} Within
        - a
        :::

        :::{slide} Asked
        :layout: question
        Why?
        :::
        """)
    page, article = site.deck().page(), site.articles().page()
    footers = {part["id"]: part.select_one("footer.slide-sources") for part in page.select("section[data-slide]")}
    assert footers["slide-above"].a["href"] == "../html/index.html#talk"
    assert footers["slide-within"].a["href"] == "../html/index.html#section"
    assert footers["slide-asked"] is None
    assert article.find(id="section")
    assert footers["slide-within"].select_one(".paperdeck-place").text == "Work"


FOOTNOTES = """\
# Talk

## One

:::{slide} One
- a [^far] [^far]
:::

:::{slide} Two
- b [^far]

[^near]: Near *note*.
:::

:::{slide} Three
:layout: split
- c [^near]

```python
d = 1
```
:::

Prose.[^near]

[^far]: Far note.
"""


@pytest.mark.parametrize("sort", [True, False])
def test_a_footnote_stands_on_each_slide_that_refers_to_it(small_site: Callable[..., SmallSite], sort: bool) -> None:
    """Once, under the text, with links there and back; wherever it is written, and on no other slide."""
    page = small_site(FOOTNOTES, more=f"myst_footnote_sort = {sort}\n").deck().page()
    found = {
        part["id"]: [note.p.text for note in part.select("aside.footnote")] for part in page.select("[data-slide]")
    }
    assert found == {"slide-one": ["Far note."], "slide-two": ["Far note."], "slide-three": ["Near note."]}
    assert page.select_one("#slide-three .paperdeck-text aside.footnote em").text == "note"
    for part in page.select("section[data-slide]"):
        ids = {element["id"] for element in part.select("[id]")}
        links = part.select(".paperdeck-content a[href^='#']")
        assert {link["href"].removeprefix("#") for link in links} <= ids
        assert len(part.select("aside.footnote a")) == len(part.select("a.footnote-reference"))
    assert page.select("aside.notes .footnote-reference") == []


def test_a_footnote_of_a_footnote_comes_with_it(small_site: Callable[..., SmallSite]) -> None:
    """On each slide that shows the first, with links among them and ids of their own."""
    slides = ":::{slide} One\n- a[^one]\n:::\n\n:::{slide} Two\n- b[^one]\n:::\n"
    page = small_site(f"# Talk\n\n{slides}\n[^one]: First, see[^two].\n[^two]: Second.\n").deck().page()
    ids = [part["id"] for part in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for part in page.select("section[data-slide]"):
        assert [note.p.text for note in part.select("aside.footnote")] == ["First, see[2].", "Second."]
        own = {element["id"] for element in part.select("[id]")}
        assert {link["href"].removeprefix("#") for link in part.select(".paperdeck-content a[href^='#']")} <= own


REFERENCES = """\
# Talk

(deep)=
## Section

:::{slide} Links
- {ref}`deep`
- {ref}`on the next <next>`
- {numref}`shown` and {numref}`unseen`
- {eq}`law` and {eq}`unseen-law`
- {term}`word`
- {doc}`/other` and {doc}`/page` and {ref}`there <there>`
- [local](#deep), <https://example.org/>, {download}`sample.py`
:::

Said by {ref}`deep`.

:::{slide} Next
:name: next
```{list-table} Shown
:name: shown
* - 1
```

```{math}
:label: law
a = 1
```
:::

```{list-table} Unseen
:name: unseen
* - 2
```

```{math}
:label: unseen-law
b = 2
```

```{glossary}
word
    Meaning.
```
"""


def test_a_link_stays_on_the_deck_where_its_target_does(small_site: Callable[..., SmallSite]) -> None:
    """To the slide that shows the target, also of another deck; else to the article, from slides and notes."""
    documents = {
        "index.md": "# Front\n\n```{toctree}\npapers/talk\nother\npage\n```\n",
        "papers/talk.md": REFERENCES,
        "papers/sample.py": "a = 1\n",
        "other.md": "# Other\n\n:::{slide} There\n:name: there\n- x\n:::\n",
        "page.md": "# Page\n\nText.\n",
    }
    site = small_site(documents, more="numfig = True\n")
    page = site.deck().page("papers/talk.html")
    links = [(link.text, link["href"]) for link in page.select("#slide-links .paperdeck-content a:not(.download)")]
    article = "../../html/papers/talk.html"
    assert links == [
        ("Section", f"{article}#deep"),
        ("on the next", "#next"),
        ("Table\u00a01", "#shown"),
        ("Table\u00a02", f"{article}#unseen"),
        ("(1)", "#equation-law"),
        ("(2)", f"{article}#equation-unseen-law"),
        ("word", f"{article}#term-word"),
        ("Other", "../../html/other.html"),
        ("Page", "../../html/page.html"),
        ("there", "../other.html#there"),
        ("local", f"{article}#deep"),
        ("https://example.org/", "https://example.org/"),
    ]
    assert page.select_one("#slide-links aside.notes a")["href"] == f"{article}#deep"
    download = page.select_one("a.download")["href"]
    assert (site.builds / "revealjs" / "papers" / download).resolve().read_text() == "a = 1\n"
    articles = site.articles()
    for _, address in links:
        path, _, anchor = address.partition("#")
        if path.startswith("../../html"):
            target = articles.page(path.removeprefix("../../html/"))
            assert not anchor or target.find(id=anchor), address


def test_a_talk_longer_than_its_minutes_is_told(small_site: Callable[..., SmallSite]) -> None:
    """The notes of cover and counted slides, at the rate of conf.py; details and what is only read do not count."""
    prose = "word " * 130
    source = f"""---
minutes: 2
---
# Talk

{prose}

## One

:::{{slide}} One
- a
:::

{prose}

:::{{slide}} Detail
:detail:
- a
:::

{prose}

:::{{article-only}}
{prose}
:::
"""
    site = small_site(source)
    site.deck()
    assert site.build("revealjs", paperdeck_words_per_minute=100).warnings == [
        "index.md: WARNING: the notes take 2 min 36 s at 100 words a minute, the front matter says 2 minutes; "
        "shorten the prose of its sections, put what is only read into {article-only}, or set `minutes` "
        "[paperdeck.timing]"
    ]
    site.build("html", paperdeck_words_per_minute=100)


def test_the_page_tells_reveal_how_to_start(small_site: Callable[..., SmallSite]) -> None:
    """Its configuration is in the page, not in a script; conf.py and `revealjs-slide` go before ours."""
    conf = '```{revealjs-slide}\n:conf: {"loop": true}\n{"rtl": true}\n```\n'
    source = f"---\nminutes: 20\nlang: de\n---\n# Talk & <b>more</b>\n\n{conf}\n{TALK[8:]}"
    more = 'revealjs_script_conf = {"controls": False, "width": 960}\n'
    page = small_site(source, more=more).deck().page()
    config = json.loads(page.select_one(".reveal")["data-config"])
    expected = {
        **{"hash": True, "height": 720, "slideNumber": "c/t", "pdfSeparateFragments": False, "totalTime": 1200},
        **{"controls": False, "width": 960, "loop": True, "rtl": True},
    }
    assert {name: config.get(name) for name in expected} == expected
    assert [script.text for script in page.select("script:not([src])")] == []
    assert page.html["lang"] == "de"
    assert page.title.text == "Talk & more"


@pytest.mark.parametrize("body", ["{loop: true}", "[1]", "3"])
def test_reveal_s_settings_in_a_document_are_json(small_site: Callable[..., SmallSite], body: str) -> None:
    """What is none is told, and left out."""
    output = small_site(f"{TALK}\n```{{revealjs-slide}}\n{body}\n```\n").build("revealjs")
    line = TALK.count("\n") + 2
    assert output.warnings == [
        f"index.md:{line}: WARNING: the body of {{revealjs-slide}} is no JSON object and was left out; "
        'write it as {"loop": true} [paperdeck.config]'
    ]
    assert output.page().select("#cover")


def test_the_place_of_what_stands_first_is_told(small_site: Callable[..., SmallSite]) -> None:
    """In reStructuredText, of which docutils does not know it."""
    text = ".. revealjs-slide::\n   :theme: x\n\n   [1]\n.. slide:: One\n\n   * a\n"
    *_, told = small_site({"index.rst": text}).build("revealjs").warnings
    assert told.startswith("index.rst:1: WARNING: the body of {revealjs-slide} is no JSON object")


def test_a_plugin_of_the_project_is_loaded(small_site: Callable[..., SmallSite]) -> None:
    """Beside notes and zoom, from its own file."""
    more = """
        revealjs_script_plugins = [{"name": "RevealMath", "src": "revealjs/plugin/math/math.js"}]
        """
    page = small_site(TALK, more=more).deck().page()
    assert page.select_one(".reveal")["data-plugins"].split() == [
        "PaperdeckNotes",
        "PaperdeckFind",
        "RevealZoom",
        "RevealMath",
    ]
    assert page.select("script[src='_static/revealjs/plugin/math/math.js']")


@pytest.mark.static_files
def test_documents_with_slides_are_decks_alone(small_site: Callable[..., SmallSite]) -> None:
    """No page, index or search of the article is in the deck's folder; the shelf is its front page."""
    documents = {
        "index.md": "# Front\n\n```{toctree}\nb\na\npage\n```\n",
        "a.md": TALK.replace("# Talk", "# A"),
        "b.md": f"---\nshort: Bee\nsummary: It hums.\nminutes: 20\n---\n{TALK}",
        "page.md": "# Page\n\nText.\n",
    }
    output = small_site(documents).deck()
    assert {name for name in output.bytes("*.html") if not name.startswith("_static/")} == {
        "a.html",
        "b.html",
        "index.html",
    }
    assert not output.bytes("searchindex.js")
    shelf = output.page()
    assert not shelf.select(".reveal")
    assert [entry["href"] for entry in shelf.select("a.paperdeck-button")] == ["b.html", "a.html"]
    text = " ".join(shelf.main.text.split())
    assert "Bee" in text
    assert "It hums." in text
    assert "1 slide, 20 min" in text
    assert "../html/b.html" in [link["href"] for link in shelf.select("a")]


@pytest.mark.parametrize(("builder", "shelf"), [("revealjs", "decks.html"), ("dirrevealjs", "decks/index.html")])
def test_a_front_page_may_be_a_deck(small_site: Callable[..., SmallSite], builder: str, shelf: str) -> None:
    """It keeps its place; with other decks the shelf is a page beside it."""
    toctree = "```{toctree}\nother\n```\n"
    alone = small_site(TALK).quietly(builder)
    assert alone.page().select_one("section[data-slide]")
    assert not alone.bytes("decks*")
    output = small_site({"index.md": f"{TALK}\n{toctree}", "other.md": TALK}).quietly(builder)
    assert output.page().select_one("section[data-slide]")
    assert "Figure" not in output.page().text
    links = [entry["href"] for entry in output.page(shelf).select("a.paperdeck-button")]
    assert [(output.folder / shelf).parent.joinpath(link).resolve().relative_to(output.folder) for link in links]
    assert len(links) == 2


def test_a_site_without_decks_has_an_empty_shelf(small_site: Callable[..., SmallSite]) -> None:
    """And its author is told."""
    output = small_site("# Page\n\nText.\n").build("revealjs")
    assert ["no document has slides" in warning for warning in output.warnings] == [True]
    assert output.page().select("a.paperdeck-button") == []


@pytest.mark.static_files
def test_what_was_built_is_not_read(small_site: Callable[..., SmallSite]) -> None:
    """A deck holds reveal.js's README; where it is built inside the sources, that is no document of the project."""
    beside = small_site(TALK)
    inside = replace(beside, builds=beside.source / "_build")
    assert inside.deck().bytes("README.md")
    assert "0 added, 0 changed, 0 removed" in inside.articles().status


def test_a_document_whose_slides_are_gone_is_no_deck(small_site: Callable[..., SmallSite]) -> None:
    """The shelf forgets it."""
    front = "# Front\n\n```{toctree}\ntalk\nother\n```\n"
    site = small_site({"index.md": front, "talk.md": TALK, "other.md": TALK})
    assert len(site.deck().page().select("a.paperdeck-button")) == 2
    (site.source / "talk.md").write_text("# Talk\n\nText.\n", "utf-8")
    (door,) = site.deck().page().select("a.paperdeck-button")
    assert door["href"] == "other.html"


PLAIN = {
    "index.md": """\
# A deck of sphinx-revealjs

```{revealjs-slide}
:theme: white
:conf: {"controls": false}
```

Hello.

```{toctree}
more/two
```

## One

- a

```{revealjs-notes}
Notes *here*.
```

```{code-block} python
:emphasize-lines: 1,2
:linenos:
a = 1
b = 2
```

### Down

```{revealjs-fragments}
- x
```

```{revealjs-break}
```

Note [^n] and $x$.

[^n]: Foot.

$$ y = 1 $$
""",
    "more/two.md": "# Two\n\n{ref}`genindex` {doc}`/index`\n",
}


@pytest.mark.static_files
@pytest.mark.parametrize("builder", ["revealjs", "dirrevealjs"])
def test_a_deck_of_sphinx_revealjs_s_own_is_left_as_it_is(small_site: Callable[..., SmallSite], builder: str) -> None:
    """With `paperdeck_decks = "all"` every file is there byte for byte; ours lie beside theirs in _static."""
    more = """\
        revealjs_style_theme = "simple"
        revealjs_script_conf = {"transition": "fade"}
        revealjs_script_plugins = [{"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}]
        myst_enable_extensions = ["dollarmath"]
        """
    theirs = small_site(PLAIN, conf='extensions = ["myst_parser", "sphinx_revealjs"]\n', more=more).build(builder)
    off = 'paperdeck_decks = "all"\npaperdeck_maths = None\npaperdeck_mermaid = "browser"\n'
    ours = small_site(PLAIN, conf=f'extensions = ["myst_parser", "sphinx_revealjs", "paperdeck"]\n{off}', more=more)
    ours = ours.build(builder)
    assert ours.warnings == theirs.warnings
    before, after = theirs.bytes("*"), ours.bytes("*")
    del before[".buildinfo"]  # a hash of every setting, ours among them
    assert [name for name in before if before[name] != after.get(name)] == []
    assert [name for name in after if name not in before and not name.startswith("_static/")] == [".buildinfo"]


def test_all_documents_may_be_decks(small_site: Callable[..., SmallSite]) -> None:
    """With `paperdeck_decks = "all"` one with slides is ours, one without is sphinx-revealjs's."""
    documents = {"index.md": "# Front\n\n```{toctree}\ntalk\n```\n\n## One\n\nText.\n", "talk.md": TALK}
    more = 'paperdeck_decks = "all"\nmyst_enable_extensions = ["colon_fence"]\n'
    output = small_site(documents, more=more).deck()
    assert output.page("talk.html").select("#cover")
    assert output.page().select(".slides > section > section")
    assert not output.page().select("#cover")
