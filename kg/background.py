"""What the corpus as a whole knows of each entity: its one label, its other names, and the gazetteer's knowledge of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import Literal, URIRef

from extract.gazetteer import Entry, Gazetteer
from kg.identity import choose_label, gazetteer_iri, normalise, slug
from kg.rdf import Quad, Triple, quad_key
from kg.vocab import BASE, GEO, OWL, POL, RDF, RDFS, SKOS, SUPER_CLASSES

NAMES_GRAPH, BACKGROUND_GRAPH = "graph-of-names", "graph-of-background"
EXACT = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
PLACES = frozenset({"Country", "Province", "City", "District", "Place"})

Names = Mapping[URIRef, Mapping[str, int]]


def count_names(found: Iterable[tuple[URIRef, str]]) -> dict[URIRef, dict[str, int]]:
    """How many sources use each name of each entity; one (entity, name) a source."""
    counts: dict[URIRef, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for iri, name in found:
        counts[iri][name] += 1
    return counts


def name_quads(names: Names, gazetteer: Gazetteer, *, base: str = BASE) -> list[Quad]:
    """One rdfs:label and every other name of each entity, sorted. A pure function of the set of names the sources use."""
    graph = URIRef(base + NAMES_GRAPH)
    linked = entries_by_iri(gazetteer, base)
    found: list[Quad] = []
    for iri, counts in names.items():
        entry = linked.get(iri)
        label = entry.label if entry else own_label(iri, counts)
        others = set(counts) | (set(entry.abbrev) if entry else set())
        found.append((iri, RDFS.label, Literal(label), graph))
        found += [(iri, SKOS.altLabel, Literal(name), graph) for name in others - {label}]
        found += [(iri, SKOS.altLabel, Literal(name, lang="zh"), graph) for name in (entry.zh if entry else ())]
    return sorted(found, key=quad_key)


def own_label(iri: URIRef, counts: Mapping[str, int]) -> str:
    """The best of the names from which the IRI was made; other names of the entity do not normalise to it."""
    key = str(iri).rsplit("/", 1)[-1]
    return choose_label({name: n for name, n in counts.items() if slug(normalise(name)) == key} or counts)


def entries_by_iri(gazetteer: Gazetteer, base: str) -> dict[URIRef, Entry]:
    return {gazetteer_iri(identifier, base=base): entry for identifier, entry in gazetteer.entries.items()}


def background_quads(names: Names, gazetteer: Gazetteer, *, base: str = BASE) -> list[Quad]:
    """Outside identifiers and coordinates of the linked entities and the hierarchy of places above them, sorted."""
    graph = URIRef(base + BACKGROUND_GRAPH)
    linked = entries_by_iri(gazetteer, base)
    used = {linked[iri].id for iri in names if iri in linked}
    above = {parent for identifier in used for parent in gazetteer.ancestors(identifier)}
    mentioned = {str(iri) for iri in names}
    triples: set[Triple] = set()
    for identifier in used | above:
        triples.update(entry_triples(gazetteer.entries[identifier], gazetteer, base, mentioned))
    return sorted(((*triple, graph) for triple in triples), key=quad_key)


def entry_triples(entry: Entry, gazetteer: Gazetteer, base: str, mentioned: set[str]) -> Iterator[Triple]:
    iri = gazetteer_iri(entry.id, base=base)
    yield iri, POL.gazetteerId, Literal(entry.id)
    for kind in (POL[entry.type], *SUPER_CLASSES[entry.type]):
        yield iri, RDF.type, kind
    if str(iri) not in mentioned:
        yield iri, RDFS.label, Literal(entry.label)
    for field, pattern in EXACT.items():
        if value := getattr(entry, field):
            yield iri, OWL.sameAs, URIRef(pattern.format(value))
    if entry.iso:
        yield iri, SKOS.notation, Literal(entry.iso)
    if entry.parent and entry.type in PLACES and gazetteer.entries[entry.parent].type in PLACES:
        yield iri, POL.locatedIn, gazetteer_iri(entry.parent, base=base)
    if entry.lat is not None and entry.lon is not None:
        shape = URIRef(f"{iri}/point")
        yield iri, GEO.hasGeometry, shape
        yield shape, RDF.type, GEO.Geometry
        yield shape, GEO.asWKT, Literal(f"POINT({entry.lon} {entry.lat})", datatype=GEO.wktLiteral)
