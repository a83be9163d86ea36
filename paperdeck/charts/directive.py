"""Charts: the ``chart`` directive draws facts, or a small table, while the site is built."""

from __future__ import annotations

import functools
import hashlib
import html
import json
from contextlib import suppress
from dataclasses import fields, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.charts.data import MARKS, Cell, Chart, ChartError, Mistake, Options
from paperdeck.charts.layout import Room
from paperdeck.charts.native import describe_native, write_native
from paperdeck.charts.reading import read_chart, split_names
from paperdeck.charts.svg import quote_attribute
from paperdeck.facts.domain import find_own_ledger, use_fact
from paperdeck.facts.role import FACT_ROLE, KEY_IN_BRACES, fill_facts, write_fact
from paperdeck.language import language_of, offer_texts, phrases_of, translated_texts
from paperdeck.ledger.resolving import BrokenFact
from paperdeck.messages import Subtype, error, warn
from paperdeck.pictures.standalone import convert_to_pdf
from paperdeck.pictures.steps import count_clicks, write_clicks
from paperdeck.site.cache import digest_drawers, kept
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides.layouts import LAYOUTS, PHONE_WIDTH
from paperdeck.slides.node import find_slide
from paperdeck.slides.options import only_option
from paperdeck.slides.space import find_layout, measure_chart_room
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of, content_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

GROUNDED = ("strip", "waffle", "blocks", "grid")
"""Marks whose cells are there, unlit, before a step lights them."""
IN_ARTICLE = Room(680, 400, 15, 56, grows=True)
IN_SPLIT_CARD = Room(396, 320, 14, 52, grows=True)
ON_PHONE = Room(PHONE_WIDTH, 340, 14, 52, grows=True)
ON_PAPER = IN_ARTICLE


class chart(nodes.General, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """A chart: ``chart`` is what it shows, ``facts`` the names of the facts in it, ``alt`` what it is called."""


def choose_axes(argument: str | None) -> str:
    """Read ``:log:``; raises ValueError on anything but the names of axes."""
    return {"x": "x", "y": "y", "both": "xy"}[directives.choice(argument or "", ("x", "y", "both"))]


def choose_tokens(argument: str | None) -> str:
    """Read ``:tokens:``; raises ValueError on anything but rows, columns and both."""
    choices = {"rows": "rows", "columns": "columns", "both": "rows columns"}
    return choices[directives.choice(argument or "", tuple(choices))]


class ChartDirective(SphinxDirective):
    """Draw a chart from the lines of the directive: a head, then one row a line, ``|`` between the cells.

    The argument is the mark: ``bar``, ``dot``, ``line``, ``scatter``, ``slope``, ``histogram``, ``area``, ``strip``,
    ``waffle``, ``blocks``, ``grid``, ``number`` or ``timeline``. A cell holds a key of the ledger, own words and a
    key (``about 54 <mmlu>``), a number, of a timeline a date, or nothing where nothing is reported. What ``%%``
    begins is no row: a step, a line or band, an arrow, a difference, a link, what a letter means.

    ===============  ===================================================================
    ``:highlight:``  the rows, columns or letters that are the paper at hand
    ``:x:, :y:``     titles of the axes, in the place of the columns' names
    ``:unit:``       unit of the numbers, after their axis's title
    ``:log:``        logarithmic axes: ``x``, ``y`` or ``both``; of dots, lines, scatters, slopes
    ``:of:``         the whole: a number or key, ``|``, its name; of bar, area, waffle, number
    ``:kind:``       the column that says which kind a row is; of scatters
    ``:note:``       the column of texts beside or below the rows
    ``:labels:``     ``all`` (default) or ``highlight``; of scatters
    ``:cells:``      of a strip: how many, ``|``, what they are; or their names, commas between
    ``:lit:``        of a strip: how many cells every row must light, to be held to it
    ``:each:``       what a block or the cell of a waffle stands for, ``|``, in words
    ``:signs:``      of a waffle: ✗, ✓ or – for each column
    ``:icon:``       of a waffle: the icon that its cells are drawn as
    ``:tokens:``     ``rows``, ``columns`` or ``both``: names that are tokens; of strip, grid
    ``:masked:``     the tokens that are masked
    ``:facet:``      the column whose values are charts of their own, on the same axes
    ``:object:``     what the cells are cells of: on slides they move to the next chart of the same; of strip, waffle
    ``:count:``      ``up``: on a slide the number counts up to its value; of number
    ``:alt:``        what the chart shows, for who does not see it
    ``:caption:``    its caption, so that ``{numref}`` finds a number
    ``:plain:``      its numbers claim nothing: an example
    ``:name:``       label for ``{ref}`` and ``{numref}``
    ``:class:``      classes of the figure
    ===============  ===================================================================

    Error ``paperdeck.chart``: it cannot be drawn; each mistake is told at its line, and the page says what is missing.

    Example::

        :::{chart} bar
        :highlight: OLMoE-1B-7B
        model       | MMLU
        OLMoE-1B-7B | mmlu
        Llama2-7B   | llama2_7b_mmlu
        :::
    """

    optional_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "highlight": split_names,
        "x": directives.unchanged,
        "y": directives.unchanged,
        "unit": directives.unchanged,
        "log": choose_axes,
        "of": directives.unchanged_required,
        "kind": directives.unchanged_required,
        "note": directives.unchanged_required,
        "labels": functools.partial(directives.choice, values=("all", "highlight")),
        "cells": directives.unchanged_required,
        "lit": directives.unchanged_required,
        "each": directives.unchanged_required,
        "signs": split_names,
        "tokens": choose_tokens,
        "masked": split_names,
        "facet": directives.unchanged_required,
        "icon": directives.unchanged_required,
        "object": directives.unchanged_required,
        "count": functools.partial(only_option, "up"),
        "alt": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "plain": directives.flag,
        "name": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Return a figure with the chart."""
        figure = nodes.figure(classes=["chart", *self.options.get("class", [])])
        self.set_source_info(figure)
        self.add_name(figure)
        used: dict[str, None] = {}
        self.broken = False
        try:
            found = self.read_content(used)
        except ChartError as wrong:
            for line, message in () if self.broken else wrong.mistakes:
                error(Subtype.CHART, "chart: %s", message, location=self.locate_line(line))
            missing = phrases_of(self.env).gettext("Here a chart is missing: %s") % wrong
            figure += nodes.paragraph("", missing, classes=["problematic"])
            return [figure]
        node = chart(chart=found, facts=list(used), alt=self.options.get("alt", ""), plain="plain" in self.options)
        node["lines"] = [self.locate_line(line) for line, _text in found.literals]
        if clicks := count_clicks(found.steps):
            node["fragments"] = clicks
        if starts_empty(found):
            advice = "leave a row out of the steps, or begin with “focus”"
            warn(Subtype.EMPTY_START, "chart: every mark waits for a click; %s", advice, location=figure)
        self.set_source_info(node)
        offer_texts(node, [node["alt"], *found.texts])
        figure += node
        messages: list[nodes.system_message] = []
        if words := self.options.get("caption"):
            inline, messages = self.parse_inline(words)
            caption = nodes.caption(words, "", *inline)
            self.set_source_info(caption)
            figure += caption
        return [figure, *messages]

    def read_content(self, used: dict[str, None]) -> Chart:
        """Read the lines; ``used`` takes the names of the facts."""
        mark = self.arguments[0] if self.arguments else ""
        if mark not in MARKS:
            told = f"“{mark}” is no mark" if mark else "it has no mark"
            raise ChartError(Mistake(None, f"{told}; write one of {', '.join(MARKS)}"))
        known = {field.name for field in fields(Options)}
        options = {"whole" if name == "of" else name: value for name, value in self.options.items()}
        asked = Options(**{name: value for name, value in options.items() if name in known})
        env, docname = self.env, self.env.docname

        def fact(key: str, words: str | None) -> Cell:
            try:
                found = use_fact(env, docname, key)
            except BrokenFact:
                self.broken = True  # its ledger tells it, and what the chart lacks follows from it
                return Cell(None, words or key)
            if not found.reported:
                return Cell(None, phrases_of(env).gettext("not reported"))
            if found.value is None and mark != "timeline":
                raise ValueError(f"the fact {key!r} is a text; a chart draws numbers")
            used[found.name] = None
            if mark == "timeline":
                return Cell(None, write_fact(env, docname, key, words))
            assert found.value is not None
            value = found.value * 100 if is_percent(found.show) else found.value
            return Cell(float(value), write_fact(env, docname, key, words))

        def text(note: str) -> str:
            filled, wrong = fill_facts(env, docname, note, braces=True)
            if wrong:
                raise ValueError(str(wrong[0].args[0]))
            keys = [role[2] or role[3] for role in FACT_ROLE.finditer(note)]
            keys += KEY_IN_BRACES.findall(FACT_ROLE.sub("", note))
            with suppress(BrokenFact):
                used.update((use_fact(env, docname, key.strip()).name, None) for key in keys)
            return filled

        return read_chart(
            list(self.content), mark, asked, fact=fact, text=text, phrases=phrases_of(env), language=language_of(env)
        )

    def locate_line(self, line: int | None) -> str:
        """Return the file and line of a line of the content, or of the directive."""
        if line is None or not self.content:
            source, at = self.state_machine.get_source_and_line(self.lineno)
        else:
            source, at = content_line(self, line)
        return f"{source}:{at}"


def starts_empty(shown: Chart) -> bool:
    """Tell whether no mark is there before the first click; cells, blocks and a whole have a ground that always is."""
    waits = {step.name for step in shown.steps if step.action == "show"}
    names = ({row.name, column, row.kind, row.facet} for row in shown.rows for column in shown.series)
    return not (shown.mark in GROUNDED or shown.whole) and bool(waits) and all(waits & own for own in names)


def is_percent(show: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether a fact, a share of one, is written in percent."""
    return any("%}" in template for _language, template in show)


class TranslatedCharts(SphinxTransform):
    """Charts in the language of the site, where the project's catalogue has their texts."""

    default_priority = 22  # after Sphinx has looked them up (20)

    def apply(self, **kwargs: Any) -> None:
        """Put the translations in."""
        for node in find_all(self.document, chart):
            said = translated_texts(node)
            node["chart"], node["alt"] = node["chart"].translate(said), said.get(node["alt"], node["alt"])


class SourcedCharts(SphinxTransform):
    """Charts on slides whose every number is a fact; warns ``paperdeck.unsourced_number`` of one that is not.

    As in the text of a slide, where the document is of a ``paper`` or has a ledger beside it.
    """

    default_priority = 842  # beside CheckedFacts

    def apply(self, **kwargs: Any) -> None:
        """Look at every chart on a slide."""
        if not (FrontMatter.being_read(self.env).paper or find_own_ledger(self.env, self.env.docname)):
            return
        for node in find_all(self.document, chart):
            if find_slide(node) and not node["plain"]:
                for place, (_line, text) in zip(node["lines"], node["chart"].literals, strict=True):
                    advice = "write a key of facts.yaml, or “:plain:” where the chart is an example"
                    warn(Subtype.UNSOURCED_NUMBER, "%r in a chart has no source; %s", text, advice, location=place)


def layout_name(node: nodes.Node) -> str:
    """Return the layout of the slide that a chart stands on; nothing where it stands on none."""
    holder = find_slide(node)
    return str(holder["layout"]) if holder else ""


def room_on_slide(env: BuildEnvironment, node: chart) -> Room:
    """Return what a slide leaves to a chart; its labels are as large as in any deck where larger ones have no room."""
    layout, size = find_layout(node), LAYOUTS[layout_name(node)].chart_type
    room = Room(*measure_chart_room(node), layout.chart_type, layout.chart_row)
    if layout.chart_type == size or not draw_in(env, node, room)[1]:
        return room
    return replace(room, type=size)


class ChartsOnSlides(SphinxPostTransform):
    """Leave finished SVG in the charts of slides, as large as the slide allows, and a narrow one for phones."""

    builders = DECK_BUILDERS
    default_priority = 209  # before ChartsInArticle, whose format is the deck's too

    def run(self, **kwargs: Any) -> None:
        """Draw them; what is on no slide is on no deck."""
        for node in find_all(self.document, chart):
            if layout_name(node):
                add_picture(self.env, node, room_on_slide(self.env, node))
                add_narrow_picture(self.env, node)


class ChartsInArticle(SphinxPostTransform):
    """Leave finished SVG in the charts of an article; warns ``paperdeck.chart`` of labels without room."""

    formats = ("html",)
    default_priority = 210  # beside the diagrams

    def run(self, **kwargs: Any) -> None:
        """Draw those that are on no slide of a deck."""
        for node in find_all(self.document, chart):
            if "svg" not in node:
                add_picture(self.env, node, IN_SPLIT_CARD if layout_name(node) in ("split", "compare") else IN_ARTICLE)
                add_narrow_picture(self.env, node)


class ChartsOnPaper(SphinxPostTransform):
    """Leave a PDF where a chart stood."""

    formats = ("latex",)
    default_priority = 210

    def run(self, **kwargs: Any) -> None:
        """Draw every chart into a file of the cache."""
        for node in find_all(self.document, chart):
            svg = draw_once(self.env, node, ON_PAPER)
            key = hashlib.sha256(svg.encode()).hexdigest()
            file = str(kept(self.env, f"chart-{key[:16]}.pdf", functools.partial(convert_to_pdf, svg, "chart")))
            picture = nodes.image(
                "",
                uri=file,
                candidates={"application/pdf": file},
                alt=describe_chart(self.env, node),
                width="100%",
            )
            self.env.images.add_file(self.env.current_document.docname, file)
            node.replace_self(picture)


class ChartsAsTables(SphinxPostTransform):
    """Leave a table where no picture can be."""

    default_priority = 211  # after those that draw

    def is_supported(self) -> bool:
        """Tell whether this is an output; the texts to translate are taken from the charts themselves."""
        return builder_of(self.env).name != "gettext"

    def run(self, **kwargs: Any) -> None:
        """Replace every chart that was not drawn."""
        for node in find_all(self.document, chart):
            if "svg" not in node:
                node.replace_self(build_table(node["chart"]))


def describe_chart(env: BuildEnvironment, node: chart) -> str:
    """Return what a chart is called to who does not see it: its ``alt``, else its caption, else what its axes say."""
    shown: Chart = node["chart"]
    caption = " ".join(child.astext() for child in node.parent if isinstance(child, nodes.caption))
    measure = shown.y if shown.mark in ("line", "scatter", "slope", "histogram") else shown.x
    by_head = phrases_of(env).gettext("%s, by %s") % (measure or ", ".join(shown.series), shown.head)
    return node["alt"] or caption or by_head


def add_picture(env: BuildEnvironment, node: chart, room: Room) -> None:
    """Give a chart its picture, and its words for the search."""
    node["svg"] = draw_once(env, node, room)
    node += nodes.Text(" ".join(text for line in node["chart"].table() for text in line))


def add_narrow_picture(env: BuildEnvironment, node: chart) -> None:
    """Give a chart a picture for phones as well, unless its texts have no room there: then the wide one scrolls."""
    narrow, problems = draw_in(env, node, ON_PHONE)
    if not problems:
        node["narrow"] = narrow


def draw_once(env: BuildEnvironment, node: chart, room: Room) -> str:
    """Return a chart's SVG.

    Warns ``paperdeck.chart``: a label has no room.
    """
    svg, problems = draw_in(env, node, room)
    for problem in problems:
        warn(Subtype.CHART, "chart: %s", problem, location=node)
    return svg


def draw_in(env: BuildEnvironment, node: chart, room: Room) -> tuple[str, list[str]]:
    """Return a chart's SVG, from the cache if it was drawn before, and what it has no room for."""
    shown, name = node["chart"], describe_chart(env, node)
    drawers = digest_drawers(Path(__file__).parent, "Medium", "SemiBold")
    what = json.dumps([drawers, shown, room, name], default=list_parts)

    def draw() -> bytes:
        from paperdeck.charts.marks import draw_chart

        picture = draw_chart(shown, room, name)
        return json.dumps({"svg": picture.svg, "problems": picture.problems}).encode()

    picture = json.loads(kept(env, f"chart-{hashlib.sha256(what.encode()).hexdigest()[:16]}.json", draw).read_bytes())
    return picture["svg"], picture["problems"]


def list_parts(part: Any) -> Any:
    """Return what JSON can say of a part of a chart."""
    return sorted(part) if isinstance(part, frozenset) else vars(part)


def build_table(shown: Chart) -> nodes.table:
    """Return the numbers of a chart as a table."""
    head, *rows = shown.table()
    widths = [max(map(len, column)) for column in zip_longest(head, *rows, fillvalue="")]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=max(width, 1)) for width in widths), cols=len(head))
    lines = [
        nodes.row(
            "", *(nodes.entry("", nodes.paragraph("", text)) for text in [*line, *[""] * (len(head) - len(line))])
        )
        for line in (head, *rows)
    ]
    group += [nodes.thead("", lines[0]), nodes.tbody("", *lines[1:])]
    return nodes.table("", group)


def visit_chart_docs(self: HTML5Translator, node: chart) -> None:
    """Write the picture and the narrow one; the style sheet shows which of them there is room for."""
    narrow = node.get("narrow", "")
    self.body.append(_write_pictures(node["svg"], narrow, narrow) + _write_values(node["chart"]))
    raise nodes.SkipNode


def visit_chart_deck(self: HTML5Translator, node: chart) -> None:
    """Write the picture with its clicks; the narrow one waits in a template, so that it makes no slide slower."""
    svg = write_clicks(node["svg"], node["fragment_start"]) if "fragment_start" in node else node["svg"]
    narrow = node.get("narrow", "")
    self.body.append(_write_pictures(svg, narrow, f"<template>{narrow}</template>"))
    native = describe_native(node["chart"])  # of which PowerPoint gets a chart of its own
    points = f" data-native={quote_attribute(write_native(native))}" if native else ""
    self.body.append(_write_values(node["chart"], points))
    raise nodes.SkipNode


def _write_pictures(svg: str, narrow: str, waiting: str) -> str:
    """Return a picture and, where there is one, the narrow one as it waits beside it."""
    if not narrow:
        return f"{svg}\n"
    both = (("wide", svg), ("narrow", waiting))
    return "\n".join(picture.replace("<svg ", f'<svg class="{name}" ', 1) for name, picture in both) + "\n"


def _write_values(shown: Chart, attributes: str = "") -> str:
    """Return the values of a chart as a table for who does not see the picture.

    :param attributes: more of what holds the table
    """
    head, *rows = ([html.escape(text) for text in line] for line in shown.table())
    columns = "".join(f'<th scope="col">{text}</th>' if text else "<td></td>" for text in head)
    lines = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{text}</td>" for text in cells)}</tr>' for name, *cells in rows
    )
    table = f"<table><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<div class="chart-values"{attributes}>{table}</div>\n'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its node and the transforms."""
    app.add_node(chart, html=(visit_chart_docs, None), revealjs=(visit_chart_deck, None))
    app.add_directive("chart", ChartDirective)
    app.add_transform(TranslatedCharts)
    app.add_transform(SourcedCharts)
    for transform in (ChartsOnSlides, ChartsInArticle, ChartsOnPaper, ChartsAsTables):
        app.add_post_transform(transform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
