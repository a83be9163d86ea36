"""Our own words in the language of a document, and which way its script runs."""

from __future__ import annotations

import json
import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes, locale
from sphinx.util.i18n import CatalogInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

CATALOG = "paperdeck"
LOCALE = Path(__file__).parent / "locale"

ENGLISH = NullTranslations()
"""The words as they stand in the source."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language as a front matter and HTML name it: ``de``, ``pt-BR``."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""The languages whose script runs from the right."""


def language_of(env: BuildEnvironment, docname: str = "") -> str:
    """Return the language of a document, of its front matter or else of the site, as HTML names it.

    :param docname: without it, the document that is being read or resolved
    """
    said = str(env.metadata.get(docname or env.docname, {}).get("lang", ""))
    if not docname:  # Sphinx does not have the front matter yet of what is being read
        keys = cast("dict[str, tuple[int, str]]", env.current_document.get("paperdeck_keys", {}))
        said = keys["lang"][1] if "lang" in keys else said
    return said if LANGUAGE_TAG.fullmatch(said) else site_language(env)


def site_language(env: BuildEnvironment) -> str:
    """Return the language of the site as HTML names it."""
    return (env.config.language or "en").replace("_", "-")


def direction_of(language: str) -> str:
    """Return which way the script of a language runs, as HTML says it: ``ltr`` or ``rtl``."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def phrases_of(env: BuildEnvironment, docname: str = "") -> NullTranslations:
    """Return our words in the language of a document: the project's own ``paperdeck.po``, then what we ship.

    :param docname: without it, the document that is being read or resolved
    """
    return phrases_in(env, language_of(env, docname))


def phrases_in(env: BuildEnvironment, language: str) -> NullTranslations:
    """Return our words in a language."""
    if not locale.is_translator_registered(CATALOG, language):
        name = language.replace("-", "_")
        own = [Path(env.srcdir, folder) for folder in env.config.locale_dirs]
        for folder in own:
            catalogue = CatalogInfo(str(folder / name / "LC_MESSAGES"), CATALOG, "utf-8")
            if Path(catalogue.po_path).is_file() and catalogue.is_outdated():  # Sphinx compiles its own language alone
                catalogue.write_mo(name)
        locale.init([*own, LOCALE], name, CATALOG, language)
    return locale.get_translator(CATALOG, language)


def template_phrases(phrases: NullTranslations) -> dict[str, Any]:
    """Return the functions by which our templates find their words, in the place of those of the site's language."""
    return {"_": phrases.gettext, "ngettext": phrases.ngettext}


@cache
def marked_phrases(script: Path) -> tuple[str, ...]:
    """Return what a script of ours marks with ``_("…")``."""
    return tuple(re.findall(r"""\b_\("([^"]+)"\)""", script.read_text("utf-8")))


def translate_scripts(scripts: Iterable[Path], phrases: NullTranslations, more: Mapping[str, str] | None = None) -> str:
    """Return the words of scripts that have another form in a language, as JSON; empty where none has.

    :param more: words that the scripts find in the page, and their forms
    """
    said = {text: phrases.gettext(text) for script in scripts for text in marked_phrases(script)} | dict(more or {})
    other = {text: form for text, form in said.items() if form != text}
    return json.dumps(other, ensure_ascii=False, sort_keys=True) if other else ""


class picture_text(nodes.Element, addnodes.translatable):  # noqa: N801 (as docutils names its nodes)
    """A text that an author wrote into a picture, for the project's translators; ``said`` is its translation."""

    def preserve_original_messages(self) -> None:
        """Keep the text as it was written; it is in ``text``."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Take a translation."""
        self["said"] = translated_message

    def extract_original_messages(self) -> list[str]:
        """Return what is to be translated."""
        return [self["text"]]


def offer_texts(node: nodes.Element, texts: Iterable[str | None]) -> None:
    """Put the texts of a picture into the catalogue of the project, as children that no output shows."""
    for text in dict.fromkeys(filter(None, texts)):
        offered = picture_text(text=text, said=text)
        offered.source, offered.line = node.source, node.line
        node += offered


def translated_texts(node: nodes.Element) -> dict[str, str]:
    """Return the texts that a picture offers, each with its translation."""
    return {part["text"]: part["said"] for part in node.findall(picture_text)}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the catalogue for the templates and extensions of a project, in the language of the site."""
    app.add_message_catalog(CATALOG, LOCALE)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
