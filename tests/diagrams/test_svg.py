"""The picture itself: what merman draws is cleaned, described, stepped, and fits its boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from paperdeck.diagrams import source as mermaid_source
from paperdeck.diagrams.boxes import Box, find_extent, find_placed, measure_lines, measure_shape
from paperdeck.diagrams.groups import arrange_groups
from paperdeck.diagrams.labels import find_leaving_labels
from paperdeck.diagrams.source import MermaidError, find_line_and_column
from paperdeck.diagrams.svg import draw_diagram
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from paperdeck.diagrams.svg import Drawing

FLOW = """\
flowchart LR
  accTitle: A layer
  accDescr: A gate sends a token to two experts.
  T["token"] --> G{"Gate"}
  G -->|"picks this"| E1["Expert 7"]
  G e2@-.-> E2(("Expert 41"))
  subgraph moe["Mixture layer"]
    E1
    E2
  end
  A["A label that is so long that Mermaid breaks it into several lines"] ==> moe
  class E1 active
  class E2 idle
  class T data
"""
SEQUENCE = """\
sequenceDiagram
  autonumber
  participant R as Router
  participant E as Expert 7
  actor S as Sum
  R->>+E: token
  E-->>-R: output
  Note over R,E: only two of them
  loop every token
    R->>S: weighted
  end
"""
KINDS = {
    "class": "classDiagram\n  class A {\n    +int age\n    +run() bool\n  }\n  A <|-- B : is a",
    "er": "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  CUSTOMER {\n    string name\n  }",
    "state": "stateDiagram-v2\n  [*] --> Still\n  Still --> Moving: go on\n  Moving --> [*]",
    "mindmap": "mindmap\n  root((map))\n    A branch that is so long that it is broken into lines\n    Another",
    "block": 'block-beta\n  columns 2\n  a["A label"] b["Another"]',
    "requirement": "requirementDiagram\n  requirement r {\n    id: 1\n    text: the text\n    risk: high\n  }",
}


def drawn(source: str, **more: Any) -> Drawing:
    """Draw a source with the steps that it names."""
    return draw_diagram(source, "diagram-x", steps=mermaid_source.read_steps(source), **more)


def tree(drawing: Drawing) -> ET.Element:
    """Return a picture as a tree without namespaces."""
    return ET.fromstring(drawing.svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))


@pytest.mark.parametrize("source", [FLOW, SEQUENCE, *KINDS.values()], ids=["flowchart", "sequence", *KINDS])
def test_picture_holds_shapes_and_text_alone(source: str) -> None:
    """No style, script, filter, HTML or picture is left, no colour, no font, no id but the diagram's own."""
    svg = drawn(source, alt="what it shows").svg
    assert not re.findall(r"<(?:style|script|filter|foreignObject|image|symbol|switch)|\son\w+=|href=", svg)
    assert not re.findall(r"#[0-9a-fA-F]{3,6}\b|\brgb|\bhsl|font-family|drop-shadow|data-points=", svg)
    assert not [
        found
        for found in re.findall(r'\bid="([^"]*)"|url\(#([^)]*)\)', svg)
        if not "".join(found).startswith("diagram-x")
    ]
    assert re.findall(r"\.\d{3,}", svg) == []


@pytest.mark.parametrize("source", [FLOW, SEQUENCE, *KINDS.values()], ids=["flowchart", "sequence", *KINDS])
def test_every_reference_has_its_target_once(source: str) -> None:
    """Markers and descriptions that are pointed to are there; ids that nothing points to are not."""
    svg = drawn(source, alt="what it shows").svg
    ids = re.findall(r'\bid="([^"]*)"', svg)
    used = (
        re.findall(r"url\(#([^)]*)\)", svg)
        + " ".join(re.findall(r'aria-(?:labelled|described)by="([^"]*)"', svg)).split()
    )
    assert len(ids) == len({*ids})
    assert {*ids} == {"diagram-x", *used}


def test_picture_says_how_wide_it_is() -> None:
    """The natural size stands on the svg, for the page to scale."""
    drawing = drawn(FLOW)
    root = tree(drawing)
    assert root.get("style") == f"--width: {drawing.width:g}px"
    assert float(root.get("width", "")) == drawing.width
    assert drawing.height > 0


def test_same_source_gives_the_same_bytes() -> None:
    """A picture depends on its source alone."""
    assert drawn(FLOW) == drawn(FLOW)


def test_label_is_text_that_can_be_copied() -> None:
    """Each line is one run of text and ends in a space, so that words do not grow together."""
    lines = ["".join(line.itertext()) for line in tree(drawn(FLOW)).iter("tspan")]
    assert {"Expert 7 ", "picks this ", "Mixture layer "} <= {*lines}
    assert all(line.endswith(" ") and "  " not in line for line in lines)
    assert "Expert 7" in drawn(FLOW).labels


def test_bold_and_slanted_words_stay() -> None:
    """Mermaid's Markdown labels keep their weight and slant, and their spaces."""
    svg = drawn('flowchart LR\n  A["`One **bold** and *slanted* word`"] --> B["`It is **so**`"]').svg
    assert 'One <tspan font-weight="bold">bold</tspan> and <tspan font-style="italic">slanted</tspan> word ' in svg
    assert 'It is <tspan font-weight="bold">so </tspan>' in svg


@pytest.mark.parametrize(
    ("source", "more", "title", "desc"),
    [
        (FLOW, {}, "A layer", "A gate sends a token to two experts."),
        (FLOW, {"title": "Not this", "alt": "nor this"}, "A layer", "A gate sends a token to two experts."),
        ("flowchart LR\n  A", {"title": "A: “box”", "alt": "One box."}, "A: “box”", "One box."),
        ("flowchart LR\n  A", {"alt": "One box."}, "One box.", None),
        ("mindmap\n  root((map))", {"alt": "One <box> & more."}, "One <box> & more.", None),
        ("flowchart LR\n  A", {"alt": "One\x7f\x85box."}, "One box.", None),
    ],
)
def test_picture_is_named_and_described(source: str, more: dict[str, str], title: str, desc: str | None) -> None:
    """``accTitle`` and ``accDescr`` go before the directive's title and alt; screen readers find what there is."""
    drawing = drawn(source, **more)
    root = tree(drawing)
    assert drawing.described
    assert root.get("role") == "img"
    assert [root.findtext("title"), root.findtext("desc")] == [title, desc]
    assert root.find(f"*[@id='{root.get('aria-labelledby')}']") is root.find("title")


def test_picture_without_words_is_not_described() -> None:
    """A title alone does not say what a picture shows."""
    assert not drawn("flowchart LR\n  A", title="A box").described


def test_title_of_the_directive_is_drawn() -> None:
    """It stands above the picture, as Mermaid's own title does, also beside an author's front matter."""
    for source in ("flowchart LR\n  A", "---\nconfig:\n  layout: dagre\n---\nflowchart LR\n  A"):
        assert "A: title " in ["".join(text.itertext()) for text in tree(drawn(source, title="A: title")).iter("text")]


def test_settings_change_the_layout() -> None:
    """What the directive's ``config`` says reaches Mermaid."""
    assert drawn(FLOW, settings={"flowchart": {"minNodeWidth": 300}}).width > drawn(FLOW).width + 300


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("flowchart LR\n  A[Token --> B", 2, 4, "Unterminated node label (missing `]`)"),
        ('flowchart LR\n  A["日本"] --> B]', 2, 16, "Unexpected character"),
        ("flowchart LR\n  A --> end", 2, 9, "a node of that name is written End, or e1[end]"),
        ("flowchart LR\n  subgraph x\n  A", 3, 4, "each subgraph is closed by a line “end”"),
        ("flowchart LR\n  A -> B", 2, 5, "an arrow is written -->"),
        ("sequenceDiagram\n  A->>B hi", 2, 11, "a message stands after a colon: A->>B: hello"),
        (
            "sequenceDiagram\n  loop x\n  A->>B: a",
            3,
            11,
            "each frame, such as loop or alt, is closed by a line “end”",
        ),
        ("classDiagram\n  class A { int x }", 2, 20, "each member has a line of its own"),
        ("erDiagram\n  A ||--o{ B", 2, 13, "a relation has a label after a colon"),
        ("erDiagram\n  A }o--o{ B : many", 2, 16, "a label that is a word of Mermaid stands in quotes"),
        ("nonsense", 1, 1, "No Mermaid diagram type detected"),
        ("sequenceDiagram\n  A->>B: hi\n  Foo bar", 3, 10, "unexpected"),
    ],
)
def test_error_is_told_at_its_line_and_column(source: str, line: int, column: int, message: str) -> None:
    """A source that does not parse says where, in characters, not bytes."""
    with pytest.raises(MermaidError) as caught:
        drawn(source, title="Moves everything down")
    ((offset, said),) = caught.value.mistakes
    assert find_line_and_column(source, offset) == (line, column)
    assert message in said


@pytest.mark.parametrize(
    "source",
    [
        "flowchart LR\n" + "".join(f"a{i}-->a{j}\n" for i in range(60) for j in range(60)),
        "flowchart LR\n" + "".join(f"subgraph s{i}\n" for i in range(5_000)) + "a\n" + "end\n" * 5_000,
        "flowchart LR\n" + "a & " * 5_000 + "b --> " + "c & " * 5_000 + "d",
        'flowchart LR\n  a["' + "x" * 250_000 + '"]',
    ],
    ids=["dense", "deep", "product", "one word"],
)
def test_diagram_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """What has too many parts, or takes too long to draw, is an error."""
    monkeypatch.setattr("paperdeck.diagrams.engine.TIME_LIMIT_MS", 200)
    with pytest.raises(MermaidError):
        drawn(source)


def test_busy_machine_is_no_large_diagram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time in which others had the processor does not count against a diagram."""
    monkeypatch.setattr("paperdeck.diagrams.engine.TIME_LIMIT_MS", 1)
    monkeypatch.setattr("time.thread_time", lambda: 0.0)
    assert drawn(FLOW).width > 0


def test_font_measures_as_the_browser_does() -> None:
    """Widths include kerning: “AVA” is narrower than its letters, and bold is wider."""
    assert text_width.measure_width("AVA", 20) < 2 * text_width.measure_width("A", 20) + text_width.measure_width(
        "V", 20
    )
    assert text_width.measure_width("Expert", 20, "SemiBold") > text_width.measure_width("Expert", 20)
    assert text_width.measure_line_height(20) == pytest.approx(26)


@pytest.mark.parametrize("words", ["WWWWWWWWWWWW", "iiiiiiiiiiii"])
def test_box_is_as_wide_as_its_label_in_the_served_font(words: str) -> None:
    """Wide and narrow letters get wide and narrow boxes, with the same air."""
    root = tree(drawn(f'flowchart LR\n  A["{words}"]', settings={"flowchart": {"minNodeWidth": 10}}))
    box = next(rect for rect in root.iter("rect") if "label-container" in rect.get("class", ""))
    assert float(box.get("width", "")) - text_width.measure_width(words, 20) == pytest.approx(40, abs=0.5)


def test_label_that_leaves_its_shape_is_found() -> None:
    """A text is held against the narrowest shape around it; one beside a shape is free."""
    svg = """<svg><g class="node" transform="translate(100, 50)"><rect x="-40" y="-20" width="80" height="40"/>
    <g class="label"><text text-anchor="middle"><tspan x="0">fits it</tspan></text></g></g>
    <g class="node"><circle r="30"/><text text-anchor="middle" y="5">much too long for it</text></g>
    <text x="300">free as a bird, and as long as it wants to be</text></svg>"""
    assert find_leaving_labels(ET.fromstring(svg), 20) == ["much too long for it"]


def test_diagram_whose_label_leaves_its_shape_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the boxes were measured in another font than the one that is served, nothing would be drawn."""
    measured = text_width.measure_width
    monkeypatch.setattr(
        "paperdeck.diagrams.engine.text_width.break_lines",
        lambda text, size, face="Medium", limit=None: [text[: len(text) // 4]],
    )
    assert measured("x", 20) > 0
    with pytest.raises(MermaidError, match="the label “A box with a long label” leaves its shape"):
        drawn('flowchart LR\n  A["A box with a long label"]')


def steps_of(drawing: Drawing) -> dict[int, list[str]]:
    """Return what waits for each click: what a part says, or else what it is; arrows of messages are left out."""
    waiting: dict[int, list[str]] = {}
    for group in tree(drawing).iter("g"):
        if step := group.get("data-step"):
            what = " ".join("".join(text.itertext()).strip() for text in group.iter("text"))
            classes = " ".join(shape.get("class", "") for shape in group.iter())
            if what or "messageLine" not in classes:
                kind = next(
                    (name for name in ("flowchart-link", "cluster", "activation", "actor-line") if name in classes), ""
                )
                waiting.setdefault(int(step), []).append(what or kind)
    return {step: sorted(parts) for step, parts in waiting.items()}


@pytest.mark.parametrize(
    ("steps", "waiting"),
    [
        ("%% step 1: E2", {1: ["Expert 41", "flowchart-link"]}),
        ("%% step 1: e2", {1: ["flowchart-link"]}),
        ("%% step 1: G --> E1", {1: ["flowchart-link", "picks this"]}),
        (
            "%% step 1: G\n%% step 2: E1, E2",
            {
                1: ["Gate", "flowchart-link"],
                2: ["Expert 41", "Expert 7", "flowchart-link", "flowchart-link", "picks this"],
            },
        ),
        (
            "%% step 1: moe\n%% step 2: E2",
            {
                1: ["Expert 7", "Mixture layer", "cluster", "flowchart-link", "flowchart-link", "picks this"],
                2: ["Expert 41", "flowchart-link"],
            },
        ),
    ],
)
def test_parts_of_a_flowchart_wait_for_their_click(steps: str, waiting: dict[int, list[str]]) -> None:
    """A node brings its edges, an edge its label, a subgraph all that is in it and is not named itself."""
    drawing = drawn(f"{FLOW}{steps}\n")
    assert steps_of(drawing) == waiting
    assert drawing.steps == max(waiting)


@pytest.mark.parametrize(
    ("steps", "waiting"),
    [
        ("%% step 1: 1", {1: ["activation", "token"]}),
        ("%% step 1: 2\n%% step 2: 3", {1: ["only two of them", "output"], 2: ["loop [every token]", "weighted"]}),
        ("%% step 1: S", {1: ["Sum", "actor-line", "loop [every token]", "weighted"]}),
    ],
)
def test_parts_of_a_sequence_wait_for_their_click(steps: str, waiting: dict[int, list[str]]) -> None:
    """A message brings its text and its activation, a participant its messages; notes and frames come with them."""
    source = SEQUENCE.replace("  autonumber\n", "")
    assert steps_of(drawn(f"{source}{steps}\n")) == waiting


def texts_of(drawing: Drawing, change: str) -> list[str]:
    """Return what the parts say that a click changes in one way."""
    groups = [group for group in tree(drawing).iter("g") if group.get(change)]
    return sorted(text for group in groups for text in [" ".join("".join(group.itertext()).split())] if text)


def test_step_dims_what_has_no_focus_and_hides_what_it_names() -> None:
    """An arrow keeps the focus with both of its ends; it goes with either."""
    dimmed = drawn(f"{FLOW}%% step 1 focus: G, E1\n")
    assert {"Gate", "Expert 7", "picks this"}.isdisjoint(texts_of(dimmed, "data-dim"))
    assert {"Expert 41", "token"} <= {*texts_of(dimmed, "data-dim")}
    hidden = drawn(f"{FLOW}%% step 1 hide: E1\n")
    assert texts_of(hidden, "data-hide") == ["Expert 7", "picks this"]
    assert (hidden.steps, hidden.starts_empty) == (1, False)
    source = SEQUENCE.replace("  autonumber\n", "")
    assert "weighted" in texts_of(drawn(f"{source}%% step 1 focus: 1\n"), "data-dim")
    assert texts_of(drawn(f"{source}%% step 1 hide: 1\n"), "data-hide") == ["token"]


def test_diagram_without_a_first_part_starts_empty() -> None:
    """Nothing of it is there before the first click."""
    assert drawn("flowchart LR\n  a --> b\n%% step 1: a\n%% step 2: b\n").starts_empty
    assert not drawn("flowchart LR\n  a --> b\n%% step 1: b\n").starts_empty


def test_the_number_of_a_message_waits_with_it() -> None:
    """With ``autonumber`` the dot and the number in it come with the arrow."""
    assert steps_of(drawn(f"{SEQUENCE}%% step 1: 3\n")) == {1: ["", "3", "loop [every token]", "weighted"]}


@pytest.mark.parametrize(
    ("source", "spot", "message"),
    [
        (f"{FLOW}%% step 1: E1, nope\n", (15, 16), "“nope” is no node, edge or subgraph of this diagram"),
        (f"{FLOW}%% step 1: E1-->T\n", (15, 12), "“E1-->T” is no node, edge or subgraph of this diagram"),
        (f"{SEQUENCE}%% step 1: R, 4\n", (12, 15), "“4” is no participant, and no number of a message, here"),
        ("mindmap\n  %% step 1: a\n  a", (2, 14), "a mindmap diagram has no steps; flowcharts and sequences have"),
    ],
)
def test_step_that_names_nothing_is_refused(source: str, spot: tuple[int, int], message: str) -> None:
    """An unknown name, an edge that is not there and a kind without steps are errors where the name stands."""
    with pytest.raises(MermaidError) as caught:
        drawn(source, title="Moves everything down")
    assert [(find_line_and_column(source, offset), said) for offset, said in caught.value.mistakes] == [(spot, message)]


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("flowchart TD\n  A[Tenant] --> B[Provisioner (x)]\n  B --> C", 2, 17, 'in quotes: B["Provisioner (x)"]'),
        ("flowchart TD\n  A{is f(x) > 3?} --> B", 2, 3, 'in quotes: A{"is f(x) > 3?"}'),
        ("flowchart TD\n  A[List[int]] --> B\n", 2, 3, 'in quotes: A["List[int]"]'),
        ("stateDiagram-v2\n  A --> B : done; really", 2, 17, "write “#59;” for one in a label"),
        ("sequenceDiagram\n  A->>B: check; then create", 2, 28, "“;” ends a message, and “#59;” is a semicolon in it"),
    ],
)
def test_error_says_what_to_write_instead(source: str, line: int, column: int, message: str) -> None:
    """Brackets without quotes and a semicolon in a message are told where they stand, not where merman stopped."""
    with pytest.raises(MermaidError) as caught:
        drawn(source)
    ((offset, said),) = caught.value.mistakes
    assert find_line_and_column(source, offset) == (line, column)
    assert said.endswith(message)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('flowchart LR\n  A["Tensor<float>"] -->|<mask>| B[List<List<int>>]', "Tensor<float> List<List<int>> <mask>"),
        ("sequenceDiagram\n  A->>B: check#59; then <s> & </s>\n", "check; then <s> & </s>"),
        ("stateDiagram-v2\n  A --> B : loss < 3", "loss < 3"),
        ("classDiagram\n  class A {\n    +List~int~ x\n  }\n  A --> B : a < b", "+List<int> x a < b"),
        ("classDiagram\n  class A {\n    <<interface>>\n  }\n  A --> B : <<uses>> it", "«interface» <<uses>> it"),
        ("stateDiagram-v2\n  A --> B : done#59; really", "done; really"),
        ('erDiagram\n  A ||--o{ B : "List<int> < 3"', "List<int> < 3"),
        ("mindmap\n  root((Mixture<br/>of experts))\n    One<br/>expert<s>", "Mixture of experts One expert<s>"),
        ('block-beta\n  a["Map<str, int>"]', "Map<str, int>"),
    ],
)
def test_text_is_drawn_as_it_is_typed(source: str, said: str) -> None:
    """Types, tokens, signs and codes are text in every kind."""
    labels = drawn(source).labels.split()
    assert {*said.split()} <= {*labels}
    assert not [label for label in labels if "&lt" in label or ord(max(label)) >= 0xE000]


def test_whatever_shape_is_drawn_holds_its_label() -> None:
    """Every shape of Mermaid that has room for words is drawn, also where its outline is written in arcs."""
    shapes = (
        "rect rounded stadium subproc cyl circle odd diamond hex lean-r lean-l trap-b trap-t dbl-circ text notch-rect"
    )
    more = "lin-rect brace-l brace-r braces doc delay das lin-cyl curv-trap div-rect tri win-pane lin-doc notch-pent"
    rest = "flip-tri sl-rect docs processes flag bow-rect tag-doc tag-rect cloud bang datastore"
    for shape in f"{shapes} {more} {rest}".split():
        assert drawn(f'flowchart LR\n  A@{{ shape: {shape}, label: "Some words" }}').labels == "Some words"


def test_label_of_a_cloud_stands_in_its_middle() -> None:
    """Where merman moves a label as HTML would need it, it is moved back."""
    root = tree(drawn('flowchart LR\n  A@{ shape: cloud, label: "Web" }'))
    ((_, box),) = [line for text in root.iter("text") for line in measure_lines(text, 20)]
    assert root.find(".//g[@class='label']").get("transform", "translate(0").startswith("translate(0")
    assert box.left == pytest.approx(-box.right)


def test_word_that_is_not_drawn_is_refused() -> None:
    """A shape without room for words would lose them; one that an author named only by its id loses nothing."""
    with pytest.raises(MermaidError, match="“Fork” is not drawn: its shape has no room for words"):
        drawn('flowchart LR\n  A@{ shape: fork, label: "Fork or join" }')
    assert drawn("flowchart LR\n  A@{ shape: fork } --> B").labels == "B"


def test_labels_that_lie_on_each_other_are_refused() -> None:
    """The title of a frame that runs over its mark cannot be read."""
    source = """sequenceDiagram
  critical Establish a connection to the DB
    Service-->DB: connect
  option Credentials rejected
    Service-->Service: Log different error
  end"""
    with pytest.raises(MermaidError, match="lie on each other; shorten them") as caught:
        drawn(source)
    assert find_line_and_column(source, caught.value.mistakes[0].offset) == (2, 12)


def test_name_below_a_symbol_is_clear_of_it() -> None:
    """Persons and data stores of a sequence stand above their names."""
    source = 'sequenceDiagram\n  participant D@{ "type": "database" } as Store\n  actor P as Person\n  D->>P: data\n'
    names = [text for text in tree(drawn(source)).iter("text") if text.get("class") == "actor actor-man"]
    assert ["".join(name.itertext()).strip() for name in names] == ["Store", "Person"]
    assert [name.get("y") for name in names] == ["68", "68"]


def frame(root: ET.Element) -> Box:
    """Return the part of the plane that a picture shows."""
    left, top, width, height = map(float, root.get("viewBox", "").split())
    return Box(left, top, left + width, top + height)


@pytest.mark.parametrize(
    "source",
    [
        SEQUENCE.replace("  loop", "  alt").replace("weighted\n", "weighted\n  else no\n    S-->>R: sum\n"),
        "classDiagram\n  A <|-- B : a label that is wider than its class",
        FLOW,
        *KINDS.values(),
    ],
)
def test_picture_shows_all_that_is_drawn(source: str) -> None:
    """No frame, number or label reaches over the edge of the picture."""
    root = tree(drawn(source))
    extent = find_extent(root, 20)
    assert extent
    assert frame(root).grown(0.01).contains(extent)


@pytest.mark.parametrize("kind", ["classDiagram", "stateDiagram-v2", "erDiagram"])
def test_label_of_an_edge_lies_on_its_ground(kind: str) -> None:
    """Text and the ground behind it share their middle, which is the edge's."""
    edge = 'A ||--o{ B : "goes to"' if kind == "erDiagram" else "A --> B : goes to"
    root = tree(drawn(f"{kind}\n  {edge}"))
    label = next(group for group in root.iter("g") if group.get("class") == "edgeLabel")
    (ground,) = [measure_shape(rect) for rect in label.iter("rect")]
    ((_, line),) = [line for text in label.iter("text") for line in measure_lines(text, 20)]
    assert ground
    assert ground.contains(line)
    assert ground.left + ground.right == pytest.approx(0)
    assert line.left + line.right == pytest.approx(0)


def test_state_is_as_wide_as_the_lines_of_its_label() -> None:
    """Its label breaks where merman made room for lines."""
    root = tree(drawn("stateDiagram-v2\n  s : This is a state description"))
    assert ["".join(row.itertext()).strip() for row in root.iter("tspan")] == ["This is a", "state", "description"]


def groups_of(root: ET.Element) -> dict[str, list[Box]]:
    """Return where the groups of a picture stand, by their class."""
    found: dict[str, list[Box]] = {}
    for element, x, y in find_placed(root, 0, 0):
        if "cluster" in (classes := element.get("class", "")).split():
            box = measure_shape(element.find("rect"))
            assert box
            found.setdefault(classes, []).append(box.moved(x, y))
    return found


def test_group_in_a_group_is_seen() -> None:
    """Every second storey has another ground, and its title the same."""
    nested = "flowchart TB\n subgraph a\n subgraph b\n subgraph c\n x\n end\n end\n end"
    root = tree(drawn(nested))
    assert {classes: len(boxes) for classes, boxes in groups_of(root).items()} == {"cluster": 2, "cluster nested": 1}
    assert len(root.findall(".//g[@class='cluster-label nested']")) == 1


def test_group_is_as_wide_as_its_title() -> None:
    """A title makes its group wider, and the group around that one."""
    inner = "subgraph inner[A name that is much longer than its box]\n a\n end"
    groups = groups_of(tree(drawn(f"flowchart TB\n subgraph outer[Outer]\n {inner}\n b\n end")))
    ((outer,), (inner,)) = groups["cluster"], groups["cluster nested"]
    assert inner.width > text_width.measure_width("A name that is much longer than its box", 20)
    assert outer.contains(inner.grown(5))


def test_title_without_room_leaves_its_group() -> None:
    """Where a neighbour stands in the way, a group stays as it is, and its title is told of."""
    svg = """<svg><g><g class="clusters"><g class="cluster"><rect x="0" y="0" width="80" height="90"/>
    <g class="cluster-label" transform="translate(40, 0)"><text text-anchor="middle" y="20">{title}</text></g></g></g>
    <g class="edges edgePaths"/><g class="nodes"><g class="node" transform="translate(150, 45)">
    <rect x="-40" y="-20" width="80" height="40"/></g></g></g></svg>"""
    for title, leaving in (("Title", []), ("Rather long", []), ("Much too long for it", ["Much too long for it"])):
        root = ET.fromstring(svg.format(title=title))
        arrange_groups(root, "x")
        assert find_leaving_labels(root, 20) == leaving
        widened = float(root.find(".//rect").get("width")) > 80
        assert widened == (title == "Rather long")


@pytest.mark.parametrize(("edge", "mark"), [("o--o", "circle"), ("x--x", "path")])
def test_ends_of_edges_are_drawn(edge: str, mark: str) -> None:
    """A circle is a circle, a cross is two strokes."""
    root = tree(drawn(f"flowchart LR\n  A {edge} B"))
    markers = list(root.iter("marker"))
    assert len(markers) == 2
    assert all([shape.tag for shape in marker] == [mark] for marker in markers)
    assert all(("cross" in marker.get("class", "").split()) == (mark == "path") for marker in markers)


def test_number_of_a_message_to_oneself_stands_clear_of_its_text() -> None:
    """Above a numbered loop the text ends where the dot of the number begins; without numbers it stays."""

    def gap(numbered: str) -> float:
        root = tree(drawn(f"sequenceDiagram{numbered}\n  A->>A: jump<br/>in two lines\n  A->>B: on"))
        texts = [element for element in root.iter("text") if element.get("class") == "messageText"]
        loop = next(path for path in root.iter("path") if path.get("class") == "messageLine0")
        middle = measure_lines(texts[1], 20)[0][1].bottom
        return float(re.findall(r"[\d.]+", loop.get("d", ""))[1]) - middle

    assert gap("\n  autonumber") > gap("")
    assert gap("\n  autonumber") - 10 > 14, "half a line, and the dot"


def test_note_is_as_wide_as_its_text() -> None:
    """A note over two participants that stand close is wider than their distance."""
    root = tree(drawn("sequenceDiagram\n  A->>B: go\n  Note over A,B: a long note that says more than fits between"))
    note = next(rect for rect in root.iter("rect") if rect.get("class") == "note")
    text = next(text for text in root.iter("text") if text.get("class") == "noteText")
    (_, line), *_ = measure_lines(text, 20)
    box = measure_shape(note)
    assert box
    assert box.left + 10 == pytest.approx(line.left, abs=1)
    assert box.right - 10 == pytest.approx(line.right, abs=1)


def test_static_member_is_underlined() -> None:
    """An abstract member is slanted, a static one underlined, and any other is neither."""
    root = tree(drawn("classDiagram\n  class A {\n    slanted()*\n    lined()$\n    plain()\n  }"))
    styles = {"".join(text.itertext()).strip(): text.get("style", "") for text in root.iter("text")}
    assert [word for word, style in styles.items() if "underline" in style] == ["lined()"]


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("flowchart LR\n  subgraph a\n    b\n  end\n  subgraph c\n  end\n  b --> c", 5, "the subgraph “c” is empty"),
        ('block-beta\n  columns 2\n  a((("double circle"))) b\n  c[/"leans"/] d', 4, "lie on each other"),
        ("flowchart LR\n  $2 --> $1", 2, 'ids of letters and digits: a["$1"]'),
        ("classDiagram\n  Apple Tree --> Apple", 2, "backquotes: `Apple Tree`"),
        ("sequenceDiagram\n  autonumber 99\n  A->>B: go\n  B->>A: back", 2, "the number 100 is wider than its dot"),
        ("sequenceDiagram\n  A->>B: one,\n  two, three", 3, "a message stands on one line"),
    ],
)
def test_picture_that_would_lose_its_meaning_is_refused(source: str, line: int, said: str) -> None:
    """An empty subgraph, shapes on each other, and what Mermaid cannot read, each with what to write."""
    with pytest.raises(MermaidError) as wrong:
        drawn(source)
    (mistake,) = wrong.value.mistakes
    assert find_line_and_column(source, mistake.offset).line == line
    assert said in mistake.message


def test_addresses_are_text() -> None:
    """An address in a label, a message or a member is drawn as it is written, and links nowhere."""
    for source in (
        'flowchart LR\n  A["https://example.org/a"]',
        "sequenceDiagram\n  A->>B: GET https://example.org/a",
        "stateDiagram-v2\n  A --> B : https://example.org/a",
    ):
        assert list(mermaid_source.find_refused_parts(source)) == []
        assert "https://example.org/a" in drawn(source).labels
        assert "href" not in drawn(source).svg


@pytest.mark.parametrize("kind", [FLOW, SEQUENCE, *KINDS.values()], ids=["flowchart", "sequence", *KINDS])
def test_labels_of_every_kind_are_as_large_as_they_are_said_to_be(kind: str) -> None:
    """At its natural size no picture has a label of less than 20 px, also where merman insists on 16."""
    drawing = drawn(kind)
    root = tree(drawing)
    scale = drawing.width / float(root.get("viewBox", "").split()[2])
    # the style sheet sets the numbers of messages, and every size that is not named
    texts = [text for text in root.iter("text") if text.get("class") != "sequenceNumber"]
    sizes = [float(text.get("font-size", "20")) for text in texts]
    assert min(sizes) * scale == pytest.approx(20, abs=0.1)
