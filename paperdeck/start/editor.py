"""Offer VS Code what is written in this project: directives as snippets, and its facts, labels and citations.

All of it is in .vscode/paperdeck.code-snippets, which is written anew each time; nothing else there is touched.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperdeck.commands import Refused, count
from paperdeck.ledger.reading import read_ledger
from paperdeck.ledger.resolving import resolve_ledgers
from paperdeck.site.bibliography import inherit, read_bibliography
from paperdeck.site.works import read_work
from paperdeck.start.project import HERE, list_bibliographies
from paperdeck.start.remove import LABEL, find_sources, hide_code

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from paperdeck.ledger.reading import Ledger

SNIPPETS = HERE / "editor" / "paperdeck.code-snippets"
LEDGER = "facts.yaml"
FOLDER = ".vscode"
MARKS, CHOICE_MARKS = re.compile(r"[\\$}]"), re.compile(r"[\\$},|]")
"""What means something in a snippet, and in a choice in one."""

Snippet = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="the folder of conf.py; here without it")


def run(options: argparse.Namespace) -> int:
    """Write the file.

    Raises Refused: this is no project, or the file cannot be written.
    """
    sources = list(find_sources(options.folder))
    ledgers = read_ledgers([path for path in sources if path.name == LEDGER])
    offered = [*offer_facts(ledgers), *offer_labels(sources), *offer_works(options.folder)]
    snippets = json.loads(SNIPPETS.read_text("utf-8")) | {snippet["prefix"]: snippet for snippet in offered}
    target = options.folder / FOLDER / SNIPPETS.name
    try:
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(snippets, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}; mend that, and try again") from None
    print(f"{target} has {count(len(snippets), 'snippet')}; in VS Code, Ctrl+Space offers them.")
    return 0


def read_ledgers(paths: Sequence[Path]) -> list[Ledger]:
    """Return the ledgers of a project; what is wrong in one is left out, for the build tells it."""
    read = [read_ledger(path.read_text("utf-8-sig", "replace"), str(path))[0] for path in paths]
    return [*resolve_ledgers(read)[0].values()]


def offer_facts(ledgers: Sequence[Ledger]) -> Iterator[Snippet]:
    """Yield each fact: by its key in its own paper, with the folder before it in another."""
    for fact in (fact for ledger in ledgers for fact in ledger.facts.values()):
        places = "; ".join(", ".join((source.work, *source.places)) for source in fact.sources)
        yield {
            "scope": "markdown",
            "prefix": f"fact {fact.name}",
            "body": f"{{fact\\}}`{choose(fact.key, fact.name)}`",
            "description": ": ".join(filter(None, (fact.says, fact.shown()))) + f" ({places})" * bool(places),
        }


def offer_labels(sources: Sequence[Path]) -> Iterator[Snippet]:
    """Yield each label of the documents; what is code is none."""
    for path in (path for path in sources if path.suffix == ".md"):
        text = "\n".join(hide_code(path.read_text("utf-8", "replace")))
        for label in dict.fromkeys(above or option for above, option in LABEL.findall(text)):
            yield {
                "scope": "markdown",
                "prefix": f"ref {label}",
                "body": f"{{${{1|ref,numref,eq|}}\\}}`{escape(label)}`",
                "description": str(path),
            }


def offer_works(top: Path) -> Iterator[Snippet]:
    """Yield each work of the bibliography."""
    paths = [path for path in list_bibliographies(top / "conf.py") if path.is_file()]
    found = read_bibliography({str(path): path.read_bytes() for path in paths})
    for key, entry in found.data.entries.items():
        work = read_work(entry, inherit(entry, found.data), "")
        yield {
            "scope": "markdown",
            "prefix": f"cite {key}",
            "body": f"{{cite:${{1|p,t|}}\\}}`{escape(key)}`",
            "description": f"{work.short}: {work.title}",
        }


def escape(text: str) -> str:
    """Return a text as it is written in a snippet."""
    return MARKS.sub(r"\\\g<0>", text)


def choose(*words: str) -> str:
    """Return a place in a snippet where one of several words is chosen."""
    escaped = (CHOICE_MARKS.sub(r"\\\g<0>", word) for word in words)
    return f"${{1|{','.join(escaped)}|}}"
