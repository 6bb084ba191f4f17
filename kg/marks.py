"""The mark that each correction leaves: a graph of who changed what, and of the facts added by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from kg.cells import NO_ENTITIES, Term, curie
from kg.correct import PARTS, claims_of, types_of
from kg.corrections import Correction
from kg.identity import digest
from kg.plan import Plan
from kg.rdf import Quad, Triple, date_literal, quad_key
from kg.rules import Rules, fate
from kg.vocab import DCTERMS, OWL, POL, PROV, RDF, RDFS

CORRECTIONS_GRAPH = "graph-of-corrections"
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def mark_quads(plan: Plan, known: Collection[Quad]) -> list[Quad]:
    """The graph of corrections, sorted: one pol:Correction a line that was applied; `known` is what `about` found."""
    graph = URIRef(plan.rules.base + CORRECTIONS_GRAPH)
    triples: set[Triple] = set()
    for line in plan.applied:
        triples.update(head(line, plan.rules.base))
        triples.update((line.iri, POL.corrects, iri) for iri in touched(line, plan.rules))
        if line.action == "merge":
            triples.add((line.subject.iri, OWL.sameAs, plan.rules.root(line.subject.iri)))
        if line.action == "add":
            triples.update(added(line, plan.rules))
        if line.action == "reject":
            triples.update(rejected_claim(line, plan.rules, known))
    triples.update(t for term in plan.made for t in introduced(term))
    return sorted(((*triple, graph) for triple in triples), key=quad_key)


def head(line: Correction, base: str) -> Iterator[Triple]:
    yield line.iri, RDF.type, POL.Correction
    yield line.iri, RDF.type, PROV.Activity
    yield line.iri, RDFS.label, Literal(words(line, base))
    yield line.iri, POL.action, Literal(line.action)
    if line.note:
        yield line.iri, RDFS.comment, Literal(line.note)
    if line.by:
        yield line.iri, DCTERMS.creator, Literal(line.by)
    if line.date:
        yield line.iri, DCTERMS.date, date_literal(line.date)
    if line.place or line.source:
        yield line.iri, DCTERMS.source, line.place or reference(line.source)


def words(line: Correction, base: str) -> str:
    """The line as a person would read it out: "merge id:company/a id:company/b"."""
    obj = curie(line.object.iri, base) if line.object else ""
    place = f"in {curie(line.place, base)}" if line.place else ""
    parts = (line.action, curie(line.subject.iri, base), line.predicate, obj, line.value, place)
    return " ".join(part for part in parts if part)


def reference(text: str) -> Identifier:
    return URIRef(text) if WEB.fullmatch(text) else Literal(text)


def touched(line: Correction, rules: Rules) -> set[URIRef]:
    """The entities and claims that a line names, and what they are merged into."""
    named = {term.iri for term in line.terms}
    return named | {rules.root(iri) for iri in named}


def rejected_claim(line: Correction, rules: Rules, known: Collection[Quad]) -> Iterator[Triple]:
    """The entities of a rejected claim, and what it said, since the graph no longer holds it."""
    found = [quad for quad in known if quad[0] == line.subject.iri]
    for parts in claims_of((s, p, o) for s, p, o, _ in found).values():
        ends = [parts[part] for part in PARTS]
        said = " ".join(curie(str(end).replace(str(POL), "pol:"), rules.base) for end in ends)
        quotes = [str(o) for _, p, o, _ in found if p == POL.quote]
        yield line.iri, DCTERMS.description, Literal(f"{said}: {quotes[0]}")
        entities = [end for end in ends if isinstance(end, URIRef) and is_entity(end, rules.base)]
        yield from ((line.iri, POL.corrects, fate(end, found[0][3], rules).iri) for end in entities)


def is_entity(iri: URIRef, base: str) -> bool:
    kind = iri.removeprefix(base).partition("/")[0]
    return iri.startswith(base) and kind not in NO_ENTITIES


def added(line: Correction, rules: Rules) -> Iterator[Triple]:
    """A fact added by hand: its triple, and a statement of it with where it comes from."""
    subject = rules.root(line.subject.iri)
    obj = rules.root(line.object.iri) if line.object else date_literal(line.value)
    node = URIRef(f"{rules.base}statement/{digest(str(line.iri))}")
    yield subject, POL[line.predicate], obj
    yield node, RDF.type, RDF.Statement
    yield from zip((node,) * 3, PARTS, (subject, POL[line.predicate], obj), strict=True)
    yield node, PROV.wasGeneratedBy, line.iri
    yield line.iri, POL.corrects, node
    if WEB.fullmatch(line.source):
        yield node, PROV.wasDerivedFrom, URIRef(line.source)


def introduced(term: Term) -> Iterator[Triple]:
    """An entity that only a line names."""
    yield from ((term.iri, RDF.type, kind) for kind in types_of(term.kind))
    yield term.iri, POL.name, Literal(term.name)
