"""What we read in a Mermaid source ourselves, before it is drawn: what is refused, steps, facts, places."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from paperdeck.diagrams.characters import find_hidden_characters
from paperdeck.ledger.yaml import Node, Unreadable, parse_yaml, read_pairs
from paperdeck.pictures import steps, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperdeck.pictures.steps import Step

SOURCE_LIMIT = 256 * 1024
LINE_LIMIT = 5_000
"""Characters in one line of a source; a label or a product of nodes that needs more takes minutes to lay out."""
GLYPHS_LIMIT = 10
"""How many characters that the font lacks are named."""
FORBIDDEN_SETTINGS = frozenset(
    {"altFontFamily", "dompurifyConfig", "fontFamily", "fontSize", "handDrawnSeed", "htmlLabels", "look", "secure"}
    | {"securityLevel", "theme", "themeCSS", "themeVariables"}
)
"""Settings that would undo the one look, or that put HTML into the picture."""

HTML = (
    "a|b|big|center|code|del|div|em|font|h[1-6]|i|ins|kbd|li|mark|ol|p|pre|small|span|strong|sub|sup|table|td|tr|u|ul"
)
"""Names of elements that authors mean as HTML where they close them; others, such as ``<s>``, are words of a text."""

# Every pattern here must take linear time on a hostile source: nothing that repeats may look further than the next
# place where it could begin again.
_COMMENT = re.compile(r"^[ \t]*%%(?!\{).*$", re.MULTILINE)
SETTINGS = re.compile(r"\A\s*---[ \t]*\n.*?^[ \t]*---[ \t]*$|%%\{(?:(?!%%\{).)*?\}%%", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"(\s*---[ \t]*\n)(.*?)^[ \t]*---[ \t]*$", re.MULTILINE | re.DOTALL)
_DEEPEST = 20
"""How many levels the settings in a front matter may have."""
_UNCLOSED = re.compile(r"^[ \t]*%%\{", re.MULTILINE)
_SETTING = re.compile(rf"\b({'|'.join(sorted(FORBIDDEN_SETTINGS))})\b['\"]?[ \t]*:")
_STYLED = re.compile(r"^[ \t]*(?:style|classDef|linkStyle|rect|box)\b.*$", re.MULTILINE)
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)\n]*\)"
    r"|\b(?:fill|stroke|color|background)[ \t]*:[ \t]*(?!none\b|inherit\b|transparent\b|rgba?\b|hsla?\b)[a-z]+",
    re.IGNORECASE,
)
CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+"
"""Characters that no drawing may hold."""
_REFUSED = {
    rf"<({HTML})>(?=[^\n]{{0,300}}?</\1>)|<[a-z][\w-]*[ \t]+[\w-]+[ \t]*=[^<>\n]*>|<!--": (
        "HTML is not drawn; write plain text, or in a flowchart “`**bold** and *slanted*`” in quotes"
    ),
    r"\$\$(?:[^$\n]*\$\$)?": "TeX is not drawn in a diagram; write the formula in Unicode, or put it into the text",
    CONTROL: "a control character is no text; take it out",
    r"\bdata:[a-z]+/|\b(?:javascript|blob):\w|\burl\(": "a diagram loads and runs nothing; take it out",
    r"(?<![\w\"'])img[ \t]*:|!\[[^\[\]\n]*\]\(": "pictures are not drawn in a diagram; use the figure directive",
    r"(?<![\w\"'])icon[ \t]*:|::icon\(|\bfa[bsrl]?:fa-": "icons come from a font that is not here; write a word",
    r"^[ \t]*(?:click|callback)[ \t]+\w|^[ \t]*links?[ \t]+\w+[ \t]*:": (
        "a diagram takes no clicks; put the link into the text"
    ),
}
_REFUSALS = [(re.compile(form, re.IGNORECASE | re.MULTILINE), advice) for form, advice in _REFUSED.items()]
BLANK = " \t"
"""What may stand at both ends of what is refused; other white space is refused itself."""
_FACT = re.compile(r"\{fact\}`([^`\n]{1,300})`")
_FACT_WORDS = re.compile(r"(.*\S)\s*<([^<>]+)>")
_QUOTED = re.compile(r'"[^"]*"')
_DESCRIPTION = re.compile(r"^[ \t]*acc(?:Title|Descr)[ \t]*:.*$", re.MULTILINE)
_SEQUENCE = re.compile(r"\A\s*(?:---[ \t]*\n.*?^[ \t]*---[ \t]*$\s*)?sequenceDiagram\b", re.MULTILINE | re.DOTALL)
_CUT = re.compile(r"^(?![ \t]*(?:#|acc(?:Title|Descr)\b))(?:[^#\n]|#\w{1,31};)*(#(?!\w{1,31};).*)$", re.MULTILINE)
"""What Mermaid takes for a comment behind the text of a message or a note."""
_MESSAGE = re.compile(r":.*$", re.MULTILINE)


class Mistake(NamedTuple):
    """What is wrong in a source, and at which character."""

    offset: int
    message: str


class MermaidError(Exception):
    """A source that cannot be drawn: all that is wrong with it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = mistakes


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


def unify_lines(source: str) -> str:
    """Return a source as any system writes it: lines end in a newline alone, and no mark stands before the first."""
    return re.sub(r"\r\n?", "\n", source.removeprefix("\ufeff"))


def find_line_and_column(source: str, offset: int) -> Place:
    """Return where a character stands."""
    return Place(source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset))


def blank_comments(source: str) -> str:
    """Blank the comments; every other character keeps its offset."""
    return _COMMENT.sub(lambda found: " " * len(found[0]), source)


def _blank_colours(text: str) -> str:
    return _STYLED.sub(lambda line: _COLOUR.sub(lambda found: " " * len(found[0]), line[0]), text)


def find_refused_parts(source: str) -> Iterator[Mistake]:
    """Find what a diagram may not hold: HTML, maths, addresses, pictures, and settings of the look."""
    size = len(source.encode())
    if size > SOURCE_LIMIT:
        yield Mistake(0, f"the source has {size:,} bytes, {SOURCE_LIMIT:,} are drawn; split the diagram")
        return
    if longest := re.search(rf".{{{LINE_LIMIT + 1}}}", source):
        yield Mistake(longest.start(), f"the line has more than {LINE_LIMIT:,} characters; split it")
        return
    text = blank_comments(source)
    for settings in SETTINGS.finditer(text):
        for found in _SETTING.finditer(text, *settings.span()):
            yield Mistake(found.start(), f"“{found[1]}” is set for all diagrams alike; take it out")
    if front := _FRONT_MATTER.match(source):
        try:
            parse_yaml(front[2], _DEEPEST, lenient=True)
        except Unreadable as wrong:
            start = front.start(2) + sum(map(len, front[2].splitlines(keepends=True)[: wrong.node.line - 1]))
            yield Mistake(start + wrong.node.column - 1, f"front matter: {wrong}")
    if opened := _UNCLOSED.search(SETTINGS.sub(lambda settings: " " * len(settings[0]), text)):
        yield Mistake(
            opened.end() - len("%%{"), "“%%{” begins settings, and no “}%%” ends them; a comment begins with “%% ”"
        )
    text = _FACT.sub(lambda fact: " " * len(fact[0]), text)
    text = _blank_colours(text)
    if _SEQUENCE.match(text):
        for cut in _CUT.finditer(text):
            advice = (
                "begins a comment in a sequence; write “#35;” for a number sign, and comments on lines of their own"
            )
            yield Mistake(cut.start(1), f"“{cut[1][:40].strip()}” is not drawn: “#” {advice}")
    for pattern, advice in _REFUSALS:
        for found in pattern.finditer(text):
            start = found.end() - len(found[0].lstrip(BLANK))
            yield Mistake(start, f"“{found[0].strip(BLANK)[:40]}” is refused: {advice}")


def read_front_settings(source: str) -> dict[str, Any] | None:
    """Return ``config`` of the front matter that a source begins with; None where it has none that is a mapping."""
    front = _FRONT_MATTER.match(source)
    try:
        tree = parse_yaml(front[2], _DEEPEST, lenient=True) if front else None
        settings = {key.content: value for key, value in read_pairs(tree)}.get("config") if tree else None
    except Unreadable:
        return None
    return dict(_build_pairs(settings)) if settings and settings.kind == "mapping" else None


def _build_pairs(node: Node) -> Iterator[tuple[str, Any]]:
    return ((str(key.content), _build_value(value)) for key, value in read_pairs(node))


def _build_value(node: Node) -> Any:
    if node.kind == "mapping":
        return dict(_build_pairs(node))
    if isinstance(node.content, list):
        return [_build_value(value) for value in node.content if isinstance(value, Node)]
    try:
        return json.loads(node.content) if node.kind == "plain" else node.content
    except ValueError:
        return node.content  # a word without quotes


def find_forbidden_settings(settings: dict[str, Any]) -> Iterator[str]:
    """Find the settings, at any depth, that no diagram may change."""
    for key, value in settings.items():
        if key in FORBIDDEN_SETTINGS:
            yield key
        elif isinstance(value, dict):
            yield from find_forbidden_settings(value)


def find_literal_colours(source: str) -> Iterator[Mistake]:
    """Find the colours that an author wrote; the picture would be wrong in dark and in print."""
    text = blank_comments(source)
    for line in _STYLED.finditer(text):
        for found in _COLOUR.finditer(text, *line.span()):
            advice = "give the part a class: active, idle or data"
            yield Mistake(found.start(), f"the colour “{found[0]}” is left out; {advice}")


def find_missing_glyphs(source: str, drawn: str) -> Iterator[Mistake]:
    """Find the characters of drawn text that the served font lacks: a browser takes them from a font of its own."""
    missing = text_width.find_missing_characters(drawn)
    if not missing:
        return
    text = blank_comments(source)
    named = [f"“{char}” (U+{ord(char):04X})" for char in missing[:GLYPHS_LIMIT]]
    more = len(missing) - len(named)
    listed = ", ".join(named) + (f" and {more} more" if more else "")
    first = min((text.index(char) for char in missing if char in text), default=0)
    yield Mistake(first, f"the font has no {listed}; labels with them may not fit their boxes")


def read_steps(source: str) -> list[Step]:
    """Read the ``%% step`` comments, in the order of the source; raises ``MermaidError`` with all that is wrong."""
    found, mistakes = steps.read_steps(source)
    if mistakes:
        raise MermaidError(*(Mistake(offset, message) for offset, message in mistakes))
    return found


@dataclass(frozen=True)
class Rewritten:
    """A source with parts replaced, which still knows where each character came from."""

    text: str
    cuts: tuple[tuple[int, int], ...] = ()
    """For each replacement: its end in ``text``, and the end of what it replaced in the source."""

    def origin(self, offset: int) -> int:
        """Return the offset in the source for one in ``text``; what was put in gives the end of what it replaced."""
        index = bisect_right(self.cuts, (offset, offset)) - 1
        if index < 0:
            return offset
        end, old_end = self.cuts[index]
        return old_end + offset - end


def replace_parts(source: str, parts: list[tuple[int, int, str]]) -> Rewritten:
    """Replace the parts (start, end, new text), which stand in order and do not overlap."""
    pieces: list[str] = []
    cuts = []
    last = length = 0
    for start, end, new in parts:
        pieces += source[last:start], new
        length += start - last + len(new)
        cuts.append((length, end))
        last = end
    return Rewritten("".join([*pieces, source[last:]]), tuple(cuts))


def hide_characters(source: str, *, title: str | None = None) -> Rewritten:
    """Hide what merman would take for markup, and give the source a front matter with the title, where there is one."""
    text = _blank_colours(SETTINGS.sub(lambda found: " " * len(found[0]), blank_comments(source)))
    parts = find_hidden_characters(text)
    if title is not None:
        line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
        opening = re.match(r"\s*---[ \t]*\n", source)
        start = opening.end() if opening else 0
        parts.insert(0, (start, start, line if opening else f"---\n{line}---\n"))
    return replace_parts(source, parts)


def find_fact_keys(source: str) -> list[str]:
    """Return the keys of the facts that a source takes, in order."""
    return [_key_and_words(found[1])[0] for found in _FACT.finditer(blank_comments(source))]


def insert_facts(source: str, lookup: Callable[[str, str | None], str]) -> tuple[Rewritten, list[Mistake]]:
    """Put each fact in its place, as one line that Mermaid takes for text; return also what is wrong with the others.

    ``lookup(key, words)`` gives what is written; it may raise LookupError or ValueError with what is wrong.
    A fact stands in a quoted label, in a message of a sequence, or in what describes the diagram.
    """
    text = blank_comments(source)
    labels = _MESSAGE if _SEQUENCE.match(text) else _QUOTED
    room = sorted(found.span() for form in (labels, _DESCRIPTION) for found in form.finditer(text))
    parts = []
    mistakes = []
    for found in _FACT.finditer(text):
        around = bisect_right(room, found.span()) - 1
        if around < 0 or found.end() > room[around][1]:
            mistakes.append(Mistake(found.start(), 'a fact stands in a quoted label, such as A["{fact}`key`"]'))
            continue
        try:
            written = lookup(*_key_and_words(found[1]))
        except (LookupError, ValueError) as error:
            mistakes.append(Mistake(found.start(), str(error.args[0])))
        else:
            parts.append((*found.span(), _as_label(written)))
    return replace_parts(source, parts), mistakes


def _key_and_words(role: str) -> tuple[str, str | None]:
    if found := _FACT_WORDS.fullmatch(role.strip()):
        return found[2].strip(), found[1].strip()
    return role.strip(), None


def _as_label(written: str) -> str:
    """Keep a text from ending its label, from starting markup, and, in a message, from ending the statement."""
    line = " ".join(written.split())
    line = re.sub(r"<(?=[a-zA-Z/!])", "‹", line)
    return line.translate({ord('"'): "”", ord("`"): "′", ord(";"): ","})
