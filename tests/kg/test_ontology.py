"""The ontology is complete and explained; the shapes accept a good graph and name what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, SKOS, VANN

ONTOLOGY = Path(__file__).parents[2] / "ontology"
POL = Namespace("https://w3id.org/policy-kg/ontology#")
SHAPE = Namespace("https://w3id.org/policy-kg/shapes#")
SCHEMA = Namespace("https://schema.org/")
EX = Namespace("http://example.org/")

SUPER_CLASSES = {
    "Policy": SCHEMA.CreativeWork,
    "Programme": SCHEMA.CreativeWork,
    "GovernmentBody": POL.Organization,
    "Ministry": POL.GovernmentBody,
    "Company": POL.Organization,
    "University": POL.Organization,
    "ResearchInstitute": POL.Organization,
    "Park": POL.Place,
    "Country": POL.Place,
    "Province": POL.Place,
    "City": POL.Place,
    "District": POL.Place,
    "Industry": SKOS.Concept,
    "Technology": SKOS.Concept,
    "Claim": RDF.Statement,
    "Fact": RDF.Statement,
    "Article": SCHEMA.NewsArticle,
}
CLASSES = [
    *SUPER_CLASSES,
    "Organization",
    "Place",
    "Person",
    "Event",
    "Measure",
    "Indicator",
    "Source",
    "Status",
    "Conflict",
    "Correction",
    "Link",
]
STATUSES = ["Asserted", "Planned", "Attributed", "Negated", "Hypothetical"]
RELATIONS = [
    *("issuedBy", "appliesTo", "locatedIn", "partOf", "affiliatedWith", "cooperatesWith", "establishedBy"),
    *("subsidiaryOf", "develops", "focusesOn", "participatesIn", "investsIn"),
]
CLAIMED = [*RELATIONS, "issuedOn", "heldOn", "establishedOn", "hasMeasure", "indicatorOf"]
PROPERTIES = [
    *CLAIMED,
    *("mentionedIn", "partOfSource", "confidence", "status", "quote", "start", "end"),
    *("role", "until", "attributedTo", "name", "sha256"),
    *("value", "unit", "unitCode", "period", "comparator", "gazetteerId"),
    *("qualifier", "linkOf", "linkedTo", "runnerUp", "reason", "sameThingAs", "editionOf"),
    *("signature", "copyOf", "hasClaim", "sourceCount", "articleCount", "between", "about", "action", "corrects"),
]

GOOD = """
@prefix : <http://example.org/> .
@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:page a pol:Source ; rdfs:label "page.txt" .
:news a pol:Article ; dcterms:title "Tea plan" ; dcterms:date "2025-03-02"^^xsd:date ;
    pol:partOfSource :page ; pol:start 0 ; pol:end 900 ; pol:signature "AAAAAQ=="^^xsd:base64Binary .
:reprint a pol:Article ; dcterms:title "Tea plan again" ; pol:start 900 ; pol:end 1700 ; pol:copyOf :news ; pol:partOfSource :page .

:plan a pol:Policy , schema:CreativeWork ; rdfs:label "Tea Export Plan" ; skos:altLabel "the TEP" ;
    pol:mentionedIn :news ; pol:issuedBy :ministry ; pol:appliesTo :park ; pol:partOf :drive ;
    pol:issuedOn "2025-03"^^xsd:gYearMonth ; pol:hasMeasure :checks .
:drive a pol:Programme , schema:CreativeWork ; rdfs:label "Green Tea Drive" .
:checks a pol:Measure ; rdfs:label "shorten customs checks" .
:ministry a pol:Ministry , pol:GovernmentBody , pol:Organization ; rdfs:label "Ministry of Tea" .
:bureau a pol:GovernmentBody , pol:Organization ; rdfs:label "Yangba Tea Bureau" .
:leafco a pol:Company , pol:Organization ; rdfs:label "Leafco" ; pol:subsidiaryOf :bureau ; pol:investsIn :park ;
    pol:develops :dryer ; pol:cooperatesWith :college .
:college a pol:University , pol:Organization ; rdfs:label "Yangba College" ; pol:establishedOn "1998"^^xsd:gYear .
:lab a pol:ResearchInstitute , pol:Organization ; rdfs:label "Leaf Laboratory" ; pol:establishedBy :college .
:guild a pol:Organization ; rdfs:label "Tea Guild" .
:park a pol:Park , pol:Place ; rdfs:label "Yangba Tea Park" ; pol:locatedIn :yangba ; pol:focusesOn :tea .
:yangba a pol:City , pol:Place ; rdfs:label "Yangba" ; pol:locatedIn :province .
:province a pol:Province , pol:Place ; rdfs:label "Nanling" .
:woman a pol:Person ; rdfs:label "Mei Lan" ; pol:affiliatedWith :guild ; pol:participatesIn :fair .
:fair a pol:Event ; rdfs:label "Tea Fair" ; pol:heldOn "2025-09-12/2025-09-15" .
:tea a pol:Industry , skos:Concept ; rdfs:label "tea industry" .
:dryer a pol:Technology , skos:Concept ; rdfs:label "leaf dryer" .
:exports a pol:Indicator ; pol:indicatorOf :province ; rdfs:label "tea exports" ; pol:value 2500000.0 ;
    pol:unit "USD" ; pol:period "2025-H1" ; pol:comparator "more than" .

:denied a pol:Claim ; rdf:subject :guild ; rdf:predicate pol:investsIn ; rdf:object :park ;
    pol:confidence 0.9 ; pol:status pol:Negated ; prov:wasDerivedFrom :news ;
    pol:quote "never paid" ; pol:start 40 ; pol:end 50 ; pol:role "sponsor" .

:known a pol:Fact ; rdf:subject :woman ; rdf:predicate pol:participatesIn ; rdf:object :fair ; pol:hasClaim :claim0 , :claim1 ;
    pol:sourceCount 1 ; pol:articleCount 2 .
:disputed a pol:Conflict ; pol:about :college ; rdf:predicate pol:establishedOn ; pol:between :claim1 , :claim0 .
:leaf a pol:Organization ; rdfs:label "Leaf" ; pol:sameThingAs :leafco .
:tie a pol:Link ; pol:linkOf :leaf ; pol:linkedTo :leafco ; pol:reason "stated alias" ; pol:runnerUp :guild .
:byhand a pol:Correction ; rdfs:label "rename id:company/leafco Leafco" ; pol:action "rename" ; pol:corrects :leafco .
"""

# shape at fault, text of the good graph, text instead (where the first is empty, the second is added)
BAD = [
    ("entityLabel", 'rdfs:label "Nanling"', 'rdfs:label "Nanling" , "Nan Ling"'),
    ("entityLabel", ' ; rdfs:label "Nanling"', ""),
    ("entityAlias", '"the TEP"', '"Tea Export Plan"'),
    ("entityMention", "pol:mentionedIn :news", "pol:mentionedIn :page"),
    ("statesOrganization", "pol:Company , pol:Organization", "pol:Company"),
    ("statesGovernmentBody", "pol:Ministry , pol:GovernmentBody", "pol:Ministry"),
    ("statesPlace", "pol:Province , pol:Place", "pol:Province"),
    ("statesCreativeWork", "pol:Policy , schema:CreativeWork", "pol:Policy"),
    ("statesConcept", "pol:Industry , skos:Concept", "pol:Industry"),
    ("issuedBy", "", ":park pol:issuedBy :ministry ."),
    ("issuedByObject", "", ":plan pol:issuedBy :tea ."),
    ("appliesTo", "", ":leafco pol:appliesTo :park ."),
    ("appliesToObject", "", ":plan pol:appliesTo :woman ."),
    ("locatedIn", "", ":woman pol:locatedIn :yangba ."),
    ("locatedInObject", "", ":park pol:locatedIn :guild ."),
    ("partOfObject", "", ':plan pol:partOf "a drive" .'),
    ("affiliatedWith", "", ":leafco pol:affiliatedWith :guild ."),
    ("affiliatedWithObject", "", ":woman pol:affiliatedWith :tea ."),
    ("cooperatesWith", "", ":tea pol:cooperatesWith :leafco ."),
    ("cooperatesWithObject", "", ":leafco pol:cooperatesWith :fair ."),
    ("establishedBy", "", ":woman pol:establishedBy :leafco ."),
    ("establishedByObject", "", ":park pol:establishedBy :tea ."),
    ("subsidiaryOf", "", ":park pol:subsidiaryOf :leafco ."),
    ("subsidiaryOfObject", "", ":leafco pol:subsidiaryOf :park ."),
    ("develops", "", ":fair pol:develops :dryer ."),
    ("developsObject", "", ":leafco pol:develops :park ."),
    ("focusesOn", "", ":woman pol:focusesOn :tea ."),
    ("focusesOnObject", "", ":park pol:focusesOn :leafco ."),
    ("participatesIn", "", ":plan pol:participatesIn :fair ."),
    ("participatesInObject", "", ":woman pol:participatesIn :park ."),
    ("investsIn", "", ":tea pol:investsIn :park ."),
    ("investsInObject", "", ":leafco pol:investsIn :woman ."),
    ("hasMeasure", "", ":park pol:hasMeasure :checks ."),
    ("hasMeasureObject", "", ":plan pol:hasMeasure :tea ."),
    ("measureLabel", ' ; rdfs:label "shorten customs checks"', ""),
    ("issuedOn", '"2025-03"^^xsd:gYearMonth', '"March 2025"'),
    ("issuedOn", '"2025-03"^^xsd:gYearMonth', '"2025-13"^^xsd:gYearMonth'),
    ("establishedOn", '"1998"^^xsd:gYear', "1998"),
    ("heldOn", '"2025-09-12/2025-09-15"', '"12 to 15 September"'),
    ("indicatorOf", "pol:indicatorOf :province ; ", ""),
    ("indicatorLabel", 'rdfs:label "tea exports" ; ', ""),
    ("indicatorValue", "2500000.0", '"2.5 million"'),
    ("indicatorValue", " ; pol:value 2500000.0", ""),
    ("indicatorUnit", 'pol:unit "USD"', 'pol:unit "USD" , "dollars"'),
    ("indicatorPeriod", '"2025-H1"', '"first half"'),
    ("indicatorComparator", '"more than"', '"more than" , "about"'),
    ("claimSubject", "rdf:subject :guild ; ", ""),
    ("claimPredicate", "rdf:predicate pol:investsIn", "rdf:predicate pol:likes"),
    ("claimObject", " ; rdf:object :park", ""),
    ("claimConfidence", "pol:confidence 0.9", "pol:confidence 1.2"),
    ("claimConfidence", "pol:confidence 0.9", 'pol:confidence "high"'),
    ("claimStatus", "pol:Negated", "pol:Likely"),
    ("claimQuote", 'pol:quote "never paid" ; ', ""),
    ("claimStart", "pol:start 40", "pol:start 60"),
    ("claimStart", "pol:start 40 ; ", ""),
    ("claimEnd", "pol:end 50 ; ", ""),
    ("claimArticle", "prov:wasDerivedFrom :news", "prov:wasDerivedFrom :page"),
    ("claimArticle", " ; prov:wasDerivedFrom :news", ""),
    ("claimRole", 'pol:role "sponsor"', 'pol:role "sponsor" , "owner"'),
    ("claimUntil", 'pol:role "sponsor"', 'pol:until "Monday"'),
    ("QuoteFillsOffsets", "pol:end 50", "pol:end 51"),
    ("DeniedIsNotStated", "", ":guild pol:investsIn :park ."),
    ("ClaimIsStated", "pol:Negated", "pol:Planned"),
    ("RelationHasClaim", "", ":bureau pol:investsIn :park ."),
    ("articleTitle", 'dcterms:title "Tea plan" ; ', ""),
    ("articleSource", "pol:partOfSource :page ; ", ""),
    ("articleStart", "pol:start 0", "pol:start 901"),
    ("articleEnd", " ; pol:end 900", ""),
    ("articleDate", '"2025-03-02"^^xsd:date', '"last Sunday"'),
    ("articleSignature", '"AAAAAQ=="^^xsd:base64Binary', '"AAAAAQ=="'),
    ("articleCopy", "pol:copyOf :news", "pol:copyOf :page"),
    ("articleCopy", "", ":news pol:copyOf :reprint ."),
    ("factSubject", "rdf:subject :woman ; ", ""),
    ("factPredicate", "rdf:predicate pol:participatesIn ; ", ""),
    ("factObject", "rdf:object :fair ; ", ""),
    ("factClaim", "pol:hasClaim :claim0 , :claim1", "pol:hasClaim :claim0"),
    ("factSources", "pol:sourceCount 1", "pol:sourceCount 3"),
    ("factArticles", " ; pol:articleCount 2", ""),
    ("conflictClaim", "pol:between :claim1 , :claim0", "pol:between :claim1 , :news"),
    ("conflictEntity", "pol:about :college ; ", ""),
    ("conflictPredicate", "rdf:predicate pol:establishedOn ; ", ""),
    ("linkOf", "pol:linkOf :leaf ; ", ""),
    ("linkReason", 'pol:reason "stated alias" ; ', ""),
    ("linkTarget", "pol:linkedTo :leafco", "pol:linkedTo :leafco , :guild"),
    ("sameThing", "", ":leafco pol:sameThingAs :guild ."),
    ("sameThing", "", ":leaf pol:sameThingAs :guild ."),
    ("correctionLabel", 'rdfs:label "rename id:company/leafco Leafco" ; ', ""),
    ("correctionAction", 'pol:action "rename"', 'pol:action "improve"'),
    ("correctionCorrects", " ; pol:corrects :leafco", ""),
    ("sourceLabel", ' ; rdfs:label "page.txt"', ""),
]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "policy.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def with_claims(graph: Graph) -> Graph:
    """The graph with an asserted claim for each relation, date, measure and indicator it states."""
    stated = [(s, POL[name], o) for name in CLAIMED for s, o in graph.subject_objects(POL[name])]
    for number, (s, p, o) in enumerate(sorted(stated)):
        claim = EX[f"claim{number}"]
        for term, value in [
            *((RDF.type, POL.Claim), (RDF.subject, s), (RDF.predicate, p), (RDF.object, o)),
            *((POL.status, POL.Asserted), (POL.confidence, Literal("0.9", datatype=XSD.decimal))),
            *((PROV.wasDerivedFrom, EX.news), (POL.quote, Literal("tea"))),
            *((POL.start, Literal(10)), (POL.end, Literal(13))),
        ]:
            graph.add((claim, term, value))
    return graph


def good_graph() -> Graph:
    return with_claims(Graph().parse(data=GOOD, format="turtle"))


def bad_graph(old: str, new: str) -> Graph:
    assert old == "" or GOOD.count(old) == 1
    if old:
        return with_claims(Graph().parse(data=GOOD.replace(old, new), format="turtle"))
    return good_graph().parse(data=GOOD.partition("\n\n")[0] + new, format="turtle")


def terms(ontology: Graph) -> list[URIRef]:
    return sorted({s for s in ontology.subjects() if isinstance(s, URIRef) and s.startswith(POL)})


def languages(ontology: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(str(text.language) for text in ontology.objects(term, predicate) if isinstance(text, Literal))


def test_every_term_of_the_contract_is_there(ontology: Graph) -> None:
    assert {str(term).removeprefix(str(POL)) for term in terms(ontology)} == {*CLASSES, *PROPERTIES, *STATUSES}


def test_every_term_is_explained(ontology: Graph) -> None:
    home = URIRef(str(POL).rstrip("#"))
    for term in terms(ontology):
        assert languages(ontology, term, RDFS.label) == ["en", "zh"], term
        assert languages(ontology, term, SKOS.definition) == ["en"], term
        assert languages(ontology, term, SKOS.example) == ["en"], term
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [home], term


def test_labels_are_unique(ontology: Graph) -> None:
    labels = [label for term in terms(ontology) for label in ontology.objects(term, RDFS.label)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(("name", "super_class"), SUPER_CLASSES.items())
def test_super_classes(ontology: Graph, name: str, super_class: URIRef) -> None:
    assert (POL[name], RDFS.subClassOf, super_class) in ontology


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_says_what_it_leads_from_and_to(ontology: Graph, name: str) -> None:
    kinds = set(ontology.objects(POL[name], RDF.type))
    assert kinds & {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    any_entity = {"partOf", "indicatorOf", "mentionedIn", "name", "gazetteerId", "about", "corrects"} | {
        "qualifier",
        "linkOf",
        "linkedTo",
        "runnerUp",
        "sameThingAs",
    }
    domains = [*ontology.objects(POL[name], RDFS.domain), *ontology.objects(POL[name], SCHEMA.domainIncludes)]
    ranges = [*ontology.objects(POL[name], RDFS.range), *ontology.objects(POL[name], SCHEMA.rangeIncludes)]
    assert domains or name in any_entity
    assert ranges or name in any_entity


def test_no_property_has_two_domains_or_ranges(ontology: Graph) -> None:
    for term in terms(ontology):
        for axiom in (RDFS.domain, RDFS.range):
            assert len(list(ontology.objects(term, axiom))) <= 1, (term, axiom)


def test_header(ontology: Graph) -> None:
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [URIRef(str(POL).rstrip("#"))]
    assert list(ontology.objects(None, VANN.preferredNamespacePrefix)) == [Literal("pol")]
    assert list(ontology.objects(None, VANN.preferredNamespaceUri)) == [Literal(str(POL))]
    assert list(ontology.objects(None, DCTERMS.license)) == [URIRef("https://creativecommons.org/licenses/by/4.0/")]


def test_good_graph_passes(shapes: Graph) -> None:
    conforms, _, report = validate(good_graph(), shacl_graph=shapes)
    assert conforms, report


def test_good_graph_passes_with_the_ontology_in_it(ontology: Graph, shapes: Graph) -> None:
    conforms, _, report = validate(good_graph() + ontology, shacl_graph=shapes)
    assert conforms, report


@pytest.mark.parametrize(("name", "old", "new"), BAD)
def test_bad_graph_is_refused(shapes: Graph, name: str, old: str, new: str) -> None:
    conforms, results, report = validate(bad_graph(old, new), shacl_graph=shapes)
    assert not conforms
    assert isinstance(results, Graph)
    assert SHAPE[name] in set(results.objects(None, SH.sourceShape)), report


def test_super_classes_are_stated_even_where_the_ontology_implies_them(ontology: Graph, shapes: Graph) -> None:
    graph = bad_graph("pol:Company , pol:Organization", "pol:Company") + ontology
    _, results, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(results, Graph)
    assert SHAPE.statesOrganization in set(results.objects(None, SH.sourceShape))


def test_a_denied_fact_that_another_passage_states_passes(shapes: Graph) -> None:
    graph = with_claims(Graph().parse(data=GOOD + ":guild pol:investsIn :park .", format="turtle"))
    conforms, _, report = validate(graph, shacl_graph=shapes)
    assert conforms, report


def test_a_fact_added_by_hand_passes_though_a_text_denies_it(shapes: Graph) -> None:
    by_hand = """:guild pol:investsIn :park . :added a rdf:Statement ; prov:wasGeneratedBy :byhand ;
        rdf:subject :guild ; rdf:predicate pol:investsIn ; rdf:object :park ."""
    conforms, _, report = validate(bad_graph("", by_hand), shacl_graph=shapes)
    assert conforms, report


def test_every_shape_with_a_message_is_tried(shapes: Graph) -> None:
    spoken = {s for s in shapes.subjects(SH.message) if isinstance(s, URIRef)} | set(shapes.subjects(SH.sparql))
    assert {str(shape).removeprefix(str(SHAPE)) for shape in spoken} == {name for name, _, _ in BAD}


def test_every_shape_with_a_message_has_a_severity(shapes: Graph) -> None:
    for shape in {s for s in shapes.subjects(SH.message) if isinstance(s, URIRef)} | set(shapes.subjects(SH.sparql)):
        assert len(list(shapes.objects(shape, SH.severity))) == 1, shape


def test_shapes_and_ontology_speak_of_the_same_terms(ontology: Graph, shapes: Graph) -> None:
    used = {term for triple in shapes for term in triple if isinstance(term, URIRef) and term.startswith(POL)}
    assert used <= set(terms(ontology))
