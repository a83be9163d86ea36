"""Figures, tables and listings: counted anew in each document, as equations are, and named by their numbers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.config import Config
from paperdeck.messages import Subtype, warn
from paperdeck.site.decks import domain_of
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.site.decks import Numbers

CAPTIONED = frozenset({"figure", "table", "code-block"})
"""What has its number before its caption."""


def count_anew(numbers: Numbers) -> Numbers:
    """Return the numbers of each document's figures from 1, for each kind, in the order they have.

    :param numbers: document, kind and id to number, the last part of which counts
    """
    return {
        docname: {
            kind: {
                name: (*found[name][:-1], place) for place, name in enumerate(sorted(found, key=found.__getitem__), 1)
            }
            for kind, found in kinds.items()
        }
        for docname, kinds in numbers.items()
    }


def check_formats(app: Sphinx, config: SphinxConfig) -> None:
    """Take Sphinx's own text in the place of one that a number cannot be put into; Sphinx would fail at a caption.

    Warns ``paperdeck.config``: such a text.
    """
    formats = dict(config.numfig_format)
    for kind in CAPTIONED & formats.keys() if config.numfig else ():  # else nothing is put into them
        try:
            _ = formats[kind] % "1"
        except (TypeError, ValueError):
            message = 'numfig_format["%s"] = %r in conf.py was ignored; write one “%%s” where the number goes'
            warn(Subtype.CONFIG, message, kind, formats.pop(kind), location=None)
    config.numfig_format = formats


def put_back(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give Sphinx the numbers it had found, so that it tells which of them have changed."""
    if kept := domain_of(env).site_numbers:
        env.toc_fignumbers = kept
    return []


def number_lost_equations(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx look for the number of an equation that was left out with what held it, where it would fail."""
    if env.config.numfig and env.config.math_numfig:
        for docname, _number in env.domains.math_domain.equations.values():
            env.toc_fignumbers.get(docname, {}).setdefault("displaymath", {})
    return []


def number_by_document(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put our numbers in the place of Sphinx's, which run through the whole site."""
    domain = domain_of(env)
    if Config.of(env.config).numbering == "document":
        domain.site_numbers = env.toc_fignumbers
        env.toc_fignumbers = count_anew(env.toc_fignumbers)
    else:
        domain.site_numbers = {}
    return []


class PageAtHand:
    """The environment, with the tree of the page that is written just now at hand."""

    def __init__(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        self.env, self.docname, self.document = env, docname, document

    def __getattr__(self, name: str) -> Any:
        """Return what the environment has."""
        return getattr(self.env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        """Return the tree of a document, which Sphinx unpickles unless it is the page's own."""
        is_own = docname == self.docname and self.document.ids  # a tree of many documents, as LaTeX's, has none
        return self.document if is_own else self.env.get_doctree(docname)


class NumberedReferences(SphinxPostTransform):
    """Resolve each ``{numref}``: Sphinx would read the whole tree again for each, to look at what it names."""

    default_priority = 9  # before Sphinx resolves what is left (10)

    def run(self, **_kwargs: Any) -> None:
        """Put the references in their places."""
        docname, domain = self.env.docname, self.env.domains.standard_domain
        env = cast("BuildEnvironment", PageAtHand(self.env, docname, self.document))
        for node in find_all(self.document, addnodes.pending_xref):
            if node["reftype"] == "numref" and node.get("refdomain") == domain.name:
                content = cast("nodes.Element", node[0].deepcopy())
                target = node["reftarget"]
                with suppress(NoUri):
                    if link := domain.resolve_xref(env, docname, builder_of(self.env), "numref", target, node, content):
                        node.replace_self(link)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the numbers, around Sphinx's own (500), and the references."""
    app.add_post_transform(NumberedReferences)
    app.connect("config-inited", check_formats)  # before Sphinx adds its own (800)
    app.connect("env-get-updated", put_back, priority=100)
    app.connect("env-get-updated", number_lost_equations, priority=890)
    app.connect("env-get-updated", number_by_document, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
