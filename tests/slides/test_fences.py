"""Fences that are not what their author meant: told at their line, and read as they were meant."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.fences import Mistake, Names, mend_markdown, mend_rst

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

NAMES = Names(
    options={"slide": ["layout", "name"], "side": ["point"], "speaker-notes": [], "article-only": []},
    others=frozenset({"chart", "facts"}),
    is_known=lambda name: name in {"slide", "side", "speaker-notes", "article-only", "chart", "note", "table"},
    is_role=lambda name: name in {"fact", "plain", "ref", "pain"},
)

SOUND = {
    "nested with more colons": """\
        ::::{slide} Two sides
        :layout: compare
        :::{side} Left
        - a
        :::
        :::{side} Right
        - b
        :::
        ::::
        """,
    "closed with more": ":::{slide} A\n- a\n:::::\n",
    "a wide colon in the title": ":::{slide} 发现四：FLOPs ≠ 加速\n- a\n:::\n",
    "a space before the name": "::: {slide} A\n- a\n:::\n",
    "backticks in colons": ":::{slide} A\n```python\na = 1\n```\n:::\n",
    "backticks": "```{slide} A\n:layout: split\n- a\n```\n",
    "colons in backticks": "````{slide} A\n:::{side} Left\n- a\n:::\n````\n",
    "an example": "````markdown\n::{slide} Short\n:::{slide} Open\n````\n",
    "a comment": "<!--\n:::{slide} Open\n-->\n\nProse.\n",
    "front matter": "---\nsummary: |\n  x\n---\n\nProse.\n",
    "front matter alone": "---\n",
    "a block of another class": ":::slide\nProse.\n:::\n",
    "a block of a class": ":::side\nProse.\n:::\n\n:::\nProse.\n:::\n",
    "somebody else's, not closed": ":::{note}\nProse.\n",
    "code": "    ::{slide} Short\n\n`{slide}` is a directive; ``{slide}`` too.\n",
    "options between dashes": ":::{slide} A\n---\nlayout: split\n---\n- a\n:::\n",
    "a field in a list": ":::{slide} A\n- :name: no option\n\n  :layout: none either\n:::\n",
    "in a list": "- :::{slide} A\n  - a\n  :::\n",
    "a role in code": "``{fakt}`a` `` and `{fakt}` and {ref}`a`, {pain}`a`, {cite:p}`a`.\n\n```text\n{fakt}`a`\n```\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", list(map(dedent, SOUND.values())), ids=SOUND)
def test_sound_fences_are_left_alone(text: str) -> None:
    """Not a byte is changed, nothing is told."""
    assert mend_markdown(text, NAMES) == (text, [])


MENDED = {
    "a role": (
        "A {fakt}`a` and {plian}`b` here.\n:::{slide} A\n- {Fact}`c`\n:::\n",
        "A {fact}`a` and {plain}`b` here.\n:::{slide} A\n- {fact}`c`\n:::\n",
        [
            (1, "there is no role {fakt}; did you mean {fact}?"),
            (1, "there is no role {plian}; did you mean {plain}?"),
            (3, "there is no role {Fact}; did you mean {fact}?"),
        ],
    ),
    "an option twice": (
        ":::{slide} A\n:layout: split\n:name: a\n:layout: figure\n- a\n:::\n:::{chart} bar\n:x: a\n:x: b\n:::\n",
        ":::{slide} A\n:layout: split\n:name: a\n:layout: figure\n- a\n:::\n:::{chart} bar\n:x: a\n:x: b\n:::\n",
        [
            (4, "line 2 has the option “layout” too, and the last one counts; take one of them away"),
            (9, "line 8 has the option “x” too, and the last one counts; take one of them away"),
        ],
    ),
    "code with marked lines": (
        ":::{slide} A\n```python {1|2-3}\na\nb\nc\n```\n:::\n",
        ":::{slide} A\n```python {1|2-3}\na\nb\nc\n```\n:::\n",
        [(2, "“{1|2-3}” marks no lines here; write “```{code-block} python”, and below it “:emphasize-lines: 1,2-3”")],
    ),
    "a colon short": (
        "::{slide} Short\n- a\n::\n",
        ":::{slide} Short\n- a\n:::\n",
        [(1, "“::{slide}” is text: it is a colon short of a fence; write “:::{slide} Short”")],
    ),
    "wide colons": (
        "：：：{slide} 混合专家\n- a\n：：：\n\n:::｛slide｝ Wide\n- b\n:::\n",
        ":::{slide} 混合专家\n- a\n:::\n\n:::{slide} Wide\n- b\n:::\n",
        [
            (1, "“：：：{slide}” is text, for a colon or brace of it is wide; write “:::{slide} 混合专家”"),
            (5, "“:::｛slide｝” is text, for a colon or brace of it is wide; write “:::{slide} Wide”"),
        ],
    ),
    "a diagram as other tools have it": (
        ":::{slide} A\n```mermaid\nflowchart LR\n```\n:::\n",
        ":::{slide} A\n```{mermaid}\nflowchart LR\n```\n:::\n",
        [(2, "“```mermaid” is code, and no diagram; write “```{mermaid}”")],
    ),
    "a formula as other tools have it": (
        ":::{slide} A\n```math\nx^2\n```\n:::\n",
        ":::{slide} A\n```{math}\nx^2\n```\n:::\n",
        [(2, "“```math” is code, and no formula; write “```{math}”")],
    ),
    "a backtick short": (
        "``{slide} Short\n- a\n``\n",
        "```{slide} Short\n- a\n```\n",
        [(1, "“``{slide}” is text: it is a backtick short of a fence; write “```{slide} Short”")],
    ),
    "no braces": (
        ":::slide Bare\n- a\n:::\n",
        ":::{slide} Bare\n- a\n:::\n",
        [(1, "“:::slide Bare” opens no {slide}; write “:::{slide} Bare”")],
    ),
    "no space": (
        ":::{slide}Title\n- a\n:::\n",
        ":::{slide} Title\n- a\n:::\n",
        [(1, "“:::{slide}Title” opens no {slide}; write “:::{slide} Title”")],
    ),
    "half a brace": (
        ":::{slide Title\n- a\n:::\n",
        ":::{slide} Title\n- a\n:::\n",
        [(1, "“:::{slide Title” opens no {slide}; write “:::{slide} Title”")],
    ),
    "a wrong name": (
        ":::{slides} A\n:::{speaker_note}\nb\n:::\n:::\n",
        "::::{slide} A\n:::{speaker-notes}\nb\n:::\n::::\n",
        [
            (1, "the end of {speaker_note} ends the {slide} that holds it; give the outer fence more colons than what "
                "it holds: “::::{slide} A”, and “::::” where it ends"),
            (1, "there is no directive {slides}; did you mean {slide}?"),
            (2, "there is no directive {speaker_note}; did you mean {speaker-notes}?"),
        ],
    ),
    "a wrong name of a chart": (
        "```{charts} bar\n```\n",
        "```{chart} bar\n```\n",
        [(1, "there is no directive {charts}; did you mean {chart}?")],
    ),
    "sides in three colons": (
        ":::{slide} Two\n:::{side} Left\n- a\n:::\n:::{side} Right\n- b\n:::\n:::\n\nProse.\n",
        "::::{slide} Two\n:::{side} Left\n- a\n:::\n:::{side} Right\n- b\n:::\n::::\n\nProse.\n",
        [(1, "the end of {side} ends the {slide} that holds it; give the outer fence more colons than what it holds: "
             "“::::{slide} Two”, and “::::” where it ends")],
    ),
    "sides in three colons, the last end forgotten": (
        ":::{slide} Two\n:::{side} Left\n- a\n:::\n\n## Next\n",
        "::::{slide} Two\n:::{side} Left\n- a\n:::\n::::\n## Next\n",
        [(1, "the end of {side} ends the {slide} that holds it; give the outer fence more colons than what it holds: "
             "“::::{slide} Two”, and “::::” where it ends")],
    ),
    "a column of Pandoc's": (
        ":::{slide} A\n::: {.column}\na\n:::\n:::\n",
        "::::{slide} A\n::: {.column}\na\n:::\n::::\n",
        [(1, "the end of {.column} ends the {slide} that holds it; give the outer fence more colons than what it "
             "holds: “::::{slide} A”, and “::::” where it ends")],
    ),
    "more colons inside than outside": (
        ":::{slide} A\n::::{note}\na\n::::\n:::\n",
        ":::::{slide} A\n::::{note}\na\n::::\n:::::\n",
        [(1, "the end of {note} ends the {slide} that holds it; give the outer fence more colons than what it holds: "
             "“:::::{slide} A”, and “:::::” where it ends")],
    ),
    "code in as many backticks": (
        "```{slide} A\n```python\na = 1\n```\n```\n",
        "````{slide} A\n```python\na = 1\n```\n````\n",
        [(1, "the end of {python} ends the {slide} that holds it; give the outer fence more backticks than what it "
             "holds: “````{slide} A”, and “````” where it ends")],
    ),
    "not closed": (
        "\n:::{slide} Open\n- a\n\nProse.\n",
        "\n:::{slide} Open\n- a\n\nProse.\n",
        [(2, "the fence of {slide} is not closed, so that it takes all that follows; close it with a line “:::”")],
    ),
    "closed with fewer": (
        "::::{slide} Open\n- a\n:::\n\n## Next\n\n:::{slide} B\n- b\n:::\n",
        "::::{slide} Open\n- a\n::::\n\n## Next\n\n:::{slide} B\n- b\n:::\n",
        [(1, "the fence of {slide} is not closed by fewer marks than it is opened with; close it with a line “::::”")],
    ),
    "not closed before the next": (
        ":::{slide} Open\n- a\n\n## Next\n\n:::{slide} B\n- b\n:::\n",
        ":::{slide} Open\n- a\n:::\n## Next\n\n:::{slide} B\n- b\n:::\n",
        [(1, "the fence of {slide} is not closed, so that it takes all that follows; close it with a line “:::”")],
    ),
    "a side not closed": (
        "::::{slide} Two\n:::{side} Left\n- a\n::::\n",
        "::::{slide} Two\n:::{side} Left\n- a\n::::\n",
        [(2, "the fence of {side} is not closed, before the {slide} that it stands in ends; "
             "close it with a line “:::”")],
    ),
    "closed twice": (
        ":::{slide} A\n- a\n:::\n:::\n\nProse.\n",
        ":::{slide} A\n- a\n:::\n\n\nProse.\n",
        [(4, "this “:::” closes nothing; take it away, or open its fence above it")],
    ),
    "the other markup": (
        ".. slide:: A\n   :layout: split\n\n   - a\n",
        ".. slide:: A\n   :layout: split\n\n   - a\n",
        [
            (1, "“.. slide::” is reStructuredText, and text in this file; write “:::{slide} A”, "
                "and a line “:::” where it ends")
        ],
    ),
    "in the middle of a line": (
        "Prose :::{slide} A\n\n| :::{slide} In a cell | b |\n",
        "Prose :::{slide} A\n\n| :::{slide} In a cell | b |\n",
        [
            (1, "“:::{slide} A” begins no line of its own, so that it is text; write it on one"),
            (3, "“:::{slide} In a cell | b” begins no line of its own, so that it is text; write it on one"),
        ],
    ),
    "a wrong option": (
        ":::{slide} A\n:layuot: split\n- a\n:::\n",
        ":::{slide} A\n:layout: split\n- a\n:::\n",
        [(2, "{slide} has no option “layuot”; did you mean “layout”?")],
    ),
    "an option below the content": (
        ":::{slide} A\n- a\n\n:layout: split\n:::\n",
        ":::{slide} A\n- a\n\n:layout: split\n:::\n",
        [(4, "`:layout:` stands below the content of {slide}, where it is text; "
             "write it directly under the line that opens it")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "mended", "mistakes"), MENDED.values(), ids=MENDED)
def test_a_fence_is_told_once_and_read_as_it_was_meant(text: str, mended: str, mistakes: list[tuple[int, str]]) -> None:
    """At the line where it opens; no line moves."""
    assert mend_markdown(text, NAMES) == (mended, [Mistake(*mistake) for mistake in mistakes])


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Words\n$$\nx\n$$\nmore\n", "Words\n\n$$ x\n$$\nmore\n"),
        ("Words\n$$x\ny$$\n", "Words\n\n$$x y$$\n"),
        ("- item\n  $$\n  x\n  y\n  $$\n", "- item\n\n  $$ x\n  y\n  $$\n"),
        ("> Words\n> $$\n> x\n> $$ (eq)\n", "> Words\n>\n> $$ x\n> $$ (eq)\n"),
        (":::{slide} A\n- a\n$$\nx\n$$\n:::\n", ":::{slide} A\n- a\n\n$$ x\n$$\n:::\n"),
    ],
)
def test_a_formula_below_a_line_of_text_is_parted_from_it(text: str, parted: str) -> None:
    """Where dollars are read as in Pandoc, which reads it so; every line stays where it was."""
    assert mend_markdown(text, NAMES._replace(displays=True)) == (parted, [])
    assert mend_markdown(text, NAMES)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "Words\n\n$$x\ny\n$$\nmore\n",
        "Words\n\n$$\nx\n$$\nmore\n\n$$\ny\n$$\n",
        ":::{slide} A\n$$\nx\n$$\n:::\n",
        "A `$$` begins it.\n\n## B\n\n$$ x $$\n",
        "Open: $$\nx\n$$ and closed.\n$$y$$\n",
        "Words\n$$\nx\n$$ and more.\n",
        "```tex\nWords\n$$\nx\n$$\n```\n",
        "Words\n$$\n\n:::{slide} A\n- a\n:::\n\n$$\nx\n$$\n",
    ],
)
def test_other_formulas_are_left_alone(text: str) -> None:
    """One that has a paragraph of its own, one in code, and dollars that open none."""
    assert mend_markdown(text, NAMES._replace(displays=True)) == (text, [])


def test_code_that_is_read_as_a_directive_is_left_alone() -> None:
    """As ``myst_fence_as_directive`` in ``conf.py`` says."""
    text = ":::{slide} A\n```mermaid\nflowchart LR\n```\n:::\n"
    assert mend_markdown(text, NAMES._replace(languages=frozenset({"mermaid"}))) == (text, [])


def test_names_in_restructuredtext_are_told_too() -> None:
    """A near miss, and a single colon, with which docutils drops a directive in silence."""
    text = (
        ".. slides:: A\n   :layuot: split\n\n   - a\n\n.. slide: B\n\n   - b\n\n"
        ".. slide:: C\n.. a comment: yes\n.. note: too\n:::{slide} D\n"
        "Such as::\n\n   .. slides:: E\n\n.. code-block:: markdown\n\n   :::{slide} F\n\n   .. slide: G\n"
    )
    mended, mistakes = mend_rst(text, NAMES)
    assert mended == text.replace("slides::", "slide::", 1).replace("slide: B", "slide:: B").replace("layuot", "layout")
    assert mistakes == [
        Mistake(1, "there is no directive {slides}; did you mean {slide}?"),
        Mistake(2, "{slide} has no option “layuot”; did you mean “layout”?"),
        Mistake(6, "“.. slide:” is a comment, which nobody sees, for it is a colon short; write “.. slide::”"),
        Mistake(13, "“:::{slide}” is Markdown, and text in this file; write “.. slide:: D”, and indent what it holds"),
    ]


def test_the_build_tells_of_a_fence_once(small_site: Callable[..., SmallSite]) -> None:
    """At its line in its own file, included or not; nothing that follows from it is told."""
    site = small_site(
        {
            "index.md": "# Talk\n\n:::{slide} Two\n:layout: compare\n:::{side} A\n- a\n:::\n:::{side} B\n- b\n:::\n"
            ":::\n\n"
            "```{include} more.txt.md\n```\n",
            "more.txt.md": "::{slide} Short\n- a\n::\n",
            "conf.py": 'extensions = ["myst_parser", "paperdeck"]\nexclude_patterns = ["more.txt.md"]\n',
        }
    )
    output = site.build("revealjs")
    assert [warning.split(":")[:3] for warning in output.warnings] == [
        ["index.md", "3", " WARNING"],
        ["more.txt.md", "1", " WARNING"],
    ]
    assert all(warning.endswith("[paperdeck.fence]") for warning in output.warnings)
    assert [len(section.select(".paperdeck-side")) for section in output.page().select("[data-slide]")] == [2, 0]
