"""Our words for translators: ``python -m tests.catalogues`` takes them from the sources, and compiles the languages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from paperdeck.language import CATALOG, LOCALE

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = [("**.py", "python"), ("theme/templates/**.html", "jinja2"), ("theme/static/**.js", "javascript")]
LANGUAGES = ("de", "pl")


def extract() -> Catalog:
    """Return every word that our sources mark, with the files it stands in."""
    found = Catalog(fuzzy=False)
    marked = extract_from_dir(LOCALE.parent, SOURCES, keywords={"_": None, "gettext": None, "ngettext": (1, 2)})
    for file, _line, text, comments, context in marked:
        found.add(text, None, [(f"paperdeck/{file}", 0)], auto_comments=comments, context=context)
    return found


def path_of(language: str, ending: str) -> Path:
    """Return the file of a language."""
    return LOCALE / language / "LC_MESSAGES" / f"{CATALOG}.{ending}"


def read(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with path_of(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Bring every catalogue up to date with the sources; what is new in it has no translation yet."""
    for language in LANGUAGES:
        catalogue = read(language)
        made = catalogue.creation_date
        catalogue.update(extract(), no_fuzzy_matching=True)
        catalogue.creation_date = made  # or every run would change the file
        catalogue.obsolete.clear()
        with path_of(language, "po").open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_output=True, omit_header=False)
        path_of(language, "mo").write_bytes(compiled(catalogue))
        missing = [message.id for message in catalogue if message.id and not all(message.string or [""])]
        print(f"{language}: {len(catalogue)} words, {len(missing)} without a translation", *missing, sep="\n  ")


if __name__ == "__main__":
    main()
