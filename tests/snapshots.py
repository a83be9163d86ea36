"""What becomes of every example of the guide: the tree that is read, and what either output is written from.

``python -m tests.snapshots`` writes them anew; the difference is read like code, and explained in the commit.
"""

from __future__ import annotations

import re
import shutil
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from docutils import nodes

from paperdeck.deck.tree import deck_stack
from paperdeck.slides.node import slide
from tests.conftest import TOP
from tests.sites import ROOTS, SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.testing.util import SphinxTestApp

FOLDER = TOP / "tests" / "snapshots"
PAGES = sorted(TOP.glob("guide/*.md"))
MODULES = sorted(TOP.glob("paperdeck/**/*.py"))

FRONT_MATTER = """\
---
paper: du2022glam
short: GLaM
---
"""
PROSE = """\
# The title

Said at the cover.

## A section

"""
WHOLE = ("internals-1",)
"""Of which the guide shows all, what is made around it and what is written of it; of the others their own section."""
VOLATILE = {"source", "xml:space", "docname", "refdoc", "translation_progress"}
"""Attributes that say where a node was, and not what it is."""
LONGEST = 100
"""Letters of an attribute that are shown; of drawings, and of what is no text, it is only said that they are there."""


def find_examples() -> dict[str, str]:
    """Return the examples by name: the Markdown that the guide shows or uses, and that of the docstrings."""
    found = {}
    for page in PAGES:
        for count, text in enumerate(_examples_of_page(page.read_text("utf-8")), 1):
            found[f"{page.stem}-{count}"] = text
    for module in MODULES:
        name = "-".join(module.relative_to(TOP / "paperdeck").with_suffix("").parts)
        shown = re.findall(r"^( +)Example::\n\n((?:\1 .*\n|\n)+)", module.read_text("utf-8"), re.MULTILINE)
        for count, (_, text) in enumerate(shown, 1):
            found[f"{name}-{count}"] = dedent(text).strip()
    return found


def _examples_of_page(text: str) -> Iterator[str]:
    """Yield what stands in the fences of a page that are Markdown, and the directives of ours that it uses itself."""
    lines = iter(text.split("\n"))
    for line in lines:
        if not (fence := re.match(r"(`{3,}|:{3,})(\S.*)?$", line)):
            continue
        block = []
        for inner in lines:
            if inner == fence[1]:
                break
            block.append(inner)
        told = fence[2] or ""
        if told in ("md", "markdown", "{example}"):
            yield "\n".join(block)
        elif re.match(r"\{(chart|mermaid|slide|facts|compare)\}", told):
            yield "\n".join([line, *block, fence[1]])


def place_example(name: str) -> str:
    """Return the document of an example: one of a paper, or one beside the pictures that the gallery shows."""
    return f"{'guide' if name.startswith('gallery-') else 'glam'}/{name}"


def take_snapshots(examples: dict[str, str], top: Path) -> dict[str, str]:
    """Build a site of the examples, and return what became of each, by the name of its file."""
    source = top / "source"
    shutil.copytree(ROOTS / "test-examples", source)
    listed = "\n".join(["olmoe/index", "guide/gallery/numbers", *map(place_example, examples)])
    (source / "index.md").write_text(f"# Examples\n\n```{{toctree}}\n{listed}\n```\n", "utf-8")
    shutil.copytree(TOP / "guide" / "gallery", source / "guide" / "gallery")
    for name, text in examples.items():
        head = FRONT_MATTER if place_example(name).startswith("glam/") else ""
        (source / f"{place_example(name)}.md").write_text(f"{head}{PROSE}{text}\n", "utf-8")
    site = SmallSite(source, top / "builds", static=False)
    with site.app("html") as app:
        built = _build(app, examples)
        read = {name: show_trees(app.env.get_doctree(place_example(name)), name) for name in examples}
    with site.app("revealjs") as app:
        decks = _build(app, examples)
    taken = {}
    for name, text in examples.items():
        (article, page), (deck, slides) = built[name], decks[name]
        changes = "".join(islice(unified_diff(read[name].splitlines(True), article.splitlines(True), n=3), 2, None))
        parts = {"written by the author": f"{text}\n", "read": read[name], "changed for the article": changes}
        parts |= {"left on the deck": deck}
        if name in WHOLE:
            parts |= {"the article's page": page, "the deck's page": slides}
        text = "".join(f"=== {heading} ===\n{part}" for heading, part in parts.items())
        taken[f"{name}.txt"] = text.replace(f"{source}/", "")
    return taken


def _build(app: SphinxTestApp, examples: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Run a builder; return the tree that it wrote each example from, and its first slide on the page."""
    app.build()
    assert app.warning.getvalue() == "", app.warning.getvalue()
    found = {}
    for name in examples:
        tree = show_trees(app.env.get_and_resolve_doctree(place_example(name), app.builder, tags=app.tags), name)
        found[name] = (tree, _show_slide(Path(app.outdir) / f"{place_example(name)}.html") if name in WHOLE else "")
    return found


def _show_slide(page: Path) -> str:
    """Return the first slide on a page, each drawing an empty one."""
    slide = BeautifulSoup(page.read_bytes(), "html5lib").select_one("[data-slide]")
    for drawing in slide.select("svg"):
        drawing.attrs = {}
        drawing.clear()
    return slide.prettify()


def show_trees(document: nodes.document, name: str) -> str:
    """Return the tree of an example: its section or its slides; of the whole ones all, of what is made the titles."""
    sections = [part for part in document.findall(nodes.section) if "a-section" in part["ids"]]
    if name not in WHOLE:
        slides = [part for part in document if isinstance(part, (slide, deck_stack))]
        return "".join(map(show_tree, sections or slides))
    copy = document.deepcopy()
    for section in copy.findall(nodes.section):
        if section["ids"][0] in ("the-numbers", "references"):
            section.children = [section[0]]
    return show_tree(copy)


def show_tree(node: nodes.Node, depth: int = 0) -> str:
    """Return a tree as text: a node a line, and below it, indented, what it holds."""
    indent = "    " * depth
    if isinstance(node, nodes.Text):
        return "".join(f"{indent}{line.strip()}\n" for line in node.astext().split("\n"))
    assert isinstance(node, nodes.Element)
    attributes = {name: value for name, value in sorted(node.attributes.items()) if name not in VOLATILE}
    shown = "".join(f" {name}={_show(value)}" for name, value in attributes.items() if value or type(value) is int)
    children = "".join(show_tree(child, depth + 1) for child in node if not isinstance(node, nodes.raw))
    return f"{indent}<{type(node).__name__}{shown}>\n{children}"


def _show(value: object) -> str:
    """Return the value of an attribute, short."""
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return f'"{" ".join(value)}"'
    if isinstance(value, (bool, int)) or (isinstance(value, str) and len(value) <= LONGEST and "<" not in value):
        return f'"{value}"'
    return "…"


def main() -> None:
    """Write every snapshot anew."""
    with TemporaryDirectory() as folder:
        taken = take_snapshots(find_examples(), Path(folder))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, text in taken.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
