"""The Chromium is found, or its absence is explained."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from paperdeck.browser import advise, find_chromium, open_chromium
from paperdeck.commands import Refused
from tests.conftest import TOP

if TYPE_CHECKING:
    from pathlib import Path

OPEN = """\
from paperdeck.browser import open_chromium
from paperdeck.commands import Refused
try:
    with open_chromium():
        print("opened")
except Refused as error:
    print(error)
"""


def test_a_named_chromium_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """``$CHROMIUM`` wins over every other."""
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert find_chromium() == sys.executable


def test_a_wrong_name_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ``$CHROMIUM`` that is no program is told, with what to set."""
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(Refused, match="CHROMIUM=/no/such/browser is not a program"):
        find_chromium()


def test_a_program_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence, and not with all that Playwright tried."""
    program = shutil.which("false")
    assert program
    monkeypatch.setenv("CHROMIUM", program)
    with pytest.raises(Refused, match="does not start as a Chromium; mend it, or set CHROMIUM"), open_chromium():
        pass


def test_a_browser_that_ends_at_its_work_is_told() -> None:
    """Also in a sentence; what else goes wrong with it is handed on."""

    def close_at_work() -> None:
        with open_chromium() as browser:
            browser.new_browser_cdp_session().send("Browser.close")
            browser.new_page()

    with pytest.raises(Refused, match="has ended by itself, as where memory is short"):
        close_at_work()
    with pytest.raises(Error, match="invalid URL"), open_chromium() as browser:
        browser.new_page().goto("no address")


def test_without_a_chromium_the_command_that_installs_one_is_told(tmp_path: Path) -> None:
    """With no browser on the path and none from Playwright there is none."""
    environment = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    # in a process of its own: Playwright starts once in each, and a browser test may have started it in this one
    done = subprocess.run(
        [sys.executable, "-c", OPEN], env=environment, cwd=TOP, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("there is no Chromium here; install one: ")


def test_without_playwright_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, which most projects do without."""
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(Refused, match=r"install it: .*pip install .*\[browser\]"):
        find_chromium()


@pytest.mark.parametrize(
    ("distribution", "command"),
    [("debian", "sudo apt-get install"), ("ubuntu", "playwright install"), ("", "playwright install")],
)
def test_the_advice_is_a_command_that_works_there(distribution: str, command: str) -> None:
    """Debian has the package; Ubuntu's is a snap, and other systems have none, so Playwright brings it."""
    assert command in advise(distribution)
