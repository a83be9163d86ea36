"""PDFs as a real program writes them, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.evidence.findings import Outcome
from paperdeck.evidence.pdf import UnreadablePaper
from paperdeck.evidence.places import Place
from paperdeck.evidence.reading import read_paper
from paperdeck.evidence.search import look_up
from tests.evidence.papers import WORK, make_paper, to_html
from tests.evidence.test_search import SEEDS, drift, misplace

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


def print_page(page: Page, html: str, file: Path) -> Path:
    """Print a page as a browser does."""
    page.set_content(html)
    page.pdf(path=file, prefer_css_page_size=True)
    return file


@pytest.mark.parametrize("columns", [1, 2])
def test_three_hundred_facts_are_found_in_pdfs(page: Page, tmp_path: Path, columns: int) -> None:
    """Of what stands there at least 98 in 100 at its place; of what does not, nothing."""
    found = 0
    for seed in SEEDS:
        made = make_paper(seed)
        html = to_html(made, captions_above=seed % 2 == 0, columns=columns)
        paper = read_paper(print_page(page, html, tmp_path / f"{seed}.pdf"))
        outcomes = [look_up(fact, WORK, paper).outcome for fact in made.facts]
        assert Outcome.MISSING not in outcomes
        found += outcomes.count(Outcome.FOUND)
        assert {look_up(drift(fact), WORK, paper).outcome for fact in made.facts} == {Outcome.MISSING}
        wrong = [fact for fact in misplace(made) if look_up(fact, WORK, paper).outcome is Outcome.FOUND]
        assert [fact for fact in wrong if fact.sources[0].places[0].startswith("Table")] == []
    assert found >= 0.98 * 60 * len(SEEDS)


def test_a_table_set_sideways_is_read(page: Page, tmp_path: Path) -> None:
    """Its caption stands sideways too."""
    html = """<h2>1 Results</h2><p>There is a table with all that was measured of each of these models.</p>
    <div style="writing-mode: vertical-rl; height: 600px"><p>Table 1: What was measured.</p>
    <table><tr><td>Ours</td><td>96.6B</td></tr><tr><td>Theirs</td><td>175B</td></tr></table></div>"""
    paper = read_paper(print_page(page, html, tmp_path / "paper.pdf"))
    tables = " ".join(block.text for block in paper.blocks if block.float == Place("table", "1"))
    assert "96.6B" in tables
    assert "175B" in tables


def test_a_scan_is_refused_with_what_to_do(page: Page, tmp_path: Path) -> None:
    """It holds pictures and no text."""
    html = '<svg width="600" height="800"><rect width="600" height="800" fill="grey"/></svg>'
    with pytest.raises(UnreadablePaper, match="run a text recognition over it first"):
        read_paper(print_page(page, html, tmp_path / "scan.pdf"))


def test_raised_digits_are_powers_and_notes(page: Page, tmp_path: Path) -> None:
    """And no part of the number before them."""
    html = """<h2>1 Results</h2><p>It takes 3 × 10<sup>22</sup> operations, 96.6<sup>2</sup> of them at once, says the
    first of many sentences that make this paragraph long enough to be the text of a paper and no picture.</p>"""
    paper = read_paper(print_page(page, html, tmp_path / "paper.pdf"))
    said = " ".join(block.text for block in paper.blocks)
    assert "10^22" in said
    assert "96.6^2" in said
