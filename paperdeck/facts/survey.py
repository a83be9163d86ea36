"""How the numbers of a site were checked: every ledger in one table, and what a program did not find."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from paperdeck.evidence.standing import Standing, tell_standing
from paperdeck.facts.checked import count_standings, describe_seen, find_check, list_papers, name_texts
from paperdeck.facts.compare import make_title
from paperdeck.facts.data import get_ledger_folder
from paperdeck.facts.domain import get_fact_domain
from paperdeck.facts.tables import (
    describe_place,
    fill_table,
    make_cell,
    make_second_line,
    require_ledger,
    split_names,
)
from paperdeck.language import language_of, phrases_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from gettext import NullTranslations

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

    from paperdeck.ledger.reading import Fact, Ledger

TOLD = (Standing.ELSEWHERE, Standing.MISSING, Standing.CHANGED)
"""What a program looked for in vain, which is told fact by fact."""


class CheckedDirective(SphinxDirective):
    """Say of each paper of the site how the facts of its ledger were checked, in numbers that the build counts.

    A table has a column for each paper, and rows for what a program found in the paper's own text, what no program
    can find there, what was made here, and what is still to be checked. Below it stands each fact that a program did
    not find at its place, with where a person saw it (``seen``), and for a ledger of which nobody has looked for
    anything the command that does so.

    ========  ========================================================================================
    argument  the folders of the ledgers, with commas; without it, all whose document names its ``paper``
    ========  ========================================================================================

    Errors: no paper with a ledger, or a folder without one.

    Example::

        :::{checked}
        :::
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the table, and what is to be said of single facts and ledgers."""
        domain = get_fact_domain(self.env)
        named = split_names(self.arguments[0]) if self.arguments else ()
        domain.surveys[self.env.docname] = () if named else list_papers(domain)
        self.ledgers = [require_ledger(self, name) for name in named or list_papers(domain)]
        if not self.ledgers:
            raise self.error("no paper here has a facts.yaml; write one, or name the folders: {checked} glam")
        for ledger in self.ledgers:
            self.env.note_dependency(ledger.path)
        table = nodes.table(classes=["compare", "checked"])
        fill_table(table, [make_cell(), *(make_title(self.env, ledger) for ledger in self.ledgers)], self.rows())
        self.set_source_info(table)
        self.add_name(table)
        return [table, *self.remarks()]

    def rows(self) -> Iterator[nodes.row]:
        """Yield a row for each way in which facts were checked, one for all of them, one for the texts."""
        _ = phrases_of(self.env).gettext
        counts = [count_standings(self.env, ledger) for ledger in self.ledgers]
        for title, labels in name_standings(phrases_of(self.env)).items():
            held = {standing: label for standing, label in labels.items() if any(count[standing] for count in counts)}
            if held:
                # empty cells, for not every builder can join them
                empty = [make_cell() for _ledger in self.ledgers]
                yield nodes.row("", make_cell(nodes.Text(title)), *empty, classes=["group"])
            yield from (make_row(label, (count[standing] for count in counts)) for standing, label in held.items())
        yield make_row(_("In all"), (count.total() for count in counts))
        texts = [make_second_line(self.name_texts(ledger)) for ledger in self.ledgers]
        yield nodes.row("", make_cell(nodes.Text(_("Text that was searched"))), *(make_cell(*text) for text in texts))

    def name_texts(self, ledger: Ledger) -> str:
        """Return in what a program has looked, and when."""
        checked = get_fact_domain(self.env).checked.get(ledger.name)
        if checked is None:
            return phrases_of(self.env).gettext("none yet")
        days = (text.day for text in checked.texts.values())
        return "; ".join(f"{name}, {day}" for name, day in zip(name_texts(checked), days, strict=True))

    def remarks(self) -> Iterator[nodes.Element]:
        """Yield what a program looked for in vain, then what does so where nobody has looked."""
        told = [item for ledger in self.ledgers for fact in ledger.facts.values() if (item := self.tell_in_vain(fact))]
        if told:
            yield nodes.bullet_list("", *told)
        _ = phrases_of(self.env).gettext
        for ledger in self.ledgers:
            if ledger.name not in get_fact_domain(self.env).checked:
                says = _("%s: nobody has looked for its numbers in the paper’s own text; whoever has it can do so:")
                yield nodes.paragraph("", says % self.name_paper(ledger.name))
                command = f"python -m paperdeck verify {get_ledger_folder(ledger)} {ledger.name}.pdf --update"
                yield nodes.literal_block(command, command, language="sh")

    def tell_in_vain(self, fact: Fact) -> nodes.list_item | None:
        """Return what is said of a fact that a program did not find; None of any other."""
        standing = tell_standing(fact, find_check(self.env, fact))
        if standing not in TOLD:
            return None
        _ = phrases_of(self.env).gettext
        changed = standing is Standing.CHANGED
        outcome = _("changed since it was checked") if changed else _("not found at its place")
        place = describe_place(self.env, fact, get_fact_domain(self.env).papers[fact.ledger].paper)
        line = nodes.paragraph("", "", nodes.strong("", fact.shown(language_of(self.env))))
        said = "; ".join((outcome, *describe_seen(self.env, fact)))
        line += nodes.Text(f" {fact.says} ({self.name_paper(fact.ledger)}, {place}): {said}.")
        return nodes.list_item("", line)

    def name_paper(self, ledger: str) -> str:
        """Return what the paper of a ledger is called."""
        return get_fact_domain(self.env).papers[ledger].short or ledger


def name_standings(phrases: NullTranslations) -> Mapping[str, Mapping[Standing, str]]:
    """Return what the ways of checking are called, in groups, in the order of a table."""
    _ = phrases.gettext
    return {
        _("By a program, in the paper’s own text"): {
            Standing.FOUND: _("found where the ledger says"),
            Standing.ELSEWHERE: _("not there; the text has such a number elsewhere"),
            Standing.MISSING: _("not found"),
            Standing.CHANGED: _("changed since then"),
        },
        _("Not for a program to find"): {
            Standing.FIGURE: _("read off a figure"),
            Standing.OUTSIDE: _("read in something else than the paper"),
            Standing.WORDS: _("words, not numbers"),
            Standing.SILENT: _("read for, and not found"),
        },
        _("Made here"): {
            Standing.COMPUTED: _("computed by the build"),
            Standing.OURS: _("estimated"),
        },
        _("Not checked"): {
            Standing.WAITING: _("place named, not looked for yet"),
            Standing.PLACELESS: _("place not checked"),
            Standing.RECALLED: _("from memory"),
        },
    }


def make_row(label: str, counts: Iterable[int]) -> nodes.row:
    """Return a row of numbers."""
    cells = (make_cell(nodes.strong("", f"{count:,}"), classes=[] if count else ["unlike"]) for count in counts)
    return nodes.row("", make_cell(nodes.Text(label)), *cells)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("checked", CheckedDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
