"""Facts side by side: the foot of a paper, departures from the outline, comparisons, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup, Tag

    from tests.sites import SmallSite


def rows(table: Tag) -> list[list[str]]:
    """Return the texts of a table's cells."""
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]


def texts(card: Tag) -> list[str]:
    """Return the texts of a template, which is no part of the page's own."""
    return [text for text in card.find_all(string=True) if text.strip()]


def headings(page: BeautifulSoup) -> list[str]:
    """Return the headings of an article."""
    return [heading.contents[0].strip() for heading in page.select("h2") if isinstance(heading.contents[0], str)]


def test_foot_says_where_every_number_stands(small_site: Callable[..., SmallSite]) -> None:
    """The facts that a paper uses, in the order of its ledger: what, how much, where, how known."""
    page = small_site(root="facts").articles().page("glam/index.html")
    assert headings(page) == ["Where we depart from the outline", "The numbers", "References"]
    [table] = page.select("#the-numbers table")
    assert rows(table) == [
        ["What it says", "Value", "Place", "How it is known"],
        ["parameters in all", "1.2 trillion", "Abstract", "in the paper"],
        ["parameters that one token activates", "96.6 billion", "Table 4", "in the paper"],
        ["share of the parameters that one token uses", "8%", "96.6 billion / 1.2 trillion", "computed"],
        ["experts in each <mixture> layer", "64", "§4", "in the paper"],
        ["parameters of GPT-3", "175B", "Brown et al. 2020, Table 2.1", "in the paper"],
        ["layers", "64", "place not checked", "in the paper"],
        ["energy to train", "456 MWh", "Table 1, Table 4", "in the paper"],
        ["experts that share a card", "8", "", "from memory"],
    ]
    assert table.select_one("#fact-glam-active-share td.value data")["value"] == "0.0805"
    assert [icon["href"] for icon in table.select(".how use")][:3] == [
        "#icon-file-text",
        "#icon-file-text",
        "#icon-scale",
    ]
    assert [link["href"] for link in page.select(".facts-data a")] == ["facts.json", "../facts.schema.json"]


def test_departure_is_noted_at_the_fact_and_collected(small_site: Callable[..., SmallSite]) -> None:
    """A note follows the first prose with the fact, the collection stands at the foot; nobody speaks of it."""
    site = small_site(root="facts")
    page = site.articles().page("glam/index.html")
    [note] = page.select(".differs:not(template *)")
    assert note.get_text(" ", strip=True) == "The outline differs. The outline says “hundreds of experts” & more."
    assert note.find_previous_sibling("p").text.startswith("Each of the 64 layers")
    [item] = page.select("#where-we-depart-from-the-outline li")
    assert item.text == "64 experts in each <mixture> layer. The outline says “hundreds of experts” & more."
    deck = site.deck()
    assert "outline" not in deck.page("glam/index.html").select_one(".slides").text


def test_each_fact_of_a_page_has_a_card(small_site: Callable[..., SmallSite]) -> None:
    """The card says value, meaning, places, works, how it is known and what differs; its icons are in the page."""
    output = small_site(root="facts").articles()
    page = output.page("glam/index.html")
    cards = {card["id"].removeprefix("fact-card-"): card for card in page.select("template")}
    assert cards.keys() == {fact["data-fact"] for fact in page.select("data.fact")}
    assert texts(cards["glam:active_share"]) == [
        "8%",
        "share of the parameters that one token uses",
        "96.6 billion / 1.2 trillion",
        "Table 4, Abstract",
        "Du et al. 2022",
        "computed",
    ]
    assert texts(cards["glam:experts"])[2:] == [
        "§4",
        "in the paper: Du et al. 2022",
        "The outline says “hundreds of experts” & more.",
    ]
    assert "place not checked" in texts(cards["glam:layers"])
    drawn = {f"#{symbol['id']}" for symbol in page.select("symbol")}
    assert {use["href"] for use in page.select("use")} <= drawn
    assert output.page("plain.html").select("template, symbol, .facts") == []


def test_comparison_has_a_column_for_each_paper(small_site: Callable[..., SmallSite]) -> None:
    """Each cell is a fact with its place; a paper that is silent is said to be silent."""
    page = small_site(root="facts").articles().page("compare.html")
    [table] = page.select("table.compare")
    assert rows(table) == [
        ["", "GLaM ICML 2022", "OLMoE ICLR 2025"],
        ["Size", "", ""],
        ["Parameters in all", "1.2 trillion Abstract", "6.9 billion Table 1"],
        ["Experts", "64 §4", "64 §2"],
        ["Energy to train", "456 MWh Table 1, Table 4", "not reported"],
        ["Licence", "not reported", "Apache 2.0 §1"],
    ]
    assert [link["href"] for link in table.select("th a")] == ["glam/index.html", "olmoe/index.html"]
    assert [cell.text for cell in table.select("td.none")] == ["not reported", "not reported"]
    assert len(table.select("td:not(.none) data.fact")) == 6
    assert len(table.select("tr.group")) == 1
    assert page.select_one("#the-numbers") is None


def test_facts_directive_takes_the_place_of_the_foot(small_site: Callable[..., SmallSite]) -> None:
    """``{facts}`` prints the whole ledger where it stands, once."""
    page = small_site(root="facts").articles().page("olmoe/index.html")
    [table] = page.select("table.facts")
    assert [row[0] for row in rows(table)[1:]] == [
        "parameters in all",
        "experts in each layer",
        "licence of the weights",
        "as large as OLMoE is GLaM",
    ]
    assert rows(table)[4][2] == "1.2 trillion / 6.9 billion"
    assert page.select_one("#the-numbers") is None


def test_what_cannot_be_compared_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """A key that no paper has, a broken fact, and a folder without a ledger."""
    rows = "Parameters: total_parms\nA: experts\nB: energy\nC:\n"
    page = f"# C\n\n:::{{compare}} glam, olmoe\n{rows}:::\n\n:::{{facts}} glm\n:::\n"
    site = small_site(root="facts")
    (site.source / "compare.md").write_text(page, "utf-8")
    path = site.source / "glam" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("says: energy", "sayz: energy"), "utf-8")
    found = [warning for warning in site.build("html").warnings if warning.startswith("compare.md")]
    assert found == [
        "compare.md:4: WARNING: no ledger here has 'total_parms'; did you mean total_params? [paperdeck.compare]",
        f"compare.md:6: WARNING: energy of {path} is broken there; mend that first [paperdeck.unknown_fact]".replace(
            f"{site.source}/", ""
        ),
        "compare.md:6: WARNING: no ledger here has 'energy'; write a key that one of them has [paperdeck.compare]",
        "compare.md:7: WARNING: 'C:' names no key; write “What it is: key”, or a title without a colon "
        "[paperdeck.compare]",
        "compare.md:10: ERROR: no folder 'glm' has a facts.yaml; those that have one: glam, olmoe [docutils]",
    ]
