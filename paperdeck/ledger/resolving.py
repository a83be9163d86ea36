"""The facts of all ledgers together: what is computed from what, and the fact that a name means."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import graphlib
from typing import TYPE_CHECKING

from paperdeck.ledger import expressions
from paperdeck.ledger.expressions import Quantity
from paperdeck.ledger.reading import Fact, Ledger, Problem, Source
from paperdeck.ledger.units import UNIT, ExpressionError, find_factor, load_registry, read_unit
from paperdeck.ledger.wording import check_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

MOST_GUESSES = 100  # “did you mean” is slow; who has so many unknown names needs no more of them


class UnknownFact(LookupError):  # noqa: N818 (it says what is the matter)
    """No ledger has this fact, or it is broken there."""


def resolve_ledgers(ledgers: Iterable[Ledger], units: tuple[str, ...] = ()) -> tuple[dict[str, Ledger], list[Problem]]:
    """Return the ledgers by name, with every ``from`` computed.

    A fact that cannot be computed is left out, named in ``broken``, and told once: not again for what needs it.
    """
    found = {ledger.name: ledger for ledger in ledgers}
    problems: list[Problem] = []
    facts = {fact.name: fact for ledger in found.values() for fact in ledger.facts.values()}
    broken = {f"{ledger.name}:{key}" for ledger in found.values() for key in ledger.broken}
    waiting = {fact.name: _find_parts(fact) for fact in facts.values() if fact.expression}

    def report(fact: Fact, message: str) -> None:
        line, column = fact.marks.get("from", (1, 1))
        problems.append(Problem(found[fact.ledger].path, line, column, f"{fact.key}: from: {message}"))
        broken.add(fact.name)

    for name, parts in waiting.items():
        if unknown := [part for part in parts if part not in facts and part not in broken]:
            if len(problems) < MOST_GUESSES:
                report(facts[name], str(_explain_unknown(found, *unknown[0].split(":"))))
            broken.add(name)
    sorter = graphlib.TopologicalSorter(waiting)
    with contextlib.suppress(graphlib.CycleError):  # the sorter still gives what is on no circle
        sorter.prepare()
    while ready := sorter.get_ready():
        for name in ready:
            parts = waiting.get(name, ())
            if name in waiting and name not in broken and not broken.intersection(parts):
                try:
                    facts[name] = _compute(facts[name], facts, units)
                except ExpressionError as error:
                    report(facts[name], str(error))
            elif broken.intersection(parts):
                broken.add(name)
        sorter.done(*ready)
    for name in waiting:
        if facts[name].value is None and name not in broken:
            circle = _find_circle(name, {key: parts for key, parts in waiting.items() if key not in broken}, facts)
            if circle:
                report(facts[circle[0]], f"it goes round in a circle: {' → '.join(circle)}; give one of them a value")
            broken.update((*circle, name))
    resolved = {}
    for name, ledger in found.items():
        kept = {key: facts[fact.name] for key, fact in ledger.facts.items() if fact.name not in broken}
        lost = frozenset(key for key in ledger.facts if key not in kept)
        resolved[name] = dataclasses.replace(ledger, facts=kept, broken=ledger.broken | lost)
    return resolved, sorted(problems, key=lambda problem: (problem.path, problem.line))


def _find_parts(fact: Fact) -> tuple[str, ...]:
    """Return the facts that an expression names, each once."""
    named = (f"{folder or fact.ledger}:{key}" for folder, key in expressions.find_names(fact.expression))
    return tuple(dict.fromkeys(named))


def _find_circle(name: str, waiting: Mapping[str, tuple[str, ...]], facts: Mapping[str, Fact]) -> list[str]:
    """Return the circle that a fact is on or leads to, its first name again at the end."""
    way: list[str] = []
    while name not in way:
        way.append(name)
        name = next((part for part in waiting[name] if part in waiting and facts[part].value is None), "")
        if not name:
            return []
    return [*way[way.index(name) :], name]


def _compute(fact: Fact, facts: Mapping[str, Fact], units: tuple[str, ...]) -> Fact:
    parts = [facts[name] for name in _find_parts(fact)]
    values = {}
    for folder, key in expressions.find_names(fact.expression):
        part = facts[f"{folder or fact.ledger}:{key}"]
        if part.value is None:
            raise ExpressionError(f"{part.key} is a text; only numbers can be computed with")
        values[folder, key] = Quantity(part.value, read_unit(part.unit, units) if part.unit else None)
    result = expressions.evaluate(fact.expression, values)
    value, unit = _convert(result, fact.unit, units)
    sources: dict[str, dict[str, None]] = {}
    for source in (source for part in parts for source in part.sources):
        sources.setdefault(source.work, {}).update(dict.fromkeys(source.places))
    computed = dataclasses.replace(
        fact,
        value=value,
        unit=unit,
        sources=fact.sources or tuple(Source(work, tuple(places)) for work, places in sources.items()),
        place_checked=fact.place_checked and (bool(fact.sources) or all(part.place_checked for part in parts)),
        verified=fact.verified and all(part.verified for part in parts),
        parts=tuple(dict.fromkeys(name for part in parts for name in (part.name, *part.parts))),
        working=expressions.write_working(
            fact.expression, lambda folder, key: facts[f"{folder or fact.ledger}:{key}"].shown()
        ),
    )
    for message in check_shown(computed, units):
        raise ExpressionError(message)
    return computed


def _convert(result: Quantity, wanted: str, units: tuple[str, ...]) -> tuple[Decimal, str]:
    """Return the number in the wanted unit, or in the simplest one."""
    if result.unit is None:
        return result.value, wanted
    if wanted:
        try:
            return result.value * find_factor(result.unit, read_unit(wanted, units)), wanted
        except ExpressionError:
            raise ExpressionError(f"it comes to {result.unit:~C}, but its unit is {wanted}") from None
    if result.unit.dimensionless and str(result.unit) not in ("percent", "point"):
        return result.value * find_factor(result.unit, load_registry(units).Unit("")), ""
    unit = f"{result.unit:~C}"
    return result.value, unit if UNIT.fullmatch(unit) else ""


def find_fact(ledgers: Mapping[str, Ledger], home: str, reference: str) -> Fact:
    """Return the fact that ``key`` (in the ledger called ``home``) or ``folder:key`` names.

    Raises UnknownFact: there is none; its message says what there is instead.
    """
    folder, _, key = reference.rpartition(":")
    folder = folder or home
    if folder in ledgers and key in ledgers[folder].facts:
        return ledgers[folder].facts[key]
    raise _explain_unknown(ledgers, folder, key)


def _explain_unknown(ledgers: Mapping[str, Ledger], folder: str, key: str) -> UnknownFact:
    if folder not in ledgers:
        known = ", ".join(sorted(ledgers)) or "none"
        return UnknownFact(f"there is no ledger {folder!r:.80}; there are: {known}")
    ledger = ledgers[folder]
    if key in ledger.broken:
        return UnknownFact(f"{key} of {ledger.path} is broken there; mend that first")
    close = difflib.get_close_matches(key, ledger.facts, 3, 0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "add it there, with its source"
    return UnknownFact(f"{ledger.path} has no fact {key!r:.80}; {hint}")


def find_unknown_works(ledger: Ledger, works: Collection[str]) -> list[Problem]:
    """Return a problem for each work that is not in the bibliography, where it is named first."""
    problems: dict[str, Problem] = {}
    for fact in ledger.facts.values():
        for work in (source.work for source in fact.sources if "source" in fact.marks):
            if work not in works and work not in problems:
                close = difflib.get_close_matches(work, works, 1)
                hint = f"did you mean {close[0]}?" if close else "add it there"
                message = f"{fact.key}: {work!r} is not in the bibliography; {hint}"
                problems[work] = Problem(ledger.path, *fact.marks["source"], message)
    return list(problems.values())
