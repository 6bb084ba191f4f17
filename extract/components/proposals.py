"""What the pair head and the rules of syntax propose between the spans of a text: labels with their probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, VALUES
from extract.components.cluster import Cluster
from extract.components.odds import expit, logit
from extract.components.pair import Pair, fact_key
from extract.components.patterns import rule_pairs
from extract.schema import PAIR_LABELS, RELATIONS, SPAN_TYPES, STATUS_LABELS, STATUS_SCORES, allowed_pairs
from extract.syntax.rules import shipped_patterns
from extract.syntax.scene import Scene

# What a rule's vote weighs beside the pair head's, and what the head gives where it is silent: of best relations on dev.
VOTE, SILENT = 1.5, 0.01
# Of best accuracy of the status on the dev split, where the syntax is silent (training/statuses.py).
SURELY_PLANNED = 0.8
TYPE_NUMBERS = {kind: number for number, kind in enumerate(SPAN_TYPES)}


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
    least = np.array([thresholds[label] for label in PAIR_LABELS], dtype=np.float32)
    kinds = np.array([TYPE_NUMBERS[span.label_] for span in spans])
    for i, others, scores in doc._.pairs.probabilities(spans, partners):
        facts = scores[:, : len(PAIR_LABELS)]
        hits = (facts >= least) & allowed_table()[kinds[i], kinds[others]]
        for row, k in zip(*map(np.ndarray.tolist, np.nonzero(hits)), strict=True):
            (left, subject), (right, obj) = (spans[i], items[i][1]), (spans[others[row]], items[others[row]][1])
            if subject is not None and subject is not obj:
                status = status_of(scores[row, STATUS_SCORES])
                made = Pair(subject, PAIR_LABELS[k], obj or right, left, right, float(facts[row, k]), status)
                found.append(made)
    return found


@cache
def allowed_table() -> NDArray[np.bool_]:
    """(subject type, object type, label): whether the signatures allow the label."""
    table = np.zeros((len(SPAN_TYPES), len(SPAN_TYPES), len(PAIR_LABELS)), dtype=bool)
    for left, right in product(SPAN_TYPES, SPAN_TYPES):
        table[TYPE_NUMBERS[left], TYPE_NUMBERS[right], list(allowed_pairs(left, right))] = True
    return table


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
    """The number of each token's sentence, from 0."""
    starts = doc.to_array("SENT_START") == 1
    starts[:1] = True
    return (np.cumsum(starts) - 1).tolist()  # type: ignore[no-any-return]
