"""What all commands say alike."""

from __future__ import annotations

import errno
import subprocess
import sys
from typing import TYPE_CHECKING

from paperdeck import commands
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_missing_is_installed_from_where_we_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name where paperdeck is installed, else from the folder it lies in, which an index need not have."""
    assert commands.explain_install("browser") == f"{sys.executable} -m pip install '{TOP}[browser]'"
    monkeypatch.setattr(commands, "__file__", str(tmp_path / "paperdeck" / "commands.py"))
    assert commands.explain_install("browser") == f"{sys.executable} -m pip install 'paperdeck[browser]'"


def test_a_full_disk_is_told_in_a_sentence() -> None:
    """The system names no file where it cannot write on; what else it refuses, it says itself."""
    told = "a file cannot be written: No space left on device; make room on that disk, and run the command again"
    assert commands.explain_failure(OSError(errno.ENOSPC, "No space left on device")) == told
    refused = PermissionError(errno.EACCES, "Permission denied", "talk.pdf")
    assert commands.explain_failure(refused) == str(refused)


def test_commands_need_no_docstrings() -> None:
    """Python without them (``-OO``, or ``PYTHONOPTIMIZE=2`` in the environment) runs each, its help empty."""
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "paperdeck", "lint", "--help"], cwd=TOP, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
