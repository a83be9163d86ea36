"""Outlines in org and Beamer, line for line as Markdown."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from paperdeck.outlines.pieces import UNREAD_MARK

ORG_LINES = re.compile(r"^(?:\*+ \S|#\+(?:title|begin_|author|options|startup))", re.I | re.M)
MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)
FRAME = re.compile(r"^[^%\n]*\\begin\{frame\}|^[^%\n]*\\frame\{", re.M)


class Converted(NamedTuple):
    """An outline in Markdown, each line where it stood, and the title that its form has a place for."""

    lines: list[str]
    title: str = ""


def to_markdown(text: str, name: str) -> Converted:
    """Return an outline in Markdown.

    :param name: that of its file, whose ending says what it is; without one of these, the text does
    """
    suffix = PurePath(name).suffix.lower()
    lines = text.split("\n")
    if suffix in (".tex", ".beamer", ".ltx") or (suffix not in (".md", ".qmd", ".org") and FRAME.search(text)):
        return _Beamer().convert(lines)
    org = suffix == ".org" or (suffix not in (".md", ".qmd") and _looks_like_org(text))
    return _Org().convert(lines) if org else Converted(lines)


def _looks_like_org(text: str) -> bool:
    stars = re.findall(r"^(\*+) \S", text, re.M)
    nested = len(set(map(len, stars))) > 1 or ("*" in stars and re.search(r"^[-+] ", text, re.M) is not None)
    return bool(re.search(r"^#\+\w+", text, re.M)) or (nested and not MARKDOWN_HEADING.search(text))


class _Org:
    """Reads org, and keeps whether it is in a block of code."""

    def __init__(self) -> None:
        self.code = False
        self.title = ""

    def convert(self, lines: list[str]) -> Converted:
        return Converted([self.convert_line(line) for line in lines], self.title)

    def convert_line(self, line: str) -> str:
        if match := re.match(r"\s*#\+(begin|end)_(\w+)\s*(\S*)", line, re.I):
            return self.convert_block(match[1].lower(), match[2].lower(), match[3])
        if self.code:
            return line
        if match := re.match(r"(\*{1,6}) +(?:(?:TODO|DONE|NEXT) +)?(?:\[#\w\] *)?(.*?)(?:\s+:[\w:@]+:)?\s*$", line):
            return f"{'#' * len(match[1])} {self.convert_words(match[2])}"
        if match := re.match(r"#\+title:\s*(.+)", line, re.I):
            self.title = match[1]
            return ""
        if re.match(r"\s*#\+(?:caption|attr_|name)|\s*#\+\w+:|\s*:\w[\w-]*:(?:\s|$)", line, re.I):
            return f"% {line.strip()}"
        if re.match(r"\s*\|[-+]+\|?\s*$", line):
            return line.replace("+", "|")
        if match := re.match(r"\s*# (.*)", line):
            return f"% {match[1]}"
        return self.convert_words(line)

    def convert_block(self, edge: str, kind: str, language: str) -> str:
        if kind == "notes":
            return "::: notes" if edge == "begin" else ":::"
        if kind in ("src", "example", "export"):
            self.code = edge == "begin"
            return "```" + (language if edge == "begin" else "")
        return ""

    def convert_words(self, text: str) -> str:
        text = re.sub(
            r"\[\[(?:file:)?([^\]\[]+\.(?:png|jpe?g|gif|svg|webp))\](?:\[([^\]]*)\])?\]",
            lambda match: f"![{match[2] or ''}]({match[1]})",
            text,
        )
        text = re.sub(r"\[\[([^\]\[]+)\]\[([^\]]+)\]\]", r"[\2](\1)", text)
        text = re.sub(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])", r"**\1**", text)
        text = re.sub(r"(?<![\w/:])/(\S(?:[^/]*[^\s/])?)/(?![\w/])", r"*\1*", text)
        return re.sub(r"(?<![\w=~])([=~])(\S(?:[^=~]*\S)?)\1(?![\w=~])", r"`\2`", text)


LEFT_OUT = re.compile(
    r"\\(?:pause|centering|vfill|hfill|bigskip|medskip|smallskip|maketitle|titlepage|tableofcontents|noindent|small|large|Large"
    r"|footnotesize|scriptsize|tiny|normalsize|newline|linebreak)\b(?:\[[^\]]*\])?\s*|\\(?:vspace|hspace)\*?\{[^{}]*\}"
    r"|(?<!\\)\\\\(?:\[[^\]]*\])?\s*$|<[\d,+.-]+>"
)
SETTING = re.compile(
    r"\\(?:documentclass|usepackage|use\w*theme|setbeamer\w*|(?:begin|end)\{document\}|AtBegin\w+|label\b|frame\{\\titlepage\})"
)
"""What says how a talk looks."""
DISPLAY = ("equation", "align", "gather", "multline", "displaymath", "eqnarray")
VERBATIM = re.compile(
    r"\\(?P<edge>begin|end)\{(?:verbatim|lstlisting|minted|semiverbatim)\*?\}(?:\[[^\]]*\])?(?:\{(?P<language>\w+)\})?"
)
EDGE = re.compile(r"\s*\\(?P<edge>begin|end)\{(?P<name>\w+)\*?\}(?P<rest>.*)")
LISTS = ("itemize", "enumerate", "description")
BLOCKS = ("block", "alertblock", "exampleblock", "theorem", "definition", "example")
HOLDERS = (
    "columns",
    "column",
    "center",
    "figure",
    "minipage",
    "onlyenv",
    "overprint",
    "table",
    "frame",
    "small",
    "quote",
)
"""What places something, and says nothing itself."""
ARGUMENTS = re.compile(r"(?:<[^>]*>)?(?:\[[^\]]*\])*(?:\{[^{}]*\})*\s*$")
ARGUMENT = r"(?:<[^>]*>)?(?:\[[^\]]*\])?\{(.*)\}"
WRAPPED = {"textbf": "**", "alert": "**", "emph": "*", "textit": "*", "texttt": "`"}


class _Beamer:
    """Reads the frames of a Beamer talk, and keeps what is open."""

    def __init__(self) -> None:
        self.lists: list[str] = []
        self.kept = ""
        """What ends the code or the maths that is open."""
        self.unread = ""
        """What ends a picture that is drawn in TeX."""
        self.rows = 0
        """How many rows of a table were read, the line below the head among them; 0 outside one."""
        self.columns = 1
        self.title = ""

    def convert(self, lines: list[str]) -> Converted:
        return Converted([self.convert_line(line) for line in lines], self.title)

    def convert_line(self, line: str) -> str:
        if self.kept:
            return self.convert_kept(line)
        if self.unread:
            self.unread = "" if self.unread in line else self.unread
            return UNREAD_MARK + line.strip()
        if (verbatim := VERBATIM.search(line)) and verbatim["edge"] == "begin":
            self.kept = "code"
            return "```" + (verbatim["language"] or "")
        comment = re.search(r"(?<!\\)%", line)
        text = (line[: comment.start()] if comment else line).rstrip()
        if comment and not text:
            return f"% {line[comment.end() :].strip()}"
        return self.convert_text(text) if text and not SETTING.match(text.strip()) else ""

    def convert_kept(self, line: str) -> str:
        """Return a line of code or maths, which nothing in it changes."""
        if self.kept == "code":
            verbatim = VERBATIM.search(line)
            self.kept = "" if verbatim and verbatim["edge"] == "end" else "code"
            return line if self.kept else "```"
        if self.kept not in line:
            return line
        ended, self.kept = self.kept, ""
        return "$$" if ended == r"\]" else line

    def convert_text(self, line: str) -> str:
        for command, form in {
            r"\\title": "",
            r"\\(?:author|date|institute|subtitle)": "% {}",
            r"\\frametitle": "## {}",
            r"\\framesubtitle": "**{}**",
            r"\\(?:sub)*section\*?": "% {}",
            r"\\note": "<!-- {} -->",
        }.items():
            if match := re.fullmatch(rf"\s*{command}{ARGUMENT}\s*", line):
                words = self.convert_words(match[1])
                self.title = self.title if form else words
                return form.format(words)
        if match := re.search(r"\\begin\{frame\}(?:<[^>]*>)?(?:\[[^\]]*\])?(?:\{(.*?)\})?\s*(?:\{.*\})?\s*$", line):
            return f"## {self.convert_words(match[1])}" if match[1] else "---"
        if match := re.match(r"\s*\\item(?:<[^>]*>)?\s*(?:\[([^\]]*)\])?\s*(.*)", line):
            term = f"**{match[1]}** " if match[1] else ""
            mark = self.lists[-1] if self.lists else "-"
            return "    " * (len(self.lists) - 1) + f"{mark} {term}{self.convert_words(match[2])}"
        if match := re.match(r"\s*\\\[(?:(.*)\\\])?\s*$", line):
            self.kept = "" if match[1] else r"\]"
            return f"$${match[1]}$$" if match[1] else "$$"
        if edge := EDGE.match(line):
            return self.convert_edge(line, edge["edge"] == "begin", edge["name"], edge["rest"])
        return self.convert_row(line) if self.rows else self.convert_words(line)

    def convert_edge(self, line: str, begins: bool, name: str, rest: str) -> str:
        """Return what stands for a line that opens or closes something."""
        if name in DISPLAY and begins:
            self.kept = "" if rf"\end{{{name}" in line else rf"\end{{{name}"
            return line.strip()
        if name in LISTS:
            if begins:
                self.lists.append("1." if name == "enumerate" else "-")
            else:
                del self.lists[-1:]
        elif name == "tabular" and (ARGUMENTS.fullmatch(rest) or not begins):
            self.rows = int(begins)
        elif name in BLOCKS and begins:
            title = re.fullmatch(rf"\s*{ARGUMENT}\s*", rest)
            return f"**{self.convert_words(title[1])}**" if title else ""
        elif name not in (*HOLDERS, *BLOCKS) or not ARGUMENTS.fullmatch(rest):
            self.unread = rf"\end{{{name}" if begins and rf"\end{{{name}" not in line else ""
            return UNREAD_MARK + line.strip()
        return ""

    def convert_row(self, line: str) -> str:
        """Return a row of a table; the first rule below its head becomes the line that Markdown has there."""
        if re.fullmatch(r"\s*\\(?:hline|toprule|midrule|bottomrule|cline\{.*\}|cmidrule.*)\s*", line):
            self.rows += self.rows > 1
            return "|" + "---|" * self.columns if self.rows == 3 else ""
        cells = re.split(r"(?<!\\)&", re.sub(r"\\\\.*$", "", line))
        self.columns = len(cells)
        self.rows = max(self.rows, 2)
        return f"| {' | '.join(map(self.convert_words, cells))} |"

    def convert_words(self, text: str) -> str:
        """Return text as Markdown; maths between dollars stays as it is."""
        pieces = re.split(r"(?<!\\)(\$[^$]+\$)", text)
        return "".join(piece if number % 2 else _convert_commands(piece) for number, piece in enumerate(pieces)).strip()


def _convert_commands(text: str) -> str:
    text = re.sub(r"\\includegraphics(?:<[^>]*>)?(?:\[[^\]]*\])?\{([^{}]*)\}", r"![](\1)", LEFT_OUT.sub("", text))
    for name, mark in WRAPPED.items():
        text = re.sub(rf"\\{name}(?:<[^>]*>)?\{{([^{{}}]*)\}}", rf"{mark}\1{mark}", text)
    text = re.sub(r"\\(?:cite\w*|footcite)(?:\[[^\]]*\])*\{([^{}]*)\}", r"(\1)", text)
    text = re.sub(r"\\href\{([^{}]*)\}\{([^{}]*)\}", r"[\2](\1)", re.sub(r"\\url\{([^{}]*)\}", r"<\1>", text))
    text = re.sub(r"\\(?:text\w*|mbox|footnote|structure|underline)\{([^{}]*)\}", r"\1", text)
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    return re.sub(r"\\([%&#_{}$])", r"\1", re.sub(r"\\[,;]|~", " ", text))
