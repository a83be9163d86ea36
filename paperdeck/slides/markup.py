"""HTML in the text of a paper: what is whole is HTML, what is not is shown as it is typed, and a token is a token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from sphinx.transforms import SphinxTransform

from paperdeck.messages import Subtype, warn
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def names(text: str) -> frozenset[str]:
    """Return words as a set."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta source track wbr")
"""What has no end."""
IN_A_LINE = names(
    "a abbr area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed font i iframe img input "
    "ins kbd label map mark math meter object option output picture progress q rp rt ruby samp select small source "
    "span strike strong sub sup svg time track tt u var video wbr"
)
"""What may stand within a line. Not ``s``, unless MyST's ``strikethrough`` writes it: where texts begin and end."""
BLOCKS = names(
    "address article aside blockquote caption center col colgroup dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li link main menu meta nav noscript ol optgroup p "
    "pre search summary table tbody td textarea tfoot th thead tr ul"
)
OUTSIDE_SLIDES = names("script section style template")
"""What an author may mean in an article, outside of lists and slides: a slide is a ``section`` itself."""
NOWHERE = names("base body frame frameset head html noembed noframes plaintext title xmp")
"""What HTML has and a page has no place for."""
ELEMENTS = IN_A_LINE | BLOCKS | OUTSIDE_SLIDES | NOWHERE
RAW_TEXT = names("script style textarea title xmp")
"""What is in them is no markup."""
END_IMPLIED = names("colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr")
"""What HTML lets end with what holds it."""

_MARKUP = re.compile(
    r"""(?P<comment><!--(?!-?>).*?-->)
      | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^>"']|"[^"]*"|'[^']*')*)>
      | (?P<broken><[!?/a-zA-Z])""",
    re.DOTALL | re.VERBOSE,
)
_SIGN = re.compile(
    rf"(?P<kept><!--.*?-->|<(?P<name>{'|'.join(sorted(RAW_TEXT))})\b.*?</(?P=name)[\s/>])|<(?![!?/a-zA-Z])",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Tag:
    """One piece of markup."""

    text: str
    name: str
    """In lower case; empty for what no page shows, such as ``<!DOCTYPE>`` or a tag that does not end."""
    is_end: bool = False
    is_closed: bool = False
    """Whether it ends in ``/>``, which means something in ``svg`` and ``math`` alone."""


def read_tags(text: str) -> Iterator[Tag]:
    """Yield the tags of HTML in order, comments left out."""
    at = 0
    while found := _MARKUP.search(text, at):
        at = found.end()
        if found["comment"]:
            continue
        if found["broken"]:
            yield Tag(text[found.start() :].partition("\n")[0], "")
            continue
        name = found["name"].lower()
        yield Tag(found[0], name, bool(found["end"]), found["rest"].endswith("/"))
        if name in RAW_TEXT and not found["end"]:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
            at = end.start() if end else len(text)


def write_signs(text: str) -> str:
    """Return HTML in which each “<” that begins nothing is written out, but for what a script or style holds."""
    return _SIGN.sub(lambda found: found[0] if found["kept"] else "&lt;", text)


@dataclass
class Balance:
    """Which tags of a run of HTML have no partner; the run comes in pieces."""

    known: Set[str] | None
    """The elements that are let pass; None lets all."""
    open: list[tuple[int, Tag]] = field(default_factory=list)
    wrong: list[tuple[int, Tag]] = field(default_factory=list)

    def add(self, piece: int, text: str) -> None:
        """Read a piece, whose number comes back with what is wrong in it."""
        for tag in read_tags(text):
            foreign = any(above.name in ("svg", "math") for _, above in self.open)
            is_known = self.known is None or tag.name in self.known or "-" in tag.name or foreign
            if not tag.name or not is_known:
                self.wrong.append((piece, tag))
            elif tag.is_end:
                self.close(piece, tag)
            elif tag.name not in VOID and not (foreign and tag.is_closed):
                self.open.append((piece, tag))

    def close(self, piece: int, tag: Tag) -> None:
        """End the nearest open element of a name; what is open inside has no partner, unless HTML implies its end."""
        names = [above.name for _, above in self.open]
        if tag.name not in names:
            self.wrong.append((piece, tag))
            return
        place = len(names) - 1 - names[::-1].index(tag.name)
        self.wrong += [item for item in self.open[place + 1 :] if item[1].name not in END_IMPLIED]
        del self.open[place:]


def find_broken(pieces: Mapping[int, str], known: Set[str] | None) -> dict[int, Tag]:
    """Return the pieces of a run that cannot be HTML, each with a tag that has no partner or no place.

    A piece that is left out may leave another without its partner.
    """
    broken: dict[int, Tag] = {}
    while True:
        balance = Balance(known)
        for piece, text in pieces.items():
            if piece not in broken:
                balance.add(piece, text)
        found = [*balance.wrong, *balance.open]
        if not found:
            return broken
        for piece, tag in found:
            broken.setdefault(piece, tag)


def join_markup(parent: nodes.Element) -> None:
    """Put blocks that stand inside HTML of the author's into one container with it, which can be a step as a whole."""
    balance, run = Balance(None), list[nodes.Element]()
    for place, child in enumerate([child for child in parent.children if isinstance(child, nodes.Element)]):
        if isinstance(child, nodes.raw):
            balance.add(place, child.astext())
        if balance.open:
            run.append(child)
        elif run:
            container = nodes.container("", classes=["paperdeck-markup"])
            run[0].replace_self(container)
            for block in (*run[1:], child):
                parent.remove(block)
            container.extend([*run, child])
            run = []


class MarkedRaw(Raw):
    """docutils' ``raw``, whose node says that the author has asked for HTML."""

    def run(self) -> list[nodes.Node]:
        """Return what docutils returns."""
        result = list(super().run())
        for node in result:
            if isinstance(node, nodes.raw):
                node["asked"] = True
        return result


def is_ours(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell whether a document that is being read has slides or is about a paper."""
    return document.next_node(slide) is not None or bool(env.metadata.get(env.docname, {}).get("paper"))


class WholeMarkup(SphinxTransform):
    """A document with slides, or about a paper, in which all HTML is whole; the rest is text.

    In a line, a tag without its partner is shown as it is typed, and so is a name that HTML has not: ``<mask>``,
    ``List<String>``. A block that is not whole is shown as it is typed too.

    Warns ``paperdeck.markup``: such a block.
    """

    default_priority = 760  # after quotes were made typographic (750): a tag that is shown keeps its own

    def apply(self, **kwargs: Any) -> None:
        """Look at the HTML below each node, for a tag must end where it began."""
        found = [node for node in find_all(self.document, nodes.raw) if "html" in node["format"].split()]
        asked = [node for node in found if node.attributes.pop("asked", False)]
        if not is_ours(self.document, self.env):
            return
        told: dict[nodes.Element, str] = {}
        in_a_line = IN_A_LINE | {"s"} if strikes_out(self.config) else IN_A_LINE
        for parent in dict.fromkeys(node.parent for node in found):
            children = [node for node in found if node.parent is parent]
            if isinstance(parent, nodes.TextElement):
                show_tags(children, in_a_line)
            else:
                told |= show_blocks([node for node in children if node not in asked])
                told |= show_blocks([node for node in children if node in asked], None)
        for node in found:
            if node.parent and (written := write_signs(node.astext())) != node.astext():
                node.children = [nodes.Text(written)]
        for block in sorted(told, key=lambda node: node.line or 0):
            warn(
                Subtype.MARKUP,
                "this HTML is shown as it is typed, because %s; mend it, or write a tag that is meant as a word "
                "between backquotes: `<s>`",
                told[block],
                location=block,
            )


class WholeFigures(SphinxTransform):
    """Figures without what their caption has left in them, for which docutils would end a caption that never began."""

    default_priority = 761  # beside WholeMarkup

    def apply(self, **kwargs: Any) -> None:
        """Put the targets of a figure without words before it."""
        if not is_ours(self.document, self.env):
            return
        for figure in find_all(self.document, nodes.figure):
            if not any(isinstance(part, (nodes.caption, nodes.legend)) for part in figure):
                for target in [part for part in figure if isinstance(part, nodes.target)]:
                    figure.remove(target)
                    figure.parent.insert(figure.parent.index(figure), target)


def strikes_out(config: Config) -> bool:
    """Tell whether MyST makes ``<s>`` and ``</s>`` of what stands between ``~~``."""
    return "myst_enable_extensions" in config and "strikethrough" in config.myst_enable_extensions


def show_tags(line: Sequence[nodes.raw], known: Set[str]) -> None:
    """Replace the tags of a line that have no partner by their text; each is a node of its own.

    :param known: the elements that are let pass
    """
    for place in find_broken({place: node.astext() for place, node in enumerate(line)}, known):
        line[place].replace_self(nodes.Text(line[place].astext()))


def show_blocks(blocks: Sequence[nodes.raw], known: Set[str] | None = IN_A_LINE | BLOCKS) -> dict[nodes.Element, str]:
    """Replace the blocks that are not whole by their text; return those that are no mere tokens, with what is wrong.

    :param known: the elements that are let pass beside those that may stand outside of slides alone; None lets all
    """
    if known is not None and blocks and isinstance(blocks[0].parent, (nodes.section, nodes.document)):
        known = known | OUTSIDE_SLIDES
    told: dict[nodes.Element, str] = {}
    for place, tag in find_broken({place: node.astext() for place, node in enumerate(blocks)}, known).items():
        text = blocks[place].astext().strip()
        shown = nodes.paragraph(text, text)
        shown.source, shown.line = blocks[place].source, blocks[place].line
        blocks[place].replace_self(shown)
        if known is None or any(other.name in ELEMENTS or not other.name for other in read_tags(text)):
            told[shown] = reason(tag, known)
    return told


def reason(tag: Tag, known: Set[str] | None) -> str:
    """Return why a tag cannot be."""
    if not tag.name:
        return f"{tag.text} does not end, or is no element"
    if known is not None and tag.name not in known:
        return f"{tag.text} has no place here"
    return f"{tag.text} has no {'beginning' if tag.is_end else 'end'} in the same block or list item"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transforms and the directive."""
    app.add_directive("raw", MarkedRaw, override=True)
    app.add_transform(WholeMarkup)
    app.add_transform(WholeFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
