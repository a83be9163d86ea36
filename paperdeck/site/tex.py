"""The TeX of a bibliography as plain text: accents, emphasis, symbols and small formulas."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import latexcodec  # noqa: F401 (registers the codec)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MATHS = re.compile(
    r"(?<!\\)\$\$?(?P<dollars>.+?)(?<!\\)\$\$?|\\\((?P<brackets>.+?)\\\)|\\ensuremath\s*\{(?P<ensured>[^{}]*)\}", re.S
)
LINK = re.compile(r"\\href\s*\{[^{}]*\}")
DOTLESS = re.compile(r"(\\(?:[`'^\"~=.]|[vuHbcdkrt]\b))\s*\{?\s*\\([ij])(?![A-Za-z])\s*(?:\{\})?\}?")
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
ROOT = re.compile(r"\\sqrt\s*(?:\{\s*([^\s{}\\]|\d+)\s*\}|\{([^{}]*)\})")
RAISED = re.compile(r"\\text(super|sub)script\s*\{([^{}\\]*)\}")
THIN = re.compile(r"\\[,;:>]")
COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)\*?(?P<space>[ \t]*)(?P<empty>\{\})?(?P<argument>(?=\{))?")
SCRIPT = re.compile(r"([\^_])\s*(?:\{([^{}]*)\}|([^\s{}\\(]))")
SPACES = re.compile(r"\\[,;:!> ]|\\q?quad(?![A-Za-z])|\\\\|[ \t\r\n]+")

FORMATS = frozenset(
    re.findall(
        r"\w+",
        "emph textit textbf texttt textsc textrm textsf textsl textup textnormal mbox hbox text underline uline url"
        " path mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm operatorname ensuremath"
        " MakeUppercase MakeLowercase uppercase lowercase protect relax left right big Big bigl bigr limits"
        " em it bf sc tt rm sf sl itshape bfseries scshape ttfamily upshape normalfont displaystyle",
    )
)
"""Commands that say how a text looks."""

SYMBOLS: dict[str, str] = dict(
    re.findall(
        r"(\w+):(\S)",
        "alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ pi:π"
        " rho:ρ sigma:σ tau:τ upsilon:υ phi:φ chi:χ psi:ψ omega:ω varepsilon:ε vartheta:ϑ varphi:ϕ varrho:ϱ varsigma:ς"
        " Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω"
        " times:× cdot:· div:÷ pm:± mp:∓ ast:∗ star:⋆ circ:∘ bullet:• sqrt:√ prime:′ mid:∣ parallel:∥ oplus:⊕ otimes:⊗"
        " leq:≤ le:≤ geq:≥ ge:≥ neq:≠ ne:≠ approx:≈ sim:∼ simeq:≃ equiv:≡ propto:∝ ll:≪ gg:≫ ldots:… dots:… cdots:…"
        " to:→ rightarrow:→ leftarrow:← leftrightarrow:↔ Rightarrow:⇒ mapsto:↦ infty:∞ partial:∂ nabla:∇ sum:∑ prod:∏"
        " int:∫ in:∈ notin:∉ subset:⊂ subseteq:⊆ cup:∪ cap:∩ emptyset:∅ forall:∀ exists:∃ ell:ℓ hbar:ℏ dagger:†"
        " langle:⟨ rangle:⟩",
    )
)
"""What a command of maths is as a character."""

RELATIONS = frozenset(re.findall(r"\w+", "to rightarrow leq le geq ge neq ne approx sim equiv in times subset ll gg"))
"""Symbols with air around them."""

ABOVE = str.maketrans("0123456789+-−=()nidT′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵈᵀ′")
BELOW = str.maketrans("0123456789+-−=()aeijkmnopstux", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₘₙₒₚₛₜᵤₓ")
READ_SIGNS, WRITTEN_SIGNS = str.maketrans("^_", "\4\5"), str.maketrans("\4\5", "^_")
"""What stands for the sign of a script that has no small letters, until those around it are read."""
LITERAL = {r"\{": "\1", r"\}": "\2", r"\textbackslash": "\3", r"\-": "", r"\!": ""}
"""What stands for characters that mean something else in TeX, until all of it is read."""


def read_tex(text: str) -> str:
    """Return what a reader reads; of a command that is not known its argument is kept, else its name."""
    for written, meant in LITERAL.items():
        text = text.replace(written, meant)
    text = MATHS.sub(lambda match: read_formula(match["dollars"] or match["brackets"] or match["ensured"] or ""), text)
    text = DOTLESS.sub(r"\1{\2}", LINK.sub("", text))
    text = RAISED.sub(_read_raised, THIN.sub("\N{NARROW NO-BREAK SPACE}", text))
    text = COMMAND.sub(_read_command, text)
    decode: Callable[[str], tuple[str, int]] = codecs.getdecoder("ulatex")  # type: ignore[assignment] # text to text
    text = decode(re.sub(r"(?<!\\)%", r"\\%", text.rstrip("\\")))[0]
    text = COMMAND.sub(lambda match: "" if match["argument"] is not None else match["name"], text)
    text = re.sub(r"[{}\\]", "", text).translate(str.maketrans("\1\2\3", "{}\\"))
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _read_command(match: re.Match[str]) -> str:
    """Return what is left of a command: nothing of those that format; accents and the like are the codec's."""
    if symbol := SYMBOLS.get(match["name"]):
        return symbol + match["space"]
    return "" if match["name"] in FORMATS else match[0]


def read_formula(formula: str) -> str:
    """Return a small formula in a line: “O(n log n)”, “10⁻³”."""
    text = ROOT.sub(_read_root, FRACTION.sub(_read_fraction, SPACES.sub(" ", formula)))
    text = COMMAND.sub(_read_maths_command, text)
    for _ in range(3):  # scripts in scripts
        text = SCRIPT.sub(_read_script, text)
    return text.translate(WRITTEN_SIGNS).replace("-", "−").strip()


def _read_fraction(match: re.Match[str]) -> str:
    return "/".join(f"({part})" if re.search(r"\S\s*[-+]", part) else part for part in match.groups())


def _read_root(match: re.Match[str]) -> str:
    return f"√{match[1]}" if match[1] else f"√({match[2]})"


def _read_maths_command(match: re.Match[str]) -> str:
    name = match["name"]
    space = " " if match["space"] else ""
    if name in RELATIONS:
        return SYMBOLS[name] + space
    return "" if name in FORMATS else SYMBOLS.get(name) or name + space


def _read_raised(match: re.Match[str]) -> str:
    """Return a text above or below the line as small letters where there are such; else as it is: “1st”."""
    return write_script(match[2], ABOVE if match[1] == "super" else BELOW)


def write_script(text: str, letters: Mapping[int, int]) -> str:
    """Return a text in these small letters where they have all of it; else as it is."""
    return text.translate(letters) if all(ord(letter) in letters for letter in text) else text


def _read_script(match: re.Match[str]) -> str:
    """Return a script as small letters where there are such; else after its sign."""
    mark, script = match[1], match[3] if match[2] is None else match[2]
    table = ABOVE if mark == "^" else BELOW
    if all(ord(letter) in table for letter in script):
        return script.translate(table)
    sign = mark.translate(READ_SIGNS)
    return f"{sign}{script}" if len(script) < 2 or script.isalnum() else f"{sign}({script})"
