"""Papers side by side: a row a question, a column a paper, each cell from its ledger."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from paperdeck.facts.domain import compare_paper, get_fact_domain, use_fact
from paperdeck.facts.role import make_fact_node
from paperdeck.facts.tables import (
    describe_place,
    fill_table,
    make_cell,
    make_second_line,
    require_ledger,
    show_fact,
    split_names,
)
from paperdeck.language import phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.works import find_work
from paperdeck.upstream import content_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

    from paperdeck.ledger.reading import Fact, Ledger


SETTING = re.compile(r"\s+\[([^\[\]]+)\]\s*$")


class CompareDirective(SphinxDirective):
    """Put papers side by side, a row for each line of the content.

    ===========  ==================================================================================
    argument     the folders of the papers, with commas: ``glam, olmoe``; each is a column
    content      ``What it is: key``, or a title for the rows that follow, a line without a colon
    ===========  ==================================================================================

    After the colon more keys may follow, with commas; ``folder:key`` is for that paper alone. A cell is a fact; “not
    reported”, with what was read, where the ledger says ``reported: no``; or “not looked up”, where it has none of the
    keys. In brackets at the end stands what has to be alike, the ``setting`` of the facts: where it is another, or is
    not noted, the cell says so.

    Errors: no papers, or one without a ledger. Warns ``paperdeck.compare``: a line that names no key, or a key that no
    paper has.

    Example::

        :::{compare} glam, olmoe
        Size
        Parameters in all: total_params
        Energy to train: energy, olmoe:training_energy
        MMLU: mmlu [five examples]
        :::
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.ledgers = [require_ledger(self, name) for name in split_names("".join(self.arguments))]
        if not self.ledgers:
            raise self.error("nothing to compare; name the folders of papers: {compare} glam, olmoe")
        if not self.content:
            raise self.error("the comparison has no rows; write lines such as “Parameters in all: total_params”")
        head = [make_cell(), *(make_title(self.env, ledger) for ledger in self.ledgers)]
        node = nodes.table(classes=["compare"])
        fill_table(node, head, self.rows())
        self.set_source_info(node)
        self.add_name(node)
        return [node]

    def rows(self) -> Iterator[nodes.row]:
        """Yield the rows of the content."""
        for offset, line in enumerate(self.content):
            place = "{}:{}".format(*content_line(self, offset))
            written, setting = split_setting(line.strip().removeprefix("- "))
            text, colon, keys = written.rpartition(": ")
            if not line.strip():
                continue
            if line.rstrip().endswith(":"):
                message = "%r names no key; write “What it is: key”, or a title without a colon"
                warn(Subtype.COMPARE, message, line.strip(), location=place)
            if not colon:
                # empty cells, for not every builder can join them
                empty = [make_cell() for _ledger in self.ledgers]
                yield nodes.row("", make_cell(nodes.Text(line.strip().strip("#* "))), *empty, classes=["group"])
            else:
                yield self.row(text.strip(), split_names(keys), setting, place)

    def row(self, text: str, keys: list[str], setting: str, place: str) -> nodes.row:
        """Return the row of one line."""
        found = [self.found(ledger, keys) for ledger in self.ledgers]
        if not any(found) and not any(self.is_broken(ledger, keys) for ledger in self.ledgers):
            known = [key for ledger in self.ledgers for key in ledger.facts]
            close = [guess for key in keys for guess in difflib.get_close_matches(key, known, 1)]
            hint = f"did you mean {close[0]}?" if close else "write a key that one of them has"
            warn(Subtype.COMPARE, "no ledger here has %s; %s", " or ".join(map(repr, keys)), hint, location=place)
        head = make_cell(nodes.Text(text), *make_second_line(setting))
        return nodes.row("", head, *(self.value(fact, setting) for fact in found))

    def is_broken(self, ledger: Ledger, keys: list[str]) -> bool:
        """Tell whether a row's fact is there but broken, which the ledger tells."""
        return not ledger.readable or any(key.rpartition(":")[2] in ledger.broken for key in keys)

    def found(self, ledger: Ledger, keys: list[str]) -> Fact | None:
        """Return the first fact of a ledger that a row names."""
        for key in keys:
            folder, _colon, own = key.rpartition(":")
            if folder in ("", ledger.name) and own in ledger.facts:
                return use_fact(self.env, self.env.docname, f"{ledger.name}:{own}")
        self.env.note_dependency(ledger.path)  # it may come to report it
        return None

    def value(self, fact: Fact | None, setting: str) -> nodes.entry:
        """Return one cell: a fact, what the paper does not say, or what nobody has looked up."""
        _ = phrases_of(self.env).gettext
        if fact is None:
            return make_cell(*make_second_line(_("not looked up")), classes=["unknown"])
        where = describe_place(self.env, fact, get_fact_domain(self.env).papers[fact.ledger].paper)
        if not fact.reported:
            read = make_second_line(_("read: %s") % where if where else "")
            return make_cell(make_fact_node(self.env, fact, _("not reported")), *read, classes=["none"])
        alike = self.tell_setting(fact, setting)
        if fact.value is None and not where:
            return make_cell(show_fact(self.env, fact), *make_second_line(alike))
        below = make_second_line("; ".join(filter(None, (where, alike))))
        shown = nodes.strong("", "", show_fact(self.env, fact))
        return make_cell(shown, *below, classes=["unlike"] if alike else [])

    def tell_setting(self, fact: Fact, wanted: str) -> str:
        """Return how a fact was measured where that is not what a row asks for."""
        _ = phrases_of(self.env).gettext
        if not wanted or fact.setting.casefold() == wanted.casefold():
            return ""
        return _("otherwise: %s") % fact.setting if fact.setting else _("how it was measured is not noted")


def make_title(env: BuildEnvironment, ledger: Ledger) -> nodes.entry:
    """Return the head of a column: the paper's short name, linked, and where it appeared."""
    paper = compare_paper(env, env.docname, ledger.name)
    work = find_work(env, paper.paper) if paper.paper else None
    name = nodes.inline("", paper.short or ledger.name)
    link = addnodes.pending_xref(
        "",
        name,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{paper.docname}",
        refexplicit=True,
        refwarn=True,
        refdoc=env.docname,
    )
    return make_cell(link, *make_second_line(f"{work.venue} {work.year}" if work else ""))


def split_setting(line: str) -> tuple[str, str]:
    """Return a row without what has to be alike, which stands in brackets at its end, and that."""
    found = SETTING.search(line)
    return (line[: found.start()], found[1].strip()) if found else (line, "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("compare", CompareDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
