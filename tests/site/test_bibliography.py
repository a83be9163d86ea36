"""BibTeX files: what is wrong is told at its line and what to write, and the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.site.bibliography import read_bibliography
from paperdeck.site.works import read_name
from tests.site.samples import TALK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

FILE = """\
@article{one,
  title = {One},
  year = 2020
}

@misc{two, title={Two}}
"""


def told(text: str | bytes) -> list[tuple[int, str]]:
    """Return the lines and messages that a file gets."""
    content = text.encode() if isinstance(text, str) else text
    return [(problem.line, problem.message) for problem in read_bibliography({"r.bib": content}).problems]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("{One}", "{One", 2, "the entry one is not closed; count the braces and quotes of its field title"),
        ("2020\n}", "2020\n", 3, "the entry one is not closed; count the braces and quotes of its field year"),
        ("{One}", '"One', 2, "the entry one is not closed; count the braces and quotes of its field title"),
        ("{One},", "{One}", 3, "one: a comma is missing before year"),
        ("{one,", "{one 2020,", 1, "one: a key has no space in it, and a comma behind it"),
        ("{one,", "{,", 1, "an entry has no key; write one after its bracket, and a comma: @article{doe2020,"),
        ("{One}", "", 2, "one: title has no value; write it in braces: title = {…}"),
        ("2020", "mai", 3, "one: mai is no @string of this file; put a text in braces: year = {mai}"),
        ("2020", "2020, TITLE={Another}", 1, "one: entry with key one has a duplicate TITLE field"),
        ("2020", "2020, author={a, b, c, d}", 3, "one: 'a, b, c, d' is no single name; join names by “and”: Doe, Ana"),
        ("2020", "2020, author={Ana Doe; Bo Lee}", 3, "one: 'Ana Doe; Bo Lee' is no single name; join names by “and”"),
        ("2020", "2020, editor={Ana Doe & Bo Lee}", 3, "one: 'Ana Doe & Bo Lee' is no single name"),
        ("{One},", "{One}},", 3, "the entry one ends before this field; a brace too many stands above it: count them"),
        ("  year", "  % month = 5,\n  year", 3, "one: “%” begins no comment in an entry; take the line out"),
        ("{one,", "{on e,", 1, "on: a key has no space in it, and a comma behind it"),
        ("{two,", "{ONE,", 6, "the key 'ONE' stands twice, first in line 1 of r.bib; give one another"),
        ("2020", "2020, url={javascript:alert(1)}", 3, "becomes no link; write an address with https://"),
        ("{two,", "{one,", 6, "the key 'one' stands twice, first in line 1 of r.bib; give one another"),
    ],
)
def test_a_mistake_is_told_once_at_its_line(old: str, new: str, line: int, said: str) -> None:
    """The entry after it is read all the same."""
    assert old in FILE
    text = FILE.replace(old, new)
    [(where, message)] = told(text)
    assert where == line
    assert said in message
    assert ("two" in read_bibliography({"r.bib": text.encode()}).data.entries) == ("{two," in text)


def test_names_may_stand_on_lines_of_their_own() -> None:
    """As the ACL Anthology and DBLP write them, an “and” at the end of each line."""
    names = "Lee, Katherine  and\n      Eck, Douglas  and\n      Zhang, Chiyuan  and\n\tCarlini, Nicholas"
    read = read_bibliography({"r.bib": f'@misc{{a, author = "{names}"}}'.encode()})
    assert read.problems == ()
    assert [str(person) for person in read.data.entries["a"].persons["author"]] == [
        "Lee, Katherine",
        "Eck, Douglas",
        "Zhang, Chiyuan",
        "Carlini, Nicholas",
    ]


def test_a_file_that_is_not_utf8_is_told() -> None:
    """With the line of the first character that is wrong; another encoding can be named."""
    [(line, message)] = told(FILE.replace("Two", "Zwölf").encode("latin-1"))
    assert (line, message) == (6, "the file is not UTF-8; save it as that, or set bibtex_encoding in conf.py")
    assert read_bibliography({"r.bib": "@misc{é, title={é}}".encode("latin-1")}, "latin-1").problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A preface, by jane@example.org, and nothing else.\n",
        "@comment{who@where}\n" + FILE,
        '@preamble{"x"}\n@string{j = "J"}\n@misc(a, journal = j # { of } # j, year=2020,)\n',
        "\ufeff" + FILE.replace("\n", "\r\n"),
        "% a comment\n" + FILE + "% the end",
    ],
)
def test_what_people_have_in_their_files_is_no_mistake(text: str) -> None:
    """Comments, abbreviations, other brackets and ends of lines."""
    assert told(text) == []


def test_an_entry_is_kept_as_it_stands() -> None:
    """What is copied is what the author wrote, escapes and order and all."""
    text = '@Article{k,  title={A \\& B: 50\\% more},\n\tauthor = "Mu{\\~n}oz, Ana"}'
    assert read_bibliography({"r.bib": f"{FILE}\n{text}\n{FILE.replace('o', 'x')}".encode()}).sources["k"] == text


def test_what_is_copied_has_the_abbreviations_that_it_needs() -> None:
    """Those of an abbreviation too, from whichever file, and none besides; months are BibTeX's own."""
    strings = '@string{w = "World"}\n@STRING(j = "Journal of the " # w)\n@string{other = "O"}'
    entry = "@article{k,\n  journal = J # { of other},\n  title = {a = other},\n  month = may\n}"
    found = read_bibliography({"s.bib": strings.encode(), "r.bib": f"{entry}\n{FILE}".encode()})
    assert found.problems == ()
    assert found.sources["k"] == f'@string{{w = "World"}}\n@STRING(j = "Journal of the " # w)\n{entry}'
    assert "@string" not in found.sources["one"].lower()


@pytest.mark.parametrize("field", ["crossref", "xdata"])
def test_a_parent_that_is_not_there_is_told(field: str) -> None:
    """At the line that names it; not one that stands below, in another file or with other capitals."""
    child = f"@inproceedings{{a, title={{A}},\n  {field} = {{BOOK}}}}\n"
    assert told(child) == [
        (2, f"a: no entry has the key 'BOOK', from which {field} takes fields; add it, or mend the key")
    ]
    book = b"@proceedings{book, title={Book}}"
    assert read_bibliography({"a.bib": child.encode(), "b.bib": book}).problems == ()
    assert len(told(child + "@book{broken, title={")) == 1  # which may be the one


PIECES = ["@article{k,", "@misc{", "title", "=", "{", "}", '"', ",", "\n", " ", "#", "(", ")", "year", "2020", "@", "é"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_file_is_read_or_told(text: str) -> None:
    """Whatever it holds there is no error, and each place is one of the file."""
    assert all(1 <= line <= text.count("\n") + 1 and message for line, message in told(text))


def test_a_broken_file_is_told_alone_in_every_build(small_site: Callable[..., SmallSite]) -> None:
    """Nothing that follows from it is told: the paper, the citations and the sources may be in what was not read."""
    site = small_site(
        {
            "index.md": f"---\npaper: later\n---\n{TALK}\nAs in {{cite:p}}`doe`, {{fact}}`a`.\n",
            "facts.yaml": "a: {says: x, value: 1, source: 'doe, §1'}\n",
            "refs.bib": "@misc{other, title={Other},\n  year={2020\n}\n@misc{doe x, title={Doe}}\n",
        },
        more='bibtex_bibfiles = ["refs.bib"]\n',
    )
    wanted = [
        "refs.bib:2:3: WARNING: the entry other is not closed; count the braces and quotes of its field year "
        "[paperdeck.bibliography]",
        "refs.bib:4:12: WARNING: doe: a key has no space in it, and a comma behind it [paperdeck.bibliography]",
    ]
    assert site.build("html").warnings == wanted
    assert site.build("revealjs").warnings == wanted
    (site.source / "refs.bib").write_text("@misc{later, title={L}}\n@misc{doe, title={Doe}}\n", "utf-8")
    assert "Doe" in site.articles().page().select_one(".references").text


def test_a_file_that_is_not_there_is_told_alone(small_site: Callable[..., SmallSite]) -> None:
    """With the setting that names it; nobody knows what stands in it."""
    document = f"---\npaper: later\n---\n{TALK}\nAs in {{cite:p}}`doe`.\n"
    site = small_site(document, more='bibtex_bibfiles = ["refs.bib"]\n')
    told = "bibtex_bibfiles names 'refs.bib', which is no file; write its path from the folder of conf.py"
    assert site.build("html").warnings == [f"conf.py:1: WARNING: {told} [paperdeck.bibliography]"]
    (site.source / "refs.bib").write_text("@misc{later, title={L}}\n@misc{doe, title={Doe}}\n", "utf-8")
    site.articles()


def test_a_file_that_lies_elsewhere_is_named(small_site: Callable[..., SmallSite]) -> None:
    """That of the most similar name, in the folder of conf.py or of a document."""
    documents = {"index.md": "# T\n", "papers/a.md": "---\norphan: true\n---\n# A\n"}
    files = {"papers/references.bib": FILE, "a.bib": FILE}
    site = small_site(documents | files, more='bibtex_bibfiles = ["refs.bib"]\n')
    assert "from the folder of conf.py, such as 'papers/references.bib' [" in site.build("html").warnings[0]


def test_files_are_named_from_the_root_of_the_project(small_site: Callable[..., SmallSite]) -> None:
    """In the words of a message; its place is a path that an editor opens, as those of Sphinx are."""
    documents = {"index.md": "# T\n", "papers/a.bib": FILE, "papers/b.bib": FILE.replace("two", "three")}
    site = small_site(documents, more='bibtex_bibfiles = ["papers/a.bib", "papers/b.bib"]\n')
    with site.app("dummy") as app:
        warning = app.warning.getvalue()
    assert f"{site.source.resolve()}/papers/b.bib:1:1: " in warning
    assert "the key 'one' stands twice, first in line 1 of papers/a.bib; give one another" in warning


@pytest.mark.parametrize(
    "author",
    ["Doe, Ana and others", "Ana Doe et al.", "Doe, Ana, et al", "Ana Doe and others and ", "and Ana Doe and others"],
)
def test_authors_left_out_are_others_however_it_is_written(author: str) -> None:
    """An “et al.” is no family name, and an “and” joins nothing to nobody."""
    entry = read_bibliography({"r.bib": f"@misc{{k, author = {{{author}}}}}".encode()}).data.entries["k"]
    assert [read_name(person) for person in entry.persons["author"]] == [("Ana Doe", "Doe"), ("others", "others")]


def test_a_name_in_braces_is_one_name() -> None:
    """Whatever stands in it."""
    assert not told(r"@misc{k, author = {{AT \& T} and {Barnes & Noble; Doe, Lee, and Sons, Ltd}}}")
