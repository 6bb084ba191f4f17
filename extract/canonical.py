"""Names to their canonical form: what two spellings of one name share, by the tables of ontology/names.

The form keeps every digit, ordinal, phase, level and year: names that differ in one of these never meet.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "names"

# The kind of name that each type bears. Types that texts confuse share one, so that they share an IRI; the units of
# territory do not, since a province and a city of one name are two places.
FAMILIES = {
    "Policy": "policy", "Programme": "policy", "Ministry": "body", "GovernmentBody": "body", "Company": "body",
    "University": "body", "ResearchInstitute": "body", "Organization": "body", "Park": "park", "Person": "person",
    "Country": "country", "Province": "province", "City": "city", "District": "district", "Place": "place",
    "Event": "event", "Industry": "topic", "Technology": "topic",
}  # fmt: skip
UNITS = {"province": ("province", "autonomous region"), "city": ("city", "municipality")}
ARTICLES = frozenset({"the", "a", "an"})
SMALL = ARTICLES | {"of", "for", "on", "to", "in", "at", "and"}
TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "professor"})
PHASES = frozenset({
    "phase", "stage", "part", "park", "zone", "plant", "base", "unit", "line", "volume", "tier", "class", "category",
    "level", "type", "generation", "plan",
})  # fmt: skip
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
FEW_WORDS = 4
SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?(?:ang|ong|an|ao|a|e|u)|u?(?:ang|an|ai|a|o)|ing|eng|ong|en|in|un|ei|ai|ao|ou|ui|iu|ie|ue|i|u|e|a|o)"
)
YEAR = re.compile(r"(?:19|20)\d\d")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def words_of(name: str) -> list[str]:
    """The words of a name: case, accents and punctuation set aside, "&" read as "and", a possessive and commas in numbers dropped."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)|'s\b|(?<=\w)'(?=\w)", "", plain.strip()).replace("&", " and ")
    words = re.findall(r"[^\W_]+", plain)
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


@lru_cache(maxsize=100_000)
def canonical(name: str, family: str) -> str:
    """The canonical form of a name of this family (a value of FAMILIES), words with single spaces.

    >>> canonical("Qingyan New Materials Co., Ltd.", "body"), canonical("the 2025 Tea Fair", "event")
    ('qingyan new materials', 'tea fair 2025')
    """
    if is_chinese(name):
        return chinese_form(name, family)
    words = replaced(respelled(words_of(without_alias(name))), table("variants", ""))
    words = replaced(words, table("variants", family))
    words = replaced(words, table("numbers", family))
    return " ".join(arabic(SHAPES.get(family, list)(words) or words))


def is_chinese(name: str) -> bool:
    """Whether the name is written in Chinese characters for the most part."""
    return not name.isascii() and len(CHINESE.findall(name)) * 2 > len(re.findall(r"\w", name))


def chinese_form(name: str, family: str) -> str:
    plain = "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold()))
    ends = sorted(legal_forms("zh"), key=len, reverse=True) if family == "body" else []
    return next((plain.removesuffix(e) for e in ends if plain.endswith(e) and plain != e), plain)


def without_alias(name: str) -> str:
    """The name without a bracket at its end that only says it again: its acronym, some of its words, or the name in Chinese."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name.strip())
    if not found:
        return name
    long, short = words_of(found[1]), words_of(found[2])
    acronyms = {initials(long), "".join(w[0] for w in long)}
    again = is_chinese(found[2]) or is_within(short, long) or "".join(short) in acronyms
    return found[1] if again else name


def initials(words: Sequence[str]) -> str:
    """The first letters of a name's words, the small ones left out."""
    return "".join(w[0] for w in words if w not in SMALL)


def is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of `short` stand in `long` in this order."""
    rest = iter(long)
    return all(word in rest for word in short)


def respelled(words: Sequence[str]) -> list[str]:
    return [next((w.removesuffix(e) + c for e, c in endings() if w.endswith(e)), w) for w in words]


def replaced(words: Sequence[str], variants: Variants) -> list[str]:
    """The words with each variant in its canonical form, the longest variant first, from left to right."""
    found: list[str] = []
    at = 0
    while at < len(words):
        sizes = range(min(variants.longest.get(words[at], 0), len(words) - at), 0, -1)
        size = next((n for n in sizes if tuple(words[at : at + n]) in variants.rows), 0)
        found += variants.rows[tuple(words[at : at + size])] if size else words[at : at + 1]
        at += size or 1
    return found


def arabic(words: Sequence[str]) -> list[str]:
    """Roman numerals as digits behind a noun that is counted ("Phase II"); of two letters and more also at the end."""
    last = len(words) - 1
    return [
        ROMAN[w] if w in ROMAN and i and (words[i - 1] in PHASES or (i == last and len(w) > 1)) else w
        for i, w in enumerate(words)
    ]


def body_form(words: Sequence[str]) -> list[str]:
    """Without what says only how a company is constituted."""
    return stripped(list(words), legal_forms("end"), legal_forms("start"))


def stripped(words: list[str], ends: frozenset[str], starts: frozenset[str]) -> list[str]:
    """The words without any of these phrases at either end; something always stays."""
    for size in (3, 2, 1):
        if len(words) > size and " ".join(words[-size:]) in ends:
            return stripped(words[:-size], ends, starts)
        if len(words) > size and " ".join(words[:size]) in starts:
            return stripped(words[size:], ends, starts)
    return words


def policy_form(words: Sequence[str]) -> list[str]:
    """Content words, years last: "2025 Plan for X" and "plan on X (2025)"."""
    return years_last([w for w in words if w not in SMALL])


def years_last(words: Sequence[str]) -> list[str]:
    return [*(w for w in words if not YEAR.fullmatch(w)), *(w for w in words if YEAR.fullmatch(w))]


def person_form(words: Sequence[str]) -> list[str]:
    return [w for w in words if w not in TITLES]


def topic_form(words: Sequence[str]) -> list[str]:
    """With the last word in the singular."""
    return [*words[:-1], *map(singular, words[-1:])]


def singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics")) else word


def unit_form(family: str, words: Sequence[str]) -> list[str]:
    """A province or city by its bare name, like "Jiangsu" for "Jiangsu province"; lower units keep their level."""
    ends = frozenset(UNITS.get(family, ()))
    return stripped(list(words), ends, frozenset())


SHAPES: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "body": body_form,
    "policy": policy_form,
    "event": years_last,
    "person": person_form,
    "topic": topic_form,
    "province": partial(unit_form, "province"),
    "city": partial(unit_form, "city"),
}


def years(form: str) -> tuple[str, ...]:
    """The years within a canonical form."""
    return tuple(w for w in form.split() if YEAR.fullmatch(w))


def is_generic(name: str, family: str) -> bool:
    """Whether a name says what kind of thing it is but not which, so that another article's is another thing.

    "joint laboratory" and "Department of Science and Technology" do; "guideline for the development of industrial
    parks" does not: it has enough words of its own. A person's single name says too little as well.
    """
    words = canonical(name, family).split()
    if family == "person":
        return len(words) == 1 and not is_chinese(name)
    if family in {"topic", "country", "province"} or is_chinese(name):
        return False
    content = [w for w in words if w not in SMALL]
    own = [w for w in content if w not in listed("generic") and singular(w) not in listed("generic")]
    named = any(c.isupper() or c.isdigit() for c in name)
    return len(content) <= FEW_WORDS and (not own or (not named and len(own) <= 2))


def is_common(name: str) -> bool:
    """Whether many people bear this name: one of the commonest Chinese surnames and a given name of one syllable."""
    words = canonical(name, "person").split()
    return len(words) == 2 and words[0] in listed("surnames") and bool(SYLLABLE.fullmatch(words[1]))


@dataclass(frozen=True)
class Variants:
    """Canonical form of each variant, and how many words the longest variant has that begins with a word."""

    rows: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]


@cache
def table(name: str, family: str) -> Variants:
    """The rows of a table of variants that hold for a family; for no family those that hold for all."""
    rows = (list(row.values()) for row in read_table(name))
    found = {tuple(a.split()): tuple(b.split()) for a, b, families in rows if family in families.split("|")}
    return Variants(found, {form[0]: len(form) for form in sorted(found, key=len)})


@cache
def endings() -> tuple[tuple[str, str], ...]:
    return tuple((row["ending"], row["canonical"]) for row in read_table("endings"))


@cache
def legal_forms(where: str) -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("legal_forms") if row["where"] == where)


@cache
def listed(name: str) -> frozenset[str]:
    """The entries of NAME.txt."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
