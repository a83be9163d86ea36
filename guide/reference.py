"""What the guide says of the code, made from it: each thing with the words of its own docstring."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from typing import TYPE_CHECKING, ClassVar, TypeVar

from docutils.parsers.rst import directives, roles
from sphinx.domains import Domain
from sphinx.pycode import ModuleAnalyzer
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from paperdeck.checking.findings import Kind
from paperdeck.config import Config
from paperdeck.messages import Subtype
from paperdeck.slides import layouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

Found = TypeVar("Found")


class FromRst(SphinxDirective):
    """A directive whose content is written in reStructuredText, as docstrings are."""

    option_spec: ClassVar[OptionSpec] = {}

    def parse_rst(self, text: str) -> list[nodes.Node]:
        """Return the nodes of a text."""
        return self.parse_text_to_nodes(f"````{{eval-rst}}\n.. highlight:: text\n\n{text}\n````")


class Settings(FromRst):
    """A table of the values of conf.py."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list: name and default, then the help."""
        rows = (
            f"``paperdeck_{item.name}`` = ``{item.default!r}``\n   {item.metadata['help']}"
            for item in dataclasses.fields(Config)
        )
        return self.parse_rst("\n\n".join(rows))


class Docstring(FromRst):
    """The docstring of a directive, or with ``:role:`` of a role."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"role": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return what the docstring of the registered class says."""
        name = self.arguments[0]
        role = roles._roles.get(name) if "role" in self.options else None  # type: ignore[attr-defined]
        found = type(role) if role else directives._directives.get(name)  # type: ignore[attr-defined]
        if found is None:
            raise self.error(f"nothing is called {name!r}; write a name that paperdeck registers")
        self.env.note_dependency(inspect.getsourcefile(found) or "")
        return self.parse_rst(inspect.getdoc(found) or "")


class Layouts(FromRst):
    """A table of the layouts: what each is for or, with ``:rooms:``, what it has room for."""

    option_spec: ClassVar[OptionSpec] = {"rooms": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the rows of the layouts that an author chooses."""
        self.env.note_dependency(layouts.__file__)
        chosen = {name: layout for name, layout in layouts.LAYOUTS.items() if not layout.made}
        if "rooms" in self.options:
            rows = [("layout", "text", "image, table, code, chart", "diagram", "type")]
            for name, layout in chosen.items():
                rooms = (f"{room.width} × {room.height}" for room in (layout.text, layout.picture, layout.diagram))
                sizes = (str(text.size) for text in (layout.light, layout.body, layout.dense) if text)
                rows.append((f"``{name}``", *rooms, " / ".join(sizes)))
        else:
            purposes = ((name, layout.purpose.replace("`", "``")) for name, layout in chosen.items())
            rows = [("layout", "what it is for"), *((f"``{name}``", purpose) for name, purpose in purposes)]
        lines = [f"   {'*' if column == 0 else ' '} - {cell}" for row in rows for column, cell in enumerate(row)]
        return self.parse_rst("\n".join([".. list-table::", "   :header-rows: 1", "", *lines]))


class Transforms(FromRst):
    """A list of our transforms, of ``reading`` or of ``writing``, in the order in which they run."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a definition list: priority, name, module and builders, then what it leaves behind."""
        writing = directives.choice(self.arguments[0], ("reading", "writing")) == "writing"
        rows = [
            f"{found.default_priority} ``{found.__name__}`` in {name_module(self.env, found)}{name_builders(found)}\n"
            f"   {summarise(found)}"
            for found in sorted(find_subclasses(SphinxTransform), key=lambda found: found.default_priority)
            if issubclass(found, SphinxPostTransform) is writing
        ]
        return self.parse_rst("\n\n".join(rows))


class Domains(FromRst):
    """A list of our domains."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list: name and module, then what it keeps."""
        found = sorted(find_subclasses(Domain), key=lambda found: found.name)
        rows = [f"``{domain.name}`` in {name_module(self.env, domain)}\n   {summarise(domain)}" for domain in found]
        return self.parse_rst("\n\n".join(rows))


def find_subclasses(parent: type[Found]) -> Iterator[type[Found]]:
    """Yield the classes of the package that are registered as a kind of something."""
    for child in parent.__subclasses__():
        if child.__module__.startswith("paperdeck."):
            yield child
        yield from find_subclasses(child)


def name_module(env: BuildEnvironment, found: type) -> str:
    """Return where a class stands, below ``paperdeck/``; the page follows when that changes."""
    env.note_dependency(inspect.getsourcefile(found) or "")
    return f"``{'/'.join(found.__module__.split('.')[1:])}.py``"


def name_builders(transform: type[SphinxTransform]) -> str:
    """Return for which builders a transform runs; nothing where it runs for all."""
    names = (*getattr(transform, "builders", ()), *getattr(transform, "formats", ()))
    return f", for {', '.join(names)}" if names else ""


def summarise(found: type) -> str:
    """Return the first sentence of a docstring."""
    return (inspect.getdoc(found) or "").split("\n\n")[0].replace("\n", " ")


class Warnings(FromRst):
    """Every warning with what it means."""

    kinds: ClassVar[type[StrEnum]] = Subtype
    form: ClassVar[str] = "paperdeck.%s"

    def run(self) -> list[nodes.Node]:
        """Return a definition list: the value of each kind, then its docstring."""
        analyzer = ModuleAnalyzer.for_module(self.kinds.__module__)
        values = {item.name: item.value for item in self.kinds}
        docs = analyzer.find_attr_docs()
        self.env.note_dependency(analyzer.srcname)
        rows = (
            f"``{self.form % values[name]}``\n{textwrap.indent(' '.join(lines).strip(), '   ')}"
            for (owner, name), lines in docs.items()
            if owner == self.kinds.__name__
        )
        return self.parse_rst("\n\n".join(rows))


class Findings(Warnings):
    """Everything that ``check`` finds, with what it means."""

    kinds = Kind
    form = "%s"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("paperdeck-settings", Settings)
    app.add_directive("paperdeck-docstring", Docstring)
    app.add_directive("paperdeck-warnings", Warnings)
    app.add_directive("paperdeck-findings", Findings)
    app.add_directive("paperdeck-layouts", Layouts)
    app.add_directive("paperdeck-transforms", Transforms)
    app.add_directive("paperdeck-domains", Domains)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
