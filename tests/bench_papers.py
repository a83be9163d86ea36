"""The papers that are built for the bench: their text twice, as papers of ours and as plain articles."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = 10
DIAGRAMS = (0, 3, 6)
CHARTS = (1, 4)
"""The sections of a rich paper that have one; each of them has two facts."""

WORDS = (
    *("a", "the", "of", "to", "in", "is", "that", "it", "for", "as", "with", "by", "on", "this", "are", "be", "which"),
    *("token", "expert", "layer", "gate", "model", "router", "parameter", "number", "answer", "part", "question"),
    *("each", "all", "but", "not", "more", "than", "only", "when", "costs", "learns", "keeps", "sends", "grows"),
)

PLAIN = 'extensions = ["myst_parser"]\nhtml_theme = "furo"\nmyst_enable_extensions = ["colon_fence", "dollarmath"]\n'
OURS = PLAIN.replace('"myst_parser"', '"myst_parser", "paperdeck"') + 'bibtex_bibfiles = ["papers.bib"]\n'


def sentence(words: random.Random, count: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(words.choices(WORDS, k=count)).capitalize() + "."


def sentences(words: random.Random) -> str:
    """Return three paragraphs."""
    return "\n\n".join(f"{sentence(words, 20)}\n{sentence(words, 25)} As $x_i$ and **so** on." for _ in range(3))


def items(words: random.Random) -> str:
    """Return a list."""
    return "".join(f"- {sentence(words, 9)}\n" for _ in range(4))


def beside(words: random.Random, section: int) -> str:
    """Return what stands beside the list on every second slide of a lean paper: code, a table or an equation."""
    kinds = (
        f"```python\ndef gate(token):\n    # {sentence(words, 5)}\n    return router(token)\n```\n",
        f"| Model | What |\n| --- | --- |\n| Dense | {sentence(words, 4)} |\n| Sparse | {sentence(words, 4)} |\n",
        "$$ y = \\sum_{i \\in T} p_i(x) E_i(x) $$\n",
    )
    return "" if section % 2 else f"\n{kinds[section // 2 % 3]}"


def block(title: str, shown: str, *, split: bool, ours: bool) -> str:
    """Return a slide, or what it shows as a part of the article."""
    layout = ":layout: split\n" if split else ""
    return f":::{{slide}} {title}\n{layout}{shown}:::\n" if ours else f"**{title}**\n\n{shown}"


def lean_paper(number: int, *, ours: bool) -> str:
    """Return a paper of lists, code, tables and equations."""
    words = random.Random(number)
    parts = [f"---\norphan: true\n---\n# Paper {number}\n\n{sentence(words, 40)}\n"]
    for section in range(SECTIONS):
        shown = items(words) + beside(words, section)
        slide = block(f"The answer to question {section + 1}", shown, split=section % 2 == 0, ours=ours)
        parts.append(f"## Question {section + 1}\n\n{slide}\n{sentences(words)}\n")
    return "\n".join(parts)


def diagram(words: random.Random) -> str:
    """Return a flowchart of six boxes that no other paper has."""
    labels = [" ".join(words.choices(WORDS, k=2)) for _ in range(6)]
    boxes = "".join(f'  n{place}["{label}"]\n' for place, label in enumerate(labels))
    return (
        f"```{{mermaid}}\nflowchart TB\n  accTitle: {labels[0]}\n  accDescr: {sentence(words, 8)}\n{boxes}"
        "  n0 --> n1\n  n1 --> n2\n  n1 --> n3\n  n2 --> n4\n  n3 --> n4\n  n4 --> n5\n  %% step 1: n4, n5\n```\n"
    )


def chart(number: int, section: int) -> str:
    """Return bars of four facts."""
    rows = "".join(f"Model {row} | f{row}\n" for row in range(4))
    alt = f"Four models of paper {number}, of section {section}."
    return f"```{{chart}} bar\n:alt: {alt}\nmodel | score\n{rows}```\n"


def ledger(number: int) -> dict[str, tuple[str, str]]:
    """Return the 20 facts of a paper by key: how each is written, and what its ledger says."""
    values = random.Random(-number).sample(range(11, 1000), 2 * SECTIONS)
    facts = {}
    for place, value in enumerate(values):
        if place % 5 < 4:
            says = f"  value: {value}\n  source: bench{number}, Table {place + 1}\n"
            facts[f"f{place}"] = str(value), says
        else:
            facts[f"f{place}"] = str(values[place - 1] + values[place - 2]), f"  from: f{place - 1} + f{place - 2}\n"
    return facts


def rich_paper(number: int, *, ours: bool) -> str:
    """Return a paper of 10 slides, 3 diagrams, 10 equations, 2 charts and 20 facts.

    Plainly its diagrams and charts are left out, and its facts are their words.
    """
    words = random.Random(number)
    facts = [f"{{fact}}`{key}`" if ours else written for key, (written, _) in ledger(number).items()]
    front = f"orphan: true\npaper: bench{number}" if ours else "orphan: true"
    parts = [f"---\n{front}\n---\n# Paper {number}\n\n{sentence(words, 40)}\n"]
    for section in range(SECTIONS):
        first, second = facts[2 * section : 2 * section + 2]
        picture = diagram(words) if section in DIAGRAMS else chart(number, section) if section in CHARTS else ""
        shown = f"{items(words)}- A number is {first}.\n" + (f"\n{picture}" if ours and picture else "")
        slide = block(sentence(words, 5), shown, split=bool(picture), ours=ours)
        equation = f"$$ y_{{{section}}} = \\sum_{{i \\in T}} \\frac{{e^{{h_i(x)}}}}{{\\sum_j e^{{h_j(x)}}}} E_i(x) $$\n"
        parts.append(f"## Question {section + 1}\n\n{slide}\nThere are {second}.\n{sentences(words)}\n\n{equation}")
    return "\n".join(parts)


def entry(number: int) -> str:
    """Return the entry of a paper in the bibliography."""
    return (
        f"@article{{bench{number},\n  title = {{Paper {number}}},\n  author = {{Doe, Jane and Roe, Richard}},\n"
        f"  journal = {{Journal}},\n  year = {{2024}},\n  url = {{https://example.org/{number}}},\n}}\n"
    )


def write(folder: Path, papers: int, *, rich: bool, ours: bool) -> Path:
    """Write the sources of a site.

    No table of contents has the papers: furo repeats it on every page, and the time for that would hide all other.
    """
    (folder / "papers").mkdir(parents=True)
    (folder / "conf.py").write_text(OURS if ours else PLAIN, "utf-8")
    (folder / "papers.bib").write_text("\n".join(map(entry, range(papers))) if rich else "", "utf-8")
    (folder / "index.md").write_text("# Papers\n\nEach has an address of its own.\n", "utf-8")
    for number in range(papers):
        own = folder / "papers" / f"n{number}"
        own.mkdir()
        paper = rich_paper if rich else lean_paper
        (own / "index.md").write_text(paper(number, ours=ours), "utf-8")
        if rich and ours:
            facts = "".join(f"{key}:\n  says: how many\n{says}" for key, (_, says) in ledger(number).items())
            (own / "facts.yaml").write_text(facts, "utf-8")
    return folder
