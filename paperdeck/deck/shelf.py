"""All decks of a site, in reading order: the gallery on an article page, the shelf of the deck build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from paperdeck.addresses import DECK_BUILDERS, address_of_cut, other_output
from paperdeck.config import Config
from paperdeck.deck.hero import ON_CARD, draw_hero
from paperdeck.language import phrases_of, template_phrases
from paperdeck.pictures import icons
from paperdeck.pictures.covers import Cover, card
from paperdeck.site.decks import decks, domain_of
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.titles import read_heading
from paperdeck.site.works import find_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

TAGS_FROM = 7
"""From how many decks on a gallery can be filtered by tag."""


class gallery(nodes.General, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """A card for each deck of the site."""


class Length(NamedTuple):
    """A shorter talk of the same document."""

    minutes: int
    slides: int
    address: str


@dataclass(frozen=True)
class Entry:
    """What a card says of a deck."""

    cover: Cover
    title: str
    slides: int
    minutes: int
    tags: tuple[str, ...]
    deck: str | None
    article: str | None
    lengths: Sequence[Length] = ()
    hero: str = ""
    """The chart that stands for the paper, as SVG."""

    @property
    def picture(self) -> str:
        """Return the picture of the cover, as SVG."""
        return card(self.cover)


def reading_order(env: BuildEnvironment) -> list[str]:
    """Return the documents in the order of the table of contents; those outside it come last, by name."""
    order: dict[str, None] = {}

    def walk(docname: str) -> None:
        if docname not in order:
            order[docname] = None
            for child in env.toctree_includes.get(docname, []):
                walk(child)

    for docname in (env.config.root_doc, *sorted(env.found_docs)):
        walk(docname)
    return list(order)


def minutes_of(env: BuildEnvironment, docname: str) -> int:
    """Return how long a talk takes: what its front matter says, else what its notes take."""
    deck = decks(env)[docname]
    rate = Config.of(env.config).words_per_minute
    return FrontMatter.of(env, docname).minutes or max(1, round(deck.spoken_words / rate))


def list_lengths(builder: Builder, docname: str, page: str | None = None) -> list[Length]:
    """Return the shorter talks of a document, with addresses as they are written on its own page or on ``page``."""
    env, suffix = builder.env, builder.config.html_file_suffix or ".html"
    deck = decks(env)[docname]
    if builder.name in DECK_BUILDERS:
        whole: str | None = builder.get_relative_uri(page or docname, docname)
    else:
        whole = other_output(builder, docname, page=page)
    if whole is None:
        return []
    return [
        Length(minutes, deck.cut(minutes).count, address_of_cut(whole, minutes, suffix)) for minutes in deck.lengths
    ]


def cover_of(env: BuildEnvironment, docname: str) -> Cover:
    """Return what the cover of a document's deck says; the same for a paper without slides."""
    front, deck = FrontMatter.of(env, docname), decks(env).get(docname)
    work = find_work(env, front.paper) if front.paper else None
    title = deck.title if deck else read_heading(env.titles[docname])
    return Cover(front.short or title or docname, front.summary, work.when if work else front.date)


def entries(builder: StandaloneHTMLBuilder, page: str) -> list[Entry]:
    """Return the decks that are not hidden, with addresses as they are written on a page of this builder."""
    env = builder.env
    found = []
    for docname in (name for name in reading_order(env) if name in decks(env)):
        deck, front = decks(env)[docname], FrontMatter.of(env, docname)
        if front.gallery == "hide":
            continue
        here, there = builder.get_relative_uri(page, docname), other_output(builder, docname, page=page)
        on_deck = builder.name in DECK_BUILDERS
        found.append(
            Entry(
                cover=cover_of(env, docname),
                title=deck.title or docname,
                slides=deck.count,
                minutes=minutes_of(env, docname),
                tags=front.tags,
                deck=here if on_deck else there,
                article=there if on_deck else here,
                lengths=list_lengths(builder, docname, page),
                hero=draw_hero(env, docname, ON_CARD),
            )
        )
    return found


class GalleryDirective(SphinxDirective):
    """Show a card for each deck of the site, in the order of the table of contents.

    From seven decks on it can be filtered by the ``tags`` of their front matter.
    """

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a node that is filled when it is written, because it is of documents that are read later."""
        domain_of(self.env).galleries.add(self.env.docname)
        return [gallery()]


def write_galleries_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages that show all decks, which any paper may have changed."""
    return sorted(domain_of(env).galleries)


def visit_gallery(self: HTML5Translator, node: gallery) -> None:
    """Write the cards."""
    found = entries(self.builder, self.builder.current_docname)
    tags = sorted({tag for entry in found for tag in entry.tags}) if len(found) >= TAGS_FROM else []
    context: dict[str, Any] = {
        **template_phrases(phrases_of(self.builder.env, self.builder.current_docname)),
        "entries": found,
        "tags": tags,
        "icon": icons.svg,
    }
    self.body.append(self.builder.templates.render("paperdeck/gallery.html", context))
    raise nodes.SkipNode


def skip_gallery(self: nodes.NodeVisitor, node: gallery) -> None:
    """Write nothing: other outputs have the table of contents."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its node."""
    skip = (skip_gallery, None)
    app.add_node(gallery, html=(visit_gallery, None), latex=skip, text=skip, man=skip, texinfo=skip)
    app.add_directive("gallery", GalleryDirective)
    app.connect("env-updated", write_galleries_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
