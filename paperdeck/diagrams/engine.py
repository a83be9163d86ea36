"""merman, which draws a Mermaid source: how it is set up, what text it is told to be how wide, what it finds wrong."""

from __future__ import annotations

import functools
import json
import re
import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import merman

from paperdeck.diagrams.characters import show_hidden_characters
from paperdeck.diagrams.kinds import DRAWN, find_family, find_kind
from paperdeck.diagrams.source import MermaidError, Mistake, Rewritten
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL_PX = 20
NAMELESS = "diagram-000000000000"
"""The id of every picture while it is drawn; told one of its own, merman works out all its settings anew each time."""
TIME_LIMIT_MS = 10_000
"""When a diagram is given up; merman's own limits end nearly all that is too large long before, on any machine."""
WORK_LIMIT = 1_000_000
"""Steps in which merman lays a diagram out; its own 125,000 are too few for twenty boxes with long labels."""
SITE_CONFIG: dict[str, Any] = {
    "look": "classic",
    "theme": "base",
    "htmlLabels": False,
    "fontSize": LABEL_PX,
    "fontFamily": "IBM Plex Sans",
    "themeVariables": {"fontSize": f"{LABEL_PX}px"},
    "flowchart": {"htmlLabels": False, "minNodeWidth": 60, "wrappingWidth": 400, "padding": 10, "diagramPadding": 2},
    "sequence": {
        "mirrorActors": False,
        "diagramMarginX": 8,
        "diagramMarginY": 8,
        "height": 50,
        "labelBoxWidth": 72,
        "labelBoxHeight": 28,
    },
    "class": {"htmlLabels": False},
    "state": {"htmlLabels": False},
}
"""How every diagram is drawn; an author may change the layout in a diagram, but not these fonts and looks."""


_LIMITS = {
    "max_layout_work_units": "steps to lay it out",
    "max_model_items": "parts",
    "max_model_nesting_depth": "groups in one another",
    "max_model_text_bytes": "bytes of text",
}
"""What merman limits, in our words."""
_BRACKETS = re.compile(
    r"\b(?P<id>\w+)(?P<open>\[(?![\"\[(/\\])|\((?![\"(\[])|\{(?![\"{]))(?P<label>[^\"\[\](){}\n]*[\[({][^\"\n]*)"
)
"""A node of a flowchart whose label holds brackets and stands in no quotes."""
_ADVICE = (
    ("flowchart", "unexpected end of input", "each subgraph is closed by a line “end”"),
    ("flowchart", "unexpected end", "“end” closes a subgraph; a node of that name is written End, or e1[end]"),
    ("flowchart", "incomplete flowchart edge", "an arrow is written -->, a line ---"),
    ("flowchart", "Unexpected character", 'outside labels stand arrows, and ids of letters and digits: a["$1"] --> b'),
    ("sequence", r".*expected text\Z", "a message stands after a colon: A->>B: hello"),
    ("sequence", "unexpected end of input", "each frame, such as loop or alt, is closed by a line “end”"),
    ("sequence", "unexpected end", "“end” closes a frame; a participant of that name is written End"),
    ("sequence", "unexpected .*; expected central", "a message stands on one line, and breaks at <br/>"),
    ("class", "unexpected name", "a name of several words stands in backquotes: `Apple Tree`"),
    ("class", "EOF inside class body", "each member has a line of its own, and so has the “}” that closes the class"),
    ("er", r".*expected name, str\Z", 'a label that is a word of Mermaid stands in quotes: B : "many"'),
    ("er", r".*expected style separator, colon\Z", "a relation has a label after a colon: A ||--o{ B : has"),
)
"""What to write instead, by the family of a diagram and what merman says."""
_LONG_LIST = re.compile(r"; expected (?:[^,]*,){4}.*", re.DOTALL)
"""A list of all that might have stood at a place, which helps nobody."""
_CLOSING = {"[": "]", "(": ")", "{": "}"}


class Layout(NamedTuple):
    """How merman lays out a flowchart, before it draws it."""

    model: Any
    """Its reading of the source."""
    boxes: list[dict[str, Any]]
    """Where each box and group is to stand."""
    texts: dict[str, float]
    """How wide the labels are, by ``label_key``."""


def read_model(source: Rewritten) -> Any:
    """Return merman's reading of a source that it has drawn."""
    return json.loads(_engine().parse_json(source.text, None))


def lay_out(source: Rewritten, settings: dict[str, Any]) -> Layout:
    """Return how merman lays out a flowchart, in two thirds of the time of a drawing."""
    _served_font().widths, _served_font().answers = {}, {}
    found = json.loads(_execute("layout-json", source, settings))
    return Layout(found["semantic"], found["layout"]["FlowchartV2"]["nodes"], _served_font().answers)


def render(source: Rewritten, name: str, settings: dict[str, Any], *, widths: Mapping[str, float] | None = None) -> str:
    """Return merman's SVG; ``widths`` is what labels are taken for, by ``label_key``."""
    _served_font().widths = widths or {}
    return _execute("svg", source, settings).replace(NAMELESS, name)


def _execute(operation: str, source: Rewritten, settings: dict[str, Any]) -> str:
    options = json.dumps({"site_config": settings}) if settings else None
    milliseconds = TIME_LIMIT_MS
    while True:
        request = merman.MermanOperationRequestV4(
            operation_id=operation,
            source=source.text,
            uri=None,
            options_json=options,
            control=merman.MermanOperationControl(timeout_ms=milliseconds),
        )
        start = time.thread_time()
        try:
            return str(_engine().execute(request).data, "utf-8")
        except merman.MermanError.Binding as error:
            # the clock on the wall ran out; if we had little of the processor, others had it, and the diagram is small
            worked = (time.thread_time() - start) * 1000
            if error.cancellation is None or worked > TIME_LIMIT_MS / 2:
                raise MermaidError(_explain_error(source, error)) from None
            milliseconds *= 2


def _explain_error(source: Rewritten, error: Any) -> Mistake:
    """Say in our words, and at the author's place, what merman found."""
    if error.resource:
        limit = error.resource
        what = _LIMITS.get(limit.limit_id, limit.limit_id)
        return Mistake(0, f"the diagram is too large: {limit.actual:,} {what}, of at most {limit.max:,}; split it")
    if error.cancellation:
        return Mistake(0, f"the diagram takes more than {TIME_LIMIT_MS / 1000:g} s to draw; split it")
    message = show_hidden_characters(re.sub(r"^Diagram parse error \([^)]*\): | at \d+$", "", error.message))
    span = error.diagnostic and error.diagnostic.span
    if span is None:
        words = re.split(r":\s*", message, maxsplit=1)[-1].rstrip(".")
        return Mistake(source.origin(find_words(show_hidden_characters(source.text), words)), message)
    offset = len(source.text.encode()[: span.start].decode(errors="ignore"))
    offset, advice = _find_cause(source.text, offset, message)
    return Mistake(source.origin(offset), f"{_LONG_LIST.sub('', message)}{advice}")


def _find_cause(text: str, offset: int, message: str) -> tuple[int, str]:
    """Return where an error that merman found somewhere comes from, and what to write instead, where we know it."""
    line_starts, line_ends = text.rfind("\n", 0, offset) + 1, text.find("\n", offset) % (len(text) + 1)
    kind, _ = find_kind(text)
    if kind == "sequenceDiagram" and ";" in text[line_starts:line_ends]:
        return offset, "; “;” ends a message, and “#59;” is a semicolon in it"
    if kind in DRAWN["flowchart"]:
        # merman reads on behind the label, up to the next line
        above = text.rfind("\n", 0, max(line_starts - 1, 0)) + 1
        for node in _BRACKETS.finditer(text, above, line_ends):
            closing = _CLOSING[node["open"]]
            closed = re.match(rf"(.*?)\{closing}\s*(?=$|[-=~&;<.:ox])", node["label"])
            label = show_hidden_characters((closed[1] if closed else node["label"]).strip())
            quoted = f'{node["id"]}{node["open"]}"{label}"{closing}'
            return node.start(), f"; a label that holds brackets stands in quotes: {quoted}"
    family = find_family(text)
    advice = (f"; {what}" for kinds, said, what in _ADVICE if kinds == family and re.match(said, message))
    return offset, next(advice, "")


def find_words(source: str, words: str) -> int:
    """Return where words stand in a source, or as many of the first of them as stand together, else where it begins."""
    named = words.strip("[]«» ").split()
    for count in range(len(named), 0, -1):
        if found := re.search(r"\s+".join(map(re.escape, named[:count])), source):
            return found.start()
    return len(source) - len(source.lstrip())


def label_key(label: str) -> str:
    """Return a label without its breaks, which are others in the source, while it is measured, and when it is drawn."""
    return "".join(text_width.BREAK.sub("", show_hidden_characters(label)).split())


class _ServedFont(merman.MermanTextMeasurer):  # type: ignore[misc]
    """Answers merman's questions about text with the widths of the font that the pages are served with."""

    widths: Mapping[str, float] = MappingProxyType({})
    """Labels that are taken for wider than they are, by ``label_key``."""
    answers: dict[str, float]
    """How wide merman was told that labels are, since ``lay_out`` began."""

    def measure(self, request: merman.MermanTextMeasureRequest) -> merman.MermanTextMeasureResult | None:
        """Measure one text; where a text sits on its line is left to merman, which knows Mermaid's habits."""
        size, face = request.font_size, text_width.choose_face(request.font_weight, request.font_style)
        text = show_hidden_characters(request.text)
        lines = text_width.break_lines(text, size, face, request.max_width)
        width = max(text_width.measure_width(line, size, face) for line in lines)
        operation = request.operation.name
        if operation in ("COMPUTED_LENGTH", "WRAPPED"):  # of which boxes are made
            width = max(width, self.widths.get(label_key(text), 0.0))
        if operation == "WRAPPED":
            self.answers[label_key(text)] = width
        kinds = merman.MermanTextMeasurementResultKind
        answer = {
            "result_kind": kinds.LENGTH,
            "width": width,
            "height": len(lines) * request.line_height,
            "length": width,
            "line_count": len(lines),
            "bbox_left": None,
            "bbox_right": None,
            "raw_width": None,
        }
        if operation.endswith("Y_OFFSET"):
            return None
        if operation.endswith("HEIGHT"):
            answer["length"] = text_width.measure_line_height(size, face)
        elif "B_BOX_X" in operation:
            answer |= {"result_kind": kinds.HORIZONTAL_EXTENTS, "bbox_left": width / 2, "bbox_right": width / 2}
        elif operation == "WRAPPED_WITH_RAW_WIDTH":
            raw = max(text_width.measure_width(line, size, face) for line in text_width.break_lines(text, size, face))
            answer |= {"result_kind": kinds.WRAPPED_WITH_RAW_WIDTH, "raw_width": raw}
        elif operation in ("MEASURE", "WRAPPED", "MERMAID_CALCULATE_TEXT_DIMENSIONS"):
            answer["result_kind"] = kinds.METRICS
        return merman.MermanTextMeasureResult(**answer)


@functools.cache
def _served_font() -> _ServedFont:
    return _ServedFont()


@functools.cache
def _engine() -> merman.MermanEngine:
    for face in ("Medium", "SemiBold", "Italic"):  # now, so that it does not count against the first diagram's time
        text_width.measure_width(" ", LABEL_PX, face)
    resources = {"profile": "constrained", "limits": {"max_layout_work_units": WORK_LIMIT}}
    options = {"site_config": SITE_CONFIG, "resources": resources, "svg": {"diagram_id": NAMELESS}}
    return merman.MermanEngine(json.dumps(options), merman.MermanEngineServices().with_text_measurer(_served_font()))
