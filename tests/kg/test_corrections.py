"""Corrections on real stores: what each action does, in any order, undone, refused, reported, and exact in a store."""

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Dataset, Graph, URIRef

from extract.gazetteer import shipped_gazetteer
from kg.background import background_quads
from kg.build import build_store
from kg.cells import CorrectionError, entity
from kg.cells import Reader as Rows
from kg.correct import correct_background
from kg.corrections import read_corrections
from kg.rules import rules_of
from kg.store import StoreError, read_graph
from kg.vocab import BASE, POL, RDF
from tests.kg.corpus import Reader, ask, build, claim, iri, pilot, quads_at, texts_in, write_lines
from tests.kg.test_ontology import ONTOLOGY

BUILD = import_module("kg.build")  # `kg.build` is the function of that name
BATTERY, GROUP = iri("Company", "Bright Battery"), iri("Company", "Bright Battery Group")
MOON, CITY = iri("Company", "Moon Shipping"), iri("City", "Port Aldan")
PLAN, MINISTRY = iri("Policy", "Aldan Quay Renewal Plan"), iri("Ministry", "MOFCOM", gazetteer="cn-mofcom")
STAR, FAIR = iri("Company", "Bright Star"), iri("Event", "Aldan Lantern Fair")
FACTS = "{0} ?p ?o FILTER(?p NOT IN (owl:sameAs))"
PILOT = pilot()
LOW = "pol:confidence 0.4"
HIGH = "pol:confidence 0.8"
INVESTS = f"{BATTERY} pol:investsIn {CITY}"

MERGE = {"action": "merge", "subject": "Company/Bright Battery", "object": "Company/Bright Battery Group"}
SPLIT = {"action": "split", "subject": "Company/Bright Battery", "object": "Company/Bright Star", "source": "south.txt"}
SPLIT_ARTICLE = SPLIT | {"source": "id:article/north.txt/a2"}
APART = {"action": "apart", "subject": "Company/Bright Battery", "object": "Company/Bright Battery Group"}
RENAME = {"action": "rename", "subject": "Company/Moon Shipping", "value": "Moon Shipping Lines"}
RENAME_LINKED = {"action": "rename", "subject": "Ministry/MOFCOM", "value": "Commerce Ministry"}
RETYPE = {"action": "retype", "subject": "City/Port Aldan", "value": "district"}
RETYPE_LINKED = {"action": "retype", "subject": "Ministry/Ministry of Commerce", "value": "Organization"}
REJECT = {"action": "reject", "subject": "Company/Bright Battery"}
ALIAS = {"action": "alias", "subject": "Company/Moon Shipping", "value": "MSL"}
ALIAS_ZH = ALIAS | {"value": "月亮航运@zh"}
ADD = {
    "action": "add", "subject": "Company/Moon Shipping", "predicate": "subsidiaryOf", "object": "Company/Sun Holdings",
    "source": "https://example.org/annual-report", "note": "page 3", "by": "Wen", "date": "2025-06-01",
}  # fmt: skip
ADD_DATE = {
    "action": "add",
    "subject": "Company/Moon Shipping",
    "predicate": "establishedOn",
    "value": "1998",
    "note": "n",
}
ADD_DENIED = {
    "action": "add", "subject": "Policy/Aldan Quay Renewal Plan", "predicate": "appliesTo", "object": "Company/Bright Battery",
    "note": "the ministry told us",
}  # fmt: skip

# lines, what the graph then holds, what it no longer holds
EFFECTS = {
    "merge": (
        [MERGE],
        [
            f"{GROUP} pol:investsIn {CITY} ; pol:develops ?x ; skos:altLabel 'Bright' ; rdfs:label 'Bright Battery Group'",
            f"?c rdf:subject {GROUP} ; rdf:predicate pol:investsIn ; {LOW}",
            f"?i pol:indicatorOf {GROUP} ; pol:value 31.5",
            f"{BATTERY} owl:sameAs {GROUP}",
            f"?c a pol:Correction, prov:Activity ; pol:corrects {GROUP} , {BATTERY} ; pol:action 'merge'",
        ],
        [FACTS.format(BATTERY), f"{GROUP} pol:cooperatesWith {GROUP}", f"?c rdf:subject {GROUP} ; rdf:object {GROUP}"],
    ),
    "apart": (
        [APART],
        [f"{BATTERY} pol:investsIn {CITY}", f"?c pol:action 'apart' ; pol:corrects {GROUP} , {BATTERY}"],
        ["?one pol:sameThingAs ?other", "?l pol:linkedTo ?one", f"{GROUP} skos:altLabel 'Bright'"],
    ),
    "a rename to the name of a tied one": (
        [RENAME | {"subject": "Company/Bright Battery Group", "value": "Bright Battery"}],
        [f"{GROUP} rdfs:label 'Bright Battery' ; skos:altLabel 'Bright Battery Group'"],
        [f"{GROUP} skos:altLabel 'Bright Battery'"],
    ),
    "what told an entity from its likes is not said of what it is merged into": (
        [MERGE | {"subject": PILOT[1:-1], "object": "Policy/Aldan Quay Renewal Plan"}],
        [f"{PLAN} rdfs:label 'Aldan Quay Renewal Plan' ; skos:altLabel 'pilot programme' ; a pol:Policy"],
        ["?e pol:qualifier ?q", f"{PLAN} a pol:Programme", FACTS.format(PILOT)],
    ),
    "why a name was linked goes with a split": (
        [{"action": "split", "subject": "Ministry/MOFCOM", "object": "GovernmentBody/Aldan Trade Board", "source": "north.txt"}],
        [f"{PLAN} pol:issuedBy ?board . ?board a pol:GovernmentBody ; rdfs:label 'Aldan Trade Board'"],
        ["?l pol:reason 'only entry'", FACTS.format(MINISTRY)],
    ),
    "a chain of merges": (
        [MERGE | {"object": "Company/Moon Shipping"}, MERGE | {"subject": "Company/Moon Shipping"}],
        [f"{GROUP} pol:investsIn {CITY} ; skos:altLabel 'Moon Shipping' , 'Bright'", f"{MOON} owl:sameAs {GROUP}"],
        [FACTS.format(BATTERY), FACTS.format(MOON)],
    ),
    "split of a source": (
        [SPLIT],
        [
            f"{STAR} pol:participatesIn {FAIR} ; a pol:Company, pol:Organization ; rdfs:label 'Bright Star'",
            f"{GROUP} pol:cooperatesWith {STAR}",
            f"{BATTERY} pol:investsIn {CITY}",
        ],
        [f"{BATTERY} pol:participatesIn {FAIR}"],
    ),
    "split of an article": (
        [SPLIT_ARTICLE],
        [f"{STAR} pol:cooperatesWith {MOON} ; skos:altLabel 'Brightcell'", f"{BATTERY} skos:altLabel 'Bright'"],
        [f"{BATTERY} pol:cooperatesWith {MOON}", f"{BATTERY} skos:altLabel 'Brightcell'"],
    ),
    "an article goes before its source": (
        [SPLIT | {"source": "north.txt", "object": "Company/Moon Shipping"}, SPLIT_ARTICLE],
        [f"{STAR} pol:cooperatesWith {MOON}", f"{MOON} pol:investsIn {CITY}", f"{BATTERY} pol:participatesIn {FAIR}"],
        [f"{BATTERY} pol:investsIn ?x"],
    ),
    "what a split makes is merged": (
        [SPLIT, {"action": "merge", "subject": "Company/Bright Star", "object": "Company/Moon Shipping"}],
        [f"{MOON} pol:participatesIn {FAIR}", f"{BATTERY} pol:investsIn {CITY}"],
        [f"{BATTERY} pol:participatesIn {FAIR}", FACTS.format(STAR)],
    ),
    "rename": (
        [RENAME],
        [f"{MOON} rdfs:label 'Moon Shipping Lines' ; skos:altLabel 'Moon Shipping'"],
        [f"{MOON} rdfs:label 'Moon Shipping'"],
    ),
    "rename of what the gazetteer knows": (
        [RENAME_LINKED],
        [f"{MINISTRY} rdfs:label 'Commerce Ministry' ; skos:altLabel 'Ministry of Commerce' , 'MOFCOM'"],
        [f"{MINISTRY} rdfs:label 'Ministry of Commerce'"],
    ),
    "rename of a merged entity": ([MERGE, RENAME | {"subject": MERGE["subject"]}], [f"{GROUP} rdfs:label 'Moon Shipping Lines'"], []),
    "retype": ([RETYPE], [f"{CITY} a pol:District, pol:Place"], [f"{CITY} a pol:City"]),
    "retype of what the gazetteer knows": (
        [RETYPE_LINKED],
        [f"{MINISTRY} a pol:Organization ; pol:gazetteerId 'cn-mofcom'"],
        [f"{MINISTRY} a pol:Ministry", f"{MINISTRY} a pol:GovernmentBody"],
    ),
    "reject of an entity": (
        [REJECT],
        [f"{GROUP} pol:investsIn {CITY}", f"?c pol:corrects {BATTERY} ; pol:action 'reject'"],
        [f"{BATTERY} ?p ?o", "?i a pol:Indicator", f"?c rdf:object {BATTERY}"],
    ),
    "reject of the mentions in one source": (
        [SPLIT, REJECT | {"subject": "Company/Bright Star"}],
        [INVESTS],
        [f"{STAR} ?p ?o", f"{GROUP} pol:cooperatesWith ?x"],
    ),
    "reject of one of two claims": (
        [{"action": "reject", "subject": LOW}],
        [INVESTS, f"?c pol:corrects {BATTERY} , {CITY} ; dcterms:description ?said FILTER(CONTAINS(?said, 'passage at 200'))"],
        [f"?c a pol:Claim ; {LOW}"],
    ),
    "reject of both claims": (
        [{"action": "reject", "subject": LOW}, {"action": "reject", "subject": HIGH}],
        [f"{BATTERY} pol:mentionedIn ?a", f"{GROUP} pol:investsIn {CITY}"],
        [INVESTS],
    ),
    "another entity's claim supports it after a merge": (
        [{"action": "reject", "subject": LOW}, {"action": "reject", "subject": HIGH}, MERGE],
        [f"{GROUP} pol:investsIn {CITY}"],
        [INVESTS],
    ),
    "reject of an indicator": (
        [{"action": "reject", "subject": "rdf:predicate pol:indicatorOf"}],
        [INVESTS],
        ["?i pol:value ?v", "?i pol:indicatorOf ?e", "?i a pol:Indicator"],
    ),
    "reject of a measure": (
        [{"action": "reject", "subject": "rdf:predicate pol:hasMeasure"}],
        [f"{PLAN} pol:issuedBy {MINISTRY}"],
        ["?m a pol:Measure", "?p pol:hasMeasure ?m"],
    ),
    "reject of a date": (
        [{"action": "reject", "subject": "rdf:predicate pol:issuedOn"}], [f"{PLAN} a pol:Policy"], ["?p pol:issuedOn ?d"]
    ),
    "alias": ([ALIAS], [f"{MOON} skos:altLabel 'MSL' ; rdfs:label 'Moon Shipping'"], []),
    "alias in Chinese": ([ALIAS_ZH], [f"{MOON} skos:altLabel '月亮航运'@zh"], []),
    "add": (
        [ADD],
        [
            f"{MOON} pol:subsidiaryOf ?sun . ?sun a pol:Company, pol:Organization ; rdfs:label 'Sun Holdings'",
            f"?f a rdf:Statement ; rdf:subject {MOON} ; prov:wasDerivedFrom <https://example.org/annual-report>",
            "?f prov:wasGeneratedBy ?c . ?c dcterms:creator 'Wen' ; rdfs:comment 'page 3' ; dcterms:date '2025-06-01'^^xsd:date",
            f"?c pol:corrects {MOON} , ?f . ?f a rdf:Statement",
        ],
        [],
    ),
    "add to a merged entity": (
        [ADD, {"action": "merge", "subject": "Company/Moon Shipping", "object": "Company/Bright Battery Group"}],
        [f"{GROUP} pol:subsidiaryOf ?sun"],
        [f"{MOON} pol:subsidiaryOf ?sun"],
    ),
    "add of a date": ([ADD_DATE], [f"{MOON} pol:establishedOn '1998'^^xsd:gYear"], []),
    "add of what a text denies": ([ADD_DENIED], [f"{PLAN} pol:appliesTo {BATTERY}"], []),
}  # fmt: skip
EVERY = [
    MERGE, SPLIT_ARTICLE, RENAME, RETYPE, RETYPE_LINKED, ALIAS, ALIAS_ZH, ADD, ADD_DATE, ADD_DENIED,
    {"action": "merge", "subject": "Company/Bright Star", "object": "Company/Bright Battery"},
    {"action": "reject", "subject": "Event/Aldan Lantern Fair"}, {"action": "reject", "subject": LOW},
    {"action": "rename", "subject": "Company/Gone", "value": "stale"}, APART | {"subject": "Company/Moon Shipping"},
]  # fmt: skip

OTHERS = [
    SPLIT, MERGE | {"object": "Company/Moon Shipping"}, RENAME_LINKED, REJECT | {"subject": "Company/Bright Battery Group"},
    *({"action": "reject", "subject": f"rdf:predicate pol:{p}"} for p in ("indicatorOf", "hasMeasure", "issuedOn")),
]  # fmt: skip


@pytest.fixture
def reader(monkeypatch):
    reader = Reader()
    monkeypatch.setattr("extract.read_facts", reader.read_facts)
    monkeypatch.setattr("extract.version_of", reader.version_of)
    return reader


@pytest.fixture
def texts(tmp_path, reader):
    return texts_in(tmp_path / "texts")


@pytest.fixture
def plain(texts, tmp_path):
    """The graph without corrections."""
    assert build(texts, tmp_path / "plain.nq") == 0
    return tmp_path / "plain.nq"


def table(plain, path, lines):
    """The lines as a file; claims are named by a pattern that only they fit."""
    named = [
        line | {"subject": claim(plain, line["subject"])} if line["subject"].startswith(("pol:", "rdf:")) else line
        for line in lines
    ]
    return write_lines(path, named)


@pytest.mark.parametrize("name", EFFECTS)
def test_what_each_action_does(plain, texts, tmp_path, capsys, name):
    lines, there, gone = EFFECTS[name]
    before = read_graph(plain)
    assert any(not ask(before, pattern) for pattern in there) or any(ask(before, pattern) for pattern in gone)
    file = table(plain, tmp_path / "corrections.csv", lines)
    assert build(texts, tmp_path / "graph.nq", file) == 0
    assert capsys.readouterr().err == ""
    graph = read_graph(tmp_path / "graph.nq")
    assert [pattern for pattern in there if not ask(graph, pattern)] == []
    assert [pattern for pattern in gone if ask(graph, pattern)] == []


@pytest.mark.parametrize("name", ["every", "others"])
def test_a_corrected_graph_keeps_to_the_shapes(plain, texts, tmp_path, name):
    file = table(plain, tmp_path / "corrections.csv", {"every": EVERY, "others": OTHERS}[name])
    assert build(texts, tmp_path / "graph.nq", file) == 0
    assert conforms(tmp_path / "graph.nq")


def conforms(path):
    union = Graph()
    for s, p, o, _ in Dataset().parse(path, format="nquads").quads():
        union.add((s, p, o))
    good, _, report = validate(union, shacl_graph=Graph().parse(ONTOLOGY / "shapes.ttl"))
    assert good, report
    return good


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(EVERY))
def test_the_order_of_the_lines_does_not_matter(plain, texts, tmp_path, order):
    for name, lines in (("sorted", EVERY), ("shuffled", order)):
        assert build(texts, tmp_path / f"{name}.nq", table(plain, tmp_path / f"{name}.csv", lines)) == 0
    assert (tmp_path / "sorted.nq").read_bytes() == (tmp_path / "shuffled.nq").read_bytes()


def test_a_deleted_line_is_undone(plain, texts, tmp_path):
    assert build(texts, tmp_path / "graph.nq", write_lines(tmp_path / "none.csv", [])) == 0
    assert (tmp_path / "graph.nq").read_bytes() == plain.read_bytes()


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_store_is_exact_whatever_tables_it_has_seen(reader, plain, texts, tmp_path_factory, data):
    """Each table replaces the one before; no text is read twice, and the quads are those of a graph built anew."""
    folder = tmp_path_factory.mktemp("stores")
    subsets = st.lists(st.sampled_from(range(len(EVERY))), unique=True).map(lambda found: [EVERY[i] for i in found])
    reader.read.clear()
    for step, lines in enumerate(data.draw(st.lists(subsets, min_size=2, max_size=3))):
        file = table(plain, folder / f"{step}.csv", lines)
        assert build(texts, folder / "store", file) == 0
        once = len(reader.read)
        assert once == 2 + step * 2
        assert build(texts, folder / f"{step}.nq", file) == 0
        assert quads_at(folder / "store") == quads_at(folder / f"{step}.nq")
    assert build(texts, folder / "store") == 0
    assert quads_at(folder / "store") == quads_at(plain)


def test_sources_come_and_go_under_corrections(plain, texts, tmp_path):
    """What a line does to one source may hang on another: a merge needs its target."""
    file = table(plain, tmp_path / "corrections.csv", EVERY)
    store = tmp_path / "store"
    for change in (
        lambda: None,
        (texts / "south.txt").unlink,
        lambda: (texts / "east.txt").write_text("south.txt"),
        lambda: (texts / "north.txt").write_text("south.txt"),
        lambda: (texts / "north.txt").write_text("north.txt"),
    ):
        change()
        assert build(texts, store, file) == 0
        assert build(texts, tmp_path / "anew.nq", file) == 0
        assert quads_at(store) == quads_at(tmp_path / "anew.nq")


@pytest.mark.parametrize(("survived", "same"), [(0, True), (1, True), (1, False), (2, True), (3, False)])
def test_a_build_that_dies_halfway_is_made_good(texts, tmp_path, monkeypatch, survived, same):
    """With whichever table the next build comes, the first one or that of the build that died after so many graphs."""
    first = write_lines(tmp_path / "first.csv", [MERGE, RETYPE])
    second = write_lines(tmp_path / "second.csv", [SPLIT, REJECT])
    assert build(texts, tmp_path / "store", first) == 0
    calls = iter(range(survived))
    replace = BUILD.replace_graph

    def dying(*args):
        if next(calls, None) is None:
            raise StoreError("the power went")
        replace(*args)

    with monkeypatch.context() as patched:
        patched.setattr(BUILD, "replace_graph", dying)
        assert build(texts, tmp_path / "store", second) == 2
    last = first if same else second
    assert build(texts, tmp_path / "store", last) == 0
    assert build(texts, tmp_path / "anew.nq", last) == 0
    assert quads_at(tmp_path / "store") == quads_at(tmp_path / "anew.nq")


def test_only_sources_that_a_line_touches_are_made_anew(texts, tmp_path, monkeypatch):
    written = []
    replace = BUILD.replace_graph
    monkeypatch.setattr(BUILD, "replace_graph", lambda *args: written.append(str(args[1])) or replace(*args))
    for lines, sources in (
        ([], 2),
        ([], 0),
        ([RENAME], 0),
        ([SPLIT | {"object": "University/Bright Star"}], 1),
        ([SPLIT], 1),
        ([SPLIT, MERGE], 1),
        ([SPLIT, MERGE], 0),
        ([], 2),
    ):
        written.clear()
        assert build(texts, tmp_path / "store", write_lines(tmp_path / "corrections.csv", lines)) == 0
        assert len([graph for graph in written if "/graph/" in graph]) == sources


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"action": "rename", "subject": "Company/Gone", "value": "x"}, "no text of this graph mentions id:"),
        (MERGE | {"object": "Company/Gone"}, "no text of this graph mentions id:"),
        (MERGE | {"subject": "Company/BBG"}, f"so called are id:{GROUP[1:-1].split('/id/')[1]}"),
        (SPLIT | {"subject": "Company/Moon Shipping"}, "id:source/south.txt does not mention"),
        (SPLIT | {"object": "id:body/gone"}, "no text of this graph mentions id:body/gone"),
        (SPLIT | {"source": "west.txt"}, "id:source/west.txt does not mention"),
        ({"action": "reject", "subject": "id:claim/0123456789abcdef"}, "no text of this graph holds id:claim/0123"),
        (APART | {"object": "Company/Gone"}, "no text of this graph mentions id:"),
        (ADD | {"subject": "Company/Gone"}, "no text of this graph mentions id:"),
        (ADD | {"object": "id:company/gone"}, "no text of this graph mentions id:company/gone"),
    ],
)
def test_lines_that_no_longer_apply_are_told(plain, texts, tmp_path, capsys, line, message):
    file = write_lines(tmp_path / "corrections.csv", [line])
    assert build(texts, tmp_path / "graph.nq", file) == 0
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.startswith(f"kg: {file}:2: {line['action']} is not applied: ") and message in error
    assert (tmp_path / "graph.nq").read_bytes() == plain.read_bytes()


def test_a_merge_whose_target_is_split_away_everywhere_is_told(texts, tmp_path, capsys):
    """Else its entities would be left without a type."""
    lines = [MERGE | {"subject": "Company/Moon Shipping", "object": "Company/Bright Battery Group"},
             SPLIT | {"subject": "Company/Bright Battery Group"}]  # fmt: skip
    assert build(texts, tmp_path / "graph.nq", write_lines(tmp_path / "corrections.csv", lines)) == 0
    assert "merge is not applied" in capsys.readouterr().err
    assert conforms(tmp_path / "graph.nq")


def test_background_knowledge_follows_merges_and_rejects(tmp_path):
    lines = [
        {"action": "merge", "subject": "Province/Jiangsu", "object": "Province/Zhejiang"},
        {"action": "reject", "subject": "Country/China"},
        {"action": "retype", "subject": "Province/Zhejiang", "value": "Place"},
    ]
    rules = rules_of(read_corrections(write_lines(tmp_path / "corrections.csv", lines), shipped_gazetteer()))
    city, province = (URIRef(f"{BASE}entry/cn-{name}") for name in ("jiangsu-nantong", "zhejiang"))
    before = background_quads({city: {"Nantong": 1}, province: {"Zhejiang": 1}}, shipped_gazetteer())
    after = {quad[:3] for quad in correct_background(before, rules)}
    assert (city, POL.locatedIn, province) in after and (province, RDF.type, POL.Place) in after
    assert (province, RDF.type, POL.Province) not in after
    gone = {f"{BASE}entry/{name}{part}" for name in ("cn", "cn-jiangsu") for part in ("", "/point")}
    assert {f"{BASE}entry/cn", f"{BASE}entry/cn-jiangsu/point"} <= {str(term) for quad in before for term in quad}
    assert not gone & {str(term) for triple in after for term in triple}


HEADER = "action,subject,predicate,object,value,source,note\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", 1, "'action' is missing"),
        ("action,subject,colour\n", 1, "unknown column 'colour'; the columns are decision,action"),
        ("action,subject,action\n", 1, "'action' is missing or twice"),
        ("decision,action,subject\nmaybe,reject,Company/A\n", 2, "y, n or nothing"),
        (HEADER + "join,Company/A,,Company/B\n", 2, "unknown action 'join'; one of merge, apart, split"),
        (HEADER + ",,,,,,\nmerge,Company/A\n", 3, "merge needs 'object'"),
        (HEADER + "merge,Company/A,,Company/B,,,,,more\n", 2, "9 cells; the header has 7"),
        (HEADER + "merge,,,Company/B\n", 2, "merge needs 'subject'"),
        (HEADER + "rename,Company/A,,Company/B,x\n", 2, "rename takes no 'object'"),
        (HEADER + "reject,Bright Battery\n", 2, "names no entity; id:company/bright-battery"),
        (HEADER + "reject,Firm/Bright Battery\n", 2, "names no entity"),
        (HEADER + "reject,https://example.org/company/a\n", 2, "names no entity"),
        (HEADER + "reject,id:company/a b\n", 2, "names no entity"),
        (HEADER + "reject,id:entry/no-such-row\n", 2, "is no entry of the gazetteer"),
        (HEADER + "reject,id:entry/cn-mofcom> <b\n", 2, "is no entry of the gazetteer"),
        (HEADER + "merge,id:article/a.txt/a1,,Company/B\n", 2, "names no entity"),
        (HEADER + "reject,id:claim/../etc\n", 2, "names no entity"),
        (HEADER + "reject,id:claim/xyz\n", 2, "is no claim; id:claim/0123"),
        (HEADER + "reject,City/Suzhou city\n", 2, "City/Suzhou city may be several; one of id:entry/"),
        (HEADER + "retype,Company/A,,,Firm\n", 2, "unknown type 'Firm'; one of Policy,"),
        (HEADER + "split,Company/A,,Company/B,,id:company/c\n", 2, "is no source; the name of a file"),
        (HEADER + "split,Company/A,,Company/B,,id:article/a> <b\n", 2, "is no source"),
        (HEADER + "split,Company/A,,Company/A,,a.txt\n", 2, "from itself"),
        (HEADER + "add,Company/A,likes,Company/B,,,n\n", 2, "unknown predicate 'likes'; one of issuedBy,"),
        (HEADER + "add,Company/A,cooperatesWith,,x,,n\n", 2, "fill 'object'"),
        (HEADER + "add,Company/A,establishedOn,,in spring,,n\n", 2, "2025, 2025-07 or 2025-07-12"),
        (HEADER + "add,Company/A,cooperatesWith,Company/B\n", 2, "a 'source' (a URL) or a 'note'"),
        (HEADER + "add,Company/A,issuedBy,Company/B,,,n\n", 2, "is a Company, which issuedBy does not go with"),
        (HEADER + "merge,Company/A,,Company/B\nmerge,Company/A,,Company/C\n", 3, "this merge contradicts "),
        (HEADER + "merge,Company/A,,Company/B\nmerge,Company/B,,Company/A\n", 2, "run in a circle"),
        (HEADER + "merge,Company/A,,Company/A\n", 2, "run in a circle"),
        (HEADER + "merge,Company/A,,Company/B\napart,Company/B,,Company/A\n", 3, "keeps apart what is one entity"),
        (HEADER + "retype,Company/A,,,City\nretype,Company/A,,,Park\n", 3, "this retype contradicts "),
        (
            HEADER + "rename,Company/A,,,X\nrename,Company/B,,,Y\nmerge,Company/A,,Company/B\n",
            3,
            "this rename contradicts ",
        ),
        (
            HEADER + "split,Company/A,,Company/B,,a.txt\nsplit,Company/A,,Company/C,,a.txt\n",
            3,
            "this split contradicts ",
        ),
        (HEADER + "reject,Company/A\nalias,Company/A,,,X\n", 3, "which rejects id:"),
        (HEADER + "reject,Company/B\nmerge,Company/A,,Company/B\n", 3, "which rejects id:"),
        (HEADER + 'reject,Company/A,,,,,"open\n', 2, "unexpected end of data"),
    ],
)
def test_lines_that_cannot_be_followed_are_refused(texts, tmp_path, reader, capsys, text, place, message):
    file = tmp_path / "corrections.csv"
    file.write_text(text, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for where in ("graph.nq", "store"):
        assert build(texts, tmp_path / where, file) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert error.startswith(f"kg: {file}:{place}: ") and message in error
    assert sorted(tmp_path.rglob("*")) == before
    assert reader.read == []


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("City/Suzhou", "entry/cn-jiangsu-suzhou"),
        ("City/Suzhou (Anhui)", "entry/cn-anhui-suzhou"),
        ("ministry / MOFCOM", "entry/cn-mofcom"),
        ("Ministry/MOFCOM (Aldan)", "body/mofcom-aldan"),
        ("Company/MOFCOM", "body/mofcom"),
        ("id:entry/cn-mofcom", "entry/cn-mofcom"),
        ("id:entry/cn-jiangsu.commerce", "entry/cn-jiangsu.commerce"),
        ("id:body/bright-battery", "body/bright-battery"),
        ("https://w3id.org/policy-kg/id/policy/pilot.9fc13592", "policy/pilot.9fc13592"),
    ],
)
def test_an_entity_is_named_as_the_graph_names_it(cell, path):
    assert entity(cell, "line", Rows(shipped_gazetteer())).iri == URIRef(BASE + path)


def test_a_file_that_is_no_table_is_refused(texts, tmp_path):
    (tmp_path / "latin.csv").write_bytes("action,subject\nreject,Company/Müller\n".encode("latin-1"))
    for name, message in (("latin.csv", "is no UTF-8"), ("gone.csv", "is not there")):
        with pytest.raises(CorrectionError, match=message):
            build_store([texts], tmp_path / "store", corrections=[tmp_path / name])


@pytest.mark.parametrize(
    ("encoding", "separator", "end"), [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("utf-8-sig", "\t", "\r")]
)
def test_tables_of_any_spreadsheet_are_read(texts, tmp_path, encoding, separator, end):
    rows = [["action", "subject", "value", "by"], ["rename", " Company/Moon  Shipping ", "月亮", ""], ["", "", "", ""]]
    file = tmp_path / "corrections.csv"
    file.write_bytes(end.join(separator.join(row) for row in rows).encode(encoding))
    assert build(texts, tmp_path / "graph.nq", file) == 0
    assert ask(read_graph(tmp_path / "graph.nq"), f"{MOON} rdfs:label '月亮'")


def test_several_tables_are_followed_together(texts, tmp_path, capsys):
    tables = [
        write_lines(tmp_path / f"{i}.csv", [line])
        for i, line in enumerate((RETYPE, RENAME, RETYPE | {"value": "Park"}))
    ]
    assert build(texts, tmp_path / "graph.nq", *tables[:2]) == 0
    assert ask(read_graph(tmp_path / "graph.nq"), f"{CITY} a pol:District . {MOON} rdfs:label 'Moon Shipping Lines'")
    assert build(texts, tmp_path / "graph.nq", *tables) == 2
    assert capsys.readouterr().err.startswith(f"kg: {tables[2]}:2: this retype contradicts {tables[0]}:2")


def test_only_decided_lines_are_followed(texts, tmp_path):
    rows = ["decision,action,subject,value", "y,alias,Company/Moon Shipping,one", ",alias,Company/Moon Shipping,two",
            "No,alias,Company/Moon Shipping,three", "YES,alias,Company/Moon Shipping,four"]  # fmt: skip
    (tmp_path / "corrections.csv").write_text("\n".join(rows), encoding="utf-8")
    assert build(texts, tmp_path / "graph.nq", tmp_path / "corrections.csv") == 0
    graph = read_graph(tmp_path / "graph.nq")
    found = {name for name in ("one", "two", "three", "four") if ask(graph, f"{MOON} skos:altLabel '{name}'")}
    assert found == {"one", "four"}


def test_an_iri_of_another_base_is_an_entity_of_that_graph(texts, tmp_path):
    from kg.cli import main

    base = "https://example.org/id/"
    file = write_lines(
        tmp_path / "corrections.csv",
        [RENAME, ALIAS | {"subject": MOON[1:-1].replace("https://w3id.org/policy-kg/id/", base)}],
    )
    command = ["build", str(texts), "--output", str(tmp_path / "graph.nq"), "--base", base, "--corrections", str(file)]
    assert main(command) == 0
    assert ask(read_graph(tmp_path / "graph.nq"), "?e rdfs:label 'Moon Shipping Lines' ; skos:altLabel 'MSL'")
