"""A source file to its facts: read, split into articles, run the pipeline, tie every finding to the raw text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract import facts
from extract.articles import Article, split_articles
from extract.components.cluster import Cluster
from extract.components.pair import Pair
from extract.dates import When, parse_date, parse_when
from extract.editions import with_editions
from extract.gazetteer import shipped_gazetteer
from extract.indicators.labels import indicator_label
from extract.indicators.periods import period_of
from extract.indicators.units import indicator_unit, quantity_words
from extract.naming import entity_name, surface_forms
from extract.pipeline import VERSION, load
from extract.posts import role_of
from extract.quantities import parse_quantity, unit_code
from extract.signature import signature
from extract.sources import Source, read_source


def read_facts(path: Path, name: str, nlp: Language | None = None) -> facts.SourceFacts:
    """All facts of a file; offsets count characters of its decoded text. Raises SourceError if it cannot be read."""
    source = read_source(path, name)
    return facts.SourceFacts(name, version_of(path), tuple(source_articles(source, nlp or load())))


def version_of(path: Path) -> str:
    """Digest of a file's content and of the pipeline's version: what it says is the same as long as this is."""
    return hashlib.sha256(path.read_bytes() + VERSION.encode()).hexdigest()


def source_articles(source: Source, nlp: Language) -> Iterator[facts.ArticleFacts]:
    articles = split_articles(source)
    docs = nlp.pipe((prepared(article, nlp) for article in articles), batch_size=16)
    for article, doc in zip(articles, docs, strict=True):
        yield article_facts(source, article, doc)


def prepared(article: Article, nlp: Language) -> Doc:
    """The article as a Doc that knows it: its date and dateline help to tell what names mean."""
    doc = nlp.make_doc(article.body.text)
    doc._.article = article
    return doc


def article_facts(source: Source, article: Article, doc: Doc) -> facts.ArticleFacts:
    """What the pipeline found in an article, as facts with quotes of the raw source."""
    quoter = Quoter(source.text, article)
    when = parse_when(article.date, event_year(doc))
    dates = tuple(d for p in doc._.dates if (d := dated(p, quoter, when)))
    return facts.ArticleFacts(
        id=article.id, title=article.title, section=article.section, byline=article.byline, date=article.date,
        start=article.start, end=article.end,
        entities=with_editions((entity(cluster, quoter) for cluster in doc._.clusters), dates, shipped_gazetteer()),
        relations=tuple(relation(p, quoter) for p in (*doc._.relations, *doc._.implied)),
        dates=dates,
        indicators=tuple(i for p in doc._.indicators if (i := indicator(p, quoter, when))),
        measures=tuple(measure(p, quoter) for p in doc._.measures),
        signature=signature(article.body.text),
    )  # fmt: skip


class Quoter:
    """Passages of the raw source behind spans of the repaired text."""

    def __init__(self, raw: str, article: Article) -> None:
        self.raw, self.article = raw, article

    def quote(self, start: int, end: int) -> facts.Quote:
        left, right = self.article.raw_span(start, end)
        return facts.Quote(left, right, self.raw[left:right])

    def span(self, span: Span) -> facts.Quote:
        return self.quote(span.start_char, span.end_char)

    def sentences(self, *spans: Span) -> facts.Quote:
        """The sentence, or sentences, in which the spans stand."""
        start = min(span.sent.start_char for span in spans)
        end = max(span.sent.start_char + len(span.sent.text.rstrip()) for span in spans)
        return self.quote(start, end)


def key(number: int) -> str:
    """The key of the entity that a cluster of this number is."""
    return f"e{number + 1}"


def entity(cluster: Cluster, quoter: Quoter) -> facts.Entity:
    return facts.Entity(
        key=key(cluster.number), type=cluster.type, name=entity_name(cluster), names=surface_forms(cluster),
        mentions=tuple(quoter.span(span) for span in cluster.mentions()), gazetteer=cluster.gazetteer or None,
        link=link_of(cluster), organ=organ_of(cluster),
    )  # fmt: skip


def link_of(cluster: Cluster) -> facts.Link | None:
    """Why the cluster has its gazetteer entry: by the first of its names that is linked to it."""
    links = (span._.link for span in cluster.names if span.kb_id_ == cluster.gazetteer)
    return next((link for link in links if link), None)


def organ_of(cluster: Cluster) -> str | None:
    """The organ that the longest of its names tells, for a cluster without a gazetteer entry."""
    organs = sorted((-len(span), span.start, span._.organ) for span in cluster.names if span._.organ)
    return organs[0][-1] if organs and not cluster.gazetteer else None


def evidence(pair: Pair, quoter: Quoter) -> facts.Evidence:
    who = pair.attributed_to.text if pair.attributed_to is not None else None
    return facts.Evidence(quoter.sentences(pair.left, pair.right), round(pair.probability, 2), pair.status, who)


def relation(pair: Pair, quoter: Quoter) -> facts.Relation:
    subject, obj = map(key, pair.ends)
    role = role_of(pair.left, pair.right) if pair.label == "affiliatedWith" else None
    return facts.Relation(subject, pair.label, obj, evidence(pair, quoter), role)


def dated(pair: Pair, quoter: Quoter, when: When) -> facts.Dated | None:
    value = parse_date(pair.right.text, when)
    value = re.sub(r"-[HQ]\d$", "", value) if value else None
    return facts.Dated(key(pair.subject.number), pair.label, value, evidence(pair, quoter)) if value else None


def indicator(pair: Pair, quoter: Quoter, when: When) -> facts.Indicator | None:
    quantity = parse_quantity(quantity_words(pair.right))
    if quantity is None:
        return None
    unit = quantity.unit or indicator_unit(pair.right)
    return facts.Indicator(
        key(pair.subject.number), indicator_label(pair.right), quantity.value, unit, evidence(pair, quoter),
        unit_code(unit), period_of(pair.right, when), quantity.comparator,
    )  # fmt: skip


def measure(pair: Pair, quoter: Quoter) -> facts.Measure:
    return facts.Measure(key(pair.subject.number), pair.right.text, evidence(pair, quoter))


def event_year(doc: Doc) -> int | None:
    """The year that an event's name gives ("2025 World New Energy Vehicle Congress"), where the article names one year so."""
    years = {
        m[0] for c in doc._.clusters if c.type == "Event" for s in c.names if (m := re.search(r"\b20\d\d\b", s.text))
    }
    return int(years.pop()) if len(years) == 1 else None
