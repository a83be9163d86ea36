"""Numbers that follow from the shape of a model: counted from its ledger, and held against what its paper prints."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from paperdeck.ledger import reading, resolving
from papers import architecture
from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from papers.architecture import Shape

    Ledgers = Mapping[str, reading.Ledger]

PAPERS = ("glam", "olmoe", "glm-130b")

PAPER_COUNTS_OTHERWISE = Decimal("0.08")
"""GLaM prints 180 GFLOPs for a token, twice its active parameters would be 193; what it leaves out it does not say."""
PRINTED_ABOVE_COUNT = Decimal("0.01")
"""Of GLaM 1.7B/256E, alone in its family, total and active parameters are printed slightly above the count."""


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    """Read the ledgers of all papers, computed facts included."""
    files = [TOP / "papers" / paper / "facts.yaml" for paper in PAPERS]
    read = [reading.read_ledger(file.read_text("utf-8"), str(file.relative_to(TOP))) for file in files]
    resolved, problems = resolving.resolve_ledgers(one for one, _problems in read)
    assert [*problems, *(problem for _one, found in read for problem in found)] == []
    return resolved


def number(of: reading.Ledger, key: str) -> Decimal:
    """Return the value of a fact."""
    value = of.facts[key].value
    assert value is not None
    return value


def config(of: reading.Ledger) -> dict[str, int]:
    """Return the whole numbers of a ledger."""
    return {key: int(fact.value) for key, fact in of.facts.items() if fact.value is not None and fact.value % 1 == 0}


@pytest.fixture(scope="module")
def shapes(ledgers: Ledgers) -> dict[str, Shape]:
    """Return the shape of each model, from its ledger."""
    return {
        "glam": architecture.glam(config(ledgers["glam"])),
        "olmoe": architecture.olmoe(config(ledgers["olmoe"])),
        "glm-130b": architecture.glm_130b(config(ledgers["glm-130b"])),
    }


def rounding(printed: Decimal) -> Decimal:
    """Return half a unit of the last digit that is printed; zeros at the end may come of rounding too."""
    return Decimal((0, (5,), int(printed.normalize().as_tuple().exponent) - 1))


def assert_prints_as(counted: float, printed: Decimal) -> None:
    """Fail unless a count, rounded to the digits that are printed, is what is printed."""
    assert abs(Decimal(counted) - printed) <= rounding(printed), f"{counted:.4g} is not printed as {printed:.4g}"


@pytest.mark.parametrize("paper", PAPERS)
def test_parameters_in_all_are_those_printed(ledgers: Ledgers, shapes: dict[str, Shape], paper: str) -> None:
    """1.2 trillion, 6.9 billion and 130 billion are what the counts are rounded to."""
    assert_prints_as(architecture.parameters(shapes[paper]), number(ledgers[paper], "total_params"))


@pytest.mark.parametrize("paper", PAPERS)
def test_active_parameters_are_those_printed(ledgers: Ledgers, shapes: dict[str, Shape], paper: str) -> None:
    """96.6 billion, 1.3 billion, and all of GLM-130B."""
    assert_prints_as(architecture.active(shapes[paper]), number(ledgers[paper], "active_params"))


@pytest.mark.parametrize("paper", PAPERS)
def test_share_of_active_parameters_is_the_one_shown(ledgers: Ledgers, shapes: dict[str, Shape], paper: str) -> None:
    """8%, 19% and 100%: to the percent, as the articles write it."""
    share = 100 * architecture.active_share(shapes[paper])
    assert share == pytest.approx(100 * float(number(ledgers[paper], "active_share")), abs=0.5)


@pytest.mark.parametrize("paper", PAPERS)
def test_count_shown_in_the_article_is_this_count(ledgers: Ledgers, shapes: dict[str, Shape], paper: str) -> None:
    """The ledger's lines of the count are exact, and leave out less than a part in a thousand.

    What they leave out are normalisations and biases, and GLaM's gates.
    """
    facts, shape = ledgers[paper], shapes[paper]
    parts = {
        "count_attention": architecture.attention(shape),
        "count_dense": architecture.dense_networks(shape),
        "count_ffn": architecture.dense_networks(shape),
        "count_expert": architecture.expert(shape),
        "count_experts_active": architecture.expert(shape) * shape.chosen * shape.moe_layers,
        "count_experts_all": architecture.expert(shape) * shape.experts * shape.moe_layers,
        "count_routers": architecture.routers(shape),
        "count_vocabulary": architecture.vocabulary(shape),
    }
    held = {key: number(facts, key) for key in parts if key in facts.facts}
    assert len(held) >= 3
    assert held == {key: parts[key] for key in held}
    left_out = shape.vectors + (0 if "count_routers" in held else architecture.routers(shape))
    assert number(facts, "count_total") == architecture.parameters(shape) - left_out
    assert left_out < architecture.active(shape) / 1000
    if shape.experts:
        assert number(facts, "count_active") == architecture.active(shape) - left_out


@pytest.mark.parametrize(
    ("prefix", "experts", "key"),
    [
        ("small_", "family_experts", "small_64"),
        ("medium_", "family_experts", "medium_64"),
    ],
)
def test_count_gives_the_smaller_models_of_glam_too(ledgers: Ledgers, prefix: str, experts: str, key: str) -> None:
    """The reading that gives the large model gives its family, with a smaller vocabulary."""
    shape = architecture.glam(config(ledgers["glam"]), prefix=prefix, experts=experts)
    for what, count in (("total", architecture.parameters), ("active", architecture.active)):
        assert_prints_as(count(shape), number(ledgers["glam"], f"{key}_{what}"))
        if (line := f"{key}_{what}_count") in ledgers["glam"].facts:
            assert count(shape) == number(ledgers["glam"], line)


@pytest.mark.parametrize("prefix", ["small_", "medium_"])
def test_count_gives_the_dense_models_of_glam_too(ledgers: Ledgers, prefix: str) -> None:
    """Without experts the same count gives 1.7 and 8.7 billion."""
    facts = ledgers["glam"]
    counted = architecture.parameters(architecture.glam(config(facts), prefix=prefix, experts=""))
    assert_prints_as(counted, number(facts, f"{prefix}dense"))
    assert counted == number(facts, f"{prefix}dense_count")


@pytest.mark.parametrize("what", ["total", "active"])
def test_glam_with_256_experts_is_printed_just_above_its_count(ledgers: Ledgers, what: str) -> None:
    """Here the printed number is not the rounded count; it is within a hundredth of it."""
    shape = architecture.glam(config(ledgers["glam"]), prefix="small_", experts="small_256_experts")
    counted = {"total": architecture.parameters, "active": architecture.active}[what](shape)
    printed = number(ledgers["glam"], f"small_256_{what}")
    assert counted + rounding(printed) < printed < counted * (1 + PRINTED_ABOVE_COUNT)


def test_vocabulary_of_the_large_glam_does_not_give_the_small_one(ledgers: Ledgers) -> None:
    """With 256,000 rows the active parameters of 1.7B/64E would be a quarter too many; hence ``family_vocabulary``."""
    facts = config(ledgers["glam"])
    shape = architecture.glam(facts, prefix="small_", experts="family_experts")
    large = dataclasses.replace(shape, vocabulary=facts["vocabulary"])
    assert architecture.active(large) > float(number(ledgers["glam"], "small_64_active")) * 1.2


def test_gpt3_computes_twice_its_parameters_for_a_token(ledgers: Ledgers) -> None:
    """350 GFLOPs, as GLaM's Table 1 prints it."""
    flops = architecture.forward_flops(float(number(ledgers["glam"], "gpt3_params")))
    assert_prints_as(flops / 1e9, number(ledgers["glam"], "gpt3_flops"))


def test_glam_prints_less_compute_than_twice_its_active_parameters(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """The one number that does not follow from the shape: below the rule, and within the tolerance."""
    printed = number(ledgers["glam"], "flops") * 10**9
    counted = Decimal(architecture.forward_flops(architecture.active(shapes["glam"])))
    assert counted * (1 - PAPER_COUNTS_OTHERWISE) < printed < counted - rounding(printed)


def test_training_compute_of_olmoe_is_that_of_its_figure(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """Six operations for each active parameter and token end where the curve of Figure 3 ends."""
    facts = ledgers["olmoe"]
    flops = architecture.training_flops(architecture.active(shapes["olmoe"]), float(number(facts, "tokens_seen")))
    assert_prints_as(flops, number(facts, "train_flops"))
    assert flops == pytest.approx(float(number(facts, "count_flops")), rel=1e-3)


def test_a_quarter_of_the_work_on_glm_130b_is_done_twice(ledgers: Ledgers) -> None:
    """Activations computed again explain the two printed shares of the peak speed, to their last digits."""
    facts = ledgers["glm-130b"]
    model, hardware = number(facts, "model_use"), number(facts, "hardware_use")
    useful = architecture.training_flops(1, 1) / architecture.training_flops(1, 1, recomputed=True)
    lowest = (model - rounding(model)) / (hardware + rounding(hardware))
    highest = (model + rounding(model)) / (hardware - rounding(hardware))
    assert lowest <= Decimal(useful) <= highest


def test_computing_alone_would_not_fill_the_days_of_glm_130b(ledgers: Ledgers) -> None:
    """By our count the run needs 47 days at the printed speed, and had 60."""
    facts = ledgers["glm-130b"]
    flops = architecture.training_flops(float(number(facts, "total_params")), float(number(facts, "tokens_seen")))
    assert flops == pytest.approx(float(number(facts, "count_flops")))
    assert 40 < number(facts, "count_days") < number(facts, "days")


@pytest.mark.parametrize(
    ("paper", "key", "experts", "chosen"),
    [
        ("glam", "expert_pairs", 64, 2),
        ("olmoe", "expert_choices", 64, 8),
        ("olmoe", "middle_choices", 32, 4),
        ("olmoe", "coarse_choices", 8, 1),
        ("olmoe", "shared_choices", 31, 3),
        ("olmoe", "mixtral_choices", 8, 2),
    ],
)
def test_choices_of_experts_are_those_written(
    ledgers: Ledgers, paper: str, key: str, experts: int, chosen: int
) -> None:
    """Ways to choose, exactly."""
    assert architecture.choices(experts, chosen) == number(ledgers[paper], key)


def test_finer_experts_hold_and_use_the_same(shapes: dict[str, Shape]) -> None:
    """One of 8, four of 32 and eight of 64 differ by their routers alone: less than a part in a thousand."""
    fine = shapes["olmoe"]
    for parts in (2, 8):
        coarse = dataclasses.replace(
            fine, experts=fine.experts // parts, chosen=fine.chosen // parts, ffn=fine.ffn * parts
        )
        routers = architecture.routers(fine) - architecture.routers(coarse)
        assert architecture.parameters(fine) - architecture.parameters(coarse) == routers
        assert architecture.active(fine) - architecture.active(coarse) == routers
        assert routers < architecture.active(fine) / 500


def test_a_route_agrees_by_chance_as_often_as_an_expert_is_used(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """The printed floors of router saturation, 12.5% in OLMoE and 25% in Mixtral, are chosen over all."""
    facts, shape = ledgers["olmoe"], shapes["olmoe"]
    assert Decimal(100 * shape.chosen) / shape.experts == number(facts, "saturation_chance")
    mixtral = 100 * number(facts, "mixtral_per_token") / number(facts, "mixtral_experts")
    assert mixtral == number(facts, "mixtral_chance")


@pytest.mark.parametrize(
    ("paper", "key", "bits"),
    [
        ("glam", "memory_16", 16),
        ("glam", "memory_32", 32),
        ("glm-130b", "memory_16", 16),
        ("glm-130b", "memory_8", 8),
        ("glm-130b", "memory_4", 4),
    ],
)
def test_memory_is_bits_times_parameters(ledgers: Ledgers, paper: str, key: str, bits: int) -> None:
    """From the printed size, exactly; 260 GB is what the repository of GLM-130B says of FP16."""
    size = float(number(ledgers[paper], "total_params"))
    assert architecture.memory(size, bits) == float(number(ledgers[paper], key))


def test_count_of_glm_130b_takes_the_printed_memory(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """The counted parameters in FP16, rounded as the printed size is, are the 260 GB that are printed."""
    counted = architecture.memory(architecture.parameters(shapes["glm-130b"]), 16)
    assert_prints_as(counted, number(ledgers["glm-130b"], "memory_16"))


def test_glm_130b_in_int4_takes_about_what_is_printed(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """67 GB by our count, “about 70 GB” in print; the steps of the rows and what is no matrix are a thousandth."""
    facts = ledgers["glm-130b"]
    counted = architecture.quantised_memory(shapes["glm-130b"], 4)
    assert_prints_as(counted, number(facts, "memory_printed"))
    assert 0 < counted - float(number(facts, "count_memory")) < counted / 1000
    assert counted < number(facts, "old_cards_memory") < number(facts, "cards_memory")


def test_glm_130b_in_int8_does_not_fit_on_four_cards(ledgers: Ledgers, shapes: dict[str, Shape]) -> None:
    """Why four bits were wanted: with eight, eight RTX 3090 would be needed."""
    assert architecture.quantised_memory(shapes["glm-130b"], 8) > number(ledgers["glm-130b"], "cards_memory")
