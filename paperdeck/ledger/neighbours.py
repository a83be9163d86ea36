"""What stands near a fact in its paper: facts from the same table that say nearly the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperdeck.ledger.reading import Fact

MOST = 3
"""How many are shown beside a fact."""


def find_neighbours(fact: Fact, facts: Iterable[Fact]) -> tuple[str, list[Fact]]:
    """Return the table of a fact, and up to three facts from it that say nearly the same, in the order of the ledger.

    A ledger knows no rows and columns; but cells of one row or column are told in the same words save for one or two:
    “GPT-3 on CrowS-Pairs, gender” stands beside “GLM-130B on CrowS-Pairs, gender”. Of facts that are as like, those
    that the ledger has nearest are taken.

    :return: “Table 5” and the facts; nothing, where the place of the fact is no table, or was not checked
    """
    tables = list_tables(fact)
    if not tables:
        return "", []
    words = split_words(fact.says)
    listed = list(facts)
    own = next((place for place, other in enumerate(listed) if other.key == fact.key), 0)
    distance: dict[str, tuple[float, int]] = {}
    near = []
    for place, other in enumerate(listed):
        if other.key == fact.key or other.unit != fact.unit or not tables & list_tables(other):
            continue
        theirs = split_words(other.says)
        common = len(words & theirs)
        if 2 * common > min(len(words), len(theirs)):
            near.append(other)
            distance[other.key] = (-common / len(words | theirs), abs(place - own))
    best = sorted(near, key=lambda other: distance[other.key])[:MOST]
    shared = sorted(set.intersection(tables, *map(list_tables, best))) if best else []
    if not shared:
        return "", []
    return shared[0][1], [other for other in near if other in best]


def list_tables(fact: Fact) -> set[tuple[str, str]]:
    """Return the tables in which a fact stands, each with its work."""
    if fact.value is None or not fact.place_checked or fact.expression:
        return set()
    return {(source.work, place) for source in fact.sources for place in source.places if place.startswith("Table ")}


def split_words(text: str) -> set[str]:
    """Return the words of a text, without their marks."""
    return set(re.findall(r"[\w.-]*\w", text))
