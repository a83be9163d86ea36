"""A diagram or chart as a picture that stands alone, colours and fonts in it, for outputs without a style sheet."""

from __future__ import annotations

import functools
import re
import tempfile
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from types import ModuleType

CONVERTER = "vl-convert (pip install 'paperdeck[pictures]')"
STYLE_SHEET = Path(__file__).parents[1] / "theme" / "static" / "tokens.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CUSTOM = re.compile(r"(--[-\w]+):\s*([^;]+);")
_FONT = re.compile(r"font: (\d+) (\w+)/[\d.]+ ([^;]+)")
_LIGHT_OR_DARK = re.compile(r"light-dark\(([^,]+),[^)]*\)")
_VAR = re.compile(r"var\((--[-\w]+)\)")
_ANY_OF = re.compile(r":is\(([^()]*)\)")


def convert_to_pdf(svg: str, kind: str = "diagram") -> bytes:
    """Return the SVG of a diagram or ``chart`` as PDF, in the light colours, its text as text."""
    return bytes(_load_converter().svg_to_pdf(write_out_styles(svg, kind)))


def convert_to_png(svg: str, kind: str = "diagram", scale: float = 2) -> bytes:
    """Return the SVG of a diagram or ``chart`` as PNG, in the light colours, ``scale`` pixels for each of its own."""
    return bytes(_load_converter().svg_to_png(write_out_styles(svg, kind), scale=scale))


def can_convert() -> bool:
    """Tell whether the converter is installed; it has no wheel for some systems."""
    return find_spec("vl_convert") is not None


def write_out_styles(svg: str, kind: str = "diagram") -> str:
    """Return an SVG with the rules that the style sheet has for its kind in it, values written out."""
    svg = _VAR.sub(lambda used: _read_light_values().get(used[1], "inherit"), svg)
    return re.sub(r"<svg[^>]*>", lambda opening: f"{opening[0]}<style>{_write_rules(kind)}</style>", svg, count=1)


@functools.cache
def _read_rules() -> list[tuple[str, str]]:
    """Return the rules of the style sheet: selector and body."""
    sheet = _COMMENT.sub("", STYLE_SHEET.read_text(encoding="utf-8"))
    rules = _RULE.findall(_LIGHT_OR_DARK.sub(r"\1", sheet))
    return [(selector.strip(), body) for selector, body in rules]


@functools.cache
def _read_light_values() -> dict[str, str]:
    """Return the light values of the custom properties."""
    values = dict(_CUSTOM.findall(next(body for selector, body in _read_rules() if selector == ":root")))
    return {**values, "--ground": values["--pd-paper"]}


@functools.cache
def _write_rules(kind: str) -> str:
    """Return the style sheet's rules for a kind, without ``var()`` and ``:is()``, which the converter lacks."""
    plain = []
    for selector, body in _read_rules():
        if selector.startswith(f".{kind} ") and ":focus" not in selector:
            while used := _VAR.search(body):
                body = body.replace(used[0], _read_light_values().get(used[1], "inherit"))
            body = _FONT.sub(r"font-weight: \1; font-size: \2; font-family: \3", body)
            plain += [f"{kept}{{{body}}}" for kept in _expand_any_of(selector.removeprefix(f".{kind} "))]
    return "".join(plain).replace("<", "&lt;")


def _expand_any_of(selector: str) -> list[str]:
    """Return the selectors that one with ``:is`` stands for."""
    pieces = _ANY_OF.split(selector)
    choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return [
        "".join(part.strip() if index % 2 else part for index, part in enumerate(chosen))
        for chosen in product(*choices)
    ]


@functools.cache
def _load_converter() -> ModuleType:
    """Return the converter, told of the served fonts: it drops all text in others."""
    try:
        import vl_convert  # 90 MB, which a build that exports nothing does without
    except ModuleNotFoundError:
        raise ExtensionError(f"no picture can be written to a file without {CONVERTER}") from None

    for face in ("Regular", "Medium", "SemiBold", "Italic"):
        Path(_font_folder().name, f"{face}.ttf").write_bytes(text_width.load_plain_font(face))
    vl_convert.register_font_directory(_font_folder().name)
    return vl_convert


@functools.cache
def _font_folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of the fonts: the converter reads them until the process ends."""
    return tempfile.TemporaryDirectory(prefix="paperdeck-fonts-")
