"""Cards that a page's script opens at links: the work at a citation, meaning and picture at a term of a glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.mermaid import mermaid

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


class link_card(nodes.Element):  # noqa: N801 (visitors are found by this name)
    """A card of a page, with its picture; nothing is seen of it without its script, and the links lead to the same."""


class Meaning(NamedTuple):
    """What a glossary says of a term."""

    term: str
    says: str
    """The first paragraph."""
    pictured: bool


class TermDomain(Domain):
    """What the glossaries of the site say of each term, and which documents use terms."""

    name = "terms"
    label = "terms"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {"meanings": {}, "users": set()}

    @property
    def meanings(self) -> dict[str, dict[str, Meaning]]:
        """Document name to the terms of its glossaries, by id."""
        return cast("dict[str, dict[str, Meaning]]", self.data["meanings"])

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


def meanings_in(document: nodes.document) -> dict[str, Meaning]:
    """Return what a document's glossaries say, by the ids of their terms."""
    found: dict[str, Meaning] = {}
    for item in find_items(document):
        said = next(item.findall(nodes.paragraph), None)
        for term in item.findall(nodes.term):
            text = "".join(part.astext() for part in term if not isinstance(part, addnodes.index))
            pictured = find_picture(item) is not None
            found |= {name: Meaning(text, said.astext(), pictured) for name in term["ids"] if said is not None}
    return found


def find_items(document: nodes.document) -> Iterable[nodes.definition_list_item]:
    """Return the entries of a document's glossaries."""
    for glossary in find_all(document, addnodes.glossary):
        yield from glossary.findall(nodes.definition_list_item)


def find_picture(item: nodes.definition_list_item) -> nodes.Element | None:
    """Return the first picture of an entry: a figure, such as a chart has, or a picture or diagram without one."""
    pictures = (nodes.figure, nodes.image, mermaid)
    return next((node for node in item.findall(nodes.Element) if isinstance(node, pictures)), None)


def copy_pictures(document: nodes.document) -> dict[str, nodes.Element]:
    """Return the pictures of a document's glossaries as cards show them, by the ids of their terms.

    They are without their captions and names, and hold nothing to be reached.
    """
    found: dict[str, nodes.Element] = {}
    for item in find_items(document):
        if picture := find_picture(item):
            for node in list(picture.findall(nodes.Element)):
                if isinstance(node, (nodes.caption, nodes.legend)):
                    node.parent.remove(node)
                node.attributes.pop("zoom", None)
                node["ids"], node["names"] = [], []
            found |= {name: picture.deepcopy() for term in item.findall(nodes.term) for name in term["ids"]}
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
    default_priority = 90  # when links lead somewhere (10), before pictures are collected (100) and drawn (210)

    def run(self, **kwargs: Any) -> None:
        """Add them, but on a page that uses nothing of ours."""
        if is_ours(self.env, self.env.docname):
            self.document += [*self.works(), *self.terms()]

    def works(self) -> Iterable[link_card]:
        """Return the cards of the works that are cited."""
        cited = {link["refid"]: link["cites"] for link in find_all(self.document, nodes.reference) if "cites" in link}
        for anchor, key in cited.items():
            if work := find_work(self.env, key):
                yield link_card(card=work_card(anchor, work))

    def terms(self) -> Iterable[link_card]:
        """Return the cards of the terms that are linked."""
        glossaries = domain_of(self.env).meanings.items()
        known = {name: (page, said) for page, meanings in glossaries for name, said in meanings.items()}
        anchors = dict.fromkeys(
            link.get("refid") or link["refuri"].partition("#")[2]
            for link in find_all(self.document, nodes.reference)
            if any("std-term" in part["classes"] for part in link.findall(nodes.inline))
        )
        pictures: dict[str, dict[str, nodes.Element]] = {}
        for anchor in anchors:
            if anchor in known:
                page, said = known[anchor]
                card = link_card(card={"anchor": anchor, "name": said.term, "says": said.says}, classes=["no-search"])
                if said.pictured:
                    if page not in pictures:
                        pictures[page] = copy_pictures(self.env.get_doctree(page))
                    card += pictures[page][anchor]
                yield card


def visit_link_card_html(self: HTML5Translator, node: link_card) -> None:
    """Open a card as a template, and what hides its picture from who listens, for it is described in the glossary."""
    context = {"card": node["card"], "icon": icons.svg}
    self.body.append(self.builder.templates.render("paperdeck/link_card.html", context))
    if node.children:
        self.body.append('<div class="picture" aria-hidden="true">')


def depart_link_card_html(self: HTML5Translator, node: link_card) -> None:
    """Close it."""
    self.body.append("</div></template>" if node.children else "</template>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node, domain and transform."""
    app.add_node(link_card, html=(visit_link_card_html, depart_link_card_html))
    app.add_domain(TermDomain)
    app.add_post_transform(LinkCards)
    app.connect("env-updated", rest_on_glossaries, priority=400)  # before old pages are looked for (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
