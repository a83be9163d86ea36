"""The kinds of hostile input: how a case is made, how often, and what is tried with it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fuzz import edits, foreign, grammar, projects
from tests.fuzz.guard import SECONDS
from tests.sites import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from tests.fuzz.projects import Files


@dataclass(frozen=True)
class Kind:
    """One kind of input."""

    name: str
    make: Callable[[Random], Files]
    """Returns the files of a case."""
    run: Callable[[Sequence[Files], Path], list[str]] = projects.build
    """Tries some cases in an empty folder, and returns what is wrong; it may raise anything, too."""
    batch: int = 20
    """How many cases are tried at once; when one of them fails, they are tried in halves."""
    share: float = 10
    """How many of a hundred cases are of this kind."""
    seconds: float = SECONDS
    """Of the processor, that one case may take."""
    others: str = "(?!)"
    """What others do wrong without us: a pattern of faults that are none of ours."""


def make_file(random: Random, own: grammar.Maker, pattern: str) -> str:
    """Return a text that its grammar makes, or a real file, damaged; now and then with a byte that is no UTF-8."""
    text = grammar.damaged(random, pattern) if random.random() < 0.3 else own(random)
    return f"{text[:9]}\udcff{text[9:]}" if random.random() < 0.02 else text


def make_document(random: Random) -> Files:
    """Return a document of anything."""
    return {"index.md": grammar.document(random)}


def make_front_matter(random: Random) -> Files:
    """Return a sound document under a hostile front matter."""
    head = grammar.front_matter(random)
    if random.random() < 0.2:
        head = grammar.mutate(random, head)
    return {"index.md": f"{head}# Title\n\n:::{{slide}} The point\n- A reason\n:::\n\nSaid.\n"}


def make_ledger(random: Random) -> Files:
    """Return a hostile ledger, and a document that uses it."""
    return {"facts.yaml": make_file(random, grammar.ledger, "papers/*/facts.yaml")}


def make_bibliography(random: Random) -> Files:
    """Return a hostile bibliography."""
    return {"refs.bib": make_file(random, grammar.bibliography, "papers/references.bib")}


def make_mermaid(random: Random) -> Files:
    """Return a hostile diagram, in a file and in a document."""
    text = make_file(random, grammar.mermaid, "diagrams/*/*.mmd")
    fence, shown = "`" * 30, text.replace("\udcff", "")
    document = f"# Title\n\n:::{{slide}} The point\n:layout: figure\n{fence}{{mermaid}}\n{shown}\n{fence}\n:::\n"
    return {"diagram.mmd": text, "index.md": f"{document}\n```{{mermaid}} diagram.mmd\n```\n"}


def make_tex(random: Random) -> Files:
    """Return hostile formulas, in a line and by themselves."""
    text = grammar.tex(random)
    if random.random() < 0.3:
        text = grammar.mutate(random, text)
    fence = "`" * 30
    line = " ".join(text.split())
    shown = f"- {{math}}`{line}` and ${line}$\n\n{fence}{{math}}\n{text}\n{fence}\n"
    return {"index.md": f"# Title\n\n:::{{slide}} The point\n{shown}:::\n\n$$\n{text}\n$$\n"}


def make_chart(random: Random) -> Files:
    """Return a hostile chart, in a document and on a slide."""
    text = grammar.chart(random)
    if random.random() < 0.2:
        text = grammar.mutate(random, text)
    layout = random.choice(("figure", "split", "statement", "bullets"))
    return {"index.md": f"# Title\n\n{text}\n:::{{slide}} The point\n:layout: {layout}\n{text}- one\n:::\n"}


def make_conf(random: Random) -> Files:
    """Return hostile values of conf.py."""
    from paperdeck.config import Config

    values: tuple[Any, ...] = (
        *(
            None,
            True,
            False,
            0,
            -1,
            130,
            10**30,
            1.5,
            float("nan"),
            "",
            "x",
            "../",
            "/",
            "slides/",
            b"x",
            (),
            [],
            {},
            [None],
        ),
        *(
            "javascript:alert(1)/",
            "//evil.example/",
            '"><script>alert(1)</script>/',
            "\x00/",
            "auto",
            "site",
            "all",
            "browser",
        ),
        *(
            {"norm": r"\lVert #1 \rVert"},
            {"x": r"\x"},
            {"a": "{"},
            {1: 2},
            {"f": "#9"},
            ["photon"],
            ["a b"],
            ["meter"],
            [1],
            [[]],
        ),
        *(
            ["papers"],
            {"logo": "x"},
            r"\badmacro",
            "ﷺ" * 99,
            "a\nb",
            "</title>",
            {"a": r"\href{javascript:alert(1)}{x}"},
        ),
    )
    names = [f"paperdeck_{name}" for name in Config.__dataclass_fields__]
    others = ["html_baseurl", "html_title", "project", "author", "copyright", "release", "html_short_title"]
    chosen = random.sample(names, 2) + random.sample(others, random.choice((0, 0, 1)))
    lines = ['nan = float("nan")']
    for name in chosen:  # of a wrong type in a value that is not ours, Sphinx tells
        value = random.choice(values) if name in names else grammar.phrase(random)
        lines.append(f"{name} = {value!r}")
    return {"conf.py": "\n".join(lines) + "\n"}


def run_conf(cases: Sequence[Files], top: Path) -> list[str]:
    """Build a small project with the values of a case; a refusal of conf.py by Sphinx itself is none of our faults."""
    found = []
    for case in cases:
        shutil.rmtree(top, ignore_errors=True)
        site = SmallSite(top / "source", top / "builds", static=False)
        sound = {name: text.format(number=0) if name == "index.md" else text for name, text in projects.SOUND.items()}
        conf = f'{projects.CONF}bibtex_bibfiles = ["refs.bib"]\n{case["conf.py"]}'
        projects.write_files(site.source, {**sound, "conf.py": conf})
        for builder in ("html", "revealjs"):
            output = site.build(builder)
            for path in sorted(output.folder.rglob("*.html")):
                found += [f"{builder}/{path.name}: {fault}" for fault in projects.check_page(path.read_text("utf-8"))]
    return found


KINDS = (
    Kind("documents", make_document, share=20, batch=12),
    Kind("foreign", foreign.make, foreign.run, share=10, batch=8, seconds=4, others=foreign.OTHERS),
    Kind("front matter", make_front_matter, share=10),
    Kind("ledgers", make_ledger, share=13),
    Kind("bibliographies", make_bibliography, share=9),
    Kind("mermaid", make_mermaid, share=13),
    Kind("TeX", make_tex, share=12),
    Kind("charts", make_chart, share=13),
    Kind("conf.py", make_conf, run_conf, share=1, batch=1),
    Kind("edits", edits.make, edits.run, share=0.1, batch=1, seconds=60),
)
"""Every kind; to add one, write how a case is made, and what is tried with it where a build is not the way."""
