"""The page's data: read from a store, laid out, and put into one document; test_page.py looks at it in a browser."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset
from rdflib.query import ResultRow

from kg.view.graph import Evidence, ViewEdge, ViewFact, ViewGraph, ViewNode
from kg.view.layout import coordinates
from kg.view.page import render_page
from kg.view.read import view_graph, worded
from kg.view.style import PREDICATES, STATUSES, TYPES

EX = "http://example.org/"
TRIG = """
@prefix : <http://example.org/> .
@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:graph1 {
  <http://example.org/source/tea%20news.txt> a pol:Source .
  :a1 a pol:Article ; dcterms:title "Tea and robots" ; pol:partOfSource <http://example.org/source/tea%20news.txt> .
  :ministry a pol:Ministry , pol:GovernmentBody , pol:Organization ; skos:altLabel "MoT" , "茶业部" ; pol:mentionedIn :a1 .
  :plan a pol:Policy ; pol:mentionedIn :a1 ; pol:issuedBy :ministry ; pol:hasMeasure :m ; pol:issuedOn "2025-03"^^xsd:gYearMonth .
  :woman a pol:Person ; pol:mentionedIn :a1 ; pol:affiliatedWith :ministry .
  :yangba a pol:City , pol:Place ; pol:mentionedIn :a1 .
  :fair a pol:Event ; pol:mentionedIn :a1 .
  :m a pol:Measure ; rdfs:label "plant more tea" .
  :i a pol:Indicator ; pol:indicatorOf :yangba ; rdfs:label "tea exports" ; pol:value 2500000.0 ; pol:unit "USD" ;
    pol:period "2024" ; pol:comparator "more than" .
  :c1 a pol:Claim ; rdf:subject :plan ; rdf:predicate pol:issuedBy ; rdf:object :ministry ; pol:status pol:Asserted ;
    pol:confidence 0.93 ; prov:wasDerivedFrom :a1 ; pol:quote "issued by the\\n ministry" ; pol:start 10 ; pol:end 33 .
  :c2 a pol:Claim ; rdf:subject :woman ; rdf:predicate pol:affiliatedWith ; rdf:object :ministry ; pol:status pol:Attributed ;
    pol:confidence 0.8 ; prov:wasDerivedFrom :a1 ; pol:quote "she says she leads it" ; pol:start 40 ; pol:end 61 ;
    pol:role "minister" ; pol:attributedTo :woman .
  :c3 a pol:Claim ; rdf:subject :plan ; rdf:predicate pol:appliesTo ; rdf:object :yangba ; pol:status pol:Negated ;
    pol:confidence 0.7 ; prov:wasDerivedFrom :a1 ; pol:quote "not for Yangba" ; pol:start 70 ; pol:end 84 .
  :c4 a pol:Claim ; rdf:subject :fair ; rdf:predicate pol:heldOn ; rdf:object "2025-09-12"^^xsd:date ; pol:status pol:Asserted ;
    pol:confidence 0.9 ; prov:wasDerivedFrom :a1 ; pol:quote "September 12-15" ; pol:start 90 ; pol:end 105 ;
    pol:until "2025-09-15"^^xsd:date .
  :fair pol:heldOn "2025-09-12"^^xsd:date .
  :c5 a pol:Claim ; rdf:subject :i ; rdf:predicate pol:indicatorOf ; rdf:object :yangba ; pol:status pol:Asserted ;
    pol:confidence 0.9 ; prov:wasDerivedFrom :a1 ; pol:quote "more than 2.5 million USD" ; pol:start 110 ; pol:end 135 .
}
:graph2 { :plan pol:issuedBy :ministry . :ministry a pol:Organization . }
:names {
  :ministry rdfs:label "Ministry of Tea" . :plan rdfs:label "Tea Plan" . :woman rdfs:label "Mei Lan" .
  :yangba rdfs:label "Yangba" . :fair rdfs:label "Tea Fair" .
}
:background {
  :yangba pol:locatedIn :nanling . :nanling a pol:Province , pol:Place ; rdfs:label "Nanling" ; pol:locatedIn :china .
  :china a pol:Country , pol:Place ; rdfs:label "China" .
  :unheard a pol:Province , pol:Place ; rdfs:label "Unheard of" ; pol:locatedIn :china .
}
"""


@pytest.fixture(scope="module")
def view() -> ViewGraph:
    store = Dataset(default_union=True)
    store.parse(data=TRIG, format="trig")

    def query(text: str) -> Iterator[dict[str, str]]:
        for row in store.query(text):
            assert isinstance(row, ResultRow)
            yield {name: str(value) for name, value in row.asdict().items()}

    return view_graph(query)


def node(view: ViewGraph, name: str) -> ViewNode:
    return next(node for node in view.nodes if node.id == EX + name)


def edge(view: ViewGraph, source: str, predicate: str, target: str) -> ViewEdge:
    return next(e for e in view.edges if (e.source, e.predicate, e.target) == (EX + source, predicate, EX + target))


def quoted(text: str, status: str = "Asserted") -> Evidence:
    return Evidence(text, "Tea and robots", "tea news.txt", 5, 5 + len(text), status, 0.9)


def small_view(label: str = "Tea Plan") -> ViewGraph:
    nodes = (ViewNode("x:plan", label, "Policy"), ViewNode("x:ministry", "Ministry of Tea", "Ministry", ("MoT",)))
    return ViewGraph(nodes, (ViewEdge("x:plan", "x:ministry", "issuedBy", (quoted("it said"),)),))


def page_data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


# ---------------------------------------------------------------- reading


def test_what_texts_mention_and_what_that_lies_in_is_shown(view: ViewGraph) -> None:
    assert {n.label for n in view.nodes} == {
        *("Ministry of Tea", "Tea Plan", "Mei Lan", "Yangba", "Tea Fair"),
        *("Nanling", "China"),
    }


def test_a_node_has_its_most_specific_type_its_names_and_its_articles(view: ViewGraph) -> None:
    assert node(view, "ministry") == ViewNode(
        EX + "ministry", "Ministry of Tea", "Ministry", ("MoT", "茶业部"), ("Tea and robots",)
    )


def test_an_edge_quotes_its_evidence_to_the_letter_and_once(view: ViewGraph) -> None:
    assert edge(view, "plan", "issuedBy", "ministry").evidence == (
        Evidence("issued by the\n ministry", "Tea and robots", "tea news.txt", 10, 33, "Asserted", 0.93),
    )


def test_role_and_speaker_of_a_claim(view: ViewGraph) -> None:
    (evidence,) = edge(view, "woman", "affiliatedWith", "ministry").evidence
    assert (evidence.status, evidence.role, evidence.attributed_to) == ("Attributed", "minister", "Mei Lan")


def test_a_denied_relation_is_there_with_its_status(view: ViewGraph) -> None:
    (evidence,) = edge(view, "plan", "appliesTo", "yangba").evidence
    assert evidence.status == "Negated"


def test_background_knowledge_has_no_evidence(view: ViewGraph) -> None:
    assert edge(view, "yangba", "locatedIn", "nanling").evidence == ()


@pytest.mark.parametrize(
    ("name", "predicate", "text", "quotes"),
    [
        ("yangba", "indicatorOf", "tea exports: more than 2.5 million USD (2024)", ["more than 2.5 million USD"]),
        ("plan", "issuedOn", "2025-03", []),
        ("plan", "hasMeasure", "plant more tea", []),
        ("fair", "heldOn", "2025-09-12 to 2025-09-15", ["September 12-15"]),
    ],
)
def test_facts(view: ViewGraph, name: str, predicate: str, text: str, quotes: list[str]) -> None:
    (fact,) = (fact for fact in node(view, name).facts if fact.predicate == predicate)
    assert (fact.text, [evidence.quote for evidence in fact.evidence]) == (text, quotes)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("5620000000000", "5.62 trillion"),
        ("2500000.0", "2.5 million"),
        ("1234567", "1,234,567"),
        ("3100", "3,100"),
        ("31.30", "31.3"),
        ("-4000000", "-4 million"),
        ("0", "0"),
    ],
)
def test_numbers_in_words(value: str, words: str) -> None:
    assert worded(Decimal(value)) == words


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**16), max_value=10**16, places=3))
def test_numbers_in_words_lose_nothing(value: Decimal) -> None:
    scales = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "": 1}
    number, _, scale = worded(value).partition(" ")
    assert Decimal(number.replace(",", "")) * scales[scale] == value


# ---------------------------------------------------------------- the view


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ViewNode("x:a", "A", "Thing"), "unknown type of x:a: 'Thing'; allowed: Policy"),
        (lambda: ViewEdge("x:a", "x:b", "likes"), "unknown predicate of an edge: 'likes'"),
        (lambda: ViewFact("size", "9"), "unknown predicate of a fact: 'size'"),
        (lambda: quoted("x", "Likely"), "unknown status: 'Likely'; allowed: Asserted"),
        (lambda: ViewGraph((ViewNode("x:a", "A", "City"),) * 2, ()), "share an IRI"),
        (lambda: ViewGraph((), (ViewEdge("x:a", "x:b", "partOf"),)), "leads to x:a, which is no node"),
    ],
)
def test_what_a_view_refuses(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_no_type_is_told_by_colour_alone() -> None:
    glyphs = [(style.shape, style.solid) for style in TYPES.values()]
    assert len(glyphs) == len(set(glyphs))


# ---------------------------------------------------------------- layout

EDGES = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 3), (4, 5), (0, 1)]


def test_layout_is_the_same_every_time_and_whole() -> None:
    places = coordinates(9, EDGES)
    assert places == coordinates(9, EDGES) == coordinates(9, EDGES[::-1])
    assert len(set(places)) == len(places) == 9
    assert all(isinstance(x, int) and isinstance(y, int) for x, y in places)


def test_large_layout_is_the_same_every_time_and_leaves_random_numbers_alone() -> None:
    edges = [(i, i * i % 1100) for i in range(1500)]
    edges += [(i, i + 1) for i in range(1499)]
    random.seed(7)
    first = coordinates(1500, edges)
    after = random.random()
    random.seed(7)
    assert random.random() == after
    assert first == coordinates(1500, edges)


def test_parts_do_not_overlap() -> None:
    places = coordinates(40, [(i, i + 1) for i in range(39) if i % 10 != 9])
    boxes = []
    for part in (places[i : i + 10] for i in range(0, 40, 10)):
        xs, ys = zip(*part, strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]


def test_layout_of_nothing() -> None:
    assert coordinates(0, []) == []


# ---------------------------------------------------------------- the document


def test_same_view_same_page_in_whatever_order() -> None:
    view = small_view()
    assert render_page(view, title="T") == render_page(ViewGraph(view.nodes[::-1], view.edges), title="T")


def test_empty_view_has_a_page() -> None:
    assert page_data(render_page(ViewGraph((), ()), title="Nothing yet"))["nodes"] == []


def test_data_in_the_page_are_the_view(view: ViewGraph) -> None:
    data = page_data(render_page(view, title="T"))
    assert isinstance(data["nodes"], list)
    assert isinstance(data["edges"], list)
    assert sorted(n["iri"] for n in data["nodes"]) == [n.id for n in view.nodes]
    assert [n["id"] for n in data["nodes"]] == list(range(len(view.nodes)))
    denied = next(e for e in data["edges"] if e["predicate"] == "appliesTo")
    assert denied["evidence"][0]["quote"] == "not for Yangba"
    assert list(data["types"]) == list(TYPES)  # type: ignore[call-overload]
    assert list(data["predicates"]) == list(PREDICATES)  # type: ignore[call-overload]
    assert data["statuses"] == list(STATUSES)


@pytest.mark.parametrize(
    "label", ["</script><script>x()</script>", "a & b", "<!-- <script>", "line\u2028end", "${title}$data"]
)
def test_names_stay_data(label: str) -> None:
    page = render_page(small_view(label), title="T")
    nodes = page_data(page)["nodes"]
    assert isinstance(nodes, list)
    assert label in [n["label"] for n in nodes]
    assert page.count("</script>") == 3


def test_title_is_text() -> None:
    assert "<title>A &lt;b&gt; &amp; c</title>" in render_page(small_view(), title="A <b> & c")


def test_page_names_nothing_to_fetch() -> None:
    page = render_page(small_view(), title="T")
    head = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r"\b(?:src|href|action|data)\s*=\s*[\"']?([^\"'> ]*)", head) == ["data:,"]
    assert "@import" not in page.partition("</style>")[0]
    assert "url(" not in page.partition("</style>")[0]
    assert "sourceMappingURL" not in page


def test_policy_allows_only_what_is_in_the_page() -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', render_page(small_view(), title="T"))
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert rules.pop("img-src") == "data:"
    for rule in (rules.pop("script-src"), rules.pop("style-src")):
        assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in rule.split())
    assert rules == {}


def test_vendored_code_is_what_its_table_says() -> None:
    vendor = files("kg.view") / "vendor"
    digest = sha256((vendor / "vis-network.min.js").read_bytes()).hexdigest()
    assert f"SHA-256: `{digest}`" in (vendor / "README.md").read_text(encoding="utf-8")


def test_two_relations_between_two_nodes_do_not_hide_each_other() -> None:
    view = small_view()
    again = ViewEdge("x:ministry", "x:plan", "partOf")
    edges = page_data(render_page(ViewGraph(view.nodes, (*view.edges, again)), title="T"))["edges"]
    assert isinstance(edges, list)
    assert sorted(str(e["smooth"] and e["smooth"]["roundness"]) for e in edges) == ["0.16", "False"]
