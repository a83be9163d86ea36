"""Hostile words in every field: both outputs show them as words, and nothing runs."""

from __future__ import annotations

import functools
import re
import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_presenting import Quiet, start
from tests.sites import CONF, SmallSite, draw_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

SCRIPT = "</script></style></title><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
PAYLOAD = f"'\">{SCRIPT}"
WORDS = PAYLOAD.replace("<", r"\<")
"""As Markdown, in which HTML that is not escaped is what its author wants."""
IN_A_LINE = PAYLOAD.replace("'", "")
"""Without what ends a text in YAML."""
RUNS = "javascript:alert(1)"

MORE = f"""
paperdeck_article_url = paperdeck_deck_url = {RUNS + "//"!r}
paperdeck_tex_macros = {{"run": r"\\href{{{RUNS}}}{{x}}"}}
html_baseurl = "https://site.example/" + {PAYLOAD!r}
bibtex_bibfiles = ["refs.bib"]
numfig = True
suppress_warnings = ["toc.not_included"]
"""

FILES = {
    "index.md": f"# Front {WORDS}\n\n```{{gallery}}\n```\n\n```{{compare}} talk\n{IN_A_LINE}\n```\n\n"
    "```{toctree}\ntalk/index\n```\n",
    "talk/index.md": f"""\
---
paper: doe2024work
short: '{IN_A_LINE}'
summary: '{IN_A_LINE}'
presenter: '{IN_A_LINE}'
code: 'https://code.example/{IN_A_LINE.replace(" ", "/")}'
podcast: '{RUNS}'
date: '{IN_A_LINE}'
tags: 'one, {IN_A_LINE}'
lang: '{IN_A_LINE}'
---
# Talk {WORDS}

Said {WORDS} {{fact}}`a` {{fact}}`b` {{cite:p}}`doe2024work` [link]({RUNS}) <{RUNS}>.

:::{{slide}} First {WORDS}
:name: {PAYLOAD}
:class: {PAYLOAD}
:data-state: {PAYLOAD}
:background-iframe: {RUNS}
:background-color: red;}}</style>{PAYLOAD}
:transition: {PAYLOAD}
:onclick: alert(1)
- {WORDS} {{fact}}`a` {{fact}}`b` {{icon}}`{IN_A_LINE}` {{fact}}`{IN_A_LINE}` {{plain}}`{IN_A_LINE}`
- [link]({RUNS}){{.k onclick=alert(1)}} and {{abbr}}`{IN_A_LINE} ({IN_A_LINE})`
:::

Spoken {WORDS} and [a link]({RUNS}).

:::{{slide}} Second
:background-image: {RUNS}
:background-video: {RUNS}
```{{figure}} picture.png
:alt: {PAYLOAD}
:target: {RUNS}
A caption {WORDS}
```
:::

:::{{slide}} Drawn
:layout: figure
```{{mermaid}}
:alt: {PAYLOAD}
:caption: Drawn {WORDS}
:title: {PAYLOAD}
flowchart LR
  accDescr: {IN_A_LINE}
  a["#lt;img src=x onerror=alert(1)#gt;"] --> b["{{fact}}`b`"]
  click a "{RUNS}"
  click b href "{RUNS}" "x"
```
:::

```{{mermaid}}
sequenceDiagram
  accTitle: {IN_A_LINE}
  A->>B: #lt;img src=x onerror=alert(1)#gt;
  link A: Site @ {RUNS}
```

:::{{slide}} Charted
:layout: figure
```{{chart}} bar
:alt: {PAYLOAD}
:caption: Charted {WORDS}
:x: {PAYLOAD}
:unit: {PAYLOAD}
:highlight: {PAYLOAD}
{PAYLOAD} | {PAYLOAD}
{PAYLOAD} | a
Other | 3
```
:::

$$ \\href{{{RUNS}}}{{x}} + \\text{{{IN_A_LINE}}} $$ (eq)

$\\text{{<img src=x onerror=alert(1)>}}$ and {{math}}`\\href{{{RUNS}}}{{y}}`.

```{{code-block}} html
:caption: Code {WORDS}
{PAYLOAD}
```

:::{{speaker-notes}}
{WORDS}
:::

```{{facts}}
```
""",
    "talk/facts.yaml": f"""\
a:
  says: '{IN_A_LINE}'
  value: 8
  unit: token
  show: '8 {IN_A_LINE}'
  source: 'doe2024work, {IN_A_LINE}'
  quote: '{IN_A_LINE}'
  differs: '{IN_A_LINE}'
  words: ['{IN_A_LINE}']
b:
  says: what
  text: '{IN_A_LINE}'
  source: doe2024work, Table 1
""",
    "refs.bib": f"""\
@misc{{doe2024work,
  title = {{Work {PAYLOAD}}},
  author = {{Doe, {PAYLOAD} and {{Team {PAYLOAD}}}}},
  year = {{2024}},
  eventtitle = {{{PAYLOAD}}},
  note = {{{PAYLOAD}}},
  url = {{{RUNS}}},
  pdf = {{{RUNS}}},
  doi = {{10.1/{IN_A_LINE}}},
}}
""",
}

DANGEROUS = """() => [...document.querySelectorAll("*")].flatMap((element) => [
  ...element.getAttributeNames()
    .filter((name) => /^on/.test(name) || /^\\s*(javascript|vbscript|data:text)/i.test(element.getAttribute(name)))
    .map((name) => `${element.localName} ${name}=${element.getAttribute(name)}`),
  ...(element.localName === "script" && /alert/.test(element.text) && element.type !== "application/ld+json"
    ? [element.outerHTML] : []),
])"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """Build both outputs; what is wrong with the fields is told elsewhere."""
    top = tmp_path_factory.mktemp("hostile")
    (top / "source" / "talk").mkdir(parents=True)
    (top / "source" / "conf.py").write_text(f'{CONF}html_theme = "furo"\npaperdeck_style = "site"\n{MORE}', "utf-8")
    for name, text in FILES.items():
        (top / "source" / name).write_text(text, "utf-8")
    (top / "source" / "talk" / "picture.png").write_bytes(draw_png(40, 30))
    made = SmallSite(top / "source", top / "builds")
    for builder in ("html", "revealjs"):
        made.build(builder)
    return made


@pytest.fixture(scope="module")
def server(site: SmallSite) -> Iterator[str]:
    """Serve both outputs, and give their address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.builds))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def list_pages(folder: Path) -> list[str]:
    """Return all pages of an output, those of other packages aside."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*.html")))
    return [path.as_posix() for path in found if "_static" not in path.parts]


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_nothing_that_an_author_types_runs(page: Page, site: SmallSite, server: str, builder: str) -> None:
    """No dialog, no script, no request to another host, and no address that would run; each page and every slide."""
    dialogs: list[str] = []
    page.context.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    pages = list_pages(site.builds / builder)
    assert len(pages) > 1
    for name in pages:
        address = f"{server}/{builder}/{name}"
        page.goto(address)
        if page.locator(".reveal").count():
            start(page, address)
            for slide in range(page.locator(".slides > section").count()):
                page.evaluate("(slide) => Reveal.slide(slide)", slide)
            start(page, f"{address}?print-pdf")
        assert page.evaluate(DANGEROUS) == [], address
    assert dialogs == []


def test_the_speakers_view_runs_nothing(page: Page, server: str) -> None:
    """It puts notes into a page of its own."""
    dialogs: list[str] = []
    page.context.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    start(page, f"{server}/revealjs/talk/index.html#/1")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    note = opened.value.locator(".notes .value")
    note.filter(has_text="Spoken").wait_for()
    assert note.evaluate("(note) => note.querySelectorAll('script, img, svg, [onload], [onerror]').length") == 0
    assert dialogs == []


def test_data_for_machines_ends_no_script(site: SmallSite) -> None:
    """JSON in a page holds no “<”; what is a file of its own is JSON."""
    text = (site.builds / "html" / "talk" / "index.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert "alert(1)" in data
    assert "<" not in data
