"""Documents as others write them: all that MyST, sphinx-design and sphinx-revealjs offer, on slides and in prose."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from tests.fuzz import grammar, projects
from tests.fuzz.grammar import choose, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from tests.fuzz.projects import Files

CONF = """
extensions += ["sphinx_design"]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_admonition",
    "html_image", "replacements", "smartquotes", "strikethrough", "substitution", "tasklist",
]
myst_substitutions = {"name": "*value*", "block": "- one\\n- two"}
myst_heading_anchors = 3
"""
"""What the documents need of conf.py."""

OTHERS = "|".join(
    (
        r"traceback: RecursionError: .*\(tree\.py",  # a document of MyST that includes itself
        r"traceback: ValueError: list\.remove\(x\).*\(nodes\.py",  # a footnote that was left out with what held it
        r"traceback: NotImplementedError: .*pending_xref",  # a reference in a button, on a page without slides
        r"read outside of the project",  # what an include names
    )
)
"""What is wrong without us too."""

DEEPEST = 3
"""How deep blocks stand in each other."""

LINES = (
    *(
        "שלום עולם",
        "مرحبا بالعالم 12 abc",
        "专家混合模型，路由器选择两个专家。",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
        "z̷̢̛͓a̸̡l̴g̵o̶ e\u0301\u0327\u0323",
    ),
    *("Donaudampfschifffahrtsgesellschaftskapitän" * 9, "https://example.org/" + "long/" * 60, "a_b" * 90),
    *("H{sub}`2`O and x{sup}`2`", "{kbd}`Ctrl+C` {abbr}`MoE (Mixture of Experts)` {guilabel}`&Start`", "{{ name }}"),
    *(
        "[span]{.fragment #here}",
        "`code`{.python}",
        "![a](picture.png){width=50% .r-stretch}",
        "~~gone~~ (c) -- ... +-",
    ),
    *("$a_1$ and $$b_2$$ in a line", "[^n1]", "[](#heading)", "[text](part.md)", "<project:#heading>", "<inv:#index>"),
    *("{octicon}`alert;1em`", "{bdg-primary}`new`", "{button}`x`", "<kbd>x</kbd>", "<img src='picture.png' alt='a'>"),
    *("{download}`code.py`", "{pep}`8`", "{eq}`e1` {numref}`t1` {doc}`talk` {any}`heading`", "{cite:t}`doe2024work`"),
    *("<!-- a -- b", "a --- b", "a\\\nb", "&copy; &#x1F600; &notreal;", "{math}`x`{.k}", "{fact}`a`{.fragment}"),
)
"""Words in a line."""


def line(random: Random) -> str:
    """Return a line of words."""
    return phrase(random) if random.random() < 0.4 else " ".join(random.choices(LINES, k=random.randint(1, 3)))


def fence(name: str, argument: str, content: str, depth: int, *options: str) -> str:
    """Return a directive of MyST."""
    marks = ":" * (9 - depth)
    return "\n".join([f"{marks}{{{name}}} {argument}".rstrip(), *options, "", content, f"{marks}\n"])


def blocks(random: Random, depth: int) -> str:
    """Return a few blocks, one below another."""
    return "\n".join(block(random, depth + 1) for _ in range(random.randint(1, 3)))


def block(random: Random, depth: int = 0) -> str:
    """Return one block."""
    if depth > DEEPEST:
        return f"{line(random)}\n"
    inner = blocks(random, depth)
    say = [line(random) for _ in range(4)]
    many = [line(random) for _ in range(3)]
    made = (
        f"{say[0]}\n",
        f"{say[0]}\n: {say[1]}\n\n  {indent(inner, '  ').strip()}\n: {say[2]}\n",
        f":{choose(random, 'name', 'a b', 'param x')}: {say[0]}\n:other: {say[1]}\n",
        f"- [ ] {say[0]}\n- [x] {say[1]}\n",
        f"- {say[0]}\n\n{indent(inner, '  ')}\n- {say[1]}\n",
        f"1) {say[0]}\n   - {say[1]}\n     1. {say[2]}\n        > {say[3]}\n",
        "".join(f"{number}. {many[number % 3]}\n" for number in range(1, 61)),
        "".join(f"{'  ' * level}- {many[level % 3]}\n" for level in range(12)),
        f"{indent(inner, '> ')}",
        "| a | b | c |\n|:--|--:|:-:|\n" + "".join(f"| {number} | {many[number % 3]} |  |\n" for number in range(200)),
        f"| {say[0]} | b[^n1] |\n|---|---|\n| ![a](picture.png) | $x|y$ |\n| `a|b` | {{fact}}`a` |\n",
        f"Foot[^n1] and {say[0]}[^n2].\n\n[^n1]: {say[1]}\n\n    {say[2]}\n\n    - a[^n2]\n[^n2]: {say[3]}\n",
        f"{{#{choose(random, 'heading', 'x y')} .fragment .k key=value}}\n{inner}",
        f"{{.{choose(random, 'fragment', 'r-fit-text', 'class')}}}\n# {say[0]}\n",
        f"(heading)=\n### {say[0]}[^n1] $x_1$\n\n{inner}",
        f"\\begin{{equation}}\n{grammar.tex(random)}\n\\end{{equation}}\n",
        f"$$\n{grammar.tex(random)}\n$$ ({choose(random, 'e1', 'e2')})\n",
        f'% a comment\n\n+++ {{"slide": true}}\n\n{say[0]}\n',
        f"<div class='admonition note' name='x'>\n<p class='title'>T</p>\n{say[0]}\n</div>\n",
        f"<table><tr><td>{say[0]}</td></tr></table>\n\n<details open><summary>s</summary>\n\n{inner}\n</details>\n",
        "{{ block }}\n\n{{ missing }} {{ name | upper }} {{ env.docname }}\n",
        fence(choose(random, "note", "warning", "tip", "seealso", "danger", "todo"), say[0], inner, depth),
        fence("admonition", say[0], inner, depth, ":class: dropdown"),
        fence("dropdown", say[0], inner, depth, ":open:", ":icon: alert"),
        fence(
            "grid", "1 2 3", fence("grid-item-card", say[0], f"{say[1]}\n^^^\n{inner}\n+++\n{say[2]}", depth + 1), depth
        ),
        fence(
            "tab-set",
            "",
            fence("tab-item", say[0], inner, depth + 1) + fence("tab-item", "B", say[1], depth + 1),
            depth,
        ),
        fence("card", say[0], inner, depth, ":link: https://example.org/", ":img-top: picture.png"),
        fence("card-carousel", "2", fence("card", "", say[0], depth + 1) * 3, depth),
        fence("accordion", "", fence("dropdown", say[0], inner, depth + 1), depth),
        fence("button-ref", "heading", say[0], depth, ":color: primary"),
        fence("article-info", "", "", depth, ":author: A", f":date: {say[0]}"),
        fence("div", "k", inner, depth, ":style: color: red"),
        fence(
            choose(random, "container", "compound", "class", "pull-quote", "epigraph", "sidebar", "topic"),
            "k",
            inner,
            depth,
        ),
        fence("include", choose(random, "part.md", "talk.rst", "missing.md"), "", depth, ":heading-offset: 1"),
        fence(
            "include", "code.py", "", depth, choose(random, ":literal:", ":code: python", ":parser: rst", ":lines: 1-2")
        ),
        fence(
            "literalinclude",
            "code.py",
            "",
            depth,
            f":lines: {choose(random, '1', '2-', '99')}",
            ":caption: c",
            ":linenos:",
        ),
        fence("csv-table", say[0], "", depth, ":file: table.csv", ":header-rows: 1", ":name: t1"),
        fence("csv-table", say[0], f'"{say[1]}", 2\n"a ""b""",\n', depth, ":header: a, b", ":widths: 1 2"),
        fence(
            "list-table",
            say[0],
            f"* - {say[1]}\n  - {indent(inner, '    ').strip()}\n* - b\n  - c\n",
            depth,
            ":name: t1",
        ),
        fence("table", say[0], "| a | b |\n|---|---|\n| c | d |\n", depth, ":align: right"),
        fence(
            "figure",
            choose(random, "picture.png", "missing.png"),
            f"{say[0]}\n\n{inner}",
            depth,
            ":figwidth: 40%",
            ":align: left",
        ),
        fence("figure-md", "f1", f"![a](picture.png)\n\n{say[0]}", depth),
        fence("image", "picture.png", "", depth, ":target: heading_", f":alt: {say[0]}"),
        fence("glossary", "", f"{say[0]}\nother\n  {say[1]}\n", depth),
        fence("hlist", "", f"- {say[0]}\n- b\n", depth, ":columns: 2"),
        fence("rubric", say[0], "", depth, ":heading-level: 2"),
        fence("toctree", "", choose(random, "part", "missing", "self", "https://example.org/"), depth, ":caption: c"),
        fence("py:function", "f(x: int = 'a') -> str", f":param x: {say[0]}\n\n{inner}", depth),
        fence("versionadded", "1.0", say[0], depth),
        fence("parsed-literal", "", f"{say[0]}\n  *x*", depth),
        fence("productionlist", "", "a: `b` | 'c'", depth),
        fence("index", f"single: {say[0]}", "", depth),
        fence("only", choose(random, "html", "revealjs", "latex"), inner, depth),
        fence("raw", choose(random, "html", "latex"), f"<div>{say[0]}</div>", depth),
        fence("math", "", f"a &= b \\\\\n\n c &= {grammar.tex(random)}", depth, ":label: e1", ":nowrap:"),
        fence("code-block", "python", f"{say[0]}\n\tx = 1", depth, ":emphasize-lines: 1,2", ":lineno-start: 9"),
        fence("eval-rst", "", rst(random, depth + 1), depth),
        fence("revealjs-fragments", "", f"- {say[0]}\n- b\n", depth),
        fence("revealjs-break", "", "", depth, ":notitle:"),
        fence("revealjs-section", "", "", depth, ":data-background-color: #009900"),
        fence("revealjs-notes", "", inner, depth),
        fence("revealjs-code-block", "python", "a\nb\n", depth, ":data-line-numbers: 1|2"),
        fence("speaker-notes", "", inner, depth),
        fence("side", say[0], inner, depth),
        fence("article-only", "", inner, depth),
        fence("slide", say[0], inner, depth),
    )
    return random.choice(made)


def rst(random: Random, depth: int = 0) -> str:
    """Return a few blocks of reStructuredText."""
    say = [line(random).replace("\\\n", " ") for _ in range(4)]
    made = (
        f"{say[0]}\n{'=' * 80}\n\n{say[1]}\n\n{say[2]}\n{'-' * 80}\n\n{say[3]}",
        f"* {say[0]}\n\n  * {say[1]}\n\n#. {say[2]}",
        f".. slide:: {say[0]}\n   :layout: {choose(random, 'split', 'figure', 'x')}\n\n   * {say[1]}\n\n   {say[2]}",
        f".. note::\n\n   {say[0]}\n\n   .. code-block:: python\n\n      x = 1",
        f".. revealjs-slide::\n   :theme: {choose(random, 'moon', 'x')}\n\n   {choose(random, '{}', '[1]', 'x')}",
        ".. revealjs-section::\n    :data-background-image: picture.png\n    :data-transition: zoom",
        f".. revealjs-break::\n    :notitle:\n\n{say[0]}",
        ".. revealjs-vertical::\n    :data-background-color: #123",
        f".. revealjs-fragments::\n\n   * {say[0]}\n   * :math:`x`",
        f".. revealjs-code-block:: python\n   :data-line-numbers: 1|2\n\n   {say[0]}\n   b",
        ".. revealjs-literalinclude:: code.py\n   :language: python\n   :data-line-numbers: 1",
        f".. revealjs-notes::\n\n   {say[0]}",
        f".. list-table:: {say[0]}\n   :header-rows: 1\n\n   * - a\n     - {say[1]}\n   * -\n     - .. image:: a.png",
        f"+---+---+\n| a | b |\n+---+---+\n| c     |\n+---+---+\n\n{say[0]}",
        f"term : kind\n   {say[0]}\n\n:field: {say[1]}\n\n-a  option\n--b=c  {say[2]}",
        f"| {say[0]}\n|   {say[1]}\n\n>>> 1 + 1\n2\n\n::\n\n   {say[2]}",
        f".. [1] {say[0]}\n.. [#a] {say[1]}\n.. _b: https://b.c/\n.. |s| replace:: {say[2]}\n\n[1]_ [#a]_ b_ |s|",
        f".. figure:: picture.png\n   :name: f1\n\n   {say[0]}\n\n   {say[1]}",
        f".. math::\n   :label: e1\n\n   {grammar.tex(random)}".replace("\n\n\n", "\n"),
        ".. chart:: bar\n   :plain:\n   :alt: a\n\n   a | b\n   c | 1",
        f".. mermaid::\n   :alt: {say[0]}\n\n   flowchart LR\n     a --> b",
        f".. speaker-notes::\n\n   {say[0]}\n\n.. article-only::\n\n   {say[1]}",
        f".. raw:: html\n\n   <b>{say[0]}</b>\n\n.. container:: k\n\n   {say[1]}",
        f"{say[0]}\n\n----\n\n{say[1]}",
    )
    return "\n\n".join(random.choices(made, k=random.randint(1, 4 if depth else 9))) + "\n"


def make(random: Random) -> Files:
    """Return a document in the Markdown or reStructuredText of others, and the files that it names."""
    parts = [fence("contents", "", "", 0, ":local:")] if random.random() < 0.1 else []
    for _ in range(random.randint(1, 6)):
        content = blocks(random, 0)
        parts.append(fence("slide", line(random), content, 0) if random.random() < 0.4 else content)
    front = random.choice(
        (
            "",
            "---\nmyst:\n  substitutions:\n    name: x\n---\n",
            "---\nlang: ar\n---\n",
            "---\npaper: doe2024work\n---\n",
        )
    )
    texts = {"index.md": f"{front}# {line(random)}\n\n" + "\n".join(parts), "talk.rst": f"Talk\n####\n\n{rst(random)}"}
    for name, text in texts.items():
        if random.random() < 0.3:
            texts[name] = grammar.mutate(random, text)
    return {
        **texts,
        "part.md": f"## {phrase(random)}\n\n- {line(random)}\n- b\n",
        "table.csv": "a,b\n"
        + "".join(f'"{phrase(random, 2)}",{number}\n' for number in range(random.choice((0, 2, 200)))),
        "code.py": "def f():\n    return 1\n",
    }


def run(cases: Sequence[Files], top: Path) -> list[str]:
    """Build them with all extensions that they need."""
    return projects.build(cases, top, CONF)
