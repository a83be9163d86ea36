"""Hostile input: some hundreds of cases of every kind; ``make fuzz`` tries thousands."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.fuzz import guard
from tests.fuzz.__main__ import attempt, fuzz, try_cases
from tests.fuzz.kinds import KINDS, Kind
from tests.fuzz.projects import build, check_messages, check_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.fuzz.projects import Files

CASES = 15
"""How many of each kind are tried in the suite."""


def test_hostile_input_does_no_harm(tmp_path: Path) -> None:
    """Nothing is thrown, nothing takes long, nothing outside is touched, pages are whole, messages have places."""
    random = Random(20)
    cases = [kind.make(random) for kind in KINDS if kind.run is build for _ in range(CASES)]
    random.shuffle(cases)
    assert list(try_cases(Kind("all", lambda random: {}, build), cases, tmp_path)) == []


@pytest.mark.parametrize(("name", "count"), [("foreign", 8), ("conf.py", 4), ("edits", 1)])
def test_what_is_tried_by_itself_does_no_harm(tmp_path: Path, name: str, count: int) -> None:
    """Documents for other tools, hostile settings, and edits after which both outputs are what a clean build gives."""
    (kind,) = (kind for kind in KINDS if kind.name == name)
    assert [fault for _count, found in fuzz(kind, count, 20, tmp_path) for fault in found] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_seed_gives_the_same_cases(kind: Kind) -> None:
    """So that what a run has found can be found again."""
    assert [kind.make(Random(7)) for _ in range(3)] == [kind.make(Random(7)) for _ in range(3)]


def test_the_case_that_is_broken_is_found_among_the_others(tmp_path: Path) -> None:
    """Whether its fault says whose it is or not."""

    def run(cases: Sequence[Files], top: Path) -> list[str]:
        if {"x": "7"} in cases:
            raise ValueError("seven")
        return [f"case{number}/x is wrong" for number, case in enumerate(cases) if case == {"x": "3"}]

    kind = Kind("planted", lambda random: {}, run)
    faults = list(try_cases(kind, [{"x": str(number)} for number in range(10)], tmp_path))
    assert sorted((fault.files["x"], fault.what.split(":")[0]) for fault in faults) == [
        ("3", "case3/x is wrong"),
        ("7", "traceback"),
    ]


def test_what_a_case_may_not_do_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop without an end, a file of others, one beside the project, another program."""

    def attack(what: str) -> list[str]:
        return attempt(Kind("planted", lambda random: {}, lambda cases, top: [exec(what) or ""][:0]), [{}], tmp_path)

    assert attack("open(__file__).close()") == []
    assert attack("open('/etc/passwd').close()") == ["read outside of the project: /etc/passwd"]
    assert attack(f"open('{tmp_path}/new', 'w').close()") == [f"written outside of the project: {tmp_path}/new"]
    assert attack("__import__('subprocess').run(['true'])")[0].startswith("subprocess.Popen: ")
    monkeypatch.setattr("tests.fuzz.__main__.STARTING", -guard.SECONDS + 0.1)
    assert attack("while True: pass")[0].startswith("longer than 2 s")


def test_what_no_page_may_have_is_noticed() -> None:
    """Tags that cross, a drawing with a number that is none or a control character, a message without a place."""
    page = "<!doctype html><title>t</title><p data-slide=1>{}"
    assert list(check_page(page.format("<b>bold</b><svg><path d='M0 1'/><text>nan</text></svg>"))) == []
    for wrong in ("<b><i></b></i>", "</div>", "<svg><path d='M0 nan'/></svg>", "<math><mspace width='NaN'/></math>"):
        assert list(check_page(page.format(wrong))) != [], wrong
    assert list(check_page(page.format("<svg><text>\x07</text></svg>"))) == ["drawing with '\\x07' in its text"]
    messages = ["index.md:3: WARNING: x", "index.md:: WARNING: x", "WARNING: x"]
    assert [message.rpartition(": index.md::")[1] != "" for message in check_messages(messages)] == [True, False]
