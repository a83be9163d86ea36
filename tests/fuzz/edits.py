"""Edits of a site in random order: after each, both outputs are what a clean build gives."""

from __future__ import annotations

import re
import shutil
from random import Random
from typing import TYPE_CHECKING

from tests.fuzz.projects import SOUND
from tests.site.test_fresh import SITE
from tests.sites import SmallSite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.fuzz.projects import Files
    from tests.sites import Output

EDITS = 4
"""How many a case has."""

BUILDERS = ("html", "revealjs")
PAGES: dict[str, str | bytes] = {
    **SITE,
    "index.md": "# Front\n\n```{gallery}\n```\n\n```{toctree}\n:glob:\none\ntwo\nprose\nthird/index\nextra*\n```\n",
    "third/index.md": SOUND["index.md"].format(number=3),
    "third/facts.yaml": SOUND["facts.yaml"],
    "third/diagram.mmd": SOUND["diagram.mmd"],
}
"""The site that is edited."""

SETTINGS = (
    *('language = "de"', "numfig = False", 'paperdeck_numbering = "document"', 'html_title = "Changed"'),
    *(
        'paperdeck_scheme = "dark"',
        "paperdeck_words_per_minute = 60",
        "paperdeck_maths = None",
        'paperdeck_decks = "all"',
    ),
    *(
        'paperdeck_deck_url = "slides/"',
        'paperdeck_article_url = "https://example.org/"',
        'html_baseurl = "https://a.b/"',
    ),
    *('paperdeck_units = ["photon"]', 'paperdeck_tex_macros = {"x": "y"}', 'html_theme = "basic"', 'author = "Other"'),
    *("html_css_files = []", 'revealjs_script_conf = {"loop": True}', 'project = "Other"', "numfig_secnum_depth = 0"),
)
BLOCKS = (
    "\n:::{slide} Added\n- {ref}`slide-this`\n:::\n\nSaid.\n",
    "\n## Added heading\n\nWords.\n",
    "\n```{chart} bar\n:plain:\n:alt: a\na | b\nc | 1\n```\n",
    "\n```{mermaid} third/diagram.mmd\n```\n",
    "\n$$ x_2 $$\n",
    "\n```{facts}\n```\n",
    "\n```{figure} picture.png\n:name: another-figure\n\nAdded\n```\n",
    "\n{cite:p}`doe2024work` {fact}`size` {numref}`the-figure`\n",
)


def edit(random: Random, source: Path) -> str:
    """Change a file of a site; return what was done."""
    documents = sorted(path for path in source.rglob("*.md") if path.name != "index.md" or path.parent != source)
    path = random.choice(documents)
    name, text = path.relative_to(source), path.read_text("utf-8")
    match random.randrange(10):
        case 0:
            setting = random.choice(SETTINGS)
            conf = source / "conf.py"
            conf.write_text(f"{conf.read_text('utf-8')}\n{setting}\n", "utf-8")
            return f"conf.py: {setting}"
        case 1 | 2:
            block = random.choice(BLOCKS)
            path.write_text(text + block, "utf-8")
            return f"{name}: added {block!r}"
        case 3:
            lines = text.split("\n")
            line = random.randrange(len(lines))
            path.write_text("\n".join(lines[:line] + lines[line + 1 :]), "utf-8")
            return f"{name}: without line {line + 1} {lines[line]!r}"
        case 4:
            words = sorted(set(re.findall(r"\b[a-z]{4,}\b", text)))
            word = random.choice(words or ["that"])
            path.write_text(text.replace(word, f"{word}s"), "utf-8")
            return f"{name}: {word} is {word}s"
        case 5:
            ledger = random.choice(sorted(source.rglob("facts.yaml")))
            number = str(random.randint(1, 99))
            ledger.write_text(re.sub(r"(value|show): [\d.]+", rf"\1: {number}", ledger.read_text("utf-8")), "utf-8")
            return f"{ledger.relative_to(source)}: {number}"
        case 6:
            bibliography = source / "references.bib"
            bibliography.write_text(bibliography.read_text("utf-8").replace("Work", "Works"), "utf-8")
            return "references.bib: a title"
        case 7:
            diagram = source / "third" / "diagram.mmd"
            diagram.write_text(f"{diagram.read_text('utf-8')}  b --> c{random.randint(0, 99)}\n", "utf-8")
            return "third/diagram.mmd: a node"
        case 8:
            extra = source / "extra.md"
            if extra.exists():
                extra.unlink()
                return "extra.md: removed"
            extra.write_text("# Extra\n\n:::{slide} Extra point\n- {ref}`slide-this`\n:::\n", "utf-8")
            return "extra.md: added"
        case _:
            slides = re.sub(r"^:::\{slide\} (.*)\n(?:.*\n)*?:::\n", r"\1\n", text, count=1, flags=re.M)
            path.write_text(slides, "utf-8")
            return f"{name}: a slide fewer"


def compare(ours: Output, clean: Output) -> list[str]:
    """Return the names of files that differ from a clean build, or are missing.

    Sphinx keeps the page of a document that was removed, and drops the glossary from an index of the search that it
    loads again.
    """
    left, right = ours.bytes("*"), clean.bytes("*")
    return sorted(name for name in right if left.get(name) != right[name] and name != "searchindex.js")


def make(random: Random) -> Files:
    """Return a case: the seed of its edits."""
    return {"seed": str(random.randrange(10**9))}


def run(cases: Sequence[Files], top: Path) -> list[str]:
    """Edit a site some times, and build it in either order after each; return what is not as from clean."""
    found = []
    for case in cases:
        random = Random(case["seed"])
        shutil.rmtree(top, ignore_errors=True)
        site = SmallSite(top / "source", top / "builds", static=False)
        for name, text in PAGES.items():
            (site.source / name).parent.mkdir(parents=True, exist_ok=True)
            (site.source / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        builders = [*BUILDERS]
        for builder in builders:
            site.build(builder)
        done = []
        for _ in range(EDITS):
            done.append(edit(random, site.source))
            random.shuffle(builders)
            ours = {builder: site.build(builder) for builder in builders}
            clean = SmallSite(site.source, top / "clean", static=False)
            found += [
                f"{builder}/{name} is stale after {' | '.join(done)}"
                for builder in builders
                for name in compare(ours[builder], clean.build(builder))
            ]
            shutil.rmtree(clean.builds)
            if found:
                break
    return found
