"""Corrections applied: uncorrected quads to corrected ones, as pure functions.

Uncorrected quads stand in graphs of their articles (`kg.rdf.article_quads`), so that a split can take one article and
leave the next. IRIs of claims, indicators and measures never change, so that a line that rejects a claim holds whatever
the other lines do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from extract.schema import TYPES
from kg.rdf import UNTRUE, Quad, Triple, quad_key
from kg.rules import Fate, Rules, fate
from kg.vocab import POL, PROV, RDF, RDFS, SKOS, SUPER_CLASSES

ENTITY_TYPES = frozenset(kind for name in TYPES for kind in (POL[name], *SUPER_CLASSES[name]))
VALUE_NODES = frozenset({POL.Indicator, POL.Measure})  # they stand for nothing without a claim
PARTS = (RDF.subject, RDF.predicate, RDF.object)
LANGUAGE = re.compile(r"(.+)@([a-z]{2,3})")

Fates = Mapping[Identifier, Fate]
Claims = Mapping[URIRef, Mapping[URIRef, Identifier]]


def types_of(kind: str) -> tuple[URIRef, ...]:
    """A type and its super-classes."""
    return (POL[kind], *SUPER_CLASSES[kind])


def corrected_source(quads: Iterable[Quad], graph: URIRef, rules: Rules) -> list[Quad]:
    """The quads of a source as they stand in its named graph `graph`, sorted; the graph names what changed it."""
    by_article: dict[URIRef, set[Triple]] = defaultdict(set)
    for s, p, o, article in quads:
        by_article[article].add((s, p, o))
    triples: set[Triple] = set()
    for article, found in by_article.items():
        triples |= correct_article(found, article, rules)
        triples |= {(graph, PROV.wasInfluencedBy, line) for line in influences(found, article, rules)}
    return sorted(((*triple, graph) for triple in triples), key=quad_key)


def influences(triples: Iterable[Triple], article: URIRef, rules: Rules) -> set[URIRef]:
    """The corrections that change what an article says; they and its uncorrected triples decide what is left."""
    found: set[URIRef] = set()
    for s, p, o in triples:
        if p == POL.mentionedIn:
            found.update(line.iri for line in fate(s, article, rules).lines)
        elif o == POL.Claim and s in rules.rejects:
            found.add(rules.rejects[s].iri)
    return found


def correct_article(triples: Collection[Triple], article: URIRef, rules: Rules) -> set[Triple]:
    """A claim that is rejected, tells of a rejected entity or now joins an entity to itself goes, and with it what
    no other claim supports: its direct triple, its indicator or measure."""
    fates = changed(triples, article, rules)
    claims = claims_of(triples)
    gone = {claim for claim, parts in claims.items() if claim in rules.rejects or is_void(parts, fates)}
    unsupported = {statement(claims[c]) for c in gone} - {
        statement(p) for c, p in claims.items() if c not in gone and held(p)
    }
    nodes = {o for c, parts in claims.items() if c not in gone for o in parts.values()}
    gone |= {s for s, p, o in triples if p == RDF.type and o in VALUE_NODES and s not in nodes}
    gone |= {s for s, p, o in triples if p == POL.linkOf and o in fates and fates[o].iri != o}
    gone |= {s for s, one in fates.items() if one.rejected and isinstance(s, URIRef)}
    left = {t for t in triples if t[0] not in gone and t[2] not in gone and t not in unsupported}
    return {moved(t, fates) for t in left if not is_outdated(t, fates)} | set(new_triples(fates))


def changed(triples: Iterable[Triple], article: URIRef, rules: Rules) -> Fates:
    """The fates of the entities of an article to which anything happens."""
    fates = {s: fate(s, article, rules) for s, p, _ in triples if p == POL.mentionedIn}
    return {s: one for s, one in fates.items() if one.lines}


def claims_of(triples: Iterable[Triple]) -> Claims:
    """Subject, predicate, object and status of each claim."""
    claims: dict[URIRef, dict[URIRef, Identifier]] = defaultdict(dict)
    for s, p, o in triples:
        if p in PARTS or p == POL.status:
            claims[s][p] = o
    return claims


def statement(parts: Mapping[URIRef, Identifier]) -> tuple[Identifier, ...]:
    return tuple(parts[part] for part in PARTS)


def held(parts: Mapping[URIRef, Identifier]) -> bool:
    return parts[POL.status] not in {POL[status] for status in UNTRUE}


def is_void(parts: Mapping[URIRef, Identifier], fates: Fates) -> bool:
    ends = [parts[RDF.subject], parts[RDF.object]]
    moved_ends = [fates[end].iri if end in fates else end for end in ends]
    return any(end in fates and fates[end].rejected for end in ends) or moved_ends[0] == moved_ends[1]


def is_outdated(triple: Triple, fates: Fates) -> bool:
    """Whether it gives the type of an entity, or what tells it from its likes, which are no longer true of it."""
    s, p, o = triple
    one = fates.get(s)
    return one is not None and ((p == RDF.type and o in ENTITY_TYPES) or (p == POL.qualifier and one.iri != s))


def moved(triple: Triple, fates: Fates) -> Triple:
    s, p, o = triple
    return fates[s].iri if s in fates else s, p, fates[o].iri if o in fates else o


def new_triples(fates: Fates) -> Iterator[Triple]:
    """The types and names that lines give to what entities have become."""
    for one in fates.values():
        if one.kind and not one.rejected:
            yield from ((one.iri, RDF.type, kind) for kind in types_of(one.kind))
        if one.name and not one.rejected:
            yield one.iri, POL.name, Literal(one.name)


def correct_names(quads: Iterable[Quad], rules: Rules) -> list[Quad]:
    """The graphs of names and links with labels and aliases given by hand; a label that gives way stays as another name."""
    given = {iri: Literal(line.value) for iri, line in rules.renames.items()}
    found: set[Quad] = set()
    for s, p, o, graph in quads:
        found.add((s, SKOS.altLabel if p == RDFS.label and s in given else p, o, graph))
        if p == RDFS.label:
            found.add((s, RDFS.label, given.get(s, o), graph))
            found |= {(s, SKOS.altLabel, alias, graph) for alias in aliases(s, rules)}
    labels = {(s, o) for s, p, o, _ in found if p == RDFS.label}
    return sorted((q for q in found if q[1] != SKOS.altLabel or (q[0], q[2]) not in labels), key=quad_key)


def aliases(entity: URIRef, rules: Rules) -> Iterator[Literal]:
    """Names given by hand; one that ends in @zh is Chinese."""
    for line in rules.aliases:
        if rules.root(line.subject.iri) == entity:
            tagged = LANGUAGE.fullmatch(line.value)
            yield Literal(tagged[1], lang=tagged[2]) if tagged else Literal(line.value)


def correct_background(quads: Iterable[Quad], rules: Rules) -> list[Quad]:
    """The graph of background knowledge: of a merged or rejected entity it tells nothing, and leads to the one that is left."""
    gone = {*rules.merges, *rules.rejects}
    found: set[Quad] = set()
    for s, p, o, graph in quads:
        owner = URIRef(str(s).removesuffix("/point"))
        if owner in gone or o in rules.rejects:
            continue
        end = rules.root(o) if isinstance(o, URIRef) else o
        retype = rules.retypes.get(s) if p == RDF.type and o in ENTITY_TYPES else None
        kinds = types_of(retype.value) if retype else (end,)
        found |= {(s, p, kind, graph) for kind in kinds if kind != s}
    return sorted(found, key=quad_key)
