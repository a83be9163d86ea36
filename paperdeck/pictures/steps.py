"""Steps of a picture: which of its parts a click shows, brings into focus or hides.

``%% step 2: name, name`` in a diagram or chart shows parts at the second click; ``%% step 2 focus: name`` dims all
others until the next click; ``%% step 2 hide: name`` takes them away. What has no script shows the whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from gettext import NullTranslations

ACTIONS = ("show", "focus", "hide")
CHANGES = ("data-step", "data-dim", "data-hide")
"""The attributes of groups in a picture that say what a click does to them."""
STEP_LINE = re.compile(r"^[ \t]*%%[ \t]*step[ \t]+\d.*$", re.MULTILINE | re.IGNORECASE)
"""A line that says, or means to say, what a click does."""
_FORM = re.compile(r"[ \t]*%%[ \t]*step[ \t]+(\d{1,3})(?:[ \t]+(\w+))?[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^,\s][^,]*?(?=\s*(?:,|$))")
_WAITING = re.compile(r'data-((?:turn-)?(?:step|dim|hide))="(\d+)"')
_CLASSES = {
    "step": "fragment",
    "dim": "fragment custom dim",
    "hide": "fragment fade-out",
    # a name that is there all the time, in another colour while what it stands on is not
    "turn-step": "fragment custom turn-step",
    "turn-dim": "fragment custom turn-dim",
    "turn-hide": "fragment custom turn-hide",
}


class Step(NamedTuple):
    """One name in a ``%% step`` line: at which click it appears, has the focus or goes, and where it is written."""

    number: int
    name: str
    offset: int
    action: str = "show"


def read_steps(source: str) -> tuple[list[Step], list[tuple[int, str]]]:
    """Read the ``%% step`` lines of a source, in its order.

    :return: the steps, and what is wrong, each with its offset: a malformed line, a name that is shown twice, or a gap
        in the numbers (a click that does nothing)
    """
    found: list[Step] = []
    mistakes: list[tuple[int, str]] = []
    for line in STEP_LINE.finditer(source):
        form = _FORM.fullmatch(line[0])
        action = ((form[2] if form else None) or "show").lower()
        if not form:
            mistakes.append((line.start(), "write “%% step 2: name, name”"))
        elif action not in ACTIONS:
            mistakes.append((line.start(), f"a step cannot “{action}”; write “%% step {form[1]} focus: name”, or hide"))
        else:
            start = line.start() + form.start(3)
            names = _NAME.finditer(form[3])
            found += [Step(int(form[1]), name[0], start + name.start(), action) for name in names]
    shown: dict[str, int] = {}
    for step in found:
        if step.action == "show" and shown.setdefault(step.name, step.number) != step.number:
            mistakes.append((step.offset, f"“{step.name}” already appears at step {shown[step.name]}"))
    numbers = {step.number for step in found}
    for step in found:
        if step.number != 1 and step.number - 1 not in numbers:
            mistakes.append((step.offset, f"step {step.number} follows no other; number the steps 1, 2, 3 …"))
    return found, mistakes


def list_changes(names: Sequence[str], steps: Sequence[Step]) -> dict[str, list[int]]:
    """Return what the clicks do to a part that goes by these names: ``step`` shows it, ``dim``, ``hide``.

    It is shown with the last of its names, and dimmed while another part has the focus.
    """
    own = {*names}
    shown = [step.number for step in steps if step.action == "show" and step.name in own]
    hidden = [step.number for step in steps if step.action == "hide" and step.name in own]
    focus = {step.number for step in steps if step.action == "focus"}
    lit = {step.number for step in steps if step.action == "focus" and step.name in own}
    changes = {"step": [max(shown)] if shown else [], "hide": hidden[:1], "dim": sorted(focus - lit)}
    return {change: numbers for change, numbers in changes.items() if numbers}


def count_clicks(steps: Sequence[Step]) -> int:
    """Return how many clicks a picture takes."""
    return max((step.number for step in steps), default=0)


def name_clicks(steps: Sequence[Step], phrases: NullTranslations = ENGLISH) -> dict[int, str]:
    """Return what each click of a picture shows, focuses on or hides, by its number from 1."""
    _ = phrases.gettext
    forms = {"show": "%s", "focus": _("only %s"), "hide": _("without %s")}
    said = {}
    for number in sorted({step.number for step in steps}):
        names = {
            action: [step.name for step in steps if (step.number, step.action) == (number, action)]
            for action in ACTIONS
        }
        said[number] = ", ".join(forms[action] % ", ".join(found) for action, found in names.items() if found)
    return said


def write_clicks(svg: str, first: int) -> str:
    """Return a picture for the deck: what waits in it is a fragment, the first of them with this index."""
    return _WAITING.sub(
        lambda found: f'class="{_CLASSES[found[1]]}" data-fragment-index="{first + int(found[2]) - 1}"', svg
    )
