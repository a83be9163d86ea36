"""Our own words: all of them marked, all of them translated, in the language of each document."""

from __future__ import annotations

import gettext
import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

from paperdeck.language import LOCALE, direction_of, marked_phrases
from paperdeck.site.assets import THEME
from tests import catalogues
from tests.sites import ROOTS, Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

    from tests.sites import SmallSite

TALK = """\
---
short: Vortrag
minutes: 5
{lang}
---
# Vortrag

Was am Anfang gesagt wird.

## Eins

:::{{slide}} Erste
- a
:::
"""
FURO = 'html_theme = "furo"\n'
OURS = re.compile(r"⟦.*?⟧", re.DOTALL)
SPHINX = {
    *("Fig", "Figure", "Table", "Listing", "Code", "Equation", "Note", "Warning", "Tip", "Important", "See", "also"),
    *("Link", "Permalink", "to", "this", "heading", "figure", "table", "code", "equation", "term", "image", "toctree"),
    *("Added", "Changed", "in", "version", "Deprecated", "since", "Contents", "not", "in"),
}
"""Words of Sphinx and of docutils, which have catalogues of their own."""


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    """Each catalogue has what the sources mark, no more and no less, and says it in its own language."""
    catalogue, marked = catalogues.read(language), catalogues.extract()
    assert {message.id for message in catalogue} == {message.id for message in marked}
    assert [message.id for message in catalogue if message.id and not all_forms(message.string)] == []
    assert not catalogue.obsolete
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        if message.id:
            places = {tuple(sorted(re.findall(r"%[sd]|\{\w+\}", text))) for text in texts}
            assert places <= {tuple(sorted(re.findall(r"%[sd]|\{\w+\}", text))) for text in ids}, message.id


def all_forms(text: str | tuple[str, ...]) -> bool:
    """Tell whether a message has every form it needs."""
    return all(text) if isinstance(text, tuple) else bool(text)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """``make words`` was run after the last change."""
    with catalogues.path_of(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogues.read(language):
        if isinstance(message.id, tuple):
            numbers = {compiled.ngettext(*message.id, number) for number in range(30)}
            assert numbers == set(message.string), message.id
        elif message.id:
            assert compiled.gettext(message.id) == message.string


def test_shipped_languages_are_those_of_the_tool() -> None:
    """No folder is forgotten."""
    assert {path.name for path in LOCALE.iterdir()} == set(catalogues.LANGUAGES)


@pytest.mark.parametrize("script", ["article.js", "deck.js", "find.js", "notes.js", "speaker.js"])
def test_scripts_say_no_word_that_is_not_marked(script: str) -> None:
    """What a script writes into the page it takes from ``_("…")``."""
    text = (THEME / "static" / script).read_text("utf-8")
    said = re.findall(
        r"""(?:textContent|\.title|placeholder|ariaLabel|description:?) *[=:]? *["'`][^"'`\\n]*[A-Za-z]{2}""", text
    )
    assert [part for part in said if "${" not in part] == []


def pseudo(folder: Path) -> None:
    """Write a catalogue that puts every word of ours into brackets."""
    catalogue = Catalog(locale="en", fuzzy=False)
    for message in catalogues.extract():
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            told = tuple(f"⟦{form}⟧" for form in forms)
            catalogue.add(message.id, told if isinstance(message.id, tuple) else told[0])
    path = folder / "locale" / "en" / "LC_MESSAGES" / "paperdeck.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogues.compiled(catalogue))


def texts_of(part: Tag) -> Iterator[str]:
    """Yield what is seen and heard of a part of a page."""
    for element in part.select("script, style, .highlight, .bibtex, math, .headerlink, svg .node"):
        element.decompose()
    yield from part.stripped_strings
    for name in ("title", "alt", "aria-label", "placeholder"):
        yield from (element[name] for element in part.select(f"[{name}]"))


def words_left(parts: list[Tag], source: str) -> set[str]:
    """Return the words of parts of a page that are neither marked as ours nor written by the author."""
    text = "\n".join(said for part in parts for said in texts_of(part))
    written = words_in(source)
    # as “Sources” writes what a fact says
    begun = words_in(" ".join(word.capitalize() for word in re.findall(r"\bsays: (\w+)", source)))
    return words_in(OURS.sub(" ", text)) - written - begun - words_in(" ".join(SPHINX))


def words_in(text: str) -> set[str]:
    """Return the words of a text, addresses left out; an author's “Table 1” may have become “Tables 1, 2”."""
    text = re.sub(r"https?://\S+", " ", unicodedata.normalize("NFC", text))
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize("root", ["everything", "facts"])
def test_no_word_of_ours_is_unmarked(small_site: Callable[..., SmallSite], root: str) -> None:
    """In a site whose catalogue brackets our words, all other words are the author's or Sphinx's."""
    site = small_site(root=root)
    pseudo(site.source)
    conf = site.source / "conf.py"
    conf.write_text(
        conf.read_text("utf-8") + '\nlocale_dirs = ["locale"]\nhtml_baseurl = "https://example.org/"\n', "utf-8"
    )
    files = [
        path for path in (ROOTS / f"test-{root}").rglob("*") if path.suffix in (".md", ".yaml", ".bib", ".py", ".mmd")
    ]
    source = "\n".join(path.read_text("utf-8") for path in files) + " Ümläute"  # as LaTeX in the bibliography
    article, deck = site.build("html"), site.build("revealjs")
    for output, main in ((article, "[role=main], .body"), (deck, "main")):
        for name in output.bytes("*.html"):
            if "_static" in name or name in ("search.html", "genindex.html"):
                continue
            assert words_left(output.page(name).select(main), source) == set(), (output.folder.name, name)
    texts = [text.decode() for text in (article.bytes("*.html.md") | deck.bytes("*.html.md")).values()]
    assert any(re.search(r"⟦Slide ⟦\d+, detail⟧⟧", text) for text in texts) or root != "everything"


def test_words_are_those_of_the_language_of_the_site(small_site: Callable[..., SmallSite]) -> None:
    """In article, deck and shelf, and in what the scripts are given."""
    site = small_site(TALK.format(lang=""), more='language = "de"\n' + FURO)
    article, deck = site.articles().page(), site.deck()
    assert article.select_one("a.open-slide").text.strip() == "Folie öffnen"
    assert article.select_one(".paperdeck-actions .paperdeck-button").text.split() == [
        "Präsentieren",
        "1",
        "Folie,",
        "5",
        "Min.",
    ]
    assert "Min. Lesezeit" in article.text
    assert phrases_in(article)["Copy"] == "Kopieren"
    page = deck.page()
    assert page.html["lang"] == "de"
    assert page.select_one(".slide-sources a").text == "Artikel"
    told = json.loads(page.select_one("main")["data-phrases"])
    assert told["Next slide"] == "Nächste Folie"
    assert {
        text
        for name in ("deck.js", "find.js", "notes.js", "speaker.js")
        for text in marked_phrases(THEME / "static" / name)
    } <= told.keys() | {"Pause"}


def phrases_in(page: BeautifulSoup) -> dict[str, str]:
    """Return the words that the script of an article is given."""
    said: dict[str, str] = json.loads(page.select_one("script[data-phrases]")["data-phrases"])
    return said


def test_language_of_a_document_decides_for_it(small_site: Callable[..., SmallSite]) -> None:
    """One talk in Polish on an English site: its deck, its head and its words; the shelf stays English."""
    front = "# Front\n\n```{gallery}\n```\n\n```{toctree}\na\nb\n```\n"
    site = small_site(
        {"index.md": front, "a.md": TALK.format(lang="lang: pl"), "b.md": TALK.format(lang="")}, more=FURO
    )
    article, deck = site.articles(), site.deck()
    polish, english = article.page("a.html"), article.page("b.html")
    assert polish.html["lang"] == "pl"
    assert polish.select_one("a.open-slide").text.strip() == "Otwórz slajd"
    assert phrases_in(polish)["Copy"] == "Kopiuj"
    assert english.html["lang"] == "en"
    assert english.select_one("a.open-slide").text.strip() == "Open slide"
    assert not english.select("[data-phrases]")
    assert "Present" in article.text("index.html")
    assert deck.page("a.html").select_one(".slide-sources a").text == "Artykuł"
    assert "data-phrases" not in deck.text("b.html")
    assert deck.page("index.html").select_one("h1").text == "Decks"


def test_language_changes_no_page_that_uses_nothing_of_ours(small_site: Callable[..., SmallSite]) -> None:
    """A project in German or Hebrew has the pages that it has without us."""
    for language in ("de", "he"):
        more = f'language = "{language}"\n'
        page = "---\nlang: fr\n---\n# Page\n\nProse.\n"
        without = small_site(page, conf='extensions = ["myst_parser"]\n', more=more).build("html")
        assert small_site(page, more=more).build("html").text("index.html") == without.text("index.html"), language


@pytest.mark.parametrize(("lang", "more"), [("", 'language = "eo"\n'), ("lang: eo", "")], ids=["site", "document"])
def test_project_may_bring_a_language_of_its_own(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch, lang: str, more: str
) -> None:
    """A ``paperdeck.po`` in its ``locale_dirs`` goes before ours, and a page follows it when it alone has changed."""
    site = small_site(TALK.format(lang=lang), more='locale_dirs = ["locale"]\n' + more + FURO)
    catalogue = site.source / "locale" / "eo" / "LC_MESSAGES" / "paperdeck.po"
    catalogue.parent.mkdir(parents=True)
    for word in ("Malfermi", "Malfermu"):
        text = f'msgid ""\nmsgstr "Language: eo"\n\nmsgid "Open slide"\nmsgstr "{word}"\n'
        catalogue.write_text(text, "utf-8")
        monkeypatch.setattr("gettext._translations", {})  # as in a new process
        assert site.build("html").page().select_one("a.open-slide").text.strip() == word


def test_scripts_from_the_right(small_site: Callable[..., SmallSite]) -> None:
    """The deck runs from the right, reveal's keys with it, and so does the article's own part of its page."""
    site = small_site(TALK.format(lang="lang: he"), more=FURO)
    article, deck = site.articles().page(), site.deck().page()
    assert (deck.html["lang"], deck.html["dir"]) == ("he", "rtl")
    assert json.loads(deck.select_one("main")["data-config"])["rtl"] is True
    assert article.select_one("[dir=rtl][lang=he] h1")
    assert article.select_one(".time bdi").text == "1 min to read"  # or the number would stand behind its words
    assert not small_site(TALK.format(lang=""), more=FURO).deck().page().html.has_attr("dir")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("de", "ltr")])
def test_direction_is_that_of_the_language(language: str, direction: str) -> None:
    """Whatever the region."""
    assert direction_of(language) == direction


def test_places_of_notes_are_named_in_the_language(small_site: Callable[..., SmallSite]) -> None:
    """What the audience sees stands in the note in the words of its document, and people are joined by its “and”."""
    bibliography = "@misc{doe2024work, author={Doe, Jane and Roe, Ann}, title={Ein Werk}, year={2024}}\n"
    talk = TALK.format(lang="lang: de").replace("minutes: 5", "paper: doe2024work")
    talk += "\n| a | b |\n| - | - |\n| c | d |\n"
    site = small_site({"index.md": talk, "references.bib": bibliography}, more='bibtex_bibfiles = ["references.bib"]\n')
    deck: Output = site.deck()
    assert "(Tabelle)" in deck.page().select_one("[data-slide='1'] .notes").text
    assert "Doe und Roe 2024" in deck.page().select_one("#sources").text


PICTURES = """\
# Talk

## One

:::{slide} The point
:layout: figure

```{chart} bar
:highlight: ours
:alt: How good both are
:caption: Two models
:plain:
model | score
ours | 54
MMLU | 40
```
:::

::::{slide} Two sides
:layout: compare

:::{side} The first side
- one
:::

:::{side} The second side
- two
:::
::::

```{mermaid}
:title: One leads to another
:alt: A box with an arrow to a box
flowchart LR
  a["A"] --> b["B"]
```
"""
TRANSLATIONS = {
    "How good both are": "Wie gut beide sind",
    "Two models": "Zwei Modelle",
    "model": "Modell",
    "score": "Punkte",
    "ours": "unseres",
    "MMLU": "MMLU",
    "The first side": "Die erste Seite",
    "One leads to another": "Eins führt zum anderen",
    "A box with an arrow to a box": "Ein Kasten mit einem Pfeil zu einem Kasten",
}


def test_texts_of_pictures_are_in_the_catalogue_of_the_project(small_site: Callable[..., SmallSite]) -> None:
    """What an author wrote into charts and diagrams is there to be translated, numbers are not."""
    output = small_site(PICTURES).quietly("gettext")
    offered = set(re.findall(r'^msgid "(.*)"$', output.text("index.pot"), re.M))
    assert offered >= TRANSLATIONS.keys()
    assert not offered & {"54", "40"}


def test_pictures_take_the_translations_of_the_project(small_site: Callable[..., SmallSite]) -> None:
    """In article and deck, a word that is the same in both languages among them."""
    site = small_site(PICTURES, more='locale_dirs = ["locale"]\nlanguage = "de"\n')
    catalogue = Catalog(locale="de", fuzzy=False)
    for text, said in TRANSLATIONS.items():
        catalogue.add(text, said)
    path = site.source / "locale" / "de" / "LC_MESSAGES" / "index.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogues.compiled(catalogue))
    article, deck = site.articles().text("index.html"), site.deck().text("index.html")
    for text, said in TRANSLATIONS.items():
        assert said in article, text
        if text not in ("One leads to another", "A box with an arrow to a box"):
            assert said in deck, text
    for text in ("How good both are", ">ours<", ">score<", "One leads to another"):
        assert text not in article + deck, text
