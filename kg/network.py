"""The graph as a networkx MultiDiGraph, for paths, centrality and communities in Jupyter."""

from __future__ import annotations

import networkx as nx

from kg.query import run_query
from kg.store import Store

SAME = "SELECT DISTINCT ?short ?full WHERE { ?short pol:sameThingAs ?full } ORDER BY ?short"
NODES = """
SELECT DISTINCT ?node ?label ?type WHERE {
  ?node pol:mentionedIn ?article ; rdfs:label ?label ; a ?type .
  FILTER(STRSTARTS(STR(?type), STR(pol:)))
  FILTER NOT EXISTS { ?node a ?narrower . ?broader a ?type . FILTER(?broader = ?node && ?narrower != ?type && ?type IN (pol:Organization, pol:Place, pol:GovernmentBody) && ?narrower NOT IN (pol:Organization, pol:Place, schema:CreativeWork, skos:Concept, pol:GovernmentBody)) }
}
ORDER BY ?node ?type"""
EDGES = """
SELECT ?subject ?predicate ?object (MAX(?c) AS ?confidence) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a pol:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; pol:confidence ?c ; pol:status ?status .
  FILTER(?status NOT IN (pol:Negated, pol:Hypothetical))
  ?object pol:mentionedIn ?article .
} GROUP BY ?subject ?predicate ?object ORDER BY ?subject ?predicate ?object"""


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """Entities as nodes (`label`, `type`), held relations as edges keyed by predicate (`confidence`, `claims`).

    Entities that are the same thing are one node. Negated and hypothetical claims are left out. Nodes and edges come in
    the order of their IRIs.
    """
    full = dict(run_query(store, SAME).rows)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, label, kind in run_query(store, NODES).rows:
        if node not in full:
            graph.add_node(node, label=label, type=kind.rsplit("#", 1)[-1])
    for subject, predicate, obj, confidence, claims in run_query(store, EDGES).rows:
        one, other, key = full.get(subject, subject), full.get(obj, obj), predicate.rsplit("#", 1)[-1]
        if one in graph and other in graph and one != other:
            known = graph.get_edge_data(one, other, key) or {"confidence": 0, "claims": 0}
            sure, number = max(known["confidence"], confidence), known["claims"] + claims
            graph.add_edge(one, other, key=key, confidence=sure, claims=number)
    return graph
