"""Pages follow what they rest on, in both outputs, whichever is built first."""

from __future__ import annotations

import os
import random
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import Output, SmallSite

NOTHING_READ = "0 added, 0 changed, 0 removed"

CONF = """\
extensions = ["myst_parser", "paperdeck"]
bibtex_bibfiles = ["references.bib"]
numfig = True
html_static_path = ["static"]
html_css_files = ["brand.css"]
paperdeck_numbering = "site"
html_title = "Site"
"""

ONE = """\
---
paper: doe2024work
short: One
summary: First
---
# One

Opening, with {term}`expert` and {ref}`slide-that`.

## Part

```{figure} picture.png
:name: the-figure

A caption
```

:::{slide} The point
:name: slide-this
- {fact}`size` of {cite:t}`doe2024work`
- {ref}`slide-that`, {doc}`two`
:::

A word of prose.
"""

TWO = """\
---
short: Two
---
# Two

See {ref}`slide-this`, {ref}`part-of-two`, {numref}`the-figure` and [](one.md#part).

(part-of-two)=
## Another part

:::{slide} That point
:name: slide-that
```{literalinclude} code.txt
```
:::

```{figure} other.png
:name: the-other-figure

Another caption
```
"""

SITE = {
    "conf.py": CONF,
    "index.md": "# Front\n\n```{gallery}\n```\n\n```{toctree}\none\ntwo\nprose\n```\n",
    "one.md": ONE,
    "two.md": TWO,
    "prose.md": "# Prose\n\nOf {ref}`slide-this`, {ref}`part-of-two` and {numref}`the-other-figure`.\n\n"
    "```{glossary}\nexpert\n  One of many.\n```\n",
    "facts.yaml": "size:\n  says: how large it is\n  value: 96.6\n  show: 96.6 layers\n  unit: layer\n"
    "  source: doe2024work, Table 4\n  known: paper\n",
    "references.bib": "@misc{doe2024work, author={Doe, Jane}, title={A Work}, year={2024}}\n",
    "code.txt": "old\n",
    "picture.png": b"",
    "other.png": b"",
    "static/brand.css": "b { color: red }\n",
}

EDITS = [
    ("one.md", "The point", "The changed point"),
    ("two.md", "That point", "That changed point"),
    ("two.md", "## Another part", "## Another changed part"),
    ("one.md", "# One", "# One, changed"),
    ("one.md", "summary: First", "summary: Changed"),
    ("one.md", "```{figure} picture.png\n:name: the-figure", "```{figure} picture.png"),
    ("one.md", "A word of prose.", "Many words of prose, so that the talk is longer."),
    ("one.md", "## Part", "## Changed part"),
    ("prose.md", "One of many.", "One of very many."),
    ("facts.yaml", "96.6", "97.5"),
    ("references.bib", "A Work", "A Changed Work"),
    ("code.txt", "old", "new"),
    ("index.md", "one\ntwo", "two\none"),
    ("static/brand.css", "red", "blue"),
    ("conf.py", 'numbering = "site"', 'numbering = "document"'),
    ("conf.py", 'html_title = "Site"', 'html_title = "Changed"'),
    ("conf.py", "numfig = True", "numfig = True\nnumfig_secnum_depth = 0"),
]
"""File, what stands there, and what is written in its place."""

SEARCH = {"searchindex.js"}
"""Sphinx drops the glossary from an index of the search that it loads again."""


def differences(one: Output, other: Output) -> list[str]:
    """Return the names of the files that differ, or that one of the two outputs lacks."""
    left, right = one.bytes("*"), other.bytes("*")
    return sorted(name for name in (left.keys() | right.keys()) - SEARCH if left.get(name) != right.get(name))


@pytest.mark.static_files
@pytest.mark.parametrize("seed", [6])
def test_edits_one_after_another_give_what_a_clean_build_gives(
    small_site: Callable[..., SmallSite], tmp_path: Path, seed: int
) -> None:
    """A dozen edits in any order, built in either order: no page of either output is left as it was."""
    chance = random.Random(seed)
    site = small_site(SITE)
    builders = ["html", "revealjs"]
    for builder in builders:
        site.build(builder)
    for count, (name, before, after) in enumerate(chance.sample(EDITS, 12), 1):
        path = site.source / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")
        chance.shuffle(builders)
        ours = {builder: site.build(builder) for builder in builders}
        if count % 2 == 0:
            clean = replace(site, builds=tmp_path / "clean")
            for builder in builders:
                assert differences(ours[builder], clean.build(builder)) == [], (builder, name, after)
            shutil.rmtree(clean.builds)


def test_second_output_follows_a_file_that_the_first_has_read_again(small_site: Callable[..., SmallSite]) -> None:
    """An included file changes the page of every builder, not of the one that comes first alone."""
    site = small_site(SITE)
    site.build("html")
    site.build("revealjs")
    (site.source / "code.txt").write_text("new\n", "utf-8")
    assert "new" in site.build("html").page("two.html").select_one("pre").text
    deck = site.build("revealjs")
    assert "new" in deck.page("two.html").select_one("pre").text
    assert NOTHING_READ in deck.status


@pytest.mark.parametrize(
    ("name", "before", "after", "page"),
    [
        ("two.md", "Another part", "An older part", "two.html"),
        ("facts.yaml", "96.6", "97.5", "one.html"),
        ("references.bib", "2024}", "2023}", "one.html"),
        ("code.txt", "old", "older", "two.html"),
    ],
)
def test_an_older_copy_in_the_place_of_a_file_is_read(
    small_site: Callable[..., SmallSite], name: str, before: str, after: str, page: str
) -> None:
    """One that is put back has its own date: no page of either output keeps what it replaces."""
    site = small_site(SITE)
    site.build("html")
    site.build("revealjs")
    path = site.source / name
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    os.utime(path, (1, 1))
    for builder in ("html", "revealjs"):
        output = site.build(builder)
        assert after.strip("}") in output.text(page), builder
        assert "prose" not in re.findall(r"reading sources\.\.\. \[[ 0-9]+%\] (\S+)", output.status)


def test_a_missing_file_is_found_again_with_its_old_date(small_site: Callable[..., SmallSite]) -> None:
    """One that is moved away and back is as old as it was, which is not older than the page that lacks it."""
    site = small_site(
        {"index.md": "# A\n\n![a](a.png)\n\n```{literalinclude} a.txt\n```\n", "a.txt": "a", "a.png": b""}
    )
    clean = site.articles().text("index.html")
    for name in ("a.txt", "a.png"):
        (site.source / name).rename(site.source / "away")
        assert len(site.build("html").warnings) == 1, name
        (site.source / "away").rename(site.source / name)
        assert site.articles().text("index.html") == clean, name


def test_second_output_follows_a_setting_for_which_all_was_read_again(small_site: Callable[..., SmallSite]) -> None:
    """What is read anew for the article is written anew for the deck; no copy of Sphinx's notes stays in either."""
    site = small_site(SITE)
    site.build("html")
    site.build("revealjs")
    conf = site.source / "conf.py"
    conf.write_text(f'{CONF}numfig_format = {{"figure": "Picture %s"}}\n', "utf-8")
    for builder in ("html", "revealjs"):
        output = site.build(builder)
        assert "Picture 1" in output.text("two.html"), builder
        assert not (output.folder / ".buildinfo.bak").exists()


def test_another_version_of_ours_writes_every_page_again(small_site: Callable[..., SmallSite]) -> None:
    """Even one that keeps all that was read."""
    site = small_site(SITE)
    site.build("html")
    page = site.build("revealjs").folder / "one.html"
    page.write_text("of an older version", "utf-8")
    assert "of an older version" in site.build("revealjs").text("one.html")
    assert "of an older version" not in site.build("revealjs", paperdeck_version="0.0.1").text("one.html")


def test_nothing_is_written_where_nothing_has_changed(small_site: Callable[..., SmallSite]) -> None:
    """The third and fourth build leave the pages of documents alone."""
    site = small_site({**SITE, "index.md": "# Front\n\n```{toctree}\none\ntwo\nprose\n```\n"})
    first = {builder: site.build(builder).folder for builder in ("html", "revealjs")}
    written = {path: path.stat().st_mtime_ns for folder in first.values() for path in folder.glob("[opt]*.html")}
    for builder in first:
        assert NOTHING_READ in site.build(builder).status
    assert {path: path.stat().st_mtime_ns for path in written} == written
    assert len(written) == 5


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_a_build_that_was_killed_is_made_whole_by_the_next(small_site: Callable[..., SmallSite], builder: str) -> None:
    """A page that is there by half and a picture that was never copied are as from clean, and no mark is left."""
    site = small_site(SITE)
    clean = site.build(builder).bytes("*")
    with site.app(builder) as app:  # is told to begin, and gets no further
        out = Path(app.outdir)
    (out / "one.html").write_text("<!doctype html><ti", "utf-8")
    shutil.rmtree(out / "_images", ignore_errors=True)
    after = site.build(builder).bytes("*")
    assert {name for name in clean.keys() | after.keys() if clean.get(name) != after.get(name)} <= SEARCH
