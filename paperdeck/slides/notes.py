"""What the speaker says: ``speaker-notes``, and the article's prose that becomes a slide's note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from paperdeck.language import ENGLISH, phrases_of
from paperdeck.slides.arrangement import is_picture
from paperdeck.slides.node import find_slide, slide
from paperdeck.slides.numbering import on_deck, warn_outside
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from gettext import NullTranslations
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

Notes = dict[str, list[nodes.Node]]
"""The id of a slide to the blocks its speaker says, still in their places in the document."""


class speaker_notes(nodes.container):  # noqa: N801 (visitors are found by this name)
    """What the speaker says at a slide, in the place of the section's prose."""


class article_only(nodes.container):  # noqa: N801
    """Prose that is read and never spoken."""


class SpeakerNotesDirective(SphinxDirective):
    """Say this at the slide it stands in, in the place of the section's prose; folded away in the article.

    Errors: no content. Warns ``paperdeck.slide``: outside a slide.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        if not self.content:
            raise self.error("speaker-notes say nothing; write what the speaker says, or take them away")
        node = speaker_notes("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        return [node]


class ArticleOnlyDirective(SphinxDirective):
    """Keep prose out of the speaker's notes.

    Errors: no content.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the prose, marked."""
        if not self.content:
            raise self.error("article-only holds nothing; write the prose that is not spoken, or take it away")
        node = article_only("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        return [node]


def assign_notes(document: nodes.document) -> tuple[Notes, list[nodes.Node]]:
    """Tell which of a document's prose is said at which slide.

    A section's prose before its first slide is said at that slide, what follows a slide at that one, up to the next
    slide or heading. What stands between the title and the first slide or heading is said at the cover.
    ``speaker-notes`` on a slide replace all that.

    :return: for the id of each slide its blocks, and the blocks of the cover
    """
    said: Notes = {}
    opening: list[nodes.Node] = []

    def blocks_of(section: nodes.Element) -> Iterator[nodes.Node]:
        for child in section:
            # while reading, ``only`` still stands around what is for one output
            if not isinstance(child, addnodes.only):
                yield child
            elif on_deck(child):
                yield from blocks_of(child)

    def walk(section: nodes.Element, waiting: list[nodes.Node]) -> None:
        current = waiting
        for child in blocks_of(section):
            if isinstance(child, slide):
                here = said.setdefault(child["ids"][0], [])
                if current is waiting and waiting is not opening:
                    here.extend(waiting)
                current = here
            elif isinstance(child, nodes.section):
                # the first section is the document, whose title the cover shows
                walk(child, opening if section is document and not said else [])
                current = []
            else:
                current.append(child)

    walk(document, opening)
    for node in find_all(document, slide):
        blocks = said.setdefault(node["ids"][0], [])
        if own := list(node.findall(speaker_notes)):
            blocks[:] = own
    return said, opening


def count_words(blocks: Iterable[nodes.Node]) -> int:
    """Return how many words are said in these blocks."""
    return count_words_in(" ".join(block.astext() for block in copy_for_note(blocks)))


def count_words_in(text: str) -> int:
    """Return how many words a text has; of scripts without spaces, two characters are a word."""
    spaced, dense = re.subn(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]", " ", text)
    words = [word for word in re.split(r"[\s—–…]+", spaced) if any(map(str.isalnum, word))]
    return len(words) + (dense + 1) // 2


KEPT = (nodes.paragraph, nodes.line_block, nodes.doctest_block, nodes.term)
TAKEN_APART = (
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    nodes.definition_list_item,
    nodes.definition,
    nodes.list_item,
    nodes.block_quote,
)
UNSAID = (
    article_only,
    slide,
    nodes.footnote,
    nodes.citation,
    nodes.target,
    nodes.transition,
    nodes.Invisible,
    nodes.system_message,
    nodes.raw,
    nodes.rubric,
    nodes.title,
    nodes.docinfo,
    nodes.field_list,
    addnodes.toctree,
    addnodes.index,
    addnodes.highlightlang,
)


def copy_for_note(
    blocks: Iterable[nodes.Node], numbers: dict[str, str] | None = None, phrases: NullTranslations = ENGLISH
) -> list[nodes.Node]:
    """Return copies of blocks as a note holds them: no id, no fragment, “(Figure 3)” for what is shown.

    :param numbers: the number of each figure, table, listing and equation by its id
    :param phrases: our words in the language of the document
    """
    copier = _NoteCopier(numbers or {}, phrases)
    return [copy for block in blocks for copy in copier.copy_block(block)]


@dataclass(frozen=True)
class _NoteCopier:
    """Copies blocks of a document for a note; see ``copy_for_note``."""

    numbers: dict[str, str]
    phrases: NullTranslations

    def copy_block(self, block: nodes.Node) -> Iterator[nodes.Node]:
        """Yield what stands for one block."""
        if isinstance(block, nodes.Text):
            if block.strip():
                yield nodes.paragraph("", block.astext())
            return
        assert isinstance(block, nodes.Element)
        if is_unsaid(block):
            return
        if kind := self.kind_of_picture(block):
            yield self.point_at(kind, block)
        elif isinstance(block, KEPT):
            yield copy_paragraph(block)
        elif isinstance(block, TAKEN_APART):
            yield from self.copy_parts(block)
        elif isinstance(block, nodes.TextElement) and not isinstance(block, nodes.Admonition):
            # who said a quote, the signature of a function
            if block.astext():
                yield nodes.paragraph("", "", *copy_paragraph(block).children)
        else:  # an admonition, a container, a tab: what is said in it
            for child in block:
                if not isinstance(child, nodes.title):
                    yield from self.copy_block(child)

    def copy_parts(self, block: nodes.Element) -> Iterator[nodes.Element]:
        """Yield a list or quote with what is said in it; nothing where nothing is."""
        copy = block.copy()
        remove_marks(copy)
        copy.extend(part for child in block for part in self.copy_block(child))
        if len(copy):
            yield copy

    def kind_of_picture(self, block: nodes.Element) -> str:
        """Return what the audience sees in a block, in the reader's language; empty where it sees no picture."""
        _ = self.phrases.gettext
        if isinstance(block, nodes.math_block):
            return _("Equation")
        if isinstance(block, nodes.table):
            return _("Table")
        if isinstance(block, nodes.literal_block) or "literal-block-wrapper" in block["classes"]:
            return _("Listing")
        images = isinstance(block, nodes.paragraph) and all(isinstance(child, nodes.image) for child in block)
        return _("Figure") if (images and len(block)) or is_picture(block) else ""

    def point_at(self, kind: str, block: nodes.Element) -> nodes.paragraph:
        """Return what stands for something the audience sees: “(Figure 3)”."""
        names = (*block["ids"], *(block.parent["ids"] if block.parent is not None else ()))
        number = next((self.numbers[name] for name in names if name in self.numbers), "")
        number = number or str(block.get("number") or "")  # of an equation
        text = f"({kind} {number})" if number else f"({kind})"
        return nodes.paragraph("", "", nodes.inline(text, text, classes=["shown"]))


def is_unsaid(block: nodes.Element) -> bool:
    """Tell whether nothing of a block is said."""
    if isinstance(block, addnodes.only):
        return not on_deck(block)
    return isinstance(block, UNSAID) or "contents" in block["classes"]


def remove_marks(node: nodes.Element) -> None:
    """Take away what must not stand twice in a page, and what would cost a dead click."""
    for name in ("ids", "names", "dupnames", "backrefs"):
        node[name] = []
    node["classes"] = [name for name in node["classes"] if name != "fragment"]
    for name in ("fragments", "fragment_start"):
        node.attributes.pop(name, None)


def copy_paragraph(block: nodes.Element) -> nodes.Element:
    """Return a copy of a paragraph without ids, targets, footnote marks and pictures."""
    copy = block.deepcopy()
    remove_marks(copy)
    for part in list(copy.findall(nodes.Element)):
        remove_marks(part)
        kept: list[nodes.Node]
        if isinstance(part, nodes.image):
            kept = [nodes.Text(part.get("alt", ""))]
        elif isinstance(part, nodes.target):
            kept = part.children
        elif isinstance(part, (nodes.footnote_reference, nodes.Invisible, addnodes.index)):
            kept = []
        else:
            continue
        place = part.parent.index(part)
        part.parent[place : place + 1] = kept
    return copy


class PlacedNotes(SphinxTransform):
    """``speaker-notes`` on slides alone; warns ``paperdeck.slide`` of one that is on none."""

    default_priority = 841  # beside NumberedSlides

    def apply(self, **kwargs: Any) -> None:
        """Warn of each that is out of place."""
        for node in find_all(self.document, speaker_notes):
            if not find_slide(node):
                warn_outside("speaker-notes", node)


def visit_speaker_notes_docs(self: HTML5Translator, node: speaker_notes) -> None:
    """Open what is folded away."""
    _ = phrases_of(self.builder.env, self.builder.current_docname).gettext
    summary = self.encode(_("What the speaker says"))
    self.body.append(self.starttag(node, "details", CLASS="speaker-notes"))
    self.body.append(f"<summary>{summary}</summary>\n")


def depart_speaker_notes_docs(self: HTML5Translator, node: speaker_notes) -> None:
    """Close it."""
    self.body.append("</details>\n")


def visit_article_only_docs(self: HTML5Translator, node: article_only) -> None:
    """Nothing: in the article it is prose like any other."""


def depart_article_only_docs(self: HTML5Translator, node: article_only) -> None:
    """Nothing to close."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes and directives."""
    app.add_node(speaker_notes, html=(visit_speaker_notes_docs, depart_speaker_notes_docs))
    app.add_node(article_only, html=(visit_article_only_docs, depart_article_only_docs))
    app.add_directive("speaker-notes", SpeakerNotesDirective)
    app.add_directive("article-only", ArticleOnlyDirective)
    app.add_transform(PlacedNotes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
