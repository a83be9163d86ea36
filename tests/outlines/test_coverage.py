"""``python -m paperdeck coverage``: what is carried is found, and what is lost is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from paperdeck.outlines.coverage import SETTLED, WORDS, State, cover, load_own_words
from paperdeck.outlines.drafting import draft_paper
from paperdeck.outlines.inline import plain
from paperdeck.outlines.matching import Matcher, find_features, stem
from paperdeck.outlines.passages import read_passages
from paperdeck.outlines.reading import load_outline
from tests.conftest import TOP
from tests.outlines.test_reading import SAMPLES, name_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperdeck.outlines.passages import Passage

OUTLINED = ("glam", "olmoe", "glm-130b")
PAPER = """\
---
short: P
---
# A paper on gates
Opening words on sparsity.

(gate)=
## The gate

:::{slide} The gate picks two
:layout: split
- It scores {fact}`experts` experts for each {term}`token`

```{mermaid} /d.mmd
```
:::

A softmax turns the scores into {fact}`75% <share>` of something.

:::{slide} In symbols
:detail:
$W$ multiplies the vector
:::

:::{article-only}
An aside on balance.
:::

## Alone
Nobody says this aloud.

## Results

:::{chart} bar
:alt: Scores of two models
model | score
GLaM | experts
:::

:::{slide} It wins
- By a lot
:::
"""
LEDGER = """\
experts:
  says: experts in a layer
  value: 64
  known: ours
  differs: Often told as hundreds of specialists.
share:
  says: a share
  value: 75
  unit: percent
  known: ours
"""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a small paper, and stand above it."""
    folder = tmp_path / "papers" / "p"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(PAPER, "utf-8")
    (folder / "facts.yaml").write_text(LEDGER, "utf-8")
    (tmp_path / "d.mmd").write_text('flowchart LR\n  gate["Gate"] --> idle["Idle networks"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def covering(paper: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """Return a function that covers an outline of these points on one slide, and gives status and lines."""

    def run(*points: str, options: tuple[str, ...] = (), title: str = "The gate") -> tuple[int, list[str]]:
        lines = "".join(f"- {point}\n" for point in points)
        (paper / "outline.md").write_text(f"## Slide 1: {title}\n{lines}", "utf-8")
        capsys.readouterr()
        status = main(["coverage", "p", "papers/p/outline.md", *options])
        out, error = capsys.readouterr()
        return status, (out + error).replace("papers/p/", "").splitlines()

    return run


def test_passages_know_where_they_stand(paper: Path) -> None:
    """On which slide, in which note or section, in a diagram or a chart; facts are in words."""
    passages = read_passages(paper / "index.md", paper.parents[1])
    found = {passage.text: (passage.place, passage.slide) for passage in passages}
    assert found["- It scores 64 experts for each token"] == ("slide 1", 1)
    assert found["A softmax turns the scores into 75% of something."] == ("note of slide 1", 1)
    assert found["$W$ multiplies the vector".replace("$", "")] == ("slide 1", 1)
    assert found["An aside on balance."] == ("§ The gate", 1)
    assert found["Nobody says this aloud."] == ("§ Alone", 0)
    assert found["GLaM | 64"] == ("§ Results", 0)
    assert found["- By a lot"] == ("slide 2", 2)
    assert ("diagram, slide 1", 1) in found.values()
    assert ("told otherwise", 0) in found.values()


def test_what_cover_and_closing_slide_say_is_carried(
    paper: Path, covering: Callable[..., tuple[int, list[str]]]
) -> None:
    """They are made of the front matter, and their facts count."""
    text = PAPER.replace("short: P\n", 'short: P\nsummary: "Penguins, {experts} of them"\nclosing: Herons stay home.\n')
    (paper / "index.md").write_text(text, "utf-8")
    status, lines = covering("64 penguins", "Herons stay", options=("--all",))
    assert lines[:2] == [
        "outline.md:2: slide 1: carried: 64 penguins [index.md:3 (cover)]",
        "outline.md:3: slide 1: carried: Herons stay [index.md:4 (closing slide)]",
    ]
    assert status == 0


def test_a_point_is_carried_with_its_place(covering: Callable[..., tuple[int, list[str]]]) -> None:
    """By its words, and by the value of a number however it is written."""
    status, lines = covering("Each token scores sixty-four experts", "Softmax scores: 0.75", options=("--all",))
    assert lines == [
        "outline.md:2: slide 1: carried: Each token scores sixty-four experts [index.md:12 (slide 1)]",
        "outline.md:3: slide 1: carried: Softmax scores: 0.75 [index.md:18 (note of slide 1)]",
        "2 of 2 points: 2 carried, 0 dropped; 0 to be looked at, 0 not found",
    ]
    assert status == 0


def test_a_number_that_is_not_there_is_told(covering: Callable[..., tuple[int, list[str]]]) -> None:
    """However many words agree."""
    status, lines = covering("It scores 32 experts for each token")
    assert status == 1
    assert "slide 1: perhaps: It scores 32 experts for each token [without 32; nearest:" in lines[0]


def test_what_is_said_nowhere_is_told(covering: Callable[..., tuple[int, list[str]]]) -> None:
    """The status is 1, unless fewer will do."""
    points = ("Idle networks and the gate", "Penguins migrate south")
    status, lines = covering(*points)
    assert (status, lines[-1]) == (1, "1 of 2 points: 1 carried, 0 dropped; 0 to be looked at, 1 not found")
    assert "not found: Penguins migrate south" in lines[0]
    assert covering(*points, options=("--least", "50"))[0] == 0
    assert covering(*points, options=("--least", "51"))[0] == 1


def test_an_author_says_what_carries_a_point(paper: Path, covering: Callable[..., tuple[int, list[str]]]) -> None:
    """In words that must stand in the paper; or why it was dropped."""
    (paper / "outline.yaml").write_text(
        "carried:\n  Victory: it wins\n  Defeat: it loses\ndropped:\n  Penguins: not in the paper\n"
    )
    status, lines = covering("Victory", "Defeat", "Penguins", options=("--all",))
    assert status == 1
    assert lines[:3] == [
        "outline.md:2: slide 1: carried: Victory [index.md:40 (slide 2)]",
        "outline.md:3: slide 1: not found: Defeat [“it loses” stands nowhere in the paper]",
        "outline.md:4: slide 1: dropped: Penguins [not in the paper]",
    ]


def test_own_words_in_a_file_of_another_name_are_told(
    paper: Path, covering: Callable[..., tuple[int, list[str]]]
) -> None:
    """They would be passed over."""
    (paper / "outline.yml").write_text("dropped:\n  a: b\n")
    status, lines = covering("a")
    assert (status, lines[0].rpartition("/")[2]) == (1, "outline.yml is not read; call it outline.yaml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("carried:\n  Nothing: x\n", "outline.yaml:2: the outline has no point 'nothing'"),
        ("lost:\n  a: b\n", "outline.yaml:1: write “carried:” or “dropped:” here"),
        ("dropped:\n  a:\n", "outline.yaml:2: write the words of the paper, or the reason"),
        ("dropped: [\n", "outline.yaml:2: the bracket"),
        ("dropped: no\n", "outline.yaml:1: "),
    ],
)
def test_own_words_that_cannot_be_read_are_told(
    paper: Path, covering: Callable[..., tuple[int, list[str]]], text: str, told: str
) -> None:
    """At their line."""
    (paper / "outline.yaml").write_text(text)
    status, lines = covering("a")
    assert status == 1
    assert lines[0].startswith(told)


def test_the_page_shows_every_point(
    paper: Path, covering: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    """As text, whatever it holds."""
    covering(
        "Penguins <tok>migrate</tok>", "Idle networks and the gate", options=("--html", str(tmp_path / "page.html"))
    )
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Penguins &lt;tok&gt;migrate&lt;/tok&gt;<td>not found" in page
    assert "Idle networks and the gate<td>carried<td>d.mmd:2" in page


@pytest.mark.parametrize(
    ("command", "said"),
    [(["coverage", "", ""], "make coverage PAPER=lora OUTLINE=outline.md"), (["outline", ""], "PAPER=lora")],
)
def test_a_command_without_a_name_says_how_it_is_called(
    command: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As make calls it where nothing was given."""
    assert main(command) == 1
    assert said in capsys.readouterr().err


def test_words_are_known_by_their_stems() -> None:
    """Endings do not count, names and numbers do."""
    assert len({stem(word) for word in ("activate", "activated", "activation", "activations")}) == 1
    features = find_features("GPT-3's routers and 4x RTX-3090 cards use 96.6 billion")
    assert {"gpt-3", "rtx-3090", "card"} <= features.words
    assert [number.text for number in features.numbers] == ["4x", "96.6 billion"]


def test_a_point_taken_out_of_a_paper_is_missed(tmp_path: Path) -> None:
    """Each in turn, of papers drafted from our outlines: at least 95 in a hundred are told."""
    planted = lost = 0
    for name in OUTLINED:
        draft = draft_paper(load_outline(SAMPLES[0].with_name(f"{name}.md")), name_paper(name), lambda _file: False)
        folder = tmp_path / name
        folder.mkdir()
        (folder / "facts.yaml").write_text(draft.ledger, "utf-8")
        (folder / "index.md").write_text(draft.document, "utf-8")
        passages = read_passages(folder / "index.md", folder)
        whole = Matcher(passages)
        for point in (passage for passage in passages if passage.text.startswith("- ")):
            text = point.text.removeprefix("- ")
            assert whole.match(text, point.slide).carried
            planted += 1
            lost += not Matcher([each for each in passages if each is not point]).match(text, point.slide).carried
    assert planted == 185
    assert lost >= 0.95 * planted


@pytest.fixture(scope="module")
def passages() -> dict[str, list[Passage]]:
    """Read our papers."""
    return {name: read_passages(TOP / "papers" / name / "index.md", TOP) for name in OUTLINED}


def test_our_papers_carry_their_outlines(passages: dict[str, list[Passage]]) -> None:
    """All of 187 points: by their words, by what the authors of the articles point to, or dropped with a reason."""
    outcomes = [
        outcome
        for name, said in passages.items()
        for outcome in cover(
            load_outline(SAMPLES[0].with_name(f"{name}.md")), said, load_own_words(TOP / "papers" / name / WORDS)
        )
    ]
    assert len(outcomes) == 187
    assert [outcome.point for outcome in outcomes if outcome.state not in SETTLED] == []
    assert [outcome.slide for outcome in outcomes if outcome.state is State.DROPPED] == [2]


def test_a_point_of_another_paper_is_not_found(passages: dict[str, list[Passage]]) -> None:
    """No paper of ours carries what another one's outline says, but some of its own."""
    taken = dict.fromkeys(OUTLINED, 0)
    for name, said in passages.items():
        matcher = Matcher(said)
        for other in OUTLINED:
            for number, slide in enumerate(load_outline(SAMPLES[0].with_name(f"{other}.md")).slides, 1):
                found = sum(matcher.match(plain(block.text), number).carried for block in slide.shown)
                assert other == name or found == 0, (name, other, slide.title)
                taken[name] += found
    assert min(taken.values()) > 10
