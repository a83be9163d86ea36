"""The Markdown of the guide, in the documents that are written in it: MyST with the extensions that it needs."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from paperdeck.messages import Subtype, warn
from paperdeck.slides.inclusions import follow_inclusions
from paperdeck.slides.node import content_of, slide
from paperdeck.upstream import with_myst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

EXTENSIONS = frozenset({"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"})

OURS = re.compile(
    r"\{(?:slide|side|facts?|plain|compare|checked|chart|gallery|speaker-notes|article-only)\}|\A---\n(?:.*\n)*?paper:"
)
"""What shows that a document is written for us: one of our directives or roles, or a paper in its front matter."""

CLASSES = re.compile(r"\s*\{(?P<attributes>[^{}]*)\}\s*")
INDEX = re.compile(r"(?:data-)?(?:fragment-)?index=\S+")
"""Which click a block waits for, in other tools."""
CLASS = re.compile(r"(?<!\S)\.([\w-]+)")
"""A line such as ``{.fragment}`` above a block, and what it holds."""


def switch_on(app: Sphinx, docname: str, source: list[str]) -> None:
    """Switch the extensions on for a document of ours, beside those that conf.py names; others are read as without us.

    It is ours too where a file that it takes in is, whose text is read as the document's.
    Where conf.py does not ask for ``dollarmath``, a dollar begins maths as it does in Pandoc: prices stay prices.
    """
    texts = chain(source, (content for _path, content in follow_inclusions(app.env, source[0])))
    with_myst(app.env, EXTENSIONS if any(map(OURS.search, texts)) else frozenset())


def reads_pandoc_maths(env: BuildEnvironment) -> bool:
    """Tell whether the next document is read with all of these extensions, and a dollar in it as in Pandoc."""
    config = getattr(env, "myst_config", None)
    return config is not None and config.enable_extensions >= EXTENSIONS and not config.dmath_allow_space


class ClassesOfBlocks(SphinxTransform):
    """Blocks of slides with the classes of the line above them, which MyST gives to some kinds and not to others.

    Warns ``paperdeck.markup``: a class above HTML, which has its own, and the number of a click.
    """

    default_priority = 265  # after targets were handed on (260)

    def apply(self, **kwargs: Any) -> None:
        """Look at the line above each block; the outermost that begins there takes the classes."""
        read_lines = cache(lambda source: Path(source).read_text("utf-8", "replace").splitlines())
        for holder in self.document.findall(slide):
            for (source, line), node in find_blocks(content_of(holder)):
                lines = read_lines(source) if Path(source).is_file() else []
                above = CLASSES.fullmatch(lines[line - 2]) if 2 <= line <= len(lines) + 1 else None
                names = CLASS.findall(above["attributes"]) if above else []
                if above and (index := INDEX.search(above["attributes"])):
                    message = "“%s” does nothing: steps come in the order in which they are written; leave it out"
                    warn(Subtype.MARKUP, message, index[0], location=(self.env.docname, line - 1))
                if names and isinstance(node, nodes.raw):
                    message = 'HTML takes no class from the line above it; write class="%s" in its first tag'
                    warn(Subtype.MARKUP, message, " ".join(names), location=node)
                node["classes"] += [name for name in names if name not in node["classes"]]


def find_blocks(content: nodes.Element) -> Iterator[tuple[tuple[str, int], nodes.Element]]:
    """Yield the outermost block at each line of a slide, with the place where it begins."""
    seen = set()
    for node in content.findall(nodes.Element):
        place = (node.source or "", node.line or 0)
        if (
            place not in seen
            and not isinstance(node, nodes.Invisible)
            and not isinstance(node.parent, nodes.TextElement)
        ):
            seen.add(place)
            yield place, node


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handler and the transform."""
    app.connect("source-read", switch_on)
    app.add_transform(ClassesOfBlocks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
