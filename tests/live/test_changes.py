"""Which saves matter, and what each asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperdeck.live.changes import Need, decide, matters

SOURCE = Path("/home/ann/.work/talks")
CODE = {str(SOURCE / "guide" / "own.py")}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("index.md", True),
        ("papers/lora/facts.yaml", True),
        ("diagrams/gate.mmd", True),
        ("_static/tokens.css", True),
        ("/home/ann/shared/figure.png", True),
        ("_build/live/index.html", False),
        ("docs/_build/html/index.html", False),
        (".git/index", False),
        (".venv/lib/a.py", False),
        ("venv/lib/python3.11/site-packages/a.py", False),
        ("node_modules/a/README.md", False),
        ("guide/__pycache__/own.pyc", False),
        ("papers/4913", False),
        ("papers/.index.md.swp", False),
        ("papers/index.md~", False),
        ("papers/#index.md#", False),
        ("papers/.#index.md", False),
        ("papers/index.md.tmp", False),
        ("out/index.html", False),
    ],
)
def test_what_matters(path: str, told: bool) -> None:
    """What pages are made of does; what we, editors and other tools write beside it does not."""
    assert matters(SOURCE / path, SOURCE, [SOURCE / "out"]) is told


@pytest.mark.parametrize(
    ("paths", "need"),
    [
        ([], Need.NOTHING),
        (["index.md"], Need.BUILD),
        (["papers/lora/facts.yaml", "papers/lora"], Need.BUILD),
        (["_templates/page.html"], Need.BUILD),
        (["papers/lora/try.py"], Need.BUILD),
        (["index.md", "conf.py"], Need.RESTART),
        (["papers/conf.py"], Need.BUILD),
        (["guide/own.py"], Need.RESTART),
        (["papers/references.bib"], Need.RESTART),
        (["locale/de/LC_MESSAGES/index.po"], Need.RESTART),
        (["docutils.conf"], Need.RESTART),
    ],
)
def test_what_a_change_asks_for(paths: list[str], need: Need) -> None:
    """What is read once by a process needs a new one; the rest is found by Sphinx."""
    assert decide([SOURCE / path for path in paths], SOURCE, CODE) is need
