"""Names marked by hand as facts: through the linker as ever, but with no model before it, to measure linking by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc, Span

from extract import facts
from extract.attributes import NAMES, REFERENCES, register
from extract.components.acronyms import Acronyms
from extract.components.cluster import Cluster
from extract.components.coreference import make_cluster
from extract.components.gazetteer import GazetteerLinker
from extract.components.kept import Head
from extract.editions import with_editions
from extract.evaluate import Record, align
from extract.gazetteer import shipped_gazetteer
from extract.naming import entity_name, surface_forms
from extract.pipeline import load
from extract.read import link_of, organ_of
from extract.tokens import tokenizer

Mark = tuple[int, int, str]  # start and end in the text, type
NOWHERE = facts.Quote(0, 0, "")


def linked_doc(text: str, marks: Iterable[Mark], date: str | None = None) -> Doc:
    """A text with these names as if a recogniser had found them, linked to the shipped gazetteer."""
    register()
    doc = tokenizer()(text)
    doc._.article = Head(date)
    spans = (doc.char_span(start, end, label=kind, alignment_mode="expand") for start, end, kind in marks)
    doc.spans[NAMES] = [span for span in spans if span is not None]
    doc.spans[REFERENCES] = []
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text in {".", "!", "?"} or "\n" in doc[token.i - 1].text
    return Acronyms()(GazetteerLinker(shipped_gazetteer())(doc))


def record_facts(record: Record) -> facts.ArticleFacts:
    """The entities of an annotated article under their ids, with posts and days of events, which help to tell what they are."""
    typed = record["entities"]
    named = [m for m in record["mentions"] if m["name"]]
    doc = linked_doc(
        record["text"], ((m["start"], m["end"], typed[m["entity"]]) for m in named), record["date"] or None
    )
    places = {(s.start, s.end): s for s in doc.spans[NAMES]}
    # A longer name of the gazetteer may take a marked one's place.
    longer = {at: s for s in doc.spans[NAMES] if s.kb_id_ for at in ((s.start, None), (None, s.end))}
    spans: dict[str, list[Span]] = {}
    for mention in named:
        marked = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if marked is None:
            continue
        found = (
            places.get((marked.start, marked.end)) or longer.get((marked.start, None)) or longer.get((None, marked.end))
        )
        if found is not None:
            spans.setdefault(mention["entity"], []).append(found)
    clusters = {key: make_cluster(names) for key, names in spans.items()}
    return article_facts(record["id"], title_of(record["text"]), clusters, record)


def title_of(text: str) -> str:
    return text.strip().partition("\n")[0]


def article_facts(
    id: str, title: str, clusters: dict[str, Cluster], record: Record | None = None
) -> facts.ArticleFacts:
    """Entities of these clusters by key, and what the record, where there is one, says of them."""
    entities = [entity(key, cluster) for key, cluster in clusters.items()]
    posts, days = told(record, clusters) if record else ((), ())
    return facts.ArticleFacts(
        id, title, None, None, (record["date"] or None) if record else None, 0, 0,
        with_editions(entities, days, shipped_gazetteer()), posts, days,
    )  # fmt: skip


def told(record: Record, clusters: dict[str, Cluster]) -> tuple[tuple[facts.Relation, ...], tuple[facts.Dated, ...]]:
    """Who is affiliated with what, and when events are held."""
    posts = (r for r in record["relations"] if r["p"] == "affiliatedWith" and {r["s"], r["o"]} <= clusters.keys())
    days = (d for d in record["dated"] if d["p"] == "heldOn" and d["of"] in clusters)
    return (
        tuple(facts.Relation(r["s"], r["p"], r["o"], evidence(r)) for r in posts),
        tuple(facts.Dated(d["of"], d["p"], d["value"], evidence(d)) for d in days),
    )


def evidence(row: dict[str, Any]) -> facts.Evidence:
    return facts.Evidence(NOWHERE, 1.0, row["status"].capitalize())


def entity(key: str, cluster: Cluster) -> facts.Entity:
    return facts.Entity(
        key, cluster.type, entity_name(cluster), surface_forms(cluster), (), cluster.gazetteer or None,
        link_of(cluster), organ_of(cluster),
    )  # fmt: skip


def pipeline_facts(record: Record) -> facts.ArticleFacts:
    """The entities that the pipeline finds in an annotated article, those that are annotated ones under their ids."""
    nlp = load()
    doc = nlp.make_doc(record["text"])
    doc._.article = Head(record["date"] or None)
    doc = nlp(doc)
    meant = align(record, doc._.clusters)
    clusters: dict[str, Cluster] = {}
    for cluster in doc._.clusters:
        key = meant.get(cluster.number, "")
        clusters[key if key and key not in clusters else f"found{cluster.number}"] = cluster
    return article_facts(record["id"], title_of(record["text"]), clusters)
