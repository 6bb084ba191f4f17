from decimal import Decimal

import pytest
from rdflib import Literal, URIRef

from extract.facts import ArticleFacts, Evidence, FactError, Quote, Relation
from kg.rdf import date_literal, graph_iri, plain_decimal, quad_key, source_quads
from kg.vocab import DCTERMS, POL, RDF, XSD
from tests.kg.examples import TEXT, source


def objects(quads, predicate):
    return {o for _, p, o, _ in quads if p == predicate}


def test_every_claim_quotes_the_source_to_the_letter():
    quads = source_quads(source())
    by_subject: dict = {}
    for s, p, o, _ in quads:
        by_subject.setdefault(s, {})[p] = o
    claims = [row for row in by_subject.values() if POL.quote in row]
    assert len(claims) == 5
    assert all(TEXT[int(c[POL.start]) : int(c[POL.end])] == str(c[POL.quote]) for c in claims)


def test_a_negated_claim_has_no_direct_triple():
    quads = source_quads(source())
    assert not [q for q in quads if q[1] == POL.appliesTo]
    assert POL.appliesTo in objects(quads, RDF.predicate)
    assert POL.Negated in objects(quads, POL.status)
    assert [q for q in quads if q[1] == POL.issuedBy]


def test_super_classes_are_stated():
    ministry = URIRef("https://w3id.org/policy-kg/id/entry/cn-mofcom")
    types = {o for s, p, o, _ in source_quads(source()) if s == ministry and p == RDF.type}
    assert types == {POL.Ministry, POL.GovernmentBody, POL.Organization}


def test_quads_are_sorted_unique_and_in_the_sources_graph():
    quads = source_quads(source("a b.txt"))
    assert quads == sorted(set(quads), key=quad_key)
    assert {q[3] for q in quads} == {graph_iri("a b.txt")}
    assert str(graph_iri("a b.txt")).endswith("graph/a%20b.txt")


def test_the_article_carries_its_head():
    quads = source_quads(source())
    assert objects(quads, DCTERMS.title) == {Literal("Twelve measures")}
    assert objects(quads, DCTERMS.creator) == {Literal("LI Wen")}
    assert objects(quads, DCTERMS.type) == {Literal("Policy Express")}


@pytest.mark.parametrize(
    ("value", "kind"),
    [("2025", XSD.gYear), ("2025-05", XSD.gYearMonth), ("2025-05-03", XSD.date), ("spring", None)],
)
def test_dates_are_as_precise_as_the_text(value, kind):
    assert date_literal(value).datatype == kind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5620000000000", "5620000000000"),
        ("5.62E+12", "5620000000000"),
        ("31.30", "31.3"),
        ("100", "100"),
        ("-0.5", "-0.5"),
    ],
)
def test_decimals_are_plain(value, text):
    assert plain_decimal(Decimal(value)) == text


def test_broken_facts_are_refused():
    with pytest.raises(FactError, match="holds"):
        Quote(0, 3, "longer")
    with pytest.raises(FactError, match="Done"):
        Evidence(Quote(0, 1, "a"), 0.5, "Done")
    with pytest.raises(FactError, match="0 to 1"):
        Evidence(Quote(0, 1, "a"), 1.5)
    with pytest.raises(FactError, match="predicate"):
        Relation("e1", "likes", "e2", Evidence(Quote(0, 1, "a"), 0.5))
    with pytest.raises(FactError, match="e9"):
        ArticleFacts(
            "a1",
            "t",
            None,
            None,
            None,
            0,
            1,
            relations=(Relation("e9", "partOf", "e9", Evidence(Quote(0, 1, "a"), 0.5)),),
        )
