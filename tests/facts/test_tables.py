"""Facts side by side: the foot of a paper, what is often told otherwise, comparisons, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.facts.pages import headings, rows, texts
from tests.facts.papers import MORE, paper

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
        ["layers", "64", "place not checked", "attributed to the paper"],
        ["energy to train", "456 MWh", "Table 1, Table 4", "in the paper"],
        ["experts that share a card", "8", "", "from memory"],
    ]
    assert table.select_one("#fact-glam-active-share td.value data")["value"] == "0.0805"
    assert [icon["href"] for icon in table.select(".known use")][:3] == [
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
    assert item.text == "64: experts in each <mixture> layer. The outline says “hundreds of experts” & more."
    deck = site.deck()
    assert "outline" not in deck.page("glam/index.html").select_one(".slides").text


def test_each_fact_of_a_page_has_a_card(small_site: Callable[..., SmallSite]) -> None:
    """The card says value, meaning, places, works, how it is known and what differs; its icons are in the page."""
    output = small_site(root="facts").articles()
    page = output.page("glam/index.html")
    cards = {card["id"].removeprefix("fact-card-"): card for card in page.select("template[id^=fact]")}
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


def test_what_most_facts_have_in_common_is_a_mark_with_a_legend(small_site: Callable[..., SmallSite]) -> None:
    """An icon alone says that a fact stands in the paper, with words for who does not see it; the rest has words."""
    page = small_site(root="facts").articles().page("glam/index.html")
    [legend] = page.select("#the-numbers .facts-legend")
    assert legend.get_text(" ", strip=True) == "in the paper"
    [table] = page.select("#the-numbers table")
    marks = table.select(".known .paperdeck-mark")
    assert {(mark["title"], mark.select_one(".visually-hidden").text) for mark in marks} == {("in the paper",) * 2}
    seen = [how.text for how in table.select(".known .how")]
    assert seen == ["computed", "attributed to the paper", "from memory"]
    guess = {"index.md": "# T\n\n{fact}`a`\n", "facts.yaml": "a:\n  says: it\n  value: 8\n  known: ours\n"}
    assert small_site(guess).articles().page().select(".facts-legend") == []


def test_page_says_what_dots_under_a_number_mean(small_site: Callable[..., SmallSite]) -> None:
    """At the head of a paper and at the table; on no page without facts, and nowhere on the deck."""
    site = small_site(root="facts")
    output = site.articles()
    hints = output.page("glam/index.html").select(".paperdeck-hint")
    assert [hint.text for hint in hints] == ["A number with dots under it opens its source."] * 2
    assert [bool(hint.find_parent("header")) for hint in hints] == [True, False]
    assert output.page("plain.html").select(".paperdeck-hint") == []
    assert "dots under it" not in str(site.deck().page("glam/index.html"))


def test_words_are_told_from_numbers(small_site: Callable[..., SmallSite]) -> None:
    """They begin where words begin, and a sentence has the room of one."""
    facts = {"number": "value: 8", "short": "text: none", "long": "text: small models first and then the large ones"}
    ledger = "".join(f"{key}:\n  says: {key}\n  {value}\n  known: ours\n" for key, value in facts.items())
    page = small_site(
        {"index.md": "# T\n\n```{facts}\n```\n{fact}`number` {fact}`short` {fact}`long`\n", "facts.yaml": ledger}
    )
    values = page.articles().page().select("td.value")
    assert [cell["class"] for cell in values] == [["value"], ["value", "words"], ["value", "words", "sentence"]]


def test_table_says_how_a_fact_is_known_where_it_is_not_in_the_paper(small_site: Callable[..., SmallSite]) -> None:
    """What a log says is in that log, what nobody looked up is attributed, a constant of ours is no estimate."""
    facts = {
        "log": "value: 3\n  source: k, training log",
        "theorem": "value: 5\n  source: k, §2, training log",
        "hearsay": "value: 4\n  source: k\n  place: memory",
        "constant": "value: 86400\n  known: ours",
        "guess": "value: 7\n  known: ours\n  source: k, Figure 2",
        "count": "from: 2 * guess\n  known: ours",
    }
    ledger = "".join(f"{key}:\n  says: {key}\n  {value}\n" for key, value in facts.items())
    text = " ".join(f"{{fact}}`{key}`" for key in facts)
    [table] = small_site(paper(text, ledger), more=MORE).articles().page().select("table.facts")
    assert [row[2:] for row in rows(table)[1:]] == [
        ["training log", "in the source named"],
        ["§2, training log", "in the paper"],
        ["place not checked", "attributed to the paper"],
        ["", "added by us"],
        ["Figure 2", "our estimate"],
        ["2 × 7", "our estimate"],
    ]


def test_borrowed_facts_stand_under_the_name_of_their_paper(small_site: Callable[..., SmallSite]) -> None:
    """With links to the paper and to the row of each fact in its table; to the paper alone where it has no such row."""
    other = "big:\n  says: parameters\n  value: 9\n  known: ours\nfew:\n  says: layers\n  value: 2\n  known: ours\n"
    files = {
        "index.md": "# Site\n\n```{toctree}\none/index\ntwo/index\n```\n",
        "one/index.md": "---\nshort: ONE\n---\n# One\n\n{fact}`own` {fact}`two:big` {fact}`two:few`\n",
        "one/facts.yaml": "own:\n  says: it\n  value: 8\n  known: ours\n",
        "two/index.md": "---\nshort: TWO\n---\n# Two\n\nHas {fact}`big`.\n",
        "two/facts.yaml": other,
    }
    site = small_site(files, more="nitpicky = True\n")
    [table] = site.articles().page("one/index.html").select("table.facts")
    assert [row[0] for row in rows(table)[1:]] == ["it", "Numbers of TWO", "parameters", "layers"]
    assert [link["href"] for link in table.select("a")] == [
        "../two/index.html",
        "../two/index.html#fact-two-big",
        "../two/index.html",
    ]
    (site.source / "two" / "index.md").write_text(files["two/index.md"].replace("big", "few"), "utf-8")
    [table] = site.articles().page("one/index.html").select("table.facts")
    assert [link["href"].partition("#")[2] for link in table.select("a")] == ["", "", "fact-two-few"]
