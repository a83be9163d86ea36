"""Papers side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.facts.pages import rows
from tests.facts.papers import BIB, MORE, edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def test_comparison_has_a_column_for_each_paper(small_site: Callable[..., SmallSite]) -> None:
    """Each cell is a fact with its place; what the ledger does not have is not held against the paper."""
    page = small_site(root="facts").articles().page("compare.html")
    [table] = page.select("table.compare")
    assert rows(table) == [
        ["", "GLaM ICML 2022", "OLMoE ICLR 2025"],
        ["Size", "", ""],
        ["Parameters in all", "1.2 trillion Abstract", "6.9 billion Table 1"],
        ["Experts", "64 §4", "64 §2"],
        ["Energy to train", "456 MWh Table 1, Table 4", "not looked up"],
        ["Licence", "not looked up", "Apache 2.0 §1"],
    ]
    assert [link["href"] for link in table.select("th a")] == ["glam/index.html", "olmoe/index.html"]
    assert [cell.text.strip() for cell in table.select("td.unknown")] == ["not looked up", "not looked up"]
    assert len(table.select("td:not(.unknown) data.fact")) == 6
    assert len(table.select("tr.group")) == 1
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
        "compare.md:7: WARNING: 'C:' names no key; write “What it is: key”, or a title without a colon "
        "[paperdeck.compare]",
        "compare.md:10: ERROR: no folder 'glm' has a facts.yaml; those that have one: glam, olmoe [docutils]",
    ]


def test_a_table_of_a_project_without_ledgers_is_told(small_site: Callable[..., SmallSite]) -> None:
    """There is nothing to name instead."""
    [warning] = small_site({"index.md": "# A\n\n:::{facts} glam\n:::\n"}).build("html").warnings
    assert warning == "index.md:3: ERROR: no folder 'glam' has a facts.yaml, nor has any other [docutils]"


def test_a_comparison_of_nothing_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Without papers, without rows; and the lines of one with options, in a file that is taken in."""
    site = small_site(root="facts")
    (site.source / "part.txt").write_text("Text.\n\n:::{compare} glam\n:name: it\nA: nothing\n:::\n", "utf-8")
    page = "# C\n\n:::{compare}\nA: experts\n:::\n\n:::{compare} glam\n:::\n\n```{include} part.txt\n```\n"
    (site.source / "compare.md").write_text(page, "utf-8")
    found = [warning for warning in site.build("html").warnings if "compare.md" in warning or "part.txt" in warning]
    assert found == [
        "compare.md:3: ERROR: nothing to compare; name the folders of papers: {compare} glam, olmoe [docutils]",
        "compare.md:7: ERROR: the comparison has no rows; write lines such as “Parameters in all: total_params” "
        "[docutils]",
        "part.txt:5: WARNING: no ledger here has 'nothing'; write a key that one of them has [paperdeck.compare]",
    ]


TWO = {
    "a/index.md": "---\npaper: k\nshort: A\n---\n# A\n",
    "a/facts.yaml": """\
carbon: {says: carbon of training, reported: no, source: "k, §1–§6, Appendix B"}
mmlu: {says: MMLU, value: 44.8, source: "k, Table 1", setting: Five examples}
trivia: {says: TriviaQA, value: 75, source: "k, Table 2", setting: one example}
arc: {says: ARC, value: 50, source: "k, Table 3"}
""",
    "b/index.md": "---\nshort: B\n---\n# B\n\nWe found it {fact}`carbon`, {fact}`reported <carbon>`.\n",
    "b/facts.yaml": """\
carbon: {says: carbon of training, reported: no, source: "k, §2"}
trivia: {says: TriviaQA, value: 71, source: "k, §2", setting: no example}
""",
    "index.md": """\
# Side by side

```{toctree}
a/index
b/index
```

:::{compare} a, b
Carbon: carbon
MMLU: mmlu [five examples]
TriviaQA: trivia [one example]
ARC: arc [ no example ]
:::
""",
    "r.bib": BIB,
}


def test_a_cell_has_one_of_three_states(small_site: Callable[..., SmallSite]) -> None:
    """A fact, what was read and is not there, and what nobody has looked up; what is not alike is said to be."""
    output = small_site(TWO, more=MORE).articles()
    [table] = output.page().select("table.compare")
    assert rows(table)[1:] == [
        ["Carbon", "not reported read: §1–§6, Appendix B", "not reported read: Du et al. 2022, §2"],
        ["MMLU five examples", "44.8 Table 1", "not looked up"],
        ["TriviaQA one example", "75 Table 2", "71 Du et al. 2022, §2; otherwise: no example"],
        ["ARC no example", "50 Table 3; how it was measured is not noted", "not looked up"],
    ]
    classes = [[" ".join(cell.get("class", [])) for cell in row.select("td")][1:] for row in table.select("tbody tr")]
    assert classes == [["none", "none"], ["", "unknown"], ["", "unlike"], ["unlike", "unknown"]]
    [first, second] = output.page("b/index.html").select("section > p data.fact")
    assert (first.text, second.text) == ("not reported", "reported")
    assert first["title"] == "Du et al. 2022, §2 (read, and not found)"


def test_comparison_follows_what_a_paper_is_called(small_site: Callable[..., SmallSite]) -> None:
    """A new short name reads the comparison again; a change of the paper's prose does not."""
    site = small_site(root="facts")
    site.articles()
    path = site.source / "glam" / "index.md"
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    assert "compare" not in read_again(site.articles().status)
    edit(path, "short: GLaM", "short: GLaM 64")
    again = site.articles()
    assert "compare" in read_again(again.status)
    assert "GLaM 64" in again.page("compare.html").select_one("table.compare th a").text


def read_again(status: str) -> list[str]:
    """Return the documents that a run has read."""
    return re.findall(r"reading sources\.\.\. \[[ 0-9]+%\] (\S+)", status.replace("\x1b", ""))
