"""YAML as authors write it: read with its places, or told with the line to write."""

from __future__ import annotations

import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.ledger.yaml import Node, Unreadable, is_nothing, parse_yaml, read_pairs


def read(text: str) -> dict[str, object]:
    """Return the contents of a flat mapping by key."""
    root = parse_yaml(text, 3)
    assert root is not None
    return {str(key.content): value.content for key, value in read_pairs(root)}


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("says: colon: in the text", 12, 'a text with “: ” in it goes in quotes; write says: "colon: in the text"'),
        ('says: the "one": two', 16, "write says: 'the \"one\": two'"),
        ("says: ends in one:", 18, 'write says: "ends in one:"'),
        ("says: @home", 7, 'a text that begins with “@” goes in quotes; write says: "@home"'),
        ("says: `code`", 7, 'write says: "`code`"'),
        ("says: % of all", 7, 'write says: "% of all"'),
        ("says: ] end", 7, 'write says: "] end"'),
        ("says: |text", 8, 'write says: "|text"'),
        ('says: "quoted" and more', 16, "the text goes on after its quotes; write says: '\"quoted\" and more'"),
        ("show: {value} experts", 15, 'a text that begins with “{” goes in quotes; write show: "{value} experts"'),
        ("says: [1] and [2]", 11, 'write says: "[1] and [2]"'),
        ("says: &x y", 7, "a text that begins so goes in quotes"),
        ("says: *emphasis* on", 7, "a text that begins so goes in quotes"),
        ("says: !important", 7, "a text that begins so goes in quotes"),
        ("says: the #1 model", 11, "“#1” would be a comment; put the text in quotes, or write “# ” with a space"),
        ("says: 'open", 7, "the quotes that open here are not closed; close them"),
        ('says: "a \\q"', 11, "in double quotes “\\” begins an escape; put the text in single quotes"),
        ("says: [a, b", 7, "the bracket that opens here is not closed, or a comma is missing"),
        ("says: {a: b", 7, "the bracket that opens here is not closed, or a comma is missing"),
        ("\tsays: x", 1, "a tab stands here; indent with spaces"),
        ("   says: x", 8, "the line is indented otherwise than its neighbours"),
        ("says x", 1, "this is no “key: value”"),
    ],
)
def test_mistake_of_an_author_is_told_with_the_line_to_write(line: str, column: int, said: str) -> None:
    """At the line in the midst of others, whatever follows."""
    with pytest.raises(Unreadable) as caught:
        parse_yaml(f"first: 1\n{line}\nlast: 2\n", 3)
    assert (caught.value.node.line, caught.value.node.column) == (2, column)
    assert said in str(caught.value)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_no_mistake(end: str) -> None:
    """Comments with a space, colons and marks inside words, blocks, and ends of lines of any system."""
    text = 'a: x # why\n# all\n\nb: 12:30 C# is-fine\nc: "q: #1"\nd: >\n  one\n  two\ne: [x, "y, z"]\n'
    found = read(text.replace("\n", end))
    assert {key: found[key] for key in "abcd"} == {"a": "x", "b": "12:30 C# is-fine", "c": "q: #1", "d": "one two\n"}


def test_nothing_stands_where_its_key_does() -> None:
    """A value that is missing is told at the key that has none."""
    root = parse_yaml("a:\nb: ~\nc: x\n", 3)
    assert root is not None
    values = [value for _key, value in read_pairs(root)]
    assert values[0] == Node(1, 1, "", "plain")
    assert [is_nothing(value) for value in values] == [True, True, False]
    assert parse_yaml("", 3) is None is parse_yaml("# a comment\n", 3)


def test_lenient_reading_lets_pass_what_others_use() -> None:
    """Anchors, aliases and tags."""
    root = parse_yaml("a: &x y # z\nb: *x\nc: !tag t\n", 3, lenient=True)
    assert root is not None
    assert [value.kind for _key, value in read_pairs(root)] == ["plain", "alias", "plain"]


PIECES = (
    *(
        "key:",
        "key: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "word",
        " # why",
        "#1",
        ": ",
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "|",
    ),
    *(">\n", "-", "é", "😀", "\t", "\x85", "\u2028", "\ufeff", "\\/", "\\q", "---\n", "...\n", "12:30", "%", "@", "~"),
    *(
        "? ",
        "\r\n",
        "\r",
        "\x07",
        "<<: ",
        "!t ",
        "{a: 1}",
        "{a:1}",
        '"a":1',
        "a: b\n",
        "<",
        "``",
        "&a",
        "*a",
        "|2",
        ">-",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_both_parsers_read_the_same(text: str) -> None:
    """Whatever stands there: what is found, where, and what is said of it are those of the parser in Python."""

    def outcome() -> Node | tuple[Node, str] | None:
        try:
            return parse_yaml(text, 3)
        except Unreadable as error:
            return error.node, str(error)

    found = outcome()
    with pytest.MonkeyPatch.context() as without:
        without.setattr(yaml, "__with_libyaml__", False)
        assert found == outcome()


def test_sound_text_is_read_by_libyaml_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser in Python is not even loaded, if there is libyaml, as in every wheel of PyYAML."""
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    assert read("a: é\nb: [c]\n")["a"] == "é"
    with pytest.raises(ImportError):
        parse_yaml("a: b: c", 3)
