"""What Mermaid would take for markup is hidden from it and comes back as it was typed."""

from __future__ import annotations

import pytest

from paperdeck.diagrams.characters import find_hidden_characters, show_hidden_characters
from paperdeck.diagrams.source import hide_characters


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("#59;", ";"),
        ("#quot;", '"'),
        ("&#60;", "<"),
        ("&#x3b1;", "α"),
        ("&hearts;", "♥"),
        ("#35;1", "#1"),
        ("&nbsp;", "\u00a0"),
        ("#nothing;", "#nothing;"),
        ("#0;", "#0;"),
        ("AT&T; x", "AT&T; x"),
    ],
)
def test_code_is_the_character_that_it_stands_for(typed: str, shown: str) -> None:
    """By name, in decimal and hexadecimal, with # as Mermaid has it or with &; what is no code stays."""
    assert show_hidden_characters(hide_characters(typed).text) == shown


def hidden(text: str) -> str:
    """Return the brackets that are hidden in a text, in order."""
    return "".join(show_hidden_characters(new) for _, _, new in find_hidden_characters(text))


@pytest.mark.parametrize(
    ("typed", "brackets"),
    [
        ('A["List<int>"]', "<>"),
        ("A[List<List<int>>] --> B", "<<>>"),
        ("A->>B: <s> and </s>", "<><>"),
        ('A["a < b"] --> B["c <= d"]', "<<"),
        ("A --> B : loss < 3", "<"),
        ("A <--> B <==> C <-.-> D", ""),
        ("A<|--B", ""),
        ("A <<->> B: x", ""),
        ("class A { <<interface>> }", ""),
        ('A["one<br/>two<BR>three"]', ""),
        ('A["x <b"] ==> B>flag]', "<"),
    ],
)
def test_brackets_of_a_text_are_hidden_and_those_of_arrows_are_not(typed: str, brackets: str) -> None:
    """An arrow, a stereotype and a break are Mermaid's; a type, a token and a sign are an author's."""
    assert hidden(typed) == brackets


def test_settings_comments_and_colours_are_left_alone() -> None:
    """What looks like a code there is none."""
    source = "---\ntitle: a #59; b\n---\nflowchart LR\n  %% #59;\n  classDef x fill:#123;\n  A"
    assert hide_characters(source).text == source


def test_place_of_a_mistake_survives_what_was_hidden() -> None:
    """Behind a code that became one character, and below a title that was put first, a character keeps its place."""
    source = 'flowchart LR\n  A["#quot;x#quot;"] --> B]'
    written = hide_characters(source, title="A title")
    assert written.origin(written.text.rindex("]")) == source.rindex("]")
