"""``python -m paperdeck remove``: what refers to a paper, and the paper taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from paperdeck.start.remove import find_references, hide_code
from tests.conftest import PAPERS, TOP
from tests.sites import SmallSite

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of two papers, with a diagram of one of them, and stand in it."""
    top = tmp_path / "source"
    assert main(["init", str(top)]) == 0
    monkeypatch.chdir(top)
    assert main(["new", "lora"]) == 0
    paper = top / "papers" / "lora" / "index.md"
    paper.write_text(paper.read_text("utf-8").replace("# lora", "(lora-top)=\n# lora", 1), "utf-8")
    (top / "diagrams" / "lora").mkdir(parents=True)
    (top / "diagrams" / "lora" / "a.mmd").write_text("flowchart LR\n  a --> b\n")
    return top


def test_a_paper_that_nothing_refers_to_is_removed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its lines in lists and its diagrams; what is left builds both outputs quietly."""
    assert main(["remove", "lora"]) == 0
    assert "“remove lora --write” removes it" in capsys.readouterr().out
    assert (project / "papers" / "lora").is_dir()
    assert main(["remove", "lora", "--write"]) == 0
    assert not (project / "papers" / "lora").exists()
    assert not (project / "diagrams" / "lora").exists()
    assert "lora" not in (project / "index.md").read_text("utf-8")
    site = SmallSite(project, tmp_path / "builds", static=False)
    site.articles()
    site.deck()


def test_what_refers_to_it_is_listed_and_nothing_removed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its documents, labels, facts and diagrams, wherever they are named; code names nothing."""
    text = (
        "# Other\n{doc}`/papers/lora/index` and {ref}`lora-top`\n[there](#lora-top)\n{fact}`8 <lora:rank>`\n"
        ":::{compare} example, lora\nRank: rank\n:::\n```{mermaid} /diagrams/lora/a.mmd\n```\n"
        "`lora:rank`\n```text\n{fact}`lora:rank`\n```\nexplorer:rank and lora alone\n:::{checked} lora\n:::\n"
    )
    (project / "other.md").write_text(text, "utf-8")
    ledger = project / "papers" / "example" / "facts.yaml"
    ledger.write_text(ledger.read_text("utf-8") + "twice:\n  says: x\n  from: 2 * lora:rank\n", "utf-8")
    before = sorted(project.rglob("*"))
    capsys.readouterr()
    assert main(["remove", "lora", "--write"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [re.match(r"other\.md:(\d+)", line)[1] for line in lines if line.startswith("other")] == [*"23458", "15"]
    assert any(line.startswith("papers/example/facts.yaml:") and "2 * lora:rank" in line for line in lines)
    assert lines[-1] == "7 lines to change before lora can be removed."
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("slug", ["none", "../papers", "", "a/b", "."])
def test_a_paper_that_is_not_there_is_told(project: Path, capsys: pytest.CaptureFixture[str], slug: str) -> None:
    """Whatever its name leads to."""
    assert main(["remove", "--write", slug]) == 1
    assert "there is no paper" in capsys.readouterr().err
    assert (project / "papers" / "lora").is_dir()


@pytest.mark.parametrize("paper", PAPERS)
def test_our_papers_can_leave(paper: str) -> None:
    """Outside the comparison few lines hold each of them, and none in the guide."""
    references = [each for each in find_references(TOP, paper) if not each.listed]
    files = {str(each.path.relative_to(TOP)) for each in references}
    assert {name for name in files if not name.startswith("papers/")} == {"compare.md"}
    assert len([each for each in references if each.path.name != "compare.md"]) <= 5


def test_code_is_hidden_and_roles_are_not() -> None:
    """In a line and in a fence; what a directive holds is no code."""
    text = "a `b` {fact}`c` ``d``\n```yaml\ne\n```\n```{chart} bar\nf\n```\n"
    assert list(hide_code(text)) == ["a  {fact}`c` ", "", "", "", "```{chart} bar", "f", "```"]
