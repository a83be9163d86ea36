"""The whole grammar on one page, made from the code and from the tables of the guide: for a language model."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.util.docutils import SphinxDirective

from paperdeck.ledger.reading import FIELDS
from paperdeck.slides import layouts

if TYPE_CHECKING:
    from dataclasses import Field

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

GUIDE = Path(__file__).parent
FILE = "grammar.md"
DIRECTIVES = ("slide", "side", "speaker-notes", "article-only", "chart", "facts", "compare", "checked", "gallery")
ROLES = ("fact", "plain", "icon", "data-file")
EXAMPLES = {
    "side": "::::{slide} Before and after\n:layout: compare\n:::{side} Before\n- **1,023** looks\n:::\n"
    ":::{side} After\n:point:\n- **10** looks\n:::\n::::",
    "speaker-notes": "::::{slide} Short\n- One line\n\n:::{speaker-notes}\nSaid in its place.\n:::\n::::",
    "article-only": ":::{article-only}\nRead, and not said.\n:::",
    "gallery": "```{gallery}\n```",
}
"""What has no example in its docstring."""
LEDGER = """\
experts:
  says: experts in each layer
  value: 64
  unit: expert
  source: du2022glam, §4
share:
  says: share of the experts that a token uses
  from: 2 / experts
  show: "{value:.0%}"
licence:
  says: licence of the weights
  text: not released
  source: du2022glam
  place: memory"""
FRONT = """\
---
paper: du2022glam
short: GLaM
summary: "{experts} experts, and a token uses two."
minutes: 20
---"""
DIAGRAM = """\
```{mermaid}
flowchart LR
  accTitle: One token through a layer
  accDescr: A gate sends the token to one expert.
  token["token"] --> gate["Gate"]
  gate --> expert["{fact}`one of 64 <experts>`"]
  class token data
  class expert active
  %% step 1: expert
```"""
MATHS = """\
$$
%% step 1: balance
\\mathcal{L} + \\class{balance active}{\\alpha \\mathcal{B}}
$$ (loss)

Equation {eq}`loss` has two parts."""
TEXT = """\
A document is MyST Markdown: front matter, one `# Title`, `## Section` headings, prose, slides among it.
Prose is the article's text and what the speaker says; a slide's own content is all that its slide shows.
Prose between a heading and the section's first slide is said at that slide, prose after a slide at that one.
A fence ends at the first line of as many marks: what holds another fence has more of them.
Every number on a slide is a `{fact}`, save in code and maths; names (GPT-3, INT4) are none.
Cover, closing slide and sources are made, and not written."""


def write_grammar() -> str:
    """Return the grammar as Markdown."""
    parts = [f"# The grammar of paperdeck\n\n{TEXT}"]
    parts.append(
        f"## Front matter\n\n{list_table('write.md', 'What a paper says of itself')}\n\n{fence(FRONT, 'yaml')}"
    )
    choices = "\n".join(f"- `{name}`: {layouts.LAYOUTS[name].purpose}" for name in layouts.CHOICES)
    parts.append("## Directives")
    for name in DIRECTIVES:
        parts.append(describe(f"`:::{{{name}}}`", find_directive(name), EXAMPLES.get(name)))
        if name == "slide":
            parts.append(f"Layouts:\n\n{choices}")
        if name == "chart":
            parts.append(f"Marks:\n\n{list_table('charts.md', 'Marks')}")
            parts.append(f"Lines over it, which begin with `%%`:\n\n{list_table('charts.md', 'What is drawn over it')}")
    parts.append("## Roles")
    parts += [describe(f"`` {{{name}}}`…` ``", find_role(name)) for name in ROLES]
    fields = "\n".join(f"- `{name}`: {item.metadata['help']}{list_values(item)}" for name, item in FIELDS.items())
    parts.append(f"## The ledger, facts.yaml\n\n{fields}\n\n{fence(LEDGER, 'yaml')}")
    parts.append(
        "## Diagrams\n\nMermaid, in `{mermaid}`, with `accTitle` and `accDescr`, labels in quotes, no colours.\n"
        f"Classes:\n\n{list_table('diagrams.md', 'Classes, not colours')}\n\n"
        "Steps, a click each; a flowchart names nodes and edges, a sequence diagram participants and messages by "
        "number. Charts have them too, with rows and columns, and equations, with the names that "
        "`\\class{name}{…}` gives:\n\n"
        f"{take_code('diagrams.md', 'Steps')}\n\n{fence(DIAGRAM)}"
    )
    parts.append(
        f"## Maths\n\n`$…$` in a line, `$$` around an equation; a label after it, and steps in it:\n\n{fence(MATHS)}"
    )
    return "\n\n".join(parts) + "\n"


def fence(text: str, language: str = "md") -> str:
    """Return a text as code."""
    marks = "````" if "```" in text else "```"
    return f"{marks}{language}\n{text}\n{marks}"


def find_directive(name: str) -> type:
    """Return the class of a directive of ours."""
    found: type = directives._directives[name]  # type: ignore[attr-defined]
    return found


def find_role(name: str) -> type:
    """Return the class of a role of ours."""
    return type(roles._roles[name])  # type: ignore[attr-defined]


def describe(form: str, found: type, shown: str | None = None) -> str:
    """Return what the docstring of a directive or role says, with an example; of errors the build tells itself.

    :param form: how it is written
    :param shown: the example, where the docstring has none
    """
    text = inspect.getdoc(found) or ""
    text, _, example = text.partition("\nExample::\n")
    text = re.sub(r"^(?:Errors?|Warns)\b.*?(?:\n\n|\Z)", "", text, flags=re.M | re.S)
    text = re.sub(r"^=+ +=+\n", "", text, flags=re.M)
    text = re.sub(r"^(``:.*?:``|argument|content) {2,}", r"- \1 ", text, flags=re.M).replace("``", "`")
    text = re.sub(r"\n{3,}", "\n\n", text)
    return f"### {form}\n\n{text.strip()}\n\n{fence(shown or textwrap.dedent(example).strip())}"


def list_values(item: Field[object]) -> str:
    """Return the words that a field of the ledger may have, where they are given."""
    values = item.metadata["schema"].get("enum", ())
    return f" ({', '.join(map(str, values))})" if values else ""


def section_of(page: str, heading: str) -> str:
    """Return what stands under a heading of a page of the guide."""
    text = (GUIDE / page).read_text("utf-8").split(f"\n## {heading}\n")[1]
    return re.split(r"^## ", text, maxsplit=1, flags=re.M)[0]


def list_table(page: str, heading: str) -> str:
    """Return the rows of the first table under a heading as a list."""
    rows = re.findall(r"^\| (?!:?-)(.*) \|$", section_of(page, heading), re.M)[1:]
    cells = (re.split(r"(?<!\\) \| ", row) for row in rows)
    return "\n".join(f"- {first}: {'; '.join(rest)}".replace("\\|", "|") for first, *rest in cells)


def take_code(page: str, heading: str) -> str:
    """Return the first code under a heading, with its fence."""
    found = re.search(r"^```.*?^```$", section_of(page, heading), re.M | re.S)
    return found[0] if found else ""


class GrammarDirective(SphinxDirective):
    """Show the grammar as it is given to a model."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return it as one listing."""
        sources = [GUIDE / name for name in ("write.md", "charts.md", "diagrams.md")]
        found = [find_directive(name) for name in DIRECTIVES] + [find_role(name) for name in ROLES]
        for path in (__file__, layouts.__file__, *sources, *(inspect.getsourcefile(each) for each in found)):
            self.env.note_dependency(str(path))
        text = write_grammar()
        listing = nodes.literal_block(text, text, language="markdown")
        self.set_source_info(listing)
        return [listing]


def write_file(app: Sphinx, exception: Exception | None) -> None:
    """Write it beside the articles too."""
    if exception is None and app.builder.name in ("html", "dirhtml"):
        Path(app.outdir, FILE).write_text(write_grammar(), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the file."""
    app.add_directive("paperdeck-grammar", GrammarDirective)
    app.connect("build-finished", write_file)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
