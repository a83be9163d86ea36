"""``python -m paperdeck adopt``: documents of headings as slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite

DOCUMENT = """\
---
author: Ann
---
(top)=
# My talk

```{revealjs-section}
:data-background-color: navy
```

## First

- 175B weights with {math}`x^2`, as in [another](other.md)

```{revealjs-notes}
Say this.
```

### Deeper

```{figure} a.png
```

## Second

Text with {doc}`other`.
"""
ADOPTED = """\
# My talk

% author: Ann
% (top)=
% ```{revealjs-section}
% :data-background-color: navy
% ```

## First

:::{slide} First
- 175B weights with {math}`x^2`, as in [another](other.md)

**Deeper**
:::

% ```{figure} a.png
% ```

Say this.

## Second

:::{slide} Second
Text with {doc}`other`.
:::

% Here goes what explains the slide: the article's text, and what the speaker says.
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Write a document as one has it for sphinx-revealjs."""
    (tmp_path / "talk.md").write_text(DOCUMENT, "utf-8")
    return tmp_path / "talk.md"


def test_headings_become_slides(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Roles, links and numbers stay; what is not taken is a comment, and listed with its line."""
    assert main(["adopt", str(document)]) == 0
    out, error = capsys.readouterr()
    assert out == ADOPTED
    told = [line.removeprefix(f"{document}:") for line in error.splitlines()]
    assert told == [
        "4: kept as a comment: (top)=",
        "7: kept as a comment: ```{revealjs-section}",
        "21: kept as a comment: ```{figure} a.png",
    ]
    assert document.read_text("utf-8") == DOCUMENT


def test_how_things_were_shown_is_told_and_their_code_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Options of code, attributes of headings, styles: comments, where they were left out or shown on the slide."""
    document = tmp_path / "talk.md"
    document.write_text(
        "## One {.smaller background-color=blue}\n```{code-block} python\n:emphasize-lines: 1\n\na = 1\n```\n"
        "```{python}\n#| echo: true\nb = 2\n```\n<style scoped>\nh1 { color: red }\n</style>\n## Two\n- a\n"
    )
    assert main(["adopt", str(document)]) == 0
    out, told = capsys.readouterr()
    assert "## One\n\n:::{slide} One\n```python\na = 1\n```\n\n```python\nb = 2\n```\n:::\n" in out
    lines = [line.removeprefix(f"{document}:").partition(": kept as a comment: ")[::2] for line in told.splitlines()]
    assert lines == [
        ("1", "{.smaller background-color=blue}"),
        ("2", ":emphasize-lines: 1"),
        ("7", "#| echo: true"),
        ("11", "<style scoped>"),
    ]


def test_what_was_there_is_kept(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the result; where a backup lies already, nothing is written."""
    assert main(["adopt", "--write", str(document)]) == 0
    assert document.read_text("utf-8") == ADOPTED
    backup = document.with_name("talk.md.bak")
    assert backup.read_text("utf-8") == DOCUMENT
    assert main(["adopt", "--write", str(document)]) == 1
    assert "talk.md.bak is there already; move it away first" in capsys.readouterr().err
    assert backup.read_text("utf-8") == DOCUMENT
    assert sorted(path.name for path in document.parent.iterdir()) == ["talk.md", "talk.md.bak"]


def test_another_form_gets_a_document_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which is not written over; of several, all or none are written."""
    (tmp_path / "a.org").write_text("* One\n- x\n* Two\n- y\n")
    (tmp_path / "b.qmd").write_text("## One\n- x\n")
    assert main(["adopt", "--write", str(tmp_path / "a.org")]) == 0
    assert ":::{slide} One\n- x\n:::\n" in (tmp_path / "a.md").read_text("utf-8")
    assert main(["adopt", "--write", str(tmp_path / "b.qmd"), str(tmp_path / "a.org")]) == 1
    assert "a.md is there already" in capsys.readouterr().err
    assert not (tmp_path / "b.md").exists()


def test_what_cannot_be_adopted_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence."""
    (tmp_path / "prose.md").write_text("Only prose.\n")
    assert main(["adopt", str(tmp_path / "prose.md")]) == 1
    assert "no slide that can be found" in capsys.readouterr().err


def test_an_adopted_document_builds_quietly(small_site: Callable[..., SmallSite], document: Path) -> None:
    """In both outputs of a project that has no ledger."""
    assert main(["adopt", "--write", str(document)]) == 0
    contents = "\n# Site\n```{toctree}\ntalk\nother\n```\n"
    site = small_site({"index.md": contents, "talk.md": document.read_text("utf-8"), "other.md": "# Other\n"})
    assert len(site.deck().page("talk.html").select("section[data-slide]:not([data-visibility])")) == 2
    site.articles()
