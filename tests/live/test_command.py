"""``python -m paperdeck live``, from the first page to Ctrl-C."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from paperdeck.__main__ import main
from tests.live.following import Following, follow

if TYPE_CHECKING:
    from pathlib import Path

CONF = 'extensions = ["myst_parser", "paperdeck"]\nhtml_static_path = ["own"]\nhtml_css_files = ["own.css"]\n'
TALK = "# A talk\n\nHello.\n\n```{slide} The point\n- A reason\n```\n\n```{toctree}\n:glob:\nmore/*\n```\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project with one talk."""
    source = tmp_path / "talks"
    for folder in ("own", "more"):
        (source / folder).mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.md").write_text(TALK)
    (source / "more" / "old.md").write_text("# Old\n")
    (source / "own" / "own.css").write_text("a {}")
    return source


def save(path: Path, text: str) -> None:
    """Write a file as many editors do: beside it, and then in its place."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def check_pages(live: Following, project: Path) -> None:
    """Hold that what is saved is shown in both outputs, and what is added, changed beside or removed is noticed."""
    addresses = ("/slides/index.html", "/index.html")
    before = {address: live.wait(address, lambda state: not state["busy"])["version"] for address in addresses}
    status, page = live.get("/")
    assert status == 200
    assert 'src="/-live/live.js" data-version="' in page
    assert "-live" not in (project / "_build" / "live" / "index.html").read_text("utf-8")
    assert live.get("/", Host="example.org")[0] == 400  # a page elsewhere that calls us by its own name
    assert live.get("/../../conf.py")[0] == 404

    save(project / "index.md", TALK.replace("A reason", "A better reason"))
    for address, version in before.items():  # whichever is new first
        live.wait(address, lambda state, version=version: state["version"] != version)
        assert "A better reason" in live.get(address)[1]

    live.settle()
    assert live.get("/more/new.html")[0] == 404
    save(project / "more" / "new.md", "# New\n\n{nothing}`x`\n")
    live.wait("/more/new.html", lambda state: state["version"])
    (message,) = live.wait("/", lambda state: not state["busy"] and state["messages"])["messages"]
    assert (message["file"], message["line"]) == ("more/new.md", 3)
    styled = live.settle()["version"]
    save(project / "own" / "own.css", "a { color: red }")
    live.wait("/index.html", lambda state: state["version"] != styled)
    (project / "more" / "new.md").unlink()
    live.wait("/more/new.html", lambda state: not state["version"])
    assert live.wait("/", lambda state: not state["busy"] and not state["messages"])


def check_failures(live: Following, project: Path) -> None:
    """Hold that a broken conf.py and an extension that raises are told at their lines, and mended by the next save."""
    conf = project / "conf.py"
    for text, line in (("def (\n", 4), ("def setup(app):\n    app.connect('builder-inited', lambda app: app[9])\n", 5)):
        save(conf, CONF + text)
        broken = live.wait("/index.html", lambda state: state["failed"])
        assert (broken["messages"][0]["file"], broken["messages"][0]["line"]) == ("conf.py", line)
        assert "The point" in live.get("/")[1]
        save(conf, CONF)
        live.wait("/index.html", lambda state: not state["failed"] and not state["busy"])


def test_a_day_of_an_author(project: Path, tmp_path: Path) -> None:
    """Saves, additions, mistakes of every kind; Ctrl-C ends every process, and nothing is told but the mistakes."""
    errors = tmp_path / "told.txt"
    with follow(project, errors) as live:
        check_pages(live, project)
        check_failures(live, project)
        assert live.end() == 0
    told = [line.removeprefix(f"{project}/") for line in errors.read_text("utf-8").splitlines()]
    assert [line.partition(": ")[0] for line in told] == ["more/new.md:3", "conf.py:4", "conf.py:5"]


def test_a_port_that_is_taken_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence that names another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["live", str(project), "--port", str(port)]) == 1
    assert (
        f"port {port} is taken; end what listens there, or name another: --port {port + 1}" in capsys.readouterr().err
    )
    assert main(["live", str(project), "--port", "99999"]) == 1
    assert "port 99999 cannot be used" in capsys.readouterr().err
