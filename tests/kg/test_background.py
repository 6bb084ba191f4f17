"""Labels that tell likes apart, and what the gazetteer knows beside the texts: hierarchy, coordinates, identifiers, time."""

import pytest
from rdflib import Literal, URIRef

from extract.gazetteer import shipped_gazetteer
from kg.background import background_quads, name_quads
from kg.vocab import BASE, DCTERMS, GEO, OWL, POL, RDFS, SCHEMA, SKOS


def told(*paths, names=None, qualifiers=None):
    """Object sets by (subject without base, predicate) of both graphs, for entities named `names`."""
    given = {URIRef(BASE + path): dict(names or {"X": 1}) for path in paths}
    more = {URIRef(BASE + path): text for path, text in (qualifiers or {}).items()}
    gazetteer = shipped_gazetteer()
    found = {}
    for s, p, o, _ in [*name_quads(given, gazetteer, qualifiers=more), *background_quads(given, gazetteer)]:
        found.setdefault((str(s).removeprefix(BASE), p), set()).add(o)
    return found


def entry(id):
    return URIRef(f"{BASE}entry/{id}")


@pytest.mark.parametrize(
    ("path", "names", "label"),
    [
        ("entry/cn-jiangsu-suzhou", {"Suzhou": 1}, "Suzhou"),
        ("entry/cn-anhui-suzhou", {"Suzhou": 1}, "Suzhou (Anhui)"),
        ("entry/cn-jilin-jilin", {"Jilin City": 1}, "Jilin"),  # a city; the province of its name is another type
        ("entry/cn-miit", {"MIIT": 3}, "Ministry of Industry and Information Technology"),
        ("entry/cn-jiangsu.commerce", {"Jiangsu Department of Commerce": 1}, "Jiangsu Department of Commerce"),
        (
            "entry/cn-jiangsu.commerce",
            {"provincial department of commerce": 1},
            "provincial department of commerce (Jiangsu)",
        ),
        ("entry/event-canton-fair.2025", {"Canton Fair": 1}, "China Import and Export Fair (2025)"),
        ("entry/event-canton-fair.2025", {"2025 Canton Fair": 1, "Canton Fair": 4}, "2025 Canton Fair"),
        ("event/tea-fair-2025", {"Tea Fair": 1}, "Tea Fair (2025)"),
        ("event/tea-fair-2025", {"2025 Tea Fair": 1}, "2025 Tea Fair"),
        ("body/qilin", {"Qilin": 1, "Qilin Co., Ltd.": 2, "the maker Qilin": 5}, "Qilin Co., Ltd."),
        ("body/qilin", {"Qilin": 1, "麒麟": 9}, "Qilin"),
    ],
)
def test_labels(path, names, label):
    assert told(path, names=names)[path, RDFS.label] == {Literal(label)}


def test_an_indistinct_name_is_told_from_its_likes_by_its_article():
    path = "policy/pilot-program.0a1b2c3d"
    found = told(
        path,
        names={"pilot programme": 1},
        qualifiers={path: "Six ports test shore power in a long year of many trials and errors"},
    )
    assert found[path, RDFS.label] == {
        Literal("pilot programme (Six ports test shore power in a long year of many trials …)")
    }
    assert found[path, SKOS.altLabel] == {Literal("pilot programme")}


def test_chinese_names_say_that_they_are():
    found = told("entry/cn-miit", names={"MIIT": 1, "工信部": 1})["entry/cn-miit", SKOS.altLabel]
    assert {Literal("工业和信息化部", lang="zh"), Literal("工信部", lang="zh"), Literal("MIIT")} <= found
    assert Literal("工信部") not in found
    organ = told("entry/cn-fujian-quanzhou.government")["entry/cn-fujian-quanzhou.government", SKOS.altLabel]
    assert Literal("泉州市人民政府", lang="zh") in organ


def test_places_carry_their_hierarchy_and_coordinates():
    found = told("entry/cn-jiangxi-fuzhou-zixi")
    assert found["entry/cn-jiangxi-fuzhou-zixi", POL.locatedIn] == {entry("cn-jiangxi-fuzhou")}
    assert found["entry/cn-jiangxi-fuzhou", POL.locatedIn] == {entry("cn-jiangxi")}
    assert found["entry/cn-jiangxi", POL.locatedIn] == {entry("cn")}
    [point] = found["entry/cn-jiangxi", GEO.hasGeometry]
    province = shipped_gazetteer().entries["cn-jiangxi"]
    [shape] = found[str(point).removeprefix(BASE), GEO.asWKT]
    assert (str(shape), shape.datatype) == (f"POINT({province.lon} {province.lat})", GEO.wktLiteral)


def test_identifiers_elsewhere():
    found = told("entry/cn", "entry/cn-shanghai", "entry/cn-jiangxi-fuzhou-zixi")
    assert URIRef("http://www.wikidata.org/entity/Q148") in found["entry/cn", OWL.sameAs]
    assert found["entry/cn", SKOS.exactMatch] == {URIRef("http://lexvo.org/id/iso3166/CN")}
    assert found["entry/cn-shanghai", SKOS.exactMatch] == {URIRef("https://vocabulary.uncefact.org/unlocode#CNSHA")}
    assert found["entry/cn-shanghai", SKOS.notation] == {Literal("CN-SH")}
    assert ("entry/cn-jiangxi-fuzhou-zixi", OWL.sameAs) not in found  # a county is not its seat


def test_a_ministry_and_its_successor_are_two():
    found = told("entry/cn-sepa")
    assert found["entry/cn-sepa", DCTERMS.isReplacedBy] == {entry("cn-mep")}
    assert found["entry/cn-mep", DCTERMS.isReplacedBy] == {entry("cn-mee")}
    assert found["entry/cn-mee", DCTERMS.replaces] == {entry("cn-mep")}
    assert {str(o) for o in found["entry/cn-sepa", SCHEMA.dissolutionDate]} == {"2008-03"}
    assert found["entry/cn-mep", RDFS.label] == {Literal("Ministry of Environmental Protection")}


def test_organs_and_editions_lead_to_what_they_are_of():
    found = told(
        "entry/cn-jiangsu.commerce",
        "entry/event-canton-fair.2025",
        "event/tea-fair",
        "event/tea-fair-2025",
        "event/ice-fair-2025",
    )
    assert found["entry/cn-jiangsu.commerce", DCTERMS.spatial] == {entry("cn-jiangsu")}
    assert found["entry/event-canton-fair.2025", POL.editionOf] == {entry("event-canton-fair")}
    assert found["event/tea-fair-2025", POL.editionOf] == {URIRef(f"{BASE}event/tea-fair")}
    assert ("event/ice-fair-2025", POL.editionOf) not in found
