"""Findings as they are told."""

from __future__ import annotations

import json

from paperdeck.checking.findings import Finding, Kind, Place, View
from paperdeck.checking.report import (
    as_github,
    as_gitlab,
    as_json,
    as_lines,
    as_pictures,
    describe_errors,
    sum_up,
)

VIEW = View("390 px", 390, 844)
ON_SLIDE = Finding(
    Kind.SMALL, "out/talk.html", "is small", "50%: few", slide="one", views=(VIEW,), place=Place("docs/talk.md", 7)
)
ELSEWHERE = Finding(Kind.DEAD_LINK, "out/search.html", "leads nowhere", "gone.html")
FOUND = [ON_SLIDE, ELSEWHERE]


def test_a_line_begins_with_the_place() -> None:
    """As compilers write it, so that an editor goes there."""
    assert as_lines(FOUND).splitlines() == [
        "docs/talk.md:7: small: “50%: few” is small (390 px) [out/talk.html#/one]",
        "out/search.html: dead_link: “gone.html” leads nowhere",
    ]


def test_json_has_all_that_is_known() -> None:
    """For programs."""
    first, second = json.loads(as_json(FOUND))
    assert (first["kind"], first["file"], first["line"], first["slide"]) == ("small", "docs/talk.md", 7, "one")
    assert (second["page"], second["file"], second["views"]) == ("out/search.html", None, [])


def test_github_annotates_the_source() -> None:
    """What would end a command is written otherwise."""
    first, second = as_github(FOUND).splitlines()
    assert first == (
        "::error file=docs/talk.md,line=7,title=paperdeck check%3A small::"
        "“50%25: few” is small (390 px) [out/talk.html#/one]"
    )
    assert second.startswith("::error title=paperdeck check%3A dead_link::")


def test_gitlab_annotates_the_source() -> None:
    """Each with a fingerprint of its own, which a changed line does not change."""
    first, second = json.loads(as_gitlab(FOUND))
    assert first["location"] == {"path": "docs/talk.md", "lines": {"begin": 7}}
    assert second["location"]["path"] == "out/search.html"
    assert first["fingerprint"] != second["fingerprint"]


def test_pictures_stand_with_what_they_show() -> None:
    """And nothing that a page says is taken for HTML."""
    wrong = Finding(Kind.CONSOLE, "a.html", "is said", "<b>")
    page = as_pictures([ON_SLIDE, wrong], {0: "001.png"})
    assert page.count("<img ") == 1
    assert "&lt;b&gt;" in page
    assert "Nothing was found." in as_pictures([], {})


def test_the_last_line_says_what_was_looked_at() -> None:
    """Whether something is wrong or not."""
    assert sum_up([], 1, 2, 30, 9.6) == "Nothing is wrong with 1 page and 2 decks of 30 slides (10 s)."
    assert sum_up([], 0, 1, 1, 1) == "Nothing is wrong with 0 pages and 1 deck of 1 slide (1 s)."
    told = sum_up(FOUND, 3, 1, 12, 9.6)
    assert told == "2 findings on 2 pages; 3 pages and 1 deck of 12 slides were looked at (10 s)."


def test_errors_of_the_measure_are_told_in_a_line() -> None:
    """The middle, most of them, and the farthest with its slide."""
    told = describe_errors({"a": 0.0, "b": 1.0, "c": -6.0})
    assert told.startswith("Heights of 3 slides of text, browser less build: median +0.0 px, ")
    assert told.endswith("the farthest -6.0 (c).")
    assert "of 1 slide of" in describe_errors({"a": 0.0})
