"""Build both outputs of a project, and tell what is wrong in it.

Prints each message with its file and line, and the pages to open. Fails where there is a message.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME

from paperdeck.commands import Refused, count
from paperdeck.deck.builder import DeckBuilder
from paperdeck.exports.pdf import find_lack, print_beside
from paperdeck.exports.written import describe_files
from paperdeck.outputs.making import (
    collect_seldom,
    find_source,
    hold,
    list_hosted,
    list_outputs,
    open_application,
    set_loaded_apart,
    sphinx_namespace,
)
from paperdeck.outputs.report import Collector, Message, describe_failure, shorten_path, to_json, to_sarif

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from paperdeck.outputs.making import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="the folder of conf.py, else this one")
    parser.add_argument("--only", choices=("html", "revealjs"), help="one output: the articles, or the decks")
    parser.add_argument("--site", action="store_true", help="as it is hosted: articles at the root, decks in slides/")
    parser.add_argument("--out", type=Path, help="where to write; _build in the project's folder by default")
    parser.add_argument("--json", action="store_true", help="print each message as an object of JSON, and nothing else")
    parser.add_argument("--sarif", type=Path, metavar="FILE", help="write the messages as SARIF, for code hosts")


def run(options: argparse.Namespace) -> int:
    """Build; return 1 where anything is wrong.

    Raises Refused: there is nothing to build.
    """
    collect_seldom()
    source = find_source(options.folder)
    top = source / "_build"
    site = options.out or top / "site"
    prints = options.site and not options.only
    lack = find_lack() if prints else ""
    outputs = list_hosted(site, pdfs=prints and not lack) if options.site else list_outputs(options.out or top)
    chosen = [output for output in outputs if options.only in (None, output.builder)]
    doctrees = top / "doctrees"
    with hold(top):
        messages = build_all(source, chosen, doctrees, as_json=options.json)
        if prints and not messages:
            said = f"none; {lack}" if lack else describe_files(print_beside(site))
            if not options.json:
                print(f"PDFs: {said}", flush=True)
    if options.sarif:
        write_sarif(options.sarif, messages)
    if not options.json:
        print(conclude(chosen, messages))
    return 1 if messages else 0


def build_all(source: Path, outputs: Sequence[Output], doctrees: Path, *, as_json: bool) -> list[Message]:
    """Build outputs one after another, and tell of each what is wrong and what was done; return what is wrong."""
    messages: list[Message] = []
    for output in outputs:
        if sys.stdout.isatty() and not as_json:
            print(f"{output.title}: …", end="\r", flush=True)  # what comes is written over it
        told, said = build(source, output, doctrees)
        new = [message for message in told if message not in messages]
        messages += new
        if as_json:
            for message in new:
                print(json.dumps(to_json(message), ensure_ascii=False), flush=True)
        else:
            print(*(str(message) for message in new), sep="\n", end="\n" * bool(new), file=sys.stderr, flush=True)
        if any(message.level == "failure" for message in told):
            break  # the other output would end in the same way
        if not as_json:
            print(f"{output.title}: {said}", flush=True)
    if messages:
        # what was read is not read again, nor is its warning given again: forget it, so that the next build tells it
        (doctrees / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    return messages


def build(source: Path, output: Output, doctrees: Path) -> tuple[list[Message], str]:
    """Build an output; return what is wrong, and what was done in a few words."""
    collector, noted = Collector(), Noted()
    app = None
    with sphinx_namespace(source):
        try:
            app = open_application(source, output, doctrees, collector, parallel=os.cpu_count() or 1, strict=True)
            set_loaded_apart()
            noted.watch(app)
            app.build()
        except Exception as error:  # whatever an extension raises
            document = str(app.env.doc2path(noted.document)) if app and noted.document else ""
            collector.messages.append(describe_failure(error, source, document))
    return collector.take(), noted.describe()


class Noted:
    """What a build does."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.written: set[str] = set()
        self.document = ""

    def watch(self, app: Sphinx) -> None:
        """Note what an application reads and writes."""
        app.connect("env-before-read-docs", self.note_read)
        app.connect("source-read", self.note_document)
        app.connect("doctree-resolved", self.note_written)
        app.connect("build-finished", self.note_decks)

    def note_read(self, app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
        """Note what is about to be read."""
        self.read.update(names)

    def note_document(self, app: Sphinx, name: str, *_rest: object) -> None:
        """Note what is read just now."""
        self.document = name

    def note_written(self, app: Sphinx, _tree: object, name: str) -> None:
        """Note what is written."""
        self.written.add(name)
        self.document = name

    def note_decks(self, app: Sphinx, _exception: Exception | None) -> None:
        """Note what was written by other processes."""
        if isinstance(app.builder, DeckBuilder):
            self.written.update(app.builder.written)

    def describe(self) -> str:
        """Return it in words."""
        done = [
            f"{count(len(names), what)} {verb}"
            for names, what, verb in ((self.read, "document", "read"), (self.written, "page", "written"))
            if names
        ]
        return (", ".join(done) or "nothing has changed") + "."


def write_sarif(path: Path, messages: Sequence[Message]) -> None:
    """Write the messages to a file.

    Raises Refused: it cannot be written.
    """
    try:
        path.write_text(json.dumps(to_sarif(messages), indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}; name another file for --sarif") from None


def conclude(outputs: Sequence[Output], messages: Sequence[Message]) -> str:
    """Return the last lines: what to open, or how many messages there are."""
    if any(message.level == "failure" for message in messages):
        return "Nothing was built."
    pages = [shorten_path(str(output.folder.resolve() / "index.html")) for output in outputs]
    told = f"{count(len(messages), 'message')}; until there is none the build counts as failed.\n" if messages else ""
    return told + "Open " + "\n     ".join(pages)
