"""Facts in documents: how they are written, checked, and what a changed ledger touches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from paperdeck.ledger import reading, resolving
from tests.facts.papers import LEDGER, MORE, edit, paper

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.sites import SmallSite


def test_unknown_fact_is_told_and_looked_for_again(small_site: Callable[..., SmallSite]) -> None:
    """A key that no ledger has is told at its line; once there is one, the page is read again of itself."""
    other = {"other/a.md": "---\norphan: true\n---\n# A\n\n{fact}`share`\n"}
    site = small_site(paper("{fact}`share`, {fact}`chare` and {fact}`8% <other:share>`.") | other, more=MORE)
    found = site.build("html").warnings
    assert [warning.split(": ", 2)[2] for warning in found if warning.startswith("index.md:6: WARNING")] == [
        f"{site.source}/facts.yaml has no fact 'chare'; did you mean share? [paperdeck.unknown_fact]".replace(
            f"{site.source}/", ""
        ),
        "there is no ledger 'other'; there are: source [paperdeck.unknown_fact]",
    ]
    (site.source / "other" / "facts.yaml").write_text(LEDGER, "utf-8")
    [warning] = site.build("html").warnings
    assert "'chare'" in warning


def test_a_ledger_of_another_name_is_named(small_site: Callable[..., SmallSite]) -> None:
    """Where a fact, a table, a chart or what was found is asked for; a file of such a name is else left alone."""
    text = "{fact}`share`\n\n```{facts}\n```\n"
    documents = paper(text) | {"other/a.md": "---\norphan: true\n---\n# A\n", "other/facts.yml": "a: b\n"}
    documents["Facts.yml"] = documents.pop("facts.yaml")
    site = small_site(documents, more=MORE)
    named = "Facts.yml is no ledger by its name; call it facts.yaml"
    told = [warning.split(": ", 2)[2].split(" [")[0] for warning in site.build("html").warnings]
    assert told[:2] == [f"{named}, so that 'share' is a fact", named]
    assert not any("other" in message for message in told)
    (site.source / "Facts.yml").rename(site.source / "facts.yaml")
    (site.source / "checked.yml").write_text("", "utf-8")
    assert "checked.yml:1: WARNING: this file is not read; call it checked.yaml [paperdeck.ledger]" in (
        site.build("html").warnings
    )


def test_ledger_is_checked_in_every_build(small_site: Callable[..., SmallSite]) -> None:
    """What is wrong in a ledger is told at its place, also when no document is read again."""
    ledger = LEDGER + "half: {says: x, value: 1}\nelse: {says: x, value: 1, source: 'nobody2020, §1'}\n"
    site = small_site(paper("{fact}`share` {fact}`else`", ledger), more=MORE)
    wanted = [
        "facts.yaml:6:1: WARNING: half: source is missing; write where it stands: source: du2022glam, Table 4 "
        "[paperdeck.ledger]",
        "facts.yaml:7:35: WARNING: else: 'nobody2020' is not in the bibliography; add it there "
        "[paperdeck.unknown_work]",
    ]
    assert site.build("html").warnings == wanted
    assert site.build("html").warnings == wanted


def test_ledger_that_has_not_changed_is_parsed_once(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of a ledger is kept for all builds, with what is wrong in it, until its text is another."""
    site = small_site(paper("{fact}`share`"), more=MORE)
    first = site.build("html")
    read: list[str] = []

    def read_ledger(text: str, *rest: Any) -> tuple[reading.Ledger, list[reading.Problem]]:
        read.append(text)
        return real(text, *rest)

    real = reading.read_ledger
    monkeypatch.setattr(reading, "read_ledger", read_ledger)
    assert site.build("html", paperdeck_units=["photon"]).warnings == first.warnings
    assert len(read) == 1, "what is a unit has changed"
    site.build("revealjs", paperdeck_units=["photon"])
    assert len(read) == 1
    edit(site.source / "facts.yaml", "8", "9")
    site.build("revealjs", paperdeck_units=["photon"])
    assert len(read) == 2


def test_ledgers_are_computed_when_one_has_changed(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second output and the next build take what the first computed."""
    computed: list[int] = []

    def resolve_ledgers(*told: Any) -> Any:
        computed.append(1)
        return real(*told)

    real = resolving.resolve_ledgers
    monkeypatch.setattr(resolving, "resolve_ledgers", resolve_ledgers)
    site = small_site(paper("{fact}`share`"), more=MORE)
    for builder in ("html", "revealjs", "html"):
        site.build(builder)
    assert len(computed) == 1
    edit(site.source / "facts.yaml", "8", "9")
    site.build("html")
    assert len(computed) == 2


def test_changed_ledger_reads_again_who_uses_it(small_site: Callable[..., SmallSite]) -> None:
    """A new value reaches text and table of both outputs; documents that do not use the ledger are left alone."""
    site = small_site(root="facts")
    site.articles()
    site.deck()
    edit(site.source / "olmoe" / "facts.yaml", "value: 6.9e9", "value: 7.9e9")
    edit(site.source / "olmoe" / "facts.yaml", "show: 6.9 billion", "show: 7.9 billion")
    output = site.articles()
    assert re.findall(r"reading sources\.\.\. \[[ 0-9]+%\] (\S+)", output.status.replace("\x1b", "")) == [
        "compare",
        "olmoe/index",
    ]
    assert "7.9 billion" in output.page("olmoe/index.html").select_one("aside.slide").text
    assert "7.9 billion" in output.page("olmoe/index.html").select_one("table.facts").text
    assert "7.9 billion" in output.page("compare.html").select_one("table.compare").text
    assert "152x" in site.deck().page("olmoe/index.html").select_one("[data-slide]").text


def test_facts_of_another_ledger_are_a_dependency(small_site: Callable[..., SmallSite]) -> None:
    """A ledger that a computed fact reaches into reads again whom it touches."""
    site = small_site(root="facts")
    site.articles()
    edit(site.source / "glam" / "facts.yaml", "value: 1.2e12", "value: 1.3e12")
    edit(site.source / "glam" / "facts.yaml", "show: 1.2 trillion", "show: 1.3 trillion")
    edit(site.source / "glam" / "index.md", "{fact}`1,200 billion <total_params>`", "{fact}`total_params`")
    edit(site.source / "glam" / "index.md", "{fact}`about 8% <active_share>`", "{fact}`active_share`")
    assert "188x" in site.articles().page("olmoe/index.html").select_one("aside.slide").text


def test_parallel_build_gives_the_same_pages(small_site: Callable[..., SmallSite]) -> None:
    """Reading in two processes changes no byte, and no use of a fact is lost."""
    alone, together = small_site(root="facts"), small_site(root="facts")
    assert alone.articles().bytes("*.html", "*.json") == together.articles(parallel=2).bytes("*.html", "*.json")


def test_site_counts_its_own_units(small_site: Callable[..., SmallSite]) -> None:
    """``paperdeck_units`` makes a unit; without it the ledger says what to do."""
    ledger = LEDGER.replace("value: 0.0805", "value: 0.0805\n  unit: photon")
    documents = paper("{fact}`share`", ledger)
    small_site(documents, more=MORE + 'paperdeck_units = ["photon"]').articles()
    [warning] = small_site(documents, more=MORE).build("html").warnings
    assert "'photon' is no unit we know" in warning
    assert "paperdeck_units" in warning


def test_key_that_is_none_is_told_alone(small_site: Callable[..., SmallSite]) -> None:
    """Neither what it is nor what it was meant to be is told again where a document uses it."""
    ledger = LEDGER.replace("share:", "Share-A:", 1)
    site = small_site(paper("{fact}`Share-A` {fact}`share_a`\n", ledger), more=MORE)
    told = [warning for warning in site.build("html").warnings if "share" in warning.lower()]
    assert told == ["facts.yaml:1:1: WARNING: 'Share-A' is no key; write share_a [paperdeck.ledger]"]


def test_broken_ledger_is_told_alone(small_site: Callable[..., SmallSite]) -> None:
    """Whatever uses its facts is built as far as it can be, in every place where a fact may stand."""
    text = (
        "{fact}`share` {fact}`8% <share>`\n\n:::{slide} {fact}`share`\n:name: n\n- {fact}`9% <share>`\n:::\n\n"
        "```{chart} bar\n:alt: A\nwhat | n\n{share} | share\n```\n\n:::{compare} source\nRow: share\n:::\n\n"
        '```{mermaid}\n:alt: {fact}`share`\nflowchart LR\n  a["{fact}`share`"] --> b\n```\n\n:::{facts}\n:::\n'
    )
    broken = LEDGER.replace("says: share", "says: the share: it")
    site = small_site(paper(text, broken, front='paper: k\nsummary: "{share}"'), more=MORE)
    told = (
        "facts.yaml:2:18: WARNING: a text with “: ” in it goes in quotes; "
        'write says: "the share: it that is used" [paperdeck.ledger]'
    )
    assert site.build("html").warnings == [told]
    assert site.build("revealjs").warnings == [told]
