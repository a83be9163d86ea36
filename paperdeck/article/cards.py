"""Cards that a page's script opens at links: the work at a citation, the meaning at a term of a glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.facts.tables import WITH_CARDS
from paperdeck.pictures import icons
from paperdeck.site.parts import is_ours
from paperdeck.site.works import find_work
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.site.works import Work


class link_cards(nodes.Element):  # noqa: N801 (visitors are found by this name)
    """The cards of a page; nothing is seen of them without its script, and the links lead to the same."""


class TermDomain(Domain):
    """What the glossaries of the site say of each term, and which documents use terms."""

    name = "terms"
    label = "terms"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"meanings": {}, "users": set()}

    @property
    def meanings(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Document name to the terms of its glossaries: by id, the term and what it means."""
        return cast("dict[str, dict[str, tuple[str, str]]]", self.data["meanings"])

    @property
    def users(self) -> set[str]:
        """The documents that link to terms."""
        return cast("set[str]", self.data["users"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.meanings.pop(docname, None)
        self.users.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.meanings.update({name: said for name, said in otherdata["meanings"].items() if name in docnames})
        self.users.update(otherdata["users"] & set(docnames))

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: terms are Sphinx's own to find."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the terms that a document explains, and whether it uses any."""
        if said := meanings_in(document):
            self.meanings[docname] = said
        if any(link["reftype"] == "term" for link in find_all(document, addnodes.pending_xref)):
            self.users.add(docname)


def meanings_in(document: nodes.document) -> dict[str, tuple[str, str]]:
    """Return the terms of a document's glossaries by id: the term, and the first paragraph of what it means."""
    found: dict[str, tuple[str, str]] = {}
    for glossary in find_all(document, addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            said = next(item.findall(nodes.paragraph), None)
            for term in item.findall(nodes.term):
                text = "".join(part.astext() for part in term if not isinstance(part, addnodes.index))
                found |= {name: (text, said.astext()) for name in term["ids"] if said is not None}
    return found


def domain_of(env: BuildEnvironment) -> TermDomain:
    """Return the domain of terms."""
    return cast("TermDomain", env.domains["terms"])


def rest_on_glossaries(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let the documents that use terms depend on the glossaries, so that their cards follow."""
    domain = domain_of(env)
    for docname in domain.users:
        for name in {*domain.meanings} - {docname}:
            env.note_dependency(env.doc2path(name), docname=docname)
    return []


def work_card(anchor: str, work: Work) -> dict[str, str]:
    """Return what the card of a work shows: its title with its address, its people, where it appeared."""
    where = ", ".join(filter(None, (work.when, work.series, work.pages)))
    return {"anchor": anchor, "name": work.title, "url": work.url, "says": work.authors_text(3), "where": where}


class LinkCards(SphinxPostTransform):
    """A page with the cards of the works that it cites, and of the terms that it uses, at its end."""

    builders = WITH_CARDS
    default_priority = 850  # when links lead somewhere (10)

    def run(self, **kwargs: Any) -> None:
        """Add them, but on a page that uses nothing of ours."""
        if not is_ours(self.env, self.env.docname):
            return
        if found := [*self.works(), *self.terms()]:
            self.document += link_cards(cards=found)

    def works(self) -> Iterable[dict[str, str]]:
        """Return the cards of the works that are cited."""
        cited = {link["refid"]: link["cites"] for link in find_all(self.document, nodes.reference) if "cites" in link}
        for anchor, key in cited.items():
            if work := find_work(self.env, key):
                yield work_card(anchor, work)

    def terms(self) -> Iterable[dict[str, str]]:
        """Return the cards of the terms that are linked."""
        known = {name: said for page in domain_of(self.env).meanings.values() for name, said in page.items()}
        anchors = dict.fromkeys(
            link.get("refid") or link["refuri"].partition("#")[2]
            for link in find_all(self.document, nodes.reference)
            if any("std-term" in part["classes"] for part in link.findall(nodes.inline))
        )
        return [
            {"anchor": anchor, "name": known[anchor][0], "says": known[anchor][1]}
            for anchor in anchors
            if anchor in known
        ]


def visit_link_cards_html(self: HTML5Translator, node: link_cards) -> None:
    """Write the cards as templates."""
    context = {"cards": node["cards"], "icon": icons.svg}
    self.body.append(self.builder.templates.render("paperdeck/link_cards.html", context))
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node, domain and transform."""
    app.add_node(link_cards, html=(visit_link_cards_html, None))
    app.add_domain(TermDomain)
    app.add_post_transform(LinkCards)
    app.connect("env-updated", rest_on_glossaries, priority=400)  # before old pages are looked for (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
