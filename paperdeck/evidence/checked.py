"""What is kept of a search: ``checked.yaml``, which says where each fact was found in what text, and no word of it."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperdeck.evidence.findings import Finding, Outcome
from paperdeck.ledger.yaml import Unreadable, parse_yaml, read_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperdeck.ledger.reading import Fact
    from paperdeck.ledger.yaml import Node

FILE = "checked.yaml"
DEEPEST = 3  # the file, a group, an entry of it
HEAD = """\
# Where the numbers of facts.yaml stand in the papers' own texts.
# Made by `python -m paperdeck verify`, never by hand."""


@dataclass(frozen=True)
class CheckedText:
    """The text of a work in which facts were looked for."""

    kind: str
    sha256: str
    day: str


@dataclass(frozen=True)
class CheckedFact:
    """What came of the search for one fact, and the digest of the fact as it was then."""

    work: str
    outcome: Outcome
    digest: str
    place: str = ""
    page: int = 0


@dataclass(frozen=True)
class Checked:
    """What was found of one ledger."""

    texts: Mapping[str, CheckedText] = field(default_factory=dict)
    """By the key of the work."""
    facts: Mapping[str, CheckedFact] = field(default_factory=dict)


def digest_fact(fact: Fact) -> str:
    """Return what changes when that of a fact changes which was looked for: value, unit, places, quotation."""
    said = [
        str(fact.value),
        fact.unit,
        fact.quote,
        fact.read_off,
        str(fact.known),
        *(f"{source.work}, {', '.join(source.places)}" for source in fact.sources),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def note_finding(finding: Finding, fact: Fact, work: str) -> CheckedFact:
    """Return what is kept of a finding."""
    return CheckedFact(work, finding.outcome, digest_fact(fact), finding.place, finding.page)


def write_checked(checked: Checked) -> str:
    """Return the text of ``checked.yaml``, the same for the same findings."""
    lines = [HEAD, "texts:"]
    for work, text in sorted(checked.texts.items()):
        lines += [f"  {work}:", f"    kind: {text.kind}", f"    sha256: {text.sha256}", f"    day: {text.day}"]
    lines.append("facts:")
    for key, fact in checked.facts.items():
        lines += [f"  {key}:", f"    work: {fact.work}", f"    outcome: {fact.outcome}"]
        lines += [f"    place: {json.dumps(fact.place, ensure_ascii=False)}"] if fact.place else []
        lines += [f"    page: {fact.page}"] if fact.page else []
        lines.append(f"    digest: {fact.digest}")
    return "\n".join(lines) + "\n"


@functools.lru_cache(256)  # for each build of one process
def read_checked(text: str) -> Checked:
    """Return what a ``checked.yaml`` says.

    Raises Unreadable: it is not as this program writes it.
    """
    root = parse_yaml(text, DEEPEST)
    groups = _as_dict(root) if root else {}
    texts = {work: _read_text(node) for work, node in _entries(groups, "texts")}
    return Checked(texts, {key: _read_fact(node) for key, node in _entries(groups, "facts")})


def _read_text(node: Node) -> CheckedText:
    said = _as_texts(node, ("kind", "sha256", "day"))
    return CheckedText(said.get("kind", ""), said.get("sha256", ""), said.get("day", ""))


def _read_fact(node: Node) -> CheckedFact:
    said = _as_texts(node, ("work", "outcome", "digest", "place", "page"))
    try:
        return CheckedFact(
            said.get("work", ""),
            Outcome(said.get("outcome", "")),
            said.get("digest", ""),
            said.get("place", ""),
            int(said.get("page", 0)),
        )
    except ValueError:
        raise Unreadable(node, "this is not as `python -m paperdeck verify` writes it; make the file anew") from None


def _as_dict(node: Node) -> dict[str, Node]:
    return {str(key.content): value for key, value in read_pairs(node)}


def _entries(groups: Mapping[str, Node], name: str) -> list[tuple[str, Node]]:
    node = groups.get(name)
    return [] if node is None or node.content == "" else list(_as_dict(node).items())


def _as_texts(node: Node, names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for name, value in _as_dict(node).items():
        if not isinstance(value.content, str):
            raise Unreadable(value, "this is not as `python -m paperdeck verify` writes it; make the file anew")
        if name in names:
            found[name] = value.content
    return found
