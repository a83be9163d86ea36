"""The policy: scripts by their hashes, hosts by their names, and what no policy lets run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperdeck.__main__ import main
from paperdeck.outputs.policy import hash_script, list_pages, read_page, write_policy
from tests.conftest import TOP
from tests.sites import CONF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.sites import SmallSite

PAGE = """<!doctype html><title>t</title>
<script src="_static/a.js"></script><script type="application/ld+json">{"a": 1}</script>
<script src="https://cdn.example/b.js"></script><script>let a = 1 &amp;&amp; "<b>";</script>
"""


def test_a_script_is_named_by_its_hash_and_data_is_none() -> None:
    """As browsers take it: the bytes between the tags."""
    assert hash_script("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    page = read_page(PAGE)
    assert (page.hosts, page.hashes) == ({"https://cdn.example"}, {hash_script('let a = 1 &amp;&amp; "<b>";')})
    assert page.refused == []


def test_without_scripts_in_the_pages_there_are_the_sites_own_alone() -> None:
    """And nothing else is loaded from anywhere."""
    heard = write_policy([read_page('<audio src="https://example.org/talk.mp3"></audio><video src="a.mp4"></video>')])
    assert "media-src 'self' https://example.org; " in heard
    policy = write_policy([read_page('<p>x</p><script src="a.js"></script>')])
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src ")


def test_the_command_tells_what_would_not_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """At its page and line; without a page it says what to do."""
    assert main(["policy", str(tmp_path)]) == 1
    assert "has no page; build first" in capfd.readouterr().err
    (tmp_path / "a.html").write_text(PAGE)
    assert main(["policy", str(tmp_path)]) == 0
    assert capfd.readouterr().out.count("'sha256-") == 1
    (tmp_path / "b.html").write_text("<p>x\n<b onclick='f()'>y</b><a href=' javascript:f()'>z</a>")
    assert main(["policy", str(tmp_path)]) == 1
    assert capfd.readouterr().err.splitlines() == [
        f"{tmp_path}/b.html:2: <b onclick='f()'> would not run under this policy",
        f"{tmp_path}/b.html:2: <a href=' javascript:f()'> would not run under this policy",
    ]


def test_the_lines_of_the_guide_put_it_into_every_page(small_site: Callable[..., SmallSite]) -> None:
    """Articles, search, decks and shelf, before the first script."""
    (snippet,) = re.findall(r"```python\n(.*?)```", (TOP / "guide" / "host.md").read_text("utf-8"), re.DOTALL)
    talk = {"index.md": "# Front\n\n```{toctree}\ntalk\n```\n", "talk.md": "# Talk\n\n:::{slide} S\n- a\n:::\n"}
    site = small_site(talk, conf=f'{CONF}html_theme = "furo"\n{snippet}')
    for builder in ("html", "revealjs"):
        output = site.quietly(builder)
        for path in list_pages(output.folder):
            before, tag, _ = path.read_text("utf-8").partition('<meta http-equiv="Content-Security-Policy" content="')
            assert tag, path
            assert not re.search(r'<script(?! type="application/ld)', before), path
