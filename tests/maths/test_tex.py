"""TeX as people write it: read as it is meant, in the TeX that is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.maths.mathml import to_mathml
from paperdeck.maths.tex import TexError, rewrite_tex
from paperdeck.maths.units import write_formula, write_number, write_quantity, write_unit


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\left< x \right>", r"\left\langle x \right\rangle"),
        (r"\text{if $x$ holds}", r"\text{if }{x}\text{ holds}"),
        (r"\text{costs \$5}", r"\text{costs \$5}"),
        (r"\text{5\% of \& \{ a \} b}", r"\text{5\%\ of \&\ \{\ a \}\ b}"),
        (r"\textbf{5\% of $n$}", r"\textbf{5\%\ of }{n}"),
        (r"\text{a --- b -- ``c''}", r"\text{a — b – “c”}"),
        (r"\mbox{if}", r"\text{if}"),
        (r"\pi*\hat\rho*x", r"\pi *\hat\rho *x"),
        (r"\operatorname*{arg\,max}", r"\operatorname*{arg\,max}"),
        (r"\sum_{\substack{a \\ b}} x", r"\sum_{\begin{subarray}{c}a \\ b\end{subarray}} x"),
        (r"\begin{alignat}{2} a &= b \end{alignat}", r"\begin{aligned} a &= b \end{aligned}"),
        (r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}", r"\begin{aligned} a &= b \\ c &= d \end{aligned}"),
        (r"\begin{eqnarray} a &\leq& b \end{eqnarray}", r"\begin{aligned} a &\leq b \end{aligned}"),
        (r"\begin{aligned}[t] a &= b \end{aligned}", r"\begin{aligned} a &= b \end{aligned}"),
        (r"\begin{displaymath} a \end{displaymath}", "a"),
        (r"\hspace*{1em}", r"\hspace{1em}"),
        (r"\operatorname{\mathsf{KL}}(p)", r"\operatorname{KL}(p)"),
        (r"\operatorname{argmax}\limits_x", r"\operatorname*{argmax}_x"),
        (r"\mathbbm{1}", r"\mathbb{1}"),
        (r"\mathop{\mathbb{E}}\limits_{x}", r"\underset{x}{\mathbb{E}}"),
        (r"\mathop{\mathbb{E}}_{x}", r"\underset{x}{\mathbb{E}}"),
        (r"\begin{array}{l} a \\[2ex] \hline b \end{array}", r"\begin{array}{l} a \\ \hline b \end{array}"),
        (r"\begin{bmatrix} a \\[2pt] b \\*[-.5ex] c \end{bmatrix}", r"\begin{bmatrix} a \\ b \\ c \end{bmatrix}"),
        (r"a \\ [1.2\baselineskip] b \\* c", r"a \\ b \\ c"),
        (r"\begin{array}{@{}l|l@{}} a & b \cr c & d \end{array}", r"\begin{array}{l|l} a & b \\ c & d \end{array}"),
        (r"\begin{pmatrix*}[r] a \end{pmatrix*}", r"\begin{pmatrix} a \end{pmatrix}"),
        (r"\begin{psmallmatrix} a \end{psmallmatrix}", r"\left(\begin{smallmatrix} a \end{smallmatrix}\right)"),
        (r"\begin{multlined} a \\ b \end{multlined}", r"\begin{gathered} a \\ b \end{gathered}"),
        (r"\num{1e9}", r"1 \times 10^{9}"),
        (r"\SI{5}{\metre}", r"5\,\mathrm{m}"),
        (r"\ce{H2O}", r"\mathrm{H}_{2}\mathrm{O}"),
        ("x \x07+ \\SI{\x85}{\\metre}", r"x + \SI{}{\metre}"),
    ],
)
def test_what_people_write_is_what_they_mean(written: str, meant: str) -> None:
    """A command that math-core lacks gives the same MathML as what stands for it."""
    assert to_mathml(written, display=True).replace("<mrow>", "").replace("</mrow>", "") == (
        to_mathml(meant, display=True).replace("<mrow>", "").replace("</mrow>", "")
    )


def test_brackets_that_begin_a_row_stay() -> None:
    """What is no length after the end of a row is maths."""
    assert "[" in to_mathml(r"\begin{gathered} a \\ [b] \end{gathered}", display=True)


def test_rows_in_an_argument_are_no_rows_of_the_equation() -> None:
    r"""``\\\\`` in braces ends a row of what stands in them."""
    assert to_mathml(r"\sum_{\substack{a \\ b}} x", display=True).count("<mtable") == 1


def test_small_matrix_is_small() -> None:
    """It is set like an index, and stands in a line."""
    assert "math-depth:1" in to_mathml(r"\begin{smallmatrix} a & b \end{smallmatrix}")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1e9", r"{1 \times 10^{9}}"),
        ("e9", "{10^{9}}"),
        ("1.2e-9", r"{1.2 \times 10^{-9}}"),
        ("1234567", r"{1\,234\,567}"),
        ("-0.5", "{-0.5}"),
        ("3 x", "3 x"),
    ],
)
def test_numbers(written: str, expected: str) -> None:
    """Digits stand in threes, powers of ten as powers; what is no number stays."""
    assert write_number(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"\metre\per\second\squared", r"\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\metre\per\square\second", r"\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\kilo\watt\hour", r"\mathrm{kW}\,\mathrm{h}"),
        ("km/h", r"\mathrm{km}\,\mathrm{h}^{-1}"),
        ("m^2", r"\mathrm{m}^{2}"),
        (r"\percent", r"\%"),
    ],
)
def test_units(written: str, expected: str) -> None:
    """Units stand upright, with their prefixes; what follows “per” has a negative power."""
    assert write_unit(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("H2O", r"{\mathrm{H}_{2}\mathrm{O}}"),
        ("SO4^2-", r"{\mathrm{SO}_{4}^{2-}}"),
        ("Na+", r"{\mathrm{Na}^{+}}"),
        ("2H2 + O2 -> 2H2O", None),
    ],
)
def test_formulas(written: str, expected: str | None) -> None:
    """Counts stand below, charges above, and what stands before an element is its number."""
    found = write_formula(written)
    assert expected is None or found == expected
    assert to_mathml(rf"\ce{{{written}}}")


def test_quantity_is_a_number_and_a_unit() -> None:
    """Between them stands a thin space."""
    assert write_quantity("5", r"\metre") == r"{5}\,\mathrm{m}"


@pytest.mark.parametrize(
    ("tex", "advice"),
    [
        (r"\nosuch", "define it in paperdeck_tex_macros"),
        (r"\begin{nosuch} a \end{nosuch}", "write aligned, gathered, cases"),
        (r"\text{a_b}", r"is written \_"),
        (r"\text{a $ b}", "has no partner"),
        (r"\cite{x}", "outside the maths"),
        (r"\operatorname<", "write it in braces"),
        (r"\large x", "the page sets the size"),
        (r"\intertext{and}", "begin another equation"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_what_to_write(tex: str, advice: str) -> None:
    """A message ends in what to do."""
    with pytest.raises(TexError) as caught:
        to_mathml(tex, display=True)
    assert advice in str(caught.value)
    assert caught.value.near in tex


COMMANDS = [
    r"\text",
    r"\mbox",
    r"\substack",
    r"\SI",
    r"\num",
    r"\ce",
    r"\smash",
    r"\widetilde",
    r"\operatorname",
    r"\overline",
    r"\xrightarrow",
    r"\frac",
    r"\prime",
]
ENVIRONMENTS = [
    rf"\{edge}{{{name}}}" for edge in ("begin", "end") for name in ("eqnarray", "smallmatrix", "aligned", "displaymath")
]
PIECES = st.sampled_from(
    [*r"ab{}$&_^<>'5𝐱", "\\", " ", "\n", r"\left<", r"\right>", r"\begin{alignat}{2}", *COMMANDS, *ENVIRONMENTS]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_any_tex_is_drawn_or_told(tex: str, display: bool) -> None:
    """Whatever is written, it becomes MathML, or an error of ours."""
    try:
        mathml = to_mathml(tex, display=display)
    except TexError:
        return
    assert mathml.startswith("<math")
    assert not any("\ue000" <= char <= "\uf8ff" for char in mathml)


@given(st.text(max_size=40))
def test_rewriting_leaves_other_text_alone(text: str) -> None:
    """What holds no command stays as it is."""
    plain = text.replace("\\", "")
    assert rewrite_tex(plain) == plain
