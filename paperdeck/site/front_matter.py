"""What a document says of itself in its front matter."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from paperdeck.language import LANGUAGE_TAG
from paperdeck.ledger.yaml import Unreadable, is_nothing, parse_yaml, read_pairs
from paperdeck.messages import Subtype, warn
from paperdeck.site.decks import decks
from paperdeck.site.plain_text import read_inline
from paperdeck.site.works import explain_missing_work, list_bibliographies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def _key(says: str, default: Any = "", **schema: Any) -> Any:
    """Return a key of the front matter: what it says, and its value as JSON Schema has it, a text without."""
    return field(default=default, metadata={"help": says, "schema": schema or {"type": "string"}})


@dataclass(frozen=True)
class FrontMatter:
    """What the front matter of one document says; empty where it says nothing."""

    paper: str = _key("Key of the paper's entry in the bibliography.")
    short: str = _key("Name on the cover.")
    summary: str = _key("One sentence; {key} writes a fact.")
    code: str = _key("Address of the code.", type="string", format="uri", pattern="^https?://")
    podcast: str = _key("Address of a recording.", type="string", format="uri", pattern="^https?://")
    minutes: int = _key("Length of the talk.", 0, type="integer", minimum=1, maximum=999)
    presenter: str = _key("Who gives the talk.")
    date: str = _key("Day of the talk.", type="string", format="date")
    tags: tuple[str, ...] = _key("Tags, with commas between.", ())
    lang: str = _key("Language of the document, such as de.", type="string", pattern=f"^{LANGUAGE_TAG.pattern}$")
    was: tuple[str, ...] = _key("Names that the document had, with commas between.", ())
    hero: str = _key("Name of the chart, or of the slide that shows it, that stands for the paper.")
    gallery: str = _key("Leaves the document out of gallery and shelf.", const="hide")
    closing: str = _key("The sentence that the talk leaves; {key} writes a fact.")
    numbers: tuple[tuple[str, str], ...] = _key(
        "Up to three numbers of the closing slide, each with its words: “{experts}: in a layer”, commas between.", ()
    )

    @property
    def recording(self) -> str:
        """The podcast where it is a file of sound, which a page plays by itself; else empty."""
        return self.podcast if urlsplit(self.podcast).path.lower().endswith(SOUNDS) else ""

    @classmethod
    def of(cls, env: BuildEnvironment, docname: str) -> FrontMatter:
        """Return what a document says of itself; values that cannot be are left out."""
        return cls.from_texts(env.metadata.get(docname, {}))

    @classmethod
    def being_read(cls, env: BuildEnvironment) -> FrontMatter:
        """Return what the document says that is being read, which Sphinx does not have yet."""
        return cast("FrontMatter", env.current_document.get("paperdeck_front", cls()))

    @classmethod
    def from_file(cls, path: Path) -> FrontMatter:
        """Return what a document says that is not being read; what is wrong with it is told when it is."""
        if path.suffix != ".md":
            return cls()
        return cls.from_head(read_head(path.read_text("utf-8", "replace")))

    @classmethod
    def from_head(cls, head: Head) -> FrontMatter:
        """Read the texts at the head of a source."""
        return cls.from_texts({key: text for key, (_line, text) in head.keys.items()})

    @classmethod
    def from_texts(cls, metadata: Mapping[str, Any]) -> FrontMatter:
        """Read the texts of a front matter."""
        texts = {item.name: str(metadata.get(item.name, "")).strip() for item in fields(cls)}
        good = {name: text for name, text in texts.items() if text and not check_value(name, text)}
        good |= {name: read_inline(good[name]) for name in TEXTS & good.keys()}
        minutes = int(good.pop("minutes", 0))
        tags, was = (tuple(filter(None, map(str.strip, good.pop(name, "").split(",")))) for name in ("tags", "was"))
        numbers = tuple(read_numbers(good.pop("numbers", "")))
        return cls(minutes=minutes, tags=tags, was=was, numbers=numbers, **good)


SOUNDS = (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav")
TEXTS = frozenset({"short", "summary", "presenter", "tags", "closing", "numbers"})
"""Keys that readers see, in which markup is read, and gone: covers, shelves and other sites show letters alone."""
KNOWN = frozenset(item.name for item in fields(FrontMatter))

OTHERS = frozenset(
    {
        *("orphan", "tocdepth", "nocomments", "no-search", "nosearch"),  # Sphinx's own
        *("myst", "substitutions", "html_meta", "title"),  # MyST's
        *("hide-toc", "sd_hide_title", "bitbucket_url", "github_url", "gitlab_url"),  # furo's, sphinx-design's, rtd's
        *(f"html_theme.sidebar_{side}.remove" for side in ("primary", "secondary")),  # pydata-sphinx-theme's
        *("file_format", "jupytext", "kernelspec", "mystnb"),  # of notebooks
        # docutils' bibliographic fields
        *("author", "authors", "organization", "contact", "address", "version", "revision", "status", "copyright"),
        *("dedication", "abstract"),
    }
)
"""Keys that mean something to others, and are let pass."""

ALONE = ("paperdeck", "myst_parser", "sphinx_revealjs", "sphinxcontrib.bibtex", "sphinxcontrib.mermaid", "sphinx.ext.")
"""How the extensions begin that read none of them but what is Sphinx's, MyST's or ours."""

OURS = {
    other: name
    for name, others in {
        "paper": "bibkey citekey citation",
        "short": "shorttitle short-title short_title title-short running-title",
        "summary": "subtitle description desc excerpt subject info tagline",
        "code": "repo repository github source-code",
        "podcast": "audio recording",
        "minutes": "duration length",
        "presenter": "author authors speaker speakers by institute institution affiliation affiliations organization",
        "date": "created published event-date",
        "tags": "tag keywords keyword category categories topics",
        "lang": "language locale",
        "was": "alias aliases redirect redirects redirect_from redirect-from",
    }.items()
    for other in others.split()
}
"""What other tools call our keys."""

IN_CONF = {
    **dict.fromkeys(("bibliography", "bib", "references"), 'name the file in conf.py, `bibtex_bibfiles = ["…"]`'),
    **dict.fromkeys(("footer", "event", "venue", "conference"), 'write the line in conf.py, `paperdeck_footer = "…"`'),
    **dict.fromkeys(("logo",), 'name the picture in conf.py, `paperdeck_logo = "…"`'),
    **dict.fromkeys(("theme", "style", "css", "colortheme", "fonttheme"), "set `paperdeck_tokens` in conf.py"),
    **dict.fromkeys(("url", "website", "homepage"), "set `html_baseurl` in conf.py, or write a link into the text"),
}
"""What other tools say in each document, and a project of ours once."""

SETTINGS = frozenset(
    {
        *(
            "marp",
            "paginate",
            "size",
            "math",
            "class",
            "header",
            "headingdivider",
            "backgroundcolor",
            "backgroundimage",
        ),
        *("layout", "transition", "mdc", "drawings", "fonts", "highlighter", "colorschema", "aspectratio", "comark"),
        *("canvaswidth", "routermode", "favicon", "download", "exportfilename", "background", "clicks", "routealias"),
        *("format", "output", "execute", "engine", "editor", "toc", "toc-depth", "number-sections", "csl", "filters"),
        *("crossref", "revealoptions", "revealjs", "documentclass"),
        *("cssclasses", "cssclass", "publish", "permalink", "draft", "slug", "weight", "params", "slideoptions"),
    }
)
"""What Marp, Slidev, Quarto, R Markdown, Beamer, Obsidian and blogs are told in their front matter."""

OF_POSTS = frozenset(
    {"author", "blogpost", "category", "excerpt", "external_link", "image", "language", "location", "redirect"}
)
"""Keys of ablog's, let pass in what says that it is a post; elsewhere ``language`` is meant for ``lang``."""

OF_LINKS = ("og:", "ogp_")
"""How the keys of sphinxext-opengraph begin."""


def build_front_matter_schema() -> dict[str, Any]:
    """Return the JSON Schema of a front matter, for editors."""
    ours = {
        item.name: {"description": item.metadata["help"], **item.metadata["schema"]} for item in fields(FrontMatter)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a paper or a talk says of itself",
        "type": "object",
        "properties": {**ours, **dict.fromkeys(sorted(OTHERS), True)},
        "additionalProperties": False,
    }


MOST_NUMBERS = 3
"""How many numbers a closing slide has room for."""

DEEPEST = 20
"""How many levels the front matter of other extensions may have."""

OLD_NAME = re.compile(r"(?!.*\.(?:md|html)$)\w[\w-]*(?:[./]\w[\w-]*)*")
KEY_LINE = re.compile(r"[A-Za-z][\w-]*:(?:\s|$)|[ \t]+\S|#")
BODY_LINE = re.compile(r"^(?:#{1,6} |[:`~]{3,})", re.M)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=$|[Tt]|[ \t]+\d)")
FENCE = re.compile(r"-{3,}\s*")
EMPTY_LINES = re.compile(r"(?:[ \t]*\r?\n)+(?=---)")
HEADING_LINE = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*$", re.M)
PAPER_LINE = re.compile(r"^paper:", re.M)
SLIDE_LINE = re.compile(r"^[ \t]*[:`~]{3,}[ \t]*\{slide\}", re.M)


def read_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the colon of each part between commas; nothing where one has none."""
    parts = [part.rpartition(":") for part in re.split(r",\s+", text) if part]
    if all(colon for _number, colon, _words in parts):
        yield from ((number.strip(), words.strip()) for number, _colon, words in parts)


def is_impossible_day(text: str) -> bool:
    """Tell whether a text without quotes is a day that no calendar has, of which YAML makes an error."""
    day = DAY.match(text)
    if day is None:
        return False
    try:
        date(*map(int, day.groups()))
    except ValueError:
        return True
    return False


def check_value(key: str, text: str) -> str | None:
    """Return what is wrong with a value and what to write instead; None where it is good."""
    if key in TEXTS:
        try:
            read_inline(text)
        except ValueError as wrong:
            return str(wrong)
    if key == "minutes" and not re.fullmatch(r"[1-9]\d{0,2}", text):
        return "write the length of the talk in whole minutes, such as `minutes: 20`"
    if key in ("code", "podcast") and not re.match(r"https?://[^\s]+$", text):
        return f"write an address, such as `{key}: https://example.org/`"
    if key == "was" and not all(OLD_NAME.fullmatch(name.strip()) for name in text.split(",")):
        return "write the name that the document had, without an ending, such as `was: papers/lora/index`"
    if key == "lang" and not LANGUAGE_TAG.fullmatch(text):
        return "write a language tag, such as `lang: en`"
    if key == "gallery" and text != "hide":
        return "write `gallery: hide`, or take the line away"
    if key == "numbers" and not (1 <= len(list(read_numbers(text))) <= MOST_NUMBERS):
        return f'write up to {MOST_NUMBERS}, each with its words, such as `{key}: "{{experts}}: in a layer, …"`'
    if key == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "write the day as year-month-day, such as `date: 2026-01-31`"
    return None


@dataclass(frozen=True)
class Head:
    """The front matter of a source: its keys, each with its line and text, and what is wrong as ``(line, message)``.

    The text is as it is written, so that ``no`` is a word; it is empty for what is no flat text.
    """

    keys: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()
    hidden: int = 0
    """How many lines MyST may not see, because it would tell once more what is wrong with them."""


def split_front_matter(source: str) -> tuple[str, int] | None:
    """Return the text between the fences and how many lines the whole takes; None where there is none.

    MyST's rule: the first line is ``---`` or longer, and a later line is at least as long, or ``...``.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or not FENCE.fullmatch(lines[0]):
        return None
    for index, line in enumerate(lines[1:], 1):
        closes = FENCE.fullmatch(line) and len(line.rstrip()) >= len(lines[0].rstrip())
        if closes or line.rstrip() == "...":
            return "\n".join(lines[1:index]), index + 1
    return None


def split_open_front_matter(source: str) -> tuple[str, int] | None:
    """Return the keys that follow a fence, up to an empty line or a line of another kind, and how many lines that is.

    None where no key follows: then the first line is a rule across the page.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or not FENCE.fullmatch(lines[0]):
        return None
    keys = list(takewhile(KEY_LINE.match, lines[1:]))
    return ("\n".join(keys), 1 + len(keys)) if keys and not keys[0].startswith(" ") else None


def read_head(source: str) -> Head:
    """Return the front matter of a source; where it is not closed or not at the top, the keys that were meant."""
    top = EMPTY_LINES.match(source.removeprefix("\ufeff"))
    if top and (meant := read_head(source.removeprefix("\ufeff")[top.end() :])).keys.keys() & KNOWN:
        return _move_down(meant, top[0].count("\n"), split_front_matter(source.removeprefix("\ufeff")[top.end() :]))
    found, opened = split_front_matter(source), split_open_front_matter(source)
    if found is None and opened is None:
        return read_head_without_fence(source)
    head = _read_keys(*found) if found else Head()
    if opened and (
        found is None or (head.hidden and BODY_LINE.search("\n".join(found[0].splitlines()[opened[1] - 1 :])))
    ):
        meant = _read_keys(*opened)
        line = opened[1] + 1
        message = f"it is not closed; write “---” in a line of its own after line {line - 1}"
        return replace(meant, problems=(*meant.problems, (line, message)), hidden=opened[1])
    return head


def read_head_without_fence(source: str) -> Head:
    """Return the keys that were meant where the first line is one of ours instead of a fence, or TOML's fence."""
    lines = source.removeprefix("\ufeff").splitlines()
    count = len(list(takewhile(KEY_LINE.match, lines)))
    if lines and lines[0].rstrip() == "+++":
        closing = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), 0)
        message = "it is YAML between two lines “---”, such as `paper: du2022glam`, not TOML between “+++”"
        return Head(problems=((1, message),) if closing else (), hidden=closing + 1 if closing else 0)
    if not count or lines[0].partition(":")[0] not in KNOWN or not any(map(FENCE.fullmatch, lines[count : count + 1])):
        return Head()
    meant = _read_keys("\n".join(lines[:count]), count + 1)
    keys = {key: (line - 1, text) for key, (line, text) in meant.keys.items()}
    problems = ((line - 1, text) for line, text in meant.problems)
    message = "it begins with a line “---”; write one above this line"
    return Head(keys, ((1, message), *problems), count + 1)


def _move_down(head: Head, lines: int, closed: tuple[str, int] | None) -> Head:
    """Return a front matter that stands below empty lines, where MyST reads none."""
    keys = {key: (line + lines, text) for key, (line, text) in head.keys.items()}
    message = "it begins in the first line; take the empty lines above it away"
    problems = ((lines + 1, message), *((line + lines, text) for line, text in head.problems))
    return Head(keys, problems, lines + (closed[1] if closed else head.hidden))


def _read_keys(text: str, count: int) -> Head:
    """Return what stands between the fences; lines are those of the document, whose first is the fence."""
    try:
        root = parse_yaml(text, DEEPEST, lenient=True)
        pairs = list(read_pairs(root)) if root else []
    except Unreadable as wrong:
        return Head(problems=((wrong.node.line + 1, str(wrong)),), hidden=count)
    keys: dict[str, tuple[int, str]] = {}
    problems, hidden = [], 0
    for label, value in pairs:
        key, line = str(label.content), label.line + 1
        text = value.content if isinstance(value.content, str) else ""
        no_day = value.kind == "plain" and is_impossible_day(text)
        if key in keys:
            problems.append((line, f"{key!r} stands twice, first in line {keys[key][0]}; leave one of them"))
        elif key in KNOWN and value.kind not in ("plain", "text"):
            problems.append((line, f"{key!r} holds a list or a mapping; write flat text, a list with commas"))
        elif key in KNOWN and text and (wrong_value := check_value(key, text)):
            problems.append((line, f"{key!r} cannot be {text!r}; {wrong_value}"))
        elif no_day:
            problems.append((line, f'{key!r}: no calendar has the day {text}; put it in quotes: `{key}: "{text}"`'))
        hidden = count if no_day else hidden
        keys.setdefault(key, (line, "" if is_nothing(value) else text))
    return Head(keys, tuple(problems), hidden)


def are_others_here(extensions: Iterable[str]) -> bool:
    """Tell whether a project has extensions that may read what means nothing to us, such as ``author``."""
    return not all(name.startswith(ALONE) for name in extensions)


def find_unknown_keys(head: Head, *, shared: bool = False) -> list[tuple[int, str]]:
    """Return what is wrong with keys that nobody knows, and with those that are called otherwise here.

    :param shared: whether other extensions may read the front matter too
    """
    return [
        (line, f"{key!r} is not {advice}")
        for key, (line, _text) in head.keys.items()
        if key not in KNOWN and (advice := _explain_key(key, head, shared=shared))
    ]


def _explain_key(key: str, head: Head, *, shared: bool) -> str:
    """Return that a key is not read and what to write instead; nothing where it is to be let pass."""
    ours = OURS.get(key.lower(), "")
    if key.startswith(OF_LINKS) or ("blogpost" in head.keys and key in OF_POSTS):
        return ""
    if key in OTHERS and (shared or not ours or ours in head.keys):
        return ""
    if ours:
        return f"read; write it as `{ours}`"
    if place := IN_CONF.get(key.lower()):
        return f"read here; {place}"
    if key.lower() in SETTINGS:
        return "read; it is a setting of another tool, and decks here have one look: take the line away"
    close = difflib.get_close_matches(key, KNOWN, 1)
    return f"known; did you mean {close[0]}?" if close else f"known; the keys are {', '.join(sorted(KNOWN))}"


def find_other_title(head: Head, source: str) -> Iterator[tuple[int, str]]:
    """Yield that ``title`` is not shown, where the document has a heading that says something else."""
    line, title = head.keys.get("title", (1, ""))
    _head, count = split_front_matter(source) or ("", 0)
    heading = HEADING_LINE.search("\n".join(source.splitlines()[count:]))
    if title and heading and title not in (heading[1], _read_heading(heading[1])):
        yield line, f"'title' is not read; the title is the heading, `# {title}`"


def _read_heading(text: str) -> str:
    try:
        return read_inline(text)
    except ValueError:  # it has what letters alone cannot show
        return text


def check_front_matter(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn, in the order of the lines, of what is wrong in the front matter of a paper or a talk.

    Documents without slides and without ``paper`` may have any keys. A front matter that is no YAML is hidden from
    MyST, which would say the same without a place.

    Warns ``paperdeck.front_matter``, and ``paperdeck.unknown_paper``: the bibliography does not have ``paper``.
    """
    if app.env.doc2path(docname).suffix != ".md":
        return
    head = read_head(source[0])
    app.env.current_document["paperdeck_keys"] = head.keys
    app.env.current_document["paperdeck_front"] = FrontMatter.from_head(head)
    if not PAPER_LINE.search(source[0]) and not SLIDE_LINE.search(source[0]):
        return
    shared = are_others_here(app.config.extensions)
    titles = () if shared or app.config.myst_title_to_header else find_other_title(head, source[0])
    told = [
        (line, Subtype.FRONT_MATTER, f"front matter: {text}")
        for line, text in (*head.problems, *find_unknown_keys(head, shared=shared), *titles)
    ]
    line, paper = head.keys.get("paper", (1, ""))
    if paper and (missing := explain_missing_work(app.env, paper)):
        told.append((line, Subtype.UNKNOWN_PAPER, missing))
    for line, subtype, message in sorted(told):
        warn(subtype, "%s", message, location=(docname, line))
    if head.hidden:
        lines = source[0].removeprefix("\ufeff").splitlines()[head.hidden :]
        source[0] = "\n" * head.hidden + "\n".join(lines) + "\n"


def get_lines(env: BuildEnvironment) -> dict[str, tuple[int, str]]:
    """Return the keys of the document that is being read, each with its line and text."""
    return cast("dict[str, tuple[int, str]]", env.current_document.get("paperdeck_keys", {}))


def keep_front_matter(app: Sphinx, document: nodes.document) -> None:
    """Keep the texts of a paper or talk as they are written: MyST reads ``no`` as False, and nothing as null."""
    env = app.env
    front = FrontMatter.being_read(env)
    if front.paper or env.docname in decks(env):
        metadata = env.metadata[env.docname]
        for key, (_line, text) in get_lines(env).items():
            if key in KNOWN or (text and key not in metadata):  # MyST has not read what was hidden from it
                metadata[key] = text
    if front.paper:
        for path in list_bibliographies(env):
            env.note_dependency(path)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the checks."""
    app.connect("source-read", check_front_matter)
    app.connect("doctree-read", keep_front_matter)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
