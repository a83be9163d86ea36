"""Citations: author and year in the text, the works at the paper's foot, and what they are on the deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

BIBLIOGRAPHY = r"""
@inproceedings{doe2024, title={A Work}, author={Doe, Jane and Roe, Ann and Poe, Bo}, eventtitle={CONF},
  booktitle={Proc.}, year=2024, pages={1--9}, url={https://example.org/work}}
@article{abe2020, title={Another \& more}, author={Abe, Ed and Roe, Ann}, journal={Journal}, year=2020}
@misc{untold, title={Untold}}
"""
CITING = """\
---
paper: doe2024
short: Work
---
# Talk

Opening {cite:p}`doe2024`, by {cite:t}`ABE2020,doe2024`.

## One

:::{slide} After {cite:t}`abe2020`
- Shown {cite:p}`doe2024, abe2020`
:::

Said {cite:p}`untold`.

## References

The author has a section of that name.
"""


def test_citations_name_authors_and_year(small_site: Callable[..., SmallSite]) -> None:
    """In brackets, or in the sentence; several in one; each leads to its work at the foot."""
    site = small_site({"index.md": CITING, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.articles().page()
    assert [part.text for part in page.select("[role=main] p:has(a.cite)")] == [
        "Opening (Doe et al. 2024), by Abe and Roe (2020), Doe et al. (2024).",
        "After Abe and Roe (2020)",
        "Shown (Doe et al. 2024; Abe and Roe 2020)",
        "Said (Untold).",
    ]
    assert all(page.find(id=link["href"].removeprefix("#")) for link in page.select("a.cite"))


def test_works_are_listed_once_at_the_foot(small_site: Callable[..., SmallSite]) -> None:
    """By author and year, in a section of their own after the last, whose id is free."""
    site = small_site({"index.md": CITING, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.articles().page()
    foot = page.select("section > section")[-1]
    assert foot["id"] == "references-2"
    assert [entry["id"] for entry in foot.select("li")] == [
        "reference-abe2020",
        "reference-doe2024",
        "reference-untold",
    ]
    assert [entry.text for entry in foot.select("li")] == [
        "Ed Abe, Ann Roe (2020). Another & more. Journal.",
        "Jane Doe, Ann Roe, Bo Poe (2024). A Work. CONF, 1–9.",
        "Untold.",
    ]
    assert foot.select_one("#reference-doe2024 a")["href"] == "https://example.org/work"


def test_a_work_without_authors_is_listed_by_its_title(small_site: Callable[..., SmallSite]) -> None:
    """Its year stands behind that, and not before everything."""
    bibliography = "@misc{k, title={Untold}, year={2020}, howpublished={The web}}"
    talk = "# Talk\n\nAs {cite:p}`k`.\n\n:::{slide} One\n- a\n:::\n"
    site = small_site({"index.md": talk, "refs.bib": bibliography}, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.articles().page()
    assert [item.text.strip() for item in page.select("ul.references li")] == ["Untold (2020). The web."]


def test_slides_cite_in_footer_and_sources(small_site: Callable[..., SmallSite]) -> None:
    """Links lead to the article's list; the footer names the slide's works, Sources the paper, then those shown."""
    site = small_site({"index.md": CITING, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    page = site.deck().page()
    slide = page.select_one("section[data-slide]")
    assert [link["href"] for link in slide.select(".paperdeck-content a.cite")] == [
        "../html/index.html#reference-doe2024",
        "../html/index.html#reference-abe2020",
    ]
    assert slide.select_one("footer a").text == "Abe and Roe 2020; Doe et al. 2024"
    assert [(term.text, term.find_next("dd").text) for term in page.select("#sources dt")] == [
        ("Doe et al. 2024", "A Work"),
        ("Abe and Roe 2020", "Another & more"),
    ]


def test_an_unknown_work_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """With the nearest that is there; the key stands in its place, the other works stay links."""
    text = "---\npaper: doe2024\n---\n# Talk\n\nAs in {cite:p}`doe2042,abe2020`.\n"
    site = small_site({"index.md": text, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    output = site.build("html")
    assert output.warnings == [
        "index.md:6: WARNING: no entry of the bibliography has the key 'doe2042'; did you mean doe2024? Else add it "
        "[paperdeck.unknown_work]"
    ]
    line = output.page().select_one("[role=main] p:has(a.cite)")
    assert line.text == "As in (doe2042; Abe and Roe 2020)."


def test_a_work_that_is_cited_as_in_pandoc_is_told(small_site: Callable[..., SmallSite]) -> None:
    """At its line, with the role to write; an address, code, and what the bibliography does not have are text."""
    text = "# T\n\n:::{slide} S\n- As in [@doe2024, p. 3; @untold]\n:::\n\n`[@doe2024]` [a@doe.org] [@nobody]\n"
    site = small_site({"index.md": text, "refs.bib": BIBLIOGRAPHY}, more='bibtex_bibfiles = ["refs.bib"]\n')
    assert site.build("html").warnings == [
        "index.md:4: WARNING: “[@doe2024, p. 3; @untold]” is text, and cites nothing; write {cite:p}`doe2024,untold` "
        "[paperdeck.markup]"
    ]


def test_two_papers_may_cite_one_work(small_site: Callable[..., SmallSite]) -> None:
    """Each lists it; sphinxcontrib-bibtex would warn of a duplicate."""
    paper = "---\npaper: doe2024\n---\n# {}\n\nText {{cite:p}}`abe2020`.\n"
    documents = {
        "index.md": "# Front\n\n```{toctree}\none\ntwo\n```\n",
        "one.md": paper.format("One"),
        "two.md": paper.format("Two"),
        "refs.bib": BIBLIOGRAPHY,
    }
    output = small_site(documents, more='bibtex_bibfiles = ["refs.bib"]\n').articles()
    assert all(len(output.page(f"{name}.html").select("ul.references li")) == 2 for name in ("one", "two"))


def test_a_bibliography_of_the_author_s_own_is_left_alone(small_site: Callable[..., SmallSite]) -> None:
    """A document with the directive, or without `paper`, belongs to sphinxcontrib-bibtex."""
    own = "---\npaper: doe2024\n---\n# Talk\n\nText {cite:p}`abe2020`.\n\n```{bibliography}\n```\n"
    documents = {"index.md": own, "refs.bib": BIBLIOGRAPHY}
    page = small_site(documents, conf=CONF + 'bibtex_bibfiles = ["refs.bib"]\n').articles().page()
    assert len(page.select("div.citation")) == 1
    assert not page.select("ul.references")


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("{cite:p}`doe2024`", "(Doe et al. 2024)"),
        ("{cite}`doe2024`", "(Doe et al. 2024)"),
        ("{cite:t}`doe2024`", "Doe et al. (2024)"),
        ("{cite:ps}`doe2024`", "(Doe, Roe and Poe 2024)"),
        ("{cite:ts}`doe2024`", "Doe, Roe and Poe (2024)"),
        ("{cite:alp}`doe2024,abe2020`", "Doe et al. 2024, Abe and Roe 2020"),
        ("{cite:author}`doe2024`", "Doe et al."),
        ("{cite:authors}`doe2024`", "Doe, Roe and Poe"),
        ("{cite:authorpar}`doe2024`", "(Doe et al.)"),
        ("{cite:year}`doe2024`", "2024"),
        ("{cite:yearpar}`doe2024`", "(2024)"),
        ("{cite:ct}`untold`", "Untold"),
        ("{cite:empty}`doe2024`", ""),
        ("{cite:p}`{see}doe2024{p. 5}, {and}abe2020`", "(see Doe et al. 2024, p. 5; and Abe and Roe 2020)"),
    ],
)
def test_every_role_names_a_work_its_own_way(small_site: Callable[..., SmallSite], role: str, text: str) -> None:
    """By author and year or one of them, in brackets or not, with what stands before and after."""
    site = small_site(
        {"index.md": f"# Talk\n\nAs {role}.\n\n:::{{slide}} One\n- a\n:::\n", "refs.bib": BIBLIOGRAPHY},
        more='bibtex_bibfiles = ["refs.bib"]\n',
    )
    assert site.articles().page().select_one("[role=main] p").text == f"As {text}."


def test_a_talk_without_a_paper_cites(small_site: Callable[..., SmallSite]) -> None:
    """It lists what it names, and its deck has Sources; a page without slides is left to sphinxcontrib-bibtex."""
    talk = "# Talk\n\nAs {cite:p}`abe2020`.\n\n:::{slide} One\n- a {cite:p}`doe2024`\n:::\n"
    page = "# Page\n\nAs {cite:p}`abe2020`.\n\n```{bibliography}\n```\n"
    site = small_site(
        {"index.md": talk + "\n```{toctree}\nother\n```\n", "other.md": page, "refs.bib": BIBLIOGRAPHY},
        more='bibtex_bibfiles = ["refs.bib"]\n',
    )
    output = site.articles()
    assert [entry["id"] for entry in output.page().select("#references li")] == [
        "reference-abe2020",
        "reference-doe2024",
    ]
    assert output.page("other.html").select("#references") == []
    assert [term.text for term in site.deck().page().select("#sources dt")] == ["Doe et al. 2024"]


def test_a_citation_that_names_no_keys_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """With what to write, wherever it stands; the text is shown as it is."""
    text = "# Talk\n\nAs {cite:p}`{doe2024}` and\n\n{cite:t}`doe2024; abe2020`.\n"
    output = small_site(text).build("html")
    assert output.warnings == [
        "index.md:3: WARNING: '{doe2024}' is no list of keys; write them without braces, with commas: "
        "{cite:p}`doe2024` [paperdeck.unknown_work]",
        "index.md:5: WARNING: 'doe2024; abe2020' is no list of keys; write them without braces, with commas: "
        "{cite:p}`doe2024,abe2020` [paperdeck.unknown_work]",
    ]
    assert "{doe2024}" in output.page().select_one("[role=main] p").text


ALIKE = """
@misc{zeta2022, title={Zeta of all}, author={Du, Nan and Roe, Ann and Poe, Bo}, year=2022}
@misc{alpha2022, title={Alpha of all}, author={Du, Zhengxiao and Abe, Ed and Poe, Bo}, year=2022}
@misc{omega2022, title={Never cited}, author={Du, Bo and Abe, Ed and Poe, Bo}, year=2022}
"""


def test_works_that_would_be_named_alike_are_told_apart(small_site: Callable[..., SmallSite]) -> None:
    """By letters as their titles follow, wherever a page or its deck names them; on a page with one of them by none."""
    paper = "---\npaper: zeta2022\n---\n# Talk\n\n"
    fact = "number:\n  says: it\n  value: 8\n  source: zeta2022, Table 1\n"
    slide = ":::{slide} S\n- {fact}`number`, says {cite:t}`zeta2022`, not {cite:p}`alpha2022`\n:::\n"
    files = {
        "index.md": "# Site\n\n```{toctree}\nboth/index\none/index\n```\n",
        "both/index.md": f"{paper}{slide}",
        "both/facts.yaml": fact,
        "one/index.md": f"{paper}Of {{fact}}`number` {{cite:t}}`zeta2022`.\n",
        "one/facts.yaml": fact,
        "refs.bib": ALIKE,
    }
    site = small_site(files, more='bibtex_bibfiles = ["refs.bib"]\n')
    output = site.articles()
    page = output.page("both/index.html")
    assert page.select_one("aside.slide li").text == "8, says Du et al. (2022b), not (Du et al. 2022a)"
    assert page.select_one("data.fact")["title"] == "Du et al. 2022b, Table 1"
    assert "Du et al. 2022b" in str(page.select_one("template"))
    entries = [entry.text for entry in page.select("#references li")]
    assert [entry.partition(". Z")[0].partition(". A")[0].split()[-1] for entry in entries] == ["(2022a)", "(2022b)"]
    assert "2022b" not in str(output.page("one/index.html"))
    slides = site.deck().page("both/index.html")
    assert slides.select_one(".slide-sources").get_text(" ", strip=True).count("Du et al. 2022a") == 1
    terms = [term.text for term in slides.select("#sources dt")]
    assert {"Du et al. 2022a", "Du et al. 2022b"} <= {*terms}


def test_works_of_the_table_of_facts_are_listed(small_site: Callable[..., SmallSite]) -> None:
    """Each name in it leads to its entry, though no prose cites the work; the paper at hand is not named there."""
    fact = "".join(f"{key}:\n  says: it\n  value: 8\n  source: {key}2022, Table 1\n" for key in ("zeta", "alpha"))
    text = "---\npaper: zeta2022\n---\n# Talk\n\nOf {fact}`zeta` and {fact}`alpha`.\n"
    files = {"index.md": text, "facts.yaml": fact, "refs.bib": ALIKE}
    page = small_site(files, more='bibtex_bibfiles = ["refs.bib"]\n').articles().page()
    assert [(link.text, link["href"]) for link in page.select("table.facts a.cite")] == [
        ("Du et al. 2022a", "#reference-alpha2022")
    ]
    assert [entry["id"] for entry in page.select("#references li")] == ["reference-alpha2022", "reference-zeta2022"]
