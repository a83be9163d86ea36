"""What the build says of a check: where a fact was found in its paper's own text, and how many of a ledger's were."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.evidence.checked import FILE, digest_fact, read_checked
from paperdeck.evidence.findings import Outcome
from paperdeck.evidence.standing import SEARCHED, Standing, tell_standing
from paperdeck.facts.domain import get_fact_domain
from paperdeck.files import find_likely
from paperdeck.language import phrases_of
from paperdeck.ledger.yaml import Unreadable
from paperdeck.messages import Subtype, warn
from paperdeck.site.works import find_work

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.evidence.checked import Checked, CheckedFact
    from paperdeck.facts.domain import FactDomain
    from paperdeck.ledger.reading import Fact, Ledger


class Check(NamedTuple):
    """What is said of one fact."""

    text: str
    """“found on page 5 of the paper”; empty where it was never looked for."""
    address: str = ""
    """The page of the paper's PDF, where the bibliography has one."""
    is_found: bool = False
    page: int = 0
    """On which it was found; 0 where the text has no pages."""


class Count(NamedTuple):
    """What is said of a ledger."""

    found: int
    """Numbers that were found at their places and have not changed since."""
    numbers: int
    """Numbers that the ledger takes from the texts of papers."""
    read_off: int
    """Numbers that it takes from their figures, which no text holds."""
    outside: int
    """Numbers that it takes from something else than a paper: a log, a repository."""
    texts: tuple[str, ...]
    """The texts in which they were looked for: “PDF, SHA-256 9f86d081…”."""


def load_checked(app: Sphinx, env: BuildEnvironment, *outdated: set[str]) -> list[str]:
    """Read what is kept of a search beside each ledger, and return the documents that say it otherwise.

    Warns ``paperdeck.ledger``: a file that is not as ``verify`` writes it.
    """
    domain = get_fact_domain(env)
    before, found = dict(domain.checked), {}
    for name, paper in domain.papers.items():
        file = Path(env.doc2path(paper.docname)).with_name(FILE)
        try:
            found[name] = read_checked(file.read_text("utf-8"))
        except FileNotFoundError:
            if likely := find_likely(file):
                warn(Subtype.LEDGER, "this file is not read; call it %s", FILE, location=f"{file.with_name(likely)}:1")
        except Unreadable as error:
            warn(Subtype.LEDGER, "%s", error, location=f"{file}:{error.node.line}:{error.node.column}")
        except UnicodeDecodeError:
            message = "the file is not UTF-8; make it anew with `python -m paperdeck verify`"
            warn(Subtype.LEDGER, message, location=f"{file}:1")
    domain.data["checked"] = found
    differ = {name for name in before.keys() | found.keys() if before.get(name) != found.get(name)}
    if differ:
        domain.note_change()
    users = [name for name, used in domain.uses.items() if any(key.partition(":")[0] in differ for key in used)]
    papers = list_papers(domain)
    surveys = [name for name, listed in domain.surveys.items() if differ or (listed and listed != papers)]
    return [*users, *surveys]


def list_papers(domain: FactDomain) -> tuple[str, ...]:
    """Return the ledgers that belong to a paper: those whose document names it."""
    return tuple(name for name, paper in sorted(domain.papers.items()) if paper.paper)


def find_check(env: BuildEnvironment, fact: Fact) -> CheckedFact | None:
    """Return what was found of a fact; None where nobody looked."""
    checked = get_fact_domain(env).checked.get(fact.ledger)
    return checked.facts.get(fact.key) if checked else None


def count_standings(env: BuildEnvironment, ledger: Ledger, *, numbers: bool = False) -> Counter[Standing]:
    """Return how many facts of a ledger were checked in which way.

    :param numbers: leave out what is a text
    """
    facts = (fact for fact in ledger.facts.values() if fact.value is not None or not numbers)
    return Counter(tell_standing(fact, find_check(env, fact)) for fact in facts)


def describe_check(env: BuildEnvironment, fact: Fact) -> Check:
    """Return what is said of a fact: where it was found, or that the ledger has moved on since."""
    _ = phrases_of(env).gettext
    check = find_check(env, fact)
    if check is None:
        return Check("")
    if check.digest != digest_fact(fact):
        return Check(_("changed since it was checked"))
    if check.outcome is not Outcome.FOUND:
        return Check("; ".join((_("not found in the paper’s text"), *describe_seen(env, fact))))
    if not check.page:
        return Check(_("found in the paper’s text"), is_found=True)
    work = find_work(env, check.work)
    address = f"{work.pdf}#page={check.page}" if work and work.pdf else ""
    return Check(_("found on page %d of the paper") % check.page, address, is_found=True, page=check.page)


def describe_seen(env: BuildEnvironment, fact: Fact) -> tuple[str, ...]:
    """Return where a person saw a fact; nothing where the ledger does not say."""
    _ = phrases_of(env).gettext
    return (_("seen by eye: %s") % fact.seen,) if fact.seen else ()


def count_checked(env: BuildEnvironment, ledger: Ledger) -> Count | None:
    """Return how many numbers of a ledger were found; None where nobody looked."""
    checked = get_fact_domain(env).checked.get(ledger.name)
    if checked is None:
        return None
    counts = count_standings(env, ledger, numbers=True)
    numbers = sum(counts[standing] for standing in (*SEARCHED, Standing.PLACELESS))
    return Count(
        counts[Standing.FOUND], numbers, counts[Standing.FIGURE], counts[Standing.OUTSIDE], name_texts(checked)
    )


def name_texts(checked: Checked) -> tuple[str, ...]:
    """Return the texts in which facts were looked for, each by its kind and the beginning of its digest."""
    return tuple(f"{text.kind}, SHA-256 {text.sha256[:8]}…" for text in checked.texts.values())


def describe_count(env: BuildEnvironment, count: Count, docname: str) -> list[str]:
    """Return what a document says of its ledger: how many numbers were found, then how many nobody could find."""
    _ = phrases_of(env, docname).gettext
    says = _("%(found)d of %(numbers)d numbers found in the paper’s own text")
    parts = [says % {"found": count.found, "numbers": count.numbers}]
    if count.read_off:
        parts.append(_("%d read off its figures") % count.read_off)
    if count.outside:
        parts.append(_("%d not in the paper itself") % count.outside)
    return parts


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the reader, behind what finds the document of each ledger (500)."""
    app.connect("env-get-outdated", load_checked, priority=510)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
