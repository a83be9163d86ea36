"""What a build imports: what is slow to load is loaded where it is needed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tests.conftest import TOP
from tests.sites import CONF

if TYPE_CHECKING:
    from pathlib import Path

LATE = {
    "fontTools": "unpacks the faces in which text is measured",
    "merman": "draws diagrams",
    "paperdeck.charts.marks": "draws charts",
    "paperdeck.evidence.search": "looks for numbers in the text of a paper",
    "paperdeck.outputs": "builds both outputs",
    "pint": "knows units",
    "ruamel": "reads ledgers",
    "segno": "draws QR codes",
    "uharfbuzz": "measures text",
    "vl_convert": "makes pictures for other sites",
}
"""What a page of text alone does not need."""


def test_page_of_text_loads_nothing_that_draws_measures_or_reads_ledgers(tmp_path: Path) -> None:
    """A project that writes one plain page pays for the extension with its own modules alone."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    (tmp_path / "index.md").write_text("# Page\n\nText.\n", "utf-8")
    program = (
        "import sys; from sphinx.cmd.build import main; "
        "failed = main(['-q', '-b', 'html', '.', 'out']); print(*sys.modules); sys.exit(failed)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(TOP)!r}); {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {*done.stdout.split()}
    assert "paperdeck.deck.builder" in loaded
    assert not LATE.keys() & loaded


def test_what_is_loaded_late_is_there() -> None:
    """A module that is called otherwise now would never be missed."""
    assert [name for name in LATE if find_spec(name) is None] == []
