"""A paper into a deck: the tree of cover, slides and sources, with notes, footers and links to the article."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, TypeGuard, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_revealjs.nodes import revealjs_slide

from paperdeck.addresses import DECK_BUILDERS, other_output, public_article, root_from
from paperdeck.config import Config
from paperdeck.deck import qr
from paperdeck.deck.hero import ON_COVER, draw_hero
from paperdeck.deck.sources import deck_sources, list_sources, name_places
from paperdeck.language import phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.works import find_work
from paperdeck.slides.arrangement import is_seen
from paperdeck.slides.layouts import DENSE_WORDS, LIGHT_ITEMS, LIGHT_LETTERS, LIGHT_WORDS
from paperdeck.slides.markup import join_markup
from paperdeck.slides.node import content_of, layout_of, slide, title_of
from paperdeck.slides.notes import assign_notes, copy_for_note, speaker_notes
from paperdeck.slides.options import LOCAL_FILES
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.deck.builder import DeckBuilder
    from paperdeck.site.decks import Deck


class deck_cover(nodes.Element):  # noqa: N801 (visitors are found by this name)
    """The first slide: made from the bibliography entry and the front matter."""


class deck_closing(nodes.Element):  # noqa: N801
    """What the talk ends with, made from the front matter: one sentence, up to three numbers, the address."""


class deck_stack(nodes.Element):  # noqa: N801
    """A slide with its details below it."""


class deck_notes(nodes.Element):  # noqa: N801
    """What the speaker says at a slide."""


class deck_footer(nodes.Element):  # noqa: N801
    """The places that a slide's numbers come from, and the link to its section of the article."""


def choose_fill(node: slide) -> str:
    """Return how full a slide is by its words: ``light``, ``dense``, or empty for neither."""
    layout, content = layout_of(node), content_of(node)
    said = [part.astext() for part in content.findall(nodes.paragraph)]
    words = sum(len(text.split()) for text in said)
    if layout.dense_letters:
        letters = sum(map(len, said)) or len(title_of(node).astext())
        return "dense" if letters > layout.dense_letters else ""
    if layout.dense and words > DENSE_WORDS:
        return "dense"
    columns = [part for part in content if isinstance(part, nodes.container) and "paperdeck-text" in part["classes"]]
    read = columns[0] if columns else content
    items = sum(1 for _ in read.findall(nodes.list_item))
    lists_alone = all(isinstance(child, (nodes.bullet_list, nodes.enumerated_list, nodes.paragraph)) for child in read)
    few = words <= LIGHT_WORDS
    if columns:
        few = len(read.astext()) <= LIGHT_LETTERS and not node["columns"]
    return "light" if layout.light and lists_alone and few and items <= LIGHT_ITEMS else ""


def find_section(node: nodes.Node) -> str:
    """Return the id of the section that a node stands in; empty where there is none."""
    above: nodes.Element | None = node.parent
    while above is not None and not isinstance(above, nodes.section):
        above = above.parent
    return above["ids"][0] if above is not None and above["ids"] else ""


def collect_numbers(env: BuildEnvironment, docname: str, document: nodes.document) -> dict[str, str]:
    """Return the number of each figure, table, listing and equation of a document by its id."""
    numbers = {
        name: ".".join(map(str, number))
        for kind in env.toc_fignumbers.get(docname, {}).values()
        for name, number in kind.items()
    }
    for equation in find_all(document, nodes.math_block):
        if equation.get("number"):
            numbers |= dict.fromkeys(equation["ids"], str(equation["number"]))
    return numbers


def format_time(seconds: int) -> str:
    """Return a length of time as a speaker reads it: “3 min 20 s”."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def speaking_time(words: int, words_per_minute: int) -> int:
    """Return how many seconds a number of words takes."""
    return round(words * 60 / words_per_minute)


def mark_referred(shown: Iterable[nodes.Element]) -> None:
    """Mark what the audience sees and is referred to by its number."""
    shown = list(shown)
    names = {link.get("refid") for part in shown for link in part.findall(nodes.reference)}
    for part in shown:
        for node in part.findall(nodes.Element):
            if not names.isdisjoint(node["ids"]):
                node["referred"] = True


def mark_details(parts: Sequence[nodes.Element]) -> None:
    """Let the footer of a slide say how many details stand below it."""
    for stack in parts:
        if isinstance(stack, deck_stack):
            details = [part for part in stack[1:] if isinstance(part, slide)]
            for footer in stack[0].findall(deck_footer) if details else ():
                footer["details"] = len(details)
                footer["below"] = details[0]["ids"][0]


def mark_progress(parts: Sequence[nodes.Element], deck: Deck) -> None:
    """Tell each part of a deck how much of the talk's time is over when it is said, from 0 to 1.

    A detail and what stands after the talk take no time. Where no note says anything, every slide takes as long.
    """
    words = {item.id: item.words if deck.spoken_words else 1 for item in deck.slides if not item.detail}
    opening = deck.opening_words
    whole = opening + sum(words.values())
    said = 0
    for above in parts:
        for part in above.children if isinstance(above, deck_stack) else [above]:
            assert isinstance(part, nodes.Element)
            said += opening if isinstance(part, deck_cover) else words.get(part["ids"][0], 0)
            part["progress"] = f"{said / whole:.4g}" if whole else "0"


class SlidesAlone(SphinxPostTransform):
    """The deck's tree: cover, slides, sources, each with its notes; nothing else of the article.

    Warns ``paperdeck.timing``: the notes take longer than the front matter's ``minutes``, or those of a shorter talk
    longer than it is.
    """

    builders = DECK_BUILDERS
    # after references (10), ``only`` (50) and pictures (100-210), which need the whole tree
    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        """Rebuild the document; one without slides is left as it is."""
        self.docname = self.env.docname
        deck = decks(self.env).get(self.docname)
        if deck is None:
            return
        self.front = FrontMatter.of(self.env, self.docname)
        self.work = find_work(self.env, self.front.paper) if self.front.paper else None
        notes, opening = assign_notes(self.document)
        numbers, phrases = collect_numbers(self.env, self.docname, self.document), phrases_of(self.env)
        parts: list[nodes.Element] = [self.cover(deck)]
        parts[0] += self.note(copy_for_note(opening, numbers, phrases))
        footnotes = {name: note for note in find_all(self.document, nodes.footnote) for name in note["ids"]}
        for footnote in dict.fromkeys(footnotes.values()):
            footnote.parent.remove(footnote)  # or one written on a slide would stand there twice
        for node in find_all(self.document, slide):
            self.complete(node, copy_for_note(notes[node["ids"][0]], numbers, phrases), footnotes)
            if node["detail"]:
                if not isinstance(parts[-1], deck_stack):
                    parts.append(deck_stack("", parts.pop()))
                parts[-1] += node
            else:
                parts.append(node)
        shown = [part for node in find_all(self.document, slide) for part in (title_of(node), content_of(node))]
        sources = self.sources(shown)
        for minutes in deck.lengths:
            chosen = [part for part in shown if minutes in part.parent.get("cuts", ())]
            self.document[f"sources-{minutes}"] = self.sources(chosen)
        end: list[nodes.Element] = [*self.closing(), *sources]
        parts += [deck_stack("", *end)] if len(end) > 1 else end
        mark_referred(shown)
        mark_details(parts)
        mark_progress(parts, deck)
        settings = find_all(self.document, revealjs_slide)  # read again where the page is written
        self.document.children = []
        self.document.extend([*settings, *parts])
        self.redirect(deck.ids)
        self.check_minutes(deck)

    def note(self, blocks: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Return a note, where there is something to say."""
        return [deck_notes("", *blocks)] if blocks else []

    def complete(self, node: slide, said: Sequence[nodes.Node], footnotes: dict[str, nodes.footnote]) -> None:
        """Give a slide its fill, its fragments, its footnotes, its footer and its note."""
        for own in list(node.findall(speaker_notes)):
            own.parent.remove(own)
        node["fill"] = choose_fill(node)
        node["bare"] = not any(map(is_seen, content_of(node)))
        node["section"] = find_section(node)
        if node["incremental"]:
            content = content_of(node)
            join_markup(content)
            items: list[nodes.Node] = [*content.findall(nodes.list_item)] or content.children
            for item in filter(is_element, items):
                item["classes"].append("fragment")
        self.add_footnotes(node, footnotes)
        for name in LOCAL_FILES:
            path = node["reveal"].get(f"data-{name}", "")
            if path in self.env.images:
                builder_of(self.env).images[path] = self.env.images[path][1]
        if node["layout"] != "question":
            node += deck_footer(
                "",
                article=other_output(builder_of(self.env), self.docname, node["section"]),
                places=name_places(self.env, self.docname, node, self.front.paper),
                short=self.front.short,
            )
        node += self.note(said)

    def add_footnotes(self, node: slide, footnotes: dict[str, nodes.footnote]) -> None:
        """Put copies of the footnotes that a slide refers to on the slide, ids and all made its own."""
        mine: dict[str, nodes.footnote] = {}
        references = list(node.findall(nodes.footnote_reference))
        for reference in references:  # which grows: a footnote may refer to another
            name = reference.get("refid", "")
            if name not in footnotes:
                continue
            reference["refid"] = f"{node['ids'][0]}-{name}"
            if name not in mine:
                mine[name] = footnotes[name].deepcopy()
                for part in mine[name].findall(nodes.Element):
                    part["ids"] = [f"{node['ids'][0]}-{own}" for own in part["ids"]]
                references += mine[name].findall(nodes.footnote_reference)
        # in a split slide the notes stand under the text, not as a third column
        text = next(
            (part for part in content_of(node) if is_element(part) and "paperdeck-text" in part["classes"]),
            content_of(node),
        )
        for name, footnote in mine.items():
            footnote["ids"] = [f"{node['ids'][0]}-{name}"]
            footnote["backrefs"] = [
                ref for reference in references if reference["refid"] in footnote["ids"] for ref in reference["ids"]
            ]
            text.append(footnote)

    def sources(self, shown: Sequence[nodes.Element]) -> list[deck_sources]:
        """Return the slides that say where the numbers of what is shown stand."""
        return list_sources(
            self.env,
            self.docname,
            shown,
            paper=self.front.paper,
            work=self.work,
            short=self.front.short,
            article=other_output(builder_of(self.env), self.docname),
            code=self.code(),
        )

    def cover(self, deck: Deck) -> deck_cover:
        """Return the cover: what the bibliography says, else what the front matter says."""
        return deck_cover(
            "",
            ids=["cover"],
            name=self.front.short or deck.title or self.docname,
            summary=self.front.summary,
            hero=draw_hero(self.env, self.docname, ON_COVER),
            timing=speaking_time(deck.opening_words, Config.of(self.config).words_per_minute),
            **self.imprint(),
        )

    def closing(self) -> list[deck_closing]:
        """Return the slide that the talk ends with, where the front matter says what it leaves."""
        if not self.front.closing:
            return []
        says, numbers = self.front.closing, self.front.numbers
        return [deck_closing("", ids=["closing"], says=says, numbers=numbers, **self.imprint())]

    def imprint(self) -> dict[str, str | None]:
        """Return what cover and closing say of the work, the people and the article."""
        front, work = self.front, self.work
        return {
            "title": work.title if work else "",
            "people": work.authors_text(3) if work else front.presenter,
            "when": work.when if work else front.date,
            "presented": ", ".join(filter(None, (front.presenter, front.date))) if work else "",
            "article": other_output(builder_of(self.env), self.docname),
            "qr": self.code(),
        }

    def code(self) -> str:
        """Return the QR code of the article; empty where the site's address is not known."""
        address = public_article(builder_of(self.env), self.docname)
        return qr.svg(address) if address else ""

    def redirect(self, on_slides: Set[str]) -> None:
        """Send links whose target is on no slide to the article."""
        builder = cast("DeckBuilder", builder_of(self.env))
        here = posixpath.dirname(builder.get_target_uri(self.docname))
        for link in find_all(self.document, nodes.reference):
            if anchor := link.get("refid"):
                if anchor not in on_slides:
                    del link["refid"]
                    link["refuri"] = other_output(builder, self.docname, anchor)
                continue
            if not link.get("internal"):
                continue
            path, _, anchor = link["refuri"].partition("#")
            target = posixpath.normpath(posixpath.join(here, path)) if path else ""
            name = self.docname if not path else builder.documents.get("" if target == "." else target)
            if name is None:  # an index of a domain: there is one in the article alone
                page = f"{root_from(builder, self.docname)}{target}" + "/" * path.endswith("/")
                link["refuri"] = page + (f"#{anchor}" if anchor else "")
            elif not anchor or name not in decks(self.env) or anchor not in decks(self.env)[name].ids:
                link["refuri"] = other_output(builder, name, anchor, page=self.docname)

    def check_minutes(self, deck: Deck) -> None:
        """Warn where the notes of the counted slides and the cover take longer than the talk."""
        rate = Config.of(self.config).words_per_minute
        words = deck.spoken_words
        if self.front.minutes and speaking_time(words, rate) > self.front.minutes * 60:
            warn(
                Subtype.TIMING,
                "the notes take %s at %d words a minute, the front matter says %d minutes; "
                "shorten the prose of its sections, put what is only read into {article-only}, or set `minutes`",
                format_time(speaking_time(words, rate)),
                rate,
                self.front.minutes,
                location=self.docname,
            )
        for minutes in deck.lengths:
            seconds = speaking_time(deck.cut(minutes).spoken_words, rate)
            if seconds > minutes * 60:
                warn(
                    Subtype.TIMING,
                    "the notes of the talk of %d minutes take %s at %d words a minute; "
                    "take `:cut: %d` from one of its slides, or shorten the prose of their sections",
                    minutes,
                    format_time(seconds),
                    rate,
                    minutes,
                    location=self.docname,
                )


def is_element(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Tell whether a node has attributes."""
    return isinstance(node, nodes.Element)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(SlidesAlone)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
