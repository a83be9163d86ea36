"""Citations in a paper: author and year, linked to the list of references at its foot."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_list

from paperdeck.language import phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.works import Work, bibliography, find_work
from paperdeck.slides.directive import document_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class ReferencesAtFoot(SphinxTransform):
    """A paper's citations resolved, and the works they name listed at its foot.

    sphinxcontrib-bibtex wants one list for the whole site, or warns of each work that two papers cite. So in a document
    that names its ``paper`` we read the ``cite`` roles ourselves; one that has a ``{bibliography}`` of its own, or
    names no paper, is left to sphinxcontrib-bibtex.

    Warns ``paperdeck.unknown_work``: a key that the bibliography does not have.
    """

    default_priority = 830  # before the domains take notes (850) and the table of contents is made (880)

    def apply(self, **kwargs: Any) -> None:
        """Replace each citation, then add the section."""
        front = FrontMatter.of(self.env, self.env.docname)
        if not front.paper or any(self.document.findall(bibliography_list)):
            return
        works: dict[str, Work] = {}
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("refdomain") == "cite":
                place = node.parent.index(node)
                node.parent[place : place + 1] = self.make_citation(node, works)
        if paper := find_work(self.env, front.paper):
            works.setdefault(paper.key, paper)
        if works and (title := document_title(self.document)):
            title.parent.append(self.make_references(works))

    def make_citation(self, node: addnodes.pending_xref, works: dict[str, Work]) -> list[nodes.Node]:
        """Return the text of one citation; what it names is added to ``works``."""
        textual = "t" in node["reftype"]
        parts: list[nodes.Node] = []
        for key in (part.strip() for part in node["reftarget"].split(",")):
            work = find_work(self.env, key)
            if work is None:
                close = difflib.get_close_matches(key, bibliography(self.env), 1)
                hint = f"write {close[0]!r}, or add it" if close else "add it"
                warn(Subtype.UNKNOWN_WORK, "no entry of the bibliography has the key %r; %s", key, hint, location=node)
                link: nodes.Node = nodes.inline(key, key)
            else:
                works[work.key] = work
                text = f"{work.who} ({work.year})" if textual and work.year else work.short
                place = {"refid": get_reference_id(work.key), "cites": work.key}
                link = nodes.reference("", text, internal=True, classes=["cite"], **place)
            parts += [nodes.Text(", " if textual else "; "), link] if parts else [link]
        return parts if textual else [nodes.Text("("), *parts, nodes.Text(")")]

    def make_references(self, works: dict[str, Work]) -> nodes.section:
        """Return the section that lists works by author and year."""
        section = nodes.section(
            "", nodes.title("", phrases_of(self.env).gettext("References")), ids=[self.free_id("references")]
        )
        items = nodes.bullet_list(classes=["references"])
        for key, work in sorted(works.items(), key=lambda item: (item[1].who.lower(), item[1].year, item[0])):
            items += nodes.list_item("", self.make_entry(work), ids=[get_reference_id(key)])
        section += items
        return section

    def free_id(self, wanted: str) -> str:
        """Return an id that no other part of the document has."""
        while wanted in self.document.ids:
            wanted += "-list"
        return wanted

    def make_entry(self, work: Work) -> nodes.paragraph:
        """Return one work: authors, year, title with its address, venue."""
        title = nodes.reference("", work.title, refuri=work.url) if work.url else nodes.inline(work.title, work.title)
        where = ", ".join(filter(None, (work.venue, work.series, work.pages)))
        who = " ".join(filter(None, (work.authors_text(6), work.year and f"({work.year})")))
        line = nodes.paragraph("", f"{who}. " if who else "")
        line += [nodes.emphasis("", "", title), nodes.Text(f". {where}." if where else ".")]
        return line


def get_reference_id(key: str) -> str:
    """Return the id of a work in the list of references."""
    return nodes.make_id(f"reference-{key}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(ReferencesAtFoot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
