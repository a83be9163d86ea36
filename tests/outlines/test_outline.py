"""``python -m paperdeck outline``, and that a paper made from an outline gives it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperdeck.__main__ import main
from paperdeck.ledger.reading import read_ledger
from paperdeck.outlines.drafting import Draft, draft_paper
from paperdeck.outlines.facts import Facts
from paperdeck.outlines.model import Kind
from paperdeck.outlines.papers import read_paper, replace_roles
from paperdeck.outlines.prompt import write_outline
from paperdeck.outlines.reading import load_outline, read_outline
from tests.conftest import PAPERS, TOP
from tests.outlines.test_reading import SAMPLES, name_paper

if TYPE_CHECKING:
    from pathlib import Path

    from paperdeck.outlines.model import Outline

PLAIN = ("a", "GPT-3", "175B", "1.2", "trillion", "75%", "of", "3–4", "$5", "Ä", "中文", "–", "Slide", "2")
MARKED = (
    "`x=1`",
    "$x^2$",
    "**bold**",
    "_it_",
    "{b}",
    "<s>",
    "[c]",
    "[d](https://e.org)",
    "#",
    "-",
    "*",
    "`",
    "\\",
    "$",
    ":::",
)
WORDS = st.sampled_from(PLAIN + MARKED)
TEXT = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
BEGINS = st.sampled_from(["- ", "  - ", "    - ", "1. ", "• ", "\n", "Speaker notes: ", "% "])
POINT = st.tuples(BEGINS, TEXT).map("".join)
KEPT = st.sampled_from(["```python\nx = 1\n```", "$$\nx\n$$", "| a | b |\n|--|--|\n| 1 | 2 |", "![a](b.png)", "---"])
SLIDE = st.tuples(TEXT, st.lists(st.one_of(POINT, KEPT), max_size=6))


def draft(outline: Outline) -> Draft:
    """Draft a paper whose pictures are all there."""
    return draft_paper(outline, name_paper("x"), lambda _file: True)


def write(made: Draft) -> str:
    """Write the outline of a paper that was drafted."""
    facts = read_ledger(made.ledger, "papers/x/facts.yaml")[0].facts
    return write_outline(read_paper(made.document, lambda key: facts[key].shown()))


def assert_stable(outline: Outline) -> None:
    """Assert that a paper gives back an outline that gives the same paper and the same outline."""
    made = draft(outline)
    written = write(made)
    again = draft(read_outline(written.encode(), "outline.md"))
    assert (again.document, again.ledger) == (made.document, made.ledger)
    assert write(again) == written


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_stable(path: Path) -> None:
    """Outline, paper, outline, paper: the two papers are one."""
    assert_stable(load_outline(path))


@example([("a", ["Speaker notes: – a"])])
@example([("a", ["  - Slide 1: b", "  - Slide 1.2"])])
@given(st.lists(SLIDE, min_size=1, max_size=4))
def test_any_outline_is_stable(slides: list[tuple[str, list[str]]]) -> None:
    """Whatever its slides hold."""
    numbered = enumerate(slides, 1)
    text = "".join("\n".join([f"## Slide {number}: {title}", *lines, ""]) for number, (title, lines) in numbered)
    assert_stable(read_outline(text.encode(), "outline.md"))


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Read the ledgers of our papers once."""
    return Facts(TOP / "papers" / PAPERS[0])


@pytest.mark.parametrize("paper", PAPERS)
def test_our_talks_have_their_outlines(facts: Facts, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every slide of the deck, what is said at it, every number in words, and no markup of ours."""
    monkeypatch.setattr(facts, "home", paper)
    source = (TOP / "papers" / paper / "index.md").read_text("utf-8")
    text = write_outline(read_paper(source, facts.show))
    outline = read_outline(text.encode(), "outline.md")
    assert len(outline.slides) == len(re.findall(r"^:+\{slide\}", source, re.M))
    assert not re.search(r"\{[a-z:]+\}`", text)
    silent = [slide.title for slide in outline.slides if all(block.kind is not Kind.NOTE for block in slide.blocks)]
    assert len(silent) < len(outline.slides) / 3


def test_the_command_prints_an_outline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a paper named by its folder, its document, or as it is called; with what is said, or without."""
    folder = tmp_path / "papers" / "x"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text("a:\n  says: a\n  value: 3\n  known: ours\n")
    (folder / "index.md").write_text("# T\n## S\n:::{slide} S\n- {fact}`a` x\n:::\nSaid.\n")
    monkeypatch.chdir(tmp_path)
    for name in ("x", "papers/x", str(folder / "index.md")):
        assert main(["outline", name]) == 0
        assert "Content to include:\n\n- 3 x\n\nSpeaker notes:\n\nSaid.\n" in capsys.readouterr().out
    assert main(["outline", "x", "--points"]) == 0
    assert "Said" not in capsys.readouterr().out


def test_roles_leave_their_words() -> None:
    """Their own, or those of the fact; code and what is escaped stay."""
    text = r"{fact}`a` {fact}`b <c>` {term}`d <e>` said {cite:p}`f`, `{fact}`, \{fact\}`g` {plain}`2`"
    assert replace_roles(text, str.upper) == r"A b d said, `{fact}`, \{fact\}`g` 2"


def test_a_paper_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """So is one without slides, and one that is no text."""
    for content, told in ((None, "there is no paper"), (b"# T\n", "has no slides"), (b"\xff", "is no text")):
        if content is not None:
            (tmp_path / "index.md").write_bytes(content)
        assert main(["outline", str(tmp_path)]) == 1
        assert told in capsys.readouterr().err
