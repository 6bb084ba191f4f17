"""How a Doc keeps what the pipeline finds: as plain rows, from which its attributes give clusters, pairs and links.

Rows hold strings and numbers only, so that `to_bytes`, DocBin, pickle and worker processes take everything along. A row
that was saved may come back as a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.components.cluster import Cluster
from extract.components.pair import VALUE, Pair
from extract.facts import Link

Row = Sequence[Any]


class Rows(tuple[Row, ...]):
    """The rows that a Doc saves, and beside them what was made of them, which is neither saved, pickled nor copied."""

    made: Any

    def __reduce__(self) -> tuple[Callable[[Iterable[Row]], Row], tuple[Row]]:
        return tuple, (tuple(self),)


def keep(doc: Doc, name: str, rows: Iterable[Row], made: Any) -> None:
    doc.user_data[key(name)] = saved = Rows(rows)
    saved.made = made


def recall(doc: Doc, name: str, make: Callable[[Doc, int, Row], Any]) -> Any:
    """What the rows under this name stand for, made once of each row and its number: the same objects at every call."""
    rows = doc.user_data.get(key(name), ())
    if not isinstance(rows, Rows):
        keep(doc, name, rows, tuple(make(doc, i, row) for i, row in enumerate(rows)))
    return doc.user_data[key(name)].made


def key(name: str, start: int | None = None, end: int | None = None) -> Any:
    """As spaCy keys the attributes of a Doc, and those of a span by its characters; its types allow strings only."""
    return "._.", name, start, end


@dataclass(frozen=True)
class Head:
    """What the linker asks of the article that a Doc is the text of: its date (ISO 8601) and dateline."""

    date: str | None = None
    dateline: str | None = None


def get_head(doc: Doc) -> Head | None:
    row = doc.user_data.get(key("article"))
    return Head(*row) if row else None


def set_head(doc: Doc, article: Head) -> None:
    """`article` is anything with a date and dateline."""
    doc.user_data[key("article")] = article.date, article.dateline


def get_scorer(doc: Doc) -> Any:
    return getattr(doc.user_data.get(key("pairs")), "made", None)


def set_scorer(doc: Doc, scorer: Any) -> None:
    keep(doc, "pairs", (), scorer)


def get_link(span: Span) -> Link | None:
    row = span.doc.user_data.get(key("link", span.start_char, span.end_char))
    return Link(*row) if row else None


def set_link(span: Span, link: Link) -> None:
    span.doc.user_data[key("link", span.start_char, span.end_char)] = link.reason, link.runner_up


def get_clusters(doc: Doc) -> tuple[Cluster, ...]:
    return recall(doc, "clusters", cluster_at)  # type: ignore[no-any-return]


def set_clusters(doc: Doc, clusters: Iterable[Cluster]) -> None:
    """The Doc numbers them, in their order."""
    numbered = tuple(replace(cluster, number=i) for i, cluster in enumerate(clusters))
    keep(doc, "clusters", map(cluster_row, numbered), numbered)


def get_pairs(doc: Doc, name: str) -> tuple[Pair, ...]:
    return recall(doc, name, pair_at)  # type: ignore[no-any-return]


def set_pairs(doc: Doc, pairs: Iterable[Pair], name: str) -> None:
    """The pairs are of clusters that were set on the Doc."""
    found = tuple(pairs)
    keep(doc, name, map(pair_row, found), found)


def span_row(span: Span) -> Row:
    return span.start, span.end, span.label_, span.kb_id_


def span_at(doc: Doc, row: Row) -> Span:
    start, end, label, kb_id = row
    return Span(doc, start, end, label=label, kb_id=kb_id)


def spans_at(doc: Doc, rows: Iterable[Row]) -> tuple[Span, ...]:
    return tuple(span_at(doc, row) for row in rows)


def cluster_row(cluster: Cluster) -> Row:
    names, references = tuple(map(span_row, cluster.names)), tuple(map(span_row, cluster.references))
    return names, references, cluster.type, cluster.gazetteer


def cluster_at(doc: Doc, number: int, row: Row) -> Cluster:
    names, references, kind, gazetteer = row
    return Cluster(spans_at(doc, names), spans_at(doc, references), kind, gazetteer, number)


def pair_row(pair: Pair) -> Row:
    who = span_row(pair.attributed_to) if pair.attributed_to is not None else None
    return *pair.ends, pair.label, span_row(pair.left), span_row(pair.right), pair.probability, pair.status, who


def pair_at(doc: Doc, number: int, row: Row) -> Pair:
    subject, obj, label, left, right, probability, status, who = row
    clusters, value = get_clusters(doc), span_at(doc, right)
    return Pair(
        clusters[subject], label, value if obj == VALUE else clusters[obj], span_at(doc, left), value,
        probability, status, span_at(doc, who) if who else None,
    )  # fmt: skip
