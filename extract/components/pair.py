"""A fact as the components find it: a label between two mentions."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from extract.components.coreference import Cluster


@dataclass(frozen=True)
class Pair:
    """A label between a cluster and another cluster or a value span, as two spans of the text show it.

    `status` is one of schema.STATUSES, `attributed_to` who is said to say so, where the sentence names anyone.
    """

    subject: Cluster
    label: str
    object: Cluster | Span
    left: Span
    right: Span
    probability: float
    status: str
    attributed_to: Span | None = None
