"""The chart directive: what each output holds, and what is told at which line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

CHARTS = CONF + 'myst_enable_extensions = ["colon_fence"]\nnumfig = True\n'
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
        "index.md": "# C\n\n```{chart} bar\n:x: score\n\nmodel | MMLU\nOLMoE | mlu\n```\n\n```{chart} pie\nx\n```\n\n"
        "```{chart}\nx\n```\n",
        "more.rst": f":orphan:\n\nC\n=\n\n.. chart:: bar\n   :x: score\n\n{rows}",
        "facts.yaml": LEDGER,
    }
    output = small_site(documents, conf=CHARTS).build("html")
    told = [line.partition("; ")[0] for line in output.warnings if "[paperdeck.chart]" in line]
    assert [re.sub(r"/\S*/", "", line) for line in told] == [
        "index.md:7: ERROR: chart: facts.yaml has no fact 'mlu'",
        "index.md:10: ERROR: chart: “pie” is no mark",
        "index.md:14: ERROR: chart: it has no mark",
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


STEPS = """\
# C

::::{slide} S
:layout: figure
:::{chart} slope
:plain:
model | FP16 | INT4
OLMoE | 54 | 53
Llama | 46 | 20
%% step 1: Llama
%% step 2 focus: OLMoE
:::
::::
"""


def test_steps_of_a_chart_are_clicks_of_its_slide(small_site: Callable[..., SmallSite]) -> None:
    """On the deck they are fragments in order; the article shows the whole."""
    site = small_site(STEPS, conf=CHARTS)
    deck = site.quietly("revealjs").page("index.html")
    clicks = {(part["data-fragment-index"], " ".join(part["class"])) for part in deck.select("svg .fragment")}
    assert clicks == {("0", "fragment"), ("1", "fragment custom dim")}
    assert not site.quietly("html").page().select(".fragment")


def test_chart_that_starts_empty_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Where every mark waits for a click the slide looks broken before it."""
    output = small_site(STEPS.replace("1: Llama", "1: Llama, OLMoE"), conf=CHARTS).build("html")
    (warning,) = output.warnings
    assert warning.startswith("index.md:5: WARNING: chart: every mark waits for a click; leave a row out of the steps")
    assert warning.endswith("[paperdeck.empty_start]")


def test_whole_is_there_from_the_start(small_site: Callable[..., SmallSite]) -> None:
    """Its parts may all wait, for they come into it."""
    lines = ":of: 100 | all tokens", ":plain:", "a | b", "x | 60", "y | 20", "%% step 1: x", "%% step 2: y"
    chart = "\n".join([":::{chart} area", *lines, ":::"])
    small_site(f"# C\n\n::::{{slide}} S\n:layout: figure\n{chart}\n::::\n", conf=CHARTS).quietly("revealjs")


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
