"""What each head of the network is to learn from a batch of windows, and how far it is from it."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from extract.model_io import distance_buckets
from extract.schema import ANY, COREFERS, PAIR_LABELS, SCORED_LABELS, SPAN_TYPES, allowed_pairs
from extract.training.network import Network
from extract.training.windows import IGNORE, Encoded, Window

LINEAR = ("tag", "lemma", "sent", "public", "name", "inner", "ref", "value", "measure")


def padded(rows: list[list[int]], value: int = 0) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def loss_of(net: Network, batch: list[Encoded], ids: dict[str, dict[str, int]], weights: dict[str, float]) -> Tensor:
    pieces, shapes, first = (padded([getattr(e, key) for e in batch]) for key in ("pieces", "shapes", "first"))
    mask = padded([[1] * len(e.pieces) for e in batch]).bool()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = net.words(pieces, shapes, mask, first)
    words = words.float()
    tasks = batch[0].window.labels
    total = torch.zeros(())
    for task in LINEAR:
        if task in tasks:
            known = ids[task]
            gold = padded([[known.get(x, IGNORE) for x in e.window.labels[task]] for e in batch], IGNORE)
            logits = net.linear[task](words)
            if (gold != IGNORE).any():
                total = total + weights.get(task, 1.0) * F.cross_entropy(
                    logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORE
                )
    if "head" in tasks:
        total = total + tree_loss(net, words, batch, ids["dep"])
    if "name" in tasks:
        total = total + weights.get("pair", 1.0) * pair_loss(net, words, batch)
    return total


def tree_loss(net: Network, words: Tensor, batch: list[Encoded], known: dict[str, int]) -> Tensor:
    heads = padded([[IGNORE if h is None else h for h in e.window.labels["head"]] for e in batch], IGNORE)
    deps = padded([[known.get(x, IGNORE) for x in e.window.labels["dep"]] for e in batch], IGNORE)
    width = padded([[1] * len(e.window.words) for e in batch]).bool()
    arcs = net.arcs(words).masked_fill(~width[:, None, :], -1e4)
    labels = net.arc_labels(words, heads.clamp(min=0))
    deps = deps.masked_fill(heads == IGNORE, IGNORE)
    return F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE) + F.cross_entropy(
        labels.flatten(0, 1), deps.flatten(), ignore_index=IGNORE
    )


def pair_loss(net: Network, words: Tensor, batch: list[Encoded]) -> Tensor:
    """Binary cross-entropy over every pair of spans whose types a predicate allows; status on the true pairs only."""
    total, count = torch.zeros(()), 0
    for row, e in enumerate(batch):
        window = e.window
        if len(window.spans) < 2:
            continue
        scores = pair_scores(net, words[row], window)
        gold, mask = pair_targets(window)
        loss = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * mask
        total, count = total + loss.sum(), count + max(1, len(window.pairs))
    return total / max(1, count)


def pair_scores(net: Network, words: Tensor, window: Window) -> Tensor:
    """(spans, spans, labels) scores. Antecedents are told without the reference's type, which would give them away."""
    places, types, buckets = span_inputs(window)
    untyped = types.clone()
    untyped[sorted(window.references)] = len(SPAN_TYPES)
    facts = net.pairs(words, places, types, buckets)
    links = net.pairs(words, places, untyped, buckets)
    return torch.cat([facts[..., :COREFERS], links[..., COREFERS:]], -1)


def span_inputs(window: Window) -> tuple[Tensor, Tensor, Tensor]:
    places = np.array([s[:2] for s in window.spans])
    buckets = torch.tensor(np.stack([distance_buckets(place, places) for place in places]))
    return torch.tensor(places), torch.tensor([SPAN_TYPES.index(s[2]) for s in window.spans]), buckets


@cache
def allowed_table() -> Tensor:
    """(subject type, object type, label): 1 where a signature allows the label."""
    table = torch.zeros(len(SPAN_TYPES), len(SPAN_TYPES), len(SCORED_LABELS))
    for i, left in enumerate(SPAN_TYPES):
        for j, right in enumerate(SPAN_TYPES):
            table[i, j, list(allowed_pairs(left, right))] = 1.0
    return table


def pair_targets(window: Window) -> tuple[Tensor, Tensor]:
    """(subject, object, label) gold and weight of every pair of spans; a span pairs with others only."""
    types = torch.tensor([SPAN_TYPES.index(s[2]) for s in window.spans])
    mask = allowed_table()[types[:, None], types[None, :]] * (1 - torch.eye(len(types)))[:, :, None]
    gold = torch.zeros_like(mask)
    for i, j, label, status in window.pairs:
        if label < 0:
            mask[i, j] = 0.0
        else:
            gold[i, j, label] = mask[i, j, label] = 1.0
            mask[i, j, len(PAIR_LABELS) : COREFERS] = 1.0
            if status >= 0:
                gold[i, j, len(PAIR_LABELS) + status] = 1.0
    for i in window.references:
        for j, (start, _, kind) in enumerate(window.spans):
            if start < window.spans[i][0] and kind in ANY:
                mask[i, j, COREFERS] = 1.0
                gold[i, j, COREFERS] = float(window.entities[i] == window.entities[j])
    return gold, mask
