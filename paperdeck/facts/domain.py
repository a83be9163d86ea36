"""The ledgers of the site, the facts that each document uses, and where these stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain

from paperdeck.config import Config
from paperdeck.language import phrases_of
from paperdeck.ledger import places, reading, resolving
from paperdeck.ledger.reading import Fact, Known, Ledger, Problem
from paperdeck.ledger.resolving import UnknownFact
from paperdeck.messages import Subtype, warn
from paperdeck.site.works import bibliography, bibliography_files, find_work

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

FILE = "facts.yaml"


class FactDomain(Domain):
    """The site's ledgers, read at the start of every build, and which document uses which fact."""

    name = "facts"
    label = "facts"
    data_version = 1
    initial_data: ClassVar[dict[str, dict[str, dict[str, None]]]] = {"uses": {}}

    ledgers: Mapping[str, Ledger] = {}
    """By the name of the folder; not kept with the environment, for the files say it again."""

    @property
    def uses(self) -> dict[str, dict[str, None]]:
        """Document name to the names of the facts it uses, in order."""
        uses: dict[str, dict[str, None]] = self.data["uses"]
        return uses

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.uses.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.uses.update({name: used for name, used in otherdata["uses"].items() if name in docnames})

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: a fact is no target of a link."""
        return []

    def check_consistency(self) -> None:
        """Warn of facts that no document uses (``paperdeck.unused_fact``), where no ledger has anything broken."""
        if any(ledger.broken or not ledger.readable for ledger in self.ledgers.values()):
            return  # what a broken fact rests on looks unused
        used = {name for names in self.uses.values() for name in names}
        for ledger in self.ledgers.values():
            for fact in ledger.facts.values():
                if fact.name not in used:
                    warn(
                        Subtype.UNUSED_FACT,
                        "no document uses the fact %r; use it, or take it out",
                        fact.key,
                        location=f"{ledger.path}:{fact.marks[''][0]}",
                    )


def get_fact_domain(env: BuildEnvironment) -> FactDomain:
    """Return the domain of facts."""
    return cast("FactDomain", env.domains["facts"])


def read_ledgers(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the ledger of every folder that holds a document.

    Warns ``paperdeck.ledger``: what is wrong in one, at its line; ``paperdeck.unknown_work``: a source that the
    bibliography does not have.
    """
    units = get_units(env)
    folders = sorted({Path(env.doc2path(name)).parent for name in env.found_docs})
    ledgers: dict[str, Ledger] = {}
    problems = []
    for path in (folder / FILE for folder in folders):
        if not path.is_file():
            continue
        if path.parent.name in ledgers:
            message = (
                f"a folder of this name has a ledger already, {ledgers[path.parent.name].path}; rename one of them"
            )
            problems.append(Problem(str(path), 1, 1, message))
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(str(path), 1, 1, "the file is not UTF-8; save it as that"))
            text = ""
        ledgers[path.parent.name], wrong = reading.read_ledger(text, str(path), units)
        problems += wrong
    resolved, wrong = resolving.resolve_ledgers(ledgers.values(), units)
    get_fact_domain(env).ledgers = resolved
    for problem in problems + wrong:
        warn(Subtype.LEDGER, "%s", problem.message, location=f"{problem.path}:{problem.line}:{problem.column}")
    for ledger in resolved.values():
        for problem in resolving.find_unknown_works(ledger, set(bibliography(env))):
            warn(Subtype.UNKNOWN_WORK, "%s", problem.message, location=f"{problem.path}:{problem.line}")


def get_units(env: BuildEnvironment) -> tuple[str, ...]:
    """Return the counting units that conf.py adds."""
    return tuple(Config.of(env.config).units)


def get_folder(env: BuildEnvironment, docname: str) -> str:
    """Return the name of the folder that a document lies in, which is its ledger's."""
    return Path(env.doc2path(docname)).parent.name


def find_own_ledger(env: BuildEnvironment, docname: str) -> Ledger | None:
    """Return the ledger in the folder of a document."""
    ledger = get_fact_domain(env).ledgers.get(get_folder(env, docname))
    return ledger if ledger and Path(ledger.path).parent == Path(env.doc2path(docname)).parent else None


def use_fact(env: BuildEnvironment, docname: str, key: str) -> Fact:
    """Return the fact that ``key`` or ``folder:key`` means in a document, and note that the document uses it.

    Raises ``UnknownFact``: there is none; its message says what there is.
    """
    domain = get_fact_domain(env)
    try:
        found = resolving.find_fact(domain.ledgers, get_folder(env, docname), key)
    except UnknownFact:
        env.note_reread()  # it may be there next time, in a file that nothing depends on yet
        raise
    used = domain.uses.setdefault(docname, {})
    for name in (found.name, *found.parts):
        used[name] = None
        env.note_dependency(domain.ledgers[name.partition(":")[0]].path)
    for path in bibliography_files(env):
        env.note_dependency(path)
    return found


def tell_how_known(env: BuildEnvironment, known: Known) -> str:
    """Return how a fact is known, in words for a reader."""
    _ = phrases_of(env).gettext
    return {
        Known.PAPER: _("in the paper"),
        Known.COMPUTED: _("computed"),
        Known.OURS: _("our estimate"),
        Known.MEMORY: _("from memory"),
        Known.OUTLINE: _("from the outline"),
    }[known]


def name_work(env: BuildEnvironment, work: str) -> str:
    """Return a work as it is named beside a place: “Du et al. 2022”, its key where the bibliography has it not."""
    found = find_work(env, work)
    return found.short if found else work


def cite_fact(env: BuildEnvironment, fact: Fact) -> str:
    """Return where a fact stands and, unless the paper says it, how it is known: “Du et al. 2022, Table 4”."""
    cited = "; ".join(", ".join((name_work(env, source.work), *source.places)) for source in fact.sources)
    if not fact.place_checked:
        cited += ", " + phrases_of(env).gettext("place not checked")
    if fact.known is Known.PAPER:
        return cited
    how = tell_how_known(env, fact.known)
    return f"{cited} ({how})" if cited else how


def cite_briefly(env: BuildEnvironment, fact: Fact, paper: str) -> str:
    """Return where a fact stands as a speaker sees it beside the number: “Table 4”, others with their work."""
    cited = [
        *places.shorten_places(place for source in fact.sources if source.work == paper for place in source.places),
        *(", ".join((name_work(env, source.work), *source.places)) for source in fact.sources if source.work != paper),
    ]
    told = [", ".join(cited)] if cited else []
    told += [] if fact.place_checked else [phrases_of(env).gettext("place not checked")]
    told += [] if fact.known is Known.PAPER else [tell_how_known(env, fact.known)]
    return "; ".join(told)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain."""
    app.add_domain(FactDomain)
    app.connect("env-before-read-docs", read_ledgers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
