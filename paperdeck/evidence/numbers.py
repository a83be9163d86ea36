"""The numbers that a text holds, in every way in which papers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

SCALES = {
    **dict.fromkeys(("thousand", "k", "K"), Decimal(10**3)),
    **dict.fromkeys(("million", "M", "mn"), Decimal(10**6)),
    **dict.fromkeys(("billion", "B", "bn", "G"), Decimal(10**9)),
    **dict.fromkeys(("trillion", "T", "tn"), Decimal(10**12)),
    **dict.fromkeys(("P",), Decimal(10**15)),
    **dict.fromkeys(("E",), Decimal(10**18)),
}
PREFIXES = {"m": Decimal("1e-3"), "µ": Decimal("1e-6"), "μ": Decimal("1e-6"), "n": Decimal("1e-9")} | {
    name: SCALES[name] for name in "kKMGTPE"
}
MEASURES = r"(?:i?B(?:ytes?)?|bits?|bytes?|FLOP(?:s|S|/s)?|Wh|W|Hz|s|sec|J|g|m|tokens?|params?|tCO2e?)"
NUMBER = re.compile(
    r"""
    (?<![\d.])(?<!\d,)
    (?:10\^(?P<bare>-?\d{1,2})
      |(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+)
      (?:\s?(?:×|x|\*|·)\s?10\s?(?:\^|\*\*)\s?(?P<power>-?\d{1,2})
        |[eE](?P<exponent>[-+]?\d{1,2})(?!\d))?)
    (?:\s?-?(?P<word>trillion|billion|million|thousand|bn|mn|tn)\b
      |\s?(?P<prefix>[kKMGTPEmµμn])(?=MEASURES\b)
      |\s?(?P<letter>[kKMBGT])(?![A-Za-z]))?
    (?:\s?(?P<percent>%|percent\b|per\scent\b))?
    """.replace("MEASURES", MEASURES),
    re.VERBOSE,
)
NAME = re.compile(r"(?:[A-Za-z_]|[A-Za-z_]{2}-)\Z")
"""What a number that is part of a name stands behind: GPT-3, T5, Llama2."""
MINUS = re.compile(r"(?:^|[\s(\[|=])-\Z")
LABELS = re.compile(
    r"(?:Table|Tab\.|Figure|Fig\.|Section|Sec\.|Appendix|App\.|Equation|Eq\.|Algorithm|Footnote|Chapter|Page|§+)"
    r"s?\s?\(?\Z",
    re.IGNORECASE,
)
CITED = re.compile(r"\[\d{1,3}(?:\s?[,-]\s?\d{1,3})*\]")
JOINT = re.compile(r"\s?(?:,|and|or|to|,\s?and|-|/|vs\.?|versus)\s?")

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
WORDS = {word: Decimal(value) for value, word in enumerate(ONES + TEENS)}
TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
PARTS = {"half": Decimal(2), "third": Decimal(3), "quarter": Decimal(4), "fifth": Decimal(5), "tenth": Decimal(10)}
IN_WORDS = re.compile(
    rf"\b(?:(?:(?P<count>{'|'.join(WORDS)}|a)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)"
    rf"|(?P<tens>{'|'.join(TENS)})(?:-(?P<rest>{'|'.join(ONES[1:])}))?|(?P<one>{'|'.join(WORDS)})"
    rf"|(?P<hundred>(?:a|one)\shundred))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Written:
    """A number as it stands in a text."""

    text: str
    start: int
    end: int
    plain: Decimal
    """What the digits say, without the word, letter or prefix behind them."""
    scale: Decimal = Decimal(1)
    """What that word, letter or prefix multiplies it by."""
    percent: bool = False
    name: bool = False
    """Whether it is part of a name, as in Llama2-13B."""

    @property
    def value(self) -> Decimal:
        """What the whole says."""
        return self.plain * self.scale


def find_numbers(text: str) -> list[Written]:
    """Return the numbers of a cleaned text in order, without those of citations, tables, figures and sections."""
    cited = [match.span() for match in CITED.finditer(text)]
    found = [
        _read(match)
        for match in NUMBER.finditer(text)
        if not any(start <= match.start() < end for start, end in cited) and not LABELS.search(text[: match.start()])
    ]
    found += [_read_words(match) for match in IN_WORDS.finditer(text)]
    found.sort(key=lambda written: written.start)
    return _share_scales(text, found)


def _read(match: re.Match[str]) -> Written:
    before = match.string[: match.start()]
    if match["bare"]:
        plain = Decimal(1).scaleb(int(match["bare"]))
    else:
        plain = Decimal(match["digits"].replace(",", "")).scaleb(int(match["power"] or match["exponent"] or 0))
    if MINUS.search(before):
        plain = -plain
    word = match["word"] or match["letter"]
    scale = SCALES[word] if word else PREFIXES[match["prefix"]] if match["prefix"] else Decimal(1)
    name = bool(NAME.search(before))
    return Written(match[0], match.start(), match.end(), plain, scale, bool(match["percent"]), name)


def _read_words(match: re.Match[str]) -> Written:
    if match["part"]:
        count = WORDS.get((match["count"] or "one").lower(), Decimal(1))
        value = count / PARTS[match["part"].lower().removesuffix("s")]
    elif match["tens"]:
        value = TENS[match["tens"].lower()] + WORDS[(match["rest"] or "zero").lower()]
    else:
        value = Decimal(100) if match["hundred"] else WORDS[match["one"].lower()]
    return Written(match[0], match.start(), match.end(), value)


def _share_scales(text: str, found: list[Written]) -> list[Written]:
    """Return the numbers with the scale of a list given to all of it: “6.7, 13 and 175 billion”."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        written, after = shared[index], shared[index + 1]
        if (
            after.scale > 1
            and written.scale == 1
            and not written.name
            and JOINT.fullmatch(text[written.end : after.start])
            and written.plain < 1000
        ):
            shared[index] = replace(written, scale=after.scale)
    return shared
