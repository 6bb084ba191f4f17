"""What the corpus as a whole knows of each entity: its one label, its other names, and the gazetteer's knowledge of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rdflib import Literal, URIRef

from extract.gazetteer import Entry, Gazetteer
from extract.schema import BODIES
from kg.identity import gazetteer_iri
from kg.labels import chinese_names, edition_of, entry_label, entry_of, label_of, literal
from kg.rdf import Quad, Triple, date_literal, quad_key
from kg.vocab import BASE, DCTERMS, GEO, OWL, POL, RDF, RDFS, SCHEMA, SKOS, SUPER_CLASSES

NAMES_GRAPH, BACKGROUND_GRAPH = "graph-of-names", "graph-of-background"
EXACT = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
ISO, LOCODE = "http://lexvo.org/id/iso3166/{}", "https://vocabulary.uncefact.org/unlocode#{}"
PLACES = frozenset({"Country", "Province", "City", "District", "Place"})
DATED = BODIES | {"Park"}

Names = Mapping[URIRef, Mapping[str, int]]
Qualifiers = Mapping[URIRef, str]
NO_QUALIFIERS: Qualifiers = MappingProxyType({})


def count_names(found: Iterable[tuple[URIRef, str]]) -> dict[URIRef, dict[str, int]]:
    """How many sources use each name of each entity; one (entity, name) a source."""
    counts: dict[URIRef, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for iri, name in found:
        counts[iri][name] += 1
    return counts


def name_quads(
    names: Names, gazetteer: Gazetteer, *, base: str = BASE, qualifiers: Qualifiers = NO_QUALIFIERS
) -> list[Quad]:
    """One rdfs:label and every other name of each entity, sorted. A pure function of the set of names the sources use.

    `qualifiers` are what the sources say tells an entity from others of its name.
    """
    graph = URIRef(base + NAMES_GRAPH)
    found: list[Quad] = []
    for iri, counts in names.items():
        label = label_of(iri, counts, gazetteer, base=base, qualifier=qualifiers.get(iri, ""))
        entry, part = entry_of(iri, gazetteer, base)
        others = {literal(name) for name in counts}
        if entry:
            others |= {Literal(name, lang="zh") for name in chinese_names(entry, part)}
            others |= {Literal(name) for name in (() if part else (entry.label, *entry.abbrev))}
        found.append((iri, RDFS.label, literal(label), graph))
        found += [(iri, SKOS.altLabel, name, graph) for name in others - {literal(label)}]
    return sorted(found, key=quad_key)


def background_quads(names: Names, gazetteer: Gazetteer, *, base: str = BASE) -> list[Quad]:
    """Outside identifiers, coordinates and years of the linked entities, the hierarchy of places above them and what took
    the place of bodies that are gone, sorted."""
    graph = URIRef(base + BACKGROUND_GRAPH)
    parts = {iri: (entry, part) for iri in names for entry, part in [entry_of(iri, gazetteer, base)] if entry}
    used = {entry.id for entry, _ in parts.values()}
    above = {parent for identifier in used for parent in gazetteer.ancestors(identifier)}
    after = {later for identifier in used for later in successors(identifier, gazetteer)}
    mentioned = {str(iri) for iri in names}
    triples: set[Triple] = set()
    for identifier in used | above | after:
        triples.update(entry_triples(gazetteer.entries[identifier], gazetteer, base, mentioned))
    for iri, (entry, part) in parts.items():
        triples.update(part_triples(iri, entry, part, base))
    triples.update(edition_triples(names))
    return sorted(((*triple, graph) for triple in triples), key=quad_key)


def successors(identifier: str, gazetteer: Gazetteer) -> set[str]:
    """What took the place of an entry, and of that in turn."""
    found: set[str] = set()
    waiting = [identifier]
    while waiting:
        new = set(gazetteer.successors.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def entry_triples(entry: Entry, gazetteer: Gazetteer, base: str, mentioned: set[str]) -> Iterator[Triple]:
    iri = gazetteer_iri(entry.id, base=base)
    yield iri, POL.gazetteerId, Literal(entry.id)
    for kind in (POL[entry.type], *SUPER_CLASSES[entry.type]):
        yield iri, RDF.type, kind
    if str(iri) not in mentioned:
        yield iri, RDFS.label, Literal(entry_label(entry, gazetteer))
    yield from identifier_triples(iri, entry, gazetteer)
    yield from time_triples(iri, entry, gazetteer, base)
    if entry.parent and entry.type in PLACES and gazetteer.entries[entry.parent].type in PLACES:
        yield iri, POL.locatedIn, gazetteer_iri(entry.parent, base=base)
    if entry.lat is not None and entry.lon is not None:
        shape = URIRef(f"{iri}/point")
        yield iri, GEO.hasGeometry, shape
        yield shape, RDF.type, GEO.Geometry
        yield shape, GEO.asWKT, Literal(f"POINT({entry.lon} {entry.lat})", datatype=GEO.wktLiteral)


def identifier_triples(iri: URIRef, entry: Entry, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Wikidata, GeoNames, ISO 3166 and UN/LOCODE; the GeoNames id of a county is that of its seat, not of the county."""
    for field, pattern in EXACT.items():
        if value := getattr(entry, field):
            same = SKOS.closeMatch if entry.type == "District" else OWL.sameAs
            yield iri, same, URIRef(pattern.format(value))
    if entry.iso:
        yield iri, SKOS.notation, Literal(entry.iso)
        if entry.type == "Country":
            yield iri, SKOS.exactMatch, URIRef(ISO.format(entry.iso))
    if locode := gazetteer.locodes.get(entry.id):
        yield iri, SKOS.exactMatch, URIRef(LOCODE.format(locode))


def time_triples(iri: URIRef, entry: Entry, gazetteer: Gazetteer, base: str) -> Iterator[Triple]:
    """When a body or park began and ended, and what took its place: a renamed ministry and its successor are two."""
    if entry.type in DATED:
        for predicate, value in ((SCHEMA.foundingDate, entry.valid_from), (SCHEMA.dissolutionDate, entry.valid_to)):
            if value:
                yield iri, predicate, date_literal(value)
    for later in gazetteer.successors.get(entry.id, ()):
        yield iri, DCTERMS.isReplacedBy, gazetteer_iri(later, base=base)
        yield gazetteer_iri(later, base=base), DCTERMS.replaces, iri


def part_triples(iri: URIRef, entry: Entry, part: str, base: str) -> Iterator[Triple]:
    """The place whose organ an entity is, or the series whose edition."""
    if part:
        yield iri, POL.editionOf if entry.type == "Event" else DCTERMS.spatial, gazetteer_iri(entry.id, base=base)


def edition_triples(names: Names) -> Iterator[Triple]:
    """The series, where the corpus names it, of each edition that no entry knows."""
    for iri in names:
        series, _, year = iri.rpartition("-")
        if edition_of(iri) == year and URIRef(series) in names:
            yield iri, POL.editionOf, URIRef(series)
