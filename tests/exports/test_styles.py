"""A style sheet is put together with what it asks for, and faces that draw nothing are left out."""

from __future__ import annotations

from pathlib import Path

from paperdeck.exports.styles import as_data, choose_faces, flatten, take_faces

FONTS = Path("paperdeck/theme/static/fonts").resolve()
SHEET = """\
@layer a, b;
@import "other.css" layer(a); /* url(nothing.png) */
@import url(print.css) print;
@import "https://example.org/far.css";
@font-face { font-family: "F"; src: url("f.woff2") format("woff2"); }
body { background: url(dot.svg); mask: url("data:image/svg+xml,x"); }
"""


def test_a_sheet_holds_what_it_imports(tmp_path: Path) -> None:
    """In their layers and conditions; what is elsewhere stays, pictures are within, faces can be moved."""
    for name, text in (
        ("a.css", SHEET),
        ("other.css", "p { x: 1 }"),
        ("print.css", "q { x: 2 }"),
        ("dot.svg", "<svg/>"),
        ("f.woff2", "f"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    sheet, faces = take_faces(flatten(tmp_path / "a.css"))
    assert "@layer a {\np { x: 1 }\n}" in sheet
    assert "@media print {\nq { x: 2 }\n}" in sheet
    assert '@import "https://example.org/far.css";' in sheet
    assert f"url({as_data(tmp_path / 'dot.svg')})" in sheet
    assert 'url("data:image/svg+xml,x")' in sheet
    assert len(faces) == 1
    assert f'url("{tmp_path / "f.woff2"}")' in faces[0]


def face(file: str, ranges: str = "", style: str = "normal", family: str = "Plex Sans") -> str:
    """Return the rule of a face."""
    more = f" unicode-range: {ranges};" if ranges else ""
    url = f'url("{FONTS / file}")'
    return f'@font-face {{ font-family: "{family}"; font-weight: 400; font-style: {style}; src: {url};{more} }}'


def test_faces_that_draw_nothing_are_left_out() -> None:
    """The whole face is needed only for what its parts lack, and only where it holds that."""
    whole, part = face("IBMPlexSans-Regular.woff2"), face("IBMPlexSans-Regular-Latin1.woff2", "U+0020-007E")
    faces = [
        whole,
        part,
        face("IBMPlexSans-Italic.woff2", style="italic"),
        face("IBMPlexMono-Regular.woff2", family="Mono"),
    ]
    assert len(choose_faces(faces, {"upright": {"a", "\u4e00"}, "italic": set(), "mono": set()})) == 1
    assert len(choose_faces(faces, {"upright": {"a", "α"}, "italic": set(), "mono": set()})) == 2
    assert len(choose_faces(faces, {"upright": {"a"}, "italic": {"a"}, "mono": {"a"}})) == 3
    assert "data:font/woff2;base64," in choose_faces([whole], {"upright": {"α"}, "italic": set(), "mono": set()})[0]
