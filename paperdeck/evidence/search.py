"""A fact looked for in a paper's text: at the place that its ledger names, elsewhere, or nowhere."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from paperdeck.evidence.findings import Finding, Outcome
from paperdeck.evidence.numbers import MEASURES, SCALES, Written, find_numbers
from paperdeck.evidence.places import HEADING, Kind, read_place
from paperdeck.ledger.reading import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperdeck.evidence.places import Block
    from paperdeck.evidence.reading import Paper
    from paperdeck.ledger.reading import Fact

PLACE_UNKNOWN = "its place is not known"
MOST_NEAR = 3
CONTEXT = 60
"""Letters that are shown on each side of a number."""
SCALE_OF_TABLE = re.compile(
    r"[(\[]\s*(?:in\s+)?(trillion|billion|million|thousand|[KMBT])s?\s*[)\]]"
    r"|\bin (trillion|billion|million|thousand)s?\b"
    r"|[(\[]\s*[×x]\s*10\^(-?\d{1,2})\s*[)\]]"
)
PREFIXED = re.compile(
    rf"[kKMGTPEmµμn](?={MEASURES}\b)"
    r"|(?:kilo|mega|giga|tera|peta|exa|milli|micro|nano)(?=byte|bit|watt|joule|FLOP|second|gram|tonne)"
)
"""How a unit begins that counts in thousands or more, or in thousandths."""
ITEM = re.compile(r"\(?\d{1,2}[.)]\s")
"""What an item of a list begins with."""


@cache
def read_numbers(block: Block) -> tuple[Written, ...]:
    """Return the numbers of a block, found once for all facts, without the one that it is counted by itself."""
    numbered = (HEADING if block.kind is Kind.HEADING else ITEM).match(block.text)
    return tuple(written for written in find_numbers(block.text) if not numbered or written.start >= numbered.end())


def look_up(fact: Fact, work: str, paper: Paper) -> Finding:
    """Return what comes of looking for a fact in the text of a work that it cites."""
    if reason := _tell_unasked(fact, work):
        return Finding(fact.key, Outcome.UNASKED, reason=reason)
    if not fact.place_checked:
        return _propose_places(fact, paper)
    named = [
        place for source in fact.sources if source.work == work for text in source.places for place in read_place(text)
    ]
    places = [place for place in named if any(block.lies_in(place) for block in paper.blocks)]
    here = [block for block in paper.blocks if any(block.lies_in(place) for place in places)]
    if fact.quote and not (block := _find_quote(fact.quote, here)):
        outside = _find_quote(fact.quote, paper.blocks)
        reason = "the quotation stands there word for word" if outside else "the quotation stands nowhere word for word"
        return _report(fact, Outcome.ELSEWHERE if outside else Outcome.MISSING, outside, None, reason)
    if fact.value is None:
        return _report(fact, Outcome.FOUND, block, None)
    if match := next(_find_value(fact, here, paper), None):
        return _report(fact, Outcome.FOUND, *match)
    absent = "" if places else f"the text has no {' and no '.join(map(str, named))}"
    if match := next(_find_value(fact, paper.blocks, paper), None):
        return _report(fact, Outcome.ELSEWHERE, *match, reason=absent, nearest=_find_nearest(fact, here))
    return Finding(fact.key, Outcome.MISSING, nearest=_find_nearest(fact, here or paper.blocks), reason=absent)


def _places_of(fact: Fact, work: str) -> list[str]:
    return [place for source in fact.sources if source.work == work for place in source.places]


def _tell_unasked(fact: Fact, work: str) -> str:
    """Return why a fact is not to be looked for; empty where it is."""
    if fact.known is not Known.PAPER:
        return f"known: {fact.known}"
    if fact.read_off:
        return f"read off a {fact.read_off}"
    if fact.value is None and not fact.quote:
        return "a text without a quotation"
    if all(source.work != work for source in fact.sources):
        return f"it cites another work than {work}"
    places = _places_of(fact, work)
    if fact.place_checked and not any(map(read_place, places)):
        return f"it stands outside the paper: {', '.join(places)}"
    return ""


def _propose_places(fact: Fact, paper: Paper) -> Finding:
    """Return where a fact may stand whose place is not known; that it does stand there, a person has to see."""
    blocks = (block for block, _written in _find_value(fact, paper.blocks, paper)) if fact.value is not None else ()
    places = list(dict.fromkeys(str(block.places[0]) for block in blocks if block.places))
    more = f" and {len(places) - MOST_NEAR} more" if len(places) > MOST_NEAR else ""
    listed = ", ".join(places[:MOST_NEAR])
    stands = f"such a number stands in {listed}{more}" if places else "the text has no such number"
    return Finding(fact.key, Outcome.UNASKED, listed, reason=f"{PLACE_UNKNOWN}; {stands}")


def _report(
    fact: Fact,
    outcome: Outcome,
    block: Block | None,
    written: Written | None,
    reason: str = "",
    nearest: tuple[str, ...] = (),
) -> Finding:
    if block is None:
        return Finding(fact.key, outcome, reason=reason, nearest=nearest)
    start, end = (written.start, written.end) if written else (0, len(fact.quote))
    context = block.text[max(0, start - CONTEXT) : end + CONTEXT].replace("\n", " ")
    place = str(block.places[0]) if block.places else ""
    return Finding(fact.key, outcome, place, block.page, context, nearest, reason)


def _plain_words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\^\d+", "", text)).strip()


def _find_quote(quote: str, blocks: Iterable[Block]) -> Block | None:
    wanted = _plain_words(
        quote.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'", ord("–"): "-", ord("−"): "-"})
    )
    return next((block for block in blocks if wanted in _plain_words(block.text)), None)


def _find_value(fact: Fact, blocks: Iterable[Block], paper: Paper) -> Iterator[tuple[Block, Written]]:
    """Yield where the value of a fact is written in blocks."""
    for block in blocks:
        scales = _find_scales(block, paper) if block.kind is Kind.TABLE else set()
        for written in read_numbers(block):
            if is_written(fact, written, scales, in_table=block.kind is Kind.TABLE):
                yield block, written


def _find_scales(table: Block, paper: Paper) -> set[Decimal]:
    """Return what the head or the caption of a table says that its numbers count: “(in billions)”."""
    captions = [block.text for block in paper.blocks if block.kind is Kind.CAPTION and table.float == block.float]
    said = (match for text in (table.text, *captions) for match in SCALE_OF_TABLE.finditer(text))
    return {Decimal(1).scaleb(int(match[3])) if match[3] else SCALES[match[1] or match[2]] for match in said}


def is_written(
    fact: Fact, written: Written, scales: Iterable[Decimal] = (Decimal(1),), *, in_table: bool = False
) -> bool:
    """Tell whether a number of a text says the value of a fact, digit by digit.

    A share may be written as a percentage, a score in percent as a share of one; nothing is rounded.

    :param scales: what a bare number may count, in a table whose head says so
    """
    if fact.value is None or (written.name and written.scale == 1):
        return False
    value, plain = abs(fact.value), abs(written.plain)
    if fact.unit in ("percent", "point"):
        return plain == value if written.percent or plain > 1 else plain in (value, value / 100)
    if any("%" in template for _language, template in fact.show) and (written.percent or in_table):
        return plain == value * 100 or (plain == value and not written.percent)
    if written.percent:
        return plain == value * 100
    if written.scale != 1:  # 64B is no 64, but 64 GB is where the fact counts in GB
        return value == plain * written.scale or (value == plain and bool(PREFIXED.match(fact.unit)))
    return value == plain or any(plain * scale == value for scale in scales)


def _find_nearest(fact: Fact, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the numbers that come closest to a fact, each once, as they are written."""
    if fact.value is None:
        return ()
    wanted = abs(fact.value)
    near: dict[str, Decimal] = {}
    for written in (found for block in blocks for found in read_numbers(block)):
        for said in {abs(written.value), abs(written.plain), abs(written.plain) / 100}:
            distance = abs(said - wanted) / max(said, wanted, Decimal("1e-12"))
            near[written.text] = min(distance, near.get(written.text, distance))
    close = sorted((text for text, distance in near.items() if distance < Decimal("0.2")), key=near.__getitem__)
    return tuple(close[:MOST_NEAR])
