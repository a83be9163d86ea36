"""An outline, read from a file in whatever form it has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.language import LANGUAGE_TAG
from paperdeck.outlines.forms import to_markdown
from paperdeck.outlines.inline import CONTROL
from paperdeck.outlines.labels import (
    ABOUT,
    DETAIL,
    NO_TITLE,
    OFFER,
    PROMPT,
    PROMPT_TITLE,
    TIMING,
    read_label,
    read_slide_start,
    strip_marks,
)
from paperdeck.outlines.model import SHOWN, Block, Kind, Outline, OutlinedSlide
from paperdeck.outlines.pieces import ITEM, Part, Piece, scan
from paperdeck.site.front_matter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set
    from pathlib import Path

LARGEST = 512 * 1024
"""Bytes of an outline; the outline of an hour has 10,000."""
MOST_SLIDES = 300
LONGEST_TITLE = 100
FORMS = "write a heading for each slide, such as “## Slide 1: Title”, and its points as a list below it"
FENCE = re.compile(r"\s*[`~]{3,}\s*(?:markdown|md|te?xt|plaintext)?\s*", re.I)
CLOSING = re.compile(r"\s*[`~]{3,}\s*")
NAMED = re.compile(r"\s*[`~]{3,}\s*[^\s`~]")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""What is copied with a text and is seen by nobody: spaces of no width, hyphens for the end of a line."""
LABEL = re.compile(r"\([\w.:-]+\)=")
"""A label of MyST, which names what follows it."""
KEY_LINE = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?")
KNOWN_LINE = re.compile(r"\s*$|-{3,}\s*$|\.\.\.\s*$|(?:title|lang|marp|theme|format|paginate|layout)\s*:", re.I)
"""A line of a front matter that says nothing to keep, or nothing that is not kept elsewhere."""
KINDS = {
    Piece.KEPT: Kind.KEPT,
    Piece.PICTURE: Kind.PICTURE,
    Piece.SAID: Kind.NOTE,
    Piece.COMMENT: Kind.COMMENT,
    Piece.UNREAD: Kind.UNREAD,
}


def load_outline(path: Path) -> Outline:
    """Return the outline in a file.

    Raises Refused: it cannot be read, or no slide is found in it.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}; name a file with the outline") from None
    return read_outline(data, str(path))


def read_outline(data: bytes, name: str) -> Outline:
    """Return the outline that the bytes of a file hold.

    Raises Refused: they are no text, too many, or no slide is found in them.
    """
    if len(data) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 1024} KiB, which no outline is; name another file")
    text = _decode(data, name)
    if not text.strip():
        raise Refused(f"{name} is empty; {FORMS}")
    texts = dict.fromkeys((text, open_fence(text)))
    outline = max((_read_text(each, name) for each in texts), key=lambda read: len(read.slides))
    if not outline.slides:
        raise Refused(f"{name} has no slide that can be found; {FORMS}")
    if len(outline.slides) > MOST_SLIDES:
        raise Refused(f"{name} has {len(outline.slides)} slides; split it, {MOST_SLIDES} are the most")
    return outline


def open_fence(text: str) -> str:
    """Return a text without the fence around it: language models set a whole answer in one, as Markdown to copy.

    One that stands below a heading belongs to what is told there.
    """
    lines = text.split("\n")
    opening = next((number for number, line in enumerate(lines) if FENCE.fullmatch(line)), len(lines))
    if any(line.startswith("#") for line in lines[:opening]):
        return text
    bare = [number for number, line in enumerate(lines) if CLOSING.fullmatch(line) and number > opening]
    named = [number for number, line in enumerate(lines) if NAMED.match(line) and number > opening]
    closed = (len(bare) - len(named)) % 2 == 1  # each fence within has two ends, the second of them bare
    taken = {opening, *(bare[-1:] if closed else ())}
    return "\n".join("" if number in taken else line for number, line in enumerate(lines))


def _read_text(text: str, name: str) -> Outline:
    converted = to_markdown(text, name)
    lines, front = (converted.lines, {}) if converted.title else _split_front(converted.lines)
    title = front.get("title", "") or converted.title
    parts = leave_out_offer(scan(lines))
    marked = mark_slides(parts, slidev="marp" in front or "theme" in front or "layout" in front)
    outline = _assemble(marked, strip_marks(title))
    language = front.get("lang", "") or _find_language(parts)
    return replace(outline, language=language if LANGUAGE_TAG.fullmatch(language) else "")


def _decode(data: bytes, name: str) -> str:
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} is no text in UTF-8; save it as that, or name another file") from None
    if "\0" in text:
        raise Refused(f"{name} is no text; name a file with the outline")
    return CONTROL.sub(" ", INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


def _split_front(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the lines with those of a front matter, or of Pandoc's title, blank or comments, and what they say."""
    if found := split_front_matter("\n".join(lines)):
        keys = [match for line in found[0].splitlines() if (match := KEY_LINE.fullmatch(line.rstrip()))]
        if keys:
            front = {match[1].lower(): (match[2] or "").strip().strip("\"'") for match in keys}
            head = ["" if KNOWN_LINE.match(line) else f"% {line}" for line in lines[: found[1]]]
            return [*head, *lines[found[1] :]], front
    if re.match(r"% \S", lines[0]):
        return ["", *lines[1:]], {"title": lines[0][2:].strip()}
    return lines, {}


def _find_language(parts: Sequence[Part]) -> str:
    starts = (read_slide_start(part.text) for part in parts)
    languages = Counter(start.language for start in starts if start)
    return languages.most_common(1)[0][0] if languages else ""


def leave_out_offer(parts: list[Part]) -> list[Part]:
    """Return the parts; what offers to go on, below the last slide, as none of it."""
    tail = len(parts)
    while tail and parts[tail - 1].piece in (Piece.TEXT, Piece.ITEM, Piece.RULE):
        tail -= 1
    for number in range(tail, len(parts)):
        part = parts[number]
        if part.piece is Piece.TEXT and part.after_blank and part.level == 0 and OFFER.fullmatch(part.text):
            return [*parts[:number], *(replace(each, piece=Piece.UNREAD) for each in parts[number:])]
    return parts


def mark_slides(parts: list[Part], *, slidev: bool) -> list[Part]:
    """Return the parts with those that begin a slide marked, by the first form that the whole has.

    That is numbered slides, rules between slides, headings, or lists with a title each.
    """
    starts = [part for part in parts if _begins_numbered(part)]
    if any(part.piece is Piece.HEADING for part in starts):  # then a line without a mark of its own is none
        starts = [part for part in starts if part.piece is Piece.HEADING or strip_marks(part.text) != part.text]
    if len(starts) > 1 or any((start := read_slide_start(part.text)) and start.numbered for part in starts):
        return list(_mark_numbered(parts, {id(part) for part in starts}))
    rules = sum(part.piece is Piece.RULE for part in parts)
    headings = [part for part in parts if part.piece is Piece.HEADING]
    if len(headings) == 1 and headings[0].level == 1 and _is_list_of_slides(parts):
        return list(_mark_lists(parts))
    if slidev or (rules > 1 and rules >= len(headings) // 2):
        return list(_mark_ruled(parts))
    if headings:
        return list(_mark_headings(parts))
    return list(_mark_lists(parts))


def _is_list_of_slides(parts: Sequence[Part]) -> bool:
    """Tell whether one title stands above a list, whose bold items with items below them are the slides."""
    items = [part for part in parts if part.piece is Piece.ITEM]
    titles = [part for part in items if part.level == min(each.level for each in items)]
    bold = all(strip_marks(part.text) != part.text for part in titles)
    return parts[0].piece is Piece.HEADING and 1 < len(titles) < len(items) and bold


def _begins_numbered(part: Part) -> bool:
    if part.piece not in (Piece.HEADING, Piece.TEXT, Piece.ITEM):
        return False
    start = read_slide_start(part.text)
    return start is not None and (part.piece is Piece.HEADING or (start.certain and not part.level))


def _mark_numbered(parts: Sequence[Part], starts: Set[int]) -> Iterator[Part]:
    level = 7  # of the heading of a slide; of any other, nothing is known yet
    outside = True
    for part in parts:
        if id(part) in starts and (start := read_slide_start(part.text)):
            level, outside = (part.level if part.piece is Piece.HEADING else 7), False
            yield replace(part, piece=Piece.SLIDE, text=start.title)
        elif part.piece is Piece.HEADING and not outside:
            if detail := DETAIL.fullmatch(strip_marks(part.text)):
                yield replace(part, piece=Piece.SLIDE, text=detail["title"], detail=True)
            elif part.level > level or read_label(f"**{part.text}**"):
                yield _make_bold(part)
            else:
                outside = True
                yield replace(part, piece=Piece.UNREAD)
        elif outside and level < 7 and part.piece is not Piece.RULE:
            yield replace(part, piece=Piece.UNREAD)
        elif part.piece is not Piece.RULE:
            yield part


def _mark_ruled(parts: Sequence[Part]) -> Iterator[Part]:
    chunks: list[list[Part]] = [[]]
    for part in parts:
        if part.piece is Piece.RULE:
            chunks.append([])
        chunks[-1].append(part)
    for number, chunk in enumerate(chunks):
        body = [part for part in chunk if part.piece is not Piece.RULE]
        if body and all(part.piece is Piece.TEXT and KEY_LINE.fullmatch(part.text) for part in body):
            yield from (replace(part, piece=Piece.UNREAD) for part in body)  # Slidev's settings of the next slide
            continue
        heading = next((part for part in body if part.piece is Piece.HEADING), None)
        shown = any(part.piece in (Piece.ITEM, Piece.KEPT, Piece.PICTURE) for part in body)
        if not number and heading and heading.level == 1 and not shown:
            yield from body
            continue
        if heading is None and any(part.piece in (Piece.ITEM, Piece.KEPT, Piece.PICTURE, Piece.TEXT) for part in body):
            yield Part(Piece.SLIDE, "", body[0].line)
        for part in body:
            if part.piece is Piece.HEADING and heading:
                whole = part is heading or part.level <= heading.level
                yield replace(part, piece=Piece.SLIDE) if whole else _make_bold(part)
            else:
                yield part


def _make_bold(part: Part) -> Part:
    return replace(part, piece=Piece.TEXT, text=f"**{strip_marks(part.text)}**", level=0, after_blank=True)


def _mark_headings(parts: Sequence[Part]) -> Iterator[Part]:
    parts = [part for part in parts if part.piece is not Piece.RULE]
    counts: Counter[int] = Counter()
    level = 0
    for part in parts:
        if part.piece is Piece.HEADING:
            level = part.level
            counts[level] += 0
        elif level and part.piece in (Piece.ITEM, Piece.KEPT, Piece.PICTURE):
            counts[level] += 1
            level = 0  # each heading is counted once
    slides = min(counts, key=lambda each: (-counts[each], each))
    titled = False
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if part.piece is not Piece.HEADING:
            yield part
        elif part.level == slides or (part.level < slides and (titled or part.level > 1) and _holds_content(after)):
            titled = True
            yield replace(part, piece=Piece.SLIDE)
        elif part.level > slides:
            yield _make_bold(part)
        else:
            yield part if not titled else replace(part, piece=Piece.UNREAD)
            titled = True


def _holds_content(after: Part | None) -> bool:
    """Tell whether a heading above those of the slides is one itself, for what follows it is no heading."""
    return after is not None and after.piece in (Piece.ITEM, Piece.KEPT, Piece.PICTURE, Piece.TEXT)


def _mark_lists(parts: Sequence[Part]) -> Iterator[Part]:
    """Mark titles in an outline without headings: bold lines, items with items below them, or lines above lists."""

    def is_bold(part: Part) -> bool:
        return part.piece is Piece.TEXT and strip_marks(part.text) != re.sub(r"\s*[:：]$", "", part.text)

    pairs = list(zip(parts, [*parts[1:], None], strict=True))
    items = [part.level for part in parts if part.piece is Piece.ITEM]
    lowest = min(items, default=0)
    parents = [
        part
        for part, after in pairs
        if part.piece is Piece.ITEM
        and part.level == lowest
        and after
        and after.piece is Piece.ITEM
        and after.level > lowest
    ]
    above = [part for part, after in pairs if part.piece is Piece.TEXT and after and after.piece is Piece.ITEM]
    bold = [part for part in parts if is_bold(part) and not read_label(part.text)]
    starts: list[Part] = []
    if len(bold) > 1:
        starts = bold
    elif len(above) > 1:
        starts = [part for part in above if not read_label(part.text)]
    elif len(parents) > 1 or (parents and items.count(lowest) == 1):
        starts = [part for part in parts if part.piece is Piece.ITEM and part.level == lowest]
    elif items:
        first = next(part for part in parts if part.piece is Piece.ITEM)
        yield Part(Piece.SLIDE, "", first.line)
    begins = {id(part) for part in starts}
    for part in parts:
        yield replace(part, piece=Piece.SLIDE, text=strip_marks(part.text)) if id(part) in begins else part


def _assemble(parts: Sequence[Part], title: str) -> Outline:
    first = next((number for number, part in enumerate(parts) if part.piece is Piece.SLIDE), len(parts))
    title, opening = _read_opening(parts[:first], title)
    slides: list[_SlideReader] = []
    for part in parts[first:]:
        if part.piece is Piece.SLIDE:
            slides.append(_SlideReader(part, len(slides) + 1))
        else:
            slides[-1].take(part)
    return Outline(title, tuple(slide.finish() for slide in slides), opening)


def _read_opening(parts: Sequence[Part], title: str) -> tuple[str, tuple[Block, ...]]:
    """Return the title, and what else stands above the first slide."""
    blocks: list[Block] = []
    prompt = ""
    prompted = any(part.piece is Piece.TEXT and PROMPT.match(part.text) for part in parts)
    for part in _join_lines(parts):
        if part.piece is Piece.HEADING and part.level == 1 and not title:
            asked = PROMPT_TITLE.fullmatch(part.text)
            title = strip_marks(asked["rest"] or "" if asked else part.text)
        elif part.piece is Piece.TEXT and LABEL.fullmatch(part.text):
            blocks.append(Block(Kind.UNREAD, part.text, part.line))
        elif part.piece is Piece.TEXT and PROMPT.match(part.text):
            about = ABOUT.search(part.text)
            prompt = (about["bold"] or about["plain"]).strip() if about else prompt
        elif part.piece is Piece.TEXT and (label := read_label(part.text)) and label.name == "notes" and label.rest:
            blocks.append(Block(Kind.NOTE, label.rest, part.line))
        elif part.piece is Piece.TEXT and not title and not blocks and len(part.text) < LONGEST_TITLE:
            title = strip_marks(part.text)
        elif part.piece is Piece.TEXT and not prompted:
            blocks.append(Block(Kind.NOTE, part.text, part.line))
        elif part.piece is not Piece.RULE and not (part.piece is Piece.HEADING and part.text == title):
            mark = "- " if part.piece is Piece.ITEM else ""
            kind = KINDS.get(part.piece, Kind.UNREAD)
            blocks.append(Block(kind if kind is not Kind.KEPT else Kind.UNREAD, mark + part.text, part.line))
    return prompt or title, tuple(blocks)


def _join_lines(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with the lines of a paragraph as one."""
    joined: list[Part] = []
    for part in parts:
        if part.piece is Piece.TEXT and joined and joined[-1].piece is Piece.TEXT and not part.after_blank:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {part.text}")
        else:
            joined.append(part)
    return joined


class _SlideReader:
    """Takes the parts of one slide in order, and keeps under which label they stand."""

    def __init__(self, start: Part, number: int) -> None:
        timed = TIMING.fullmatch(strip_marks(start.text))
        self.title = strip_marks(timed["title"] if timed else start.text)
        self.line = start.line
        self.number = number
        self.detail = start.detail
        self.blocks = [Block(Kind.COMMENT, timed["timing"], start.line)] if timed else []
        self.indents: list[int] = []
        self.mode = "content"
        self.mode_indent = -1
        """How far the item was indented that began what is said; -1 where a line of its own did."""
        self.told = False
        """Whether what is said stood beside its label, so that a list is none of it."""
        self.display = False
        self.open = False
        """Whether the next line of text may go on where the last one ended."""

    def take(self, part: Part) -> None:
        """Add a part."""
        if part.piece is Piece.TEXT and LABEL.fullmatch(part.text):
            self.blocks.append(Block(Kind.UNREAD, part.text, part.line))
        elif part.piece in (Piece.ITEM, Piece.TEXT):
            if part.piece is Piece.ITEM and (self.mode_indent >= part.level or self.told):
                self.mode, self.mode_indent, self.told = "content", -1, False
            label = read_label(part.text)
            if label and self.follow(label.name, part, label.rest, label.certain):
                return
            if part.piece is Piece.ITEM:
                self.add_item(part)
            else:
                self.add_text(part)
        else:
            self.blocks.append(Block(KINDS[part.piece], part.text, part.line))
            self.open = False

    def follow(self, name: str, part: Part, rest: str, certain: bool) -> bool:
        """Do as a label says; return False where the line is no label after all."""
        item = part.piece is Piece.ITEM
        if item and not certain and not (name == "title" and NO_TITLE.fullmatch(self.title)):
            return False
        if name == "title":
            if not NO_TITLE.fullmatch(self.title):
                return False
            self.title = strip_marks(rest) or self.title
            return True
        if name == "visual":
            self.blocks.append(Block(Kind.UNREAD, re.sub(r"[*_]{2}", "", part.text), part.line))
            self.open = False
            return True
        self.mode, self.mode_indent = name, part.level if item else -1
        self.told = bool(rest) and not item
        self.indents = []
        self.display = self.display or name == "display"
        self.open = False
        if rest:
            self.take(replace(part, text=rest, piece=Piece.TEXT, level=max(part.level, 1), after_blank=True))
        return True

    def add_item(self, part: Part) -> None:
        while self.indents and part.level < self.indents[-1] + 2:
            self.indents.pop()
        depth = len(self.indents)
        self.indents.append(part.level)
        if self.mode == "notes":
            self.blocks.append(Block(Kind.NOTE, f"- {part.text}", part.line))
        else:
            self.blocks.append(Block(Kind.POINT, part.text, part.line, depth, part.ordered))
        self.open = True

    def add_text(self, part: Part) -> None:
        last = self.blocks[-1] if self.blocks else None
        goes_on = not re.match(r"\*\*[^*]+:\*\*|\*\*[^*]+\*\*:", part.text)
        if self.open and last and goes_on and (not part.after_blank or (part.level and last.kind is Kind.POINT)):
            self.blocks[-1] = replace(last, text=f"{last.text} {part.text}")
            return
        if not self.title and len(part.text) < LONGEST_TITLE:
            self.title = strip_marks(part.text)
            return
        kind = Kind.NOTE if self.mode == "notes" else Kind.TEXT
        self.blocks.append(Block(kind, part.text, part.line))
        self.open = True

    def finish(self) -> OutlinedSlide:
        """Return the slide."""
        blocks = [mark_item(block) for block in level_points(self.blocks)]
        shown = [block for block in blocks if block.kind in SHOWN]
        text = [block for block in shown if block.kind is Kind.TEXT]
        question = (
            bool(text) and len(text) == len(shown) and (self.display or "?" in text[-1].text or "？" in text[-1].text)
        )
        return OutlinedSlide(self.title or f"Slide {self.number}", self.line, tuple(blocks), self.detail, question)


def mark_item(block: Block) -> Block:
    """Return a block; what is said as an item of a list with the one mark that all have."""
    item = ITEM.fullmatch(block.text) if block.kind is Kind.NOTE else None
    return replace(block, text=f"- {item['text']}") if item else block


def level_points(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, no point deeper than one below the point before it."""
    depth = -1
    for block in blocks:
        if block.kind is Kind.POINT:
            depth = min(block.depth, depth + 1)
            yield replace(block, depth=depth)
        else:
            if block.kind in SHOWN:
                depth = -1
            yield block
