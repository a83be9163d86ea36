"""Charts as they are written: what is read from their lines, and what is wrong in them."""

from __future__ import annotations

from typing import Any

import pytest

from paperdeck.charts.data import Cell, Chart, ChartError, Options
from paperdeck.charts.reading import read_chart

FACTS = {"mmlu": Cell(54.1, "54.1"), "share": Cell(8.0, "8%")}


def fact(key: str, words: str | None) -> Cell:
    """Look a key up in the ledger of these tests."""
    if key not in FACTS:
        raise LookupError(f"facts.yaml has no fact {key!r}")
    return Cell(FACTS[key].number, words or FACTS[key].text)


def chart(text: str, mark: str = "bar", **options: Any) -> Chart:
    """Read a chart from its lines."""
    return read_chart(text.splitlines(), mark, Options(**options), fact=fact)


def mistakes(text: str, mark: str = "bar", **options: Any) -> list[tuple[int | None, str]]:
    """Return the line and the message of all that is wrong in a chart."""
    with pytest.raises(ChartError) as caught:
        chart(text, mark, **options)
    return [(mistake.line, mistake.message) for mistake in caught.value.mistakes]


def test_cells_are_numbers_keys_words_or_nothing() -> None:
    """A cell gives the number that is drawn and the text that is written, and knows what is no fact."""
    found = chart("model | MMLU\nOLMoE | mmlu\nTwin | about 54 <mmlu>\nLlama | 1,046.2\nGrok |\nSmall | −2e-3", "dot")
    assert [row.cells[0] for row in found.rows] == [
        (54.1, "54.1"),
        (54.1, "about 54"),
        (1046.2, "1,046.2"),
        (None, "not reported"),
        (-0.002, "−2e-3"),
    ]
    assert found.literals == ((3, "1,046.2"), (5, "−2e-3"))
    assert [row.cells[0].number for row in chart("model | a\nx | .5\ny | 8%\nz | -0", "dot").rows] == [0.5, 8, 0]


def test_bar_in_a_name_is_text() -> None:
    r"""``\\|`` does not end a cell, at the end of a line neither."""
    assert chart("model | p(x\\|y) \\|\nOLMoE | mmlu").series == ("p(x|y) |",)


def test_markup_in_names_is_read() -> None:
    """Names, titles, facets, notes and what is drawn over a chart show words and letters, no marks."""
    text = r"""model | `score` | $t_1$ | why
**GLaM** | 1 | a | at *$O(n^2)$*
`OLMoE_1` | 2 | *b* | {fact}`mmlu`
%% line: 1.5 | by *chance*
%% arrow: **GLaM** -> `OLMoE_1` | $\times 2$
%% step 1: **GLaM**, by *chance*"""
    options = {"note": "why", "facet": "$t_1$", "highlight": ("**GLaM**",), "x": r"*time*", "unit": r"$\mu$s"}
    found = chart(text, **options)
    assert (found.series, found.facet, found.x, found.highlight) == (("score",), "t₁", "time, μs", {"GLaM"})
    assert [(row.name, row.facet, row.note) for row in found.rows] == [
        ("GLaM", "a", "at O(n²)"),
        ("OLMoE_1", "b", "{fact}`mmlu`"),
    ]
    assert [annotation.words for annotation in found.annotations] == ["by chance", "× 2"]
    assert found.annotations[1].ends == (("GLaM",), ("OLMoE_1",))
    assert [step.name for step in found.steps] == ["GLaM", "by chance"]


def test_tokens_are_shown_as_they_are_typed() -> None:
    """A token such as ``**`` or ``_x_`` is no markup."""
    assert chart("reads | _x_\n*a* | 1", "grid", tokens="both").rows[0].name == "*a*"


def test_what_a_name_cannot_show_is_told_at_its_line() -> None:
    """A formula that is no line of letters, and a role of another kind, are told with what to write."""
    found = mistakes("model | MMLU\n$\\hat{x}$ | 1\nGLaM {cite}`x` | 2")
    assert [line for line, _message in found] == [1, 2]
    assert "say it in words" in found[0][1]
    assert "write its words" in found[1][1]


def test_points_of_a_line_are_put_in_order() -> None:
    """A line goes from left to right, whatever the order of its rows; those with a gap may share a place."""
    found = chart("step | a | b\n2 | 4 |\n1 | 3 | 5\n2 | | 6", "line")
    assert [row.name for row in found.rows] == ["1", "2", "2"]


def test_markdown_table_is_read_too() -> None:
    """Bars at the ends of a line and the rule below the head are no cells."""
    assert chart("| model | MMLU |\n| --- | ---: |\n| OLMoE | mmlu |") == chart("model | MMLU\nOLMoE | mmlu")


def test_columns_of_kinds_and_notes_are_no_series() -> None:
    """What ``kind`` and ``note`` name is text, whichever column it is."""
    found = chart("model | note | MMLU\nOLMoE | of 100 | mmlu", note="note")
    assert (found.series, found.rows[0].note) == (("MMLU",), "of 100")


def test_titles_come_from_the_head() -> None:
    """The columns name the axes, options replace them, and the unit goes with the numbers."""
    plane = chart("model | parameters | MMLU\nOLMoE | 1.3e9 | mmlu", "scatter", unit="%")
    assert (plane.x, plane.y) == ("parameters", "MMLU, %")
    assert chart("model | MMLU\nOLMoE | mmlu", x="score").x == "score"


def test_every_mistake_is_told_at_its_line() -> None:
    """One bad chart, all that is wrong with it, in the order of its lines."""
    text = "model | MMLU\nOLMoE | mmmlu\n\nLlama | 4 | 5\nGrok | many!\nQwen | −3"
    assert mistakes(text, highlight=("GLaM",), kind="sort") == [
        (None, "“:kind:” is of scatter alone; leave it out"),
        (None, "“:kind: sort” is no column; the columns are: MMLU"),
        (None, "“:highlight: GLaM” is neither a row nor a column"),
        (1, "facts.yaml has no fact 'mmmlu'"),
        (3, "3 cells in a table of 2 columns; write one for each, empty where nothing is reported"),
        (4, "“many!” is neither a number nor a key of the ledger; write 54.1, or a key such as mmlu"),
    ]


@pytest.mark.parametrize(
    ("text", "mark", "options", "message"),
    [
        ("", "bar", {}, "needs a head and a row"),
        ("model | MMLU", "bar", {}, "needs a head and a row"),
        ("model\nOLMoE", "bar", {}, "no column of numbers"),
        (
            'paper,"copies, 2004"\nUSA Today,"2,192,098"',
            "bar",
            {},
            "and not between commas; write each line so: “paper |",
        ),
        ("year\tdead\n2014\t5", "line", {}, "and not between tabs; write each line so: “year | dead”"),
        (f"year;{'s' * 140_000}\n2014;5", "line", {}, f"write each line so: “year | {'s' * 195}…”"),
        ("model | a | b | c | d | e\nx | 1 | 2 | 3 | 4 | 5", "bar", {}, "split the chart"),
        ("model | a | a\nx | 1 | 2", "dot", {}, "the same name"),
        ("model | a\nx | 1", "scatter", {}, "two columns of numbers"),
        ("step | a\nfirst! | 1", "line", {}, "neither a number"),
        ("step | a\n| 1", "line", {}, "its place on the x axis"),
        ("step | a\n0 | 1", "line", {"log": "x"}, "no place for 0"),
        ("model | a\nx | 1", "bar", {"log": "x"}, "draw dots"),
        ("model | a\n" + "x | 1\n" * 201, "bar", {}, "at most 200"),
        ("model | a\nx | 1e999", "bar", {}, "“1e999” is too large to be drawn; give it another unit"),
        ("model | a\nx | −1e-200", "bar", {}, "too small to be drawn"),
        ("model | a\nx | 1e-999", "bar", {}, "“1e-999” is too small to be drawn"),
        ("model | a\nx | NaN", "bar", {}, "“NaN” is no number that can be drawn; leave the cell empty"),
        ("model | a\nx | -inf", "dot", {}, "leave the cell empty"),
        ("model | a\nx |", "bar", {}, "no number in it"),
        ("model | a | b\nx | 1 |", "scatter", {}, "no number in it"),
        ("step | a\n1 | 2\n0 | 1\n1 | 3", "line", {}, "two values at 1"),
        ("model | a\nx | 120", "bar", {"whole": "100 | all"}, "x: 120 is no share of the whole"),
        ("model | a\nx | −1", "bar", {"whole": "100 | all"}, "no share of the whole"),
        ("model | a\nx | 1", "bar", {"whole": "| all"}, "“:of:” says what the whole is"),
        ("model | a\nx | 1", "dot", {"log": "y"}, "no numbers along y; write “:log: x”"),
        ("model | a\nx | 1", "slope", {}, "at least 2 columns of numbers, as in “model | FP16 | INT4”"),
        ("weight | count\n5 | 1\n6 | 2", "histogram", {}, "write where it begins and ends: “0 to 10”"),
        ("weight | count\n0 to 1 | 1\n2 to 3 | 2", "histogram", {}, "begins at 2, the one before it ends at 1"),
        ("weight | count\n0 to 1 | 1\n1 to 3 | 2", "histogram", {}, "not equally wide"),
        ("weight | count\n1 to 0 | 1\n0 to 1 | 2", "histogram", {}, "ends before it begins"),
        ("run | a\nx | −1", "area", {}, "not above 0 and has no area"),
        ("run | a\nx | 5\ny | 6", "area", {"whole": "9"}, "y does not fit into x; each lies in the one before it"),
        ("run | a\n" + "x | 1\n" * 4, "area", {}, "at most 3 can be told apart; draw bars"),
        ("what | a\nx | 1\ny | 2", "number", {}, "a number stands alone: draw bars"),
        ("token | experts\nThe | 3", "strip", {}, "“:cells: 64 | experts”"),
        ("token | experts\nThe | 3", "strip", {"cells": "4096 | experts"}, "a strip of 4096 cells cannot be seen"),
        ("token | experts\nThe | 65", "strip", {"cells": "64"}, "there is no cell 65; the strip has 64"),
        ("token | experts\nThe | cat", "strip", {"cells": "64"}, "“cat” is no cell"),
        ("token | experts\nThe | 3 of 2", "strip", {"cells": "64"}, "there is no cell 3; the strip has 2"),
        ("token | experts\nThe | all of 65", "strip", {"cells": "64"}, "at most that of the strip, 64"),
        ("token | a | b\nThe | 1 of 2 | 1 of 3", "strip", {"cells": "64"}, "a row of 2, 3 cells; write one number"),
        ("token | experts\nThe | 3", "strip", {"cells": "64", "lit": "2"}, "lights 1 cells; “:lit:” says 2"),
        ("model | a\nx | 2.5", "waffle", {}, "2.5 is no whole number of cells"),
        ("model | a | b\nx | 5 | 6", "waffle", {"whole": "10"}, "11 cells are lit of 10; the parts are more than"),
        ("model | a\nx | 5000", "waffle", {}, "more than 512 cannot be seen: let one stand for more"),
        ("model | a\nx | 5", "waffle", {"signs": ("?",)}, "“:signs: ?” is no sign"),
        ("model | a\nx | 5", "blocks", {}, "blocks say what one of them is"),
        ("model | a | cards\nx | 50 | 2", "blocks", {"each": "24"}, "fill 2.08 blocks, and there are 2"),
        ("model | a | cards\nx | 40 | 2.5", "blocks", {"each": "24"}, "no whole number of blocks"),
        ("model | a\nx | 5000", "blocks", {"each": "24"}, "more than 40 cannot be counted"),
        ("layer | a\nx | −1", "grid", {}, "not above 0 and has no shade"),
        ("reads | a\nx | b\n%% key: c | sees", "grid", {}, "“b” has no meaning; the letters are: c"),
        ("model | a\nx | 1", "bar", {"masked": ("x",)}, "of strip and grid alone"),
        ("model | a\nx | 1\n%% key: c | sees", "bar", {}, "in a grid alone"),
        ("model | a\nx | 1\n%% spike: 5 | here", "bar", {}, "“%% spike” is unknown; write one of: step, line"),
        ("model | a\nx | 1\n%% nothing", "bar", {}, "“%%” begins one of: step, line"),
        ("model | a\nx | 1\n%% line: y = x | same", "bar", {}, "of scatter and line alone"),
        ("model | a\nx | 1\n%% line: y = 5 | here", "bar", {}, "lie along x"),
        ("model | a\nx | 1\n%% line: many! | here", "bar", {}, "neither a number nor a key"),
        ("model | a\nx | 1\n%% line: 0 | here", "dot", {"log": "x"}, "no place for 0 and below"),
        ("layer | a\nx |", "grid", {}, "no number in it"),
        ("model | a\nx | 0", "waffle", {}, "x has no cells; say with “:of:” how many there are"),
        ("run | a\nx | 0", "area", {}, "0 is not above 0 and has no area"),
        ("model | a\nx | 1\n%% band: 5 | here", "bar", {}, "write “%% band: 20 to 30 | by chance”"),
        ("model | a\nx | 1\n%% arrow: x | here", "bar", {}, "write two marks with “->” between them"),
        ("model | a\nx | 1\n%% arrow: x -> y | here", "bar", {}, "“y” is not in the chart; write one of: x"),
        ("model | a | b\nx | 1 | 2\ny | 1 | 2\n%% arrow: x -> y | ", "bar", {}, "name the column too: “x, b”"),
        ("model | a\nx | 1\n%% arrow: x, a -> x, c | here", "bar", {}, "“c” is no column; the columns are: a"),
        ("model | a\nx | 1\n%% difference: x -> x | y", "number", {}, "no marks that differences could join"),
        ("w | a\n0 to 1 | 1\n1 to 2 | 1\n%% arrow: 0 to 1 -> 1 to 2 | ", "histogram", {}, "arrows could join"),
        ("model | a\nx | 1\n%% line: 5 | here", "number", {}, "“number” has no axis on which lines could lie"),
        ("model | a\nx | 1\n%% link: a", "bar", {}, "links join the rows of a strip"),
        ("model | a\nx | 1\n%% step 1: y", "bar", {}, "“y” is no row, column, letter or words of this chart"),
        ("model | a\nx | 1\n%% step 2: x", "bar", {}, "step 2 follows no other"),
        ("model | a\nx | 1\n%% step: x", "bar", {}, "write “%% step 2: name, name”"),
    ],
)
def test_chart_that_cannot_be_drawn_says_why(text: str, mark: str, options: dict[str, str], message: str) -> None:
    """A chart of the wrong shape is refused with what to write instead."""
    assert any(message in found for _line, found in mistakes(text, mark, **options))


def test_step_that_cannot_be_read_is_told_once() -> None:
    """At its line, as one of a diagram is."""
    assert mistakes("model | a\nx | 1\n%% step 1 x") == [(2, "write “%% step 2: name, name”")]


def test_lines_over_a_chart_are_no_rows() -> None:
    """What ``%%`` begins says where it lies and what it joins; its numbers are facts or told like any other."""
    found = chart("model | a\nx | 1\ny | 10\n%% line: mmlu | by chance\n%% arrow: y -> x | ÷ 10\n%% step 1: ÷ 10")
    line, arrow = found.annotations
    assert (line.axis, line.numbers, line.words) == ("x", (54.1,), "by chance")
    assert arrow.ends == (("y",), ("x",))
    assert [(step.number, step.name) for step in found.steps] == [(1, "÷ 10")]
    assert found.literals == ((1, "1"), (2, "10"), (4, "10"))
    assert [row.name for row in found.rows] == ["x", "y"]


def test_cells_of_a_strip_are_numbers_ranges_or_names() -> None:
    """They count from one; ``all`` is all, an empty cell none, and a name every cell that is called so."""
    lit = chart("token | a | b\nThe | 2, 4-5 | \ncat | all | 1", "strip", cells="6 | experts").rows
    assert [row.lit for row in lit] == [((1, 3, 4), ()), ((0, 1, 2, 3, 4, 5), (0,))]
    named = chart("state | a\nx | the, 4", "strip", cells="the, cat, the, sat")
    assert (named.cells, named.rows[0].lit) == (("the", "cat", "the", "sat"), ((0, 2, 3),))


def test_row_of_a_strip_may_have_fewer_cells() -> None:
    """``of`` says how many, after any of its columns; a token that is called so stays a name."""
    rows = chart("layer | dense | mixture\na | all of 1 |\nb | | 2, 5\nc | | 1 of 4", "strip", cells="6").rows
    assert [(row.lit, row.fewer) for row in rows] == [(((0,), ()), 1), (((), (1, 4)), 0), (((), (0,)), 4)]
    assert chart("state | a\nx | of", "strip", cells="one, of, 2").rows[0].lit == ((1,),)


@pytest.mark.parametrize("comma", "、，،,")
def test_names_have_commas_of_any_script_between(comma: str) -> None:
    """Where one of ours stands, the others are tokens like any."""
    found = chart(f"state | a\nx | 我{comma} 好", "strip", cells=f"我{comma}很{comma} 好")
    assert (found.cells, found.rows[0].lit) == (("我", "很", "好"), ((0, 2),))
    assert chart("state | a\nx | 2", "strip", cells="我, ，, 好").cells == ("我", "，", "好")


def test_count_is_whole_in_the_words_that_stand_there() -> None:
    """A share that is written as 8% lights eight cells of a hundred; one that is written as 8.2% lights none."""
    assert chart("model | a\nx | share", "waffle", whole="100").rows[0].cells[0].text == "8%"
    assert any("no whole number" in said for _line, said in mistakes("model | a\nx | 8.2%", "waffle", whole="100"))


def test_points_that_are_no_numbers_are_told_alone() -> None:
    """What has no place cannot be in the place of another."""
    assert [line for line, _message in mistakes("day | a\n2019-01 | 5\n2020-01 | 6", "line")] == [1, 2]


def test_dates_of_a_timeline_are_literals_or_facts() -> None:
    """Each row has the time that it covers; what is no date, or has none, is told at its line."""
    found = chart("model | published\na | 2021-12\nb | 2020", "timeline")
    assert [(row.name, row.cells[0].text) for row in found.rows] == [("a", "Dec 2021"), ("b", "2020")]
    assert found.literals == ((1, "2021-12"), (2, "2020"))
    told = mistakes("model | published\na | soon\nb | mmlu\nc |\nd | 2021-02-30", "timeline")
    assert [line for line, _message in told] == [1, 2, 3, 4]
    assert "“54.1” is no date" in told[1][1]
    assert "leave its row out" in told[2][1]
