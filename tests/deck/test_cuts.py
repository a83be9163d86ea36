"""Shorter talks: decks of their own from the slides that are marked for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperdeck.addresses import address_of_cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.sites import SmallSite

    MakeSite = Callable[..., SmallSite]

TALK = """\
    ---
    minutes: 20
    closing: It is what it is.
    ---
    # Talk

    Welcome.

    :::{slide} Before
    - See {ref}`the end <end>` and {ref}`the point <point>`
    :::

    :::{slide} The point
    :name: point
    :cut: 1, 5
    - A reason; {ref}`before <before>`, {ref}`after <end>`
    :::

    Said at the point.

    :::{slide} A detail
    :name: detail
    :detail:
    - More
    :::

    :::{slide} The end
    :name: end
    :cut: 5
    - An end
    :::
    """.replace("{slide} Before\n", "{slide} Before\n    :name: before\n")


def list_slides(page: BeautifulSoup) -> list[tuple[str, str | None]]:
    """Return the id and the number of each slide of a deck."""
    return [(part["id"], part.get("data-slide")) for part in page.select(".slides section[data-layout]")]


@pytest.mark.parametrize(
    ("address", "cut"),
    [
        ("../papers/a/index.html", "../papers/a/index-5.html"),
        ("talk.html", "talk-5.html"),
        ("../slides/talk/", "../slides/talk/index-5.html"),
        ("", "index-5.html"),
    ],
)
def test_a_shorter_talk_lies_beside_the_whole(address: str, cut: str) -> None:
    """In the same folder, so that every link in it is written alike."""
    assert address_of_cut(address, 5) == cut


def test_slides_marked_for_a_length_are_a_deck(small_site: MakeSite) -> None:
    """With details, numbers, timing and last slide; links to what is left out lead to the article."""
    deck = small_site({"talk.md": TALK, "index.md": "# Site\n\n```{toctree}\ntalk\n```\n"}).deck()
    whole, five, one = (deck.page(f"talk{name}.html") for name in ("", "-5", "-1"))
    assert list_slides(whole) == [
        ("cover", None),
        ("before", "1"),
        ("point", "2"),
        ("detail", "2"),
        ("end", "3"),
        ("closing", None),
    ]
    assert list_slides(five) == [("cover", None), ("point", "1"), ("detail", "1"), ("end", "2"), ("closing", None)]
    assert list_slides(one) == [("cover", None), ("point", "1"), ("detail", "1"), ("closing", None)]
    links = [[link["href"] for link in page.select("#point .paperdeck-content a")] for page in (whole, five, one)]
    assert links == [
        ["#before", "#end"],
        ["../html/talk.html#before", "#end"],
        [f"../html/talk.html#{name}" for name in ("before", "end")],
    ]
    times = [json.loads(page.select_one(".reveal")["data-config"])["totalTime"] for page in (whole, five, one)]
    assert times == [1200, 300, 60]
    assert [part["data-progress"] for part in five.select("#point, #end")] == ["1", "1"]
    short, long = (json.loads(deck.text(f"talk{name}.slides.json")) for name in ("-5", ""))
    assert short.keys() == {"point", "detail", "end"}
    assert long.keys() == {"before", "point", "detail", "end"}
    assert short["point"] == long["point"]
    assert short["point"]["height"]


def test_lengths_are_offered_where_one_presents(small_site: MakeSite) -> None:
    """In the head of the article and on the shelf, with their slides; beside a folder as well."""
    site = small_site({"talk.md": TALK, "index.md": "# Site\n\n```{toctree}\ntalk\n```\n"})
    head = site.articles().page("talk.html").select(".paperdeck-actions a.quiet")
    assert [(link["href"], link.text.split()) for link in head] == [
        ("../revealjs/talk-1.html", ["1", "min", "1", "slide"]),
        ("../revealjs/talk-5.html", ["5", "min", "2", "slides"]),
    ]
    shelf = site.deck().page().select(".paperdeck-doors a")
    assert [link["href"] for link in shelf] == ["talk.html", "talk-1.html", "talk-5.html", "../html/talk.html"]
    folders = site.quietly("dirrevealjs")
    assert "talk/index-5.html" in [link["href"] for link in folders.page().select(".paperdeck-doors a")]
    there = folders.page("talk/index-5.html").select_one("#point .paperdeck-content a")
    assert there["href"] == "../../dirhtml/talk/#before"


def test_each_length_has_the_sources_of_its_slides(small_site: MakeSite) -> None:
    """A number that is not shown is not in them."""
    line = "{0}:\n  says: {0}\n  value: {1}\n  source: lepikhin2021gshard, §{1}\n"
    files = {
        "index.md": "# Talk\n\n:::{slide} A\n:cut: 5\n- {fact}`aa`\n:::\n\n:::{slide} B\n- {fact}`bb`\n:::\n",
        "facts.yaml": line.format("aa", 3) + line.format("bb", 4),
        "works.bib": "@article{lepikhin2021gshard, title={GShard}, author={Lepikhin, Dmitry}, year={2021}}",
    }
    deck = small_site(files, more='bibtex_bibfiles = ["works.bib"]').deck()
    places = [[part.text for part in deck.page(name).select("#sources dt")] for name in ("index.html", "index-5.html")]
    assert [place[-1] for place in places[0]] == ["3", "4"]
    assert places[1] == places[0][:1]


def test_a_talk_that_runs_over_is_told(small_site: MakeSite) -> None:
    """With its minutes and what its notes take; a length that is none, and a detail's own, are told too."""
    text = (
        "# Talk\n\n:::{slide} A\n:cut: 1\n- x\n:::\n\n"
        + "word " * 200
        + "\n\n:::{slide} B\n:detail:\n:cut: 5\n- x\n:::\n\n:::{slide} C\n:cut: soon\n- x\n:::\n"
    )
    told = " ".join(small_site(text).build("revealjs").warnings)
    assert told.count("WARNING") == 3
    assert "the notes of the talk of 1 minutes take 1 min 32 s at 130 words a minute; take `:cut: 1` from" in told
    assert "write the minutes of the shorter talks that the slide is in, such as `5, 20`" in told
    assert "`:cut:` on the detail “B” was ignored" in told


def test_nothing_is_added_where_no_slide_is_marked(small_site: MakeSite) -> None:
    """One deck, and no other door to it."""
    site = small_site("# Talk\n\n:::{slide} A\n- x\n:::\n")
    assert list(site.deck().bytes("index*.html")) == ["index.html"]
    assert not site.articles().page().select(".paperdeck-actions a.quiet")


def test_a_length_that_is_no_more_leaves_no_page(small_site: MakeSite) -> None:
    """Nor does one whose page another document has; that is told, and the document stays."""
    text = "# Talk\n\n:::{slide} A\n:cut: 1, 5\n- x\n:::\n"
    site = small_site({"index.md": text, "index-7.md": "---\norphan: true\n---\n# Other\n\n:::{slide} B\n- x\n:::\n"})
    assert list(site.deck().bytes("index*.html")) == ["index-1.html", "index-5.html", "index-7.html", "index.html"]
    (site.source / "index.md").write_text(text.replace("1, 5", "5, 7"), "utf-8")
    output = site.build("revealjs")
    (told,) = output.warnings
    assert "the talk of 7 minutes was left out, for another document has its page, index-7.html; rename" in told
    left = [name for name in output.bytes("index*") if not name.startswith("_")]
    assert left == [
        *("index-5.html", "index-5.slides.json", "index-7.html", "index-7.html.md", "index-7.slides.json"),
        *("index.html", "index.html.md", "index.slides.json"),
    ]
    assert output.page("index-7.html").select_one("#slide-b")
