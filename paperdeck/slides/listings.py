"""Code on slides: the groups of ``emphasize-lines`` step through, one click each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.directives.code import CodeBlock, LiteralInclude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def parse_groups(spec: str, total: int) -> list[list[int]]:
    """Return the lines of each part of ``emphasize-lines``, from 1: ``"1,3-4"`` is ``[[1], [3, 4]]``.

    Parts that cannot be read, and lines past ``total``, are left out; Sphinx warns of both.
    """
    groups = []
    for part in spec.split(","):
        if match := re.fullmatch(r"\s*(\d*)\s*(-?)\s*(\d*)\s*", part):
            first, dash, last = match.groups()
            start = int(first or 1)
            end = int(last or total) if dash else start
            if (first or last) and (lines := list(range(max(start, 1), min(end, total) + 1))):
                groups.append(lines)
    return groups


def runs(lines: Sequence[int]) -> list[list[int]]:
    """Return the runs of neighbouring lines: the groups, where the text of the option is not known."""
    groups: list[list[int]] = []
    for line in lines:
        if groups and line == groups[-1][-1] + 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def find_groups(node: nodes.literal_block) -> list[list[int]]:
    """Return the groups of lines that a listing emphasises."""
    if groups := node.get("emphasize_groups"):
        return cast("list[list[int]]", groups)
    options: dict[str, Any] = node.get("highlight_args", {})
    return runs(options.get("hl_lines", []))


def note_groups(result: list[nodes.Node], spec: str | None) -> list[nodes.Node]:
    """Note the groups on a directive's listings, which Sphinx keeps as one list of lines."""
    for node in result:
        for block in node.findall(nodes.literal_block):
            if spec:
                block["emphasize_groups"] = parse_groups(spec, block.astext().count("\n") + 1)
    return result


class SteppedCodeBlock(CodeBlock):
    """Sphinx's ``code-block``, whose ``emphasize-lines`` keeps its groups."""

    def run(self) -> list[nodes.Node]:
        """Return what Sphinx returns."""
        return note_groups(super().run(), self.options.get("emphasize-lines"))


class SteppedLiteralInclude(LiteralInclude):
    """Sphinx's ``literalinclude``, whose ``emphasize-lines`` keeps its groups."""

    def run(self) -> list[nodes.Node]:
        """Return what Sphinx returns."""
        return note_groups(super().run(), self.options.get("emphasize-lines"))


def step_tags(groups: list[list[int]], start: int) -> list[str]:
    """Return the tag that opens each emphasised line, in the order of the lines: a fragment of its group.

    :param start: the fragment index of the first group
    """
    first_group: dict[int, int] = {}
    for index, group in enumerate(groups):
        for line in group:
            first_group.setdefault(line, index)
    return [
        f'<span class="hll fragment custom" data-fragment-index="{start + first_group[line]}">'
        for line in sorted(first_group)
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the directives in the place of Sphinx's."""
    app.add_directive("code-block", SteppedCodeBlock, override=True)
    app.add_directive("sourcecode", SteppedCodeBlock, override=True)
    app.add_directive("literalinclude", SteppedLiteralInclude, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
