"""A diagram or chart as a picture that stands alone, colours and fonts in it, for outputs without a style sheet."""

from __future__ import annotations

import functools
import re
import tempfile
from itertools import product
from pathlib import Path

import vl_convert

from paperdeck.pictures import text_width

STYLE_SHEET = Path(__file__).parents[1] / "theme" / "static" / "tokens.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CUSTOM = re.compile(r"(--[-\w]+):\s*([^;]+);")
_FONT = re.compile(r"font: (\d+) (\w+)/[\d.]+ ([^;]+)")
_VAR = re.compile(r"var\((--[-\w]+)\)")
_ANY_OF = re.compile(r":is\(([^()]*)\)")


def as_pdf(svg: str, kind: str = "diagram") -> bytes:
    """Return the SVG of a diagram or ``chart`` as PDF, in the light colours, its text as text."""
    _register_fonts()
    return bytes(vl_convert.svg_to_pdf(standalone(svg, kind)))


def as_png(svg: str, kind: str = "diagram", scale: float = 2) -> bytes:
    """Return the SVG of a diagram or ``chart`` as PNG, in the light colours, ``scale`` pixels for each of its own."""
    _register_fonts()
    return bytes(vl_convert.svg_to_png(standalone(svg, kind), scale=scale))


def standalone(svg: str, kind: str = "diagram") -> str:
    """Return an SVG with the rules that the style sheet has for its kind in it, values written out."""
    svg = _VAR.sub(lambda used: _values().get(used[1], "inherit"), svg)
    return re.sub(r"<svg[^>]*>", lambda opening: f"{opening[0]}<style>{_rules(kind)}</style>", svg, count=1)


@functools.cache
def _sheet() -> list[tuple[str, str]]:
    """Return the rules of the style sheet: selector and body."""
    rules = _RULE.findall(_COMMENT.sub("", STYLE_SHEET.read_text(encoding="utf-8")))
    return [(selector.strip(), body) for selector, body in rules]


@functools.cache
def _values() -> dict[str, str]:
    """Return the light values of the custom properties."""
    values = dict(_CUSTOM.findall(next(body for selector, body in _sheet() if selector == ":root")))
    return {**values, "--ground": values["--pd-paper"]}


@functools.cache
def _rules(kind: str) -> str:
    """Return the style sheet's rules for a kind, without ``var()`` and ``:is()``, which the converter lacks."""
    plain = []
    for selector, body in _sheet():
        if selector.startswith(f".{kind} ") and ":focus" not in selector:
            while used := _VAR.search(body):
                body = body.replace(used[0], _values().get(used[1], "inherit"))
            body = _FONT.sub(r"font-weight: \1; font-size: \2; font-family: \3", body)
            plain += [f"{one}{{{body}}}" for one in _without_any_of(selector.removeprefix(f".{kind} "))]
    return "".join(plain).replace("<", "&lt;")


def _without_any_of(selector: str) -> list[str]:
    """Return the selectors that one with ``:is`` stands for."""
    pieces = _ANY_OF.split(selector)
    choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return ["".join(part.strip() if index % 2 else part for index, part in enumerate(one)) for one in product(*choices)]


@functools.cache
def _register_fonts() -> tempfile.TemporaryDirectory[str]:
    """Tell the converter of the served fonts; without them it drops all text. It reads them until the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="paperdeck-fonts-")
    for face in ("Regular", "Medium", "SemiBold", "Italic"):
        Path(folder.name, f"{face}.ttf").write_bytes(text_width.load_plain_font(face))
    vl_convert.register_font_directory(folder.name)
    return folder
