"""Facts in the text: how they are written and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperdeck.facts.domain import use_fact
from paperdeck.facts.role import Mismatch, collect_places, collect_sources, write_fact
from paperdeck.ledger.resolving import UnknownFact
from tests.facts.papers import LEDGER, MORE, paper
from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


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


def test_a_key_with_a_form_of_its_own_is_told(small_site: Callable[..., SmallSite]) -> None:
    """In the front matter, with what to write: the ledger says how a number is written. Other braces are text."""
    front = 'paper: k\nsummary: "{share:.1%} of {a: b}, {share}"'
    (warning,) = small_site(paper("x", front=front), more=MORE).build("dummy").warnings
    assert warning.startswith("index.md:3: ERROR: “{share:.1%}” is no key of a fact; write “{share}”, which is 8%: ")


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
    assert page.select("#slide-share .paperdeck-content small") == []
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
    said = "does not agree with share, which is 0.0805; “{}” would [paperdeck.fact_mismatch]"
    assert sorted(output.warnings) == [
        f"index.md:10: ERROR: '7%' {said.format('8%')}",  # MyST counts the line of a title one too far
        f"index.md:14: ERROR: '6%' {said.format('8%')}",
        f"index.md:3: ERROR: '5%' {said.format('8%')}",
        f"index.md:7: ERROR: '9%' in 'about 9%' {said.format('about 8%')}",
    ]
    assert output.page().select_one("p data").text == "about 9%"


def test_value_is_written_in_the_language_of_the_document(small_site: Callable[..., SmallSite]) -> None:
    """``lang`` chooses among the texts of ``show``."""
    ledger = LEDGER.replace('"{value:.0%}"', '{en: "{value:.0%}", de: "{value:.0%} davon"}')
    site = small_site(paper("{fact}`share`", ledger, front="paper: k\nlang: de"), more=MORE)
    assert site.articles().page().select_one("p data").text == "8% davon"


def test_helpers_name_places_for_other_parts(small_site: Callable[..., SmallSite]) -> None:
    """A slide's places are merged and short, other works named; the Sources slide hears what stands at each."""
    site = small_site(root="facts")
    with site.app("html") as app:
        app.build()
        env = app.env
        slide = next(node for node in env.get_doctree("glam/index").findall() if node.tagname == "slide")
        own, others = collect_places(env, "glam/index", [slide], "du2022glam")
        assert own == ["Abstract", "Tables 1 and 4"]
        assert others == {"Brown et al. 2020": ["Table 2.1"]}
        listed = dict(collect_sources(env, "glam/index", [slide], "du2022glam"))
        assert listed["Abstract"] == ["Parameters in all: 1.2 trillion"]
        assert sum("Parameters in all: 1.2 trillion" in lines for lines in listed.values()) == 1
        assert listed["Brown et al. 2020, Table 2.1"] == ["Parameters of GPT-3: 175B"]
        assert write_fact(env, "olmoe/index", "glam:experts", "64 experts") == "64 experts"
        assert use_fact(env, "glam/index", "experts").value == 64
        with pytest.raises(Mismatch, match="'65' does not agree with experts"):
            write_fact(env, "glam/index", "experts", "65")
        with pytest.raises(UnknownFact, match="did you mean experts"):
            use_fact(env, "glam/index", "expert")


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


@settings(max_examples=settings.default.max_examples // 5, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
