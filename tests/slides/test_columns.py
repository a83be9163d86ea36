"""An author may say how wide the columns of a slide are to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

SLIDES = """\
# Talk

:::{slide} Text first
:layout: split
:columns: 30 70
- text

```python
x
```
:::

:::{slide} Picture first
:layout: split
:columns: 30 70

```python
x
```

- text
:::

::::{slide} Sides
:layout: compare
:columns: 1, 2, 1
:::{side} A
- a
:::
:::{side} B
- b
:::
:::{side} C
- c
:::
::::
"""


def test_columns_are_as_wide_as_their_author_says(small_site: Callable[..., SmallSite]) -> None:
    """Those of a split have the text's share of the room, wherever it stands; sides have each their own."""
    page = small_site(SLIDES).deck().page()
    assert [slide.get("style") for slide in page.select("section[data-slide]")] == [
        "--text-width: 326px",
        "--text-width: 762px",
        "--columns: minmax(0, 1fr) minmax(0, 2fr) minmax(0, 1fr)",
    ]


@pytest.mark.parametrize(
    ("layout", "columns", "told"),
    [
        ("bullets", "40 60", "index.md:3: WARNING: `:columns:` has 2 numbers, and the slide “One” has no columns"),
        ("split", "1 2 3", "index.md:3: WARNING: `:columns:` has 3 numbers, and the slide “One” has 2 columns"),
        ("split", "wide", "write how wide each column is to the others"),
    ],
)
def test_columns_that_are_not_there_are_told(
    small_site: Callable[..., SmallSite], layout: str, columns: str, told: str
) -> None:
    """At the line of the slide; its columns are then those of its layout."""
    document = f"# T\n\n:::{{slide}} One\n:layout: {layout}\n:columns: {columns}\n- a\n\n```python\nx\n```\n:::\n"
    output = small_site(document).build("revealjs")
    [warning] = output.warnings
    assert told in warning
    assert not output.page().select_one("#slide-one").get("style")


@pytest.mark.parametrize(("columns", "widest"), [("", 480), (":columns: 30 70\n", 262)])
def test_charts_that_share_a_slide_are_drawn_for_their_columns(
    small_site: Callable[..., SmallSite], columns: str, widest: int
) -> None:
    """Two without text beside them are no wider than what the narrower column leaves them."""
    one = ":::{chart} area\n:plain:\n:of: 9 | whole\nwhat | share\na part | 3\n:::\n"
    page = small_site(f"# T\n\n::::{{slide}} Two\n:layout: split\n{columns}\n{one}\n{one}::::\n").deck().page()
    widths = [float(str(svg["viewBox"]).split()[2]) for svg in page.select("svg.wide")]
    assert widths == [widest, widest]


CHART = "```{chart} bar\n:alt: Bars.\n:plain:\nname | value\nA | 12\nB | 40\n```\n"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (f"- text\n\n{CHART}", 448),
        ("- text\n\n" + "".join(f"  {line}\n" for line in CHART.splitlines()), 420),
        ("> text\n>\n" + "".join(f"> {line}\n" for line in CHART.splitlines()), 416),
        (f"::::{{note}}\ntext\n\n{CHART}::::\n", 416),
    ],
    ids=["below a list", "in a list", "in a quotation", "in a note"],
)
def test_a_chart_in_the_text_of_a_split_is_as_wide_as_that(
    small_site: Callable[..., SmallSite], text: str, width: int
) -> None:
    """Where an equation stands beside it; drawn for the wide column it ran over the slide's edge."""
    page = small_site(f"# T\n\n:::::{{slide}} One\n:layout: split\n$$\nx\n$$\n\n{text}:::::\n").deck().page()
    assert float(page.select_one(".paperdeck-text .chart svg")["width"]) <= width
