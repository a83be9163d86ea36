"""The same sources give the same bytes: on another day, in another place, another language, in any order."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import TOP
from tests.test_read_once import documents, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ANOTHER_DAY = """\
import time

_now, _localtime, _gmtime, _strftime = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: _now() + 400 * 86400
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, when=None: _strftime(form, time.localtime() if when is None else when)
"""
"""Python runs it first, where it is called sitecustomize."""


def build(top: Path, builders: Sequence[str], *options: str, **environment: str) -> dict[str, bytes]:
    """Build outputs with processes of their own; return every file by builder and name, ``.buildinfo`` too."""
    source = top / "source"
    for name, content in documents().items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    path = os.pathsep.join([str(TOP), *filter(None, [environment.pop("PYTHONPATH", "")])])
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LANGUAGE", "SOURCE_DATE_EPOCH")}
    for builder in builders:
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-W",
            "-b",
            builder,
            "-D",
            "html_theme=basic",
            *options,
            "-d",
            str(top / "doctrees"),
        ]
        done = subprocess.run(
            [*command, str(source), str(top / builder)],
            env={**kept, **environment, "PYTHONPATH": path},
            cwd=top,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    files = (path for builder in builders for path in (top / builder).rglob("*") if path.is_file())
    return {str(path.relative_to(top)): path.read_bytes() for path in files}


def test_place_day_language_and_order_change_no_byte(tmp_path: Path) -> None:
    """All at once: what differs would be found by taking them apart."""
    here, there = tmp_path / "here", tmp_path / "über all #1 %20 & <co>"
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(ANOTHER_DAY)
    for folder in (here, there):
        folder.mkdir()
    ours = build(here, ["html", "revealjs"], LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="1")
    theirs = build(
        there,
        ["revealjs", "html"],
        *("-j", "2"),
        **{"LC_ALL": "C", "LANGUAGE": "de:pl", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2"},
        PYTHONPATH=str(clock),
    )
    assert len(ours) > 150
    assert same(ours, theirs) == []
