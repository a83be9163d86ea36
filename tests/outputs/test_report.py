"""What a build says, read from what Sphinx prints and told in three forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ConfigError, ExtensionError, SphinxParallelError

from paperdeck.outputs.report import Collector, Message, describe_failure, read_warning, to_json, to_sarif

HERE = Path("/talks")
OURS = Message("'7' has no source; write {fact}`7 <key>`", "paperdeck.unsourced_number", file="/talks/index.md", line=3)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("/talks/a.md:3: WARNING: wrong [myst.xref]\n", Message("wrong", "myst.xref", file="/talks/a.md", line=3)),
        ("/talks/a.mmd:3:14: ERROR: wrong [a.b]", Message("wrong", "a.b", "error", "/talks/a.mmd", 3, 14)),
        ("/talks/a.md: WARNING: wrong [toc.not_included]", Message("wrong", "toc.not_included", file="/talks/a.md")),
        ("/talks/a.md:: WARNING: wrong", Message("wrong", file="/talks/a.md")),
        ("WARNING: paperdeck_decks = 3 [paperdeck.config]", Message("paperdeck_decks = 3", "paperdeck.config")),
        ("\x1b[91m/a.md:3: CRITICAL: x\n  y\n\nz\x1b[39;49;00m", Message("x\n  y\n\nz", "", "error", "/a.md", 3)),
        ("/a.py:docstring of a.f:3: WARNING: x [docutils]", Message("x", "docutils", file="/a.py", line=3)),
        ("<unknown>:3: WARNING: see ERROR: no [x]", Message("see ERROR: no", "x", file="", line=3)),
        ("checking consistency... done", None),
    ],
)
def test_a_warning_is_read(printed: str, read: Message | None) -> None:
    """Place, level, text and kind are taken apart, colours and the end of the line left out."""
    assert read_warning(printed) == read


def test_a_message_is_collected_once() -> None:
    """Article and deck may both tell it; what has been taken may be told again."""
    collector = Collector()
    for text in ("WARNING: a", "WARNING: a", "noise", "WARNING: b"):
        collector.write(text)
    assert [message.text for message in collector.take()] == ["a", "b"]
    assert collector.take() == []


def test_a_message_says_apart_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours end in it; those of others are left whole."""
    monkeypatch.setattr(Path, "cwd", lambda: HERE)
    assert to_json(OURS) == {
        "file": "index.md",
        "line": 3,
        "column": None,
        "level": "warning",
        "kind": "paperdeck.unsourced_number",
        "wrong": "'7' has no source",
        "write": "write {fact}`7 <key>`",
    }
    other = to_json(Message("no; not so", "myst.xref_missing"))
    assert (other["wrong"], other["write"], other["file"]) == ("no; not so", None, None)
    assert str(OURS) == "index.md:3: '7' has no source; write {fact}`7 <key>` [paperdeck.unsourced_number]"


def test_sarif_has_what_its_schema_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each result names a rule of the tool, and a place that is an address; nothing is null."""
    monkeypatch.setattr(Path, "cwd", lambda: HERE)
    messages = [
        OURS,
        Message("x", "", "failure", "/talks/über uns.md", 2, 4),
        Message("x", level="error", file="/else/a.md"),
        Message("x"),
    ]
    log = to_sarif(messages)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["paperdeck.unsourced_number", "sphinx"]
    assert {result["ruleId"] for result in run["results"]} == {*rules}
    assert [result["level"] for result in run["results"]] == ["warning", "error", "error", "warning"]
    places = [result.get("locations", [{}])[0].get("physicalLocation") for result in run["results"]]
    assert places == [
        {"artifactLocation": {"uri": "index.md"}, "region": {"startLine": 3}},
        {"artifactLocation": {"uri": "%C3%BCber%20uns.md"}, "region": {"startLine": 2, "startColumn": 4}},
        {"artifactLocation": {"uri": "file:///else/a.md"}},
        None,
    ]
    assert "None" not in repr(log)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return an error as it is after it was raised, here."""
    try:
        raise error from cause
    except Exception as caught:
        return caught


def test_a_failure_is_told_where_the_project_had_a_part_in_it() -> None:
    """At the innermost line of its own; else with the line of the package, and the document."""
    folder = Path(__file__).parent
    own = describe_failure(raised(KeyError("oh")), folder, str(folder / "index.md"))
    assert own.text.startswith("KeyError: 'oh', while ")
    assert Path(own.file) == Path(__file__)
    assert own.line
    foreign = describe_failure(raised(KeyError("oh")), HERE, "/talks/index.md")
    assert foreign.text.startswith(f"KeyError: 'oh', raised in {__file__}:")
    assert (foreign.file, foreign.line) == ("/talks/index.md", None)


def test_a_broken_conf_is_told_at_its_line() -> None:
    """Sphinx hands on what Python says of it."""
    told = describe_failure(raised(ConfigError("no"), SyntaxError("invalid", ("/talks/conf.py", 3, 1, "("))), HERE)
    assert told == Message("invalid", "", "failure", "/talks/conf.py", 3)


def test_what_sphinx_says_itself_is_told_as_it_is() -> None:
    """An extension that is not there has no line."""
    told = describe_failure(raised(ExtensionError("Could not import extension x", ImportError("x"))), HERE)
    assert told == Message("Could not import extension x (exception: x)", "", "failure")


def test_a_failure_in_another_process_is_read_from_its_text() -> None:
    """It comes without frames."""
    text = 'Traceback:\n  File "/usr/a.py", line 1, in f\n  File "/talks/own.py", line 7, in g\n    x\nKeyError: 1\n'
    told = describe_failure(raised(SphinxParallelError("KeyError: 1", text)), HERE)
    assert told == Message("KeyError: 1", "", "failure", "/talks/own.py", 7)
