"""Facts in documents: the role, the tables, what is checked, what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.facts import apart, checked, checks, compare, data, domain, role, survey, tables

    for part in (domain, checked, role, apart, tables, compare, survey, checks, data):
        part.setup(app)
