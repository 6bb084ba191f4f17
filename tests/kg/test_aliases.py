"""Short names are tied to the one fuller named thing of the corpus, and to none where two may be meant."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from extract.facts import ArticleFacts, SourceFacts
from extract.gazetteer import shipped_gazetteer
from kg.aliases import CONFIDENCE, Tie, of_full, thing_labels, tie_quads, ties
from kg.background import name_quads
from kg.network import to_networkx
from kg.query import run_query
from kg.rdf import source_quads
from kg.store import load_quads
from kg.things import Thing, read_things
from kg.vocab import BASE, POL, RDF, RDFS, SKOS
from tests.kg.examples import entity


def corpus(*articles):
    """The things of articles given as lists of (type, name, other names ...)."""
    quads = []
    for number, rows in enumerate(articles):
        entities = tuple(entity(f"e{i}", *row) for i, row in enumerate(rows))
        facts = ArticleFacts(f"a{number}", f"Story {number}", None, None, None, 0, 9, entities)
        quads += source_quads(SourceFacts(f"{number}.txt", "", (facts,)))
    return read_things(quad[:3] for quad in quads)


def tied(*articles):
    return {
        (str(t.short).removeprefix(BASE), str(t.full).removeprefix(BASE), t.reason)
        for t in ties(corpus(*articles), shipped_gazetteer())
    }


QILIN = ("Company", "Jiangsu Qilin New Materials Co., Ltd.", "Qilin")


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([[QILIN], [("Company", "Qilin")]], {("body/qilin", "body/jiangsu-qilin-new-materials", "stated alias")}),
        ([[QILIN], [("Company", "Qilin New Materials")]], {("body/qilin-new-materials", "body/jiangsu-qilin-new-materials", "short form")}),
        ([[("Company", "Qilin Precision Tools")], [("Company", "Qilin")]], {("body/qilin", "body/qilin-precision-tools", "short form")}),
        ([[("Organization", "Nordic Tea Council")], [("Organization", "NTC")]], {("body/ntc", "body/nordic-tea-council", "acronym")}),
        ([[("Park", "Linhe High-tech Industrial Development Zone")], [("Park", "Linhe Zone")]], {("park/linhe-zone", "park/linhe-high-tech-zone", "short form")}),
        ([[("Policy", "Plan for Green Tea (2026-2030)")], [("Policy", "Plan for Green Tea")]], {("policy/plan-green-tea", "policy/plan-green-tea-2026-2030", "without its year")}),
        ([[("District", "Wengang town")], [("City", "Wengang")]], {("city/wengang", "district/wengang-town", "other type")}),
    ],
)  # fmt: skip
def test_ties(articles, expected):
    assert tied(*articles) == expected


def test_a_chinese_name_is_tied_to_the_english_name_that_states_it():
    [(_, full, reason)] = tied([("Company", "青湖新材料有限公司")], [("Company", "Greenlake Materials", "青湖新材料")])
    assert (full, reason) == ("body/greenlake-materials", "stated alias")


@pytest.mark.parametrize(
    "articles",
    [
        [[QILIN], [("Company", "Zhejiang Qilin Batteries", "Qilin")], [("Company", "Qilin")]],  # two bear the name
        [[("Company", "Qilin Cloud")], [("Company", "Qilin")]],  # another company
        [[("Company", "Qilin Green Methanol", "Qilin")], [("Company", "Qilin")]],  # may be its parent
        [[("Company", "Qilin (China)")], [("Company", "Qilin")]],
        [[("Company", "Hangzhou Precision Tools")], [("Company", "Hangzhou")]],  # a place
        [[("Company", "Qilin Precision Tools")], [("Ministry", "Qilin")]],  # of another kind
        [[("Company", "Qilin Precision Tools")], [("Company", "Precision")]],  # no name of its own
        [[("Person", "Zhao Minghui", "Zhao")], [("Person", "Zhao")]],  # a surname
        [[("Event", "2025 Tea Forum", "Tea Forum")], [("Event", "Tea Forum")]],  # a series is none of its editions
        [[("Policy", "Plan for Green Tea (2021-2025)"), ("Policy", "Plan for Green Tea (2026-2030)")], [("Policy", "Plan for Green Tea")]],
        [[("Policy", "pilot programme")], [("Policy", "pilot programme")]],
        [[("District", "Wengang town")], [("District", "Wengang county")]],  # two levels
        [[("Technology", "electric vehicles", "EVs")], [("Technology", "hybrid EVs")]],
        [[("Park", "Linhe High-tech Zone"), ("Park", "Linhe Economic Development Zone")], [("Park", "Linhe Zone")]],
        [[("Company", "Qilin Energy"), ("Company", "Qilin")]],  # an article that names both means two
        [[QILIN]],
    ],
)  # fmt: skip
def test_no_tie(articles):
    assert tied(*articles) == set()


def test_the_runner_up_is_kept_and_chains_end_at_the_fullest_name():
    found = ties(
        corpus([QILIN], [("Company", "Qilin New Materials")], [("Company", "Qilin")], [("Company", "Qilin Robotics")]),
        shipped_gazetteer(),
    )
    by_short = {str(t.short).rsplit("/", 1)[1]: t for t in found}
    full = URIRef(f"{BASE}body/jiangsu-qilin-new-materials")
    assert {t.full for t in found} == {full} and set(by_short) == {"qilin", "qilin-new-materials"}
    assert by_short["qilin"].runner_up == URIRef(f"{BASE}body/qilin-robotics")


names = st.lists(
    st.sampled_from(["Qilin", "Jiangsu", "New", "Materials", "Zone", "Tea", "2025", "Plan"]), min_size=1, max_size=4
).map(" ".join)
rows = st.tuples(st.sampled_from(["Company", "Park", "Policy", "City", "District", "Event", "Person"]), names, names)


@given(st.lists(st.lists(rows, min_size=1, max_size=3), max_size=6))
def test_ties_are_stars_and_do_not_depend_on_order(articles):
    things = corpus(*articles)
    found = ties(things, shipped_gazetteer())
    shorts = {t.short for t in found}
    assert len(shorts) == len(found)
    assert not shorts & {t.full for t in found}
    assert {t.full for t in found} | shorts <= things.keys()
    assert found == ties(dict(reversed(things.items())), shipped_gazetteer())
    assert all(t.reason in CONFIDENCE for t in found)


def test_ties_as_quads():
    things = corpus([QILIN], [("Company", "Qilin", "Qilin Works")])
    [tie] = ties(things, shipped_gazetteer())
    told = {(s, p): o for s, p, o, _ in tie_quads([tie], things)}
    [link] = [s for s, p in told if p == RDF.type]
    assert told[tie.short, POL.sameThingAs] == tie.full
    assert (told[link, POL.linkOf], told[link, POL.linkedTo]) == (tie.short, tie.full)
    assert str(told[link, POL.reason]) == "stated alias" and float(told[link, POL.confidence]) == 0.95
    assert str(told[tie.full, SKOS.altLabel]) == "Qilin Works"


def test_a_query_by_preferred_labels_has_one_name_a_thing():
    articles = [[QILIN, ("City", "Linhe")], [("Company", "Qilin")]]
    things = corpus(*articles)
    found = ties(things, shipped_gazetteer())
    labels = name_quads({iri: thing.names for iri, thing in things.items()}, shipped_gazetteer())
    store = load_quads([*labels, *thing_labels(labels, found), *tie_quads(found, things)])
    rows = run_query(store, "SELECT DISTINCT ?name WHERE { ?x skos:prefLabel ?name } ORDER BY ?name").rows
    assert rows == (("Jiangsu Qilin New Materials Co., Ltd.",), ("Linhe",))
    assert len(run_query(store, "SELECT ?x WHERE { ?x rdfs:label ?name }").rows) == 3


def test_what_is_said_of_the_short_is_said_of_the_full():
    tie = Tie(URIRef("x:short"), URIRef("x:full"), "stated alias")
    told = [(tie.short, POL.issuedBy, URIRef("x:other")), (URIRef("x:claim"), RDF.object, tie.short)]
    assert list(of_full(told, [tie])) == [
        (tie.full, POL.issuedBy, URIRef("x:other")),
        (URIRef("x:claim"), RDF.object, tie.full),
    ]


def test_the_network_has_one_node_a_thing():
    claims = """
        :short a pol:Company ; rdfs:label "Qilin" ; pol:mentionedIn :a ; pol:sameThingAs :full .
        :full a pol:Company ; rdfs:label "Qilin Works" ; pol:mentionedIn :b .
        :park a pol:Park ; rdfs:label "Linhe Park" ; pol:mentionedIn :a .
        :c1 a pol:Claim ; rdf:subject :short ; rdf:predicate pol:locatedIn ; rdf:object :park ; pol:confidence 0.5 ; pol:status pol:Asserted .
        :c2 a pol:Claim ; rdf:subject :full ; rdf:predicate pol:locatedIn ; rdf:object :park ; pol:confidence 0.9 ; pol:status pol:Asserted .
        :c3 a pol:Claim ; rdf:subject :short ; rdf:predicate pol:partOf ; rdf:object :full ; pol:confidence 0.9 ; pol:status pol:Asserted ."""
    store = load_quads([])
    prefixes = f"PREFIX pol: <{POL}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> PREFIX : <http://example.org/>"
    store.update(f"{prefixes} INSERT DATA {{ GRAPH :g {{ {claims} }} }}")
    network: nx.MultiDiGraph[str] = to_networkx(store)
    assert sorted(label for _, label in network.nodes(data="label")) == ["Linhe Park", "Qilin Works"]
    assert [(key, data) for _, _, key, data in network.edges(keys=True, data=True)] == [
        ("locatedIn", {"confidence": 0.9, "claims": 2})
    ]


def test_things_are_read_with_their_counts_types_and_qualifiers():
    things = corpus([("Company", "Qilin"), ("Programme", "pilot programme")], [("Company", "Qilin", "Qilin Works")])
    articles = frozenset(f"{BASE}article/{n}.txt/a{n}" for n in (0, 1))
    assert things[URIRef(f"{BASE}body/qilin")] == Thing(
        {"Qilin": 2, "Qilin Works": 1}, frozenset({"Company"}), articles=articles
    )
    [scoped] = [thing for iri, thing in things.items() if "pilot" in iri]
    assert scoped.qualifier == "Story 0"
