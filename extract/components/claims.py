"""What the pair head and the rules of syntax hold true between the spans of a text: relations, dates, values, measures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, VALUES
from extract.components.cluster import Cluster
from extract.components.coordination import distributed
from extract.components.pair import Pair
from extract.components.patterns import rule_pairs
from extract.components.status import with_status
from extract.schema import (
    DATES,
    INDICATOR_OF,
    MEASURE_OF,
    PAIR_LABELS,
    RELATIONS,
    STATUS_LABELS,
    STATUS_SCORES,
    SYMMETRIC,
    allowed_pairs,
)
from extract.syntax.rules import implied_patterns, shipped_patterns

UNSURE = 0.5
# What a rule's vote weighs beside the pair head's, and what the head gives where it is silent: of best relations on dev.
VOTE, SILENT = 1.5, 0.01
# Of best accuracy of the status on the dev split, where the syntax is silent (training/statuses.py).
SURELY_PLANNED = 0.8


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
    partners = neighbours([number[span.start] for span in spans])
    for i, j, scores in doc._.pairs.probabilities(spans, partners):
        subject, obj = items[i][1], items[j][1]
        if subject is None or subject is obj:
            continue
        status = status_of(scores[STATUS_SCORES])
        for label, score in labels_above(spans[i], spans[j], scores, thresholds):
            found.append(Pair(subject, label, spans[j] if obj is None else obj, spans[i], spans[j], score, status))
    return found


def proposed(doc: Doc, thresholds: Mapping[str, float]) -> list[Pair]:
    """What the pair head and the rules of syntax together hold true, each label above its threshold."""
    heard = find_pairs(doc, {k: min(v, SILENT) if k in RELATIONS else v for k, v in thresholds.items()})
    voted = [*heard, *with_votes(rule_pairs(doc, shipped_patterns()), heard)]
    return [p for p in voted if p.probability >= thresholds[p.label]]


def with_votes(ruled: Sequence[Pair], heard: Sequence[Pair]) -> list[Pair]:
    """The rules' pairs, the log-odds of their precision added to those that the pair head gives the same fact."""
    best: dict[tuple[int, str, int], Pair] = {}
    for pair in heard:
        key = fact_key(pair)
        best[key] = max(pair, best.get(key, pair), key=lambda p: p.probability)
    return [voted(pair, best.get(fact_key(pair))) for pair in ruled]


def fact_key(pair: Pair) -> tuple[int, str, int]:
    subject, obj = sorted(pair.ends) if pair.label in SYMMETRIC else pair.ends
    return subject, pair.label, obj


def voted(pair: Pair, heard: Pair | None) -> Pair:
    prior = max(heard.probability, SILENT) if heard else SILENT
    status = heard.status if heard else pair.status
    return replace(pair, probability=expit(logit(prior) + VOTE * logit(pair.probability)), status=status)


def logit(probability: float) -> float:
    inner = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inner / (1 - inner))


def expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def implied(doc: Doc, stated: Sequence[Pair]) -> list[Pair]:
    """Where names say that their bearers are ("Quanzhou Port Bureau"), of those whose place the text does not state."""
    known = {p.subject.number for p in stated if p.label == "locatedIn"}
    found = {fact_key(p): p for p in reversed(rule_pairs(doc, implied_patterns())) if p.subject.number not in known}
    return sorted(found.values(), key=lambda p: (p.left.start, p.right.start))


def neighbours(sents: Sequence[int]) -> list[list[int]]:
    """For each span, by the numbers of their sentences, the others in its sentence and in those beside it."""
    numbers = np.asarray(sents)
    near = (np.flatnonzero(abs(numbers - number) <= 1).tolist() for number in sents)
    return [[j for j in others if j != i] for i, others in enumerate(near)]


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
    """What the pair head knows of a status: plans only. Its other statuses follow the label more than the sentence, so
    those are read from the syntax alone (components.status)."""
    return "Planned" if scores[STATUS_LABELS.index("Planned")] >= SURELY_PLANNED else "Asserted"


def sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or token.i == 0
        numbers.append(current)
    return numbers


class Claims:
    """Sets doc._.relations, implied, dates, indicators and measures: for each fact its best pairs of spans.

    `thresholds` holds the least probability of each pair label, `calibration` slope and offset of the logistic curve
    that turns a probability into a confidence; the encoder's model carries both.
    """

    def __init__(self, thresholds: Mapping[str, float], calibration: tuple[float, float] = (1.0, 0.0)) -> None:
        self.thresholds, self.calibration = thresholds, calibration

    def __call__(self, doc: Doc) -> Doc:
        clusters = doc._.clusters
        members = [(span, cluster) for cluster in clusters for span in cluster.mentions()]
        found = chosen(list(distributed(doc, proposed(doc, self.thresholds), members)))
        told = [with_status(p, clusters) for p in found]
        pairs = [replace(p, probability=calibrated(p.probability, self.calibration)) for p in told]
        doc._.relations = tuple(p for p in pairs if p.label in RELATIONS)
        doc._.implied = tuple(implied(doc, doc._.relations))
        doc._.dates = tuple(p for p in pairs if p.label in DATES)
        doc._.indicators = tuple(p for p in pairs if p.label == INDICATOR_OF)
        measured = [p for p in pairs if p.label == MEASURE_OF]
        doc._.measures = (*measured, *orphan_measures(doc, measured))
        doc._.pairs = None  # large, and no component behind this one asks it
        return doc


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
    """The likelier direction of a symmetric relation; one pair for each (subject, predicate, object, sentence)."""
    best: dict[tuple[int, str, int, int], Pair] = {}
    for p in pairs:
        key = (*fact_key(p), p.left.sent.start)
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
