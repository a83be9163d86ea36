"""Examples of the guide: a source, and beside it what becomes of it, made from the very text that is shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urldefrag

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from paperdeck.addresses import DECK_BUILDERS, other_output
from paperdeck.slides.node import read_title, slide
from paperdeck.slides.notes import article_only

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator


class slide_frame(nodes.General, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """The slide after it, or the one of an id, as the deck shows it."""


class ExampleDirective(SphinxDirective):
    """Show a source, its slide, and what the article makes of it; the blocks stand in the section one by one."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the source, out of the speaker's notes, the frame for the slide, and what the source says."""
        self.assert_has_content()
        text = "\n".join(self.content)
        source = nodes.literal_block(text, text, language="markdown", classes=["example"])
        self.set_source_info(source)
        drawn = self.parse_content_to_nodes()
        self.env.metadata[self.env.docname]["framed"] = True
        frames = [slide_frame()] if any(isinstance(node, slide) for node in drawn) else []
        return [article_only("", source), *frames, *drawn]


class SlideFrameDirective(SphinxDirective):
    """Show a slide that the deck makes, by its id: ``cover``, ``closing``, ``sources``."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the frame."""
        return [slide_frame(slide=self.arguments[0])]


def visit_slide_frame(self: HTML5Translator, node: slide_frame) -> None:
    """Frame the page of the slide; it is loaded when the reader comes near."""
    name, title = node.get("slide", ""), node.get("slide", "")
    if not name:
        siblings = node.parent.children[node.parent.index(node) :]
        shown = next(each for each in siblings if isinstance(each, slide))
        name, title = shown["ids"][0], read_title(shown)
    address, _anchor = urldefrag(other_output(self.builder, self.builder.current_docname) or "")
    if address:
        source = f"{address.removesuffix('.html')}{'' if address.endswith('/') else '-'}{name}.html?embed#/{name}"
        frame = {"class": "example-slide", "loading": "lazy", "title": title, "src": source}
        self.body.append(self.starttag(node, "iframe", "", **frame) + "</iframe>\n")
    raise nodes.SkipNode


def skip_slide_frame(self: nodes.NodeVisitor, node: slide_frame) -> None:
    """Write nothing: other outputs have no decks."""
    raise nodes.SkipNode


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style sheet of examples where there are any."""
    if doctree is not None and any(doctree.findall(slide_frame)):
        app.add_css_file("examples.css")


class Sections(HTMLParser):
    """The sections of a deck: where each stands in the page, with those below it, and the ids on them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self.found: list[tuple[int, int, list[str]]] = []
        self.open = 0
        self.feed(page)

    def get_offset(self) -> int:
        """Return where the tag begins that is being read."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a section begins."""
        if tag != "section":
            return
        if not self.open:
            self.found.append((self.get_offset(), 0, []))
        self.open += 1
        self.found[-1][2].append(dict(attrs).get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag == "section":
            self.open -= 1
            if not self.open:
                begin, _end, ids = self.found[-1]
                self.found[-1] = (begin, self.get_offset() + len("</section>"), ids)


def split_deck(page: str) -> dict[str, str]:
    """Return a deck as one of a slide alone, for the id of each; a frame need not lay out all the others."""
    found = Sections(page).found
    head, foot = page[: found[0][0]], page[found[-1][1] :]
    # reveal.js fails when it leaves the column of a phone with one slide
    head = head.replace('data-config="{', 'data-config="{&#34;scrollActivationWidth&#34;: null, ', 1)
    head = head.replace('<meta property="og:type" content="article">', "", 1)  # no work of its own, to be exported
    return {name: f"{head}{page[begin:end]}{foot}" for begin, end, ids in found for name in ids if name}


def write_slides(app: Sphinx, exception: Exception | None) -> None:
    """Write, beside a deck whose slides are framed, a page for each slide."""
    if exception or app.builder.name not in DECK_BUILDERS:
        return
    for docname in (name for name, said in app.env.metadata.items() if said.get("framed")):
        deck = Path(app.builder.get_outfilename(docname))
        before = "" if deck.stem == "index" else f"{deck.stem}-"
        for name, page in split_deck(deck.read_text("utf-8")).items():
            deck.with_name(f"{before}{name}.html").write_text(page, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, the node and the style."""
    skip = (skip_slide_frame, None)
    app.add_node(slide_frame, html=(visit_slide_frame, None), latex=skip, text=skip, man=skip, texinfo=skip)
    app.add_directive("example", ExampleDirective)
    app.add_directive("slide-frame", SlideFrameDirective)
    app.connect("html-page-context", add_style)
    app.connect("build-finished", write_slides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
