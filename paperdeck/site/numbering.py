"""Figures, tables and listings counted anew in each document, as equations are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.config import Config
from paperdeck.site.decks import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.site.decks import Numbers


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


def put_back(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give Sphinx the numbers it had found, so that it tells which of them have changed."""
    if kept := domain_of(env).site_numbers:
        env.toc_fignumbers = kept
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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both, around Sphinx's own (500)."""
    app.connect("env-get-updated", put_back, priority=100)
    app.connect("env-get-updated", number_by_document, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
