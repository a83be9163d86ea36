"""All ledgers together: what is computed, what is told once, and which fact a name means."""

from __future__ import annotations

import difflib

import pytest

from paperdeck.ledger import reading, resolving
from paperdeck.ledger.reading import Source
from paperdeck.ledger.resolving import UnknownFact
from tests.ledger.samples import GOOD, PATH, fact, load


def test_computed_fact_cites_what_its_parts_cite() -> None:
    """Sources, parts and doubts of the parts are those of the whole; a place from memory is not kept."""
    share = load(GOOD)[0].facts["share"]
    assert share.sources == (Source("du2022glam", ("Abstract",)), Source("brown2020gpt3"))
    assert share.parts == ("glam:active", "glam:total")
    assert share.working == "96.6 billion / 1.2 trillion"
    assert not share.place_checked


def test_what_rests_on_memory_is_not_verified() -> None:
    """A fact from memory or a draft is unverified, and so is what is computed from it."""
    read, _ = load(fact("known: memory") + "twice:\n  says: twice\n  from: key * 2\n" + fact("known: ours", "own"))
    assert [read.facts[key].verified for key in ("key", "twice", "own")] == [False, False, True]


def test_facts_are_computed_across_ledgers() -> None:
    """A name with a folder reaches the ledger beside it, in any order of reading."""
    one, _ = reading.read_ledger(
        "ratio:\n  says: ratio\n  from: glm-130b:key / key\n" + fact("value: 32"), "papers/glam/facts.yaml"
    )
    other, _ = reading.read_ledger(fact("value: 64"), "papers/glm-130b/facts.yaml")
    resolved, problems = resolving.resolve_ledgers([one, other])
    assert problems == []
    assert resolved["glam"].facts["ratio"].value == 2
    assert resolved["glam"].facts["ratio"].parts == ("glm-130b:key", "glam:key")


def test_several_mistakes_are_told_together() -> None:
    """One run tells all, the good facts stay, and what needs a broken fact is not told again."""
    text = """\
good: {says: x, value: 1, source: "du2022glam, §1"}
good: {says: x, value: 2, source: "du2022glam, §1"}
twice: {says: x, says: y, value: 1, known: ours}
bare: {value: 1}
kind: {says: x, known: ours}
nowhere: {says: x, value: 1}
needs: {says: x, from: bare * 2}
needs_more: {says: x, from: needs * 2}
there: {says: x, from: back}
back: {says: x, from: there}
after: {says: x, from: back}
words: {says: x, value: 1, unit: token, known: ours}
mixed: {says: x, from: words + power}
power: {says: x, value: 1, unit: MWh, known: ours}
typed: {says: x, from: power, unit: token}
"""
    read, problems = load(text)
    assert [(problem.line, problem.message.partition(";")[0]) for problem in problems] == [
        (2, "good stands twice in this ledger"),
        (3, "twice: says stands twice"),
        (4, "bare: says is missing"),
        (4, "bare: source is missing"),
        (5, "kind: write one of value, text, from and reported: no"),
        (6, "nowhere: source is missing"),
        (9, "there: from: it goes round in a circle: glam:there → glam:back → glam:there"),
        (13, "mixed: from: token and MWh do not go together"),
        (15, "typed: from: it comes to MWh, but its unit is token"),
    ]
    assert list(read.facts) == ["good", "words", "power"]
    assert read.facts["good"].value == 1


def test_long_chain_is_computed() -> None:
    """A thousand facts, each from the next, need no recursion."""
    chain = "".join(f"k{number}: {{says: x, from: k{number + 1}}}\n" for number in range(999))
    read, problems = load(chain + "k999: {says: x, value: 5, known: ours}")
    assert problems == []
    assert read.facts["k0"].value == 5


def test_unknown_fact_says_what_there_is() -> None:
    """A name that is close is suggested; a broken fact is told from one that is missing."""
    read, _ = load(GOOD + "broken: {says: x}\n")
    ledgers = {"glam": read}
    assert resolving.find_fact(ledgers, "olmoe", "glam:total") is resolving.find_fact(ledgers, "glam", "total")
    for reference, said in [
        ("totl", "did you mean total"),
        ("olmoe:x", "there are: glam"),
        ("broken", "is broken there"),
    ]:
        with pytest.raises(UnknownFact, match=said):
            resolving.find_fact(ledgers, "glam", reference)
    with pytest.raises(UnknownFact, match="write the fact 'x' into"):
        resolving.find_fact({}, "talk", "x")


def test_unknown_work_is_told_at_the_source() -> None:
    """A source that the bibliography does not have is a problem where it stands."""
    read, _ = load(GOOD)
    [problem] = resolving.find_unknown_works(read, {"du2022glam", "brown2020gpt"})
    assert (
        str(problem) == f"{PATH}:13:11: active: 'brown2020gpt3' is not in the bibliography; did you mean brown2020gpt?"
    )


def test_guesses_are_few_however_many_names_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every unknown name is told; close ones are looked for, which takes long, at the first hundred alone."""
    guess, asked = difflib.get_close_matches, []
    monkeypatch.setattr(difflib, "get_close_matches", lambda *args: asked.append(args[0]) or guess(*args))
    text = "known: {says: x, value: 1, known: ours}\n" + "".join(
        f"k{n}: {{says: x, from: knwn{n}}}\n" for n in range(300)
    )
    _, problems = load(text)
    assert len(problems) == 300
    assert len(asked) == resolving.MOST_GUESSES


def test_what_rests_on_an_unreadable_ledger_is_not_told_again() -> None:
    """Nobody knows what facts such a ledger has, so that nothing of it is called missing."""
    glam, [problem] = reading.read_ledger("a: b: c", "papers/glam/facts.yaml")
    olmoe, _ = reading.read_ledger(fact("from: glam:total * 2"), "papers/olmoe/facts.yaml")
    resolved, problems = resolving.resolve_ledgers([glam, olmoe])
    assert (problem.line, problems, resolved["olmoe"].broken) == (1, [], {"key"})
    for reference in ("glam:total", "olmoe:key"):
        with pytest.raises(resolving.BrokenFact):
            resolving.find_fact(resolved, "olmoe", reference)
