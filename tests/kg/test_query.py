import pytest

from extract.gazetteer import load_gazetteer
from kg.background import background_quads, count_names, name_quads
from kg.query import QUESTIONS, QueryError, question_of, read_query, run_query, stored_questions
from kg.rdf import names_of, source_quads
from kg.store import load_quads
from tests.kg.examples import source


@pytest.fixture(scope="module")
def store():
    quads = source_quads(source())
    counts = count_names(names_of(quads))
    gazetteer = load_gazetteer()
    return load_quads([*quads, *name_quads(counts, gazetteer), *background_quads(counts, gazetteer)])


def test_prefixes_need_no_declaration(store):
    assert run_query(store, "SELECT ?l WHERE { ?x pol:issuedBy/rdfs:label ?l }").rows == (("Ministry of Commerce",),)


def test_values_are_plain(store):
    found = run_query(store, "SELECT ?v ?c WHERE { ?i pol:value ?v ; pol:comparator ?c }")
    assert found.rows == ((12, "at least"),)
    assert found.to_csv() == "v,c\n12,at least\n"


def test_ask_and_construct(store):
    assert run_query(store, "ASK { ?x a pol:Policy }").rows == ((True,),)
    assert len(run_query(store, "CONSTRUCT { ?x a pol:Policy } WHERE { ?x a pol:Policy }").rows) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://localhost/sparql> { ?s ?p ?o } }",
        "select * from <http://example.org/g> where { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://example.org/g> WHERE { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> SELECT * WHERE { service e:x { ?s ?p ?o } }",
    ],
)
def test_nothing_reaches_out(store, query):
    with pytest.raises(QueryError, match="refused"):
        run_query(store, query)


def test_the_word_service_in_a_text_is_no_service(store):
    assert run_query(store, 'SELECT ?x WHERE { ?x rdfs:label "public service" } # service').rows == ()


@pytest.mark.parametrize(
    ("query", "message"),
    [("SELECT ?x WHERE {", "does not parse"), ("who-knows", "stored are"), ("no.rq", "is not there")],
)
def test_a_bad_query_is_told(store, query, message):
    with pytest.raises(QueryError, match=message):
        run_query(store, query)


def test_every_stored_question_runs_and_asks_in_words(store):
    for name, question in stored_questions().items():
        assert question.endswith("?"), name
        run_query(store, name)


def test_questions_are_files():
    assert question_of(QUESTIONS / "figures.rq").startswith("Which figures")
    assert "SELECT" in read_query("figures")
