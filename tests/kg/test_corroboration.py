"""Facts and their sources, copies, conflicts: as quads, in a store kept up to date, and as answers."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef

from kg.claims import TERMS
from kg.corroboration import CORROBORATION_GRAPH, corroboration_quads
from kg.query import run_query
from kg.rdf import article_iri, graph_iri, quad_key, source_quads
from kg.store import all_quads, load_quads, open_store, replace_graph, triples_with
from kg.vocab import BASE, POL, RDF, RDFS
from tests.kg.statements import (
    OTHER,
    STORY,
    article,
    conflicts_of,
    corroborated,
    counts,
    dated,
    entities,
    figure,
    objects,
    quads_of,
    relation,
    source,
    text,
    told,
)

ROOT = Path(__file__).parents[2]
GRAPH = URIRef(BASE + CORROBORATION_GRAPH)
INVESTS = relation("Leafco", "investsIn", "Tea Park")
STORED = text(*STORY)


def both(one, other, *, same_file=False, copies=False):
    """Two articles, each with one statement, in a file of its own or in one, copies or not."""
    first = article("a1", one, text=STORED)
    second = article("a2", other, text=STORED if copies else text(*OTHER))
    return [source("1.txt", first, second)] if same_file else [source("1.txt", first), source("2.txt", second)]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (both(INVESTS, INVESTS), [(2, 2)]),
        (both(INVESTS, INVESTS, copies=True), [(1, 1)]),
        (both(INVESTS, INVESTS, same_file=True), [(1, 2)]),
        (both(INVESTS, INVESTS, same_file=True, copies=True), [(1, 1)]),
        (both(INVESTS, relation("Rootco", "investsIn", "Tea Park")), []),
        (both(INVESTS, relation("Leafco", "investsIn", "Tea Park", "Negated")), []),
        (both(INVESTS, relation("Leafco", "investsIn", "Tea Park", "Hypothetical")), []),
        (both(INVESTS, relation("Leafco", "investsIn", "Tea Park", "Planned")), [(2, 2)]),
        (told([INVESTS, relation("Leafco", "investsIn", "Tea Park", at=50)]), []),
        (
            both(relation("Leafco", "cooperatesWith", "Rootco"), relation("Rootco", "cooperatesWith", "Leafco")),
            [(2, 2)],
        ),
        (both(relation("Leafco", "subsidiaryOf", "Rootco"), relation("Rootco", "subsidiaryOf", "Leafco")), []),
        (both(dated("Tea Plan", "issuedOn", "2025-07"), dated("Tea Plan", "issuedOn", "2025-07")), [(2, 2)]),
        (both(dated("Tea Plan", "issuedOn", "2025-07"), dated("Tea Plan", "issuedOn", "2025")), []),
        (both(figure("5"), figure("5", label="Tea Exports")), [(2, 2)]),
        (both(figure("5.0"), figure("5")), [(2, 2)]),
        (both(figure("5"), figure("5", comparator="more than")), []),
        (both(figure("5"), figure("5", of="Yangba")), []),
        (both(figure("5"), figure("5", period="2023")), []),
        (both(figure("5", period=None), figure("5", period=None)), []),
        (both(figure("5"), figure("6")), []),
    ],
)
def test_how_many_sources_and_articles_state_a_fact(sources, expected):
    assert counts(corroborated(sources)) == expected


def test_a_fact_tells_its_triple_and_its_claims_alone():
    sources = told([INVESTS], [INVESTS], [relation("Leafco", "investsIn", "Tea Park", "Negated")])
    quads, iris = corroborated(sources), entities(sources)
    (fact,) = {s for s, p, o, _ in quads if (p, o) == (RDF.type, POL.Fact)}
    said = {p: o for s, p, o, _ in quads if s == fact}
    assert str(said[RDF.subject]) == iris["Leafco"]
    assert (said[RDF.predicate], str(said[RDF.object])) == (POL.investsIn, iris["Tea Park"])
    assert len(objects([quad for quad in quads if quad[0] == fact], POL.hasClaim)) == 2


def test_a_copy_leads_to_the_earliest_dated_article():
    dates = [None, "2025-07-02", "2025-07-01", "2025"]
    sources = [source(f"{at}.txt", article("a1", text=STORED, date=date)) for at, date in enumerate(dates)]
    copies = {(s, o) for s, p, o, _ in corroborated(sources) if p == POL.copyOf}
    assert copies == {(article_iri(f"{at}.txt", "a1"), article_iri("3.txt", "a1")) for at in range(3)}


def test_undated_copies_lead_to_the_first_article():
    sources = [source(f"{at}.txt", article("a1", text=STORED)) for at in range(3)]
    assert objects(corroborated(sources), POL.copyOf) == {str(article_iri("0.txt", "a1"))}


def test_copies_that_differ_are_no_conflict_but_another_text_is():
    assert not conflicts_of(corroborated(both(figure("5"), figure("9"), copies=True)))
    assert conflicts_of(corroborated(both(figure("5"), figure("9"))))
    assert conflicts_of(corroborated(both(figure("5"), figure("9"), same_file=True)))


def test_a_denial_in_a_copy_or_in_the_same_article_is_no_conflict():
    denied = relation("Leafco", "investsIn", "Tea Park", "Negated")
    later = relation("Leafco", "investsIn", "Tea Park", "Negated", at=50)
    assert conflicts_of(corroborated(both(INVESTS, denied)))
    assert not conflicts_of(corroborated(both(INVESTS, denied, copies=True)))
    assert not conflicts_of(corroborated(told([INVESTS, later])))


def test_articles_without_text_are_copies_of_none():
    assert not objects(corroborated(told([INVESTS], [INVESTS])), POL.copyOf)


def test_nothing_comes_of_nothing():
    assert corroboration_quads([]) == []


def corpus():
    return [
        *both(INVESTS, INVESTS, copies=True),
        *both(figure("5600000000000"), figure("6100000000000"), same_file=True),
        source("3.txt", article("a1", INVESTS, dated("Tea Fair", "heldOn", "2025-09-12/2025-09-15"))),
        source("4.txt", article("a1", dated("Tea Fair", "heldOn", "2025-10"), figure("6100000000000"))),
        source("5.txt", article("a1", relation("Leafco", "investsIn", "Tea Park", "Negated"), text=text(*OTHER))),
    ]


def named(sources):
    """The sources under names of their own, whatever they were called."""
    return [source(f"{at}.txt", *facts.articles) for at, facts in enumerate(sources)]


def test_quads_are_sorted_unique_and_in_one_graph():
    quads = corroborated(named(corpus()))
    assert quads == sorted(set(quads), key=quad_key)
    assert {quad[3] for quad in quads} == {GRAPH}
    assert len(conflicts_of(quads)) == 3


def test_any_order_gives_the_same_bytes():
    triples = [quad[:3] for quad in quads_of(named(corpus()))]
    assert corroboration_quads(reversed(triples)) == corroboration_quads(triples)
    assert corroboration_quads(triples * 2) == corroboration_quads(triples)


def test_another_base_names_facts_conflicts_and_the_graph():
    base = "https://example.org/id/"
    triples = [quad[:3] for facts in named(corpus()) for quad in source_quads(facts, base=base)]
    quads = corroboration_quads(triples, base=base)
    assert quads
    assert all(term.startswith(base) for quad in quads for term in (quad[0], quad[3]))


def lines_of(sources):
    return "\n".join(" ".join(term.n3() for term in quad) for quad in corroborated(sources))


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_same_bytes_under_any_hash_seed(seed):
    code = "from tests.kg.test_corroboration import *; print(sha256(lines_of(named(corpus())).encode()).hexdigest())"
    env = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == sha256(lines_of(named(corpus())).encode()).hexdigest()


def bring_up_to_date(store, sources, removed=()):
    for name in removed:
        replace_graph(store, graph_iri(name), [])
    for facts in sources:
        replace_graph(store, graph_iri(facts.name), source_quads(facts))
    replace_graph(store, GRAPH, corroboration_quads(triples_with(store, TERMS, outside=GRAPH)))


def test_a_store_brought_up_to_date_equals_a_fresh_one_and_a_build_in_memory(tmp_path):
    sources = named(corpus())
    old, fresh = open_store(tmp_path / "old"), open_store(tmp_path / "fresh")
    changed = source("4.txt", article("a1", INVESTS, text=STORED))
    bring_up_to_date(old, sources)
    bring_up_to_date(old, [changed], removed=["1.txt"])
    final = [*(facts for facts in sources if facts.name not in {"1.txt", "4.txt"}), changed]
    bring_up_to_date(fresh, final)
    assert [str(quad) for quad in all_quads(old)] == [str(quad) for quad in all_quads(fresh)]
    in_memory = load_quads([*quads_of(final), *corroborated(final)])
    assert [str(quad) for quad in all_quads(in_memory)] == [str(quad) for quad in all_quads(fresh)]


def labelled():
    """All quads of the corpus, with a label for each entity."""
    sources = named(corpus())
    labels = [(s, RDFS.label, o, GRAPH) for s, p, o, _ in quads_of(sources) if p == POL.name]
    return [*quads_of(sources), *corroborated(sources), *labels]


def test_the_shapes_accept_what_is_written():
    graph = Graph()
    for s, p, o, _ in labelled():
        graph.add((s, p, o))
    conforms, _, report = validate(graph, shacl_graph=Graph().parse(ROOT / "ontology" / "shapes.ttl"))
    assert conforms, report


@pytest.fixture(scope="module")
def answers():
    return load_quads(labelled())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "corroborated",
            [
                ("Leafco", "investsIn", "Tea Park", None, None, None, None, 2, 2),
                ("tea exports", "indicatorOf", "Nanling", None, 6100000000000, "RMB", "2024", 2, 2),
            ],
        ),
        (
            "copies",
            [
                ("Article a1", "2.txt", "Article a1", "0.txt"),
                ("Article a1", "5.txt", "Article a2", "2.txt"),
                ("Article a2", "1.txt", "Article a1", "0.txt"),
            ],
        ),
    ],
)
def test_stored_questions(answers, question, expected):
    assert sorted(map(str, run_query(answers, question).rows)) == sorted(map(str, expected))


def test_the_question_of_conflicts_tells_who_says_what(answers):
    rows = run_query(answers, "conflicts").rows
    assert {row[:4] for row in rows} == {
        ("Leafco", "investsIn", "Tea Park", "Asserted"),
        ("Leafco", "investsIn", "Tea Park", "Negated"),
        ("Nanling", "tea exports, 2024", "5600000000000 RMB", "Asserted"),
        ("Nanling", "tea exports, 2024", "6100000000000 RMB", "Asserted"),
        ("Tea Fair", "heldOn", "2025-09-12/2025-09-15", "Asserted"),
        ("Tea Fair", "heldOn", "2025-10", "Asserted"),
    }
    assert all(row[4] == "said" and row[5].endswith(".txt") for row in rows)


def test_the_question_of_counts_also_tells_what_one_source_states(answers):
    rows = run_query(answers, "source-counts").rows
    assert rows[0] == ("Leafco", "investsIn", "Tea Park", 2)
    assert ("Tea Fair", "heldOn", "2025-10", 1) in rows
    assert not [row for row in rows if row[3] == 0]
