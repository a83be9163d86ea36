"""Facts in the text: the ``fact`` role, its node, and texts in which facts are written out."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import ReferenceRole, SphinxRole

from paperdeck.facts.checked import describe_check
from paperdeck.facts.domain import (
    cite_briefly,
    cite_fact,
    get_fact_domain,
    get_folder,
    get_units,
    name_work,
    use_fact,
)
from paperdeck.language import language_of
from paperdeck.ledger import resolving
from paperdeck.ledger.places import rank_place, shorten_places
from paperdeck.ledger.resolving import BrokenFact, UnknownFact
from paperdeck.ledger.wording import find_disagreement, round_value
from paperdeck.messages import Subtype, error, warn
from paperdeck.site.front_matter import FrontMatter, get_lines
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from gettext import NullTranslations

    from docutils.nodes import Element, Node, system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.ledger.reading import Fact

FACT_ROLE = re.compile(r"\{fact\}`(?:([^`<]*?)\s*<([^`<>]+)>|([^`<>]+))`")
FORMATTED_KEY = re.compile(r"\{([a-z][a-z0-9_]*)[:!.][^{}]*\}")
"""A key with how it is to be written, as in Python, which is the ledger's to say."""
KEY_IN_BRACES = re.compile(r"\{((?:[a-z0-9][a-z0-9_-]*:)?[a-z][a-z0-9_]*)\}")

WITH_FACTS = ("summary", "closing", "numbers")
"""The keys of the front matter in which ``{key}`` is a fact."""


class Mismatch(ValueError):  # noqa: N818 (it says what is the matter)
    """An author's own words do not say the fact."""


class fact_node(nodes.inline):  # noqa: N801 (visitors are found by this name)
    """A fact in the text: its ``fact`` is ``folder:key``, its ``place`` where it stands."""


class plain(nodes.inline):  # noqa: N801
    """A number that is no claim."""


def write_fact(env: BuildEnvironment, docname: str, key: str, words: str | None = None) -> str:
    """Return how a fact is written in a document, or the author's own words when they say it.

    Of a fact that is broken in its ledger, the words or the key.

    Raises ``UnknownFact``: there is no such fact; ``Mismatch``: the words say something else.
    """
    try:
        found = use_fact(env, docname, key)
    except BrokenFact:
        return words or key
    language = language_of(env)
    if words is None:
        return found.shown(language)
    if message := find_disagreement(found, words, language, get_units(env)):
        raise Mismatch(message)
    return words


def fill_facts(env: BuildEnvironment, docname: str, text: str, *, braces: bool = False) -> tuple[str, list[Exception]]:
    """Return a plain text with each ``{fact}`…``` written out, and what is wrong with those that could not be.

    :param braces: the shorter ``{key}`` is a fact as well
    """
    wrong: list[Exception] = []

    def put_in(match: re.Match[str]) -> str:
        key, words = (match[2] or match[3], match[1]) if match.re is FACT_ROLE else (match[1], None)
        try:
            return write_fact(env, docname, key.strip(), words)
        except (UnknownFact, Mismatch) as problem:
            wrong.append(problem)
            return words or key

    text = FACT_ROLE.sub(put_in, text)
    if not braces:
        return text, wrong
    text = KEY_IN_BRACES.sub(put_in, text)
    for match in FORMATTED_KEY.finditer(text):
        with contextlib.suppress(UnknownFact):
            written = write_fact(env, docname, match[1])
            advice = f"write “{{{match[1]}}}”, which is {written}: how is said by `show` in the ledger"
            wrong.append(Mismatch(f"“{match[0]}” is no key of a fact; {advice}"))
    return text, wrong


def report_fact(problem: Exception, location: Node | tuple[str, int] | str) -> None:
    """Tell the author what is wrong with a fact in the text, unless its ledger tells it."""
    if isinstance(problem, BrokenFact):
        return
    if isinstance(problem, Mismatch):
        error(Subtype.FACT_MISMATCH, "%s", problem, location=location)
    else:
        warn(Subtype.UNKNOWN_FACT, "%s", problem.args[0], location=location)


def write_machine_value(fact: Fact) -> str:
    """Return a value as programs read it, thousands in the exponent: 96.6e9; a text as it is."""
    if fact.value is None:
        return fact.shown()
    return round_value(fact.value).to_eng_string().lower().replace("+", "")


def collect_facts(env: BuildEnvironment, docname: str, found: Iterable[Node]) -> list[Fact]:
    """Return the facts below nodes, each once: those in the text, and those that a picture names in ``facts``."""
    names: dict[str, None] = {}
    for element in (part for node in found for part in node.findall(nodes.Element)):
        if isinstance(element, fact_node):
            names[element["fact"]] = None
        names.update(dict.fromkeys(element.get("facts", ())))
    ledgers, home = get_fact_domain(env).ledgers, get_folder(env, docname)
    facts: dict[str, Fact] = {}
    for name in names:
        try:
            fact = resolving.find_fact(ledgers, home, name)
        except UnknownFact:  # told where it stands
            continue
        facts[fact.name] = fact
    return list(facts.values())


def collect_places(
    env: BuildEnvironment, docname: str, found: Iterable[Node], paper: str = ""
) -> tuple[list[str], dict[str, list[str]]]:
    """Return the places that the numbers below nodes come from, short and each once, for the footer of a slide.

    :return: those in ``paper`` (its key), “Table 4”, and those in other works, by the work: “Brown et al. 2020”. Where
        no place in ``paper`` is known, it is among the works
    """
    by_work: dict[str, list[str]] = {}
    for fact in collect_facts(env, docname, found):
        for source in fact.sources:
            by_work.setdefault(source.work, []).extend(source.places)
    own = sorted(shorten_places(by_work.get(paper, ())), key=rank_place)
    others = {
        name_work(env, work): shorten_places(listed) for work, listed in by_work.items() if work != paper or not own
    }
    return own, others


def collect_sources(
    env: BuildEnvironment, docname: str, found: Iterable[Node], paper: str = ""
) -> list[tuple[str, list[str]]]:
    """Return the places that the numbers below nodes come from, with a line for each number, for the Sources slides.

    Those in ``paper`` stand first and bare, as they follow in it: abstract, sections, tables, figures. A number stands
    once of each work, at the first of its places.
    """
    said: dict[tuple[bool, tuple[int, tuple[int, ...]], str], dict[str, None]] = {}
    for fact in collect_facts(env, docname, found):
        line = f"{fact.says[:1].upper()}{fact.says[1:]}: {fact.shown(language_of(env, docname))}"
        for source in fact.sources:
            own = source.work == paper and bool(source.places)
            head = "" if own else name_work(env, source.work)
            place = "".join(shorten_places(source.places[:1]))
            order = rank_place(place) if own else (0, ())
            said.setdefault((not own, order, ", ".join(filter(None, (head, place)))), {})[line] = None
            if fact.parts:  # it stands with the first of its parts; those tell the other works
                break
    return [(key[2], list(said[key])) for key in sorted(said)]


def count_rest(phrases: NullTranslations, rest: int) -> str:
    """Return what stands for the last things of a list that has no room for them."""
    return phrases.ngettext("and %d more", "and %d more", rest) % rest


def tell_places(env: BuildEnvironment, fact: Fact) -> dict[str, str]:
    """Return where a fact stands, as a reader and as a speaker sees it."""
    return {
        "place": "; ".join(filter(None, (cite_fact(env, fact), describe_check(env, fact).text))),
        "beside": cite_briefly(env, fact, FrontMatter.being_read(env).paper),
    }


def make_fact_node(env: BuildEnvironment, fact: Fact, text: str) -> fact_node:
    """Return a fact as it stands in the document that is being read."""
    return fact_node(
        text,
        text,
        fact=fact.name,
        value=write_machine_value(fact),
        **tell_places(env, fact),
        in_title=False,
    )


class FactRole(ReferenceRole):
    """Write a fact of the ledger, by its key.

    ``folder:key`` takes it from the ledger in another folder. Own words stand before the key, in ``<…>`` then; the
    number in them must agree with the ledger to the digits they show.

    Error ``paperdeck.fact_mismatch``: the words say something else. Warns ``paperdeck.unknown_fact``: no such fact.

    Example::

        A token uses {fact}`active_params`, {fact}`about 8% <active_share>` of all.
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the fact; in its place the words alone, where there is none."""
        docname = self.env.docname
        words = " ".join(self.title.split()) if self.has_explicit_title else None
        key = self.target.strip()
        place = self.get_location()
        try:
            found = use_fact(self.env, docname, key)
            text = write_fact(self.env, docname, key, words)
        except Mismatch as problem:
            report_fact(problem, place)
            text = words or ""
        except UnknownFact as problem:
            report_fact(problem, place)
            return [nodes.inline(self.rawtext, words or key, classes=["problematic"])], []
        node = make_fact_node(self.env, found, text)
        self.set_source_info(node)
        return [node], []


class PlainRole(SphinxRole):
    """Let a number on a slide stand without a source, because it is no claim.

    Example::

        As easy as {plain}`2 + 2`
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the text."""
        return [plain(self.rawtext, self.text)], []


class PlacedFacts(SphinxTransform):
    """Facts that know whether they stand in a title, and facts written out in alternative texts."""

    default_priority = 825  # before the table at the foot (829) asks what is used

    def apply(self, **kwargs: Any) -> None:
        """Mark the facts in titles; fill alternative texts; note what pictures use."""
        for heading in find_all(self.document, (nodes.title, nodes.rubric)):
            for node in heading.findall(fact_node):
                node["in_title"] = True
        for element in find_all(self.document, nodes.Element):
            if "{fact}" in (alt := str(element.get("alt") or "")):
                element["alt"], wrong = fill_facts(self.env, self.env.docname, alt)
                for problem in wrong:
                    report_fact(problem, element)
            for key in cast("list[str]", element.get("facts", [])):
                with contextlib.suppress(UnknownFact):  # told when the picture is drawn
                    use_fact(self.env, self.env.docname, key)


def fill_front_matter(app: Sphinx, document: nodes.document) -> None:
    """Write out the facts of a document's front matter, for all who show it."""
    env = app.env
    metadata = env.metadata.get(env.docname, {})
    for key in WITH_FACTS:
        if "{" not in (text := str(metadata.get(key, ""))):
            continue
        metadata[key], wrong = fill_facts(env, env.docname, text, braces=True)
        for problem in wrong:
            report_fact(problem, (env.docname, get_lines(env).get(key, (1, ""))[0]))


def visit_fact_node_html(self: HTML5Translator, node: fact_node) -> None:
    """Open a number; in a title it goes without a place, for titles are copied into contents and search."""
    attributes = {"value": node["value"], "data-fact": node["fact"]}
    if not node["in_title"]:
        attributes["title"] = node["place"]
    self.body.append(self.starttag(node, "data", "", False, CLASS="fact", **attributes))


def depart_fact_node_html(self: HTML5Translator, node: fact_node) -> None:
    """Close it."""
    self.body.append("</data>")


def depart_fact_node_deck(self: HTML5Translator, node: fact_node) -> None:
    """Close it; in a note the speaker sees its place beside it."""
    self.body.append("</data>")
    above: Element | None = node.parent
    while above is not None and above.tagname != "deck_notes":
        above = above.parent
    if above is not None and node["beside"]:
        self.body.append(f' <small class="place">({self.encode(node["beside"])})</small>')


def visit_plain(self: nodes.NodeVisitor, node: plain) -> None:
    """Nothing: it is text like any other."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes, roles and the transform."""
    app.add_node(
        fact_node,
        html=(visit_fact_node_html, depart_fact_node_html),
        revealjs=(visit_fact_node_html, depart_fact_node_deck),
    )
    app.add_node(plain, html=(visit_plain, visit_plain))
    app.add_role("fact", FactRole())
    app.add_role("plain", PlainRole())
    app.add_transform(PlacedFacts)
    app.connect("doctree-read", fill_front_matter, priority=600)  # after the front matter was taken (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
