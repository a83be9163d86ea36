"""A film is made of pictures and, with a recording, by ffmpeg."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paperdeck.__main__ import main
from paperdeck.commands import Refused
from paperdeck.exports.film import make_video
from tests.exports.test_pages import DECK

STAND_IN = """\
#!{python}
import pathlib, sys
pathlib.Path({notes!r}).write_text("\\n".join(sys.argv[1:]))
pathlib.Path(sys.argv[-1]).write_bytes(b"film")
"""


def put_ffmpeg(folder: Path, text: str) -> Path:
    """Write a program that stands for ffmpeg, and return its folder."""
    program = folder / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text(text, "utf-8")
    program.chmod(0o755)
    return program.parent


def test_ffmpeg_is_told_pictures_recording_and_chapters(tmp_path: Path) -> None:
    """The last picture stays until the sound ends; what ffmpeg says when it fails is told."""
    notes, video = tmp_path / "notes", tmp_path / "talk.mp4"
    ffmpeg = put_ffmpeg(tmp_path, STAND_IN.format(python=sys.executable, notes=str(notes))) / "ffmpeg"
    make_video(str(ffmpeg), tmp_path / "talk-film", Path("talk.wav"), video)
    said = notes.read_text("utf-8").splitlines()
    assert said[said.index("concat") + 2] == str(tmp_path / "talk-film" / "pictures.ffconcat")
    inputs = [said[place + 1] for place, argument in enumerate(said) if argument == "-i"]
    assert inputs[1:] == ["talk.wav", str(tmp_path / "talk-film" / "chapters.ffmetadata")]
    assert "fps=25,tpad=stop_mode=clone:stop=-1,format=yuv420p" in said
    assert {"-shortest", "-map_chapters"} <= {*said}
    assert said[-1] == str(video)
    ffmpeg.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no such codec')\n", "utf-8")
    with pytest.raises(Refused, match=r"ffmpeg could not make .*talk\.mp4; it said: no such codec"):
        make_video(str(ffmpeg), tmp_path, Path("talk.wav"), video)


def test_what_a_film_lacks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No deck, no recording, no ffmpeg, more decks than one."""
    monkeypatch.chdir(tmp_path)
    assert main(["film"]) == 1
    assert "build it first: python -m paperdeck build" in capsys.readouterr().err
    assert main(["film", "--recording", "talk.wav"]) == 1
    assert capsys.readouterr().err == "there is no recording talk.wav; name a file of sound for --recording\n"
    (tmp_path / "talk.wav").write_bytes(b"sound")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["film", "--recording", "talk.wav"]) == 1
    assert capsys.readouterr().err.startswith("a video is made by ffmpeg, which is not here; install it")
    monkeypatch.setenv("PATH", os.pathsep.join([str(put_ffmpeg(tmp_path, "")), os.environ["PATH"]]))
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_text(DECK.replace("../../", "").format(title="x"), "utf-8")
    assert main(["film", ".", "--recording", "talk.wav"]) == 1
    assert capsys.readouterr().err == "a recording is of one deck, and there are 2; choose one with --only\n"
