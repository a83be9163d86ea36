"""What exists is documented: the reference names every directive and role, and the guide every key of a deck."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.examples import split_deck
from paperdeck.charts.data import MARKS
from paperdeck.charts.directive import ChartDirective
from paperdeck.slides.directive import SlideDirective
from paperdeck.slides.layouts import CHOICES
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


def test_where_to_look_is_where_it_is() -> None:
    """Each file that the page of internals names for something that one sees exists, and has the class it names."""
    package = TOP / "paperdeck"
    table = (TOP / "guide" / "internals.md").read_text("utf-8").split("## Where to look")[1].split("\n##")[0]
    folders = {
        ".py": package,
        ".html": package / "theme" / "templates" / "paperdeck",
        ".css": package / "theme" / "static",
    }
    cells = [
        re.findall(r"`([^`]+)`", cell) for row in table.split("\n") if row.startswith("|") for cell in row.split("|")
    ]
    assert sum(map(len, cells)) > 30
    for cell in cells:
        files = [folders[Path(name).suffix] / name for name in cell if not name.startswith(".")]
        assert [file for file in files if not file.is_file()] == []
        classes = [name for name in cell if name.startswith(".")]
        assert [name for name in classes for file in files if name not in file.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("names", "directive"), [(CHOICES, SlideDirective), (MARKS, ChartDirective)], ids=["layouts", "marks"]
)
def test_every_layout_and_mark_is_in_the_reference(names: tuple[str, ...], directive: type) -> None:
    """The docstring of the directive, which is printed there, names each."""
    assert [name for name in names if f"``{name}``" not in (directive.__doc__ or "")] == []


def test_every_mark_is_in_the_guide() -> None:
    """The table of marks says what each looks like."""
    table = (TOP / "guide" / "charts.md").read_text("utf-8")
    assert [mark for mark in MARKS if not re.search(rf"^\| `{mark}` \|", table, re.MULTILINE)] == []


def test_every_layout_and_mark_is_in_the_gallery() -> None:
    """Each in an example, whose source is what is built; the first layout needs no name."""
    text = (TOP / "guide" / "gallery.md").read_text("utf-8")
    shown = "".join(source for _fence, source in re.findall(r"^(`{4,})\{example\}\n(.*?)^\1$", text, re.M | re.S))
    assert [name for name in CHOICES[1:] if f":layout: {name}\n" not in shown] == []
    assert [mark for mark in MARKS if f"{{chart}} {mark}\n" not in shown] == []


def test_a_framed_slide_is_a_deck_of_its_own() -> None:
    """With what stands around all of them; the slides of a stack stay together."""
    one, two = (
        '<section id="one">1</section>',
        '<section><section id="two">2</section><section id="down">3</section></section>',
    )
    pages = split_deck(f"<body>\n{one}\n{two}\n</body>")
    assert pages == {
        "one": f"<body>\n{one}\n</body>",
        **dict.fromkeys(("two", "down"), f"<body>\n{two}\n</body>"),
    }


def test_each_line_of_a_new_project_is_explained() -> None:
    """The page of projects says of each setting in conf.py what it is for, and that of hosts shows each file."""
    made = TOP / "paperdeck" / "start" / "project"
    names = re.findall(r"^(\w+) = |^(?:\w+ = )(\w+) = ", (made / "conf.py").read_text("utf-8"), re.MULTILINE)
    told = (TOP / "guide" / "project.md").read_text("utf-8").split("| line |")[1]
    assert [name for found in names for name in found if name and f"`{name}`" not in told] == []
    host = (TOP / "guide" / "host.md").read_text("utf-8")
    files = [path for path in made.rglob("*.y*ml") if "papers" not in path.parts]
    assert len(files) == 3
    assert [path for path in files if f"{{literalinclude}} ../{path.relative_to(TOP)}" not in host] == []
