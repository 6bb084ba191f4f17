"""Facts to quads by the contract: deterministic, without blank nodes, one named graph a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from urllib.parse import quote as percent

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from extract.facts import ArticleFacts, Dated, Entity, Evidence, Indicator, Link, Measure, Relation, SourceFacts
from kg.duplicates import signature_text
from kg.identity import article_iris, article_qualifiers, digest, gazetteer_iri
from kg.vocab import BASE, DCTERMS, ORG, POL, PROV, RDF, RDFS, SUPER_CLASSES, XSD

Quad = tuple[URIRef, URIRef, Identifier, URIRef]
Triple = tuple[URIRef, URIRef, Identifier]
UNTRUE = frozenset({"Negated", "Hypothetical"})


def source_iri(name: str, *, base: str = BASE) -> URIRef:
    return URIRef(f"{base}source/{percent(name)}")


def graph_iri(name: str, *, base: str = BASE) -> URIRef:
    """The named graph that holds a source's quads."""
    return URIRef(f"{base}graph/{percent(name)}")


def article_iri(source: str, article: str, *, base: str = BASE) -> URIRef:
    return URIRef(f"{base}article/{percent(source)}/{article}")


def source_of(article: str, *, base: str = BASE) -> URIRef:
    """The source of an article, by its IRI."""
    return URIRef(f"{base}source/{article.removeprefix(base + 'article/').rpartition('/')[0]}")


def quad_key(quad: Quad) -> tuple[str, ...]:
    """Sorts quads by graph, subject, predicate and object, whatever kind of term the object is."""
    s, p, o, g = quad
    return g, s, p, o, type(o).__name__, str(getattr(o, "datatype", None)), str(getattr(o, "language", None))


def source_quads(facts: SourceFacts, *, base: str = BASE) -> list[Quad]:
    """Every quad of a source, sorted, each once."""
    graph = graph_iri(facts.name, base=base)
    return sorted({(s, p, o, graph) for s, p, o, _ in article_quads(facts, base=base)}, key=quad_key)


def article_quads(facts: SourceFacts, *, base: str = BASE) -> list[Quad]:
    """The same quads, each in a graph named after its article; those of the source as a whole in the source's."""
    graph = graph_iri(facts.name, base=base)
    source = source_iri(facts.name, base=base)
    quads: list[Quad] = [
        (source, RDF.type, POL.Source, graph),
        (source, RDFS.label, Literal(facts.name), graph),
        (source, POL.sha256, Literal(facts.sha256), graph),
    ]
    for article in facts.articles:
        node = article_iri(facts.name, article.id, base=base)
        quads += [(*triple, node) for triple in article_triples(article, facts.name, base)]
    return quads


def article_triples(article: ArticleFacts, source: str, base: str) -> Iterator[Triple]:
    node = article_iri(source, article.id, base=base)
    iris = article_iris(article, base=base)
    qualifiers = article_qualifiers(article, base=base)
    claims = ClaimWriter(node, source, base)
    yield from head_triples(article, node, source_iri(source, base=base))
    for entity in article.entities:
        yield from entity_triples(entity, iris[entity.key], node)
        if entity.key in qualifiers:
            yield iris[entity.key], POL.qualifier, Literal(qualifiers[entity.key][0])
        if entity.link:
            yield from link_triples(entity.link, iris[entity.key], node, base)
    for relation in article.relations:
        yield from relation_triples(relation, iris, claims)
    for dated in article.dates:
        yield from date_triples(dated, iris[dated.subject], claims)
    for indicator in article.indicators:
        yield from indicator_triples(indicator, iris[indicator.subject], claims)
    for measure in article.measures:
        yield from measure_triples(measure, iris[measure.subject], claims)


def relation_triples(relation: Relation, iris: Mapping[str, URIRef], claims: ClaimWriter) -> Iterator[Triple]:
    """A relation between two keys that turn out to be one entity says nothing and is left out."""
    triple: Triple = (iris[relation.subject], POL[relation.predicate], iris[relation.object])
    if triple[0] != triple[2]:
        yield from claims.claim(triple, relation.evidence)
        if relation.role:
            yield from membership_triples(claims.iri(triple, relation.evidence), triple, relation.role)


def date_triples(dated: Dated, subject: URIRef, claims: ClaimWriter) -> Iterator[Triple]:
    """An interval's first day is the value, its last one stands on the claim."""
    start, _, end = dated.value.partition("/")
    triple: Triple = (subject, POL[dated.predicate], date_literal(start))
    yield from claims.claim(triple, dated.evidence)
    if end:
        yield claims.iri(triple, dated.evidence), POL.until, date_literal(end)


def indicator_triples(indicator: Indicator, subject: URIRef, claims: ClaimWriter) -> Iterator[Triple]:
    place = (claims.source, str(indicator.evidence.quote.start))
    iri = URIRef(f"{claims.base}indicator/{digest(str(subject), indicator.label, str(indicator.value), *place)}")
    yield from claims.claim((iri, POL.indicatorOf, subject), indicator.evidence)
    yield iri, RDF.type, POL.Indicator
    yield iri, POL.indicatorOf, subject
    yield iri, RDFS.label, Literal(indicator.label)
    yield iri, POL.value, Literal(plain_decimal(indicator.value), datatype=XSD.decimal)
    yield iri, POL.unit, Literal(indicator.unit)
    if indicator.code:
        yield iri, POL.unitCode, URIRef(indicator.code)
    if indicator.period:
        yield iri, POL.period, Literal(indicator.period)
    if indicator.comparator:
        yield iri, POL.comparator, Literal(indicator.comparator)


def measure_triples(measure: Measure, subject: URIRef, claims: ClaimWriter) -> Iterator[Triple]:
    iri = URIRef(f"{claims.base}measure/{digest(str(subject), measure.text)}")
    yield iri, RDF.type, POL.Measure
    yield iri, RDFS.label, Literal(measure.text)
    yield from claims.claim((subject, POL.hasMeasure, iri), measure.evidence)


def head_triples(article: ArticleFacts, node: URIRef, source: URIRef) -> Iterator[Triple]:
    yield node, RDF.type, POL.Article
    yield node, DCTERMS.title, Literal(article.title)
    yield node, POL.partOfSource, source
    yield node, POL.start, Literal(article.start)
    yield node, POL.end, Literal(article.end)
    if article.byline:
        yield node, DCTERMS.creator, Literal(article.byline)
    if article.section:
        yield node, DCTERMS.type, Literal(article.section)
    if article.date:
        yield node, DCTERMS.date, date_literal(article.date)
    if article.signature:
        yield (
            node,
            POL.signature,
            Literal(signature_text(article.signature), datatype=XSD.base64Binary, normalize=False),
        )


def entity_triples(entity: Entity, iri: URIRef, article: URIRef) -> Iterator[Triple]:
    yield iri, POL.mentionedIn, article
    for kind in (POL[entity.type], *SUPER_CLASSES[entity.type]):
        yield iri, RDF.type, kind
    for name in {entity.name, *entity.names}:
        yield iri, POL.name, Literal(name)


def link_triples(link: Link, entity: URIRef, article: URIRef, base: str) -> Iterator[Triple]:
    """Why an article's name was linked to its gazetteer entry, and what else it might have been."""
    iri = URIRef(f"{base}link/{digest(str(entity), str(article))}")
    yield iri, RDF.type, POL.Link
    yield iri, POL.linkOf, entity
    yield iri, POL.reason, Literal(link.reason)
    yield iri, PROV.wasDerivedFrom, article
    if link.runner_up:
        yield iri, POL.runnerUp, gazetteer_iri(link.runner_up, base=base)


class ClaimWriter:
    """Claims of one article: the reified triple, its quote and status, and the triple itself where it is held true."""

    def __init__(self, article: URIRef, source: str, base: str) -> None:
        self.article, self.source, self.base = article, source, base

    def iri(self, triple: Triple, evidence: Evidence) -> URIRef:
        place = (self.source, str(evidence.quote.start), str(evidence.quote.end))
        return URIRef(f"{self.base}claim/{digest(*(term.n3() for term in triple), *place, evidence.status)}")

    def claim(self, triple: Triple, evidence: Evidence) -> Iterator[Triple]:
        iri, quote = self.iri(triple, evidence), evidence.quote
        yield iri, RDF.type, POL.Claim
        yield iri, RDF.subject, triple[0]
        yield iri, RDF.predicate, triple[1]
        yield iri, RDF.object, triple[2]
        yield iri, POL.confidence, Literal(f"{evidence.confidence:.2f}", datatype=XSD.decimal)
        yield iri, POL.status, POL[evidence.status]
        yield iri, PROV.wasDerivedFrom, self.article
        yield iri, POL.quote, Literal(quote.text)
        yield iri, POL.start, Literal(quote.start)
        yield iri, POL.end, Literal(quote.end)
        if evidence.attributed_to:
            yield iri, POL.attributedTo, Literal(evidence.attributed_to)
        if evidence.status not in UNTRUE:
            yield triple


def membership_triples(claim: URIRef, triple: Triple, role: str) -> Iterator[Triple]:
    yield claim, RDF.type, ORG.Membership
    yield claim, ORG.member, triple[0]
    yield claim, ORG.organization, triple[2]
    yield claim, POL.role, Literal(role)


def date_literal(value: str) -> Literal:
    """xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the ISO text."""
    kinds = {r"\d{4}-\d{2}-\d{2}": XSD.date, r"\d{4}-\d{2}": XSD.gYearMonth, r"\d{4}": XSD.gYear}
    for pattern, kind in kinds.items():
        if re.fullmatch(pattern, value):
            return Literal(value, datatype=kind, normalize=False)
    return Literal(value)


def plain_decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def names_of(quads: Iterable[Quad]) -> Iterator[tuple[URIRef, str]]:
    for s, p, o, _ in quads:
        if p == POL.name:
            yield s, str(o)
