"""What stands around the package: the locks, the commands, the wheel, and the site as it is hosted."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from tests.conftest import TOP

LOCKS = ("build", "test")
OPTIONAL = ("diagrams", "pictures")


def pinned(lock: str) -> dict[str, tuple[str, str]]:
    """Return what a lock file pins: the version of each name, and the lines that belong to it."""
    text = (TOP / "requirements" / f"{lock}.txt").read_text("utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==(\S+)(.*(?:\n +.*)*)", text, re.MULTILINE)
    assert len({name for name, *_ in entries}) == len(entries) > 0
    return {name: (version, rest) for name, version, rest in entries}


def required(*extras: str) -> list[Requirement]:
    """Return what pyproject.toml asks for."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for lines in lists for line in lines]


def run(command: list[str] | str, cwd: Path, **environment: str) -> str:
    """Run a command, with make's own settings for its children removed; return what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=inherited | environment,
        shell=isinstance(command, str),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return done.stdout


class Page(HTMLParser):
    """What links need to know of a page that was built; a whole tree of each page would take ten times as long."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.slides: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element leads, and how it is called."""
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in ("href", "src") if name in given][:1]
        if anchor := given.get("id"):
            self.anchors.add(anchor)
            if tag == "section" and "data-slide" in given:
                self.slides.add(anchor)


read_page = functools.cache(Page)


def links(path: Path) -> set[tuple[Path, str]]:
    """Return the file and the anchor of each address on a page that leads to this site."""
    found = set()
    for link in read_page(path).addresses:
        address, anchor = urldefrag(link)
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            target = path.parent / unquote(parts.path) if parts.path else path
            if address.endswith("/"):
                target /= "index.html"
            found.add((Path(os.path.normpath(target)), unquote(anchor).removeprefix("/")))  # reveal.js reads #/id too
    return found


def broken_links(path: Path) -> list[str]:
    """Return the addresses on a page that lead to no file, or to no anchor in it."""
    return [
        f"{path}: {target}#{anchor}"
        for target, anchor in sorted(links(path))
        if not target.is_file() or (anchor and target.suffix == ".html" and anchor not in read_page(target).anchors)
    ]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the sources as a clone would have them, beside a ``.venv`` that is this one and says it is ready."""
    ignored = [line.rstrip("/") for line in (TOP / ".gitignore").read_text("utf-8").splitlines()]
    top = tmp_path / "checkout"
    shutil.copytree(TOP, top, ignore=shutil.ignore_patterns(".git", *ignored))
    (top / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.endswith("-ready"):
            (top / ".venv" / entry.name).symlink_to(entry)
    for lock in LOCKS:
        (top / ".venv" / f"{lock}-ready").touch()
    return top


@pytest.mark.parametrize(("lock", "extras"), [("build", ["site"]), ("test", ["site", "test"])])
def test_a_lock_pins_what_pyproject_asks_for(lock: str, extras: list[str]) -> None:
    """Each requirement has a version in its range; ``make lock`` was run since the last change."""
    pins = pinned(lock)
    for requirement in required(*extras):
        version, _ = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


@pytest.mark.parametrize("extra", OPTIONAL)
def test_what_has_no_wheel_everywhere_has_a_lock_of_its_own(extra: str) -> None:
    """It holds that alone, in the version that pyproject.toml asks for; the locks that must succeed do without."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    (requirement,) = map(Requirement, project["optional-dependencies"][extra])
    ((name, (version, _)),) = pinned(extra).items()
    assert name == canonicalize_name(requirement.name)
    assert requirement.specifier.contains(version)
    assert not [lock for lock in LOCKS if name in pinned(lock)]


@pytest.mark.parametrize("extra", OPTIONAL)
def test_setting_up_goes_on_without_what_has_no_wheel(checkout: Path, extra: str) -> None:
    """Setting up tries it, builds nothing from source, and says what is done without."""
    (checkout / ".venv" / "build-ready").unlink()
    (tried,) = [
        line for line in run("make --dry-run html", checkout).splitlines() if f"requirements/{extra}.txt" in line
    ]
    assert "--only-binary :all: --require-hashes" in tried
    assert '|| echo "Going on without' in tried


@pytest.mark.parametrize("lock", [*LOCKS, *OPTIONAL])
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    """Each file is known by its hash, from whatever registry the reader's pip is set to."""
    assert all("--hash=sha256:" in rest for _, rest in pinned(lock).values())
    text = (TOP / "requirements" / f"{lock}.txt").read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_the_locks_agree_and_the_first_is_light() -> None:
    """Tests run on the very versions that build the site; who only builds installs no browser driver."""
    build, test = pinned("build"), pinned("test")
    assert {name: version for name, (version, _) in test.items() if name in build} == {
        name: version for name, (version, _) in build.items()
    }
    assert not {"playwright", "pytest", "mypy"} & set(build)


def test_a_second_run_installs_nothing(checkout: Path) -> None:
    """With both locks installed no command calls pip."""
    assert "pip" not in run("make --dry-run html revealjs test", checkout)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_changed_lock_is_installed(checkout: Path, lock: str) -> None:
    """A lock newer than the installation is installed, by hash, before the tests run."""
    later = (checkout / ".venv" / f"{lock}-ready").stat().st_mtime + 1
    os.utime(checkout / "requirements" / f"{lock}.txt", (later, later))
    assert f"--require-hashes -r requirements/{lock}.txt" in run("make --dry-run test", checkout)


STAND_IN = """\
#!/bin/sh
case "$*" in
  "-c "*) exec {python} "$@" ;;
  "-m venv "*) echo venv >> made; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  *) echo pip >> made ;;
esac
"""
"""A Python that sets nothing up, and writes down what it is asked for."""


def test_two_makes_at_once_set_up_once(tmp_path: Path) -> None:
    """The second waits for the first, and finds all done."""
    shutil.copy(TOP / "Makefile", tmp_path)
    shutil.copytree(TOP / "requirements", tmp_path / "requirements")
    python = tmp_path / "python"
    python.write_text(STAND_IN.format(python=sys.executable))
    python.chmod(0o755)
    command = f"make .venv/test-ready PYTHON={python}"
    run(f"{command} & {command} & wait %1 && wait %2", tmp_path)
    assert (tmp_path / "made").read_text().split() == ["venv", "pip", "pip", "pip", "pip"]
    run(command, tmp_path)
    assert len((tmp_path / "made").read_text().split()) == 5


def test_a_failed_build_fails_again(checkout: Path) -> None:
    """Sphinx gives a warning of reading once; the fault is there until it is mended."""
    (checkout / "conf.py").write_text('extensions = ["myst_parser"]\ninclude_patterns = ["index.md"]\n', "utf-8")
    (checkout / "index.md").write_text("# Title\n\nOf {nothing}`at all`.\n", "utf-8")
    for _ in range(2):
        with pytest.raises(AssertionError, match='Unknown interpreted text role "nothing"'):
            run("make html", checkout)


def test_the_readme_names_every_command() -> None:
    """README's table, ``make help`` and the Makefile list the same targets."""
    phony = re.search(r"^\.PHONY: (.*)", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    helped = re.findall(r"^make (\w+) ", run("make help", TOP), re.MULTILINE)
    commands = (TOP / "README.md").read_text("utf-8").split("## Commands")[1].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)`", commands, re.MULTILINE)
    assert sorted(told) == sorted(helped) == sorted(phony[1].split())


def test_the_example_of_the_readme_builds(tmp_path: Path) -> None:
    """Its ledger and its document, as they stand there, are read and give a deck without a warning."""
    readme = (TOP / "README.md").read_text("utf-8")
    (ledger,) = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (document,) = re.findall(r"^````markdown\n(.*?)^````$", readme, re.MULTILINE | re.DOTALL)
    project = tmp_path / "project"
    project.mkdir()
    (project / "conf.py").write_text('extensions = ["myst_parser", "paperdeck"]\nbibtex_bibfiles = ["works.bib"]\n')
    shutil.copy(TOP / "papers" / "references.bib", project / "works.bib")
    (project / "facts.yaml").write_text(ledger, "utf-8")
    (project / "index.md").write_text(document, "utf-8")
    run(f"{sys.executable} -m sphinx -W --keep-going -b revealjs {project} {tmp_path}/revealjs", TOP)


def test_a_wheel_writes_a_deck_in_a_foreign_project(checkout: Path, tmp_path: Path) -> None:
    """``extensions = ["myst_parser", "paperdeck"]`` is all that another project needs."""
    pip = f"{sys.executable} -m pip --disable-pip-version-check"
    run(f"{pip} wheel --no-build-isolation --no-deps --no-index --wheel-dir {tmp_path} {checkout}", tmp_path)
    (wheel,) = tmp_path.glob("paperdeck-*.whl")
    installed = tmp_path / "installed"
    run(f"{pip} install --no-deps --no-index --target {installed} {wheel}", tmp_path)

    project = tmp_path / "project"
    project.mkdir()
    conf = 'extensions = ["myst_parser", "paperdeck"]\nlanguage = "de"\n'
    (project / "conf.py").write_text(conf, "utf-8")
    (project / "index.md").write_text("# A talk\n\nHello.\n\n```{slide} The point\n- A reason\n```\n", "utf-8")
    for builder in ("revealjs", "html"):
        command = f"{sys.executable} -m sphinx -W --keep-going -b {builder} -d doctrees project {builder}"
        run(command, tmp_path, PYTHONPATH=str(installed))

    run(f"{sys.executable} -m paperdeck init made", tmp_path, PYTHONPATH=str(installed))
    assert {".gitignore", ".github", "conf.py", "papers"} <= {path.name for path in (tmp_path / "made").iterdir()}
    run(f"{sys.executable} -m paperdeck new lora", tmp_path / "made", PYTHONPATH=str(installed))

    deck = BeautifulSoup((tmp_path / "revealjs" / "index.html").read_text("utf-8"), "html5lib")
    (slide,) = deck.select(".slides > section[data-slide]")
    assert "The point" in slide.text
    assert "Artikel" in slide.text  # the catalogues are in the wheel
    pages = [tmp_path / output / "index.html" for output in ("revealjs", "html")]
    assert [broken for path in pages for broken in broken_links(path)] == []


def test_read_the_docs_hosts_articles_that_link_to_decks_and_back(checkout: Path, tmp_path: Path) -> None:
    """Its commands, run as written, leave a site in which every link of article and deck leads somewhere."""
    settings = YAML(typ="safe").load((TOP / ".readthedocs.yaml").read_text("utf-8"))
    assert "sphinx" not in settings  # or Read the Docs would set up an environment of its own first
    for command in settings["build"]["jobs"]["build"]["html"]:
        run(command, checkout, READTHEDOCS="True", READTHEDOCS_OUTPUT=str(tmp_path / "out"))
    top = tmp_path / "out" / "html"
    decks = top / "slides"
    assert (top / "index.html").exists()
    assert (decks / "index.html").exists()

    pages = [path for path in top.rglob("*.html") if "_static" not in path.parts]
    assert [broken for path in pages for broken in broken_links(path)] == []
    talks = sorted((decks / "papers").rglob("*.html"))
    assert talks
    for deck in talks:
        whole = deck.with_name(re.sub(r"-\d+\.html$", ".html", deck.name))  # a shorter talk shows less of it
        article = top / whole.relative_to(decks)
        slides = {(whole, slide) for slide in read_page(deck).slides}
        assert slides
        assert slides <= links(article), f"{article} does not lead to every slide"
        assert deck in {target for target, _ in links(article)}, f"{article} does not lead to {deck}"
        assert any(target == article and anchor for target, anchor in links(deck)), f"{deck} does not lead back"
