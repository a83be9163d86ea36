"""Under a strict Content-Security-Policy everything works: articles, search, decks and the speaker's view."""

from __future__ import annotations

import functools
import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from paperdeck.outputs.policy import list_pages, read_page, write_policy
from tests.browser.test_presenting import PLACE, TALK, Quiet, speakers_view, start
from tests.sites import CONF, SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

MORE = """
```{chart} bar
:plain:
:alt: Two bars
Model | Score
One | 1
Two | 2
```

```python
print("to be copied")
```

:::{slide} On a colour
:background-color: navy
- White words
:::
"""


def find_policy(folder: Path) -> str:
    """Return the policy for what was built."""
    return write_policy(read_page(path.read_text("utf-8")) for path in list_pages(folder))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the talk as it is hosted, in our look, and give the folder of both outputs."""
    top = tmp_path_factory.mktemp("policy")
    (top / "source").mkdir()
    conf = f'{CONF}html_theme = "furo"\npaperdeck_style = "site"\nmyst_enable_extensions = ["dollarmath"]\n'
    (top / "source" / "conf.py").write_text(conf, "utf-8")
    (top / "source" / "index.md").write_text(TALK + MORE, "utf-8")
    made = SmallSite(top / "source", top / "builds")
    made.articles()
    made.deck()
    return top / "builds"


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """Serve both outputs, each under the policy that the command prints for it."""
    policies = {name: find_policy(site / name) for name in ("html", "revealjs")}

    class Strict(Quiet):
        """Serve files with a policy."""

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policies[self.path.split("/")[1]])
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(site))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_decks_need_their_own_scripts_alone_and_articles_one_hash(site: Path) -> None:
    """Furo sets the scheme before it shows anything; all else are files."""
    assert "script-src 'self';" in find_policy(site / "revealjs")
    assert find_policy(site / "html").count("'sha256-") == 1


def test_articles_work_under_the_policy(page: Page, server: str) -> None:
    """The scheme is set, cards and copying work, the search finds; what is refused fails the test in the console."""
    page.goto(f"{server}/html/index.html")
    expect(page.locator("body")).to_have_attribute("data-theme", "auto")
    expect(page.locator("figure.chart svg").first).to_be_visible()
    page.locator("button.theme-toggle:visible").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-theme", "auto")
    page.goto(f"{server}/html/search.html?q=haystack")
    expect(page.locator("#search-results li").first).to_be_visible()
    page.goto(f"{server}/html/genindex.html")


@pytest.mark.parametrize("query", ["", "?embed", "?print-pdf"])
def test_decks_work_under_the_policy(page: Page, server: str, query: str) -> None:
    """Shown, embedded and printed."""
    start(page, f"{server}/revealjs/index.html{query}#/1")
    if query == "?print-pdf":
        expect(page.locator(".pdf-page").first).to_be_visible()
    else:
        assert page.evaluate(PLACE)[0] == 1


def test_the_speakers_view_works_under_the_policy(page: Page, server: str) -> None:
    """It opens and follows the deck, whose frames it may show."""
    view = speakers_view(start(page, f"{server}/revealjs/index.html#/1"))
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    expect(view.locator(".notes .value")).to_contain_text("Onlysaid")


def test_what_the_policy_does_not_name_is_refused(browser: Browser, server: str, site: Path) -> None:
    """A script in a page that the policy was not made for does not run."""
    planted = "<!doctype html><title>t</title><script>document.title = 'ran'</script>"
    (site / "html" / "planted.html").write_text(planted, "utf-8")
    page = browser.new_page()
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.goto(f"{server}/html/planted.html")
    assert page.title() == "t"
    page.close()
