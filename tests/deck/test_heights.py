"""Widths of columns and lines of text, as a browser shares and breaks them."""

from __future__ import annotations

import pytest
from docutils import nodes

from paperdeck.deck.heights import Heights, share_columns
from paperdeck.slides.layouts import BODY


@pytest.mark.parametrize(
    ("columns", "width", "shared"),
    [
        ([(10, 100), (10, 300)], 800, [200, 600]),
        ([(100, 300), (100, 500)], 500, [200, 300]),
        ([(300, 400), (300, 400)], 500, [300, 300]),
        ([(0, 0), (0, 0)], 500, [0, 0]),
    ],
)
def test_columns_share_the_width(columns: list[tuple[float, float]], width: float, shared: list[float]) -> None:
    """What is over goes by the widest lines; what is short is taken from them, down to the longest words."""
    assert share_columns(columns, width) == pytest.approx(shared)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("word", 1),
        ("word " * 30, 3),
        ("wordwithoutend" * 10, 3),
        ("one\nline", 1),
        ("混合专家模型" * 12, 3),
        ("half-" * 30, 2),
    ],
)
def test_text_breaks_where_a_browser_breaks_it(text: str, lines: int) -> None:
    """At spaces and hyphens, between characters of East Asia, and in a word that is wider than its line."""
    assert Heights(928, BODY, 928).count_lines(nodes.paragraph("", text), BODY.size, 928) == lines


@pytest.mark.parametrize("space", ["\t", "\u2028", "\x85", " \t ", "\u00a0"])
def test_any_white_space_is_measured(space: str) -> None:
    """Also what no keyboard types: one piece ends there, or none where no line may end."""
    paragraph = nodes.paragraph("", f"one{space}two", nodes.strong("", f"{space}three"))
    assert Heights(928, BODY, 928).count_lines(paragraph, BODY.size, 928) == 1


def test_a_line_ends_where_its_author_ends_it() -> None:
    """By ``<br>``, of which one at the end begins no line."""
    end = nodes.raw("", "<br>", format="html")
    paragraph = nodes.paragraph("", "", nodes.Text("one"), end, nodes.Text("word " * 30), end.copy())
    assert Heights(928, BODY, 928).count_lines(paragraph, BODY.size, 928) == 4


def test_an_equation_that_cannot_be_drawn_counts_as_a_plain_one() -> None:
    """Its fault is told elsewhere."""
    assert Heights(928, BODY, 928).measure_blocks([nodes.math_block("", r"\frac{")]) == 192


class strange(nodes.General, nodes.Element):  # noqa: N801
    """A block of another extension."""


def test_a_block_of_another_extension_counts_for_nothing() -> None:
    """Nobody knows how high it is."""
    assert Heights(928, BODY, 928).measure_blocks([strange("", nodes.paragraph("", "words"))]) == 0


@pytest.mark.parametrize(
    ("whole", "item", "name", "said"),
    [
        (nodes.field_list, nodes.field, nodes.field_name, nodes.field_body),
        (nodes.option_list, nodes.option_list_item, nodes.option_group, nodes.description),
    ],
)
def test_a_list_in_a_list_of_fields_counts_once(
    whole: type[nodes.Element], item: type[nodes.Element], name: type[nodes.Element], said: type[nodes.Element]
) -> None:
    """A name has a line of its own, and so has what is said of it."""
    inner = whole("", item("", name(), said("", nodes.paragraph("", "words"))))
    outer = whole("", item("", name(), said("", inner)), item("", name(), said("", nodes.paragraph("", "words"))))
    assert Heights(928, BODY, 928).measure_blocks([outer]) == 5 * BODY.line + BODY.between
