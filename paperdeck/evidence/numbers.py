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
    (?<![\d.^])(?<!\d,)(?<!\^[-+])
    (?:10\^(?P<bare>-?\d{1,2})
      |(?P<comma>\d+,\d{1,2})(?=\s?%)
      |(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+)(?!\d|[.,]\d)
      (?:\s?(?:×|x|\*|·)\s?10\s?(?:\^|\*\*)\s?(?P<power>-?\d{1,2})
        |[eE](?P<exponent>[-+]?\d{1,2})(?!\d))?)
    (?:\s?-?(?P<word>(?i:trillion|billion|million|thousand)|bn|mn|tn)\b
      |\s?(?P<prefix>[kKMGTPEmµμn])(?=MEASURES\b)
      |[ ]?(?P<letter>[kKMBGT])(?![A-Za-z]))?
    (?:\s?(?P<percent>%|percent\b|per\scent\b))?
    """.replace("MEASURES", MEASURES),
    re.VERBOSE,
)
NAME = re.compile(r"(?:[A-Za-z_]|[A-Za-z_]{2}-)\Z")
"""What a number that is part of a name stands behind: GPT-3, T5, Llama2."""
MINUS = re.compile(r"(?:^|[\s(\[|=])-\Z")
RANKED = re.compile(r"\b(?:top|rank|best)-\Z", re.IGNORECASE)
"""What counts, though it looks like a name: top-8, rank-16."""
NO_COUNT = re.compile(r"(?:D|st|nd|rd|th)\b")
"""What stands behind a number that counts nothing: 3D, the 6th."""
LABELS = re.compile(
    r"(?:Table|Tab\.|Figure|Fig\.|Section|Sec\.|Appendix|App\.|Equation|Eq\.|Algorithm|Footnote|Chapter|Page|§+)"
    r"s?\s?\(?\Z",
    re.IGNORECASE,
)
LOOK_BACK = 24
"""How many letters before a number tell what it is: more than any label has."""
CITED = re.compile(r"\[\d{1,3}(?:\s?[,-]\s?\d{1,3})*\]|(?:https?://|www\.)[^\s>]+")
"""What is cited by its number, or by its address."""
ENDS = re.compile(r"\s?(?:,?\s?and|or|to|-|±)\s?")
"""What stands between the ends of a range, before the last of a list, or before how far a value may be off."""
JOINT = re.compile(r"\s?(?:,|and|or|to|,\s?and|-|±|/|vs\.?|versus)\s?")

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
WORDS = {word: Decimal(value) for value, word in enumerate(ONES + TEENS)}
TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
PARTS = {"half": Decimal(2), "third": Decimal(3), "quarter": Decimal(4), "fifth": Decimal(5), "tenth": Decimal(10)}
IN_WORDS = re.compile(
    rf"\b(?:(?P<count>{'|'.join(WORDS)}|a)[\s-](?P<part>half|thirds?|quarters?|fifths?|tenths?)|(?P<half>half)"
    rf"|(?:(?P<tens>{'|'.join(TENS)})(?:-(?P<rest>{'|'.join(ONES[1:])}))?|(?P<one>{'|'.join(WORDS)})|a(?=\shundred))"
    rf"(?P<hundred>[\s-]hundred)?(?:[\s-](?P<scale>thousand|million|billion|trillion))?)\b",
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
        if not any(start <= match.start() < end for start, end in cited) and not LABELS.search(_before(match))
    ]
    found += [_read_words(match) for match in IN_WORDS.finditer(text)]
    found.sort(key=lambda written: written.start)
    return _share_scales(text, found)


def _before(match: re.Match[str]) -> str:
    """Return the few letters before a number; all of them, before each, would take hours in a long text."""
    return match.string[max(0, match.start() - LOOK_BACK) : match.start()]


def _read(match: re.Match[str]) -> Written:
    before = _before(match)
    if match["bare"]:
        plain = Decimal(1).scaleb(int(match["bare"]))
    elif match["comma"]:
        plain = Decimal(match["comma"].replace(",", "."))
    else:
        plain = Decimal(match["digits"].replace(",", "")).scaleb(int(match["power"] or match["exponent"] or 0))
    if MINUS.search(before):
        plain = -plain
    word = (match["word"] or "").lower() or match["letter"]
    scale = SCALES[word] if word else PREFIXES[match["prefix"]] if match["prefix"] else Decimal(1)
    name = bool(NAME.search(before) and not RANKED.search(before)) or bool(NO_COUNT.match(match.string, match.end()))
    return Written(match[0], match.start(), match.end(), plain, scale, bool(match["percent"]), name)


def _read_words(match: re.Match[str]) -> Written:
    if match["part"] or match["half"]:
        count = WORDS.get((match["count"] or "one").lower(), Decimal(1))
        value = count / PARTS[(match["part"] or "half").lower().removesuffix("s")]
    else:
        if match["tens"]:
            value = TENS[match["tens"].lower()] + WORDS[(match["rest"] or "zero").lower()]
        else:
            value = WORDS[(match["one"] or "one").lower()]
        value *= 100 if match["hundred"] else 1
    scale = SCALES[match["scale"].lower()] if match["scale"] else Decimal(1)
    return Written(match[0], match.start(), match.end(), value, scale)


def _share_scales(text: str, found: list[Written]) -> list[Written]:
    """Return the numbers with what ends a list given to all of it: “6.7, 13 and 175 billion”, “70-80%”."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        written, after = shared[index], shared[index + 1]
        between = text[written.end : after.start]
        if written.name or not JOINT.fullmatch(between):
            continue
        if after.scale > 1 and written.scale == 1 and written.plain < 1000:
            written = replace(written, scale=after.scale)
        if after.percent and (ENDS.fullmatch(between) or after.text[-1].isdigit()):  # or it has that from another
            written = replace(written, percent=True)
        shared[index] = written
    return shared
