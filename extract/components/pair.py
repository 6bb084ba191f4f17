"""A fact as the components find it: a label between two mentions."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from extract.components.cluster import Cluster
from extract.schema import SYMMETRIC

VALUE = -1


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

    @property
    def ends(self) -> tuple[int, int]:
        """The numbers of subject and object, `VALUE` for a value span."""
        return self.subject.number, self.object.number if isinstance(self.object, Cluster) else VALUE


def fact_key(pair: Pair) -> tuple[int, str, int]:
    """What the pair says, whichever way round a symmetric relation is told, and wherever."""
    subject, obj = sorted(pair.ends) if pair.label in SYMMETRIC else pair.ends
    return subject, pair.label, obj
