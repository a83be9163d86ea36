"""Small sites, built in this process: from documents written in the test, or from a root of tests/roots."""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import re
import shutil
import struct
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import FileSystemBytecodeCache
from sphinx._cli.util.errors import strip_escape_sequences
from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOTS = Path(__file__).parent / "roots"
CONF = 'extensions = ["myst_parser", "paperdeck"]\n'


@dataclass(frozen=True)
class Output:
    """What one run of a builder left."""

    folder: Path
    source: Path
    warnings: list[str]
    """Each warning as Sphinx prints it, the paths relative to the source directory."""
    status: str

    def text(self, name: str) -> str:
        """Return a file, ends of lines as they are."""
        return (self.folder / name).read_bytes().decode("utf-8")

    def page(self, name: str = "index.html") -> BeautifulSoup:
        """Return a page as a browser reads it."""
        return BeautifulSoup(self.text(name), "html5lib")

    def bytes(self, *patterns: str) -> dict[str, bytes]:
        """Return the files that match, by name."""
        found = (path for pattern in patterns for path in self.folder.rglob(pattern) if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in sorted(found)}


@dataclass(frozen=True)
class SmallSite:
    """Sources, and the folder beside them in which every builder shares one doctree."""

    source: Path
    builds: Path
    static: bool = True
    """Whether style sheets, scripts, faces and reveal.js are copied; pages name them either way."""
    templates: FileSystemBytecodeCache | None = None
    """Where Jinja keeps what it has compiled."""

    @contextmanager
    def app(self, builder: str, *, parallel: int = 0, strict: bool = False, **conf: Any) -> Iterator[SphinxTestApp]:
        """Give a Sphinx that was not run, and put Sphinx's global state back after it."""
        app = SphinxTestApp(
            builder, self.source, self.builds, parallel=parallel, warningiserror=strict, confoverrides=conf
        )
        if pages := getattr(app.builder, "templates", None):
            pages.environment.bytecode_cache = self.templates
        if not self.static:
            app.builder.copy_theme_static_files = app.builder.copy_html_static_files = lambda context: None
        try:
            yield app
        finally:
            app.cleanup()

    def build(self, builder: str, *, parallel: int = 0, **conf: Any) -> Output:
        """Run a builder; ``conf`` goes before conf.py."""
        with self.app(builder, parallel=parallel, **conf) as app:
            app.build()
            return Output(
                folder=Path(app.outdir),
                source=self.source,
                warnings=read_warnings(app.warning.getvalue(), self.source),
                status=strip_escape_sequences(app.status.getvalue()),
            )

    def deck(self, **conf: Any) -> Output:
        """Build the decks; they must give no warning."""
        return self.quietly("revealjs", **conf)

    def articles(self, **conf: Any) -> Output:
        """Build the articles; they must give no warning."""
        return self.quietly("html", **conf)

    def quietly(self, builder: str, **conf: Any) -> Output:
        """Run a builder that must give no warning."""
        output = self.build(builder, **conf)
        assert output.warnings == []
        return output


def draw_png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""
    rows = zlib.compress((b"\0" + b"\x30\x60\x90" * width) * height)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def read_warnings(text: str, source: Path) -> list[str]:
    """Return the warnings in what Sphinx wrote, one string each, without the path of the source directory."""
    text = strip_escape_sequences(text).replace(f"{source}/", "")
    parts = re.split(r"\n(?=(?:.+: )?(?:WARNING|ERROR|CRITICAL): )", text)
    return [part.strip() for part in parts if part.strip()]


@pytest.fixture(scope="session", autouse=True)
def entry_points_scanned_once() -> Iterator[None]:
    """Scan what is installed once in a run: it stays as it is, and each Sphinx would scan it five times."""
    scan = importlib.metadata.entry_points
    scan_once = functools.cache(scan)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("sphinx.registry", "sphinx.theming", "pybtex.plugin", "sphinxcontrib.bibtex.plugin"):
            module = importlib.import_module(name)
            assert module.entry_points is scan
            patch.setattr(module, "entry_points", scan_once)
        yield


@pytest.fixture(scope="session")
def compiled_templates(shared_tmp: Path) -> FileSystemBytecodeCache:
    """Return where Jinja keeps the templates of a run, by their text; each Sphinx would compile them anew."""
    folder = shared_tmp / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture
def static_files(request: pytest.FixtureRequest) -> bool:
    """Tell whether small sites copy them: reveal.js alone is 120, half of the time of a build, and few tests look."""
    return request.node.get_closest_marker("static_files") is not None


@pytest.fixture
def small_site(
    tmp_path: Path, static_files: bool, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Callable[..., SmallSite]]:
    """Return a function that makes a site; its folders are removed after the test.

    A test that looks at what lies in ``_static`` is marked: ``@pytest.mark.static_files``.
    """
    made: list[Path] = []

    def make(
        documents: str | Mapping[str, str | bytes] | None = None, *, root: str = "", conf: str = CONF, more: str = ""
    ) -> SmallSite:
        """Make a site.

        :param documents: the text of index.md, or the text of every file by name
        :param root: the folder of tests/roots to begin from, in the place of a conf.py
        :param more: lines added to conf.py
        """
        top = tmp_path / f"site-{len(made)}"
        made.append(top)
        source = top / "source"
        if root:
            shutil.copytree(ROOTS / f"test-{root}", source)
        else:
            source.mkdir(parents=True)
            (source / "conf.py").write_text(conf + dedent(more), "utf-8")
        files = {"index.md": documents} if isinstance(documents, str) else documents or {}
        for name, text in files.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return SmallSite(source, top / "builds", static_files, compiled_templates)

    yield make
    for folder in made:
        shutil.rmtree(folder)
