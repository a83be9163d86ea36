"""What is too wide for its place is broken with a mark or set smaller, and what is not stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from paperdeck.deck.fit import count_columns, wrap_lines
from paperdeck.maths.boxes import measure_mathml
from paperdeck.maths.mathml import to_mathml
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

DOLLARS = 'myst_enable_extensions = ["colon_fence", "dollarmath"]\n'
SLIDES = """\
# Talk

:::{slide} Code beside words
:layout: split
- one

```python
x = 1
torch.save(model.state_dict(), path_to_the_checkpoint_of_this_run)
```
:::

:::{slide} Code that fits
```{code-block} python
:emphasize-lines: 1,2
torch.save(model.state_dict(), path_to_the_checkpoint_of_this_run)
x = 1
```
:::

:::{slide} A wide table
| Parameters | Experts | Benchmarks | Perplexity | Throughput | Hardware |
| --- | --- | --- | --- | --- | --- |
| onehundredbillion | thousands | everything | unspecified | unmeasurable | accelerators |
:::

:::{slide} A table of long lines
| a | b |
| --- | --- |
| short | a line that is as long as it likes, for it has many words at which it can be broken, and so it is |
:::

::::{slide} Two sides
:layout: compare
:::{side} Left
- **96** used
:::
:::{side} Right
- **Ninety-six billion** held
:::
::::

:::{slide} A wide equation
:layout: split
- one

$$
L = \\frac{1}{N}\\sum_{i=1}^{N} \\log p(x_i \\mid x_{<i}) + \\alpha \\sum_{e=1}^{E} f_e P_e + \\beta z^2
$$
:::

:::{slide} An equation
$$
a = b + c
$$
:::
"""


@pytest.mark.parametrize(("line", "columns"), [("x = 1", 5), ("\tx", 5), ("注意", 4), ("", 0)])
def test_a_line_is_as_wide_as_its_letters(line: str, columns: int) -> None:
    """A tab goes to the next stop, and letters of East Asia take two columns."""
    assert count_columns(line) == columns


def test_each_line_of_code_gets_an_element() -> None:
    """Emphasised lines have one; a line that is empty keeps its place."""
    html = '<pre><span></span><span class="k">a</span>\n\n<span class="hll">b\n</span>c\n</pre>\n'
    line = '<span class="paperdeck-line">{}\n</span>'
    assert wrap_lines(html) == "".join(
        (
            "<pre>",
            line.format('<span class="k">a</span>'),
            line.format(""),
            '<span class="hll">b\n</span>',
            line.format("c"),
            "</pre>\n",
        )
    )


@pytest.mark.parametrize(("narrow", "wide"), [("x", "xy"), ("x_i", "x_{ij}"), (r"\frac{a}{b}", r"\frac{a}{b+c}")])
def test_more_of_an_equation_is_wider(narrow: str, wide: str) -> None:
    """In letter sizes; how wide a browser draws one is a test in a browser."""
    assert 0 < measure(narrow) < measure(wide)


def measure(tex: str) -> float:
    """Return about how wide an equation is."""
    return measure_mathml(ET.fromstring(to_mathml(tex, display=True))).width


def test_only_what_is_too_wide_is_set_otherwise(small_site: Callable[..., SmallSite]) -> None:
    """Long lines of code, tables of long words, numbers of many letters, and long equations."""
    page = small_site(SLIDES, more=DOLLARS).deck().page()
    assert len(page.select("#slide-code-beside-words pre > .paperdeck-line")) == 2
    assert not page.select("#slide-code-that-fits .paperdeck-line")
    assert page.select_one("#slide-a-wide-table table.paperdeck-narrow")
    assert not page.select("#slide-a-table-of-long-lines .paperdeck-narrow")
    assert [bool(side.select("ul.paperdeck-below")) for side in page.select(".paperdeck-side")] == [False, True]
    styles = [math.get("style") for math in page.select("section[data-slide] div.math")]
    assert [(style or "").split("; ")[0] for style in styles] == ["--equation: 28px", ""]
    assert "--ems: " in styles[0]  # by which a phone sets it still smaller


def test_long_words_of_a_table_break_alone(small_site: Callable[..., SmallSite]) -> None:
    """Where those are not enough, every word breaks and the table is told of."""
    address = "https://example.org/" + "a" * 80
    row = "| hundred " * 16
    slides = f"""\
:::{{slide}} An address
| Name | Address |
| --- | --- |
| short | {address} |
:::

:::{{slide}} Too many columns
{row}|
{"| --- " * 16}|
{row}|
:::
"""
    output = small_site(f"# T\n\n{slides}").build("revealjs")
    page = output.page()
    [cell] = page.select("#slide-an-address .paperdeck-broken")
    assert cell.name == "td"
    assert cell.text == address
    assert [part.name for part in page.select("#slide-too-many-columns .paperdeck-broken")] == ["table"]
    [told] = output.warnings
    assert "index.md:10: WARNING: the table is about" in told


def test_a_table_is_as_wide_as_what_it_shows(small_site: Callable[..., SmallSite]) -> None:
    """A formula is not as wide as its TeX, a picture not as its description; one alone on a slide has all of it."""
    bench = "| MMLU | ARC | BoolQ | PIQA | HellaSwag | Winogrande | QA |\n" + "| --- " * 7 + "|\n" + "| 9 " * 7 + "|\n"
    formulas = "| $\\mathbf{W}_1^{(t)}$ " * 7 + "|\n" + "| --- " * 7 + "|\n"
    pictures = "| ![a long-drawn description](a.png) " * 6 + "|\n" + "| --- " * 6 + "|\n"
    slides = "".join(
        f":::{{slide}} {title}\n:layout: split\n{text}{table}:::\n\n"
        for title, text, table in (("A", "", bench), ("B", "- b\n\n", formulas), ("C", "- c\n\n", pictures))
    )
    output = small_site({"index.md": f"# T\n\n{slides}", "a.png": draw_png(20, 30)}, more=DOLLARS).build("revealjs")
    assert output.warnings == []
    assert not output.page().select(".paperdeck-narrow")


def test_a_cell_beside_a_merged_one_knows_that_it_is_not_the_first(small_site: Callable[..., SmallSite]) -> None:
    """So that it stands below the cells of its column."""
    lines = ["+---+---+", "| a | b |", "|   +---+", "|   | c |", "+---+---+", "| d | e |", "+---+---+"]
    table = "\n".join(lines)
    page = small_site(f"# Talk\n\n:::{{slide}} Merged\n```{{eval-rst}}\n{table}\n```\n:::\n").deck().page()
    assert [cell.get_text(strip=True) for cell in page.select("td.paperdeck-inner")] == ["c"]
