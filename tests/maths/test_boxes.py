"""How large MathML is drawn; tests/browser/test_heights.py compares it with a browser."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from paperdeck.maths.boxes import Box, measure_mathml
from paperdeck.maths.mathml import to_mathml


def measure(tex: str, *, display: bool = True) -> Box:
    """Return how large an equation is."""
    return measure_mathml(ET.fromstring(to_mathml(tex, display=display)))


@pytest.mark.parametrize(
    "texts",
    [
        ("a", "b", "b_q", "b_q^2"),
        ("x", r"\frac{a}{b}", r"\frac{\frac{a}{b}}{c}", r"\dfrac{\dfrac{a}{b}}{c}"),
        (r"\sum x", r"\sum_i x", r"\sum_{i=1}^n x"),
        (r"\begin{pmatrix}a\end{pmatrix}", r"\begin{pmatrix}a\\b\end{pmatrix}", r"\begin{pmatrix}a\\b\\c\end{pmatrix}"),
        ("x", r"\sqrt{x}", r"\sqrt{\frac{x}{y}}"),
        ("x", r"\overline{x}", r"\boxed{\overline{x}}"),
    ],
)
def test_what_has_more_on_top_of_it_is_higher(texts: tuple[str, ...]) -> None:
    """In the order in which they are written here."""
    heights = [measure(tex).height for tex in texts]
    assert all(low < high for low, high in pairwise(heights)), heights


@pytest.mark.parametrize("tex", [r"\frac{a}{b}", r"\sum_{i}^n x", r"\int_0^1 f"])
def test_a_line_of_text_has_less_room_than_a_display(tex: str) -> None:
    """So that fractions are smaller, and limits stand beside their sign."""
    assert measure(tex, display=False).height < measure(tex).height


def test_brackets_reach_as_far_as_what_they_hold() -> None:
    """They come in steps, so a little farther."""
    plain, held = measure(r"\frac{a}{b}"), measure(r"\left(\frac{a}{b}\right)")
    assert plain.height <= held.height < plain.height + 0.3
    assert measure(r"\left(x\right)").height < 1


@pytest.mark.parametrize(("tex", "height"), [(r"\smash{x}", 0), (r"\phantom{b}", 0.74), ("", 0)])
def test_what_is_not_seen_has_the_size_that_it_asks_for(tex: str, height: float) -> None:
    """None, or that of what it stands for."""
    assert measure(tex).height == pytest.approx(height)
