"""What the guide says becomes of other tools' constructs is what ``adopt`` makes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path

NOTES = "Say this."
SAMPLES = {
    "Quarto": (
        "talk.qmd",
        '---\ntitle: Talk\nformat: revealjs\n---\n## One {.smaller background-color="navy"}\n'
        "::: {.incremental}\n- a\n:::\n"
        "::: {.notes}\nSay this.\n:::\n## Two\n:::: {.columns}\n::: {.column}\nLeft\n:::\n::::\n"
        "![Cap](pic.png){#fig-a}\n\nSee @fig-a.\n\n. . .\n\nlater\n",
    ),
    "Slidev": (
        "talk.md",
        "---\ntheme: seriph\n---\n# Talk\n---\nlayout: two-cols\n---\n# One\n<v-clicks>\n\n- a\n\n</v-clicks>\n\n"
        "::right::\n```ts {1|2}\nlet a\n```\n<!-- Say this. -->\n---\nlayout: image\n---\n# Two\n$x^2$\n",
    ),
    "Marp": (
        "talk.md",
        "---\nmarp: true\ntheme: gaia\n---\n# Talk\n---\n## One\n- a\n<!-- Say this. -->\n![bg right](pic.png)\n---\n"
        "<!-- _class: lead -->\n## Two\ntext\n",
    ),
    "Beamer": (
        "talk.tex",
        "\\documentclass{beamer}\n\\title{Talk}\n\\begin{document}\n"
        "\\begin{frame}\\titlepage\\end{frame}\n\\section{Part}\n"
        "\\begin{frame}{One}\n\\begin{itemize}\n\\item<1-> a \\pause\n\\item \\alert{x}\n\\end{itemize}\n"
        "\\note{Say this.}\n"
        "\\end{frame}\n\\begin{frame}{Two}\n\\begin{columns}\\begin{column}{0.5\\textwidth}L\\end{column}\\end{columns}\n"
        "\\end{frame}\n\\end{document}\n",
    ),
    "sphinx-revealjs": (
        "talk.md",
        "# Talk\n## One\n```{revealjs-section}\n:data-background-color: navy\n```\n- a\n\n"
        "```{revealjs-notes}\nSay this.\n```\n"
        "```{revealjs-fragments}\n- b\n```\n### Deeper\ntext\n```{revealjs-break}\n```\nmore\n",
    ),
}
COMMENTS = {
    "Quarto": [],
    "Slidev": ["layout: two-cols", "::right::", "layout: image", "<v-clicks>"],
    "Marp": ["_class: lead"],
    "Beamer": ["\\titlepage", "\\section{Part}", "\\begin{columns}"],
    "sphinx-revealjs": ["revealjs-section", "revealjs-fragments", "revealjs-break"],
}
"""What is kept as a comment, as the table of the tool has it."""


@pytest.mark.parametrize("tool", SAMPLES)
def test_adopt_does_what_the_guide_says(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles and notes are taken, and what the table calls a comment is one."""
    name, text = SAMPLES[tool]
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text, "utf-8")
    assert main(["adopt", name]) == 0
    made = capsys.readouterr().out
    shown = [line for line in made.split("\n") if not line.startswith("%")]
    assert [":::{slide} One" in shown, NOTES in shown, "- a" in shown] == [True] * 3
    page = (TOP / "guide" / "coming-from.md").read_text("utf-8")
    table = re.split(r"^## ", page.split(f"\n## {tool}\n")[1], maxsplit=1, flags=re.M)[0]
    told = [row for row in table.split("\n") if row.endswith("| comment |")]
    for construct in COMMENTS[tool]:
        assert any(construct in row for row in told), construct
        word = construct.removeprefix("\\section{").removesuffix("}")
        assert re.search(rf"^% .*{re.escape(word)}", made, re.M), construct
        assert not any(construct in line for line in shown), construct
