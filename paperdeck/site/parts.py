"""Which documents use something of ours; the others stay as they are without us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinxcontrib.mermaid import mermaid

from paperdeck.config import Config
from paperdeck.language import picture_text
from paperdeck.site.front_matter import FrontMatter
from paperdeck.upstream import list_set_values

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils.nodes import reference
    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class PartDomain(Domain):
    """The documents that hold something of ours, and those with diagrams or equations, which others may draw."""

    name = "parts"
    label = "parts"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {"parts": set(), "diagrams": set(), "equations": set()}

    @property
    def parts(self) -> set[str]:
        """The documents that hold a node of ours, or explain a paper."""
        return cast("set[str]", self.data["parts"])

    @property
    def diagrams(self) -> set[str]:
        """The documents that hold a diagram, whoever draws it."""
        return cast("set[str]", self.data["diagrams"])

    @property
    def equations(self) -> set[str]:
        """The documents that hold maths, whoever draws it; Sphinx 9 says of each that it may."""
        return cast("set[str]", self.data["equations"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        for known in (self.parts, self.diagrams, self.equations):
            known.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for name in self.initial_data:
            self.data[name].update(otherdata[name] & set(docnames))

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, reference]]:
        """Return nothing: nobody refers to what this domain knows."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what a document uses."""
        if has_parts(document) or FrontMatter.of(env, docname).paper:
            self.parts.add(docname)
        if any(document.findall(mermaid)):
            self.diagrams.add(docname)
        if any(document.findall(nodes.math)) or any(document.findall(nodes.math_block)):
            self.equations.add(docname)


def has_parts(document: nodes.document) -> bool:
    """Tell whether a document holds a node of ours; the words of a diagram are none, whoever draws it."""
    ours = (node for node in document.findall(nodes.Element) if type(node).__module__.startswith("paperdeck."))
    return any(not isinstance(node, picture_text) for node in ours)


def has_our_look(env: BuildEnvironment) -> bool:
    """Tell whether all pages of the site have our look."""
    return Config.of(env.config).style == "site"


def is_ours(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is ours to shape: it uses something of us, or all pages have our look."""
    return has_our_look(env) or docname in parts_domain(env).parts


def is_page_ours(env: BuildEnvironment, docname: str, document: nodes.document | None) -> bool:
    """Tell whether a page is ours to shape; one that holds several documents is, where one of them is."""
    inside = () if document is None else document.findall(addnodes.start_of_file)
    return any(is_ours(env, name) for name in (docname, *(file["docname"] for file in inside)))


def has_mermaid(config: SphinxConfig) -> bool:
    """Tell whether a project has sphinxcontrib-mermaid itself, which then draws on all pages but ours."""
    return "sphinxcontrib.mermaid" in config.extensions


def has_mathjax(config: SphinxConfig) -> bool:
    """Tell whether a project has asked for MathJax itself, which then draws on all pages but ours.

    MyST sets a value of it in every project, so that it is asked what conf.py sets.
    """
    chosen = any(name.startswith("mathjax") for name in list_set_values(config))
    return chosen or "sphinx.ext.mathjax" in config.extensions


def parts_domain(env: BuildEnvironment) -> PartDomain:
    """Return the domain."""
    return cast("PartDomain", env.domains["parts"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain."""
    app.add_domain(PartDomain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
