"""Pages that are written again when what they rest on has changed, whichever builder has read it."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains import Domain
from sphinx.util import docname_join

from paperdeck import __version__
from paperdeck.addresses import DECK_BUILDERS
from paperdeck.language import CATALOG
from paperdeck.site.code_lines import lines_by_equation, lines_of
from paperdeck.site.decks import decks
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

Taken = tuple[object, ...]
"""What a page shows of other documents, to be compared with what it showed."""

Dated = tuple[Taken, int]
"""The same, and when it changed last, in microseconds as Sphinx notes when a document was read."""


class PageDomain(Domain):
    """What each document refers to and was made of, and when what it takes from the rest of the site changed last."""

    name = "pages"
    label = "pages"
    data_version = 3
    initial_data: ClassVar[dict[str, Any]] = {"names": {}, "dates": {}, "taken": {}, "frame": ((), 0)}

    @property
    def names(self) -> dict[str, frozenset[str]]:
        """Document name to all that its references name."""
        return cast("dict[str, frozenset[str]]", self.data["names"])

    @property
    def dates(self) -> dict[str, dict[Path, int]]:
        """Document name to the files that it was made of, each with its date in microseconds; 0 where it is missing."""
        return cast("dict[str, dict[Path, int]]", self.data["dates"])

    @property
    def taken(self) -> dict[str, Dated]:
        """Document name to what its page takes from other documents."""
        return cast("dict[str, Dated]", self.data["taken"])

    @property
    def frame(self) -> Dated:
        """What stands around every article: the contents of the site."""
        return cast("Dated", self.data["frame"])

    @frame.setter
    def frame(self, frame: Dated) -> None:
        self.data["frame"] = frame

    def clear_doc(self, docname: str) -> None:
        """Forget what a document refers to; what its page shows stays until it is known anew."""
        self.names.pop(docname, None)
        self.dates.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for part in ("names", "dates"):
            self.data[part].update({name: noted for name, noted in otherdata[part].items() if name in docnames})

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: there is nothing here to refer to."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what a document refers to: labels, terms, objects, documents, whose names may be relative, and code."""
        targets = [str(link.get("reftarget")) for link in find_all(document, addnodes.pending_xref)]
        targets += [equation["label"] for equation in find_all(document, nodes.math_block) if equation.get("label")]
        targets += [line.label for listing in find_all(document, nodes.literal_block) for line in lines_of(listing)]
        names = [*targets, *(docname_join(docname, target) for target in targets)]
        self.names[docname] = frozenset(name.lower() for name in names)


def note_dates(app: Sphinx, _document: nodes.document) -> None:
    """Note the dates of the files that a document was made of."""
    env = app.env
    files = [Path(env.srcdir, name) for name in (env.doc2path(env.docname), *env.dependencies.get(env.docname, ()))]
    cast("PageDomain", env.domains["pages"]).dates[env.docname] = {file: modified(file) for file in files}


def find_redated(app: Sphinx, env: BuildEnvironment, *_found: set[str]) -> list[str]:
    """Return the documents of which a file has another date.

    Sphinx looks for newer ones alone: a copy that is put back, or a file that was missing, has its old date.
    """
    dates = cast("PageDomain", env.domains["pages"]).dates
    return [docname for docname, files in dates.items() if any(modified(file) != files[file] for file in files)]


def describe_names(env: BuildEnvironment) -> Mapping[str, Taken]:
    """Return what a reference can show of each name: title, number, and whether its target is on a slide."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    numbers: dict[tuple[str, str], object] = {
        (docname, anchor.removeprefix("#")): number
        for docname in env.found_docs
        for kind in (env.toc_secnumbers.get(docname, {}), *env.toc_fignumbers.get(docname, {}).values())
        for anchor, number in kind.items()
    }
    for domain in env.domains.sorted():
        for name, title, kind, docname, anchor, _ in domain.get_objects():
            on_slide = docname in decks(env) and anchor in decks(env)[docname].ids
            found[name.lower()].append((kind, title, docname, anchor, numbers.get((docname, anchor)), on_slide))
    for name, equation in env.domains.math_domain.equations.items():
        found[name.lower()].append(equation)
    for label, lines in lines_by_equation(env).items():
        found[label.lower()] += lines
    for docname, metadata in env.metadata.items():  # MyST's names of headings; their lines do not matter
        found[docname.lower()] += [(slug, text) for slug, (_, _, text) in metadata.get("myst_slugs", {}).items()]
    return {name: tuple(parts) for name, parts in found.items()}


def describe_frame(env: BuildEnvironment) -> Taken:
    """Return the contents of the site, as the navigation beside an article may show them."""
    return tuple(
        (docname, toc.astext(), [sorted(map(repr, part.attributes.items())) for part in toc.findall(addnodes.toctree)])
        for docname, toc in sorted(env.tocs.items())
    )


def note_changes(env: BuildEnvironment) -> None:
    """Date what has changed of what pages take from elsewhere."""
    domain = cast("PageDomain", env.domains["pages"])
    now = time.time_ns() // 1000
    if (frame := describe_frame(env)) != domain.frame[0]:
        domain.frame = (frame, now)
    known = describe_names(env)
    for docname in env.found_docs:
        numbers = (env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname))
        names = sorted(domain.names.get(docname, ()))
        taken = (repr(numbers), *((name, known[name]) for name in names if name in known))
        if docname not in domain.taken or domain.taken[docname][0] != taken:
            domain.taken[docname] = (taken, now)
    for docname in domain.taken.keys() - env.found_docs:
        del domain.taken[docname]


def modified(path: Path) -> int:
    """Return when a file was changed last, in microseconds; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns // 1000
    except OSError:
        return 0


def assets(app: Sphinx) -> Iterator[Path]:
    """Yield the style sheets and scripts that pages name with a digest of their bytes, and our words translated."""
    for folder in app.config.locale_dirs:
        yield from Path(app.srcdir, folder).glob(f"*/LC_MESSAGES/{CATALOG}.po")
    for name in app.config.html_static_path:
        folder = Path(app.confdir, name)
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            if path.suffix in (".css", ".js"):
                yield path


def locate_mark(app: Sphinx) -> Path:
    """Return the file that stands in an output while it is built."""
    return Path(app.outdir, ".paperdeck-unfinished")


def note_start(app: Sphinx) -> None:
    """Put the mark into the output, where it stays if the build does not come to its end.

    Where one is left, pages may be there by half, and pictures not at all, for Sphinx copies those of the pages that it
    writes; so all are made as old as what was never written.
    """
    packs = app.builder.name == "epub"  # all that lies there
    if packs or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    mark = locate_mark(app)
    if mark.exists():
        for page in mark.parent.rglob(f"*{app.builder.out_suffix}"):
            os.utime(page, (1, 1))
    mark.touch()


def write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose page is older than what it rests on.

    Sphinx compares a page with its document alone. Where two builders share what was read, the first reads a document
    again for a changed ledger, setting or version, and the second would keep its old page; and a changed title is
    shown by references and navigation on pages whose own documents have not changed.
    """
    note_changes(env)
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return []
    domain = cast("PageDomain", env.domains["pages"])
    shared = max(map(modified, assets(app)), default=0)
    if app.builder.name not in DECK_BUILDERS:  # which show no navigation
        shared = max(shared, domain.frame[1])
    return [
        docname
        for docname in env.found_docs & env.all_docs.keys()
        if (written := modified(app.builder.get_output_path(docname))) > 0
        and written < max(env.all_docs[docname], domain.taken[docname][1], shared)
    ]


def remove_notes(app: Sphinx, exception: Exception | None) -> None:
    """Remove the mark, and the copy that Sphinx leaves in the output when settings have changed, and never looks at."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        Path(app.outdir, ".buildinfo.bak").unlink(missing_ok=True)
        if exception is None:
            locate_mark(app).unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain and the checks."""
    app.add_domain(PageDomain)
    # a page of another version of ours is as old as one of another setting
    app.add_config_value("paperdeck_version", __version__, "html", types=frozenset({str}))
    app.connect("doctree-read", note_dates, priority=900)  # when Sphinx has noted pictures and files to download: 500
    app.connect("env-get-outdated", find_redated)
    app.connect("env-get-updated", write_again, priority=950)  # when all is counted: Sphinx's 500, our numbering's 900
    app.connect("builder-inited", note_start)
    app.connect("build-finished", remove_notes, priority=999)  # when all files are written
    return {"parallel_read_safe": True, "parallel_write_safe": True}
