"""Text as a PDF, TeX or a converter leaves it, made plain: ligatures, hyphens at line ends, powers, spaces."""

from __future__ import annotations

import re

LIGATURES = str.maketrans(
    {
        **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
        **dict.fromkeys("−‒–", "-"),  # minus and the dashes between numbers
        **dict.fromkeys("\u00a0\u2007\u2008\u200a", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", ""),  # soft hyphens and what has no width
        **dict.fromkeys("∼～˜", "~"),
        **dict.fromkeys("‘’′", "'"),
        **dict.fromkeys("“”″", '"'),
    }
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
HYPHEN_AT_END = re.compile(r"(?<=[a-z])-\s*\n\s*(?=[a-z])")
NARROW_SPACE = re.compile(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))")
GROUPS = re.compile(r"(?<![\w.,-])\d{1,3}(?:(?:[\u00a0'’]\d{3})+|(?: \d{3})* 000)(?!\d|[.,]\d)")
"""Thousands apart from one another: by a space that does not break, an apostrophe, or a space before noughts."""

MATHS = re.compile(
    # between single dollars no space stands inside, and no digit behind, or it is a price
    r"\$\$(.+?)\$\$|\$(?!\s)((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]",
    re.DOTALL,
)
WRAPPERS = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|mathtt|boldsymbol|bm|text|textbf|operatorname|bar|hat|tilde|overline|underline"
    r"|textit|texttt|textsf|textrm|emph|mbox|boxed|num|qty|SI|displaystyle|scriptstyle|left|right|,|;|!|:|quad|qquad)"
    r"(?![A-Za-z])"
)
COLOURS = re.compile(r"\\(?:text|cell|row)?color\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}")
SIGNS = (
    (re.compile(r"\\(?:times|cdot)(?![A-Za-z])"), "×"),
    (re.compile(r"\\(?:sim|approx)(?![A-Za-z])"), "~"),
    (re.compile(r"\\(?:gg|geq?|geqslant|gtrsim)(?![A-Za-z])"), ">"),
    (re.compile(r"\\(?:ll|leq?|leqslant|lesssim)(?![A-Za-z])"), "<"),
    (re.compile(r"\\(?:pm|mp)(?![A-Za-z])"), "±"),
    (re.compile(r"\\(?:to|rightarrow)(?![A-Za-z])"), "→"),
    (re.compile(r"\\in(?![A-Za-z])"), "∈"),
    (re.compile(r"\\%"), "%"),
)
DECIMAL_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)(?!\d{3}(?!\d))")
LIST_COMMA = re.compile(r",(?!\d{3}(?!\d))")


def clean_text(text: str) -> str:
    """Return a text with its letters, signs and spaces as one would type them; a power is written with “^”."""
    text = RAISED_RUN.sub(lambda match: "^" + match[0].translate(RAISED), text)
    text = HYPHEN_AT_END.sub("", NARROW_SPACE.sub(",", text))
    text = GROUPS.sub(lambda match: re.sub(r"\D", ",", match[0]), text)
    text = text.replace("\u2009", " ").replace("\u202f", " ").translate(LIGATURES)
    return re.sub(r"[ \t\r\f\v]+", " ", text).strip()


def clean_maths(tex: str) -> str:
    r"""Return the numbers and signs of a formula without what sets them: ``3 \times 1 0 ^ { 2 2 }`` is “3×10^22”.

    A converter puts spaces between all signs of a formula, so that none of them means anything.
    """
    tex = WRAPPERS.sub("", COLOURS.sub("", DECIMAL_COMMA.sub(".", tex)))
    for pattern, sign in SIGNS:
        tex = pattern.sub(sign, tex)
    return LIST_COMMA.sub(", ", re.sub(r"[\s{}]", "", tex))


def clean_formulas(text: str) -> str:
    """Return a text with the formulas between dollars, or TeX's brackets, made plain."""
    return MATHS.sub(lambda match: " " + clean_maths(next(filter(None, match.groups()))) + " ", text)
