"""What ``check`` cannot do, it says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path


def test_what_cannot_be_checked_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there, one without a page, or without one that was asked for."""
    assert main(["check", str(tmp_path / "gone")]) == 1
    assert capsys.readouterr().err.endswith("gone; build it first\n")
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith("holds no page; name what a builder wrote\n")
    (tmp_path / "index.html").touch()
    assert main(["check", str(tmp_path), "--only", "other"]) == 1
    assert capsys.readouterr().err == "no page holds 'other' in its path\n"


@pytest.mark.parametrize("module", ["axe_playwright_python.sync_playwright", "html5lib", "playwright.sync_api"])
def test_what_is_missing_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    """Each of the extra."""
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["check", str(tmp_path)]) == 1
    assert f"-m pip install '{TOP}[" in capsys.readouterr().err
