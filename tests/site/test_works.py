"""What a paper says of itself: its front matter, its bibliography entry, and what is wrong with either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pybtex.database import parse_string

from paperdeck.site.works import Work, read_entry
from tests.site.samples import BIBLIOGRAPHY, TALK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def work(bibtex: str) -> Work:
    """Return the one work of a bibliography."""
    ((key, entry),) = parse_string(bibtex, "bibtex").entries.items()
    return read_entry(key, entry)


def test_an_entry_is_read_as_text() -> None:
    """LaTeX, braces and particles of names are resolved; the event goes before the book."""
    read = work(
        r"""@inproceedings{Doe2024, title={{GLaM}: \"Uber {\'e}clairs \& more}, pages={1--9},
        series={PMLR}, volume={162},
        author={Doe, Jane M. and van der Berg, Jan and {The Team} and others}, booktitle={Proc.}, eventtitle={ICML},
        year=2024, doi={10.1/x}, eprint={2101.1}, archiveprefix={arXiv}}"""
    )
    assert read.title == "GLaM: Über éclairs & more"
    assert read.authors == ("Jane M. Doe", "Jan van der Berg", "The Team", "others")
    assert read.families == ("Doe", "van der Berg", "The Team", "others")
    assert (read.venue, read.year, read.pages, read.series) == ("ICML", "2024", "1–9", "PMLR 162")
    assert read.url == "https://doi.org/10.1/x"
    assert read.bibtex.startswith("@inproceedings{Doe2024,")


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("url={https://example.org/}, doi={10.1/x}, eprint={2101.1}", "https://example.org/"),
        ("doi={10.1/x}, eprint={2101.1}", "https://doi.org/10.1/x"),
        ("eprint={2101.1}", "https://arxiv.org/abs/2101.1"),
        ("eprint={17}, archiveprefix={hal}", ""),
        ("year={2024}", ""),
    ],
)
def test_a_work_is_found_at_its_best_address(fields: str, url: str) -> None:
    """Its own, else its DOI, else arXiv."""
    assert work(f"@misc{{a, title={{T}}, {fields}}}").url == url


@pytest.mark.parametrize(
    ("authors", "who"),
    [
        ("Doe, Jane", "Doe"),
        ("Doe, Jane and Roe, Ann", "Doe and Roe"),
        ("Doe, Jane and Roe, Ann and Poe, Bo", "Doe et al."),
        ("Doe, Jane and others", "Doe et al."),
        ("", "T"),
    ],
)
def test_authors_are_cited_shortly(authors: str, who: str) -> None:
    """One or two by name, more as et al.; without authors the title stands for them."""
    read = work(f"@misc{{a, title={{T}}, year=2024{f', author={{{authors}}}' if authors else ''}}}")
    assert (read.who, read.short) == (who, f"{who} 2024")


@pytest.mark.parametrize(
    ("most", "text"),
    [
        (3, "Jane Doe, Ann Roe, Bo Poe, and one other"),
        (2, "Jane Doe, Ann Roe, and 2 others"),
        (4, "Jane Doe, Ann Roe, Bo Poe, Cy Coe"),
    ],
)
def test_authors_are_named_up_to_a_number(most: int, text: str) -> None:
    """The rest is counted."""
    read = work("@misc{a, title={T}, author={Doe, Jane and Roe, Ann and Poe, Bo and Coe, Cy}}")
    assert read.authors_text(most) == text


def test_unnamed_authors_are_said_to_be() -> None:
    """An entry that ends in `and others` is not complete."""
    assert work("@misc{a, title={T}, author={Doe, Jane and others}}").authors_text(3) == "Jane Doe and others"


def test_a_changed_bibliography_reads_its_papers_again(small_site: Callable[..., SmallSite]) -> None:
    """And no other document."""
    documents = {
        "index.md": "# Front\n\n```{toctree}\ntalk\n```\n",
        "talk.md": f"---\npaper: doe2024work\n---\n{TALK}",
        "refs.bib": BIBLIOGRAPHY,
    }
    site = small_site(documents, more='bibtex_bibfiles = ["refs.bib"]\n')
    assert "A Work" in site.deck().page("talk.html").select_one("#cover").text
    (site.source / "refs.bib").write_text(BIBLIOGRAPHY.replace("A Work", "Another Work"), "utf-8")
    again = site.deck()
    assert "0 added, 1 changed, 0 removed" in again.status
    assert "Another Work" in again.page("talk.html").select_one("#cover").text
