"""Train the shared encoder and its heads on public treebanks, public entity sets and our own corpus.

python -m extract.training.train DATA --base BERT_FOLDER --corpus CORPUS --output model.pt
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from extract.model_io import SHAPES, Vocabulary, distance_bucket
from extract.schema import PAIR_LABELS, STATUS_LABELS, allowed_pairs
from extract.training.corpus import SPAN_TYPES, corpus_windows
from extract.training.network import Network
from extract.training.windows import IGNORE, Encoded, Window, encode, entity_windows, read_docbins, syntax_windows

LINEAR = ("tag", "lemma", "sent", "public", "name", "inner", "ref", "value", "measure")


def lemma_script(word: str, lemma: str) -> str:
    """How to get the lemma from the lower-cased word: characters to cut at the end, then what to append."""
    low = word.lower()
    same = next(
        (i for i, (a, b) in enumerate(zip(low, lemma.lower(), strict=False)) if a != b), min(len(low), len(lemma))
    )
    return f"{len(low) - same}|{lemma.lower()[same:]}"


def label_sets(windows: Iterable[Window], *, rare: int = 5) -> dict[str, list[str]]:
    """Labels of each task, most frequent first; rarer ones than `rare` are left out."""
    counts: dict[str, Counter[str]] = {}
    for window in windows:
        for task, labels in window.labels.items():
            if task != "head":
                counts.setdefault(task, Counter()).update(label for label in labels if label is not None)
    return {
        task: sorted((x for x in count if count[x] >= rare), key=lambda x: (-count[x], x))
        for task, count in sorted(counts.items())
    }


def with_lemma_scripts(window: Window) -> Window:
    if "lemma" not in window.labels:
        return window
    scripts = [lemma_script(w, x) if x else None for w, x in zip(window.words, window.labels["lemma"], strict=True)]
    return Window(window.words, {**window.labels, "lemma": tuple(scripts)})


def noisy(encoded: Encoded, rng: random.Random) -> Encoded:
    """The window with its case shapes as in a headline (title case or capitals) or all lower, now and then."""
    draw = rng.random()
    if draw > 0.18:
        return encoded
    to = (
        {"lower": "Title"}
        if draw < 0.10
        else {"lower": "UPPER", "Title": "UPPER"}
        if draw < 0.13
        else {"Title": "lower"}
    )
    ids = {SHAPES[a]: SHAPES[b] for a, b in to.items()}
    return Encoded(encoded.pieces, encoded.first, [ids.get(s, s) for s in encoded.shapes], encoded.window)


def batches(data: list[Encoded], rng: random.Random, pieces: int) -> list[list[Encoded]]:
    """Batches of windows that annotate the same tasks, of like length, in random order."""
    groups: dict[tuple[str, ...], list[Encoded]] = {}
    for e in data:
        groups.setdefault(tuple(sorted(e.window.labels)), []).append(e)
    made: list[list[Encoded]] = []
    for _, group in sorted(groups.items()):
        batch: list[Encoded] = []
        for e in sorted(group, key=lambda e: len(e.pieces) + rng.random() * 12):
            if batch and (len(batch) + 1) * len(e.pieces) > pieces:
                made.append(batch)
                batch = []
            batch.append(e)
        made.append(batch)
    rng.shuffle(made)
    return made


def padded(rows: list[list[int]], value: int = 0) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def loss_of(net: Network, batch: list[Encoded], ids: dict[str, dict[str, int]], weights: dict[str, float]) -> Tensor:
    pieces, shapes, first = (padded([getattr(e, key) for e in batch]) for key in ("pieces", "shapes", "first"))
    mask = padded([[1] * len(e.pieces) for e in batch]).bool()
    words = net.words(pieces, shapes, mask, first)
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
    arcs, rels = net.arcs(words)
    width = padded([[1] * len(e.window.words) for e in batch]).bool()
    arcs = arcs.masked_fill(~width[:, None, :], -1e4)
    chosen = heads.clamp(min=0)
    labels = rels.gather(2, chosen[:, :, None, None].expand(-1, -1, 1, rels.shape[-1]))[:, :, 0]
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
        scores = net.pairs(*span_inputs(words[row], window))[0]
        gold, mask = pair_targets(window)
        loss = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * mask
        total, count = total + loss.sum(), count + max(1, len(window.pairs))
    return total / max(1, count)


def span_inputs(words: Tensor, window: Window) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    first = words[torch.tensor([s[0] for s in window.spans])]
    last = words[torch.tensor([s[1] - 1 for s in window.spans])]
    buckets = torch.tensor([[distance_bucket(a[:2], b[:2]) for b in window.spans] for a in window.spans])
    return first, last, torch.tensor([SPAN_TYPES.index(s[2]) for s in window.spans]), buckets


@cache
def allowed_table() -> Tensor:
    """(subject type, object type, label): 1 where a signature allows the label."""
    table = torch.zeros(len(SPAN_TYPES), len(SPAN_TYPES), len(PAIR_LABELS) + len(STATUS_LABELS))
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
            mask[i, j, len(PAIR_LABELS) :] = 1.0
            if status >= 0:
                gold[i, j, len(PAIR_LABELS) + status] = 1.0
    return gold, mask


def optimizer_of(net: Network, rate: float) -> torch.optim.Optimizer:
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder.") and "shape" not in n]
    fast = [p for n, p in net.named_parameters() if not (n.startswith("encoder.") and "shape" not in n)]
    return torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": fast, "lr": rate * 10}], weight_decay=0.01)


def train(net: Network, data: list[Encoded], ids: dict[str, dict[str, int]], config: dict[str, Any]) -> None:
    rng = random.Random(config["seed"])
    epochs = [batches(data, rng, config["batch"]) for _ in range(config["epochs"])]
    steps, done, start = sum(map(len, epochs)), 0, time.time()
    optimizer = optimizer_of(net, config["rate"])
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    net.train()
    net.encoder.word.weight.requires_grad_(not config.get("freeze_words", False))
    running: dict[tuple[str, ...], list[float]] = {}
    for epoch in epochs:
        for batch in epoch:
            loss = loss_of(net, [noisy(e, rng) for e in batch], ids, config["weights"])
            if not loss.requires_grad:
                continue
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            running.setdefault(tuple(sorted(batch[0].window.labels)), []).append(loss.item())
            if done % 100 == 0:
                means = " ".join(f"{k[0]}:{sum(v[-60:]) / len(v[-60:]):.3f}" for k, v in sorted(running.items()))
                print(f"{done}/{steps} {time.time() - start:.0f}s {means}", flush=True)


def windows_of(data: Path, corpus: Path | None, config: dict[str, Any]) -> Iterator[Window]:
    rng = random.Random(config["seed"])
    share = config.get("public_share", 1.0)
    for window in syntax_windows(read_docbins(data / "syntax", ["train"]), rng):
        if rng.random() < share:
            yield with_lemma_scripts(window)
    for window in entity_windows(read_docbins(data / "entities", ["train"]), rng):
        if rng.random() < share:
            yield window
    if corpus:
        for _ in range(config.get("corpus_copies", 1)):
            yield from corpus_windows(corpus, rng)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data", type=Path)
    args.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    args.add_argument("--corpus", type=Path)
    args.add_argument("--config", type=Path, default=Path(__file__).with_name("stage1.json"))
    args.add_argument("--init", type=Path, help="a .pt of an earlier stage to start from")
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    config = json.loads(a.config.read_text(encoding="utf-8"))
    torch.manual_seed(config["seed"])
    vocabulary = Vocabulary.read(a.base / "vocab.txt")
    windows = list(windows_of(a.data, a.corpus, config))
    first = torch.load(a.init, weights_only=True) if a.init else None
    tasks = {**label_sets(windows), **(first["tasks"] if first else {})}
    net = Network(len(vocabulary.ids), len(SHAPES), tasks, [*PAIR_LABELS, *STATUS_LABELS], SPAN_TYPES)
    net.encoder.load_bert(str(a.base / "model.safetensors"))
    if first:
        print(net.load_state_dict(first["state"], strict=False))
    data = [encode(w, vocabulary) for w in windows if w.words]
    data = [e for e in data if len(e.pieces) <= 400]
    print(len(data), "windows", {k: len(v) for k, v in tasks.items()}, flush=True)
    ids = {task: {label: i for i, label in enumerate(labels)} for task, labels in tasks.items()}
    train(net, data, ids, config)
    torch.save({"state": net.state_dict(), "tasks": tasks}, a.output)


if __name__ == "__main__":
    main()
