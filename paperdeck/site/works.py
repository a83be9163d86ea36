"""The works of the bibliography, as pages name them: what their entries say, read as text."""

from __future__ import annotations

import difflib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain

from paperdeck import upstream
from paperdeck.language import ENGLISH, language_of, phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.bibliography import inherit, read_bibliography
from paperdeck.site.tex import read_tex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from gettext import NullTranslations

    from docutils import nodes
    from pybtex.database import Entry, Person
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s{}\\]+", re.I)
DOI = re.compile(r"10\.\d{4,9}/[^\s{}\\]+")
ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?|\d{4}\.\d+")
UNESCAPED = re.compile(r"\\([_%&#~$])")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME_PART = re.compile(r"\b(family|given|prefix|suffix)=\s*\"?([^,\"]+?)\"?\s*(?=,|$)")
OTHERS = ("others", "et al.", "et al", "al.")
"""How an entry says that it does not name all authors."""


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
    pdf: str = ""
    """Its PDF: the entry's ``pdf``, or its address where that is one; empty where the entry names none."""
    published: str = ""
    """When it appeared, as far as the entry says: “2022-07-17”, “2022-07” or “2022”; empty where it says no year."""
    letter: str = ""
    """What tells it from another of its authors and year in the document that names it: the “a” of “2022a”."""
    phrases: NullTranslations = field(default=ENGLISH, compare=False, repr=False)
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
    def all_authors(self) -> str:
        """Return every author as a citation names them: “Du, Huang and Dai”."""
        *most, last = self.families or (self.title,)
        if not most:
            return last
        if last == "others":
            return self.phrases.gettext("%s et al.") % ", ".join(most)
        return self.phrases.gettext("%s and %s") % (", ".join(most), last)

    @property
    def dated(self) -> str:
        """Return the year as a citation has it: “2022”, “2022a”."""
        return f"{self.year}{self.letter}"

    @property
    def short(self) -> str:
        """Return the work as a slide cites it: “Du et al. 2022”."""
        return f"{self.who} {self.dated}".strip()

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


class WorkDomain(Domain):
    """What stands in the files of the bibliography besides what sphinxcontrib-bibtex keeps of them."""

    name = "works"
    label = "works"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {"sources": {}, "problems": (), "whole": True, "letters": {}}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.works: dict[tuple[str, str], Work] = {}
        """The works that were named, by key and language; for this build alone, because LaTeX is slow to read."""

    @property
    def letters(self) -> dict[str, dict[str, str]]:
        """Document name to the letters of the works that it would name alike, by their keys."""
        return cast("dict[str, dict[str, str]]", self.data["letters"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.letters.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read; no document adds to the files."""
        self.letters.update({name: told for name, told in otherdata["letters"].items() if name in docnames})

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: works are cited, not referred to."""
        return []


def get_work_domain(env: BuildEnvironment) -> WorkDomain:
    """Return the domain of works."""
    return cast("WorkDomain", env.domains["works"])


def list_bibliographies(env: BuildEnvironment) -> list[str]:
    """Return the paths of the bibliography's files."""
    return [str(path) for path in upstream.get_bibliography(env).bibfiles]


def list_works(env: BuildEnvironment) -> list[str]:
    """Return the keys of the bibliography."""
    return list(upstream.get_bibliography(env).data.entries)


def find_work(env: BuildEnvironment, key: str) -> Work | None:
    """Return the work that the bibliography has under a key, capitals as they come."""
    works, data = get_work_domain(env), upstream.get_bibliography(env).data
    known = (key, language_of(env))
    if known not in works.works and (entry := data.entries.get(key)):
        work = read_work(entry, inherit(entry, data), works.data["sources"].get(entry.key, ""))
        works.works[known] = replace(work, phrases=phrases_of(env))
    found = works.works.get(known)
    letter = works.letters.get(env.docname, {}).get(found.key, "") if found else ""
    return replace(found, letter=letter) if found and letter else found


def tell_works_apart(works: Iterable[Work]) -> dict[str, str]:
    """Return letters for the works that are named alike, by their keys: “2022a” and “2022b”, as their titles follow."""
    alike: defaultdict[tuple[str, str], dict[str, Work]] = defaultdict(dict)
    for work in works:
        if work.year:
            alike[work.who, work.year][work.key] = work
    groups = (sorted(group.values(), key=lambda work: (work.title.lower(), work.key)) for group in alike.values())
    return {
        work.key: letter
        for group in groups
        if len(group) > 1
        for work, letter in zip(group, ascii_lowercase, strict=False)
    }


def explain_missing_work(env: BuildEnvironment, key: str) -> str:
    """Return what to do about a key that the bibliography does not have.

    Empty where it has the key, or where an entry could not be read: that is told there, and may be this one.
    """
    if find_work(env, key) or not get_work_domain(env).data["whole"]:
        return ""
    keys = list_works(env)
    close = difflib.get_close_matches(key, keys, 1)
    hint = f"did you mean {close[0]}? Else add it" if close else "add it"
    if not list_bibliographies(env):
        hint = 'name a file in conf.py, such as bibtex_bibfiles = ["papers/references.bib"], and add it'
    return f"no entry of the bibliography has the key {key!r}; {hint}"


def read_work(entry: Entry, fields: Mapping[str, str], bibtex: str) -> Work:
    """Return what an entry says, its TeX read as text.

    :param fields: of the entry, by lower-case name, with what it inherits
    :param bibtex: the entry as it stands in its file
    """

    def text(*names: str) -> str:
        return next(filter(None, (read_tex(fields[name]) for name in names if name in fields)), "")

    people = [read_name(person) for person in entry.persons.get("author", entry.persons.get("editor", []))]
    title = ": ".join(filter(None, (text("title", "booktitle"), text("subtitle"))))
    published = text("eventtitle", "journaltitle", "journal", "booktitle", "publisher", "organization", "institution")
    return Work(
        key=entry.key,
        title=title or entry.key,
        authors=tuple(full for full, _ in people),
        families=tuple(family for _, family in people),
        venue=published or text("school") or ADDRESS.sub("", text("howpublished")).strip(" :"),
        year=text("year") or read_year(text("date", "eventdate")),
        pages=text("pages", "eid"),
        series=" ".join(filter(None, (text("series"), text("volume")))),
        url=find_address(fields),
        bibtex=bibtex,
        pdf=find_pdf(fields),
        published=find_day(fields),
    )


def read_name(person: Person) -> tuple[str, str]:
    """Return a name in full, and the family name; BibLaTeX may say by name which part is which."""
    parts = dict(NAME_PART.findall(str(person)))
    if "family" in parts:
        family = " ".join(filter(None, (parts.get("prefix"), parts["family"])))
        names = [parts.get("given"), family, parts.get("suffix")]
    else:
        family = " ".join([*person.prelast_names, *person.last_names])
        names = [*person.first_names, *person.middle_names, family, *person.lineage_names]
    full = read_tex(" ".join(filter(None, names)))
    return ("others", "others") if full in OTHERS else (full, read_tex(family))


def read_year(dates: str) -> str:
    """Return the year of a BibLaTeX date, or both of a range of years: “2022-11-03”, “2020/2021”."""
    years = list(dict.fromkeys(YEAR.findall(dates)))
    return "–".join(years[:2])


def find_day(fields: Mapping[str, str]) -> str:
    """Return when a work appeared, as ISO 8601 writes it: its ``date``, else its year with its month, if any.

    Of a day or month that no calendar has, what is before it stays.
    """
    if found := DAY.match(read_tex(fields.get("date", "")).strip()):
        return next(filter(is_in_calendar, (found[0], found[0][:7], found[0][:4])), "")
    year = YEAR.search(read_tex(fields.get("year", "")))
    month = read_tex(fields.get("month", "")).strip().lower()[:3]
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0
    return (year[0] + (f"-{number:02}" if number else "")) if year else ""


def is_in_calendar(published: str) -> bool:
    """Tell whether there is such a year, month or day."""
    try:
        date.fromisoformat(published + "-01" * (2 - published.count("-")))
    except ValueError:
        return False
    return True


def find_address(fields: Mapping[str, str]) -> str:
    """Return the best address of a work: its own, else its DOI, else its page at arXiv; empty where it has none."""
    for name in ("url", "howpublished"):
        if found := ADDRESS.search(UNESCAPED.sub(r"\1", fields.get(name, ""))):
            return found[0]
    if doi := DOI.search(UNESCAPED.sub(r"\1", fields.get("doi", ""))):
        return f"https://doi.org/{doi[0]}"
    arxiv = fields.get("archiveprefix", fields.get("eprinttype", "arXiv")).lower() == "arxiv"
    if arxiv and (eprint := ARXIV.search(fields.get("eprint", ""))):
        return f"https://arxiv.org/abs/{eprint[0]}"
    return ""


def find_pdf(fields: Mapping[str, str]) -> str:
    """Return the address of a work's PDF; empty where the entry names none."""
    found = (ADDRESS.search(UNESCAPED.sub(r"\1", fields.get(name, ""))) for name in ("pdf", "url"))
    return next((match[0] for match in found if match and match[0].lower().endswith(".pdf")), "")


def default_bibliography(app: Sphinx, config: Config) -> None:
    """Let a project do without a bibliography, or name its one file without brackets; sphinxcontrib-bibtex does not."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []
    elif isinstance(config.bibtex_bibfiles, str):
        config.bibtex_bibfiles = [config.bibtex_bibfiles]


def _suggest_file(app: Sphinx, name: str) -> str:
    """Return which file of a bibliography may be meant: one of that name elsewhere, of a similar name, or the only."""
    top, meant = Path(app.confdir), PurePosixPath(name).name
    folders = {
        Path(app.confdir),
        Path(app.srcdir),
        *(Path(app.env.doc2path(each)).parent for each in app.env.found_docs),
    }
    files = sorted(file for folder in folders for file in folder.glob("*.bib"))
    close = difflib.get_close_matches(meant, [file.name for file in files], 1)
    likely = [file for file in files if file.name in close] or files
    return f", such as {Path(os.path.relpath(likely[0], top)).as_posix()!r}" if likely else ""


def read_files(app: Sphinx) -> None:
    """Read the files of the bibliography where they have changed, before sphinxcontrib-bibtex does.

    It would end the build at a mistake in one, without a file or a line.

    Warns ``paperdeck.bibliography``: what is wrong in a file, at its line, in every build.
    """
    config, domain = app.config, get_work_domain(app.env)
    files = [Path(app.confdir, file).resolve() for file in config.bibtex_bibfiles]
    missing = [name for name, file in zip(config.bibtex_bibfiles, files, strict=True) if not file.is_file()]
    if upstream.is_bibliography_outdated(app.env, files, config.bibtex_encoding):
        paths = {file: Path(os.path.relpath(file, app.srcdir)).as_posix() for file in files}
        contents = {path: file.read_bytes() for file, path in paths.items() if file.is_file()}
        found = read_bibliography(contents, config.bibtex_encoding)
        keys = {file: found.keys.get(path, ()) for file, path in paths.items()}
        upstream.keep_bibliography(app.env, config.bibtex_encoding, keys, found.data)
        domain.data.update(sources=found.sources, problems=found.problems, whole=found.whole and not missing)
    for name in missing:
        message = "bibtex_bibfiles names %r, which is no file; write its path from the folder of conf.py%s"
        warn(
            Subtype.BIBLIOGRAPHY, message, name, _suggest_file(app, name), location=f"{Path(app.confdir, 'conf.py')}:1"
        )
    for problem in domain.data["problems"]:
        location = Path(app.srcdir, problem.path).resolve()
        warn(Subtype.BIBLIOGRAPHY, "%s", problem.message, location=f"{location}:{problem.line}:{problem.column}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up what reads bibliographies."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(WorkDomain)
    app.connect("config-inited", default_bibliography)
    app.connect("builder-inited", read_files, priority=400)  # before sphinxcontrib-bibtex reads them (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
