"""The brand of a project: its colours and the theme of its decks, checked and written as one style sheet; its logo."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import copyfile, relative_uri

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.files import is_file
from paperdeck.messages import Subtype, warn
from paperdeck.site.assets import THEME, needs_files
from paperdeck.slides.grounds import OPAQUE, read_colour
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config as SphinxConfig
    from sphinx.util.typing import ExtensionMetadata

THEMES = THEME / "themes"
SHEET = "paperdeck-brand.css"
"""What is written beside our style sheets, where a project sets something."""
SCHEMES = ("light", "dark")
LARGEST = 1.25
"""The most by which a theme may enlarge the type."""


class Colours(NamedTuple):
    """A colour in the light and in the dark."""

    light: str
    dark: str


GROUNDS = ("paper", "surface", "sunk")
PAIRS: tuple[tuple[str, str, float], ...] = (
    *product(("ink", "head"), (*GROUNDS, "accent-tint"), (7,)),
    *product(("muted", "link", "accent-text"), (*GROUNDS, "accent-tint"), (4.5,)),
    *product(("code-keyword", "code-string", "code-number", "code-comment"), ("surface", "accent-tint"), (4.5,)),
    ("on-accent", "accent", 4.5),
    ("on-head", "head", 4.5),
    *product(("line", "accent", "series-1", "series-2", "series-3", "series-4"), GROUNDS, (3,)),
    *product(("series-1", "series-3", "series-4"), ("paper", "surface"), (4.5,)),  # their names are written in them
    *product(("series-context",), ("paper", "surface"), (3,)),
)
"""What must be read or seen on what, and at least how well: body 7, other text 4.5, drawn marks 3 (WCAG 2)."""


@dataclass(frozen=True)
class Theme:
    """A look of decks: a file of colours, how much larger their type is, and a handful of rules."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    scheme: str = ""
    """What a deck opens in; empty for what ``paperdeck_scheme`` says."""
    type: float = 1
    rules: str = ""


@cache
def list_tokens() -> dict[str, Colours]:
    """Return the colours that can be set, as ``tokens.css`` has them."""
    text = (THEME / "static" / "tokens.css").read_text("utf-8")
    found = re.findall(r"--pd-([\w-]+): light-dark\((#\w+), (#\w+)\);", text)
    return {name: Colours(light, dark) for name, light, dark in found}


def suggest(name: str, names: Iterable[str]) -> str:
    """Return what to write in the place of a name that nobody has."""
    names = sorted(names)
    close = get_close_matches(name, names, n=1)
    return (
        f"did you mean {close[0]!r}? Write one of {', '.join(names)}" if close else f"write one of {', '.join(names)}"
    )


def contrast(mark: str, ground: str) -> float:
    """Return how well one colour is seen on the other, from 1 to 21."""
    low, high = sorted((read_colour(colour) or (0, 0))[0] for colour in (mark, ground))
    return (high + 0.05) / (low + 0.05)


def list_weak(colours: Mapping[str, str], changed: Iterable[str]) -> list[str]:
    """Return the pairs of one scheme that are not told apart well enough and of which one was set, the worst first."""
    changed = {*changed}
    pairs = [(mark, ground, least) for mark, ground, least in PAIRS if changed & {mark, ground}]
    found = [(contrast(colours[mark], colours[ground]) / least, mark, ground, least) for mark, ground, least in pairs]
    return [
        f"{mark} on {ground} has {share * least:.1f}:1 and needs {least:g}:1"
        for share, mark, ground, least in sorted(found)
        if share < 1
    ]


def is_colour(value: object) -> bool:
    """Tell whether a value is a colour of which the build knows how light it is, and that is not seen through."""
    colour = read_colour(value) if isinstance(value, str) else None
    return colour is not None and colour[1] >= OPAQUE


def clean_colours(
    given: Mapping[str, Any], is_good: Callable[[Any], bool], tell: Callable[[str, str], None]
) -> dict[str, Any]:
    """Return the colours that can be used; tell of the others.

    :param is_good: tells whether a value is one
    :param tell: takes a name, and what is wrong with it
    """
    good = {}
    for name, value in given.items():
        if name not in list_tokens():
            tell(name, f"{name!r} is no colour of ours and was ignored; {suggest(name, list_tokens())}")
        elif not is_good(value):
            tell(name, f"{name!r} is {value!r}, which is no colour, and was ignored; write one such as '#1d4f9e'")
        else:
            good[name] = value
    return good


def read_theme(name: str, folder: Path) -> Theme | None:
    """Return a theme of ours by its name or one of the project's by its file; None, and a warning, for none.

    Warns ``paperdeck.config``: there is no such theme, its file cannot be read, or it says what cannot be.
    """
    path = folder / name if name.endswith(".toml") else THEMES / f"{name}.toml"
    themes = (theme.stem for theme in THEMES.glob("*.toml"))
    if not is_file(path):
        advice = suggest(name, themes) + ", or the path of a file such as 'themes/hall.toml'"
        warn(
            Subtype.CONFIG,
            "paperdeck_theme = %r in conf.py names no theme and was ignored; %s",
            name,
            advice,
            location=None,
        )
        return None

    text = path.read_text("utf-8", errors="replace")

    def tell(name: str, message: str) -> None:
        before = re.split(rf"^\s*\[?{re.escape(name)}\b", text, maxsplit=1, flags=re.MULTILINE)[0]
        warn(Subtype.CONFIG, "%s", message, location=f"{path}:{before.count(chr(10)) + 1}")

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        warn(Subtype.CONFIG, "the theme was ignored, for it is no TOML: %s", problem, location=f"{path}:1")
        return None
    known = ("scheme", "type", *SCHEMES)
    for key in (key for key in values if key not in known):
        tell(key, f"{key!r} is nothing that a theme says and was ignored; {suggest(key, known)}")
    scheme, size = values.get("scheme", ""), values.get("type", 1)
    if scheme not in ("", *SCHEMES, "auto"):
        tell("scheme", f"scheme = {scheme!r} was ignored; write 'light', 'dark' or 'auto'")
        scheme = ""
    if isinstance(size, bool) or not isinstance(size, (int, float)) or not 1 <= size <= LARGEST:
        tell("type", f"type = {size!r} was ignored; write how much larger the text is, from 1 to {LARGEST}")
        size = 1
    for side in SCHEMES:
        if not isinstance(colours := values.setdefault(side, {}), dict):
            tell(side, f"{side} = {colours!r} was ignored; write its colours below a line “[{side}]”")
            values[side] = {}
    light, dark = (clean_colours(values[side], is_colour, tell) for side in SCHEMES)
    rules = path.with_suffix(".css")
    return Theme(light, dark, scheme, size, rules.read_text("utf-8") if rules.is_file() else "")


def merge_colours(theme: Theme | None, tokens: Mapping[str, Colours]) -> dict[str, Colours]:
    """Return the colours that are set, those of conf.py before those of the theme."""
    light, dark = (theme.light, theme.dark) if theme else ({}, {})
    merged = {}
    for name, ours in list_tokens().items():
        if name in tokens:
            merged[name] = tokens[name]
        elif name in light or name in dark:
            merged[name] = Colours(light.get(name, ours.light), dark.get(name, ours.dark))
    return merged


def check_contrast(who: str, colours: Mapping[str, Colours], changed: Iterable[str]) -> None:
    """Warn where a colour that was set cannot be told from what it lies on (``paperdeck.config``).

    :param changed: the names of those that were set there
    """
    every = {**list_tokens(), **colours}
    for scheme in SCHEMES:
        if weak := list_weak({name: getattr(both, scheme) for name, both in every.items()}, changed):
            message = "%s: in the %s scheme %s; set one of each two darker or lighter"
            warn(Subtype.CONFIG, message, who, scheme, ", ".join(weak), location=None)


def check_brand(app: Sphinx, config: SphinxConfig) -> None:
    """Put what the theme's file says in the place of its name, and colours in the place of what stands for them.

    Warns ``paperdeck.config``: a theme that is none, a name that no colour has, a value that is no colour, colours
    that cannot be told apart, a logo that is no file.
    """

    def tell(name: str, message: str) -> None:
        warn(Subtype.CONFIG, "paperdeck_tokens in conf.py: %s", message, location=None)

    def are_colours(value: object) -> bool:
        both = value if isinstance(value, (list, tuple)) else (value, value)
        return len(both) == len(SCHEMES) and all(map(is_colour, both))

    theme_name, given = config.paperdeck_theme, config.paperdeck_tokens
    # what stands in the file is part of the settings, so that pages are written again when it has changed
    config.paperdeck_theme = theme = read_theme(theme_name, app.confdir) if theme_name else None
    cleaned = clean_colours(given or {}, are_colours, tell)
    config.paperdeck_tokens = tokens = {
        token: Colours(value, value) if isinstance(value, str) else Colours(*value) for token, value in cleaned.items()
    }
    check_contrast("paperdeck_tokens in conf.py", merge_colours(None, tokens), tokens.keys())
    if theme:
        merged = merge_colours(theme, tokens)
        check_contrast(f"paperdeck_theme = {theme_name!r}", merged, merged.keys() - tokens.keys())
    for logo in list_logos(config):
        if not is_file(app.confdir / logo):
            message = "paperdeck_logo = %r in conf.py is no file and was ignored; write its path from that folder"
            warn(Subtype.CONFIG, message, logo, location=None)
            config.paperdeck_logo = ""


def list_logos(config: SphinxConfig) -> list[str]:
    """Return the files of the logo on decks: one, or those for the light and for the dark; none where there is none.

    An address is none, for a deck fetches nothing.
    """
    chosen = Config.of(config).logo
    if chosen is None:
        chosen = config.html_logo or ""
        if "://" in chosen:
            return []
    return [chosen] if isinstance(chosen, str) and chosen else [*chosen]


def logos_on_page(builder: StandaloneHTMLBuilder, docname: str) -> list[str]:
    """Return the addresses of the logo as they are written on a document's page."""
    here = builder.get_target_uri(docname)
    return [relative_uri(here, f"_static/{Path(logo).name}") for logo in list_logos(builder.config)]


def write_sheet(config: SphinxConfig, theme: Theme | None) -> str:
    """Return the style sheet of what is set; empty where nothing is.

    It stands in no layer, so that it comes before ours, and before what is linked after it.
    """
    colours = merge_colours(theme, Config.of(config).tokens or {})
    properties = " ".join(f"--pd-{name}: light-dark({light}, {dark});" for name, (light, dark) in colours.items())
    return "\n".join(filter(None, (properties and f":root {{ {properties} }}\n", theme.rules if theme else "")))


def theme_of(builder: StandaloneHTMLBuilder) -> Theme | None:
    """Return the theme of the pages of a builder: decks alone have one."""
    theme: Theme | None = builder.config.paperdeck_theme
    return theme if builder.name in DECK_BUILDERS else None


def scheme_of(builder: StandaloneHTMLBuilder) -> str:
    """Return the colours that the decks of a builder open in."""
    theme = theme_of(builder)
    return (theme and theme.scheme) or Config.of(builder.config).scheme


def has_sheet(builder: StandaloneHTMLBuilder) -> bool:
    """Tell whether the pages of a builder link a style sheet of what is set."""
    return bool(write_sheet(builder.config, theme_of(builder)))


def copy_brand(app: Sphinx, builder: Builder) -> None:
    """Write the style sheet and, for decks, the logo beside our own files, where there are any."""
    if not isinstance(builder, StandaloneHTMLBuilder) or not needs_files(builder):
        return
    folder = builder.outdir / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    if sheet := write_sheet(builder.config, theme_of(builder)):
        (folder / SHEET).write_text(sheet, encoding="utf-8")
    else:
        (folder / SHEET).unlink(missing_ok=True)  # of a build before
    for logo in list_logos(builder.config) if builder.name in DECK_BUILDERS else ():
        copyfile(builder.confdir / logo, folder / Path(logo).name, force=True)


class SlidesEnlarged(SphinxPostTransform):
    """Slides that know how much larger the theme of the deck sets their text."""

    builders = DECK_BUILDERS
    default_priority = 1  # before whatever asks for the room on a slide

    def run(self, **kwargs: object) -> None:
        """Write it on each slide; none is changed where the theme leaves the type alone."""
        theme: Theme | None = self.config.paperdeck_theme
        if theme and theme.type != 1:
            for node in find_all(self.document, slide):
                node["scale"] = theme.type


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the check and the transform."""
    app.connect("config-inited", check_brand, priority=600)  # when the values are checked
    app.connect("write-started", copy_brand)
    app.add_post_transform(SlidesEnlarged)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
