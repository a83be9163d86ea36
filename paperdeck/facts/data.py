"""The ledgers as data: ``facts.json`` for each paper and for the site, and the schemas that describe them."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

from paperdeck.evidence.checked import Checked, digest_fact
from paperdeck.facts.domain import get_fact_domain
from paperdeck.language import phrases_of
from paperdeck.ledger import schema as schemas
from paperdeck.site.fresh import modified
from paperdeck.site.front_matter import build_front_matter_schema
from paperdeck.site.parts import parts_domain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.evidence.checked import CheckedFact
    from paperdeck.ledger.reading import Fact, Ledger

BUILDERS = ("html", "dirhtml", "singlehtml")
FACTS = "facts.json"
FACTS_SCHEMA = "facts.schema.json"
LEDGER_SCHEMA = "ledger.schema.json"
FRONT_MATTER_SCHEMA = "front-matter.schema.json"
WRITTEN = (FACTS, FACTS_SCHEMA, LEDGER_SCHEMA, FRONT_MATTER_SCHEMA)


class data_file(nodes.inline):  # noqa: N801 (visitors are found by this name)
    """A link to a file that we write, by its ``path`` from the root of the articles."""


class data_line(nodes.paragraph):  # noqa: N801
    """What leads a reader from a table to the same as data."""


class DataFileRole(SphinxRole):
    """Link one of the files that stand at the root of the articles: ``facts.json`` and the schemas.

    Error: another file, for we write no other.

    Example::

        {data-file}`ledger.schema.json`
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link."""
        if self.text not in WRITTEN:
            message = self.inliner.reporter.error(
                f"we write no {self.text!r}; write one of {', '.join(WRITTEN)}", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [data_file(self.rawtext, self.text, path=self.text)], []


def get_ledger_folder(ledger: Ledger) -> PurePosixPath:
    """Return the folder of a ledger, from the source directory."""
    return PurePosixPath(ledger.path).parent


def link_data(env: BuildEnvironment, ledger: Ledger) -> data_line:
    """Return the line that links a ledger as data, and its schema."""
    _ = phrases_of(env).gettext
    path = (get_ledger_folder(ledger) / FACTS).as_posix()
    links = {
        "{file}": data_file("", FACTS, path=path),
        "{schema}": data_file("", _("schema"), path=FACTS_SCHEMA),
    }
    sentence = re.split(r"(\{file\}|\{schema\})", _("As data: {file}, described by its {schema}."))
    return data_line("", "", *(links.get(part) or nodes.Text(part) for part in sentence), classes=["facts-data"])


def check_to_json(check: CheckedFact | None, fact: Fact) -> dict[str, Any] | None:
    """Return what was found of a fact; None where nobody looked, or where it has changed since."""
    if check is None or check.digest != digest_fact(fact):
        return None
    return {"work": check.work, "outcome": str(check.outcome), "place": check.place or None, "page": check.page or None}


def export_ledgers(ledgers: Iterable[Ledger], checked: Mapping[str, Checked], schema: str) -> dict[str, Any]:
    """Return ledgers as other programs read them.

    :param checked: what was found of each in the papers' own texts
    :param schema: the address of ``facts.schema.json``
    """
    exported: dict[str, dict[str, Any]] = {}
    texts: dict[str, dict[str, Any]] = {}
    for ledger in ledgers:
        found = checked.get(ledger.name, Checked())
        exported[ledger.name] = {
            key: schemas.fact_to_json(fact) | {"checked": check_to_json(found.facts.get(key), fact)}
            for key, fact in ledger.facts.items()
        }
        texts[ledger.name] = {work: dataclasses.asdict(text) for work, text in found.texts.items()}
    return {"$schema": schema, "ledgers": exported, "texts": texts}


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the files into the output of an article builder, where there are ledgers that they do not tell yet."""
    domain = get_fact_domain(app.env) if app.env else None
    ledgers, checked = (domain.ledgers, domain.checked) if domain else ({}, {})
    if exception or app.builder.name not in BUILDERS:
        return
    out = Path(app.outdir)
    folders = {folder: ledger for ledger in ledgers.values() if (folder := get_ledger_folder(ledger)).parts}
    if not ledgers and not parts_domain(app.env).parts:  # nobody asks for them
        remove_data(out, ())
        return
    if domain and all(modified(out / folder / FACTS) > domain.changed for folder in (PurePosixPath(), *folders)):
        return
    remove_data(out, (PurePosixPath(), *folders))
    write_json(out / LEDGER_SCHEMA, schemas.build_ledger_schema())
    write_json(out / FRONT_MATTER_SCHEMA, build_front_matter_schema())
    write_json(out / FACTS_SCHEMA, schemas.build_facts_schema())
    for folder, ledger in folders.items():
        write_json(out / folder / FACTS, export_ledgers([ledger], checked, locate_schema(folder)))
    write_json(out / FACTS, export_ledgers(ledgers.values(), checked, FACTS_SCHEMA))


def locate_schema(folder: PurePath) -> str:
    """Return the address of ``facts.schema.json`` from a folder of the output."""
    return "../" * len(folder.parts) + FACTS_SCHEMA


def remove_data(out: Path, kept: Collection[PurePath]) -> None:
    """Remove what an earlier build has written of ledgers that are no more; files that are not ours stay.

    :param kept: the folders that have data still, from that of the output
    """
    if not is_ours(out, PurePath()):  # there never was a ledger
        return
    for file in [*out.rglob(FACTS)]:
        folder = file.parent.relative_to(out)
        if folder not in kept and is_ours(out, folder):
            file.unlink()
    if not kept:
        for name in (FACTS_SCHEMA, LEDGER_SCHEMA, FRONT_MATTER_SCHEMA):
            (out / name).unlink(missing_ok=True)


def is_ours(out: Path, folder: PurePath) -> bool:
    """Tell whether the data in a folder of the output was written here, by the schema and the ledger that it names."""
    try:
        data = json.loads((out / folder / FACTS).read_bytes())
    except (OSError, ValueError):
        return False
    match data:
        case {"$schema": schema, "ledgers": dict(ledgers)}:
            return bool(schema == locate_schema(folder) and (not folder.parts or folder.name in ledgers))
    return False


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Write one file, whole or not at all: one that is there is taken for whole by the next build."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    new.replace(path)


def find_address(builder: StandaloneHTMLBuilder, path: str) -> str | None:
    """Return the address of one of our files from the page that is being written; None where it is not written."""
    if builder.name not in BUILDERS:
        return None
    page = builder.get_target_uri(builder.current_docname).partition("#")[0]
    return relative_uri(page, path)


def visit_data_file_html(self: HTML5Translator, node: data_file) -> None:
    """Open a link, or nothing where there is no file."""
    if uri := find_address(self.builder, node["path"]):
        self.body.append(self.starttag(node, "a", "", False, CLASS="reference external", href=uri))


def depart_data_file_html(self: HTML5Translator, node: data_file) -> None:
    """Close it."""
    if find_address(self.builder, node["path"]):
        self.body.append("</a>")


def visit_data_line_html(self: HTML5Translator, node: data_line) -> None:
    """Open it, where the files are."""
    if self.builder.name not in BUILDERS:
        raise nodes.SkipNode
    self.visit_paragraph(node)


def depart_data_line_html(self: HTML5Translator, node: data_line) -> None:
    """Close it."""
    self.depart_paragraph(node)


def skip(self: nodes.NodeVisitor, node: nodes.Node) -> None:
    """Leave out what only the pages of articles have."""
    raise nodes.SkipNode


def add_to_articles(app: Sphinx, node: type[nodes.Element], visit: Any, depart: Any = None) -> None:
    """Register a node that only the pages of articles show."""
    elsewhere = (skip, None)
    app.add_node(node, html=(visit, depart), latex=elsewhere, text=elsewhere, man=elsewhere, texinfo=elsewhere)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node, role and the writer of the files."""
    add_to_articles(app, data_line, visit_data_line_html, depart_data_line_html)
    app.add_node(data_file, html=(visit_data_file_html, depart_data_file_html))
    app.add_role("data-file", DataFileRole())
    app.connect("build-finished", write_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
