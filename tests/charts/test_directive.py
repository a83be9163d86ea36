"""Charts: what is read from their lines, what is drawn of it, and what each output holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from paperdeck.charts.data import Cell, Chart, ChartError, Options, read_chart
from paperdeck.charts.layout import Box, Frame, Label, Room, Text, move_apart, place_labels
from paperdeck.charts.marks import draw_chart
from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

CHARTS = CONF + 'myst_enable_extensions = ["colon_fence"]\nnumfig = True\n'
ROOM = Room(1120, 400, 20, 104)
SVG = "{http://www.w3.org/2000/svg}"
FACTS = {"mmlu": Cell(54.1, "54.1"), "share": Cell(8.0, "8%")}
LEDGER = """\
mmlu:
  says: OLMoE on MMLU
  value: 54.1
  known: ours
share:
  says: share that is active
  value: 0.08
  show: "{value:.0%}"
  known: ours
licence:
  says: licence
  text: open
  known: ours
"""


def fact(key: str, words: str | None) -> Cell:
    """Look a key up in the ledger of these tests."""
    if key not in FACTS:
        raise LookupError(f"facts.yaml has no fact {key!r}")
    return Cell(FACTS[key].number, words or FACTS[key].text)


def chart(text: str, mark: str = "bar", **options: object) -> Chart:
    """Read a chart from its lines."""
    return read_chart(text.splitlines(), mark, Options(**options), fact=fact)  # type: ignore[arg-type]


def mistakes(text: str, mark: str = "bar", **options: object) -> list[tuple[int | None, str]]:
    """Return the line and the message of all that is wrong in a chart."""
    with pytest.raises(ChartError) as caught:
        chart(text, mark, **options)
    return [tuple(mistake) for mistake in caught.value.mistakes]  # type: ignore[misc]


# --- reading ----------------------------------------------------------------------------------------------------


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
        ("model | a | b | c | d | e\nx | 1 | 2 | 3 | 4 | 5", "bar", {}, "split the chart"),
        ("model | a | a\nx | 1 | 2", "dot", {}, "the same name"),
        ("model | a\nx | 1", "scatter", {}, "two columns of numbers"),
        ("step | a\nfirst! | 1", "line", {}, "neither a number"),
        ("step | a\n| 1", "line", {}, "its place on the x axis"),
        ("step | a\n0 | 1", "line", {"log": "x"}, "no place for 0"),
        ("model | a\nx | 1", "bar", {"log": "x"}, "of line and scatter alone"),
        ("model | a\n" + "x | 1\n" * 201, "bar", {}, "at most 200"),
    ],
)
def test_chart_that_cannot_be_drawn_says_why(text: str, mark: str, options: dict[str, str], message: str) -> None:
    """A chart of the wrong shape is refused with what to write instead."""
    assert any(message in found for _line, found in mistakes(text, mark, **options))


# --- layout -----------------------------------------------------------------------------------------------------


def test_label_takes_the_first_free_side() -> None:
    """A label moves on from a side on which it would cover something."""
    frame = Frame(ROOM, 0, 0, 1000, 300, 400)
    label = Label(500, 100, 7, "OLMoE", "", 1.0, ("right", "left"))
    assert place_labels([label], frame, [])[0][0].anchor == "start"
    assert place_labels([label], frame, [Box(510, 90, 600, 110)])[0][0].anchor == "end"
    assert place_labels([label], frame, [Box(510, 90, 600, 110), Box(400, 90, 490, 110)])[1] == ["OLMoE"]


def test_labels_of_lines_keep_their_distance_and_order() -> None:
    """Labels that would meet are moved apart, no further than they must, and not below the plot."""
    assert move_apart({"a": 10, "b": 12, "c": 100}, 20, 0, 110) == {"a": 10, "b": 30, "c": 100}
    assert move_apart({"a": 100, "b": 108}, 20, 0, 110) == {"a": 90, "b": 110}


# --- drawing ----------------------------------------------------------------------------------------------------

PLAIN = {
    "bar": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "dot": "model | GPT-3 | GLaM\nZero | 56.9 | 62.7\nOne | 61.6 | 65.5",
    "line": "step | GPT-3 | GLaM\n0 | 5 | 5.1\n100 | 3 | 2.5",
    "scatter": "model | parameters | score\nGLaM | 1e9 | 40\nGPT-3 | 2e9 | 50",
}


@pytest.mark.parametrize("mark", PLAIN)
def test_picture_leaves_colours_to_the_page(mark: str) -> None:
    """An SVG is XML, text is text, every colour is a property of the page, and the paper at hand has the accent."""
    svg = draw_chart(chart(PLAIN[mark], mark, highlight=("GLaM",)), ROOM, "Scores <of> two & more").svg
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Scores <of> two & more")
    assert any("GPT-3" in (text.text or "") for text in root.iter(f"{SVG}text"))
    styles = " ".join(element.get("style", "") for element in root.iter())
    assert set(re.findall(r"(?:fill|stroke):([^;\s]+)", styles)) <= {
        "none", "var(--ground)", "var(--pd-accent)", "var(--pd-series-1)", "var(--pd-series-context)"
    }  # fmt: skip
    assert "var(--pd-accent)" in styles
    assert "#" not in svg


def lengths(svg: str) -> list[float]:
    """Return the lengths of the bars of a picture, tracks and bars as they were drawn."""
    return [float(bar.get("width", 0)) for bar in ET.fromstring(svg).iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_numbers() -> None:
    """A bar begins at zero: its length is to another's as their numbers are."""
    one, two = lengths(draw_chart(chart("model | score\na | 50\nb | 60"), ROOM, "").svg)
    assert one / two == pytest.approx(50 / 60, abs=0.001)


def test_bar_of_a_whole_lies_on_a_track() -> None:
    """With ``of``, the track is the whole and the bar its share, one row or many."""
    for text in ("model | share\na | 8", "model | share\na | 8\nb | 19"):
        found = lengths(draw_chart(chart(text, whole="100 | kept"), ROOM, "").svg)
        assert found[len(found) // 2] / found[0] == pytest.approx(0.08, abs=0.001)


def test_same_chart_gives_the_same_bytes() -> None:
    """Nothing of the moment is in a picture."""
    assert draw_chart(chart(PLAIN["dot"], "dot"), ROOM, "x") == draw_chart(chart(PLAIN["dot"], "dot"), ROOM, "x")


def test_texts_stay_inside_the_picture() -> None:
    """Names, values and titles of every mark, in a narrow room and a wide one, lie inside; they cover no other."""
    for room in (ROOM, Room(576, 392, 18, 72), Room(396, 320, 14, 52)):
        for mark, text in PLAIN.items():
            picture = draw_chart(chart(text, mark, highlight=("GLaM",)), room, "x")
            assert picture.problems == ()
            root = ET.fromstring(picture.svg)
            boxes = [box_of(element, room) for element in root.iter(f"{SVG}text")]
            height = float(root.get("height", 0))
            assert all(box.left >= 0 and box.right <= room.width + 0.5 for box in boxes), (mark, room)
            assert all(box.top >= -1 and box.bottom <= height + 1 for box in boxes), (mark, room)
            pairs = [(one, two) for one in boxes for two in boxes if one is not two]
            assert max(one.overlap(two) for one, two in pairs) < 1, (mark, room)


def box_of(element: ET.Element, room: Room) -> Box:
    """Return what a text of an SVG covers."""
    size = re.search(r"font-size:([\d.]+)em", element.get("style", ""))
    return Text(
        float(element.get("x", 0)),
        float(element.get("y", 0)),
        element.text or "",
        element.get("text-anchor", "start"),
        element.get("class", ""),
        float(size[1]) if size else 1.0,
    ).box(room)


def test_what_is_counted_has_whole_ticks() -> None:
    """Between whole numbers an axis has no halves; between others it has."""
    ticks = {}
    for last in ("3", "2.5"):
        svg = draw_chart(chart(f"shots | score\n0 | 1\n{last} | 40", "line", x=""), ROOM, "").svg
        texts = ET.fromstring(svg).iter(f"{SVG}text")
        ticks[last] = [text.text for text in texts if text.get("text-anchor") == "middle"]
    assert ticks["3"] == ["0", "1", "2", "3"]
    assert any("." in str(tick) for tick in ticks["2.5"])


def test_crowded_labels_are_told() -> None:
    """Where labels find no room the author hears of it."""
    rows = "\n".join(f"Some model {number} | 1 | {1 + number / 1000}" for number in range(20))
    problems = draw_chart(chart(f"model | x | y\n{rows}\nother | 2 | 9", "scatter"), ROOM, "x").problems
    assert "no room for the label" in problems[0]


# --- in a site --------------------------------------------------------------------------------------------------

DOCUMENT = """\
# Charts

See {numref}`scores`.

```{chart} bar
:name: scores
:caption: Scores of *two* models
:highlight: OLMoE
model | MMLU
OLMoE | mmlu
Llama | 46.2
```

::::{slide} Few of many
:layout: statement
:::{chart} bar
:of: 100% | are kept
:alt: A small part
:plain:
tokens | share
compute | share
:::
::::
"""


@pytest.mark.parametrize("folder", ["html", "revealjs"])
def test_chart_is_a_figure_in_both_outputs(small_site: Callable[..., SmallSite], folder: str) -> None:
    """Article and deck hold finished SVG with a name, and the same values as a table."""
    site = small_site({"index.md": DOCUMENT, "facts.yaml": LEDGER}, conf=CHARTS)
    output = site.build(folder)
    assert [line for line in output.warnings if "unused_fact" not in line] == []
    figures = output.page().select("figure.chart")
    assert len(figures) == (2 if folder == "html" else 1)
    last = figures[-1]
    assert last.svg is not None
    assert last.svg["aria-label"] == "A small part"
    rows = [[cell.get_text() for cell in row("th") + row("td")] for row in last.select(".chart-values tr")]
    assert rows == [["tokens", "share"], ["compute", "8%"], ["are kept", "100%"]]
    if folder == "html":
        assert figures[0]["id"] == "scores"
        assert figures[0].figcaption is not None
        assert figures[0].figcaption.get_text().strip().startswith("Fig. 1 Scores of two models")
        assert 'href="#scores"' in output.text("index.html")


def test_unchanged_chart_is_not_drawn_again(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is written again takes its charts from the cache."""
    site = small_site({"index.md": DOCUMENT, "facts.yaml": LEDGER}, conf=CHARTS)
    first = site.build("html").page().select("figure.chart svg")
    monkeypatch.delattr("paperdeck.charts.marks.draw_chart")
    assert site.build("html", html_title="another").page().select("figure.chart svg") == first


def test_mistakes_stand_at_their_lines(small_site: Callable[..., SmallSite]) -> None:
    """An error names the line of the row or of the directive, in MyST and in reST; the page says what is missing."""
    rows = "   model | MMLU\n   OLMoE | many!\n   Llama | licence\n"
    documents = {
        "index.md": "# C\n\n```{chart} bar\n:x: score\n\nmodel | MMLU\nOLMoE | mlu\n```\n\n```{chart} pie\nx\n```\n",
        "more.rst": f":orphan:\n\nC\n=\n\n.. chart:: bar\n   :x: score\n\n{rows}",
        "facts.yaml": LEDGER,
    }
    output = small_site(documents, conf=CHARTS).build("html")
    told = [line.partition("; ")[0] for line in output.warnings if "[paperdeck.chart]" in line]
    assert [re.sub(r"/\S*/", "", line) for line in told] == [
        "index.md:7: ERROR: chart: facts.yaml has no fact 'mlu'",
        "index.md:10: ERROR: chart: “pie” is no mark",
        "more.rst:10: ERROR: chart: “many!” is neither a number nor a key of the ledger",
        "more.rst:11: ERROR: chart: the fact 'licence' is a text",
    ]
    assert "Here a chart is missing" in output.text("index.html")


def test_number_without_a_source_on_a_slide_is_told(small_site: Callable[..., SmallSite]) -> None:
    """On a slide of a document with a ledger a chart draws facts; ``plain`` says that an example is none."""
    slide = "::::{slide} S\n:layout: figure\n:::{chart} bar\n%smodel | MMLU\nOLMoE | mmlu\nLlama | 46.2\n:::\n::::\n"
    for plain, expected in (("", ["index.md:8: WARNING: '46.2' in a chart has no source"]), (":plain:\n", [])):
        documents = {"index.md": "# C\n\n" + slide % plain, "facts.yaml": LEDGER}
        output = small_site(documents, conf=CHARTS).build("html")
        assert [line.partition(";")[0] for line in output.warnings if "unsourced" in line] == expected


def test_facts_of_a_chart_are_used_and_named(small_site: Callable[..., SmallSite]) -> None:
    """A fact that stands in a chart alone is no unused one, also in a note."""
    text = "# C\n\n```{chart} bar\n:note: licence\nmodel | MMLU | licence\nOLMoE | mmlu | {licence}, {share}\n```\n"
    output = small_site({"index.md": text, "facts.yaml": LEDGER}, conf=CHARTS).articles()
    assert "open, 8%" in output.text("index.html")


def test_latex_gets_a_pdf(small_site: Callable[..., SmallSite]) -> None:
    """For LaTeX a chart is a picture with its colours and letters in it."""
    output = small_site({"index.md": DOCUMENT, "facts.yaml": LEDGER}, conf=CHARTS).build("latex")
    pictures = output.bytes("chart-*.pdf")
    assert len(pictures) == 2
    assert all(content.startswith(b"%PDF") and b"/Font" in content for content in pictures.values())


def test_text_gets_a_table(small_site: Callable[..., SmallSite]) -> None:
    """Where no picture can be, the values stand as a table."""
    output = small_site({"index.md": DOCUMENT, "facts.yaml": LEDGER}, conf=CHARTS).build("text")
    assert re.search(r"OLMoE +\| 54\.1", output.text("index.txt"))


def test_parallel_build_gives_the_same_pages(small_site: Callable[..., SmallSite]) -> None:
    """The engine that draws does not stand in the way of several processes."""
    documents = {
        f"{name}.md": DOCUMENT.replace("scores", name) for name in ("index", "one", "two", "three", "four", "five")
    }
    documents["facts.yaml"] = LEDGER
    pages = [
        small_site(documents, conf=CHARTS, more='suppress_warnings = ["toc.not_included"]')
        .build("html", parallel=parallel)
        .bytes("*.html")
        for parallel in (0, 2)
    ]
    assert pages[0] == pages[1]
