"""The article around a paper's prose: its head, and the doors to work and deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from paperdeck.article.head import prose_words
from paperdeck.slides.node import slide
from paperdeck.slides.notes import article_only

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

AUTHORS = " and ".join(f"Doe, {letter}." for letter in "ABCDEFGH")
BIBLIOGRAPHY = f"""\
@inproceedings{{doe2024, title={{A Work & more}}, author={{{AUTHORS}}}, eventtitle={{CONF}}, year=2024, pages={{1--9}},
  series={{PMLR}}, volume={{162}}, url={{https://example.org/work?a=1&b=2}}}}
"""
PAPER = """\
---
paper: doe2024
short: Work
summary: What it <is> & does.
code: https://example.org/code
podcast: https://example.org/podcast
minutes: 20
---
# Talk

Opening.

:::{slide} The point
- A reason
:::

:::{slide} More of it
:detail:
- Another
:::
"""


def test_a_recording_is_played_and_led_to_by_cards(small_site: Callable[..., SmallSite]) -> None:
    """A file of sound has a player and a link at each time; any other address is a link alone."""
    paper = PAPER.replace("/podcast\n", "/talk.MP3?x\n").replace("The point\n", "The point\n:at: 1:05\n")
    site = small_site(
        {"index.md": paper, "references.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["references.bib"]\n'
    )
    page = site.articles().page()
    player = page.select_one(".paperdeck-podcast audio")
    assert player
    assert (player["src"], player["preload"]) == ("https://example.org/talk.MP3?x", "none")
    (moment,) = page.select("a.paperdeck-listen")
    assert (moment["href"], moment["data-at"]) == ("https://example.org/talk.MP3?x#t=65", "65")
    assert moment.get_text(strip=True) == "1:05"
    assert not site.deck().page().select("audio, a.paperdeck-listen")
    (site.source / "index.md").write_text(paper.replace("talk.MP3", "talk"), "utf-8")
    assert not site.articles().page().select("audio, a.paperdeck-listen")


def test_reading_takes_the_words_of_prose() -> None:
    """What is only read counts; slides do not, nor do the numbers of a table."""

    def line(words: int) -> nodes.paragraph:
        return nodes.paragraph("", "word " * words)

    document = nodes.document("", "")
    document += nodes.section("", nodes.title("", "Title"), line(5), article_only("", line(7)))
    document += slide("", line(100))
    document += nodes.table("", nodes.entry("", line(100)))
    document += nodes.bullet_list("", nodes.list_item("", line(3)))
    document += nodes.paragraph("", "注意力机")
    assert prose_words(document) == 17


@pytest.mark.parametrize(("builder", "deck"), [("html", "../revealjs/index.html"), ("dirhtml", "../dirrevealjs/")])
def test_the_head_names_the_work_and_opens_the_doors(
    small_site: Callable[..., SmallSite], builder: str, deck: str
) -> None:
    """Under the title: summary, work, links to deck, paper, code and podcast, BibTeX, time."""
    documents = {"index.md": PAPER, "refs.bib": BIBLIOGRAPHY}
    site = small_site(documents, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.quietly(builder).page()
    head = page.select_one("h1 + header.paper-head")
    assert head.select_one(".summary").text == "What it <is> & does."
    assert head.select_one(".work b").text == "A Work & more"
    authors = head.select_one(".authors")
    assert authors.details.summary.text == "and 2 others"
    assert authors.find(string=True).strip() == "A. Doe, B. Doe, C. Doe, D. Doe, E. Doe, F. Doe"
    assert head.select_one(".venue").get_text(" ") == "CONF 2024 PMLR 162, 1–9"
    assert [(" ".join(link.text.split()), link["href"]) for link in head.select(".paperdeck-actions a")] == [
        ("Present 1 slide, 20 min", deck),
        ("Paper", "https://example.org/work?a=1&b=2"),
        ("Code", "https://example.org/code"),
        ("Podcast", "https://example.org/podcast"),
    ]
    assert head.select_one(".bibtex pre").text.startswith("@inproceedings{doe2024,")
    assert head.select_one(".time").text.split() == ["1", "min", "to", "read"]


def test_a_paper_without_slides_has_a_head_without_a_deck(small_site: Callable[..., SmallSite]) -> None:
    """And a talk without a paper has one that opens the deck, as long as its notes take."""
    documents = {"index.md": "---\npaper: doe2024\n---\n# Read\n\nText.\n", "refs.bib": BIBLIOGRAPHY}
    site = small_site(documents, more='bibtex_bibfiles = ["refs.bib"]\n')
    assert [link.text.strip() for link in site.articles().page().select(".paper-head .paperdeck-actions a")] == [
        "Paper"
    ]
    talk = small_site("# Talk\n\n" + "word " * 400 + "\n\n:::{slide} A\n- a\n:::\n").articles().page()
    assert " ".join(talk.select_one(".paper-head .paperdeck-actions a").text.split()) == "Present 1 slide, 3 min"
    assert not talk.select(".paper-head .work, .paper-head .bibtex, .paper-head .summary")


def test_other_pages_have_no_head(small_site: Callable[..., SmallSite]) -> None:
    """Neither has a document that has no title to put it under, though a table in it has one."""
    slides = ":::{slide} A\n- a\n:::\n\n```{list-table} Caption\n* - 1\n```\n"
    site = small_site({"index.md": "# Front\n\n```{toctree}\nuntitled\n```\n\nText.\n", "untitled.md": slides})
    output = site.build("html")
    assert [line for line in output.warnings if "toctree" not in line] == [
        "untitled.md:1: WARNING: the document has slides but no title, so its cover has no name; "
        "begin it with `# The title` [paperdeck.slide]"
    ]
    assert not output.page().select(".paper-head")
    assert not output.page("untitled.html").select(".paper-head")
    assert site.deck().page("untitled.html").h1.text == "untitled"


def test_outputs_without_a_deck_link_to_none(small_site: Callable[..., SmallSite]) -> None:
    """An EPUB is read alone: its cards and its head have no door to slides."""
    documents = {"index.md": PAPER, "refs.bib": BIBLIOGRAPHY}
    more = 'bibtex_bibfiles = ["refs.bib"]\nversion = "1"\ncopyright = "nobody"\nepub_show_urls = "no"\n'
    page = small_site(documents, more=more).quietly("epub").page("index.xhtml")
    assert page.select("aside.slide .slide-title")
    assert not page.select("a.open-slide")
    assert [" ".join(link.text.split()) for link in page.select(".paper-head .paperdeck-actions a")] == [
        "Paper",
        "Code",
        "Podcast",
    ]


@pytest.mark.static_files
def test_hosted_page_fetches_its_faces_with_itself(small_site: Callable[..., SmallSite]) -> None:
    """Else lines move when the faces come; a page from a file may not, nor is a face fetched that it does not use."""
    site = small_site(root="facts")
    preloads = "link[rel=preload][as=font][crossorigin]"
    ours = {"html_theme": "furo", "paperdeck_style": "site"}
    assert not site.articles(**ours).page("glam/index.html").select(preloads)
    output = site.articles(html_baseurl="https://example.org/", **ours)
    for name, faces in {"glam/index.html": 3, "search.html": 2}.items():
        links = [link["href"] for link in output.page(name).select(preloads)]
        assert len(links) == faces
        assert all((output.folder / name).parent.joinpath(link).is_file() for link in links)
