"""The claims of a whole corpus, read back from the triples of its sources, and the stories they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from rdflib import URIRef
from rdflib.term import Identifier

from extract.schema import SYMMETRIC
from extract.wordlists import lowered
from kg.duplicates import stories
from kg.identity import normalise
from kg.rdf import Triple
from kg.vocab import DCTERMS, POL, PROV, RDF, RDFS

CLAIM = SUBJECT, PREDICATE, OBJECT, STATUS, ARTICLE = (
    RDF.subject,
    RDF.predicate,
    RDF.object,
    POL.status,
    PROV.wasDerivedFrom,
)
UNTIL, SOURCE, DATE, SIGNATURE = POL.until, POL.partOfSource, DCTERMS.date, POL.signature
FIGURE = LABEL, VALUE, PERIOD = RDFS.label, POL.value, POL.period
UNIT, UNIT_CODE, COMPARATOR, NAME = POL.unit, POL.unitCode, POL.comparator, POL.name
TERMS = (*CLAIM, UNTIL, SOURCE, DATE, SIGNATURE, *FIGURE, UNIT, UNIT_CODE, COMPARATOR, NAME)
INDICATOR_OF = POL.indicatorOf
BOTH_WAYS = frozenset(POL[name] for name in SYMMETRIC)
UNDATED = "~"
OWNERS = ("its ", "their ", "his ", "her ", "our ", "this ", "these ")

Row = Mapping[URIRef, Identifier]
Rows = Mapping[URIRef, Row]
Names = Mapping[Identifier, Collection[Identifier]]


@dataclass(frozen=True)
class Figure:
    """What an indicator says: `label` normalised, `unit` its code where there is one.

    `vague` where the label does not say what is measured ("year"), or only of whom ("Yunnan").
    """

    label: str
    unit: str
    period: str
    value: Decimal
    comparator: str
    vague: bool


@dataclass(frozen=True)
class Claim:
    """A claim; `figure` is what its indicator says, None where it is no claim of an indicator or one without a period.

    The ends of a symmetric relation stand in the order of their IRIs, whichever the text names first.
    """

    iri: URIRef
    triple: Triple
    status: Identifier
    article: Identifier
    until: Identifier | None
    figure: Figure | None


@dataclass(frozen=True)
class Corpus:
    """All claims in the order of their IRIs, the original of each article that is a copy, the source of each article."""

    claims: tuple[Claim, ...]
    originals: Mapping[Identifier, Identifier]
    sources: Mapping[Identifier, Identifier]

    def story(self, claim: Claim) -> Identifier:
        """The article that the claim goes back to: its own, or the one of which its own is a copy."""
        return self.originals.get(claim.article, claim.article)

    def source(self, claim: Claim) -> Identifier:
        """The source of the claim's story."""
        return self.sources[self.story(claim)]


def read_corpus(triples: Iterable[Triple]) -> Corpus:
    """The corpus behind these triples, of which those with TERMS as predicates are enough."""
    wanted = frozenset(TERMS)
    rows: dict[URIRef, dict[URIRef, Identifier]] = defaultdict(dict)
    names: dict[Identifier, set[Identifier]] = defaultdict(set)
    for s, p, o in triples:
        if p == NAME:
            names[s].add(o)
        elif p in wanted:
            rows[s][p] = o
    articles = {iri: row for iri, row in rows.items() if SOURCE in row}
    claimed = [iri for iri, row in rows.items() if row.keys() >= set(CLAIM) and row[ARTICLE] in articles]
    return Corpus(
        tuple(sorted((read_claim(iri, rows, names) for iri in claimed), key=lambda claim: claim.iri)),
        originals_of(articles),
        {iri: row[SOURCE] for iri, row in articles.items()},
    )


def read_claim(iri: URIRef, rows: Rows, names: Names) -> Claim:
    row = rows[iri]
    triple = ordered(cast(Triple, (row[SUBJECT], row[PREDICATE], row[OBJECT])))
    s, p, o = triple
    figure = read_figure(rows.get(s, {}), names.get(o, ())) if p == INDICATOR_OF else None
    return Claim(iri, triple, row[STATUS], row[ARTICLE], row.get(UNTIL), figure)


def ordered(triple: Triple) -> Triple:
    s, p, o = triple
    return (o, p, s) if p in BOTH_WAYS and isinstance(o, URIRef) and o < s else triple


def read_figure(row: Row, names: Collection[Identifier]) -> Figure | None:
    """What an indicator of the entity of these names says; None without a period, for then it may be for any."""
    if not row.keys() >= set(FIGURE):
        return None
    label = figure_label(row[LABEL])
    unit = row.get(UNIT_CODE) or normalise(row.get(UNIT, ""))
    comparator = str(row.get(COMPARATOR, ""))
    return Figure(label, str(unit), str(row[PERIOD]), Decimal(row[VALUE]), comparator, is_vague(label, names))


def figure_label(label: str) -> str:
    """What is measured, normalised and without an owner: "Its revenue" is "revenue"."""
    plain = normalise(label)
    return next((plain.removeprefix(owner) for owner in OWNERS if plain.startswith(owner)), plain)


def is_vague(label: str, names: Collection[Identifier]) -> bool:
    """Whether the label holds nothing but words of the list of vague ones and of one of the names."""
    left = set(label.split()) - lowered("vague-labels")
    return not left or any(left <= words_of(name) for name in names)


@cache
def words_of(name: str) -> frozenset[str]:
    return frozenset(normalise(name).split())


def originals_of(articles: Rows) -> dict[Identifier, Identifier]:
    """The original of each copy: of a story's articles the earliest dated, among equals the first by IRI."""
    signatures = {iri: str(row[SIGNATURE]) for iri, row in articles.items() if SIGNATURE in row}
    found: dict[Identifier, Identifier] = {}
    for group in stories(signatures):
        original = min(group, key=lambda iri: (str(articles[iri].get(DATE, UNDATED)), iri))
        found |= {iri: original for iri in group if iri != original}
    return found
