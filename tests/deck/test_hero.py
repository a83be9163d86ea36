"""The chart that stands for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

PAPER = """---
hero: {hero}
---
# Talk

:::{{slide}} The point
:name: point
:layout: figure
```{{chart}} bar
:name: bars
name | y
a | 1
b | 2
```
:::
"""


@pytest.mark.parametrize("hero", ["point", "bars"])
def test_the_hero_stands_on_the_cover_and_in_the_gallery(hero: str, small_site: Callable[..., SmallSite]) -> None:
    """Named by its own name or its slide's, drawn anew for each place, and with no id twice."""
    documents = {
        "index.md": "# Front\n\n```{toctree}\npaper\n```\n\n```{gallery}\n```\n",
        "paper.md": PAPER.format(hero=hero),
    }
    site = small_site(documents)
    deck = site.deck().page("paper.html")
    assert deck.select_one("#cover .paperdeck-hero svg")["width"] == "528"
    card = site.articles().page()
    assert card.select_one(".paperdeck-card .paperdeck-hero b").text == "Talk"
    assert card.select_one(".paperdeck-card .paperdeck-hero svg")["width"] == "396"
    ids = [part["id"] for part in deck.select("[id]")]
    assert len(ids) == len({*ids})


def test_a_hero_that_is_no_chart_is_told(small_site: Callable[..., SmallSite]) -> None:
    """At its line, with what to write."""
    output = small_site(PAPER.format(hero="nobody")).build("html")
    assert output.warnings == [
        "index.md:2: WARNING: front matter: no chart has the name 'nobody'; write the `:name:` of a {chart}, "
        "or of the slide that shows it [paperdeck.front_matter]"
    ]


def test_a_hero_with_more_than_fits_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Once, at the chart, for its slide has room for it."""
    rows = "".join(f"row {number} | {number}\n" for number in range(1, 15))
    output = small_site(PAPER.format(hero="bars").replace("a | 1\nb | 2\n", rows)).build("revealjs")
    (warning,) = output.warnings
    assert "the chart is the hero of its paper, and on the cover there is no room for 14 bars" in warning
    assert warning.startswith("index.md:9")
