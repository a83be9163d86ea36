"""MyST's inline markup as plain text."""

from __future__ import annotations

import pytest

from paperdeck.site.plain_text import read_inline


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**GLaM** and *its* `top_k`", "GLaM and its top_k"),
        ("[GPT-3](https://example.org)", "GPT-3"),
        (r"$k = 8$, $O(n^2)$, $\alpha_2$, {math}`\sqrt{n}`", "k = 8, O(n²), α₂, √n"),
        (r"$d_{\text{model}}$ in $\mathbb{R}^d$, $W_Q^T$", "d_model in Rᵈ, W_Qᵀ"),
        ("H{sub}`2`O, 1{sup}`st`", "H₂O, 1st"),
        ("{fact}`half <share>` of {experts}, {plain}`7`", "{fact}`half <share>` of {experts}, 7"),
        (r"\*as typed\*", "*as typed*"),
        ("A* costs $5 to $10", "A* costs $5 to $10"),
        ("about 8% <active_share>, a_b_c, <s>", "about 8% <active_share>, a_b_c, <s>"),
    ],
)
def test_markup_is_read_and_gone(written: str, shown: str) -> None:
    """Of emphasis, code, links and formulas the words are left; what is no markup stays as it is."""
    assert read_inline(written) == shown


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        *((tex, "say it in words") for tex in (r"$\frac{x_{1}}{n}$", r"$\frac{\frac{a}{b}}{c}$", r"$\frac12$")),
        (r"$\hat{x}$", "say it in words"),
        (r"\begin{x}$\begin{x}$", "say it in words"),
        ("{cite}`x`", "write its words"),
    ],
)
def test_what_letters_cannot_show_is_told(written: str, advice: str) -> None:
    """A formula with something above it, or a role that makes more than letters, has no plain text."""
    with pytest.raises(ValueError, match=advice):
        read_inline(written)
