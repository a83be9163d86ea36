"""The contents of an article's page, with the time that each part takes, and a mark where it is told on a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.toctree import document_toc

from paperdeck.article.head import WORDS_PER_MINUTE_READ, prose_words
from paperdeck.deck.tree import find_section
from paperdeck.language import phrases_of
from paperdeck.pictures import icons
from paperdeck.site.decks import decks
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from gettext import NullTranslations

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator


class slide_mark(nodes.inline):  # noqa: N801 (visitors are found by this name)
    """What marks a section; its text says which slides the section has, to who hears the page and to the pointer."""


def slides_of_sections(document: nodes.document) -> dict[str, list[int]]:
    """Return the numbers of the slides in each section of an article, by the section's id."""
    found: dict[str, list[int]] = {}
    for node in find_all(document, slide):
        numbers = found.setdefault(find_section(node), [])
        if node["number"] not in numbers:  # a detail has the number of the slide above it
            numbers.append(node["number"])
    return found


class part_time(nodes.inline):  # noqa: N801
    """How long a part of an article takes to read."""


def minutes_of_parts(document: nodes.document) -> dict[str, int]:
    """Return how many minutes each part of an article takes to read, by its id: those that take two or more."""
    parts = [part for top in document if isinstance(top, nodes.section) for part in top]
    minutes = {
        part["ids"][0]: round(prose_words(part) / WORDS_PER_MINUTE_READ)
        for part in parts
        if isinstance(part, nodes.section)
    }
    return {name: number for name, number in minutes.items() if number > 1}


def in_words(numbers: list[int], phrases: NullTranslations) -> str:
    """Return the slides of a section in words: “Slide 4”, “Slides 4 and 5”."""
    _ = phrases.gettext
    *most, last = map(str, numbers)
    return _("Slides %s and %s") % (", ".join(most), last) if most else _("Slide %s") % last


def take_out_downloads(app: Sphinx, _tree: nodes.document) -> None:
    """Leave of a ``download`` in a heading its words where the heading is a link.

    In the contents Sphinx takes it for a heading, and fails.
    """
    name = app.env.docname
    for names in (app.env.tocs[name], app.env.titles[name], app.env.longtitles[name]):
        for link in find_all(names, addnodes.download_reference):
            link.replace_self(link.children)


def mark_contents(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put times and marks into the contents that the theme shows beside an article."""
    if doctree is None or app.builder.name not in ("html", "dirhtml") or pagename not in decks(app.env):
        return
    told, minutes, phrases = slides_of_sections(doctree), minutes_of_parts(doctree), phrases_of(app.env, pagename)
    contents = document_toc(app.env, pagename, app.tags)
    for link in contents.findall(nodes.reference):
        name = link["anchorname"].removeprefix("#")
        if name in minutes:
            link += part_time("", phrases.gettext("%d min") % minutes[name])
        if numbers := told.get(name, []):
            link += slide_mark("", in_words(numbers, phrases))
    context["toc"] = app.builder.render_partial(contents)["fragment"]  # type: ignore[attr-defined]


def visit_part_time_html(self: HTML5Translator, node: part_time) -> None:
    """Write it small, and apart from the name to who listens."""
    said = self.encode(node.astext())
    self.body.append(f'<span class="part-time"><span class="visually-hidden">, </span>{said}</span>')
    raise nodes.SkipNode


def visit_slide_mark_html(self: HTML5Translator, node: slide_mark) -> None:
    """Draw the icon of the deck."""
    words = self.attval(node.astext())
    mark = f'{icons.svg("presentation")}<span class="visually-hidden">, {self.encode(node.astext())}</span>'
    self.body.append(f'<span class="slide-mark" title="{words}">{mark}</span>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the nodes and the handlers."""
    app.add_node(part_time, html=(visit_part_time_html, None))
    app.add_node(slide_mark, html=(visit_slide_mark_html, None))
    app.connect("doctree-read", take_out_downloads, priority=900)  # when Sphinx has collected them (500)
    app.connect("html-page-context", mark_contents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
