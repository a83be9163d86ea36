"""Facts for other programs: as JSON, and the schemas of what authors write and of what we publish."""

from __future__ import annotations

from typing import Any

from paperdeck.ledger.reading import FIELDS, KEY, Fact, Known


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """Return a fact as other programs read it; ``json_schema`` describes it."""
    value = fact.value
    return {
        "says": fact.says,
        "value": None if value is None else int(value) if value == int(value) and abs(value) < 2**53 else float(value),
        "text": fact.text or None,
        "reported": fact.reported,
        "unit": fact.unit or None,
        "setting": fact.setting or None,
        "show": fact.shown(),
        "from": fact.expression or None,
        "parts": list(fact.parts),
        "sources": [{"work": source.work, "places": list(source.places)} for source in fact.sources],
        "known": str(fact.known),
        "place_checked": fact.place_checked,
        "quote": fact.quote or None,
        "read": fact.read_off or None,
        "seen": fact.seen or None,
        "differs": fact.differs or None,
    }


def build_ledger_schema() -> dict[str, Any]:
    """Return the JSON Schema of facts.yaml, for editors."""
    properties = {
        name: {"description": item.metadata["help"], **item.metadata["schema"]} for name, item in FIELDS.items()
    }
    fact = {
        "type": "object",
        "properties": properties,
        "required": ["says"],
        "oneOf": [{"required": [name]} for name in ("value", "text", "from", "reported")],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The facts of a paper, as an author writes them",
        "type": "object",
        "patternProperties": {f"^{KEY.pattern}$": fact},
        "additionalProperties": False,
    }


def build_facts_schema() -> dict[str, Any]:
    """Return the JSON Schema of facts.json, for programs that read it."""
    text, optional = {"type": "string"}, {"type": ["string", "null"]}
    source = {
        "type": "object",
        "properties": {"work": text, "places": {"type": "array", "items": text}},
        "required": ["work", "places"],
    }
    properties: dict[str, Any] = {
        "says": {"description": _help("says"), **text},
        "value": {"description": "The number; null for a text.", "type": ["number", "null"]},
        "text": {"description": "What is no number; null for a number.", **optional},
        "reported": {"description": "False where what was read does not say it.", "type": "boolean"},
        "unit": {"description": _help("unit"), **optional},
        "setting": {"description": _help("setting"), **optional},
        "show": {"description": "How it is written.", **text},
        "from": {"description": "What it is computed from.", **optional},
        "parts": {"description": "The facts it rests on, as folder:key.", "type": "array", "items": text},
        "sources": {"description": "Keys of the bibliography and places.", "type": "array", "items": source},
        "known": {"description": _help("known"), "enum": [*map(str, Known)]},
        "place_checked": {"description": "Whether the places were looked up.", "type": "boolean"},
        "quote": {"description": _help("quote"), **optional},
        "read": {"description": _help("read"), "enum": [FIELDS["read"].metadata["schema"]["const"], None]},
        "seen": {"description": _help("seen"), **optional},
        "differs": {"description": _help("differs"), **optional},
        "checked": {
            "description": "What came of looking for it in the paper's own text; "
            "null where nobody looked, or the fact has changed since.",
            "type": ["object", "null"],
            "properties": {
                "work": text,
                "outcome": {"enum": ["found", "elsewhere", "missing"]},
                "place": optional,
                "page": {"type": ["integer", "null"]},
            },
            "required": ["work", "outcome", "place", "page"],
        },
    }
    fact = {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
    facts = {"type": "object", "additionalProperties": fact}
    searched = {
        "description": "A text in which facts were looked for.",
        "type": "object",
        "properties": {"kind": text, "sha256": text, "day": text},
        "required": ["kind", "sha256", "day"],
        "additionalProperties": False,
    }
    texts = {"description": "By the keys of works.", "type": "object", "additionalProperties": searched}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The facts of papers, by folder and key",
        "type": "object",
        "properties": {
            "$schema": text,
            "ledgers": {"type": "object", "additionalProperties": facts},
            "texts": {"type": "object", "additionalProperties": texts},
        },
        "required": ["ledgers", "texts"],
    }


def _help(name: str) -> str:
    text: str = FIELDS[name].metadata["help"]
    return text
