"""The rooms of the package: which may know of which, and that each registers all of its parts."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from sphinx.application import Sphinx

import paperdeck

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(paperdeck.__file__).parent

STOREYS = (
    ("messages", "config", "addresses", "language", "upstream", "commands", "browser", "files", "trees"),
    ("ledger", "pictures"),
    ("evidence", "slides"),
    ("site",),
    ("maths",),
    ("facts",),
    ("charts", "diagrams"),
    ("deck", "outlines"),
    ("article", "checking", "exports", "start"),
    ("outputs",),
    ("live",),
    ("__main__",),
)
"""The rooms from low to high: each may import what stands below it; two of one storey know nothing of each other.

The modules of the first storey are one room, and so are those of a folder.
"""
HEIGHT = {room: height for height, rooms in enumerate(STOREYS) for room in rooms}
PACKAGES = ["paperdeck", *(f"paperdeck.{path.parent.name}" for path in sorted(PACKAGE.glob("*/__init__.py")))]
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or path.name != "__init__.py"]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of whatever a module imports: at its top, in a function, for its types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name of what is imported"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def room_of(path: Path) -> str:
    """Return the room that a module stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def parts_of(package: str) -> list[str]:
    """Return the modules directly in a package that have something to register."""
    folder = PACKAGE.joinpath(*package.split(".")[1:])
    names = [f"{package}.{module.name}" for module in pkgutil.iter_modules([str(folder)])]
    return [name for name in names if hasattr(importlib.import_module(name), "setup")]


def test_every_room_has_its_storey() -> None:
    """A new room says what it stands above."""
    assert {room_of(path) for path in MODULES} <= HEIGHT.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_runs_up(path: Path) -> None:
    """A module knows its own room and those below it, also in its functions and where only types are meant."""
    room = room_of(path)
    for line, name in imported(path):
        top, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if top == "paperdeck" and other in HEIGHT and other != room:
            below = HEIGHT[other] < HEIGHT[room] or HEIGHT[other] == HEIGHT[room] == 0
            assert below, f"{path}:{line}: {room} stands below {other}, or beside it"


@pytest.mark.parametrize("path", sorted((PACKAGE / "ledger").glob("*.py")), ids=lambda path: path.stem)
def test_ledger_knows_no_sphinx(path: Path) -> None:
    """What reads and computes facts is of use without a site; of ours it knows itself alone."""
    for line, name in imported(path):
        assert name.partition(".")[0] not in ("sphinx", "docutils", "myst_parser"), f"{path}:{line}"
        assert not name.startswith("paperdeck.") or name.startswith("paperdeck.ledger."), f"{path}:{line}"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_part_is_registered_once(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with a ``setup`` that its room does not call would do nothing, and nobody would see it."""
    called: list[str] = []
    parts = parts_of(package)
    for part in parts:
        monkeypatch.setattr(f"{part}.setup", lambda _app, part=part: called.append(part))
    if parts:
        importlib.import_module(package).setup(Mock(spec=Sphinx))
    assert sorted(called) == parts


def test_guide_draws_the_house_as_it_is() -> None:
    """The rooms stand on the page of internals in this order, the highest first."""
    page = (PACKAGE.parent / "guide" / "internals.md").read_text("utf-8")
    drawing = page.split("```text\n", 1)[1].split("```", 1)[0]
    drawn = [re.split(r" {2,}", line)[0].split(", ") for line in drawing.splitlines()]
    assert drawn == [list(storey) for storey in reversed(STOREYS)]
