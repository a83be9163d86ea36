"""Facts side by side: the foot of a paper, what is often told otherwise, comparisons, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.facts.pages import headings, rows, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def test_foot_says_where_every_number_stands(small_site: Callable[..., SmallSite]) -> None:
    """The facts that a paper uses, in the order of its ledger: what, how much, where, how known."""
    page = small_site(root="facts").articles().page("glam/index.html")
    assert headings(page) == ["Often told otherwise", "The numbers", "References"]
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


def test_foot_stands_in_no_other_block(small_site: Callable[..., SmallSite]) -> None:
    """Where the title of a box or table comes before that of a section."""
    text = "```{topic} A box\nOf {fact}`a`.\n```\n"
    files = {"index.md": text, "facts.yaml": "a:\n  says: what it is\n  value: 8\n  known: ours\n"}
    page = small_site(files).articles().page()
    assert page.select("aside section") == page.select("#the-numbers") == []
    headed = small_site({**files, "index.md": f"{text}\n# A heading\n\nWords.\n"}).articles().page()
    assert headings(headed)[-1] == "The numbers"
    assert headed.select("aside section") == []


def test_departure_is_noted_at_the_fact_and_collected(small_site: Callable[..., SmallSite]) -> None:
    """A note follows the first prose with the fact, the collection stands at the foot; nobody speaks of it."""
    site = small_site(root="facts")
    page = site.articles().page("glam/index.html")
    [note] = page.select(".differs:not(template *)")
    assert note.get_text(" ", strip=True) == "Often told otherwise. The outline says “hundreds of experts” & more."
    assert note.find_previous_sibling("p").text.startswith("Each of the 64 layers")
    [item] = page.select("#often-told-otherwise li")
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


def test_card_shows_what_stands_beside_its_number(small_site: Callable[..., SmallSite]) -> None:
    """What the ledger has from the same row of the paper's table, with its values."""
    cells = "".join(
        f"{name}:\n  says: {name} on ONE\n  value: {value}\n  source: doe2024, Table 4\n"
        for name, value in (("small", 62.7), ("large", 65.5))
    )
    page = "---\npaper: doe2024\n---\n# Talk\n\nIt has {fact}`small`, not {fact}`large`.\n"
    work = "@misc{doe2024, title={Work}, author={Doe, A.}, year=2024}\n"
    files = {"index.md": page, "facts.yaml": cells, "refs.bib": work}
    cards = small_site(files, more='bibtex_bibfiles = ["refs.bib"]\n').articles().page().select("template .near")
    assert [texts(card) for card in cards] == [
        ["Also in Table 4", "65.5", "large on ONE"],
        ["Also in Table 4", "62.7", "small on ONE"],
    ]


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
