"""What is wrong in a source is told at its line, without a build; and by the hooks that other projects may use."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from paperdeck.__main__ import main
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = """\
layers:
  says: layers
  value: 64 layers
  source: doe2024, §2
double:
  says: twice as many
  from: other:layers * 2
"""
OTHER = "layers: {says: layers, value: 2, source: 'doe2024, §2'}\n"
DOCUMENT = """\
---
paper: a
minuts: 5
---
# A

```{mermaid}
:caption: Its caption

flowchart LR
  a["{fact}`layers`"] --> b[
```

````md
```{mermaid}
flowchart LR
  a --> b[
```
````

:::::{slide} One
::::{mermaid}
flowchart LR
  a --> b
::::
```{mermaid} /a.mmd
```
:::::
"""


def hooks() -> list[dict[str, Any]]:
    """Return the hooks that we offer, and our own."""
    own = YAML(typ="safe").load((TOP / ".pre-commit-config.yaml").read_text("utf-8"))
    return YAML(typ="safe").load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8")) + own["repos"][0]["hooks"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project, and stand in it."""
    files = {
        **{"conf.py": "", "index.md": "# Front\n\nminutes: 5\n", "papers/a/facts.yaml": LEDGER},
        **{"papers/other/facts.yaml": OTHER, "papers/a/index.md": DOCUMENT, "a.mmd": "flowchart LR\n  a --> b[\n"},
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_wrong_is_told_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In ledgers, front matter and diagrams; examples in code are let be."""
    assert main(["lint"]) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert [re.match(r"\S+?:\d+:\d+: [a-z ]+", line)[0] for line in lines] == [
        "a.mmd:2:10: diagram",
        "papers/a/facts.yaml:3:10: layers",
        "papers/a/index.md:3:1: front matter",
        "papers/a/index.md:11:28: diagram",
    ]
    assert last == "4 problems in 3 files."


def test_files_are_looked_at_by_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that are named alone; what one computes of another is found beside it."""
    (project / "papers" / "a" / "facts.yaml").write_text(LEDGER.replace("64 layers", "64"), "utf-8")
    assert main(["lint", "papers/a/facts.yaml", "papers/other/facts.yaml", "conf.py"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["lint", "papers"]) == 1
    assert "2 problems in 1 file." in capsys.readouterr().out
    assert main(["lint", "nothing.txt"]) == 1
    assert "there is no nothing.txt" in capsys.readouterr().err
    (project / "papers" / "other" / "facts.yaml").write_bytes(b"\xff")
    assert main(["lint", "papers/other/facts.yaml"]) == 1
    assert "is not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_hooks_run_a_command_of_ours(hook: dict[str, Any]) -> None:
    """On the files of this site that they ask for, of which there are some, and nothing is wrong."""
    program, *arguments = shlex.split(hook["entry"])
    assert program.endswith("python")
    assert arguments[:2] in (["-m", "paperdeck"], ["-m", "tests.spelling"])
    if arguments[1] == "paperdeck":
        files = [
            path.relative_to(TOP).as_posix()
            for path in TOP.glob("[pdg]*/**/*")
            if path.suffix in (".yaml", ".mmd", ".md")
        ]
        asked = [str(TOP / name) for name in files if re.search(hook["files"], name)]
        assert asked
        assert main([*arguments[2:], *asked]) == 0
