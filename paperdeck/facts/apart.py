"""Works that a page would name alike, told apart by letters: “Du et al. 2022a”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from paperdeck.facts.domain import get_fact_domain
from paperdeck.facts.role import fact_node, tell_places
from paperdeck.ledger import resolving
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.works import find_work, get_work_domain, tell_works_apart
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.ledger.reading import Fact


class WorksToldApart(SphinxTransform):
    """A document in which each work has a name of its own, in citations and beside numbers."""

    default_priority = 827  # when all facts are noted (825), before their table (829) and the references (830)

    def apply(self, **kwargs: Any) -> None:
        """Give letters to works of the same authors and year; write the places of numbers anew where there are any."""
        works = (find_work(self.env, key) for key in dict.fromkeys(self.list_keys()))
        letters = tell_works_apart(work for work in works if work)
        if not letters:
            return
        get_work_domain(self.env).letters[self.env.docname] = letters
        for node in find_all(self.document, fact_node):
            node.attributes.update(tell_places(self.env, self.find_fact(node["fact"])))

    def list_keys(self) -> Iterator[str]:
        """Yield the keys of the works that the document names: its paper, what it cites, where its facts stand."""
        yield FrontMatter.being_read(self.env).paper
        for node in find_all(self.document, addnodes.pending_xref):
            if node.get("refdomain") == "cite":
                yield from (target.key for target in parse_citation_targets(node["reftarget"]))
        for name in get_fact_domain(self.env).uses.get(self.env.docname, ()):
            yield from (source.work for source in self.find_fact(name).sources)

    def find_fact(self, name: str) -> Fact:
        """Return a fact that the document uses."""
        return resolving.find_fact(get_fact_domain(self.env).ledgers, "", name)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(WorksToldApart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
