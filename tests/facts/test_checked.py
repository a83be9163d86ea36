"""What the pages say of a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperdeck.evidence.checked import digest_fact
from paperdeck.ledger.reading import read_ledger
from tests.facts.papers import MORE, paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

LEDGER = "".join(
    f"{key}:\n  says: the {key}\n  value: {value}\n  source: k, Table {value}\n"
    for key, value in (("first", 4), ("second", 5), ("third", 6))
)
SLIDES = ":::{slide} S\n- {fact}`first` {fact}`second` {fact}`third`\n:::\n"


def checked(*, page: int = 5, changed: str = "") -> str:
    """Return a checked.yaml in which the first fact was found, the second was not, and the third nobody looked for."""
    facts = read_ledger(LEDGER, "papers/x/facts.yaml")[0].facts
    lines = ["texts:", "  k:", "    kind: PDF", f"    sha256: {'9f' * 32}", "    day: 2026-01-31", "facts:"]
    for key, outcome in (("first", "found"), ("second", "missing")):
        digest = "0" * 12 if key == changed else digest_fact(facts[key])
        lines += [f"  {key}:", "    work: k", f"    outcome: {outcome}", f"    digest: {digest}"]
        lines += ['    place: "Table 4"', f"    page: {page}"] if outcome == "found" else []
    return "\n".join(lines) + "\n"


def test_article_says_where_each_number_was_found(small_site: Callable[..., SmallSite]) -> None:
    """At the fact, on its card, in the table, in the head and as data; nothing where nobody looked."""
    site = small_site({**paper(SLIDES, LEDGER), "checked.yaml": checked()}, more=MORE)
    output = site.articles()
    page = output.page()
    titles = [fact["title"] for fact in page.select("aside.slide data.fact")]
    assert titles[0].endswith("Table 4; found on page 5 of the paper")
    assert titles[1].endswith("Table 5; not found in the paper’s text")
    assert titles[2].endswith("Table 6")
    rows = [row.get_text(" ", strip=True) for row in page.select("table.facts .place")]
    assert rows == ["Table 4 found on page 5 of the paper", "Table 5 not found in the paper’s text", "Table 6"]
    [mark] = page.select("table.facts .place .paperdeck-mark")
    assert (mark["title"], mark["data-brief"]) == ("found on page 5 of the paper", "p. 5")
    assert page.select_one("table.facts .place small").text == "not found in the paper’s text"
    assert page.select_one(".facts-legend").get_text("; ", strip=True) == "in the paper; found in the paper’s text"
    cards = page.select("template")
    assert "found on page 5 of the paper" in str(cards[0])
    assert "search-check" not in str(cards[2])
    [head] = page.select(".paperdeck-checked")
    assert head.get_text(" ", strip=True) == "1 of 3 numbers found in the paper’s own text (PDF, SHA-256 9f9f9f9f…)"
    assert head.select_one("summary").get_text(" ", strip=True) == "1 of 3 numbers found in the paper’s own text"
    data = json.loads(output.text("facts.json"))
    [facts] = data["ledgers"].values()
    assert facts["first"]["checked"] == {"work": "k", "outcome": "found", "place": "Table 4", "page": 5}
    assert facts["third"]["checked"] is None
    assert [*data["texts"].values()] == [{"k": {"kind": "PDF", "sha256": "9f" * 32, "day": "2026-01-31"}}]


def test_what_is_read_off_a_figure_is_counted_apart(small_site: Callable[..., SmallSite]) -> None:
    """No text holds it, so that nobody can find it there."""
    ledger = LEDGER.rstrip("\n") + "\n  read: figure\n"
    site = small_site({**paper(SLIDES, ledger), "checked.yaml": checked()}, more=MORE)
    [head] = site.articles().page().select(".paperdeck-checked")
    assert "1 of 2 numbers found in the paper’s own text (PDF, SHA-256 9f9f9f9f…); 1 read off its figures" in head.text


def test_what_stands_beside_the_paper_is_counted_apart(small_site: Callable[..., SmallSite]) -> None:
    """A log or a repository is not the paper's text, so nobody misses its numbers there."""
    ledger = LEDGER.replace("k, Table 6", "k, training log")
    site = small_site({**paper(SLIDES, ledger), "checked.yaml": checked()}, more=MORE)
    [head] = site.articles().page().select(".paperdeck-checked")
    assert head.text.endswith("; 1 not in the paper itself")


def test_what_a_person_saw_is_said_where_the_search_missed_it(small_site: Callable[..., SmallSite]) -> None:
    """At the number and in the table."""
    ledger = LEDGER.replace("Table 5", "Table 5\n  seen: page 9, in a picture")
    page = small_site({**paper(SLIDES, ledger), "checked.yaml": checked()}, more=MORE).articles().page()
    says = "not found in the paper’s text; seen by eye: page 9, in a picture"
    assert page.select("aside.slide data.fact")[1]["title"].endswith(says)
    assert says in page.select("table.facts .place")[1].get_text(" ", strip=True)


def test_deck_says_it_among_the_sources(small_site: Callable[..., SmallSite]) -> None:
    """At the end, where an audience asks."""
    site = small_site({**paper(SLIDES, LEDGER), "checked.yaml": checked()}, more=MORE)
    [says] = [dd for dd in site.deck().page().select("#sources dd") if "own text" in dd.text]
    assert says.text == "1 of 3 numbers found in the paper’s own text"


def test_a_fact_that_changed_is_not_said_to_be_found(small_site: Callable[..., SmallSite]) -> None:
    """Until somebody looks again."""
    site = small_site({**paper(SLIDES, LEDGER), "checked.yaml": checked(changed="first")}, more=MORE)
    page = site.articles().page()
    assert page.select_one("aside.slide data.fact")["title"].endswith("changed since it was checked")
    assert "0 of 3" in page.select_one(".paperdeck-checked").text


def test_pages_are_read_again_when_a_check_comes_changes_or_goes(small_site: Callable[..., SmallSite]) -> None:
    """In both outputs, and not otherwise."""
    site = small_site(paper(SLIDES, LEDGER), more=MORE)
    assert not site.articles().page().select(".paperdeck-checked")
    site.deck()
    for text, says in ((checked(), "page 5"), (checked(page=7), "page 7"), ("", "")):
        file = site.source / "checked.yaml"
        file.write_text(text, "utf-8") if text else file.unlink()
        output = site.articles()
        assert "1 changed" in output.status
        title = output.page().select_one("aside.slide data.fact")["title"]
        assert title.endswith(f"found on {says} of the paper" if says else "Table 4")
        assert ("own text" in str(site.deck().page())) is bool(text)
    assert "0 changed" in site.articles().status


def test_a_page_of_the_pdf_is_linked_where_the_bibliography_has_one(small_site: Callable[..., SmallSite]) -> None:
    """By the entry's ``pdf``, or its address where that is a PDF."""
    files = {**paper(SLIDES, LEDGER), "checked.yaml": checked()}
    files["r.bib"] = "@article{k, title={T}, author={Zeng, A}, year={2023}, pdf={https://example.org/a.pdf}}"
    site = small_site(files, more=MORE)
    page = site.articles().page()
    assert page.select_one("table.facts .place a")["href"] == "https://example.org/a.pdf#page=5"
    assert 'href="https://example.org/a.pdf#page=5"' in str(page.select_one("template"))


@pytest.mark.parametrize("text", [b"facts:\n  first: 3\n", b"\xff"])
def test_a_check_that_nobody_wrote_is_told(small_site: Callable[..., SmallSite], text: bytes) -> None:
    """At its line, and the page says nothing of it."""
    site = small_site({**paper(SLIDES, LEDGER), "checked.yaml": text}, more=MORE)
    output = site.build("html")
    [warning] = output.warnings
    assert warning.startswith("checked.yaml:")
    assert warning.endswith("[paperdeck.ledger]")
    assert not output.page().select(".paperdeck-checked")
