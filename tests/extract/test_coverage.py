"""What reading leaves out, and that every row of it shows the source to the letter."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract.articles import Article, split_articles
from extract.attributes import NAMES, REFERENCES, VALUES
from extract.clean import Repaired
from extract.components.cluster import Cluster
from extract.coverage import (
    DROPPED,
    NO_FACT,
    UNBOUND,
    UNITS,
    UNREAD,
    UNTYPED,
    View,
    coverage,
    dropped,
    stretches,
    summary,
    triggers,
    unbound,
    unread,
    untyped,
    without_fact,
)
from extract.facts import ArticleFacts, Entity, Evidence, Quote, Relation
from extract.schema import RELATIONS
from extract.sources import Source, find_sources, read_source
from kg.cli import main

TEXTS = Path(__file__).parent.parent.parent / "notebooks" / "texts"


def view_of(text, names=(), references=(), clusters=()):
    """An article of clean text with names, references and clusters set by hand; tags and trees are the shipped model's."""
    nlp = extract.load()
    doc = nlp.get_pipe("policy_encoder")(nlp.make_doc(text))

    def span(words, label, score=0.9):
        start = text.index(words)
        found = doc.char_span(start, start + len(words), label=label)
        found._.score = score
        return found

    doc.spans[NAMES] = [span(*name) for name in names]
    doc.spans[REFERENCES] = [span(*reference) for reference in references]
    doc.spans[VALUES] = []
    doc._.clusters = tuple(Cluster([span(words, kind)], [], kind) for words, kind in clusters)
    body = Repaired(text, tuple(range(len(text))))
    return View(Source("a.txt", text), Article("a1", text, None, None, None, None, 0, len(text), body), doc)


@pytest.mark.parametrize("found", find_sources([TEXTS]), ids=lambda found: found.name)
def test_rows_show_the_source_and_no_word_is_lost(found):
    source = read_source(found.path, found.name)
    gaps = coverage(source, extract.load()).gaps
    assert all(source.text[gap.start : gap.end] == gap.text for gap in gaps)
    assert all(gap.text == gap.text.strip() and gap.text and gap.kind in UNITS for gap in gaps)
    assert len(gaps) == len(set(gaps))
    read = {at for article in split_articles(source) for at in article.body.offsets}
    told = {at for gap in gaps if gap.kind == UNREAD for at in range(gap.start, gap.end)}
    words = [w for w in source.text.split() if w.isalpha()]
    at = 0
    for word in words:
        at = source.text.index(word, at)
        assert set(range(at, at + len(word))) & (read | told), word
        at += len(word)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("By LIU Fang", "byline, kept as data of the article"),
        ("Home > News > Industry", "furniture"),
        ("Copyright © 2026 River Post. All rights reserved.", "furniture"),
    ],
)
def test_text_that_is_no_article_is_told(text, detail):
    page = f"River Town Opens a Tea Market\n\n{text}\n\nThe market of River Town opened on Monday. It sells tea.\n"
    source = Source("page.txt", page)
    gaps = [gap for gap in unread(source, split_articles(source)) if gap.text == text]
    assert [gap.detail for gap in gaps] == [detail]


def test_marks_are_no_text():
    page = "River Town Opens a Tea Market\n\nThe <b>market</b> of River Town &amp; its [port](http://a.org/b) opened on Monday.\n"
    source = Source("page.txt", page)
    assert list(unread(source, split_articles(source))) == []


def test_a_dateline_is_told():
    page = "River Town Opens a Tea Market\n\nNANJING, March 3 (Xinhua) -- The market of River Town opened on Monday.\n"
    source = Source("page.txt", page)
    assert [gap.detail for gap in unread(source, split_articles(source))] == ["dateline"]


@settings(max_examples=60)
@given(st.text("ab \n", max_size=30), st.sets(st.integers(0, 29)), st.sets(st.integers(0, 29)))
def test_stretches_hold_every_unread_letter_once(text, read, starts):
    found = list(stretches(text, read, starts))
    inside = [at for start, end in found for at in range(start, end)]
    assert len(inside) == len(set(inside))
    assert not read & set(inside)
    assert {at for at, c in enumerate(text) if c.isalnum() and at not in read} == {
        at for at in inside if text[at].isalnum()
    }


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("The plant of Zorvik Labs hums.", [], ["Zorvik Labs"]),
        ("The plant of Zorvik Labs hums.", [("Zorvik Labs", "Company")], []),
        ("The plant of Zorvik Labs of Upper Brim hums.", [("Zorvik Labs", "Company")], ["Upper Brim"]),
        ("Plants hum on Monday in May.", [], []),
        ("Yesterday it hummed.", [], []),
        ("They met Professor Zorvik.", [], ["Professor Zorvik"]),
        ("The Board of Upper Brim met.", [("Upper Brim", "City")], ["Board"]),
        ("Zorvik Labs Opens Plant in Upper Brim", [], []),
        ("It has European partners.", [], []),
    ],
)
def test_capitalised_words_without_a_name(text, names, found):
    view = view_of(text, names)
    assert [(gap.kind, gap.text) for gap in untyped(view)] == [(UNTYPED, run) for run in found]


def test_dropped_names_and_unbound_references():
    text = "Zorvik Labs and its smart kettle met the committee."
    view = view_of(
        text,
        names=[("Zorvik Labs", "Company"), ("Zorvik", "City", 0.2), ("smart kettle", "Technology", 0.3)],
        references=[("the committee", "GovernmentBody")],
        clusters=[("Zorvik Labs", "Company")],
    )
    assert [(g.kind, g.text, g.detail) for g in dropped(view)] == [(DROPPED, "smart kettle", "Technology, score 0.30")]
    assert [(g.kind, g.text, g.detail) for g in unbound(view)] == [(UNBOUND, "the committee", "GovernmentBody")]


def facts(view, quote=None):
    keys = [f"e{i}" for i, _ in enumerate(view.doc._.clusters)]
    things = tuple(
        Entity(key, c.type, c.names[0].text, (c.names[0].text,), ())
        for key, c in zip(keys, view.doc._.clusters, strict=True)
    )
    start = view.source.text.index(quote) if quote else 0
    said = (Relation("e0", "investsIn", "e1", Evidence(Quote(start, start + len(quote), quote), 0.9)),) if quote else ()
    return ArticleFacts("a1", "", None, None, None, 0, len(view.source.text), things, said)


@pytest.mark.parametrize(
    ("text", "clusters", "quote", "detail"),
    [
        ("Zorvik invested in Brim.", [("Zorvik", "Company"), ("Brim", "Company")], None, "invested: investsIn"),
        ("Zorvik invested in Brim.", [("Zorvik", "Company"), ("Brim", "Company")], "Zorvik invested in Brim.", None),
        ("Zorvik likes Brim.", [("Zorvik", "Company"), ("Brim", "Company")], None, None),
        ("Zorvik invested.", [("Zorvik", "Company")], None, None),
        ("Tea was attended by kettles.", [("Tea", "Technology"), ("kettles", "Technology")], None, None),
        ("Li Wen is director of Brim.", [("Li Wen", "Person"), ("Brim", "Company")], None, "director: affiliatedWith"),
    ],
)
def test_sentences_that_promise_a_fact(text, clusters, quote, detail):
    view = view_of(text, clusters=clusters)
    found = [(gap.kind, gap.text, gap.detail) for gap in without_fact(view, facts(view, quote))]
    assert found == ([(NO_FACT, text, detail)] if detail else [])


def test_triggers_name_relations_and_their_forms():
    named = {p for rows in triggers().values() for _, predicates in rows for p in predicates}
    assert named == set(RELATIONS)
    assert ("VB", ("issuedBy",)) in triggers()["promulgated"]
    assert ("VB", ("subsidiaryOf", "investsIn")) in triggers()["bought"]


PAGE = """River Town Opens a Tea Market

By LIU Fang

The market of River Town, opened by Zorvik Labs on Monday, sells tea.
"""


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    return folder


def test_command_gives_rows_of_the_source(texts, capsys):
    assert main(["coverage", str(texts), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["source", "article", "kind", "start", "end", "text", "detail"]
    assert all(PAGE[int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert "By LIU Fang" in {row["text"] for row in rows if row["kind"] == UNREAD}


def test_command_counts(texts, capsys):
    assert main(["coverage", str(texts), "--summary", "--format", "json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in counts] == list(UNITS)
    assert [(row["count"], row["of"]) for row in counts if row["kind"] == UNREAD] == [(3, len(PAGE.split()))]


def test_an_unreadable_file_does_not_stop_the_rest(texts, capsys):
    (texts / "empty.txt").write_text("", encoding="utf-8")
    assert main(["coverage", str(texts)]) == 2
    streams = capsys.readouterr()
    assert "empty.txt" in streams.err and "By LIU Fang" in streams.out


def test_the_summary_adds_up(texts):
    one = coverage(read_source(texts / "page.txt", "page.txt"), extract.load())
    single, double = summary([one]), summary([one, one])
    assert [(k, 2 * n, 2 * of, what) for k, n, of, what in single] == double
