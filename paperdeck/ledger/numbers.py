"""The numbers in a sentence: a closed grammar that reads them, and says whether a value agrees."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALES = {"thousand": 3, "million": 6, "billion": 9, "bn": 9, "trillion": 12, "quadrillion": 15}
LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12}
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
PARTS |= {"tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000}
SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
MULTIPLES = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
SMALL = {"zero": 0, "a": 1, "an": 1, **{word: value for value, word in enumerate([*ONES, *TEENS], start=1)}}
SMALL |= {word: 10 * value for value, word in enumerate(TENS, start=2)}

_SPACE = "[ \u00a0\u2009\u202f]"
_ONES, _TENS, _PARTS = "|".join(ONES), "|".join(TENS), "|".join(PARTS)
_BELOW_100 = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES})(?![a-z]))?|{'|'.join(TEENS)}|zero|{_ONES})"
_ORDINAL = "(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"

# Where a number may begin. Lengths are bounded: of 5,000 digits the first 40 are followed by a digit, so are no number.
START = re.compile(rf"[0-9{''.join(SIGNS)}]|\.[0-9]|\b(?:an?|{'|'.join([*SMALL, *PARTS, *MULTIPLES])})", re.I)
DIGITS = re.compile(
    r"(?:[0-9]{1,3}(?:[,\u00a0\u2009\u202f][0-9]{3}(?![0-9])){1,12}|[0-9]{1,40})?(?:\.[0-9]{1,20})?", re.A
)
POWER = re.compile(rf"e([+-]?[0-9]{{1,2}})|{_SPACE}?[×x·*]{_SPACE}?10(?:\^|\*\*)?([-−⁻]?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})", re.I)
POWER_OF_TEN = re.compile(r"10(?:(?:\^|\*\*)([-−]?[0-9]{1,2})|([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
FRACTION = re.compile(r"([0-9]{1,4})[/⁄]([0-9]{1,4})(?![0-9/])")
WORDS = re.compile(
    rf"(?:(?P<hundreds>{_BELOW_100}|an?) hundred(?: (?:and )?(?P<rest>{_BELOW_100}))?"
    rf"|(?P<dozens>{_BELOW_100}|an?) dozen"
    rf"|(?P<article>an?)(?= (?:thousand|[mbtr]+illion)\b)|(?P<small>{_BELOW_100}))(?=fold|[^a-z]|$)(?!-{_ORDINAL})",
    re.I,
)
PART = re.compile(rf"(?:(?P<count>{_ONES}|an?)[ -])?(?P<part>{_PARTS})s?(?![a-z])", re.I)
MULTIPLE = re.compile(rf"(?:{'|'.join(MULTIPLES)})(?![a-z])", re.I)

# What follows a number.
SCALE = re.compile(rf"(?:{_SPACE}|-)?(?:({'|'.join(SCALES)})s?|([{''.join(LETTERS)}]))(?![A-Za-z0-9])")
PERCENT = re.compile(rf"{_SPACE}?%|(?:{_SPACE}|-)per ?cent(?:age points?)?(?![a-z])", re.I)
TIMES = re.compile(rf"{_SPACE}?[x×](?![A-Za-z0-9])|{_SPACE}times(?![a-z])|-?fold(?![a-z])", re.I)
LESS = re.compile(r" (?:less|fewer|smaller|cheaper|lower|slower|shorter)\b", re.I)
NOUN = re.compile(r"[ \u00a0-]?([A-Za-zµ][A-Za-zµ0-9]{0,20}(?:/[A-Za-z]{1,10})?)(?![\w/])")
GLUED = re.compile(
    r"(?:[kKMGTPE]i?B|[kMGTP]?Wh?|[mµn]?s|h|k?g|t|[kMGTPE]?FLOPs?|[kMG]?bits?|[kMG]?Hz)(?:/[A-Za-z]{1,10})?(?!\w)"
)
LEAST_AFTER = re.compile(r"\+(?![0-9])| or more\b", re.I)
MOST_AFTER = re.compile(r" or (?:less|fewer)\b", re.I)
TO = re.compile(rf"{_SPACE}?[–-]{_SPACE}?| to ", re.I)
AND = re.compile(r" and ", re.I)
OF = re.compile(r" (?:out )?of ", re.I)
IN = re.compile(r" in ", re.I)

# What stands before it.
ABOUT = re.compile(r"(?:\b(?:about|around|roughly|approximately|nearly|almost|some|circa|ca\.)|[~≈∼]) ?$", re.I)
LEAST = re.compile(r"(?:\b(?:(?:more|no less|no fewer) than|over|above|at least|exceeding)|>=?|≥) ?$", re.I)
MOST = re.compile(r"(?:\b(?:(?:less|fewer|no more) than|under|below|at most)|<=?|≤) ?$", re.I)
BETWEEN = re.compile(r"\bbetween $", re.I)
FROM = re.compile(r"\bfrom $", re.I)

# What is no amount.
REFERENCE = re.compile(
    r"(?:^|\W)(?:tables?|tab\.|figures?|figs?\.|sections?|sec\.|chapters?|appendix|app\.|equations?|eqs?\.|algorithm"
    r"|slides?|pages?|pp?\.|footnote|lines?|theorem|lemma|definition|version|expert|layer|head|stage|phase|level"
    r"|part|column|row|model|no\.)[ \u00a0]$",
    re.I,
)
LISTED = re.compile(r",? (?:and|or|to|&) |, ?")
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[–-](?:19|20)?[0-9]{2}|s)?\Z")
BEFORE_YEAR = re.compile(
    r"(?:^|\W)(?:in|since|until|till|before|after|by|of|from|late|early|(?:jan|febr)uary|march|april|may|june|july"
    r"|august|(?:sept|nov|dec)ember|october|et al\.?,?)[ \u00a0]$",
    re.I,
)
LICENCE = re.compile(r"\bCC[ \u00a0-]BY(?:-[A-Z]{2})*[ \u00a0]$")
WORD_BEFORE = re.compile(r"(?:^|.*[\s(“\"'‘/])([^\s(“\"'‘/]{1,40})[ \u00a0]$")
VERSION = re.compile(r"[0-9]{1,4}\Z|[0-9]\.[0-9]\Z|[0-9]{1,3}(?:\.[0-9]{1,2})?[BM]\Z")
COUNTED = re.compile(
    r"[ \u00a0](?:[a-z]+[ \u00a0])?(?:parameter|token|expert|layer|head|dimension|task|benchmark|language|model"
    r"|checkpoint|example|document|sequence|step|epoch|run|attempt|hour|day)s\b",
    re.I,
)
# no names, though a title may write them with a capital
FUNCTION = re.compile(
    r"(?:a|about|above|after|all|almost|an|and|around|as|at|below|but|by|each|every|first|for|from|in|its|just|last|least"
    r"|less|more|most|nearly|of|on|only|or|over|per|roughly|some|than|the|their|these|those|to|top|under|up|with)\Z",
    re.I,
)
# 4-bit, 5-shot: a kind, not an amount
KIND = re.compile(r"[-‑](?:bit|shot|gram|hop|way|class|d)(?![a-z])", re.I)
# “half” and “a third” are shares only before these
WHOLE = re.compile(r"[ \u00a0](?:of|the|as|its|their|that)\b", re.I)
# a small number in words is one only before these
MEASURE = re.compile(
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|dollars?|bytes?|bits?|watts?|tonnes?|tons?"
    r"|[kKMGTP]i?B|[kMGTP]?Wh?)\Z"
)
RUN = re.compile(r"[\w.\-‑/^×]*")


@dataclass(frozen=True)
class Number:
    """One number as a sentence writes it.

    ``low`` and ``high`` are the ends of a range, and equal otherwise; ``resolution`` is one step of the last digit
    that is shown. Percentages, fractions and “8 of 64” are shares: 8% is 0.08.
    """

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    resolution: Decimal
    bound: str = ""
    """``>=`` after “more than” and the like, ``<=`` after “under”, else empty."""
    share: bool = False
    times: bool = False
    inverse: bool = False
    """“50x less”: the value may also be one fiftieth."""
    worded: bool = False
    noun: str = ""
    """The word after it, perhaps a unit."""
    name: bool = False
    """It stands where it is rather part of a name: “RTX 3090”, “Table 4”, “in 2022”."""

    def agrees(self, value: Decimal, *, percent: bool = False) -> bool:
        """Return whether the number is right for this value, to the digits it shows.

        ``percent``: the value counts hundredths, so 75 is the share 0.75.
        """
        if percent and self.share:
            value = value / 100
        return self._holds(value) or (self.inverse and value > 0 and self._holds(1 / value))

    def _holds(self, value: Decimal) -> bool:
        if self.bound == ">=":
            return value >= self.low
        if self.bound == "<=":
            return value <= self.high
        return self.low - self.resolution / 2 <= value <= self.high + self.resolution / 2


def find_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text, in order; ordinals and names such as GPT-3, INT4 or 4x3090 are none."""
    text = re.sub(r"\s", lambda space: space[0] if space[0] in "\u00a0\u2009\u202f" else " ", text)
    position = 0
    referred = -1  # where “Tables 4” ended: “and 10” goes with it
    while match := START.search(text, position):
        start = match.start()
        number = None if _is_glued(text, start) else _read_number(text, start)
        if number is None:
            run = RUN.match(text, match.end())
            position = max(run.end() if run else 0, match.end())
            continue
        position = number.end
        if REFERENCE.search(text[max(0, start - 24) : start]) or (
            referred >= 0 and LISTED.fullmatch(text, referred, start)
        ):
            referred = number.end
            number = dataclasses.replace(number, name=True)
        yield number


def read_numbers(text: str) -> list[Number]:
    """Return what a fact's own words say: the numbers, and those that may be names only if there are no others."""
    found = list(find_numbers(text))
    return [number for number in found if not number.name] or found


def find_unsourced(text: str) -> list[Number]:
    """Return the numbers of a slide's text that want a source.

    Small numbers in words (“two experts”) are language, unless a measure follows: “three hours”, “five percent”.
    """
    return [number for number in find_numbers(text) if not number.name and _is_amount(number)]


def _is_amount(number: Number) -> bool:
    if not number.worded or number.share or number.times or number.low > 10:
        return True
    return number.low > 1 and MEASURE.match(number.noun) is not None


@dataclass(frozen=True)
class _Numeral:
    """A number without what stands around it."""

    value: Decimal
    resolution: Decimal
    end: int
    share: bool = False
    times: bool = False
    worded: bool = False
    scaled: bool = False

    @property
    def plain(self) -> bool:
        return not (self.share or self.times or self.scaled)


def _is_glued(text: str, start: int) -> bool:
    """Return whether a name runs into the number: GPT-3, H100, §5.2, arXiv/2112."""
    if start == 0:
        return False
    before = text[start - 1]
    if before in "-‑./:":
        return start > 1 and (text[start - 2].isalnum() or text[start - 2] in ")_")
    return before.isalnum() or before in "_#§@^\\"


def _read_numeral(text: str, at: int) -> _Numeral | None:
    if sign := SIGNS.get(text[at : at + 1]):
        return _make_share(*sign, at + 1, worded=False)
    if match := FRACTION.match(text, at):
        count, whole = int(match[1]), int(match[2])
        return _make_share(count, whole, match.end(), worded=False) if 0 < count < whole else None
    if match := POWER_OF_TEN.match(text, at):
        value = Decimal(10) ** int((match[1] or match[2]).translate(SUPERSCRIPTS))
        return _Numeral(value, value, match.end(), scaled=True)
    if (match := DIGITS.match(text, at)) and match[0]:
        return _read_power(text, match[0], match.end())
    return _read_words(text, at)


def _make_share(count: int, whole: int, end: int, *, worded: bool) -> _Numeral:
    """Return a fraction; it shows its value to a tenth of one part, up or down."""
    return _Numeral(Decimal(count) / whole, 1 / Decimal(5 * whole), end, share=True, worded=worded)


def _read_power(text: str, digits: str, end: int) -> _Numeral:
    decimals = len(digits.partition(".")[2])
    value, resolution = Decimal(re.sub(r"[^0-9.]", "", digits)), Decimal(1).scaleb(-decimals)
    if power := POWER.match(text, end):
        exponent = int((power[1] or power[2]).translate(SUPERSCRIPTS))
        return _Numeral(value.scaleb(exponent), resolution.scaleb(exponent), power.end(), scaled=True)
    return _Numeral(value, resolution, end)


def _read_words(text: str, at: int) -> _Numeral | None:
    if (match := PART.match(text, at)) and (match["count"] or match["part"].lower() == "half"):
        count = SMALL[(match["count"] or "one").lower()]
        return _make_share(count, PARTS[match["part"].lower()], match.end(), worded=True)
    if match := MULTIPLE.match(text, at):
        return _Numeral(Decimal(MULTIPLES[match[0].lower()]), Decimal(1), match.end(), times=True, worded=True)
    if match := WORDS.match(text, at):
        value = 100 * _add_words(match["hundreds"]) + 12 * _add_words(match["dozens"])
        value += _add_words(match["rest"]) + _add_words(match["article"]) + _add_words(match["small"])
        return _Numeral(Decimal(value), Decimal(1), match.end(), worded=True)
    return None


def _add_words(words: str | None) -> int:
    return sum(SMALL[word] for word in re.split("[ -]", (words or "zero").lower()))


def _read_suffix(text: str, numeral: _Numeral) -> _Numeral:
    """Return the number times its “billion”, and whether it is a percentage or a multiple."""
    if numeral.share or numeral.times:
        return numeral
    if not numeral.scaled and (match := SCALE.match(text, numeral.end)):
        power = SCALES[match[1]] if match[1] else LETTERS[match[2]]
        numeral = dataclasses.replace(
            numeral,
            value=numeral.value.scaleb(power),
            resolution=numeral.resolution.scaleb(power),
            end=match.end(),
            scaled=True,
        )
    if match := PERCENT.match(text, numeral.end):
        return dataclasses.replace(
            numeral,
            value=numeral.value.scaleb(-2),
            resolution=numeral.resolution.scaleb(-2),
            end=match.end(),
            share=True,
        )
    if match := TIMES.match(text, numeral.end):
        return dataclasses.replace(numeral, end=match.end(), times=True)
    return numeral


def _read_ends(text: str, bare: _Numeral, before: str) -> tuple[_Numeral, _Numeral]:
    """Return the two ends of a range, or the number twice."""
    low = _read_suffix(text, bare)
    joint = AND if BETWEEN.search(before) else TO
    match = joint.match(text, low.end)
    if match and FROM.search(before) and match[0].lower() == " to ":  # two numbers, not a range
        match = None
    if match and (bare_high := _read_numeral(text, match.end())):
        high = _read_suffix(text, bare_high)
        if low == bare and bare_high.value:  # “7–8 billion”: what follows holds for both
            factor = high.value / bare_high.value
            low = dataclasses.replace(high, value=bare.value * factor)
        if low.value < high.value and (low.share, low.times) == (high.share, high.times):
            return low, high
        low = _read_suffix(text, bare)
    if low.plain and bare.resolution == 1 and (share := _read_out_of(text, low)):
        low = share
    return low, low


def _read_out_of(text: str, count: _Numeral) -> _Numeral | None:
    """Return the share that “8 of 64” and “eight in a hundred” write."""
    for joint in (OF, IN):
        if not (match := joint.match(text, count.end)) or not (whole := _read_numeral(text, match.end())):
            continue
        whole = _read_suffix(text, whole)
        if not whole.plain or whole.resolution != 1 or not 0 < count.value <= whole.value or _runs_on(text, whole):
            continue
        round_number = whole.value in (10, 100, 1000)
        if joint is IN and not (round_number or (count.value == 1 and whole.value < 1000)):
            continue
        if joint is OF and whole.worded and whole.value <= 10:  # “one of two experts” counts nothing
            continue
        step = 1 / whole.value if round_number else 1 / (5 * whole.value)
        worded = count.worded and whole.worded
        return _Numeral(count.value / whole.value, step, whole.end, share=True, worded=worded)
    return None


def _runs_on(text: str, numeral: _Numeral) -> bool:
    """Return whether the number is the head of a name or of an ordinal: 4x3090, 2nd, 3D, 4.1.2."""
    after = text[numeral.end : numeral.end + 2]
    if after[:1].isalnum() or after[:1] in "_^\\":
        return not (numeral.plain and GLUED.match(text, numeral.end)) if after else False
    return after[:1] in ".×/" and after[1:].isdigit()


def _read_number(text: str, start: int) -> Number | None:
    if not (bare := _read_numeral(text, start)):
        return None
    before = text[max(0, start - 48) : start]
    low, high = _read_ends(text, bare, before)
    if _runs_on(text, high):
        return None
    end, resolution, bound = high.end, high.resolution, ""
    if LEAST.search(before) or LEAST_AFTER.match(text, end):
        bound = ">="
    elif MOST.search(before) or MOST_AFTER.match(text, end):
        bound = "<="
    elif ABOUT.search(before) and low is high and bare.resolution == 1:
        resolution = _find_resolution(high)
    if before[-1:] in ("-", "−") and before[-2:-1] in ("", " ", "(", "“"):
        low, high = (dataclasses.replace(numeral, value=-numeral.value) for numeral in (high, low))
    noun = NOUN.match(text, end) or GLUED.match(text, end)
    return Number(
        text=text[start:end],
        start=start,
        end=end,
        low=low.value,
        high=high.value,
        resolution=resolution,
        bound=bound,
        share=high.share,
        times=high.times,
        inverse=high.times and LESS.match(text, end) is not None,
        worded=low.worded and high.worded,
        noun=noun[noun.lastindex or 0] if noun else "",
        name=_is_name(text, start, high, before),
    )


def _find_resolution(numeral: _Numeral) -> Decimal:
    """Return the resolution of “about 50”: its zeros are not shown digits, but it stays within a tenth."""
    digits = str(int(numeral.value / numeral.resolution))
    zeros = len(digits) - len(digits.rstrip("0"))
    return max(numeral.resolution, min(numeral.resolution.scaleb(zeros), numeral.value / 5))


def _is_name(text: str, start: int, numeral: _Numeral, before: str) -> bool:
    words = text[start : numeral.end]
    if KIND.match(text, numeral.end):
        return True
    if numeral.worded and (numeral.times or (re.match(r"(?:half|an?[ -])", words, re.I) and numeral.share)):
        return not WHOLE.match(text, numeral.end)
    if numeral.share or numeral.times:
        return False
    bracketed = before[-1:] == "(" and text[numeral.end : numeral.end + 1] == ")"
    if YEAR.match(words) and (bracketed or BEFORE_YEAR.search(before)):
        return True
    if LICENCE.search(before):
        return True
    if bracketed and not numeral.scaled and numeral.value < 20:  # (1) and (2), a list in a sentence
        return True
    if not (word := WORD_BEFORE.match(before)) or not VERSION.match(words) or COUNTED.match(text, numeral.end):
        return False
    name = word[1]
    if name[-1] in ".,:;!?" or not re.search("[A-Z]", name) or FUNCTION.match(name):
        return False
    # RTX 3090, GPT-3 175B; a word with one capital is a name only where no sentence begins
    shouted = len(re.findall("[A-Z0-9]", name)) > 1
    return shouted or bool(re.search(r"[^\s.:!?]\s$", before[: word.start(1)]))
