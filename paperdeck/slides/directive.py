"""The directives ``slide`` and ``side``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from paperdeck.files import is_file
from paperdeck.messages import Subtype, warn
from paperdeck.slides.arrangement import (
    arrange,
    is_picture,
    is_seen,
    is_side,
    is_text,
    labels_of,
    shows_anything,
    slide_content,
    split_stat,
)
from paperdeck.slides.grounds import ground_of, is_colour, is_gradient
from paperdeck.slides.ids import first_free_id, make_slide_id, make_slug
from paperdeck.slides.layouts import LAYOUTS, MADE
from paperdeck.slides.no_pictures import explain_no_picture
from paperdeck.slides.node import read_title, slide, slide_kicker, slide_title, title_of
from paperdeck.slides.options import (
    ADDRESS,
    PICTURES,
    REVEAL_ATTRIBUTES,
    article_option,
    at_option,
    columns_option,
    cut_option,
    ground_option,
    layout_option,
    names_file,
    names_option,
    steps_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

COLUMNS = frozenset({"paperdeck-panel", "paperdeck-side", "paperdeck-text"})
"""The classes of what stands beside something else."""


class SlideDirective(SphinxDirective):
    """Show the content in the article as a card, and on a slide of its own on the deck.

    ==================  ================================================================
    ``:name:``          label for ``{ref}``, and the id in both outputs
    ``:was:``           names or ids that the slide had, with commas between; their links still lead to it
    ``:layout:``        ``bullets`` (default), ``split``, ``figure``, ``compare``, ``statement``, ``question``
    ``:detail:``        goes down on the deck, under the slide before it; not counted
    ``:incremental:``   the items of its lists appear one click after another
    ``:steps:``         ``together``: so they do, and each step of a picture with the item of its number
    ``:cut:``           the minutes of shorter talks that the slide is in, such as ``5, 20``; details go with it
    ``:at:``            when the slide begins in a recording of the talk, such as ``1:05``; for ``film``, and
                        for the podcast of the article
    ``:class:``         classes of the slide, in both outputs; ``poster``: it is on the poster
    ``:article:``       ``hide`` leaves the slide out of the article
    ``:background…:``   and reveal's other ``data-`` attributes, with or without ``data-``; the deck alone
    ``:kicker:``        a few words above the title, such as the part of the talk
    ``:columns:``       how wide the columns of ``split`` or ``compare`` are, such as ``40 60``
    ``:ground:``        ``dark`` or ``light``, where a picture behind the slide is one of them all over
    ==================  ================================================================

    Errors: no title, or no content where the layout is not ``statement``, for then there is nothing to show.
    Warns ``myst.directive_option``: an option or layout that is not known, which is dropped;
    ``paperdeck.slide``: a slide or a heading inside it, nothing but a title, ``split`` or ``figure`` without a picture,
    ``compare`` without sides or sides without ``compare``, a background that is neither file nor colour;
    ``paperdeck.slide_id``: a title that another slide of the document has, a second one without a letter, or a name
    that is taken.

    Example::

        :::{slide} Attention is a soft look-up
        Each query is compared with every key.
        :::
    """

    optional_arguments = 1  # checked in run, where the message can say more
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "name": directives.unchanged_required,
        "was": names_option,
        "layout": layout_option,
        "detail": directives.flag,
        "incremental": directives.flag,
        "steps": steps_option,
        "cut": cut_option,
        "at": at_option,
        "class": directives.class_option,
        "article": article_option,
        "ground": ground_option,
        "columns": columns_option,
        "kicker": directives.unchanged_required,
        **dict.fromkeys(REVEAL_ATTRIBUTES, directives.unchanged),
        **dict.fromkeys((f"data-{name}" for name in REVEAL_ATTRIBUTES), directives.unchanged),
    }

    def run(self) -> list[nodes.Node]:
        """Return the slide, with the slides that were wrongly inside it after it."""
        layout = self.options.get("layout", "bullets")
        if not self.arguments:
            raise self.error("a slide needs a title; write what it shows behind its name: {slide} Two experts a token")
        if not self.content and LAYOUTS[layout].needs != "nothing":
            raise self.error(
                f"the slide “{self.arguments[0]}” shows nothing; write its lines under the title, "
                "or give it `:layout: statement`, where the title is all"
            )
        title, messages = self.parse_inline(self.arguments[0])
        heading = slide_title(self.arguments[0], "", *title)
        self.set_source_info(heading)
        node = slide(
            "",
            heading,
            layout=layout,
            detail="detail" in self.options,
            incremental="incremental" in self.options or "steps" in self.options,
            together="steps" in self.options,
            hidden=self.options.get("article") == "hide",
            classes=self.options.get("class", []),
            docname=self.env.docname,
            number=0,
            stray=False,
        )
        self.set_source_info(node)
        if "kicker" in self.options:
            words, told = self.parse_inline(self.options["kicker"])
            kicker = slide_kicker(self.options["kicker"], "", *words)
            self.set_source_info(kicker)
            node.insert(0, kicker)
            messages += told
        self.add_id(node, heading)
        content = slide_content(classes=["paperdeck-content"])
        content += self.parse_content_to_nodes()
        strays = self.take_out_slides(node, content)
        if lack := self.explain_lack(layout, content):
            warn(Subtype.SLIDE, "the slide “%s” %s", heading.astext(), lack, location=node)
        arrange(layout, content)
        node += content
        node["reveal"] = self.reveal_attributes(node)
        if "cut" in self.options:
            node["cuts"] = self.options["cut"]
        if "at" in self.options:
            node["at"] = self.options["at"]
        node["columns"] = self.check_columns(node, content)
        node["ground"] = ground_of(node["reveal"], self.options.get("ground", ""))
        return [node, *strays, *messages]

    def explain_lack(self, layout: str, content: slide_content) -> str:
        """Return what a slide lacks that its layout places, or has that it does not; empty where all is well."""
        needs = LAYOUTS[layout].needs
        sides = sum(map(is_side, content))
        if any(isinstance(block, nodes.system_message) for block in content):
            return ""  # what is missing has been told of
        if sides and needs != "sides":
            return f"has sides, which the layout {layout} does not set beside each other; give it `:layout: compare`"
        if needs == "picture" and not any(map(is_picture, content)):
            return (
                f"has the layout {layout} and no picture; put a diagram, figure, table, equation or code "
                "beside its text, or take `:layout: bullets`"
            )
        if needs == "sides" and sides < 2:
            return (
                f"has the layout {layout} and {'one side alone' if sides else 'no {side}'}; write two or more, "
                "each a fence such as “:::{side} GPT-3” with its lines, or take `:layout: bullets`"
            )
        background = any("background" in name for name in self.options)
        if needs == "view" and not background and any(map(is_seen, content)) and all(map(is_text, content)):
            return (
                f"has the layout {layout} and no picture; put a diagram, chart, image, table, equation or code on it, "
                "or take `:layout: bullets`"
            )
        if needs != "nothing" and not background and not shows_anything(filter(is_seen, content)):
            return (
                "shows nothing but its title; write its lines under it, or give it `:layout: statement`, "
                "where the title is all"
            )
        return ""

    def add_id(self, node: slide, heading: slide_title) -> None:
        """Give the slide its id: the name, or else the slug of the title.

        Warns ``paperdeck.slide_id``: the title stands on another slide, so that the id depends on their order; or the
        name is that of something else.
        """
        taken = self.state.document.ids.keys() | MADE
        title = read_title(node)
        name = nodes.fully_normalize_name(self.options.get("name", ""))
        base = name.replace(" ", "-") or make_slide_id(title, set())
        if name.isdecimal():
            base = f"slide-{name}"
            warn(
                Subtype.SLIDE_ID,
                "the name %r is a number, with which a link opens the slide of that number; the id of this slide is "
                "%r; give it a name with a letter in it",
                name,
                base,
                location=node,
            )
        wanted = first_free_id(base, taken)
        if wanted != base:
            if name:
                message = (
                    "“%s” names another slide, heading or label; the id of this slide is %r; give it another `:name:`"
                )
            elif make_slug(title):
                message = (
                    "another slide or heading has the title “%s”; the id of this slide is %r; "
                    "give one of them another title, or this slide a `:name:`"
                )
            else:
                message = (
                    "the title “%s” has no letter or digit, and it is not the first of that kind; "
                    "the id of this slide is %r; give it a `:name:`"
                )
            warn(Subtype.SLIDE_ID, message, name or title, wanted, location=node)
        heading["ids"] = [wanted]
        if name and wanted == base:
            # on the heading, so that {ref} finds a title
            heading["names"] = [name]
            self.state.document.note_explicit_target(heading, heading)
        else:
            self.state.document.set_id(heading)
        node["ids"] = [wanted, *self.keep_old_ids(node)]

    def keep_old_ids(self, node: slide) -> Iterator[str]:
        """Yield the ids that the slide had, which lead to it still; each is taken for whatever follows.

        Warns ``paperdeck.slide_id``: one is that of something else, or a number.
        """
        for name in self.options.get("was", ()):
            if name in self.state.document.ids or name in MADE or name.isdecimal():
                warn(
                    Subtype.SLIDE_ID,
                    "`:was: %s` names what leads elsewhere, another slide, heading or label of the document or a slide "
                    "by its number; take it away there, or here",
                    name,
                    location=node,
                )
            else:
                self.state.document.ids[name] = node
                yield name

    def take_out_slides(self, node: slide, content: slide_content) -> list[nodes.Node]:
        """Return the slides that were inside another, with their labels; warn of them and of headings."""
        for heading in content.findall(lambda part: isinstance(part, nodes.rubric) and "level" in part):
            warn(
                Subtype.SLIDE,
                "a heading (“%s”) inside the slide “%s”; write it in bold, or end the slide before it",
                heading.astext(),
                title_of(node).astext(),
                location=heading,
            )
        strays: list[nodes.Node] = []
        for stray in list(content.findall(slide)):
            if not stray["stray"]:  # or one in a slide in a slide would be told twice
                warn(
                    Subtype.SLIDE,
                    "the slide “%s” is inside the slide “%s” and was put after it; "
                    "close the fence of that one before it, or give it more colons than what it holds",
                    title_of(stray).astext(),
                    title_of(node).astext(),
                    location=stray,
                )
            stray["stray"] = True
            taken = [*labels_of(stray), stray]
            for part in taken:
                part.parent.remove(part)
            strays += taken
        return strays

    def reveal_attributes(self, node: slide) -> dict[str, str]:
        """Return reveal's ``data-`` attributes; a local picture is noted as the document's.

        Warns ``paperdeck.slide``: a background that is neither an address nor a file, or no picture and no video.
        """
        attributes = {}
        for option, value in self.options.items():
            name = option.removeprefix("data-")
            if name not in REVEAL_ATTRIBUTES:
                continue
            if value and name in PICTURES and (wrong := explain_no_picture(value)):
                warn(Subtype.SLIDE, "`:%s:` is left out: %s", name, wrong, location=node)
                continue
            if value and names_file(name, value):
                relative, path = self.env.relfn2path(value)
                self.env.note_dependency(relative)
                if not is_file(self.env.srcdir / path):
                    warn(
                        Subtype.SLIDE,
                        "`:%s:` names %r, which is no file; write its path from this document, "
                        "or from the source directory with a leading “/”",
                        option,
                        value,
                        location=node,
                    )
                    continue
                self.env.images.add_file(self.env.docname, relative)
                value = relative
            elif self.has_no_ground(name, value or ""):
                warn(
                    Subtype.SLIDE,
                    '`:%s:` is %r, which is no %s; write a colour such as navy or "#101820", or a gradient '
                    "such as linear-gradient(navy, black), in quotes where it holds a “#”",
                    option,
                    value,
                    "gradient" if name == "background-gradient" else "colour",
                    location=node,
                )
                continue
            attributes[f"data-{name}"] = value or ""
        return attributes

    def check_columns(self, node: slide, content: slide_content) -> tuple[int, ...]:
        """Return the shares of the columns; none, and a warning (``paperdeck.slide``), where there are not as many."""
        shares: tuple[int, ...] = self.options.get("columns", ())
        there = sum(1 for part in content.findall(nodes.container) if COLUMNS & {*part["classes"]})
        if shares and len(shares) != there:
            warn(
                Subtype.SLIDE,
                "`:columns:` has %d numbers, and the slide “%s” %s; write one for each column of split or compare",
                len(shares),
                title_of(node).astext(),
                f"has {there} columns" if there else "has no columns",
                location=node,
            )
            return ()
        return shares

    @staticmethod
    def has_no_ground(name: str, value: str) -> bool:
        """Tell whether one of reveal's attributes should say a colour or a gradient, and says neither."""
        if name == "background-color":
            return not is_colour(value)
        if name == "background-gradient":
            return not is_gradient(value)
        return name == "background" and not (is_colour(value) or is_gradient(value) or ADDRESS.match(value))


class SideDirective(SphinxDirective):
    """Show one of the two columns of a ``compare`` slide.

    ===========  =======================================================
    ``:point:``  this is the column the talk is about; it takes the accent
    ===========  =======================================================

    An item of a list with bullets that begins with bold or a fact becomes a big number with its label.

    Errors: no title or no content.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"point": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return a container of a rubric and the content."""
        if not self.arguments or not self.content:
            raise self.error("a side needs a title and content; write {side} GPT-3, and its lines under it")
        title, messages = self.parse_inline(self.arguments[0])
        classes = ["paperdeck-side", "paperdeck-point"] if "point" in self.options else ["paperdeck-side"]
        heading = nodes.rubric(self.arguments[0], "", *title)
        self.set_source_info(heading)
        node = nodes.container("", heading, classes=classes)
        node += self.parse_content_to_nodes()
        for item in node.findall(nodes.list_item):
            if isinstance(item.parent, nodes.bullet_list):  # a numbered one has its own numbers
                split_stat(item)
        self.set_source_info(node)
        return [node, *messages]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("slide", SlideDirective)
    app.add_directive("side", SideDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
