"""What extraction returns: entities, claims, indicators and measures of an article. Frozen, checked, standard library only.

Every offset counts characters of the source text as decoded, so that `source.text[start:end]` is the quoted passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.schema import DATES, RELATIONS, STATUSES, TYPES


class FactError(ValueError):
    """A fact that breaks the contract: says which field, what it was and what is allowed."""


def require(value: str, allowed: tuple[str, ...], field: str) -> None:
    if value not in allowed:
        raise FactError(f"{field} is {value!r}; one of {', '.join(allowed)} is right")


@dataclass(frozen=True, order=True)
class Quote:
    """A passage of the source: `source.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0:
            raise FactError(f"quote spans {self.start}:{self.end} but holds {len(self.text)} characters")


@dataclass(frozen=True)
class Link:
    """Why a name was linked to its gazetteer entry, and the id of the entry that it might have been instead."""

    reason: str
    runner_up: str | None = None


@dataclass(frozen=True)
class Entity:
    """One thing of an article. `key` is unique within the article; `name` is its fullest name, `names` every surface form.

    `gazetteer` is the id of its entry, with the `link` that says why. `organ` is set for a body of a government that no
    entry knows: the id of the place it governs and which organ of it, such as "cn-jiangsu.commerce"; `edition` for an
    event of a series: its year or number, such as "2025" or "15th".
    """

    key: str
    type: str
    name: str
    names: tuple[str, ...]
    mentions: tuple[Quote, ...]
    gazetteer: str | None = None
    link: Link | None = None
    organ: str | None = None
    edition: str | None = None

    def __post_init__(self) -> None:
        require(self.type, TYPES, "entity type")
        if not self.name.strip():
            raise FactError("an entity needs a name")


@dataclass(frozen=True)
class Evidence:
    """Where a fact is said, how sure it is (0 to 1) and whether it is asserted, planned, attributed, negated or hypothetical."""

    quote: Quote
    confidence: float
    status: str = "Asserted"
    attributed_to: str | None = None

    def __post_init__(self) -> None:
        require(self.status, STATUSES, "status")
        if not 0 <= self.confidence <= 1:
            raise FactError(f"confidence is {self.confidence}; 0 to 1 is right")


@dataclass(frozen=True)
class Relation:
    """`subject` and `object` are keys of entities of the same article; `role` is a person's post where stated."""

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    role: str | None = None

    def __post_init__(self) -> None:
        require(self.predicate, RELATIONS, "predicate")


@dataclass(frozen=True)
class Dated:
    """A date of an entity: ISO 8601 as precise as the text (2025, 2025-07, 2025-07-12, or an interval a/b)."""

    subject: str
    predicate: str
    value: str
    evidence: Evidence

    def __post_init__(self) -> None:
        require(self.predicate, tuple(DATES), "date predicate")


@dataclass(frozen=True)
class Indicator:
    """A quantity said of an entity, in base units (5.62 trillion RMB is 5620000000000 RMB); `code` is the unit's QUDT IRI."""

    subject: str
    label: str
    value: Decimal
    unit: str
    evidence: Evidence
    code: str | None = None
    period: str | None = None
    comparator: str | None = None


@dataclass(frozen=True)
class Measure:
    """A verb phrase that a policy or programme (`subject`) prescribes."""

    subject: str
    text: str
    evidence: Evidence


@dataclass(frozen=True)
class ArticleFacts:
    """An article's head and what it states. Keys in the facts are keys of `entities`.

    `signature` stands for the text when copies are looked for (extract.signature); () where it is unknown.
    """

    id: str
    title: str
    section: str | None
    byline: str | None
    date: str | None
    start: int
    end: int
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    dates: tuple[Dated, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    signature: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        keys = {entity.key for entity in self.entities}
        facts: tuple[Relation | Dated | Indicator | Measure, ...] = (
            *self.relations,
            *self.dates,
            *self.indicators,
            *self.measures,
        )
        used = {fact.subject for fact in facts}
        missing = sorted((used | {r.object for r in self.relations}) - keys)
        if missing:
            raise FactError(f"article {self.id}: facts name {missing}, which are no entities of it")


@dataclass(frozen=True)
class SourceFacts:
    """A source file's articles; `name` is its path relative to what was read."""

    name: str
    sha256: str
    articles: tuple[ArticleFacts, ...]
