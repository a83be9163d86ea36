"""What every test may ask for: the roots of small sites, and the real site, built once."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ("sphinx.testing.fixtures", "tests.sites")

TOP = Path(__file__).resolve().parent.parent
PAPERS = sorted(path.parent.name for path in TOP.glob("papers/*/index.md"))
"""The folders of the real papers, found and not listed: one that is added is held to what holds of all."""

# no deadline: a busy machine is no fault
settings.register_profile("small", max_examples=50, deadline=None)
settings.register_profile("large", max_examples=5000, deadline=None)  # pytest --hypothesis-profile=large
settings.load_profile("small")


@dataclass(frozen=True)
class Site:
    """The two outputs of the real site, in folders beside each other as ``make html revealjs`` leaves them."""

    html: Path
    revealjs: Path


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """Return the folder that holds ``test-<name>`` for ``@pytest.mark.sphinx(testroot="<name>")``."""
    return TOP / "tests" / "roots"


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return one folder for the whole run, the same for every worker of pytest-xdist."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def site(shared_tmp: Path) -> Site:
    """Build the real site once in a run, warnings fatal, and give its two folders."""
    top = shared_tmp / "site"
    top.mkdir(exist_ok=True)
    with (top / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other workers wait here while the first one builds
        for builder in ("html", "revealjs"):
            if not (top / f"{builder}.built").exists():
                build(builder, top)
                (top / f"{builder}.built").touch()
    return Site(html=top / "html", revealjs=top / "revealjs")


def build(builder: str, top: Path) -> None:
    """Build the real site into ``top/<builder>`` as the Makefile does; fail with what Sphinx said."""
    options: list[str | Path] = ["-W", "--keep-going", "-j", "auto", "-b", builder, "-d", top / "doctrees"]
    command: list[str | Path] = [sys.executable, "-m", "sphinx", *options, TOP, top / builder]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{builder} of the real site:\n{done.stdout[-2000:]}\n{done.stderr}", pytrace=False)
