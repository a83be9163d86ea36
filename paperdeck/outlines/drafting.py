"""A paper from an outline: a slide for a slide, room for prose, a ledger of its numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.commands import Refused
from paperdeck.ledger.yaml import LARGEST, MOST
from paperdeck.outlines.inline import can_draw, plain, write_block_text, write_inline
from paperdeck.outlines.model import Block, Kind, Outline, OutlinedSlide, mark_points
from paperdeck.outlines.numbering import Numbers
from paperdeck.outlines.pieces import PICTURE, SEPARATOR, write_code
from paperdeck.slides.ids import make_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PROSE = "% Here goes what explains the slide: the article's text, and what the speaker says."
SCHEMA = "# yaml-language-server: $schema=../../_build/html/ledger.schema.json\n"
"""What editors check the ledger against, once the articles are built."""
LEDGER = """\
# The numbers of the outline. Nobody has looked them up yet, so that the build tells of each on a slide:
# find its place in the paper, and write “source: {paper}, Table 1” in the place of “known: draft”.

"""
NO_NUMBERS = "# No number was found in the outline.\n"


class Draft(NamedTuple):
    """What an outline gives."""

    document: str
    ledger: str
    pictures: tuple[str, ...]
    """The files of its pictures, as the outline names them."""
    untaken: tuple[Block, ...]
    """What stands in the document as a comment alone."""
    slides: int
    numbers: int


class Document(NamedTuple):
    """What a document of headings gives."""

    text: str
    untaken: tuple[Block, ...]


def draft_document(outline: Outline) -> Document:
    """Return a document with the slides of another one; its numbers, roles and links stay as they are."""
    writer = _Writer(outline, lambda _file: True, None, roles=True)
    front = f"---\nlang: {outline.language}\n---\n" if outline.language else ""
    text = front + writer.write("Slides")
    return Document(text if front else text.lstrip("\n"), tuple(writer.untaken))


def draft_paper(outline: Outline, words: Mapping[str, str], has_file: Callable[[str], bool]) -> Draft:
    """Return the document of a paper and its ledger.

    :param words: the ``slug``, the key of the ``paper`` in the bibliography and its ``short`` name, both as YAML has
        them, and its ``title`` as a heading holds it, empty where nobody knows it
    :param has_file: tells whether a picture that the outline names can be taken over
    """
    numbers = Numbers(outline.language)
    writer = _Writer(outline, has_file, numbers)
    language = f"lang: {outline.language}\n" if outline.language else ""
    head = f"---\npaper: {words['paper']}\nshort: {words['short']}\n{language}---\n"
    document = head + writer.write(words["slug"], words["title"])
    ledger = numbers.as_ledger()
    count = len(numbers.facts)
    if count > MOST - 1 or len(ledger) + len(SCHEMA + LEDGER) + 200 > LARGEST:
        raise Refused(f"the outline has {count} numbers, more than a ledger holds; split it")
    ledger = SCHEMA + (LEDGER.format(paper=words["paper"]) + ledger if ledger else NO_NUMBERS)
    return Draft(document, ledger, tuple(writer.pictures), tuple(writer.untaken), len(outline.slides), count)


class _Writer:
    """Writes the slides of an outline one after another."""

    def __init__(
        self, outline: Outline, has_file: Callable[[str], bool], numbers: Numbers | None, *, roles: bool = False
    ) -> None:
        self.outline = outline
        self.has_file = has_file
        self.numbers = numbers
        self.roles = roles
        self.pictures: list[str] = []
        self.untaken: list[Block] = []
        self.names: set[str] = set()
        self.titles = Counter(make_slug(plain(write_inline(slide.title))) for slide in outline.slides)

    def write(self, slug: str, title: str = "") -> str:
        """Return what stands below the front matter, under a title, or that of the outline."""
        parts = [f"\n# {title or write_heading(self.outline.title, roles=self.roles) or slug}\n"]
        parts += self.write_rest(self.outline.opening, "")
        for outlined in self.outline.slides:
            slide = replace(outlined, blocks=tuple(map(self.leave_out, outlined.blocks)))
            parts += [
                *([] if slide.detail else [f"\n## {write_heading(slide.title, roles=self.roles)}\n"]),
                self.write_slide(slide),
            ]
            parts += self.write_rest(slide.blocks, PROSE)
        return "".join(parts)

    def write_text(self, text: str, context: str = "", *, begins: bool = True) -> str:
        """Return the text of a block, its numbers as facts where there is a ledger for them.

        :param begins: it begins a line
        """
        written = (write_block_text if begins else write_inline)(text, roles=self.roles)
        return self.numbers.write(written, context) if self.numbers else written

    def write_slide(self, slide: OutlinedSlide) -> str:
        """Return the fence of a slide."""
        title = write_inline(slide.title, roles=self.roles)
        numbered = self.write_text(slide.title, begins=False)
        options = self.write_name(title, changed=numbered != title)
        body = "\n".join(self.write_blocks(slide)).strip("\n")
        if not body or slide.question:
            options.append(f":layout: {'question' if body else 'statement'}")
        if slide.detail:
            options.append(":detail:")
        marks = ":" * max([3, *(len(run) + 1 for run in re.findall(r"^\s*(:{3,})", body, re.M))])
        return "\n" + "\n".join(filter(None, [f"{marks}{{slide}} {numbered}", *options, body, marks])) + "\n"

    def write_name(self, title: str, *, changed: bool) -> list[str]:
        """Return the option that names a slide whose title cannot: it holds a number, or stands twice."""
        slug = make_slug(plain(title))
        if not changed and self.titles[slug] < 2 and f"slide-{slug}" not in self.titles:
            return []
        base = name = f"slide-{slug}"
        count = 1
        while name in self.names or name in self.titles or name.removeprefix("slide-").isdecimal():
            count += 1
            name = f"{base}-no-{count}"
        self.names.add(name)
        return [f":name: {name}"]

    def write_blocks(self, slide: OutlinedSlide) -> Iterator[str]:
        """Yield what a slide shows, block by block."""
        before: Kind | None = None
        for block, mark in mark_points(slide.shown):
            if block.kind is not Kind.POINT:
                if written := self.write_block(block):
                    yield from ("", written) if before else (written,)
                    before = block.kind
                continue
            if before not in (None, Kind.POINT):
                yield ""
            before = Kind.POINT
            yield mark + self.write_text(block.text)

    def write_block(self, block: Block) -> str:
        """Return something that is no point."""
        if block.kind is Kind.TEXT:
            return self.write_text(block.text)
        if block.kind is Kind.PICTURE:
            return self.write_picture(block)
        if block.text.startswith("$$"):
            tex = block.text.strip("$\n")
            return block.text if can_draw(tex, display=True) else write_code(tex, "text")
        if block.text.startswith(("`", "~")):
            return block.text
        head, separator, *rows = block.text.splitlines()
        columns = len(split_row(head))
        if not SEPARATOR.fullmatch(separator) or len(split_row(separator)) != columns:
            return write_code(block.text, "text")
        names = [plain(write_inline(cell)) for cell in split_row(head)]
        cells = [[self.write_text(cell, begins=False) for cell in split_row(head)]]
        for row in map(split_row, rows):
            cells.append([self.write_cell(cell, row, column, names) for column, cell in enumerate(row)])
        lines = [f"| {' | '.join([*row, *[''] * columns][: max(columns, 1)])} |" for row in cells]
        return "\n".join([lines[0], f"| {' | '.join(split_row(separator))} |", *lines[1:]])

    def write_cell(self, cell: str, row: list[str], column: int, names: list[str]) -> str:
        """Return a cell of a table; its number is called as its row and its column are."""
        context = [plain(write_inline(row[0])) if column else "", *names[column : column + 1]]
        return self.write_text(cell, " ".join(filter(None, context)), begins=False)

    def write_picture(self, block: Block) -> str:
        """Return a picture, and note its file."""
        picture = PICTURE.match(block.text)
        assert picture
        self.pictures.append(picture["file"])
        return f"![{write_inline(picture['words'])}]({picture['file']})"

    def leave_out(self, block: Block) -> Block:
        """Return a block; a picture without a file as one that could not be read."""
        picture = PICTURE.match(block.text) if block.kind is Kind.PICTURE else None
        return replace(block, kind=Kind.UNREAD) if picture and not self.has_file(picture["file"]) else block

    def write_rest(self, blocks: tuple[Block, ...], otherwise: str) -> Iterator[str]:
        """Yield what is not shown: comments, and the prose that is said."""
        comments = [block for block in blocks if block.kind in (Kind.UNREAD, Kind.COMMENT)]
        self.untaken += [block for block in comments if block.kind is Kind.UNREAD]
        lines = [f"% {line}".rstrip() for block in comments for line in block.text.splitlines()]
        said = [block.text for block in blocks if block.kind is Kind.NOTE]
        if lines:
            yield "\n" + "\n".join(lines) + "\n"
        item = False
        for text in said:
            mark = "- " if text.startswith("- ") else ""
            yield (("" if item and mark else "\n") + mark + self.write_text(text.removeprefix(mark)) + "\n")
            item = bool(mark)
        if not said and otherwise:
            yield f"\n{otherwise}\n"


def write_heading(title: str, *, roles: bool = False) -> str:
    """Return a title as a heading holds it."""
    return re.sub(r"(#+)$", r"\\\1", write_inline(title, roles=roles))


def split_row(row: str) -> list[str]:
    """Return the cells of a row of a table."""
    bare = re.sub(r"(?<!\\)\|$", "", row.strip().removeprefix("|"))
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", bare)]
