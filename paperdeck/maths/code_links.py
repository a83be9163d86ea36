"""Equations and the lines of code that compute them: each leads to the other."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.language import phrases_of
from paperdeck.maths.renderer import STYLESHEET, locate_text
from paperdeck.messages import Subtype, warn
from paperdeck.site.code_lines import find_references, lines_by_equation, lines_of, write_references
from paperdeck.trees import find_all
from paperdeck.upstream import add_style_sheet, builder_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.site.code_lines import CodeLine

_OPEN, _CLOSE = "\ue006", "\ue007"
"""Around the place of a link in code, while Pygments colours it."""
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")

_HEAD = re.compile("^(?:.*<pre>)?(?:<span></span>|</span>)*")
"""What stands before a line of coloured code, and is not of it."""


class linked_listing(nodes.General, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """A listing on an article's page, whose comments lead to equations."""


class LinkedCode(SphinxPostTransform):
    """Code that shows the numbers of equations, and in an article equations and code that lead to each other.

    Warns ``paperdeck.unknown_equation``: a comment names no equation, and stays as it is.
    """

    default_priority = 15  # after references (10), before furo wraps equations (500)

    def run(self, **kwargs: Any) -> None:
        """Write the numbers into listings; in an article, link both ways."""
        builder = builder_of(self.env)
        is_article = builder.format == "html" and builder.name not in DECK_BUILDERS
        for listing in find_all(self.document, nodes.literal_block):
            if lines := lines_of(listing):
                links = [self.refer_to_equation(listing, line) for line in lines]
                self.write(listing, links, is_article)
        if is_article:
            known = lines_by_equation(self.env)
            for equation in find_all(self.document, nodes.math_block):
                if lines_of_code := known.get(equation.get("label") or ""):
                    self.lead_to_code(equation, lines_of_code)

    def refer_to_equation(self, listing: nodes.literal_block, line: CodeLine) -> nodes.reference | None:
        """Return a reference to the equation that a line names; None where there is none."""
        maths, builder = self.env.domains.math_domain, builder_of(self.env)
        empty = pending_xref(""), nodes.inline()
        link = maths.resolve_xref(self.env, self.env.docname, builder, "eq", line.label, *empty)
        if link is None:
            message = "no equation has the label %r; it is written after its closing dollars, $$ … $$ (%s)"
            warn(Subtype.UNKNOWN_EQUATION, message, line.label, line.label, location=locate(listing, line))
        return link

    def write(self, listing: nodes.literal_block, links: Sequence[nodes.reference | None], is_article: bool) -> None:
        """Put numbers into a listing, and where links will stand."""
        text = listing.astext()
        names = [found[0] for found, _code, _below in find_references(text)]
        said = [name if link is None else link.astext() for name, link in zip(names, links, strict=True)]
        places = [
            name if link is None else f"{_OPEN}{number}{_CLOSE}"
            for number, (name, link) in enumerate(zip(names, links, strict=True))
        ]
        set_text(listing, write_references(text, said))
        if is_article:
            kind = phrases_of(self.env).gettext("Equation")
            marked = write_references(text, places)
            linked = linked_listing(kind=kind, links=links, lines=lines_of(listing), marked=marked)
            listing.replace_self(linked)
            linked += listing

    def lead_to_code(self, equation: nodes.math_block, lines: Sequence[tuple[str, CodeLine]]) -> None:
        """Put links to its code under an equation."""
        _ = phrases_of(self.env).gettext
        said = nodes.line("", "", nodes.Text(_("In code:")))
        for docname, line in lines:
            code = nodes.literal("", line.text)
            said += nodes.Text(" ")
            said += make_refnode(builder_of(self.env), self.env.docname, docname, line.anchor, code)
        links = nodes.line_block("", said, classes=["equation-code"])
        equation.parent.insert(equation.parent.index(equation) + 1, links)


def locate(listing: nodes.literal_block, line: CodeLine) -> str:
    """Return the file and line at which a comment names an equation: the file that is shown, or the document."""
    file = Path(listing.get("source", ""))
    if not file.is_file():
        return locate_text(listing, f"`{line.label}`")
    lines = file.read_text("utf-8", errors="replace").splitlines()
    return f"{file}:{next((number for number, text in enumerate(lines, 1) if f'`{line.label}`' in text), 1)}"


def set_text(listing: nodes.literal_block, text: str) -> None:
    """Write a listing otherwise, so that it is still coloured."""
    listing.rawsource = text
    listing[:] = [nodes.Text(text)]


def visit_linked_listing_html(self: HTML5Translator, node: linked_listing) -> None:
    """Note where the listing begins, and mark the places of its links."""
    listing = cast("nodes.literal_block", node[0])
    node["begin"], node["plain"] = len(self.body), listing.astext()
    set_text(listing, node["marked"])


def depart_linked_listing_html(self: HTML5Translator, node: linked_listing) -> None:
    """Put the links into the coloured code."""
    set_text(cast("nodes.literal_block", node[0]), node["plain"])
    html = "".join(self.body[node["begin"] :])
    self.body[node["begin"] :] = [link_code(html, node)]


def link_code(html: str, node: linked_listing) -> str:
    """Return coloured code with its links, and an id before each line that they speak of."""
    lines: Sequence[CodeLine] = node["lines"]
    written = html.split("\n")
    for at, text in enumerate(list(written)):
        for found in _PLACE.finditer(text):
            number = int(found[1])
            place = at + lines[number].below
            written[place] = _HEAD.sub(
                rf'\g<0><span class="code-line" id="{lines[number].anchor}"></span>', written[place]
            )
    links = [link and write_link(link, node["kind"]) for link in node["links"]]
    return _PLACE.sub(lambda found: links[int(found[1])], "\n".join(written))


def write_link(link: nodes.reference, kind: str) -> str:
    """Return a reference as a link in code, which says to a listener that it leads to an equation."""
    address = link.get("refuri") or f"#{link['refid']}"
    number = escape(link.astext())
    return f'<a class="reference internal" href="{escape(address)}" aria-label="{escape(kind)} {number}">{number}</a>'


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page whose code leads to equations the rules for it."""
    if doctree is not None and any(doctree.findall(linked_listing)):
        add_style_sheet(context, STYLESHEET)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node and transform."""
    app.add_node(linked_listing, html=(visit_linked_listing_html, depart_linked_listing_html))
    app.add_post_transform(LinkedCode)
    app.connect("html-page-context", add_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
