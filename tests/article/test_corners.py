"""Tables that can be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TALK = """\
# Talk

:::{slide} A table
| | Ours |
| --- | ---: |
| Size | small |
:::
"""


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_empty_head_is_no_heading(small_site: Callable[..., SmallSite], builder: str) -> None:
    """It would be read aloud as nothing; a head with a word stays one, and the columns keep their order."""
    table = small_site(TALK).quietly(builder).page().table
    assert [(cell.name, cell.text) for cell in table.thead.select("th, td")] == [("td", ""), ("th", "Ours")]
    assert [cell.text for cell in table.tbody.select("td")] == ["Size", "small"]
    assert "head" in table.thead.td["class"]


def test_head_that_is_a_picture_stays_one(small_site: Callable[..., SmallSite]) -> None:
    """Its alternative text is the heading."""
    picture = "| ![Sun](sun.png) | Ours |\n| --- | --- |\n| a | b |\n"
    site = small_site({"index.md": f"# Title\n\n{picture}", "sun.png": b""})
    assert [cell.name for cell in site.articles().page().thead.select("th, td")] == ["th", "th"]
