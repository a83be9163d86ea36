"""Papers made for the tests, each in every form that a paper comes in, with the facts that stand in them."""

from __future__ import annotations

import html
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal

from paperdeck.ledger.reading import Fact, Source

WORK = "doe2024paper"
TEXT = """
the model we train on data of several kinds and we measure what each of its parts adds to the whole so that
results of the method may be compared across settings with earlier work which reports a different protocol
"""
WORDS = TEXT.split()
LARGE = ("{short}B", "{short} billion", "{thousands}M", "{thousands} million", "{power}", "{full}")
SCORES = ("{plain}%", "{plain} percent", "{plain}")
COUNTS = ("{plain:,}", "{plain}")


@dataclass
class Table:
    """A table of numbers with a label at the head of each row."""

    number: int
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Section:
    """A section: its number, and what stands in it, prose and tables."""

    number: str
    parts: list[str | Table] = field(default_factory=list)

    @property
    def level(self) -> int:
        """How deep it is, from 1."""
        return self.number.count(".") + 1


@dataclass
class Made:
    """A paper and the facts in it."""

    sections: list[Section] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def make_paper(seed: int, facts: int = 60) -> Made:
    """Return a paper whose numbers all differ, so that each stands in one place and a drifted one in none."""
    rng = random.Random(seed)
    made = Made()
    numbers = ["1", "2", "2.1", "2.2", "3", "3.1", "4", "A", "B", "B.1"]
    made.sections = [Section(number) for number in numbers]
    digits = rng.sample(range(1001, 9999), facts)
    tables = 0
    for index, chosen in enumerate(digits):
        section = made.sections[index % len(made.sections)]
        value, unit, written = write_number(rng, chosen)
        if index % 3:
            table = next((part for part in section.parts if isinstance(part, Table) and len(part.rows) < 4), None)
            if table is None:
                tables += 1
                table = Table(tables)
                section.parts += [say(rng), table, say(rng)]
            table.rows.append([f"Model-{rng.choice('ABCDEF')}", written, f"{rng.uniform(10, 99):.1f}"])
            places = (f"Table {table.number}",)
        else:
            section.parts.append(say(rng, written))
            places = (("Appendix " if section.number[0].isalpha() else "§") + section.number,)
        source = (Source(WORK, places),)
        made.facts.append(Fact("paper", f"fact_{index}", says="a number", value=value, unit=unit, sources=source))
    renumber(made)
    return made


def renumber(made: Made) -> None:
    """Give tables the numbers in which they follow, and tell the facts."""
    tables = [part for section in made.sections for part in section.parts if isinstance(part, Table)]
    new = {f"Table {table.number}": f"Table {position}" for position, table in enumerate(tables, 1)}
    for position, table in enumerate(tables, 1):
        table.number = position
    made.facts = [
        Fact(
            fact.ledger,
            fact.key,
            says=fact.says,
            value=fact.value,
            unit=fact.unit,
            sources=tuple(
                Source(source.work, tuple(new.get(place, place) for place in source.places)) for source in fact.sources
            ),
        )
        for fact in made.facts
    ]


def write_number(rng: random.Random, digits: int) -> tuple[Decimal, str, str]:
    """Return a value of these digits, its unit, and one of the ways in which papers write it."""
    kind = rng.choice(("large", "score", "count"))
    if kind == "large":
        value = Decimal(digits) * 10**8  # 123.4 billion
        mantissa = f"{Decimal(digits) / 1000}"
        form = rng.choice(LARGE).format(
            short=Decimal(digits) / 10,
            thousands=f"{digits * 100:,}",
            power=f"{mantissa} × 10^{{11}}",
            full=f"{value:,}",
        )
        return value, "parameter", form
    if kind == "score":
        plain = Decimal(digits) / 100
        return plain, "percent", rng.choice(SCORES).format(plain=plain)
    return Decimal(digits), "", rng.choice(COUNTS).format(plain=digits)


def say(rng: random.Random, written: str = "") -> str:
    """Return a paragraph, with a number in it."""
    words = [rng.choice(WORDS) for _ in range(rng.randint(25, 60))]
    if written:
        words.insert(rng.randint(5, 20), f"reaches {written} of them")
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def heading_words(section: Section) -> str:
    """Return the words of a heading."""
    return f"On {WORDS[len(section.number) * 7 % len(WORDS)]} and {WORDS[ord(section.number[-1]) % len(WORDS)]}".title()


def to_html(made: Made, *, captions_above: bool = True, columns: int = 1) -> str:
    """Return a paper as a page."""

    def put(text: str) -> str:
        return re.sub(r"\^\{(\d+)\}", r"<sup>\1</sup>", html.escape(text))

    parts = [
        "<!doctype html><html lang=en><head><title>A paper</title><style>",
        "body { font: 10pt/1.25 serif; margin: 0; } h1 { font-size: 16pt; }",
        f"main {{ columns: {columns}; column-gap: 20pt; text-align: justify; hyphens: auto; }}",
        "table { border-collapse: collapse; width: 100%; margin: 4pt 0; }",
        "figure { margin: 10pt 0; break-inside: avoid; }",
        "td, th { padding: 1pt 6pt; text-align: left; } h2, h3 { break-after: avoid; font-size: 11pt; }",
        "@page { size: A4; margin: 25mm 20mm; } sup { font-size: 6pt; line-height: 0; }",
        "</style></head><body><h1>A paper made for tests</h1><main><h2>Abstract</h2><p>We say what we did.</p>",
    ]
    for section in made.sections:
        name = "h2" if section.level == 1 else "h3"
        said = "Appendix " if section.number == "A" else ""
        parts.append(f"<{name}>{said}{section.number} {heading_words(section)}</{name}>")
        for part in section.parts:
            if isinstance(part, str):
                parts.append(f"<p>{put(part)}</p>")
                continue
            caption = f"<figcaption>Table {part.number}: What was measured for each of the models.</figcaption>"
            rows = "".join(f"<tr>{''.join(f'<td>{put(cell)}</td>' for cell in row)}</tr>" for row in part.rows)
            table = f"<table><tr><th>Model</th><th>Result</th><th>Other</th></tr>{rows}</table>"
            parts.append(f"<figure>{caption + table if captions_above else table + caption}</figure>")
    return "\n".join([*parts, "</main></body></html>"])


def to_markdown(made: Made, *, captions_above: bool = True) -> str:
    """Return a paper as a converter writes it."""
    parts = ["# A paper made for tests", "## Abstract", "We say what we did."]
    for section in made.sections:
        parts.append(f"{'#' * (section.level + 1)} {section.number} {heading_words(section)}")
        for part in section.parts:
            if isinstance(part, str):
                parts.append(re.sub(r"× 10\^\{(\d+)\}", r"$\\times 1 0 ^ { \1 }$", part))
                continue
            caption = f"Table {part.number}: What was measured for each of the models."
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in part.rows)
            table = f"<table><tr><td>Model</td><td>Result</td><td>Other</td></tr>{rows}</table>"
            table = re.sub(r"\^\{(\d+)\}", r"<sup>\1</sup>", table)
            parts += [caption, table] if captions_above else [table, caption]
    return "\n\n".join(parts) + "\n"


def to_tex(made: Made) -> str:
    """Return a paper as LaTeX source."""

    def put(text: str) -> str:
        text = text.replace("%", "\\%").replace(",", "{,}") if re.search(r"\d,\d", text) else text.replace("%", "\\%")
        return re.sub(r"([\d.]+) × 10\^\{(\d+)\}", r"$\1 \\times 10^{\2}$", text)

    commands = {1: "section", 2: "subsection"}
    parts = [
        "\\documentclass{article}\n\\newcommand{\\ours}{Model-A}\n\\begin{document}",
        "\\begin{abstract}\nWe say what we did. % 99.99 is no number of it\n\\end{abstract}",
    ]
    for section in made.sections:
        if section.number == "A":
            parts.append("\\appendix")
        parts.append(f"\\{commands[section.level]}{{{heading_words(section)}}}\\label{{s:{section.number}}}")
        for part in section.parts:
            if isinstance(part, str):
                parts.append(put(part))
                continue
            rows = " \\\\\n".join(" & ".join(put(cell) for cell in row) for row in part.rows)
            parts.append(
                "\\begin{table}[t]\n\\caption{What was measured for each of the models.}\n"
                "\\begin{tabular}{lrr}\n\\toprule\n"
                f"Model & \\multicolumn{{1}}{{c}}{{Result}} & Other \\\\\n\\midrule\n{rows} \\\\\n"
                "\\bottomrule\n\\end{tabular}\n\\end{table}"
            )
    return "\n\n".join([*parts, "\\end{document}\n"])


def to_plain(made: Made) -> str:
    """Return a paper as plain text, its pages between form feeds."""
    parts = ["A paper made for tests", "Abstract", "We say what we did."]
    for index, section in enumerate(made.sections):
        parts.append(("\f" if index % 3 == 0 and index else "") + f"{section.number} {heading_words(section)}")
        for part in section.parts:
            text = part if isinstance(part, str) else "\n".join("   ".join(row) for row in part.rows)
            if isinstance(part, Table):
                parts.append(f"Table {part.number}: What was measured for each of the models.")
            parts.append(
                re.sub(
                    r"\^\{(\d+)\}", lambda match: match[1].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), text
                )
            )
    return "\n\n".join(parts) + "\n"
