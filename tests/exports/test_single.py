"""A page becomes one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.exports.offline import pack
from paperdeck.exports.single import write_single
from paperdeck.exports.styles import as_data

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
<!doctype html>
<html><head><link rel="stylesheet" href="a.css"><link rel="next" href="b.html"><link rel="icon" href="i.svg">
<link rel="alternate" href="i.svg">
<script defer src="later.js"></script><script id="x" src="now.js?v=1"></script></head>
<body data-x='1'><p>A &amp; B<br/><img src="i.svg" alt="x"><a href="b.html#y">b</a> <a href="c.html">c</a>
<a href="#z">z</a>
<iframe src="b.html">a frame</iframe>
<iframe src="https://example.org/c" title="C &amp; d"></iframe>
</body></html>
"""


def test_a_page_holds_what_it_asks_for(tmp_path: Path) -> None:
    """Styles, scripts, pictures, no other page; links lead where they lead from elsewhere, all else stays as it was."""
    for name, text in (
        ("a.css", "p { }"),
        ("now.js", "now('</script>')"),
        ("later.js", "later()"),
        ("i.svg", "<svg/>"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    text, lacks = write_single(path, {"b.html#y": "https://example.org/b.html#y", "c.html": None, "#z": "#z"})
    picture = as_data(tmp_path / "i.svg")
    assert "<style>p { }</style>" in text
    assert 'rel="next"' not in text
    assert 'rel="alternate"' not in text
    assert f'<link rel="icon" href="{picture}">' in text
    assert "<script id=\"x\">now('<\\/script>')</script>" in text
    assert "<script>later()</script></body>" in text
    assert "<body data-x='1'><p>A &amp; B<br/>" in text
    assert (
        f'<img src="{picture}" alt="x"><a href="https://example.org/b.html#y">b</a> <a>c</a>\n<a href="#z">z</a>'
        in text
    )
    assert "iframe" not in text
    assert "a frame" not in text
    assert '<p><a href="https://example.org/c">C &amp; d</a></p>' in text
    assert lacks == ["b.html", "https://example.org/c"]


def test_a_site_is_packed_the_same_way_twice(tmp_path: Path) -> None:
    """Without what no reader needs."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", "objects.inv", ".buildinfo"):
        (site / name).write_text(name, "utf-8")
    pack(site, tmp_path / "one.zip")
    pack(site, tmp_path / "two.zip")
    data = (tmp_path / "one.zip").read_bytes()
    assert data == (tmp_path / "two.zip").read_bytes()
    assert b"site/index.html" in data
    assert b"objects.inv" not in data
