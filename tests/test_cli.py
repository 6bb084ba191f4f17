"""The command line on real files: exit status, one line an error, nothing half-written, the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.sources import read_source
from kg.cli import main
from kg.query import run_query
from kg.store import all_quads, read_graph

PAGE = """Harbour City Opens Battery Park

By LI Wen

The Ministry of Industry and Information Technology (MIIT) said on June 5, 2025 that the Nantong Battery Industrial Park in
Nantong, Jiangsu province, attracted 3.2 billion RMB in investment in 2024. The park focuses on energy storage and battery
recycling. Zhou Min, director of the park, told reporters that more than 40 companies have moved in.
"""
NOTICE = """Notice on Green Ports

The Ministry of Transport issued 12 measures on green ports on May 3, 2025. MIIT will join the plan.
"""


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def built(texts, path, *more):
    assert main(["build", *map(str, [texts, *more]), "--output", str(path)]) == 0
    return path


def test_build_query_view_export(texts, tmp_path, capsys):
    graph = built(texts, tmp_path / "graph.trig")
    assert main(["query", str(graph), "SELECT ?t WHERE { ?a dcterms:title ?t } ORDER BY ?t", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "t\nHarbour City Opens Battery Park\nNotice on Green Ports\n"
    assert main(["view", str(graph), "--output", str(tmp_path / "page.html")]) == 0
    assert main(["export", str(graph), "--output", str(tmp_path / "graph.nt")]) == 0
    assert (tmp_path / "graph.nt").stat().st_size > 1000


def test_every_quote_is_in_its_file_to_the_letter(texts, tmp_path):
    graph = read_graph(built(texts, tmp_path / "graph.nq"))
    query = """SELECT ?name ?quote ?start ?end WHERE {
      ?c pol:quote ?quote ; pol:start ?start ; pol:end ?end ; prov:wasDerivedFrom/pol:partOfSource/rdfs:label ?name }"""
    rows = run_query(graph, query).rows
    assert len(rows) > 3
    for name, quote, start, end in rows:
        assert read_source(texts / name, name).text[start:end] == quote


def test_same_bytes_in_any_order_and_under_any_hash_seed(texts, tmp_path):
    first = built(texts, tmp_path / "first.trig").read_bytes()
    for seed, paths in (("1", ["page.txt", "notice.txt"]), ("2", ["notice.txt", "page.txt"])):
        out = tmp_path / f"{seed}.trig"
        command = [sys.executable, "-m", "kg.cli", "build", *(str(texts / p) for p in paths), "--output", str(out)]
        subprocess.run(
            command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parent.parent
        )
        assert out.read_bytes() == first


def test_a_store_brought_up_to_date_equals_one_built_anew(texts, tmp_path):
    old = tmp_path / "store"
    assert main(["build", str(texts), "--store", str(old)]) == 0
    (texts / "page.txt").write_text(PAGE.replace("3.2 billion", "4.5 billion"), encoding="utf-8")
    (texts / "notice.txt").unlink()
    (texts / "new.txt").write_text(NOTICE.replace("12", "15"), encoding="utf-8")
    assert main(["build", str(texts), "--store", str(old)]) == 0
    assert main(["build", str(texts), "--store", str(tmp_path / "new")]) == 0
    assert list(map(str, all_quads(read_graph(old)))) == list(map(str, all_quads(read_graph(tmp_path / "new"))))
    from_file = read_graph(built(texts, tmp_path / "graph.nq"))
    assert list(map(str, all_quads(from_file))) == list(map(str, all_quads(read_graph(old))))


def test_bad_files_are_told_and_the_rest_goes_on(texts, tmp_path, capsys):
    (texts / "empty.txt").write_text(" \n")
    (texts / "image.txt").write_bytes(bytes(range(256)) * 40)
    (texts / "big.txt").write_bytes(b"a policy " * 6_000_000)
    (texts / "latin.txt").write_bytes("Le ministère et l'économie bas-carbone, publié à Orléans.\n".encode("latin-1"))
    (texts / "wide.txt").write_text("The Ministry of Commerce issued a notice.\n", encoding="utf-16")
    assert main(["build", str(texts), "--output", str(tmp_path / "graph.trig")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["big.txt", "empty.txt", "image.txt"]
    names = {
        row[0]
        for row in run_query(read_graph(tmp_path / "graph.trig"), "SELECT ?n { ?s a pol:Source ; rdfs:label ?n }").rows
    }
    assert names == {"latin.txt", "notice.txt", "page.txt", "wide.txt"}


def test_a_build_that_read_nothing_leaves_a_good_graph(texts, tmp_path):
    graph = built(texts, tmp_path / "graph.trig")
    before = graph.read_bytes()
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)))
    assert main(["build", str(tmp_path / "bad.txt"), "--output", str(graph)]) == 2
    assert graph.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["build", "gone", "--output", "graph.trig"], "gone"),
        (["build", "empty", "--output", "graph.trig"], "no texts"),
        (["build", "texts", "--output", "graph.doc"], "no RDF format"),
        (["build", "texts", "--output", "graph.nt", "--base", "not an iri <>"], "no base"),
        (["evaluate", "gone.jsonl"], "not there"),
        (["build", "texts", "--output", "gone/graph.trig"], "cannot be written"),
        (["query", "graph.trig", "SELECT"], "not there"),
        (["view", "texts", "--output", "page.html"], "no store"),
    ],
)
def test_wrong_use_is_one_line_and_leaves_nothing(texts, tmp_path, monkeypatch, capsys, command, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert main(command) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and message in error
    assert sorted(tmp_path.rglob("*")) == before


def test_a_query_that_does_not_parse_is_told(texts, tmp_path, capsys):
    graph = built(texts, tmp_path / "graph.trig")
    assert main(["query", str(graph), "SELECT ?x WHERE {"]) == 2
    assert "does not parse" in capsys.readouterr().err
