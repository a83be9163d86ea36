"""MathML: what a browser draws of TeX is what is meant, in the faces of the look."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from paperdeck.maths.mathml import divide_equation, to_mathml
from paperdeck.maths.tex import REFUSED, TexError
from tests.conftest import TOP

GUIDE = (TOP / "guide" / "maths.md").read_text(encoding="utf-8")
LISTED = re.findall(r"(?m)^\| `(.+)` \| \{math\}`(.+)` \|$", GUIDE)
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def parse(tex: str) -> ET.Element:
    """Return the MathML of TeX."""
    return ET.fromstring(to_mathml(tex, display=True))


def classes_of(tex: str, tag: str) -> list[str]:
    """Return the classes of the elements of one kind."""
    return [element.get("class", "") for element in parse(tex).iter(f"{MATHML}{tag}")]


@pytest.mark.parametrize(("tex", "drawn"), LISTED)
def test_what_the_guide_lists_is_drawn(tex: str, drawn: str) -> None:
    """Every formula of the list is drawn whole: no text of an error, no sign of ours left over, sound XML."""
    assert tex == drawn
    root = parse(tex)
    assert not list(root.iter(f"{MATHML}merror"))
    assert not re.search(r"[\ue000-\uf8ff\\\\]", "".join(root.itertext()))
    assert "scriptlevel" not in to_mathml(tex)


def test_the_guide_lists_something() -> None:
    """The list is found where the test above looks for it, and so is what cannot be drawn."""
    assert len(LISTED) > 40
    assert [command for command in REFUSED if f"`\\{command}`" not in GUIDE] == []


def marked(tex: str) -> list[tuple[str, str | None]]:
    """Return each identifier of a formula with its class."""
    return [
        (mi.get_text(), " ".join(mi.get("class", [])) or None) for mi in BeautifulSoup(to_mathml(tex), "html5lib")("mi")
    ]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x", ("x", "variable")),
        (r"\lambda", ("λ", "variable")),
        (r"\mathrm{d}", ("d", "name")),
        (r"\Gamma", ("Γ", "name")),
        (r"\operatorname{softmax}", ("softmax", "name")),
        (r"\mathrm{FFN}", ("FFN", "name")),
        (r"\operatorname{arg\,max}", ("arg\u2009max", "name")),
        (r"\mathcal{L}", ("ℒ", None)),
        (r"\mathscr{L}", ("ℒ", None)),
        (r"\mathbb{R}", ("ℝ", None)),
        (r"\mathbf{W}", ("W", "name bold")),
        (r"\bm{x}", ("x", "variable bold")),
        (r"\mathit{diff}", ("diff", "variable")),
        (r"\mathsf{x}", ("x", "name")),
        (r"\mathtt{x}", ("x", "name mono")),
        (r"\mathbf{1}", ("1", "name bold")),
        (r"\boldsymbol{\theta}", ("𝜽", None)),
        (r"\infty", ("∞", None)),
    ],
)
def test_letters_say_which_face_draws_them(tex: str, expected: tuple[str, str | None]) -> None:
    """Variables and names come from the text face, script, bold and what it lacks from the maths face."""
    assert marked(tex) == [expected]


@pytest.mark.parametrize(
    ("tex", "name", "gaps"),
    [
        (r"a &= \operatorname{softmax}(x) \\ b &= 1", "softmax", ("0", "0")),
        (r"a &= \operatorname{softmax}_j x \\ b &= 1", "softmax", ("0", "0.1667em")),
        (r"a &= b \operatorname{arg\,max} x \\ b &= 1", "arg\u2009max", ("0.1667em", "0.1667em")),
        (r"\begin{cases} \sin x & y \end{cases}", "sin", ("0", "0.1667em")),
    ],
)
def test_names_in_rows_have_the_face_of_names(tex: str, name: str, gaps: tuple[str, str]) -> None:
    """In the rows of an environment a name is an operator with its own space around it, and drawn like the others."""
    page = BeautifulSoup(to_mathml(tex, display=True), "html5lib")
    operator = page.find("mo", string=name)
    assert operator["class"] == ["name"]
    assert (operator["lspace"], operator["rspace"]) == gaps
    assert [sign["class"] for sign in page("mo") if sign.get("class")] == [["name"]]


@pytest.mark.parametrize(
    "tex", [r"\operatorname{f} x", r"\begin{cases} a & b < c \\ d & e \end{cases}", r"\text{a < b é}"]
)
def test_mathml_is_xml(tex: str) -> None:
    """No entity of HTML is left, so that an EPUB can hold it."""
    assert ET.fromstring(to_mathml(tex)).tag == "{http://www.w3.org/1998/Math/MathML}math"


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{align} a &= b \\ c &= d \end{align}",
        r"\begin{align*} a &= b \\ c &= d \nonumber \end{align*}",
        r"\begin{split} a &= b \\ c &= d \end{split}",
        r"\begin{gather} a \\ b \end{gather}",
        r"\begin{equation} \begin{split} a &= b \\ c &= d \end{split} \end{equation}",
        r"a &= b \\ c &= d",
        "a &= b\n\nc &= d",
    ],
)
def test_rows_stay_rows_and_get_no_number(tex: str) -> None:
    """Whatever makes the rows, there are two, and what numbers them is Sphinx."""
    page = BeautifulSoup(to_mathml(tex, display=True), "html5lib")
    assert len(page("mtr")) == 2
    assert not page("mtext")


def test_row_of_a_matrix_is_not_a_row_of_the_equation() -> None:
    """A line end inside an environment belongs to that environment."""
    tex = r"A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    assert to_mathml(tex, display=True).count("<mtable") == 1


@pytest.mark.parametrize(
    ("tex", "message", "near"),
    [
        (r"a + \nosuch b", 'Unknown command "\\nosuch"', r"\nosuch b"),
        ("a = b\n+ \\nosuch\n+ c", 'Unknown command "\\nosuch"', r"\nosuch"),
        (r"\frac{1}", "Expected argument but reached end of input", r"\frac{1}"),
        (r"a \label{x}", "Sphinx numbers equations", r"\label{x}"),
        (r"a \tag{3}", "Sphinx numbers equations", r"\tag{3}"),
        (r"see \eqref{x}", "{eq}`label`", r"\eqref{x}"),
        (r"\newcommand{\a}{b} \a", "paperdeck_tex_macros", r"\newcommand{\a}{b} \a"),
    ],
)
def test_mistake_says_what_and_where(tex: str, message: str, near: str) -> None:
    """TeX of which nothing could come is told, with the text that is wrong."""
    with pytest.raises(TexError) as caught:
        to_mathml(tex, display=True)
    assert message in str(caught.value)
    assert caught.value.near == near


@pytest.mark.parametrize(
    "tex",
    ["x+" * 500_000, "{" * 9_000, r"\left(" * 1_500, "(" * 40, r"\{x" * 40, r"\frac{" * 101 + "x" + "}{y}" * 101],
    ids=["huge", "groups", "fences", "brackets", "braces", "fractions"],
)
def test_hostile_tex_is_refused(tex: str) -> None:
    """What would kill the converter, or keep it for years, never reaches it."""
    with pytest.raises(TexError, match=r"characters|Nested too deeply"):
        to_mathml(tex)


def test_macros_take_arguments() -> None:
    """A macro stands for its TeX, with what it was given."""
    macros = {"R": r"\mathbb{R}", "norm": r"\lVert #1 \rVert"}
    assert to_mathml(r"\R \norm{x}", macros=macros) == to_mathml(r"\mathbb{R} \lVert x \rVert")


@pytest.mark.parametrize(
    ("letter", "variant"),
    [("epsilon", "varepsilon"), ("theta", "vartheta"), ("phi", "varphi"), ("rho", "varrho"), ("pi", "varpi")],
)
def test_letter_and_variant_have_one_face(letter: str, variant: str) -> None:
    """A Greek letter and its variant come from the same face, and are two letters."""
    (one, face), (other, second_face) = marked(rf"\{letter} \{variant}")
    assert one != other
    assert face is second_face is None


@pytest.mark.parametrize("tex", ["x'", "f'_i(x)", "x''", "x'^2", r"x^\prime", "e^{x'}", r"\hat{f}'"])
def test_primes_are_no_script_of_a_script(tex: str) -> None:
    """A prime is set as large as its letter, once, however it is written."""
    primes = [element for element in parse(tex).iter(f"{MATHML}mpadded") if element.get("class") == "prime"]
    assert ["".join(prime.itertext()) for prime in primes] in (["′"], ["″"])
    assert [len(list(prime.iter(f"{MATHML}mpadded"))) for prime in primes] == [1]


@pytest.mark.parametrize(
    ("tex", "classes"),
    [
        (r"\xrightarrow{n\to\infty}", "grown arrow to-right"),
        (r"\xleftarrow[b]{a}", "grown arrow to-left"),
        (r"\xRightarrow{a}", "grown arrow double to-right"),
        (r"\xmapsto{a}", "grown arrow to-right from-bar"),
        (r"\overrightarrow{AB}", "grown arrow to-right"),
        (r"\widetilde{abc}", "grown wide-tilde"),
    ],
)
def test_what_grows_is_as_long_as_what_it_marks(tex: str, classes: str) -> None:
    """An arrow with a label, over letters, or a wide accent is drawn by the style sheet; the sign is there to hear."""
    assert classes_of(tex, "mpadded") == [classes]


@pytest.mark.parametrize("tex", [r"a \to b", r"\overset{a}{\to}", r"A \Rightarrow B"])
def test_plain_arrows_stay_signs(tex: str) -> None:
    """An arrow that is not to grow is a letter of the maths face."""
    assert classes_of(tex, "mpadded") == []


def test_lines_are_drawn_as_borders() -> None:
    """A line over or under letters is as long as they are."""
    assert [name for name in classes_of(r"\overline{AB} \underline{C}", "mrow") if name] == ["line-over", "line-under"]


@pytest.mark.parametrize(
    "tex", [r"\overline{\overline{x}}", r"\underline{\overline{x}}", r"\smash{\overline{\overline{x}}}"]
)
def test_lines_may_lie_on_lines(tex: str) -> None:
    """What is drawn anew is so within what is drawn anew."""
    assert len([name for name in classes_of(tex, "mrow") if name.startswith("line-")]) == 2


def test_text_in_another_face_is_one_text() -> None:
    """No element of HTML stands in a formula."""
    root = parse(r"\textbf{a} \texttt{b} \textsf{c}")
    texts = [(text.text, text.get("class")) for text in root.iter(f"{MATHML}mtext")]
    assert texts == [("a", "bold"), ("b", "mono"), ("c", None)]
    assert all(element.tag.startswith(MATHML) for element in root.iter())


@pytest.mark.parametrize(
    ("tex", "divided"),
    [
        (r"a = b", [["a", "=b"]]),
        (r"a, \qquad b = c \quad d", [["a,"], ["b", "=c"], ["d"]]),
        (r"= a \approx b", [["=a", "≈b"]]),
        (r"a + \left( b = c \right)", [["a+(b=c)"]]),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", [["a=bc=d"]]),
        ("", [[]]),
    ],
)
def test_equation_is_divided_where_a_line_may_begin(tex: str, divided: list[list[str]]) -> None:
    """Before a relation and after a wide space, but never inside brackets and rows; nothing is lost."""
    parts = [["".join(ET.fromstring(part).itertext()) for part in group] for group in divide_equation(tex)]
    assert parts == divided
