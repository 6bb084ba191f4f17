"""The view of a graph, read from a store by SPARQL in the terms of the contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import unquote

from kg.view.graph import Evidence, ViewEdge, ViewFact, ViewGraph, ViewNode
from kg.view.style import FACTS, PREDICATES, TYPES

POL = "https://w3id.org/policy-kg/ontology#"
PREFIXES = f"""PREFIX pol: <{POL}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
DATES = ("issuedOn", "heldOn", "establishedOn")
SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))

Row = Mapping[str, str]
Query = Callable[[str], Iterable[Row]]
Triple = tuple[str, str, str]  # subject IRI, local name of the predicate, object IRI or value
Claims = Mapping[Triple, Sequence["Claim"]]


@dataclass(frozen=True)
class Claim:
    """One claim on a triple; `until` is the last day of an interval of dates, or empty."""

    evidence: Evidence
    until: str = ""


def view_graph(query: Query) -> ViewGraph:
    """The entities that texts mention and those they are located in or otherwise lead to, with relations and facts.

    `query` takes SPARQL and yields a row as variable -> plain text, unbound variables left out; its default graph is
    the union of all graphs. Claims of any status are taken up, denied ones too: the page tells them apart. Entities that
    are the same thing (pol:sameThingAs) are one node.
    """
    query = _one_node_a_thing(query)
    labels, types = _entities(query)
    claims = _claims(query, labels)
    articles = _texts(query, "?of pol:mentionedIn ?article . ?article dcterms:title ?text")
    edges = [edge for edge in _edges(query, claims) if edge.source in labels and edge.target in labels]
    shown = _reached(articles, edges) if articles else set(labels)
    aliases = _texts(query, "?of skos:altLabel ?text")
    facts = _facts(query, claims)
    nodes = [
        ViewNode(iri, labels[iri], types[iri], aliases.get(iri, ()), articles.get(iri, ()), facts.get(iri, ()))
        for iri in sorted(shown & labels.keys())
    ]
    return ViewGraph(tuple(nodes), tuple(edge for edge in edges if edge.source in shown))


def _one_node_a_thing(query: Query) -> Query:
    """The query, its rows with the fuller named entity in place of one that is the same thing."""
    full = {row["short"]: row["full"] for row in _rows(query, "?short ?full", "?short pol:sameThingAs ?full")}
    return lambda text: ({name: full.get(value, value) for name, value in row.items()} for row in query(text))


def _reached(mentioned: Iterable[str], edges: Iterable[ViewEdge]) -> set[str]:
    """The mentioned entities and whatever edges lead to from them, at any depth."""
    onward = defaultdict(list)
    for edge in edges:
        onward[edge.source].append(edge.target)
    reached: set[str] = set()
    waiting = list(mentioned)
    while waiting:
        iri = waiting.pop()
        if iri not in reached:
            reached.add(iri)
            waiting += onward[iri]
    return reached


def _entities(query: Query) -> tuple[dict[str, str], dict[str, str]]:
    """The label and the most specific type of each entity, by its IRI."""
    order = {name: i for i, name in enumerate(TYPES)}
    labels: dict[str, str] = {}
    types: dict[str, str] = {}
    pattern = (
        "?of a ?type ; rdfs:label ?own . OPTIONAL { ?of skos:prefLabel ?thing } BIND(COALESCE(?thing, ?own) AS ?label)"
    )
    rows = _rows(query, "?of ?type ?label", f"{pattern} FILTER(?type IN ({_terms(TYPES)}))")
    for row in rows:
        iri, name = row["of"], row["type"].removeprefix(POL)
        labels[iri] = min(labels.get(iri, row["label"]), row["label"])
        types[iri] = min(types.get(iri, name), name, key=order.__getitem__)
    return labels, types


def _texts(query: Query, pattern: str) -> dict[str, tuple[str, ...]]:
    """The sorted values of ?text for each ?of of the pattern."""
    found = defaultdict(set)
    for row in _rows(query, "?of ?text", pattern):
        found[row["of"]].add(row["text"])
    return {iri: tuple(sorted(texts)) for iri, texts in found.items()}


def _claims(query: Query, labels: Mapping[str, str]) -> Claims:
    """The claims on each triple, in order of source and place."""
    found: dict[Triple, list[Claim]] = defaultdict(list)
    rows = _rows(
        query,
        "?claim ?s ?p ?o ?status ?confidence ?quote ?start ?end ?title ?file ?name ?role ?who ?until",
        """?claim a pol:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:status ?status ;
            pol:confidence ?confidence ; pol:quote ?quote ; pol:start ?start ; pol:end ?end ;
            prov:wasDerivedFrom ?article .
        ?article dcterms:title ?title ; pol:partOfSource ?file .
        OPTIONAL { ?file rdfs:label ?name } OPTIONAL { ?claim pol:role ?role }
        OPTIONAL { ?claim pol:attributedTo ?who } OPTIONAL { ?claim pol:until ?until }""",
    )
    for row in rows:
        found[row["s"], row["p"].removeprefix(POL), row["o"]].append(
            Claim(_evidence(row, labels), row.get("until", ""))
        )
    return {triple: sorted(claims, key=_place) for triple, claims in found.items()}


def _evidence(row: Row, labels: Mapping[str, str]) -> Evidence:
    who = row.get("who", "")
    return Evidence(
        quote=row["quote"],
        article=row["title"],
        source=row.get("name") or unquote(row["file"].rsplit("/", 1)[-1]),
        start=int(row["start"]),
        end=int(row["end"]),
        status=row["status"].removeprefix(POL),
        confidence=float(row["confidence"]),
        role=row.get("role", ""),
        attributed_to=labels.get(who, who),
    )


def _place(claim: Claim) -> tuple[str, int, int, str, str]:
    evidence = claim.evidence
    return evidence.source, evidence.start, evidence.end, evidence.status, claim.until


def _edges(query: Query, claims: Claims) -> list[ViewEdge]:
    """Every relation that is stated or claimed, sorted."""
    stated = _stated(query, PREDICATES) | {triple for triple in claims if triple[1] in PREDICATES}
    return [
        ViewEdge(
            source, target, predicate, tuple(claim.evidence for claim in claims.get((source, predicate, target), ()))
        )
        for source, predicate, target in sorted(stated)
    ]


def _facts(query: Query, claims: Claims) -> dict[str, tuple[ViewFact, ...]]:
    """The indicators, dates and measures of each entity, in the order of the table FACTS, then by their text."""
    order = {name: i for i, name in enumerate(FACTS)}
    found: dict[str, set[ViewFact]] = defaultdict(set)
    for iri, fact in [*_indicators(query, claims), *_dates(query, claims), *_measures(query, claims)]:
        found[iri].add(fact)
    return {
        iri: tuple(sorted(facts, key=lambda fact: (order[fact.predicate], fact.text, str(fact.evidence))))
        for iri, facts in found.items()
    }


def _indicators(query: Query, claims: Claims) -> Iterator[tuple[str, ViewFact]]:
    rows = _rows(
        query,
        "?i ?of ?label ?value ?unit ?period ?comparator",
        """?i a pol:Indicator ; pol:indicatorOf ?of ; rdfs:label ?label ; pol:value ?value .
        OPTIONAL { ?i pol:unit ?unit } OPTIONAL { ?i pol:period ?period } OPTIONAL { ?i pol:comparator ?comparator }""",
    )
    for row in rows:
        evidence = tuple(claim.evidence for claim in claims.get((row["i"], "indicatorOf", row["of"]), ()))
        yield row["of"], ViewFact("indicatorOf", _measured(row), evidence)


def _measured(row: Row) -> str:
    """An indicator in words, such as "tea exports: more than 2.5 million USD (2024)"."""
    amount = [row.get("comparator", ""), worded(Decimal(row["value"])), row.get("unit", "")]
    period = f" ({row['period']})" if row.get("period") else ""
    return f"{row['label']}: {' '.join(filter(None, amount))}{period}"


def worded(value: Decimal) -> str:
    """A number for readers: 2500000 as "2.5 million", 3100 as "3,100"; no digit is lost.

    >>> worded(Decimal(5620000000000)), worded(Decimal("31.30")), worded(Decimal(1234567))
    ('5.62 trillion', '31.3', '1,234,567')
    """
    for scale, name in SCALES:
        scaled = value / scale
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{scaled.normalize():,f} {name}"
    return f"{value.normalize():,f}"


def _dates(query: Query, claims: Claims) -> Iterator[tuple[str, ViewFact]]:
    dated = _stated(query, DATES) | {triple for triple in claims if triple[1] in DATES}
    for iri, predicate, value in sorted(dated):
        found = claims.get((iri, predicate, value), ())
        for until in sorted({claim.until for claim in found}) or [""]:
            evidence = tuple(claim.evidence for claim in found if claim.until == until)
            yield iri, ViewFact(predicate, f"{value} to {until}" if until else value, evidence)


def _measures(query: Query, claims: Claims) -> Iterator[tuple[str, ViewFact]]:
    texts = _texts(query, "?of a pol:Measure ; rdfs:label ?text")
    stated = _stated(query, ["hasMeasure"]) | {triple for triple in claims if triple[1] == "hasMeasure"}
    for iri, predicate, measure in sorted(stated):
        evidence = tuple(claim.evidence for claim in claims.get((iri, predicate, measure), ()))
        for text in texts.get(measure, ()):
            yield iri, ViewFact(predicate, text, evidence)


def _stated(query: Query, predicates: Iterable[str]) -> set[Triple]:
    """The direct triples with these predicates."""
    rows = _rows(query, "?s ?p ?o", f"VALUES ?p {{ {_terms(predicates, ' ')} }} ?s ?p ?o")
    return {(row["s"], row["p"].removeprefix(POL), row["o"]) for row in rows}


def _rows(query: Query, variables: str, pattern: str) -> Iterable[Row]:
    return query(f"{PREFIXES}SELECT DISTINCT {variables} WHERE {{ {pattern} }}")


def _terms(names: Iterable[str], separator: str = ", ") -> str:
    return separator.join(f"pol:{name}" for name in names)
