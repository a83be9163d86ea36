"""Lines of code whose comment names an equation: ``# {eq}`label` ``, at their end or above them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform

from paperdeck.config import Config
from paperdeck.slides.ids import first_free_id
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

REFERENCE = re.compile(r"(?:\{eq\}|:eq:)`\s*([^`\n]+?)\s*`")
"""The role, as MyST and as reStructuredText have it."""

_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|//|/\*|%|--|;|!|\(\*)")
_PROSE = frozenset({"markdown", "md", "myst", "rest", "restructuredtext", "rst"})
"""Languages in which the role is the author's own example of it."""


class CodeLine(NamedTuple):
    """A line of code, and the equation that it computes."""

    label: str
    """Of the equation."""
    text: str
    """The line, without its comment."""
    below: int
    """How many lines it stands below the comment that names the equation."""
    anchor: str
    """Its id on the page."""


class CodeDomain(Domain):
    """Which lines of code name an equation."""

    name = "code"
    label = "code"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"lines": {}}

    @property
    def lines(self) -> dict[str, tuple[CodeLine, ...]]:
        """Document name to the lines of its listings that name an equation."""
        return cast("dict[str, tuple[CodeLine, ...]]", self.data["lines"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.lines.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.lines.update({name: found for name, found in otherdata["lines"].items() if name in docnames})

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: equations lead to lines of code, and authors to equations."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the lines of a document."""
        if found := tuple(line for node in find_all(document, nodes.literal_block) for line in lines_of(node)):
            self.lines[docname] = found


def lines_of(listing: nodes.literal_block) -> tuple[CodeLine, ...]:
    """Return the lines of a listing that name an equation."""
    return cast("tuple[CodeLine, ...]", listing.get("code_lines", ()))


def lines_by_equation(env: BuildEnvironment) -> Mapping[str, Sequence[tuple[str, CodeLine]]]:
    """Return label to the lines that name an equation, each with its document."""
    found: defaultdict[str, list[tuple[str, CodeLine]]] = defaultdict(list)
    for docname, lines in sorted(cast("CodeDomain", env.domains["code"]).lines.items()):
        for line in lines:
            found[line.label].append((docname, line))
    return found


def find_references(text: str) -> Iterator[tuple[re.Match[str], str, int]]:
    """Yield each name of an equation in the comments of a listing, with the line it speaks of, and how far below."""
    start = 0
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if comment := _COMMENT.search(line):
            code, place = line[: comment.start()].strip(), at
            if not code:  # the comment stands above its line
                place = next((number for number in range(at + 1, len(lines)) if lines[number].strip()), at)
                code = lines[place].strip()
            for found in REFERENCE.finditer(text, start + comment.end(), start + len(line)):
                yield found, code, place - at
        start += len(line) + 1


def write_references(text: str, written: Sequence[str]) -> str:
    """Return a listing with each name of an equation written otherwise, in their order."""
    parts, done = [], 0
    for (found, _code, _below), said in zip(find_references(text), written, strict=True):
        parts += [text[done : found.start()], said]
        done = found.end()
    return "".join([*parts, text[done:]])


class CodeLines(SphinxTransform):
    """Listings that know which of their lines name an equation."""

    default_priority = 420  # when a listing knows its language (400)

    def apply(self, **kwargs: Any) -> None:
        """Note the lines, with the ids that they will have."""
        if Config.of(self.config).maths is None:
            return
        taken: set[str] = set()
        for node in find_all(self.document, nodes.literal_block):
            if node.rawsource != node.astext() or node.get("language") in _PROSE:
                continue
            found = []
            for name, text, below in find_references(node.astext()):
                anchor = first_free_id(nodes.make_id(f"code-{name[1]}"), taken | self.document.ids.keys())
                taken.add(anchor)
                found.append(CodeLine(name[1], text, below, anchor))
            if found:
                node["code_lines"] = tuple(found)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register domain and transform."""
    app.add_domain(CodeDomain)
    app.add_transform(CodeLines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
