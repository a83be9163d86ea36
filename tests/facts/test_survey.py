"""How the numbers of a site were checked, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.evidence.checked import digest_fact
from paperdeck.ledger.reading import read_ledger
from tests.facts.pages import rows
from tests.facts.papers import MORE, edit, paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

LEDGER = """\
first: {says: the first, value: 4, source: "k, Table 4"}
second: {says: the second, value: 5, source: "k, Table 5", seen: on page 9}
third: {says: the third, value: 6, source: "k, training log"}
sum: {says: the sum, from: first + second}
"""
PAGE = "# How\n\n:::{checked}\n:::\n"


def checked() -> str:
    """Return a checked.yaml in which the first fact was found, and the second was not."""
    facts = read_ledger(LEDGER, "x/facts.yaml")[0].facts
    lines = ["texts:", "  k:", "    kind: PDF", f"    sha256: {'9f' * 32}", "    day: 2026-01-31", "facts:"]
    for key, outcome in (("first", "found"), ("second", "missing")):
        lines += [f"  {key}:", "    work: k", f"    outcome: {outcome}", f"    digest: {digest_fact(facts[key])}"]
    return "\n".join(lines) + "\n"


def site_of(small_site: Callable[..., SmallSite], page: str = PAGE) -> SmallSite:
    """Return a site of two papers and a page that tells of them; one was searched, the other was not."""
    uses = ":::{slide} S\n- {fact}`first` {fact}`second` {fact}`third` {fact}`sum`\n:::"
    files = {f"a/{name}": text for name, text in paper(uses, LEDGER, "paper: k\nshort: A").items() if name != "r.bib"}
    files |= {f"b/{name}": text for name, text in paper(uses, LEDGER, "paper: k\nshort: B").items() if name != "r.bib"}
    files["r.bib"] = paper("")["r.bib"]
    files |= {"a/checked.yaml": checked(), "how.md": page}
    files["index.md"] = "# S\n\n```{toctree}\na/index\nb/index\nhow\n```\n"
    return small_site(files, more=MORE)


def test_each_fact_of_a_ledger_is_counted_once(small_site: Callable[..., SmallSite]) -> None:
    """By how it was checked; what no ledger has is no row."""
    page = site_of(small_site).articles().page("how.html")
    [table] = page.select("table.checked")
    assert rows(table) == [
        ["", "A 2022", "B 2022"],
        ["By a program, in the paper’s own text", "", ""],
        ["found where the ledger says", "1", "0"],
        ["not found", "1", "0"],
        ["Not for a program to find", "", ""],
        ["read in something else than the paper", "1", "1"],
        ["Made here", "", ""],
        ["computed by the build", "1", "1"],
        ["Not checked", "", ""],
        ["place named, not looked for yet", "0", "2"],
        ["In all", "4", "4"],
        ["Text that was searched", "PDF, SHA-256 9f9f9f9f…, 2026-01-31", "none yet"],
    ]


def test_what_was_not_found_is_told_and_how_to_look(small_site: Callable[..., SmallSite]) -> None:
    """With where a person saw it; the command is for the paper that nobody searched."""
    page = site_of(small_site).articles().page("how.html")
    [item] = page.select(".body li p")
    assert item.text == "5 the second (A, Table 5): not found at its place; seen by eye: on page 9."
    [command] = page.select(".body pre")
    assert command.text.strip() == "python -m paperdeck verify b b.pdf --update"
    assert "B: nobody has looked" in page.text


def test_it_tells_of_the_ledgers_that_are_named(small_site: Callable[..., SmallSite]) -> None:
    """And of none but those of papers where none is; a name that is wrong is told."""
    site = site_of(small_site, PAGE.replace("{checked}", "{checked} b"))
    (site.source / "c").mkdir()
    (site.source / "c" / "index.md").write_text("---\norphan: true\n---\n# C\n\n{fact}`first`\n", "utf-8")
    (site.source / "c" / "facts.yaml").write_text(LEDGER.splitlines()[0], "utf-8")
    assert rows(site.articles().page("how.html").select_one("table"))[0] == ["", "B 2022"]
    edit(site.source / "how.md", "{checked} b", "{checked}")
    assert rows(site.articles().page("how.html").select_one("table"))[0] == ["", "A 2022", "B 2022"]
    edit(site.source / "how.md", "{checked}", "{checked} d")
    [warning] = [line for line in site.build("html").warnings if line.startswith("how.md")]
    assert "no folder 'd' has a facts.yaml" in warning


def test_it_is_read_again_when_a_check_or_a_paper_comes_or_goes(small_site: Callable[..., SmallSite]) -> None:
    """And not otherwise, so that the second output reads nothing."""
    site = site_of(small_site)

    def counts() -> list[str]:
        table = {label: counts for label, *counts in rows(site.articles().page("how.html").select_one("table"))}
        return table.get("found where the ledger says", [])

    assert counts() == ["1", "0"]
    assert "0 added, 0 changed" in site.deck().status
    (site.source / "b" / "checked.yaml").write_text(checked(), "utf-8")
    assert counts() == ["1", "1"]
    (site.source / "a" / "checked.yaml").unlink()
    assert counts() == ["0", "1"]
    edit(site.source / "b" / "facts.yaml", "value: 4", "value: 3")
    assert counts() == []
    (site.source / "a" / "facts.yaml").unlink()
    (site.source / "a" / "index.md").write_text("---\npaper: k\n---\n# T\n", "utf-8")
    assert rows(site.articles().page("how.html").select_one("table"))[0] == ["", "B 2022"]


def test_without_papers_there_is_nothing_to_tell(small_site: Callable[..., SmallSite]) -> None:
    """Which the author hears at the line."""
    [warning] = small_site({"index.md": PAGE}).build("html").warnings
    assert warning.startswith("index.md:3")
    assert "no paper here has a facts.yaml" in warning
