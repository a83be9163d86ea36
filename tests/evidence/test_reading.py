"""The text of papers, whatever they come in."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from paperdeck.evidence.numbers import find_numbers
from paperdeck.evidence.pdf import UnreadablePaper
from paperdeck.evidence.places import Kind, Place
from paperdeck.evidence.reading import read_paper
from tests.evidence.papers import make_paper, to_tex

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.pdf", None, "there is no such file"),
        ("empty.txt", b"", "it holds no text"),
        ("binary.txt", b"\0\1\2", "it is no text"),
        ("broken.pdf", b"%PDF-1.7\nnothing of the kind", "this is no PDF that can be read"),
        ("part.tex", b"\\section{One}", "no file of it has \\begin{document}"),
        ("broken.tar.gz", b"\x1f\x8bnothing", "this is no archive that can be read"),
        ("picture.gz", gzip.compress(b"\0\1", mtime=0), "this is no archive that can be read"),
        ("deep.html", b"<div>" * 1500 + b"words", "its parts lie too deep in one another"),
    ],
)
def test_a_file_without_a_text_is_refused(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    """In a sentence that says what is wrong."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadablePaper, match=says.replace("\\", r"\\").replace("{", r"\{")):
        read_paper(tmp_path / name)


def test_an_archive_is_read_as_the_folder_that_it_was(tmp_path: Path) -> None:
    """Files that take in others, with or without their suffix; nothing is unpacked."""
    text = to_tex(make_paper(0))
    head, _, body = text.partition("\\begin{document}")
    files = {
        "main.tex": f"{head}\\begin{{document}}\n\\input{{body}}\n\\end{{document}}",
        "body.tex": body.replace("\\end{document}", ""),
    }
    folder, archive = tmp_path / "paper", tmp_path / "2210.00000"
    folder.mkdir()
    with tarfile.open(archive, "w:gz") as packed:
        for name, content in files.items():
            (folder / name).write_text(content, "utf-8")
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(content.encode())
            packed.addfile(info, io.BytesIO(content.encode()))
    (tmp_path / "whole.tex").write_text(text, "utf-8")
    blocks = read_paper(tmp_path / "whole.tex").blocks
    assert len(blocks) > 50
    assert read_paper(folder).blocks == read_paper(archive).blocks == blocks
    (tmp_path / "2210.00001").write_bytes(gzip.compress(text.encode(), mtime=0))  # how arXiv gives a paper of one file
    assert read_paper(tmp_path / "2210.00001").blocks == blocks
    assert not (tmp_path / "body.tex").exists()


def test_latex_is_counted_as_latex_counts(tmp_path: Path) -> None:
    """Sections with and without a star, appendices, tables side by side, macros and comments."""
    source = r"""
\documentclass{article}\newcommand{\size}{96.6B}
\begin{document}
\begin{abstract}In short.\end{abstract}
\section*{Preface}\section{One}\subsection{Inner} It has \size{} of them. % and 11.1B
\begin{table}
\begin{minipage}{.5\textwidth}\caption{Left}\begin{tabular}{l}\textbf{1.5} \\ \end{tabular}\end{minipage}
\begin{minipage}{.5\textwidth}\caption{Right}
\begin{tabular}{l} \multirow{2}{*}{2.5}$^\dagger$ \\ \end{tabular}\end{minipage}
\end{table}
\appendix\section{More}\subsection{Deep} End.
\end{document}
"""
    (tmp_path / "paper.tex").write_text(source, "utf-8")
    blocks = read_paper(tmp_path / "paper.tex").blocks
    sections = [block.section for block in blocks if block.kind is Kind.HEADING]
    assert sections == ["abstract", "", "1", "1.1", "A", "A.1"]
    assert "96.6B" in next(block.text for block in blocks if block.section == "1.1" and block.kind is Kind.PROSE)
    assert not any("11.1" in block.text for block in blocks)
    tables = {block.float: block.text for block in blocks if block.kind is Kind.TABLE}
    assert "1.5" in tables[Place("table", "1")]
    assert "2.5" in tables[Place("table", "2")]


def test_parts_of_a_figure_have_letters_and_captions_outside_floats_have_numbers(tmp_path: Path) -> None:
    """As LaTeX counts them; what a table is told of its columns is no cell of it."""
    source = r"""
\documentclass{article}\begin{document}\section{One}
\begin{figure}\begin{subfigure}{.5\linewidth}\caption{Left}\end{subfigure}
\begin{subfigure}{.5\linewidth}\caption{Right 62.2}\end{subfigure}\caption{Both}\end{figure}
\begin{figure}\caption{Next}\end{figure}
\begin{minipage}{\linewidth}\captionof{table}{First}
\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}p{3.5cm}c}{\bf Ours}&59.9\end{tabular*}\end{minipage}
\begin{table}\caption{Second}\begin{tabular}{p{4.5cm}c}{\bf Theirs}&60.1\end{tabular}\end{table}
\end{document}
"""
    (tmp_path / "paper.tex").write_text(source, "utf-8")
    blocks = read_paper(tmp_path / "paper.tex").blocks
    captions = [(str(block.float), block.text) for block in blocks if block.kind is Kind.CAPTION]
    assert [place for place, _text in captions] == [*["Figure 1"] * 3, "Figure 2", "Table 1", "Table 2"]
    assert ("Figure 1", "Right 62.2") in captions
    tables = {str(block.float): block.text for block in blocks if block.kind is Kind.TABLE}
    assert tables == {"Table 1": "Ours | 59.9", "Table 2": "Theirs | 60.1"}


def test_latex_as_people_write_it_is_read_as_it_is_printed(tmp_path: Path) -> None:
    """Files taken in by other commands, macros with arguments, siunitx, colours; what is switched off is not there."""
    folder = tmp_path / "paper"
    (folder / "sections").mkdir(parents=True)
    (folder / "main.tex").write_text(
        r"""
\documentclass{article}
\newcommand{\size}{6.9B\xspace}\newcommand{\result}[2]{#1 $\pm$ #2}\providecommand\steps[0]{12{,}500}
\begin{document}
\section{One} The \size parameters took \steps{} steps and \SI{70}{\giga\byte}, \SI{35.4}{\percent}, \num{1.2e-3}.
\input sections/first
\import{sections/}{second}
\begin{comment} 88.8 \end{comment} \iffalse 99.1 \else 44.3 \fi
\begin{table}\caption{Scores}
\begin{tabular}{lc} A & \result{80.2}{0.3} \\% 66.6
B & \cellcolor{gray!20}84.7 \\ \end{tabular}
\end{table}
\end{document}
""",
        "utf-8",
    )
    (folder / "sections" / "first.tex").write_text("First 42.1.", "utf-8")
    (folder / "sections" / "second.tex").write_text("Second 43.2.", "utf-8")
    text = "\n".join(block.text for block in read_paper(tmp_path / "paper").blocks)
    for said in ("6.9B parameters", "12,500 steps", "70 GB", "35.4 %", "1.2e-3", "42.1", "43.2", "44.3"):
        assert said in text
    assert {written.text for written in find_numbers(text)} >= {"80.2", "0.3", "84.7"}
    assert not any(unsaid in text for unsaid in ("88.8", "99.1", "66.6", "gray"))
    assert read_paper(tmp_path).blocks == read_paper(folder).blocks  # in a folder of its own as well


def test_the_html_of_arxiv_is_read(tmp_path: Path) -> None:
    """Tables within a line, panels of a figure, and numbers of equations, which are none."""
    (tmp_path / "paper.html").write_text(
        """<h1>1 One</h1><math alttext="x=55.5"></math><span class="ltx_tag ltx_tag_equation">(7)</span>
        <figure><figcaption>Table 1: Scores</figcaption><div><p><span class="ltx_tabular"><span class="ltx_tr">
        <span class="ltx_td">Ours</span><span class="ltx_td"><b>88.8</b></span><span class="ltx_td">79.1</span></span>
        </span></p></div></figure>
        <figure><figure><figcaption>(a) 91.1</figcaption></figure><figcaption>Figure 2: Both</figcaption></figure>""",
        "utf-8",
    )
    blocks = read_paper(tmp_path / "paper.html").blocks
    assert [(str(block.float), block.text) for block in blocks if block.float] == [
        ("Table 1", "Table 1: Scores"),
        ("Table 1", "Ours | 88.8 | 79.1"),
        ("Figure 2", "(a) 91.1"),
        ("Figure 2", "Figure 2: Both"),
    ]
    assert not any("(7)" in block.text for block in blocks)


def test_numbers_of_a_cell_stay_apart(tmp_path: Path) -> None:
    """Those on two lines, and what stands below another."""
    cells = "<td>80.2<br>79.1</td><td><b>66.6</b><sub>0.1</sub></td><td>CO<sub>2</sub></td>"
    (tmp_path / "paper.html").write_text(f"<h1>1 One</h1><table><tr>{cells}</tr></table>", "utf-8")
    [table] = [block for block in read_paper(tmp_path / "paper.html").blocks if block.kind is Kind.TABLE]
    assert table.text == "80.2 79.1 | 66.6_0.1 | CO2"


def test_what_a_converter_believes_to_see_in_a_figure_is_no_text(tmp_path: Path) -> None:
    """It stands in details behind the picture; details elsewhere are the paper's."""
    picture = "![](a.png)\n\n<details>\n<summary>bar</summary>\n\n| 77.7 |\n\n</details>"
    text = f"# 1 One\n\n{picture}\n\n<details>\n\nIt is 55.5.\n\n</details>\n"
    (tmp_path / "paper.md").write_text(text, "utf-8")
    said = " ".join(block.text for block in read_paper(tmp_path / "paper.md").blocks)
    assert "55.5" in said
    assert "77.7" not in said


def test_markdown_keeps_formulas_apart_from_prices(tmp_path: Path) -> None:
    """Two dollars on a line are no formula when the first is followed by a number and words."""
    (tmp_path / "paper.md").write_text("# 1 One\n\nIt costs $5 and then $6, in all $1 0 ^ { 3 }$ times.\n", "utf-8")
    said = read_paper(tmp_path / "paper.md").blocks[-1].text
    assert "$5 and then $6" in said
    assert "10^3" in said


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    """So that anybody can tell which text was read."""
    (tmp_path / "paper.txt").write_bytes(b"1 One\n\nWords.\n")
    paper = read_paper(tmp_path / "paper.txt")
    assert paper.sha256 == hashlib.sha256(b"1 One\n\nWords.\n").hexdigest()
    assert (paper.kind, paper.pages) == ("text", 0)
