"""A real Chromium, and a page that lets no complaint pass."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from paperdeck.browser import open_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, WebError


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for each worker."""
    with open_chromium() as chromium:
        yield chromium


@pytest.fixture
def static_files() -> bool:
    """Let every small site have its style sheets and scripts."""
    return True


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of 1280x720 without motion; whatever it complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    complaints = watch(context)
    yield context.new_page()
    context.close()
    assert complaints == []


def watch(context: BrowserContext) -> list[str]:
    """Return a list that fills with what goes wrong in any page of ``context``.

    It takes console errors and warnings, uncaught errors, and requests that leave this machine, which are stopped.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"console {message.type}: {message.text}")

    def catch(error: WebError) -> None:
        complaints.append(f"uncaught: {error.error.message}")

    def stop(route: Route) -> None:
        complaints.append(f"request: {route.request.url}")
        route.abort()

    context.on("console", hear)
    context.on("weberror", catch)
    context.route(leaves, stop)
    return complaints


def leaves(url: str) -> bool:
    """Tell whether an address is on another machine."""
    return urlsplit(url).hostname not in (None, "127.0.0.1", "localhost")
