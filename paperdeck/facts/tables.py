"""The facts of a paper on its page: the table at its foot, what is often told otherwise, and a card for each."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from paperdeck.facts import data
from paperdeck.facts.checked import describe_check
from paperdeck.facts.domain import (
    find_own_ledger,
    get_fact_domain,
    get_folder,
    name_work,
    tell_how_known,
    use_fact,
)
from paperdeck.facts.role import fact_node, make_fact_node
from paperdeck.language import language_of, phrases_of
from paperdeck.ledger import resolving
from paperdeck.ledger.neighbours import find_neighbours
from paperdeck.ledger.reading import Fact, Known
from paperdeck.pictures import icons
from paperdeck.pictures.icons import icon
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides.ids import first_free_id
from paperdeck.slides.node import slide
from paperdeck.slides.notes import article_only
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.ledger.reading import Ledger

WITH_CARDS = ("html", "dirhtml")
"""The builders whose pages hold one document each, so that a fact has one card in a page."""


WIDTH = 24
"""Of a column, in characters; to the builders of plain text alone."""


ICONS = {
    Known.PAPER: "file-text",
    Known.COMPUTED: "scale",
    Known.OURS: "info",
    Known.MEMORY: "info",
    Known.DRAFT: "info",
}


class facts_table(nodes.table):  # noqa: N801 (visitors are found by this name)
    """The facts of a ledger; a table like any other to every builder."""

    tagname = "table"


class departure(article_only):  # noqa: N801
    """What is often told otherwise, at the fact; never spoken."""


class small(nodes.inline):  # noqa: N801
    """A second line in a cell."""


class shared_icon(icon):  # noqa: N801
    """An icon that many lines of a page show, so that its shape stands in the page once."""


class fact_cards(nodes.Element):  # noqa: N801
    """What a page's script shows at each fact; invisible without it."""


def show_fact(env: BuildEnvironment, fact: Fact) -> fact_node:
    """Return a fact as it is written by default."""
    text = fact.shown(language_of(env)) if fact.reported else phrases_of(env).gettext("not reported")
    return make_fact_node(env, fact, text)


def describe_place(env: BuildEnvironment, fact: Fact, paper: str) -> str:
    """Return where a fact stands, in a cell: bare in the paper at hand, with its work elsewhere, or how it came."""
    if fact.working and fact.working != fact.shown():
        return fact.working
    _ = phrases_of(env).gettext
    own = {source.work for source in fact.sources} == {paper}
    cited = [", ".join((*(() if own else (name_work(env, source.work),)), *source.places)) for source in fact.sources]
    return ", ".join(filter(None, ("; ".join(cited), "" if fact.place_checked else _("place not checked"))))


def show_known(env: BuildEnvironment, fact: Fact) -> nodes.inline:
    """Return how a fact is known, beside its icon."""
    how = nodes.Text(tell_how_known(env, fact))
    return nodes.inline("", "", shared_icon(name=ICONS[fact.known]), how, classes=["how"])


def make_cell(*children: nodes.Node, classes: Iterable[str] = ()) -> nodes.entry:
    """Return a cell of a table."""
    return nodes.entry("", nodes.paragraph("", "", *children), classes=[*classes])


def make_second_line(text: str) -> list[nodes.Node]:
    """Return what stands small under the first line of a cell, where there is something."""
    return [nodes.Text(" "), small("", text)] if text else []


def show_check(env: BuildEnvironment, fact: Fact) -> list[nodes.Node]:
    """Return what is said of the check of a fact, small and linked to the page where the paper can be opened there."""
    text, address = describe_check(env, fact)
    if not text:
        return []
    said = nodes.reference("", text, refuri=address) if address else nodes.Text(text)
    return [nodes.Text(" "), small("", "", said)]


def fill_table(node: nodes.table, head: Iterable[nodes.entry], rows: Iterable[nodes.row]) -> None:
    """Give a table its head and rows."""
    titles = [*head]
    group = nodes.tgroup(cols=len(titles))
    group += [nodes.colspec(colwidth=WIDTH) for _title in titles]
    group += nodes.thead("", nodes.row("", *titles))
    group += nodes.tbody("", *rows)
    node += group


def make_table(env: BuildEnvironment, facts: Iterable[Fact]) -> facts_table:
    """Return the table of facts: what each says, its value, its place, how it is known."""
    _ = phrases_of(env).gettext
    paper = FrontMatter.being_read(env).paper

    def row(fact: Fact) -> nodes.row:
        cells = (
            make_cell(nodes.Text(fact.says)),
            make_cell(show_fact(env, fact), classes=["value"]),
            make_cell(nodes.Text(describe_place(env, fact, paper)), *show_check(env, fact), classes=["place"]),
            make_cell(show_known(env, fact)),
        )
        return nodes.row("", *cells, ids=[name_row(fact)])

    titles = (_("What it says"), _("Value"), _("Place"), _("How it is known"))
    head = (make_cell(nodes.Text(title), classes=["value"] if title == _("Value") else []) for title in titles)
    node = facts_table(classes=["facts"])
    fill_table(node, head, map(row, facts))
    return node


def name_row(fact: Fact) -> str:
    """Return the id of a fact's row."""
    return nodes.make_id(f"fact-{fact.name}")


class FactsDirective(SphinxDirective):
    """Print the whole ledger of this folder, or of the folders that are named, as a table.

    It takes the place of the table of the facts that are used, which stands at a paper's foot otherwise.

    Errors: a folder without a ledger.

    Example::

        :::{facts}
        :::
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return one table for each ledger."""
        found: list[nodes.Node] = []
        for name in split_names(self.arguments[0]) if self.arguments else [get_folder(self.env, self.env.docname)]:
            ledger = require_ledger(self, name)
            facts = [use_fact(self.env, self.env.docname, fact.name) for fact in ledger.facts.values()]
            node = make_table(self.env, facts)
            self.set_source_info(node)
            found += [node, data.link_data(self.env, ledger)]
        return found


def split_names(argument: str) -> list[str]:
    """Return the names in a list with commas."""
    return [name for name in re.split(r"[,\s]+", argument) if name]


def require_ledger(directive: SphinxDirective, name: str) -> Ledger:
    """Return the ledger in a folder; raises the directive's error where there is none."""
    ledgers = get_fact_domain(directive.env).ledgers
    if name not in ledgers:
        directive.env.note_reread()
        known = ", ".join(sorted(ledgers)) or "none"
        raise directive.error(f"no folder {name!r} has a facts.yaml; those that have one: {known}")
    return ledgers[name]


class FactsAtFoot(SphinxTransform):
    """A paper with what is often told otherwise noted and collected, and the table of its facts at the foot."""

    default_priority = 829  # before the references (830), which stand last

    def apply(self, **kwargs: Any) -> None:
        """Add notes, sections and cards where facts are used."""
        _ = phrases_of(self.env).gettext
        domain = get_fact_domain(self.env)
        ledger = find_own_ledger(self.env, self.env.docname)
        titles = self.document.findall(nodes.title)
        title = next((title for title in titles if isinstance(title.parent, (nodes.document, nodes.section))), None)
        used = [resolving.find_fact(domain.ledgers, "", name) for name in domain.uses.get(self.env.docname, ())]
        if ledger and used and title is not None:
            order = {name: place for place, name in enumerate(ledger.facts)}
            used.sort(key=lambda fact: order[fact.key] if fact.ledger == ledger.name else len(order))
            departures = [fact for fact in used if fact.differs and fact.ledger == ledger.name]
            self.note(departures)
            if departures:
                title.parent.append(self.departures(departures))
            if not any(self.document.findall(facts_table)):
                section = self.section("the-numbers", _("The numbers"))
                section += nodes.paragraph("", _("Every number above, and where it stands."))
                section += make_table(self.env, used)
                section += data.link_data(self.env, ledger)
                title.parent.append(section)
        if shown := {node["fact"] for node in find_all(self.document, fact_node)}:
            facts = [fact for fact in used if fact.name in shown]
            self.document += fact_cards(cards=[make_card(self.env, fact) for fact in facts])

    def section(self, wanted: str, title: str) -> nodes.section:
        """Return a section with an id that no other part of the document has."""
        section = nodes.section("", nodes.title("", title), ids=[first_free_id(wanted, self.document.ids.keys())])
        self.document.ids[section["ids"][0]] = section
        return section

    def departures(self, facts: Iterable[Fact]) -> nodes.section:
        """Return the section that collects what is often told otherwise."""
        section = self.section("often-told-otherwise", phrases_of(self.env).gettext("Often told otherwise"))
        items = nodes.bullet_list()
        for fact in facts:
            line = nodes.paragraph("", "", nodes.strong("", "", show_fact(self.env, fact)))
            line += nodes.Text(f" {fact.says}. {fact.differs}")
            items += nodes.list_item("", line)
        section += items
        return section

    def note(self, facts: Iterable[Fact]) -> None:
        """Put a note of each departure after the first block of prose that holds the fact, else after its slide."""
        _ = phrases_of(self.env).gettext
        last: dict[nodes.Element, nodes.Element] = {}
        holding: defaultdict[str, list[nodes.Element]] = defaultdict(list)
        for node in find_all(self.document, fact_node):
            holding[node["fact"]].append(find_block(node))
        for fact in facts:
            blocks = holding[fact.name]
            prose = [block for block in blocks if not isinstance(block, (slide, nodes.title))]
            if not blocks:
                continue
            block = (prose or blocks)[0]
            line = nodes.paragraph("", "", nodes.strong("", _("Often told otherwise.")), nodes.Text(f" {fact.differs}"))
            added = departure("", line)
            after = last.get(block, block)
            after.parent.insert(after.parent.index(after) + 1, added)
            last[block] = added


def find_block(node: nodes.Element) -> nodes.Element:
    """Return the block of a section that a node stands in."""
    while not isinstance(node.parent, (nodes.section, nodes.document)):
        node = node.parent
    return node


def make_card(env: BuildEnvironment, fact: Fact) -> dict[str, Any]:
    """Return what a card shows: the value, what it says, and lines of an icon and a text."""
    _ = phrases_of(env).gettext
    lines = [("scale", fact.working)] if fact.working else []
    how = tell_how_known(env, fact)
    for source in fact.sources:
        if source.places:
            icon_name = "table-2" if source.places[0].startswith("Table") else "book-open"
            lines.append((icon_name, ", ".join(source.places)))
        work = name_work(env, source.work)
        lines.append(("file-text", f"{how}: {work}" if fact.known is Known.PAPER else work))
    if not fact.place_checked:
        lines.append(("info", _("place not checked")))
    if fact.known is not Known.PAPER or not fact.sources:
        lines.append((ICONS[fact.known], how))
    table, near = find_neighbours(fact, get_fact_domain(env).ledgers[fact.ledger].facts.values())
    return {
        "name": fact.name,
        "value": fact.shown(),
        "says": fact.says,
        "lines": lines,
        "check": describe_check(env, fact),
        "beside": _("Also in %(table)s") % {"table": table},
        "near": [(other.shown(), other.says) for other in near],
        "differs": fact.differs,
    }


def visit_shared_icon_html(self: HTML5Translator, node: shared_icon) -> None:
    """Draw it, from the shape that the cards of the page bring."""
    self.body.append(use_icon(node["name"]) if self.builder.name in WITH_CARDS else icons.svg(node["name"]))
    raise nodes.SkipNode


def use_icon(name: str) -> str:
    """Return an icon whose shape stands elsewhere in the page."""
    return f'<svg class="paperdeck-icon" width="1em" height="1em" aria-hidden="true"><use href="#icon-{name}"/></svg>'


def visit_fact_cards_html(self: HTML5Translator, node: fact_cards) -> None:
    """Write the cards as templates, and the shapes of all shared icons."""
    if self.builder.name in WITH_CARDS:
        shown = {name for card in node["cards"] for name, _text in card["lines"]}
        shown |= {"search-check" for card in node["cards"] if card["check"].text}
        names = sorted({*ICONS.values(), *shown})
        shapes = [
            icons.svg(name).replace("<svg", f'<symbol id="icon-{name}"').replace("</svg>", "</symbol>")
            for name in names
        ]
        context = {"cards": node["cards"], "shapes": shapes, "icon": use_icon}
        self.body.append(self.builder.templates.render("paperdeck/cards.html", context))
    raise nodes.SkipNode


def visit_departure_html(self: HTML5Translator, node: departure) -> None:
    """Open a note."""
    self.body.append(self.starttag(node, "div", CLASS="differs"))


def depart_departure_html(self: HTML5Translator, node: departure) -> None:
    """Close it."""
    self.body.append("</div>\n")


def visit_small_html(self: HTML5Translator, node: small) -> None:
    """Open a second line."""
    self.body.append("<small>")


def depart_small_html(self: HTML5Translator, node: small) -> None:
    """Close it."""
    self.body.append("</small>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes, directive and the transform."""
    app.add_node(facts_table)
    app.add_node(shared_icon, html=(visit_shared_icon_html, None))
    app.add_node(departure, html=(visit_departure_html, depart_departure_html))
    app.add_node(small, html=(visit_small_html, depart_small_html))
    data.add_to_articles(app, fact_cards, visit_fact_cards_html)
    app.add_directive("facts", FactsDirective)
    app.add_transform(FactsAtFoot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
