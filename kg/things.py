"""The entities of a corpus as its sources name them, read from triples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import URIRef

from extract.schema import TYPES
from kg.rdf import Triple
from kg.vocab import POL, RDF

TERMS = (POL.name, POL.qualifier, POL.mentionedIn, RDF.type)
KINDS = {POL[name]: name for name in TYPES}


@dataclass(frozen=True)
class Thing:
    """An entity: how many sources use each of its names, the types they give it, what tells it from its likes, and the IRIs
    of the articles that mention it."""

    names: Mapping[str, int]
    types: frozenset[str]
    qualifier: str = ""
    articles: frozenset[str] = frozenset()


def read_things(triples: Iterable[Triple]) -> dict[URIRef, Thing]:
    """The named entities by IRI, sorted; one triple a source. Triples with TERMS as predicates are enough."""
    names: dict[URIRef, Counter[str]] = defaultdict(Counter)
    types: dict[URIRef, set[str]] = defaultdict(set)
    qualifiers: dict[URIRef, str] = {}
    articles: dict[URIRef, set[str]] = defaultdict(set)
    for s, p, o in triples:
        if p == POL.name:
            names[s][str(o)] += 1
        elif p == RDF.type and o in KINDS:
            types[s].add(KINDS[URIRef(o)])
        elif p == POL.mentionedIn:
            articles[s].add(str(o))
        elif p == POL.qualifier:
            qualifiers[s] = min(str(o), qualifiers.get(s, str(o)))
    return {
        iri: Thing(
            dict(sorted(names[iri].items())), specific(types[iri]), qualifiers.get(iri, ""), frozenset(articles[iri])
        )
        for iri in sorted(names)
    }


def specific(types: set[str]) -> frozenset[str]:
    """The types without those that only stand above another one of them."""
    broad = {"Place": {"Park", "Country", "Province", "City", "District"}, "GovernmentBody": {"Ministry"}}
    broad["Organization"] = {"Ministry", "GovernmentBody", "Company", "University", "ResearchInstitute"}
    return frozenset(kind for kind in types if not broad.get(kind, set()) & types)
