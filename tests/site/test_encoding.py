"""Documents that are no UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.site.encoding import EncodingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def test_a_document_that_is_no_utf8_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """All of them at once, before anything is read, and with what to do."""
    files = {"index.md": b"# Front\n\nna\xefve\n", "a.md": b"\xff\xfe#\0", "good.md": "# Naïve\n"}
    site = small_site(files)
    with site.app("html") as app, pytest.raises(EncodingError) as stopped:
        app.build()
    told = str(stopped.value).replace(f"{site.source}/", "")
    assert told == "not UTF-8: a.md:1, index.md:3; save it as that, and build again"
