"""Cases that are folders of a project: many in one build of both outputs, and what may not come out of it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import html5lib

from tests.sites import SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Files = dict[str, str]
"""A case: the files of its folder, by name; a character from U+DC80 on is a byte that is no UTF-8."""

CONF = """\
extensions = ["myst_parser", "paperdeck"]
html_theme = "basic"
html_use_index = html_copy_source = False
numfig = True
html_sidebars = {"**": []}
suppress_warnings = ["toc.not_included"]
"""
SOUND: Files = {
    "index.md": """\
---
paper: doe2024work
---
# Title {number}

:::{{slide}} The point {number}
- {{fact}}`a` and {{fact}}`b`, $x_{number}$
:::

Said of {{fact}}`a` {{cite:p}}`doe2024work`.

```{{mermaid}} diagram.mmd
```

```{{facts}}
```
""",
    "facts.yaml": "a:\n  says: a\n  value: 8\n  known: ours\nb:\n  says: b\n  from: a * 8\n",
    "diagram.mmd": "flowchart LR\n  accDescr: two\n  a --> b\n",
    "refs.bib": "@misc{doe2024work,\n  title = {A Work},\n  author = {Doe, Jane},\n  year = 2024,\n}\n",
}
"""What a case is made of where it says nothing else."""

PLACE = re.compile(r"[^\s:]+:\d+(?::\d+)?: (?:WARNING|ERROR|CRITICAL|INFO)")
WHOLE_DOCUMENT = (
    "[myst.topmatter]",
    "[ref.",
    "[myst.xref_missing]",
    "Duplicate ID",
    "cannot copy image file",
    "adjacent transitions",
    "[app.add_node]",
    "[image.not_readable]",
    "[misc.highlighting_failure]",
    "[toc.",
    "duplicate term description",
    "Duplicate explicit target name",
    "single index entry",
    "only directive expression",
    "WARNING: unknown role name: ",  # MyST says it too, with its line
    "WARNING: unknown directive name: ",
)
"""What Sphinx, MyST and docutils say without a line."""

NO_NUMBER = re.compile(r"(?<![\w.-])-?(?:NaN|nan|inf|Infinity|None)(?![\w.-])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
IN_WORDS = ("aria-", "data-", "title", "alt", "id", "class", "href", "xlink:")
"""Attributes that hold words of the author's."""


def build(cases: Sequence[Files], top: Path, more: str = "") -> list[str]:
    """Build both outputs of a project that has a folder for each case; return what is wrong with what came out.

    :param more: lines of its conf.py
    """
    shutil.rmtree(top, ignore_errors=True)
    site = SmallSite(top / "source", top / "builds", static=False)
    for number, case in enumerate(cases):
        sound = {name: text.format(number=number) if name == "index.md" else text for name, text in SOUND.items()}
        write_files(site.source / f"case{number}", {**sound, **case})
        (site.source / f"case{number}" / "picture.png").write_bytes(draw_png(40, 30))
    bibliographies = [f"case{number}/refs.bib" for number in range(len(cases))]
    listed = "".join(f"case{number}/index\n" for number in range(len(cases)))
    write_files(
        site.source,
        {
            "conf.py": f"{CONF}{more}bibtex_bibfiles = {bibliographies!r}\n",
            "index.md": f"# Front\n\n```{{gallery}}\n```\n\n```{{toctree}}\n{listed}```\n",
        },
    )
    found = []
    for builder in ("html", "revealjs"):
        output = site.build(builder)
        found += check_messages(output.warnings)
        for path in sorted(output.folder.rglob("*.html")):
            name = f"{builder}/{path.relative_to(output.folder)}"
            found += [f"{name}: {fault}" for fault in check_page(path.read_text("utf-8"))]
    return list(dict.fromkeys(found))


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files as a case means them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))


def check_messages(warnings: Sequence[str]) -> Iterator[str]:
    """Yield each message that does not say its file and line."""
    for message in warnings:
        if (
            not PLACE.match(message)
            and "in conf.py" not in message
            and not any(kind in message for kind in WHOLE_DOCUMENT)
        ):
            yield f"message without a place: {message[:300]}"
        elif "Traceback" in message or re.search(r"\b[A-Z]\w+(?:Error|Exception)\(", message):
            yield f"message with an exception: {message[:300]}"


def check_page(html: str) -> Iterator[str]:
    """Yield what is wrong with a page: its markup, its drawings."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    lines = html.split("\n")
    whole = "data-slide" in html  # HTML in a page without slides is as its author has written it
    for (line, column), code, variables in parser.errors[:3]:
        near = lines[line - 1][max(0, column - 80) : column + 40] if line <= len(lines) else ""
        if whole and not re.search("codepoint|attribute|solidus|entity|charref|numeric|in-comment", code):
            yield f"markup: {code} {variables} at {line}:{column}: …{near}…"
    for drawing in (element for element in tree.iter() if str(element.tag).endswith(("}svg", "}math"))):
        if control := CONTROL.search("".join(drawing.itertext())):
            yield f"drawing with {control[0]!r} in its text"
        for element in drawing.iter():
            for name, value in element.attrib.items():
                if not str(name).startswith(IN_WORDS) and (wrong := NO_NUMBER.search(value)):
                    yield f"drawing with {wrong[0]!r} in {name}={value[:80]!r}"
