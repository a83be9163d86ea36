"""The tutorial of the guide, followed word for word in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import TOP

STEP = re.compile(r"^(`{3,})(?:console|\{code-block\} \S+\n:caption: (\S+))\n(.*?)^\1$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.M)


def run(command: str, folder: Path) -> str:
    """Run a command with the Python of this run; return what it printed."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(TOP)},
        shell=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    """Each file is written as the page has it, and each command prints what stands below it; “…” is anything."""
    folder = tmp_path
    commands: list[str] = []
    for _fence, name, text in STEP.findall((TOP / "guide" / "tutorial.md").read_text("utf-8")):
        if name:
            (folder / name).write_text(text, "utf-8")
        for command, told in [] if name else COMMAND.findall(text):
            commands += command.split()[3:4]
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
                continue
            printed = run(command, folder)
            assert re.fullmatch(re.escape(told).replace("…", ".*"), printed, re.S), f"{command}\n{printed}"
    assert commands == ["init", "new", "build", "build", "coverage", "verify", "check"]
    assert (folder / "_build" / "revealjs" / "papers" / "lora" / "index.html").is_file()
