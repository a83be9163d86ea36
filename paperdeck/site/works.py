"""The works of the bibliography, read as text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from gettext import NullTranslations
from typing import TYPE_CHECKING

from pybtex.richtext import Text

from paperdeck.language import language_of, phrases_of
from paperdeck.site.decks import domain_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybtex.database import Entry, Person
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


@dataclass(frozen=True)
class Work:
    """A paper, as the bibliography has it."""

    key: str
    title: str
    authors: tuple[str, ...]
    """Full names in order; the last may be “others”."""
    families: tuple[str, ...]
    venue: str
    """The name of the event where the entry has one (``eventtitle``), else journal or book."""
    year: str
    pages: str
    series: str
    url: str
    """The work itself: its ``url``, else its DOI, else its page at arXiv; empty where the entry has none."""
    bibtex: str
    phrases: NullTranslations = field(default=NullTranslations(), compare=False, repr=False)
    """The words of the document that names it, such as “and”."""

    @property
    def who(self) -> str:
        """Return the authors as a citation names them: “Du et al.”, or the title where there are none."""
        _ = self.phrases.gettext
        first, *rest = self.families or (self.title,)
        if not rest:
            return first
        if len(rest) > 1 or rest == ["others"]:
            return _("%s et al.") % first
        return _("%s and %s") % (first, rest[0])

    @property
    def short(self) -> str:
        """Return the work as a slide cites it: “Du et al. 2022”."""
        return f"{self.who} {self.year}".strip()

    @property
    def when(self) -> str:
        """Return where and when it appeared: “ICML 2022”."""
        return f"{self.venue} {self.year}".strip()

    def authors_text(self, most: int) -> str:
        """Return the authors, the first ``most`` of them by name."""
        named = [name for name in self.authors if name != "others"]
        unnamed = len(named) - most
        if unnamed <= 0:
            listed = ", ".join(named)
            return self.phrases.gettext("%s and others") % listed if len(named) < len(self.authors) else listed
        rest = self.phrases.ngettext("%s, and one other", "%s, and %d others", unnamed)
        return rest.replace("%s", ", ".join(named[:most])).replace("%d", str(unnamed))


def bibliography(env: BuildEnvironment) -> Mapping[str, Entry]:
    """Return the entries of the site's bibliography by key."""
    entries: Mapping[str, Entry] = env.domains["cite"].bibdata.data.entries  # type: ignore[attr-defined]
    return entries


def bibliography_files(env: BuildEnvironment) -> list[str]:
    """Return the paths of the bibliography's files."""
    return [str(path) for path in env.domains["cite"].bibdata.bibfiles]  # type: ignore[attr-defined]


def find_work(env: BuildEnvironment, key: str) -> Work | None:
    """Return the work that the bibliography has under a key, capitals as they come."""
    works = domain_of(env).works
    known = (key, language_of(env))
    if known not in works and (entry := bibliography(env).get(key)):
        works[known] = replace(read_entry(entry.key, entry), phrases=phrases_of(env))
    return works.get(known)


def read_entry(key: str, entry: Entry) -> Work:
    """Return what an entry says, LaTeX read as text."""

    def text(*names: str) -> str:
        return next((str(Text.from_latex(entry.fields[name])) for name in names if name in entry.fields), "")

    def name_of(person: Person) -> tuple[str, str]:
        family = [*person.rich_prelast_names, *person.rich_last_names]
        full = [*person.rich_first_names, *person.rich_middle_names, *family, *person.rich_lineage_names]
        return " ".join(map(str, full)), " ".join(map(str, family))

    people = [name_of(person) for person in entry.persons.get("author", entry.persons.get("editor", []))]
    arxiv = entry.fields.get("eprint", "") if entry.fields.get("archiveprefix", "arXiv").lower() == "arxiv" else ""
    doi = entry.fields.get("doi", "")
    url = entry.fields.get("url") or (f"https://doi.org/{doi}" if doi else "")
    return Work(
        key=key,
        title=text("title"),
        authors=tuple(full for full, _ in people),
        families=tuple(family for _, family in people),
        venue=text("eventtitle", "journal", "booktitle", "publisher", "howpublished"),
        year=text("year"),
        pages=text("pages"),
        series=" ".join(filter(None, (text("series"), text("volume")))),
        url=url or (f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
        bibtex=entry.to_string("bibtex").strip(),
    )


def default_bibliography(app: Sphinx, config: Config) -> None:
    """Let a project do without a bibliography, which sphinxcontrib-bibtex does not."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up what reads bibliographies."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("config-inited", default_bibliography)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
