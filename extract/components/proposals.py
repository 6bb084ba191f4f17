"""What the pair head and the rules of syntax propose between the spans of a text: labels with their probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, VALUES
from extract.components.cluster import Cluster
from extract.components.odds import expit, logit
from extract.components.pair import Pair, fact_key
from extract.components.patterns import rule_pairs
from extract.schema import PAIR_LABELS, RELATIONS, STATUS_LABELS, STATUS_SCORES, allowed_pairs
from extract.syntax.rules import shipped_patterns
from extract.syntax.scene import Scene

# What a rule's vote weighs beside the pair head's, and what the head gives where it is silent: of best relations on dev.
VOTE, SILENT = 1.5, 0.01
# Of best accuracy of the status on the dev split, where the syntax is silent (training/statuses.py).
SURELY_PLANNED = 0.8


def proposed(scene: Scene, thresholds: Mapping[str, float]) -> list[Pair]:
    """What the pair head and the rules of syntax together hold true, each label above its threshold."""
    heard = find_pairs(scene.doc, {k: min(v, SILENT) if k in RELATIONS else v for k, v in thresholds.items()})
    voted = [*heard, *with_votes(rule_pairs(scene, shipped_patterns()), heard)]
    return [p for p in voted if p.probability >= thresholds[p.label]]


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


def with_votes(ruled: Sequence[Pair], heard: Sequence[Pair]) -> list[Pair]:
    """The rules' pairs, the log-odds of their precision added to those that the pair head gives the same fact."""
    best: dict[tuple[int, str, int], Pair] = {}
    for pair in heard:
        key = fact_key(pair)
        best[key] = max(pair, best.get(key, pair), key=lambda p: p.probability)
    return [voted(pair, best.get(fact_key(pair))) for pair in ruled]


def voted(pair: Pair, heard: Pair | None) -> Pair:
    prior = max(heard.probability, SILENT) if heard else SILENT
    status = heard.status if heard else pair.status
    return replace(pair, probability=expit(logit(prior) + VOTE * logit(pair.probability)), status=status)


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
