"""Places: as ledgers write them, and as texts have them."""

from __future__ import annotations

import pytest

from paperdeck.evidence.places import Kind, Piece, Place, find_headings, follows, lay_out, read_caption, read_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Table 4", ["Table 4"]),
        ("Tables 17 to 19", ["Table 17", "Table 18", "Table 19"]),
        ("Figure 2", ["Figure 2"]),
        ("§4.1.2", ["§4.1.2"]),
        ("Section 3", ["§3"]),
        ("§B.2", ["Appendix B.2"]),
        ("Appendix B.9", ["Appendix B.9"]),
        ("Appendix", ["Appendix"]),
        ("Abstract", ["Abstract"]),
        ("p. 5", ["Page 5"]),
        ("training log", []),
        ("README", []),
    ],
)
def test_a_place_of_a_ledger_is_understood(text: str, expected: list[str]) -> None:
    """Or it is no place in a paper."""
    assert list(map(str, read_place(text))) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Table 4: Results", Place("table", "4")),
        ("TABLE 4. Results", Place("table", "4")),
        ("Fig. 2 — A curve", Place("figure", "2")),
        ("Table A1: More", Place("table", "A1")),
        ("Table 4 shows that", None),
        ("In Table 4: nothing", None),
    ],
)
def test_a_caption_is_told_from_a_mention(text: str, place: Place | None) -> None:
    """It begins its paragraph, and a mark follows the number."""
    assert read_caption(text) == place


def prose(*texts: str) -> list[Piece]:
    """Return paragraphs."""
    return [Piece(Kind.PROSE, text) for text in texts]


def test_the_headings_of_an_unmarked_text_are_those_that_may_follow() -> None:
    """The item of a list, the number of a page and a line of a table are none."""
    texts = [
        "1 Start",
        "Words.",
        "1. first",
        "2 Method",
        "7 Nothing",
        "2.1 Data",
        "3.7",
        "3 Results",
        "References",
    ]
    found = [piece.text for piece in find_headings(prose(*texts)) if piece.kind is Kind.HEADING]
    assert found == ["1 Start", "2 Method", "2.1 Data", "3 Results", "References"]


@pytest.mark.parametrize(
    ("number", "current", "may"),
    [
        ("1", "abstract", True),
        ("2", "1", True),
        ("1.1", "1", True),
        ("2", "1.3", True),
        ("1.4", "1.3", True),
        ("A", "7", True),
        ("B", "A.2", True),
        ("3", "1", False),
        ("1.3", "1", False),
        ("A", "abstract", False),
    ],
)
def test_sections_follow_one_another(number: str, current: str, may: bool) -> None:
    """The first below, the next beside, the next beside one above."""
    assert follows(number, current) is may


def test_a_number_in_a_part_of_a_section_lies_in_the_section() -> None:
    """§4 holds §4.1, and not §40."""
    pieces = [
        Piece(Kind.HEADING, "4 Results", level=1),
        Piece(Kind.HEADING, "4.1 More", level=2),
        *prose("here"),
        Piece(Kind.HEADING, "40 Else", level=1),
        *prose("there"),
    ]
    blocks = {block.text: block for block in lay_out(pieces)}
    assert blocks["here"].lies_in(Place("section", "4"))
    assert not blocks["there"].lies_in(Place("section", "4"))


def test_headings_without_numbers_are_counted() -> None:
    """As LaTeX would count them; the abstract and the references have no number."""
    pieces = [
        Piece(Kind.HEADING, name, level=level)
        for name, level in [("Abstract", 1), ("A Start", 1), ("B", 2), ("End", 1)]
    ]
    assert [block.section for block in lay_out(pieces)] == ["abstract", "1", "1.1", "2"]


@pytest.mark.parametrize("above", [True, False])
def test_a_table_belongs_to_the_caption_on_the_side_where_captions_stand(above: bool) -> None:
    """Which is a habit of the whole paper: here one table stands between two captions."""
    table, caption = Piece(Kind.TABLE, "1 | 2"), prose("Table 1: One", "Table 2: Two")
    pairs = [[caption[0], table], [caption[1], table]] if above else [[table, caption[0]], [table, caption[1]]]
    blocks = lay_out([*prose("Text."), *pairs[0], *pairs[1], *prose("Text.")])
    assert [block.float for block in blocks if block.kind is Kind.TABLE] == [Place("table", "1"), Place("table", "2")]
