"""The works of the bibliography: what entries say, as people write them for BibTeX, natbib and BibLaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.site.bibliography import inherit, read_bibliography
from paperdeck.site.works import Work, read_work, read_year
from tests.site.samples import BIBLIOGRAPHY, TALK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def work(bibtex: str) -> Work:
    """Return the first work of a bibliography."""
    found = read_bibliography({"refs.bib": bibtex.encode()})
    assert found.problems == ()
    key, entry = next(iter(found.data.entries.items()))
    return read_work(entry, inherit(entry, found.data), found.sources[key])


def test_an_entry_is_read_as_text() -> None:
    """LaTeX, braces and particles of names are resolved; the event goes before the book."""
    read = work(
        r"""@inproceedings{Doe2024, title={{GLaM}: \"Uber {\'e}clairs \& more}, pages={1--9},
        series={PMLR}, volume={162},
        author={Doe, Jane M. and van der Berg, Jan and {The Team} and others}, booktitle={Proc.}, eventtitle={ICML},
        year=2024, doi={10.1234/x}, eprint={2101.1}, archiveprefix={arXiv}}"""
    )
    assert read.title == "GLaM: Über éclairs & more"
    assert read.authors == ("Jane M. Doe", "Jan van der Berg", "The Team", "others")
    assert read.families == ("Doe", "van der Berg", "The Team", "others")
    assert (read.venue, read.year, read.pages, read.series) == ("ICML", "2024", "1–9", "PMLR 162")
    assert read.url == "https://doi.org/10.1234/x"
    assert read.bibtex.startswith("@inproceedings{Doe2024,")


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("url={https://example.org/}, doi={10.1234/x}, eprint={2101.1}", "https://example.org/"),
        ("doi={10.1234/x}, eprint={2101.1}", "https://doi.org/10.1234/x"),
        ("eprint={2101.1}", "https://arxiv.org/abs/2101.1"),
        ("eprint={17}, archiveprefix={hal}", ""),
        ("year={2024}", ""),
    ],
)
def test_a_work_is_found_at_its_best_address(fields: str, url: str) -> None:
    """Its own, else its DOI, else arXiv."""
    assert work(f"@misc{{a, title={{T}}, {fields}}}").url == url


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("date={2022-11-03}", "2022-11-03"),
        ("date={2022-11/2023-02}, year={2019}", "2022-11"),
        ("date={2022-02-31}", "2022-02"),
        ("date={0000}", ""),
        ("date={c. 2022}, year={2021}", "2021"),
        ("year={2020/2021}, month=jul", "2020-07"),
        ("year={2020}, month={7}", "2020-07"),
        ("year={2020}, month={19--21}", "2020"),
        ("year={in press}", ""),
    ],
)
def test_the_day_of_a_work_is_as_exact_as_its_entry(fields: str, day: str) -> None:
    """Year, month and day of a date; else the year, and the month as a number or a name."""
    assert work(f"@misc{{a, title={{T}}, {fields}}}").published == day


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (r"url={https://example.org/a\_b?x=1\&y=2}", "https://example.org/a_b?x=1&y=2"),
        (r"howpublished={\url{https://example.org/}}", "https://example.org/"),
        ("doi={https://doi.org/10.1234/x_y}", "https://doi.org/10.1234/x_y"),
        ("doi={doi:10.1234/x}", "https://doi.org/10.1234/x"),
        ("eprint={arXiv:2101.00001v2}, eprinttype={arxiv}", "https://arxiv.org/abs/2101.00001v2"),
        ("eprint={hep-th/9901001}", "https://arxiv.org/abs/hep-th/9901001"),
        ("url={ftp://example.org/}", ""),
        ("url={www.example.org}", ""),
        ("doi={unknown}", ""),
    ],
)
def test_an_address_is_one_that_may_be_followed(fields: str, url: str) -> None:
    """Of http, https or mailto alone, its escapes undone."""
    assert work(f"@misc{{a, title={{T}}, {fields}}}").url == url


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("2022-11-03", "2022"),
        ("2022", "2022"),
        ("2020/2021", "2020–2021"),
        ("2020-05/2020-06", "2020"),
        ("2020-05-01/", "2020"),
        ("1999~", "1999"),
        ("in press", ""),
    ],
)
def test_the_year_of_a_biblatex_date(dates: str, year: str) -> None:
    """Days and months are left out, a range of years is kept."""
    assert read_year(dates) == year


def test_biblatex_is_read() -> None:
    """Its own names of fields, subtitles, online resources and names in parts."""
    article = work("@article{k, title={Thing}, subtitle={More}, journaltitle={Journal}, date={2022-11-03}}")
    assert (article.title, article.when) == ("Thing: More", "Journal 2022")
    online = work("@online{k, title={Page}, author={family=Gogh, given=Vincent, prefix=van}, organization={Museum}}")
    assert (online.authors, online.families, online.venue) == (("Vincent van Gogh",), ("van Gogh",), "Museum")
    assert work("@thesis{k, title={T}, institution={Univ.}, date={2001}}").when == "Univ. 2001"


def test_what_a_crossref_says_is_inherited() -> None:
    """The title of the proceedings is where it appeared, its own fields go first."""
    paper = "@inproceedings{a, crossref={book}, title={A}, author={Doe, Ana}, pages={1--2}}\n"
    book = "@proceedings{book, title={Proc. of X}, editor={Roe, B.}, year={2020}, doi={10.1234/book}}\n"
    read = work(paper + book)
    assert (read.title, read.when, read.pages, read.url) == ("A", "Proc. of X 2020", "1–2", "")


def test_an_entry_that_says_little_is_shown_by_what_it_has() -> None:
    """Without title, authors or year there is the key, and nothing is made up."""
    read = work("@misc{key2020}")
    assert (read.title, read.who, read.short, read.when, read.url) == ("key2020", "key2020", "key2020", "", "")


@pytest.mark.parametrize(
    ("authors", "who"),
    [
        ("Doe, Jane", "Doe"),
        ("Doe, Jane and Roe, Ann", "Doe and Roe"),
        ("Doe, Jane and Roe, Ann and Poe, Bo", "Doe et al."),
        ("Doe, Jane and others", "Doe et al."),
        ("Doe, Jane and et al.", "Doe et al."),
        ("{The {GLaM} Team} and Roe, Ann", "The GLaM Team and Roe"),
        (r"Mu{\~n}oz, Ana and Erd\H{o}s, P.", "Muñoz and Erdős"),
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


def test_one_bibliography_needs_no_brackets(small_site: Callable[..., SmallSite]) -> None:
    """It is not taken for as many files as it has letters."""
    documents = {"index.md": f"---\npaper: doe2024work\n---\n{TALK}", "w.bib": BIBLIOGRAPHY}
    site = small_site(documents, more='bibtex_bibfiles = "w.bib"\n')
    assert site.deck().warnings == []
