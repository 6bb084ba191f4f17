"""How a network in training does on annotated windows with their gold spans: one line for the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from extract.schema import COREFERS, PAIR_LABELS
from extract.training.losses import pair_scores, pair_targets
from extract.training.network import Network
from extract.training.windows import IGNORE, Encoded, Window

SPANS = ("name", "inner", "ref", "value", "measure")


@torch.no_grad()
def probe(net: Network, dev: Sequence[Encoded], ids: dict[str, dict[str, int]]) -> str:
    """F1 of labelled words by head and of pairs at one half; the share of references whose likeliest antecedent is right."""
    net.eval()
    n: Counter[str] = Counter()
    for e in dev:
        whole = torch.ones(1, len(e.pieces)).bool()
        words = net.words(torch.tensor([e.pieces]), torch.tensor([e.shapes]), whole, torch.tensor([e.first]))
        for task in SPANS:
            found = net.linear[task](words)[0].argmax(-1).tolist()
            n.update(counts(task, found, [ids[task].get(x, IGNORE) for x in e.window.labels[task]], ids[task]["O"]))
        if len(e.window.spans) > 1:
            n.update(pair_counts(net, words[0], e.window))
    net.train()
    figures = [(task, 2 * n[f"{task} right"] / max(1, n[f"{task} all"])) for task in (*SPANS, "pair")]
    figures.append(("coreference", n["coreference right"] / max(1, n["coreference all"])))
    return " ".join(f"{task} {value:.3f}" for task, value in figures)


def counts(task: str, found: list[int], gold: list[int], outside: int) -> dict[str, int]:
    right = sum(a == b != outside for a, b in zip(found, gold, strict=True))
    return {f"{task} right": right, f"{task} all": sum(x != outside for x in [*found, *gold])}


def pair_counts(net: Network, words: Tensor, window: Window) -> Counter[str]:
    scores = pair_scores(net, words, window)
    gold, mask = pair_targets(window)
    last = len(PAIR_LABELS)
    told = ((scores > 0) & (mask > 0))[..., :last]
    n = Counter(
        {"pair right": int((told * gold[..., :last]).sum()), "pair all": int(told.sum() + gold[..., :last].sum())}
    )
    n.update(antecedents(scores[..., COREFERS], gold[..., COREFERS], mask[..., COREFERS], window))
    return n


def antecedents(scores: Tensor, gold: Tensor, mask: Tensor, window: Window) -> Iterator[str]:
    for i in window.references:
        if gold[i].any():
            yield "coreference all"
            if gold[i, scores[i].masked_fill(mask[i] == 0, -1e4).argmax()]:
                yield "coreference right"
