"""Facts in documents: how they are written, checked, and what a changed ledger touches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperdeck.facts import domain as facts
from paperdeck.ledger.reading import UnknownFact
from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite

BIB = "@misc{k, author = {Du, Nan and Huang, Yanping and Dai, Andrew}, title = {T}, year = {2022}}\n"
MORE = 'bibtex_bibfiles = ["r.bib"]\n'
LEDGER = """\
share:
  says: share that is used
  value: 0.0805
  show: "{value:.0%}"
  source: k, Table 4
"""


def paper(text: str, ledger: str = LEDGER, front: str = "paper: k") -> dict[str, str]:
    """Return the sources of a site of one paper."""
    return {"index.md": f"---\n{front}\n---\n# T\n\n{text}\n", "facts.yaml": ledger, "r.bib": BIB}


def edit(path: Path, old: str, new: str) -> None:
    """Change a file, so that Sphinx sees it."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_fact_is_data_with_its_place(small_site: Callable[..., SmallSite]) -> None:
    """In the article a fact has its value for programs, its name, and its place as title."""
    page = small_site(root="facts").articles().page("glam/index.html")
    [first, *_] = page.select("p data.fact")
    assert (first.text, first.attrs) == (
        "1.2 trillion",
        {"class": ["fact"], "value": "1.2e12", "data-fact": "glam:total_params", "title": "Du et al. 2022, Abstract"},
    )
    titles = {fact["data-fact"]: fact.get("title") for fact in page.select("p data.fact")}
    assert titles["glam:active_share"] == "Du et al. 2022, Table 4, Abstract (computed)"
    assert titles["glam:layers"] == "Du et al. 2022, place not checked"
    assert titles["glam:guess"] == "from memory"
    assert page.select_one("[alt]")["alt"] == "A layer of 64 experts"
    assert page.select_one(".summary").text == "1.2 trillion parameters, 8% at work."


def test_fact_in_a_title_is_data_alone(small_site: Callable[..., SmallSite]) -> None:
    """A title's fact has no place and no id, so that contents and navigation can copy it."""
    page = small_site(root="facts").articles().page("glam/index.html")
    for fact in page.select("h2 data, .slide-title data"):
        assert set(fact.attrs) == {"class", "value", "data-fact"}
    assert page.select_one("#glam-size") is not None
    assert page.select_one("#slide-share") is not None


def test_speaker_sees_the_place_beside_a_fact(small_site: Callable[..., SmallSite]) -> None:
    """On the deck the notes say where each number stands; the slide itself does not."""
    page = small_site(root="facts").deck().page("glam/index.html")
    notes = page.select_one("#slide-share .notes").text
    assert "64 (place not checked) layers holds 64 (§4) experts" in " ".join(notes.split())
    assert "96.6B (Table 4)" in notes
    assert page.select("#slide-share .content small") == []
    assert page.select("template") == []


def test_fact_is_its_words_in_other_outputs(small_site: Callable[..., SmallSite]) -> None:
    """Where there is no HTML a fact is text, and what needs a script is not there."""
    site = small_site(root="facts")
    text = site.quietly("text").text("glam/index.txt")
    assert "Each of the 64 layers holds 64 experts." in text
    assert "As data" not in text
    for builder in ("latex", "man", "texinfo", "xml"):
        site.quietly(builder)


def test_own_words_that_say_something_else_are_an_error(small_site: Callable[..., SmallSite]) -> None:
    """A wrong number fails at its line in text, title, summary and alternative text; the page shows the words."""
    documents = paper(
        "Uses {fact}`about 9% <share>`.\n\n:::{slide} Of {fact}`7% <share>`\n:name: n\nx\n:::\n\n"
        "```{image} x.png\n:alt: Of {fact}`6% <share>`\n```\n",
        front='paper: k\nsummary: "Of {share} or {fact}`5% <share>`"',
    )
    output = small_site(documents | {"x.png": b""}, more=MORE).build("html")
    said = "does not agree with share, which is 0.0805 [paperdeck.fact_mismatch]"
    assert sorted(output.warnings) == [
        f"index.md:10: ERROR: '7%' {said}",  # MyST counts the line of a title one too far
        f"index.md:14: ERROR: '6%' {said}",
        f"index.md:3: ERROR: '5%' {said}",
        f"index.md:7: ERROR: '9%' in 'about 9%' {said}",
    ]
    assert output.page().select_one("p data").text == "about 9%"


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


def test_ledger_is_checked_in_every_build(small_site: Callable[..., SmallSite]) -> None:
    """What is wrong in a ledger is told at its place, also when no document is read again."""
    ledger = LEDGER + "half: {says: x, value: 1}\nelse: {says: x, value: 1, source: 'nobody2020, §1'}\n"
    site = small_site(paper("{fact}`share` {fact}`else`", ledger), more=MORE)
    wanted = [
        "facts.yaml:6:1: WARNING: half: source is missing; write where it stands: source: du2022glam, Table 4 "
        "[paperdeck.ledger]",
        "facts.yaml:7: WARNING: else: 'nobody2020' is not in the bibliography; add it there [paperdeck.unknown_work]",
    ]
    assert site.build("html").warnings == wanted
    assert site.build("html").warnings == wanted


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


def test_value_is_written_in_the_language_of_the_document(small_site: Callable[..., SmallSite]) -> None:
    """``lang`` chooses among the texts of ``show``."""
    ledger = LEDGER.replace('"{value:.0%}"', '{en: "{value:.0%}", de: "{value:.0%} davon"}')
    site = small_site(paper("{fact}`share`", ledger, front="paper: k\nlang: de"), more=MORE)
    assert site.articles().page().select_one("p data").text == "8% davon"


def test_site_counts_its_own_units(small_site: Callable[..., SmallSite]) -> None:
    """``paperdeck_units`` makes a unit; without it the ledger says what to do."""
    ledger = LEDGER.replace("value: 0.0805", "value: 0.0805\n  unit: photon")
    documents = paper("{fact}`share`", ledger)
    small_site(documents, more=MORE + 'paperdeck_units = ["photon"]').articles()
    [warning, _unknown] = small_site(documents, more=MORE).build("html").warnings
    assert "'photon' is no unit we know" in warning
    assert "paperdeck_units" in warning


def test_helpers_name_places_for_other_parts(small_site: Callable[..., SmallSite]) -> None:
    """A slide's places are merged and short, other works named; the Sources slide hears what stands at each."""
    site = small_site(root="facts")
    with site.app("html") as app:
        app.build()
        env = app.env
        slide = next(node for node in env.get_doctree("glam/index").findall() if node.tagname == "slide")
        own, others = facts.places(env, "glam/index", [slide], "du2022glam")
        assert own == ["Abstract", "Tables 1 and 4"]
        assert others == {"Brown et al. 2020": ["Table 2.1"]}
        sources = dict(facts.sources(env, "glam/index", [slide], "du2022glam"))
        assert sources["Abstract"] == "1.2 trillion parameters in all"
        assert sources["Brown et al. 2020, Table 2.1"] == "175B parameters of GPT-3"
        assert facts.written(env, "olmoe/index", "glam:experts", "64 experts") == "64 experts"
        assert facts.lookup(env, "glam/index", "experts").value == 64
        with pytest.raises(facts.Mismatch, match="'65' does not agree with experts"):
            facts.written(env, "glam/index", "experts", "65")
        with pytest.raises(UnknownFact, match="did you mean experts"):
            facts.lookup(env, "glam/index", "expert")


HOSTILE = "<script>alert(1)</script> & \"'` {value} {fact}`share`"


def test_nothing_unescaped_reaches_a_page(small_site: Callable[..., SmallSite]) -> None:
    """Markup in any field of a ledger is text in text, titles, tables and cards."""
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    plain = quoted.replace("{value} ", "").replace("{fact}", "")
    ledger = (
        f"share: {{says: {plain}, value: 8, show: '<b>8</b>', source: 'k, <i>Table</i> 4', differs: {plain}}}\n"
        f"licence: {{says: {plain}, text: {plain}, source: 'k, <u>§1</u>', words: [{plain}]}}\n"
    )
    text = "## A {fact}`share`\n\n{fact}`share` {fact}`licence`\n\n:::{compare} source\nx <script>: share\n:::\n"
    output = small_site(paper(text, ledger), more=MORE + 'suppress_warnings = ["paperdeck.fact_in_title"]').articles()
    page = output.page()
    assert [script for script in page.select("script") if "alert" in script.text] == []
    assert page.select("article b > b, td i, td u, data b, template script") == []
    assert "<script>alert(1)</script>" in page.select_one("table.facts").text


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=60), min_size=10, max_size=60)
)
def test_any_role_text_builds(small_site: Callable[..., SmallSite], texts: list[str]) -> None:
    """Whatever stands in the role, the page is built and each fault is one of ours, at a line."""
    roles = "\n\n".join("{fact}`" + re.sub(r"[`\n\\]", " ", text) + " <share>`" for text in texts)
    output = small_site(paper(roles + "\n\n{fact}`share`"), conf=CONF + MORE).build("dummy")
    for warning in output.warnings:
        assert re.match(
            r"index\.md:\d+: (ERROR|WARNING): .*\[paperdeck\.(fact_mismatch|unknown_fact)\]$", warning, re.S
        )
