"""A paper from an outline: its document and its ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from paperdeck.commands import Refused
from paperdeck.ledger.numbers import find_unsourced
from paperdeck.ledger.reading import Known, read_ledger
from paperdeck.outlines.drafting import Draft, draft_paper
from paperdeck.outlines.inline import show, write_block_text, write_inline
from paperdeck.outlines.reading import load_outline, read_outline
from tests.outlines.test_reading import SAMPLES, name_paper

if TYPE_CHECKING:
    from pathlib import Path


def draft(text: str) -> Draft:
    """Draft a paper from the text of an outline, whose pictures are all there."""
    return draft_paper(read_outline(text.encode(), "outline.md"), name_paper("lora", "hu2022lora"), lambda _file: True)


def test_a_slide_becomes_a_slide() -> None:
    """With its points, its numbers, what is said, what could not be read, and room for prose."""
    made = draft(
        "# Talk\n## Slide 1: Why\n- 175B weights\n  - costly\nSpeaker notes: Slowly, 2 minutes.\nVisual: a chart\n"
        "## Slide 2: How\n1. Freeze\n2. Train\n## Slide 3: Ask\nDisplay only:\nAnd now?\n## Slide 4: Thanks\n"
    )
    assert made.document == (
        "---\npaper: hu2022lora\nshort: lora\n---\n\n# Talk\n\n## Why\n\n"
        ":::{slide} Why\n- {fact}`175B <weights>` weights\n    - costly\n:::\n\n"
        "% Visual: a chart\n\nSlowly, {fact}`2 minutes <slowly_minutes>`.\n\n## How\n\n"
        ":::{slide} How\n1. Freeze\n2. Train\n:::\n\n"
        "% Here goes what explains the slide: the article's text, and what the speaker says.\n\n## Ask\n\n"
        ":::{slide} Ask\n:layout: question\nAnd now?\n:::\n\n"
        "% Here goes what explains the slide: the article's text, and what the speaker says.\n\n## Thanks\n\n"
        ":::{slide} Thanks\n:layout: statement\n:::\n\n"
        "% Here goes what explains the slide: the article's text, and what the speaker says.\n"
    )
    assert [(block.line, block.text) for block in made.untaken] == [(6, "Visual: a chart")]
    assert (made.slides, made.numbers) == (4, 2)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_ledger_of_a_sample_is_right(path: Path) -> None:
    """It is read without a problem, and every fact in it is a draft that the document uses."""
    made = draft_paper(load_outline(path), name_paper("x"), lambda _file: True)
    ledger, problems = read_ledger(made.ledger, "papers/x/facts.yaml")
    assert problems == []
    assert {fact.known for fact in ledger.facts.values()} <= {Known.DRAFT}
    assert set(re.findall(r"\{fact\}`[^`]*<(\w+)>`", made.document)) == set(ledger.facts)


@pytest.mark.parametrize(
    ("point", "facts"),
    [
        ("GPT-3 with 175 billion parameters", [("gpt_3_parameters", "parameter", "175 billion")]),
        ("75.8% accuracy, ~1/3 of it", [("accuracy", "percent", "75.8%"), ("accuracy_2", "", "1/3")]),
        ("30+ failed at −5 dB", [("failed_db", "", "30"), ("failed_db_2", "", "−5")]),
        ("7-8x in 24GB", [("number", "", "7-8x"), ("number_2", "GB", "24GB")]),
        ("half of **7** billion", [("number", "", "half"), ("half", "", "7 billion")]),
    ],
)
def test_numbers_become_facts(point: str, facts: list[tuple[str, str, str]]) -> None:
    """Each says what stood there, in its unit, under a key made from the words around it; no number is left."""
    made = draft(f"## Slide 1: T\n- {point}\n## Slide 2: U\n- x\n")
    ledger, problems = read_ledger(made.ledger, "papers/x/facts.yaml")
    assert problems == []
    line = next(line for line in made.document.splitlines() if line.startswith("- "))
    assert find_unsourced(re.sub(r"\{fact\}`[^`]*`", "\ufffc", line)) == []
    assert [(key, fact.unit, fact.shown()) for key, fact in ledger.facts.items()] == facts


def test_the_title_is_that_of_the_paper_where_it_is_known() -> None:
    """Else that of the outline, else the name of the folder."""
    outline = read_outline(b"# The LoRA paper\n## Slide 1: Why\n- a\n", "outline.md")
    for title, shown in (("LoRA: adapters", "LoRA: adapters"), ("", "The LoRA paper")):
        document = draft_paper(outline, name_paper("lora", title=title), lambda _file: True).document
        assert f"\n# {shown}\n" in document


def test_one_number_under_one_name_is_one_fact() -> None:
    """Said twice in two ways; another value of that name has another key."""
    points = "- GLaM parameters: 1.2 trillion (1,200 billion)\n- GLaM parameters: 3\n"
    made = draft(f"## Slide 1: T\n{points}## Slide 2: U\n- x")
    assert "{fact}`1.2 trillion <glam_parameters>` ({fact}`1,200 billion <glam_parameters>`)" in made.document
    assert "{fact}`3 <glam_parameters_2>`" in made.document


def test_a_title_with_a_number_or_twice_has_a_name() -> None:
    """So that its address hangs neither on the number nor on the order."""
    made = draft("## Slide 1: Over 30 runs\n- a\n## Slide 2: Same\n- b\n## Slide 3: Same\n- c\n")
    assert re.findall(r"^:name: (.*)$", made.document, re.M) == [
        "slide-over-30-runs",
        "slide-same",
        "slide-same-no-2",
    ]


def test_a_picture_is_taken_where_its_file_is() -> None:
    """One that is not there is a comment, and told."""
    text = "## Slide 1: T\n![here](a.png)\n![gone](b.png)\n## Slide 2: U\n- x\n"
    made = draft_paper(read_outline(text.encode(), "o.md"), name_paper("x"), lambda file: file == "a.png")
    assert made.pictures == ("a.png",)
    assert "\n![here](a.png)\n:::\n\n% ![gone](b.png)\n" in made.document
    assert [block.line for block in made.untaken] == [3]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* **b** `c{d}` $x_1$ [e](https://f.org)", "*a* **b** `c{d}` $x_1$ [e](https://f.org)"),
        (r"\(x\) costs $5 and $10", r"$x$ costs \$5 and \$10"),
        (r"$1 \times 10^{-6}$ for $5 a run$", r"$1 \times 10^{-6}$ for \$5 a run\$"),
        (r"$\undefinedthing{x}$", r"`\undefinedthing{x}`"),
        ("{fact}`x` [^1] <script> </b> <br>", r"\{fact\}`x` \[^1] \<script> \</b> <br>"),
        ("<strong>a</strong> <div class=x>b</div> <p>", r"<strong>a</strong> b \<p>"),
        ("<p>a</p> <p>", r"\<p>a\</p> \<p>"),
        ("![a](b.png) [c](d.md)", "a (`b.png`) c (`d.md`)"),
        ("[text]{.class} ` and [a][b]", r"[text] \` and [a\][b]"),
    ],
)
def test_text_means_what_it_shows(text: str, written: str) -> None:
    """What MyST would act on is escaped, and stays so when it is written again."""
    assert write_inline(text) == written
    assert write_inline(written) == written


STARTS = ["# a", "> a", "- a", "+ a", "1. a", "::: a", ": a", "% a", "+++", "(a)=", "```a", "---"]


@pytest.mark.parametrize("start", STARTS)
def test_a_point_is_no_block_of_another_kind(start: str) -> None:
    """Its first sign is escaped, once."""
    written = write_block_text(start)
    assert written != start
    assert write_block_text(written) == written
    assert show(written).text.rstrip("\ufffc") == start


def test_a_fence_in_a_slide_does_not_end_it() -> None:
    """The slide has more colons, code more backquotes."""
    made = draft("## Slide 1: T\n~~~\n:::::\n````\n~~~\n## Slide 2: U\n- x\n")
    assert "::::::{slide} T\n`````text\n:::::\n````\n`````\n::::::\n" in made.document


def test_too_many_numbers_are_told() -> None:
    """A ledger holds so many."""
    points = "".join(f"- {number} of {thing}s\n" for thing in ("cat", "dog") for number in range(20, 1030))
    with pytest.raises(Refused, match="more than a ledger holds; split it"):
        draft(f"## Slide 1: T\n{points}## Slide 2: U\n- x\n")
