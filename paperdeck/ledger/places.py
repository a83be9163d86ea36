"""Places in a paper, written shortly and in their order: “Tables 4 and 10”, “§5.2”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def shorten_places(places: Iterable[str]) -> list[str]:
    """Return places once each, those of a kind together: “Tables 4 and 10”, “§5.2”."""
    kinds: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        if match := re.fullmatch(r"(Table|Figure|Appendix) ([A-Z]?[0-9.]*)", place):
            kinds.setdefault(match[1], []).append(match[2])
        else:
            section = re.match(r"§[0-9.]*[0-9]", place)
            kinds.setdefault(section[0] if section else place, [])
    return [_join_numbers(kind, which) for kind, which in kinds.items()]


def rank_place(place: str) -> tuple[int, tuple[int, ...]]:
    """Return what sorts places as they follow in a paper: abstract, sections, tables, figures, the rest."""
    kinds = ("Abstract", "§", "Table", "Figure")
    kind = next((index for index, name in enumerate(kinds) if place.startswith(name)), len(kinds))
    return kind, tuple(map(int, re.findall("[0-9]+", place)))


def _join_numbers(kind: str, which: list[str]) -> str:
    if len(which) < 2:
        return " ".join([kind, *which])
    which = sorted(which, key=lambda name: (re.sub("[^A-Z]", "", name), [*map(int, re.findall("[0-9]+", name))]))
    plural = {"Table": "Tables", "Figure": "Figures", "Appendix": "Appendices"}[kind]
    return f"{plural} {', '.join(which[:-1])} and {which[-1]}"
