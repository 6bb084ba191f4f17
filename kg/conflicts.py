"""Where stories disagree: on an amount, on a date, or on whether something is so."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, cast

from rdflib.term import Identifier

from extract.schema import DATES as DATE_NAMES
from kg.claims import Claim, Corpus
from kg.vocab import POL

# A smaller number means each of its digits; the zeros that end a larger one are rounding, up to a tenth of it.
EXACT_BELOW, ROUNDING = Decimal(1000), Decimal("0.1")
ABOUT = Decimal("0.1")
ANY = Decimal("Infinity")
# What takes more values in one period is no one quantity.
MOST_VALUES = 50

DATES = frozenset(POL[name] for name in DATE_NAMES)
HELD_ON, ASSERTED, ATTRIBUTED, PLANNED, NEGATED = POL.heldOn, POL.Asserted, POL.Attributed, POL.Planned, POL.Negated

Range = tuple[Any, Any]
Agree = Callable[[Range, Range], bool]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Claims of two or more stories that cannot all be right. `key` says on what: the same matter has the same one."""

    key: Key
    about: Identifier
    predicate: Identifier
    claims: tuple[Claim, ...]


def conflicts(corpus: Corpus) -> Iterator[Conflict]:
    """Every conflict of the corpus, one for each matter on which stories disagree.

    Only like is held against like: what is planned against what is planned, and what is denied against what is said to be so.
    """
    stated = [c for c in corpus.claims if c.status in {ASSERTED, ATTRIBUTED, PLANNED}]
    for key, claims in sorted(grouped(stated, amount_key).items()):
        yield from disagreement(key, claims, amount_range, overlap, corpus)
    for key, claims in sorted(grouped(stated, date_key).items()):
        yield from disagreement(key, claims, date_range, nested, corpus)
    for key, claims in sorted(grouped(corpus.claims, triple_key).items()):
        yield from denial(key, claims, corpus)


def grouped(claims: Iterable[Claim], key_of: Callable[[Claim], Key | None]) -> dict[Key, list[Claim]]:
    found: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if key := key_of(claim):
            found[key].append(claim)
    return {key: claims for key, claims in found.items() if len(claims) > 1}


def mood(claim: Claim) -> str:
    return "planned" if claim.status == PLANNED else "stated"


def amount_key(claim: Claim) -> Key | None:
    """The quantity that the claim measures: one of an entity, in one unit, for one period."""
    figure = claim.figure
    if figure is None or figure.vague:
        return None
    return "amount", claim.triple[2].n3(), figure.label, figure.unit, figure.period, mood(claim)


def date_key(claim: Claim) -> Key | None:
    """The date that the claim tells. An event may be held every year, so one of another year is another date."""
    s, p, o = claim.triple
    if p not in DATES or date_range(claim) is None:
        return None
    return "date", s.n3(), p.n3(), o[:4] if p == HELD_ON else "", mood(claim)


def triple_key(claim: Claim) -> Key:
    return "truth", *(term.n3() for term in claim.triple)


def disagreement(
    key: Key, claims: Sequence[Claim], range_of: Callable[[Claim], Range | None], agree: Agree, corpus: Corpus
) -> Iterator[Conflict]:
    """The claims that some claim of another story contradicts; none where one article itself gives values that disagree.

    Such an article tells of several things by one name: then the others may do so too.
    """
    told: dict[Range, list[Claim]] = defaultdict(list)
    for claim in claims:
        if found := range_of(claim):
            told[found].append(claim)
    if not 1 < len(told) <= MOST_VALUES:
        return
    apart = [(a, b) for a, b in combinations(told, 2) if not agree(a, b)]
    if any(share_article(told[a], told[b]) for a, b in apart):
        return
    at_odds = {value for a, b in apart if differ(told[a] + told[b], corpus) for value in (a, b)}
    if at_odds:
        one = claims[0]
        about = one.triple[2] if one.figure else one.triple[0]
        yield Conflict(
            key, about, one.triple[1], tuple(claim for value in told if value in at_odds for claim in told[value])
        )


def denial(key: Key, claims: Sequence[Claim], corpus: Corpus) -> Iterator[Conflict]:
    """Claims of one triple that say it is so, and those of another story that deny it."""
    said = [claim for claim in claims if claim.status in {ASSERTED, ATTRIBUTED}]
    denied = [claim for claim in claims if claim.status == NEGATED]
    if said and denied and differ(said + denied, corpus):
        yield Conflict(key, claims[0].triple[0], claims[0].triple[1], (*said, *denied))


def share_article(first: Iterable[Claim], second: Iterable[Claim]) -> bool:
    return not {claim.article for claim in first}.isdisjoint(claim.article for claim in second)


def differ(claims: Iterable[Claim], corpus: Corpus) -> bool:
    """Whether the claims come from more than one story."""
    return len({corpus.story(claim) for claim in claims}) > 1


def amount_range(claim: Claim) -> Range | None:
    """Between which numbers the claimed value lies, by its digits and its comparator."""
    if claim.figure is None:
        return None
    value, comparator = claim.figure.value, claim.figure.comparator
    margin = rounding(value)
    if comparator in {"more than", "at least"}:
        return value, ANY
    if comparator in {"less than", "at most", "up to"}:
        return -ANY, value
    if comparator in {"about", "nearly"}:
        margin = max(margin, abs(value) * ABOUT)
    return value - margin, value + (rounding(value) if comparator == "nearly" else margin)


def rounding(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is told: 5.62 trillion means 5.615 to 5.625 trillion."""
    exponent = cast(int, value.normalize().as_tuple().exponent)
    if abs(value) < EXACT_BELOW:
        return Decimal(10) ** min(exponent, 0) / 2
    return min(Decimal(10) ** exponent / 2, abs(value) * ROUNDING)


def overlap(one: Range, other: Range) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


def date_range(claim: Claim) -> Range | None:
    """First and last day that the claimed date may mean, in ISO 8601; None where it is no date."""
    first, last = days(str(claim.triple[2])), days(str(claim.until or claim.triple[2]))
    return (first[0], last[1]) if first and last else None


def days(date: str) -> tuple[str, str] | None:
    """First and last day of a year, month or day in ISO 8601."""
    parts = date.split("-")
    if not all(part.isdecimal() for part in parts) or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        return None
    if len(parts) == 1:
        return f"{date}-01-01", f"{date}-12-31"
    if len(parts) == 3:
        return date, date
    year, month = int(parts[0]), int(parts[1])
    return (f"{date}-01", f"{date}-{monthrange(year, month)[1]}") if year and 1 <= month <= 12 else None


def nested(one: Range, other: Range) -> bool:
    """Whether one of two dates lies within the other: 2025-07-12 in 2025-07, 2025-07 in 2025."""
    return bool((one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1]))
