"""Sources slides: how many, and how wide their columns."""

from __future__ import annotations

from gettext import NullTranslations

from paperdeck.deck.sources import fill_pages, join_lines, measure_places, name_span, shorten


def test_sources_fill_as_many_slides_as_they_need() -> None:
    """Every entry once, in order; a long one takes the room of several, in either column."""
    short = [(f"Table {number}", ["A line"]) for number in range(35)]
    pages = fill_pages(short, 192, 608)
    assert [len(page) for page in pages] == [10, 10, 10, 5]
    assert [entry for page in pages for entry in page] == short
    lines = [f"A line of many words, number {number}" for number in range(5)]
    for long in (("Table 1", ["words " * 60]), ("Table 1", lines), ("A place of many words " * 5, ["A line"])):
        assert len(fill_pages([long, *short], 192, 608)[0]) < 10
    assert fill_pages([], 192, 608) == []


def test_a_place_goes_on_on_the_next_slide_of_sources() -> None:
    """So that none ends half empty; no line stands alone before or behind the break."""
    lines = [f"A line of many words, number {number}" for number in range(5)]
    short = [(f"Table {number}", ["A line"]) for number in range(8)]
    for said, before in ((lines, 3), (lines[:4], 2)):
        first, second = fill_pages([*short, ("Figure 1", said)], 192, 608)
        assert (first[-1], second) == (("Figure 1", said[:before]), [("Figure 1", said[before:])])
    full = [*short, ("Table 8", ["A line"]), ("Table 9", ["A line"])]
    assert fill_pages([*full, ("Figure 1", lines)], 192, 608) == [full, [("Figure 1", lines)]]


def test_short_numbers_share_a_line_of_sources() -> None:
    """As many as have room, in their order."""
    assert join_lines(["Layers: 16", "Experts: 64", "Tokens: 8"], 608) == ["Layers: 16 · Experts: 64 · Tokens: 8"]
    assert join_lines(["Layers: 16", "Experts: 64", "word " * 30], 608) == ["Layers: 16 · Experts: 64", "word " * 30]
    assert join_lines([], 608) == []


def test_places_have_one_width_on_all_slides_of_sources() -> None:
    """As wide as the widest, within bounds."""
    assert measure_places([("§4", [])]) == measure_places([]) == 192
    assert 192 < measure_places([("Muennighoff et al. 2025, Table 1", []), ("§4", [])]) < 352
    assert measure_places([("A place of many words " * 5, [])]) == 352


def test_of_a_place_with_many_numbers_the_first_are_told() -> None:
    """And how many more there are; where all have room, all."""
    lines = [f"Line {number}" for number in range(9)]
    assert shorten(("Table 1", lines[:5]), NullTranslations()) == ("Table 1", lines[:5])
    assert shorten(("Table 1", lines), NullTranslations()) == ("Table 1", [*lines[:4], "and 5 more"])


def test_slides_of_sources_are_told_apart_by_their_places() -> None:
    """Each says from which place to which it goes; one that holds a single place names that."""
    phrases = NullTranslations()
    assert name_span(["§1", "§2", "Table 4"], phrases) == "§1 to Table 4"
    assert name_span(["Table 4"], phrases) == "Table 4"
    assert name_span([], phrases) == ""
