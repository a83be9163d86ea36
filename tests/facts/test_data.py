"""The ledgers as data for other programs, and the schemas that describe them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paperdeck.ledger.schema import build_facts_schema, build_ledger_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Tell whether a value is what a schema says, for as much of JSON Schema as ours use."""
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float), "boolean": bool}
    if "oneOf" in schema:
        return sum(fits(value, one) for one in schema["oneOf"]) == 1
    if "enum" in schema:
        return value in schema["enum"]
    named = schema.get("type", [])
    types = [named] if isinstance(named, str) else named
    if types and not any(value is None if kind == "null" else isinstance(value, kinds[kind]) for kind in types):
        return False
    if isinstance(value, list):
        return all(fits(item, schema["items"]) for item in value)
    if not isinstance(value, dict):
        return True
    known, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
    return set(schema.get("required", ())) <= value.keys() and all(
        fits(item, known[name]) if name in known else rest is not False and fits(item, rest)
        for name, item in value.items()
    )


def test_articles_carry_the_facts_as_data(small_site: Callable[..., SmallSite]) -> None:
    """One file for the site and one beside each paper, as the schema at the root says; decks have none."""
    site = small_site(root="facts")
    output = site.articles()
    whole = json.loads(output.text("facts.json"))
    assert list(whole["ledgers"]) == ["glam", "olmoe"]
    assert whole["ledgers"]["glam"]["active_share"]["value"] == 0.0805
    one = json.loads(output.text("glam/facts.json"))
    assert one["ledgers"] == {"glam": whole["ledgers"]["glam"]}
    schema = json.loads(output.text("facts.schema.json"))
    assert schema == build_facts_schema()
    assert fits(whole, schema)
    assert not fits({"ledgers": {"glam": {"x": {"says": "x"}}}}, schema)
    assert (output.folder / "glam" / one["$schema"]).resolve() == (output.folder / "facts.schema.json").resolve()
    assert json.loads(output.text("ledger.schema.json")) == build_ledger_schema()
    assert not list(site.deck().folder.rglob("facts.json"))


def test_data_is_written_when_a_ledger_has_changed(small_site: Callable[..., SmallSite]) -> None:
    """A build in which no ledger is another leaves the files alone; one that is missing is written."""
    site = small_site(root="facts")
    folder = site.articles().folder
    before = (folder / "facts.json").stat().st_mtime_ns
    ledger = site.source / "glam" / "facts.yaml"
    assert (site.articles().folder / "facts.json").stat().st_mtime_ns == before
    (folder / "glam" / "facts.json").unlink()
    assert "glam" in json.loads(site.articles().text("glam/facts.json"))["ledgers"]
    ledger.write_text(ledger.read_text("utf-8").replace("says: ", "says: all ", 1), "utf-8")
    assert '"says": "all ' in site.articles().text("facts.json")


def test_data_of_a_ledger_goes_with_it(small_site: Callable[..., SmallSite]) -> None:
    """Nothing is left beside a paper whose ledger is gone, nor at the root when there is none; others' files stay."""
    ledger = "a:\n  says: x\n  value: 1\n  source: §1\n  known: ours\n"
    site = small_site(
        {
            "index.md": "# T\n\n```{toctree}\none/index\ntwo/index\n```\n",
            "one/index.md": "# One\n",
            "two/index.md": "# Two\n",
            "one/facts.yaml": ledger,
            "two/facts.yaml": ledger,
            "extra/three/facts.json": "{}",
            "extra/four/facts.json": '{"$schema": "../facts.schema.json", "ledgers": {"one": {}}}',
        },
        more='html_extra_path = ["extra"]\n',
    )
    others = ["four/facts.json", "three/facts.json"]
    left = [["facts.json", "four/facts.json", "one/facts.json", "three/facts.json"], others]
    assert len(site.build("html").bytes("facts.json")) == 5
    for name, files in zip(("two", "one"), left, strict=True):
        (site.source / name / "facts.yaml").unlink()
        output = site.build("html")
        assert list(output.bytes("facts.json")) == files
    assert not output.bytes("*.schema.json")


def test_data_file_is_linked_from_any_page(small_site: Callable[..., SmallSite]) -> None:
    """The role reaches the root of the articles from every folder, and knows its files."""
    site = small_site(
        {"index.md": "# T\n\n```{toctree}\na/b\n```\n", "a/b.md": "# B\n\n{data-file}`ledger.schema.json`\n"}
    )
    for builder, page in (("html", "a/b.html"), ("dirhtml", "a/b/index.html")):
        output = site.quietly(builder)
        [link] = output.page(page).select("p a.external")
        assert (output.folder / page).parent.joinpath(link["href"]).resolve() == output.folder / "ledger.schema.json"
    [warning] = small_site("# T\n\n{data-file}`other.json`\n").build("html").warnings
    assert "we write no 'other.json'; write one of facts.json, facts.schema.json, ledger.schema.json" in warning
