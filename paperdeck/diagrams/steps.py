"""Steps of a diagram: which of its parts a click shows, dims or hides, kind by kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from paperdeck.diagrams.source import MermaidError, Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from paperdeck.pictures.steps import Step

    Join = Callable[[Iterable[int]], int]

_ARROW = re.compile(r"\s*-->\s*")
_FRAMES = ("loopLine", "rect")


def wrap_steps(root: ET.Element, kind: str, model: Any, name: str, steps: Sequence[Step]) -> bool:
    """Put what a click shows, dims or hides into ``<g data-step="N">`` and the like.

    ``root`` is merman's SVG as it came, ``model`` its reading of the source, ``name`` the prefix of its ids.
    Returns whether nothing is there before the first click.
    Raises ``MermaidError``: the kind has no steps, or a name is not in the diagram.
    """
    if kind not in ("flowchart", "sequence"):
        raise MermaidError(Mistake(steps[0].offset, f"a {kind} diagram has no steps; flowcharts and sequences have"))

    def find_parts(chosen: Sequence[Step], join: Join) -> list[tuple[ET.Element, int]]:
        if kind == "flowchart":
            return list(_find_flowchart_parts(root, model, name, chosen, join))
        return list(_find_sequence_parts(root, model, chosen, join))

    shown = find_parts([step for step in steps if step.action == "show"], max)
    changes = [("data-step", number, element) for element, number in shown if number]
    for action, number in sorted({(step.action, step.number) for step in steps if step.action != "show"}):
        chosen = [step._replace(number=1) for step in steps if (step.action, step.number) == (action, number)]
        focus = action == "focus"  # an arrow has it with both of its ends, and goes with either
        parts = find_parts(chosen, min if focus else max)
        changes += [
            ("data-dim" if focus else "data-hide", number, element) for element, lit in parts if bool(lit) != focus
        ]
    _wrap(root, changes)
    return bool(shown) and all(number for _element, number in shown)


def _wrap(root: ET.Element, changes: Sequence[tuple[str, int, ET.Element]]) -> None:
    """Put each element into a group for each of its changes."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for change, number, element in changes:
        parent = parents[element]
        at = list(parent).index(element)
        parent.remove(element)
        group = ET.Element("g", {change: str(number)})
        group.append(element)
        parent.insert(at, group)
        parents[element], parents[group] = group, parent


def _refuse_unknown(steps: Iterable[Step], known: Iterable[str], what: str) -> None:
    names = set(known)
    if mistakes := [
        Mistake(step.offset, f"“{step.name}” is no {what} here") for step in steps if step.name not in names
    ]:
        raise MermaidError(*mistakes)


def _find_flowchart_parts(
    root: ET.Element, model: Any, name: str, steps: Sequence[Step], join: Join
) -> Iterator[tuple[ET.Element, int]]:
    """Yield the parts of a flowchart, each with its step; 0 is shown from the start.

    A node goes with its subgraph, an edge with what ``join`` chooses of its ends, unless they are named themselves.
    """
    nodes = {node["id"] for node in model["nodes"]}
    groups = {group["id"]: group["nodes"] for group in model["subgraphs"]}
    edges = {edge["id"]: (edge["from"], edge["to"]) for edge in model["edges"]}
    numbers: dict[str, int] = {}
    unknown = []
    for step in steps:
        ends = tuple(_ARROW.split(step.name))
        named = [edge for edge, both in edges.items() if both == ends] if len(ends) == 2 else [step.name]
        if not named or not {*named} <= nodes | groups.keys() | edges.keys():
            unknown.append(Mistake(step.offset, f"“{step.name}” is no node, edge or subgraph of this diagram"))
        numbers |= dict.fromkeys(named, step.number)
    if unknown:
        raise MermaidError(*unknown)
    around = {member: group for group, members in groups.items() for member in members}

    def number_of(part: str | None) -> int:
        if part is None or part in numbers:
            return numbers.get(part or "", 0)
        return number_of(around.get(part))

    appears = {part: number_of(part) for part in (*nodes, *groups)}
    joins = {edge: numbers.get(edge, join(map(number_of, ends))) for edge, ends in edges.items()}
    for element in root.iter():
        classes = element.get("class", "").split()
        own, drawn_as = element.get("data-id", ""), element.get("id", "").removeprefix(f"{name}-")
        if "node" in classes and (found := re.fullmatch(r"flowchart-(.*)-\d+", drawn_as)):
            yield element, appears.get(found[1], 0)
        elif "cluster" in classes or "cluster-label" in classes:
            yield element, appears.get(own or drawn_as, 0)
        elif own in joins and ("flowchart-link" in classes or "label" in classes):
            yield element, joins[own]


class Message(NamedTuple):
    """An arrow of a sequence with all that is drawn for it: how high it stands, and the step that it waits for."""

    height: float
    step: int
    parts: list[ET.Element]


def _find_sequence_parts(
    root: ET.Element, model: Any, steps: Sequence[Step], join: Join
) -> Iterator[tuple[ET.Element, int]]:
    """Yield the parts of a sequence diagram, each with its step; 0 is shown from the start."""
    numbers = {step.name: step.number for step in steps}
    messages = find_messages(root, numbers, join)
    actors = list(model["actorOrder"])
    known = [*actors, *(str(index + 1) for index in range(len(messages)))]
    _refuse_unknown(steps, known, "participant, and no number of a message,")
    for message in messages:
        for part in message.parts:
            yield part, message.step
    for element in root.iter():
        own = element.get("data-id", "")
        if own in actors and (element.get("data-type") or "actor-line" in element.get("class", "")):
            yield element, numbers.get(own, 0)
    yield from _find_notes_and_frames(root, model, numbers, messages)


def find_messages(root: ET.Element, numbers: Mapping[str, int], join: Join = max) -> list[Message]:
    """Return the messages in order; one that is not named goes with what ``join`` chooses of its ends.

    merman draws a message as siblings: its text, its arrow, its number.
    """
    messages: list[Message] = []
    texts: list[ET.Element] = []
    for element in root:
        classes = element.get("class", "")
        if "messageText" in classes:
            texts.append(element)
        elif "messageLine" in classes:
            ends = join(numbers.get(element.get(end, ""), 0) for end in ("data-from", "data-to"))
            step = numbers.get(str(len(messages) + 1), ends)
            messages.append(Message(_heights(element)[0], step, [*texts, element]))
            texts = []
        elif "sequenceNumber" in classes or "sequencenumber" in element.get("marker-start", ""):
            messages[-1].parts.append(element)
    return messages


def _find_notes_and_frames(
    root: ET.Element, model: Any, numbers: Mapping[str, int], messages: Sequence[Message]
) -> Iterator[tuple[ET.Element, int]]:
    """Yield what is drawn around messages.

    A note waits for its participants and the message before it, an activation for the message that begins it, a frame
    for the first message in it.
    """
    ends = {f"i{message['id']}": (message["from"], message["to"]) for message in model["messages"]}
    for element in root.iter():
        shapes = {shape.get("class", "").rstrip("0123456789") for shape in element}
        if "note" in shapes:
            top = min(_heights(element))
            before = [message.step for message in messages if message.height <= top][-1:]
            around = [numbers.get(end, 0) for end in ends.get(element.get("data-id", ""), ())]
            yield element, max([*before, *around], default=0)
        elif "activation" in shapes:
            top = min(_heights(element)) - 1
            yield element, next((message.step for message in messages if message.height >= top), 0)
        elif shapes & {*_FRAMES}:
            heights = _heights(element)
            inside = [message.step for message in messages if min(heights) <= message.height <= max(heights)]
            yield element, min(inside, default=0)


def _heights(element: ET.Element) -> list[float]:
    """Return the heights in px at which an element's shapes are drawn."""
    found = [float(value) for part in element.iter() for key in ("y", "y1", "y2") if (value := part.get(key))]
    found += [
        float(y) for part in element.iter("path") for y in re.findall(r"M\s*[-.\d]+[ ,]+([-.\d]+)", part.get("d", ""))
    ]
    return found or [0.0]
