"""Citations in a paper: author and year, linked to the list of references at its foot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_list
from sphinxcontrib.bibtex.roles import CiteRole

from paperdeck.facts.tables import cited_work
from paperdeck.language import phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.works import Work, explain_missing_work, find_work
from paperdeck.slides.ids import first_free_id, make_slug
from paperdeck.slides.node import slide
from paperdeck.trees import document_title, find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

TEXTUAL = ("t", "ct")
"""The roles that name a work in the sentence, without the “s” that asks for all authors."""
BRACKETED = ("p", "labelpar", "yearpar", "authorpar")
"""The roles that put works in brackets."""

PANDOC = re.compile(r"\[[^\[\]@]*@[^\[\]]+\]")
PANDOC_KEY = re.compile(r"@\{?([\w][\w:.#$%&+?<>~/-]*\w|\w)")


class CitationRole(CiteRole):
    """sphinxcontrib-bibtex's role, which tells what it cannot read at its line, where the other ends the build."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: nodes.Element, is_ref: bool
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation; the text alone where it names no keys."""
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            keys = ",".join(re.findall(r"[^\s{},;]+", self.target)) or "doe2020"
            message = "%r is no list of keys; write them without braces, with commas: {cite:p}`%s`"
            warn(Subtype.UNKNOWN_WORK, message, self.target, keys, location=self.get_location())
            return [nodes.inline(self.rawtext, self.target, classes=["problematic"])], []
        return super().result_nodes(document, env, node, is_ref)  # type: ignore[no-untyped-call, no-any-return]


class ReferencesAtFoot(SphinxTransform):
    """A paper's citations resolved, and the works they name listed at its foot.

    sphinxcontrib-bibtex wants one list for the whole site, or warns of each work that two papers cite. So in a document
    that names its ``paper`` or has slides we read the ``cite`` roles ourselves; one that has a ``{bibliography}`` of
    its own, and every other document, is left to sphinxcontrib-bibtex.

    Warns ``paperdeck.unknown_work``: a key that the bibliography does not have; ``paperdeck.markup``: a work that is
    cited as in Pandoc.
    """

    default_priority = 830  # before the domains take notes (850) and the table of contents is made (880)

    def apply(self, **kwargs: Any) -> None:
        """Replace each citation, then add the section."""
        front = FrontMatter.of(self.env, self.env.docname)
        ours = front.paper or any(self.document.findall(slide))
        if not ours or any(self.document.findall(bibliography_list)):
            return
        self.tell_pandoc()
        works: dict[str, Work] = {}
        for node in find_all(self.document, addnodes.pending_xref):
            if node.get("refdomain") == "cite":
                place = node.parent.index(node)
                node.parent[place : place + 1] = self.make_citation(node, works)
        for named in find_all(self.document, cited_work):
            if find_work(self.env, named["key"]):
                named[:] = [self.make_link(named, named["key"], works)]
        if front.paper and (paper := find_work(self.env, front.paper)):
            works.setdefault(paper.key, paper)
        if works:
            title = document_title(self.document)
            (title.parent if title else self.document).append(self.make_references(works))

    def tell_pandoc(self) -> None:
        """Warn of text such as ``[@doe2020]``, where the bibliography has the work."""
        for text in find_all(self.document, nodes.Text):
            if "@" not in text or isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.raw)):
                continue
            for typed in PANDOC.findall(text.astext()):
                keys = [key for key in PANDOC_KEY.findall(typed) if find_work(self.env, key)]
                if keys:
                    message = "“%s” is text, and cites nothing; write {cite:p}`%s`"
                    warn(Subtype.MARKUP, message, typed, ",".join(keys), location=text.parent)

    def make_citation(self, node: addnodes.pending_xref, works: dict[str, Work]) -> list[nodes.Node]:
        """Return the text of one citation; what it names is added to ``works``."""
        style = node["reftype"].removesuffix("s")
        parts: list[nodes.Node] = []
        for target in parse_citation_targets(node["reftarget"]):
            if parts:
                parts.append(nodes.Text("; " if style in BRACKETED else ", "))
            if target.pre:
                parts.append(nodes.Text(f"{target.pre} "))
            parts.append(self.make_link(node, target.key, works))
            if target.post:
                parts.append(nodes.Text(f", {target.post}"))
        if style == "empty":
            return []
        return [nodes.Text("("), *parts, nodes.Text(")")] if style in BRACKETED else parts

    def make_link(self, node: nodes.Element, key: str, works: dict[str, Work]) -> nodes.TextElement:
        """Return one work as a citation names it; its key where the bibliography does not have it."""
        work = find_work(self.env, key)
        if work is None:
            if missing := explain_missing_work(self.env, key):
                warn(Subtype.UNKNOWN_WORK, "%s", missing, location=node)
            return nodes.inline(key, key)
        works[work.key] = work
        place = {"refid": get_reference_id(work.key), "cites": work.key}
        return nodes.reference(
            "", write_citation(work, node.get("reftype", "alp")), internal=True, classes=["cite"], **place
        )

    def make_references(self, works: dict[str, Work]) -> nodes.section:
        """Return the section that lists works by author and year."""
        section = nodes.section(
            "",
            nodes.title("", phrases_of(self.env).gettext("References")),
            ids=[first_free_id("references", self.document.ids.keys())],
        )
        items = nodes.bullet_list(classes=["references"])
        for key, work in sorted(works.items(), key=lambda item: (item[1].who.lower(), item[1].dated, item[0])):
            items += nodes.list_item("", self.make_entry(work), ids=[get_reference_id(key)])
        section += items
        return section

    def make_entry(self, work: Work) -> nodes.paragraph:
        """Return one work: authors, year, title with its address, venue; without authors the year follows the title."""
        title = nodes.reference("", work.title, refuri=work.url) if work.url else nodes.inline(work.title, work.title)
        where = ", ".join(filter(None, (work.venue, work.series, work.pages)))
        who, year = work.authors_text(6), f" ({work.dated})" if work.year else ""
        line = nodes.paragraph("", f"{who}{year}. " if who else "")
        end = f". {where}." if where else "."
        line += [nodes.emphasis("", "", title), nodes.Text(end if who else f"{year}{end}")]
        return line


def write_citation(work: Work, role: str) -> str:
    """Return a work as a role names it: by author and year, or by one of them; an “s” asks for all authors."""
    style = role.removesuffix("s")
    who = work.who if style == role else work.all_authors
    if style in ("ct", "cauthor"):
        who = who[:1].upper() + who[1:]
    if style in ("author", "authorpar", "cauthor"):
        return who
    if style in ("year", "yearpar"):
        return work.dated or who
    return f"{who} ({work.dated})" if style in TEXTUAL and work.year else f"{who} {work.dated}".strip()


def get_reference_id(key: str) -> str:
    """Return the id of a work in the list of references."""
    return f"reference-{make_slug(key)}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform, and the roles of sphinxcontrib-bibtex anew."""
    app.add_transform(ReferencesAtFoot)
    role = CitationRole()
    app.add_role("cite", role, override=True)
    for name in BibtexDomain.roles:
        app.add_role_to_domain("cite", name, role, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
