"""The review: what it finds doubtful, in which order, and that its table goes back through --corrections."""

import csv
import io
from dataclasses import replace

import pytest
from rdflib import Literal, URIRef

from extract.facts import Link, SourceFacts
from extract.gazetteer import shipped_gazetteer
from kg.background import count_names, name_quads
from kg.cli import main
from kg.corrections import read_rows
from kg.identity import gazetteer_iri
from kg.rdf import names_of, source_quads
from kg.review import HEADER, cell, narrowest, review
from kg.store import load_quads, read_graph
from kg.vocab import POL
from tests.kg.corpus import CORPUS, Reader, article, ask, build, iri, quads_at, texts_in
from tests.kg.examples import entity

SHORT, NEAR = "a short name within one longer name", "names that are nearly the same"


def store_of(*entities, facts=()):
    """A graph of one article that names these entities."""
    quads = [q for f in (SourceFacts("one.txt", "0" * 64, (article("a1", entities),)), *facts) for q in source_quads(f)]
    names = name_quads(count_names(names_of(quads)), shipped_gazetteer())
    graph = URIRef("https://example.org/background")
    linked = [
        (gazetteer_iri(e.gazetteer), POL.gazetteerId, Literal(e.gazetteer), graph) for e in entities if e.gazetteer
    ]
    return load_quads([*quads, *names, *linked])


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Company", "Bright"), ("Company", "Bright Battery"), SHORT),
        (("Person", "Jane Abernathy"), ("Person", "Mary Jane Abernathy"), SHORT),
        (("Company", "Brightt Battery Group"), ("Company", "Bright Battery Group"), NEAR),
        (("University", "Aldan University of Scence"), ("University", "Aldan University of Science"), NEAR),
        (("Technology", "sodium ion battery"), ("Event", "Sodium-ion Battery"), "one name under two types"),
    ],
)
def test_pairs_that_may_be_one_are_found(one, other, why):
    store = store_of(entity("e1", *one), entity("e2", *other), entity("e3", "City", "Port Aldan"))
    (doubt,) = review(store, limit=9)
    assert (doubt.why, doubt.action) == (why, "merge")
    pair = {f"id:{iri(*named)[1:-1].split('/id/')[1]}" for named in (one, other)}
    assert {doubt.subject, doubt.object} == set(doubt.entities.split()) == pair
    assert doubt.quote == "Title of a1 | Title of a1"


@pytest.mark.parametrize(
    "names",
    [
        [("Park", "Industrial Park I"), ("Park", "Industrial Park II")],
        [("Policy", "14th Five-Year Plan of Aldan"), ("Policy", "15th Five-Year Plan of Aldan")],
        [("Park", "First Aldan Science Park"), ("Park", "Third Aldan Science Park")],
        [("Company", "Bright"), ("Company", "Bright Battery"), ("Company", "Bright Motors")],
        [("Company", "Bright"), ("Park", "Bright Battery Park")],
        [("Company", "Bright"), ("Company", "Brightwater Shipping")],
        [("Technology", "battery"), ("Technology", "sodium battery")],
        [("City", "Port Aldan"), ("Company", "Moon Shipping")],
    ],
)
def test_pairs_that_differ_are_left_alone(names):
    assert review(store_of(*(entity(f"e{i}", *named) for i, named in enumerate(names))), limit=9) == []


def test_two_entries_of_the_gazetteer_are_never_one():
    """One with an entry and one without may be: then the entry stays."""
    names = ("Ministry", "Ministry of Public Works of Aldan"), ("Ministry", "Ministry of Public Work of Aldan")
    assert review(store_of(*(entity(n, *n2, gazetteer=n) for n, n2 in zip("ab", names, strict=True))), limit=9) == []
    (doubt,) = review(store_of(entity("a", *names[0]), entity("b", *names[1], gazetteer="b")), limit=9)
    assert doubt.object == "id:entry/b"


def test_a_stated_alias_that_another_bears_as_its_name_is_told():
    store = store_of(entity("e1", "Company", "Bright Battery Group", "Moonlight"), entity("e2", "Company", "Moonlight"))
    (doubt,) = review(store, limit=9)
    assert (doubt.certainty, doubt.why) == (0, "one name")


def test_claims_come_by_confidence_with_quote_and_iris():
    store = store_of(facts=CORPUS.values())
    found = [doubt for doubt in review(store, limit=99) if doubt.action == "reject"]
    assert [doubt.certainty for doubt in found] == sorted(doubt.certainty for doubt in found)
    first = found[0]
    assert first.certainty == 0.4 and first.quote == "The passage at 200." and first.where == "north.txt 200-219"
    assert first.about == "Bright Battery | investsIn | Port Aldan"
    assert first.subject.startswith("id:claim/") and len(first.entities.split()) == 2


def test_the_least_certain_come_first_up_to_the_limit():
    store = store_of(facts=CORPUS.values())
    everything = review(store, limit=999)
    assert len(everything) > 9 and everything == sorted(everything)
    few = review(store, limit=5)
    claims, pairs = ([doubt for doubt in everything if doubt.action == action] for action in ("reject", "merge"))
    assert few == sorted([*claims[:4], *pairs[:1]]) and len(pairs) == 1
    assert [doubt.about for doubt in claims if "sales" in doubt.about] == [
        "sales: 31.5 RMB | indicatorOf | Bright Battery"
    ]


def test_names_that_say_little_are_told_apart_by_their_articles():
    copies = [SourceFacts(f"{name}.txt", "0" * 64, (article(name, (entity("e1", "Programme", "pilot programme"),)),))
              for name in ("a1", "a2")]  # fmt: skip
    assert review(store_of(facts=copies), limit=9) == []


def test_a_name_linked_by_rank_alone_may_be_its_runner_up():
    city = replace(entity("e1", "City", "Suzhou", gazetteer="cn-jiangsu-suzhou"), link=Link("rank", "cn-anhui-suzhou"))
    sure = replace(
        entity("e2", "City", "Fuzhou", gazetteer="cn-fujian-fuzhou"), link=Link("named beside", "cn-jiangxi-fuzhou")
    )
    (doubt,) = review(store_of(city, sure), limit=9)
    assert (doubt.action, doubt.subject, doubt.object) == (
        "split",
        "id:entry/cn-jiangsu-suzhou",
        "id:entry/cn-anhui-suzhou",
    )
    assert doubt.source == "id:article/one.txt/a1" and doubt.quote == "Title of a1"


@pytest.mark.parametrize(
    ("types", "narrow"),
    [
        (["Organization", "Ministry", "GovernmentBody"], "Ministry"),
        (["Organization"], "Organization"),
        (["Park", "Place"], "Park"),
        (["Company", "Organization", "University"], "Company"),
    ],
)
def test_the_narrowest_type_of_an_entity(types, narrow):
    assert narrowest([str(POL[name]) for name in types]) == narrow


@pytest.mark.parametrize(("text", "shown"), [("=SUM(A1)", "'=SUM(A1)"), ("two\n lines", "two lines"), (0.4, "0.4")])
def test_cells_are_one_line_and_no_formula(text, shown):
    assert cell(text) == shown


def write_table(path, lines):
    """As a spreadsheet may save it."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, HEADER, delimiter=";")
        writer.writeheader()
        writer.writerows(lines)


def test_a_table_filled_in_goes_back_through_corrections(tmp_path, monkeypatch, capsys):
    reader = Reader()
    monkeypatch.setattr("extract.read_facts", reader.read_facts)
    monkeypatch.setattr("extract.version_of", reader.version_of)
    texts, table = texts_in(tmp_path / "texts"), tmp_path / "review.csv"
    assert build(texts, tmp_path / "plain.nq") == 0
    assert main(["review", str(tmp_path / "plain.nq"), "--output", str(table)]) == 0
    assert build(texts, tmp_path / "ignored.nq", table) == 0
    assert quads_at(tmp_path / "ignored.nq") == quads_at(tmp_path / "plain.nq")
    lines = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    # An article speaks of both, so that they are not tied; a person may know better.
    assert ("merge", "0.18", "a short name within one longer name") in {
        (n["action"], n["certainty"], n["why"]) for n in lines
    }
    decided = [line | {"decision": "y"} for line in lines if line["action"] == "merge" or line["certainty"] == "0.4"]
    write_table(table, decided)
    assert build(texts, tmp_path / "graph.nq", table) == 0
    assert capsys.readouterr().err == ""
    graph = read_graph(tmp_path / "graph.nq")
    battery, group = iri("Company", "Bright Battery"), iri("Company", "Bright Battery Group")
    assert ask(graph, f"{battery} owl:sameAs {group}") or ask(graph, f"{group} owl:sameAs {battery}")
    assert not ask(graph, "?claim pol:confidence 0.4")
    apart = [line | {"decision": "y", "action": "apart"} for line in lines if line["action"] == "merge"]
    write_table(table, apart)
    assert build(texts, tmp_path / "apart.nq", table) == 0
    assert main(["review", str(tmp_path / "apart.nq"), "--output", str(table)]) == 0
    assert "merge" not in {row["action"] for _, row in read_rows(table)}
    assert main(["review", str(tmp_path / "graph.nq"), "--output", str(table), "--limit", "1"]) == 0
    assert len(list(read_rows(table))) == 1


def test_the_same_table_from_a_file_and_a_store(tmp_path, monkeypatch):
    reader = Reader()
    monkeypatch.setattr("extract.read_facts", reader.read_facts)
    monkeypatch.setattr("extract.version_of", reader.version_of)
    texts = texts_in(tmp_path / "texts")
    for where in ("graph.trig", "store"):
        assert build(texts, tmp_path / where) == 0
        assert main(["review", str(tmp_path / where), "--output", str(tmp_path / f"{where}.csv")]) == 0
    assert (tmp_path / "graph.trig.csv").read_bytes() == (tmp_path / "store.csv").read_bytes()


@pytest.mark.parametrize("limit", ["0", "-1", "few"])
def test_a_limit_is_a_number_of_lines(tmp_path, capsys, limit):
    with pytest.raises(SystemExit):
        main(["review", str(tmp_path), "--output", "review.csv", "--limit", limit])
    assert "1 or more is right" in capsys.readouterr().err
