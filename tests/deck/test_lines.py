"""Running text on lines: where one ends, and how far it reaches."""

from __future__ import annotations

import pytest

from paperdeck.deck.lines import LINE_END, Line, Run, fill_lines, find_pieces, measure_piece


def letters(text: str, width: float = 10) -> Run:
    """Return text whose letters are all as wide."""
    return Run(text, lambda part: len(part) * width)


@pytest.mark.parametrize(
    ("runs", "count"),
    [
        ([], 1),
        ([letters("one two")], 1),
        ([letters("one two three")], 2),
        ([letters("one two ")], 1),  # a space at the end takes no room
        ([letters("one\u00a0two three")], 2),
        ([letters("incomprehensibilities")], 3),  # a word that breaks
        ([letters("on"), letters("e t"), letters("wo")], 1),
        ([letters("one"), LINE_END, letters("two")], 2),
        ([letters("one"), LINE_END], 1),
        ([letters("one"), LINE_END, LINE_END, letters("two")], 3),
    ],
)
def test_a_line_ends_where_it_is_full_or_its_author_ends_it(runs: list[Run], count: int) -> None:
    """Eight letters are on a line."""
    assert len(fill_lines(runs, 80)) == count


def test_a_line_reaches_as_far_as_what_stands_on_it() -> None:
    """A tall equation makes its own line higher, and no other."""
    tall = Run("\ufffc", lambda _text: 20, above=40, below=12)
    assert fill_lines([letters("one two three "), tall], 80) == [Line(0, 0), Line(40, 12)]


def test_a_piece_of_two_faces_is_as_wide_as_both() -> None:
    """A word whose beginning is bold is still one word."""
    runs = [letters("un", 12), letters("seen it")]
    owners = [run for run in runs for _letter in run.text]
    text = "unseen it"
    assert measure_piece(text, owners) == 2 * 12 + 7 * 10
    assert [(piece, wide) for piece, wide, *_ in find_pieces(text, owners)] == [("unseen", 64), (" ", 10), ("it", 20)]
