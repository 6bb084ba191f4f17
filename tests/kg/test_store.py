import pytest

from kg.rdf import graph_iri, source_quads
from kg.store import StoreError, all_quads, load_quads, open_store, read_graph, replace_graph, triples_with, write_file
from kg.vocab import DCTERMS, POL
from tests.kg.examples import source


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".ttl", ".nt", ".jsonld"])
def test_files_are_read_back_whole(tmp_path, suffix):
    quads = source_quads(source())
    path = tmp_path / f"graph{suffix}"
    write_file(quads, path)
    assert len(read_graph(path)) == len({q[:3] for q in quads})
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_a_graph_is_exact(tmp_path):
    store = open_store(tmp_path / "store")
    replace_graph(store, graph_iri("news.txt"), source_quads(source()))
    replace_graph(store, graph_iri("other.txt"), source_quads(source("other.txt")))
    once = [str(q) for q in all_quads(store)]
    replace_graph(store, graph_iri("news.txt"), source_quads(source()))
    assert [str(q) for q in all_quads(store)] == once
    replace_graph(store, graph_iri("news.txt"), [])
    assert {q.graph_name.value for q in all_quads(store)} == {str(graph_iri("other.txt"))}


def test_bad_places_are_told(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "broken.trig").write_text("<a> <b")
    for path, message in [("full", "no store"), ("gone.trig", "not there"), ("broken.trig", "no readable")]:
        with pytest.raises(StoreError, match=message):
            read_graph(tmp_path / path)
    with pytest.raises(StoreError, match="no store"):
        open_store(tmp_path / "full")
    with pytest.raises(StoreError, match="no RDF format"):
        write_file([], tmp_path / "graph.xml")
    with pytest.raises(StoreError, match="cannot be written"):
        write_file([], tmp_path / "gone" / "graph.nt")


def test_triples_come_back_by_predicate_but_for_one_graph():
    store = load_quads([*source_quads(source()), *source_quads(source("other.txt"))])
    wanted = {POL.start, POL.value, DCTERMS.date}
    expected = {quad[:3] for quad in source_quads(source()) if quad[1] in wanted}
    assert set(triples_with(store, sorted(wanted), outside=graph_iri("other.txt"))) == expected
    assert {p for _, p, _ in expected} == wanted
