"""``python -m paperdeck build``, as one types it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from paperdeck.outputs import command, making, report
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path

CONF = 'extensions = ["myst_parser", "paperdeck"]\n'
TALK = "# A talk\n\nHello.\n\n```{slide} The point\n- A reason\n```\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a project with one talk, and go there."""
    monkeypatch.setattr(command.os, "cpu_count", lambda: 1)
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.md").write_text(TALK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_both_outputs_end_with_the_pages_to_open(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Read once, nothing of how it is set up is told, and a build without changes says so."""
    assert main(["build"]) == 0
    out, told = capfd.readouterr()
    assert told == ""
    assert out == (
        "Articles: 1 document read, 1 page written.\nDecks: 1 page written.\n"
        "Open _build/html/index.html\n     _build/revealjs/index.html\n"
    )
    assert "The point" in (project / "_build/html/index.html").read_text("utf-8")
    assert 'id="slide-the-point"' in (project / "_build/revealjs/index.html").read_text("utf-8")
    assert main(["build", "--only", "revealjs"]) == 0
    assert capfd.readouterr().out == "Decks: nothing has changed.\nOpen _build/revealjs/index.html\n"
    monkeypatch.setattr(command, "find_lack", lambda: "there is no Chromium here")
    assert main(["build", "--site", "--out", "hosted"]) == 0
    assert "PDFs: none; there is no Chromium here\n" in capfd.readouterr().out
    assert ".pdf" not in (project / "hosted/index.html").read_text("utf-8")
    assert (project / "hosted/slides/index.html").is_file()


def test_decks_that_other_processes_write_are_counted(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """On two processors as on one."""
    monkeypatch.setattr(command.os, "cpu_count", lambda: 2)
    for name in ("second", "third"):
        (project / f"{name}.md").write_text(f"---\norphan: true\n---\n{TALK}")
    assert main(["build"]) == 0
    assert "Decks: 3 pages written.\n" in capfd.readouterr().out
    assert (project / "_build/revealjs/third.html").is_file()


def test_messages_are_told_at_their_lines_until_they_are_mended(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """To people, as JSON and as SARIF alike; what fails once fails again, and each message is told once."""
    (project / "index.md").write_text(TALK + "\n{nothing}`at all`\n", "utf-8")
    assert main(["build"]) == 1
    out, told = capfd.readouterr()
    assert told.splitlines() == ['index.md:9: Unknown interpreted text role "nothing". [myst.role_unknown]']
    assert "1 message; until there is none the build counts as failed." in out
    assert main(["build", "--json", "--sarif", "log.sarif"]) == 1
    out, told = capfd.readouterr()
    (message,) = map(json.loads, out.splitlines())
    assert (message["file"], message["line"], message["kind"]) == ("index.md", 9, "myst.role_unknown")
    assert told == ""
    assert len(json.loads((project / "log.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1
    (project / "index.md").write_text(TALK, "utf-8")
    assert main(["build", "--json"]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        (CONF + "def (\n", "conf.py:2: invalid syntax"),
        (CONF + "x = y\n", "conf.py:2: NameError: name 'y' is not defined"),
        (CONF + "extensions.append('not_there')\n", "Could not import extension not_there"),
        (CONF + "def setup(app):\n    app.connect('source-read', lambda *a: a[9])\n", "conf.py:3: IndexError: tuple"),
    ],
)
def test_what_breaks_the_build_is_told_in_a_line(
    project: Path, capfd: pytest.CaptureFixture[str], conf: str, told: str
) -> None:
    """No traceback; the other output is not tried."""
    (project / "conf.py").write_text(conf)
    assert main(["build"]) == 1
    out, error = capfd.readouterr()
    (line,) = error.splitlines()
    assert line.startswith(told)
    assert out == "Nothing was built.\n"


def test_a_folder_without_conf_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It says which folder is meant, where there is one."""
    monkeypatch.chdir(tmp_path)
    assert main(["build", "none"]) == 1
    assert "none is no folder" in capfd.readouterr().err
    assert main(["build"]) == 1
    assert "python -m paperdeck init" in capfd.readouterr().err
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").touch()
    assert main(["build"]) == 1
    assert "such as docs" in capfd.readouterr().err


def test_a_disk_that_cannot_be_written_is_told_in_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Full, read-only or another's: what could not be written, why, and what to do."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(project / "_build" / "html"))

    monkeypatch.setattr(command, "open_application", fail)
    assert main(["build"]) == 1
    assert capfd.readouterr().err == (
        "_build/html cannot be written: No space left on device; mend that, or name another folder with --out\n"
    )


def test_a_file_in_the_place_of_a_folder_is_told(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Where it was to be written, in a sentence."""
    (project / "taken").touch()
    assert main(["build", "--out", "taken"]) == 1
    told = "taken/html cannot be written: Not a directory; mend that, or name another folder with --out\n"
    assert capfd.readouterr().err == told


def test_a_file_that_may_not_be_read_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not as one that cannot be written; whoever runs the tests may read all."""
    (tmp_path / "conf.py").touch()
    monkeypatch.setattr(report.os, "access", lambda *_: False)
    monkeypatch.chdir(tmp_path)
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "conf.py"))
    told = report.describe_failure(error, tmp_path)
    assert str(told) == "conf.py cannot be read: Permission denied; give yourself the right to read it"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    """The system will not even say whether there is such a file."""
    error = OSError(errno.ENAMETOOLONG, "File name too long", "x" * 300)
    told = report.describe_failure(error, tmp_path)
    assert told.text.endswith("x cannot be written: File name too long; mend that, or name another folder with --out")


def test_a_build_that_is_stopped_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """In a sentence, with the status that shells give it."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "open_application", stop)
    assert main(["build"]) == 130
    assert capfd.readouterr().err == "\nStopped; what is half done is done again the next time.\n"


def test_two_builds_in_one_folder_take_turns(project: Path) -> None:
    """The second waits and says so, and both come to the same end."""
    lines = [sys.executable, "-m", "paperdeck", "build"]
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    with making.hold(project / "_build"):
        other = subprocess.Popen(lines, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert other.stderr is not None
        assert other.stderr.readline().startswith("Another build is at work in ")
    out, told = other.communicate(timeout=300)
    assert (other.returncode, told) == (0, "")
    assert out.startswith("Articles: 1 document read, 1 page written.")
