"""What an editor is offered is what may be written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.__main__ import main
from paperdeck.start.editor import SNIPPETS, choose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite

BUILT: dict[str, dict[str, Any]] = json.loads(SNIPPETS.read_text("utf-8"))
INSIDE = {
    "slide-detail": ":::{slide} One\n- a\n:::\n\n%s",
    "side": "::::{slide} Two\n:layout: compare\n:::{side} One\n- a\n:::\n%s::::\n",
    "speaker-notes": "::::{slide} One\n- a\n\n%s::::\n",
}
"""What stands around a snippet that is a part of something."""
WORK = "@misc{key_of_the_bibliography, title = {A work}, author = {Doe, Jane}, year = {2024}}\n"
CONF = 'bibtex_bibfiles = ["works.bib"]\nnumfig = True\n'
PLACE = re.compile(r"(?<!\\)\$(?:\{\d+(?::((?:[^}\\]|\\.)*)|\|(.*?)\|)\}|\d+)")


def accept(snippet: dict[str, Any], choice: int = 0) -> str:
    """Return what a snippet leaves when nothing is typed: its defaults, and one word of each choice."""
    body = snippet["body"]
    text = "\n".join(body) if isinstance(body, list) else body
    chosen = PLACE.sub(lambda place: place[1] or (place[2].split(",")[choice] if place[2] else ""), text)
    return re.sub(r"\\([$}\\])", r"\1", chosen)


def test_every_snippet_builds_as_it_is(small_site: Callable[..., SmallSite]) -> None:
    """In both outputs, without a warning."""
    documents = {"index.md": "# Front\n\n```{toctree}\n:glob:\n*\n```\n", "works.bib": WORK}
    for name, snippet in BUILT.items():
        text = INSIDE.get(name, "%s") % accept(snippet)
        if snippet["scope"] == "markdown":
            documents[f"{name}.md"] = text if name == "paper" else f"# A page of {name}\n\n{text}"
    ledger = [accept(snippet) for snippet in BUILT.values() if snippet["scope"] == "yaml"]
    keys = " ".join(f"{{fact}}`{text.partition(':')[0]}`" for text in ledger)
    documents |= {"talk/facts.yaml": "".join(ledger), "talk/index.md": f"---\norphan: true\n---\n# Talk\n\n{keys}\n"}
    site = small_site(documents, more=CONF)
    site.articles()
    site.deck()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a fact, labels and a work."""
    (tmp_path / "conf.py").write_text(f'extensions = ["myst_parser", "paperdeck"]\n{CONF}', "utf-8")
    (tmp_path / "index.md").write_text("(front)=\n# Front\n\n```md\n(none)=\n```\n\n$$\na\n$$ (sum)\n", "utf-8")
    (tmp_path / "works.bib").write_text(WORK, "utf-8")
    (tmp_path / "papers" / "a").mkdir(parents=True)
    facts = "layers: {says: layers, value: 64, source: 'key_of_the_bibliography, §2'}\nbroken: {value: 1}\n"
    (tmp_path / "papers" / "a" / "facts.yaml").write_text(facts, "utf-8")
    return tmp_path


def test_facts_labels_and_works_are_offered(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact by its key, or with its folder; a label in code is none; what is broken is left to the build."""
    assert main(["editor", str(project)]) == 0
    file = project / ".vscode" / "paperdeck.code-snippets"
    assert f"{file} has {len(BUILT) + 3} snippets" in capsys.readouterr().out
    found = json.loads(file.read_text("utf-8"))
    assert accept(found["fact a:layers"]) == "{fact}`layers`"
    assert accept(found["fact a:layers"], 1) == "{fact}`a:layers`"
    assert found["fact a:layers"]["description"] == "layers: 64 (key_of_the_bibliography, §2)"
    assert accept(found["ref front"]) == "{ref}`front`"
    assert accept(found["cite key_of_the_bibliography"]) == "{cite:p}`key_of_the_bibliography`"
    assert found["cite key_of_the_bibliography"]["description"] == "Doe 2024: A work"
    before = file.read_bytes()
    assert main(["editor", str(project)]) == 0
    assert file.read_bytes() == before


def test_what_means_something_in_a_snippet_is_escaped() -> None:
    """A comma would end a choice, a dollar begin a place."""
    assert choose("a,b", "c$|}") == r"${1|a\,b,c\$\|\}|}"


def test_where_there_is_no_project_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written; a file in the place of the folder is told too."""
    assert main(["editor", str(tmp_path)]) == 1
    assert "there is no" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    (tmp_path / "conf.py").write_text("", "utf-8")
    (tmp_path / ".vscode").write_text("", "utf-8")
    assert main(["editor", str(tmp_path)]) == 1
    assert "cannot be written" in capsys.readouterr().err
