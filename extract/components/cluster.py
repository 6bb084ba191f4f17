"""One thing of a text, as coreference finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span


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
