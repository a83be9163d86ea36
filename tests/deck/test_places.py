"""Where slides stand in the sources, beside their deck."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TALK = """\
# Talk

:::{slide} One
- a point
:::

:::{include} part.txt
:::

:::{slide} Three
```{raw} html
<p>so high as it is</p>
```
:::
"""
FILES = {"talk/index.md": TALK, "talk/part.txt": ":::{slide} Two\n- a point\n:::\n", "index.md": "# Site\n"}


@pytest.mark.parametrize("builder", ["revealjs", "dirrevealjs"])
def test_each_slide_has_its_file_line_and_height(small_site: Callable[..., SmallSite], builder: str) -> None:
    """One that is included has those of its own file; one that is HTML already has no height."""
    output = small_site(FILES, more='suppress_warnings = ["toc.not_included"]\n').build(builder)
    places = json.loads(output.text("talk/index.slides.json"))
    told = [(place["source"], place["line"], place["height"]) for place in places.values()]
    assert told == [("talk/index.md", 3, 48), ("talk/part.txt", 1, 48), ("talk/index.md", 10, None)]
    assert list(places) == ["slide-one", "slide-two", "slide-three"]


def test_an_article_has_none(small_site: Callable[..., SmallSite]) -> None:
    """Its lines are found by its words."""
    site = small_site(FILES, more='suppress_warnings = ["toc.not_included"]\n')
    assert list(site.build("html").folder.rglob("*.slides.json")) == []


@pytest.mark.parametrize("builder", ["revealjs", "dirrevealjs"])
def test_a_deck_that_is_no_more_leaves_no_page(small_site: Callable[..., SmallSite], builder: str) -> None:
    """Whichever builder has read that its slides are gone; the files of others stay, and the front page is a shelf."""
    talk = "---\norphan: true\n---\n# Talk\n\n:::{slide} One\n:cut: 5\n- a point\n:::\n"
    names = ("index", "gone", "plain", "stays")
    site = small_site({f"{name}.md": talk for name in names})
    folder = site.quietly(builder).folder
    beside = folder.with_name(f"{folder.name}.html.md")
    beside.write_text("of somebody else")
    made = {name for name in site.quietly(builder).bytes("*") if name.startswith(("gone", "plain", "index"))}
    (folder / "other.html").write_text("of somebody else")
    (site.source / "gone.md").unlink()
    for name in ("index", "plain"):
        (site.source / f"{name}.md").write_text("---\norphan: true\n---\n# Words\n")
    site.articles()
    left = site.quietly(builder).bytes("*")
    assert len(made) == 15
    assert made & left.keys() == {"index.html"}
    assert b'<div class="shelf">' in left["index.html"]
    assert left["other.html"] == b"of somebody else"
    assert beside.exists()
    assert {Path(name).suffix for name in left if name.startswith("stays")} == {".html", ".json", ".md"}
