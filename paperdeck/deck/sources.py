"""Where the claims of a deck come from: the places in the footer of a slide, and the Sources slides at the end."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from docutils import nodes

from paperdeck.config import Config
from paperdeck.facts.checked import count_checked, describe_count
from paperdeck.facts.domain import find_own_ledger
from paperdeck.facts.role import collect_places, collect_sources, count_rest
from paperdeck.language import phrases_of
from paperdeck.pictures import text_width
from paperdeck.site.works import find_work
from paperdeck.slides.layouts import CONTENT, GUTTER, LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from gettext import NullTranslations

    from sphinx.environment import BuildEnvironment

    from paperdeck.site.works import Work

FOOTER_LETTERS = 72
"""How many letters of places a footer takes, at 22 px beside a name of a paper of usual length."""

LAYOUT = LAYOUTS["sources"]

LINES_OF_A_PLACE = 5
"""How many lines are said of a place; the article has them all."""

BETWEEN = " · "
"""What stands between two numbers on one line."""

HEAD_RULE, ENTRY_RULE = 2, 1
"""The rule above the list on a Sources slide, and that below each entry, in px."""

PLACES_WIDTH = (192, 352)
"""How wide the column of places is at least and at most, in px."""


Entry = tuple[str, list[str]]
"""A place, and what it says: a sentence for each number that stands there."""


class deck_sources(nodes.Element):  # noqa: N801
    """A last slide: where the numbers and claims of the deck stand, as ``entries`` of (place, what it says)."""


def measure_places(entries: Iterable[Entry]) -> int:
    """Return how wide the column of places is on every Sources slide of a deck, in px."""
    least, most = PLACES_WIDTH
    return min(
        most,
        max([least, *(ceil(text_width.measure_width(place, LAYOUT.body.size, "SemiBold")) for place, _ in entries)]),
    )


def fill_pages(entries: Iterable[Entry], column: int, room: float) -> list[list[Entry]]:
    """Return the entries of each Sources slide, as many as its height takes; one may go on on the next.

    :param column: the width of the places, in px
    :param room: the width of what stands there, in px
    """
    pages: list[list[Entry]] = []
    free = 0
    for place, says in entries:
        least = len(text_width.break_lines(place, LAYOUT.body.size, "SemiBold", column))
        rest = join_lines(says, room)
        while rest:
            heights = [len(text_width.break_lines(line, LAYOUT.body.size, "Regular", room)) for line in rest]
            fitting = _count_fitting(heights, least, free)
            if not fitting:
                pages.append([])
                free = LAYOUT.text.height - HEAD_RULE
                fitting = _count_fitting(heights, least, free) or len(rest)
            pages[-1].append((place, rest[:fitting]))
            free -= _measure_entry(heights[:fitting], least)
            rest = rest[fitting:]
    return pages


def _measure_entry(heights: Sequence[int], least: int) -> int:
    """Return how high an entry is, in px, with so many lines of its text in each of its sentences.

    :param least: how many lines its place takes
    """
    return LAYOUT.body.line * max(least, sum(heights)) + LAYOUT.body.between + ENTRY_RULE


def _count_fitting(heights: Sequence[int], least: int, free: float) -> int:
    """Return how many sentences of an entry fit: all, or as many as leave none alone before or behind the break."""
    fitting = max(
        (count for count in range(len(heights) + 1) if _measure_entry(heights[:count], least) <= free), default=0
    )
    if fitting == len(heights):
        return fitting
    fitting = min(fitting, len(heights) - 2)
    return fitting if fitting > 1 else 0


def join_lines(says: Iterable[str], room: float) -> list[str]:
    """Return the lines of an entry, with those in one that have room beside each other."""
    lines: list[str] = []
    for said in says:
        joined = f"{lines[-1]}{BETWEEN}{said}" if lines else said
        if lines and text_width.measure_width(joined, LAYOUT.body.size, "Regular") <= room:
            lines[-1] = joined
        else:
            lines.append(said)
    return lines


def shorten(entry: Entry, phrases: NullTranslations) -> Entry:
    """Return an entry with its first lines and the number of the others."""
    place, says = entry
    if len(says) <= LINES_OF_A_PLACE:
        return entry
    kept = says[: LINES_OF_A_PLACE - 1]
    return place, [*kept, count_rest(phrases, len(says) - len(kept))]


def name_span(places: Sequence[str], phrases: NullTranslations) -> str:
    """Return from which place to which a Sources slide goes, which tells it from the others."""
    if not places:
        return ""
    first, last = places[0], places[-1]
    return first if first == last else phrases.gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def cited_works(node: nodes.Element) -> list[str]:
    """Return the keys of the works that are cited below a node, in order."""
    return list(dict.fromkeys(link["cites"] for link in node.findall(nodes.reference) if "cites" in link))


def name_places(env: BuildEnvironment, docname: str, node: nodes.Element, paper: str) -> str:
    """Return what a slide's footer names: the places of its numbers, then the works it cites.

    Works are named without their places where the line would be too long, and the last ones counted.
    """
    own, others = collect_places(env, docname, [node], paper)
    cited = (find_work(env, key) for key in cited_works(node))
    others |= {work.short: [] for work in cited if work and work.short not in others}
    event = Config.of(env.config).footer
    letters = FOOTER_LETTERS - (len(f"{event} · ") if event else 0)
    full = [", ".join(own), *(", ".join((work, *listed)) for work, listed in others.items())]
    if len(text := "; ".join(filter(None, full))) <= letters:
        return text
    named = [*filter(None, full[:1]), *others]
    phrases, rest = phrases_of(env, docname), 0
    while len(text := "; ".join([*named, *([count_rest(phrases, rest)] if rest else [])])) > letters:
        if not named[1:]:
            break
        named.pop()
        rest += 1
    return text


def tell_checked(env: BuildEnvironment, docname: str) -> list[Entry]:
    """Return the entry that says how many of the paper's numbers were found in its text; none where nobody looked."""
    ledger = find_own_ledger(env, docname)
    count = count_checked(env, ledger) if ledger else None
    if count is None:
        return []
    _ = phrases_of(env, docname).gettext
    return [(_("Checked"), ["; ".join(describe_count(env, count, docname))])]


def list_sources(
    env: BuildEnvironment,
    docname: str,
    shown: Sequence[nodes.Element],
    *,
    paper: str,
    work: Work | None,
    short: str,
    article: str | None,
    code: str,
) -> list[deck_sources]:
    """Return the slides that say where the deck's claims come from; none where it cites nothing.

    :param shown: what the audience sees: the titles and contents of the slides
    :param paper: the paper of the document, whose places are named without it
    :param code: the QR code of the article; empty where its address is not known
    """
    keys = dict.fromkeys(key for part in shown for key in cited_works(part))
    if work:
        keys = dict.fromkeys([work.key, *keys])
    works = (find_work(env, key) for key in keys)
    titles = [(work.short, [work.title]) for work in works if work]
    phrases = phrases_of(env, docname)
    numbers = (shorten(entry, phrases) for entry in collect_sources(env, docname, shown, paper))
    checked = tell_checked(env, docname)
    entries = [*numbers, *titles, *checked]
    column = measure_places(entries)
    pages = fill_pages(entries, column, CONTENT.width - column - GUTTER)
    if pages and code:  # on the last slide, which stays on the screen when the talk is over
        pages[-1:] = fill_pages(pages[-1], column, LAYOUT.text.width - column - GUTTER)
    return [
        deck_sources(
            "",
            ids=[f"sources-{page}" if page > 1 else "sources"],
            entries=entries,
            span=name_span([entry[0] for entry in entries if entry not in checked], phrases) if len(pages) > 1 else "",
            column=column,
            article=article,
            short=short,
            qr=code if page == len(pages) else "",
        )
        for page, entries in enumerate(pages, 1)
    ]
