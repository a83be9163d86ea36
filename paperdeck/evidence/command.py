"""Look for each number of a ledger in the paper's own text, at the place that the ledger names.

The text stays where it is: nothing of it is copied but, with --page, into a page for you to look at.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.evidence.checked import FILE, Checked, CheckedText, note_finding, read_checked, write_checked
from paperdeck.evidence.findings import Finding, Outcome
from paperdeck.evidence.pdf import UnreadablePaper
from paperdeck.evidence.reading import read_paper
from paperdeck.evidence.search import PLACE_UNKNOWN, look_up
from paperdeck.files import find_likely
from paperdeck.ledger.reading import read_ledger
from paperdeck.ledger.resolving import resolve_ledgers
from paperdeck.ledger.yaml import Unreadable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from paperdeck.evidence.reading import Paper
    from paperdeck.ledger.reading import Fact, Ledger

LEDGER = "facts.yaml"
MARKS = {Outcome.FOUND: "found", Outcome.ELSEWHERE: "elsewhere", Outcome.MISSING: "NOT FOUND", Outcome.UNASKED: "—"}
STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2rem; }
td { padding: .3rem .6rem; vertical-align: top; border-top: 1px solid #ccc; }
.missing td, .elsewhere td { background: #fff3d6; }
.unasked td { color: #666; }
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("ledger", type=Path, help="the facts.yaml of a paper, or its folder")
    parser.add_argument(
        "texts",
        nargs="+",
        metavar="[WORK=]TEXT",
        help="the paper as PDF, TeX source (file, folder or archive), HTML, Markdown or plain text; "
        "for a ledger that cites several works, each with the key of the work before it",
    )
    parser.add_argument("--key", action="append", help="look for this fact alone; may be given again")
    parser.add_argument(
        "--update", action="store_true", help="write what was found into checked.yaml beside the ledger"
    )
    parser.add_argument("--strict", action="store_true", help="fail where a fact is not at its place")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument(
        "--page", type=Path, help="write what was found with the text around it as an HTML page to look at"
    )
    parser.add_argument(
        "--units", default="", help="counting units beside ours, as paperdeck_units has them, with commas"
    )


def run(options: argparse.Namespace) -> int:
    """Look for the facts; return 1 where, with ``--strict``, one is not at its place.

    Raises Refused, OSError: something is wrong with what was given.
    """
    ledger = _load_ledger(options.ledger, tuple(filter(None, options.units.split(","))))
    papers = _load_papers(options.texts, ledger)
    facts = _choose_facts(ledger, options.key)
    findings = {work: [look_up(fact, work, paper) for fact in facts] for work, paper in papers.items()}
    if options.update:
        _update(Path(ledger.path).with_name(FILE), ledger, papers, findings)
    if options.page:
        options.page.write_text(_as_page(ledger, papers, findings), "utf-8")
    print(_as_json(papers, findings) if options.json else _as_lines(ledger, papers, findings))
    outcomes = {finding.outcome for found in findings.values() for finding in found}
    return int(options.strict and not outcomes.isdisjoint((Outcome.ELSEWHERE, Outcome.MISSING)))


def _load_ledger(path: Path, units: tuple[str, ...]) -> Ledger:
    """Return a ledger with what is computed in it, others beside its folder at hand."""
    path = (path / LEDGER if path.is_dir() else path).resolve()
    if not path.is_file():
        if likely := find_likely(path.with_name(LEDGER)):
            raise Refused(f"{path.with_name(likely)} is no ledger by its name; call it {LEDGER}")
        raise Refused(f"{path}: there is no such ledger; name the folder of a paper that has a {LEDGER}")
    read = {}
    problems = []
    for file in sorted({path, *path.parent.parent.glob(f"*/{LEDGER}")}):
        ledger, wrong = read_ledger(file.read_text("utf-8-sig"), str(file), units=units)
        read[ledger.name] = ledger
        problems += [problem for problem in wrong if problem.path == str(path)]
    resolved, wrong = resolve_ledgers(read.values(), units)
    problems += [problem for problem in wrong if problem.path == str(path)]
    if problems:
        raise Refused("\n".join(map(str, problems)))
    return resolved[path.parent.name]


def _load_papers(texts: Sequence[str], ledger: Ledger) -> dict[str, Paper]:
    """Return the texts by the works that they are of; one without a key is of the work that the ledger cites most."""
    cited = Counter(source.work for fact in ledger.facts.values() for source in fact.sources if not fact.parts)
    papers = {}
    for text in texts:
        work, equals, name = text.rpartition("=")
        if not equals or work not in cited:
            work, name = (cited.most_common(1)[0][0] if cited else ""), text
        if not work:
            raise Refused(f"{ledger.path}: no fact of it cites a work; there is nothing to look for")
        if work in papers:
            raise Refused(f"two texts for {work}; write the key of the work before each: {work}={name}")
        try:
            papers[work] = read_paper(Path(name))
        except UnreadablePaper as error:
            raise Refused(f"{name}: {error}") from None
    return papers


def _choose_facts(ledger: Ledger, keys: Sequence[str] | None) -> list[Fact]:
    if unknown := [key for key in keys or () if key not in ledger.facts]:
        raise Refused(f"{ledger.path} has no fact {unknown[0]!r}")
    return [ledger.facts[key] for key in keys] if keys else list(ledger.facts.values())


def _update(path: Path, ledger: Ledger, papers: Mapping[str, Paper], findings: Mapping[str, Sequence[Finding]]) -> None:
    """Write what was found, and keep what was found before of other works and facts."""
    try:
        before = read_checked(path.read_text("utf-8")) if path.exists() else Checked()
    except (Unreadable, UnicodeDecodeError):
        raise Refused(f"{path}: it is not as this program writes it; remove it, and look for everything anew") from None
    texts = dict(before.texts)
    facts = {key: fact for key, fact in before.facts.items() if key in ledger.facts}
    for work, paper in papers.items():
        texts[work] = CheckedText(paper.kind, paper.sha256, datetime.now(UTC).date().isoformat())
        for finding in findings[work]:
            if finding.outcome is not Outcome.UNASKED:
                facts[finding.key] = note_finding(finding, ledger.facts[finding.key], work)
            elif finding.key in facts and facts[finding.key].work == work:
                del facts[finding.key]
    in_order = {key: facts[key] for key in ledger.facts if key in facts}
    path.write_text(write_checked(Checked(texts, in_order)), "utf-8")


def _asked(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is not Outcome.UNASKED]


def _explain(finding: Finding, fact: Fact) -> str:
    """Return a line for a finding that a person has to look at."""
    places = ", ".join(place for source in fact.sources for place in source.places)
    where = f"; it stands in {finding.place}" if finding.outcome is Outcome.ELSEWHERE and finding.place else ""
    page = f", page {finding.page}" if where and finding.page else ""
    nearest = f"; nearest there: {', '.join(finding.nearest)}" if finding.nearest else ""
    reason = f"; {finding.reason}" if finding.reason else ""
    return f"{fact.shown()} ({places}){where}{page}{nearest}{reason}"


def _as_lines(ledger: Ledger, papers: Mapping[str, Paper], findings: Mapping[str, Sequence[Finding]]) -> str:
    lines = []
    for work, paper in papers.items():
        found = findings[work]
        for finding in found:
            fact = ledger.facts[finding.key]
            line = fact.marks.get("", (1, 1))[0]
            told = f"{ledger.path}:{line}: {finding.key}: {MARKS[finding.outcome]}"
            if finding.outcome in (Outcome.ELSEWHERE, Outcome.MISSING):
                lines.append(f"{told}: {_explain(finding, fact)}")
            elif finding.reason.startswith(PLACE_UNKNOWN):
                lines.append(f"{told}: {fact.shown()}: {finding.reason}")
        counts = Counter(finding.outcome for finding in found)
        lines.append(
            f"{work} ({paper.kind}, SHA-256 {paper.sha256[:12]}…): {counts[Outcome.FOUND]} of {len(_asked(found))} "
            f"facts found at their places, {counts[Outcome.ELSEWHERE]} elsewhere, {counts[Outcome.MISSING]} nowhere; "
            f"{counts[Outcome.UNASKED]} are not to be looked for"
        )
    return "\n".join(lines)


def _as_json(papers: Mapping[str, Paper], findings: Mapping[str, Sequence[Finding]]) -> str:
    texts = {work: {"kind": paper.kind, "sha256": paper.sha256, "pages": paper.pages} for work, paper in papers.items()}
    found = {work: [asdict(finding) for finding in listed] for work, listed in findings.items()}
    return json.dumps({"texts": texts, "findings": found}, ensure_ascii=False, indent=1)


def _as_page(ledger: Ledger, papers: Mapping[str, Paper], findings: Mapping[str, Sequence[Finding]]) -> str:
    """Return a page that shows each fact with the text around it; it holds words of the paper, so keep it."""
    rows = "".join(
        f"<tr class={finding.outcome}><td>{MARKS[finding.outcome]}<td><code>{html.escape(finding.key)}</code>"
        f"<td>{html.escape(ledger.facts[finding.key].shown())}<td>{html.escape(finding.place)}"
        f"<td>{finding.page or ''}<td>{html.escape(finding.context or ', '.join(finding.nearest) or finding.reason)}"
        for work in papers
        for finding in findings[work]
    )
    title = html.escape(ledger.name)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>"
        f"<h1>{title}: what was found</h1><p>It holds words of the paper: keep it to yourself.</p>"
        f"<table><tr><th>Outcome<th>Fact<th>Value<th>Place<th>Page<th>Around it</tr>{rows}</table></html>"
    )
