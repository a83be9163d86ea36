"""The reference page, made from the code: settings, directives, layouts and warnings, each with its own words."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from typing import TYPE_CHECKING, ClassVar

from docutils.parsers.rst import directives, roles
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

from paperdeck.config import Config
from paperdeck.slides import layouts

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec


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
    """A table of the layouts: what each is for, and what it has room for."""

    def run(self) -> list[nodes.Node]:
        """Return the rows of the layouts that an author chooses."""
        self.env.note_dependency(layouts.__file__)
        rows = [("layout", "what it is for", "text", "image, table, code, chart", "diagram", "type")]
        rows += [
            (
                f"``{name}``",
                layout.purpose.replace("`", "``"),
                *(f"{room.width} × {room.height}" for room in (layout.text, layout.picture, layout.diagram)),
                " / ".join(str(text.size) for text in (layout.light, layout.body, layout.dense) if text),
            )
            for name, layout in layouts.LAYOUTS.items()
            if not layout.made
        ]
        lines = [f"   {'*' if column == 0 else ' '} - {cell}" for row in rows for column, cell in enumerate(row)]
        return self.parse_rst("\n".join([".. list-table::", "   :header-rows: 1", "", *lines]))


class Warnings(FromRst):
    """Every warning with what it means."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list: subtype, then its docstring."""
        analyzer = ModuleAnalyzer.for_module("paperdeck.messages")
        values = dict(self.subtypes())
        docs = analyzer.find_attr_docs()
        self.env.note_dependency(analyzer.srcname)
        rows = (
            f"``paperdeck.{values[name]}``\n{textwrap.indent(' '.join(lines).strip(), '   ')}"
            for (owner, name), lines in docs.items()
            if owner == "Subtype"
        )
        return self.parse_rst("\n\n".join(rows))

    def subtypes(self) -> list[tuple[str, str]]:
        """Return the names and values of the subtypes."""
        from paperdeck.messages import Subtype

        return [(item.name, item.value) for item in Subtype]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("paperdeck-settings", Settings)
    app.add_directive("paperdeck-docstring", Docstring)
    app.add_directive("paperdeck-warnings", Warnings)
    app.add_directive("paperdeck-layouts", Layouts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
