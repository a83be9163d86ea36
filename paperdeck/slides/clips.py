"""Video and sound: a picture whose file is a clip plays in articles and on slides, and is its still elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.files import is_file
from paperdeck.slides.markup import is_ours
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

VIDEO = frozenset({".m4v", ".mov", ".mp4", ".ogv", ".webm"})
SOUND = frozenset({".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"})
STILLS = (".png", ".jpg", ".jpeg")
"""What the still of a clip may end in; but for that it has the name of the clip."""

SWITCHES = ("autoplay", "loop", "muted")
"""The classes of a picture that say how its clip plays."""


class clip(nodes.image):  # noqa: N801 (visitors are found by this name)
    """A picture that plays: ``kind`` is ``video`` or ``audio``, ``still`` its picture where there is one."""


def kind_of_clip(uri: str) -> str:
    """Return ``video`` or ``audio`` by the end of a name; empty for a picture."""
    end = PurePosixPath(urlsplit(uri).path).suffix.lower()
    return "video" if end in VIDEO else "audio" if end in SOUND else ""


class PlayingClips(SphinxTransform):
    """Clips in the place of pictures whose file is one, in documents with slides or about a paper."""

    default_priority = 845  # before Sphinx collects the pictures, which it does when every transform is done

    def apply(self, **kwargs: Any) -> None:
        """Put them in; a still is a file of the project with the clip's name."""
        if not is_ours(self.document, self.env):
            return
        for picture in find_all(self.document, nodes.image):
            if not (kind := kind_of_clip(picture["uri"])):
                continue
            playing = clip("", kind=kind, still="", **picture.attributes)
            playing.source, playing.line = picture.source, picture.line
            if isinstance(picture.parent, nodes.figure):  # `:figclass:` says it as well
                playing["classes"] += [name for name in SWITCHES if name in picture.parent["classes"]]
                picture.parent["classes"] = [name for name in picture.parent["classes"] if name not in SWITCHES]
            if "://" not in picture["uri"]:
                playing["still"] = self.find_still(picture["uri"])
            picture.replace_self(playing)

    def find_still(self, uri: str) -> str:
        """Return the still that lies beside a clip, as a file of the project; empty where there is none."""
        path = PurePosixPath(self.env.relfn2path(uri, self.env.docname)[0])
        found = next((still for end in STILLS if is_file(self.env.srcdir / (still := path.with_suffix(end)))), None)
        if found is None:
            return ""
        self.env.note_dependency(str(found))
        self.env.images.add_file(self.env.docname, str(found))
        return str(found)


class StillsOfClips(SphinxPostTransform):
    """Pages have the stills of their clips; what is no page has the still, or the text, in the place of the clip."""

    default_priority = 90  # before pictures are converted or fetched (100-210)

    def run(self, **kwargs: Any) -> None:
        """Copy the stills, or put them in."""
        builder = builder_of(self.env)
        for playing in find_all(self.document, clip):
            still = playing["still"]
            if builder.format == "html" and builder.name != "epub":
                if still:
                    builder.images[still] = self.env.images[still][1]
            elif still:
                kept = {name: playing[name] for name in ("alt", "align", "height", "width", "scale") if name in playing}
                playing.replace_self(nodes.image("", uri=still, candidates={"*": still}, **kept))
            else:
                text = nodes.inline("", f"[{playing.get('alt') or PurePosixPath(playing['uri']).name}]")
                inside = isinstance(playing.parent, nodes.TextElement)
                playing.replace_self(text if inside else nodes.paragraph("", "", text))


def write_clip(self: HTML5Translator, node: clip, **attributes: Any) -> None:
    """Write the element that plays a clip."""
    folder, copied = self.builder.imgpath, self.builder.images
    uri = f"{folder}/{quote(copied[node['uri']])}" if node["uri"] in copied else node["uri"]
    alt = node.get("alt", "")
    node["classes"] = [name for name in node["classes"] if name not in SWITCHES]
    if node["kind"] == "video" and node["still"]:
        attributes["poster"] = f"{folder}/{quote(copied[node['still']])}"
    size: Any = self.image_size(node)
    attributes |= {"src": uri, "controls": "", "preload": "metadata", **size}
    if alt:
        attributes["aria-label"] = alt
    self.body.append(self.starttag(node, node["kind"], "", **attributes))
    self.body.append(f'<a href="{self.attval(uri)}">{self.encode(alt or PurePosixPath(uri).name)}</a></{node["kind"]}>')
    raise nodes.SkipNode


def visit_clip_docs(self: HTML5Translator, node: clip) -> None:
    """Write a clip that plays when the reader says so."""
    write_clip(self, node, **{name: "" for name in ("loop", "muted") if name in node["classes"]})


def visit_clip_deck(self: HTML5Translator, node: clip) -> None:
    """Write a clip that plays while its slide is shown, by itself where its classes say so."""
    switches = {f"data-{name}" if name == "autoplay" else name: "" for name in SWITCHES if name in node["classes"]}
    write_clip(self, node, **switches)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node, with what builders of pages write, and the transforms."""
    app.add_node(clip, html=(visit_clip_docs, None), revealjs=(visit_clip_deck, None))
    app.add_transform(PlayingClips)
    app.add_post_transform(StillsOfClips)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
