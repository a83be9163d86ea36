"""Where hostile input comes from: small grammars, whose words are now and then wrong, and papers that were damaged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Maker = Callable[[Random], str]

WORDS = (
    "gate",
    "token",
    "Über",
    "专家",
    "שלום",
    "🎉",
    "a b",
    "GPT-3",
    "8",
    "54.1%",
    "*x*",
    "**b**",
    "`c`",
    "[l](#s)",
    "x_i",
)
HOSTILE = (
    *(
        "",
        " ",
        "\t",
        "\u00a0",
        "\u2028",
        "\x0b",
        "\x0c",
        "\x00",
        "\x01",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\ufeff",
        "\ufffe",
    ),
    *("\u202e", "\u200b", "\u0301", "\ue000", "\U0010ffff", "a\u0300" * 60, "W" * 700, "ﷺ" * 40),
    *(
        "<",
        ">",
        "&",
        '"',
        "'",
        "\\",
        "`",
        "```",
        "$",
        "$$",
        "%",
        "%%",
        "{",
        "}",
        "{{",
        "}}",
        "[",
        "]",
        "|",
        "#",
        "---",
        ":::",
    ),
    *("<b>", "</div>", "</section>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&#0;", "&nbsp;", "&#x1F;"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}", "{% x %}"),
    *(
        "../../../secret",
        "/etc/passwd",
        "file:///etc/passwd",
        "//evil.example/x",
        "data:text/html,x",
        "C:\\x",
        "~",
        "*",
    ),
    *(
        "nan",
        "inf",
        "-0",
        "1e999",
        "1e-999",
        "9" * 400,
        "1/0",
        "٣",
        "½",
        "0x1F",
        "1_000",
        "1,0,0",
        "-",
        "+",
        "null",
        "no",
    ),
    *(
        "{fact}`nothing`",
        "{fact}`",
        "{ref}`nowhere`",
        "{cite:p}`nobody`",
        "[^note]",
        "{math}`\\frac`",
        "{chart}",
        "{plain}`<s>`",
    ),
    *("(" * 90, "[" * 90, "{" * 90, "> " * 60, "- " * 60, "*" * 90, "![" * 40, "<a " * 40),
)
"""What has broken something somewhere."""


def choose(random: Random, *choices: str) -> str:
    """Return one of some words, and now and then what is none."""
    return random.choice(HOSTILE) if random.random() < 0.04 else random.choice(choices)


def phrase(random: Random, most: int = 6) -> str:
    """Return some words, of which few are hostile."""
    count = random.randint(1, most)
    return " ".join(random.choice(HOSTILE if random.random() < 0.12 else WORDS) for _ in range(count))


def number(random: Random) -> str:
    """Return a number as people and machines write them."""
    plain = f"{random.uniform(-1000, 1000):.{random.randint(0, 6)}f}"
    return choose(random, plain, "0", "1.2e12", "64", "-3", "1e300", "1e-300", "0.1", "96.6e9", ".5", "−4", "1,000")


def mutate(random: Random, text: str, others: Sequence[str] = ()) -> str:
    """Return a text with one to six places damaged."""
    for _ in range(random.randint(1, 6)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 1, 3, 30)))
        lines = text.split("\n")
        line = random.randrange(len(lines))
        match random.randrange(7):
            case 0:
                text = text[:start] + random.choice(HOSTILE) + text[end:]
            case 1:
                text = text[:start] + text[end:]
            case 2:
                text = text[:start]
            case 3:
                text = "\n".join(lines[:line] + lines[line : line + random.randint(1, 4)] + lines[line:])
            case 4:
                text = "\n".join(lines[:line] + lines[line + random.randint(1, 3) :])
            case 5:
                text = "\n".join(
                    [*lines[:line], random.choice((" ", "  ", "\t", "    ")) + lines[line], *lines[line + 1 :]]
                )
            case 6 if others:
                other = random.choice(others)
                text = text[:start] + other[random.randint(0, len(other)) :][:400] + text[end:]
    return text


@cache
def read_sources(pattern: str) -> tuple[str, ...]:
    """Return the real files of one kind."""
    return tuple(path.read_text("utf-8") for path in sorted(TOP.glob(pattern)))


def damaged(random: Random, pattern: str, most: int = 4000) -> str:
    """Return a real file, or a part of it, damaged."""
    texts = read_sources(pattern)
    text = random.choice(texts)
    if len(text) > most:
        lines = text.splitlines(keepends=True)
        start = random.randrange(len(lines))
        text = "".join(lines[start : start + 60])[:most]
    return mutate(random, text, texts)


def front_matter(random: Random) -> str:
    """Return the lines at the head of a document."""
    keys = (
        "paper",
        "short",
        "summary",
        "code",
        "podcast",
        "minutes",
        "presenter",
        "date",
        "tags",
        "lang",
        "orphan",
        "title",
    )
    values = (
        *(
            "doe2024work",
            "a, b",
            "20",
            "2026-01-31",
            "https://example.org/",
            "de",
            "ar",
            "true",
            "[a, b]",
            "{a: 1}",
            "|",
            ">",
        ),
        *(
            "'x",
            '"x"',
            "- a",
            "&a b",
            "*a",
            "!!python/object:os.system x",
            "x: y: z",
            "{show} x",
            "# c",
            "@x",
            "{fact}",
        ),
    )
    lines = [f"{choose(random, *keys)}: {choose(random, *values, phrase(random))}" for _ in range(random.randint(0, 9))]
    fences = choose(random, "---", "---", "---", "----", "+++", ""), choose(random, "---", "---", "---", "...", "")
    return "\n".join([fences[0], *lines, fences[1], ""])


def ledger(random: Random) -> str:
    """Return a ledger."""
    fields: dict[str, Maker] = {
        "says": phrase,
        "value": number,
        "unit": lambda r: choose(r, "parameter", "token", "GB", "second", "percent", "W", "m/s", "a*b", "**"),
        "show": lambda r: choose(
            r, '"{value:.0%}"', '"{value:,}"', "1.2 trillion", "{en: x, de: y}", '"{value!r}"', phrase(r)
        ),
        "source": lambda r: choose(r, "doe2024work, Table 4", "[doe2024work, §4]", "nobody, §1", phrase(r)),
        "known": lambda r: choose(r, "paper", "computed", "ours", "memory", "draft", "guess"),
        "from": lambda r: choose(
            r, "a / b", "a ** b", "a ** 9 ** 9 ** 9", "other:a", "f0", "a.__class__", "(" * 300, "1 +", "a % 0"
        ),
        "text": phrase,
        "differs": phrase,
        "quote": phrase,
        "seen": phrase,
        "words": lambda r: choose(r, "[a few]", "a few", "[[a]]", phrase(r)),
        "place": lambda r: choose(r, "memory", "x"),
        "reported": lambda r: choose(r, "no", "yes", "false", phrase(r)),
        "setting": phrase,
        "read": lambda r: choose(r, "figure", "x"),
    }
    facts = []
    for _ in range(random.randint(1, 5)):
        names = random.sample([*fields], random.randint(1, 6))
        lines = [f"  {choose(random, name)}: {fields[name](random)}" for name in dict.fromkeys(["says", *names])]
        facts.append("\n".join([f"{choose(random, 'a', 'b', 'f0', 'x_1', 'A', '1a')}:", *lines]))
    return "\n".join(facts) + "\n"


def bibliography(random: Random) -> str:
    """Return a bibliography."""
    fields = (
        "title",
        "author",
        "year",
        "date",
        "url",
        "doi",
        "eprint",
        "booktitle",
        "crossref",
        "pages",
        "note",
        "pdf",
        "month",
    )
    values = (
        *(
            "Doe, Jane and Roe, R.",
            "{The Team}",
            r"\"Uber {\'e} \& \LaTeX",
            "$x^2$",
            "2024",
            "2024-01-02/2025",
            "10.1/x",
        ),
        *(
            "https://example.org/",
            "javascript:alert(1)",
            "a and b and others",
            "a, b, c, d, e",
            "and and",
            r"\badmacro{",
            "{" * 200,
        ),
    )
    entries = []
    for _ in range(random.randint(1, 4)):
        kind = choose(random, "misc", "article", "inproceedings", "online", "string", "comment", "preamble", "book")
        key = choose(random, "doe2024work", "a:b", "x y", "é", "roe", "-")
        brackets = random.choice(("{}", "{}", "{}", '""', "{ ", "()"))
        lines = [
            f"  {choose(random, *fields)} = {brackets[0]}{choose(random, *values, phrase(random))}{brackets[1]}"
            for _ in range(random.randint(0, 7))
        ]
        entries.append(f"@{kind}{{{key},\n" + ",\n".join(lines) + choose(random, "\n}", "\n}", "\n}", ",\n}", ""))
    return "\n".join(entries) + "\n"


def mermaid(random: Random) -> str:
    """Return a diagram."""
    kind = choose(
        random,
        *(
            "flowchart LR",
            "flowchart TB",
            "graph TD",
            "sequenceDiagram",
            "stateDiagram-v2",
            "classDiagram",
            "erDiagram",
        ),
        *("pie", "gantt", "mindmap", "timeline", "quadrantChart", "gitGraph", "xychart-beta", "block-beta", "journey"),
    )
    words = phrase(random, 3)
    lines = (
        f'a["{words}"] --> b({phrase(random, 2)})',
        f"a -->|{words}| c{{{words}}}",
        "a e1@-.-> d((x))",
        "a & b --> c & d",
        f"subgraph g[{words}]",
        "end",
        f"A->>B: {words}",
        f"Note over A: {words}",
        "loop x",
        "alt y",
        f"participant {words}",
        "A --|> B",
        f"class A {{ {words} }}",
        "A ||--o{ B : has",
        f"[*] --> {words}",
        "class a active",
        "style a fill:red",
        "classDef x fill:#f00",
        f'click a "javascript:alert(1)" "{words}"',
        'click a href "//evil.example"',
        f"click a call {words}()",
        f"%% step 1: {choose(random, 'a', 'b', 'c, d', 'e1', 'g', words)}",
        "%% step 9: a",
        f"accTitle: {words}",
        f"accDescr: {words}",
        "accDescr {",
        "}",
        f'"{words}" : {number(random)}',
        f"title {words}",
        '%%{init: {"theme": "dark", "securityLevel": "loose"}}%%',
        "direction RL",
        "autonumber",
        'a@{ img: "https://evil.example/x.png" }',
        'a["`**md** x`"]',
        f'a["{{fact}}`{choose(random, "a", "b", words)}` x"]',
        "x-axis [a, b]",
        "commit",
        "branch b",
        "section s",
        "t :a, 2024-01-01, 3d",
    )
    return "\n".join([kind, *(random.choice(lines) for _ in range(random.randint(0, 9)))]) + "\n"


def tex(random: Random, depth: int = 0) -> str:
    """Return a formula."""

    def inner() -> str:
        return tex(random, depth + 1)

    if depth > 3 or random.random() < 0.2:
        return choose(
            random, "x", "y_i", r"\alpha", "1.5", r"\text{a $b$}", r"\mathbb{R}", "+", "<", "&", r"\\", "'", "~", "%"
        )
    match random.randrange(12):
        case 0:
            return rf"\frac{{{inner()}}}{{{inner()}}}"
        case 1:
            return rf"{inner()}^{{{inner()}}}_{{{inner()}}}"
        case 2:
            fence = choose(random, "(", "[", "|", r"\{", "<", ".")
            return rf"\left{fence}{inner()}\right{choose(random, ')', ']', '|', '>', '.')}"
        case 3:
            name = choose(
                random, "aligned", "matrix", "cases", "array", "align", "gather", "split", "multline", "alignat"
            )
            return rf"\begin{{{name}}}{inner()} & {inner()} \\ {inner()}\end{{{name}}}"
        case 4:
            return rf"\href{{{choose(random, 'javascript:alert(1)', 'https://example.org/')}}}{{{inner()}}}"
        case 5:
            return rf"\{choose(random, 'text', 'mathrm', 'operatorname', 'mbox', 'textbf', 'tag', 'label', 'htmlData', 'style')}{{{phrase(random, 2)}}}"
        case 6:
            return rf"\{choose(random, 'def', 'newcommand', 'let', 'input', 'write', 'csname', 'require', 'color', 'unicode')}{{\x}}{{{inner()}}}"
        case 7:
            return rf"\sqrt[{inner()}]{{{inner()}}}"
        case 8:
            return rf"\sum_{{{inner()}}}^{{{inner()}}} \underbrace{{{inner()}}}_{{{inner()}}}"
        case 9:
            return rf"\SI{{{number(random)}}}{{\metre\per\second}} \ce{{{choose(random, 'H2O', 'A -> B', '^{13}C')}}}"
        case 10:
            return rf"\{choose(random, 'hat', 'vec', 'widetilde', 'overline', 'cancel', 'boxed', 'xrightarrow', 'substack', 'bm')}{{{inner()}}}"
        case _:
            return f"{inner()} {inner()}"


def chart(random: Random) -> str:
    """Return a chart, its directive with it."""
    columns = random.randint(1, 4)
    options = {
        "highlight": phrase(random, 2),
        "x": phrase(random),
        "y": phrase(random),
        "unit": phrase(random, 1),
        "log": choose(random, "x", "y", "both"),
        "of": choose(random, "100% | all", "0 | none", "a | x", "b", "|"),
        "kind": choose(random, "c0", "c1", "c9"),
        "note": choose(random, "c0", "c1", "c9"),
        "labels": choose(random, "all", "highlight"),
        "alt": phrase(random),
        "caption": phrase(random),
        "plain": "",
        "name": choose(random, "n", "a b"),
        "class": choose(random, "k", "k l"),
    }
    lines = [f":{name}: {value}" for name, value in options.items() if random.random() < 0.25]
    head = " | ".join(choose(random, f"c{column}") for column in range(columns))
    cells = (number, number, lambda r: choose(r, "a", "b", "about 8% <a>", "", "licence"), phrase)
    rows = [
        " | ".join(
            [choose(random, f"row {row}", phrase(random, 2)), *(random.choice(cells)(random) for _ in range(columns))]
        )
        for row in range(random.choice((0, 1, 3, 5, 9, 40)))
    ]
    mark = choose(random, "bar", "dot", "line", "scatter", "bar", "dot", "line", "scatter", "pie")
    body = "\n".join([*lines, head, *rows]).replace("````", "")
    return f"````{{chart}} {mark}\n{body}\n````\n"


def slide(random: Random, depth: int = 0) -> str:
    """Return a slide."""
    options = {
        "name": choose(random, "here", "there", phrase(random, 2)),
        "layout": choose(random, "bullets", "split", "figure", "compare", "statement", "question"),
        "detail": "",
        "incremental": "",
        "class": choose(random, "quiet", "r-stretch", "slides", "fragment"),
        "article": choose(random, "hide"),
        "columns": choose(random, "40 60", "0 0", "-1 101", "a b"),
        "steps": choose(random, "together"),
        "background-color": choose(random, "navy", "#fff", "red;}", "url(x)", "rgb(0 0 0 / 0)"),
        "background-image": choose(random, "picture.png", "missing.png", "//evil.example/x.png", "../../secret.png"),
        "background-gradient": choose(random, "linear-gradient(red, blue)", "x"),
        "background-iframe": choose(random, "javascript:alert(1)", "https://example.org/"),
        "background-video": choose(random, "clip.mp4", "x"),
        "background-opacity": number(random),
        "transition": choose(random, "fade", phrase(random, 1)),
        "auto-animate": "",
        "state": phrase(random, 1),
        "ground": choose(random, "dark", "light", "0.3", "x"),
        "data-x": phrase(random, 1),
        "onclick": "alert(1)",
    }
    chosen = [f":{name}: {value}".rstrip(" ") for name, value in options.items() if random.random() < 0.12]
    content = [block(random, depth + 1) for _ in range(random.randint(0, 3))]
    fence = ":" * (8 - depth) if random.random() < 0.9 else ":::"
    return "\n".join([f"{fence}{{slide}} {phrase(random)}", *chosen, *content, choose(random, *[fence] * 9, "")]) + "\n"


def block(random: Random, depth: int = 0) -> str:
    """Return one block of a document."""
    words = phrase(random)
    fence = ":" * (7 - depth)
    makers: tuple[Maker, ...] = (
        lambda r: f"{words} {phrase(r)}\n",
        lambda r: "".join(f"{' ' * r.choice((0, 2, 4))}{r.choice('-*')} {phrase(r)}\n" for _ in range(r.randint(1, 5))),
        lambda r: f"1. {words}\n\n   {phrase(r)}\n",
        lambda r: f"> {words}\n> {phrase(r)}\n",
        lambda r: f"| a | {words} |\n|---|---|\n| {phrase(r, 2)} | {{fact}}`a` |\n",
        lambda r: f"```python\n{words}\n{phrase(r)}\n```\n",
        lambda r: (
            f"```{{code-block}} python\n:emphasize-lines: {choose(r, '1', '1-2', '9', '2-1', '1,,')}\n:linenos:\n\n{words}\nx\n```\n"
        ),
        lambda r: f"```{{mermaid}}\n:alt: {words}\n\n{mermaid(r)}```\n",
        lambda r: "```{mermaid} diagram.mmd\n```\n",
        lambda r: f"$$ {tex(r)} $$ (eq{r.randint(0, 3)})\n",
        lambda r: f"```{{math}}\n:label: {choose(r, 'e1', 'e 2')}\n\n{tex(r)}\n```\n",
        lambda r: f"\\begin{{align}}\n{tex(r)}\n\\end{{align}}\n",
        lambda r: f"Inline ${tex(r)}$ and $5.\n".replace("\n", " ") + "\n",
        chart,
        lambda r: (
            f"```{{figure}} {choose(r, 'picture.png', 'missing.png', 'x.svg')}\n:alt: {words}\n:width: {choose(r, '50%', '0', '-1', '9e9px')}\n{phrase(r)}\n```\n"
        ),
        lambda r: (
            f"![{words}]({choose(r, 'picture.png', 'clip.mp4', 'javascript:alert(1)', 'data:image/png;base64,x')})\n"
        ),
        lambda r: f"{fence}{{side}} {words}\n{block(r, depth + 1) if depth < 4 else 'x'}\n{fence}\n",
        lambda r: f"{fence}{{speaker-notes}}\n{words}\n{fence}\n",
        lambda r: f"{fence}{{article-only}}\n{block(r, depth + 1) if depth < 4 else 'x'}\n{fence}\n",
        lambda r: f"{fence}{{note}}\n{words}\n{fence}\n",
        lambda r: f"{fence}{{only}} {choose(r, 'revealjs', 'html', 'not html', 'a b', '(')}\n{words}\n{fence}\n",
        lambda r: f"{fence}{{compare}}\n{choose(r, 'a: a', 'x | y', words)}\n{fence}\n",
        lambda r: "```{facts}\n```\n",
        lambda r: f"```{{glossary}}\n{words}\n  {phrase(r)}\n```\n",
        lambda r: f"```{{list-table}} {words}\n\n* - a\n  - {phrase(r)}\n* - b\n```\n",
        lambda r: f"```{{csv-table}}\n\n{words},{phrase(r)}\n```\n",
        lambda r: (
            f"{{fact}}`{choose(r, 'a', 'b', 'about 8% <a>', '64 <b>', words)}` {{cite:p}}`{choose(r, 'doe2024work', 'x')}` {{plain}}`{words}`\n"
        ),
        lambda r: (
            f"{{icon}}`{choose(r, 'clock', words)}` {{ref}}`{choose(r, 'here', words)}` {{term}}`x` {{numref}}`n` {{eq}}`e1` {{doc}}`/index`\n"
        ),
        lambda r: f"({choose(r, 'label', words)})=\n## {words}\n",
        lambda r: f"{'#' * r.randint(1, 6)} {words}\n",
        lambda r: f"Foot[^{choose(r, 'n1', 'n2')}].\n\n[^n1]: {words}\n",
        lambda r: f"Term {words}\n: {phrase(r)}\n",
        lambda r: f":{words}: {phrase(r)}\n",
        lambda r: f"{{.{choose(r, 'fragment', 'r-stretch', 'x')} #{choose(r, 'i', 'here')} {words}=1}}\n{words}\n",
        lambda r: f"[{words}]{{.k onclick=alert(1)}} <span>{words}</span> <{words}>\n",
        lambda r: f"<div {words}>\n\n{phrase(r)}\n\n</div>\n",
        lambda r: f"<details><summary>{words}</summary>\n\nx\n\n</details>\n",
        lambda r: f"% {words}\n+++\n",
        lambda r: (
            f"```{{{choose(r, 'video', 'topic', 'epigraph', 'raw', 'eval-rst', 'rubric', 'math', 'slide', 'nothing')}}} {words}\n{phrase(r)}\n```\n"
        ),
        lambda r: f"{words}\\\n{phrase(r)}\n\n---\n",
    )
    return random.choice(makers)(random)


def document(random: Random) -> str:
    """Return a document: front matter, slides and prose."""
    if random.random() < 0.3:
        return damaged(random, "papers/*/index.md")
    head = front_matter(random) if random.random() < 0.3 else ""
    parts = [slide(random) if random.random() < 0.4 else block(random) for _ in range(random.randint(1, 7))]
    text = "\n".join([f"{head}{choose(random, '# ', '# ', '# ', '## ', '')}{phrase(random)}\n", *parts])
    return mutate(random, text) if random.random() < 0.2 else text
