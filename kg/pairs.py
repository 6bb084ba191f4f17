"""Pairs of entities that may be one, by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from extract.schema import BODIES, PERSON
from kg.identity import normalise

SHORTENED = BODIES | PERSON | {"Park"}  # types whose names texts shorten
FAR = 0.1  # how far two names may differ that may be one
NEIGHBOURS = 6
ORDINALS = frozenset({
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
})  # fmt: skip
NUMERAL = re.compile(r".*\d.*|[ivx]+|[a-z]")


@dataclass(frozen=True)
class Node:
    """An entity of the texts, with the passage by which a reader may know it.

    `linked`: the gazetteer knows it; `qualified`: its name says so little that it is told from its likes by its article.
    `words` are those of its label when normalised.
    """

    iri: str
    type: str
    label: str
    names: tuple[str, ...] = ()
    articles: int = 1
    linked: bool = False
    qualified: bool = False
    quote: str = ""
    where: str = ""
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Pair:
    """Two entities that may be one, and how sure the graph is (0 to 1) that it has them right."""

    lesser: Node
    better: Node
    why: str
    certainty: float


def same_names(nodes: Iterable[Node]) -> Iterator[Pair]:
    """Entities that share a name when it is normalised, each with the one of them best known."""
    bearers: dict[str, dict[str, Node]] = defaultdict(dict)
    for node in nodes:
        for name in (node.label, *node.names):
            bearers[normalise(name)][node.iri] = node
    for group in bearers.values():
        *others, best = sorted(group.values(), key=standing)
        for node in others:
            yield Pair(node, best, "one name" if node.type == best.type else "one name under two types", 0)


def near_names(nodes: Sequence[Node]) -> Iterator[Pair]:
    """Names of one type that differ by a few letters.

    Each is held against the next few in alphabetical order, from the front and from the back, which finds most pairs in
    near-linear time (the sorted neighbourhood method of Hernández and Stolfo, 1995).
    """
    for order in (1, -1):
        ranked = sorted(nodes, key=lambda node: (node.type, node.key[::order], node.iri))
        for at, one in enumerate(ranked):
            for other in islice(ranked, at + 1, at + 1 + NEIGHBOURS):
                if one.type == other.type and are_near(one, other):
                    lesser, better = sorted((one, other), key=standing)
                    yield Pair(lesser, better, "names that are nearly the same", unlike(one, other))


def short_names(nodes: Sequence[Node]) -> Iterator[Pair]:
    """Names that stand, as whole words, within exactly one longer name of the same type."""
    bearers: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        for word in set(node.words) if node.type in SHORTENED else ():
            bearers[node.type, word].append(node)
    for node in nodes:
        if node.type in SHORTENED and node.words:
            candidates = min((bearers[node.type, word] for word in node.words), key=len)
            longer = list(islice((other for other in candidates if is_within(node.words, other.words)), 2))
            if len(longer) == 1 and numerals(node.words) == numerals(longer[0].words):
                lesser, better = (longer[0], node) if node.linked else (node, longer[0])
                yield Pair(lesser, better, "a short name within one longer name", unlike(node, longer[0]))


def are_near(one: Node, other: Node) -> bool:
    return unlike(one, other) <= FAR and numerals(one.words) == numerals(other.words)


def unlike(one: Node, other: Node) -> float:
    """How far two names differ, from 0 to 1."""
    return round(1 - fuzz.ratio(one.key, other.key) / 100, 2)


def is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    return len(short) < len(long) and f" {' '.join(short)} " in f" {' '.join(long)} "


def numerals(words: Iterable[str]) -> list[str]:
    """What tells "Park II" from "Park I" and the "14th" from the "15th" plan."""
    return sorted(word for word in words if NUMERAL.fullmatch(word) or word in ORDINALS)


def standing(node: Node) -> tuple[bool, int, int, str]:
    """How well an entity is known: by the gazetteer, in articles, by a full name."""
    return node.linked, node.articles, len(node.label), node.iri
