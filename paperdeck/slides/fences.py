"""Fences that are not what their author meant: told at their line, and read as they were meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from docutils.parsers.rst.languages import en as english
from sphinx.util.docutils import is_directive_registered

from paperdeck.messages import Subtype, warn
from paperdeck.slides.dialect import CLASSES, reads_pandoc_maths
from paperdeck.slides.directive import SideDirective, SlideDirective
from paperdeck.slides.notes import ArticleOnlyDirective, SpeakerNotesDirective
from paperdeck.upstream import is_role_registered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

FENCE = re.compile(r" {0,3}(?P<marks>:{3,}|`{3,}|~{3,})(?P<info>.*)")
SHORT = re.compile(r" {0,3}(?P<marks>:{1,2}|``)\{(?P<name>[\w-]+)\}(?P<rest>[^`]*)")
WIDE = re.compile(r" {0,3}(?P<opening>(?P<marks>[:：]{2,}) *[{｛] *(?P<name>[\w-]+) *[}｝])(?P<rest>.*)")
"""A fence as a keyboard for Chinese or Japanese writes it."""
INLINE = re.compile(r" {0,3}(?P<before>[^\s`~:>][^`]*?)(?P<marks>:{2,})\{(?P<name>[\w-]+)\}(?P<rest>[^`]*)")
NAME = re.compile(r"\{(?P<name>[\w-]+)\}(?=\s|$)")
LOOSE_NAME = re.compile(r"\{?\s*(?P<name>[\w-]+)\s*\}?\s*(?P<title>.*)")
OPTION = re.compile(r"(?P<before>\s*):(?P<name>[\w-]+):(?=\s|$)")
"""An option of a directive; in Markdown it may be indented too."""
IN_ITEM = re.compile(r" {0,3}(?:(?:[-*+]|\d+[.)]) +)+(?P<marks>:{3,}|`{3,}|~{3,})\S.*")
HEADING = re.compile(r" {0,3}#{1,6}\s")
MARKED_LINES = re.compile(r"(?P<language>[\w+#-]+)\s*\{(?P<lines>[\d,|\s*-]*\d[\d,|\s*-]*)\}")
"""What opens code in Slidev and Quarto, with the lines that are marked."""
ROLE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\{(?P<name>[\w-]+)\}(?=`)")
"""Code, or the name of a role before its text."""
ROLES = ("cite", "data-file", "fact", "icon", "plain")
DRAWN_CODE = {"mermaid": "diagram", "math": "formula"}
"""Languages of code that other tools draw, and what they draw."""
DISPLAY = re.compile(r"(?P<prefix>[\s>]*)\$\$(?P<tex>[^$%]*)")
"""A line that opens a formula, and what stands before it in a list or a quotation."""
DISPLAY_END = re.compile(r"[^$]*\$\$\s*(?:\([^()$]*\)\s*)?")
"""A line that ends one, with its label."""
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
RST_DIRECTIVE = re.compile(r"(?P<before>\s*\.\. )(?P<name>[\w-]+)(?P<colons>::?)(?=\s|$)")


def guess(name: str, known: Sequence[str]) -> str:
    """Return the known name that another one was meant to be; empty where none is close."""
    close = get_close_matches(name.lower().replace("_", "-"), known, n=1, cutoff=0.75)
    return close[0] if close else ""


class Names(NamedTuple):
    """What directives are called."""

    options: dict[str, list[str]]
    """Ours that hold content, with the names of their options."""
    others: frozenset[str]
    """Ours that hold something else."""
    is_known: Callable[[str], bool]
    """Tells whether anybody has a directive of this name."""
    is_role: Callable[[str], bool]
    """Tells whether anybody has a role of this name."""
    languages: frozenset[str] = frozenset()
    """The languages of code that are read as directives."""
    displays: bool = False
    """Whether the document reads maths as Pandoc does, where a formula may follow a line of text."""

    def guess(self, name: str) -> str:
        """Return the one of ours that an unknown name was meant to be; empty where there is none."""
        if self.is_known(name):
            return ""
        return guess(name, [*self.options, *self.others])

    def guess_role(self, name: str) -> str:
        """Return the same for a role."""
        return "" if self.is_role(name) else guess(name, ROLES)


class Mistake(NamedTuple):
    """What is wrong at a line, counted from 1."""

    line: int
    message: str


class Fence(NamedTuple):
    """The line that opens or closes a fence."""

    marks: str
    info: str

    @property
    def name(self) -> str:
        """The directive that it opens; empty where it opens none."""
        match = NAME.match(self.info)
        return match["name"] if match else ""

    def closes(self, marks: str) -> bool:
        """Tell whether it ends a fence of these marks."""
        return not self.info and self.marks.startswith(marks)


def read_fence(line: str) -> Fence | None:
    """Return the fence that a line opens or closes."""
    match = FENCE.fullmatch(line)
    if match is None or ("`" in match["info"] and match["marks"][0] == "`"):
        return None
    return Fence(match["marks"], match["info"].strip())


def mend_markdown(text: str, names: Names) -> tuple[str, list[Mistake]]:
    """Return a document with its fences as they were meant, line for line, and what was wrong with them."""
    reader = _Reader(text.split("\n"), names)
    reader.read_blocks(reader.skip_front_matter(), len(reader.lines), inside="")
    return "\n".join(reader.lines), sorted(reader.mistakes)


def mend_rst(text: str, names: Names) -> tuple[str, list[Mistake]]:
    """Do the same for reStructuredText, where names, colons and options can be wrong."""
    lines, mistakes = text.split("\n"), []
    literal: int | None = None  # how far the line is indented that opens a block of somebody else's
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if literal is not None and (indent > literal or not line.strip()):
            continue
        literal = None
        if not indent and (fence := read_fence(line)) and fence.name in names.options:
            title = fence.info.partition("}")[2].strip()
            told = f"“{fence.marks}{{{fence.name}}}” is Markdown, and text in this file; "
            wanted = f".. {fence.name}:: {title}".rstrip()
            mistakes.append(Mistake(number + 1, f"{told}write “{wanted}”, and indent what it holds"))
            continue
        match = RST_DIRECTIVE.match(line)
        name = match["name"] if match else ""
        meant = name if name in names.options else names.guess(name)
        if match is None or not meant or (match["colons"] == ":" and meant != name):
            literal = indent if "::" in line else None
            continue
        if meant != name:
            mistakes.append(Mistake(number + 1, no_directive(name, meant)))
        elif match["colons"] == ":":
            told = f"“.. {name}:” is a comment, which nobody sees, for it is a colon short; write “.. {name}::”"
            mistakes.append(Mistake(number + 1, told))
        lines[number] = f"{match['before']}{meant}::{line[match.end() :]}"
        mistakes += mend_options(lines, number + 1, len(lines), meant, names)[1]
    return "\n".join(lines), mistakes


def mend_options(lines: list[str], first: int, last: int, name: str, names: Names) -> tuple[int, list[Mistake]]:
    """Mend the names of a directive's options; return the index of the first line below them, and what was wrong."""
    mistakes: list[Mistake] = []
    known = names.options.get(name, [])
    for number in range(first, last):
        match = OPTION.match(lines[number])
        if not match:
            return number, mistakes
        option = match["name"]
        if option not in known and (close := get_close_matches(option, known, n=1, cutoff=0.75)):
            mistakes.append(Mistake(number + 1, f"{{{name}}} has no option “{option}”; did you mean “{close[0]}”?"))
            lines[number] = f"{match['before']}:{close[0]}:{lines[number][match.end() :]}"
    return last, mistakes


def no_directive(name: str, meant: str) -> str:
    """Return the message for a name that is no directive's."""
    return f"there is no directive {{{name}}}; did you mean {{{meant}}}?"


class _Reader:
    """Walks through the fences of a document as Markdown reads them, and mends the lines."""

    def __init__(self, lines: list[str], names: Names) -> None:
        self.lines = lines
        self.names = names
        self.options = names.options
        self.has_slides = any("{slide}" in line for line in lines)
        self.mistakes: list[Mistake] = []

    def tell(self, number: int, message: str) -> None:
        """Note what is wrong at the line of this index."""
        self.mistakes.append(Mistake(number + 1, message))

    def skip_front_matter(self) -> int:
        """Return the index of the first line below the front matter."""
        if self.lines[0].rstrip() == "---":
            ends = (number for number, line in enumerate(self.lines) if number and line.rstrip() in ("---", "..."))
            return next(ends, -1) + 1
        return 0

    def read_blocks(self, first: int, last: int, inside: str) -> None:
        """Read the lines from ``first`` up to ``last``, the content of the directive ``inside`` or of the document."""
        number = first
        while number < last:
            line = self.lines[number]
            if line.startswith("<!--"):
                number = next((at for at in range(number, last) if "-->" in self.lines[at]), last) + 1
                continue
            if match := IN_ITEM.fullmatch(line):
                number = self.skip_item(number + 1, last, match["marks"])
                continue
            if self.names.displays and CODE.sub("", line).count("$$") % 2:
                number = self.part_display(number, first, last)
                continue
            self.mend_opening(number, last, inside)
            fence = read_fence(self.lines[number])
            if not fence:
                self.mend_roles(number)
            number = self.read_fence(number, last, fence, inside) if fence else number + 1

    def skip_item(self, first: int, last: int, marks: str) -> int:
        """Return the index of the line below a fence that opens behind the mark of a list's item."""
        for number in range(first, last):
            line = self.lines[number]
            if line.strip().startswith(marks) and not line.strip().strip(marks[0]):
                return number + 1
            if line[:1].strip():  # the list ends first
                return number
        return last

    def part_display(self, number: int, first: int, last: int) -> int:
        """Part a formula from the paragraph above it, which Markdown lets go on; return the index below the formula."""
        end = next((at for at in range(number + 1, last) if "$$" in self.lines[at]), None)
        if end is None or any(HEADING.match(line) or read_fence(line) for line in self.lines[number + 1 : end]):
            return number + 1
        opening = DISPLAY.fullmatch(self.lines[number])
        above = self.lines[number - 1].strip(" \t>") if number > first else ""
        is_text = above and not CLASSES.fullmatch(above) and not read_fence(above)
        if opening and DISPLAY_END.fullmatch(self.lines[end]) and is_text:
            prefix = opening["prefix"]
            below = self.lines[number + 1].removeprefix(prefix).lstrip()
            self.lines[number] = prefix.rstrip()  # so that every line stays where it is
            self.lines[number + 1] = f"{prefix}$${opening['tex'].rstrip()} {below}"
        return end + 1

    def mend_opening(self, number: int, last: int, inside: str) -> None:
        """Mend a line that was to open one of our fences."""
        self.mend_wide(number, last)
        if not (self.mend_short(number, last) or self.tell_text(number)):
            self.mend_name(number, inside)

    def mend_roles(self, number: int) -> None:
        """Mend the names of roles that nobody has."""

        def mend(match: re.Match[str]) -> str:
            meant = self.names.guess_role(match["name"]) if match["name"] else ""
            if meant:
                self.tell(number, f"there is no role {{{match['name']}}}; did you mean {{{meant}}}?")
            return f"{{{meant}}}" if meant else match[0]

        self.lines[number] = ROLE.sub(mend, self.lines[number])

    def mend_wide(self, number: int, last: int) -> None:
        """Write a fence of wide colons or braces, and what ends it, with narrow ones."""
        match = WIDE.fullmatch(self.lines[number])
        if match is None or match["name"] not in self.options or not re.search("[：｛｝]", match["opening"]):
            return
        long = ":" * max(3, len(match["marks"]))
        wanted = f"{long}{{{match['name']}}} {match['rest'].strip()}".rstrip()
        typed = match[0].strip().partition(" ")[0]
        self.tell(number, f"“{typed}” is text, for a colon or brace of it is wide; write “{wanted}”")
        self.lines[number] = wanted
        end = next((at for at in range(number + 1, last) if self.lines[at].strip() == match["marks"]), None)
        if end is not None:
            self.lines[end] = long

    def mend_short(self, number: int, last: int) -> bool:
        """Lengthen a fence of too few marks, and what ends it; tell whether it is one."""
        match = SHORT.fullmatch(self.lines[number])
        if match is None or match["name"] not in self.options:
            return False
        marks, name = match["marks"], match["name"]
        long = marks[0] * 3
        wanted = f"{long}{{{name}}}{match['rest']}".rstrip()
        what = "colon" if marks[0] == ":" else "backtick"
        self.tell(number, f"“{marks}{{{name}}}” is text: it is a {what} short of a fence; write “{wanted}”")
        self.lines[number] = wanted
        end = next((at for at in range(number + 1, last) if self.lines[at].strip() == marks), None)
        if end is not None:
            self.lines[end] = long
        return True

    def tell_text(self, number: int) -> bool:
        """Tell of a directive that is text: of the other markup, or in the middle of a line; tell whether it is one."""
        line = self.lines[number]
        match = RST_DIRECTIVE.match(line)
        if match and not match["before"][:1].isspace() and match["name"] in self.options:
            wanted = f":::{{{match['name']}}} {line[match.end() :].strip()}".rstrip()
            told = f"“.. {match['name']}{match['colons']}” is reStructuredText, and text in this file"
            self.tell(number, f"{told}; write “{wanted}”, and a line “:::” where it ends")
            return True
        match = INLINE.fullmatch(line)
        if match and match["name"] in self.options:
            wanted = f"{match['marks']}{{{match['name']}}}{match['rest']}".rstrip(" |")
            self.tell(number, f"“{wanted}” begins no line of its own, so that it is text; write it on one")
            return True
        return False

    def mend_name(self, number: int, inside: str) -> None:
        """Mend the name of a directive that nobody has, or that stands in no braces."""
        fence = read_fence(self.lines[number])
        loose = LOOSE_NAME.fullmatch(fence.info) if fence else None
        if fence is None or loose is None:
            return
        name = loose["name"]
        meant = self.names.guess(name) if fence.name else name
        if not meant or (not fence.name and name not in self.options):
            return
        # a block of class “slide” may be somebody's own where there are no slides, of class “side” outside one
        titled = bool(loose["title"]) or self.has_slides
        if not fence.info.startswith("{") and not (titled if name != "side" else inside):
            return
        wanted = f"{fence.marks}{{{meant}}} {loose['title']}".rstrip()
        if fence.name:
            self.tell(number, no_directive(name, meant))
        else:
            self.tell(number, f"“{fence.marks}{fence.info}” opens no {{{name}}}; write “{wanted}”")
        self.lines[number] = wanted

    def read_fence(self, number: int, last: int, fence: Fence, inside: str) -> int:
        """Read one fence, and return the index of the line below it."""
        end = self.find_end(number + 1, last, fence.marks)
        if fence.name in self.options or fence.name in self.names.others:
            self.tell_repeated(number + 1, last)
        if fence.name not in self.options:
            if self.has_slides and (marked := MARKED_LINES.fullmatch(fence.info)):
                wanted = f"{fence.marks}{{code-block}} {marked['language']}"
                lines = ",".join(re.findall(r"\d+(?:-\d+)?", marked["lines"]))
                told = f"“{{{marked['lines']}}}” marks no lines here; "
                self.tell(number, f"{told}write “{wanted}”, and below it “:emphasize-lines: {lines}”")
            if self.has_slides and (meant := DRAWN_CODE.get(fence.info)) and fence.info not in self.names.languages:
                wanted = f"{fence.marks}{{{fence.info}}}"
                self.tell(number, f"“{fence.marks}{fence.info}” is code, and no {meant}; write “{wanted}”")
                self.lines[number] = wanted
            if not fence.info and fence.marks[0] == ":" and end is None:
                self.tell(number, f"this “{fence.marks}” closes nothing; take it away, or open its fence above it")
                self.lines[number] = ""
                return number + 1
            return last if end is None else end + 1
        inner = self.find_inner(number + 1, last if end is None else end, fence.marks)
        if inner and inner.name != "slide":
            end = self.raise_marks(number, last, fence, inner)
        elif inner or (end is None and not (inside and fence.name == "slide")):
            closed = self.close(number, last, fence, inside)
            end = end if closed is None else closed
        below = last if end is None else end
        content = self.read_options(number, below, fence.name)
        self.read_blocks(content, below, fence.name)
        return below + 1

    def tell_repeated(self, first: int, last: int) -> None:
        """Tell of the options of a directive that stand twice, where MyST takes the last."""
        lines: dict[str, int] = {}
        for number in range(first, last):
            match = OPTION.match(self.lines[number])
            if match is None:
                return
            option = match["name"].removeprefix("data-")
            if option in lines:
                told = f"line {lines[option]} has the option “{match['name']}” too, and the last one counts"
                self.tell(number, f"{told}; take one of them away")
            lines[option] = number + 1

    def find_end(self, first: int, last: int, marks: str) -> int | None:
        """Return the index of the line that ends a fence, as Markdown finds it."""
        for number in range(first, last):
            fence = read_fence(self.lines[number])
            if fence and fence.closes(marks):
                return number
        return None

    def find_inner(self, first: int, last: int, marks: str) -> Fence | None:
        """Return the first fence in another's content that has as many marks, so that its end ends the other."""
        number = first
        while number < last:
            fence = read_fence(self.lines[number])
            if fence and fence.info and fence.marks.startswith(marks):
                return fence
            if fence and fence.info:
                end = self.find_end(number + 1, last, fence.marks)
                number = number if end is None else end
            number += 1
        return None

    def raise_marks(self, number: int, last: int, fence: Fence, inner: Fence) -> int | None:
        """Give a fence more marks than what it holds, and return the index of the line that was meant to end it."""
        end = self.find_meant_end(number + 1, last, fence.marks)
        wanted = inner.marks + inner.marks[0]
        what = "colons" if wanted[0] == ":" else "backticks"
        opening = f"{wanted}{fence.info}"
        inner_name = inner.name or inner.info.split()[0].strip("{}")
        self.tell(
            number,
            f"the end of {{{inner_name}}} ends the {{{fence.name}}} that holds it; give the outer fence more {what} "
            f"than what it holds: “{opening}”, and “{wanted}” where it ends",
        )
        self.lines[number] = opening
        if end is not None:
            self.lines[end] = wanted
            return end
        return self.close_before_next(number, last, wanted)

    def find_meant_end(self, first: int, last: int, marks: str) -> int | None:
        """Return the index of the line that ends a fence where every fence inside it has an end of its own."""
        depth, number = 1, first
        while number < last:
            fence = read_fence(self.lines[number])
            if HEADING.match(self.lines[number]) or (fence and fence.name == "slide"):
                return None
            if fence and fence.marks.startswith(marks):
                depth += 1 if fence.info else -1
                if not depth:
                    return number
            elif fence and fence.info:
                end = self.find_end(number + 1, last, fence.marks)
                number = number if end is None else end
            number += 1
        return None

    def close(self, number: int, last: int, fence: Fence, inside: str) -> int | None:
        """Tell of a fence that is not closed; close it where a shorter line was to do so, or before what follows."""
        if (short := self.find_short_end(number + 1, last, fence.marks)) is not None:
            told = f"the fence of {{{fence.name}}} is not closed by fewer marks than it is opened with; "
            self.tell(number, f"{told}close it with a line “{fence.marks}”")
            self.lines[short] = fence.marks
            return short
        swallowed = f"before the {{{inside}}} that it stands in ends" if inside else "so that it takes all that follows"
        self.tell(
            number,
            f"the fence of {{{fence.name}}} is not closed, {swallowed}; close it with a line “{fence.marks}”",
        )
        return self.close_before_next(number, last, fence.marks)

    def find_short_end(self, first: int, last: int, marks: str) -> int | None:
        """Return the index of a line of too few marks that ends no other fence."""
        number = first
        while number < last:
            fence = read_fence(self.lines[number])
            if fence and not fence.info and marks.startswith(fence.marks):
                return number
            if fence:
                end = self.find_end(number + 1, last, fence.marks)
                number = last if end is None else end
            number += 1
        return None

    def close_before_next(self, number: int, last: int, marks: str) -> int | None:
        """End a fence at the blank line above the next heading or slide, and return its index."""
        for following in range(number + 1, last):
            fence = read_fence(self.lines[following])
            if HEADING.match(self.lines[following]) or (fence and fence.name == "slide"):
                if self.lines[following - 1].strip():
                    return None
                self.lines[following - 1] = marks
                return following - 1
        return None

    def read_options(self, number: int, last: int, name: str) -> int:
        """Mend the names of a directive's options, and return the index of the first line below them.

        Tells of options that stand below the content, where they are text.
        """
        content, mistakes = mend_options(self.lines, number + 1, last, name, self.names)
        self.mistakes += mistakes
        known = self.options[name]
        below = content
        while below < last:
            fence = read_fence(self.lines[below])
            if fence and fence.info:
                end = self.find_end(below + 1, last, fence.marks)
                below = last if end is None else end
            elif (match := OPTION.match(self.lines[below])) and not match["before"] and match["name"] in known:
                self.tell(
                    below,
                    f"`:{match['name']}:` stands below the content of {{{name}}}, where it is text; "
                    f"write it directly under the line that opens it",
                )
            below += 1
        return content


def read_names(env: BuildEnvironment) -> Names:
    """Return the names that directives and roles have in this project."""
    holders = {
        "slide": SlideDirective,
        "side": SideDirective,
        "speaker-notes": SpeakerNotesDirective,
        "article-only": ArticleOnlyDirective,
    }
    return Names(
        options={name: list(directive.option_spec or ()) for name, directive in holders.items()},
        others=frozenset({"chart", "checked", "compare", "facts", "gallery"}),
        is_known=lambda name: is_directive_registered(name) or name in english.directives,
        is_role=lambda name: is_role_registered(env, name) or name in english.roles,
        languages=frozenset(getattr(env.config, "myst_fence_as_directive", ())),  # where MyST is loaded
        displays=reads_pandoc_maths(env),
    )


def mend_document(app: Sphinx, docname: str, content: list[str]) -> None:
    """Mend the fences of a document before it is read; warns ``paperdeck.fence`` of each."""
    mend(app.env, content, file_type(app, app.env.doc2path(docname)), lambda line: (docname, line))


def mend_included(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """Mend the fences of a file that a document includes; warns ``paperdeck.fence`` of each.

    :param docname: where MyST reads, the file that includes it, without its folder: not the document
    """
    kind = file_type(app, path) or file_type(app, app.env.doc2path(app.env.docname))
    mend(app.env, content, kind, lambda line: f"{app.srcdir / path}:{line}")


def file_type(app: Sphinx, path: Path) -> str:
    """Return the kind of markup that a file is written in; empty where the project reads no such files."""
    return app.config.source_suffix.get(path.suffix) or ""


def mend(env: BuildEnvironment, content: list[str], kind: str, place: Callable[[int], tuple[str, int] | str]) -> None:
    """Mend one text of a kind of markup, and tell of each mistake."""
    kinds = {"markdown": mend_markdown, "restructuredtext": mend_rst}
    if kind in kinds:
        content[0], mistakes = kinds[kind](content[0], read_names(env))
        for line, message in mistakes:
            warn(Subtype.FENCE, "%s", message, location=place(line))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mend what documents hold before it is read."""
    app.connect("source-read", mend_document, priority=900)  # after those that write source
    app.connect("include-read", mend_included, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
