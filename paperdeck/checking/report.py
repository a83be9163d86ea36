"""Findings as they are told: on a terminal, to a program, to a host of code, as a page of pictures."""

from __future__ import annotations

import hashlib
import html
import json
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from paperdeck.commands import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.checking.findings import Finding

STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2rem auto; max-width: 72rem; color: #1b2636; }
article { margin: 0 0 3rem; }
h2 { font-size: 1.1rem; }
code { background: #eef1f6; padding: 0 .3em; }
img { max-width: 100%; border: 1px solid #c5cedb; }
"""


def _place_of(finding: Finding) -> str:
    return f"{finding.place.file}:{finding.place.line}" if finding.place else finding.page


def _shown_on(finding: Finding) -> str:
    return finding.page + (f"#/{finding.slide}" if finding.slide else "")


def as_lines(findings: Sequence[Finding]) -> str:
    """Return a line for each finding, its place first, as compilers write it."""
    return "\n".join(
        f"{_place_of(finding)}: {finding.kind}: {finding.describe()}"
        + (f" [{_shown_on(finding)}]" if finding.place else "")
        for finding in findings
    )


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as data."""
    data = [
        {
            "kind": str(finding.kind),
            "file": finding.place.file if finding.place else None,
            "line": finding.place.line if finding.place else None,
            "page": finding.page,
            "slide": finding.slide or None,
            "id": finding.id or None,
            "text": finding.text,
            "message": finding.message,
            "views": [str(view) for view in finding.views],
            "pages": [*finding.pages],
        }
        for finding in findings
    ]
    return json.dumps(data, ensure_ascii=False, indent=1)


def as_github(findings: Sequence[Finding]) -> str:
    """Return commands that make GitHub Actions annotate the sources."""
    return "\n".join(
        f"::error {_properties(finding)}::{_escape(f'{finding.describe()} [{_shown_on(finding)}]')}"
        for finding in findings
    )


def _properties(finding: Finding) -> str:
    given: dict[str, Any] = {"title": f"paperdeck check: {finding.kind}"}
    if finding.place:
        given = {"file": finding.place.file, "line": finding.place.line} | given
    return ",".join(f"{name}={_escape(str(value), ':,')}" for name, value in given.items())


def _escape(text: str, more: str = "") -> str:
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


def as_gitlab(findings: Sequence[Finding]) -> str:
    """Return a report of code quality as GitLab reads it."""
    issues = []
    for finding in findings:
        told = f"{finding.kind} {_shown_on(finding)} {finding.near or finding.text}"
        issues.append(
            {
                "description": f"{finding.describe()} [{_shown_on(finding)}]",
                "check_name": f"paperdeck-{finding.kind}",
                "fingerprint": hashlib.sha256(told.encode()).hexdigest(),
                "severity": "major",
                "location": {
                    "path": finding.place.file if finding.place else finding.page,
                    "lines": {"begin": finding.place.line if finding.place else 1},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1)


FORMATS = {"text": as_lines, "json": as_json, "github": as_github, "gitlab": as_gitlab}


def as_pictures(findings: Sequence[Finding], pictures: Mapping[int, str]) -> str:
    """Return a page that shows what is wrong.

    :param pictures: the files beside the page, by the numbers of the findings
    """
    parts = [
        f"<article><h2>{html.escape(finding.kind)}: {html.escape(finding.describe())}</h2>"
        f"<p><code>{html.escape(_place_of(finding))}</code> {html.escape(_shown_on(finding))}</p>"
        + (f'<img src="{pictures[number]}" alt="" loading="lazy">' if number in pictures else "")
        + "</article>"
        for number, finding in enumerate(findings)
    ]
    said = "".join(parts) or "<p>Nothing was found.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>What was found</title>'
        f"<style>{STYLE}</style><h1>What was found</h1>{said}</html>\n"
    )


def sum_up(findings: Sequence[Finding], pages: int, decks: int, slides: int, seconds: float) -> str:
    """Return the last line."""
    seen = f"{count(pages, 'page')} and {count(decks, 'deck')} of {count(slides, 'slide')}"
    if not findings:
        return f"Nothing is wrong with {seen} ({seconds:.0f} s)."
    wrong = len({name for finding in findings for name in (finding.page, *finding.pages)})
    return f"{count(len(findings), 'finding')} on {count(wrong, 'page')}; {seen} were looked at ({seconds:.0f} s)."


def describe_errors(errors: Mapping[str, float]) -> str:
    """Return how far the heights that the build reckons with are from a browser's: browser less build, in px.

    :param errors: by slide
    """
    values = sorted(errors.values())
    low, high = (quantiles(values, n=20)[0], quantiles(values, n=20)[-1]) if len(values) > 1 else (values[0], values[0])
    farthest = max(errors, key=lambda slide: abs(errors[slide]))
    return (
        f"Heights of {count(len(values), 'slide')} of text, browser less build: median {median(values):+.1f} px, "
        f"nine in ten from {low:+.1f} to {high:+.1f}, the farthest {errors[farthest]:+.1f} ({farthest})."
    )
