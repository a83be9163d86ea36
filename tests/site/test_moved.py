"""Documents and slides that had another name: their old addresses lead to the new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

INDEX = "# Site\n```{toctree}\npapers/new/index\nprose\n```\n"
PAPER = """\
---
was: papers/old/index, talk
---
# A & B

:::{slide} One
- a
:::

:::{slide} Two
:name: slide-two
:was: slide-zwei, The Second
- b
:::
"""
PROSE = "---\nwas: notes\n---\n# Prose\n"


@pytest.fixture
def moved(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Make a site with a paper and a page that had other names."""
    return small_site({"index.md": INDEX, "papers/new/index.md": PAPER, "prose.md": PROSE})


@pytest.mark.parametrize(
    ("builder", "pages"),
    [
        ("html", {"papers/old/index.html": "../new/index.html", "talk.html": "papers/new/index.html"}),
        ("dirhtml", {"papers/old/index.html": "../new/", "talk/index.html": "../papers/new/"}),
        ("revealjs", {"papers/old/index.html": "../new/index.html", "talk.html": "papers/new/index.html"}),
        ("dirrevealjs", {"papers/old/index.html": "../new/", "talk/index.html": "../papers/new/"}),
    ],
)
def test_an_old_address_leads_to_the_new_one(moved: SmallSite, builder: str, pages: dict[str, str]) -> None:
    """In every output, by a refresh and a link; its one script is a file that is there."""
    output = moved.quietly(builder)
    for name, address in pages.items():
        page = output.page(name)
        assert page.select_one("meta[http-equiv=refresh]")["content"] == f"1; url={address}"
        link = page.select_one("a")
        assert (link["href"], link.text) == (address, "A & B")
        (script,) = page.select("script")
        assert not script.text
        assert ((output.folder / name).parent / str(script["src"])).resolve().is_file()
    assert (output.folder / "notes.html").exists() == (builder == "html")


def test_a_slide_keeps_its_old_ids(moved: SmallSite) -> None:
    """On its card and on the deck, beside the one that it has."""
    for output in (moved.articles(), moved.deck()):
        page = output.page("papers/new/index.html")
        for old in ("slide-zwei", "the-second"):
            assert page.find(id=old).find_parent(id="slide-two")


def test_an_old_name_that_is_taken_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Where another document or slide has it, or one that the deck makes; where two had it; a number; no name."""
    twice = (
        PAPER.replace("papers/old/index, talk", "prose")
        .replace("slide-zwei", "slide-one")
        .replace("The Second", "3, closing")
    )
    site = small_site(
        {
            "index.md": INDEX.replace("prose\n", "prose\nlast\nbad\n"),
            "papers/new/index.md": twice,
            "prose.md": PROSE,
            "last.md": PROSE + ":::{slide} S\n:was: a/b\n- x\n:::\n",
            "bad.md": "---\nshort: x\nwas: ../up.html\n---\n# T\n:::{slide} S\n- x\n:::\n",
        }
    )
    told = "\n".join(site.build("html").warnings)
    assert (
        "papers/new/index.md:2: WARNING: front matter: 'was' names 'prose', whose address leads to prose already"
        in told
    )
    assert "prose.md:2: WARNING: front matter: 'was' names 'notes', whose address leads to last already" in told
    assert "bad.md:3: WARNING: front matter: 'was' cannot be '../up.html'; write the name that the document had" in told
    assert "`:was: slide-one` names what leads elsewhere" in told
    assert "`:was: 3` names what leads elsewhere" in told
    assert "`:was: closing` names what leads elsewhere" in told
    assert "write the name or the id that the slide had" in told


def test_a_site_that_never_moved_has_nothing_of_it(small_site: Callable[..., SmallSite]) -> None:
    """Neither page nor script."""
    output = small_site("# Site\n:::{slide} S\n- x\n:::\n").articles()
    assert list(output.folder.rglob("moved.js")) == []
