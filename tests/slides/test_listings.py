"""Code on slides: which lines make one click, and the fragments they become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from paperdeck.slides.listings import find_groups, parse_groups, runs, step_tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    from tests.sites import SmallSite


@pytest.mark.parametrize(
    ("spec", "groups"),
    [
        ("1,3-4", [[1], [3, 4]]),
        ("3, 1", [[3], [1]]),
        ("-2,4-", [[1, 2], [4, 5]]),
        ("2-9", [[2, 3, 4, 5]]),
        ("1,1", [[1], [1]]),
        ("9", []),
        ("0,x,-,,4-2", []),
        ("", []),
    ],
)
def test_each_part_of_the_option_is_a_group(spec: str, groups: list[list[int]]) -> None:
    """In the order of the author; lines that the code does not have are left out."""
    assert parse_groups(spec, 5) == groups


def test_neighbours_are_one_group_where_the_option_is_not_known() -> None:
    """A plain fence keeps a list of lines alone."""
    assert runs([1, 2, 5, 7, 8]) == [[1, 2], [5], [7, 8]]
    assert runs([]) == []
    assert find_groups(nodes.literal_block(highlight_args={"hl_lines": [1, 3]})) == [[1], [3]]
    assert find_groups(nodes.literal_block()) == []


def test_emphasised_lines_become_fragments_in_the_order_of_the_groups() -> None:
    """A line of two groups comes with the first."""
    assert step_tags([[3], [1, 3]], 5) == [
        '<span class="hll fragment custom" data-fragment-index="6">',
        '<span class="hll fragment custom" data-fragment-index="5">',
    ]


LISTINGS = """\
# Talk

::::{slide} One
:incremental:
- a

```{code-block} python
:emphasize-lines: 3,1,2
:linenos:
a = 1
b = 2
c = 3
```

- b
::::

:::{slide} Two
```{literalinclude} sample.py
:lines: 2-
:emphasize-lines: 1,3
```
:::

:::{slide} Three
```{code-block} python
:emphasize-lines: 1-2
a = 1
b = 2
```
:::

:::{slide} Four
{emphasize-lines="1,3"}
```python
a = 1
b = 2
c = 3
```
:::
"""


def steps(slide: Tag) -> list[tuple[str, str]]:
    """Return the index and the text of each fragment of a slide, in the order of the page."""
    return [(part["data-fragment-index"], part.text.strip()) for part in slide.select(".fragment")]


def test_groups_step_through_among_the_other_fragments(small_site: Callable[..., SmallSite]) -> None:
    """One click a group, neighbours too, between the items before and after; the indexes are in reading order."""
    documents = {"index.md": LISTINGS, "sample.py": "zero = 0\na = 1\nb = 2\nc = 3\n"}
    site = small_site(documents, more='myst_enable_extensions = ["attrs_block"]\n')
    page = site.deck().page()
    assert steps(page.select_one("#slide-one")) == [
        ("0", "a"),
        ("2", "1a = 1"),
        ("3", "2b = 2"),
        ("1", "3c = 3"),
        ("4", "b"),
    ]
    assert steps(page.select_one("#slide-two")) == [("0", "a = 1"), ("1", "c = 3")]
    assert steps(page.select_one("#slide-four")) == [("0", "a = 1"), ("1", "c = 3")]
    assert {name for part in page.select("pre .fragment") for name in part["class"]} == {"hll", "fragment", "custom"}


def test_a_single_group_takes_no_click(small_site: Callable[..., SmallSite]) -> None:
    """It is emphasised from the start, as in the article."""
    documents = {"index.md": LISTINGS, "sample.py": "zero = 0\na = 1\nb = 2\nc = 3\n"}
    site = small_site(documents, more='myst_enable_extensions = ["attrs_block"]\n')
    assert [part["class"] for part in site.deck().page().select("#slide-three .hll")] == [["hll"], ["hll"]]
    article = site.articles().page()
    assert len(article.select("pre .hll")) == 9
    assert article.select(".fragment, [data-fragment-index]") == []


def test_code_is_coloured_at_build_time(small_site: Callable[..., SmallSite]) -> None:
    """The deck has the very markup of the article, and loads no highlighter."""
    site = small_site('# Talk\n\n:::{slide} One\n```python\nimport this  # "why"\n```\n:::\n')
    deck, article = site.deck(), site.articles()
    assert deck.page().select_one(".highlight") == article.page().select_one(".highlight")
    assert deck.page().select_one(".highlight .kn").text == "import"
    assert [script["src"] for script in deck.page().select("script[src*=highlight]")] == []
