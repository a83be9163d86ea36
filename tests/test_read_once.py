"""Parse once, render twice: whichever output comes first, the other reads nothing and has the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

NOTHING_READ = "0 added, 0 changed, 0 removed"
PAIRS = [("html", "revealjs"), ("dirhtml", "dirrevealjs")]
EVERY_FILE = "*"


def documents() -> dict[str, bytes]:
    """Return the site of everything with its paper five times, for Sphinx reads fewer one after another.

    Labels are the whole site's, and so are names of pictures: of two that are called alike, Sphinx renames the one
    whose document was read last, which in parallel is any.
    """
    root = ROOTS / "test-everything"
    files: dict[str, bytes] = {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
    paper = {name: text for name, text in files.items() if name.startswith("papers/all/")}
    names = (
        "(all)",
        "slide-lists",
        "slide-code",
        "the-figure",
        "the-table",
        "the-code",
        "the-equation",
        "glossaryterm",
    )
    for number in range(4):
        for name, text in paper.items():
            other = text
            if name.endswith(".md"):
                for mine in names:
                    other = other.replace(mine.encode(), f"{mine[:-1]}{number}{mine[-1]}".encode())
                other = other.replace(b"picture.png", b"picture%d.png" % number)
            files[name.replace("/all/", f"/all{number}/").replace("picture", f"picture{number}")] = other
    listed = b"".join(b"papers/all%d/index\n" % number for number in range(4))
    files["index.md"] = files["index.md"].replace(b"papers/plain\n", b"papers/plain\n" + listed)
    return files


@pytest.mark.static_files
@pytest.mark.parametrize(("article", "deck"), PAIRS)
def test_the_second_output_reads_nothing(small_site: Callable[..., SmallSite], article: str, deck: str) -> None:
    """And the bytes of neither depend on which came first, nor on being built again."""
    one, other = small_site(root="everything"), small_site(root="everything")
    first = {article: one.quietly(article), deck: one.quietly(deck)}
    second = {deck: other.quietly(deck), article: other.quietly(article)}
    assert NOTHING_READ in first[deck].status
    assert NOTHING_READ in second[article].status
    written = {name: first[name].bytes(EVERY_FILE) for name in first}
    for name in first:
        assert same(written[name], second[name].bytes(EVERY_FILE)) == [], name
    for name in (deck, article):
        again = one.quietly(name)
        assert NOTHING_READ in again.status
        # Sphinx drops the glossary from an index of the search that it loads again
        assert same(written[name], again.bytes(EVERY_FILE)) in ([], ["searchindex.js"]), name


def same(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of the files that differ, or that one of the two lacks."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_only_what_changed_is_read_again(small_site: Callable[..., SmallSite]) -> None:
    """After a change either output reads that document, and the other then nothing."""
    site = small_site(root="everything")
    site.deck()
    paper = site.source / "papers" / "all" / "index.md"
    paper.write_text(paper.read_text("utf-8").replace("bulletword", "bulletword, changed"), "utf-8")
    deck = site.deck()
    assert "0 added, 1 changed, 0 removed" in deck.status
    assert "bulletword, changed" in deck.text("papers/all/index.html")
    article = site.articles()
    assert NOTHING_READ in article.status
    assert "bulletword, changed" in article.text("papers/all/index.html")


@pytest.mark.static_files
def test_many_processes_write_the_bytes_of_one(small_site: Callable[..., SmallSite]) -> None:
    """With -j 2 nothing is told that -W would stop at, and each output is what a serial build gives."""
    together, alone = small_site(documents()), small_site(documents())
    for builder in ("revealjs", "html"):
        ours, theirs = together.build(builder, parallel=2), alone.build(builder)
        assert ours.warnings == theirs.warnings == []
        assert same(ours.bytes(EVERY_FILE), theirs.bytes(EVERY_FILE)) == [], builder
    assert NOTHING_READ in ours.status


def test_many_processes_warn_once(small_site: Callable[..., SmallSite]) -> None:
    """What is wrong with a deck is said once, whichever process writes it."""
    slide = f":::{{slide}} {'A title too long ' * 9}\nx\n:::\n"
    files = {f"{name}.md": f"# {name}\n\n{slide}" for name in "abc"}
    site = small_site({"index.md": "# Front\n\n```{toctree}\na\nb\nc\n```\n", **files})
    assert len(site.build("revealjs", parallel=2).warnings) == len(files)


def test_change_of_prose_alone_writes_no_deck(small_site: Callable[..., SmallSite]) -> None:
    """Where nothing that changed is a deck, many processes have nothing to share, and the build goes on."""
    site = small_site({"index.md": "# Front\n\n```{toctree}\na\n```\n", "a.md": "# A\n\n:::{slide} S\nx\n:::\n"})
    site.build("revealjs", parallel=2)
    (site.source / "index.md").write_text("# Front, again\n\n```{toctree}\na\n```\n")
    assert site.build("revealjs", parallel=2).warnings == []
