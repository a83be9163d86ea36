"""``python -m paperdeck new --outline``, as one types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from tests.outlines.test_reading import SAMPLES
from tests.sites import SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOLD = ("[paperdeck.unverified_fact]", "[paperdeck.overfull]")
BUILT = (
    "chat.md",
    "folien.md",
    "hostile.md",
    "marp.md",
    "numbers.md",
    "olmoe.md",
    "quarto.qmd",
    "slidev.md",
    "talk.org",
)
"""The samples that differ most; a build of all takes long."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a project with a paper from each sample, a picture beside one of them, and stand in it."""
    top = tmp_path_factory.mktemp("outlined")
    assert main(["init", str(top / "source")]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top / "source")
        for sample in (each for each in SAMPLES if each.name in (*BUILT, "talk.org", "talk.tex", "unnumbered.md")):
            outline = top / sample.name
            outline.write_bytes(sample.read_bytes())
            if sample.name == "talk.org":
                (top / "missing.png").write_bytes(draw_png(40, 30))
            assert main(["new", f"a-{sample.name.replace('.', '-')}", "--outline", str(outline)]) == 0
        yield top / "source"


def test_both_outputs_are_built_of_any_outline(project: Path, tmp_path: Path) -> None:
    """What is told is that nobody has looked the numbers up, and that a slide is too full."""
    site = SmallSite(project, tmp_path / "builds", static=False)
    for builder in ("html", "revealjs"):
        warnings = site.build(builder).warnings
        assert [line for line in warnings if not line.endswith(TOLD)] == []
        assert builder == "revealjs" or all("unverified_fact" in line for line in warnings)


def test_a_picture_beside_the_outline_is_taken_along(project: Path) -> None:
    """It lies beside the document that shows it."""
    assert (project / "papers" / "a-talk-org" / "missing.png").is_file()
    assert "![](missing.png)" in (project / "papers" / "a-talk-org" / "index.md").read_text("utf-8")


def test_a_picture_elsewhere_is_not(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An outline reaches no file outside its own folder."""
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    names = ("../secret.png", str(tmp_path / "secret.png"), "x/../../secret.png")
    text = "## Slide 1: T\n" + "".join(f"![a]({name})\n" for name in names) + "## Slide 2: U\n- x\n"
    (tmp_path / "in" / "outline.md").write_text(text)
    assert main(["new", "thief", "--dry-run", "--outline", str(tmp_path / "in" / "outline.md")]) == 0
    assert capsys.readouterr().out.count("kept as a comment") == 3


def test_what_is_kept_as_a_comment_is_told_with_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File and line, and what stands there; nothing is written by a dry run, which prints all of it."""
    before = sorted(project.rglob("*"))
    outline = project.parent / "unnumbered.md"
    assert main(["new", "dry", "--dry-run", "--outline", str(outline)]) == 0
    out = capsys.readouterr().out
    assert f"{outline}:8: kept as a comment: Sources\n" in out
    assert "--- papers/dry/index.md\n" in out
    assert ":::{slide} One thing\n" in out
    assert "papers/dry would be made" in out
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    ("slug", "data", "told"),
    [
        ("a/b", b"## Slide 1: T\n", "is no name for a paper"),
        ("..", b"## Slide 1: T\n", "is no name for a paper"),
        ("example", b"## Slide 1: T\n", "is there already"),
        ("fresh", b"", "is empty"),
        ("fresh", b"\x00\x01\xff", "is no text"),
        ("fresh", b"y" * 600_000, "is larger than 512 KiB"),
        ("fresh", b"words", "no slide that can be found"),
        ("fresh", None, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_written(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], slug: str, data: bytes | None, told: str
) -> None:
    """In one sentence."""
    before = sorted(project.rglob("*"))
    if data is not None:
        (tmp_path / "outline.md").write_bytes(data)
    assert main(["new", slug, "--outline", str(tmp_path / "outline.md")]) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert len(error.splitlines()) == 1
    assert told in error
    assert sorted(project.rglob("*")) == before
