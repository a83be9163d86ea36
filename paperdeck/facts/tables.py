"""The facts of a paper on its page: the table at its foot, what is often told otherwise, and a card for each."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from paperdeck.facts import data
from paperdeck.facts.checked import describe_check
from paperdeck.facts.domain import (
    compare_paper,
    explain_misnamed,
    find_own_ledger,
    get_fact_domain,
    get_folder,
    is_in_paper,
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

    from paperdeck.ledger.reading import Ledger

WITH_CARDS = ("html", "dirhtml")
"""The builders whose pages hold one document each, so that a fact has one card in a page."""


WIDTH = 24
"""Of a column, in characters; to the builders of plain text alone."""

SENTENCE = 30
"""How many letters words have at least that ask for more room than a number."""

FOUND = "search-check"
"""The icon of what a program found in a paper's own text."""

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


class cited_work(nodes.inline):  # noqa: N801
    """A work beside a place, by its name; ``key`` is what the bibliography calls it."""


class mark(nodes.inline):  # noqa: N801
    """Words that a page shows as an ``icon``, with a ``brief`` text beside it or none."""


class facts_legend(nodes.paragraph):  # noqa: N801
    """What the marks of a table mean."""

    tagname = "paragraph"


class facts_hint(nodes.inline):  # noqa: N801
    """What a number does in the text, on the pages where it does so."""


class shared_icon(icon):  # noqa: N801
    """An icon that many lines of a page show, so that its shape stands in the page once."""


class fact_cards(nodes.Element):  # noqa: N801
    """What a page's script shows at each fact; invisible without it."""


def show_fact(env: BuildEnvironment, fact: Fact) -> fact_node:
    """Return a fact as it is written by default."""
    text = fact.shown(language_of(env)) if fact.reported else phrases_of(env).gettext("not reported")
    return make_fact_node(env, fact, text)


def explain_dots(env: BuildEnvironment) -> str:
    """Return what the dots under a number in the text mean."""
    return phrases_of(env).gettext("A number with dots under it opens its source.")


def show_place(env: BuildEnvironment, fact: Fact, paper: str) -> list[nodes.Node]:
    """Return where a fact stands, in a cell: bare in the paper at hand, with its work elsewhere, or how it came."""
    if fact.working and fact.working != fact.shown():
        return [nodes.Text(fact.working)]
    shown: list[nodes.Node] = []
    own = {source.work for source in fact.sources} == {paper}
    for source in fact.sources:
        shown += [nodes.Text("; ")] if shown else []
        shown += [] if own else [cited_work("", name_work(env, source.work), key=source.work)]
        if source.places:
            shown.append(nodes.Text(("" if own else ", ") + ", ".join(source.places)))
    if not fact.place_checked:
        shown.append(nodes.Text((", " if shown else "") + phrases_of(env).gettext("place not checked")))
    return shown


def describe_place(env: BuildEnvironment, fact: Fact, paper: str) -> str:
    """Return where a fact stands, in a cell, as text alone."""
    return "".join(part.astext() for part in show_place(env, fact, paper))


def show_known(env: BuildEnvironment, fact: Fact) -> nodes.inline:
    """Return how a fact is known, beside its icon; the icon alone where it stands in the paper, as most do."""
    how = tell_how_known(env, fact)
    if is_in_paper(fact):
        return mark(how, how, icon=ICONS[fact.known], brief="")
    return nodes.inline("", "", shared_icon(name=ICONS[fact.known]), nodes.Text(how), classes=["how"])


def make_cell(*children: nodes.Node, classes: Iterable[str] = ()) -> nodes.entry:
    """Return a cell of a table."""
    return nodes.entry("", nodes.paragraph("", "", *children), classes=[*classes])


def make_second_line(text: str) -> list[nodes.Node]:
    """Return what stands small under the first line of a cell, where there is something."""
    return [nodes.Text(" "), small("", text)] if text else []


def show_check(env: BuildEnvironment, fact: Fact) -> list[nodes.Node]:
    """Return what is said of the check of a fact: a mark where it was found, linked to its page, and else words."""
    check = describe_check(env, fact)
    if not check.is_found:
        return make_second_line(check.text)
    brief = phrases_of(env).gettext("p. %d") % check.page if check.page else ""
    found = mark(check.text, check.text, icon=FOUND, brief=brief)
    return [nodes.Text(" "), nodes.reference("", "", found, refuri=check.address) if check.address else found]


def fill_table(node: nodes.table, head: Iterable[nodes.entry], rows: Iterable[nodes.row]) -> None:
    """Give a table its head and rows."""
    titles = [*head]
    group = nodes.tgroup(cols=len(titles))
    group += [nodes.colspec(colwidth=WIDTH) for _title in titles]
    group += nodes.thead("", nodes.row("", *titles))
    group += nodes.tbody("", *rows)
    node += group


def make_table(env: BuildEnvironment, ledger: Ledger, facts: Iterable[Fact]) -> facts_table:
    """Return the table of facts: what each says, its value, its place, how it is known.

    Those of other ledgers than ``ledger`` stand below it, under the name of their paper.
    """
    _ = phrases_of(env).gettext
    titles = (_("What it says"), _("Value"), _("Place"), _("How it is known"))
    head = (make_cell(nodes.Text(title), classes=["value"] if title == _("Value") else []) for title in titles)
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.ledger].append(fact)
    rows = [make_row(env, fact) for fact in groups.pop(ledger.name, ())]
    for name, borrowed in groups.items():
        rows += [make_group(env, name, len(titles)), *(make_row(env, fact, borrowed=True) for fact in borrowed)]
    node = facts_table(classes=["facts"])
    fill_table(node, head, rows)
    return node


def make_row(env: BuildEnvironment, fact: Fact, *, borrowed: bool = False) -> nodes.row:
    """Return the row of a fact; one that is borrowed leads to its row in the table of its own paper."""
    says: nodes.Node = nodes.Text(fact.says)
    if borrowed:
        says = addnodes.pending_xref("", says, refdomain="facts", reftype="row", reftarget=fact.name)
    else:
        get_fact_domain(env).rows.setdefault(env.docname, {})[fact.name] = name_row(fact)
    value = show_fact(env, fact)
    kinds = {"words": fact.value is None, "sentence": fact.value is None and len(value.astext()) >= SENTENCE}
    place = show_place(env, fact, FrontMatter.being_read(env).paper)
    cells = (
        make_cell(says),
        make_cell(value, classes=["value", *(name for name, holds in kinds.items() if holds)]),
        make_cell(*place, *show_check(env, fact), classes=["place"]),
        make_cell(show_known(env, fact), classes=["known"]),
    )
    return nodes.row("", *cells, ids=[name_row(fact)])


def make_group(env: BuildEnvironment, ledger: str, width: int) -> nodes.row:
    """Return the row above the facts of another paper, which names it and leads there.

    :param width: how many columns the table has; the cells are empty, for not every builder can join them
    """
    paper = compare_paper(env, env.docname, ledger)
    name = nodes.inline("", paper.short or ledger)
    link = addnodes.pending_xref(
        "", name, refdomain="std", reftype="doc", reftarget=f"/{paper.docname}", refexplicit=True, refdoc=env.docname
    )
    before, _name, after = phrases_of(env).gettext("Numbers of %s").partition("%s")
    first = make_cell(nodes.Text(before), link, nodes.Text(after))
    return nodes.row("", first, *(make_cell() for _column in range(width - 1)), classes=["group"])


def make_legend(env: BuildEnvironment, table: facts_table) -> list[facts_legend]:
    """Return what the marks of a table mean; nothing where it has none."""
    _ = phrases_of(env).gettext
    says = {ICONS[Known.PAPER]: _("in the paper"), FOUND: _("found in the paper’s text")}
    shown = {node["icon"] for node in table.findall(mark)}
    told = [
        nodes.inline("", "", shared_icon(name=name), nodes.Text(text)) for name, text in says.items() if name in shown
    ]
    return [facts_legend("", "", *told, classes=["facts-legend"])] if told else []


def show_facts(env: BuildEnvironment, ledger: Ledger, facts: Iterable[Fact]) -> list[nodes.Element]:
    """Return a table of facts, what its marks mean before it, and the same as data below it."""
    table = make_table(env, ledger, facts)
    return [*make_legend(env, table), table, data.link_data(env, ledger)]


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
            shown = show_facts(self.env, ledger, facts)
            for node in shown:
                self.set_source_info(node)
            found += shown
        return found


def split_names(argument: str) -> list[str]:
    """Return the names in a list with commas."""
    return [name for name in re.split(r"[,\s]+", argument) if name]


def require_ledger(directive: SphinxDirective, name: str) -> Ledger:
    """Return the ledger in a folder; raises the directive's error where there is none."""
    ledgers = get_fact_domain(directive.env).ledgers
    if name not in ledgers:
        directive.env.note_reread()
        if misnamed := explain_misnamed(directive.env, name):
            raise directive.error(misnamed)
        known = f"; those that have one: {', '.join(sorted(ledgers))}" if ledgers else ", nor has any other"
        raise directive.error(f"no folder {name!r} has a facts.yaml{known}")
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
                says = nodes.Text(_("Every number above that has a source, and where it stands."))
                hint = facts_hint("", explain_dots(self.env), classes=["paperdeck-hint"])
                section += nodes.paragraph("", "", says, nodes.Text(" "), hint)
                section += show_facts(self.env, ledger, used)
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
            line += nodes.Text(f": {fact.says}. {fact.differs}")
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


def visit_mark_html(self: HTML5Translator, node: mark) -> None:
    """Draw the icon, and open the words for those who do not see it."""
    if self.builder.name in WITH_CARDS:
        brief = {"data-brief": node["brief"]} if node["brief"] else {}
        self.body.append(self.starttag(node, "span", "", CLASS="paperdeck-mark", title=node.astext(), **brief))
        self.body.append(f'{use_icon(node["icon"])}<span class="visually-hidden">')


def depart_mark_html(self: HTML5Translator, node: mark) -> None:
    """Close both."""
    if self.builder.name in WITH_CARDS:
        self.body.append("</span></span>")


def visit_facts_hint_html(self: HTML5Translator, node: facts_hint) -> None:
    """Open it, where numbers have cards."""
    if self.builder.name not in WITH_CARDS:
        raise nodes.SkipNode
    self.visit_inline(node)


def visit_facts_legend_html(self: HTML5Translator, node: facts_legend) -> None:
    """Open it, where marks are icons."""
    if self.builder.name not in WITH_CARDS:
        raise nodes.SkipNode
    self.visit_paragraph(node)


def visit_fact_cards_html(self: HTML5Translator, node: fact_cards) -> None:
    """Write the cards as templates, and the shapes of all shared icons."""
    if self.builder.name in WITH_CARDS:
        shown = {name for card in node["cards"] for name, _text in card["lines"]}
        shown |= {FOUND for card in node["cards"] if card["check"].text}
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
    app.add_node(cited_work)
    app.add_node(mark, html=(visit_mark_html, depart_mark_html))
    data.add_to_articles(app, facts_hint, visit_facts_hint_html, HTML5Translator.depart_inline)
    data.add_to_articles(app, facts_legend, visit_facts_legend_html, HTML5Translator.depart_paragraph)
    app.add_node(shared_icon, html=(visit_shared_icon_html, None))
    app.add_node(departure, html=(visit_departure_html, depart_departure_html))
    app.add_node(small, html=(visit_small_html, depart_small_html))
    data.add_to_articles(app, fact_cards, visit_fact_cards_html)
    app.add_directive("facts", FactsDirective)
    app.add_transform(FactsAtFoot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
