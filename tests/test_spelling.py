"""The spelling check finds what is misspelt, and that alone."""

from __future__ import annotations

from tests.spelling import mistakes, words_of

KNOWN = {"GLaM", "quantise"}

BAD = """---
paper: du2022glam
summary: A modell in front matter.
---
(glam-gaet)=
# The gaet of GLaM

The colour is ours, the color is not; nor is to quantize.
Code is let be: `expertz`, {fact}`totel_params`, {cite:p}`shazeer2017moe`, $softmaxx(x)$, [a link](pap.er/guidde).
What a role says is not, nor x²: {fact}`eigth <experts>`, {term}`tokin`.

```python
expertz = 64
```

:::{chart} bar
:name: glam-chrat
:caption: What to sea, and waht not
:::
"""


def told(text: str, kind: str = ".md") -> list[tuple[int, str]]:
    """Return line and word of each mistake."""
    return [(line, message.split("'")[1]) for line, message in mistakes(words_of(text, kind), KNOWN)]


def test_mistakes_are_told_at_their_lines() -> None:
    """A word that is not English, or American, is told; code, keys, labels, maths and targets are no words."""
    assert told(BAD) == [
        (3, "modell"),
        (6, "gaet"),
        (8, "color"),
        (8, "quantize"),
        (10, "eigth"),
        (10, "tokin"),
        (18, "waht"),
    ]


def test_american_spelling_is_told_with_the_british_one() -> None:
    """The message says what to write, for a word of the field too."""
    messages = [message for _line, message in mistakes(words_of("A color to quantize."), KNOWN)]
    assert messages == ["'color' is American; write 'colour'", "'quantize' is American; write 'quantise'"]


def test_texts_of_ledgers_and_diagrams_are_read() -> None:
    """In a ledger what a fact says, in a diagram its labels and its description."""
    assert told("expertz:\n  says: expertz in each layer\n  source: shazeer2017moe\n", ".yaml") == [(2, "expertz")]
    assert told('flowchart LR\n  accTitle: A gaet\n  gaet["Gaet"] --> e7\n', ".mmd") == [(2, "gaet"), (3, "Gaet")]
