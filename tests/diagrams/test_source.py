"""What is read in a Mermaid source before it is drawn: refusals, warnings, steps, facts and places."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from paperdeck.diagrams import source as mermaid_source
from paperdeck.diagrams.source import MermaidError, find_line_and_column, insert_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperdeck.diagrams.source import Mistake

REFUSED = """\
flowchart LR
  %% <b>a comment is free</b>, https://example.org
  A["plain, a < b, 3 > 2, 50% & more"] --> B["two<br/>lines"]
  C["<b>bold</b>"] --> B["{fact}`about 8% <share>`"]
  D["$$x^2$$"]
  E["a #quot; b, &#60;, List<int>, <s> and </s>, <mask>"]
  F["<span class=x> <b> alone"]
  G@{ img: "x.png" }
  H["see https://example.org, or \"img:latest\""]
  I["fa:fa-car car"]
  click A call run()
  J["<!-- x"]
  K["url(x)"]
  L["\a"]
  M["\x85"]
"""


def places(mistakes: Iterable[Mistake], source: str) -> list[tuple[int, int, str]]:
    """Return where each mistake stands, and what its message quotes."""
    return [
        (*find_line_and_column(source, offset), message.split("”")[0].split("“")[-1]) for offset, message in mistakes
    ]


def test_everything_that_is_refused_is_found_where_it_stands() -> None:
    """HTML, TeX, pictures, icons, clicks and control characters have their line and column each; an address is text."""
    assert sorted(places(mermaid_source.find_refused_parts(REFUSED), REFUSED)) == [
        (4, 6, "<b>"),
        (5, 6, "$$x^2$$"),
        (7, 6, "<span class=x>"),
        (8, 7, "img:"),
        (10, 6, "fa:fa-"),
        (11, 3, "click A"),
        (12, 6, "<!--"),
        (13, 6, "url("),
        (14, 6, "\a"),
        (15, 6, "\x85"),
    ]


@pytest.mark.parametrize(
    ("source", "spot"),
    [
        ("---\nconfig:\n  htmlLabels: true\n---\nflowchart LR\n A", (3, 3, "htmlLabels")),
        ('%%{init: {"theme": "dark"}}%%\nflowchart LR\n A', (1, 12, "theme")),
        ("flowchart LR\n A\n%%{init: {'themeVariables': {}}}%%", (3, 12, "themeVariables")),
        ("---\nconfig: {look: handDrawn}\n---\nflowchart LR\n A", (2, 10, "look")),
    ],
)
def test_a_setting_of_the_look_is_refused_where_it_stands(source: str, spot: tuple[int, int, str]) -> None:
    """Neither front matter nor an init directive turns HTML labels or a theme back on."""
    assert places(mermaid_source.find_refused_parts(source), source) == [spot]


def test_settings_that_do_not_end_are_refused_where_they_begin() -> None:
    """They would take the rest of the diagram with them, without a word."""
    source = "flowchart LR\n  %%{init: {}}%%\n  A\n  %%{a remark\n  B --> C"
    assert places(mermaid_source.find_refused_parts(source), source) == [(4, 3, "%%{")]


def test_a_broken_front_matter_is_refused_where_it_breaks() -> None:
    """As that of a document is, with what to write."""
    source = "---\nconfig: {}\ntitle: a: b\n---\nflowchart LR\n  A"
    ((offset, message),) = mermaid_source.find_refused_parts(source)
    assert find_line_and_column(source, offset) == (3, 9)
    assert message == 'front matter: a text with “: ” in it goes in quotes; write title: "a: b"'


def test_a_setting_of_the_layout_is_free() -> None:
    """An author may choose how a diagram is laid out, and write of themes in it."""
    source = '---\nconfig:\n  layout: dagre\n---\nflowchart LR\n A["theme: none"]'
    assert list(mermaid_source.find_refused_parts(source)) == []


def test_a_setting_is_found_at_any_depth_of_the_option() -> None:
    """What the directive's ``config`` holds is searched to its end."""
    assert list(mermaid_source.find_forbidden_settings({"flowchart": {"htmlLabels": True, "curve": "linear"}})) == [
        "htmlLabels"
    ]


@pytest.mark.parametrize("filler", ["<", "%%{", "{fact}`", '"', "#a", "---\n", " \t", "%% step 1: a,", "a<b ", "#x"])
def test_a_hostile_source_is_read_to_its_end(filler: str) -> None:
    """A quarter of a megabyte of what a pattern looks for is read at once; a pattern that looks twice takes minutes."""
    source = "flowchart LR\n" + f"{filler * (4_000 // len(filler))}\n" * 50
    list(zip(range(20), mermaid_source.find_refused_parts(source), strict=False))
    list(zip(range(20), mermaid_source.find_literal_colours(source), strict=False))
    for read in (
        mermaid_source.read_steps,
        mermaid_source.find_fact_keys,
        lambda text: insert_facts(text, lambda key, words: "1"),
    ):
        with suppress(MermaidError):
            read(source)


def test_a_source_of_more_than_256_kb_is_refused() -> None:
    """The size is said, and what is drawn at most."""
    (mistake,) = mermaid_source.find_refused_parts("flowchart LR\n" + "a" * 2_000_000)
    assert mistake == (0, "the source has 2,000,013 bytes, 262,144 are drawn; split the diagram")


def test_a_line_of_more_than_5000_characters_is_refused() -> None:
    """It would be laid out for minutes; it is told where it begins."""
    source = f'flowchart LR\n  a["{"x" * 5_000}"]'
    assert places(mermaid_source.find_refused_parts(source), source) == [
        (2, 1, "the line has more than 5,000 characters; split it")
    ]


def test_text_that_a_number_sign_cuts_off_is_refused() -> None:
    """In a sequence ``#`` begins a comment, and Mermaid drops the rest of a message; codes and colours are none."""
    source = (
        "sequenceDiagram\n  # a comment\n  accDescr: issue #1\n  rect #fff\n  A->>B: issue #12 and more\n"
        "  Note over A: a#35;b &#35; #\n  end\n"
    )
    assert places(mermaid_source.find_refused_parts(source), source) == [
        (5, 16, "#12 and more"),
        (6, 29, "#"),
    ]
    assert list(mermaid_source.find_refused_parts("flowchart LR\n  A[issue #12]")) == []


def test_literal_colours_are_found_where_they_stand() -> None:
    """Hex codes, functions and names in style lines are colours; a word in a label and ``none`` are not."""
    source = (
        'flowchart LR\n  A["color: red"]\n  style A fill:#f9f,stroke:none,color:teal\n'
        "  classDef x stroke:rgb(1, 2, 3),stroke-width:4px\n"
    )
    assert places(mermaid_source.find_literal_colours(source), source) == [
        (3, 16, "#f9f"),
        (3, 33, "color:teal"),
        (4, 21, "rgb(1, 2, 3)"),
    ]


def test_missing_glyphs_are_told_in_one_message() -> None:
    """All characters that are drawn and that the served font lacks stand in one mistake, at the first of them."""
    source = 'flowchart LR\n  目["α → β ≤ 日"]\n  B["日 🙂"]\n'
    (mistake,) = mermaid_source.find_missing_glyphs(source, "α → β ≤ 日 日 🙂")
    assert find_line_and_column(source, mistake.offset) == (2, 14)
    assert mistake.message == (
        "the font has no “日” (U+65E5), “🙂” (U+1F642); labels with them may not fit their boxes"
    )


def test_many_missing_glyphs_are_counted() -> None:
    """Of a text in another script ten characters are named; what a title of the directive adds has no place."""
    letters = "".join(map(chr, range(0x65E5, 0x65E5 + 50)))
    (mistake,) = mermaid_source.find_missing_glyphs("flowchart LR\n  A", letters)
    assert mistake.offset == 0
    assert " and 40 more; " in mistake.message


def test_drawn_text_of_the_served_font_is_not_told() -> None:
    """A name that is not drawn may have any characters."""
    assert list(mermaid_source.find_missing_glyphs('flowchart LR\n  日["Sun"]', "Sun")) == []


def test_steps_are_read_with_their_names_and_places() -> None:
    """A step names parts with commas between; an arrow is one name; other comments are no steps."""
    source = "flowchart LR\n A-->B\n %% step by step\n %% step 1: B, A-->B\n %% step 2: moe \n"
    found = [
        (step.number, step.name, find_line_and_column(source, step.offset))
        for step in mermaid_source.read_steps(source)
    ]
    assert found == [(1, "B", (4, 13)), (1, "A-->B", (4, 16)), (2, "moe", (5, 13))]


def test_wrong_steps_are_refused_where_they_stand() -> None:
    """A step without a colon, a name in two steps, and a number that nothing leads up to are errors."""
    source = "flowchart LR\n %% step 1 B\n %% step 1: A\n %% step 2: A\n %% step 4: C\n %% step 0: D"
    with pytest.raises(MermaidError) as caught:
        mermaid_source.read_steps(source)
    assert [(*find_line_and_column(source, offset), message) for offset, message in caught.value.mistakes] == [
        (2, 1, "write “%% step 2: name, name”"),
        (4, 13, "“A” already appears at step 1"),
        (5, 13, "step 4 follows no other; number the steps 1, 2, 3 …"),
        (6, 13, "step 0 follows no other; number the steps 1, 2, 3 …"),
    ]


def look_up(key: str, words: str | None) -> str:
    """Stand for the ledger."""
    known = {"experts": "64", "odd": 'a "b"\n<c> `d`; e', "glam:share": "8%"}
    if key not in known:
        raise LookupError(f"there is no fact {key!r}; did you mean 'experts'?")
    return words or known[key]


def test_a_fact_is_put_into_a_quoted_label() -> None:
    """The key gives what the ledger shows, words before it are written in its place; comments are left alone."""
    source = 'flowchart LR\n  %% {fact}`nope`\n  A["{fact}`experts` experts"] --> B["{fact}`about 8% <glam:share>`"]'
    written, wrong = insert_facts(source, look_up)
    assert wrong == []
    assert written.text == 'flowchart LR\n  %% {fact}`nope`\n  A["64 experts"] --> B["about 8%"]'
    assert mermaid_source.find_fact_keys(source) == ["experts", "glam:share"]


def test_a_fact_cannot_end_its_label() -> None:
    """What is put in is one line of text to Mermaid: no quote, no markup, no end of a statement."""
    assert insert_facts('flowchart LR\n A["{fact}`odd`"]', look_up)[0].text == 'flowchart LR\n A["a ”b” ‹c> ′d′, e"]'


def test_a_message_of_a_sequence_takes_a_fact() -> None:
    """Sequence diagrams have no quoted labels; what stands after a colon is one."""
    source = "sequenceDiagram\n  A->>B: chosen by {fact}`experts` experts"
    assert insert_facts(source, look_up)[0].text == "sequenceDiagram\n  A->>B: chosen by 64 experts"


def test_a_description_takes_a_fact() -> None:
    """Who cannot see the picture is told the same numbers, in any kind of diagram."""
    for kind in ("flowchart LR", "sequenceDiagram"):
        source = f"{kind}\n  accDescr: one of {{fact}}`experts`\n"
        assert insert_facts(source, look_up)[0].text == f"{kind}\n  accDescr: one of 64\n"


def test_wrong_facts_are_refused_where_they_stand() -> None:
    """An unknown key and a fact outside a label are each an error at their place."""
    source = 'flowchart LR\n  A["{fact}`nope`"]\n  B[{fact}`experts`]\n'
    _, wrong = insert_facts(source, look_up)
    assert [(*find_line_and_column(source, offset), message) for offset, message in wrong] == [
        (2, 6, "there is no fact 'nope'; did you mean 'experts'?"),
        (3, 5, 'a fact stands in a quoted label, such as A["{fact}`key`"]'),
    ]


def test_a_place_survives_what_was_put_before_it() -> None:
    """An error after a fact is told where the author sees it."""
    source = 'A["{fact}`experts`"] --> B["{fact}`about 8% <glam:share>`"] --> C]'
    written, _ = insert_facts(source, look_up)
    for mark in ("A[", "--> B", "--> C", "]"):
        offset = written.text.rindex(mark)
        assert written.origin(offset) == source.rindex(mark)
