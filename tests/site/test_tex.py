"""TeX as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.site.tex import FORMATS, SYMBOLS, read_tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"A \& B: 50\% more, 100% sure, \$5, C\#, a\_b", "A & B: 50% more, 100% sure, $5, C#, a_b"),
        (r"{GLaM}: \"Uber {\'e}clairs, na\"{\i}ve, {\'{\i}}ndice", "GLaM: Über éclairs, naïve, índice"),
        (r"Mu{\~n}oz \c{c} \v{s} \ss{} \o{} \aa{} \L{}", "Muñoz ç š ß ø å Ł"),
        (r"\emph{more}, \textit{E. coli}, {\em cat}, \textsc{Bert}", "more, E. coli, cat, Bert"),
        (r"Sorting in $O(n \log n)$", "Sorting in O(n log n)"),
        (r"$\alpha$-decay of $^{4}$He, H$_2$O, $10^{-3}$", "α-decay of ⁴He, H₂O, 10⁻³"),
        (r"$\mathcal{O}(\sqrt{n})$, \(x^{a+b}\), $\frac{1}{2}$", "O(√n), x^(a+b), 1/2"),
        (r"$\frac{a + b}{c-1}$, $\frac{-1}{2}$", "(a + b)/(c−1), −1/2"),
        (r"$L_{\text{max}}$, $\mathbb{R}^d$, \ensuremath{\beta}, $x \to y$", "L_max, Rᵈ, β, x → y"),
        ("a~b -- c --- d ``q'' \\ldots", "a\u00a0b – c — d “q” …"),
        (r"\LaTeX{} is \TeX", "LaTeX is TeX"),
        (r"\href{https://example.org}{the page}, \url{https://example.org/a_b}", "the page, https://example.org/a_b"),
        (r"\unknown{kept} and \{braces\} and {{two}}", "kept and {braces} and two"),
        ("open { brace and $ sign", "open brace and $ sign"),
        (r"5\,km, 3\;s, a\!b", "5\u202fkm, 3\u202fs, ab"),
        (r"H\textsubscript{2}O, x\textsuperscript{2}, the 1\textsuperscript{st}", "H₂O, x², the 1st"),
        ("  folded \n  lines ", "folded lines"),
        ("<s> & </s>", "<s> & </s>"),
    ],
)
def test_tex_is_read_as_a_reader_reads_it(tex: str, text: str) -> None:
    """Commands are done, not shown; formulas are set in a line."""
    assert read_tex(tex) == text


@given(st.lists(st.sampled_from([*"\\{}$^_%&#~ ab", "\\emph", "\\alpha", "\\'", "\\foo"]), max_size=20).map("".join))
def test_any_tex_is_a_text(tex: str) -> None:
    """Nothing raises, and no formatting command is left."""
    assert not [name for name in FORMATS | SYMBOLS.keys() if f"\\{name}" in read_tex(tex)]
