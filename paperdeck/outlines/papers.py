"""A paper, read as the outline of its talk: what its slides show, and what is said at them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperdeck.outlines.drafting import PROSE
from paperdeck.outlines.model import Block, Kind, Outline, OutlinedSlide
from paperdeck.outlines.pieces import Piece, scan
from paperdeck.outlines.reading import KINDS, LABEL, level_points
from paperdeck.site.front_matter import read_head, split_front_matter
from paperdeck.slides.fences import read_fence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROLE = re.compile(
    r"\\.|(?P<space>[ ]?)\{(?P<role>[\w:+-]+)\}`(?P<text>[^`]*)`|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
)
"""A role; what is escaped and what is code are passed over."""
TARGET = re.compile(r"(?P<words>.*?)\s*<(?P<target>[^<>]*)>")
OPTION = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*)")
HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*)")
WORDLESS = ("cite", "eq", "numref")
"""Roles that write nothing of what they hold."""


def replace_roles(text: str, show: Callable[[str], str]) -> str:
    """Return text with the words of its roles in their places.

    :param show: returns how a fact is written by default
    """

    def write(role: re.Match[str]) -> str:
        if not role["role"]:
            return role[0]
        target = TARGET.fullmatch(role["text"])
        if role["role"].startswith(WORDLESS):
            return ""
        words = target["words"] if target else ""
        if not words:
            words = show(role["text"].strip()) if role["role"] == "fact" else role["text"].strip("/")
        return role["space"] + words

    return ROLE.sub(write, text)


@dataclass
class _Open:
    """A slide that is being read."""

    title: str
    line: int
    detail: bool = False
    question: bool = False
    blocks: list[Block] = field(default_factory=list)

    def finish(self) -> OutlinedSlide:
        return OutlinedSlide(self.title, self.line, tuple(level_points(self.blocks)), self.detail, self.question)


def read_paper(source: str, show: Callable[[str], str]) -> Outline:
    """Return the outline of a document's slides.

    :param show: returns how a fact is written by default
    """
    front = split_front_matter(source)
    skipped = front[1] if front else 0
    keys = read_head(source).keys
    reader = _Reader(source.splitlines(), skipped, show)
    reader.read()
    return Outline(
        reader.title,
        tuple(slide.finish() for slide in reader.slides),
        tuple(reader.opening),
        keys["lang"][1] if "lang" in keys else "",
    )


class _Reader:
    """Goes through a document, and keeps to which slide the prose belongs."""

    def __init__(self, lines: list[str], first: int, show: Callable[[str], str]) -> None:
        self.lines = lines
        self.at = first
        self.show = show
        self.title = ""
        self.slides: list[_Open] = []
        self.opening: list[Block] = []
        self.waiting: list[Block] = self.opening
        """Where prose goes: to the opening, to the slide above, or to the slide that follows."""

    def read(self) -> None:
        """Read to the end."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            fence = read_fence(line)
            if fence and fence.info:
                self.read_fence(fence.marks, fence.name, fence.info)
                continue
            heading = HEADING.fullmatch(line)
            if heading and heading["marks"] == "#" and not self.title:
                self.title = self.replace(heading["text"])
            elif heading:
                self.waiting = []
            elif line.startswith("%") and line != PROSE:
                self.waiting.append(Block(Kind.COMMENT, line[1:].strip(), self.at + 1))
            elif line.strip() and not LABEL.fullmatch(line) and line != PROSE:
                self.read_prose()
                continue
            self.at += 1

    def replace(self, text: str) -> str:
        """Return text with the words of its roles."""
        return replace_roles(text, self.show).strip()

    def read_fence(self, marks: str, name: str, info: str) -> None:
        """Read what a fence holds: a slide, or something that the article alone has."""
        first = self.at + 1
        self.at = self.find_end(first, marks) + 1
        if name != "slide":
            return
        slide = _Open(self.replace(info.partition("}")[2]), first)
        below = self.waiting if self.waiting is not self.opening and not self.says_to_slide() else []
        slide.blocks += below
        slide.blocks += self.read_body(slide, first, self.at - 1)
        self.slides.append(slide)
        self.waiting = slide.blocks

    def says_to_slide(self) -> bool:
        """Tell whether the prose above belongs to the slide above already."""
        return bool(self.slides) and self.waiting is self.slides[-1].blocks

    def find_end(self, first: int, marks: str) -> int:
        """Return the index of the line that ends a fence."""
        for number in range(first, len(self.lines)):
            fence = read_fence(self.lines[number])
            if fence and fence.closes(marks):
                return number
        return len(self.lines)

    def read_body(self, slide: _Open, first: int, last: int) -> list[Block]:
        """Return what a slide shows, its options read."""
        while first < last and (option := OPTION.fullmatch(self.lines[first])):
            slide.detail = slide.detail or option["name"] == "detail"
            slide.question = slide.question or (option["name"], option["value"]) == ("layout", "question")
            first += 1
        return list(self.read_shown(first, last))

    def read_shown(self, first: int, last: int) -> Iterator[Block]:
        """Yield the blocks between two lines; a directive that draws is a comment with what it draws."""
        plain: list[str] = []
        begin = first
        at = first
        while at <= last:
            fence = read_fence(self.lines[at]) if at < last else None
            if at == last or (fence and fence.name):
                yield from self.read_blocks(plain, begin)
                plain = []
            if fence and fence.name:
                end = min(self.find_end(at + 1, fence.marks), last)
                yield from self.read_directive(fence.name, fence.info.partition("}")[2].strip(), at, end)
                at = end
                begin = at + 1
            elif at < last:
                plain.append(self.lines[at])
            at += 1

    def read_directive(self, name: str, argument: str, at: int, end: int) -> Iterator[Block]:
        """Yield what a directive on a slide shows."""
        inside = at + 1
        while inside < end and OPTION.fullmatch(self.lines[inside]):
            inside += 1
        if name in ("side", "table"):
            if argument:
                yield Block(Kind.TEXT, f"**{self.replace(argument)}**", at + 1)
            yield from self.read_shown(inside, end)
        elif name == "speaker-notes":
            for block in self.read_shown(inside, end):
                yield Block(Kind.NOTE, "- " * (block.kind is Kind.POINT) + block.text, block.line)
        elif name == "math":
            tex = "\n".join(filter(str.strip, self.lines[inside:end]))
            yield Block(Kind.KEPT, f"$$\n{tex}\n$$", at + 1)
        else:
            yield Block(Kind.COMMENT, f"{name} {argument}".strip(), at + 1)

    def read_blocks(self, lines: Sequence[str], first: int) -> Iterator[Block]:
        """Yield the blocks of some lines of Markdown."""
        depths: list[int] = []
        last: Block | None = None
        for part in scan([self.replace_line(line) for line in lines], first + 1):
            if part.piece in (Piece.TEXT, Piece.ITEM):
                joins = part.piece is Piece.TEXT and last and not part.after_blank
                if joins and last and last.kind in (Kind.TEXT, Kind.POINT):
                    last = Block(last.kind, f"{last.text} {part.text}", last.line, last.depth, last.ordered)
                    continue
            if last:
                yield last
            if part.piece is Piece.ITEM:
                while depths and part.level <= depths[-1]:
                    depths.pop()
                last = Block(Kind.POINT, part.text, part.line, len(depths), part.ordered)
                depths.append(part.level)
            else:
                last = Block(KINDS.get(part.piece, Kind.TEXT), part.text, part.line)
        if last:
            yield last

    def replace_line(self, line: str) -> str:
        """Return a line with the words of its roles; its indent stays."""
        return replace_roles(line, self.show)

    def read_prose(self) -> None:
        """Read a paragraph or a list of the article."""
        first = self.at
        while self.at < len(self.lines) and self.lines[self.at].strip():
            line = self.lines[self.at]
            fence = read_fence(line)
            if self.at > first and (HEADING.fullmatch(line) or line.startswith("%") or (fence and fence.info)):
                break
            self.at += 1
        for block in self.read_blocks(self.lines[first : self.at], first):
            if block.kind in (Kind.POINT, Kind.TEXT) and block.text:
                self.waiting.append(Block(Kind.NOTE, "- " * (block.kind is Kind.POINT) + block.text, block.line))
