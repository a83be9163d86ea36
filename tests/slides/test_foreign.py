"""What other tools read: told at its line, with what to write here, and nothing told of what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.foreign import find_brackets, find_lost_cells, split_cells
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

FOREIGN = r"""# Talk

:::{slide} One
| token | use |
| --- | --- |
| <|im_start|> | chat |
| a \| b | c |

---

. . .

- with {.fragment} at its end
- ![wide](a.png){width=50%}

In a line \(a_1\) and
another \[ \frac{1}{2} \].

<!-- .element: class="fragment" -->

![drawn](a.pdf)

```{revealjs-break}
```

```{revealjs-section}
:data-background-color: red
```

Said <!-- and what

is not to be --> said.
:::
"""

PASTED = r"""# Talk {#talk}

:::{slide} One {.smaller}
- \textbf{bold}, \citep[p. 3]{doe} and *\emph{not seen}*

![[my field.png|300]] and [[a page]], {{< kbd m >}} for {{ a menu }}

> [!WARNING] Mind
> the gap

::right::

$$
x = 1

- \includegraphics[width=3cm]{a.png}
:::
"""

SPACED = """# T

:::{slide} A
![a *field*](my field.png) or ![a field](my field.png), and [the data](/data/all rows.csv)
:::

Neither [a](b c) nor [a](b.md "A title.") nor `![a](b c.png)` nor [x](<a b.md>).
"""


def test_a_name_with_a_space_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Markdown reads such a link as text."""
    site = small_site({"index.md": SPACED, "b.md": "# B\n", "a b.md": "# AB\n"}, more='suppress_warnings = ["toc"]\n')
    told = [line.partition("; ")[0] for line in site.build("html").warnings if "[paperdeck.markup]" in line]
    assert told == [
        "index.md:4: WARNING: “![a field](my field.png)” is shown as it is typed",
        "index.md:4: WARNING: “[the data](/data/all rows.csv)” is shown as it is typed",
    ]


SOUND = r"""# Talk

:::{slide} One
[words]{.fragment} and `code`{.python} and ![a](a.png){width="50%"}

{.fragment}
A line, \(by the way\), <!-- unseen --> with `\(a_1\)` and `<!--`, \<!-- and &lt;!--, three dots . . . and
the set {a, b}. A [!note] and ``\textbf{x}``, \ref, $\textbf{x}$, it costs $$ and `![[a]]`, [[1, 2], [3, 4]].

> A quotation, [!note]

$$
a

b
$$

| a | b |
|---|---|
| c |
| d | e |

<!-- a class: of its own -->
:::

---

$a_1$
"""


PICTURES = {"a.png": draw_png(4, 4), "a.pdf": b"%PDF-1.4\n"}


def test_each_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """Once each, with what to write; the slide is whole."""
    site = small_site({"index.md": FOREIGN} | PICTURES)
    output = site.build("html")
    told = sorted((int(line.split(":")[1]), line.split("WARNING: ")[1]) for line in output.warnings)
    assert [(line, message.split(";")[0].split(":")[0]) for line, message in told] == [
        (6, "this row has 4 cells and its table 2 columns, so that “> | chat” is left out"),
        (9, "a line of dashes divides no slide and was left out"),
        (11, "“. . .” is text, and no pause"),
        (13, "“{.fragment}” is shown as it is typed"),
        (14, "“{width=50%}” is shown as it is typed"),
        (16, r"“\(a_1\)” is text, and no maths"),
        (17, r"“\[ \frac{1}{2} \]” is text, and no maths"),
        (19, "this comment is an order to another tool, and does nothing here"),
        (21, "no browser shows “a.pdf” as a picture"),
        (23, "{revealjs-break} divides no slide and was left out"),
        (26, "{revealjs-section} describes no {slide} and was left out"),
        (30, "“<!--” begins no comment, for none ends in this paragraph, and what follows is shown"),
    ]
    assert not output.page().select("aside.slide hr")


def test_what_is_pasted_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """From Pandoc, LaTeX, Obsidian, GitHub and Slidev, in titles too, with what to write."""
    warnings = small_site(PASTED).build("html").warnings
    told, lines = [line.split("WARNING: ")[1] for line in warnings], [line.split(":")[1] for line in warnings]
    assert dict(zip((text.split("”")[0] for text in told), lines, strict=True)) == {
        "“{#talk}": "1",
        "“{.smaller}": "3",
        r"“\textbf{bold}": "4",
        r"“\citep[p. 3]{doe}": "4",
        "“{{< kbd m >}}": "6",
        "“![[my field.png|300]]": "6",
        "“[!WARNING]": "8",
        "“::right::": "11",
        "“$$": "13",
        r"“\includegraphics[width=3cm]{a.png}": "16",
    }
    assert any("write ![what it shows](<my field.png>) [" in text for text in told)
    assert [text.partition("write ")[2].partition(" [paperdeck")[0] for text in told if "LaTeX" in text] == [
        "**bold**",
        "{cite:p}`doe`",
        "![what it shows](a.png)",
    ]


def test_a_formula_among_words_is_told_and_one_below_them_is_drawn(small_site: Callable[..., SmallSite]) -> None:
    """Dollars that stay text are told where they stand; lines of them below a line of text begin a formula."""
    text = "# T\n\n:::{slide} A\nWords\n$$\na^2\n$$\n\nAnd $$ b^2 $$ more.\n:::\n"
    output = small_site({"index.md": text}).build("html")
    assert output.warnings == [
        "index.md:9: WARNING: “$$” is text, for a formula between words has one dollar at each side; "
        "give it a paragraph of its own [paperdeck.maths]"
    ]
    assert len(output.page().select("div.math math")) == 1


def test_what_is_meant_is_not_told(small_site: Callable[..., SmallSite]) -> None:
    """Attributes at their place, brackets of a sentence, code, a line of dashes in the article."""
    assert small_site({"index.md": SOUND} | PICTURES).articles().page().select("hr")


def test_a_page_that_is_not_ours_is_not_looked_at(small_site: Callable[..., SmallSite]) -> None:
    """Without a slide and a paper."""
    text = FOREIGN.replace(":::{slide} One\n", "").replace(":::\n", "")
    small_site({"index.md": text} | PICTURES).articles()


@pytest.mark.parametrize(
    ("line", "cells"), [("| a | b |", ["a", "b"]), ("a|b", ["a", "b"]), (r"| a \| b | |", ["a | b", ""]), ("", [])]
)
def test_a_row_is_divided_as_markdown_divides_it(line: str, cells: list[str]) -> None:
    """What is escaped divides nothing; the bars at both ends hold nothing."""
    assert split_cells(line) == cells


def test_rows_are_counted_where_they_are_written() -> None:
    """Below the head and its line, as many as the table has; a table without such a line is of another kind."""
    lines = ["| a |", "|---|", "| b |", "| c | d |", "| e | f |"]
    assert list(find_lost_cells(lines, head=1, count=3, columns=1)) == [(4, ["c", "d"])]
    assert list(find_lost_cells(["* - a", "  - b"], head=1, count=2, columns=1)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"let \(x\) be", ["$x$"]),
        (r"\[a=b\]", ["$$a=b$$"]),
        (r"\(see below\)", []),
        (r"``\(x\)``", []),
        (r"a [b\](c) \[d\]", ["$$d$$"]),
    ],
)
def test_brackets_hold_maths_where_what_they_hold_is_maths(text: str, wanted: list[str]) -> None:
    """A letter, a command, a sign; words stay words."""
    assert [formula for _line, _typed, formula in find_brackets(text)] == wanted
