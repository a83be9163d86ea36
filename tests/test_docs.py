"""What exists is documented: the reference names every directive and role, and the guide every key of a deck."""

from __future__ import annotations

import re

from tests.conftest import TOP

PACKAGE = sorted((TOP / "paperdeck").rglob("*.py"))
REFERENCE = (TOP / "guide" / "reference.md").read_text("utf-8")


def registered(kind: str) -> set[str]:
    """Return the names that the package registers with ``add_<kind>``, those of Sphinx that it replaces left out."""
    calls = (re.findall(rf'add_{kind}\(\s*"([^"]+)"([^)]*)\)', path.read_text("utf-8")) for path in PACKAGE)
    return {name for found in calls for name, rest in found if "override" not in rest}


def test_every_directive_is_in_the_reference() -> None:
    """With its own docstring."""
    names = registered("directive")
    assert {"slide", "chart"} <= names
    assert names == set(re.findall(r"\{paperdeck-docstring\} (\S+)\n```", REFERENCE))


def test_every_role_is_in_the_reference() -> None:
    """With its own docstring."""
    names = registered("role")
    assert "fact" in names
    assert names == set(re.findall(r"\{paperdeck-docstring\} (\S+)\n:role:", REFERENCE))


def test_every_key_of_a_deck_is_in_the_guide() -> None:
    """Each key that deck.js binds stands in the table of keys."""
    script = (TOP / "paperdeck" / "theme" / "static" / "deck.js").read_text("utf-8")
    table = (TOP / "guide" / "present.md").read_text("utf-8")
    keys = re.findall(r'key: "([^"]+)"', script)
    assert len(keys) >= 3
    assert [key for key in keys if not re.search(rf"^\| [^|]*\b{re.escape(key)}\b[^|]*\|", table, re.MULTILINE)] == []
