"""The lines of an outline in Markdown, put together to what belongs together: headings, items, paragraphs, code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from textwrap import dedent
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARKS = "-*+•◦‣▪▫■□●○–—·➢➤►✓✔→"
ITEM = re.compile(
    rf"(?P<indent>\s*)(?:[{re.escape(MARKS)}]\s+|[•◦‣▪▫■□●○➢➤►✓✔]|(?P<number>\d{{1,3}}[.)]|\(\d{{1,3}}\)|[a-z]\))\s+|[①-⑳]\s*)"
    r"(?:\[[ xX]\]\s+)?(?P<text>\S.*)"
)
HEADING = re.compile(r" {0,3}(?P<marks>#(?=\s)|#{2,6})\s*(?P<text>[^#\s].*?)(?:\s+#+)?\s*")
RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
FENCE = re.compile(r"(?P<indent>\s*)(?P<marks>`{3,}|~{3,})\s*(?P<info>[^`]*)")
SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|\s*")
PICTURES = re.compile(r"\s*(?:!\[[^\]]*\]\([^()\s]+(?: \"[^\"]*\")?\)(?:\{[^{}]*\})?\s*)+")
PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^()\s]+)")
ENVIRONMENT = re.compile(r"\s*\\begin\{(equation|align|gather|multline|displaymath|eqnarray)(\*?)\}")
DIV = re.compile(r"\s*:{3,}\s*(?P<name>.*?)\s*:*\s*")
UNREAD_MARK = "\ue000"
"""How a line begins that another form could not be read in."""
TAG = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)+|\s*::[\w-]+::\s*")
DIRECTIVE = re.compile(r"\s*_?[A-Za-z][\w-]*\s*:\s*\S*\s*")
ATTRIBUTES = re.compile(r"\s*(?<!\\)\{[.#:%\w][^{}]*\}\s*$")
DIRECTIVE_NAME = re.compile(r"\{([\w:-]+)\}")
"""What a fence of MyST names; where it is a language, the fence is one of Quarto's."""
CODE_DIRECTIVES = ("code", "code-block", "sourcecode", "revealjs-code-block")
CODE_OPTION = re.compile(r"\s*(?::[\w-]+:(?:\s.*)?|#\|.*)")
"""How code is to be shown or run, as a line above it: of a directive, of Quarto."""
STYLE = re.compile(r"\s*<(?P<name>style|script)\b", re.I)
PAUSE = re.compile(r"\s*\.\s\.\s\.\s*")
QUOTED = re.compile(r"\s*(?:>\s?)+")
"""What marks a line of a quotation; alone on it, a blank line within one."""


class Piece(Enum):
    """What some lines are."""

    SLIDE = auto()
    HEADING = auto()
    RULE = auto()
    ITEM = auto()
    TEXT = auto()
    KEPT = auto()
    PICTURE = auto()
    SAID = auto()
    COMMENT = auto()
    UNREAD = auto()


@dataclass(frozen=True)
class Part:
    """Some lines, what they are, and where they begin."""

    piece: Piece
    text: str
    line: int
    level: int = 0
    """Of a heading its level, of an item or text its indent."""
    ordered: bool = False
    after_blank: bool = True
    detail: bool = False


def scan(lines: Sequence[str], first: int = 1) -> list[Part]:
    """Return the parts of some lines.

    :param first: the number of the first line
    """
    return _Scanner(lines, first).scan()


def indent_of(line: str) -> int:
    """Return how far a line is indented, a tab to the next multiple of four."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


class _Scanner:
    """Goes through the lines once, and keeps what is open."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.at = 0
        self.blank = True
        self.divs: list[str] = []
        self.parts: list[Part] = []

    def scan(self) -> list[Part]:
        readers: list[Callable[[str], bool]] = [
            *(self.read_code, self.read_maths, self.read_comment, self.read_div, self.read_rule, self.read_heading),
            *(self.read_pictures, self.read_table, self.read_tag, self.read_item, self.read_text),
        ]
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or PAUSE.fullmatch(line) or QUOTED.fullmatch(line):
                self.blank = True
                self.at += 1
                continue
            next(read for read in readers if read(line))
            self.blank = False
        return self.parts

    def add(self, piece: Piece, text: str, taken: int = 1, level: int = 0, ordered: bool = False) -> bool:
        """Add a part that begins here, and go on after it."""
        if "notes" in self.divs and piece in (Piece.ITEM, Piece.TEXT):
            text, piece = ("- " * (piece is Piece.ITEM)) + text, Piece.SAID
        self.parts.append(Part(piece, text, self.first + self.at, level, ordered, self.blank))
        self.at += taken
        return True

    def find(self, end: Callable[[str], bool], start: int) -> int:
        """Return the index of the first line that ends something; that of the last where none does."""
        found = (number for number in range(start, len(self.lines)) if end(self.lines[number]))
        return next(found, len(self.lines) - 1)

    def read_code(self, line: str) -> bool:
        if not (fence := FENCE.fullmatch(line)):
            return False
        marks = fence["marks"]
        closing = re.compile(rf"\s*{re.escape(marks[0])}{{{len(marks)},}}\s*")
        end = self.find(lambda other: bool(closing.fullmatch(other)), self.at + 1)
        closed = end > self.at and closing.fullmatch(self.lines[end])
        if (directive := DIRECTIVE_NAME.match(fence["info"])) and not has_lexer(directive[1]):
            inside = self.lines[self.at + 1 : end + (not closed)]
            if directive[1] in CODE_DIRECTIVES:
                return self.add_code(inside, fence["info"][directive.end() :], end - self.at + 1)
            if directive[1] == "revealjs-notes":
                return self.add(Piece.SAID, " ".join(map(str.strip, inside)).strip(), end - self.at + 1)
            return self.add(Piece.UNREAD, "\n".join(self.lines[self.at : end + 1]), end - self.at + 1)
        return self.add_code(self.lines[self.at + 1 : end + (not closed)], fence["info"], end - self.at + 1)

    def add_code(self, lines: Sequence[str], info: str, taken: int) -> bool:
        """Add code, and before it the lines that say how it is to be shown, which are none of it."""
        count = next((number for number, line in enumerate(lines) if not CODE_OPTION.fullmatch(line)), len(lines))
        for option in lines[:count]:
            self.add(Piece.UNREAD, option.strip(), 0)
        code = dedent("\n".join(lines[count:])).strip("\n")
        return self.add(Piece.KEPT, write_code(code, read_language(info, code)), taken)

    def read_maths(self, line: str) -> bool:
        if environment := ENVIRONMENT.match(line):
            name = environment[1] + environment[2]
            end = self.find(lambda other: rf"\end{{{name}}}" in other, self.at)
            tex = "\n".join(self.lines[self.at : end + 1]).strip()
            if environment[1] in ("equation", "displaymath"):
                tex = re.sub(r"\\(?:begin|end)\{(?:equation|displaymath)\*?\}", "", tex)
        elif opening := re.match(r"\s*(\$\$|\\\[)", line):
            closing = "$$" if opening[1] == "$$" else r"\]"
            rest = line[opening.end() :]
            end = self.at if closing in rest else self.find(lambda other: closing in other, self.at + 1)
            if closing not in self.lines[end][opening.end() if end == self.at else 0 :]:
                return False
            tex = "\n".join([rest, *self.lines[self.at + 1 : end + 1]])
            tex, _, after = tex.partition(closing)
            if after.strip() or (end == self.at and not tex.strip()):
                return False
        else:
            return False
        tex = "\n".join(filter(str.strip, tex.splitlines()))
        return self.add(Piece.KEPT, f"$$\n{tex.strip()}\n$$", end - self.at + 1)

    def read_comment(self, line: str) -> bool:
        if line.startswith("%"):
            return self.add(Piece.COMMENT, line[1:].strip())
        if not line.lstrip().startswith("<!--"):
            return False
        end = self.find(lambda other: "-->" in other, self.at)
        text = "\n".join(self.lines[self.at : end + 1]).strip().removeprefix("<!--")
        text, _, after = text.partition("-->")
        directive = DIRECTIVE.fullmatch(text)
        said = " ".join(filter(None, map(str.strip, [*text.splitlines(), after])))
        return self.add(Piece.UNREAD if directive else Piece.SAID, said, end - self.at + 1)

    def read_div(self, line: str) -> bool:
        if not (div := DIV.fullmatch(line)):
            return False
        name = div["name"].strip("{}. ").split(" ")[0].lstrip(".")
        if name:
            self.divs.append(name)
            if name not in ("notes", "columns", "column", "incremental", "nonincremental", "fragment"):
                return self.add(Piece.UNREAD, line.strip())
        else:
            del self.divs[-1:]
        self.at += 1
        return True

    def read_rule(self, line: str) -> bool:
        return bool(RULE.fullmatch(line)) and self.add(Piece.RULE, "")

    def read_heading(self, line: str) -> bool:
        if heading := HEADING.fullmatch(line):
            self.divs.clear()
            attributes = ATTRIBUTES.search(heading["text"])
            self.add(Piece.HEADING, ATTRIBUTES.sub("", heading["text"]), level=len(heading["marks"]))
            if attributes and "=" in attributes[0]:
                self.parts.append(Part(Piece.UNREAD, attributes[0].strip(), self.parts[-1].line))
            return True
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if re.fullmatch(r"={3,}\s*", below) and not ITEM.fullmatch(line):
            return self.add(Piece.HEADING, line.strip(), 2, level=1)
        return False

    def read_pictures(self, line: str) -> bool:
        item = ITEM.fullmatch(line)
        if not PICTURES.fullmatch(item["text"] if item else line):
            return False
        for picture in PICTURE.finditer(line):
            self.add(Piece.PICTURE, f"![{picture['words']}]({picture['file']})", 0)
        self.at += 1
        return True

    def read_table(self, line: str) -> bool:
        if "|" not in line or self.at + 1 == len(self.lines) or not SEPARATOR.fullmatch(self.lines[self.at + 1]):
            return False
        end = self.find(lambda other: "|" not in other, self.at + 2)
        end += "|" in self.lines[end]
        rows = [row.strip() for row in self.lines[self.at : end]]
        return self.add(Piece.KEPT, "\n".join(rows), len(rows))

    def read_tag(self, line: str) -> bool:
        if style := STYLE.match(line):
            end = self.find(lambda other: f"</{style['name'].lower()}>" in other.lower(), self.at)
            return self.add(Piece.UNREAD, "\n".join(self.lines[self.at : end + 1]).strip(), end - self.at + 1)
        unread = line.startswith(UNREAD_MARK) or TAG.fullmatch(line)
        return bool(unread) and self.add(Piece.UNREAD, line.strip().removeprefix(UNREAD_MARK))

    def read_item(self, line: str) -> bool:
        if not (item := ITEM.fullmatch(line)):
            return False
        return self.add(Piece.ITEM, item["text"].strip(), level=indent_of(line), ordered=bool(item["number"]))

    def read_text(self, line: str) -> bool:
        text = QUOTED.sub("", line, count=1) if QUOTED.match(line) else line
        return self.add(Piece.TEXT, text.strip(), level=indent_of(line))


def write_code(code: str, language: str) -> str:
    """Return a block of code whose fence is longer than any in it."""
    marks = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", code))])
    return f"{marks}{language}\n{code}\n{marks}"


def has_lexer(name: str) -> bool:
    """Tell whether a name is that of a language."""
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return False
    return name not in ("raw", "math", "mermaid")


def read_language(info: str, code: str) -> str:
    """Return the language that a fence names, ``text`` where nobody can colour it, or this code is none of it."""
    name = re.match(r"[\w+#-]*", info.strip("{}. "))
    try:
        lexer = get_lexer_by_name(name[0] if name else "")
    except ClassNotFound:
        return "text"
    return "text" if any(kind in Token.Error for kind, _ in lexer.get_tokens(code)) else str(lexer.aliases[0])
