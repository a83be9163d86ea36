"""The facts of all ledgers together: what is computed from what, and the fact that a name means."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import graphlib
from typing import TYPE_CHECKING

from paperdeck.ledger import expressions
from paperdeck.ledger.expressions import ExpressionError, Quantity
from paperdeck.ledger.reading import Fact, Ledger, Problem, Source
from paperdeck.ledger.units import UNIT, UnitError, find_factor, load_registry, read_unit
from paperdeck.ledger.wording import check_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

MOST_GUESSES = 100  # “did you mean” is slow; who has so many unknown names needs no more of them


class UnknownFact(LookupError):  # noqa: N818 (it says what is the matter)
    """No ledger has this fact."""


class BrokenFact(UnknownFact):
    """The fact is broken in its ledger, or that cannot be read; it is told there, and needs no second word."""


def resolve_ledgers(ledgers: Iterable[Ledger], units: tuple[str, ...] = ()) -> tuple[dict[str, Ledger], list[Problem]]:
    """Return the ledgers by name, with every ``from`` computed, and what is wrong in them, sorted.

    A fact that cannot be computed is left out, named in ``broken``, and told once: not again for what needs it.
    """
    resolution = _Resolution({ledger.name: ledger for ledger in ledgers}, units)
    resolution.tell_unknown_parts()
    resolution.compute_facts()
    resolution.tell_circles()
    return resolution.collect_ledgers(), sort_problems(resolution.problems)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems as an author mends them: by file and line."""
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))


class _Resolution:
    """The computed facts of all ledgers, on their way to their values."""

    def __init__(self, ledgers: Mapping[str, Ledger], units: tuple[str, ...]) -> None:
        self.ledgers = ledgers
        self.units = units
        self.facts = {fact.name: fact for ledger in ledgers.values() for fact in ledger.facts.values()}
        self.parts = {fact.name: _find_parts(fact) for fact in self.facts.values() if fact.expression}
        """What each computed fact names."""
        self.broken = {f"{ledger.name}:{key}" for ledger in ledgers.values() for key in ledger.broken}
        self.problems: list[Problem] = []

    def report(self, name: str, message: str) -> None:
        """Tell what is wrong with an expression, and count its fact as broken."""
        fact = self.facts[name]
        self.problems.append(
            Problem(self.ledgers[fact.ledger].path, *fact.marks["from"], f"{fact.key}: from: {message}")
        )
        self.broken.add(name)

    def tell_unknown_parts(self) -> None:
        """Report each expression that names a fact that there is not."""
        for name, parts in self.parts.items():
            for part in parts:
                if part in self.facts or part in self.broken:
                    continue
                reason = _explain_missing(self.ledgers, *part.split(":"), guess=len(self.problems) < MOST_GUESSES)
                if isinstance(reason, BrokenFact):
                    self.broken.add(name)
                else:
                    self.report(name, str(reason))
                    break

    def compute_facts(self) -> None:
        """Compute each fact whose parts are all there; what rests on a broken one is broken too."""
        sorter = graphlib.TopologicalSorter(self.parts)
        with contextlib.suppress(graphlib.CycleError):  # the sorter still gives what is on no circle
            sorter.prepare()
        while ready := sorter.get_ready():
            for name in ready:
                if self.broken.intersection(self.parts.get(name, ())):
                    self.broken.add(name)
                elif name in self.parts and name not in self.broken:
                    self.compute_fact(name)
            sorter.done(*ready)

    def compute_fact(self, name: str) -> None:
        """Compute one fact, or report why it cannot be."""
        try:
            self.facts[name] = _compute(self.facts[name], self.facts, self.units)
        except ExpressionError as error:
            self.report(name, str(error))

    def tell_circles(self) -> None:
        """Report each circle once, at one of its facts."""
        for name in self.parts:
            if self.facts[name].value is not None or name in self.broken:
                continue
            if circle := self.find_circle(name):
                self.report(circle[0], f"it goes round in a circle: {' → '.join(circle)}; give one of them a value")
            self.broken.update((*circle, name))

    def find_circle(self, name: str) -> list[str]:
        """Return the circle that a fact is on or leads to, its first name again at the end."""
        way: list[str] = []
        while name not in way:
            way.append(name)
            uncomputed = (
                part
                for part in self.parts[name]
                if part in self.parts and part not in self.broken and self.facts[part].value is None
            )
            name = next(uncomputed, "")
            if not name:
                return []
        return [*way[way.index(name) :], name]

    def collect_ledgers(self) -> dict[str, Ledger]:
        """Return the ledgers with what was computed, the broken facts by their keys alone."""
        resolved = {}
        for name, ledger in self.ledgers.items():
            kept = {key: self.facts[fact.name] for key, fact in ledger.facts.items() if fact.name not in self.broken}
            resolved[name] = dataclasses.replace(
                ledger, facts=kept, broken=ledger.broken | (ledger.facts.keys() - kept.keys())
            )
        return resolved


def _find_parts(fact: Fact) -> tuple[str, ...]:
    """Return the facts that an expression names, each once."""
    named = (f"{folder or fact.ledger}:{key}" for folder, key in expressions.find_names(fact.expression))
    return tuple(dict.fromkeys(named))


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
        except UnitError:
            raise ExpressionError(f"it comes to {result.unit:~C}, but its unit is {wanted}") from None
    if result.unit.dimensionless and str(result.unit) not in ("percent", "point"):
        return result.value * find_factor(result.unit, load_registry(units).Unit("")), ""
    unit = f"{result.unit:~C}"
    return result.value, unit if UNIT.fullmatch(unit) else ""


def find_fact(ledgers: Mapping[str, Ledger], home: str, reference: str) -> Fact:
    """Return the fact that ``key`` (in the ledger called ``home``) or ``folder:key`` names.

    Raises UnknownFact: there is none; its message says what there is instead. BrokenFact: it is told in its ledger.
    """
    folder, _, key = reference.rpartition(":")
    folder = folder or home
    if folder in ledgers and key in ledgers[folder].facts:
        return ledgers[folder].facts[key]
    raise _explain_missing(ledgers, folder, key)


def _explain_missing(ledgers: Mapping[str, Ledger], folder: str, key: str, *, guess: bool = True) -> UnknownFact:
    """Return why there is no such fact, and what there is instead.

    :param guess: look for keys that are close, which is slow
    """
    if not ledgers:
        return UnknownFact(f"there is no ledger; write the fact {key!r:.80} into a facts.yaml beside the document")
    if folder not in ledgers:
        known = ", ".join(sorted(ledgers))
        return UnknownFact(f"there is no ledger {folder!r:.80}; there are: {known}")
    ledger = ledgers[folder]
    if not ledger.readable or key in ledger.broken:
        return BrokenFact(f"{key} of {ledger.path} is broken there; mend that first")
    close = difflib.get_close_matches(key, ledger.facts, 3, 0.5) if guess else []
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
