"""A slide in the article: a card that says which slide it is, and opens the deck there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.addresses import other_output
from paperdeck.language import phrases_of
from paperdeck.pictures import icons
from paperdeck.slides.arrangement import slide_content
from paperdeck.slides.node import slide, slide_kicker, slide_title
from paperdeck.slides.options import write_time

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator


def visit_slide_docs(self: HTML5Translator, node: slide) -> None:
    """Open a card."""
    attributes = {"data-slide": str(node["number"]), "data-layout": node["layout"]}
    if node["detail"]:
        attributes["data-detail"] = ""
    self.body.append(self.starttag(node, "aside", CLASS="slide", **attributes))


def depart_slide_docs(self: HTML5Translator, node: slide) -> None:
    """Close the card."""
    self.body.append("</aside>\n")


def visit_slide_kicker_docs(self: HTML5Translator, node: slide_kicker) -> None:
    """Open what stands above the head of a card."""
    self.body.append('<p class="slide-kicker">')


def depart_slide_kicker_docs(self: HTML5Translator, node: slide_kicker) -> None:
    """Close it."""
    self.body.append("</p>\n")


def visit_slide_title_docs(self: HTML5Translator, node: slide_title) -> None:
    """Open the head of a card: number and title; a detail has the number of the slide above it, and says so."""
    number = str(node.parent["number"])
    if node.parent["detail"]:
        _ = phrases_of(self.builder.env, node.parent["docname"]).gettext
        detail = self.encode(_("detail"))
        number += f" <small>· {detail}</small>"
    self.body.append(f'<header class="slide-head"><span class="number">{number}</span><p class="slide-title">')


def depart_slide_title_docs(self: HTML5Translator, node: slide_title) -> None:
    """Close the head of a card, with a link to the slide where there is a deck to open."""
    self.body.append("</p>")
    anchor, docname = node["ids"][0], node.parent["docname"]
    recording = node.parent.get("recording")
    if recording and "at" in node.parent:
        at = node.parent["at"]
        moment, icon = self.attval(f"{recording}#t={at}"), icons.svg("headphones")
        self.body.append(f'<a class="paperdeck-listen" data-at="{at}" href="{moment}">{icon} {write_time(at)}</a>')
    if address := other_output(self.builder, docname, anchor):
        _ = phrases_of(self.builder.env, docname).gettext
        icon, text = icons.svg("presentation"), self.encode(_("Open slide"))
        self.body.append(f'<a class="open-slide" href="{self.attval(address)}">{icon} {text}</a>')
    self.body.append("</header>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the nodes, with their look in the article; that on the deck is in deck/writer.py."""
    app.add_node(slide, html=(visit_slide_docs, depart_slide_docs))
    app.add_node(slide_title, html=(visit_slide_title_docs, depart_slide_title_docs))
    app.add_node(slide_kicker, html=(visit_slide_kicker_docs, depart_slide_kicker_docs))
    app.add_node(slide_content)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
