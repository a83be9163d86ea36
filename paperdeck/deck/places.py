"""Where the slides of a deck stand in the sources, and how high they are reckoned: a file beside its page.

By these files the decks are known, too, that were written once and are no more.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from paperdeck.addresses import DECK_BUILDERS, TEXT_END, address_of_cut
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.util.typing import ExtensionMetadata

SUFFIX = ".slides.json"
"""Of the file, in the place of the page's own."""


def write_places(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write source, line and height of each slide by its id, for what looks at the deck: ``paperdeck check``."""
    if doctree is None or app.builder.name not in DECK_BUILDERS:
        return
    places = {
        node["ids"][0]: {
            "source": Path(os.path.relpath(node.source, app.srcdir)).as_posix(),
            "line": node.line,
            # what is HTML already cannot be reckoned with
            "height": None if node.height is None or any(node.findall(nodes.raw)) else round(node.height, 1),
        }
        for node in find_all(doctree, slide)
        if node.source and node.line
    }
    if places:
        builder = cast("StandaloneHTMLBuilder", app.builder)
        page = str(builder.get_outfilename(pagename))
        if "minutes" in doctree:
            page = address_of_cut(page, doctree["minutes"], builder.out_suffix)
        target = Path(page).with_suffix(SUFFIX)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(places, ensure_ascii=False, indent=1) + "\n", "utf-8")


def remove_old_decks(builder: StandaloneHTMLBuilder, decks: Set[Path], kept: Set[Path]) -> None:
    """Remove the decks that are no more, with their text; a page that nobody noted stays.

    :param decks: the pages of those that there are
    :param kept: the pages and texts of documents
    """
    for noted in [*Path(builder.outdir).rglob(f"*{SUFFIX}")]:
        name = noted.name.removesuffix(SUFFIX)
        page = noted.with_name(name + builder.out_suffix)
        if page in decks:
            continue
        folder = noted.parent
        texts = [folder / f"{name}{TEXT_END}"]
        if name == "index" and folder != Path(builder.outdir):  # of a document that has a folder to itself
            texts.append(folder.with_name(f"{folder.name}{TEXT_END}"))
        for path in (noted, page, *texts):
            if path not in kept:
                path.unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the writer."""
    app.connect("html-page-context", write_places)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
