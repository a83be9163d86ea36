"""What the site knows of each deck: its slides, their ids and how long their notes are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain

from paperdeck.site.titles import read_heading
from paperdeck.slides.node import read_title, slide
from paperdeck.slides.notes import assign_notes, count_words
from paperdeck.trees import document_title, find_all

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils.nodes import reference
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

Numbers = dict[str, dict[str, dict[str, tuple[int, ...]]]]
"""Document, kind and id to the number of a figure, table or listing."""


@dataclass(frozen=True)
class Slide:
    """What other pages need to know of a slide."""

    number: int
    """From 1; a detail has the number of the slide it goes with."""
    id: str
    title: str
    detail: bool
    words: int
    """How many words its note has."""
    ids: frozenset[str]
    """Every id on the slide, its own among them: what a link on the deck can reach."""
    cuts: tuple[int, ...] = ()
    """In which shorter talks it is, by their minutes; a detail goes with its slide."""


@dataclass(frozen=True)
class Deck:
    """The slides of one document, in order, details among them."""

    title: str
    slides: tuple[Slide, ...]
    opening_words: int
    """How many words the note of the cover has."""

    @property
    def count(self) -> int:
        """How many slides are counted."""
        return sum(not item.detail for item in self.slides)

    @property
    def spoken_words(self) -> int:
        """How many words are said in all; details are for questions."""
        return self.opening_words + sum(item.words for item in self.slides if not item.detail)

    @property
    def lengths(self) -> list[int]:
        """The minutes of the shorter talks that slides are marked for, in order."""
        return sorted({minutes for item in self.slides for minutes in item.cuts})

    def cut(self, minutes: int) -> Deck:
        """Return the deck of a shorter talk."""
        return replace(self, slides=tuple(item for item in self.slides if minutes in item.cuts))

    @property
    def ids(self) -> Set[str]:
        """Every id that stands on a slide."""
        return frozenset().union(*(item.ids for item in self.slides))


class DeckDomain(Domain):
    """Which documents are decks, and what is on their slides."""

    name = "paperdeck"
    label = "paperdeck"
    data_version = 5
    initial_data: ClassVar[dict[str, Any]] = {"decks": {}, "heroes": {}, "galleries": set(), "numbers": {}}

    @property
    def decks(self) -> dict[str, Deck]:
        """Document name to deck."""
        decks: dict[str, Deck] = self.data["decks"]
        return decks

    @property
    def heroes(self) -> dict[str, nodes.Element]:
        """Document name to the figure whose chart stands for it, drawn on other pages without its whole tree."""
        return cast("dict[str, nodes.Element]", self.data["heroes"])

    @property
    def galleries(self) -> set[str]:
        """The documents that show all decks."""
        return cast("set[str]", self.data["galleries"])

    @property
    def site_numbers(self) -> Numbers:
        """The numbers that Sphinx gave to figures, where we put others in their place."""
        return cast("Numbers", self.data["numbers"])

    @site_numbers.setter
    def site_numbers(self, numbers: Numbers) -> None:
        self.data["numbers"] = numbers

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.decks.pop(docname, None)
        self.heroes.pop(docname, None)
        self.galleries.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.decks.update({name: deck for name, deck in otherdata["decks"].items() if name in docnames})
        self.heroes.update({name: hero for name, hero in otherdata["heroes"].items() if name in docnames})
        self.galleries.update(otherdata["galleries"] & set(docnames))

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, reference]]:
        """Return nothing: a slide is found by its label, which the standard domain has."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the deck of a document that was read."""
        if deck := describe(document):
            self.decks[docname] = deck


def domain_of(env: BuildEnvironment) -> DeckDomain:
    """Return our domain."""
    return cast("DeckDomain", env.domains["paperdeck"])


def decks(env: BuildEnvironment) -> dict[str, Deck]:
    """Return the decks of the site by document name."""
    return domain_of(env).decks


def describe(document: nodes.document) -> Deck | None:
    """Return what other pages need to know of a document's slides; None where there are none."""
    found = find_all(document, slide)
    if not found:
        return None
    notes, opening = assign_notes(document)
    title = document_title(document)
    return Deck(
        title="" if title is None else read_heading(title),
        slides=tuple(
            Slide(
                number=node["number"],
                id=node["ids"][0],
                title=read_title(node),
                detail=node["detail"],
                words=count_words(notes[node["ids"][0]]),
                ids=frozenset(name for part in node.findall(nodes.Element) for name in part["ids"]),
                cuts=node.get("cuts", ()),
            )
            for node in found
        ),
        opening_words=count_words(opening),
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain."""
    app.add_domain(DeckDomain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
