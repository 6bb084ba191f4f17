"""Docs and pipelines that are saved, copied or sent between processes give the same facts as before."""

import multiprocessing
import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import extract
from extract.articles import split_articles
from extract.attributes import PAIRS
from extract.facts import Link
from extract.read import article_facts, prepared
from extract.sources import Source

TEXTS = (
    """Lianhai Opens a Battery Park

NANTONG, June 6, 2025 -- The Ministry of Industry and Information Technology (MIIT) said on Thursday that the Lianhai Battery Park in Nantong, Jiangsu province, drew 3.2 billion RMB in 2024. The park focuses on energy storage and robots. It plans to work with Kemi Robotics, said Li Wen, chairman of the company. The Nantong Port Bureau praised the plan.
""",
    """Rules for Green Harbours

The Jiangsu Provincial Department of Transport issued the Measures for Green Harbours on March 3, 2025. The measures require ports to save heat, to electrify their cranes and to publish their emissions every year. Kemi Robotics, based in Suzhou, Anhui province, will supply 120 cranes to Nantong Port Group. According to Wan Li of Nantong Port Group, the company has not invested in Sanhe Motors.
""",
)
SOURCES = [Source(f"{i}.txt", text) for i, text in enumerate(TEXTS)]
ARTICLES = [(source, article) for source in SOURCES for article in split_articles(source)]


def unread(nlp):
    return [prepared(article, nlp) for _, article in ARTICLES]


def facts(docs):
    return [article_facts(*place, doc) for place, doc in zip(ARTICLES, docs, strict=True)]


@pytest.fixture(scope="module")
def docs():
    nlp = extract.load()
    return list(nlp.pipe(unread(nlp)))


def by_bytes(docs):
    return [Doc(extract.load().vocab).from_bytes(doc.to_bytes()) for doc in docs]


def by_docbin(docs):
    saved = DocBin(store_user_data=True, docs=docs).to_bytes()
    return list(DocBin().from_bytes(saved).get_docs(spacy.blank("en").vocab))


def by_pickle(docs):
    return pickle.loads(pickle.dumps(docs))


def by_copy(docs):
    return [doc.copy() for doc in docs]


def test_the_texts_hold_facts_of_every_kind(docs):
    assert len(docs) == len(TEXTS)
    assert all(any(getattr(doc._, name) for doc in docs) for name in PAIRS)
    pairs = [pair for doc in docs for pair in doc._.relations]
    assert any(pair.attributed_to for pair in pairs) and {pair.status for pair in pairs} > {"Planned", "Negated"}
    entities = [entity for found in facts(docs) for entity in found.entities]
    assert any(e.link and e.link.runner_up for e in entities) and any(e.organ for e in entities)
    assert any(cluster.references for doc in docs for cluster in doc._.clusters)


@pytest.mark.parametrize("way", [by_bytes, by_docbin, by_pickle, by_copy], ids=lambda way: way.__name__)
def test_a_saved_doc_gives_the_same_facts(docs, way):
    once = way(docs)
    assert facts(once) == facts(docs)
    assert facts(way(once)) == facts(docs)
    assert facts(way(way(docs))) == facts(docs)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_give_the_same_facts(docs, start, monkeypatch):
    monkeypatch.setattr("spacy.language.mp", multiprocessing.get_context(start))
    nlp = extract.load()
    assert facts(nlp.pipe(unread(nlp), n_process=2, batch_size=1)) == facts(docs)


def test_a_saved_pipeline_gives_the_same_facts(docs, tmp_path):
    extract.load().to_disk(tmp_path / "policy")
    nlp = spacy.load(tmp_path / "policy")
    assert nlp.pipe_names == extract.load().pipe_names
    assert facts(nlp.pipe(unread(nlp))) == facts(docs)


def test_a_saved_pipeline_knows_whose_entities_it_takes(tmp_path):
    base = spacy.blank("en")
    base.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Zorvik"}])
    base.to_disk(tmp_path / "base")
    extract.load(str(tmp_path / "base")).to_disk(tmp_path / "policy")
    doc = spacy.load(tmp_path / "policy")("Zorvik grew.")
    assert [s.text for s in doc.spans["names"]] == ["Zorvik"]


def test_a_doc_is_plain_after_the_pipeline_and_at_every_step_before(docs):
    assert all(doc._.pairs is None for doc in docs)
    nlp = extract.load()
    for last in range(1, len(nlp.pipe_names)):
        with nlp.select_pipes(enable=nlp.pipe_names[:last]):
            doc = nlp(unread(nlp)[0])
        assert doc._.pairs is not None and by_bytes([doc])[0]._.pairs is None


def test_clusters_and_pairs_are_the_same_objects_at_every_call(docs):
    for doc in (docs[0], by_bytes(docs)[0]):
        clusters = doc._.clusters
        assert [cluster.number for cluster in clusters] == list(range(len(clusters)))
        assert doc._.clusters is clusters and doc._.relations is doc._.relations
        for pair in doc._.relations:
            assert (clusters[pair.ends[0]], clusters[pair.ends[1]]) == (pair.subject, pair.object)
            assert pair.subject is clusters[pair.subject.number]


def test_the_object_of_a_value_is_its_span(docs):
    for doc in (*docs, *by_bytes(docs)):
        assert all(pair.object == pair.right for name in PAIRS[2:] for pair in getattr(doc._, name))


def test_new_clusters_take_the_place_of_old_ones(docs):
    doc = by_bytes(docs)[0]
    last = doc._.clusters[-1]
    doc._.clusters = [last]
    for found in (doc, *by_bytes([doc])):
        assert [(c.number, c.mentions()[0].text) for c in found._.clusters] == [(0, last.names[0].text)]


def test_a_doc_that_was_not_read_holds_nothing():
    doc = spacy.blank("en")("Zorvik grew.")
    assert doc._.clusters == doc._.relations == () and doc._.pairs is doc._.article is doc[:1]._.link is None


def test_a_link_is_one_again(docs):
    links = [span._.link for doc in (*docs, *by_bytes(docs), *by_docbin(docs)) for span in doc.ents]
    assert Link("named beside", "cn-jiangsu-suzhou") in links and {type(link) for link in links} == {Link, type(None)}


def test_displacy_draws_the_entities_of_a_saved_doc(docs):
    drawn, again = (spacy.displacy.render(some, style="ent", jupyter=False) for some in (docs, by_docbin(docs)))
    assert drawn == again and all(entity.text in drawn for doc in docs for entity in doc.ents)
    assert "Lianhai Battery Park" in drawn and "GovernmentBody" in drawn
