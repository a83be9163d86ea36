"""What all commands say alike."""

from __future__ import annotations

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
