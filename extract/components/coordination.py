"""Lists: what is said of one member of "A, B and C" is said of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from extract.components.coreference import Cluster
from extract.components.pair import Pair
from extract.schema import BODIES, PLACES, SIGNATURES, TOPICS

CONJUNCTIONS = frozenset({"and", "or", "&"})
BETWEEN = CONJUNCTIONS | {",", ";", "as", "well", "the", "a", "an", "both", "plus"}
LONGEST_GAP = 4
# Relations whose objects and subjects come in lists; a place in a place, or a person's post, does not.
SPREAD = frozenset(
    {"issuedBy", "appliesTo", "establishedBy", "develops", "focusesOn", "participatesIn", "cooperatesWith", "investsIn"}
)
FAMILIES = (TOPICS, BODIES, PLACES)
Member = tuple[Span, Cluster]


def lists(doc: Doc, members: Sequence[Member]) -> list[list[Member]]:
    """Runs of mentions of like type with only commas and conjunctions between them, a conjunction before the last."""
    outer = [m for m in members if not any(o is not m and covers(o[0], m[0]) for o in members)]
    found: list[list[Member]] = []
    run: list[Member] = []
    for member in sorted(outer, key=lambda m: m[0].start):
        if run and not (is_joint(doc, run[-1][0], member[0]) and alike(run[-1][1].type, member[1].type)):
            found.append(run)
            run = []
        run.append(member)
    return [r for r in [*found, run] if len(r) > 1 and has_conjunction(doc, r[-2][0], r[-1][0])]


def covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and len(outer) > len(inner)


def is_joint(doc: Doc, left: Span, right: Span) -> bool:
    gap = [t.lower_ for t in doc[left.end : right.start]] if left.end < right.start else []
    return bool(gap) and len(gap) <= LONGEST_GAP and all(word in BETWEEN for word in gap)


def has_conjunction(doc: Doc, left: Span, right: Span) -> bool:
    words = {t.lower_ for t in doc[left.end : right.start]}
    return bool(words & CONJUNCTIONS) or {"as", "well"} <= words


def alike(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)


def distributed(doc: Doc, pairs: Iterable[Pair], members: Sequence[Member]) -> Iterator[Pair]:
    """The pairs, and for each whose object or subject is in a list the same with every other member of it."""
    mates = {m[0].start: run for run in lists(doc, members) for m in run}
    for pair in pairs:
        yield pair
        if pair.label not in SPREAD or not isinstance(pair.object, Cluster):
            continue
        subjects, objects = SIGNATURES[pair.label]
        for span, cluster in mates.get(pair.right.start, ()):
            if cluster not in (pair.object, pair.subject) and cluster.type in objects:
                yield replace(pair, object=cluster, right=span)
        for span, cluster in mates.get(pair.left.start, ()):
            if cluster not in (pair.object, pair.subject) and cluster.type in subjects:
                yield replace(pair, subject=cluster, left=span)
