"""The lint: numbers without a source, facts that nobody looked up, titles without a name, facts nobody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.facts.papers import LEDGER, MORE, paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

BAD = """\
::::{slide} GPT-3 has 175 billion parameters
- About 8% of **64 experts**, twice the size of Llama2-13B
- Runs on 4x RTX 3090 for three hours; two experts do it [^1]
- {fact}`8% <share>`, {plain}`2 + 2`, `x = 3`, $n = 4$, {cite:p}`k`, 5th, INT4, Table 6, 4-bit

| a | b |
| --- | --- |
| 12 | {fact}`share` |

```python
x = 13
```

$$
y = 14
$$

```{figure} x.png
:alt: 15

Of 16 runs
```

:::{speaker-notes}
Some 17 things.
:::
::::

Prose says 18.

[^1]: A note of 19 words.
"""


def numbers(site: SmallSite) -> list[tuple[int, str]]:
    """Return the line and the number of each warning of the lint."""
    found = []
    for warning in site.build("dummy").warnings:
        assert warning.endswith("[paperdeck.unsourced_number]"), warning
        found.append((int(warning.split(":")[1]), warning.split("'")[1]))
    return found


def test_every_number_on_a_slide_without_a_source_is_told(small_site: Callable[..., SmallSite]) -> None:
    """Amounts in titles, lines, cells and captions; not facts, citations, code, maths, names, notes or prose."""
    site = small_site(paper(BAD) | {"x.png": b""}, more=MORE + 'myst_enable_extensions = ["dollarmath"]')
    assert numbers(site) == [
        (6, "175 billion"),
        (7, "8%"),
        (7, "64"),
        (7, "twice"),
        (8, "4x"),
        (8, "three"),
        (11, "12"),  # MyST knows the line of the table alone
        (26, "16"),
    ]


def test_message_says_what_to_write(small_site: Callable[..., SmallSite]) -> None:
    """The warning names the number, the slide and both ways out."""
    site = small_site(paper("{fact}`share`\n\n:::{slide} A point\nOf 64 experts\n:::"), more=MORE)
    assert site.build("dummy").warnings == [
        "index.md:9: WARNING: '64' on the slide “A point” has no source; write {fact}`64 <key>` with a key of "
        "facts.yaml, or {plain}`64` where it claims nothing [paperdeck.unsourced_number]"
    ]


def test_a_deck_of_no_paper_is_left_alone(small_site: Callable[..., SmallSite]) -> None:
    """Without a paper and without a ledger there is nothing a number could come from."""
    small_site("# T\n\n:::{slide} Of 64 experts\nOf 64 experts\n:::\n").quietly("dummy")


@pytest.mark.parametrize("known", ["known: memory", "known: draft", "from: guess * 1"])
def test_fact_that_nobody_looked_up_stays_off_slides(small_site: Callable[..., SmallSite], known: str) -> None:
    """From memory, from a draft, or computed from such: told on a slide, let be in prose."""
    value = "" if known.startswith("from") else "value: 8, "
    ledger = f"guess: {{says: x, value: 8, known: memory}}\nown: {{says: x, {value}{known}}}\n"
    slide = ":::{slide} P\n{fact}`own`\n:::\n\n"
    site = small_site(paper(slide + "{fact}`own` {fact}`guess`", ledger), more=MORE)
    [warning] = site.build("dummy").warnings
    assert warning.startswith("index.md:6: WARNING: the fact 'own' on the slide “P” is known from memory")
    assert warning.endswith("[paperdeck.unverified_fact]")
    small_site(paper("{fact}`own` {fact}`guess`", ledger), more=MORE).quietly("dummy")


def test_title_with_a_fact_wants_a_name(small_site: Callable[..., SmallSite]) -> None:
    """A corrected number must break no link, so the address may not be made from it."""
    text = "{}## Of {{fact}}`share`\n\n:::{{slide}} Of {{fact}}`share`\n{}x\n:::\n"
    found = small_site(paper(text.format("", "")), more=MORE).build("dummy").warnings
    assert [(warning.split(":")[1], warning.rsplit("[", 1)[1]) for warning in found] == [
        ("6", "paperdeck.fact_in_title]"),
        ("8", "paperdeck.fact_in_title]"),
    ]
    small_site(paper(text.format("(here)=\n", ":name: there\n")), more=MORE).quietly("dummy")


def test_fact_that_no_document_uses_is_told(small_site: Callable[..., SmallSite]) -> None:
    """What text, pictures, comparisons and computed facts leave over is named at its line."""
    ledger = LEDGER + "part: {says: x, value: 1, known: ours}\nwhole: {says: x, from: part * 2}\n"
    ledger += "drawn: {says: x, value: 3, known: ours}\nlost: {says: x, value: 4, known: ours}\n"
    diagram = '\n\n```{mermaid}\nflowchart LR\naccTitle: a\naccDescr: b\na["{fact}`drawn` b"]\n```\n'
    site = small_site(paper("{fact}`share` {fact}`whole`" + diagram, ledger), more=MORE)
    assert site.build("dummy").warnings == [
        "facts.yaml:9: WARNING: no document uses the fact 'lost'; use it, or take it out [paperdeck.unused_fact]"
    ]


def test_ledger_that_no_document_uses_is_told_once(small_site: Callable[..., SmallSite]) -> None:
    """As where a document is emptied to be written anew; dozens of messages would hide what else is wrong."""
    ledger = LEDGER + "part: {says: x, value: 1, known: ours}\nlost: {says: x, value: 4, known: ours}\n"
    (warning,) = small_site(paper("", ledger), more=MORE).build("dummy").warnings
    assert warning.startswith("facts.yaml:1: WARNING: no document uses any of the 3 facts of this ledger; ")


def test_digits_of_what_is_told_already_are_no_numbers(small_site: Callable[..., SmallSite]) -> None:
    """Of what is unknown, broken, names no keys or cannot be drawn, nothing more is said."""
    slide = (
        ":::{slide} One\n- {fact}`about 9% <nope>`, {fact}`77 <half>`, {cite:p}`{12}`, {nobody}`13`\n\n"
        "```{chart} blocks\n:plain:\n:each: 1\na | b\nx | 350\n```\n:::\n"
    )
    documents = paper(slide, LEDGER + "half: {says: x, value: many, source: 'k, §1'}\n")
    warnings = small_site(documents, more=MORE).build("dummy").warnings
    assert [warning for warning in warnings if "unsourced_number" in warning] == []
    assert len(warnings) == 5
