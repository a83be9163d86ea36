"""What is private upstream and used by us: each fails here, by name, when it moves."""

from __future__ import annotations

import ast
import inspect
import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils.parsers.rst import Directive, directives
from pptx import Presentation
from pybtex.database import BibliographyData, Entry
from sphinx.transforms.post_transforms import SphinxPostTransform

import paperdeck
from paperdeck import upstream
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from tests.sites import SmallSite

    MakeSite = Callable[..., SmallSite]

PACKAGE = Path(paperdeck.__file__).parent


def names_of(path: Path) -> Iterator[str]:
    """Yield each private name that a module takes from another package, or from something that is not its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("paperdeck"):
            parts = [*(node.module or "").split("."), *(name.name for name in node.names)]
            yield from (part for part in parts if part.startswith("_") and part not in ("_", "__", "__future__"))
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("_"):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if owner not in ("self", "cls"):
                yield node.attr


@pytest.mark.parametrize(
    "path",
    sorted({*PACKAGE.rglob("*.py")} - {PACKAGE / "upstream.py"}),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_private_names_stand_in_one_module(path: Path) -> None:
    """Whoever moves to a new Sphinx has one file to read."""
    assert set(names_of(path)) <= {"_replace"}  # of a named tuple


def test_builder_of_a_post_transform(small_site: MakeSite) -> None:
    """A post-transform learns its builder from the environment."""
    found = []

    class Asking(SphinxPostTransform):
        default_priority = 1

        def run(self, **kwargs: Any) -> None:
            found.append(upstream.builder_of(self.env))

    with small_site("# Title\n").app("html") as app:
        app.add_post_transform(Asking)
        app.build()
        assert found == [app.builder]


@pytest.mark.static_files
def test_style_sheet_of_one_page(small_site: MakeSite) -> None:
    """A sheet that is added to a page is linked there once, with its checksum, and nowhere else."""

    def add(_app: object, pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        if pagename == "index":
            for _ in range(2):
                upstream.add_style_sheet(context, "own.css")

    site = small_site(
        {"index.md": "# Title\n\n```{toctree}\nother\n```\n", "other.md": "# Other\n", "own/own.css": "a {}"}
    )
    with site.app("html", html_static_path=["own"]) as app:
        app.connect("html-page-context", add)
        app.build()
        pages = [(Path(app.outdir) / f"{name}.html").read_text("utf-8") for name in ("index", "other")]
    assert [page.count("_static/own.css?v=") for page in pages] == [1, 0]


def test_number_of_processes_is_that_of_the_application(small_site: MakeSite) -> None:
    """As ``-j`` says it."""
    with small_site("# Title\n").app("revealjs", parallel=3) as app:
        assert upstream.count_processes(app.builder) == 3


def test_reading_in_parallel_is_decided_by_what_we_change(small_site: MakeSite) -> None:
    """Sphinx asks each extension by this attribute."""
    with small_site("# Title\n").app("revealjs") as app:
        assert app.is_parallel_allowed("read")
        app.extensions["sphinx_revealjs"].parallel_read_safe = False
        assert not app.is_parallel_allowed("read")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("index.md", "# Title\n\nText\n\n```{asking} a\n:key: b\n\nfirst\nsecond\n```\n", 9),
        ("index.md", "# Title\n\n> ```{asking}\n> first\n> second\n> ```\n", 5),
        ("index.rst", "Title\n=====\n\nText\n\n.. asking:: a\n   :key: b\n\n   first\n   second\n", 10),
    ],
)
def test_line_of_a_directives_content(small_site: MakeSite, name: str, text: str, line: int) -> None:
    """The second line of the content is found in either markup."""
    found = []

    class Asking(Directive):
        has_content, optional_arguments, option_spec = True, 1, {"key": directives.unchanged}

        def run(self) -> list[nodes.Node]:
            found.append(upstream.content_line(self, 1))
            return []

    site = small_site({name: text})
    with site.app("dummy") as app:
        app.add_directive("asking", Asking)
        app.build()
    assert found == [(str(site.source / name), line)]


def test_cell_of_a_head_opens_and_closes_as_td() -> None:
    """Docutils writes the tag last, and keeps the closing one for later."""
    from docutils.writers._html_base import HTMLTranslator

    source = inspect.getsource(HTMLTranslator.visit_entry)
    assert "self.body.append(self.starttag(" in source
    assert "self.context.append(" in source


def test_bibliography_that_is_kept_is_taken_for_what_was_read(small_site: MakeSite) -> None:
    """sphinxcontrib-bibtex does not read a file that is up to date, and finds the entries that it was given."""
    site = small_site(
        {"index.md": "# Title\n", "a.bib": "@misc{a, title={Of the file}}\n"}, more="bibtex_bibfiles = ['a.bib']\n"
    )
    file = (site.source / "a.bib").resolve()
    data = BibliographyData({"b": Entry("misc", {"title": "Given"})})

    def keep(app: Sphinx) -> None:
        upstream.keep_bibliography(app.env, app.config.bibtex_encoding, {file: ["b"]}, data)
        assert not upstream.is_bibliography_outdated(app.env, [file], app.config.bibtex_encoding)

    with site.app("dummy") as app:
        app.connect("builder-inited", keep, priority=450)
        app.emit("builder-inited")
        found = upstream.get_bibliography(app.env)
        assert (list(found.data.entries), [*found.bibfiles]) == (["b"], [file])
        file.write_text("@misc{changed, title={Of the file}}\n\n", "utf-8")
        os.utime(file, (1, 1))
        assert upstream.is_bibliography_outdated(app.env, [file], app.config.bibtex_encoding)


def test_emphasised_lines_are_found_in_what_pygments_writes(small_site: MakeSite) -> None:
    """As many as the author marks, in their order; a text that looks like one is left alone."""
    code = "```{code-block} html\n:emphasize-lines: 3,1\n<b>\n<span class='hll'>\n<i>\n```\n"
    lines = small_site(f"# Talk\n\n:::{{slide}} Code\n{code}:::\n").deck().page().select("pre .hll")
    assert [(line.text.strip(), line["data-fragment-index"]) for line in lines] == [("<b>", "1"), ("<i>", "0")]


def test_myst_reads_one_document_with_more(small_site: MakeSite) -> None:
    """MyST takes its settings from the environment; beside those of conf.py, and for one document."""
    with small_site("# Title\n").app("dummy", myst_enable_extensions=["deflist"]) as app:
        upstream.with_myst(app.env, {"dollarmath"})
        assert app.env.myst_config.enable_extensions == {"deflist", "dollarmath"}
        assert not app.env.myst_config.dmath_allow_space
        upstream.with_myst(app.env, set())
        assert app.env.myst_config.enable_extensions == {"deflist"}
        assert app.env.myst_config.dmath_allow_space


def test_roles_of_a_project_are_known(small_site: MakeSite) -> None:
    """Those of docutils, of a domain without its name, and those of an extension."""
    with small_site("# Title\n").app("html") as app:
        roles = ("emphasis", "ref", "py:class", "class", "fact", "fakt")
        known = [name for name in roles if upstream.is_role_registered(app.env, name)]
    assert known == ["emphasis", "ref", "fact"]


def test_scripts_that_extensions_ask_for_are_known(small_site: MakeSite) -> None:
    """Sphinx keeps them in its registry, by their names in ``_static``."""
    with small_site("# Title\n").app("html") as app:
        app.add_js_file("needs-jquery.js")
        assert "_static/needs-jquery.js" in upstream.list_scripts_of_extensions(app.builder)


def test_an_environment_is_lent_and_what_was_kept_of_it_forgotten(small_site: MakeSite) -> None:
    """Another application reads and writes with it; a tree and a page's files are those of the moment."""
    site = small_site({"index.md": "# Title\n"})
    with site.app("html") as articles:
        articles.build()
        with site.app("revealjs") as decks:
            env = articles.env
            assert env.get_doctree("index")
            assert env.master_doctree
            upstream.lend_environment(env, decks)
            assert (decks.env, decks.builder.env, upstream.builder_of(env)) == (env, env, decks.builder)
            assert (env.config, env.events, env._builder_cls) == (decks.config, decks.events, type(decks.builder))
            assert "master_doctree" not in env.__dict__
            upstream.forget_tree(env, "index")
            (Path(env.doctreedir) / "index.doctree").unlink()
            with pytest.raises(FileNotFoundError):
                env.get_doctree("index")
        builder: Any = articles.builder
        common = [*builder._css_files]
        builder.add_css_file("page.css")
        upstream.forget_page_files(builder)
        assert builder._css_files == common


def test_mathjax_is_loaded_on_one_page(small_site: Callable[..., SmallSite]) -> None:
    """With what conf.py says of it, though the renderer of the site is ours."""
    site = small_site("# Title\n", more='mathjax3_config = {"tex": {}}')
    with site.app("html") as app:
        app.build()
        builder: Any = app.builder
        assert builder.math_renderer_name == "mathml"
        assert "mathjax3_config" in upstream.list_set_values(app.config)
        assert not {"mathjax4_config", "mathjax_path"} & upstream.list_set_values(app.config)
        count = len(builder._js_files)
        upstream.load_mathjax(app, "index", "page.html", {"has_maths_elements": False})
        assert len(builder._js_files) == count
        upstream.load_mathjax(app, "index", "page.html", {"has_maths_elements": True})
        added = [script.filename for script in builder._js_files[count:]]
        assert added == ["", app.config.mathjax_path]


def test_shape_of_a_presentation_has_words() -> None:
    """python-pptx writes them where readers look for them."""
    slides = Presentation()
    shown = slides.slides.add_slide(slides.slide_layouts[5]).shapes.add_picture(BytesIO(draw_png(4, 4)), 0, 0)
    upstream.describe_shape(shown, "A square")
    assert 'descr="A square"' in shown._element.xml
    assert upstream.theme_part(slides).blob.startswith(b"<?xml")
