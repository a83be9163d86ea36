"""``python -m paperdeck verify``, as one types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from paperdeck.evidence.checked import read_checked

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = """\
experts:
  says: experts in each layer
  value: 64
  source: doe2024, §1
size:
  says: parameters in all
  value: 6.9e9
  source: doe2024, Table 1
wrong:
  says: a number that drifted
  value: 81.2
  unit: percent
  source: doe2024, §1
ours:
  says: what we think
  value: 5
  known: ours
rival:
  says: parameters of another model
  value: 175e9
  source: roe2020, Abstract
"""
TEXT = "1 Model\n\nIt has 64 experts and reaches 81.3%.\n\nTable 1: Sizes\n\nModel   Size\nOurs    6.9B\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return the folder of a paper, its text beside it."""
    folder = tmp_path / "papers" / "doe"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(LEDGER, "utf-8")
    (tmp_path / "doe.txt").write_text(TEXT, "utf-8")
    return folder


def text_of(paper: Path) -> str:
    """Return the name of the paper's text."""
    return str(paper.parents[1] / "doe.txt")


def test_it_says_what_stands_where_and_what_does_not(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the line of the ledger, with what comes closest; the status is 0 unless it is strict."""
    assert main(["verify", str(paper), text_of(paper)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{paper}/facts.yaml:9: wrong: NOT FOUND: 81.2 (§1); nearest there: 81.3%"
    assert lines[1].startswith("doe2024 (text, SHA-256 ")
    assert lines[1].endswith("2 of 3 facts found at their places, 0 elsewhere, 1 nowhere; 2 are not to be looked for")
    assert main(["verify", str(paper), text_of(paper), "--strict"]) == 1
    assert main(["verify", str(paper), text_of(paper), "--strict", "--key", "size"]) == 0


def test_it_keeps_what_it_found_and_no_word_of_the_paper(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second text adds to the first; what is no longer in the ledger goes."""
    main(["verify", str(paper), text_of(paper), "--update"])
    file = paper / "checked.yaml"
    assert "experts and reaches" not in file.read_text("utf-8")
    checked = read_checked(file.read_text("utf-8"))
    assert [(key, fact.outcome, fact.place) for key, fact in checked.facts.items()] == [
        ("experts", "found", "§1"),
        ("size", "found", "Table 1"),
        ("wrong", "missing", ""),
    ]
    (paper / "facts.yaml").write_text(LEDGER.replace("experts:", "networks:", 1), "utf-8")
    other = paper / "roe.txt"
    other.write_text("Abstract\n\nA model of 175 billion parameters.\n", "utf-8")
    assert main(["verify", str(paper), f"roe2020={other}", "--update"]) == 0
    checked = read_checked(file.read_text("utf-8"))
    assert list(checked.facts) == ["size", "wrong", "rival"]
    assert set(checked.texts) == {"doe2024", "roe2020"}


def test_it_names_places_for_what_has_none(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the line of the ledger, where a person writes the right one."""
    ledger = LEDGER.replace("source: doe2024, Table 1", "source: doe2024\n  place: memory")
    (paper / "facts.yaml").write_text(ledger, "utf-8")
    assert main(["verify", str(paper), text_of(paper), "--strict", "--key", "size"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    says = "size: —: 6,900,000,000: its place is not known; such a number stands in Table 1"
    assert line == f"{paper}/facts.yaml:5: {says}"


def test_programs_read_it_as_json(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The texts, and each finding."""
    main(["verify", str(paper), text_of(paper), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert said["texts"]["doe2024"]["kind"] == "text"
    assert [found["outcome"] for found in said["findings"]["doe2024"]] == [
        "found",
        "found",
        "missing",
        "unasked",
        "unasked",
    ]


def test_a_person_looks_at_it_on_a_page(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the words around each number."""
    page = tmp_path / "found.html"
    main(["verify", str(paper), text_of(paper), "--page", str(page)])
    assert "It has 64 experts" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere", "doe.txt"], "there is no such ledger"),
        (["MISNAMED", "doe.txt"], "facts.yml is no ledger by its name; call it facts.yaml"),
        (["PAPER", "absent.pdf"], "absent.pdf: there is no such file"),
        (["PAPER", "TEXT", "--key", "exprts"], "has no fact 'exprts'"),
        (["PAPER", "TEXT", "TEXT"], "two texts for doe2024; write the key of the work before each"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    paper: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    """And the status is 1."""
    misnamed = paper.with_name("misnamed")
    misnamed.mkdir()
    (misnamed / "facts.yml").touch()
    given = {"PAPER": str(paper), "TEXT": text_of(paper), "MISNAMED": str(misnamed)}
    assert main(["verify", *(given.get(argument, argument) for argument in arguments)]) == 1
    assert says in capsys.readouterr().err


def test_a_broken_ledger_is_told_at_its_line(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the build tells it."""
    (paper / "facts.yaml").write_text("size:\n  says: its size\n  valu: 3\n", "utf-8")
    assert main(["verify", str(paper), text_of(paper)]) == 1
    assert "facts.yaml:3:3: size: 'valu' is no field of a fact; did you mean value?" in capsys.readouterr().err
