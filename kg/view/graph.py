"""What the page shows: entities, the relations between them, and the passages that state both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.view.style import FACTS, PREDICATES, STATUSES, TYPES


@dataclass(frozen=True)
class Evidence:
    """One claim: a passage of a source, letter for letter, and how it means what it says.

    `start` and `end` count characters of the decoded source file; `confidence` runs from 0 to 1.
    """

    quote: str
    article: str
    source: str
    start: int
    end: int
    status: str
    confidence: float
    role: str = ""
    attributed_to: str = ""

    def __post_init__(self) -> None:
        _require(self.status, "status", STATUSES)


@dataclass(frozen=True)
class ViewFact:
    """A date, measure or indicator of one entity, worded for a reader."""

    predicate: str
    text: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        _require(self.predicate, "predicate of a fact", FACTS)


@dataclass(frozen=True)
class ViewNode:
    """An entity: IRI, canonical name, most specific type, other names, titles of the articles that name it, facts."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    facts: tuple[ViewFact, ...] = ()

    def __post_init__(self) -> None:
        _require(self.type, f"type of {self.id}", TYPES)


@dataclass(frozen=True)
class ViewEdge:
    """A relation between two entities, by their IRIs. Without evidence it is background knowledge."""

    source: str
    target: str
    predicate: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        _require(self.predicate, "predicate of an edge", PREDICATES)


@dataclass(frozen=True)
class ViewGraph:
    """The entities and relations of one page; every edge joins two of its nodes.

    Raises ValueError where two nodes share an IRI or an edge leads to none of them.
    """

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        if len(known) != len(self.nodes):
            raise ValueError("two nodes of the view share an IRI: give each entity one node")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(
                        f"an edge {edge.predicate} leads to {end}, which is no node of the view: add the node"
                    )


def _require(value: str, what: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise ValueError(f"unknown {what}: {value!r}; allowed: {', '.join(allowed)}")
