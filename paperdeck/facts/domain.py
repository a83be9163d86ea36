"""The ledgers of the site, the facts that each document uses, and where these stand."""

from __future__ import annotations

import hashlib
import io
import pickle
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from paperdeck.config import Config
from paperdeck.evidence.standing import names_part
from paperdeck.files import find_likely
from paperdeck.language import phrases_of
from paperdeck.ledger import places, reading, resolving
from paperdeck.ledger.reading import Fact, Known, Ledger, Problem
from paperdeck.ledger.resolving import UnknownFact
from paperdeck.messages import Subtype, warn
from paperdeck.site.cache import digest_code, kept
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.works import find_work, get_work_domain, list_bibliographies, list_works

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from docutils import nodes
    from sphinx import addnodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.evidence.checked import Checked

FILE = "facts.yaml"


@dataclass(frozen=True)
class Paper:
    """The document that a ledger belongs to, as a comparison names it."""

    docname: str
    short: str
    paper: str


@dataclass(frozen=True)
class Computed:
    """All ledgers, by the names of their folders, and what is wrong in them, for files of one digest."""

    digest: str = ""
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class FactDomain(Domain):
    """The site's ledgers, computed anew when one of them has changed, and which document uses which fact."""

    name = "facts"
    label = "facts"
    object_types: ClassVar[dict[str, ObjType]] = {"row": ObjType("fact", "row")}
    data_version = 8
    initial_data: ClassVar[dict[str, Any]] = {
        "computed": Computed(),
        "changed": 0,
        **{part: {} for part in ("uses", "rows", "compared", "surveys", "checked", "papers")},
    }

    @property
    def computed(self) -> Computed:
        """What the files of the ledgers come to."""
        return cast("Computed", self.data["computed"])

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """By the name of the folder."""
        return self.computed.ledgers

    @property
    def changed(self) -> int:
        """When a ledger, or what was found of one, changed last, in microseconds."""
        return cast("int", self.data["changed"])

    @property
    def checked(self) -> dict[str, Checked]:
        """What was found of each ledger in the papers' own texts, as the documents that were read say it."""
        return cast("dict[str, Checked]", self.data["checked"])

    @property
    def compared(self) -> dict[str, dict[str, Paper]]:
        """Document name to the papers that it compares, as they were when it was read."""
        return cast("dict[str, dict[str, Paper]]", self.data["compared"])

    @property
    def papers(self) -> dict[str, Paper]:
        """The document of each ledger, by the name of the folder."""
        return cast("dict[str, Paper]", self.data["papers"])

    @property
    def surveys(self) -> dict[str, tuple[str, ...]]:
        """Document name to the ledgers that it tells of, where these are all that belong to a paper."""
        return cast("dict[str, tuple[str, ...]]", self.data["surveys"])

    @property
    def uses(self) -> dict[str, dict[str, None]]:
        """Document name to the names of the facts it uses, in order."""
        uses: dict[str, dict[str, None]] = self.data["uses"]
        return uses

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        """Document name to the facts that its tables have, each with the id of its row."""
        return cast("dict[str, dict[str, str]]", self.data["rows"])

    def note_change(self) -> None:
        """Note that a ledger, or what was found of one, is another now."""
        self.data["changed"] = time.time_ns() // 1000

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.uses.pop(docname, None)
        self.rows.pop(docname, None)
        self.compared.pop(docname, None)
        self.surveys.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for part in ("uses", "rows", "compared", "surveys"):
            self.data[part].update({name: noted for name, noted in otherdata[part].items() if name in docnames})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the rows of tables, kept out of the search; a page that links to one is written again with it."""
        for docname, rows in self.rows.items():
            yield from ((name, name, "row", docname, row, -1) for name, row in rows.items())

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Return a link to the row of a fact in the table of its own paper; to the paper where it has none."""
        docname = self.papers[target.partition(":")[0]].docname
        row = self.rows.get(docname, {}).get(target)
        return make_refnode(builder, fromdocname, docname, row, contnode)

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: a fact is no target of a link."""
        return []

    def check_consistency(self) -> None:
        """Warn of facts that no document uses (``paperdeck.unused_fact``), where no ledger has anything broken."""
        if any(ledger.broken or not ledger.readable for ledger in self.ledgers.values()):
            return  # what a broken fact rests on looks unused
        used = {name for names in self.uses.values() for name in names}
        for ledger in sorted(self.ledgers.values(), key=lambda ledger: ledger.path):
            unused = [fact for fact in ledger.facts.values() if fact.name not in used]
            places = [f"{self.env.srcdir / ledger.path}:{fact.marks[''][0]}" for fact in unused]
            if len(unused) == len(ledger.facts) > 1:  # as where its document is emptied to be written anew
                message = "no document uses any of the %d facts of this ledger; use them, or take the file out"
                warn(Subtype.UNUSED_FACT, message, len(unused), location=places[0])
                continue
            for fact, place in zip(unused, places, strict=True):
                message = "no document uses the fact %r; use it, or take it out"
                warn(Subtype.UNUSED_FACT, message, fact.key, location=place)


def get_fact_domain(env: BuildEnvironment) -> FactDomain:
    """Return the domain of facts."""
    return cast("FactDomain", env.domains["facts"])


def find_papers(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Find the document of each ledger, and return the documents that compare papers of which one is called otherwise.

    A comparison is read with the papers' own front matter, which Sphinx may not have yet.
    """
    folders: dict[Path, list[str]] = {}
    for name in env.found_docs:
        folders.setdefault(Path(env.doc2path(name, base=False)).parent, []).append(name)
    domain = get_fact_domain(env)
    known = {paper.docname: paper for paper in domain.papers.values() if paper.docname not in added | changed}
    papers = {}
    for folder, names in folders.items():
        if (env.srcdir / folder / FILE).is_file():
            docname = next((name for name in names if name.rpartition("/")[2] == "index"), min(names))
            papers[(env.srcdir / folder).name] = known.get(docname) or read_paper(env, docname)
    domain.data["papers"] = papers
    return [
        docname
        for docname, compared in domain.compared.items()
        if any(papers.get(name) != paper for name, paper in compared.items())
    ]


def read_paper(env: BuildEnvironment, docname: str) -> Paper:
    """Return what a comparison needs of a document, from the document itself."""
    front = FrontMatter.from_file(Path(env.doc2path(docname)))
    return Paper(docname, front.short, front.paper)


def compare_paper(env: BuildEnvironment, docname: str, name: str) -> Paper:
    """Return the document of a ledger, and note that a document compares it."""
    domain = get_fact_domain(env)
    return domain.compared.setdefault(docname, {}).setdefault(name, domain.papers[name])


def read_ledgers(app: Sphinx, env: BuildEnvironment, *_docnames: list[str]) -> None:
    """Read the ledger of every folder that holds a document, and tell what is wrong in the order of files and lines.

    Warns ``paperdeck.ledger``: what is wrong in one, at its line; ``paperdeck.unknown_work``: a source that the
    bibliography does not have.
    """
    domain, units, files = get_fact_domain(env), get_units(env), find_files(env)
    told = (digest_code(Path(reading.__file__).parent), files, units)
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    if domain.computed.digest != digest:
        ledgers, unreadable = load_ledgers(env, files, units)
        resolved, unresolved = resolving.resolve_ledgers(ledgers.values(), units)
        domain.data["computed"] = Computed(digest, resolved, (*unreadable, *unresolved))
        domain.note_change()
    wrong = [(problem, Subtype.LEDGER) for problem in domain.computed.problems]
    if get_work_domain(env).data["whole"]:  # else the work may be in the entry that cannot be read
        works = list_works(env)
        for ledger in domain.ledgers.values():
            wrong += [(problem, Subtype.UNKNOWN_WORK) for problem in resolving.find_unknown_works(ledger, works)]
    for problem, subtype in sorted(wrong, key=lambda told: (told[0].path, told[0].line, told[0].column)):
        location = f"{env.srcdir / problem.path}:{problem.line}:{problem.column}"
        warn(subtype, "%s", problem.message, location=location)


def find_files(env: BuildEnvironment) -> dict[str, bytes]:
    """Return what each ledger's file holds, by its path from the source directory, in the order of the folders."""
    folders = sorted({Path(env.doc2path(name, base=False)).parent for name in env.found_docs})
    files = {(folder / FILE).as_posix(): env.srcdir / folder / FILE for folder in folders}
    return {path: file.read_bytes() for path, file in files.items() if file.is_file()}


def load_ledgers(
    env: BuildEnvironment, files: Mapping[str, bytes], units: tuple[str, ...]
) -> tuple[dict[str, Ledger], list[Problem]]:
    """Return the ledgers by the names of their folders, nothing computed yet, and what is wrong in them."""
    ledgers: dict[str, Ledger] = {}
    problems: list[Problem] = []
    for path, content in files.items():
        name = (env.srcdir / path).parent.name
        if name in ledgers:
            message = f"a folder of this name has a ledger already, {ledgers[name].path}; rename one of them"
            problems.append(Problem(path, 1, 1, message))
            continue
        try:
            text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig").read()
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(Problem(path, line, 1, "the file is not UTF-8; save it as that"))
            ledgers[name] = Ledger(name, path, readable=False)
        else:
            ledgers[name], wrong = read_once(env, text, path, name, units)
            problems += wrong
    return ledgers, problems


def read_once(
    env: BuildEnvironment, text: str, path: str, name: str, units: tuple[str, ...]
) -> tuple[Ledger, list[Problem]]:
    """Read a ledger, or take it from the cache: every build needs all of them, and YAML is slow to read."""
    told = (text, path, name, units)
    key = hashlib.sha256(repr((digest_code(Path(reading.__file__).parent), told)).encode()).hexdigest()[:16]
    file = kept(env, f"ledger-{key}.pickle", lambda: pickle.dumps(reading.read_ledger(*told)))
    return cast("tuple[Ledger, list[Problem]]", pickle.loads(file.read_bytes()))


def get_units(env: BuildEnvironment) -> tuple[str, ...]:
    """Return the counting units that conf.py adds."""
    return tuple(Config.of(env.config).units)


def get_folder(env: BuildEnvironment, docname: str) -> str:
    """Return the name of the folder that a document lies in, which is its ledger's."""
    return (env.srcdir / docname).parent.name


def explain_misnamed(env: BuildEnvironment, name: str) -> str:
    """Return that a folder of this name has no ledger but a file that was meant to be one; else nothing."""
    if name in get_fact_domain(env).ledgers:
        return ""
    for folder in sorted({Path(env.doc2path(docname)).parent for docname in env.found_docs}):
        if folder.name == name and (likely := find_likely(folder / FILE)):
            return f"{(folder / likely).relative_to(env.srcdir).as_posix()} is no ledger by its name; call it {FILE}"
    return ""


def find_own_ledger(env: BuildEnvironment, docname: str) -> Ledger | None:
    """Return the ledger in the folder of a document."""
    ledger = get_fact_domain(env).ledgers.get(get_folder(env, docname))
    folder = Path(env.doc2path(docname, base=False)).parent
    return ledger if ledger and Path(ledger.path).parent == folder else None


def use_fact(env: BuildEnvironment, docname: str, key: str) -> Fact:
    """Return the fact that ``key`` or ``folder:key`` means in a document, and note that the document uses it.

    Raises ``UnknownFact``: there is none; its message says what there is.
    """
    domain = get_fact_domain(env)
    try:
        found = resolving.find_fact(domain.ledgers, get_folder(env, docname), key)
    except UnknownFact:
        env.note_reread()  # it may be there next time, in a file that nothing depends on yet
        if misnamed := explain_misnamed(env, key.rpartition(":")[0] or get_folder(env, docname)):
            raise UnknownFact(f"{misnamed}, so that {key!r:.80} is a fact") from None
        raise
    if docname not in domain.uses:
        domain.uses[docname] = {}
        for path in list_bibliographies(env):
            env.note_dependency(path)
    used = domain.uses[docname]
    for name in (found.name, *found.parts):
        if name not in used:
            used[name] = None
            env.note_dependency(domain.ledgers[name.partition(":")[0]].path)
    return found


def is_in_paper(fact: Fact) -> bool:
    """Tell whether a fact stands in a paper, at a part that it names."""
    return fact.known is Known.PAPER and fact.reported and fact.place_checked and names_part(fact)


def tell_how_known(env: BuildEnvironment, fact: Fact) -> str:
    """Return how a fact is known, in words for a reader."""
    _ = phrases_of(env).gettext
    if not fact.reported:
        return _("read, and not found")
    if fact.known is Known.PAPER and not is_in_paper(fact):
        return _("in the source named") if fact.place_checked else _("attributed to the paper")
    if fact.known is Known.OURS and not (fact.sources or fact.expression):
        return _("added by us")
    return {
        Known.PAPER: _("in the paper"),
        Known.COMPUTED: _("computed"),
        Known.OURS: _("our estimate"),
        Known.MEMORY: _("from memory"),
        Known.DRAFT: _("not looked up yet"),
    }[fact.known]


def name_work(env: BuildEnvironment, work: str) -> str:
    """Return a work as it is named beside a place: “Du et al. 2022”, its key where the bibliography has it not."""
    found = find_work(env, work)
    return found.short if found else work


def cite_fact(env: BuildEnvironment, fact: Fact) -> str:
    """Return where a fact stands and, unless the paper says it, how it is known: “Du et al. 2022, Table 4”."""
    cited = "; ".join(", ".join((name_work(env, source.work), *source.places)) for source in fact.sources)
    if not fact.place_checked:
        cited += ", " + phrases_of(env).gettext("place not checked")
    if fact.known is Known.PAPER and fact.reported:
        return cited
    how = tell_how_known(env, fact)
    return f"{cited} ({how})" if cited else how


def cite_briefly(env: BuildEnvironment, fact: Fact, paper: str) -> str:
    """Return where a fact stands as a speaker sees it beside the number: “Table 4”, others with their work."""
    cited = [
        *places.shorten_places(place for source in fact.sources if source.work == paper for place in source.places),
        *(", ".join((name_work(env, source.work), *source.places)) for source in fact.sources if source.work != paper),
    ]
    told = [", ".join(cited)] if cited else []
    told += [] if fact.place_checked else [phrases_of(env).gettext("place not checked")]
    told += [] if fact.known is Known.PAPER and fact.reported else [tell_how_known(env, fact)]
    return "; ".join(told)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain."""
    app.add_domain(FactDomain)
    app.connect("env-get-outdated", find_papers)
    app.connect("env-before-read-docs", read_ledgers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
