"""The line of a finding, by what lies beside the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperdeck.checking.findings import Finding, Kind, Place
from paperdeck.checking.places import Sources, find_id, find_line

if TYPE_CHECKING:
    from pathlib import Path


TEXT = """\
# A talk

Opening prose, of some words.

:::{slide} First
- some words of it
- and others
:::

(there)=
## Another heading

:::{slide} Second
- some words of it
:::
"""
LINES = TEXT.splitlines()


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Return the sources of an output as Sphinx leaves it below its project."""
    output = tmp_path / "docs" / "_build" / "html"
    (output / "_sources" / "papers").mkdir(parents=True)
    (output / "papers").mkdir()
    (output / "_sources" / "papers" / "talk.md.txt").write_text(TEXT, "utf-8")
    (tmp_path / "docs" / "papers").mkdir()
    (tmp_path / "docs" / "papers" / "talk.md").write_text(TEXT, "utf-8")
    slides = {"first": {"source": "papers/talk.md", "line": 5}, "second": {"source": "papers/talk.md", "line": 13}}
    (output / "papers" / "talk.slides.json").write_text(json.dumps(slides), "utf-8")
    return Sources(output)


def find(sources: Sources, page: str = "papers/talk.html", **told: str) -> Place | None:
    """Return the place of something on a page."""
    return sources.find_place(Finding(Kind.SMALL, str(sources.output / page), "is small", **told))


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"near": "Opening prose, of some words."}, 3),
        ({"near": "some words of it", "slide": "first"}, 6),
        ({"near": "some words of it", "slide": "second"}, 14),
        ({"near": "nothing that stands there", "slide": "second"}, 13),
        ({"id": "there"}, 10),
        ({"id": "another-heading"}, 11),
        ({"near": "nothing that stands there"}, 1),
    ],
)
def test_what_is_wrong_has_its_line(sources: Sources, told: dict[str, str], line: int) -> None:
    """By its words within its slide, by the slide, by an id; else the document's first."""
    place = find(sources, **told)
    assert place is not None
    assert place.line == line
    assert place.file.endswith("docs/papers/talk.md")


def test_a_page_in_a_folder_has_its_document(sources: Sources) -> None:
    """As dirhtml writes it."""
    assert find(sources, "papers/talk/index.html", id="there") == find(sources, id="there")


def test_a_page_without_a_document_has_no_place(sources: Sources) -> None:
    """Such as the search."""
    assert find(sources, "search.html") is None


def test_a_source_directory_elsewhere_can_be_named(sources: Sources, tmp_path: Path) -> None:
    """Where no folder above the output has the document, its own name is told."""
    elsewhere = Sources(sources.output, tmp_path / "elsewhere")
    assert find(elsewhere, id="there") == Place("papers/talk.md", 10)
    here = Sources(sources.output, tmp_path / "docs")
    assert find(here, id="there") == Place((tmp_path / "docs" / "papers" / "talk.md").as_posix(), 10)


def test_the_line_with_most_of_the_words_is_the_one() -> None:
    """And none where no line has half of them."""
    assert find_line(LINES, "and others") == 6
    assert find_line(LINES, "no such words at all") is None
    assert find_line(LINES, "") is None


def test_an_id_is_found_as_it_is_written() -> None:
    """As a target, as a name, in HTML, as a heading's own words."""
    lines = ["(one)=", ":name: two", ".. _three:", "## The fourth", '<p id="fifth">']
    names = ("one", "two", "three", "the-fourth", "fifth")
    assert [find_id(lines, name) for name in names] == [0, 1, 2, 3, 4]
    assert find_id(lines, "sixth") is find_id(lines, "") is None
