"""How many independent sources state a fact, which articles are copies, and where stories disagree, as quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef

from kg.claims import Claim, Corpus, read_corpus
from kg.conflicts import Conflict, conflicts
from kg.identity import digest
from kg.rdf import UNTRUE, Quad, Triple, plain_decimal, quad_key
from kg.vocab import BASE, POL, RDF

CORROBORATION_GRAPH = "graph-of-corroboration"

NOT_SO = frozenset(POL[name] for name in UNTRUE)
INDICATOR_OF = POL.indicatorOf

Key = tuple[str, ...]


def corroboration_quads(triples: Iterable[Triple], *, base: str = BASE) -> list[Quad]:
    """Copies, facts that two or more articles state, and conflicts, sorted. A pure function of the set of triples.

    `triples` are those of the sources; the ones with kg.claims.TERMS as predicates are enough.
    """
    corpus = read_corpus(triples)
    graph = URIRef(base + CORROBORATION_GRAPH)
    found: set[Triple] = {(URIRef(copy), POL.copyOf, URIRef(first)) for copy, first in corpus.originals.items()}
    for key, claims in facts(corpus).items():
        found.update(fact_triples(key, claims, corpus, base))
    for conflict in conflicts(corpus):
        found.update(conflict_triples(conflict, base))
    return sorted(((*triple, graph) for triple in found), key=quad_key)


def facts(corpus: Corpus) -> dict[Key, list[Claim]]:
    """The claims that say each fact which more than one article states.

    A fact that one article alone states has its claims and needs no node: so the nodes stay few.
    """
    found: dict[Key, list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        if claim.status not in NOT_SO and (key := fact_key(claim)):
            found[key].append(claim)
    return {key: claims for key, claims in found.items() if len({claim.article for claim in claims}) > 1}


def fact_key(claim: Claim) -> Key | None:
    """What makes two claims one fact: the triple; of indicators, which each text has its own of, all that they say.

    None for an indicator without a period, which may be for any.
    """
    s, p, o = claim.triple
    if p != INDICATOR_OF:
        return s.n3(), p.n3(), o.n3()
    if (figure := claim.figure) is None:
        return None
    return p.n3(), o.n3(), figure.label, figure.unit, figure.period, plain_decimal(figure.value), figure.comparator


def fact_triples(key: Key, claims: list[Claim], corpus: Corpus, base: str) -> Iterator[Triple]:
    """A fact with its counts and claims; as triple of agreeing indicators stands the first by its IRI."""
    iri = URIRef(f"{base}fact/{digest(*key)}")
    s, p, o = min(claim.triple for claim in claims)
    yield iri, RDF.type, POL.Fact
    yield iri, RDF.subject, s
    yield iri, RDF.predicate, p
    yield iri, RDF.object, o
    yield iri, POL.sourceCount, Literal(len({corpus.source(claim) for claim in claims}))
    yield iri, POL.articleCount, Literal(len({corpus.story(claim) for claim in claims}))
    for claim in claims:
        yield iri, POL.hasClaim, claim.iri


def conflict_triples(conflict: Conflict, base: str) -> Iterator[Triple]:
    iri = URIRef(f"{base}conflict/{digest(*conflict.key)}")
    yield iri, RDF.type, POL.Conflict
    yield iri, POL.about, conflict.about
    yield iri, RDF.predicate, conflict.predicate
    for claim in conflict.claims:
        yield iri, POL.between, claim.iri
