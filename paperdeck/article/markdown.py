"""A finished tree as Markdown: numbers with their places, pictures as what they are made of, TeX as TeX."""

from __future__ import annotations

import posixpath
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.util.osutil import relative_uri
from sphinxcontrib.mermaid import mermaid

from paperdeck.addresses import DECK_BUILDERS, text_of
from paperdeck.article.cards import link_card
from paperdeck.article.head import paper_head
from paperdeck.charts.directive import chart, describe_chart
from paperdeck.deck.shelf import entries, gallery
from paperdeck.deck.sources import deck_sources
from paperdeck.deck.tree import deck_closing, deck_cover, deck_footer, deck_notes
from paperdeck.diagrams.transforms import diagram
from paperdeck.facts.data import data_file
from paperdeck.facts.role import collect_places, fact_node
from paperdeck.facts.tables import fact_cards, facts_hint, facts_legend, small
from paperdeck.language import phrases_of
from paperdeck.pictures.icons import icon
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides.node import slide, slide_kicker, slide_title
from paperdeck.slides.notes import speaker_notes
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from gettext import NullTranslations

    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

DEEPEST_HEADING = 6
PLACED = {"facts", "compare"}
"""Classes of tables that say in cells of their own where a number stands."""
MARKS = re.compile(r"[\\`*\[\]<$]|(?<![^\W_])_|_(?![^\W_])")
"""What means something inside a line of Markdown."""
OPENING = re.compile(r"^\d*(?=[#>+=~-]|[.)](?:\s|$))")
"""What means something at the beginning of one."""
ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.S)
LEFT_OUT = (
    *(nodes.Invisible, nodes.colspec, nodes.label, addnodes.index),
    *(icon, fact_cards, link_card, deck_footer),  # what these say stands in the text
    *(facts_hint, facts_legend),  # which are of what is seen on a page
)
OURS = (
    *(slide, slide_title, slide_kicker, speaker_notes, deck_notes, chart, diagram, mermaid),
    *(paper_head, deck_cover, deck_closing, deck_sources, gallery),
)
LISTS = (
    *(nodes.bullet_list, nodes.enumerated_list, nodes.line_block),
    *(nodes.definition_list, nodes.definition_list_item, nodes.field_list, nodes.field),
    *(nodes.option_list, nodes.option_list_item),
)


def is_left_out(node: nodes.Node) -> bool:
    """Tell whether a node has nothing to say; a target may stand around words."""
    return isinstance(node, LEFT_OUT) and not isinstance(node, nodes.target)


def escape(text: str) -> str:
    """Return a text, its white space folded, so that nothing in it is read as Markdown."""
    return MARKS.sub(r"\\\g<0>", re.sub(r"\s+", " ", text))


def quote_block(lines: str) -> str:
    """Return blocks as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in lines.split("\n"))


def indent(blocks: str, mark: str) -> str:
    """Return blocks as an item of a list."""
    return mark + textwrap.indent(blocks, " " * len(mark))[len(mark) :]


def fence(code: str, language: str = "") -> str:
    """Return code between fences that are longer than any in it."""
    longest = max((len(found) for found in re.findall(r"^\s*(`{3,})", code, re.M)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{language}\n{code.rstrip()}\n{ticks}"


def surround(text: str, mark: str) -> str:
    """Return a text between marks of emphasis, which count only where no space is inside them."""
    inner = text.strip()
    return text.replace(inner, f"{mark}{inner}{mark}", 1) if inner else text


def write_code(text: str) -> str:
    """Return code in a line, between more marks than stand in it."""
    marks = "`" * (1 + max((len(found) for found in re.findall(r"`+", text)), default=0))
    pad = " " * (text.startswith("`") or text.endswith("`"))
    return f"{marks}{pad}{text}{pad}{marks}"


def write_rows(rows: Iterable[list[str]]) -> str:
    """Return a table, the first row its head."""
    head, *body = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


@dataclass(frozen=True)
class MarkdownWriter:
    """Writes a document, article or deck, after all has been resolved."""

    builder: StandaloneHTMLBuilder
    docname: str

    @property
    def env(self) -> BuildEnvironment:
        """Return what is known of all documents."""
        return self.builder.env

    @property
    def phrases(self) -> NullTranslations:
        """Return our words in the language of the document."""
        return phrases_of(self.env, self.docname)

    def write(self, document: nodes.document) -> str:
        """Return a document as Markdown."""
        return "\n\n".join(filter(None, self.write_children(document, 0))) + "\n"

    def write_children(self, node: nodes.Element, level: int) -> Iterator[str]:
        """Yield the blocks in a node; what stands between blocks in a line is a block as well."""
        for child in node.children:
            yield from self.write_block(child, level)

    def join(self, node: nodes.Element, level: int) -> str:
        """Return the blocks in a node as one text."""
        return "\n\n".join(filter(None, self.write_children(node, level)))

    def write_heading(self, text: str, level: int) -> str:
        """Return a heading."""
        return f"{'#' * min(max(level, 1), DEEPEST_HEADING)} {text}"

    def write_block(self, node: nodes.Node, level: int) -> Iterator[str]:
        """Yield a node as blocks.

        :param level: how deep the sections are in which it stands
        """
        if isinstance(node, nodes.Text):
            yield self.write_line(node)
        elif isinstance(node, OURS):
            yield from self.write_ours(node, level)
        elif isinstance(node, LISTS):
            yield from self.write_list(node, level)
        elif isinstance(node, nodes.Element) and not is_left_out(node):
            yield from self.write_body(node, level)

    def write_body(self, node: nodes.Element, level: int) -> Iterator[str]:
        """Yield what any document may hold as blocks."""
        match node:
            case nodes.section():
                yield from self.write_children(node, level + 1)
            case nodes.title() if isinstance(node.parent, nodes.section):
                yield self.write_heading(self.write_inline(node), level)
            case nodes.title() | nodes.subtitle() | nodes.rubric():
                yield surround(self.write_inline(node), "**")
            case nodes.math_block():
                yield self.write_equation(node)
            case nodes.caption():
                yield self.write_caption(node, node.parent)
            case nodes.table():
                yield from self.write_table(node)
            case nodes.literal_block() | nodes.doctest_block():
                language = node.get("language", "")
                yield fence(node.astext(), "" if language in ("default", "none") else language)
            case nodes.raw():
                yield node.astext() if "html" in node["format"].split() else fence(node.astext(), node["format"])
            case nodes.block_quote():
                yield quote_block(self.join(node, level))
            case nodes.attribution():
                yield f"— {self.write_inline(node)}"
            case nodes.footnote() | nodes.citation():
                yield indent(self.join(node, level), f"[^{node[0].astext()}]: ")
            case nodes.Admonition():
                named = [f"**{admonitionlabels[node.tagname]}**"] if node.tagname in admonitionlabels else []
                yield quote_block("\n\n".join([*named, self.join(node, level)]))
            case nodes.transition():
                yield "---"
            case nodes.TextElement() | nodes.image():
                yield self.write_line(node)
            case _:
                yield from self.write_children(node, level)

    def write_ours(self, node: nodes.Node, level: int) -> Iterator[str]:
        """Yield what is ours as blocks: slides with what is said at them, pictures, and what we add to the text."""
        match node:
            case slide():  # on the deck a section; in the article a quotation, after which the prose goes on
                content = self.join(node, level)
                yield content if self.builder.name in DECK_BUILDERS else quote_block(content)
            case slide_title():
                yield self.write_slide_title(node, level)
            case slide_kicker():
                yield surround(self.write_inline(node), "*")
            case speaker_notes() | deck_notes():
                yield quote_block(self.join(node, level))
            case chart():
                yield surround(escape(describe_chart(self.env, node)), "*")
                rows = [[escape(text) for text in line] for line in node["chart"].table()]
                columns = max(map(len, rows))
                yield write_rows(row + [""] * (columns - len(row)) for row in rows)
                yield self.write_places(node)
            case diagram() | mermaid():
                yield from (escape(text) for name in ("title", "alt") if (text := node.get(name)))
                yield fence(node["code"], "mermaid")
                yield self.write_places(node)
            case nodes.Element():
                yield from self.write_made(node)
                yield from self.write_children(node, level)

    def write_line(self, node: nodes.Node) -> str:
        """Return a line of text that is read as one: no list, no heading, no quotation."""
        return OPENING.sub(r"\g<0>\\", self.write_inline(node).strip())

    def write_slide_title(self, node: slide_title, level: int) -> str:
        """Return the heading of a slide, with its number."""
        _, number = self.phrases.gettext, node.parent["number"]
        counted = _("%s, detail") % number if node.parent["detail"] else number
        name = _("Slide %s") % counted
        return self.write_heading(f"{name}: {self.write_inline(node)}", max(level + 1, 2))

    def write_list(self, node: nodes.Node, level: int) -> Iterator[str]:
        """Yield a list, its items or what stands beside a name in it, and the lines of a verse."""
        match node:
            case nodes.enumerated_list():
                items = enumerate(self.join_each(node, level), node.get("start", 1))
                yield "\n".join(indent(item, f"{number}. ") for number, item in items)
            case nodes.bullet_list():
                yield "\n".join(indent(item, "- ") for item in self.join_each(node, level))
            case nodes.definition_list() | nodes.field_list() | nodes.option_list():
                yield "\n".join(self.write_children(node, level))
            case nodes.definition_list_item() | nodes.field() | nodes.option_list_item():
                *names, meaning = node.children
                name = ", ".join(self.write_inline(part) for part in names)
                said = self.join(meaning, level) if isinstance(meaning, nodes.Element) else ""
                yield indent(f"{surround(name, '**')}: {said}", "- ")
            case nodes.line_block():
                yield "\\\n".join(self.write_children(node, level))

    def join_each(self, node: nodes.Element, level: int) -> list[str]:
        """Return the blocks in each child of a node as one text."""
        return [self.join(part, level) for part in node.children if isinstance(part, nodes.Element)]

    def write_caption(self, words: nodes.TextElement, holder: nodes.Element) -> str:
        """Return what a figure, table or listing is called, with its number where it has one."""
        kind = self.env.domains.standard_domain.get_enumerable_node_type(holder) or ""
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((numbers[name] for name in holder["ids"] if name in numbers), None)
        named = f"**{self.env.config.numfig_format[kind] % '.'.join(map(str, number))}** " if number else ""
        return named + self.write_inline(words)

    def write_equation(self, node: nodes.math_block) -> str:
        """Return an equation as its TeX, with its number."""
        tex = node.astext().strip()
        if re.search(r"\\\\|&", ENVIRONMENT.sub("", tex)):
            tex = f"\\begin{{aligned}}\n{tex}\n\\end{{aligned}}"
        number = f"\n\\tag{{{node['number']}}}" if node.get("number") else ""
        return f"$$\n{tex}{number}\n$$"

    def write_table(self, node: nodes.table) -> Iterator[str]:
        """Yield a table: its title, then its cells; one over several rows or columns stands in the first of them."""
        for title in node.findall(nodes.title):
            yield self.write_caption(title, node)
        grid: dict[tuple[int, int], str] = {}
        for line, row in enumerate(node.findall(nodes.row)):
            column = 0
            for cell in find_all(row, nodes.entry):
                while (line, column) in grid:
                    column += 1
                text = self.join(cell, DEEPEST_HEADING).replace("\n\n", "<br>").replace("\n", "<br>")
                for down in range(cell.get("morerows", 0) + 1):
                    for right in range(cell.get("morecols", 0) + 1):
                        grid[line + down, column + right] = "" if down or right else text
        if grid:
            lines, columns = (max(place) + 1 for place in zip(*grid, strict=True))
            rows = [[grid.get((line, column), "") for column in range(columns)] for line in range(lines)]
            yield write_rows(rows if any(node.findall(nodes.thead)) else [[""] * columns, *rows])

    def write_made(self, node: nodes.Element) -> Iterator[str]:
        """Yield what we add to an author's text: an article's head, a deck's cover and last slides, the gallery."""
        _ = self.phrases.gettext
        match node:
            case paper_head():
                front, work = node["front"], node["work"]
                yield escape(front.summary)
                named = {_("Present"): node["deck"], _("Paper"): work.url if work else ""}
                named |= {_("Code"): front.code, _("Podcast"): front.podcast}
                links = [f"[{name}]({self.locate(address)})" for name, address in named.items() if address]
                if work:
                    yield escape(". ".join(filter(None, (work.title, work.authors_text(6), work.when))))
                yield " · ".join(links)
                if node["checked"]:
                    found, *rest = node["checked"]
                    yield escape("; ".join((f"{found} ({'; '.join(node['texts'])})", *rest)))
                yield fence(work.bibtex, "bibtex") if work else ""
            case deck_cover():
                yield self.write_heading(escape(node["name"]), 1)
                yield from (escape(node[name] or "") for name in ("summary", "title", "people", "when", "presented"))
            case deck_closing():
                yield self.write_heading(escape(node["says"]), 2)
                yield "\n".join(f"- **{escape(number)}** {escape(words)}" for number, words in node["numbers"])
            case deck_sources():
                if node["ids"] == ["sources"]:  # the next ones go on with it
                    yield self.write_heading(_("Where the numbers stand"), 2)
                yield "\n".join(f"- {escape(place)}: {escape('; '.join(said))}" for place, said in node["entries"])
            case gallery():
                for entry in entries(self.builder, self.docname):
                    address = entry.deck if self.builder.name in DECK_BUILDERS else entry.article
                    yield f"- [{escape(entry.title)}]({self.locate(address or '')}): {escape(entry.cover.summary)}"

    def write_inline(self, node: nodes.Node) -> str:
        """Return a node as a part of a line."""
        if isinstance(node, nodes.Text):
            return escape(str(node))
        if is_left_out(node) or not isinstance(node, nodes.Element):
            return ""
        text = "".join(map(self.write_inline, node.children))
        if address := self.find_address(node):
            return f"[{text}]({address})"
        match node:
            case fact_node():
                return text + self.write_place(node)
            case nodes.math():
                return f"${node.astext()}$"
            case nodes.literal():
                return write_code(node.astext())
            case nodes.strong():
                return surround(text, "**")
            case nodes.emphasis() | nodes.title_reference():
                return surround(text, "*")
            case nodes.superscript() | nodes.subscript():
                return f"<{node.tagname[:3]}>{text}</{node.tagname[:3]}>"
            case nodes.footnote_reference():
                return f"[^{node.astext()}]"
            case nodes.image():
                copied = self.builder.images.get(node["uri"])
                uri = f"{self.builder.imgpath}/{copied}" if copied else node["uri"]
                return f"![{escape(node.get('alt', ''))}]({self.locate(uri)})"
            case small():
                return f"({text})" if text else ""
            case nodes.abbreviation() if node.get("explanation"):
                return f"{text} ({escape(node['explanation'])})"
            case nodes.raw():
                return node.astext() if "html" in node["format"].split() else write_code(node.astext())
        return text

    def find_address(self, node: nodes.Element) -> str:
        """Return where a link leads; empty for what is none, or leads to a place on the same page."""
        match node:
            case nodes.reference():
                return self.locate(node.get("refuri", ""))
            case data_file():
                return relative_uri(text_of(self.docname), node["path"])
            case addnodes.download_reference() if "filename" in node:
                return self.locate(f"{self.builder.dlpath}/{node['filename']}")
        return ""

    def write_place(self, node: fact_node) -> str:
        """Return where a number stands, in brackets behind it; nothing where a table or a heading goes without."""
        above = node.parent
        while above is not None and not (isinstance(above, nodes.table) and PLACED & {*above["classes"]}):
            above = above.parent
        place = "" if above is not None or node["in_title"] else node["beside"]
        return f" ({escape(place)})" if place else ""

    def write_places(self, picture: nodes.Element) -> str:
        """Return where the numbers in a picture stand, in brackets below it."""
        own, others = collect_places(self.env, self.docname, [picture], FrontMatter.of(self.env, self.docname).paper)
        named = [", ".join(own), *(" ".join((work, ", ".join(places))) for work, places in others.items())]
        listed = "; ".join(filter(None, named))
        return f"({escape(listed.strip())})" if listed.strip() else ""

    def locate(self, address: str) -> str:
        """Return an address, written for the page of the document, as it is written in the file beside it."""
        parts = urlsplit(address)
        here, page = (posixpath.dirname(name) for name in (self.docname, self.builder.get_target_uri(self.docname)))
        if here != page and not parts.scheme and not parts.netloc and parts.path:
            way = posixpath.relpath(f"/{page}", f"/{here}")  # from the file to the folder of the page
            moved = posixpath.normpath(posixpath.join(way, parts.path))
            address = parts._replace(path=moved + "/" * parts.path.endswith("/")).geturl()
        return f"<{address}>" if re.search(r"[\s()<>]", address) else address
