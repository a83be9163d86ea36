"""Both applications, held in memory, and what is done with them after a save: the changed pages first."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace
from sphinx.util.parallel import SerialTasks

from paperdeck.outputs.making import open_application
from paperdeck.site.fresh import write_again
from paperdeck.upstream import forget_page_files, forget_tree, lend_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

    from paperdeck.outputs.making import Output
    from paperdeck.outputs.report import Collector, Message

FEW = 4
"""So many documents are shown before all that rests on them is looked at."""

KEPT = "messages.pickle"
"""Where the messages stand beside the environment: of documents that are not read again, Sphinx says nothing again."""

Owners = dict[str, set[str]]
"""The documents that a file belongs to, by its path."""


@dataclass
class Told:
    """What is wrong, by the phase of the build that tells it: what is done again is told again, the rest stays."""

    phases: dict[str, list[Message]] = field(default_factory=dict)

    def renew(
        self,
        phase: str,
        told: Sequence[Message],
        done: Set[str] = frozenset(),
        owners: Owners | None = None,
    ) -> None:
        """Put what was told in the place of what was told before.

        :param done: the documents that were looked at; all of them, where there are no ``owners``
        :param owners: the documents that each file belongs to
        """
        owners = owners or {}
        kept = [message for message in self.phases.get(phase, ()) if owners.get(message.file, set()) - done]
        self.phases[phase] = [*kept, *(message for message in told if message not in kept)]

    def __iter__(self) -> Iterator[Message]:
        """Yield each message once: article and deck may both tell it."""
        yield from dict.fromkeys(message for messages in self.phases.values() for message in messages)


class Builds:
    """The application of each output, on one environment."""

    def __init__(self, source: Path, outputs: Sequence[Output], doctrees: Path, collector: Collector) -> None:
        self.doctrees, self.collector = doctrees, collector
        self.told = self.load_messages()
        self.owed: set[str] = set()
        """Documents that were read, and whose pages or what rests on them is not written yet."""
        self.written: set[str] = set()
        self.read: list[str] = []
        self.common_files: dict[str, tuple[list[Any], list[Any]]] = {}
        """The style sheets and scripts of every page, by the name of the builder."""
        self.document = ""
        """What is read or written just now."""
        self.decks_first = False
        """Whether somebody waits for a deck, and nobody for an article."""
        parallel = os.cpu_count() or 1
        articles, decks = outputs
        with docutils_namespace():  # what the second registers for the whole process serves the first too
            self.articles = open_application(source, articles, doctrees, collector, parallel=parallel)
        self.decks = open_application(source, decks, doctrees, collector, parallel=parallel)
        self.told.renew("opening", collector.take())
        self.articles.connect("env-before-read-docs", self.note_read, priority=999)  # when all others have spoken
        self.articles.connect("env-purge-doc", self.forget)
        for app in (self.articles, self.decks):
            app.connect("doctree-resolved", self.note_written)

    @property
    def env(self) -> BuildEnvironment:
        """The environment that both share."""
        return self.articles.env

    def load_messages(self) -> Told:
        """Return what was wrong when the environment was kept."""
        try:
            return Told(pickle.loads((self.doctrees / KEPT).read_bytes()))
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError):
            return Told()

    def note_read(self, app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
        """Note which documents are about to be read, and what was said before."""
        self.read = list(names)
        self.told.renew("before", self.collector.take())

    def forget(self, app: Sphinx, env: BuildEnvironment, name: str) -> None:
        """Forget the tree of a document that is about to be read."""
        forget_tree(env, name)
        self.document = name

    def note_written(self, app: Sphinx, _tree: object, name: str) -> None:
        """Note that a document is written."""
        self.written.add(name)
        self.document = name

    def update(self) -> Iterator[str]:
        """Build what has changed, and yield the name of each stage.

        That is the builder whose pages are new, “counted” when all figures have their numbers, “done” at the end.
        It may be left after any stage: what is owed then is done the next time.
        """
        lend_environment(self.env, self.articles)
        figures, sections = dict(self.env.toc_fignumbers), dict(self.env.toc_secnumbers)
        known = set(self.env.all_docs)
        self.articles.builder.phase = BuildPhase.READING
        self.owed.update(self.articles.builder.read())
        owners = self.find_owners()
        self.told.renew("reading", self.collector.take(), {*self.read}, owners)
        for name in known - self.env.all_docs.keys():
            self.remove_page(name)
        for app in (self.articles, self.decks):
            app.parallel = 1 if known else app.parallel
        shown: set[str] = set()
        if 0 < len(self.read) <= FEW and known:
            self.number_as_before(figures, sections)
            for app in (self.decks, self.articles) if self.decks_first else (self.articles, self.decks):
                lend_environment(self.env, app)
                self.write_at_once(app, {*self.read}, owners)
                yield app.builder.name
            shown = {*self.read}
        for app in (self.articles, self.decks):
            lend_environment(self.env, app)
            if app is self.articles:
                self.owed.update(self.env.check_dependents(app, {*self.owed}))
                yield "counted"
            else:  # nothing was read for these, and all is counted
                for names in app.events.emit("env-updated", self.env):
                    self.owed.update(names or ())
                self.owed -= shown  # an article is written for the search as well
                self.owed.update(write_again(app, self.env))
            self.write_all(app, owners)
            yield app.builder.name
        self.owed.clear()
        self.articles.builder.phase = BuildPhase.CONSISTENCY_CHECK
        lend_environment(self.env, self.articles)
        self.env.check_consistency()
        self.told.renew("consistency", self.collector.take())
        self.keep()
        yield "done"

    def number_as_before(self, figures: Mapping[str, Any], sections: Mapping[str, Any]) -> None:
        """Give what was just read the numbers of before: until all is counted again, the best that is known.

        :param figures: document, kind and id to number
        :param sections: document and id to number
        """
        referred = {name for name, _number in self.env.domains.math_domain.equations.values()}
        for name in self.read:
            counted = self.env.toc_fignumbers.setdefault(name, dict(figures.get(name, {})))
            if name in referred:
                counted.setdefault("displaymath", {})  # without which Sphinx finds no equation
            self.env.toc_secnumbers.setdefault(name, sections.get(name, {}))

    def write_at_once(self, app: Sphinx, names: set[str], owners: Owners) -> None:
        """Write pages alone: no index for the search, no files, nothing that rests on them."""
        builder = self.begin_writing(app)
        searched, builder.search = builder.search, False
        try:
            builder.prepare_writing(names)
        finally:
            builder.search = searched  # a page says that there is one
        builder.write_documents(names)
        self.told.renew(builder.name, self.collector.take(), names, owners)

    def write_all(self, app: Sphinx, owners: Owners) -> None:
        """Write every page that is older than what it rests on, and all that stands beside the pages."""
        builder = self.begin_writing(app)
        self.owed &= self.env.found_docs
        outdated = builder.get_outdated_docs()
        self.written = set()
        names = self.env.found_docs if isinstance(outdated, str) else {*outdated} & self.env.found_docs
        builder.write(names, self.owed, "update")
        builder.finish()
        builder.finish_tasks.join()
        app.events.emit("build-finished", None)
        self.told.renew(builder.name, self.collector.take(), self.written, owners)

    def begin_writing(self, app: Sphinx) -> StandaloneHTMLBuilder:
        """Make a builder ready to write, as Sphinx does before each build."""
        builder = cast("StandaloneHTMLBuilder", app.builder)  # as both are
        forget_page_files(builder)
        # what a page asks for stands in these lists too
        css_files, js_files = self.common_files.setdefault(
            builder.name, ([*app.registry.css_files], [*app.registry.js_files])
        )
        app.registry.css_files[:], app.registry.js_files[:] = css_files, js_files
        builder.phase = BuildPhase.RESOLVING
        builder.parallel_ok = app.parallel > 1 and builder.allow_parallel
        builder.finish_tasks = SerialTasks()
        return builder

    def find_owners(self) -> Owners:
        """Return the documents that each file belongs to, by its path."""
        owners: Owners = {}
        for name in self.env.all_docs:
            files = (self.env.doc2path(name), *(self.env.srcdir / path for path in self.env.dependencies.get(name, ())))
            for file in files:
                owners.setdefault(os.path.normpath(file), set()).add(name)
        return owners

    def list_folders(self) -> frozenset[Path]:
        """Return the folders, other than the project's, of what pages are made of."""
        config, confdir = self.articles.config, Path(self.articles.confdir)
        named = (*config.html_static_path, *config.html_extra_path, *config.templates_path, *config.locale_dirs)
        files = [confdir / name for name in (*named, *config.bibtex_bibfiles, *config.revealjs_static_path)]
        files += [Path(self.env.srcdir, path) for paths in self.env.dependencies.values() for path in paths]
        files = [Path(os.path.normpath(file)) for file in files]
        folders = {file if file.is_dir() else file.parent for file in files}
        return frozenset(folder for folder in folders if folder.is_dir() and not folder.is_relative_to(self.env.srcdir))

    def remove_page(self, name: str) -> None:
        """Remove the pages of a document that is gone; Sphinx leaves them."""
        for app in (self.articles, self.decks):
            builder: Builder = app.builder
            Path(builder.outdir, builder.get_target_uri(name).partition("#")[0]).unlink(missing_ok=True)

    def keep(self) -> None:
        """Keep the environment for the next start, whole or not at all."""
        for name, kept in ((ENV_PICKLE_FILENAME, self.env), (KEPT, self.told.phases)):
            new = self.doctrees / f"{name}.new"
            with new.open("wb") as file:
                pickle.dump(kept, file, pickle.HIGHEST_PROTOCOL)
            new.replace(self.doctrees / name)
