"""The least certain things of a graph, as a table of corrections that a person decides on and feeds back."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path

from kg.cells import curie
from kg.corrections import COLUMNS, SHOWN
from kg.identity import normalise
from kg.pairs import Node, Pair, near_names, same_names, short_names
from kg.query import run_query
from kg.store import Store, written_beside
from kg.vocab import POL, SUPER_CLASSES

GUESSED = 0.5  # how sure a name is linked that several entries bear, by their rank alone
FORMULA = ("=", "+", "-", "@")
HEADER = ("decision", *SHOWN, *COLUMNS[1:])

MENTIONED = "?e pol:mentionedIn ?article"
TYPES = f"SELECT DISTINCT ?e ?type WHERE {{ {MENTIONED} ; a ?type }}"
LABELS = "SELECT DISTINCT ?x ?label WHERE { ?x rdfs:label ?label }"
FIGURES = "SELECT DISTINCT ?i ?label ?value ?unit WHERE { ?i rdfs:label ?label ; pol:value ?value ; pol:unit ?unit }"
NAMES = f"SELECT DISTINCT ?e ?name WHERE {{ {MENTIONED} ; skos:altLabel ?name FILTER(LANG(?name) = '') }}"
COUNTS = f"SELECT ?e (COUNT(DISTINCT ?article) AS ?n) WHERE {{ {MENTIONED} }} GROUP BY ?e"
TITLES = f"SELECT ?e (MIN(?title) AS ?first) WHERE {{ {MENTIONED} . ?article dcterms:title ?title }} GROUP BY ?e"
LINKED = "SELECT DISTINCT ?e WHERE { ?e pol:gazetteerId ?id }"
QUALIFIED = "SELECT DISTINCT ?e WHERE { ?e pol:qualifier ?q }"
APART = "SELECT ?a ?b WHERE { ?c pol:action 'apart' ; pol:corrects ?a , ?b FILTER(?a != ?b) }"
TIES = """SELECT DISTINCT ?a ?b ?reason ?confidence WHERE {
  ?l a pol:Link ; pol:linkOf ?a ; pol:linkedTo ?b ; pol:reason ?reason ; pol:confidence ?confidence }"""
GUESSES = """SELECT DISTINCT ?e ?other ?article ?title ?source WHERE {
  ?l a pol:Link ; pol:linkOf ?e ; pol:reason 'rank' ; pol:runnerUp ?other ; prov:wasDerivedFrom ?article .
  ?article dcterms:title ?title ; pol:partOfSource/rdfs:label ?source }"""
CLAIMS = """SELECT DISTINCT ?claim ?s ?p ?o ?status ?confidence ?quote ?source ?start ?end WHERE {
  ?claim a pol:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:status ?status ; pol:confidence ?confidence ;
    pol:quote ?quote ; pol:start ?start ; pol:end ?end ; prov:wasDerivedFrom/pol:partOfSource/rdfs:label ?source }"""


@dataclass(frozen=True)
class Claim:
    """One claim; `ends` are subject and object, IRIs or a date."""

    iri: str
    ends: tuple[str, str]
    predicate: str
    status: str
    confidence: float
    quote: str
    where: str


@dataclass(frozen=True, order=True)
class Doubt:
    """A line of the review. `certainty` (0 to 1) is how sure the graph is as it stands: of a claim or a tie its confidence,
    of two entities that are not tied that they are two."""

    certainty: float
    why: str
    action: str
    subject: str
    object: str
    about: str
    quote: str
    where: str
    entities: str
    source: str = ""


def review(store: Store, *, limit: int) -> list[Doubt]:
    """The `limit` least certain things, the least certain first; claims, pairs and guesses have equal shares of them."""
    labels = read_labels(store)
    claims = read_claims(store)
    nodes = read_nodes(store, labels, claims)
    kinds = ((claim_doubt(c, labels) for c in claims), pair_doubts(store, nodes), guess_doubts(store, labels))
    in_turn = chain.from_iterable(zip_longest(*(sorted(kind) for kind in kinds)))
    return sorted(islice((doubt for doubt in in_turn if doubt), limit))


def write_review(doubts: Iterable[Doubt], path: Path) -> None:
    """A CSV file for a spreadsheet, UTF-8 with a byte order mark; `kg build --corrections` reads it back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(getattr(doubt, name, "")) for name in HEADER} for doubt in doubts)
    with written_beside(path) as file:
        file.write(out.getvalue().encode("utf-8-sig"))


def cell(value: object) -> str:
    """One line of text; a text that a spreadsheet would run as a formula is quoted."""
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(FORMULA) else text


def read_labels(store: Store) -> dict[str, str]:
    """The label of every node that has one; an indicator's with its value."""
    labels = dict(sorted(run_query(store, LABELS).rows, reverse=True))
    return labels | {iri: f"{label}: {value} {unit}" for iri, label, value, unit in run_query(store, FIGURES).rows}


def read_claims(store: Store) -> list[Claim]:
    """All claims, by source and place."""
    rows = sorted(run_query(store, CLAIMS).rows, key=lambda row: (row[7], row[8], row[9], row[0]))
    return [
        Claim(
            iri, (s, str(o)), p.removeprefix(POL), status.removeprefix(POL), confidence, quote, f"{name} {start}-{end}"
        )
        for iri, s, p, o, status, confidence, quote, name, start, end in rows
    ]


def read_nodes(store: Store, labels: Mapping[str, str], claims: Sequence[Claim]) -> list[Node]:
    """The entities that texts mention, in the order of their IRIs."""
    types, names = grouped(run_query(store, TYPES).rows), grouped(run_query(store, NAMES).rows)
    counts, titles = dict(run_query(store, COUNTS).rows), dict(run_query(store, TITLES).rows)
    linked, qualified = ({iri for (iri,) in run_query(store, query).rows} for query in (LINKED, QUALIFIED))
    passages = {end: (claim.quote, claim.where) for claim in reversed(claims) for end in claim.ends}
    return [
        Node(
            iri, narrowest(types[iri]), labels[iri], tuple(sorted(names[iri])), counts[iri], iri in linked,
            iri in qualified, *passages.get(iri, (titles.get(iri, ""), "")), tuple(normalise(labels[iri]).split()),
        )
        for iri in sorted(types.keys() & labels.keys())
    ]  # fmt: skip


def grouped(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return found


def narrowest(types: Iterable[str]) -> str:
    """The type that is no super-class of another; of several the first by the alphabet."""
    names = {iri.removeprefix(POL) for iri in types} & SUPER_CLASSES.keys()
    above = {str(kind).removeprefix(POL) for name in names for kind in SUPER_CLASSES[name]}
    return min(names - above, default="")


def claim_doubt(claim: Claim, labels: Mapping[str, str]) -> Doubt:
    ends = [labels.get(end, end) for end in claim.ends]
    return Doubt(
        certainty=claim.confidence, why=f"a claim of little confidence ({claim.status})", action="reject",
        subject=curie(claim.iri), object="", about=f"{ends[0]} | {claim.predicate} | {ends[1]}", quote=claim.quote,
        where=claim.where, entities=" ".join(curie(end) for end in claim.ends if "://" in end),
    )  # fmt: skip


def pair_doubts(store: Store, nodes: Sequence[Node]) -> Iterator[Doubt]:
    """Pairs of entities that may be one, each once, by its best reason; without those that a correction keeps apart."""
    seen = {frozenset(pair) for pair in run_query(store, APART).rows}
    for pair in chain(tied(store, nodes), same_names(nodes), near_names(nodes), short_names(nodes)):
        iris = frozenset((pair.lesser.iri, pair.better.iri))
        both_told = (pair.lesser.linked and pair.better.linked) or (pair.lesser.qualified and pair.better.qualified)
        if iris not in seen and not both_told:
            seen.add(iris)
            yield merge_doubt(pair)


def tied(store: Store, nodes: Iterable[Node]) -> Iterator[Pair]:
    """The entities that the build has tied itself, as sure as it is of the tie."""
    known = {node.iri: node for node in nodes}
    for short, full, reason, confidence in sorted(run_query(store, TIES).rows):
        if short in known and full in known:
            yield Pair(known[short], known[full], f"taken for one thing ({reason})", confidence)


def merge_doubt(pair: Pair) -> Doubt:
    """The merge of the less known into the better known."""
    lesser, better = pair.lesser, pair.better
    return Doubt(
        certainty=pair.certainty, why=pair.why, action="merge", subject=curie(lesser.iri),
        object=curie(better.iri), about=f"{lesser.label} ({lesser.type}) = {better.label} ({better.type})",
        quote=f"{lesser.quote} | {better.quote}", where=f"{lesser.where} | {better.where}",
        entities=f"{curie(lesser.iri)} {curie(better.iri)}",
    )  # fmt: skip


def guess_doubts(store: Store, labels: Mapping[str, str]) -> Iterator[Doubt]:
    """Names of several entries of the gazetteer of which an article's words did not choose."""
    for iri, other, article, title, source in run_query(store, GUESSES).rows:
        yield Doubt(
            certainty=GUESSED, why="the likeliest of several that bear the name", action="split", subject=curie(iri),
            object=curie(other), source=curie(article), about=f"{labels.get(iri, iri)} -> {labels.get(other, curie(other))}",
            quote=title, where=source,
            entities=f"{curie(iri)} {curie(other)}",
        )  # fmt: skip
