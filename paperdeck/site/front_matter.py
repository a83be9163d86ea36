"""What a document says of itself in its front matter."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

from paperdeck.language import LANGUAGE_TAG
from paperdeck.messages import Subtype, warn
from paperdeck.site.decks import decks
from paperdeck.site.works import bibliography, bibliography_files, find_work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


@dataclass(frozen=True)
class FrontMatter:
    """What the front matter of one document says; empty where it says nothing."""

    paper: str = ""
    short: str = ""
    summary: str = ""
    code: str = ""
    podcast: str = ""
    minutes: int = 0
    presenter: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""

    @classmethod
    def of(cls, env: BuildEnvironment, docname: str) -> FrontMatter:
        """Return what a document says of itself; values that cannot be are left out."""
        return cls.from_texts(env.metadata.get(docname, {}))

    @classmethod
    def being_read(cls, env: BuildEnvironment) -> FrontMatter:
        """Return what the document says that is being read, which Sphinx does not have yet."""
        keys = cast("dict[str, tuple[int, str]]", env.current_document.get("paperdeck_keys", {}))
        return cls.from_texts({key: text for key, (_line, text) in keys.items()})

    @classmethod
    def from_texts(cls, metadata: Mapping[str, Any]) -> FrontMatter:
        """Read the texts of a front matter."""
        texts = {item.name: str(metadata.get(item.name, "")).strip() for item in fields(cls)}
        good = {name: text for name, text in texts.items() if text and not check_value(name, text)}
        minutes = int(good.pop("minutes", 0))
        tags = tuple(filter(None, map(str.strip, good.pop("tags", "").split(","))))
        return cls(minutes=minutes, tags=tags, **good)


KNOWN = frozenset(item.name for item in fields(FrontMatter))

OTHERS = frozenset(
    {
        *("orphan", "tocdepth", "nocomments", "no-search", "nosearch"),  # Sphinx's own
        *("myst", "substitutions", "html_meta", "title", "hide-toc"),  # MyST's and furo's
        # docutils' bibliographic fields
        *("author", "authors", "organization", "contact", "address", "version", "revision", "status", "copyright"),
        *("dedication", "abstract"),
    }
)
"""Keys that mean something to others, and are let pass."""


def check_value(key: str, text: str) -> str | None:
    """Return what is wrong with a value and what to write instead; None where it is good."""
    if key == "minutes" and not re.fullmatch(r"[1-9]\d{0,2}", text):
        return "write the length of the talk in whole minutes, such as `minutes: 20`"
    if key in ("code", "podcast") and not re.match(r"https?://[^\s]+$", text):
        return f"write an address, such as `{key}: https://example.org/`"
    if key == "lang" and not LANGUAGE_TAG.fullmatch(text):
        return "write a language tag, such as `lang: en`"
    if key == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "write the day as year-month-day, such as `date: 2026-01-31`"
    return None


def split_front_matter(source: str) -> tuple[str, int] | None:
    """Return the text between the fences and how many lines the whole takes; None where there is none.

    MyST's rule: the first line is ``---``, and a later line is.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:index]), index + 1
    return None


def read_keys(text: str) -> tuple[dict[str, tuple[int, str]], list[tuple[int, str]]]:
    """Return the keys of a front matter, each with its line and text, and what is wrong as ``(line, message)``.

    Lines are those of the document, whose first is the fence. The text is as it is written, so that ``no`` is a word;
    it is empty for what is no flat text.
    """
    # here, because it is slow to load and the second output reads nothing
    from ruamel.yaml import YAML, MappingNode, ScalarNode
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        root = YAML(typ="safe", pure=True).compose(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        return {}, [
            (line, f"{error.problem or error.context}; write one `key: value` a line, text with “: ” in quotes")
        ]
    except (YAMLError, RecursionError) as error:
        return {}, [(1, f"{str(error).splitlines()[0]}; write one `key: value` a line")]
    if root is None:
        return {}, []
    if not isinstance(root, MappingNode):
        return {}, [(root.start_mark.line + 2, "this is no list of keys; write one `key: value` a line")]
    keys: dict[str, tuple[int, str]] = {}
    problems = []
    for key_node, value in root.value:
        key, line = str(key_node.value), key_node.start_mark.line + 2
        flat = isinstance(value, ScalarNode) and value.tag != "tag:yaml.org,2002:null"
        if key in keys:
            problems.append((line, f"{key!r} stands twice, first in line {keys[key][0]}; leave one of them"))
        elif key in KNOWN and not isinstance(value, ScalarNode):
            problems.append((line, f"{key!r} holds a list or a mapping; write flat text, a list with commas"))
        elif key in KNOWN and value.value and (wrong := check_value(key, str(value.value))):
            problems.append((line, f"{key!r} cannot be {value.value!r}; {wrong}"))
        keys.setdefault(key, (line, str(value.value) if flat else ""))
    return keys, problems


def check_front_matter(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn at the line of what is wrong in a front matter (``paperdeck.front_matter``).

    A front matter that is no YAML is blanked, so that MyST does not say the same without a place.
    """
    if app.env.doc2path(docname).suffix != ".md" or not (found := split_front_matter(source[0])):
        return
    text, count = found
    keys, problems = read_keys(text)
    for line, message in problems:
        warn(Subtype.FRONT_MATTER, "front matter: %s", message, location=(docname, line))
    if problems and not keys:
        source[0] = "\n" * count + "\n".join(source[0].removeprefix("\ufeff").splitlines()[count:]) + "\n"
    app.env.current_document["paperdeck_keys"] = keys


def check_paper(app: Sphinx, document: nodes.document) -> None:
    """Warn of keys that are not known, and of a paper that the bibliography does not have.

    Documents without slides and without ``paper`` may have any keys.
    """
    env = app.env
    docname = env.docname
    keys = cast("dict[str, tuple[int, str]]", env.current_document.get("paperdeck_keys", {}))
    # MyST has read `no` as False, and nothing as null
    env.metadata[docname] |= {key: text for key, (_, text) in keys.items() if key in KNOWN}
    front = FrontMatter.of(env, docname)
    if docname in decks(env) or front.paper:
        for key, (line, _) in keys.items():
            if key not in KNOWN | OTHERS:
                close = difflib.get_close_matches(key, KNOWN, 1)
                hint = f"write {close[0]!r}" if close else f"the keys are {', '.join(sorted(KNOWN))}"
                warn(Subtype.FRONT_MATTER, "front matter: %r is not known; %s", key, hint, location=(docname, line))
    if not front.paper:
        return
    for path in bibliography_files(env):
        env.note_dependency(path)
    if find_work(env, front.paper) is None:
        entries = bibliography(env)
        close = difflib.get_close_matches(front.paper, entries, 1)
        hint = f"write {close[0]!r}, or add it" if close else "add it"
        if not entries:
            hint = 'name a file in conf.py, such as bibtex_bibfiles = ["papers/references.bib"], and add it'
        warn(
            Subtype.UNKNOWN_PAPER,
            "no entry of the bibliography has the key %r; %s",
            front.paper,
            hint,
            location=(docname, keys.get("paper", (1,))[0]),
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the checks."""
    app.connect("source-read", check_front_matter)
    app.connect("doctree-read", check_paper)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
