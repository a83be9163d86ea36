"""What is done after a save, in one process."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

from paperdeck.live.builds import Builds, Told
from paperdeck.outputs.making import list_hosted, sphinx_namespace
from paperdeck.outputs.report import Collector, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.sites import SmallSite

TALK = """\
# {title}

Hello.

## A section

```{{slide}} The point
- A reason
- {more}
```

```{{figure}} picture.png
:name: {name}-figure

What it shows
```
"""

CONF = 'extensions = ["myst_parser", "paperdeck"]\nnumfig = True\n'


def talk(title: str, name: str, more: str = "Another") -> str:
    """Return a document with a slide and a figure."""
    return TALK.format(title=title, name=name, more=more)


def message(text: str, file: str = "") -> Message:
    """Return a message."""
    return Message(text, file=file)


def test_what_is_done_again_is_told_again() -> None:
    """A message of a document that was not looked at stays; one that belongs to no document is replaced."""
    told = Told()
    owners = {"/a.md": {"a"}, "/b.md": {"b"}, "/both.mmd": {"a", "b"}}
    told.renew("html", [message("a", "/a.md"), message("b", "/b.md"), message("c", "/both.mmd"), message("site")])
    told.renew("html", [message("new", "/a.md")], {"a"}, owners)
    assert [item.text for item in told] == ["b", "c", "new"]
    told.renew("revealjs", [message("new", "/a.md")], {"a"}, owners)
    assert [item.text for item in told] == ["b", "c", "new"]
    told.renew("html", [])
    assert [item.text for item in told] == ["new"]


@pytest.fixture
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Write two talks with figures, of which the front page refers to one."""
    picture = b"\x89PNG\r\n\x1a\n"
    return small_site(
        {
            "index.md": "# Site\n\nSee {numref}`two-figure`.\n\n```{toctree}\none\ntwo\n```\n",
            "one.md": talk("One", "one"),
            "two.md": talk("Two", "two"),
            "picture.png": picture,
        },
        conf=CONF,
    )


def copy_nothing(builds: Builds) -> None:
    """Leave out what is copied beside the pages."""
    for app in (builds.articles, builds.decks):
        for name in ("copy_theme_static_files", "copy_html_static_files"):
            setattr(app.builder, name, lambda context: None)


@pytest.fixture
def builds(site: SmallSite) -> Iterator[Builds]:
    """Open both applications, without what is copied beside the pages."""
    with sphinx_namespace(site.source):
        builds = Builds(site.source, list_hosted(site.builds / "live"), site.builds / "doctrees", Collector())
        copy_nothing(builds)
        builds.articles.parallel = builds.decks.parallel = 1
        yield builds


def pages(folder: Path) -> dict[str, str]:
    """Return every page, by its name."""
    found = sorted(folder.rglob("*.html")) + sorted(folder.rglob("searchindex.js"))
    # a word that is nowhere any more stays in the index of the search, with no document
    return {str(path.relative_to(folder)): re.sub(r'"\w+":\[\],?', "", path.read_text("utf-8")) for path in found}


def test_saves_one_after_another_give_what_a_clean_build_gives(
    site: SmallSite, builds: Builds, small_site: Callable[..., SmallSite]
) -> None:
    """A changed, a new, a renamed and a removed document, a figure before others: the same bytes, search included."""
    assert [*builds.update()] == ["counted", "html", "revealjs", "done"]
    source = site.source
    (source / "one.md").write_text(talk("One", "one", "Changed"), "utf-8")
    assert [*builds.update()] == ["html", "revealjs", "counted", "html", "revealjs", "done"]
    (source / "one.md").write_text(talk("One anew", "one") + "\n```{figure} picture.png\n:name: more\n\nMore\n```\n")
    (source / "three.md").write_text(talk("Three", "three"), "utf-8")
    (source / "index.md").write_text("# Site\n\nSee {numref}`two-figure`.\n\n```{toctree}\none\nthree\ntwo\n```\n")
    stages = builds.update()
    assert [*takewhile(lambda stage: stage != "counted", stages)] == ["html", "revealjs"]
    stages.close()  # another save came; what is owed is done with it
    (source / "two.md").write_text(talk("Two", "two", "Changed"), "utf-8")
    builds.decks_first = True
    assert [*builds.update()] == ["revealjs", "html", "counted", "html", "revealjs", "done"]
    (source / "one.md").unlink()
    (source / "index.md").write_text("# Site\n\nSee {numref}`two-figure`.\n\n```{toctree}\nthree\ntwo\n```\n")
    [*builds.update()]
    assert [*builds.told] == []
    clean = small_site({path.name: path.read_bytes() for path in source.iterdir() if path.name != "conf.py"}, conf=CONF)
    with sphinx_namespace(clean.source):
        fresh = Builds(clean.source, list_hosted(clean.builds / "live"), clean.builds / "doctrees", Collector())
        copy_nothing(fresh)
        [*fresh.update()]
    assert pages(site.builds / "live") == pages(clean.builds / "live")


def test_the_changed_page_comes_before_all_that_rests_on_it(site: SmallSite, builds: Builds) -> None:
    """The article first, then its deck; figures keep their numbers until all is counted again."""
    [*builds.update()]
    (site.source / "two.md").write_text(talk("Two", "two", "Changed"), "utf-8")
    stages = builds.update()
    live = site.builds / "live"
    assert next(stages) == "html"
    assert "Changed" in (live / "two.html").read_text("utf-8")
    assert "Fig. 2" in (live / "two.html").read_text("utf-8")
    assert "Changed" not in (live / "slides" / "two.html").read_text("utf-8")
    assert next(stages) == "revealjs"
    assert "Changed" in (live / "slides" / "two.html").read_text("utf-8")
    shown = [(live / name).read_bytes() for name in ("two.html", "slides/two.html")]
    assert [*stages][-1] == "done"
    # nothing new is to be seen then, so that a page is not shown again
    assert [(live / name).read_bytes() for name in ("two.html", "slides/two.html")] == shown


def test_the_first_equation_of_a_document_has_its_number(site: SmallSite, builds: Builds) -> None:
    """Though none is counted yet when its page is written at once."""
    assert [*builds.update()][-1] == "done"
    (site.source / "one.md").write_text(talk("One", "one") + "\n$$\nx\n$$ (first)\n\nSee {eq}`first`.\n", "utf-8")
    assert [*builds.update()][-1] == "done"
    assert '<a class="reference internal" href="#equation-first">(1)</a>' in pages(site.builds / "live")["one.html"]


def test_messages_stay_until_they_are_mended_also_after_a_new_start(site: SmallSite, builds: Builds) -> None:
    """A save elsewhere forgets none; a process that begins with the kept environment tells them too."""
    (site.source / "one.md").write_text(talk("One", "one", "{nothing}`x`"), "utf-8")
    [*builds.update()]
    assert ["nothing" in item.text for item in builds.told] == [True]
    (site.source / "two.md").write_text(talk("Two", "two", "Changed"), "utf-8")
    [*builds.update()]
    assert len([*builds.told]) == 1
    again = Builds(site.source, list_hosted(site.builds / "live"), site.builds / "doctrees", Collector())
    assert ["nothing" in item.text for item in again.load_messages()] == [True]
    (site.source / "one.md").write_text(talk("One", "one"), "utf-8")
    [*builds.update()]
    assert [*builds.told] == []
