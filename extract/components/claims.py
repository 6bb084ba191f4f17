"""The facts of a text: of what the pair head and the rules propose, what holds beside the rest, with status and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extract.attributes import MEASURES
from extract.components.cluster import Cluster, set_things
from extract.components.coordination import distributed
from extract.components.odds import expit, logit
from extract.components.pair import Pair, fact_key
from extract.components.patterns import rule_pairs
from extract.components.proposals import proposed
from extract.components.status import with_status
from extract.components.sureness import stands_by_itself
from extract.schema import DATES, INDICATOR_OF, MEASURE_OF, POLICIES, RELATIONS, SYMMETRIC
from extract.syntax.rules import implied_patterns
from extract.syntax.scene import Scene, scene_of

# Relations of which only one direction holds, or, being symmetric, is told.
ONE_WAY = SYMMETRIC | {"subsidiaryOf", "partOf", "locatedIn", "establishedBy"}
UNSURE = 0.5
# A mention that a clause is about, not one in passing ("listed in the catalogue").
CORE = frozenset({"nsubj", "nsubj:pass", "obj", "ROOT", "root"})


class Claims:
    """Sets doc._.relations, implied, dates, indicators and measures: for each fact its best pairs of spans; and leaves of
    the things only those that a fact is about or whose names are sure.

    `thresholds` holds the least probability of each pair label, `calibration` slope and offset of the logistic curve
    that turns a probability into a confidence; the encoder's model carries both.
    """

    def __init__(self, thresholds: Mapping[str, float], calibration: tuple[float, float] = (1.0, 0.0)) -> None:
        self.thresholds, self.calibration = thresholds, calibration

    def __call__(self, doc: Doc) -> Doc:
        scene = scene_of(doc)
        stated = self.stated(scene)
        stated += orphan_measures(doc, stated)
        supposed = implied(scene, [p for p in stated if p.label in RELATIONS])
        doc._.pairs = None  # large, and no component behind this one asks it
        kept = list(spoken_of(doc._.clusters, stated))
        set_things(doc, kept)
        place = {old.number: new for old, new in zip(kept, doc._.clusters, strict=True)}
        stated, supposed = (list(moved(pairs, place)) for pairs in (stated, supposed))
        doc._.relations = tuple(p for p in stated if p.label in RELATIONS)
        doc._.implied = tuple(supposed)
        doc._.dates = tuple(p for p in stated if p.label in DATES)
        doc._.indicators = tuple(p for p in stated if p.label == INDICATOR_OF)
        doc._.measures = tuple(p for p in stated if p.label == MEASURE_OF)
        return doc

    def stated(self, scene: Scene) -> list[Pair]:
        """What the text says, with status and confidence."""
        found = chosen(list(distributed(proposed(scene, self.thresholds), scene.lists)))
        told = [with_status(p, scene.doc._.clusters) for p in found]
        return [replace(p, probability=calibrated(p.probability, self.calibration)) for p in told]


def spoken_of(clusters: Iterable[Cluster], pairs: Iterable[Pair]) -> Iterator[Cluster]:
    """The things that a fact tells something of, and those whose names are sure enough to stand alone."""
    told = {number for pair in pairs for number in pair.ends}
    return (c for c in clusters if c.number in told or stands_by_itself(c))


def moved(pairs: Iterable[Pair], place: Mapping[int, Cluster]) -> Iterator[Pair]:
    """The pairs between the things that are left. `place` gives these by the numbers that they had before."""
    for pair in pairs:
        subject = place.get(pair.subject.number)
        obj = place.get(pair.object.number) if isinstance(pair.object, Cluster) else pair.object
        if subject is not None and obj is not None:
            yield replace(pair, subject=subject, object=obj)


def implied(scene: Scene, stated: Sequence[Pair]) -> list[Pair]:
    """Where names say that their bearers are ("Quanzhou Port Bureau"), of those whose place the text does not state."""
    known = {p.subject.number for p in stated if p.label == "locatedIn"}
    found = {fact_key(p): p for p in reversed(rule_pairs(scene, implied_patterns())) if p.subject.number not in known}
    return sorted(found.values(), key=lambda p: (p.left.start, p.right.start))


def calibrated(probability: float, calibration: tuple[float, float]) -> float:
    """How often a fact of this raw probability was right on the dev split."""
    slope, offset = calibration
    return expit(slope * logit(probability) + offset)


def chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """Of competing pairs the likeliest: one direction of a symmetric relation, one entity for a value."""
    return [
        *one_way([p for p in pairs if p.label in RELATIONS]),
        *best_by_value([p for p in pairs if p.label not in RELATIONS]),
    ]


def one_way(pairs: Sequence[Pair]) -> list[Pair]:
    """The likelier direction of a relation that is told one way; one pair for each (subject, predicate, object, sentence)."""
    best: dict[tuple[int, str, int, int], Pair] = {}
    for p in pairs:
        subject, obj = sorted(p.ends) if p.label in ONE_WAY else p.ends
        key = (subject, p.label, obj, p.left.sent.start)
        if key not in best or p.probability > best[key].probability:
            best[key] = p
    return sorted(best.values(), key=lambda p: (p.left.start, p.right.start, p.label))


def best_by_value(pairs: Sequence[Pair]) -> list[Pair]:
    """A date, quantity or measure belongs to the one entity of which it is likeliest said (dates: one for each property)."""
    best: dict[tuple[int, str], Pair] = {}
    for p in pairs:
        key = (p.right.start, p.label)
        if key not in best or p.probability > best[key].probability:
            best[key] = p
    return sorted(best.values(), key=lambda p: (p.right.start, p.left.start, p.label))


def orphan_measures(doc: Doc, measured: Sequence[Pair]) -> list[Pair]:
    """Measure spans that no policy stands near: they are of the policy that the text spoke of last, better as what a
    clause is about (its subject or object) than in passing ("listed in the catalogue")."""
    taken = {p.right.start for p in measured if p.label == MEASURE_OF}
    policies = [c for c in doc._.clusters if c.type in POLICIES and stands_by_itself(c)]
    found = []
    for span in doc.spans.get(MEASURES, ()):
        if span.start in taken:
            continue
        before = [
            (s.root.dep_ in CORE, s.start, i, s)
            for i, c in enumerate(policies)
            for s in c.mentions()
            if s.end <= span.start
        ]
        if before:
            *_, i, mention = max(before, key=lambda item: item[:3])
            found.append(Pair(policies[i], MEASURE_OF, span, mention, span, UNSURE, "Asserted"))
    return found
