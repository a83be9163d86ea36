"""Slides as reveal.js wants them: the markup of a deck."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from sphinx_revealjs.writers import RevealjsSlideTranslator

from paperdeck.config import Config
from paperdeck.deck.fit import wrap_lines
from paperdeck.deck.sources import deck_sources
from paperdeck.deck.tree import deck_closing, deck_cover, deck_footer, deck_notes, deck_stack, speaking_time
from paperdeck.language import phrases_of, template_phrases
from paperdeck.pictures import icons
from paperdeck.site import brand
from paperdeck.site.decks import decks
from paperdeck.slides.grounds import write_ground
from paperdeck.slides.listings import find_groups, step_tags
from paperdeck.slides.node import slide, slide_kicker, slide_title
from paperdeck.slides.options import LOCAL_FILES
from paperdeck.slides.space import measure_text_column
from paperdeck.upstream import visit_emphasised_listing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class DeckTranslator(RevealjsSlideTranslator):
    """Write slides; what is on no slide is written as sphinx-revealjs writes it."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        """Write on an element the index of its fragment, and what the style sheet has to know of it."""
        if isinstance(node, nodes.Element) and "fragment_index" in node:
            attributes["data-fragment-index"] = str(node["fragment_index"])
        if isinstance(node, nodes.Element) and "style" in node:
            styles = filter(None, (attributes.get("style"), node["style"]))
            attributes["style"] = "; ".join(dict.fromkeys(styles))  # sphinx-design has written its own
        tag: str = super().starttag(node, tagname, suffix, empty, **attributes)
        return tag

    def add_fignumber(self, node: nodes.Element) -> None:
        """Write the number of a figure; on a slide where a slide refers to it, for nobody else looks it up there."""
        if not self.on_slide(node) or node.get("referred"):
            super().add_fignumber(node)

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Tell the style sheet how many items stand before a list that does not start with the first."""
        if self.on_slide(node) and node.get("start", 1) != 1:
            node["style"] = f"--before: {node['start'] - 1}"
        super().visit_enumerated_list(node)

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code as the article has it, coloured by Pygments; its groups of lines as fragments."""
        if not self.on_slide(node):
            super().visit_literal_block(node)
            return
        listing = cast("nodes.literal_block", node)
        begin = len(self.body)
        try:
            if "fragment_start" in listing:
                visit_emphasised_listing(self, listing, step_tags(find_groups(listing), listing["fragment_start"]))
            else:
                HTML5Translator.visit_literal_block(self, listing)
        finally:  # what is coloured is whole by now, and ends the visit with an exception
            if "broken" in listing:
                self.body[begin:] = [wrap_lines("".join(self.body[begin:]))]

    def depart_literal_block(self, node: nodes.literal_block) -> None:
        """Close code that was not coloured."""
        if self.on_slide(node):
            HTML5Translator.depart_literal_block(self, node)
        else:
            super().depart_literal_block(node)

    @staticmethod
    def on_slide(node: nodes.Node) -> bool:
        """Tell whether a node stands on a slide of ours."""
        above = node.parent
        while above is not None:
            if isinstance(above, (slide, deck_cover)):
                return True
            above = above.parent
        return False


def visit_slide(self: DeckTranslator, node: slide) -> None:
    """Open a slide."""
    attributes = {"data-slide": str(node["number"]), "data-layout": node["layout"], **reveal_attributes(self, node)}
    if node["ground"]:
        attributes |= {"data-ground": node["ground"], "style": write_ground(attributes, node["ground"])}
    if node["columns"]:
        attributes["style"] = "; ".join(filter(None, (attributes.get("style"), write_columns(node))))
    if node["fill"]:
        attributes["data-fill"] = node["fill"]
    if node["bare"]:
        attributes["data-bare"] = ""
    if "at" in node:
        attributes["data-at"] = str(node["at"])
    if node["detail"]:
        attributes["data-visibility"] = "uncounted"
    attributes["data-progress"] = node["progress"]
    known = next(item for item in decks(self.builder.env)[node["docname"]].slides if item.id == node["ids"][0])
    if known.words:
        attributes.setdefault("data-timing", str(speaking_time(known.words, Config.of(self.config).words_per_minute)))
    self.body.append(self.starttag(node, "section", "\n", False, **attributes))


def reveal_attributes(self: DeckTranslator, node: slide) -> dict[str, str]:
    """Return reveal's attributes, with the addresses of pictures that were copied."""
    attributes: dict[str, str] = dict(node["reveal"])
    for name in LOCAL_FILES:
        path = attributes.get(f"data-{name}", "")
        if path in self.builder.images:
            attributes[f"data-{name}"] = posixpath.join(self.builder.imgpath, self.builder.images[path])
    return attributes


def write_columns(node: slide) -> str:
    """Return the style of a slide whose author says how wide its columns are."""
    if node["layout"] == "split" and (width := measure_text_column(node)):
        return f"--text-width: {width}px"
    return f"--columns: {' '.join(f'minmax(0, {share}fr)' for share in node['columns'])}"


def depart_slide(self: DeckTranslator, node: slide) -> None:
    """Close a slide."""
    self.body.append("</section>\n")


def visit_slide_title(self: DeckTranslator, node: slide_title) -> None:
    """Open a slide's title."""
    self.body.append("<h2>")


def depart_slide_title(self: DeckTranslator, node: slide_title) -> None:
    """Close a slide's title."""
    self.body.append("</h2>\n")


def visit_slide_kicker(self: DeckTranslator, node: slide_kicker) -> None:
    """Open what stands above a slide's title."""
    self.body.append('<p class="paperdeck-kicker">')


def depart_slide_kicker(self: DeckTranslator, node: slide_kicker) -> None:
    """Close it."""
    self.body.append("</p>\n")


def visit_deck_stack(self: DeckTranslator, node: deck_stack) -> None:
    """Open a stack."""
    self.body.append('<section class="stack">\n')


def depart_deck_stack(self: DeckTranslator, node: deck_stack) -> None:
    """Close a stack."""
    self.body.append("</section>\n")


def visit_deck_notes(self: DeckTranslator, node: deck_notes) -> None:
    """Open what the speaker says, with what the clicks bring at its head."""
    self.body.append('<aside class="notes">\n')
    if clicks := node.get("clicks"):
        said = (f"<b>▸\u00a0{number}</b> {self.encode(name)}" for number, name in enumerate(clicks, 1))
        self.body.append(f'<p class="clicks">{" ".join(said)}</p>\n')


def depart_deck_notes(self: DeckTranslator, node: deck_notes) -> None:
    """Close it."""
    self.body.append("</aside>\n")


def visit_deck_cover(self: DeckTranslator, node: deck_cover) -> None:
    """Open the cover; its note is its child."""
    attributes = {"data-layout": "cover", "data-visibility": "uncounted", "data-progress": node["progress"]}
    if node["timing"]:
        attributes["data-timing"] = str(node["timing"])
    self.body.append(self.starttag(node, "section", "\n", False, **attributes))
    self.body.append(render(self, "cover.html", node))


def depart_deck_cover(self: DeckTranslator, node: deck_cover) -> None:
    """Close the cover."""
    self.body.append("</section>\n")


def visit_deck_closing(self: DeckTranslator, node: deck_closing) -> None:
    """Open the slide that the talk ends with."""
    attributes = {"data-layout": "closing", "data-visibility": "uncounted", "data-progress": node["progress"]}
    self.body.append(self.starttag(node, "section", "\n", False, **attributes))
    self.body.append(render(self, "closing.html", node))


def depart_deck_closing(self: DeckTranslator, node: deck_closing) -> None:
    """Close it."""
    self.body.append("</section>\n")


def visit_deck_sources(self: DeckTranslator, node: deck_sources) -> None:
    """Open a Sources slide."""
    attributes = {"data-layout": "sources", "data-visibility": "uncounted", "data-progress": node["progress"]}
    self.body.append(self.starttag(node, "section", "\n", False, **attributes))
    self.body.append(render(self, "sources.html", node))


def depart_deck_sources(self: DeckTranslator, node: deck_sources) -> None:
    """Close a Sources slide."""
    self.body.append("</section>\n")


def visit_deck_footer(self: DeckTranslator, node: deck_footer) -> None:
    """Write a slide's footer."""
    self.body.append(render(self, "footer.html", node))
    raise nodes.SkipNode


def render(self: DeckTranslator, template: str, node: nodes.Element) -> str:
    """Render one of our templates with a node's attributes."""
    phrases = phrases_of(self.builder.env, self.builder.current_docname)
    context = {
        **node.attributes,
        **template_phrases(phrases),
        "icon": icons.svg,
        "event": Config.of(self.config).footer,
        "logos": brand.logos_on_page(self.builder, self.builder.current_docname),
    }
    html: str = self.builder.templates.render(f"paperdeck/{template}", context)
    return html


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what the deck builders write; handlers of ``html`` that are not replaced serve decks too."""
    app.add_node(slide, override=True, revealjs=(visit_slide, depart_slide))
    app.add_node(slide_title, override=True, revealjs=(visit_slide_title, depart_slide_title))
    app.add_node(slide_kicker, override=True, revealjs=(visit_slide_kicker, depart_slide_kicker))
    app.add_node(deck_cover, revealjs=(visit_deck_cover, depart_deck_cover))
    app.add_node(deck_closing, revealjs=(visit_deck_closing, depart_deck_closing))
    app.add_node(deck_sources, revealjs=(visit_deck_sources, depart_deck_sources))
    app.add_node(deck_stack, revealjs=(visit_deck_stack, depart_deck_stack))
    app.add_node(deck_notes, revealjs=(visit_deck_notes, depart_deck_notes))
    app.add_node(deck_footer, revealjs=(visit_deck_footer, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
