"""A quantity's words to value, unit and comparator, in base units."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from extract.wordlists import columns, rows

UNITS = Path(__file__).resolve().parent.parent / "ontology" / "units.csv"

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: Decimal(i) for i, word in enumerate(ONES)} | {word: Decimal(20 + 10 * i) for i, word in enumerate(TENS)}
WORDS |= {
    "a": Decimal(1),
    "an": Decimal(1),
    "half": Decimal("0.5"),
    "several": Decimal("NaN"),
    "dozens": Decimal("NaN"),
}
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "mln": 6,
    "billion": 9,
    "bln": 9,
    "trillion": 12,
    "tn": 12,
    "bn": 9,
    "lakh": 5,
    "crore": 7,
}
ORDINALS = {
    word: Decimal(i + 1)
    for i, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ]
    )
}
FRACTIONS = {
    "half": Decimal(50),
    "third": Decimal(100) / 3,
    "quarter": Decimal(25),
    "fourth": Decimal(25),
    "fifth": Decimal(20),
    "sixth": Decimal(100) / 6,
    "seventh": Decimal(100) / 7,
    "eighth": Decimal("12.5"),
    "tenth": Decimal(10),
}
MULTIPLES = {
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "twice": 2,
    "twofold": 2,
    "tripled": 3,
    "triple": 3,
    "threefold": 3,
    "tripling": 3,
    "quadrupled": 4,
    "fourfold": 4,
    "fivefold": 5,
    "tenfold": 10,
    "once": 1,
}
DIGITS = r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d+(?:\.\s?\d+)?"
NUMBER = re.compile(rf"({DIGITS})", re.ASCII)
RANGE = re.compile(r"^\s*(?:-|–|—|to|and)\s*(?=\d|" + "|".join([*ONES, *TENS]) + r")", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """`value` in base units (of a range, its lower end), `unit` as the units table names it or '' where the text counts things."""

    value: Decimal
    unit: str
    comparator: str | None


@cache
def comparators() -> tuple[tuple[str, str], ...]:
    found = [(row["surface"], row["comparator"]) for row in rows("comparators")]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


@cache
def unit_names() -> dict[str, str]:
    with UNITS.open(encoding="utf-8", newline="") as lines:
        return {row["surface"]: row["unit"] for row in csv.DictReader(lines)}


@cache
def unit_codes() -> dict[str, str]:
    with UNITS.open(encoding="utf-8", newline="") as lines:
        return {row["surface"]: row["code"] for row in csv.DictReader(lines) if row["code"]}


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that the whole text states, else None: "more than 9.7 million", "5.62 trillion RMB", "a third"."""
    words = re.sub(r"(?<=[a-z])- (?=[a-z])", "-", " ".join(text.split()), flags=re.IGNORECASE)
    words, comparator = strip_comparator(words)
    if words.lower() in {"a", "an"}:
        return None
    return parse_fraction(words, comparator) or parse_rank(words, comparator) or parse_number(words, comparator)


@cache
def comparator_at_end() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?<!the )(?:{'|'.join(re.escape(surface) for surface, _ in comparators())})$", re.IGNORECASE
    )


WORKING = ("working", "business", "calendar")
UNIT_PREFIX = rf"(?:{'|'.join(WORKING)}|straight|consecutive|successive|full|whole)"


def complete(before: str, words: str, after: str) -> str:
    """A quantity's words with what the words around it add: a comparator before it, the unit behind it of a number that
    has none ("three[-year]", "seven [straight years]"), scale and unit of "from 1.4 [to 1.9 billion RMB]"."""
    found = comparator_at_end().search(before.strip())
    lead = found[0] if found else ""
    bare = not unit_of(words.rsplit(maxsplit=1)[-1])
    behind = re.match(rf"\s?-\s?[a-z]+\b|\s?{UNIT_PREFIX} [a-z]+\b|\s?times\b", after)
    upper = re.match(r"\s?(?:to|and) (?=\d)", after)
    if behind and bare and unit_of(behind[0]):
        words += f" {behind[0].strip(' -')}"
    elif upper and bare and lead in {"from", "between"} and re.fullmatch(DIGITS, words):
        words = scaled(words, after[upper.end() :])
    return f"{lead} {words}".strip()


def scaled(lower: str, upper: str) -> str:
    """The lower end of a range with the scale and unit that only its upper end states."""
    least, _ = read_number(lower)
    most, rest = read_number(upper)
    return f"{spread_scale(least, most).normalize():f} {unit_of(rest)}".strip() if least and most else lower


def dimensions() -> Mapping[str, str]:
    return columns("unit-dimensions", "unit", "dimension")


def dimension(unit: str) -> str:
    """What a unit measures: "area" for hectares, "amount" for money; '' for no unit and for a noun that is counted."""
    known = dimensions()
    spellings = (
        unit,
        unit.removesuffix("s"),
        unit.lower(),
        unit.lower().removesuffix("s"),
        unit.rsplit(" ", maxsplit=1)[-1].removesuffix("s"),
    )
    found = next((known[u] for u in spellings if u in known), "")
    return found or ("amount" if "/currency/" in (unit_code(unit) or "") or unit in unit_names().values() else "")


def strip_comparator(words: str) -> tuple[str, str | None]:
    found: str | None = None
    low = words.lower()
    for surface, comparator in comparators():
        if low.startswith(surface + " "):
            rest, inner = strip_comparator(words[len(surface) + 1 :])
            return rest, comparator or inner or found
    return words, found


def parse_fraction(words: str, comparator: str | None) -> Quantity | None:
    low = words.lower()
    if low in MULTIPLES:
        return Quantity(Decimal(MULTIPLES[low]), "times", comparator)
    if low in {"halved", "halving"}:
        return Quantity(Decimal(50), "percent", comparator)
    share = re.fullmatch(r"(\w+) (?:in|out of) (?:every )?(\w+)", low)
    if share and (parts := [read_number(part)[0] for part in share.groups()]) and parts[0] and parts[1]:
        return Quantity((parts[0] / parts[1] * 100).quantize(Decimal("0.1")), "percent", comparator)
    match = re.fullmatch(
        r"(?:(a|an|one|two|three|four|five|six|seven|eight|nine)[ -])?(half|third|quarter|fourth|fifth|sixth|seventh|eighth|tenth)s?(?: of.*)?",
        low,
    )
    if not match or (not match[1] and match[2] != "half"):
        return None
    return Quantity(WORDS.get(match[1] or "one", Decimal(1)) * FRACTIONS[match[2]], "percent", comparator)


def parse_rank(words: str, comparator: str | None) -> Quantity | None:
    match = re.match(r"(?:the )?(?:No\.? ?(\d+)|(\d+)(?:st|nd|rd|th)\b|(\w+))(?:[ -].*)?$", words, re.IGNORECASE)
    if not match:
        return None
    value = Decimal(match[1] or match[2]) if match[1] or match[2] else ORDINALS.get(match[3].lower())
    if value is None and re.match(r"(the )?(largest|biggest|top)\b", words, re.IGNORECASE):
        value = Decimal(1)
    return Quantity(value, "rank", comparator) if value is not None else None


def parse_number(words: str, comparator: str | None) -> Quantity | None:
    sign = -1 if re.match(r"(minus|negative) |[-−](?=\d)", words) else 1
    currency, rest = leading_currency(re.sub(r"^(minus |negative |[-−](?=\d)|a factor of |from |to )", "", words))
    value, rest = read_number(rest)
    if value is None or value.is_nan():
        return None
    beyond = RANGE.match(rest)
    if beyond:
        upper, tail = read_number(rest[beyond.end() :])
        if upper is not None:
            value, rest = spread_scale(value, upper), tail
    extra, tail = compound_time(rest, value)
    if extra is not None:
        return Quantity(extra, tail, comparator)
    return Quantity(sign * value, currency or unit_of(rest), comparator)


def spread_scale(lower: Decimal, upper: Decimal) -> Decimal:
    """In "3 to 5 million" the scale is said once."""
    for exponent in (12, 9, 6, 3, 2):
        scale = Decimal(10) ** exponent
        if upper >= scale and lower < upper / scale:
            return lower * scale
    return lower


def leading_currency(words: str) -> tuple[str, str]:
    match = re.match(r"(US\$|HK\$|RMB|CNY|USD|EUR|GBP|INR|Rs\.?|[$€£¥₹])\s?(?=\d)", words)
    if not match:
        return "", words
    return unit_names().get(match[1].rstrip("."), match[1]), words[match.end() :]


def read_number(words: str) -> tuple[Decimal | None, str]:
    """The number at the start of the words and what follows it; scales ("million") multiplied in."""
    match = NUMBER.match(words)
    if match:
        value: Decimal | None = Decimal(match[1].replace(",", "").replace(" ", ""))
        rest = words[match.end() :]
    else:
        value, rest = read_words(words)
    if value is not None and (half := re.match(r"[ -]+and[ -]a[ -]half\b", rest)):
        value, rest = value + Decimal("0.5"), rest[half.end() :]
    while value is not None:
        scale = re.match(r"[\s-]*(" + "|".join(SCALES) + r")s?\b", rest, re.IGNORECASE)
        if not scale:
            short = re.match(r"(m|bn|k)\b", rest)
            return (
                (value * {"m": 10**6, "bn": 10**9, "k": 1000}[short[1]], rest[short.end() :])
                if short
                else (value, rest)
            )
        value, rest = value * Decimal(10) ** SCALES[scale[1].lower()], rest[scale.end() :]
        more = re.match(r"(?: and)? (?=" + "|".join([*ONES[1:], *TENS]) + ")", rest, re.IGNORECASE)
        if more:
            added, tail = read_words(rest[more.end() :])
            value, rest = (value + added, tail) if added is not None else (value, rest)
    return None, words


def read_words(words: str) -> tuple[Decimal | None, str]:
    match = re.match(r"(a dozen\b|dozen\b|[a-z]+)(?:-([a-z]+))?", words, re.IGNORECASE)
    if not match:
        return None, words
    first, second = match[1].lower(), (match[2] or "").lower()
    if first in {"a dozen", "dozen"}:
        return Decimal(12), words[match.end() :]
    if first in {"hundred", "thousand", "million", "billion", "trillion"}:
        return Decimal(1), " " + words
    if first not in WORDS:
        return None, words
    if first in TENS and second in ONES:
        return WORDS[first] + WORDS[second], words[match.end() :]
    return WORDS[first], words[match.end(1) :]


def compound_time(rest: str, value: Decimal) -> tuple[Decimal | None, str]:
    """ "1 hour and 57 minutes" in the smaller unit."""
    match = re.match(r"\s*hours?,? (?:and )?(\d+|\w+) minutes?$", rest)
    if not match:
        return None, ""
    minutes, _ = read_number(match[1])
    return (value * 60 + minutes, "minutes") if minutes is not None else (None, "")


def unit_code(unit: str) -> str | None:
    """The standard code (QUDT) of a unit in the words of a text, singular or plural; None if it has none."""
    codes = unit_codes()
    return next(
        (
            codes[u]
            for u in (unit, unit.removesuffix("s"), unit.removesuffix("es"), unit.lower().removesuffix("s"))
            if u in codes
        ),
        None,
    )


def unit_of(rest: str) -> str:
    """The unit with which the words after the number begin, as the text writes it (symbols by their word); '' if none."""
    words = re.sub(r"(?<=[a-z])- (?=[a-z])", "-", rest.strip(" -‑")).split()
    found = next((unit for size in (3, 2, 1) if (unit := unit_named(" ".join(words[:size]).strip(",.;"), size))), "")
    if found or not words:
        return found
    if len(words) > 1 and re.fullmatch(UNIT_PREFIX, words[0]) and unit_of(words[1]):
        return " ".join(words[words[0] not in WORKING : 2]).strip(",.;")
    first = words[0].strip(",.;").removesuffix("-old")
    return unit_named(first.replace("-", " "), 1) or unit_named(first.replace("-", ""), 1) if "-" in words[0] else ""


def unit_named(phrase: str, size: int) -> str:
    names = unit_names()
    low = phrase.lower()
    spellings = (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), low, low.removesuffix("s"))
    found = next((names[s] for s in spellings if s and s in names), "")
    as_written = phrase.isalpha() and not phrase.isupper() and not (size == 1 and len(phrase) < 3)
    return phrase if found and as_written else found
