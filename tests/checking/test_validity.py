"""What the Nu HTML checker says is told as the rest is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperdeck.checking.findings import Kind
from paperdeck.checking.validity import validate_pages
from paperdeck.commands import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that puts a Java on the path which prints a text, and gives the file that it is to run."""

    def say(text: str) -> Path:
        program = tmp_path / "java"
        program.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{text}\nEND\nexit 1\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        (tmp_path / "vnu.jar").touch()
        return tmp_path / "vnu.jar"

    return say


def test_each_message_is_a_finding(java: Callable[[str], Path], tmp_path: Path) -> None:
    """With the page as it was named, and the words around it."""
    page = tmp_path / "a page.html"
    error = {
        "type": "error",
        "url": page.as_uri(),
        "lastLine": 3,
        "message": "Element “details” not allowed.",
        "extract": "</b>some\nwords <details><summa",
    }
    (found,) = validate_pages([page], java(json.dumps({"messages": [error]})))
    assert (found.kind, found.page, found.near) == (Kind.MARKUP, str(page), "some words")
    assert found.message == "is no valid HTML (line 3): Element “details” not allowed."


def test_what_is_no_checker_is_told(java: Callable[[str], Path], tmp_path: Path) -> None:
    """With what it says."""
    with pytest.raises(Refused, match=r"vnu.jar is no Nu HTML checker, or fails: no main manifest"):
        list(validate_pages([tmp_path / "index.html"], java("no main manifest")))


def test_what_is_missing_is_told(java: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, or Java."""
    with pytest.raises(Refused, match=r"there is no file .*gone.jar; name the vnu.jar"):
        list(validate_pages([], tmp_path / "gone.jar"))
    jar = java("")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(Refused, match="needs Java, and there is none here"):
        list(validate_pages([], jar))
