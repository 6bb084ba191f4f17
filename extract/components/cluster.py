"""One thing of a text, as coreference finds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span
from spacy.util import filter_spans


@dataclass(frozen=True)
class Cluster:
    """One thing of a text: its names and references in text order, its type and gazetteer id.

    `number` is its place among the clusters of the Doc, from 0; a Doc gives it to the clusters that are set on it.
    """

    names: Sequence[Span]
    references: Sequence[Span] = ()
    type: str = ""
    gazetteer: str = ""
    number: int = 0

    def mentions(self) -> list[Span]:
        return sorted([*self.names, *self.references], key=lambda s: s.start)


def set_things(doc: Doc, clusters: Iterable[Cluster]) -> None:
    """Set doc._.clusters, and doc.ents to the outermost of their names."""
    doc._.clusters = tuple(clusters)
    doc.ents = filter_spans(
        [Span(doc, s.start, s.end, label=c.type, kb_id=c.gazetteer) for c in doc._.clusters for s in c.names]
    )
