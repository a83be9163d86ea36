"""What is kept beside the doctrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.pictures import text_width
from paperdeck.site.cache import digest_drawers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_a_picture_is_made_with_makes_it_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of its room, that of steps, icons and widths, which all rooms draw with, and the fonts."""
    one, other, pictures = (tmp_path / name for name in ("one", "other", "pictures"))
    for room in (one, other, pictures):
        room.mkdir()
        (room / "steps.py").write_text(f'"""{room.name}"""', "utf-8")
    found = {digest_drawers(one), digest_drawers(other), digest_drawers(one, "Medium"), digest_drawers(one, "Italic")}
    monkeypatch.setattr(text_width, "__file__", str(pictures / "text_width.py"))
    found.add(digest_drawers.__wrapped__(one))
    assert len(found) == 5
