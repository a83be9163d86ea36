"""The Chromium that looks at what was built and prints it: found where it is, or told how to get one."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused, explain_install

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

APT = "apt-get install --yes --no-install-recommends chromium"
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # no name is looked up: what a page asks of another machine fails at once
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> str | None:
    """Return the program: ``$CHROMIUM``, ``chromium``, ``google-chrome``, or the one that Playwright installed.

    Raises Refused: ``$CHROMIUM`` is set to something that cannot be run, or Playwright is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        message = f"a browser is driven by Playwright; install it: {explain_install('browser')}"
        raise Refused(message) from None
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise Refused(f"CHROMIUM={named} is not a program; set it to the path of a Chromium, or unset it")
    if found := shutil.which("chromium") or shutil.which("google-chrome"):
        return found
    with sync_playwright() as playwright:
        installed = playwright.chromium.executable_path
    return installed if Path(installed).exists() else None


def name_distribution() -> str:
    """Return the ``ID`` of this Linux, such as ``debian``; empty elsewhere."""
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def advise(distribution: str) -> str:
    """Return the one command that installs a Chromium here."""
    # elsewhere a distribution's package may be a snap, which does not start in a container
    return f"sudo {APT}" if distribution == "debian" else f"{sys.executable} -m playwright install --with-deps chromium"


def require_chromium() -> str:
    """Return the program.

    Raises Refused: there is none, or nothing to drive it; the message has the command that installs it.
    """
    if program := find_chromium():
        return program
    raise Refused(f"there is no Chromium here; install one: {advise(name_distribution())}")


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start a Chromium, and end it.

    Raises Refused: there is none, or nothing to drive it; the message has the command that installs it. Or it does not
    start, or ends by itself.
    """
    program = require_chromium()
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        except Error:
            message = f"{program} does not start as a Chromium; mend it, or set CHROMIUM to the path of another"
            raise Refused(message) from None
        try:
            yield browser
        except Error as error:
            if browser.is_connected() and "crashed" not in str(error):
                raise
            message = f"{program} has ended by itself, as where memory is short; close other programs, and run it again"
            raise Refused(message) from None
        browser.close()
