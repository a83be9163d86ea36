"""Every conf.py value: its type, default, check and help, in one place."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paperdeck.messages import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no page may hold."""


def _value(default: Any, help: str, *, rebuild: str = "html", check: Callable[[Any], str | None]) -> Any:  # noqa: A002
    return field(default=default, metadata={"help": help, "rebuild": rebuild, "check": check})


def one_of(*choices: object) -> Callable[[Any], str | None]:
    """Accept these values alone."""

    def check(value: Any) -> str | None:
        return None if value in choices else f"write one of {', '.join(map(repr, choices))}"

    return check


def whole_number(least: int, most: int) -> Callable[[Any], str | None]:
    """Accept an int from ``least`` to ``most``."""

    def check(value: Any) -> str | None:
        good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if good else f"write a whole number from {least} to {most}"

    return check


def is_text(value: Any) -> bool:
    """Tell whether a value is a text that can be written into a page."""
    return isinstance(value, str) and UNPRINTABLE.search(value) is None


def is_address(text: str) -> bool:
    """Tell whether an address can be taken apart."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def folder_url(value: Any) -> str | None:
    """Accept None, or an address that ends in a slash; of a scheme, none but the web's."""
    form = r"(?:https?:|(?![^/?#]*:))[^\s\x00-\x1f]*/"
    if value is None or (is_text(value) and re.fullmatch(form, value, re.I) and is_address(value)):
        return None
    return "write an address that ends in “/”, such as '../html/' or 'https://example.org/'"


def text_or_none(value: Any) -> str | None:
    """Accept None, or a text that is not empty."""
    return None if value is None or (is_text(value) and value.strip()) else "write a text, in quotes"


FOOTER_LETTERS = 40
"""The most that the footer of a slide has room for, beside the places of its numbers."""


def footer_line(value: Any) -> str | None:
    """Accept None, or a few words."""
    good = value is None or (is_text(value) and value.strip() and len(value) <= FOOTER_LETTERS)
    return None if good else f"write a few words, at most {FOOTER_LETTERS} letters"


def files(value: Any) -> str | None:
    """Accept None, a path, two, or nothing at all."""
    both = value if isinstance(value, (list, tuple)) else ("", "") if value is None else (value, value)
    good = len(both) == 2 and all(is_text(part) and "://" not in part for part in both)
    return None if good else "write a path from the folder of conf.py, or two, for the light and for the dark"


def colours(value: Any) -> str | None:
    """Accept None, or a dict of colours by their names; whether they are any is looked at later."""
    good = value is None or (isinstance(value, dict) and all(isinstance(name, str) for name in value))
    return None if good else "write a dict of colours, such as {'accent': '#7a1fa2', 'link': ('#1d4f9e', '#9cc0ff')}"


def macros(value: Any) -> str | None:
    """Accept None, or a dict of texts by names of letters alone."""
    good = value is None or (
        isinstance(value, dict)
        and all(isinstance(name, str) and name.isalpha() and is_text(tex) for name, tex in value.items())
    )
    return None if good else "write a dict of texts such as {'norm': r'\\lVert #1 \\rVert'}, the names letters alone"


def budget(value: Any) -> str | None:
    """Accept None, or two whole numbers above 0."""
    numbers = value if isinstance(value, (list, tuple)) else ()
    good = len(numbers) == 2 and all(whole_number(1, 9999)(number) is None for number in numbers)
    return None if good or value is None else "write how many words and list items a slide may have, such as (100, 12)"


def unit_names(value: Any) -> str | None:
    """Accept a list of names of letters alone."""
    good = isinstance(value, (list, tuple)) and all(isinstance(name, str) and name.isalpha() for name in value)
    return None if good else "write a list of names, such as ['photon'], each of letters alone"


@dataclass(frozen=True)
class Config:
    """The values; each is ``paperdeck_<name>`` in conf.py."""

    decks: str = _value(
        "slides",
        "Which documents become decks: those with slides, or, as sphinx-revealjs does it, all.",
        check=one_of("slides", "all"),
    )
    article_url: str | None = _value(
        None,
        "Where the articles lie, relative to the root of the decks. None: the article builder's folder beside ours.",
        check=folder_url,
    )
    deck_url: str | None = _value(
        None,
        "Where the decks lie, relative to the root of the articles. None: the deck builder's folder beside ours.",
        check=folder_url,
    )
    scheme: str = _value(
        "light",
        "The colours a deck opens in: light, dark, or, as auto, the machine's own. The key T changes them.",
        check=one_of("light", "dark", "auto"),
    )
    style: str | None = _value(
        None,
        "Whose look the articles have: the theme's, or with ``site``, in furo, that of a site of papers on every page. "
        "Decks have ours.",
        check=one_of("site", None),
    )
    theme: str | None = _value(
        None,
        "The look of the decks: ``stage``, dark with large type for a hall, or the path of a theme's file. None: ours.",
        check=text_or_none,
    )
    tokens: Mapping[str, Any] | None = _value(
        None,
        "Colours in the place of ours in both outputs, by their names: one for both schemes, or two, light and dark.",
        check=colours,
    )
    logo: str | tuple[str, str] | None = _value(
        None,
        "The logo on the first and the last slide: a file, or two, for the light and the dark. None: ``html_logo``.",
        check=files,
    )
    footer: str | None = _value(
        None,
        "A few words in the footer of every slide, such as the event.",
        check=footer_line,
    )
    pdfs: bool = _value(
        False,
        "Whether the head of each article links the PDF of its deck and its own, which lie beside their pages: "
        "``build --site`` sees to both where a browser is at hand, ``pdf --beside`` prints them anywhere.",
        check=one_of(True, False),
    )
    words_per_minute: int = _value(
        130,
        "How fast a speaker reads a note; ``data-timing`` comes from it.",
        check=whole_number(40, 400),
    )
    slide_budget: tuple[int, int] | None = _value(
        (100, 12),
        "The most words and the most list items that a slide may have, even where they fit. None: as many as fit.",
        check=budget,
    )

    mermaid: str = _value(
        "merman",
        "Who draws the diagrams: merman and mmdc while the site is built, or the reader's browser.",
        check=one_of("merman", "mmdc", "browser"),
    )

    maths: str | None = _value(
        "mathml",
        "Who draws the maths: mathml while the site is built; None leaves it to Sphinx.",
        check=one_of("mathml", None),
    )
    tex_macros: Mapping[str, str] | None = _value(
        None,
        r"TeX commands for every equation: a name without its backslash, and what it stands for, with #1 to #9.",
        check=macros,
    )

    units: tuple[str, ...] = _value(
        (),
        "What the ledgers count besides the units we know, such as ``['photon']``.",
        rebuild="env",
        check=unit_names,
    )

    numbering: str = _value(
        "site",
        "Whether figures, tables and listings are counted through the site, as Sphinx does, or in each document.",
        check=one_of("site", "document"),
        rebuild="env",
    )

    @classmethod
    def of(cls, config: SphinxConfig) -> Config:
        """Return what this site's conf.py says."""
        return cls(**{item.name: getattr(config, f"paperdeck_{item.name}") for item in dataclasses.fields(cls)})


def check_values(app: Sphinx, config: SphinxConfig) -> None:
    """Put the default in the place of each value that cannot be.

    Warns ``paperdeck.config``: a value of the wrong type, or none of the choices.
    """
    for item in dataclasses.fields(Config):
        name = f"paperdeck_{item.name}"
        if problem := item.metadata["check"](getattr(config, name)):
            warn(
                Subtype.CONFIG,
                "%s = %r in conf.py was ignored, %r is used; %s",
                name,
                getattr(config, name),
                item.default,
                problem,
                location=None,
            )
            setattr(config, name, item.default)


def setup(app: Sphinx) -> None:
    """Register every value."""
    for item in dataclasses.fields(Config):
        # any type passes here: check_values says more than Sphinx would
        app.add_config_value(f"paperdeck_{item.name}", item.default, item.metadata["rebuild"], types=frozenset({Any}))
    app.connect("config-inited", check_values)
