"""``python -m paperdeck init`` and ``new``, as one types them."""

from __future__ import annotations

import io
import os
import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from paperdeck.__main__ import main
from paperdeck.commands import Refused
from paperdeck.slides.dialect import EXTENSIONS
from paperdeck.slides.layouts import CHOICES
from paperdeck.start import project
from paperdeck.start.project import PROJECT, add_line
from tests.conftest import PAPERS, TOP
from tests.sites import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = "@misc{doe2024,\n  title = {On Looking},\n  author = {Doe, Ann},\n}\n"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project and go there."""
    folder = tmp_path / "source"
    assert main(["init", str(folder)]) == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs a command that must fail, and gives the one line that it says."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert main(list(arguments)) == 1
        out, told = capsys.readouterr()
        assert out == ""
        (line,) = told.splitlines()
        return line

    return run


def files_in(folder: Path) -> dict[str, bytes | None]:
    """Return all that lies in a folder, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def build(folder: Path, builds: Path) -> SmallSite:
    """Build both outputs of a project, which must give no warning."""
    site = SmallSite(folder, builds, static=False)
    site.articles()
    site.deck()
    return site


def test_a_made_project_builds_both_outputs_quietly(made: Path, tmp_path: Path) -> None:
    """As it was made: an article, and a deck that shows each layout that an author can choose."""
    deck = SmallSite(made, tmp_path / "builds", static=False).deck().page("papers/example/index.html")
    assert {str(slide["data-layout"]) for slide in deck.select("section[data-layout]")} >= set(CHOICES)
    build(made, tmp_path / "builds")


def test_nothing_of_ours_is_in_it(made: Path) -> None:
    """Neither a paper of this site nor its works."""
    text = "".join(path.read_text("utf-8") for path in made.rglob("*") if path.is_file())
    keys = re.findall(r"^@\w+\{([^,]+),", (TOP / "papers" / "references.bib").read_text("utf-8"), re.M)
    assert [name for name in [*PAPERS, *keys] if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_a_document_without_slides_is_read_as_the_guide_is_written(made: Path) -> None:
    """Its conf.py names all that is switched on for documents of ours, and leaves prices alone as they do."""
    conf = runpy.run_path(str(made / "conf.py"))
    assert frozenset(conf["myst_enable_extensions"]) == EXTENSIONS
    assert not conf["myst_dmath_allow_space"]
    assert not conf["myst_dmath_allow_digits"]


def test_what_hosts_it_can_be_read_and_makes_the_site(made: Path) -> None:
    """Each of the three installs what the requirements ask for, and calls a target of the Makefile."""
    makefile = (made / "Makefile").read_text("utf-8")
    assert re.search(r"^site: ", makefile, re.M)
    for name in (".readthedocs.yaml", ".github/workflows/pages.yml", ".gitlab-ci.yml"):
        text = (made / name).read_text("utf-8")
        YAML(typ="safe").load(text)
        assert "pip install -r requirements.txt" in text
        assert "make site " in text


@pytest.mark.parametrize("target", ["new", "outline", "coverage"])
def test_targets_pass_on_what_they_are_told(made: Path, target: str) -> None:
    """A new project's Makefile takes what that of this project takes, as the guide writes it."""
    recipe = re.compile(rf"-m paperdeck {target} .*")
    ours, theirs = (recipe.search((folder / "Makefile").read_text("utf-8")) for folder in (TOP, made))
    assert ours
    assert theirs
    assert theirs[0] == ours[0]


def test_an_empty_folder_is_filled_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also when one stands in it, whose name is told; nothing else is left there."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path} is made. ")
    assert files_in(Path()) == files_in(PROJECT)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, say: Callable[..., str]) -> None:
    """One that is not empty, a file, one in a folder that is not there; what was there stays."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    before = files_in(tmp_path)
    assert "is not empty; name a folder" in say("init", str(tmp_path / "full"))
    assert "is a file; name a folder" in say("init", str(tmp_path / "full" / "mine.txt"))
    assert "make it first" in say("init", str(tmp_path / "none" / "here"))
    assert files_in(tmp_path) == before


def refuse(*_arguments: object, **_options: object) -> None:
    """Fail as a folder does in which nobody may write."""
    raise PermissionError(13, "Permission denied", "papers")


def test_where_nobody_may_write_nothing_is_written(
    made: Path, tmp_path: Path, say: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both commands say so."""
    before = files_in(tmp_path)
    monkeypatch.setattr("paperdeck.start.project.tempfile.mkdtemp", refuse)
    assert "cannot be written: Permission denied" in say("init", str(tmp_path / "other"))
    assert "cannot be written: Permission denied" in say("new", "lora")
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_write_that_fails_half_way_leaves_nothing(
    made: Path, say: Callable[..., str], monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The folder, the list and the bibliography are changed together or not at all."""
    before = files_in(made)
    moved: list[Path] = []
    move = Path.replace

    def fail(path: Path, place: Path) -> Path:
        moved.append(place)
        if len(moved) > failing:
            refuse()
        return move(path, place)

    monkeypatch.setattr(Path, "replace", fail)
    assert "cannot be written" in say("new", "lora")
    assert len(moved) == failing + 1
    assert files_in(made) == before


def test_a_file_that_may_not_be_written_is_left(
    made: Path, say: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that is read-only is not replaced behind its owner's back."""
    before = files_in(made)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "index.md")
    assert "index.md may not be written" in say("new", "lora")
    assert files_in(made) == before


def test_a_new_paper_builds_quietly(made: Path, tmp_path: Path) -> None:
    """With an entry to be filled in, with one from a file, and with a slug that begins with a digit."""
    (tmp_path / "doe.bib").write_text(ENTRY, "utf-8")
    assert main(["new", "lora"]) == 0
    assert main(["new", "looking", "--bib", str(tmp_path / "doe.bib")]) == 0
    assert main(["new", "3d-views"]) == 0
    site = build(made, tmp_path / "builds")
    assert "On Looking" in site.articles().text("papers/looking/index.html")
    listed = re.findall(r"^papers/.*", (made / "index.md").read_text("utf-8"), re.M)
    assert listed == [f"papers/{name}/index" for name in ("example", "lora", "looking", "3d-views")]


@pytest.mark.parametrize(
    ("title", "short", "heading"),
    [
        ("{LoRA}: Low-Rank Adaptation of {$O(n)$} Models", "LoRA", "LoRA: Low-Rank Adaptation of O(n) Models"),
        ("{GPT}-4: a \\& b", "GPT-4", "GPT-4: a & b"),
        ("Training {LoRA} Models", "LoRA", "Training LoRA Models"),
        ("What a very long beginning of a title: is", "lora", "What a very long beginning of a title: is"),
        ("Yes: *no* [links]", "'Yes'", r"Yes: \*no\* [links]"),
        ("On Looking", "lora", "On Looking"),
    ],
)
def test_title_and_short_name_are_those_of_the_entry(
    made: Path, tmp_path: Path, title: str, short: str, heading: str
) -> None:
    """The name before the colon, or the slug as the title writes it; with an outline too."""
    (tmp_path / "doe.bib").write_text(ENTRY.replace("On Looking", title), "utf-8")
    (tmp_path / "outline.md").write_text("# The LoRA paper\n## Slide 1: Why\n- a\n")
    for outline in ([], ["--outline", str(tmp_path / "outline.md")]):
        assert main(["new", "lora", "--bib", str(tmp_path / "doe.bib"), *outline]) == 0
        text = (made / "papers" / "lora" / "index.md").read_text("utf-8")
        assert f"\nshort: {short}\n" in text
        assert f"\n# {heading}\n" in text
        shutil.rmtree(made / "papers" / "lora")


def test_without_an_entry_the_slug_is_the_name(made: Path) -> None:
    """The title of the entry that is yet to be filled in is nobody's."""
    assert main(["new", "lora"]) == 0
    text = (made / "papers" / "lora" / "index.md").read_text("utf-8")
    assert "\nshort: lora\n" in text
    assert "\n# lora: what the paper shows, in one line\n" in text


def test_an_entry_is_read_from_standard_input(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is pasted, after what is there."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(ENTRY.replace("\n", "\r\n").encode())))
    before = (made / "papers" / "references.bib").read_text("utf-8")
    assert main(["new", "looking", "--bib", "-"]) == 0
    assert (made / "papers" / "references.bib").read_text("utf-8") == f"{before}\n{ENTRY}"
    assert "paper: doe2024\n" in (made / "papers" / "looking" / "index.md").read_text("utf-8")


def test_a_bibliography_keeps_the_ends_of_its_lines(made: Path) -> None:
    """What is added has them too."""
    bibliography = made / "papers" / "references.bib"
    bibliography.write_bytes(ENTRY.replace("\n", "\r\n").encode())
    assert main(["new", "lora"]) == 0
    text = bibliography.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > ENTRY.count("\n")
    assert text.startswith(ENTRY.replace("\n", "\r\n").encode())


def test_a_bibliography_may_be_named_with_its_type(made: Path) -> None:
    """As editors that check types have it."""
    conf = made / "conf.py"
    conf.write_text(conf.read_text("utf-8").replace("bibtex_bibfiles =", "bibtex_bibfiles: list[str] ="), "utf-8")
    assert main(["new", "lora"]) == 0


def test_an_entry_that_is_there_is_used_and_stays(made: Path, tmp_path: Path) -> None:
    """Given anew with other white space, or named by the slug."""
    bibliography = made / "papers" / "references.bib"
    bibliography.write_text(ENTRY, "utf-8")
    (tmp_path / "doe.bib").write_text(ENTRY.replace("  ", "\t"), "utf-8")
    assert main(["new", "looking", "--bib", str(tmp_path / "doe.bib")]) == 0
    assert main(["new", "doe2024"]) == 0
    assert bibliography.read_text("utf-8") == ENTRY


@pytest.mark.parametrize(("key", "written"), [("DBLP:conf/x-1", "DBLP:conf/x-1"), ("2024", "'2024'"), ("no", "'no'")])
def test_a_key_that_yaml_would_misread_is_quoted(made: Path, tmp_path: Path, key: str, written: str) -> None:
    """The front matter names the entry, whatever its key looks like."""
    (tmp_path / "doe.bib").write_text(ENTRY.replace("doe2024", key), "utf-8")
    assert main(["new", "looking", "--bib", str(tmp_path / "doe.bib")]) == 0
    assert f"\npaper: {written}\n" in (made / "papers" / "looking" / "index.md").read_text("utf-8")


@pytest.mark.parametrize("slug", ["", ".", "..", "../x", "a/b", "a.b", "LoRA", "a b", "-a", "a-", "a\n", "é", "a\\b"])
def test_a_slug_is_letters_digits_and_hyphens(made: Path, say: Callable[..., str], slug: str) -> None:
    """Anything else is told with what to write, and nothing is made."""
    before = files_in(made.parent)
    assert "write lower-case letters, digits and hyphens" in say("new", "--", slug)
    assert files_in(made.parent) == before


def test_a_paper_that_is_there_is_left(made: Path, say: Callable[..., str]) -> None:
    """Its folder, its entry and its line stay as they are."""
    before = files_in(made)
    assert "is there already" in say("new", "example")
    assert files_in(made) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no entry of BibTeX"),
        (b"no BibTeX at all", "holds no entry of BibTeX"),
        (b"\x89PNG\r\n\x1a\n\xff\x00", "is not UTF-8"),
        (ENTRY.encode()[:-3], "the entry doe2024 is not closed"),
        (ENTRY.encode() + b"@misc{roe2020,\n  title = {Other},\n}\n", "holds 2 entries"),
        (ENTRY.replace("doe2024", "example").encode(), "has another entry example"),
        (None, "cannot be read: No such file"),
    ],
    ids=["empty", "words", "binary", "open", "two", "taken", "missing"],
)
def test_an_entry_that_cannot_be_used_is_told(
    made: Path, tmp_path: Path, say: Callable[..., str], content: bytes | None, told: str
) -> None:
    """In a sentence, and nothing is made."""
    if content is not None:
        (tmp_path / "given.bib").write_bytes(content)
    before = files_in(made)
    assert told in say("new", "looking", "--bib", str(tmp_path / "given.bib"))
    assert files_in(made) == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("conf.py", None, "there is no conf.py"),
        ("conf.py", "project = (", "cannot be read as Python"),
        ("conf.py", "bibtex_bibfiles = []\n", "names no bibliography"),
        ("index.md", None, "there is no index.md"),
        ("index.md", "# Title\n", "has no list of papers"),
    ],
)
def test_a_project_that_lacks_something_is_told(
    made: Path, say: Callable[..., str], name: str, content: str | None, told: str
) -> None:
    """With what to write there."""
    (made / name).unlink()
    if content is not None:
        (made / name).write_text(content, "utf-8")
    before = files_in(made)
    assert told in say("new", "lora")
    assert files_in(made) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```{toctree}\n```\n", "```{toctree}\npapers/new/index\n```\n"),
        ("```{toctree}\n:hidden:\n```\n", "```{toctree}\n:hidden:\n\npapers/new/index\n```\n"),
        (":::{toctree}\nintro\n:::\n", ":::{toctree}\nintro\npapers/new/index\n:::\n"),
        (
            "```{toctree}\nA <papers/a/index>\npapers/a/try.md\n\nend\n```\n",
            "```{toctree}\nA <papers/a/index>\npapers/a/try.md\npapers/new/index\n\nend\n```\n",
        ),
        (
            "```{toctree}\nguide\n```\n\n```{toctree}\npapers/a/index\n```\n",
            "```{toctree}\nguide\n```\n\n```{toctree}\npapers/a/index\npapers/new/index\n```\n",
        ),
        ("```{toctree}\n:glob:\n\npapers/*/index\n```\n", "```{toctree}\n:glob:\n\npapers/*/index\n```\n"),
        ("```{toctree}\r\npapers/a/index\r\n```\r\n", "```{toctree}\r\npapers/a/index\r\npapers/new/index\r\n```\r\n"),
    ],
    ids=["empty", "options", "colons", "titles", "second", "pattern", "crlf"],
)
def test_a_paper_is_named_after_the_others(before: str, after: str) -> None:
    """In the list that names papers; where a pattern names it, the list stays as it is."""
    assert add_line(before, "papers/new/index", Path("index.md")) == after


def test_a_document_without_a_list_is_refused() -> None:
    """There is no place for the paper."""
    with pytest.raises(Refused, match="has no list of papers"):
        add_line("# Title\n", "papers/new/index", Path("index.md"))


def test_our_own_list_takes_a_paper() -> None:
    """``make new`` works here too: the line stands after the last paper's."""
    text = (TOP / "index.md").read_text("utf-8")
    added = add_line(text, "papers/lora/index", TOP / "index.md")
    assert added.replace("papers/lora/index\n", "") == text
    assert re.search(r"<papers/[\w-]+/\w+>\npapers/lora/index\n```", added)
    assert project._find_bibliography(TOP / "conf.py") == TOP / "papers" / "references.bib"
