"""What other tools read and a page of ours shows as it is typed, or not at all: told where it stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it.rules_block.table import escapedSplit
from sphinx.transforms import SphinxTransform
from sphinx_revealjs.nodes import revealjs_break, revealjs_section, revealjs_vertical

from paperdeck.messages import Subtype, warn
from paperdeck.slides.markup import is_ours
from paperdeck.slides.no_pictures import replace_no_picture
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_NAME = r"(?:width|height|w|h|style|class|id|align|index|fig-[\w-]+|fragment-index|data-[\w-]+)"
_ATTRIBUTE = rf'(?:[.#][a-zA-Z][\w-]*|{_NAME}=(?:"[^"]*"|[^\s{{}}"]+))'
ATTRIBUTES = re.compile(rf"\{{\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}")
PAUSE = re.compile(r"\.\s\.\s\.")
UNENDED = re.compile(r"(?<!\\)<!--(?!.*-->)", re.DOTALL)
ORDER = re.compile(r"<!--\s*(?:\.(?:element|slide):|_?(?:class|backgroundColor|backgroundImage|color):)")
"""How a comment begins that is an order to reveal.js's Markdown or to Marp."""
EMBEDDED = re.compile(r"!\[\[(?P<name>[^\]|\n]+)(?:\|[^\]\n]*)?\]\]")
EMPTY_ROLE = re.compile(r"\{[a-z][\w:-]*\}``(?!`)")
SPACED = re.compile(r"(?P<words>!?\[[^\[\]\n]*\])\((?P<name>[^\s()<>\"'][^()<>\"\n]*\s[^()<>\"\n]*\.[a-zA-Z]\w{1,4})\)")
"""A picture or link whose file has a space in its name, which Markdown reads as text."""
CALLOUT = re.compile(r"\[!(?P<kind>\w+)\]")
KINDS = frozenset({"attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"})
SLOT = re.compile(r"::[a-z]+::")
LATEX = {
    **dict.fromkeys(("textbf", "alert"), "**{}**"),
    **dict.fromkeys(("emph", "textit"), "*{}*"),
    "texttt": "`{}`",
    **dict.fromkeys(("cite", "citep", "parencite"), "{{cite:p}}`{}`"),
    **dict.fromkeys(("citet", "textcite"), "{{cite:t}}`{}`"),
    **dict.fromkeys(("ref", "autoref", "cref"), "{{numref}}`{}`"),
    "eqref": "{{eq}}`{}`",
    "url": "<{}>",
    "includegraphics": "![what it shows]({})",
}
"""Commands of LaTeX that people paste, and what is written here."""
COMMAND = re.compile(rf"\\(?P<name>{'|'.join(LATEX)})\*?(?:\[[^\[\]]*\])?\{{(?P<argument>[^{{}}]+)\}}")
DIVIDING = (nodes.transition, revealjs_break)
"""What divides slides, as Markdown or sphinx-revealjs has it."""
HEADS = (nodes.title, nodes.caption, nodes.rubric)
"""What is one line of text, above or below a block."""

CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
BRACKETED = re.compile(r"\\\((?P<line>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)
FORMULA = re.compile(r".*(?:\\[a-zA-Z]|[_^=+<>]).*|\w", re.DOTALL)
"""A text between such brackets that is maths."""
SHORTCODE = re.compile(r"\{\{[<%] .*? [>%]\}\}|\{% \w.*? %\}")
"""What Quarto, Hugo and Jekyll put something else in the place of."""
DISPLAYED = re.compile(r"(?<![\\$])\$\$([^$]+)\$\$(?!\$)")
OPEN = re.compile(r"^\s*\$\$", re.MULTILINE)
"""A line that begins a formula."""
RULE = re.compile(r"[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""The line below the head of a table."""


def split_cells(line: str) -> list[str]:
    """Return the cells of a row as Markdown reads them."""
    cells = [cell.strip() for cell in escapedSplit(line.strip())]
    return cells[not cells[0] : len(cells) - (not cells[-1])]


def find_lost_cells(lines: Sequence[str], head: int, count: int, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with more cells than columns, each by its line, from 1, with all its cells.

    :param head: the line of its head
    :param count: how many rows it has, the head among them
    """
    if len(lines) <= head or not RULE.fullmatch(lines[head]):
        return
    for line in range(head + 2, min(head + 1 + count, len(lines) + 1)):
        cells = split_cells(lines[line - 1])
        if len(cells) > columns:
            yield line, cells


def find_brackets(text: str) -> Iterator[tuple[int, str, str]]:
    r"""Yield the formulas between ``\(`` and ``\)`` or ``\[`` and ``\]``: their lines, from 0, as typed, as wanted."""
    bare = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    for match in BRACKETED.finditer(bare):
        mark = "$" if match["line"] else "$$"
        formula = (match["line"] or match["display"]).strip()
        if FORMULA.fullmatch(formula):
            yield bare.count("\n", 0, match.start()), " ".join(match[0].split()), f"{mark}{formula}{mark}"


class ForeignMarkup(SphinxTransform):
    """A document with slides, or about a paper, whose author is told of what other tools would read.

    Warns ``paperdeck.markup``: attributes, empty roles, pauses, commands of LaTeX, embedded files, callouts and orders
    in comments that do nothing, cells that are left out, pictures that are none; ``paperdeck.maths``: a formula that is
    text; ``paperdeck.slide``: what was to divide slides, or to describe one.
    """

    default_priority = 740  # before quotes and dots are made typographic (750) and lines checked (830)

    def apply(self, **kwargs: Any) -> None:
        """Look at the text, the tables and the pictures."""
        if not is_ours(self.document, self.env):
            return
        is_markdown = self.config.source_suffix.get(self.env.doc2path(self.env.docname).suffix) == "markdown"
        for block in find_all(self.document, (nodes.paragraph, *HEADS)) if is_markdown else ():
            tell_words(block)
            if isinstance(block, nodes.paragraph):
                tell_text(block)
        read_lines = cache(lambda source: Path(source).read_text("utf-8", "replace").splitlines())
        for table in find_all(self.document, nodes.table) if is_markdown else ():
            row = table.next_node(nodes.row)
            if row is not None and row.line and row.source and Path(row.source).is_file():
                tell_cells(table, row.source, read_lines(row.source), row.line)
        for picture in find_all(self.document, nodes.image):
            replace_no_picture(picture, self.env)
        for comment in find_all(self.document, nodes.raw):
            if ORDER.match(comment.astext()):
                message = (
                    "this comment is an order to another tool, and does nothing here; classes stand on a line above "
                    "their block, {.fragment}, and a background among the options of its slide"
                )
                warn(Subtype.MARKUP, message, location=comment)
        for holder in find_all(self.document, slide):
            for mark in find_all(holder, (*DIVIDING, revealjs_section, revealjs_vertical)):
                tell_mark(mark)


def tell_words(block: nodes.TextElement) -> None:
    """Tell of attributes, commands of LaTeX and embedded files in a paragraph, title or caption."""
    for text in (part.astext() for part in block.children if isinstance(part, nodes.Text)):
        for order in SHORTCODE.findall(text):
            message = "“%s” is an order to another tool, and shown as it is typed; write what it stands for"
            warn(Subtype.MARKUP, message, order, location=block)
        for attributes in ATTRIBUTES.findall(text):
            warn(
                Subtype.MARKUP,
                "“%s” is shown as it is typed; write attributes right behind a picture, code or [words in brackets], "
                'values such as {width="50%%"} in quotes, and those of a block on a line above it',
                attributes,
                location=block,
            )
        for command in COMMAND.finditer(text):
            wanted = LATEX[command["name"]].format(command["argument"])
            warn(
                Subtype.MARKUP, "“%s” is LaTeX, and shown as it is typed; write %s", command[0], wanted, location=block
            )
        for role in EMPTY_ROLE.findall(text):
            message = (
                "“%s” is shown as it is typed, for nothing stands between its backquotes; write what it is of there"
            )
            warn(Subtype.MARKUP, message, role, location=block)
        for spaced in SPACED.finditer(text):
            wanted = f"{spaced['words']}(<{spaced['name']}>)"
            message = "“%s” is shown as it is typed; a name with a space stands between angle brackets: write %s"
            warn(Subtype.MARKUP, message, spaced[0], wanted, location=block)
        for embedded in EMBEDDED.finditer(text):
            name = embedded["name"]
            wanted = f"![what it shows]({f'<{name}>' if ' ' in name else name})"
            warn(Subtype.MARKUP, "“%s” is shown as it is typed; write %s", embedded[0], wanted, location=block)


def tell_text(paragraph: nodes.paragraph) -> None:
    """Tell of pauses, callouts, comments without an end and formulas in a paragraph."""
    if UNENDED.search(CODE.sub("", paragraph.rawsource)):
        warn(
            Subtype.MARKUP,
            "“<!--” begins no comment, for none ends in this paragraph, and what follows is shown; end it there with "
            "“-->”, or write “<!--” between backquotes",
            location=paragraph,
        )
    if PAUSE.fullmatch(paragraph.astext().strip()):
        warn(
            Subtype.MARKUP,
            "“%s” is text, and no pause; write {.fragment} on a line above the block that comes with a click",
            paragraph.astext(),
            location=paragraph,
        )
    if SLOT.fullmatch(paragraph.astext().strip()):
        message = "“%s” begins no column; write `:layout: compare` for the slide, and a {side} for each column"
        warn(Subtype.MARKUP, message, paragraph.astext(), location=paragraph)
    callout = CALLOUT.match(paragraph.rawsource)
    if callout and isinstance(paragraph.parent, nodes.block_quote):
        kind = callout["kind"].lower()
        message = "“%s” begins no box here, and is shown as it is typed; write “:::{%s}”, the lines, and “:::”"
        warn(Subtype.MARKUP, message, callout[0], kind if kind in KINDS else "note", location=paragraph)
    bare = CODE.sub("", paragraph.rawsource)
    if OPEN.search(bare) and bare.count("$$") % 2:
        message = "“$$” is text, for none follows that ends the formula; write one on a line below it"
        warn(Subtype.MATHS, message, location=paragraph)
    elif any("$$" in part.astext() for part in paragraph.children if isinstance(part, nodes.Text)) and any(
        map(FORMULA.fullmatch, DISPLAYED.findall(bare))
    ):
        message = (
            "“$$” is text, for a formula between words has one dollar at each side; give it a paragraph of its own"
        )
        warn(Subtype.MATHS, message, location=paragraph)
    for number, typed, wanted in find_brackets(paragraph.rawsource):
        place = f"{paragraph.source}:{paragraph.line + number}" if paragraph.line else paragraph
        warn(Subtype.MATHS, "“%s” is text, and no maths; write %s", typed, wanted, location=place)


def tell_cells(table: nodes.table, source: str, lines: Sequence[str], head: int) -> None:
    """Tell of the rows of a table that have more cells than its head, of which Markdown leaves the last ones out."""
    columns = len(find_all(table, nodes.colspec))
    for line, cells in find_lost_cells(lines, head, len(find_all(table, nodes.row)), columns):
        warn(
            Subtype.MARKUP,
            "this row has %d cells and its table %d columns, so that “%s” is left out; "
            "write a “|” that ends no cell as “\\|”",
            len(cells),
            columns,
            " | ".join(cells[columns:]),
            location=f"{source}:{line}",
        )


def tell_mark(mark: nodes.Element) -> None:
    """Tell of what divides slides, or describes one, in other tools, and leave it out."""
    if isinstance(mark, DIVIDING):
        what = "{revealjs-break}" if isinstance(mark, revealjs_break) else "a line of dashes"
        message = "%s divides no slide and was left out; end this {slide}, and begin another"
    else:
        what = "{revealjs-section}" if isinstance(mark, revealjs_section) else "{revealjs-vertical}"
        message = "%s describes no {slide} and was left out; write its options below the line that opens the slide"
    warn(Subtype.SLIDE, message, what, location=mark)
    mark.parent.remove(mark)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(ForeignMarkup)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
