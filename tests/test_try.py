"""The programs of the “Try it” pages: they print what the pages show, and do what the pages say."""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PROGRAMS = sorted(TOP.glob("papers/*/try_*.py"))
PAGES = sorted(TOP.glob("papers/*/try.md"))

WIDEST = 72
"""Columns of a listing in an article on a laptop; what goes beyond has to be scrolled."""
LONGEST = 121
"""Lines of a program that one reads in one go."""

NO_PROSE = re.compile(
    r"^```\{literalinclude\}.*?^```"  # its file is held elsewhere
    r"|(?<!`)`[^`\n]+`(?!`)|\$[^$]*\$"  # roles and code, maths
    r"|\bFigure \d+"
    r"|[^\s|]*[A-Za-z][^\s|]*",  # words, and names such as INT4 and 1.7B/64E
    re.MULTILINE | re.DOTALL,
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def module(name: str) -> ModuleType:
    """Import a program by its path in papers/; it prints nothing then."""
    path = TOP / "papers" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def printed(name: str) -> list[list[str]]:
    """Return the words of each line that a program prints."""
    text = (TOP / "papers" / f"{name}.txt").read_text("utf-8")
    return [line.split() for line in text.splitlines()]


def name_of(path: Path) -> str:
    """Return how a test is called for a file."""
    return f"{path.parent.name}/{path.name}"


def test_every_paper_has_a_page_with_a_program() -> None:
    """A paper that is added is tried too."""
    papers = {path.parent for path in TOP.glob("papers/*/index.md")}
    assert papers == {path.parent for path in PAGES} == {path.parent for path in PROGRAMS}


@pytest.mark.parametrize("program", PROGRAMS, ids=name_of)
def test_program_prints_what_its_page_shows(program: Path) -> None:
    """The output file beside it is what it prints, without a warning."""
    # one thread: several are slower for such small matrices, and on a busy machine much slower
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", program], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    assert done.stdout == program.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("program", PROGRAMS, ids=name_of)
def test_page_shows_program_and_output_and_offers_the_file(program: Path) -> None:
    """A reader sees both, and can take the program along."""
    page = (program.parent / "try.md").read_text("utf-8")
    for part in (f"{{literalinclude}} {program.name}", f"{{literalinclude}} {program.stem}.txt"):
        assert page.count(part) == 1
    assert f"{{download}}`{program.name}`" in page


@pytest.mark.parametrize("program", PROGRAMS, ids=name_of)
def test_program_fits_the_page(program: Path) -> None:
    """It is short, and no line has to be scrolled."""
    lines = program.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST
    assert [line for line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_number_of_a_page_was_printed(page: Path) -> None:
    """Numbers in prose and charts stand in the output, digit by digit; the others are facts, code or maths."""
    outputs = " ".join(path.read_text("utf-8") for path in page.parent.glob("try_*.txt"))
    told = NUMBER.findall(NO_PROSE.sub(" ", page.read_text("utf-8")))
    assert len(told) > 15
    assert sorted(set(told) - set(NUMBER.findall(outputs))) == []


# GLaM's gate


def test_gate_weighs_the_two_best_and_leaves_the_others_out() -> None:
    """The average is that of the chosen two, by their probabilities, whatever the others would return."""
    gate = module("glam/try_gate")
    scores = np.array([0.3, 2.0, -1.0, 1.0])
    p = gate.softmax(scores)
    outputs = np.arange(8.0).reshape(4, 2)
    assert list(gate.best_two(p)) == [1, 3]
    y = gate.mixture(scores, np.eye(4), outputs)
    np.testing.assert_allclose(y, (p[1] * outputs[1] + p[3] * outputs[3]) / (p[1] + p[3]))
    outputs[[0, 2]] = 1e9
    np.testing.assert_array_equal(gate.mixture(scores, np.eye(4), outputs), y)


def test_first_choices_are_served_before_second_ones() -> None:
    """A late token's first choice takes the place that an early token wanted second; no expert gets one too many."""
    gate = module("glam/try_gate")
    p = np.array([[0.6, 0.3, 0.1], [0.1, 0.6, 0.3], [0.6, 0.3, 0.1]])
    assert gate.admitted(p, 1).tolist() == [[True, False], [True, True], [False, False]]
    assert gate.admitted(p, 3).all()


def test_example_of_the_article_is_the_one_printed() -> None:
    """What the article says of its sentence, with three decimals, and of the batch stands in the output."""
    article = (TOP / "papers/glam/index.md").read_text("utf-8")
    told = set(re.findall(r"(?<![\d.])\d\.\d{3}(?!\d)|\d+\.\d(?=%)", article))
    assert len(told) > 30
    assert sorted(told - set(NUMBER.findall((TOP / "papers/glam/try_gate.txt").read_text("utf-8")))) == []


def test_auxiliary_loss_grows_as_use_gets_uneven() -> None:
    """Even use gives one over the square of the number of experts; the more a gate crowds, the more it pays."""
    gate = module("glam/try_gate")
    tokens = np.repeat(np.eye(gate.N), gate.S // gate.N, axis=0)  # as many kinds as experts

    def loss(crowd: int) -> float:
        weights = 20 * np.eye(gate.N)
        weights[:, :crowd] = 20 * np.eye(gate.N)[:, :1]  # the first kinds all go to the first expert
        return float(gate.auxiliary_loss(tokens, weights)[0])

    assert loss(1) == pytest.approx(1 / gate.N**2)
    losses = [loss(crowd) for crowd in range(1, gate.N + 1)]
    assert all(this < following for this, following in itertools.pairwise(losses))


def test_slope_of_the_auxiliary_loss_is_its_slope() -> None:
    """A small step changes the loss as the slope says; no first choice changes on the way."""
    gate = module("glam/try_gate")
    rng = np.random.default_rng(1)
    tokens, weights = rng.normal(size=(gate.S, gate.M)), rng.normal(size=(gate.N, gate.M)) / 4
    loss, slope = gate.auxiliary_loss(tokens, weights)
    step = 1e-7 * rng.normal(size=weights.shape)
    assert gate.auxiliary_loss(tokens, weights + step)[0] - loss == pytest.approx((slope * step).sum(), rel=1e-3)


def test_following_the_loss_evens_out_the_use() -> None:
    """Afterwards every expert is nearer to its fair share, a quarter of the tokens."""
    lines = [line for line in printed("glam/try_gate") if len(line) == 3 and line[-1].endswith("%")]
    shares = np.array([[float(cell.rstrip("%")) for cell in line[1:]] for line in lines])
    assert len(shares) == 8
    np.testing.assert_allclose(shares.sum(axis=0), 200, atol=0.5)
    assert np.ptp(shares[:, 1]) < np.ptp(shares[:, 0]) / 4


def test_count_gives_what_the_ledger_has_and_what_the_article_draws() -> None:
    """GLaM's own sizes, and each row of the chart."""
    parameters = module("glam/try_count").parameters
    held, used = parameters(64, 2)
    assert held == pytest.approx(1.16e12, abs=5e9)
    assert used == pytest.approx(96.6e9, abs=5e7)
    article = (TOP / "papers/glam/index.md").read_text("utf-8")
    rows = re.findall(r"^(\d+) \| ([\d.]+) \| ([\d.]+)$", article, re.MULTILINE)
    assert len(rows) == 8
    for experts, *told in rows:
        assert told == [f"{number / 1e9:.1f}" for number in parameters(int(experts), 2)]


# OLMoE's router


def test_router_picks_the_largest_shares_and_does_not_scale_them() -> None:
    """Eight ones for each token, on its eight largest shares; what is left out is lost, so the sum is below one."""
    router = module("olmoe/try_routing")
    p = router.softmax(np.random.default_rng(1).normal(size=(50, router.N_E)))
    chosen = router.top(p)
    assert (chosen.sum(axis=1) == router.K).all()
    assert (np.where(chosen == 1, p, 1).min(axis=1) >= np.where(chosen == 0, p, 0).max(axis=1)).all()
    assert ((chosen * p).sum(axis=1) < 1).all()


def test_balancing_loss_rises_from_even_use_to_one_crowd() -> None:
    """If use is even it is the number of experts for a token; one crowd of all tokens makes it many times that."""
    router = module("olmoe/try_routing")
    rows = np.arange(router.N_E)
    even = np.zeros((router.N_E, router.N_E))
    for shift in range(router.K):  # token i goes to the experts i to i + 7
        even[rows, (rows + shift) % router.N_E] = 1
    crowd = np.tile(even[:1], (router.N_E, 1))
    assert router.balancing(even / router.K, even)[0] == pytest.approx(router.K)
    assert router.balancing(crowd / router.K, crowd)[0] == pytest.approx(router.N_E)


def test_slopes_of_both_losses_are_their_slopes() -> None:
    """A small step changes each loss as its slope says, the counts held."""
    router = module("olmoe/try_routing")
    rng = np.random.default_rng(1)
    x, step = rng.normal(size=(20, router.N_E)), 1e-6 * rng.normal(size=(20, router.N_E))
    z, slope = router.router_z(x)
    assert router.router_z(x + step)[0] - z == pytest.approx((slope * step).sum(), rel=1e-3)
    p = router.softmax(x)
    chosen = router.top(p)
    balance, slope = router.balancing(p, chosen)
    assert router.balancing(p + step, chosen)[0] - balance == pytest.approx((slope * step).sum(), rel=1e-6)


def test_z_loss_minds_how_loud_scores_are_and_not_who_wins() -> None:
    """Scores ten times as large choose the same experts and cost more; an order reversed costs the same."""
    router = module("olmoe/try_routing")
    x = np.random.default_rng(1).normal(size=(20, router.N_E))
    np.testing.assert_array_equal(router.top(router.softmax(10 * x)), router.top(router.softmax(x)))
    assert router.router_z(10 * x)[0] > 10 * router.router_z(x)[0]
    assert router.router_z(x[:, ::-1])[0] == pytest.approx(router.router_z(x)[0])


def test_without_balancing_experts_fall_idle_and_without_z_loss_scores_grow() -> None:
    """What the page says of the three runs, as printed."""
    lines = {" ".join(line[:-3]): line[-3:] for line in printed("olmoe/try_routing") if len(line) > 3}
    both, unbalanced, loud = zip(*(map(float, lines[what]) for what in ("experts below 1%", "z")), strict=True)
    assert unbalanced[0] > 3 * both[0]
    assert abs(loud[0] - both[0]) <= 1
    assert loud[1] > both[1] * 1.1


# GLM-130B's sentence


def test_only_who_reads_both_ways_can_tell_what_the_end_decides() -> None:
    """Two texts that differ behind the gap look the same from before it, so half is the best that can be said."""
    sentence = module("glm-130b/try_sentence")
    x = sentence.TABLE[sentence.READ]
    both, back_only = (
        sentence.right(sentence.guess(sentence.layer(x, mask), sentence.train(mask, 3000)))[:, 0]
        for mask in (sentence.BOTH, sentence.BACK)
    )
    assert both.min() > 0.9
    assert 0.49 < back_only.min() <= back_only.max() <= 0.5


def test_a_larger_shortcut_changes_a_vector_less() -> None:
    """What a layer makes of a vector comes close to the vector, normalised."""
    sentence = module("glm-130b/try_sentence")
    x = sentence.TABLE[sentence.READ[0]]
    normalised = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    moved = [np.abs(sentence.layer(x, sentence.BOTH, alpha) - normalised).max() for alpha in (1, 2, 12, 1e6)]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] < 1e-3


def test_gradient_of_a_vector_is_the_slope_of_the_loss() -> None:
    """A small step along it changes the loss as it says, and a word that is in no text changes nothing."""
    sentence = module("glm-130b/try_sentence")
    slope = sentence.gradient("[S]", sentence.BOTH)
    enter = sentence.TABLE.copy()
    enter[sentence.WORDS.index("[S]")] += 1e-4 * slope
    before, after = (
        sentence.losses(sentence.guess(sentence.layer(table[sentence.READ], sentence.BOTH), sentence.TABLE)).mean()
        for table in (sentence.TABLE, enter)
    )
    assert after - before == pytest.approx(1e-4 * (slope @ slope), rel=1e-2)
    assert not sentence.gradient("[E]", sentence.BOTH).any()


# GLM-130B's blanks


def test_cut_text_can_be_put_together_again() -> None:
    """What is written into each blank, in whatever order, restores the sentence."""
    blanks = module("glm-130b/try_blanks")
    for order in itertools.permutations(range(len(blanks.SHORT))):
        one = blanks.cut(blanks.SHORT, order, "[MASK]")
        spans = dict.fromkeys((p1 for p1 in one.p1[one.left :]), "")
        for p1, target in zip(one.p1[one.left :], one.targets[one.left :], strict=True):
            spans[p1] += f"{target} " if target != "[eop]" else ""
        restored = [spans.get(place, word).strip() for place, word in enumerate(one.tokens[: one.left], start=1)]
        assert " ".join(restored).split() == blanks.TEXT


def test_each_token_writes_the_next_one_of_its_span() -> None:
    """Targets are the tokens shifted by one, and the remaining text has none."""
    blanks = module("glm-130b/try_blanks")
    one = blanks.cut(blanks.SHORT, [2, 0, 1], "[MASK]")
    assert set(one.targets[: one.left]) == {""}
    for row in range(one.left, len(one.tokens) - 1):
        assert one.targets[row] == (one.tokens[row + 1] if one.tokens[row + 1] != "[sop]" else "[eop]")


def test_positions_tell_where_a_span_belongs_and_not_how_long_it_is() -> None:
    """A span stands where its mask stands; within it the second position counts from 1, outside it is 0."""
    blanks = module("glm-130b/try_blanks")
    one = blanks.cut(blanks.SHORT, [1, 2, 0], "[MASK]")
    assert one.p1[: one.left] == list(range(1, one.left + 1))
    assert set(one.p2[: one.left]) == {0}
    assert {one.tokens[p1 - 1] for p1 in one.p1[one.left :]} == {"[MASK]"}
    starts = [row for row, token in enumerate(one.tokens) if token == "[sop]"]
    for start, end in itertools.pairwise([*starts, len(one.tokens)]):
        assert one.p2[start:end] == list(range(1, end - start + 1))
        assert len(set(one.p1[start:end])) == 1


def test_mask_is_causal_in_the_blanks_only() -> None:
    """The remaining text sees itself whole and nothing else; a blank sees all of it, and of blanks what came before."""
    mask = module("glm-130b/try_blanks").attention_mask(9, 5)
    assert mask[:, :5].all()
    assert not mask[:5, 5:].any()
    np.testing.assert_array_equal(mask[5:, 5:], np.tril(np.ones((4, 4), dtype=bool)))


def test_nothing_leaks_from_a_blank_into_the_text() -> None:
    """A token that is exchanged changes itself and what may look at it, and no other."""
    blanks = module("glm-130b/try_blanks")
    mask = blanks.attention_mask(9, 5)
    for token in range(1, 10):
        assert list(blanks.changed(mask, token)) == [row + 1 for row in range(9) if mask[row, token - 1]]
    everybody = np.ones((9, 9), dtype=bool)
    assert len(blanks.changed(everybody, 9)) == 9


# GLM-130B's bits


@pytest.fixture(scope="module")
def distributions() -> tuple[np.ndarray, np.ndarray]:
    """Give weights that follow the bell curve, and weights with some far out."""
    rng = np.random.default_rng(1)
    return rng.normal(size=(64, 1024)), rng.standard_t(df=3, size=(64, 1024))


@pytest.mark.parametrize("b", [3, 4, 8])
def test_stored_numbers_fit_their_bits_and_err_by_half_a_step(
    distributions: tuple[np.ndarray, np.ndarray], b: int
) -> None:
    """The largest weight of a row is kept, and no weight is off by more than half a step."""
    bits = module("glm-130b/try_quantise")
    for w in distributions:
        s, q = bits.quantise(w, b)
        assert np.abs(q).max() == 2 ** (b - 1) - 1
        assert (np.abs(q).max(axis=1) == 2 ** (b - 1) - 1).all()
        assert (np.abs(s * q - w) <= s / 2 * (1 + 1e-9)).all()


def test_int4_hurts_the_wide_distribution_more(distributions: tuple[np.ndarray, np.ndarray]) -> None:
    """Fewer bits hurt, a wide distribution hurts, and INT8 on the wide one hurts less than INT4 on the narrow."""
    error = module("glm-130b/try_quantise").error
    narrow, wide = distributions
    assert error(narrow, 8) < error(wide, 8) < error(narrow, 4) < error(wide, 4)


def test_error_does_not_depend_on_how_large_the_weights_are(distributions: tuple[np.ndarray, np.ndarray]) -> None:
    """The step grows with the weights, so it is the shape of the distribution that counts."""
    error = module("glm-130b/try_quantise").error
    assert error(1000 * distributions[0], 4) == pytest.approx(error(distributions[0], 4))
