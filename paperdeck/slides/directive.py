"""Slides: the directive, its node, and the node's look in the article."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from jinja2 import TemplateSyntaxError
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.tags import Tags

from paperdeck.addresses import other_output
from paperdeck.files import is_file
from paperdeck.language import phrases_of
from paperdeck.messages import Subtype, warn
from paperdeck.pictures import icons
from paperdeck.slides.arrangement import (
    arrange,
    is_picture,
    is_seen,
    is_side,
    is_text,
    labels_of,
    slide_content,
    split_stat,
)
from paperdeck.slides.grounds import ground_of, is_colour, is_gradient
from paperdeck.slides.layouts import CHOICES, LAYOUTS, MADE, Layout, layouts_at
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Set
    from typing import Self

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

REVEAL_ATTRIBUTES = (
    "auto-animate",
    "auto-animate-delay",
    "auto-animate-duration",
    "auto-animate-easing",
    "auto-animate-id",
    "auto-animate-restart",
    "autoslide",
    "background",
    "background-color",
    "background-gradient",
    "background-iframe",
    "background-image",
    "background-interactive",
    "background-opacity",
    "background-position",
    "background-repeat",
    "background-size",
    "background-transition",
    "background-video",
    "background-video-loop",
    "background-video-muted",
    "state",
    "transition",
    "transition-speed",
)
"""What reveal.js 5 reads from a slide as ``data-…``."""

LOCAL_FILES = ("background", "background-iframe", "background-image", "background-video")
"""Those that may name a file beside the document; ``background`` takes a colour too."""


COLUMNS = frozenset({"paperdeck-panel", "paperdeck-side", "paperdeck-text"})
"""The classes of what stands beside something else."""

ADDRESS = re.compile(r"https?:|//|data:image/", re.IGNORECASE)
"""How what is no file of the project begins; a frame would run a script that stands in its address."""


class slide(nodes.container):  # noqa: N801 (visitors are found by this name)
    """One slide: its title, then its content. The same tree for every builder."""

    height: float | None = None
    """Of its content on the deck, in px; known when it is measured, the last thing before it is written."""

    def copy(self) -> Self:
        """Return a slide as high as this one, without what is on it."""
        copied = super().copy()
        copied.height = self.height
        return copied


class slide_title(nodes.rubric):  # noqa: N801
    """The title; a rubric to every builder that has no visitor for it, and to ``{ref}``."""

    tagname = "rubric"


class slide_kicker(nodes.rubric):  # noqa: N801
    """A few words above the title, such as the part of the talk."""

    tagname = "rubric"


def title_of(node: slide) -> slide_title:
    """Return a slide's title."""
    return next(part for part in node if isinstance(part, slide_title))


def kicker_of(node: slide) -> slide_kicker | None:
    """Return what stands above a slide's title; None where nothing does."""
    return next((part for part in node if isinstance(part, slide_kicker)), None)


def read_title(node: slide) -> str:
    """Return the words of a slide's title, without the marks of its footnotes."""
    return "".join(part.astext() for part in title_of(node) if not isinstance(part, nodes.footnote_reference)).strip()


def content_of(node: slide) -> slide_content:
    """Return what a slide shows under its title."""
    return next(part for part in node if isinstance(part, slide_content))


def layout_of(node: slide) -> Layout:
    """Return the layout of a slide, with its text as large as the theme of its deck sets it."""
    return layouts_at(node.get("scale", 1))[node["layout"]]


def document_title(document: nodes.document) -> nodes.title | None:
    """Return the title of a document, that of its first section; None where no section is."""
    section = next((child for child in document if isinstance(child, nodes.section)), None)
    return None if section is None else cast("nodes.title", section[0])


def names_file(attribute: str, value: str) -> bool:
    """Tell whether one of reveal's attributes names a file of the project, not an address, a colour or a number."""
    if attribute not in LOCAL_FILES or ADDRESS.match(value):
        return False
    # as reveal.js tells a picture from a colour
    return attribute != "background" or bool(re.search(r"\.(svg|png|jpe?g|gif|bmp|webp)$", value, re.IGNORECASE))


def make_slug(title: str) -> str:
    """Return a title as the end of an id: lower case, letters, marks and digits of any script, hyphens between."""
    text = unicodedata.normalize("NFC", title.lower())
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in text)
    # a mark without its letter is what is left of an emoji
    return re.sub("[-\ufe0e\ufe0f\u20e3]+", "-", kept).strip("-")


def make_slide_id(title: str, taken: Set[str]) -> str:
    """Return the first of ``slide-<slug>``, ``slide-<slug>-2``, … that is not taken."""
    return first_free_id("-".join(filter(None, ("slide", make_slug(title)))), taken)


def first_free_id(base: str, taken: Set[str]) -> str:
    """Return the first of ``<base>``, ``<base>-2``, … that is not taken."""
    wanted, count = base, 1
    while wanted in taken:
        count += 1
        wanted = f"{base}-{count}"
    return wanted


def layout_option(argument: str | None) -> str:
    """Read ``:layout:``; raises ValueError on a name that is none."""
    name = (argument or "").strip().lower()
    if name not in CHOICES:
        close = get_close_matches(name, CHOICES, n=1)
        meant = f"did you mean “{close[0]}”? Write" if close else "write"
        raise ValueError(f"there is no such layout; {meant} one of {', '.join(CHOICES)}")
    return name


def ground_option(argument: str | None) -> str:
    """Read ``:ground:``; raises ValueError on anything but ``dark`` and ``light``."""
    return directives.choice(argument or "", ("dark", "light"))


def columns_option(argument: str | None) -> tuple[int, ...]:
    """Read ``:columns:``; raises ValueError on anything but whole numbers, such as ``40 60``."""
    shares = (argument or "").replace(",", " ").split()
    if len(shares) < 2 or not all(share.isascii() and share.isdigit() and int(share) for share in shares):
        raise ValueError("write how wide each column is to the others, such as `40 60`")
    return tuple(map(int, shares))


def names_option(argument: str) -> tuple[str, ...]:
    """Read ``:was:``; raises ValueError where there is no name, or one that no id can be."""
    given = (name.strip().lower() for name in argument.split(","))
    names = tuple(name.removeprefix("#").removeprefix("/").replace(" ", "-") for name in given)
    if not all(names) or any(re.search(r"[\s#/\"'<>&]", name) for name in names):
        raise ValueError("write the name or the id that the slide had, such as `slide-the-router`, with commas between")
    return names


def cut_option(argument: str | None) -> tuple[int, ...]:
    """Read ``:cut:``; raises ValueError on anything but minutes."""
    given = (argument or "").replace(",", " ").split()
    if not given or not all(part.isascii() and part.isdigit() and 0 < int(part) < 1000 for part in given):
        raise ValueError("write the minutes of the shorter talks that the slide is in, such as `5, 20`")
    return tuple(sorted({*map(int, given)}))


def at_option(argument: str | None) -> int:
    """Read ``:at:`` as seconds; raises ValueError on anything but a time such as ``1:05`` or ``1:02:03``."""
    found = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", (argument or "").strip(), re.ASCII)
    if not found or (found[1] and int(found[2]) > 59):
        raise ValueError("write when the slide begins in the recording, in minutes and seconds, such as `1:05`")
    return 3600 * int(found[1] or 0) + 60 * int(found[2]) + int(found[3])


def write_time(seconds: float) -> str:
    """Return a time as it is read: 1:05, 1:02:03."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def article_option(argument: str | None) -> str:
    """Read ``:article:``; raises ValueError on anything but ``hide``."""
    if (argument or "").strip() != "hide":
        raise ValueError("write `hide`, or take the option away")
    return "hide"


def steps_option(argument: str | None) -> str:
    """Read ``:steps:``; raises ValueError on anything but ``together``."""
    return directives.choice(argument or "", ("together",))


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
        if sides and needs != "sides":
            return f"has sides, which the layout {layout} does not set beside each other; give it `:layout: compare`"
        background = any("background" in name for name in self.options)
        if needs == "view" and not background and any(map(is_seen, content)) and all(map(is_text, content)):
            return (
                f"has the layout {layout} and no picture; put a diagram, chart, image, table, equation or code on it, "
                "or take `:layout: bullets`"
            )
        if needs != "nothing" and not background and not any(map(is_seen, content)):
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

        Warns ``paperdeck.slide``: a background that is neither an address nor a file.
        """
        attributes = {}
        for option, value in self.options.items():
            name = option.removeprefix("data-")
            if name not in REVEAL_ATTRIBUTES:
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


def on_deck(node: addnodes.only) -> bool:
    """Tell whether the decks hold what stands in ``{only}``, as far as that hangs on the builder."""
    try:
        return Tags(("html", "revealjs")).eval_condition(node["expr"])
    except (ValueError, TemplateSyntaxError):  # Sphinx warns of it, and shows what is inside
        return True


class LabelledSlides(SphinxTransform):
    """Slides that are found by the labels above them, as sections are: ``{ref}`` borrows the slide's title."""

    default_priority = 261  # after PropagateTargets (260), which gives labels to what stands below them

    def apply(self, **kwargs: Any) -> None:
        """Hand the labels of each slide on to its title, which is what ``{ref}`` reads."""
        for node in find_all(self.document, slide):
            heading = title_of(node)
            for name in node["names"]:
                self.document.ids[self.document.nameids[name]] = heading
            heading["names"] += node["names"]
            heading["ids"] = list(node["ids"])


class NumberedSlides(SphinxTransform):
    """Slides counted in order, as they are on the deck.

    Warns ``paperdeck.slide``: a detail with no slide above it, or with lengths of its own; a slide in a list, a quote
    or another directive; slides in a document without a title; a ``side`` outside a slide.
    """

    default_priority = 840  # before the domains take notes (850)

    def apply(self, **kwargs: Any) -> None:
        """Write the numbers into the nodes."""
        number = 0
        found = find_all(self.document, slide)
        above = slide()
        for node in found:
            if node["detail"] and not number:
                warn(
                    Subtype.SLIDE,
                    "the slide “%s” is a detail, but no slide stands above it; it is shown as a slide of its own; "
                    "take `:detail:` away, or move it below the slide it explains",
                    title_of(node).astext(),
                    location=node,
                )
                node["detail"] = False
            if node["detail"]:
                share_cuts(above, node)
            else:
                number, above = number + 1, node
            node["number"] = number
            parent = node.parent
            while isinstance(parent, addnodes.only) and on_deck(parent):
                parent = parent.parent
            if not isinstance(parent, (nodes.section, nodes.document)):
                warn(
                    Subtype.SLIDE,
                    "the slide “%s” stands inside another block, where neither its note nor its number is known; "
                    "end that block before it, or write as prose what {only} keeps off the deck",
                    title_of(node).astext(),
                    location=node,
                )
        if found and document_title(self.document) is None:
            warn(
                Subtype.SLIDE,
                "the document has slides but no title, so its cover has no name; begin it with `# The title`",
                location=found[0],
            )
        for side in find_all(self.document, nodes.container):
            if "paperdeck-side" in side["classes"] and not find_slide(side):
                warn_outside("side", side)


def share_cuts(above: slide, detail: slide) -> None:
    """Put a detail into the shorter talks of the slide that it stands below.

    Warns ``paperdeck.slide``: it says itself in which it is.
    """
    if "cuts" in detail:
        warn(
            Subtype.SLIDE,
            "`:cut:` on the detail “%s” was ignored, for a detail goes with the slide above it; write it there",
            title_of(detail).astext(),
            location=detail,
        )
        del detail["cuts"]
    if "cuts" in above:
        detail["cuts"] = above["cuts"]


def find_slide(node: nodes.Node) -> slide | None:
    """Return the slide that a node stands on."""
    above = node.parent
    while above is not None and not isinstance(above, slide):
        above = above.parent
    return above


def warn_outside(name: str, node: nodes.Node) -> None:
    """Warn of a directive that means something on a slide alone (``paperdeck.slide``)."""
    warn(
        Subtype.SLIDE,
        "{%s} stands outside a slide, where it has no effect on the deck; move it inside the fence of a slide",
        name,
        location=node,
    )


def visit_slide_docs(self: HTML5Translator, node: slide) -> None:
    """Open a card."""
    attributes = {"data-slide": str(node["number"]), "data-layout": node["layout"]}
    if node["detail"]:
        attributes["data-detail"] = ""
    self.body.append(self.starttag(node, "aside", CLASS="slide", **attributes))


def depart_slide_docs(self: HTML5Translator, node: slide) -> None:
    """Close the card."""
    self.body.append("</aside>\n")


def visit_slide_kicker_docs(self: HTML5Translator, node: slide_kicker) -> None:
    """Open what stands above the head of a card."""
    self.body.append('<p class="slide-kicker">')


def depart_slide_kicker_docs(self: HTML5Translator, node: slide_kicker) -> None:
    """Close it."""
    self.body.append("</p>\n")


def visit_slide_title_docs(self: HTML5Translator, node: slide_title) -> None:
    """Open the head of a card: number and title."""
    number = node.parent["number"]
    self.body.append(f'<header class="slide-head"><span class="number">{number}</span><p class="slide-title">')


def depart_slide_title_docs(self: HTML5Translator, node: slide_title) -> None:
    """Close the head of a card, with a link to the slide where there is a deck to open."""
    self.body.append("</p>")
    anchor, docname = node["ids"][0], node.parent["docname"]
    recording = node.parent.get("recording")
    if recording and "at" in node.parent:
        at = node.parent["at"]
        moment, icon = self.attval(f"{recording}#t={at}"), icons.svg("headphones")
        self.body.append(f'<a class="paperdeck-listen" data-at="{at}" href="{moment}">{icon} {write_time(at)}</a>')
    if address := other_output(self.builder, docname, anchor):
        _ = phrases_of(self.builder.env, docname).gettext
        icon, text = icons.svg("presentation"), self.encode(_("Open slide"))
        self.body.append(f'<a class="open-slide" href="{self.attval(address)}">{icon} {text}</a>')
    self.body.append("</header>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes, directives and the transform; the deck's visitors are in deck.py."""
    app.add_node(slide, html=(visit_slide_docs, depart_slide_docs))
    app.add_node(slide_title, html=(visit_slide_title_docs, depart_slide_title_docs))
    app.add_node(slide_kicker, html=(visit_slide_kicker_docs, depart_slide_kicker_docs))
    app.add_node(slide_content)
    app.add_directive("slide", SlideDirective)
    app.add_directive("side", SideDirective)
    app.add_transform(LabelledSlides)
    app.add_transform(NumberedSlides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
