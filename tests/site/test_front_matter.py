"""What a document says of itself, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.site.front_matter import (
    KNOWN,
    FrontMatter,
    Head,
    build_front_matter_schema,
    check_value,
    find_other_title,
    find_unknown_keys,
    read_head,
    split_front_matter,
)
from tests.conftest import TOP
from tests.site.samples import BIBLIOGRAPHY, TALK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("---\na: b\n---\n# T\n", ("a: b", 3)),
        ("---\r\na: b\r\n---\r\n", ("a: b", 3)),
        ("\ufeff---\na: b\n...\n", ("a: b", 3)),
        ("---  \na: b\nc: d\n--- \n", ("a: b\nc: d", 4)),
        ("---\n---\n", ("", 2)),
        ("----\na: b\n---\n-----\n", ("a: b\n---", 4)),
        ("---\na: b\n", None),
        ("\n---\na: b\n---\n", None),
        ("# T\n\n---\n\nText\n\n---\n", None),
        ("", None),
    ],
)
def test_a_front_matter_lies_between_the_first_line_and_the_next_fence(
    source: str, found: tuple[str, int] | None
) -> None:
    """As MyST has it: nothing stands before it, not even an empty line."""
    assert split_front_matter(source) == found


def test_a_front_matter_is_read_with_its_lines() -> None:
    """The text is what is written, not what YAML 1.1 makes of it; nothing, a list and a mapping have none."""
    text = "short: no\nminutes: 20\n\nsummary:\nmyst:\n  a: &x b\n  c: *x\ndate: 2026-01-31 # today\n"
    head = read_head(f"---\n{text}---\n# T\n")
    assert head.keys == {
        "short": (2, "no"),
        "minutes": (3, "20"),
        "summary": (5, ""),
        "myst": (6, ""),
        "date": (9, "2026-01-31"),
    }
    assert (head.problems, head.hidden) == ((), 0)
    assert read_head("---\n---\n") == read_head("# T\n\n---\n\na: b\n") == read_head("") == Head()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("short: a: b", 2, 'a text with “: ” in it goes in quotes; write short: "a: b"'),
        ("a: b\nshort: @x", 3, 'a text that begins with “@” goes in quotes; write short: "@x"'),
        ("a: b\nshort: [", 3, "the bracket that opens here is not closed"),
        ('a: b\nshort: "x', 3, "the quotes that open here are not closed"),
        ("a: b\n\tc: d", 3, "a tab stands here; indent with spaces"),
        ("a: b\n c: d", 3, "the line is indented otherwise than its neighbours"),
        ("a: b\nc d\ne: f", 3, "this is no “key: value”"),
        ("paper:k\nminutes: 3", 2, "a space is missing after the colon; write paper: k"),
        ("paper:k", 2, "a space is missing after the colon; write paper: k"),
        ("summary: the #1 model", 2, "“#1” would be a comment; put the text in quotes"),
        ("# mine\na: b: c", 3, 'write a: "b: c"'),
        ("- a\n- b", 2, "write “key: value” here"),
        ("just words", 2, "write “key: value” here"),
        ("a: \x01", 2, "a character that no text has (U+0001) stands here; take it out"),
        ("a: b\nshort: 2026-13-45", 3, "no calendar has the day 2026-13-45; put it in quotes"),
        ("a: 2026-02-30 12:00", 2, 'put it in quotes: `a: "2026-02-30 12:00"`'),
        ("a: b\na: c", 3, "'a' stands twice, first in line 2; leave one of them"),
        ("a: b\ntags: [c, d]", 3, "'tags' holds a list or a mapping; write flat text, a list with commas"),
        ("a: b\nminutes: long", 3, "'minutes' cannot be 'long'; write the length of the talk in whole minutes"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrong_front_matter_is_told_at_its_line(text: str, line: int, message: str, end: str) -> None:
    """One message, with what to write instead."""
    [(place, said)] = read_head(f"---\n{text}\n---\n".replace("\n", end)).problems
    assert place == line
    assert message in said


@pytest.mark.parametrize(
    ("source", "line", "hidden"),
    [
        ("---\npaper: k\nminutes: 20\n\n# Talk\n", 4, 3),
        ("---\npaper: k\nminutes: 20\n# Talk\n", 5, 4),
        ("---\npaper: k\nminutes: 20", 4, 3),
        ("\ufeff---\r\npaper: k\r\nminutes: 20\r\n\r\n# Talk\r\n", 4, 3),
        ("---\npaper: k\nminutes: 20\n\n# Talk\n\n- a\n\n---\n\nAfter a rule.\n", 4, 3),
    ],
)
def test_a_front_matter_that_is_not_closed_is_told_and_read(source: str, line: int, hidden: int) -> None:
    """Where the fence is missing, with what was meant; a rule further down does not close it."""
    head = read_head(source)
    assert head.problems == ((line, f"it is not closed; write “---” in a line of its own after line {line - 1}"),)
    assert (head.keys["paper"], head.keys["minutes"], head.hidden) == ((2, "k"), (3, "20"), hidden)


def test_a_front_matter_without_its_first_fence_is_told_and_read() -> None:
    """Its keys are meant as such, not as a heading; a rule below other words is a heading."""
    assert read_head("paper: k\nminutes: x\n---\n# T\n") == Head(
        {"paper": (1, "k"), "minutes": (2, "x")},
        (
            (1, "it begins with a line “---”; write one above this line"),
            (2, "'minutes' cannot be 'x'; write the length of the talk in whole minutes, such as `minutes: 20`"),
        ),
        3,
    )
    assert read_head("Note: this\n---\n") == read_head("paper: k\n\n---\n") == Head()


def test_a_front_matter_in_toml_is_told() -> None:
    """It would stand on the page."""
    head = read_head('+++\npaper = "k"\n+++\n# T\n')
    assert (head.keys, head.hidden) == ({}, 3)
    ((line, message),) = head.problems
    assert (line, "it is YAML between two lines “---”" in message) == (1, True)
    assert read_head("+++\n\n# T\n") == Head()


def test_a_front_matter_below_empty_lines_is_told_and_read() -> None:
    """MyST reads none there; a rule with text below it is none."""
    head = read_head("\n \n---\npaper: k\nshort: a\n---\n# T\n")
    assert head.problems == ((3, "it begins in the first line; take the empty lines above it away"),)
    assert (head.keys, head.hidden) == ({"paper": (4, "k"), "short": (5, "a")}, 6)
    assert read_head("\n---\n\nText: a line\n") == Head()


@given(st.text(max_size=80))
def test_no_front_matter_breaks_the_reader(text: str) -> None:
    """Whatever stands there is read or told of, at a line of the document."""
    head = read_head(f"---\n{text}\n---\n")
    last = text.count("\n") + text.count("\r") + len(text.splitlines()) + 3
    assert all(1 <= line <= last for line in [place for place, _ in (*head.keys.values(), *head.problems)])


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("minutes", ["1", "20", "120"], ["0", "020", "-5", "2.5", "20 min", "1000"]),
        ("code", ["https://example.org/a", "http://example.org"], ["example.org", "ftp://example.org", "https:// a"]),
        ("podcast", ["https://example.org/a"], ["soon"]),
        ("lang", ["en", "de-CH", "zh-Hans-CN"], ["English!", "e", "en_US"]),
        ("date", ["2026-01-31"], ["31.1.2026", "2026-02-30", "soon"]),
        ("gallery", ["hide"], ["show", "no"]),
        ("numbers", ["{a}: held", "{b:a}: held, 7%: used, {c}: x"], ["7%", "a: b, c", ", ".join(["1: a"] * 4)]),
        ("short", ["no", "anything: at all"], []),
    ],
)
def test_values_are_checked(key: str, good: list[str], bad: list[str]) -> None:
    """What cannot be is answered with what to write."""
    assert [check_value(key, text) for text in good] == [None] * len(good)
    assert all((check_value(key, text) or "").startswith("write ") for text in bad)


def test_a_front_matter_leaves_out_what_cannot_be() -> None:
    """The rest counts; tags are split at commas."""
    read = FrontMatter.from_texts({"minutes": "20 min", "short": " GLaM ", "tags": "a, b c,, d", "unknown": "x"})
    assert read == FrontMatter(short="GLaM", tags=("a", "b c", "d"))
    assert FrontMatter.from_texts({"minutes": 20}).minutes == 20


def test_markup_in_texts_is_read_and_gone() -> None:
    """Covers, shelves and other sites show letters alone; a formula that is no line of them cannot be."""
    texts = {"summary": "A **bold** claim: $O(n^2)$, {experts}", "short": "*LoRA*", "tags": "a, `b`", "lang": "de"}
    front = FrontMatter.from_texts(texts)
    assert (front.summary, front.short, front.tags) == ("A bold claim: O(n²), {experts}", "LoRA", ("a", "b"))
    assert FrontMatter.from_texts({"summary": r"of $\hat{x}$"}).summary == ""
    assert "say it in words" in (check_value("summary", r"of $\hat{x}$") or "")


def test_what_is_wrong_is_told_at_its_line_in_the_document(small_site: Callable[..., SmallSite]) -> None:
    """Unknown keys and a paper that the bibliography lacks, in their order, with the nearest that is there."""
    front = "---\nminuets: 20\npaper: doe2024\nfoo: bar\norphan: true\n---\n"
    documents = {"index.md": front + TALK, "refs.bib": BIBLIOGRAPHY}
    output = small_site(documents, more='bibtex_bibfiles = ["refs.bib"]\n').build("html")
    known = "closing code date gallery hero lang minutes numbers paper podcast presenter short summary tags was"
    keys = known.replace(" ", ", ")
    assert output.warnings == [
        "index.md:2: WARNING: front matter: 'minuets' is not known; did you mean minutes? [paperdeck.front_matter]",
        "index.md:3: WARNING: no entry of the bibliography has the key 'doe2024'; did you mean doe2024work? "
        "Else add it [paperdeck.unknown_paper]",
        f"index.md:4: WARNING: front matter: 'foo' is not known; the keys are {keys} [paperdeck.front_matter]",
    ]


def test_a_paper_without_any_bibliography_is_told_where_to_name_one(small_site: Callable[..., SmallSite]) -> None:
    """The author learns the setting."""
    output = small_site(f"---\npaper: doe2024work\n---\n{TALK}").build("html")
    assert output.warnings == [
        "index.md:2: WARNING: no entry of the bibliography has the key 'doe2024work'; name a file in conf.py, "
        'such as bibtex_bibfiles = ["papers/references.bib"], and add it [paperdeck.unknown_paper]'
    ]


def test_a_broken_front_matter_is_told_once(small_site: Callable[..., SmallSite]) -> None:
    """MyST is kept from telling it again without a place; the document is built without it."""
    output = small_site(f"---\nshort: Un: quoted\n---\n{TALK}").build("revealjs")
    assert output.warnings == [
        'index.md:2: WARNING: front matter: a text with “: ” in it goes in quotes; write short: "Un: quoted" '
        "[paperdeck.front_matter]"
    ]
    assert output.page().h1.text == "Talk"


@pytest.mark.parametrize("key", ["date", "short"])
def test_a_day_that_is_none_is_told_once(key: str, small_site: Callable[..., SmallSite]) -> None:
    """It is no YAML to MyST, which would drop the other lines without saying where."""
    output = small_site(f"---\nsummary: What it says\n{key}: 2026-13-45\n---\n{TALK}").build("revealjs")
    (warning,) = output.warnings
    assert warning.startswith(f"index.md:3: WARNING: front matter: {key!r}")


def test_an_open_front_matter_is_told_once(small_site: Callable[..., SmallSite]) -> None:
    """The talk is built as it was meant."""
    front = "---\norphan: true\nshort: Short\n"
    output = small_site({"index.md": "# Front\n", "talk.md": f"{front}\n{TALK}"}).build("revealjs")
    assert output.warnings == [
        "talk.md:4: WARNING: front matter: it is not closed; write “---” in a line of its own after line 3 "
        "[paperdeck.front_matter]"
    ]
    assert output.page("talk.html").h1.text == "Short"


def test_other_documents_may_have_any_key(small_site: Callable[..., SmallSite]) -> None:
    """A page that is no paper and no talk belongs to its author and other extensions, which see what MyST read."""
    site = small_site(
        "---\nauthor: Ada\ntitle: Other\nfoo: bar\nfoo: baz\ntags: [a, b]\ndate: soon\n---\n# Page\n\nText.\n"
    )
    with site.app("html") as app:
        app.build()
        read = {key: app.env.metadata["index"][key] for key in ("foo", "tags", "date")}
        assert read == {"foo": "baz", "tags": '["a", "b"]', "date": "soon"}
        assert app.warning.getvalue() == ""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("author: Ada", "'author' is not read; write it as `presenter`"),
        ("authors:\n  - name: Ada", "'authors' is not read; write it as `presenter`"),
        ("subtitle: Under it", "'subtitle' is not read; write it as `summary`"),
        ("Description: of it", "'Description' is not read; write it as `summary`"),
        ("keywords: [a, b]", "'keywords' is not read; write it as `tags`"),
        ("aliases: old", "'aliases' is not read; write it as `was`"),
        ("footer: Here", "'footer' is not read here; write the line in conf.py, `paperdeck_footer = \"…\"`"),
        ("marp: true", "'marp' is not read; it is a setting of another tool"),
        ("sumary: x", "'sumary' is not known; did you mean summary?"),
        ("presenter: Ada\nauthor: Ada", None),
        ("jupytext:\n  a: b\nabstract: x", None),
    ],
)
def test_a_key_of_another_tool_is_told_with_ours(written: str, told: str | None) -> None:
    """Nothing is passed over in silence; what stands beside ours is for others."""
    found = find_unknown_keys(read_head(f"---\n{written}\n---\n# T\n"))
    assert [line for line, _message in found] == [2] * bool(told)
    assert all(message.startswith(told or "") for _line, message in found)


def test_a_title_that_is_not_the_heading_is_told() -> None:
    """It would be shown nowhere; a heading that says the same, or a comment above it, is nothing to tell."""
    other, same = (f"---\n# a comment\ntitle: A talk\n---\n\n# {heading}\n" for heading in ("Other", "A talk #"))
    message = "'title' is not read; the title is the heading, `# A talk`"
    assert list(find_other_title(read_head(other), other)) == [(3, message)]
    assert list(find_other_title(read_head(same), same)) == []
    marked = "---\ntitle: A talk on MoE\n---\n# A talk on *MoE*\n"
    assert list(find_other_title(read_head(marked), marked)) == []


def test_what_another_extension_may_read_is_let_pass(small_site: Callable[..., SmallSite]) -> None:
    """Where conf.py names one that is not ours, such as a blog; what nobody knows is told all the same."""
    text = f"---\nauthor: Ada\nauthors: [Ada]\ntitle: Another\nsumary: x\n---\n{TALK}"
    site = small_site(text, more='extensions.append("sphinx_design")\n')
    (warning,) = site.build("html").warnings
    assert warning.startswith("index.md:5: WARNING: front matter: 'sumary' is not known")


def test_a_rule_at_the_top_is_no_front_matter(small_site: Callable[..., SmallSite]) -> None:
    """What follows is no key."""
    assert read_head("---\n\nText: a line.\n") == read_head("---\nA text: that goes on.\n") == Head()


def test_schema_reader_and_guide_know_the_same_keys() -> None:
    """What an editor offers is what is read, and what the guide describes; each says what it is for."""
    schema = build_front_matter_schema()
    ours = {name for name, value in schema["properties"].items() if value is not True}
    assert ours == KNOWN
    assert all(schema["properties"][name]["description"] for name in ours)
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", (TOP / "guide" / "write.md").read_text("utf-8"), re.M)
    assert ours <= {name for row in rows for name in re.findall(r"\w+", row)}


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [("code", "https://a.b", "a.b"), ("lang", "pt-BR", "portuguese!"), ("podcast", "http://a", "x")],
)
def test_the_schema_refuses_what_the_reader_refuses(key: str, good: str, bad: str) -> None:
    """Where a pattern can say it."""
    pattern = build_front_matter_schema()["properties"][key]["pattern"]
    assert [bool(re.search(pattern, text)) for text in (good, bad)] == [True, False]
    assert [check_value(key, text) is None for text in (good, bad)] == [True, False]


def test_a_front_matter_may_name_its_schema(small_site: Callable[..., SmallSite]) -> None:
    """In a comment, as editors read it."""
    line = "# yaml-language-server: $schema=../_build/html/front-matter.schema.json\n"
    site = small_site(f"---\n{line}short: A name\n---\n# T\n\n:::{{slide}} S\n- a\n:::\n")
    assert "A name" in site.deck().text("index.html")
    assert '"additionalProperties": false' in site.articles().text("front-matter.schema.json")


def test_keys_of_other_extensions_are_let_pass() -> None:
    """Those of themes, notebooks, cards for links, and of a post where a document says that it is one."""
    foreign = "og:image: x.png\nhtml_theme.sidebar_secondary.remove: true\nkernelspec: {name: python3}\n"
    assert find_unknown_keys(read_head(f"---\n{foreign}blogpost: true\nauthor: me\nlanguage: English\n---\n")) == []
    told = find_unknown_keys(read_head("---\nlanguage: de\n---\n"))
    assert told == [(2, "'language' is not read; write it as `lang`")]
