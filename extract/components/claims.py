"""What the learned pair head holds true between the spans of a text: relations, dates, quantities and measures of entities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, VALUES
from extract.components.coordination import distributed
from extract.components.coreference import Cluster
from extract.components.pair import Pair
from extract.schema import (
    DATES,
    INDICATOR_OF,
    MEASURE_OF,
    PAIR_LABELS,
    RELATIONS,
    STATUS_LABELS,
    SYMMETRIC,
    allowed_pairs,
)

UNSURE = 0.5


def find_pairs(doc: Doc, thresholds: Mapping[str, float]) -> list[Pair]:
    """Every pair above its label's threshold, by place in the text. Only spans of one or of neighbouring sentences pair."""
    mentions = [(s, c) for c in doc._.clusters for s in c.mentions()]
    values = [(s, None) for key in (VALUES, MEASURES) for s in doc.spans.get(key, ())]
    items = sorted([*mentions, *values], key=lambda item: (item[0].start, item[0].end))
    spans = [typed(s, c) for s, c in items]
    number = sentence_numbers(doc)
    found: list[Pair] = []
    if doc._.pairs is None or not spans:
        return found
    for i, j, scores in doc._.pairs.probabilities(spans, [number[span.start] for span in spans]):
        subject, obj = items[i][1], items[j][1]
        if subject is None or subject is obj:
            continue
        status = status_of(scores[len(PAIR_LABELS) :])
        for label, score in labels_above(spans[i], spans[j], scores, thresholds):
            found.append(Pair(subject, label, spans[j] if obj is None else obj, spans[i], spans[j], score, status))
    return found


def labels_above(
    left: Span, right: Span, scores: Sequence[float], thresholds: Mapping[str, float]
) -> list[tuple[str, float]]:
    """(label, probability) of what the types of two spans allow and the scores hold true."""
    allowed = [(PAIR_LABELS[k], float(scores[k])) for k in allowed_pairs(left.label_, right.label_)]
    return [(label, score) for label, score in allowed if score >= thresholds[label]]


def typed(span: Span, cluster: Cluster | None) -> Span:
    """The span under its cluster's type, which the whole text decided."""
    return (
        span
        if cluster is None or span.label_ == cluster.type
        else Span(span.doc, span.start, span.end, label=cluster.type)
    )


def status_of(scores: Sequence[float]) -> str:
    best = max(range(len(STATUS_LABELS)), key=lambda k: scores[k])
    return STATUS_LABELS[best] if scores[best] >= UNSURE else "Asserted"


def sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or token.i == 0
        numbers.append(current)
    return numbers


class Claims:
    """Sets doc._.relations, dates, indicators and measures: for each fact its best pairs of spans.

    `thresholds` holds the least probability of each pair label, `calibration` slope and offset of the logistic curve
    that turns a probability into a confidence; the encoder's model carries both.
    """

    def __init__(self, thresholds: Mapping[str, float], calibration: tuple[float, float] = (1.0, 0.0)) -> None:
        self.thresholds, self.calibration = thresholds, calibration

    def __call__(self, doc: Doc) -> Doc:
        members = [(span, cluster) for cluster in doc._.clusters for span in cluster.mentions()]
        found = chosen(list(distributed(doc, find_pairs(doc, self.thresholds), members)))
        pairs = [replace(p, probability=calibrated(p.probability, self.calibration)) for p in found]
        doc._.relations = tuple(p for p in pairs if p.label in RELATIONS)
        doc._.dates = tuple(p for p in pairs if p.label in DATES)
        doc._.indicators = tuple(p for p in pairs if p.label == INDICATOR_OF)
        measured = [p for p in pairs if p.label == MEASURE_OF]
        doc._.measures = (*measured, *orphan_measures(doc, measured))
        return doc


def calibrated(probability: float, calibration: tuple[float, float]) -> float:
    """How often a fact of this raw probability was right on the dev split."""
    slope, offset = calibration
    inner = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(slope * math.log(inner / (1 - inner)) + offset)))


def chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """Of competing pairs the likeliest: one direction of a symmetric relation, one entity for a value."""
    return [
        *one_way([p for p in pairs if p.label in RELATIONS]),
        *best_by_value([p for p in pairs if p.label not in RELATIONS]),
    ]


def one_way(pairs: Sequence[Pair]) -> list[Pair]:
    """The likelier direction of a symmetric relation; one pair for each (subject, predicate, object, sentence)."""
    best: dict[tuple[int, str, int, int], Pair] = {}
    for p in pairs:
        ends = (id(p.subject), id(p.object))
        key = (*(sorted(ends) if p.label in SYMMETRIC else ends), p.left.sent.start)
        known = best.get((key[0], p.label, key[1], key[2]))
        if known is None or p.probability > known.probability:
            best[key[0], p.label, key[1], key[2]] = p
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
    """Measure spans that no policy stands near: they are of the policy that the text spoke of last."""
    taken = {p.right.start for p in measured}
    policies = [c for c in doc._.clusters if c.type == "Policy"]
    found = []
    for span in doc.spans.get(MEASURES, ()):
        if span.start in taken:
            continue
        before = [(s.start, i, s) for i, c in enumerate(policies) for s in c.mentions() if s.end <= span.start]
        if before:
            _, i, mention = max(before, key=lambda item: item[:2])
            found.append(Pair(policies[i], MEASURE_OF, span, mention, span, UNSURE, "Asserted"))
    return found
