"""Hand-made corpora: what articles say, in a few words each, and texts to copy."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from extract.facts import ArticleFacts, Dated, Entity, Evidence, Indicator, Quote, Relation, SourceFacts
from extract.signature import signature
from kg.corroboration import corroboration_quads
from kg.rdf import Quad, source_quads
from kg.vocab import POL

KINDS = {
    "Leafco": "Company",
    "Rootco": "Company",
    "Tea Park": "Park",
    "Nanling": "Province",
    "Yangba": "City",
    "Tea Plan": "Policy",
    "Tea Fair": "Event",
    "Ministry of Tea": "Ministry",
}
STORY = [
    "Harbour town gets a school of ropes",
    "The harbour town of Aldan opened a school of ropes and sails on Tuesday.",
    "Some 120 pupils will learn there how to splice, whip and tar.",
    "The mayor, Orla Finn, said that the town had waited for it since 1987.",
    "A grant of 3.4 million crowns from the Coast Fund paid for the roof.",
    "Teachers come from Norwick and from the naval yard at Skell.",
    "In the first year no fees are asked.",
    "Boats that were laid up at the north quay serve as classrooms.",
    "Parents had collected 5,200 signatures in the winter of 2023.",
    "The county of Brae adds 14 places for grown-ups who want to change trades.",
    "Courses start in March and end with a voyage to the Holm Islands.",
    "Whoever passes may sail under the flag of the guild.",
]
OTHER = [
    "Guild of sailmakers meets in Skell",
    "The guild of sailmakers held its 41st meeting at Skell last week.",
    "Delegates of 23 towns talked about the price of hemp.",
    "A school of ropes that opened in Aldan was praised by many.",
    "The next meeting will be in Norwick in 2027.",
]

Said = Relation | Dated | Indicator


def text(*sentences: str) -> str:
    """A title and the sentences after it."""
    return sentences[0] + "\n" + " ".join(sentences[1:])


def evidence(at: int, status: str = "Asserted") -> Evidence:
    return Evidence(Quote(at, at + 4, "said"), 0.9, status)


def relation(subject: str, predicate: str, obj: str, status: str = "Asserted", *, at: int = 0) -> Relation:
    return Relation(subject, predicate, obj, evidence(at, status))


def dated(subject: str, predicate: str, value: str, status: str = "Asserted", *, at: int = 0) -> Dated:
    return Dated(subject, predicate, value, evidence(at, status))


def figure(
    value: str,
    *,
    of: str = "Nanling",
    label: str = "tea exports",
    unit: str = "RMB",
    code: str | None = None,
    period: str | None = "2024",
    comparator: str | None = None,
    status: str = "Asserted",
    at: int = 0,
) -> Indicator:
    return Indicator(of, label, Decimal(value), unit, evidence(at, status), code, period, comparator)


def moved(fact: Said, by: int) -> Said:
    return replace(fact, evidence=evidence(fact.evidence.quote.start + by, fact.evidence.status))


def article(key: str, *facts: Said, text: str = "", date: str | None = None) -> ArticleFacts:
    """An article of 900 characters; the second of its source ("a2") starts at 900. `at` of a fact counts from its start."""
    start = 900 * (int(key[1:]) - 1)
    said = [moved(fact, start) for fact in facts]
    return ArticleFacts(
        id=key,
        title=f"Article {key}",
        section=None,
        byline=None,
        date=date,
        start=start,
        end=start + 900,
        entities=tuple(Entity(name, kind, name, (name,), ()) for name, kind in KINDS.items()),
        relations=tuple(fact for fact in said if isinstance(fact, Relation)),
        dates=tuple(fact for fact in said if isinstance(fact, Dated)),
        indicators=tuple(fact for fact in said if isinstance(fact, Indicator)),
        signature=signature(text),
    )


def source(name: str, *articles: ArticleFacts) -> SourceFacts:
    return SourceFacts(name, "0" * 64, articles)


def told(*said: Iterable[Said]) -> list[SourceFacts]:
    """A source of one article for each group of statements."""
    return [source(f"{at}.txt", article("a1", *group)) for at, group in enumerate(said)]


def quads_of(sources: Iterable[SourceFacts]) -> list[Quad]:
    return [quad for facts in sources for quad in source_quads(facts)]


def corroborated(sources: Iterable[SourceFacts]) -> list[Quad]:
    return corroboration_quads(quad[:3] for quad in quads_of(sources))


def counts(quads: Iterable[Quad]) -> list[tuple[int, int]]:
    """(sources, articles) of each fact, sorted."""
    found: dict[str, dict[str, int]] = {}
    for s, p, o, _ in quads:
        if p in {POL.sourceCount, POL.articleCount}:
            found.setdefault(s, {})[p] = int(str(o))
    return sorted((row[POL.sourceCount], row[POL.articleCount]) for row in found.values())


def conflicts_of(quads: Iterable[Quad]) -> set[str]:
    return {s for s, p, _, _ in quads if p == POL.about}


def objects(quads: Iterable[Quad], predicate: object) -> set[str]:
    return {str(o) for _, p, o, _ in quads if p == predicate}


def entities(sources: Iterable[SourceFacts]) -> dict[str, str]:
    """The IRI of each entity by its name."""
    return {str(o): str(s) for s, p, o, _ in quads_of(sources) if p == POL.name}
